"""Small descriptions and rosters that led their authors astray: what is told of each, and what each executive gets."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from cli.running import put
from rosters.every_engine import in_every_way
from sespms_rules.engines.confirmed import ENGINES
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import Compilation, compile_source, program_as_read
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated, Rating
from sespms_rules.studies.mutation import measure

LEVELS = """levels
  level 5 "Best"   5 points equivalent to outstanding
  level 4 "Better" 4 points equivalent to exceeds fully successful
  level 3 "Good"   3 points equivalent to fully successful
  level 2 "Weak"   2 points equivalent to minimally satisfactory
  level 1 "Poor"   1 point equivalent to unsatisfactory

"""
OUTSIDE = "  is outside the Senior Executive Service\n"
WEIGHTS = "weights\n  total 100\n  are whole numbers\n\n"
AVERAGE = "  score is the average of points\n"
BANDS = """  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
HUNDREDS = re.sub(r"(\d)\.5", r"\g<1>50", BANDS)
LEFT_OUT = "  unrated elements are left out\n"
FIRST = "  take the first line that fits\n"
FLOOR = "  any critical element at level 1 makes the rating level 1\n"


def system(rating: str, *, names: str = "ABC", weights: str = "", head: str = OUTSIDE) -> str:
    """An invented system of these critical elements, with a summary rating."""
    elements = "".join(f'critical element "{name}"\n\n' for name in names)
    count = f"  has exactly {len(names)} critical elements\n\n"
    return f'system "Invented agency"\n{head}{count}{elements}{LEVELS}{weights}summary rating\n{rating}'


@cache
def compiled(text: str) -> Compilation:
    return compile_source(Source("policy.sespms", text))


def of(code: str, text: str) -> list[Diagnostic]:
    return [each for each in compiled(text).diagnostics if each.code == code]


def program_of(text: str) -> Program:
    (found,) = compiled(text).programs.values()
    return found


def rated(text: str, *levels: int | None, weights: tuple[int, ...] = ()) -> Rating:
    """What elements called `A`, `B`, `C` … get together."""
    given = [Fraction(each) for each in weights] if weights else [None] * len(levels)
    elements = tuple(
        Rated("ABC"[place], None if each is None else Fraction(each), given[place]) for place, each in enumerate(levels)
    )
    return rate(program_of(text), Appraisal("a", elements))


# ---- caps ------------------------------------------------------------------------------------------


@pytest.mark.case("caps that raise")
@pytest.mark.parametrize("levels", [(2, 2, 2), (1, 1, 1), (5, 2, 1), (5, 5, 2)])
def test_what_was_meant_as_a_cap_is_told_and_the_cap_that_is_offered_raises_nobody(levels: tuple[int, ...]) -> None:
    line = "any critical element below level 3 makes the rating level 3"
    text = system(AVERAGE + BANDS + f"  {line}\n")
    (one,) = of("SES265", text)
    assert (one.severity, one.span.text) == (Severity.WARNING, line)
    (fix,) = one.fixes
    capped = text[: fix.span.start] + fix.replacement + text[fix.span.end :]
    assert of("SES265", capped) == []
    bare = rated(system(AVERAGE + BANDS), *levels).level
    assert rated(text, *levels).level == 3
    assert rated(capped, *levels).level == min(bare or 0, 3)


# ---- patterns --------------------------------------------------------------------------------------


@pytest.mark.case("patterns under wider ones")
def test_a_level_whose_pattern_stands_under_a_wider_one_is_led_up_in_one_step() -> None:
    wide, dead = "level 4 when every element is at level 4 or better", "level 5 when every element is at level 5"
    rest = "  level 3 when every element is at level 3 or better\n  level 2 when no element is at level 1\n"
    rest += "  level 1 otherwise\n"
    text = system(f"{FIRST}  {wide}\n  {dead}\n{rest}", names="AB")
    (one,) = of("SES220", text)
    assert (one.severity, one.span.text) == (Severity.ERROR, dead)
    assert one.help.startswith("move it up")
    moved = system(f"{FIRST}  {dead}\n  {wide}\n{rest}", names="AB")
    assert [each for each in compiled(moved).diagnostics if each.severity is not Severity.NOTE] == []
    assert [rated(moved, *each).level for each in ((5, 5), (5, 4), (4, 3))] == [5, 4, 3]


# ---- what nobody rated -----------------------------------------------------------------------------

