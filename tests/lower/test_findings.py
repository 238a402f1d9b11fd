"""What cannot be lowered: the code, the words that are underlined, and a word of the message or its help."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower

Lower = Callable[[str], tuple[Program | None, tuple[Diagnostic, ...]]]

HEAD = """system "Invented Office"
critical element "People"
critical element "Works"
  rated on a scale of 0 to 10
critical element "Goals"
  requirements are rated
  each requirement is also rated "reach" from 0 to 1
  level 3 when every requirement is at level 3 or better
critical element "Sums"
  requirements are rated
  score is the average of points
table "Codes"
  1 to 3 gives "A"
  otherwise gives "B"
table "Shares"
  level 5 gives 2%
  otherwise gives 0
weights
  total 100
summary rating
"""

# The code, the words underlined, what the message or its help says, and the lines of the summary rating.
SUMMARY = [
    # names
    ("SES121", '"Peple"', "did you mean `People`?", 'score is the points of "Peple"'),
    ("SES121", '"Zebra"', 'critical element "Zebra"', 'score is the weight of "Zebra"'),
    ("SES121", '"mien"', "did you mean `mean`?", '"mean" is the points of "People"\n  score is 2 * "mien"'),
    ("SES121", '"payout"', "define it", 'also report "payout"'),
    ("SES121", '"reach"', "no element has a value `reach`", 'score is the average of "reach" of elements'),
    ("SES121", '"gap"', "nothing is named `gap`", 'ask reviewer "Why?" when "gap" is more than 2'),
    ("SES121", '"gap"', "nothing is named `gap`", 'level 5 when "gap" is more than 2'),
    ("SES121", '"Zebra"', "no element is named", 'level 5 when "Zebra" is at level 5'),
    ("SES121", '"low"', "nothing is named", 'score is the points of "People" but no less than "low"'),
    ("SES121", '"key"', "nothing is named", '"a" is the "Shares" for "key"'),
    ("SES122", '"late"', "move that line up", 'score is "late" + 1\n  "late" is the points of "People"'),
    ("SES122", '"own"', "its own definition", '"own" is "own" + 1'),
    ("SES122", '"late"', "move that line up", 'score is the sum of "late"\n  "late" of each element is points'),
    ("SES123", '"People"', 'the points of "People"', 'score is "People" + 1'),
    ("SES123", '"People"', "only values are compared", 'level 5 when "People" is at least 4'),
    ("SES123", '"People"', "is at level 3 or better", 'level 5 when "People" is at least 3'),
    ("SES123", '"People"', "is at level 4 or better", 'level 5 when "People" is more than 3'),
    ("SES123", '"People"', "is below level 3", 'level 1 when "People" is at most 2'),
    ("SES123", '"People"', "is at level … or better", 'level 1 when "People" is at least 3.5'),
    ("SES123", '"People"', "on a line above", 'score is the larger of "People" and 4'),
    ("SES123", '"People"', "on a line above", 'score is the "Shares" for "People"'),
    ("SES123", '"mean"', "is a value, not an element", '"mean" is 3\n  level 5 when "mean" is at level 5'),
    ("SES123", '"mean"', "is a value, not an element", '"mean" is 3\n  score is the points of "mean"'),
    ("SES123", '"mean"', "is one value", '"mean" is 3\n  score is the average of "mean" of elements'),
    ("SES123", '"twice"', "one value is wanted", '"twice" of each element is 2 * points\n  score is "twice"'),
    ("SES123", '"twice"', "is reported", '"twice" of each element is 2 * points\n  also report "twice"'),
    ("SES123", '"People"', "is an element", 'score is the average of "People"'),
    ("SES124", '"Works"', "already the name of an element", '"Works" is 4'),
    ("SES124", '"People"', "already the name of an element", '"People" of each element is points'),
    # members
    ("SES125", "requirements", "reads elements", "score is the average of points of requirements"),
    ("SES125", "requirement", "reads elements", "level 5 when no requirement is below level 3"),
    ("SES125", "requirements", "reads elements", "score is the number of requirements"),
    ("SES125", "requirements", "reads elements", "score is the share of requirements at level 3"),
    ("SES125", "requirement", "reads elements", '"a" of each requirement is points'),
    ("SES125", "requirements", "reads elements", "unrated requirements are left out"),
    ("SES125", "requirement", "reads elements", "any requirement at level 1 makes the rating level 1"),
    # levels
    ("SES118", "level 6", "from 1, the lowest, to 5", 'level 5 when "People" is at level 6'),
    ("SES118", "level 2.5", "there is no level `2.5`", 'level 5 when "People" is below level 2.5'),
    ("SES118", "level 0", "there is no level `0`", "level 0 otherwise"),
    # the score
    ("SES127", "score", "move this line below", '"half" is score / 2\n  score is the points of "People"'),
    ("SES127", "score", "used in its own formula", "score is the larger of score and 4"),
    ("SES127", "score", "has no score", '"a" is the "Shares" for score'),
    ("SES127", "score", "has no score", "level 5 when score is at least 4"),
    ("SES127", "4 to 5", "2 lines, of which this is the first", "score 4 to 5 is level 5\n  score below 4 is level 3"),
    ("SES127", "exactly 4", "this line gives", "score exactly 4 is level 4"),
    # the level
    ("SES128", "level", "the score cannot depend on the level", 'score is 1 + the "Shares" for level'),
    ("SES128", '"a"', "the score cannot depend", '"a" is the "Shares" for level\n  score is "a"'),
    ("SES128", '"a"', 'add `also report "a"`', '"a" is the "Shares" for level'),
    (
        "SES128",
        '"a"',
        "a line that gives the level",
        '"a" is the "Shares" for level\n  level 5 when "a" is more than 1',
    ),
    # tables
    ("SES114", '"Share"', "did you mean `Shares`?", '"a" is the "Share" for level\n  also report "a"'),
    # codes
    ("SES130", '"a"', "is a word from a table", 'score is 3\n  "a" is the "Codes" for score\n  "b" is "a" * 2'),
    ("SES130", '"a"', "is a word", 'score is 3\n  "a" is the "Codes" for score\n  level 5 when "a" is exactly 1'),
    ("SES130", '"a"', "is a word", 'score is 3\n  "a" is the "Codes" for score\n  "b" is the "Shares" for "a"'),
    ("SES130", '"a"', "is a word", 'score is 3\n  "a" is the "Codes" for score\n  "b" is the larger of "a" and 2'),
    ("SES130", 'the "Codes" for "a"', "a score is a number", '"a" is 3\n  score is the "Codes" for "a"'),
    # measures
    ("SES134", "points", "the average of points", "score is points / 2"),
    ("SES134", "weight", "the average of weights", "score is weight"),
    ("SES134", "by weight", "this is the sum", 'score is the sum of points by weight of "People"'),
    ("SES134", "by weight", "this is the highest", 'score is the highest of points by weight of "People"'),
    # what an element does not have
    ("SES135", 'the score of "People"', "has no score", 'score is the score of "People"'),
    ("SES135", 'the score of "Goals"', "has no score", 'score is the score of "Goals"'),
    ("SES135", 'the level of "Works"', "on a scale and has no level", 'score is the level of "Works"'),
    ("SES135", 'the points of "Sums"', "its own block gives no level", 'score is the points of "Sums"'),
    ("SES135", "points", "`Sums` has no points", "score is the average of points"),
    ("SES135", "levels", "`Works` is rated by a number", "score is the average of levels"),
    ("SES135", "scores", "`People` has no score", "score is the average of scores"),
    ("SES135", "at level 5", "`Works` is rated by a number", "level 5 when every critical element is at level 5"),
    ("SES135", "below level 3", "`Works` is rated", 'level 5 when "Works" is below level 3'),
    ("SES135", "level 3", "`Works` is rated", "unrated elements count as level 3"),
    # numbers
    ("SES136", "2.5", "cannot be rounded to 2.5 decimals", "score is 1 / 3 rounded half up to 2.5 decimals"),
    ("SES136", "19", "from 0 to 18", "score is 1 / 3 rounded up to 19 decimals"),
    ("SES136", "2 to 50%", "mixes a count and a share", "level 5 when 2 to 50% elements are rated"),
    # contradictions
    ("SES138", '"People"', "is named twice", 'score is the average of points of "People" and "People"'),
    ("SES138", "no more than 4", "two upper limits", "score is 3 but no more than 5 and no more than 4"),
    ("SES138", "but no less than 5 and no more than 1", "no value", "score is 3 but no less than 5 and no more than 1"),
]


def only(found: tuple[Diagnostic, ...], code: str) -> Diagnostic:
    assert {each.code for each in found} == {code}, [(each.code, each.message) for each in found]
    return found[0]


@pytest.mark.parametrize(("code", "words", "said", "lines"), SUMMARY)
def test_a_fault_in_the_summary_rating(lowered: Lower, code: str, words: str, said: str, lines: str) -> None:
    made, found = lowered(f"{HEAD}  {lines}\n")
    assert made is None
    finding = only(found, code)
    assert finding.span.text == words
    assert said in f"{finding.message} | {finding.help}"


# The same for lines in the block of an element whose requirements are rated.
ELEMENT = [
    ("SES125", "elements", "its own requirements", "score is the average of points of elements"),
    ("SES125", "critical elements", "its own requirements", "score is the number of critical elements"),
    ("SES125", '"Other"', "is an element", 'score is the points of "Other"'),
    ("SES125", '"Paving"', "not known to the policy", 'score is the points of "Paving"'),
    ("SES125", '"Other"', "is an element", 'level 3 when "Other" is at level 3'),
    ("SES123", '"reach"', 'the average of "reach" of requirements', 'score is 2 + "reach"'),
    ("SES124", '"reach"', "the name of an additional rating", '"reach" is 2'),
    ("SES124", '"Other"', "the name of an element", '"Other" is 2'),
    ("SES126", "level 4", "the levels here are 5, 3, 1", "level 4 when no requirement is below level 3"),
    ("SES126", "level 2", "the levels here are 5, 3, 1", "any requirement at level 1 makes the rating level 2"),
    ("SES135", "scores", "a requirement that the plan itself names", "score is the average of scores"),
    ("SES132", "the number of requirements", "can be zero", "score is the sum of points / the number of requirements"),
    ("SES127", "at least 3", "the block of `Tasks` has no score", "score at least 3 is level 3"),
]


@pytest.mark.parametrize(("code", "words", "said", "lines"), ELEMENT)
def test_a_fault_in_the_block_of_an_element(lowered: Lower, code: str, words: str, said: str, lines: str) -> None:
    text = f"""system "Invented Office"
