"""Each fault in the words people read: code, the words underlined, the message, the help, the fix."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import findings as declared
from sespms_rules.language.parsing import parse


class Case(NamedTuple):
    """A text with one fault, and what is said of it."""

    text: str
    code: str
    name: str
    words: str
    message: str
    help: str
    cure: str | tuple[str, ...] | None = None
    sure: bool = False


PERIOD = "appraisal period\n  "
RATING = "summary rating\n  "
WEIGHTS = "weights\n  "
SYSTEM = 'system "S"\n  '

TIES = ("rounded half up", "rounded half down", "rounded half even", "rounded up", "rounded down")

CASES = (
    Case(
        PERIOD + "lests at least 90 days\n",
        "SES001",
        "unknown-word",
        "lests",
        "`lests` is not a word of the language",
        "did you mean `lasts`?",
        "lasts",
    ),
    Case(
        PERIOD + "lasts At least 90 days\n",
        "SES001",
        "unknown-word",
        "At",
        "`At` is not a word of the language",
        "did you mean `at`?",
        "at",
        True,
    ),
    Case(
        WEIGHTS + "all atleast 5\n",
        "SES001",
        "unknown-word",
        "atleast",
        "`atleast` is not a word of the language",
        "did you mean `at least`?",
        "at least",
        True,
    ),
    Case(
        RATING + 'score is 40 percent of "a"\n',
        "SES001",
        "unknown-word",
        "percent",
        "`percent` is not a word of the language",
        'write `score is 40% of the points of "a"`',
        'score is 40% of the points of "a"',
        True,
    ),
    Case(
        RATING + 'score is the lower of "a" and "b"\n',
        "SES001",
        "unknown-word",
        "lower",
        "`lower` cannot stand here",
        'write `score is the smaller of "a" and "b"`',
        'score is the smaller of "a" and "b"',
        True,
    ),
    Case(
        PERIOD + "blah blah\n",
        "SES001",
        "unknown-word",
        "blah",
        "`blah` is not a word of the language",
        "sentences under `appraisal period` begin with `has`, `is`, `lasts`, `may` or `runs`",
    ),
    Case(
        "",
        "SES002",
        "empty-file",
        "",
        "`policy` is not a policy: it is empty",
        'begin with a heading at the margin, such as `system "Our Agency SES System"`',
    ),
    Case(
        "# Only a note.\n",
        "SES002",
        "empty-file",
        "",
        "`policy` is not a policy: it holds only notes",
        'begin with a heading at the margin, such as `system "Our Agency SES System"`',
    ),
    Case(
        "performance plan\n  lasts at least 90 days\n",
        "SES003",
        "sentence-in-the-wrong-part",
        "lasts",
        "`lasts` belongs under `appraisal period`, not under `performance plan`",
        "move the sentence to a block `appraisal period`",
        "\nappraisal period\n  lasts at least 90 days\n",
    ),
    Case(
        PERIOD + "is in writing\n",
        "SES003",
        "sentence-in-the-wrong-part",
        "is in writing",
        "`is in writing` belongs under `performance plan`, `progress review` or `appraisal`, "
        "not under `appraisal period`",
        "move it to one of these blocks",
    ),
    Case(
        'requirement "1"\n  lasts at least 90 days\n',
        "SES003",
        "sentence-in-the-wrong-part",
        "lasts",
        "`lasts` belongs under `appraisal period`, not under `requirement`",
        "a requirement says it of a system: `must state appraisal period: lasts …`",
    ),
    Case(
        'requirement "1"\n  must state performance plan: lasts at least 90 days\n',
        "SES003",
        "sentence-in-the-wrong-part",
        "lasts",
        "`lasts` belongs under `appraisal period`, not under `performance plan`",
        "move the sentence to a block `appraisal period`",
    ),
    Case(
        'requirement "1"\n  must state lasts at least 90 days\n',
        "SES003",
        "sentence-in-the-wrong-part",
        "lasts at least 90 days",
        "the part that `lasts at least 90 days` belongs to is not said",
        "write `appraisal period:` before it",
        "appraisal period: lasts at least 90 days",
    ),
    Case(
        SYSTEM + "agency Example Maritime Commission\n",
        "SES004",
        "name-without-quotes",
        "Example Maritime Commission",
        "`Example Maritime Commission` stands without quotes",
        "put names and other wording of your own in double quotes",
        '"Example Maritime Commission"',
    ),
    Case(
        WEIGHTS + "Results Driven at least 20\n",
        "SES004",
        "name-without-quotes",
        "Results Driven",
        "`Results Driven` stands without quotes",
        "put names and other wording of your own in double quotes",
        '"Results Driven"',
    ),
    Case(
        WEIGHTS + "'Results Driven' at least 20\n",
        "SES004",
        "name-without-quotes",
        "'Results Driven'",
        "`'Results Driven'` stands in single quotes",
        "put names in double quotes",
        '"Results Driven"',
        True,
    ),
    Case(
        "critical element Leading People\n",
        "SES004",
        "name-without-quotes",
        "Leading People",
        "`Leading People` stands without quotes",
        "put names in double quotes",
        '"Leading People"',
    ),
    Case(
        SYSTEM + 'agency "Example Commission\n',
        "SES005",
        "unclosed-quote",
        '"Example Commission',
        'the wording `"Example Commission` is not closed',
        "put a double quote where the wording ends; wording of several lines stands between three double quotes",
        '"',
    ),
    Case(
        SYSTEM + 'adapts "Weights because "Results matter."\n',
        "SES005",
        "unclosed-quote",
        '"Weights because "',
        'the wording `"Weights because "` is not closed',
        "put a double quote where the wording ends; wording of several lines stands between three double quotes",
    ),
    Case(
        SYSTEM + 'purpose """\n    Keeps ports safe.\n    Keeps water clean.\n  effective 2026-10-01\n',
        "SES006",
        "unclosed-prose",
        '"""',
        "this wording is never closed",
        'put `"""` on a line of its own below the wording',
        '    """\n',
    ),
    Case(
        RATING + "score is the average of points rounded to 2 decimals\n",
        "SES008",
        "rounding-without-a-tie",
        "rounded",
        "`rounded` does not say how ties go",
        "say how ties go: `half up`, `half down`, `half even`, `up` or `down`, "
        "as in `score is the average of points rounded half up to 2 decimals`",
        TIES,
    ),
    Case(
        RATING + "score is the average of points rounded half to 2 decimals\n",
        "SES008",
        "rounding-without-a-tie",
        "rounded half",
        "`rounded half` does not say how ties go",
        "say how ties go: `half up`, `half down`, `half even`, `up` or `down`, "
        "as in `score is the average of points rounded half up to 2 decimals`",
        TIES,
    ),
    Case(
        SYSTEM + "effective 2026-02-30\n",
        "SES009",
        "no-such-day",
        "2026-02-30",
        "`2026-02-30` is not a day of the calendar",
        "write a day as year-month-day, such as 2026-10-01",
    ),
    Case(
        PERIOD + "runs October 1 to September 31\n",
        "SES009",
        "no-such-day",
        "September 31",
        "`September 31` is not a day of the year",
        "September has the days 1 to 30",
        "30",
    ),
    Case(
        RATING + '"c" is 0.2 when "P" is at level 5\n',
        "SES010",
        "condition-without-otherwise",
        'when "P" is at level 5',
        '`when "P" is at level 5` does not say what holds otherwise',
        "add `otherwise` and the value that holds when the condition is not met",
        " otherwise 0",
    ),
    Case(
        RATING + '"c" is 0.2 when "P" is at level 5 rounded half up to 2 decimals\n',
        "SES010",
        "condition-without-otherwise",
        'when "P" is at level 5',
        '`when "P" is at level 5` does not say what holds otherwise',
        "add `otherwise` and the value that holds when the condition is not met",
        " otherwise 0",
    ),
    Case(  # `otherwise 0` would stand in the place of the whole sum
        RATING + 'score is the average of points + 0.5 when "P" is at level 5\n',
        "SES010",
        "condition-without-otherwise",
        'when "P" is at level 5',
        '`when "P" is at level 5` does not say what holds otherwise',
        "add `otherwise` and the value that holds when the condition is not met",
    ),
    Case(  # of an average it may be 3.5
        'table "T"\n  at least 3,500 gives "A"\n',
        "SES013",
        "unexpected-words",
        "3,500",
        "`3,500` is not a number",
        "write `3500` for thousands, or `3.500` with a point",
    ),
    Case(
        "apraisal perod\n",
        "SES011",
        "unknown-heading",
        "apraisal perod",
        "there is no block called `apraisal perod`",
        "did you mean `appraisal period`?",
        "appraisal period",
        True,
    ),
    Case(
        "Performance Review Boards\n",
        "SES011",
        "unknown-heading",
        "Performance Review Boards",
        "there is no block called `Performance Review Boards`",
        "did you mean `performance review board`?",
        "performance review board",
        True,
    ),
    Case(
        "strike trainng\n",
        "SES011",
        "unknown-heading",
        "trainng",
        "there is no block called `trainng`",
        "did you mean `training`?",
        "training",
        True,
    ),
    Case(
        "overall rating\n",
        "SES011",
        "unknown-heading",
        "overall rating",
        "there is no block called `overall rating`",
        "write `summary rating`",
        "summary rating",
    ),
    Case(
        PERIOD + "lasts at least\n",
        "SES012",
        "incomplete-sentence",
        "lasts at least",
        "`lasts at least` is not finished",
        "go on with a number",
    ),
    Case(
        "critical element\n",
        "SES012",
        "incomplete-sentence",
        "critical element",
        "`critical element` is not finished",
        "go on with a name in double quotes",
    ),
    Case(
        PERIOD + "lasts at least 90 days and so on\n",
        "SES013",
        "unexpected-words",
        "and so on",
        "the sentence is finished before `and so on`",
        "say what these words mean in a sentence of its own",
    ),
    Case(
        WEIGHTS + "total 100, are whole numbers\n",
        "SES013",
        "unexpected-words",
        ", are whole numbers",
        "the sentence is finished before `, are whole numbers`",
        "put each sentence on a line of its own",
    ),
    Case(
        PERIOD + "lasts 90 days\n",
        "SES013",
        "unexpected-words",
        "days",
        "`days` cannot follow `lasts 90`",
        "write `lasts at least 90 days`; or `exactly` where it may not be longer",
        "lasts at least 90 days",
    ),
    Case(
        RATING + "score 400 - 474 is level 4\n",
        "SES013",
        "unexpected-words",
        "-",
        "a range is not written with a dash",
        "write `to`",
        "to",
        True,
    ),
    Case(
        RATING + "score 400,5 to 474 is level 4\n",
        "SES013",
        "unexpected-words",
        "400,5",
        "`400,5` is not a number",
        "write `400.5`, with a point",
        "400.5",
    ),
    Case(
        "weights:\n",
        "SES013",
        "unexpected-words",
        ":",
        "the heading `weights` is finished before `:`",
        "leave this out",
        "",
        True,
    ),
    Case(
        'amendment "A" to "B"\n',
        "SES013",
        "unexpected-words",
        'to "B"',
        'the heading `amendment "A"` is finished before `to "B"`',
        'write `amends "B"` on a line below it, moved in by two spaces',
        '\n  amends "B"',
    ),
    Case(
        'amendment "A" of Example Bureau\n',
        "SES013",
        "unexpected-words",
        "of Example Bureau",
        'the heading `amendment "A"` is finished before `of Example Bureau`',
        'write `amends "Example Bureau"` on a line below it, moved in by two spaces',
        '\n  amends "Example Bureau"',
    ),
    Case(
        "weights total 100\n",
        "SES013",
        "unexpected-words",
        "total 100",
        "the heading `weights` is finished before `total 100`",
        "write `total 100` on a line below it, moved in by two spaces",
        "\n  total 100",
    ),
    Case(
        'levels level 5 "Outstanding"\n',
        "SES013",
        "unexpected-words",
        'level 5 "Outstanding"',
        'the heading `levels` is finished before `level 5 "Outstanding"`',
        "write this on a line below it, moved in by two spaces, as the sentences of `levels` are",
    ),
    Case(
        '  agency "A"\nsystem "S"\n',
        "SES014",
        "sentence-outside-a-block",
        'agency "A"',
        '`agency "A"` stands before any heading',
        'begin with a heading at the margin, such as `system "Our Agency SES System"`',
    ),
    Case(
        '\n  agency "A"\n  effective 2026-10-01\nsystem "S"\n',
        "SES014",
        "sentence-outside-a-block",
        'agency "A"',
        '`agency "A"` stands before any heading',
        'begin with a heading at the margin, such as `system "Our Agency SES System"`',
    ),
    Case(
        'weights\ntotal 100\n  all at least 5\nsystem "S"\n',
        "SES014",
        "sentence-outside-a-block",
        "total 100",
        "`total 100` stands at the margin, where only headings stand",
        "put two spaces before it, so that it belongs to `weights`",
        "  ",
        True,
    ),
    Case(
        "strike training\n  is for leaders\n",
        "SES014",
        "sentence-outside-a-block",
        "is for leaders",
        "`is for leaders` stands below a part that is struck",
        "a part that is struck goes whole; strike single sentences under the part's own heading instead",
    ),
    Case(
        PERIOD + "lasts at least 90 days.\n",
        "SES015",
        "bad-character",
        ".",
        "`.` is not a sign of the language",
        "a sentence ends where its line ends; leave it out",
        "",
        True,
    ),
    Case(
        RATING + "level 5 when score >= 4\n",
        "SES015",
        "bad-character",
        ">=",
        "`>=` is not a sign of the language",
        "write `level 5 when score is at least 4`",
        "level 5 when score is at least 4",
        True,
    ),
    Case(
        RATING + "score is " + "(" * 200 + "1" + ")" * 200 + "\n",
        "SES017",
        "nested-too-deeply",
        "score is " + "(" * 200 + "1" + ")" * 200,
        "this formula has more than 100 operations in one line",
        'give its parts names on lines of their own, such as `"part" is …`, and put the names together here',
    ),
    Case(
        PERIOD + "lasts at least 12 weeks\n",
        "SES018",
        "unknown-unit",
        "weeks",
        "`weeks` is not a unit of time here",
        "write `lasts at least 84 days`",
        "lasts at least 84 days",
        True,
    ),
    Case(
        WEIGHTS + '"" at least 20\n',
        "SES019",
        "empty-name",
        '""',
        "there is nothing between these quotes",
        "write the name or wording between them",
    ),
    Case(
        WEIGHTS + '"  " at least 20\n',
        "SES019",
        "empty-name",
        '"  "',
        "there is nothing between these quotes",
        "write the name or wording between them",
    ),
    Case(
        WEIGHTS + f"total {'9' * 31}\n",
        "SES020",
        "number-too-long",
        "9" * 31,
        "this number has more than 30 digits",
        "write a shorter number",
    ),
    Case(
        WEIGHTS + "total " + "100 " * 5_000 + "\n",
        "SES022",
        "line-too-long",
        ("total " + "100 " * 5_000).rstrip(),
        "this line has more than 5000 words",
        "check whether its line ends were lost",
    ),
    Case(
        WEIGHTS + "  total 100\n" * 66_666 + "  total 7\n",
        "SES023",
        "text-too-long",
        "total 7",
        "this text has more than 200,000 words and signs, and it is not read further than to here",
        "keep one system to a file, its lists and tables short; what is much longer is no policy",
    ),
)


