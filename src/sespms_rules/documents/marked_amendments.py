"""The changes that are taken of a marked-up copy -> an amendment of the policy, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.documents.first_policies import short
from sespms_rules.documents.marked_changes import MarkedChange
from sespms_rules.foundation.source import Source
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.model import Part, System
from sespms_rules.language.phrasebook import PARTS
from sespms_rules.language.syntax.words import PartKind

_UNTRACKED = "changed without being tracked, or accepted already"


def amendment_of(changes: Sequence[MarkedChange], system: System, copy: str) -> str:
    """The amendment; `copy` is the name of the file it was read from. Each change stands below where it was made."""
    order = [each.kind for each in PARTS]
    parts: dict[tuple[PartKind, str | None], list[MarkedChange]] = {}
    for each in changes:
        assert each.part is not None  # noqa: S101 - no change outside a part is taken
        parts.setdefault((each.part.kind, each.part.name), []).append(each)
    lines = [
        f'amendment "{name_of_amendment(copy)}"',
        f'  amends "{system.name}"',
        f'  because "Read from the marked-up copy {copy.replace(chr(34), chr(39))}."',
    ]
    for (_, _), told in sorted(parts.items(), key=lambda one: order.index(one[0][0])):
        assert told[0].part is not None  # noqa: S101 - the same
        # What is inserted behind a line that is struck takes its place; what is new goes last, so it stands first here.
        ordered = sorted(told, key=lambda one: one.stated is not None)
        lines += ["", _heading(told[0].part), *(line for each in ordered for line in _lines(each))]
    text = "\n".join(lines) + "\n"
    return format_policy(Source("amendment", text)).text or text


def name_of_amendment(copy: str) -> str:
    """What the amendment of a marked-up copy is called; `copy` is the name of its file."""
    return f"Changes in {copy.replace(chr(34), chr(39))}"


def _heading(part: Part) -> str:
    return f'{part.kind.value} "{part.name}"' if part.name else part.kind.value


def _lines(change: MarkedChange) -> Iterator[str]:
    who = f"by {change.by[0]}" if change.tracked else _UNTRACKED
    yield f"  # {change.place}, {who}: {short(change.would_be) or 'left out'}"
    if change.stated is not None:
        yield f"  strike {' '.join(change.stated.origin.span.words.split())}"
    yield from (f"  insert {each}" for each in change.instead)
