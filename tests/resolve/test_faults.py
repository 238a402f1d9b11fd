"""What is wrong with a text by itself: said twice, unknown names, holes, levels that are none, missing marks."""

from __future__ import annotations

import pytest

from resolve.resolving import only, resolved, system_of, told

TWO = """
system "Invented"
  has exactly 2 critical elements
critical element "Leading People"
critical element "Results Driven"
"""
OPEN = TWO.replace("exactly 2", "2 to 5")


# ---- said twice --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "first", "second"),
    [
        ("weights", "total 100", "total 100"),
        ("weights", "total 100", "total 90"),
        ("weights", '"Results" at least 20', '"Results" at least 40'),
        ("weights", "all at least 5", "all 10 to 30"),
        ("appraisal", "considers results and quality", "considers results and quality"),
        ("appraisal period", "lasts at least 90 days", "lasts at least 120 days"),
        ("summary rating", "score is 4", "score is 5"),
        ("summary rating", '"a" is 4', '"a" of each element is points'),
        ("summary rating", "unrated elements are left out", "unrated elements stop the rating"),
        ("levels", 'level 5 "Best" 5 points', 'level 5 "Top" 5 points'),
        ("uses of results", "level 5 allows pay increase", "level 5 allows performance award"),
        ("rating steps", "annual rating may change the rating for written reasons",
         "annual rating may not change the rating"),
        ("performance plan", "each requirement has at least 1 measure", "each requirement has at least 2 measures"),
        ('table "T"', "level 5 gives 10", "level 5 gives 9"),
        ('critical element "E"', "rated on levels 5, 3 and 1", "rated on a scale of 0 to 100"),
        ("guarantees", "every level can be reached", "every level can be reached"),
        ('scenario "S"', '"E" rated 5', '"E" rated 4'),
    ],
)  # fmt: skip
def test_what_is_said_twice_is_told_at_the_second(part: str, first: str, second: str) -> None:
    finding = only(f'system "Invented"\n{part}\n  {first}\n  {second}\n')
    assert (finding.code, finding.name) == ("SES106", "said-twice")
    assert (finding.labels[0].span.text, finding.span.text) == (first, second)
    assert ("said twice" in finding.message) == (first == second)


@pytest.mark.parametrize(
    ("part", "sentences"),
    [
        ("weights", ["all at least 5", "all at most 30", '"A" at least 20', '"B" at least 20']),
        ("appraisal", ["considers results", "considers quality", "includes a summary narrative"]),
        ("records", ["are given to executive after initial rating", "are given to board after initial rating"]),
        ("uses of results", ["level 1 requires removal", "level 1 twice in 5 years requires removal"]),
        ("summary rating", ["unrated critical elements stop the rating", "unrated noncritical elements are left out"]),
        ('scenario "S"', ["expect refused SES603", "expect refused SES604"]),
    ],
)
def test_what_adds_up_may_be_said_in_several_sentences(part: str, sentences: list[str]) -> None:
    assert told(f'system "Invented"\n{part}\n' + "".join(f"  {each}\n" for each in sentences)) == []


def test_the_same_sentence_in_two_parts_is_not_said_twice() -> None:
    assert told('system "A"\nperformance plan\n  is in writing\nprogress review\n  is in writing\n') == []


def test_blocks_of_one_part_are_one_part() -> None:
    assert told('system "A"\nweights\n  total 100\nlevels\nweights\n  total 100\n') == [("said-twice", "total 100")]


def test_a_requirement_says_one_mark() -> None:
    text = (
        'baseline "A"\nrequirement "1" "T"\n  must have training\n  must have records\n  confirmed\n  unconfirmed "x"\n'
    )
    assert told(text) == [("said-twice", 'unconfirmed "x"')]


# ---- elements ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "about"),
    [
        ('weights\n  "Results Drivn" at least 20\n', '"Results Drivn"'),
        ('weights\n  none above "Results Drivn"\n', '"Results Drivn"'),
        ('scenario "S"\n  "Results Drivn" rated 4\n', '"Results Drivn"'),
        ('scenario "S"\n  requirement "R" of "Results Drivn" rated 4\n', '"Results Drivn"'),
    ],
)
@pytest.mark.parametrize("system", [TWO, OPEN])
def test_a_misspelled_element_is_told_even_where_plans_have_others(system: str, block: str, about: str) -> None:
    finding = only(system + block)
    assert (finding.code, finding.span.text) == ("SES113", about)
    assert finding.help.startswith("did you mean `Results Driven`?")
    assert [(fix.replacement, fix.sure) for fix in finding.fixes] == [('"Results Driven"', True)]


@pytest.mark.parametrize("block", ['weights\n  "Vision" at least 20\n', 'scenario "S"\n  "Vision" rated 4\n'])
def test_an_unknown_element_is_told_where_all_are_named(block: str) -> None:
    finding = only(TWO + block)
    assert finding.help == "the elements are `Leading People` and `Results Driven`"
    assert finding.fixes == ()
    assert told(OPEN + block) == []
    assert told(f'system "None named"\n{block}') == []