THREE_ROWS = """id,A weight,A level,B weight,B level,C weight,C level
all,50,5,30,5,20,5
no C,50,5,30,5,20,
only C,50,,30,,20,5
"""
SCORES = {
    "the sum of points times weight": (HUNDREDS, ["5", "4", "1"]),
    "the sum of points times weight / 100": (BANDS, ["5", "4", "1"]),
    "the average of points by weight": (BANDS, ["5", "5", "5"]),
    "the average of points by weight rounded half up to 2 decimals": (BANDS, ["5", "5", "5"]),
    "100 * the average of points by weight": (HUNDREDS, ["5", "5", "5"]),
}


@pytest.mark.case("sums of what was rated")
@pytest.mark.parametrize("score", SCORES)
def test_who_is_rated_the_best_in_all_that_was_rated_gets_it_or_it_is_told(score: str, tmp_path: Path) -> None:
    lines, levels = SCORES[score]
    text = system(f"{LEFT_OUT}  score is {score}\n{lines}", weights=WEIGHTS)
    told = of("SES266", text)
    assert bool(told) is (levels != ["5", "5", "5"])
    assert all(each.severity is Severity.WARNING and "average of points" in each.help for each in told)
    for way, rows in in_every_way(put(tmp_path, "r.csv", THREE_ROWS), program_of(text)):
        assert [str(row["level"]) for row in rows] == levels, way


@pytest.mark.case("sums of what was rated")
def test_shares_of_named_elements_refuse_and_it_is_told(tmp_path: Path) -> None:
    shares = '50% of the points of "A" + 30% of the points of "B" + 20% of the points of "C"'
    text = system(f"{LEFT_OUT}  score is {shares}\n{BANDS}")
    (one,) = of("SES266", text)
    assert "leaves the summary rating without a level" in one.message
    roster = put(tmp_path, "r.csv", "id,A level,B level,C level\nall,5,5,5\nno C,5,5,\n")
    for way, rows in in_every_way(roster, program_of(text)):
        assert [row["level"] for row in rows] == [5, None], way
        assert rows[1]["refused"] == ["SES608"], way


@pytest.mark.case("gaps of the partly rated")
@pytest.mark.parametrize(
    ("score", "lines", "levels", "gap"),
    [
        ("the sum of points", ((9, 10), (7, 8), (5, 6), (3, 4), (2, 2)), (1, None), "`1`"),
        ("the sum of points", ((9, 10), (7, 8), (5, 6), (2, 4), (0, 1)), (), ""),
        ("2 * the sum of points", ((18, 20), (14, 16), (10, 12), (6, 8), (4, 4)), (None, 1), "`2`"),
        ("the number of elements at level 1", ((0, 0), (1, 1)), (), ""),
    ],
)
def test_a_gap_that_only_the_partly_rated_meet_is_found(
    score: str, lines: tuple[tuple[int, int], ...], levels: tuple[int | None, ...], gap: str
) -> None:
    if score.startswith("the number"):
        lines = (*lines, (2, 2))
    bands = "".join(f"  score {low} to {high} is level {5 - place}\n" for place, (low, high) in enumerate(lines))
    text = system(
        f"{LEFT_OUT}  score is {score}\n{bands}".replace("2 to 2", "exactly 2").replace("4 to 4", "exactly 4"),
        names="AB",
    )
    told = of("SES214", text)
    assert bool(told) is bool(gap)
    if gap:
        (one,) = told
        assert one.message == f"a score of {gap} falls in no band"
        assert "not rated shows it, and what is not rated is left out" in one.help
        refused = rated(text, *levels)
        assert [each.code for each in refused.refused] == ["SES612"]


# ---- helps in a chain ------------------------------------------------------------------------------

CHAINED = f"""{FIRST}  level 5 when "all elements" are at level 5
  level 4 when "all elements" are at level 4 or better
  level 3 otherwise
"""


@pytest.mark.case("helps in a chain")
@pytest.mark.parametrize("quoted", ["all elements", "every element", "each critical element", "All Elements"])
def test_words_of_the_language_in_quotes_are_led_out_of_them_and_never_to_an_element_of_that_name(quoted: str) -> None:
    told = [
        each for each in compiled(system(CHAINED.replace("all elements", quoted))).diagnostics if each.code == "SES121"
    ]
    assert len(told) == 2
    for each in told:
        assert each.help.startswith("without quotes, say `every element is`"), each.help
        assert "add a block" not in each.help


@pytest.mark.case("helps in a chain")
def test_without_quotes_it_is_read_in_one_step() -> None:
    text = system(CHAINED.replace('"all elements"', "all elements"))
    assert not compiled(text).has_errors
    assert [rated(text, *each).level for each in ((5, 5, 5), (5, 5, 4), (5, 5, 3))] == [5, 4, 3]


