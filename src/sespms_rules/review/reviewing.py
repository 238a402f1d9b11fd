"""What a reviewer does with a system: receive a pass, comment, return, approve, and see what another law would do.

A resubmission is told by what changed: by behaviour, requirement by requirement, and for each comment of the pass
before whether it was answered, the words it speaks of changed, or neither.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sespms_rules.foundation.json_values import json_values
from sespms_rules.foundation.values import Frozen
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.pipeline import Compilation
from sespms_rules.register import Draft, Register, RegisterError
from sespms_rules.review.bag_opening import BagError, opened_bag
from sespms_rules.review.docket import (
    COMMENT,
    SUBMISSION,
    Case,
    Made,
    State,
    case_of,
    cases,
    entered,
    packed,
    series_of,
    unpacked,
)
from sespms_rules.review.evidence import Evidence, compiled_texts, evidence_of
from sespms_rules.review.receiving import Receipt
from sespms_rules.review.submitting import Submission, submission_in


class Changes(Frozen):
    """What a pass changed against pass `since`; `comments` pair each comment since with what became of it."""

    since: int
    behavior: str
    requirements: tuple[str, ...]
    comments: tuple[tuple[str, str], ...]


def submitted(
    register: Register, bag: bytes, receipt: Receipt, keys: tuple[str, ...], who: tuple[str, datetime.date]
) -> tuple[Case, Changes | None]:
    """Enter a bag that was received as the next pass of its system, with what a run here says of it.

    Returns the case, and what changed since the pass before that its agency did not withdraw. Raises BagError for a
    test and for a bag that does not hold one system, RegisterError where the system is not with its agency.
    """
    system = _system_in(receipt)
    before = cases(register).get(system)
    body: dict[str, Any] = {
        "sha256": hashlib.sha256(bag).hexdigest(),
        "policy": receipt.submission.policy,
        "texts": {name: hashlib.sha256(held).hexdigest() for name, held in receipt.submission.texts.items()},
        "same": not receipt.differences,
        "signed by": list(keys),
        "standing": receipt.evidence.standing.said,
        "to fix": receipt.evidence.standing.to_fix,
        "requirements": _verdicts(receipt.evidence),
        "answers": _answers(receipt.evidence),
        "law": {name: each.sha256 for name, each in sorted(receipt.evidence.read_by.items())},
        "bag": packed(bag),
    }
    if before is None:
        body["day"] = who[1].isoformat()
        register.add([Draft(who[0], SUBMISSION, body, series_of(system), system)], since=register.head().number)
        return case_of(register, system), None
    changes = _changes(before, receipt.evidence, body)
    comments = [list(each) for each in changes.comments]
    body["changes"] = {"behavior": changes.behavior, "comments": comments, "since": changes.since}
    return entered(register, before, SUBMISSION, body, who), changes


def _system_in(receipt: Receipt) -> str:
    if receipt.submission.is_test:
        raise BagError("the bag is a test, and a test is not reviewed")
    names = [each.name for each in receipt.evidence.compilation.policy.systems]
    if len(names) != 1:
        raise BagError(f"a submission is of one system, and `{receipt.submission.policy}` holds {len(names)}")
    return names[0]


def _verdicts(evidence: Evidence) -> dict[str, str]:
    told = json_values(evidence.files["evidence/check.json"])["requirements"]
    return {_ascii(each["id"]): f"{each['verdict']}; {_shown_evidence(each)}" for each in told}


def _shown_evidence(requirement: Mapping[str, Any]) -> str:
    return " / ".join(str(each["text"]) for each in requirement["evidence"])


def _answers(evidence: Evidence) -> list[dict[str, str]]:
    return [
        {"finding": asked.fingerprint, "says": asked.says, "words": asked.words, "reason": answer.reason}
        for asked, answer in evidence.standing.asked
        if answer is not None
    ]


def _ascii(text: str) -> str:
    """A key as a register keeps it: plain letters alone."""
    return text.encode("ascii", "backslashreplace").decode()


# ---- what changed ------------------------------------------------------------------------------------


def _changes(before: Case, evidence: Evidence, now: Mapping[str, Any]) -> Changes:
    count = len(before.passes)
    since = before.compared_with(count + 1)
    last = before.passes[since - 1]
    earlier = _submission_of(last)
    old_text, _ = compiled_texts(earlier.policy, earlier.texts, heed_accepts=False)
    old, new = last.body["requirements"], now["requirements"]
    changed = _turned(old, new, lambda verdict: verdict)
    text = _folded(evidence.compilation.source.text)
    became = tuple(
        (str(each.body["text"]), _became(each, before.passes[number - 1].body, now, text))
        for number in range(since, count + 1)
        for each in before.of_pass(number, COMMENT)
    )
    return Changes(since, behavior(old_text, evidence.compilation), changed, became)


def _turned(old: Mapping[str, object], new: Mapping[str, object], of: Callable[[object], object]) -> tuple[str, ...]:
    """The requirements that stand otherwise than before, in what `of` takes of a verdict, each with both."""
    return tuple(
        f"{name}: {_kind(old.get(name))} before, {_kind(new.get(name))} now"
        for name in sorted(old.keys() | new.keys())
        if of(old.get(name)) != of(new.get(name))
    )


def _kind(verdict: object) -> str:
    return "not asked" if verdict is None else str(verdict).partition(";")[0]


def read_pass(made: Made, law: LawTexts | None = None) -> Evidence:
    """What is said of a pass that stands in a register, by a law; the program's own where none is given."""
    from sespms_rules.law.law_texts import law_texts

    submission = _submission_of(made)
    return evidence_of(submission.policy, submission.texts, submission.answers, law or law_texts())


