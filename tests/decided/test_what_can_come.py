"""What can come of a policy: gaps that only partly rated executives meet, dead lines, raised ratings."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.proofs.solver import ExactlyOneLevel, Prover, Status

HEAD = """system "Example Buoy Office"
  is outside the Senior Executive Service
  has exactly {count} critical elements

levels
  level 5 "Outstanding"               5 points
  level 4 "Exceeds Fully Successful"  4 points
  level 3 "Fully Successful"          3 points
  level 2 "Minimally Satisfactory"    2 points
  level 1 "Unsatisfactory"            1 point

"""
BANDS = """  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
QUARTERS = """  score 4.5 to 5 is level 5
  score 3.5 to 4.25 is level 4
  score 2.5 to 3.25 is level 3
  score 1.5 to 2.25 is level 2
  score 1 to 1.25 is level 1
"""
FIRST = "  take the first line that fits\n"
LEFT_OUT = "  unrated elements are left out\n"


def found(rating: str, *others: str, count: int = 4) -> list[Diagnostic]:
    """What is found in an invented office's policy with this summary rating."""
    text = HEAD.format(count=count) + "summary rating\n" + rating + "".join(others)
    return list(compile_source(Source("buoys.sespms", text)).diagnostics)


def of(code: str, findings: list[Diagnostic]) -> list[Diagnostic]:
    return [each for each in findings if each.code == code]


# ---- gaps ------------------------------------------------------------------------------------------


@pytest.mark.case("gaps that the partly rated meet")
@pytest.mark.case("gaps of the partly rated")
def test_a_gap_that_only_a_partly_rated_executive_meets() -> None:
    rating = "  score is the average of points\n" + QUARTERS
    assert of("SES214", found(rating)) == []
    (one,) = of("SES214", found(LEFT_OUT + rating))
    assert "about `4.3333` falls in no band: it lies between" in one.message
    assert "rated 5, 5 and 3 and 1 not rated shows it" in one.help


@pytest.mark.case("gaps that the partly rated meet")
@pytest.mark.parametrize(
    ("score", "gap"),
    [
        ("the sum of points", "  score at least 9 is level 5\n  score 4 to 8 is level 3\n"),
        ("the lowest of points", "  score exactly 5 is level 5\n  score 1 to 3 is level 3\n"),
        ("the highest of points / 2", "  score at least 2 is level 4\n  score below 1.5 is level 2\n"),
    ],
)
def test_gaps_of_any_formula(score: str, gap: str) -> None:
    assert of("SES214", found(f"{LEFT_OUT}  score is {score}\n{gap}"))


def test_a_pattern_that_leaves_ratings_without_a_level() -> None:
    lines = "  level 5 when every element is at level 5\n  level 3 when at least 3 elements are below level 5\n"
    (one,) = of("SES245", found(lines))
    assert one.message == "no line fits some ratings, so they get no level"
    assert of("SES245", found(FIRST + lines + "  level 4 otherwise\n")) == []


@pytest.mark.parametrize(
    "line",
    [
        "  any critical element at level 1 makes the rating level 1\n",
        "  any critical element below level 3 makes the rating no higher than level 2\n",
    ],
)
def test_overrides_and_caps_alone_leave_everybody_else_without_a_level(line: str) -> None:
    (one,) = of("SES245", found(line))
    assert one.message == "only overrides and caps are there, and ratings that none of them is about get no level"


def test_overrides_for_every_level_leave_nobody() -> None:
    lines = "".join(f"  any element at level {level} makes the rating level {level}\n" for level in (1, 2, 3, 4, 5))
    assert of("SES245", found(lines)) == []


@pytest.mark.case("gaps that the partly rated meet")
@pytest.mark.case("gaps of the partly rated")
def test_a_table_without_a_row_for_what_partly_rated_executives_score() -> None:
    table = '\ntable "Pay"\n  4.5 to 5 gives 10%\n  3.5 to 4.25 gives 5%\n  below 3.5 gives 0%\n'
    rating = "  score is the average of points\n" + BANDS + '  "pay" is the "Pay" for score\n  also report "pay"\n'
    assert of("SES227", found(rating, table)) == []
    (one,) = of("SES227", found(LEFT_OUT + rating, table))
    assert one.message == "table `Pay` has no line for `13/3`"