critical element "Other"
critical element "Tasks"
  rated on levels 5, 3 and 1
  requirements are rated
  each requirement is also rated "reach" from 0 to 1
  {lines}
"""
    made, found = lowered(text)
    assert made is None
    finding = only(found, code)
    assert finding.span.text == words
    assert said in f"{finding.message} | {finding.help}"


CRITICAL_A = 'critical element "A"\n'
LEVEL_3 = 'levels\n  level 3 "C" 3 points\n'

# Faults of whole systems.
SYSTEMS = [
    (
        "SES137",
        "unrated requirements are left out",
        "are not rated",
        'critical element "A"\n  unrated requirements are left out\n',
    ),
    (
        "SES137",
        'each requirement is also rated "reach" from 0 to 1',
        "are not rated",
        'critical element "A"\n  each requirement is also rated "reach" from 0 to 1\n',
    ),
    (
        "SES137",
        'ask reviewer "Why?" when any requirement is at level 1',
        "are not rated",
        'critical element "A"\n  ask reviewer "Why?" when any requirement is at level 1\n',
    ),
    (
        "SES138",
        "rated on a scale of 0 to 9",
        "derived from its requirements",
        'critical element "A"\n  rated on a scale of 0 to 9\n  requirements are rated\n  level 3 otherwise\n',
    ),
    (
        "SES138",
        'each element is also rated "span" from 0 to 2',
        "two different ranges",
        """critical element "A"
  each element is also rated "span" from 0 to 1
