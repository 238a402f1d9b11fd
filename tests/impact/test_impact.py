"""Whatever the roster: every row in exactly one place, the engines agree, nothing is passed over in silence."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from impact.assessed import COMMISSION, ELEMENTS, OPM, alone, amendments, impact_of, rating_change, roster_file, written
from sespms_rules.engines.confirmed import EnginesDisagreeError
from sespms_rules.engines.reference import engine as reference
from sespms_rules.foundation.source import Source
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.verdict import Confidence, VerdictKind
from sespms_rules.pipeline import compile_source
from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.population.level_distribution import State
from sespms_rules.studies.impact import Roster, as_it_is, assess, under
from sespms_rules.studies.impact import rows as rows_module
from sespms_rules.studies.impact.assessing import THOROUGH, WHOLE
from sespms_rules.studies.impact.comparing import Direction
from sespms_rules.studies.impact.law import distribution_in_law
from sespms_rules.studies.impact.phrases import Told
from sespms_rules.studies.impact.reasons import Because, turning_point
from sespms_rules.studies.impact.reporting import sheet_of
from sespms_rules.studies.impact.sheet import as_text
from systems import program_of, system_of

BAR = amendments("what-if/raise_the_bar.sespms")
ALL = [
    each
    for name in ("raise_the_bar", "state_the_cap", "weigh_results_more", "no_masked_weakness")
    for each in amendments(f"what-if/{name}.sespms")
]
WORSE = "insert any critical element at level 4 makes the rating level 3"
ORDERED = written(
    rating_change(
        "insert take the first line that fits",
        "strike score 475 to 500 is level 5",
        "insert score 475 to 500 with no critical element below level 4 is level 5",
        "insert score 475 to 500 is level 4",
        name="No Outstanding below 4",
    )
)


def drawn_rows(count: int, seed: int) -> list[str]:
    """Rows with weights and levels of every kind, some of them broken."""
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        weights = [draw.randint(5, 20) for _ in range(4)]
        weights.append(100 - sum(weights) + draw.choice([0] * 12 + [1]))
        levels = [draw.choice("5555444333211" if draw.random() < 0.3 else "5544") for _ in ELEMENTS]
        if draw.random() < 0.1:
            levels[draw.randrange(5)] = draw.choice(["", "good", "6", "4.5"])
        key = "" if draw.random() < 0.02 else f"E-{number}"
        kind = draw.choice(["career"] * 6 + ["noncareer", "", "limited term", "carer"])
        cells = (f"{weight},{level}" for weight, level in zip(weights, levels, strict=True))
        rows.append(",".join([key, draw.choice(["North", "South", "OIG", ""]), kind, *cells]))
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_every_row_is_in_exactly_one_place(tmp_path: Path, seed: int) -> None:
    impact = impact_of(roster_file(tmp_path, drawn_rows(300, seed)), *ALL, *ORDERED)
    assert impact.before is not None
    everyone = set(range(300))
    for comparison in impact.comparisons:
        assert comparison.case is not None
        placed = [place for places in comparison.cells.values() for place in places]
        assert sorted(placed) == sorted(everyone)
        assert sum(comparison.count(way) for way in Direction) == 300
        for case in (impact.before, comparison.case):
            assert case.whole.total == 300
            assert sum(each.total for _, each in case.units) == 300
            assert sum(each.total for _, each in case.appointments) == 300
        moved = [place for move in comparison.moves for place in move.places]
        reasoned = [place for move in comparison.moves for reason in move.reasons for place in reason.places]
        assert sorted(moved) == sorted(reasoned)
        assert set(moved) == {
            place
            for place, pair in enumerate(zip(impact.before.answers.states, comparison.case.answers.states, strict=True))
            if pair[0] != pair[1]
        }


@pytest.mark.parametrize("seed", [11, 12])
def test_states_and_scores_are_those_of_the_reference(tmp_path: Path, seed: int) -> None:
    impact = impact_of(roster_file(tmp_path, drawn_rows(250, seed)), *ALL, *ORDERED)
    cases = [impact.before, *(each.case for each in impact.comparisons)]
    for case in cases:
        assert case is not None
        assert case.variant.program is not None
        for place, row in enumerate(case.answers.reading.rows):
            if row.appraisal is None:
                assert case.answers.states[place] is Outcome.REFUSED
                assert row.refusals
                continue
            rating = reference.rate(case.variant.program, row.appraisal, trace=False)
            assert case.answers.states[place] == (rating.outcome if rating.level is None else rating.level)
            if rating.outcome is not Outcome.REFUSED:
                assert case.answers.score(place) == rating.score
        scores = [case.answers.score(place) for place in case.answers.reading.appraised]
        assert case.answers.score.counted() == Counter(each for each in scores if each is not None)


def test_a_line_named_without_deriving_is_the_line_that_is_derived(tmp_path: Path) -> None:
    impact = impact_of(roster_file(tmp_path, drawn_rows(300, 5)), *ALL, *ORDERED)
    compared = 0
    for case in (impact.before, *(each.case for each in impact.comparisons)):
        assert case is not None
        assert case.variant.program is not None
        quick, thorough = (Because(case.variant.program, thorough=each) for each in (False, True))
        for row, state in zip(case.answers.reading.rows, case.answers.states, strict=True):
            line = quick.line(row, state)
            assert line == thorough.line(row, state)
            compared += bool(line.file)
    assert compared > 800


def test_the_line_of_the_trace_is_the_line_that_is_named(tmp_path: Path) -> None:
    impact = impact_of(roster_file(tmp_path, drawn_rows(300, 5)), *ALL, *ORDERED)
    seen = set()
    for comparison in impact.comparisons:
        assert comparison.case is not None
        assert comparison.case.variant.program is not None
        for reason in (reason for move in comparison.moves for reason in move.reasons if not reason.after.codes):
            for place in reason.places:
                appraisal = comparison.case.answers.reading.rows[place].appraisal
                assert appraisal is not None
                trace = reference.rate(comparison.case.variant.program, appraisal).trace
                assert trace is not None
                last = trace.steps[-1].origin
                assert last is not None
                assert (last.span.source.name, last.span.line) == (reason.after.file, reason.after.number)
                seen.add(reason.after.words)
    assert len(seen) >= 2


def test_a_planted_difference_between_the_engines_stops_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    real = rows_module._states

    def wrong(result: object) -> list[State]:
        states = real(result)  # type: ignore[arg-type]
        return [4 if state == 5 else state for state in states]

    monkeypatch.setattr(rows_module, "_states", wrong)
    with pytest.raises(EnginesDisagreeError, match="columnar says level 4, reference says level 5"):
        impact_of(
            COMMISSION, *written(rating_change("insert any critical element at level 4 makes the rating level 3"))
        )


def test_a_refusal_the_reference_does_not_know_stops_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    real = rows_module._states
    calls = []

    def wrong(result: object) -> list[State]:
        calls.append(1)
        states = real(result)  # type: ignore[arg-type]
        return states if len(calls) == 1 else [Outcome.REFUSED, *states[1:]]

    monkeypatch.setattr(rows_module, "_states", wrong)
    with pytest.raises(EnginesDisagreeError, match="columnar refuses, reference rates"):
        impact_of(COMMISSION, *BAR)


def test_what_columns_cannot_hold_is_rated_by_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    by_columns = impact_of(COMMISSION, *BAR)
    monkeypatch.setattr(rows_module, "_in_columns", lambda *_: None)
    one_by_one = impact_of(COMMISSION, *BAR)
    assert one_by_one.comparisons[0].cells == by_columns.comparisons[0].cells
    assert one_by_one.before is not None
    assert by_columns.before is not None
    assert one_by_one.before.margins is None
    assert [one_by_one.before.answers.score(place) for place in range(21)] == [
        by_columns.before.answers.score(place) for place in range(21)
    ]
    assert one_by_one.before.answers.score.counted() == by_columns.before.answers.score.counted()


def test_the_text_that_others_are_set_against_is_rated_once(tmp_path: Path) -> None:
    roster = Roster(roster_file(tmp_path, drawn_rows(300, 1)))
    base = as_it_is(system_of(OPM), program_of(OPM))
    first, second = (roster.answers_before(base, with_margins=True) for _ in range(2))
    assert first is not None
    assert second is first
    (other,) = under(base.system, alone(*BAR))
    changed = roster.answers_before(other, with_margins=True)
    assert changed is not None
    assert changed.states != first.states, "and anew under another text"
    plain = roster.answers_before(base, with_margins=False)
    assert plain is not None
    assert plain.states == first.states


def test_numbers_too_large_for_columns(tmp_path: Path) -> None:
    huge = ["A,,career," + ",".join("1" + "0" * 30 + ",5" for _ in ELEMENTS)]
    impact = impact_of(roster_file(tmp_path, huge), *BAR)
    assert impact.before is not None
    assert impact.before.whole.refused == 1


def test_a_roster_without_rows(tmp_path: Path) -> None:
    impact = impact_of(roster_file(tmp_path, []), *BAR)
    assert impact.before is not None
    assert impact.before.whole.total == 0
    assert impact.comparisons[0].moves == ()


def test_an_amendment_that_needs_another_column_is_told_and_the_others_are_compared() -> None:
    more = written(
        'amendment "Another element"\n  amends "Basic SES Appraisal System"\n\n'
        'critical element "Stewardship"\n  insert evaluates quality\n\n'
    )
    impact = impact_of(COMMISSION, *more, *BAR)
    first, second = impact.comparisons
    assert first.case is None
    assert first.findings
    assert second.case is not None
    assert len(second.moves) == 1


def test_an_amendment_with_errors_is_told_and_not_run() -> None:
    gap = written(rating_change("strike score 400 to 474 is level 4", "insert score 410 to 474 is level 4", name="Gap"))
    nowhere = written(rating_change("strike score 1 to 2 is level 5", name="Nowhere"))
    first, second = impact_of(COMMISSION, *gap, *nowhere).comparisons
    assert first.case is None
    assert second.case is None
    assert "SES214" in {each.code for each in first.findings}
    assert "SES104" in {each.code for each in second.findings}


def test_a_roster_that_does_not_fit_rates_nobody(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("id,Nothing level\nA,3\n", encoding="utf-8")
    impact = impact_of(path, *BAR)
    assert impact.before is None
    assert {each.code for each in impact.findings} >= {"SES632"}


def test_more_amendments_than_can_be_read_are_set_side_by_side() -> None:
    many = [
        change
        for cut in range(476, 476 + WHOLE + 1)
        for change in written(
            rating_change(
                "strike score 475 to 500 is level 5",
                f"insert score {cut} to 500 is level 5",
                "strike score 400 to 474 is level 4",
                f"insert score 400 to {cut - 1} is level 4",
                name=f"From {cut}",
            )
        )
    ]
    impact = impact_of(COMMISSION, *many)
    assert not impact.in_full
    # 480 is where five stand, 490 one: cuts up to 480 move nobody, those above it five.
    assert [len(move.places) for each in impact.comparisons for move in each.moves] == [5] * 6
    assert impact_of(COMMISSION, *many[:WHOLE]).in_full
    assert impact.thorough
    assert sum(len(move.places) for each in impact.comparisons for move in each.moves) <= THOROUGH


# ---- why a row moves -------------------------------------------------------------------------------


def test_where_scores_part_ways_the_first_step_is_told() -> None:
    (change,) = written(
        'amendment "Points"\n  amends "Basic SES Appraisal System"\n\nlevels\n'
        '  strike level 3 "Fully Successful"  3 points  equivalent to fully successful\n'
        '  insert level 3 "Fully Successful"  2 points  equivalent to fully successful\n'
    )
    (comparison,) = impact_of(COMMISSION, change).comparisons
    assert comparison.case is not None
    after = comparison.case.variant.program
    assert after is not None
    # 11 and 20 fall to 200, 12 and 21 to 280 and 240; 7 loses ten of 480.
    assert [place + 1 for place in comparison.cells[(3, 2)]] == [11, 12, 20, 21]
    assert [place + 1 for place in comparison.cells[(5, 4)]] == [7]
    appraisal = comparison.case.answers.reading.rows[10].appraisal
    assert appraisal is not None
    turn = turning_point(program_of("agencies/opm_basic.sespms"), after, appraisal)
    assert turn is not None
    assert turn.before == "Leading Change: level 3 is 3 points, times weight 20 is 60"
    assert turn.after == "Leading Change: level 3 is 2 points, times weight 20 is 40"
    assert turning_point(after, after, appraisal) is None
    text = as_text(sheet_of(impact_of(COMMISSION, change), Told(details=True)))
    told = "row 12, `invented-11`: score 300 before, 200 after; first, Leading Change: level 3 is 3 points"
    assert told in " ".join(text.split())


# ---- the law ---------------------------------------------------------------------------------------


def test_the_rules_of_2015_forbid_a_distribution_and_say_so() -> None:
    text = (
        'system "Before the change" based on "Example Maritime Commission SES System"\n'
        '  strike follows "5 CFR part 430, subpart C" as of 2025-10-15\n  strike effective 2026-10-01\n'
        "  strike submitted to OPM 2026-06-15\n  strike approved by OPM 2026-08-20\n"
        '  follows "5 CFR part 430, subpart C" as of 2015-10-26\n  effective 2024-10-01\n'
        "  approved by OPM 2024-08-20\n"
    )
    compiled = compile_source(Source("p", text), FolderLibrary())
    notes = distribution_in_law(compiled.policy.systems[0], FolderLibrary())
    ban = next(each for each in notes if each.citation == "5 CFR 430.305(a)(5), distribution")
    assert (ban.kind, ban.held, ban.fails) == (VerdictKind.NOT_MET, True, True)
    told = "5 CFR 430.305(a)(5), distribution, No forced distribution, asked of the policy's text: not met"
    assert ban.as_text().startswith(told)
    caps = [each for each in notes if each.citation.startswith("OPM cap")]
    assert caps
    assert all(not each.held and not each.fails for each in caps)


def test_what_is_not_confirmed_is_never_called_law() -> None:
    system = system_of("examples/maritime_commission.sespms")
    base = as_it_is(system_of("agencies/opm_basic.sespms"), program_of("agencies/opm_basic.sespms"))
    (stated,) = under(base.system, alone(*amendments("what-if/state_the_cap.sespms")))
    library = FolderLibrary()
    for each in (system, stated.system):
        notes = distribution_in_law(each, library)
        marks = {note.citation: note.confidence for note in notes if note.citation.startswith("OPM cap")}
        assert marks["OPM cap, share"] is Confidence.PARTLY
        assert marks["OPM cap, excess"] is Confidence.UNCONFIRMED
        assert all(f"[{note.confidence.value}" in note.as_text() for note in notes)


def test_the_law_is_asked_only_where_a_limit_is_stated() -> None:
    asked = []
    base = as_it_is(system_of("agencies/opm_basic.sespms"), program_of("agencies/opm_basic.sespms"))

    def law(system: object) -> tuple[()]:
        asked.append(system)
        return ()

    assess(base, under(base.system, alone(*BAR, *amendments("what-if/state_the_cap.sespms"))), Roster(COMMISSION), law)
    assert len(asked) == 1