@pytest.mark.case("gaps that the partly rated meet")
def test_a_gap_inside_an_element() -> None:
    block = (
        'critical element "Goals"\n  has exactly 4 requirements\n  requirements are rated\n'
        "  unrated requirements are left out\n  score is the average of points\n" + QUARTERS + "\n"
    )
    text = HEAD.format(count=2) + block + "summary rating\n  score is the average of points\n" + BANDS
    (one,) = of("SES214", list(compile_source(Source("goals.sespms", text)).diagnostics))
    assert "`Goals` with 4 requirements, 3 of them rated 5, 5 and 3 and 1 not rated shows it" in one.help


@pytest.mark.parametrize(("line", "told"), [("", True), ("  not rated when no requirement is rated\n", False)])
def test_an_element_of_which_nobody_rated_anything_is_known_to_all(line: str, told: bool) -> None:
    """`count` and `prove` said that such a plan has no level, and `check` found nothing."""
    block = 'critical element "Goals"\n  has 1 to 3 requirements\n  requirements are rated\n'
    block += f"  unrated requirements are left out\n{line}  score is the average of points\n{BANDS}\n"
    rating = f"summary rating\n{LEFT_OUT}  score is the average of points\n{BANDS}"
    compilation = compile_source(Source("goals.sespms", HEAD.format(count=2) + block + rating))
    assert bool(of("SES274", list(compilation.diagnostics))) is told
    if told:
        (program,) = compilation.programs.values()
        assert Prover(program).prove(ExactlyOneLevel()).status is Status.REFUTED
        (one,) = of("SES274", list(compilation.diagnostics))
        assert one.message.endswith("and `Goals` has none that are rated")
        assert "`not rated when no requirement is rated` leaves the element unrated" in one.help


def test_a_value_that_nobody_gives() -> None:
    text = HEAD.format(count=1).replace("exactly 1 critical", "1 to 2 critical") + (
        'noncritical element "Team"\n\nsummary rating\n  unrated noncritical elements are left out\n'
        "  score is the average of points of noncritical elements\n" + BANDS
    )
    (one,) = of("SES274", list(compile_source(Source("team.sespms", text)).diagnostics))
    assert "has none that are rated" in one.message
    assert "not rated when" not in (one.help or "")


def test_an_average_of_critical_elements_alone_is_led_to_say_that_nobody_is_rated_without_them() -> None:
    text = HEAD.format(count=1) + 'noncritical element "Team"\n\nsummary rating\n' + LEFT_OUT
    lines = "  score is the average of points of critical elements\n" + BANDS
    (one,) = of("SES274", list(compile_source(Source("team.sespms", text + lines)).diagnostics))
    said = "not rated when no critical element is rated"
    assert f"`{said}` rates nobody without them" in (one.help or "")
    assert of("SES274", list(compile_source(Source("team.sespms", f"{text}  {said}\n{lines}")).diagnostics)) == []


@pytest.mark.parametrize(
    ("high", "low", "told"),
    [("", 3, True), (" with no requirement below level 2", 3, True), (" with no requirement below level 3", 3, False)],
)
def test_a_weaker_floor_above_inside_an_element(high: str, low: int, told: bool) -> None:
    block = (
        'critical element "Goals"\n  has exactly 4 requirements\n  requirements are rated\n'
        "  score is the average of points\n  take the first line that fits\n"
        f"  score at least 3.5{high} is level 5\n  score at least 3 with no requirement below level {low} is level 4\n"
        "  score at least 2.5 is level 3\n  level 2 otherwise\n\n"
    )
    text = HEAD.format(count=2) + block + "summary rating\n  score is the average of points\n" + BANDS
    found = of("SES252", list(compile_source(Source("goals.sespms", text)).diagnostics))
    assert bool(found) is told
    for one in found:
        assert "lets a requirement be lower than level 4 does" in one.message
        assert "`Goals` with 4 requirements rated" in one.help


# ---- levels and lines ------------------------------------------------------------------------------