def _submission_of(made: Made) -> Submission:
    return submission_in(opened_bag(unpacked(made)))


def behavior(old: Compilation, new: Compilation) -> str:
    """How the new text behaves beside the old one, in a sentence."""
    # It loads the solver, which nothing else here needs.
    from sespms_rules.studies.comparison import NotComparableError, allowed_apart, as_written, compare

    if old.document.source.text == new.document.source.text:
        return "the text is the same"
    programs = [next(iter(each.programs.values()), None) for each in (old, new)]
    if programs[0] is None or programs[1] is None:
        return "not compared by behavior: one of the two texts has errors"
    try:
        found = compare(as_written(old, programs[0]), as_written(new, programs[1]))
    except NotComparableError as fault:
        return f"not compared by behavior: {fault.message}"
    if found.same_program:
        return "the text is another, and every appraisal ends as before"
    if found.counted is None:
        rest = [each for each in (allowed_apart(found), f"not counted: {found.not_counted}") if each]
        return "; ".join([found.judgement.value, *rest])
    moves = found.counted.moves
    told = [f"{moves.up:,} appraisals get a higher level", f"{moves.down:,} a lower one"]
    told += [f"{moves.only_old:,} a level before alone"] if moves.only_old else []
    told += [f"{moves.only_new:,} a level now alone"] if moves.only_new else []
    rest = [each for each in (allowed_apart(found), found.why) if each]
    return "; ".join([f"{found.judgement.value}: {', '.join(told)}", *rest])


def _became(comment: Made, then: Mapping[str, Any], now: Mapping[str, Any], text: str) -> str:
    """What became of a comment: answered (with the words), changed, or untouched."""
    requirement, words = comment.body["requirement"], comment.body["words"]
    known = {(each["finding"], each["reason"]) for each in then["answers"]}
    for each in now["answers"]:
        speaks = (requirement and each["says"].startswith(f"{requirement},")) or (words and words in each["words"])
        if speaks and (each["finding"], each["reason"]) not in known:
            return f"answered: {each['reason']}"
    if words:
        return "untouched" if _folded(words) in text else "changed"
    old = {name: each for name, each in then["requirements"].items() if _is_of(name, requirement)}
    new = {name: each for name, each in now["requirements"].items() if _is_of(name, requirement)}
    return "untouched" if old == new else "changed"


def _is_of(name: str, requirement: str) -> bool:
    return name == _ascii(requirement) or name.endswith(f": {_ascii(requirement)}")


def _folded(text: str) -> str:
    return " ".join(text.split())


# ---- what a reviewer enters --------------------------------------------------------------------------


def anchored(case: Case, requirement: str, words: str) -> None:
    """Refuse a comment or verdict on a requirement or on words that the last pass does not have.

    Raises RegisterError.
    """
    last = case.passes[-1]
    if requirement and not any(_is_of(name, requirement) for name in last.body["requirements"]):
        raise RegisterError(f"`{case.system}` was not held to a requirement `{requirement}`; the checklist names each")
    if words:
        submission = _submission_of(last)
        if not any(_folded(words) in _folded(held.decode()) for held in submission.texts.values()):
            raise RegisterError(f"the words `{words}` do not stand in the text of pass {len(case.passes)}")


def letter(
    case: Case, title: str, more: tuple[str, ...] = (), *, number: int | None = None, with_comments: bool = True
) -> str:
    """The letter to the agency about a pass, the last or another, with the comments on it or without.

    It is entered as it goes out.
    """
    number = number or len(case.passes)
    last = case.passes[number - 1]
    lines = [title, "", f"System: {case.system}", f"Pass {number}, received {last.day}"]
    lines += [f"Text `{name}`: SHA-256 {digest}" for name, digest in last.body["texts"].items()]
    lines += [f"Standing: {last.body['standing']}", *more]
    comments = case.of_pass(number, COMMENT) if with_comments else ()
    if comments:
        lines += ["", "Comments:"]
    for place, each in enumerate(comments, 1):
        on = each.body["requirement"] or f'the words "{each.body["words"]}"'
        lines.append(f"{place}. On {on}: {each.body['text']}")
    return "\n".join(lines) + "\n"


# ---- when the law changes ----------------------------------------------------------------------------


def affected(register: Register, law: LawTexts, day: datetime.date) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each system that nobody withdrew: `breaks`, `asked anew` or `untouched` under a law, and what turns.

    A system breaks where a requirement fails under that law, or an error is found, that was not there before. Where one
    pass is approved and a later one is not decided, each is told, with its number and how it stands behind the system.
    """
    for case in cases(register).values():
        told = _passes_told(case, day)
        for number, stands in told.items():
            made = case.passes[number - 1]
            evidence = read_pass(made, law)
            turned = _turned(made.body["requirements"], _verdicts(evidence), _kind)
            breaks = evidence.standing.to_fix > made.body["to fix"]
            name = case.system if len(told) == 1 else f"{case.system}, pass {number}, {stands}"
            yield name, "breaks" if breaks else "asked anew" if turned else "untouched", turned


def _passes_told(case: Case, day: datetime.date) -> dict[int, str]:
    """The passes that a law is held to, and how each stands: what is approved, and what is not decided."""
    told: dict[int, str] = {}
    if case.approval is not None and case.approved_pass is not None:
        told[case.approved_pass] = f"approved until {case.approval.body['until']}"
    state = case.state(day)
    if state in (State.RECEIVED, State.UNDER_REVIEW, State.RETURNED):
        told[case.number] = state.value
    return told
