"""A bag -> a receipt: what it submits, and whether running everything again says the same, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sespms_rules.foundation.json_values import json_values
from sespms_rules.foundation.values import Frozen
from sespms_rules.foundation.version import version
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.review.bag_opening import OpenedBag
from sespms_rules.review.evidence import EVIDENCE, Evidence, evidence_of
from sespms_rules.review.submitting import Submission, covering, covering_info, submission_in

_SHOWN = 120
_SIZE = "Payload-Oxum: "
"""How the line begins that tells the size, which the bag was held to when it was opened."""


class Receipt(Frozen):
    """What came in. `differences` says in sentences what a run here tells otherwise; empty: the same, byte for byte."""

    submission: Submission
    evidence: Evidence
    differences: tuple[str, ...]


def received(bag: OpenedBag, law: LawTexts) -> Receipt:
    """Read what a bag submits by the law of whoever receives it. Raises BagError for a bag without a submission."""
    submission = submission_in(bag)
    evidence = evidence_of(submission.policy, submission.texts, submission.answers, law)
    return Receipt(submission, evidence, tuple(_differences(bag, submission, evidence)))


def _differences(bag: OpenedBag, submission: Submission, evidence: Evidence) -> Iterator[str]:
    payload = bag.payload
    described = json_values(payload["submission.json"])
    made_by = described.get("version")
    differing = [path for path, held in evidence.files.items() if payload.get(path) != held]
    if differing and made_by != version():
        yield f"it was made by sespms {_shown(str(made_by))}, and this is sespms {version()}"
    yield from _read_otherwise(bag, evidence)
    for path in differing:
        yield _difference(path, payload.get(path), evidence.files[path])
    for path in sorted(payload):
        if path.startswith(EVIDENCE) and path not in evidence.files:
            yield f"`data/{path}` is in the bag, and a run here makes no such file"
    yield from _said_around(bag, submission, evidence, str(made_by))


def _said_around(bag: OpenedBag, submission: Submission, evidence: Evidence, made_by: str) -> Iterator[str]:
    """What the bag says of the submission otherwise than the program does; only the same version words it alike."""
    for path, made in covering(submission, evidence, made_by).items():
        held = bag.payload.get(path)
        if held != made and (made_by == version() or path.endswith(".json")):
            yield _difference(path, held, made)
    known = {f"{label}: {' '.join(text.split())}" for label, text in covering_info(submission, made_by).items()}
    for line in bag.files.get("bag-info.txt", b"").decode(errors="replace").splitlines():
        if line not in known and not line.startswith(_SIZE):
            yield f"`bag-info.txt` says `{_shown(line)}`, and the program writes no such line"


def _read_otherwise(bag: OpenedBag, evidence: Evidence) -> Iterator[str]:
    """Which editions and shipped systems were others there than here."""
    lead = "read-by/"
    theirs = {
        path.removeprefix(lead): hashlib.sha256(held).hexdigest()
        for path, held in bag.payload.items()
        if path.startswith(lead)
    }
    here = evidence.read_by
    for name in sorted(theirs.keys() | here.keys()):
        if name not in here:
            yield f"there it was read by `{name}`, and here it is not"
        elif name not in theirs:
            yield f"here it is read by `{name}`, and there it was not"
        elif theirs[name] != here[name].sha256:
            yield f"`{name}`, by which it was read, is another text here"


def _difference(path: str, theirs: bytes | None, ours: bytes) -> str:
    if theirs is None:
        return f"`data/{path}` is not in the bag"
    there, here = theirs.decode(errors="replace").splitlines(), ours.decode().splitlines()
    pairs = enumerate(zip(there, here, strict=False), 1)
    number, (said, made) = next(
        ((at, pair) for at, pair in pairs if pair[0] != pair[1]), (min(len(there), len(here)) + 1, ("", ""))
    )
    return f"`data/{path}` differs from line {number} on: `{_shown(said)}` there, `{_shown(made)}` here"


def _shown(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
