"""Rows of the law that are judged once for the agency, those of editions one may follow, those asked of a person."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from records.invented_years import InventedYear, Row, written
from records.judging import duties_of_opm, judged_by_opm, opm_following
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.language.syntax.baselines import Unconfirmed
from sespms_rules.language.syntax.requirements import EachMust
from sespms_rules.law.edition_index import every_edition
from sespms_rules.records.cycle import AgencyStanding, Cycle
from sespms_rules.records.obligations import State
from sespms_rules.studies.cycle import year_judged

PAGE = Path(__file__).resolve().parents[2] / "docs" / "duties-on-records.md"
LATE = datetime.date(2027, 1, 31)
WAIVER: Row = {"act": "waiver", "day": "2026-10-30", "role": "the President"}
PAY: list[Row] = [
    {"act": "career basic pay", "day": "2025-12-01", "role": "agency head", "amount": "600000"},
    {"act": "average career basic pay", "day": "2025-12-01", "role": "agency head", "amount": "200000"},
]
CAP = "distribution: at most 30% of career executives at level 4 or better"
POOL = "each award pool must be at most 10% of career basic pay or 20% of average career basic pay, whichever is larger"


def _rated(*levels: int, appointment: str = "career", unit: str = "Harbors", first: int = 101) -> list[InventedYear]:
    made = []
    for place, level in enumerate(levels, first):
        year = InventedYear(f"E-{place}", appointment, level)
        year.executive["unit"] = unit
        made.append(year)
    return made


def _agency(folder: Path, years: list[InventedYear], *for_all: Row) -> AgencyStanding:
    (found,) = judged_by_opm(written(folder, years, list(for_all)), LATE).agency
    return found


def _states(found: AgencyStanding) -> dict[str, State]:
    return {each.about: each.state for each in found.distribution}


def test_cap_1_a_share_that_is_kept_and_one_that_is_not(tmp_path: Path) -> None:
    assert _states(_agency(tmp_path, _rated(*[4] * 3, *[3] * 7))) == {"the agency": State.HELD}
    over = _agency(tmp_path, _rated(*[4] * 4, *[3] * 6))
    assert _states(over) == {"the agency": State.BROKEN}
    (told,) = over.findings
    assert (told.code, told.sentence, told.citations) == ("SES709", CAP, ("OPM cap, share",))
    assert "4 of 10 career executives are at level 4 or better; at most 3 may be" in told.message


def test_cap_2_it_counts_from_five_career_executives(tmp_path: Path) -> None:
    assert _states(_agency(tmp_path, _rated(5, 5, 5, 5))) == {}
    assert _states(_agency(tmp_path, _rated(5, 5, 5, 5, 5))) == {"the agency": State.BROKEN}


def test_cap_3_a_waiver_is_the_presidents_alone(tmp_path: Path) -> None:
    waived = _agency(tmp_path, _rated(*[5] * 5), WAIVER)
    assert [(each.state, each.waived) for each in waived.distribution] == [(State.HELD, True)]
    assert waived.findings == ()
    by_another = _agency(tmp_path, _rated(*[5] * 5), WAIVER | {"role": "agency head"})
    assert "each waiver must be by the President" in [each.sentence for each in by_another.findings]
    assert _states(by_another) == {"the agency": State.BROKEN}


def test_cap_4_noncareer_executives_are_in_neither_count(tmp_path: Path) -> None:
    others = _rated(5, 5, 5, appointment="noncareer", first=201)
    assert _states(_agency(tmp_path, [*_rated(4, *[3] * 4), *others])) == {"the agency": State.HELD}
    assert _states(_agency(tmp_path, [*_rated(4, *[3] * 4), *_rated(5, 5, 5, first=201)])) == {
        "the agency": State.BROKEN
    }


def test_cap_5_the_inspector_general_is_counted_apart(tmp_path: Path) -> None:
    office = _rated(*[3] * 6, unit="Office of Inspector General", first=201)
    together = [*_rated(4, 4, 3, 3, 3), *_rated(*[3] * 6, first=201)]
    apart = [*_rated(4, 4, 3, 3, 3), *office]
    assert _states(_agency(tmp_path, together)) == {"the agency": State.HELD}
    assert _states(_agency(tmp_path, apart)) == {
        "the agency without the inspector general": State.BROKEN,
        "the inspector general": State.HELD,
    }


def test_a_rating_that_is_still_missing_leaves_the_cap_open_where_it_may_turn_it(tmp_path: Path) -> None:
    years = _rated(4, 3, 3, 3, 4)
    years[-1].without("annual rating")
    found = _agency(tmp_path, years)
    assert _states(found) == {"the agency": State.OPEN}
    assert found.findings == ()


@pytest.mark.parametrize(
    ("pays", "amount", "state"),
    [
        (PAY, "60000", State.HELD),
        (PAY, "60000.01", State.BROKEN),
        (PAY[:1], "60000", State.HELD),
        (PAY[:1], "60000.01", State.OPEN),
        ([], "60000", State.OPEN),
    ],
)
def test_the_pool_is_within_the_larger_of_two_shares(
    pays: list[Row], amount: str, state: State, tmp_path: Path
) -> None:
    pool = {"act": "award pool", "day": "2026-12-10", "role": "agency head", "amount": amount}
    cycle = judged_by_opm(written(tmp_path, _rated(3), [*pays, pool]), LATE)
    (duty,) = [each for each in cycle.duties if POOL in (one.sentence for one in each.obligation.grounds)]
    assert (duty.held, duty.broken, duty.open) == tuple(
        int(state is each) for each in (State.HELD, State.BROKEN, State.OPEN)
    )


def test_awards_on_record_are_a_pool_whatever_pool_is_named(tmp_path: Path) -> None:
    (year,) = _rated(4)
    year.add("performance award", "2026-12-15", amount="40000")
    small = [row | {"amount": amount} for row, amount in zip(PAY, ("100000", "100000"), strict=True)]
    (told,) = _agency(tmp_path, [year], *small).findings
    assert told.message == "$40,000 is more than $20,000"


def _followed(edition: str, records: Path) -> Cycle:
    return year_judged(opm_following(edition), records, FolderLibrary(), as_of=LATE).cycle


def test_a_plan_comes_by_the_start_where_subpart_d_is_followed(tmp_path: Path) -> None:
    late, kept = _rated(3, 3)
    late.the("plan")["day"] = "2025-10-02"
    cycle = _followed("5 CFR part 430, subpart D", written(tmp_path, [late, kept]))
    grounds = {one.citation for each in cycle.duties for one in each.obligation.grounds if each.broken}
    assert "5 CFR 430.404(a)(2)" in grounds
    assert [bool(each.findings) for each in cycle.executives] == [True, False]


@pytest.mark.parametrize(("amount", "held"), [("10000", True), ("10000.01", False)])
def test_a_raise_at_level_3_is_bounded_where_opms_system_of_2025_is_followed(
    amount: str, held: bool, tmp_path: Path
) -> None:
    (year,) = _rated(3)
    year.add("pay increase", "2026-12-20", amount=amount)
    cycle = _followed("OPM system 2025", written(tmp_path, [year]))
    words = "each pay increase at level 3 must be at most 5% of basic pay"
    (duty,) = [each for each in cycle.duties if words in (one.sentence for one in each.obligation.grounds)]
    assert (duty.held, duty.broken) == (int(held), int(not held))


def test_what_records_cannot_show_is_asked_of_a_person() -> None:
    page = PAGE.read_text(encoding="utf-8")
    asked = re.findall(r"^\| `[\w.-]+` \| asked of a person: ([^|]+) \|", page, re.MULTILINE)
    assert len(asked) == 7
    questions = {
        each.citation: [one.sentence for one in each.sentences]
        for edition in every_edition(FolderLibrary())
        for each in edition.requirements
    }
    for citation in asked:
        sentences = questions[citation.strip()]
        assert "Ask" in {type(each).__name__ for each in sentences}, citation
        assert not any(isinstance(each, EachMust | Unconfirmed) for each in sentences), citation


def test_the_agencys_duties_are_asked_of_no_executive() -> None:
    duties = duties_of_opm()
    assert {each.shape.what.kind for each in duties.of_agency} == {"award pool", "waiver"}  # type: ignore[attr-defined]
    assert not {getattr(getattr(each.shape, "what", None), "kind", "") for each in duties.obligations} & {"award pool"}
