"""The three reports and the shared one: their numbers are those of the rows, and they name nobody unasked."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from browsing import looked_at
from impact.assessed import COMMISSION, amendments, impact_of, rating_change, roster_file, written
from sespms_rules.language.model import Amendment
from sespms_rules.law.provenance import Provenance
from sespms_rules.reports.charts import Picture, heights
from sespms_rules.rosters.population.disclosure import Pseudonyms, shared
from sespms_rules.studies.impact import Impact
from sespms_rules.studies.impact.phrases import Told
from sespms_rules.studies.impact.report_html import as_html
from sespms_rules.studies.impact.report_json import as_data
from sespms_rules.studies.impact.reporting import sheet_of
from sespms_rules.studies.impact.score_picture import score_picture, score_scale
from sespms_rules.studies.impact.sharing import shared_data, shared_impact, shared_sheet
from sespms_rules.studies.impact.sheet import Listing, Section, Sheet, Table, as_text

BAR = amendments("what-if/raise_the_bar.sespms")
CAP = amendments("what-if/state_the_cap.sespms")
MORE = amendments("what-if/weigh_results_more.sespms")
NOBODY, EVERYBODY = Told(), Told(details=True)
KEY = Told(details=True, pseudonyms=Pseudonyms(b"an invented key for the tests"))


def impact() -> Impact:
    return impact_of(COMMISSION, *BAR, *CAP, *MORE)


def counts(data: Any) -> list[tuple[int, Any]]:
    """Every `count` anywhere in a document, with the rows beside it."""
    if isinstance(data, dict):
        own = [(data["count"], data["rows"])] if "count" in data and "rows" in data else []
        return [*own, *(each for value in data.values() for each in counts(value))]
    return [each for value in data for each in counts(value)] if isinstance(data, list) else []


# ---- figures and the rows behind them --------------------------------------------------------------


def test_every_count_lists_exactly_its_rows() -> None:
    found = counts(as_data(impact(), EVERYBODY))
    assert len(found) > 100
    for count, rows in found:
        assert len(rows) == count
        assert len({row["row"] for row in rows}) == count


def test_the_same_counts_without_details_list_nobody() -> None:
    with_rows, without = (counts(as_data(impact(), told)) for told in (EVERYBODY, NOBODY))
    assert [count for count, _ in without] == [count for count, _ in with_rows]
    assert all(rows is None for _, rows in without)


def test_the_matrix_adds_up_to_the_distributions() -> None:
    data = as_data(impact(), NOBODY)
    before = {each["state"]: each["count"] for each in data["before"]["distribution"]}
    for amendment in data["amendments"]:
        after = {each["state"]: each["count"] for each in amendment["after"]["distribution"]}
        for state, count in before.items():
            assert count == sum(each["count"] for each in amendment["matrix"] if each["from"] == state)
        for state, count in after.items():
            assert count == sum(each["count"] for each in amendment["matrix"] if each["to"] == state)
        assert sum(amendment["directions"].values()) == data["rows"] == 21


def test_json_says_which_lines_and_scores() -> None:
    data = as_data(impact_of(COMMISSION, *BAR), EVERYBODY)
    (move,) = data["amendments"][0]["moves"]
    (reason,) = move["reasons"]
    assert (move["from"], move["to"], move["direction"], move["count"]) == (5, 4, "lower", 5)
    assert reason["before"]["says"] == "score 475 to 500 is level 5"
    assert (reason["after"]["says"], reason["after"]["line"]) == ("score 400 to 484 is level 4", 12)
    assert {(each["before"], each["after"]) for each in reason["scores"]} == {("480", "480")}
    assert json.loads(json.dumps(data)) == data


# ---- who is named ----------------------------------------------------------------------------------


def rendered(told: Told) -> list[str]:
    made = impact()
    return [as_text(sheet_of(made, told)), as_html(made, told, Provenance()), json.dumps(as_data(made, told))]


def test_nobody_is_named_unless_details_are_asked_for() -> None:
    for text in rendered(NOBODY):
        assert "invented-" not in text
        assert not re.search(r"\brow \d", text)


def test_details_name_everybody_who_moves_or_is_refused() -> None:
    for text in rendered(EVERYBODY):
        for number in (2, 3, 4, 7, 15, 16, 17):
            assert f"invented-{number:02}" in text


def test_pseudonyms_stand_in_for_ids_and_rows() -> None:
    assert KEY.pseudonyms is not None
    for text in rendered(KEY):
        assert "invented-" not in text
        assert not re.search(r"\brow \d", text)
        assert '"row": 2' not in text
        assert KEY.pseudonyms.of("invented-02") in text
        assert "an invented key" not in text


def test_a_refusal_that_speaks_of_an_id_is_not_quoted_beside_a_pseudonym(tmp_path: Path) -> None:
    rows = ["SECRET,,career,20,4,20,4,20,4,20,4,20,4"] * 2
    made = impact_of(roster_file(tmp_path, rows))
    texts = [as_text(sheet_of(made, KEY)), json.dumps(as_data(made, KEY)), as_html(made, KEY, Provenance())]
    assert all("SECRET" not in text and "SES635" in text for text in texts)


# ---- what may be shared ----------------------------------------------------------------------------


def large(tmp_path: Path) -> Path:
    """40 at level 5 by 480, 30 at level 4, 3 at level 3, one refused."""
    sound = ["480", "400", "300", "x"]
    levels = {"480": "5,5,5,5,4", "400": "4,4,4,4,4", "300": "3,3,3,3,3", "x": "3,3,3,3,"}
    rows = []
    for kind, count in zip(sound, (40, 30, 3, 1), strict=True):
        cells = ",".join(f"20,{level}" for level in levels[kind].split(","))
        rows += [f"E-{kind}-{number},Ports,career,{cells}" for number in range(count)]
    return roster_file(tmp_path, rows)


@pytest.mark.case("small counts that can be found")
def test_small_counts_are_withheld_and_cannot_be_subtracted(tmp_path: Path) -> None:
    made = impact_of(large(tmp_path), *BAR)
    fit = shared_impact(made, 10)
    assert fit.matrix is not None
    shown = [each for row in (*fit.matrix.cells, fit.before, fit.matrix.column_totals) for each in row]
    assert not [each for each in shown if each is not None and 0 < each < 10]
    assert 40 in shown
    assert fit.matrix.withheld > 2
    text = as_text(shared_sheet(made, 10))
    assert "E-" not in text
    assert "Ports" not in text
    assert "*" in text
    data = shared_data(made, 10)
    assert data["matrix"] == [list(row) for row in fit.matrix.cells]
    assert "E-" not in json.dumps(data)


def test_the_shared_page_and_text_hold_no_other_numbers(tmp_path: Path) -> None:
    made = impact_of(large(tmp_path), *BAR)
    fit = shared_impact(made, 10)
    assert fit.matrix is not None
    known = {each for row in (*fit.matrix.cells, fit.before, fit.matrix.column_totals, (fit.total,)) for each in row}
    for table in (item for part in shared_sheet(made, 10).sections for item in part.items if isinstance(item, Table)):
        for row in table.rows:
            assert {int(cell) for cell in row[1:] if cell != "*"} <= known
    page = as_html(made, NOBODY, Provenance(), least=10)
    cells = {int(cell.replace(",", "")) for cell in re.findall(r"<td>([\d,]+)</td>", page)}
    assert cells <= known


def test_a_distribution_alone_can_be_shared(tmp_path: Path) -> None:
    made = impact_of(large(tmp_path))
    fit = shared_impact(made, 10)
    assert fit.matrix is None
    assert sum(each is None for each in (*fit.before, fit.total)) >= 2


def test_two_amendments_are_not_shared_together() -> None:
    with pytest.raises(ValueError, match="under one amendment"):
        shared_impact(impact_of(COMMISSION, *BAR, *CAP), 10)


def grouped(tmp_path: Path, *changes: Amendment) -> Impact:
    """The large roster by two appointments, of which one is rare."""
    path = large(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    rare = [each.replace(",career,", ",noncareer,") if place % 9 == 0 else each for place, each in enumerate(lines)]
    path.write_text("\n".join(rare) + "\n", encoding="utf-8")
    return impact_of(path, *changes, by=("appointment",))


@pytest.mark.parametrize("changes", [(), BAR])
def test_a_shared_breakdown_is_the_one_table_that_is_shared(tmp_path: Path, changes: tuple[Amendment, ...]) -> None:
    """All else is added up from it, so a reader who adds and subtracts learns no more than from the table itself."""
    fit = shared_impact(grouped(tmp_path, *changes), 10)
    assert fit.groups is not None
    table = shared([[*counts] for counts in _true_groups(grouped(tmp_path, *changes))], 10)
    assert (fit.groups.counts, fit.groups.totals) == (table.cells, table.row_totals)
    sums = dict(zip(fit.groups.pairs, table.column_totals, strict=True))
    for place, state in enumerate(fit.states):
        parts = [count for (old, _), count in sums.items() if old == state]
        assert fit.before[place] == (None if None in parts else sum(each for each in parts if each is not None))
    assert any(each is None for row in fit.groups.counts for each in row)
    assert "*" in as_text(shared_sheet(grouped(tmp_path, *changes), 10)).split("By appointment")[1]


def _true_groups(made: Impact) -> list[list[int]]:
    """How many of each appointment go from where to where, counted from the rows."""
    assert made.before is not None
    after = made.comparisons[0].case if made.comparisons else None
    pairs = shared_impact(made, 10).groups
    assert pairs is not None
    rows = made.before.answers.reading.rows
    found = []
    for key in sorted({str(each.appointment) for each in rows}):
        places = [place for place, each in enumerate(rows) if each.appointment == key]
        moved = [
            (made.before.answers.states[each], None if after is None else after.answers.states[each]) for each in places
        ]
        found.append([moved.count(pair) for pair in pairs.pairs])
    return found


# ---- text ------------------------------------------------------------------------------------------


def test_nothing_in_a_report_can_move_the_cursor() -> None:
    items = ("c\x1b", Table("t", ("x",), (("y\x1b",),)), Listing("", (("z\x1b", ()),)))
    sheet = Sheet("a\x1b[2J", (Section("b\x07", items),))
    assert "\x1b" not in as_text(sheet)
    assert "\x07" not in as_text(sheet)


def test_the_text_is_as_a_reader_should_find_it(snapshot: Any) -> None:
    assert as_text(sheet_of(impact_of(COMMISSION, *BAR), NOBODY)) == snapshot


# ---- the page --------------------------------------------------------------------------------------


def test_numbers_in_pictures_are_those_of_the_report() -> None:
    page = as_html(impact_of(COMMISSION, *BAR), NOBODY, Provenance())
    drawn = re.findall(r"<text[^>]*>(\d+ \([\d.]+ %\))</text>", page)
    assert drawn == [
        *("8 (42.1 %)", "3 (15.8 %)", "4 (21.1 %)", "9 (47.4 %)"),
        *("5 (26.3 %)", "5 (26.3 %)", "1 (5.3 %)", "1 (5.3 %)", "1 (5.3 %)", "1 (5.3 %)"),
    ]
    assert "level 5 from 475" in page
    assert "level 5 from 485" in page
    assert "<script" not in page


@pytest.mark.case("pictures of scores")
def test_a_column_of_scores_never_stands_on_both_sides_of_a_cut() -> None:
    page = as_html(impact_of(COMMISSION, *BAR), NOBODY, Provenance())
    assert "480 to below 485" in page
    assert "475 to below 480" in page


LOWER = written(
    rating_change(
        "strike score 475 to 500 is level 5",
        "insert score 463 to 500 is level 5",
        "strike score 400 to 474 is level 4",
        "insert score 400 to 462 is level 4",
    )
)


@pytest.mark.case("pictures of scores")
@pytest.mark.parametrize("change", [BAR, LOWER, MORE, (*BAR, *LOWER)])
def test_pictures_of_scores_share_one_scale_and_one_set_of_columns(change: tuple[Amendment, ...]) -> None:
    """Before and after can be laid one on the other: the same columns, and the same height for as many people."""
    impact = impact_of(COMMISSION, *change)
    cases = [each for each in (impact.before, *(one.case for one in impact.comparisons)) if each is not None]
    scale = score_scale(cases)
    assert scale is not None
    pictures = [made for each in cases if (made := score_picture("p", "Scores", each, scale)) is not None]
    assert len(pictures) == len(cases) >= 2
    assert len({tuple(row[0] for row in each.table) for each in pictures}) == 1
    assert len({_axis(each) for each in pictures}) == 1
    alike = len({end - start for start, end in pairwise(scale.edges)}) == 1
    assert alike is (change in (BAR, MORE)), "at 463 no width of a round number has an edge"
    assert alike is all(">executives<" in str(each.svg) for each in pictures)
    counts = [[int(row[1].replace(",", "")) for row in each.table] for each in pictures]
    most = ceil(max(max(heights(scale.edges, each)) for each in counts))
    assert max(map(int, _axis(pictures[0]))) >= most == scale.most


def _axis(picture: Picture) -> tuple[str, ...]:
    """The numbers at the axis of counts."""
    found = re.findall(r'text-anchor="end"[^>]*>([0-9,]+)<', str(picture.svg))
    return tuple(each.replace(",", "") for each in found)


@pytest.mark.parametrize("withheld", [False, True])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, withheld: bool) -> None:
    made = impact_of(COMMISSION, *BAR) if withheld else impact()
    file = tmp_path / "impact.html"
    file.write_text(
        as_html(made, NOBODY if withheld else EVERYBODY, Provenance(), least=10 if withheld else None), encoding="utf-8"
    )
    for scheme, width in (("light", 1280), ("dark", 360)):
        with looked_at(browser, file, scheme, width):
            pass


# ---- one way of writing counts ---------------------------------------------------------------------


def test_counts_of_thousands_are_parted_in_every_report(tmp_path: Path) -> None:
    """In the tables stood `8000`, in their pictures and in the other studies `8,000`."""
    rows = [f"{n},North,career,20,5,20,5,20,5,20,5,20,{4 if n % 2 else 5}" for n in range(10_000, 12_200)]
    found = impact_of(roster_file(tmp_path, rows), *BAR)
    for text in (as_text(sheet_of(found, NOBODY)), as_text(shared_sheet(found, 5))):
        assert "2,200" in text
        assert not re.search(r"\b\d{4,}\b(?!-)", re.sub(r"USC \d+", "", text))