def _one(text: str) -> Diagnostic:
    _, findings = parse(Source("policy", text))
    assert len(findings) == 1, [each.message for each in findings]
    return findings[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.words[:30]}")
def test_a_fault_is_said_as_people_read_it(case: Case) -> None:
    found = _one(case.text)
    assert (found.code, found.name, found.severity) == (case.code, case.name, Severity.ERROR)
    assert found.span.text == case.words
    assert found.message == case.message
    assert found.help == case.help
    cures = () if case.cure is None else (case.cure,) if isinstance(case.cure, str) else case.cure
    assert [(fix.replacement, fix.sure) for fix in found.fixes] == [(each, case.sure) for each in cures]


@pytest.mark.parametrize("case", [each for each in CASES if each.sure], ids=lambda case: case.words)
def test_a_sure_cure_cures(case: Case) -> None:
    (fix,) = _one(case.text).fixes
    cured = case.text[: fix.span.start] + fix.replacement + case.text[fix.span.end :]
    assert parse(Source("policy", cured))[1] == ()


def test_every_code_is_declared_once_and_tried() -> None:
    made = [each for each in vars(declared).values() if hasattr(each, "at")]
    assert len({each.code for each in made}) == len({each.name for each in made}) == len(made)
    tried_elsewhere = {
        "SES007",
        "SES016",
        "SES024",
        "SES025",
    }  # test_reading, test_recovery, test_left_to_decide, test_pasted
    assert {each.code for each in made} - tried_elsewhere == {case.code for case in CASES}
    assert {(case.code, case.name) for case in CASES} <= {(each.code, each.name) for each in made}


def test_messages_speak_to_people() -> None:
    for case in CASES:
        for said in (case.message, case.help):
            assert said[:1].islower() or said.startswith(("`", "September")), said
            assert not said.endswith("."), said
            for word in ("token", "parser", "NEWLINE", "expected", "STRING", "NUMBER", "_LINE", "None"):
                assert word not in said, said
