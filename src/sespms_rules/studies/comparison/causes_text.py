"""What causes a difference between two systems -> words and lines: which sentences, whom they move, what they allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.language.model import Stated
from sespms_rules.studies.comparison.result import Cause, Change, Comparison, Moves, Subject

_WIDEST = 110


def moved(moves: Moves, total: str = "") -> str:
    """Who moves, in words; `total` is said of the first number."""
    parts = []
    if moves.up or moves.down:
        named = [(moves.up, "a higher"), (moves.down, "a lower")]
        if not moves.up:
            named.reverse()
        (first, which), (second, other) = named
        none = f"{second:,} {other} one" if second else f"none {other} one"
        parts.append(f"{first:,}{total} {_get(first)} {which} level and {none}")
        total = ""
    if moves.only_old:
        parts.append(f"{moves.only_old:,}{total} {_get(moves.only_old)} a level under the old system alone")
        total = ""
    if moves.only_new:
        parts.append(f"{moves.only_new:,}{total} {_get(moves.only_new)} a level under the new system alone")
    return ", and ".join(parts) if parts else "nobody moves"


def _get(count: int) -> str:
    return "gets" if count == 1 else "get"


def causes_lines(found: Comparison) -> Iterator[str]:
    """Each cause with its sentences, as lines; nothing where none is known."""
    causes = found.attributed.causes
    if not causes:
        return
    yield ""
    yield "what causes it"
    for cause in causes:
        yield f"  {who(cause)}"
        yield from changes_lines(found, cause.changes, "    ", len(cause.changes))
        if cause.without is not None:
            yield f"    {without(cause, cause.without)}"
    if not any(_own(found, cause) for cause in causes):
        yield "  neither file says so itself: what differs stands in what they are based on"


def who(cause: Cause) -> str:
    """Which sentences a cause is, and whom they move."""
    one = len(cause.changes) == 1
    which = "this sentence alone" if one else f"these {len(cause.changes)} sentences together"
    said = []
    if cause.moves is not None and (cause.moves.any or cause.plans is None):
        said.append(moved(cause.moves))
    elif cause.moves is None:
        moves = "is undecided" if cause.decided is None else "moves appraisals" if one else "move appraisals"
        said.append("whether anybody moves is undecided" if cause.decided is None else moves)
    if cause.plans is not None:
        before, after = cause.plans
        counts = "" if before is None or after is None else f", {before:,} before and {after:,} after"
        said.append(f"other plans are allowed{counts}")
    return f"{which}: {'; '.join(said)}"


def without(cause: Cause, moves: Moves) -> str:
    """What would be left without the sentences of a cause."""
    return f"without {'it' if len(cause.changes) == 1 else 'them'}, {moved(moves)}"


def _own(found: Comparison, cause: Cause) -> bool:
    """Whether one of the named files itself says some of it."""
    return any(
        stated.origin.span.source.name in subject.paths
        for change in cause.changes
        for subject, sentences in ((found.old, change.before), (found.new, change.after))
        for stated in sentences
    )


def terms_lines(found: Comparison) -> Iterator[str]:
    """The levels that are called differently, as lines."""
    if found.terms:
        yield ""
        yield "levels that are called differently"
        for level, before, after in found.terms:
            yield f'  level {level}: "{before}" in the old, "{after}" in the new'


def changes_lines(found: Comparison, changes: Sequence[Change], indent: str, most: int) -> Iterator[str]:
    """Changes part by part, with the old and the new sentences; all beyond `most` are counted."""
    part = None
    for change in changes[:most]:
        if change.part != part:
            part = change.part
            yield f"{indent}{part}"
        if not change.before and not change.after:
            yield f"{indent}  (the part itself)"
        cited = len({each.origin.authority for each in (*change.before, *change.after)}) > 1
        for mark, subject, sentences in (("-", found.old, change.before), ("+", found.new, change.after)):
            for stated in sentences:
                authority = f' under "{stated.origin.authority}"' if cited and stated.origin.authority else ""
                yield f"{indent}  {mark} {sentence_said(subject, stated, authority)}"
    if len(changes) > most:
        yield f"{indent}and {len(changes) - most} more, which `--format json` lists"


def sentence_said(subject: Subject, stated: Stated, authority: str = "") -> str:
    """Where a sentence stands, its words, the authority that is to be told, and the base it comes from if of one."""
    span = stated.origin.span
    words = span.words
    cut = words if len(words) <= _WIDEST else f"{words[:_WIDEST]}…"
    place = f"{span.source.name}:{span.line}" if span.source.name else "read from the command line"
    base = "" if not span.source.name or span.source.name in subject.paths else f'  (of "{stated.of}")'
    return f"{place}  {cut}{authority}{base}"
