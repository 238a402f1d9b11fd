"""A receipt of a bag -> whether its proofs stand without what made them: by a checker, by another solver."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sespms_rules.foundation.values import Frozen
from sespms_rules.proofs.certificates import refusal
from sespms_rules.review.bag_opening import OpenedBag
from sespms_rules.review.proof_files import CERTIFICATES, PROOFS
from sespms_rules.review.receiving import Receipt
from sespms_rules.review.second_solver import second_answers


class ProofCheck(Frozen):
    """What became of one proof: what it is of, what was found in a sentence, and whether it speaks against the bag."""

    of: str
    said: str
    against: bool


def certificates_checked(bag: OpenedBag, receipt: Receipt) -> tuple[ProofCheck, ...]:
    """Every certificate that is in a bag or should be: whether the checker accepts it, and whose figures it holds."""
    theirs = {path: held for path, held in bag.payload.items() if path.startswith(CERTIFICATES)}
    ours = {path: held for path, held in receipt.evidence.files.items() if path.startswith(CERTIFICATES)}
    return tuple(
        _certificate(path, theirs.get(path), ours.get(path), receipt) for path in sorted(theirs.keys() | ours.keys())
    )


def _certificate(path: str, theirs: bytes | None, ours: bytes | None, receipt: Receipt) -> ProofCheck:
    policy = receipt.submission.policy
    if theirs is None:
        return ProofCheck(f"certificate `{path}`", "it is missing in the bag, and the policy has one", True)
    try:
        held = json.loads(theirs)
    except (ValueError, RecursionError):
        held = None
    why = refusal(held)
    if why is not None:
        return ProofCheck(f"certificate `{path}`", f"refused: {why}", True)
    of = f"certificate `{held['claim']}`"
    here = None if ours is None else json.loads(ours)
    if here is None or (here["figures"], here["claim"]) != (held["figures"], held["claim"]):
        return ProofCheck(of, f"refused: its figures are not those of `{policy}`", True)
    return ProofCheck(of, f"accepted, and its figures are those of `{policy}`", False)


def questions_asked(receipt: Receipt) -> Iterator[ProofCheck]:
    """Every guarantee that a solver was asked about: whether another one answers alike. Raises RequestError."""
    told = json.loads(receipt.evidence.files[PROOFS])
    for system in told["systems"]:
        for each in system["guarantees"]:
            if "questions" in each:
                yield _asked(each, receipt.evidence.files[each["questions"]].decode())


def _asked(guarantee: Any, questions: str) -> ProofCheck:
    of, said = f"`{guarantee['guarantee']}`", guarantee["answers"]
    written = questions.count("(check-sat)")
    answers = second_answers(questions)
    if written != len(said) or len(answers) != written:
        return ProofCheck(
            of, f"{len(said)} questions, of which {written} are written down, and {len(answers)} answers", True
        )
    pairs = list(enumerate(zip(said, answers, strict=True), 1))
    for number, (one, other) in pairs:
        if {one, other} == {"sat", "unsat"}:
            return ProofCheck(of, f"the answers differ: question {number} has {other} here, and {one} in the bag", True)
    open_ones = [str(number) for number, (_, other) in pairs if other == "unknown"]
    if open_ones:
        return ProofCheck(of, f"unknown: it leaves question {', '.join(open_ones)} of {len(pairs)} open", False)
    return ProofCheck(of, f"all {len(pairs)} answers agree", False)
