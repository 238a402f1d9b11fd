"""A table of a Word document -> the sentences of the language that it says, row by row.

A table is known by its headings. A row is taken whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sespms_rules.documents.spoken import without_articles
from sespms_rules.documents.tables import BY_CONDITION, NOT_STATED
from sespms_rules.documents.timeline import NO_TERM, NO_TIME, ON_REQUEST
from sespms_rules.documents.understanding import is_whole
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.syntax.words import FederalLevel, PartKind

_RANGE = re.compile(r"^(\d+(?:\.\d+)?) ?(?:to|through|-|–|—) ?(\d+(?:\.\d+)?)$")
_FROM = re.compile(
    r"^(?:at least (\d+(?:\.\d+)?)|(\d+(?:\.\d+)?) (?:or more|and above|and over|or higher))$", re.IGNORECASE
)
_NUMBER = re.compile(r"^(\d+(?:\.\d+)?)(?: ?(?:%|points?))?$")
_LEVEL = re.compile(r"^(?:level )?([1-9])\b", re.IGNORECASE)


ROW = " | "
"""What stands between the cells of a row where it is told."""


class Said(Frozen):
    """What a row says: a part, the name of the part where it has one, and a sentence; None where it is not taken."""

    kind: PartKind
    sentence: str | None
    name: str = field(default="")


Row = dict[str, str]


def said_of_table(rows: tuple[tuple[str, ...], ...], terms: dict[str, str]) -> list[tuple[str, list[Said]]] | None:
    """The words of each row with what they say; None for a table whose headings are not known.

    `terms` are the levels by their term, in small letters; those that the table names are put to them.
    """
    if len(rows) < 2 or not all(len(row) == len(rows[0]) for row in rows):
        return None
    columns = [_column(each) for each in rows[0]]
    for needed, reads in _TABLES:
        if needed <= set(columns):
            return [(ROW.join(row), list(reads(dict(zip(columns, row, strict=True)), terms))) for row in rows[1:]]
    return None


def _column(heading: str) -> str:
    words = heading.casefold()
    for called, patterns in _COLUMNS:
        if any(re.search(pattern, words) for pattern in patterns):
            return called
    return words


_COLUMNS = (
    ("condition", (r"condition",)),
    ("federal", (r"equivalent", r"equivalency")),
    ("points", (r"points?$", r"point value")),
    ("lowest", (r"(?:lowest|minimum|least).*weight", r"weight.*(?:minimum|at least)")),
    ("highest", (r"(?:highest|maximum|most).*weight", r"weight.*(?:maximum|at most)")),
    ("range", (r"score", r"range")),
    ("standard", (r"standard", r"definition", r"description")),
    ("competencies", (r"competenc", r"rests on")),
    ("element", (r"element",)),
    ("term", (r"term", r"title", r"name", r"rating level")),
    ("level", (r"level", r"result")),
)


def _levels(row: Row, terms: dict[str, str]) -> Iterator[Said]:
    level, points = _LEVEL.match(row["level"]), _NUMBER.match(row["points"])
    term = row["term"].strip('“”"')
    federal = row.get("federal", "").strip('“”"').casefold().replace(NOT_STATED, "")
    known = {each.value for each in FederalLevel}
    ok = level and points and term and '"' not in term and (not federal or federal in known)
    if not ok or level is None or points is None:
        yield Said(PartKind.LEVELS, None)
        return
    terms[term.casefold()] = level[1]
    end = f" equivalent to {federal}" if federal else ""
    yield Said(PartKind.LEVELS, f'level {level[1]} "{term}" {points[1]} points{end}')


def _ranges(row: Row, terms: dict[str, str]) -> Iterator[Said]:
    level = _LEVEL.match(row["level"])
    number = level[1] if level else terms.get(row["level"].strip('“”"').casefold())
    result = "not rated" if row["level"].casefold() == "not rated" else f"level {number}" if number else ""
    sentence = _line(row, result) if result else None
    yield Said(PartKind.RATING, sentence if sentence and is_whole(PartKind.RATING, sentence) else None)


def _line(row: Row, result: str) -> str | None:
    """The line that gives a result by its score, its condition or both; a condition is never left out."""
    condition = row.get("condition", "").replace("“", '"').replace("”", '"')
    condition = "" if condition.casefold() == "none" else condition
    if row["range"].casefold() == BY_CONDITION:
        return f"{result} {condition}" if condition else None
    found, least = _RANGE.match(row["range"]), _FROM.match(row["range"])
    if found:
        score = f"{found[1]} to {found[2]}"
    elif least:
        score = f"at least {least[1] or least[2]}"
    else:
        score = row["range"][:1].lower() + row["range"][1:]  # whether it is a range is for the language to say
    return f"score {score} {condition} is {result}" if condition else f"score {score} is {result}"


def _look_ups(row: Row, terms: dict[str, str]) -> Iterator[Said]:
    """A row of a table that formulas look things up in; which table, is said by the heading above it."""
    del terms
    sentence = f"{row['for']} gives {row['level']}".replace("“", '"').replace("”", '"')
    sentence = sentence[:1].lower() + sentence[1:]
    yield Said(PartKind.TABLE, sentence if is_whole(PartKind.TABLE, sentence) else None)


def _steps(row: Row, terms: dict[str, str]) -> Iterator[Said]:
    """Who does what when, in the order of the year."""
    del terms
    act, when = row["step"].partition(". ")[2] or row["step"], row["when"]
    words = (
        act,
        "" if row.get("term", "") in ("", NO_TERM) else row["term"].replace("“", '"').replace("”", '"'),
        f"by {row['taken by'].removeprefix('the ')}",
        "on request" if row.get("whether") == ON_REQUEST else "",
        "" if when == NO_TIME else without_articles(when),
    )
    sentence = " ".join(each for each in words if each)
    yield Said(PartKind.STEPS, sentence if is_whole(PartKind.STEPS, sentence) else None)


def _standards(row: Row, terms: dict[str, str]) -> Iterator[Said]:
    level, text = _LEVEL.match(row["level"]), row["standard"].replace('"', "'").strip("“”")
    number = level[1] if level else terms.get(row["level"].casefold())
    yield Said(PartKind.STANDARDS, f'level {number} means "{text}"' if number and text else None)


def _weights(row: Row, terms: dict[str, str]) -> Iterator[Said]:
    del terms
    name = row["element"].strip('“”"')
    for column, limit in (("lowest", "at least"), ("highest", "at most")):
        value = row.get(column, "")
        if value.casefold() in ("", NOT_STATED, "none"):
            continue
        number = _NUMBER.match(value)
        subject = "all others" if re.match(r"(?:any|all|every) other", name, re.IGNORECASE) else f'"{name}"'
        yield Said(PartKind.WEIGHTS, f"{subject} {limit} {number[1]}" if number and name and '"' not in name else None)


def _elements(row: Row, terms: dict[str, str]) -> Iterator[Said]:
    del terms
    name = row["element"].strip('“”"')
    kind = PartKind.NONCRITICAL_ELEMENT if "noncritical" in row.get("kind", "") else PartKind.CRITICAL_ELEMENT
    yield Said(kind, "" if name and '"' not in name else None, name)
    words = row["competencies"]
    if words.casefold() not in ("", NOT_STATED, "none"):
        yield Said(kind, _based_on(words), name)


def _based_on(words: str) -> str | None:
    """The competencies of a cell; None where it is not clear where one ends, as in `Creativity and Innovation`."""
    if ";" not in words and (" and " in words or " & " in words):
        return None
    names = [each.strip(' “”"') for each in words.split(";" if ";" in words else ",")]
    if not all(names) or any('"' in each for each in names):
        return None
    quoted = [f'"{each}"' for each in names]
    return f"based on {quoted[0]}" if len(quoted) == 1 else f"based on {', '.join(quoted[:-1])} and {quoted[-1]}"


_TABLES: tuple[tuple[set[str], Callable[[Row, dict[str, str]], Iterator[Said]]], ...] = (
    ({"level", "term", "points"}, _levels),
    ({"step", "taken by", "when"}, _steps),
    ({"for", "level"}, _look_ups),
    ({"level", "range"}, _ranges),
    ({"level", "standard"}, _standards),
    ({"element", "lowest"}, _weights),
    ({"element", "competencies"}, _elements),
)
"""The headings that a table must have, and how its rows are read."""