def test_a_scenario_that_expects_a_refusal_may_rate_what_is_not_there() -> None:
    scenario = 'scenario "S"\n  "Vision" rated 4\n  "Leading People" rated 4\n  "Leading People" rated 4\n'
    assert told(TWO + scenario + "  expect refused SES601\n") == []
    assert [name for name, _ in told(TWO + scenario + "  expect level 4\n")] == ["unknown-element-named", "said-twice"]


# ---- tables, levels, holes, marks --------------------------------------------------------------------


def test_an_unknown_table_is_told() -> None:
    text = 'system "A"\n{}awards and pay\n  performance award is the "Award" for level\n'
    assert told(text.format('table "Award"\n  otherwise gives 5%\n')) == []
    near = only(text.format('table "Awards"\n  otherwise gives 5%\n'))
    assert (near.code, near.span.text, near.help) == ("SES114", '"Award"', "did you mean `Awards`?")
    assert near.fixes[0].sure
    assert only(text.format("")).help == 'write the table in a block of its own: `table "Award"`'


@pytest.mark.parametrize(
    ("block", "number"),
    [
        ('levels\n  level 6 "Super" 6 points\n', "6"),
        ('levels\n  level 0 "None" 0 points\n', "0"),
        ('levels\n  level 3.5 "Half" 3 points\n', "3.5"),
        ('critical element "E"\n  rated on levels 7, 5 and 1\n', "7"),
    ],
)
def test_levels_run_from_one_to_five(block: str, number: str) -> None:
    finding = only(f'system "A"\n{block}')
    assert (finding.code, finding.span.text) == ("SES118", number)
    assert finding.message == f"there is no level `{number}`"


@pytest.mark.parametrize(
    ("block", "hole"),
    [
        ("  purpose any wording\n", "any wording"),
        ("  effective any date\n", "any date"),
        ("appraisal period\n  runs any day to September 30\n", "any day"),
        ("levels\n  level 5 any name 5 points\n", "any name"),
        ('levels\n  any level "Best" 5 points\n', "any level"),
        ("summary rating\n  level 5 when any element is at any level\n", "any level"),
        ("performance review board\n  is appointed by any official\n", "is appointed by any official"),
    ],
)
def test_a_hole_is_no_sentence_of_a_system(block: str, hole: str) -> None:
    finding = only(f'system "A"\n{block}')
    assert (finding.code, finding.span.text) == ("SES117", hole)
    assert hole.split()[0] in finding.message


def test_holes_belong_after_must_state_and_its_kin() -> None:
    text = 'baseline "A"\nrequirement "1" "T"\n  {}\n  confirmed\n'
    for sentence in (
        "must state system: purpose any wording",
        "should state performance review board: is appointed by any official",
        "must not state levels: any level any name 5 points",
    ):
        assert told(text.format(sentence)) == []
    assert told(text.format("says any wording")) == [("hole-outside-requirement", "any wording")]


def test_a_requirement_says_how_far_it_was_compared() -> None:
    for kind in ("baseline", "overlay"):
        text = f'{kind} "A"\nrequirement "1" "T"\n  must have training\n'
        finding = only(text)
        assert (finding.code, finding.span.text) == ("SES119", 'requirement "1" "T"')
        for mark in ("confirmed", 'partly confirmed "x"', 'unconfirmed "x"'):
            assert told(text + f"  {mark}\n") == []


# ---- the model ---------------------------------------------------------------------------------------


def test_levels_and_elements_are_gathered() -> None:
    system = system_of("""
    system "A"
    levels
      level 5 "Best" 5 points equivalent to outstanding
      level 3 "Good" 3 points
      level 1 "Poor" 0 points
    critical element "One"
    critical element "Two"
      rated on levels 1, 5
    critical element "Three"
      rated on a scale of 0 to 100
    noncritical element "Four"
      requirements are rated
    """)
    assert [(level.number, level.term, level.points) for level in system.levels] == [
        (5, "Best", 5), (3, "Good", 3), (1, "Poor", 0)
    ]  # fmt: skip
    assert [level.federal for level in system.levels] == ["outstanding", None, None]
    assert [element.levels for element in system.elements] == [(5, 3, 1), (5, 1), (5, 3, 1), (5, 3, 1)]
    assert [element.scale for element in system.elements] == [None, None, (0, 100), None]
    assert [element.requirements_rated for element in system.elements] == [False, False, False, True]
    assert [element.critical for element in system.elements] == [True, True, True, False]
    assert system.elements[1].origin.span.text == 'critical element "Two"'


def test_a_system_that_declares_no_levels_has_five() -> None:
    system = system_of(TWO)
    assert system.levels == ()
    assert system.elements[0].levels == (5, 4, 3, 2, 1)


def test_a_scenario_keeps_its_sentences_and_its_amendment() -> None:
    policy, findings = resolved('system "A"\nscenario "S"\n  "E" rated 4 under "Example 1"\n  expect level 4\n')
    (scenario,) = policy.systems[0].scenarios
    assert findings == ()
    assert (scenario.name, scenario.amendment, len(scenario.sentences)) == ("S", None, 2)
    assert scenario.sentences[0].origin.authority == "Example 1"


def test_findings_come_in_the_order_of_the_text() -> None:
    text = 'system "A"\nweights\n  total 1\n  total 2\nawards and pay\n  performance award is the "X" for level\n'
    assert [name for name, _ in told(text)] == ["said-twice", "unknown-table"]
