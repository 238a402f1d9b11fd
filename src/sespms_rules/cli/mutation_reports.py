"""What `sespms test --mutate` and `--suggest` print: how many changes are noticed, which are not, and what helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from sespms_rules.studies.mutation import Entry, Fate, Measured, Suggested, Suggestion, example

COMMENT = "# suggested: not from a source"


def share(part: int, whole: int) -> str:
    """A share as a percent with one decimal, rounded down, so that 100% means all."""
    tenths = int(Fraction(part * 1000, whole))
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


# ---- text ----------------------------------------------------------------------------------------


def as_text(measured: Measured, suggested: Suggested | None, *, listed: bool, several: bool) -> Iterator[str]:
    """A policy line by line; `listed` shows every change that goes unnoticed, `several` names systems.

    Beside scenarios that are suggested all else is a comment, so that what is printed can be pasted.
    """
    remark = "" if suggested is None else "# "
    yield remark + summary(measured)
    for paragraph in survivors(measured) if listed else ():
        yield "\n" + "\n".join(f"{remark}{line}" for line in paragraph.splitlines())
    if suggested is not None:
        for paragraph in suggestions(suggested, several):
            yield f"\n{paragraph}"
        yield f"{chr(10) if suggested.suggestions else ''}{remark}{suggested_line(suggested)}"


def summary(measured: Measured) -> str:
    """One line on a policy."""
    if not measured.entries:
        return f"{measured.policy}: no line of its own has a part in a rating, so there is nothing to change"
    noticed, counted = measured.count(Fate.NOTICED), measured.counted
    parts = [
        f"{noticed} noticed",
        f"{measured.count(Fate.UNNOTICED)} unnoticed",
        f"{measured.count(Fate.UNDECIDED)} undecided",
        f"{measured.count(Fate.NO_EFFECT)} without effect",
    ]
    told = f" ({noticed} of {counted}, {share(noticed, counted)})" if counted else ""
    count = len(measured.entries)
    return f"{measured.policy}: {count} change{'' if count == 1 else 's'}: {', '.join(parts)}{told}"


def survivors(measured: Measured) -> Iterator[str]:
    """A paragraph for each change that counts and goes unnoticed."""
    for entry in measured.entries:
        if entry.fate is Fate.UNNOTICED:
            yield "\n".join(_unnoticed(entry))
        elif entry.fate is Fate.UNDECIDED:
            yield f"{_place(entry)}\n  undecided: {entry.why}"


def _unnoticed(entry: Entry) -> Iterator[str]:
    yield _place(entry)
    found = example(entry)
    if found is None:
        yield "  unnoticed, and no scenario can tell it: what it alters cannot be written as an expectation"
        return
    yield "  unnoticed; this scenario would notice it:"
    yield from (f"    {line}" for line in found.scenario.splitlines())


def _place(entry: Entry) -> str:
    return f"line {entry.origin.span.line}, `{entry.sentence}`: {entry.says}"


def suggestions(suggested: Suggested, several: bool) -> Iterator[str]:
    """The suggested scenarios, ready to paste; `several` says that the policy holds several systems."""
    for each in suggested.suggestions:
        lines = [COMMENT]
        if several:
            lines.append(f"# for system: {each.system}")
        lines += [f"# notices {told}" for told in _by_line(each)]
        yield "\n".join([*lines, each.scenario])


def suggested_line(suggested: Suggested) -> str:
    """The last line on what was suggested."""
    count = len(suggested.suggestions)
    if not count:
        told = "nothing to suggest"
    elif suggested.fewest:
        told = f"{count} scenario{'' if count == 1 else 's'} suggested; no fewer would notice as much"
    else:
        told = f"{count} scenarios suggested; at least {suggested.at_least} are needed"
    if suggested.left:
        count = len(suggested.left)
        told += f"; {count} change{' is' if count == 1 else 's are'} beyond what a scenario can expect"
    return told


def _by_line(each: Suggestion) -> Iterator[str]:
    lines: dict[int, list[str]] = {}
    for entry in each.notices:
        lines.setdefault(entry.origin.span.line, []).append(entry.says)
    for line, says in sorted(lines.items()):
        yield f"line {line}: {'; '.join(dict.fromkeys(says))}"


# ---- data ----------------------------------------------------------------------------------------


def as_data(measured: Measured, suggested: Suggested | None) -> dict[str, Any]:
    """A policy for a JSON document; `suggested` is None where no scenarios were asked for."""
    score = measured.score
    data: dict[str, Any] = {
        "policy": measured.policy,
        "counts": {fate.value.replace(" ", "_"): measured.count(fate) for fate in Fate},
        "score": None if score is None else {"noticed": measured.count(Fate.NOTICED), "of": measured.counted},
        "changes": [_entry_as_data(each) for each in measured.entries],
    }
    if suggested is not None:
        data["suggested"] = {
            "scenarios": [_suggestion_as_data(each) for each in suggested.suggestions],
            "fewest": suggested.fewest,
            "at_least": suggested.at_least,
            "beyond_scenarios": _numbered(measured, suggested.left),
        }
        for each, data_of in zip(suggested.suggestions, data["suggested"]["scenarios"], strict=True):
            data_of["notices"] = _numbered(measured, each.notices)
    return data


def _entry_as_data(entry: Entry) -> dict[str, Any]:
    shown = example(entry) if entry.fate is Fate.UNNOTICED else None
    return {
        "line": entry.origin.span.line,
        "sentence": entry.sentence,
        "change": entry.says,
        "fate": entry.fate.value,
        "why": entry.why,
        "scenario": None if shown is None else shown.scenario,
    }


def _suggestion_as_data(each: Suggestion) -> dict[str, Any]:
    return {"system": each.system, "scenario": each.scenario}


def _numbered(measured: Measured, entries: Sequence[Entry]) -> list[int]:
    """The places of changes in the list of all."""
    return [place for place, entry in enumerate(measured.entries) if any(entry is each for each in entries)]