@pytest.mark.case("bands out of reach")
@pytest.mark.parametrize(
    "score", ["the average of points", "the lowest of points", "the average of points rounded half up to 1 decimal"]
)
def test_a_level_whose_band_is_out_of_reach(score: str) -> None:
    bands = BANDS.replace("4.5", "5.1")
    (one,) = of("SES218", found(f"  score is {score}\n{bands}"))
    assert one.message == "no appraisal gets level 5, `Outstanding`"
    assert [each.span.text for each in one.labels] == ["score at least 5.1 is level 5"]
    assert one.help.startswith("no score is above `5`; let its line take scores up to there")


@pytest.mark.case("bands out of reach")
@pytest.mark.parametrize(
    ("score", "bands", "help"),
    [
        ("10 * the sum of points", [(5, "201 to 250"), (3, "100 to 200"), (1, "40 to 99")], "no score is above `200`"),
        ("the sum of points", [(5, "at least 10"), (3, "4 to 9"), (1, "below 4")], "no score is below `4`"),
        ("the lowest of points", [(5, "exactly 0"), (3, "1 to 5")], "no score is below `1`"),
        ("the highest of points", [(5, "more than 5"), (1, "at most 5")], "no score is above `5`"),
        (
            "the lowest of points",
            [(5, "at least 4"), (3, "exactly 3"), (2, "1 to 2"), (1, "2.5 to 2.8")],
            "no appraisal comes to",
        ),
        ("the lowest of points", [(5, "at least 2"), (3, "exactly 1")], "wherever its line fits"),
    ],
)
def test_it_is_told_between_which_scores_all_lie(score: str, bands: list[tuple[int, str]], help: str) -> None:
    lines = "".join(f"  {_line(scores, level)}\n" for level, scores in bands)
    override = "  any critical element at level 1 makes the rating level 1\n" if len(bands) == 2 else ""
    never = of("SES218", found(f"  score is {score}\n{FIRST}{lines}{override}"))
    (one,) = [each for each in never if each.message.startswith("no appraisal gets level")]
    assert one.help.startswith(help)


def _line(scores: str, level: int) -> str:
    plain = "more than" not in scores and "at most" not in scores
    return f"score {scores} is level {level}" if plain else f"level {level} when score is {scores}"


@pytest.mark.case("patterns under wider ones")
@pytest.mark.parametrize(
    ("wide", "dead"),
    [
        ("level 4 when every element is at level 4 or better", "level 5 when every element is at level 5"),
        ("level 3 when no element is below level 3", "level 4 when every element is at level 4"),
        ("level 2 when any element is at level 1", "level 1 when every element is at level 1"),
    ],
)
def test_a_pattern_under_a_wider_one(wide: str, dead: str) -> None:
    (one,) = of("SES220", found(f"{FIRST}  {wide}\n  {dead}\n  level 3 otherwise\n"))
    assert one.severity is Severity.ERROR
    assert one.span.text == dead


@pytest.mark.case("patterns under wider ones")
def test_conditions_on_the_score_and_not_rated() -> None:
    lines = (
        "  not rated when at least 5 elements are not rated\n"
        "  level 4 when score is at least 3\n  level 5 when score is at least 4\n  level 2 otherwise\n"
    )
    told = of("SES220", found("  score is the average of points\n" + FIRST + LEFT_OUT + lines))
    assert {each.span.text: each.severity for each in told} == {
        "not rated when at least 5 elements are not rated": Severity.NOTE,
        "level 5 when score is at least 4": Severity.ERROR,
    }


WEIGHTS = "\nweights\n  total 100\n  are whole numbers\n"
BY_WEIGHT = BANDS.replace("4.5", "450").replace("3.5", "350").replace("2.5", "250").replace("1.5", "150")
OVERRIDE = "  any critical element at level 1 makes the rating level 1\n"


