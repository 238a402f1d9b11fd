"""Terms of levels that a roster reads as no rating, and those that only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.test_numbered_terms import RULES
from rosters.every_engine import in_every_way, program_of
from sespms_rules.foundation.no_rating import NOT_APPLICABLE, NOT_IN_PLAN, NOT_RATED, is_no_rating
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source


def told(five: str) -> tuple[bool, bool]:
    """Whether the term of level 5 is said to be no rating, and whether the policy can be run."""
    compiled = compile_source(Source("p.sespms", RULES.format(five=five, four="Exceeds")))
    return any(each.code == "SES690" for each in compiled.diagnostics), bool(compiled.programs)


@pytest.mark.parametrize(
    "words",
    [NOT_RATED, NOT_IN_PLAN, *NOT_APPLICABLE, "Not  Rated", "Not\u00a0Rated", "NOT IN PLAN", "N/A", "\u2212"],
)
def test_a_term_of_no_rating_is_an_error_and_nothing_is_rated(words: str) -> None:
    assert told(words) == (True, False)


@pytest.mark.parametrize("words", ["Not Rated Highly", "Rated", "Nonesuch", "Blank", "Pending", "Noted", "Not Met"])
def test_other_terms_are_not_told(words: str) -> None:
    assert told(words) == (False, True)


def test_every_word_that_a_roster_reads_as_no_level_is_in_the_list(tmp_path: Path) -> None:
    """A cell of each of them gives no level, in any engine; what is not in the list is refused as no level."""
    roster = tmp_path / "r.csv"
    cells = [NOT_RATED, NOT_IN_PLAN, *NOT_APPLICABLE]
    roster.write_text(
        "id,Leading People level,Results level\n" + "".join(f"N-{at},3,{each}\n" for at, each in enumerate(cells)),
        encoding="utf-8",
    )
    (_, wanted), *others = in_every_way(roster, program_of(RULES.format(five="Best", four="Exceeds")))
    assert [row["level"] for row in wanted] == [None] * len(cells)
    assert all(found == wanted for _, found in others)
    assert all(map(is_no_rating, cells))
    assert not is_no_rating("")
