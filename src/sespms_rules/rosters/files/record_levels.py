"""The levels of a record of a JSON roster, in the policy's words or in numbers -> numbers, or what leaves them open."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from sespms_rules.program.ir import LevelScale, Member, Program, Stage
from sespms_rules.rosters.files.level_words import LevelWords
from sespms_rules.rosters.files.numbers import NumberFault, read_number

LEVEL_KEYS: Final = ("level", "rating")
"""Under which keys a record gives a level."""


class DoubtfulLevel(str):
    """The digits of a level's number that stand in the term of another level, and why they are not read."""

    __slots__ = ("fault",)

    fault: NumberFault


def in_numbers(record: Any, program: Program, words: LevelWords) -> Any:
    """The record with levels in words replaced by the levels they stand for, where the element is rated on levels."""
    elements = record.get("elements") if isinstance(record, dict) else None
    if not isinstance(elements, dict):
        return record
    return {**record, "elements": _levels(elements, program.summary, words)}


def _levels(members: dict[str, Any], stage: Stage | None, words: LevelWords) -> dict[str, Any]:
    named = {each.name: each for each in stage.members} if stage else {}
    return {name: _level(each, named.get(name), words) for name, each in members.items()}


def _level(record: Any, member: Member | None, words: LevelWords) -> Any:
    if member is not None and not isinstance(member.scale, LevelScale):
        return record
    if isinstance(record, str):
        return _said_level(record, words)
    if not isinstance(record, dict):
        return record
    made = {key: _said_level(value, words) if key in LEVEL_KEYS else value for key, value in record.items()}
    if isinstance(inner := record.get("requirements"), dict):
        made["requirements"] = _levels(inner, member.stage if member else None, words)
    return made


def _said_level(value: Any, words: LevelWords) -> Any:
    """The level that a text names, as digits; one that may be another level is marked, and any other value as it is."""
    read = read_number(value) if isinstance(value, str) else None
    doubt = words.doubt(read) if isinstance(read, Fraction) else None
    if doubt is None:
        return words.number(value)
    marked = DoubtfulLevel(value)
    marked.fault = doubt
    return marked