@pytest.mark.parametrize("weights", [WEIGHTS, WEIGHTS.replace("  are whole numbers\n", "")])
@pytest.mark.parametrize("line", ["score 501 to 600 is level 5", "level 5 when score is more than 550"])
def test_a_line_out_of_reach_of_plans_without_end_says_so(weights: str, line: str) -> None:
    """With weights no plan is listed; that another line holds wherever this one fits is then no more than a guess."""
    bands = BY_WEIGHT.replace("score at least 450 is", "score 450 to 500 is")
    (one,) = of("SES220", found(f"  score is the sum of points times weight\n  {line}\n{bands}{OVERRIDE}", weights))
    assert (one.span.text, one.severity) == (line, Severity.NOTE)
    assert one.message == "this line decides no appraisal: no appraisal fits it"


@pytest.mark.parametrize(("level", "told"), [(1, False), (2, True)])
def test_a_line_that_an_override_outdoes_in_every_plan(level: int, told: bool) -> None:
    """An override that gives what the line gives is a safeguard; one that gives another level is told."""
    line = f"level {level} when every element is at level 1"
    rating = f"  score is the sum of points times weight\n{FIRST}  {line}\n{BY_WEIGHT}{OVERRIDE}"
    found_there = of("SES220", found(rating, WEIGHTS))
    assert [each.span.text for each in found_there] == ([line] if told else [])
    assert all(each.message.endswith("another line that makes the rating a level holds") for each in found_there)


NEVER_GIVEN = (
    ("  score is the average of points\n" + BANDS.replace("4.5 is level 5", "5.1 is level 5"), "no score is above `5`"),
    (
        FIRST
        + "  level 4 when every element is at level 4 or better\n  level 5 when every element is at level 5\n"
        + "  level 3 otherwise\n",
        "move its line up",
    ),
    (
        "  score is the average of points\n" + BANDS + "  any element below level 3 makes the rating level 3\n",
        "see whether that is meant so wide",
    ),
    (FIRST + "  level 5 when every element is at level 5\n  level 3 otherwise\n", "such as `level 4 when …`"),
    (
        "  score is the average of points\n" + BANDS.replace("  score below 1.5 is level 1\n", ""),
        "such as `score … is level 1`",
    ),
)


@pytest.mark.parametrize(("rating", "told"), NEVER_GIVEN)
def test_a_level_that_nobody_gets_is_led_to_what_keeps_it_away(rating: str, told: str) -> None:
    """Where there is no score, no line that reads one is offered."""
    helps = [each.help for each in of("SES218", found(rating))]
    assert any(told in each for each in helps), helps
    if "score" not in rating:
        assert not any("score" in each for each in helps)


def test_a_safeguard_is_left_alone() -> None:
    assert of("SES220", found("  score is the average of points\n" + BANDS + OVERRIDE)) == []


# ---- raised ----------------------------------------------------------------------------------------


@pytest.mark.case("caps that raise")
@pytest.mark.parametrize(
    "line",
    [
        "any critical element below level 3 makes the rating level 3",
        "any critical element at level 1 makes the rating level 2",
        "at least 2 elements at level 1 make the rating level 2",
        "every element below level 4 makes the rating level 3",
    ],
)
def test_a_line_that_raises_a_rating_shows_it(line: str) -> None:
    (one,) = of("SES265", found("  score is the average of points\n" + BANDS + f"  {line}\n"))
    assert one.severity is Severity.WARNING
    assert one.span.text == line
    assert "shows it" in one.help


@pytest.mark.case("caps that raise")
@pytest.mark.parametrize(
    "line",
    [
        "any critical element at level 1 makes the rating level 1",
        "every element at level 5 makes the rating level 5",
        "every element at level 1 makes the rating level 1",
    ],
)
def test_a_line_that_raises_nothing_is_left_alone(line: str) -> None:
    assert of("SES265", found("  score is the average of points\n" + BANDS + f"  {line}\n")) == []


# ---- what it costs ---------------------------------------------------------------------------------


def test_a_plain_system_is_checked_without_the_solver() -> None:
    script = (
        "import sys\nfrom sespms_rules.cli import sespms\n"
        "sespms(['check', 'policies/agencies/opm_basic.sespms'], standalone_mode=False)\n"
        "assert not {'z3', 'numpy'} & set(sys.modules), 'loaded'\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "loaded" not in done.stderr, done.stderr