# ---- mutants and failing examples ------------------------------------------------------------------


@pytest.mark.case("failing examples that stop")
def test_what_an_example_notices_is_measured_beside_one_that_fails() -> None:
    pattern = (
        f"{FIRST}  level 1 when any critical element is below level 3\n  level 5 when every element is at level 5\n"
        "  level 4 when any element is at level 5\n  level 3 otherwise\n"
    )
    fails = '\nscenario "Fails"\n  "A" rated 5\n  "B" rated 5\n  expect level 3\n'
    holds = '\nscenario "Holds"\n  "A" rated 5\n  "B" rated 3\n  expect level 4\n'
    found = compiled(system(pattern, names="AB") + fails + holds)
    assert [each.code for each in found.diagnostics if each.severity is Severity.ERROR] == ["SES501"]
    measured = measure(found)
    assert len(measured.entries) > 10


# ---- refused rows ----------------------------------------------------------------------------------

HIGH_OR_LOW = "  score at least 3 is level 5\n  score below 3 is level 1\n"
CODE = '  "code" is the "Code" for score\n  also report "code"\n\ntable "Code"\n  at least 2 gives "X"\n'
BY_COUNT = '  "others" is the number of elements - 1\n  score is 10 / "others"\n'
SUM = "  score is the sum of points\n"
REFUSED = {
    "no line fits": (SUM + "  score 5 to 10 is level 5\n  score 2 to 4 is level 1\n", "SES612"),
    "two lines fit": (SUM + "  score at least 1 is level 5\n  level 1 when score is at most 1\n", "SES613"),
    "a table without a row": (SUM + HIGH_OR_LOW + CODE, "SES620"),
    "nobody to divide by": (BY_COUNT + HIGH_OR_LOW, "SES619"),
}


@pytest.mark.case("scores of refused rows")
@pytest.mark.parametrize("why", REFUSED)
def test_a_refused_row_has_no_score_in_any_engine(why: str, tmp_path: Path) -> None:
    rating, code = REFUSED[why]
    text = system(LEFT_OUT + rating, names="AB")
    (found,) = compiled(text).policy.systems
    program = program_as_read(found)
    assert program is not None
    roster = put(tmp_path, "r.csv", "id,A level,B level\nx,1,\ny,5,5\n")
    ways = dict(in_every_way(roster, program))
    assert set(ENGINES) <= set(ways)
    for way, rows in ways.items():
        refused = rows[0]
        assert (refused["outcome"], refused["score"], refused["level"]) == ("refused", None, None), way
        assert refused["refused"] == [code], way


# ---- acceptances -----------------------------------------------------------------------------------

ACCEPTS = '  accepts {code} because "The board looks at each."\n'


@pytest.mark.case("acceptances without a trace")
@pytest.mark.parametrize("head", ["", OUTSIDE])
def test_what_is_accepted_says_so_whether_it_was_a_warning_or_a_note(head: str) -> None:
    accepted = system(AVERAGE + BANDS, head=head + ACCEPTS.format(code="SES247"))
    (one,) = of("SES247", accepted)
    assert one.severity is Severity.NOTE
    assert one.help.endswith("accepted by the system, because: The board looks at each.")
    assert of("SES244", accepted) == []


@pytest.mark.case("acceptances without a trace")
@pytest.mark.parametrize("head", ["", OUTSIDE])
def test_an_acceptance_of_nothing_is_told_in_and_outside_the_service(head: str) -> None:
    (one,) = of("SES244", system(AVERAGE + BANDS + FLOOR, head=head + ACCEPTS.format(code="SES247")))
    assert one.message == "`SES247` is accepted, but it is not found in this system"


# ---- inside an element -----------------------------------------------------------------------------

INNER = """  has 2 to 4 requirements
  requirements are rated
{rating}
"""


def nested(rating: str, head: str = "") -> str:
    """A system whose element `B` is derived from its requirements."""
    text = system(AVERAGE + BANDS + FLOOR, names="AB", head=head)
    return text.replace('critical element "B"\n', f'critical element "B"\n{INNER.format(rating=rating)}')


FLOORS = """{score}{first}  score at least 4 with no requirement below level {high} is level 5
  score at least 3.6 with no requirement below level {low} is level 4
  score at least 2.5 is level 3
  level 2 otherwise
"""


NO_LOWEST = FLOORS.format(score=AVERAGE, first=FIRST, high=3, low=3)
ALL_LOW = "  every requirement at level 1 makes the rating level 1\n"


