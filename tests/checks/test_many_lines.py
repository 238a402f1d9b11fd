"""Texts of thousands of lines: what is found by sweeping is what trying each with each finds."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from checks.checking import LEVELS, of
from checks.checking import found as found_in
from sespms_rules.checks import MOST_OF_ONE_KIND
from sespms_rules.checks.analysis.intervals import Interval, sharing
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

HEAD = ["  has exactly 2 critical elements", LEVELS, "weights\n  total 100\n  are whole numbers"]
FIRST = "summary rating\n  score is the sum of points times weight"


def intervals() -> st.SearchStrategy[Interval]:
    end = st.none() | st.integers(0, 6).map(Fraction)
    return st.builds(Interval, end, st.booleans(), end, st.booleans())


@given(st.lists(st.tuples(intervals(), st.integers(0, 2)), max_size=12))
def test_intervals_that_share_a_score_are_found_as_by_trying_all_pairs(rows: list[tuple[Interval, int]]) -> None:
    ranges, kinds = [each for each, _ in rows], [kind for _, kind in rows]
    tried = {
        (one, two)
        for one, two in combinations(range(len(rows)), 2)
        if kinds[one] != kinds[two]
        and not (ranges[one].is_empty or ranges[two].is_empty or ranges[one].meet(ranges[two]).is_empty)
    }
    found = list(sharing(ranges, kinds))
    assert set(found) == tried
    assert len(found) == len(tried)


bands = st.lists(
    st.tuples(
        st.integers(0, 6), st.integers(0, 6), st.integers(1, 5), st.sampled_from(["", " with no element below level 2"])
    ),
    min_size=1,
    max_size=8,
)


def _texts(rows: list[tuple[int, int, int, str]]) -> list[str]:
    return [f"  score {min(a, b)} to {max(a, b)}{floor} is level {level}" for a, b, level, floor in rows]


@given(bands)
def test_a_line_that_is_never_read_is_found_as_by_trying_all_above_it(rows: list[tuple[int, int, int, str]]) -> None:
    hidden = [
        place
        for place, (a, b, _, floor) in enumerate(rows)
        if any(
            min(c, d) <= min(a, b) and max(a, b) <= max(c, d) and above in ("", floor)
            for c, d, _, above in rows[:place]
        )
    ]
    found = of("SES220", *HEAD, "\n".join([FIRST, "  take the first line that fits", *_texts(rows)]))
    assert len(found) == len(hidden)


@given(bands)
def test_bands_in_reverse_are_found_as_by_trying_all_pairs(rows: list[tuple[int, int, int, str]]) -> None:
    def reverse(one: tuple[int, int, int, str], two: tuple[int, int, int, str]) -> bool:
        return max(one[:2]) < min(two[:2]) and one[2] > two[2]

    pairs = [
        (place, later)
        for (place, one), (later, two) in combinations(enumerate(rows), 2)
        if one[3] == two[3] and (reverse(one, two) or reverse(two, one))
    ]
    texts = _texts(rows)
    found = of("SES255", *HEAD, "\n".join([FIRST, *texts]))
    assert len(found) == bool(pairs)
    if pairs:
        words = {texts[place].strip() for place in pairs[0]}
        assert {found[0].span.text, found[0].labels[0].span.text} == words


def test_of_millions_of_findings_of_one_kind_some_are_told_and_that_there_are_more() -> None:
    lines = [f"  score {100 + place % 50} to {300 + place % 77} is level {place % 5 + 1}" for place in range(3_000)]
    found = found_in('system "S"\n' + "\n".join([*HEAD, FIRST, *lines]))
    assert sum(each.code == "SES215" for each in found) == MOST_OF_ONE_KIND
    (more,) = [each for each in found if each.code == "SES261"]
    assert more.message == "there are more findings `SES215 band-overlap` than these 200"


def unknown_names(count: int, system: str = "S") -> str:
    values = "\n".join(f'  "v{place}" is "unknown {place}"' for place in range(count))
    return "\n".join([f'system "{system}"', *HEAD, FIRST, values, "  score 0 to 500 is level 3\n"])


def test_of_thousands_of_names_that_nothing_has_some_are_told_and_that_there_are_more() -> None:
    found = compile_source(Source("policy.sespms", unknown_names(900))).diagnostics
    assert sum(each.code == "SES121" for each in found) == MOST_OF_ONE_KIND
    (more,) = [each for each in found if each.code == "SES261" and "`SES121 " in each.message]
    assert more.message.endswith("than these 200")
    assert more.span.text == '"unknown 200"'


def test_as_many_as_are_told_are_told_without_more() -> None:
    found = compile_source(Source("policy.sespms", unknown_names(MOST_OF_ONE_KIND))).diagnostics
    assert sum(each.code == "SES121" for each in found) == MOST_OF_ONE_KIND
    assert not [each for each in found if each.code == "SES261" and "`SES121 " in each.message]


def test_a_system_whose_faults_are_no_longer_told_is_not_run() -> None:
    text = f"{unknown_names(MOST_OF_ONE_KIND + 10)}\n{unknown_names(1, 'Two')}"
    compilation = compile_source(Source("policy.sespms", text))
    assert compilation.programs == {}
    assert compilation.has_errors


def test_a_table_of_thousands_of_rows_is_swept() -> None:
    table = 'table "T"\n' + "\n".join(f"  {place} to {place + 5_000} gives 7" for place in range(3_000))
    assert of("SES228", *HEAD, FIRST, table) == []
    assert len(of("SES228", *HEAD, FIRST, table + "\n  5999 to 6000 gives 8")) == 200