critical element "B"
  each element is also rated "span" from 0 to 2
""",
    ),
    (
        "SES124",
        '"B"',
        "already the name of an element",
        'critical element "A"\n  each element is also rated "B" from 0 to 1\ncritical element "B"\n',
    ),
    (
        "SES138",
        "2%",
        "words in some lines and numbers in others",
        'table "T"\n  below 3 gives "A"\n  otherwise gives 2%\n',
    ),
    ("SES137", "score is 3", "are not rated", 'critical element "A"\n  score is 3\n  level 3 otherwise\n'),
    (
        "SES137",
        "requirement weights total 100",
        "are not rated",
        'critical element "A"\n  requirement weights total 100\n',
    ),
    (
        "SES139",
        "level 3 otherwise",
        "take the first line that fits",
        "summary rating\n  level 5 when every element is at level 5\n  level 3 otherwise\n",
    ),
    ("SES126", "level 2", "is not among the levels", LEVEL_3 + "summary rating\n  level 2 otherwise\n"),
    ("SES136", "at least 20%", "that is `30`", "weights\n  total 150\n  all at least 20%\n"),
    ("SES136", "10% to 20%", "write the weight itself", "weights\n  all others 10% to 20%\n"),
    ("SES136", "exactly 2.5", "whole number of critical elements", "  has exactly 2.5 critical elements\n"),
    ("SES136", "at most 50%", "without `%`", "  has at most 50% critical elements\n"),
    (
        "SES136",
        "at least 1.5",
        "whole number of elements",
        "summary rating\n  level 3 when at least 1.5 elements are rated\n",
    ),
    (
        "SES136",
        "exactly 2.5",
        "whole number of requirements",
        f"{CRITICAL_A}  has exactly 2.5 requirements\n  requirements are rated\n  level 3 otherwise\n",
    ),
    ("SES136", "exactly 2.5", "without `%`", f"{CRITICAL_A}  has exactly 2.5 requirements\n"),
    ("SES118", "level 7", "there is no level `7`", 'table "T"\n  level 7 gives 1\n'),
    ("SES126", "level 2", "is not among the levels", LEVEL_3 + 'table "T"\n  level 2 gives 1\n'),
    (
        "SES126",
        "level 2",
        "is not among the levels",
        LEVEL_3 + 'table "T"\n  1 to 2 gives level 2\n',
    ),
    (
        "SES121",
        '"Zebra"',
        "no element is named `Zebra`",
        'critical element "A"\nweights\n  "Zebra" at least 20\n',
    ),
    ("SES121", '"Zebra"', "no element is named `Zebra`", 'critical element "A"\nweights\n  none above "Zebra"\n'),
]


@pytest.mark.parametrize(("code", "words", "said", "text"), SYSTEMS)
def test_a_fault_outside_formulas(lowered: Lower, code: str, words: str, said: str, text: str) -> None:
    made, found = lowered(f'system "Invented Office"\n{text}')
    assert made is None
    finding = only(found, code)
    assert finding.span.text == words
    assert said in f"{finding.message} | {finding.help}"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("SES117", "summary rating\n  level 2 when no element is at any level\n"),
        ("SES117", "summary rating\n  any level otherwise\n"),
        ("SES239", 'critical element "A"\n  each element is also rated "reach" from 2 to 1\n'),
    ],
)
def test_what_another_stage_finds_has_no_program_and_is_said_once(code: str, text: str) -> None:
    rated = f"{CRITICAL_A}  requirements are rated\n  level 3 otherwise\n"
    source = Source("policy.sespms", f'system "Invented Office"\n{text.replace(CRITICAL_A, rated)}')
    compiled = compile_source(source)
    assert [each.code for each in compiled.diagnostics if each.severity is Severity.ERROR] == [code]
    assert not compiled.programs
    (system,) = compiled.policy.systems
    assert lower(system) == (None, ())


def test_one_fault_is_told_once_and_does_not_hide_another(lowered: Lower) -> None:
    lines = '"mean" is the average of "nothing" + 1\n  score is 2 * "mean"\n  score at least 4 is level 5\n'
    made, found = lowered(f'{HEAD}  {lines}  level 3 when "Peple" is at level 3\n')
    assert made is None
    assert [finding.span.text for finding in found] == ['"nothing"', '"Peple"']


def test_a_spelling_is_offered_as_a_change_of_the_text(lowered: Lower) -> None:
    _, found = lowered(f'{HEAD}  score is the points of "peopel"\n')
    (fix,) = found[0].fixes
    assert (fix.span.text, fix.replacement) == ('"peopel"', '"People"')


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("any requirement at level 1 makes the rating level 1", "any element at level 1 makes the rating level 1"),
        ("level 5 when no requirement is below level 3", "level 5 when no element is below level 3"),
        (
            "level 4 when at least 2 requirements are at level 4 and no requirement is below level 3",
            "level 4 when at least 2 elements are at level 4 and no element is below level 3",
        ),
        (
            'score is the number of requirements + the points of "requirements"',
            'score is the number of elements + the points of "requirements"',
        ),
    ],
)
def test_members_of_another_sort_are_mended_in_all_of_their_line(lowered: Lower, line: str, mended: str) -> None:
    text = f"{HEAD}  {line}\n"
    _, found = lowered(text)
    told = [each for each in found if each.code == "SES125"]
    assert told
    for each in told:
        (fix,) = each.fixes
        assert fix.asks
        assert text[: fix.span.start] + fix.replacement + text[fix.span.end :] == f"{HEAD}  {mended}\n"
