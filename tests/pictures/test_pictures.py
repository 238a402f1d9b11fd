"""Pictures: each number of a drawing stands in its table in the same characters; nothing is said by colour alone."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sespms_rules.reports.charts import (
    Curve,
    Cut,
    Picture,
    Series,
    alone,
    bars,
    count_text,
    curve,
    histogram,
    matrix,
    page,
    section,
    share_text,
    stacked,
)
from sespms_rules.reports.charts.drawing import apart
from sespms_rules.reports.charts.numbers import scaled, ticks

LEVELS = [f"Level {level}" for level in (5, 4, 3, 2, 1)]
COUNTS = some.lists(some.integers(0, 20_000), min_size=5, max_size=5)
SVG = "{http://www.w3.org/2000/svg}"


def _drawing(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg.replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1))


def _texts(picture: Picture) -> list[tuple[str, str]]:
    """The class and the words of each text that is seen."""
    return [(each.get("class", ""), "".join(each.itertext())) for each in _drawing(picture).iter(f"{SVG}text")]


def _cells(picture: Picture) -> list[str]:
    return [cell for row in picture.table for cell in row[1:]]


def _numbers(words: str) -> list[str]:
    return re.findall(r"\d[\d,]*(?:\.\d)?", words)


def _box(each: ElementTree.Element) -> tuple[int, int, int, int]:
    x, y, width, height = (int(each.get(name, "0")) for name in ("x", "y", "width", "height"))
    return x, y, width, height


def _outlined(picture: Picture) -> list[tuple[int, int, int, int]]:
    return [_box(each) for each in _drawing(picture).iter(f"{SVG}rect") if (each.get("class") or "").startswith("bar")]


@given(COUNTS, COUNTS)
def test_bars_say_the_numbers_of_their_table(before: list[int], after: list[int]) -> None:
    cases = [Series("before", tuple(before), sum(before)), Series("after", tuple(after), sum(after))]
    picture = bars("b", "Levels", LEVELS, cases)
    seen = [words for style, words in _texts(picture) if not style and words not in ("before", "after")]
    table = []
    for row in picture.table[:-1]:
        for count, share in ((row[1], row[2]), (row[3], row[4])):
            table.append(count if share == "–" else f"{count} ({share})")
    assert seen == table
    assert [row[1] for row in picture.table] == [count_text(each) for each in (*before, sum(before))]
    assert [row[3] for row in picture.table] == [count_text(each) for each in (*after, sum(after))]


def test_bars_are_as_long_as_their_counts_and_never_told_by_colour_alone() -> None:
    cases = [Series("before", (3464, 2727, 482, 15, 13), 6701), Series("after", (0, 6000, 1, 400, 300), 6701)]
    picture = bars("b", "Levels", LEVELS, cases)
    drawn = [each for each in _outlined(picture) if each[3] == 17]
    lengths = [each[2] for each in drawn]
    counts = [count for pair in zip(*(each.counts for each in cases), strict=True) for count in pair if count]
    longest = max(lengths)
    assert lengths == [max(1, count * longest // 6000) for count in counts]
    fills = {each.get("fill") for each in _drawing(picture).iter(f"{SVG}rect") if each.get("fill")}
    assert fills == {"url(#b-pattern-0)", "url(#b-pattern-1)"}, "each case has a pattern of its own"
    assert {"before", "after"} <= {words for _, words in _texts(picture)}, "and a name in the key"


def test_a_bar_that_is_not_shown_has_no_length_and_a_dash() -> None:
    picture = bars("b", "Levels", LEVELS, [Series("now", (30, None, 40, None, 0), 95)])
    assert [row[1:] for row in picture.table][1] == ("–", "–")
    assert len([each for each in _outlined(picture) if each[3] == 17]) == 2
    assert [words for style, words in _texts(picture) if not style][1] == "–"


@given(some.lists(COUNTS, min_size=5, max_size=5))
def test_a_matrix_says_the_numbers_of_its_table(counts: list[list[int]]) -> None:
    picture = matrix("m", "Movers", LEVELS, counts)
    seen = [words for style, words in _texts(picture) if _numbers(words) and not words.startswith("Level")]
    assert seen == _cells(picture)
    assert seen == [count_text(each) for row in counts for each in row]
    up = sum(counts[before][after] for before in range(5) for after in range(before))
    assert picture.says.startswith(f"Rated higher: {count_text(up)}.")
    arrows = [each for each in _drawing(picture).iter(f"{SVG}path") if each.get("class") == "arrow"]
    moved = sum(bool(counts[row][column]) for row in range(5) for column in range(5) if row != column)
    assert len(arrows) == moved + 2, "one in each cell of people who moved, two in the key"


def test_a_matrix_with_cells_not_shown_says_no_sums() -> None:
    counts: list[list[int | None]] = [[20, None], [None, 30]]
    picture = matrix("m", "Movers", LEVELS[:2], counts)
    assert _numbers(picture.says) == []
    assert _cells(picture) == ["20", "–", "–", "30"]


def test_a_move_from_not_rated_has_no_direction() -> None:
    picture = matrix(
        "m", "Movers", ["Level 5", "Level 4", "Not rated"], [[1, 2, 3], [4, 5, 6], [7, 8, 9]], ranks=(5, 4, None)
    )
    assert picture.says == "Rated higher: 4. Rated lower: 2. At the same level: 15."


def test_a_curve_says_the_numbers_of_its_table_and_marks_each_line() -> None:
    values = list(range(470, 491, 5))
    curves = [Curve(name, tuple(range(place, place + 500, 100))) for place, name in enumerate(LEVELS)]
    picture = curve("c", "Sweep", ("cut of level 5", values), curves, now=475, limit=(300, "30 % of all"))
    titles = [words for each in _drawing(picture).iter(f"{SVG}title") if ": " in (words := "".join(each.itertext()))]
    table = [
        f"{name}, cut of level 5 {row[0]}: {cell}"
        for column, name in enumerate(picture.headings[1:])
        for row in picture.table
        for cell in [row[1 + column]]
    ]
    assert titles == table
    dashes = {
        each.get("stroke-dasharray") for each in _drawing(picture).iter(f"{SVG}path") if each.get("stroke-dasharray")
    }
    assert len(dashes) == len(curves), "each line has dashes of its own"
    seen = {words for _, words in _texts(picture)}
    assert {*LEVELS, "now 475", "30 % of all: 300"} <= seen


@pytest.mark.case("pictures of scores")
@given(some.lists(some.integers(0, 5_000), min_size=30, max_size=30))
def test_columns_of_scores_are_as_high_as_their_counts(counts: list[int]) -> None:
    edges = list(range(200, 501, 10))
    picture = histogram("h", "Scores", edges, counts, [Cut(475, "level 5"), Cut(400, "level 4")])
    assert [row[1] for row in picture.table] == [count_text(each) for each in counts]
    top = int(
        next(words for style, words in reversed(_texts(picture)) if style == "soft" and _numbers(words)).replace(
            ",", ""
        )
    )
    assert top >= max(counts)
    assert [each[3] for each in _outlined(picture)] == [scaled(each, top, 260) for each in counts if each]
    assert [row[2] for row in picture.table if row[2]] == ["level 4 from 400", "level 5 from 475"]


@pytest.mark.case("pictures of scores")
def test_a_narrower_column_is_as_high_as_people_stand_close() -> None:
    """Ten in five points of score were drawn lower than twenty in twenty."""
    picture = histogram("h", "Scores", [0, 20, 40, 45], [10, 20, 10])
    assert [each[3] for each in _outlined(picture)] == [scaled(each, 40, 260) for each in (10, 20, 40)]
    assert [row[1] for row in picture.table] == ["10", "20", "10"]
    assert "executives in 20 of score" in {words for _, words in _texts(picture)}
    assert "executives" in {words for _, words in _texts(histogram("h", "Scores", [0, 20, 40], [10, 20]))}


@pytest.mark.case("pictures of scores")
def test_a_cut_lies_where_its_score_does() -> None:
    picture = histogram("h", "Scores", [0, 50, 100], [1, 2], [Cut(50, "level 2"), Cut(Fraction(175, 2), "level 3")])
    at = [
        int(found)
        for each in _drawing(picture).iter(f"{SVG}path")
        if each.get("class") == "cut"
        for found in re.findall(r"M(\d+)", each.get("d", ""))
    ]
    first = min(each[0] for each in _outlined(picture))
    middle = max(each[0] for each in _outlined(picture))
    assert at == [middle, first + (704 - first) * 7 // 8]
    assert {"level 2 from 50", "level 3 from 87.5"} <= {words for _, words in _texts(picture)}


def _all_four(marked: str = "") -> list[Picture]:
    values = [470, 475, 480]
    return [
        bars("bars", "Levels", LEVELS, [Series("before", (5, 4, 3, 2, 1), 15)], marked),
        matrix("matrix", "Movers", LEVELS, [[0] * 5] * 5, marked),
        curve("curve", "Sweep", ("cut", values), [Curve("Level 5", (1, 2, 3))], marked),
        histogram("columns", "Scores", [0, 1, 2], [1, 2], [Cut(1, "level 2")], marked),
    ]


@pytest.mark.parametrize("picture", _all_four("Synthetic roster"), ids=lambda each: each.identity)
def test_every_picture_has_a_name_a_description_and_its_remark(picture: Picture) -> None:
    drawing = _drawing(picture)
    assert drawing.get("role") == "img"
    named = {each.get("id"): "".join(each.itertext()) for each in drawing if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert named[drawing.get("aria-labelledby")] == picture.title
    assert named[drawing.get("aria-describedby")] == f"{picture.says} Synthetic roster"
    assert ("remark", "Synthetic roster") in _texts(picture)
    assert all(len(row) == len(picture.headings) for row in picture.table)


@pytest.mark.parametrize("picture", _all_four(), ids=lambda each: each.identity)
def test_nothing_is_drawn_beyond_the_edge(picture: Picture) -> None:
    drawing = _drawing(picture)
    _, _, width, height = (int(each) for each in drawing.get("viewBox", "").split())
    for each in drawing.iter(f"{SVG}rect"):
        x, y, wide, high = _box(each)
        assert 0 <= x <= x + wide <= width
        assert 0 <= y <= y + high <= height
    for each in drawing.iter(f"{SVG}text"):
        x, long = int(each.get("x", "0")), 8 * len("".join(each.itertext()))
        start = {"start": x, "middle": x - long // 2, "end": x - long}[each.get("text-anchor", "start")]
        assert start >= -8
        assert start + long <= width + 8


def test_texts_cannot_break_out_of_a_picture_or_a_page() -> None:
    hostile = "<script>alert(1)</script>\"' &"
    picture = bars("b", hostile, [hostile], [Series(hostile, (1,), 1)], hostile)
    assert "<script" not in picture.svg
    text = page(hostile, [section("one", hostile, hostile, picture)], hostile)
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_a_page_needs_addresses_of_its_own() -> None:
    with pytest.raises(ValueError, match="address of its own"):
        page("Twice", [section("one", "One", "x"), section("one", "Two", "y")])


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(3464, 6701, "51.7 %"), (1, 2000, "0.1 %"), (1, 2001, "0.0 %"), (0, 0, "–"), (None, 5, "–"), (5, 5, "100.0 %")],
)
def test_a_share_is_rounded_once_from_exact_counts(part: int | None, whole: int, said: str) -> None:
    assert share_text(part, whole) == said


@given(some.integers(0, 10**7))
def test_an_axis_reaches_its_largest_number_with_few_lines(largest: int) -> None:
    marks = ticks(largest)
    assert marks[0] == 0
    assert marks[-1] >= largest
    assert len(marks) <= 6
    assert len({after - before for before, after in pairwise(marks)}) == 1


@given(some.lists(some.integers(30, 330), min_size=1, max_size=5))
def test_labels_do_not_lie_on_each_other(places: list[int]) -> None:
    moved = sorted(apart(places, 18, 30, 330))
    assert all(after - before >= 18 for before, after in pairwise(moved))
    assert moved[0] >= 30
    assert moved[-1] <= 330


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: bars("b", "x", [], []),
        lambda: bars("b", "x", LEVELS, [Series("one", (1,), 1)]),
        lambda: matrix("m", "x", LEVELS, [[1]]),
        lambda: curve("c", "x", ("cut", [2, 1]), [Curve("a", (1, 2))]),
        lambda: curve("c", "x", ("cut", [1, 2]), [Curve("a", (1,))]),
        lambda: histogram("h", "x", [1, 1], [1]),
        lambda: histogram("h", "x", [1, 2], [1, 2]),
    ],
)
def test_numbers_that_do_not_fit_together_are_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match=r"need|there can be"):
        wrong()


def _rows(*counts: tuple[int, ...]) -> list[Series]:
    return [Series(f"Unit {place}", each, sum(each)) for place, each in enumerate(counts)]


@given(some.lists(COUNTS, min_size=1, max_size=4))
def test_a_divided_bar_is_as_long_as_every_other_and_says_no_other_number(counts: list[list[int]]) -> None:
    picture = stacked("s", "Levels within each unit", "Unit", LEVELS, _rows(*map(tuple, counts)))
    seen = {words for class_, words in _texts(picture) if not class_}
    told = {count_text(each) for row in counts for each in (*row, sum(row))}
    assert seen <= told | set(LEVELS)
    assert [row[1:-1] for row in picture.table] == [tuple(map(count_text, row)) for row in counts]
    bars_drawn = [each for each in _drawing(picture).iter(f"{SVG}rect") if each.get("height") == "24"]
    ends: dict[str, int] = {}
    for each in bars_drawn:
        ends[each.get("y", "")] = int(each.get("x", "0")) + int(each.get("width", "0"))
    assert all(abs(first - second) <= 6 for first, second in pairwise(ends.values()))


def test_a_divided_bar_says_where_nobody_is_and_shortens_a_long_name() -> None:
    long = "Office of the Inspector General of an invented agency, after"
    rows = [Series(long, (1, 0), 1), Series("Nobody", (0, 0), 0)]
    picture = stacked("s", "Levels", "Unit", LEVELS[:2], rows)
    words = [words for _, words in _texts(picture)]
    assert "Office of the Inspe…ncy, after" in words
    assert "nobody has a level" in words
    assert picture.table[0][0] == long
    for parts, wrong in ((LEVELS[:2], []), ([], rows), (LEVELS[:2], _rows((1, 2, 3))), (["x"] * 6, _rows((0,) * 6))):
        with pytest.raises(ValueError, match="divided"):
            stacked("s", "Levels", "Unit", parts, wrong)


def test_a_picture_of_its_own_holds_all_it_needs_and_what_it_rests_on() -> None:
    made = bars("b", "Levels & more", LEVELS, [Series("now", (1, 2, 3, 4, 5), 15)], "A <remark>")
    svg, width, height = alone(made, ["system; made today", "a file, SHA-256 " + "ab" * 32])
    drawn = ElementTree.fromstring(svg)
    words = ["".join(each.itertext()) for each in drawn.iter(f"{SVG}text")]
    assert {"Levels & more", "A <remark>", "system; made today"} <= set(words)
    assert "ab" * 32 in " ".join(words), "a digest is not broken in two"
    assert (drawn.get("width"), drawn.get("height")) == (str(width), str(height))
    assert "var(" not in svg
    assert "http" not in svg.replace(SVG[1:-1], "")
    classes = {name for each in drawn.iter() for name in (each.get("class") or "").split()}
    styled = svg.split("<style>")[1].split("</style>")[0]
    assert all(f".{name}" in styled for name in classes), classes