@pytest.mark.case("failures inside an element")
@pytest.mark.parametrize(
    ("rating", "code", "help"),
    [
        (FLOORS.format(score=AVERAGE, first=FIRST, high=2, low=3), "SES252", "with no requirement below level 3"),
        (NO_LOWEST, "SES252", ""),
        (NO_LOWEST, "SES247", f"let `B` come to level 1, as by `{ALL_LOW.strip()}` under its heading"),
        (NO_LOWEST + ALL_LOW, "SES247", ""),
    ],
)
def test_what_is_asked_of_a_summary_is_asked_of_an_element_too(rating: str, code: str, help: str) -> None:
    """The last help is of an element that never comes to level 1, beside a line that is there: it is not asked for."""
    helps = [each.help for each in of(code, nested(rating, OUTSIDE))]
    assert [help in each for each in helps] == ([True] if help else [])


@pytest.mark.case("failures inside an element")
@pytest.mark.parametrize("inner", [AVERAGE + BANDS, NO_LOWEST, NO_LOWEST + ALL_LOW])
def test_the_help_for_a_failure_is_followed_in_one_step(inner: str) -> None:
    text = (
        nested(inner, OUTSIDE)
        .replace(FLOOR, "")
        .replace('critical element "A"\n', 'critical element "A"\n  rated on levels 5, 4 and 3\n')
    )
    (one,) = of("SES247", text)
    assert "with `B` at its lowest in every requirement" in one.message
    below = [each for each in re.findall("`([^`]+)`", one.help) if each.endswith("makes the rating level 1")]
    for line in below:
        inside = "requirement" in line
        text = text.replace(inner, f"{inner}  {line}\n") if inside else f"{text}  {line}\n"
    assert of("SES247", text) == []


@pytest.mark.case("ratings missing inside an element")
@pytest.mark.parametrize(
    ("rule", "cells", "help"),
    [
        ("", "4,,5", "rate `Y` of `B`"),
        ("", ",,5", "rate `X` of `B`"),
        (
            "  unrated requirements are left out\n  not rated when no requirement is rated\n",
            ",,5",
            "rate the requirements of `B` so that a level follows; here `not rated when no requirement is rated` holds",
        ),
        (
            "  unrated requirements are left out\n  not rated when at most 1 requirement is rated\n",
            "4,,5",
            "rate the requirements of `B` so that a level follows",
        ),
        ("", "4,4,", "rate `A`"),
    ],
)
def test_a_missing_rating_is_asked_for_where_it_is_given(rule: str, cells: str, help: str, tmp_path: Path) -> None:
    roster = put(tmp_path, "r.csv", f"id,B / X level,B / Y level,A level\na,{cells}\n")
    for way, ((row),) in in_every_way(roster, program_of(nested(rule + AVERAGE + BANDS, OUTSIDE))):
        assert set(row["refused"]) == {"SES608"}, way
        assert any(each["help"].startswith(help) for each in row["reasons"]), (way, row["reasons"])


WEIGHED = nested(AVERAGE + BANDS, OUTSIDE).replace(
    AVERAGE + BANDS + FLOOR, "  score is the average of points by weight\n" + BANDS
)
EXAMPLE = """
scenario "One"
  "A" weight 40 rated 2
  "B" weight {weight}
  requirement "X" of "B" rated 4
  requirement "Y" of "B" rated 5
  expect score {score}
"""


@pytest.mark.case("weights of derived elements")
@pytest.mark.parametrize(("weight", "score", "passes"), [(60, "3.8", True), (60, "3.5", False), (50, "3.8", False)])
def test_an_example_gives_a_derived_element_its_weight_alone(weight: int, score: str, passes: bool) -> None:
    text = WEIGHED.replace("summary rating\n", WEIGHTS + "summary rating\n", 1)
    found = compiled(text + EXAMPLE.format(weight=weight, score=score))
    assert [each.passed for each in found.scenarios] == [passes]
    assert bool([each for each in found.diagnostics if each.severity is Severity.ERROR]) is not passes


# ---- systems side by side --------------------------------------------------------------------------


@pytest.mark.case("findings of several systems")
def test_one_finding_in_three_systems_of_a_file_stands_at_three_places() -> None:
    one = system(AVERAGE + BANDS, head="")
    text = "\n".join(one.replace("Invented agency", f"Invented agency {name}") for name in ("One", "Two", "Three"))
    lines = [each.span.line for each in of("SES247", text)]
    assert len(set(lines)) == len(lines) == 3
