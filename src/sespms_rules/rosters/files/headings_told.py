"""Rows of headings that cannot be read as they stand: in two rows, unknown to the last, or of a table beside another.

Each is told once, with the headings that are expected, in place of one finding on each column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Final

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import backticked, listed, nearest_name
from sespms_rules.rosters.files.blanks import seen, tidy, trimmed
from sespms_rules.rosters.files.numbers import read_number
from sespms_rules.rosters.files.other_headings import OWN_COLUMNS, names_people, own_column
from sespms_rules.rosters.files.rows import HEADINGS_IN_TWO_ROWS, MISSING_COLUMN, TABLE_BESIDE

_NEAR: Final = Fraction(3, 5)
"""How like a heading of a roster another must be to be named beside it; it is only offered."""
_MOST_NAMED: Final = 10


_KINDS = (" weight", " level", " rating")


def is_of_a_kind(heading: str) -> bool:
    """Whether a heading ends as those of an element's columns do."""
    return tidy(heading).endswith(_KINDS)


def joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of headings as one: a name above `weight` and `level` stands for every column down to the next name."""
    width = max(len(upper), len(lower))
    above, below = ([*map(seen, row), *[""] * (width - len(row))] for row in (upper, lower))
    reaching = accumulate(above, _last_named)
    columns = zip(above, reaching, below, strict=True)
    return [f"{name} {word}" if word and name else word or own for own, name, word in columns]


def _last_named(last: str, name: str) -> str:
    return name or last


def in_two_rows(rows: Sequence[Sequence[str]], at: int, known: frozenset[str]) -> list[str] | None:
    """The headings of a table as one row, where row `at` holds them only with the row above or below; else None."""
    alone = known_among(rows[at], known)
    pairs = [(at - 1, at), (at, at + 1)]
    made = [joined(rows[upper], rows[lower]) for upper, lower in pairs if upper >= 0 and lower < len(rows)]
    best = max(made, key=lambda each: known_among(each, known), default=None)
    return best if best and known_among(best, known) >= alone + 2 else None


def known_among(cells: Sequence[str], known: frozenset[str]) -> int:
    """How many different headings that are known stand in a row."""
    return len(known & {tidy(each) for each in cells})


def told_two_rows(one: Sequence[str], row: Span, known: frozenset[str]) -> Diagnostic:
    """The finding on headings in two rows; `one` is the row that they make if each name reaches to the next.

    It is shown only where that is likely: a name may stand above the last of its columns, or amid them.
    """
    says = "the headings stand in two rows, and a roster has them in one"
    help = "write them in one row, with the name of the element in each"
    if _reaches(one, known):
        help = f"write them in one row, each in full: `{as_csv(one)}`"
    return HEADINGS_IN_TWO_ROWS.at(row, says, help=help)


def _reaches(one: Sequence[str], known: frozenset[str]) -> bool:
    """Whether every heading of a kind is known, and each name has as many of them as the others."""
    of_a_kind = [tidy(each) for each in one if is_of_a_kind(each)]
    names = Counter(each.rpartition(" ")[0] for each in of_a_kind)
    return known.issuperset(of_a_kind) and len(set(names.values())) == 1


def none_known(headings: Sequence[str], expected: Sequence[str], row: Span) -> Diagnostic:
    """The finding on a first row of which no text is a heading of a roster; `expected` are the ones that are needed."""
    texts = [seen(each) for each in headings if trimmed(each)]
    whole = as_csv(expected)
    if any(isinstance(read_number(each), Fraction) for each in texts):
        says = "the first row holds figures and no heading of a roster, so that nobody can tell what stands in a column"
        return MISSING_COLUMN.at(row, says, help=f"put a row of headings above it: `{whole}`")
    says = f"none of {backticked(texts[:_MOST_NAMED])}{' and the others' * (len(texts) > _MOST_NAMED)} is a heading"
    near = [(each, found) for each in texts if (found := _nearest(each, expected))]
    nearest = listed(f"`{each}` comes nearest to `{found}`" for each, found in near[:_MOST_NAMED])
    help = f"the headings are `{whole}`" + (f"; {nearest}" if near else "")
    return MISSING_COLUMN.at(row, f"{says} that a roster has here" if len(texts) > 1 else _one(texts), help=help)


def _one(texts: Sequence[str]) -> str:
    return f"{backticked(texts)} is no heading that a roster has here"


def _nearest(text: str, expected: Sequence[str]) -> str | None:
    """The heading that a text comes nearest to, by the whole heading or by the name alone."""
    names = {tidy(each.removesuffix(" level")): each for each in expected} | {tidy(each): each for each in expected}
    found = nearest_name(tidy(text), names, _NEAR)
    return None if found is None else names[found]


def row_an_element(strangers: Mapping[str, Span]) -> Diagnostic | None:
    """The one finding on a table that is half a long one and half not; None for any other. `strangers` are unknown."""
    by_text = {tidy(text): text for text in strangers}
    if "element" not in by_text or by_text.keys().isdisjoint({"level", "rating"}):
        return None
    says = (
        f"the roster has the column `{seen(by_text['element'])}`, as a table with a row for each element has, and "
        "columns of single elements too"
    )
    help = "keep one of the two: a row for each element, or a column such as `<element> level` for each element"
    return MISSING_COLUMN.at(strangers[by_text["element"]], says, help=help)


def table_beside(place: Span, where: str) -> Diagnostic:
    """The finding on a second table beside the first; `where` says where it begins."""
    says = f"a second table begins {where}, beside the first, and nobody in it would be rated"
    help = "move its rows below those of the first table, or give it a file of its own"
    return TABLE_BESIDE.at(place, says, help=help)


def first_table_beside(
    rows: Mapping[int, Mapping[int, str]], width: int, known: frozenset[str]
) -> tuple[int, int] | None:
    """Row and column, both counted from 1, of headings to the right of a table of `width` columns; None for none."""
    for number in sorted(rows):
        beside = {column: text for column, text in sorted(rows[number].items()) if column > width and trimmed(text)}
        if known_among(tuple(beside.values()), known) > 1 or _names_whom(tuple(beside.values())):
            return number, min(beside)
    return None


def _names_whom(cells: Sequence[str]) -> bool:
    """Whether cells are headings that begin with whom a row speaks of, as `Employee` does, and hold no figure."""
    first, *others = cells or ("",)
    return bool(others) and _of_whom(first) and not any(isinstance(read_number(each), Fraction) for each in others)


def _of_whom(heading: str) -> bool:
    return names_people(heading) or own_column(heading) == "id"


def second_table(headings: Sequence[str], spans: Sequence[Span], known: frozenset[str]) -> Diagnostic | None:
    """The finding on a second table in one row of headings with the first; None where there is none.

    It begins with a heading such as `id` or `Employee` behind a column without one, with headings of ratings before and
    after it, or with a second `id` that others follow which stood before.
    """
    tidied = [tidy(each) for each in headings]
    of_whom = [place for place, each in enumerate(headings) if tidied[place] == "id" or _of_whom(each)]
    for place in of_whom[1:]:
        before, after = tidied[:place], tidied[place + 1 :]
        again = tidied[place] == "id" and "id" in before and any(each in before for each in after if each)
        # A column without a heading may also part whom a row speaks of from the name, in one and the same table.
        tables = (headings[:place], headings[place + 1 :])
        if again or (not tidied[place - 1] and all(_holds_ratings(each, known) for each in tables)):
            which = f"at the {'second ' * ('id' in before and tidied[place] == 'id')}heading `{seen(headings[place])}`"
            return table_beside(spans[place], which)
    return None


def _holds_ratings(headings: Sequence[str], known: frozenset[str]) -> bool:
    """Whether some of these headings are those of ratings."""
    others = (tidy(each) for each in headings if own_column(each) is None)
    return any(is_of_ratings(each, known) for each in others if each and each not in OWN_COLUMNS)


def is_of_ratings(text: str, known: frozenset[str]) -> bool:
    """Whether a heading, tidied, may be that of ratings: it is known, of a kind, or an element's name alone."""
    bare = (text, *(f"{text}{kind}" for kind in _KINDS))
    return text in ("level", "rating", "score") or is_of_a_kind(text) or not known.isdisjoint(bare)


def as_csv(cells: Sequence[str]) -> str:
    """Cells as a line of a CSV file has them, on one line and without a backtick."""
    plain = (seen(each).replace("`", "'") for each in cells)
    return ",".join(f'"{each.replace(chr(34), 2 * chr(34))}"' if set(each) & set(',";') else each for each in plain)
