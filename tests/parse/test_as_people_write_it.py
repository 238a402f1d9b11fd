"""The page of sentences as people write them: each line leads, in one step, to what stands beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.parsing import parse

pytestmark = pytest.mark.page

PAGE = (Path(__file__).resolve().parents[2] / "docs/language/as-people-write-it.md").read_text(encoding="utf-8")
LEVELS = """levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 0 points

"""
NAMED = {
    "critical element": 'critical element "Results Driven"',
    "table": 'table "Award"',
    "scenario": 'scenario "One"',
}
ELSEWHERE, STANDS = "Said in another place, or with a choice", "Read as it stands"
LAID_OUT = "Read, and laid out the one way"
APART = (ELSEWHERE, STANDS, LAID_OUT)


def policy(part: str, lines: str) -> str:
    """A small policy with these lines in a part; a heading gets no lines of its own."""
    match part.casefold():
        case "a heading":
            return f'system "Example"\n\n{lines}\n'
        case "the head of a system":
            return f'system "Example"\n  {lines}\n'
        case "the head of an amendment":
            return f'amendment "A"\n  {lines}\n'
        case "a line of an amendment":
            return f'amendment "A"\n  amends "Example"\n\nsummary rating\n  {lines}\n'
        case plain:
            return f'system "Example"\n\n{LEVELS}{NAMED.get(plain, plain)}\n  {lines}\n'


def found(part: str, lines: str) -> tuple[Diagnostic, ...]:
    return parse(Source("policy.sespms", policy(part, lines)))[1]


def sections() -> dict[str, list[list[str]]]:
    """The rows of each table of the page."""
    tables: dict[str, list[list[str]]] = {}
    for section in PAGE.split("\n## ")[1:]:
        title, _, body = section.partition("\n")
        rows = [line.strip("| ").split(" | ") for line in body.splitlines() if line.startswith("| `")]
        tables[title] = rows
    return tables


TABLES = sections()
LED = [(title, *row) for title, rows in TABLES.items() if title not in APART for row in rows]


def plain(cell: str) -> str:
    return cell.removeprefix("`").removesuffix("`")


def test_the_page_holds_many_sentences_and_none_twice() -> None:
    assert len(LED) + len(TABLES[LAID_OUT]) > 850
    assert len(LED) == len({(part, written) for part, written, _ in LED})
    assert all(len(row) == 2 for title, rows in TABLES.items() if title not in APART for row in rows)


@pytest.mark.parametrize("title", [each for each in TABLES if each not in APART])
def test_each_line_leads_in_one_step_to_what_stands_beside_it(title: str) -> None:
    astray = []
    for written, meant in TABLES[title]:
        (finding,) = found(title, plain(written))
        if meant.startswith("under `"):
            part, sentence = re.fullmatch(r"under `(.+)`, write `(.+)`", meant).groups()  # type: ignore[union-attr]
            led = finding.help.startswith(meant) and not found(part, sentence)
        else:
            lines = [plain(each) for each in meant.split(" and below it ")]
            led = _mended(title, plain(written), finding) == lines and not found(title, "\n  ".join(lines))
        if not led:
            astray.append((written, finding.help))
    assert not astray


def _mended(part: str, written: str, finding: Diagnostic) -> list[str]:
    """The lines that the fix of a finding makes of one."""
    text, fix = policy(part, written), finding.fixes[0]
    mended = text[: fix.span.start] + fix.replacement + text[fix.span.end :]
    at = text.rindex(written)
    before, behind = text[:at], text[at + len(written) :]
    assert mended.startswith(before)
    assert mended.endswith(behind)
    return [line.strip() for line in mended[len(before) : len(mended) - len(behind)].splitlines()]


def test_the_help_says_in_words_what_the_fix_writes() -> None:
    """Whoever cannot take a fix copies it from the help."""
    silent = []
    for title, written, meant in LED:
        (finding,) = found(title, plain(written))
        said = meant.startswith("under") or all(plain(each) in finding.help for each in meant.split(" and below it "))
        told_at_its_word = finding.fixes and finding.fixes[0].replacement.strip() in finding.help
        if not said and not told_at_its_word and "double quotes" not in finding.help:
            silent.append((written, finding.help))
    assert not silent


def test_what_has_no_sentence_of_its_own_is_told_where_it_is_said() -> None:
    for written, part, help in TABLES[ELSEWHERE]:
        (finding,) = found(part, plain(written))
        assert (finding.help, finding.fixes) == (help, ())


def test_what_is_read_as_it_stands_is_read() -> None:
    for written, part in TABLES[STANDS]:
        assert found(part, plain(written)) == ()


@pytest.mark.parametrize(("written", "part", "meant"), TABLES[LAID_OUT])
def test_what_is_read_in_a_second_wording_means_the_same_and_is_laid_out_the_one_way(
    written: str, part: str, meant: str
) -> None:
    source, agreed = (Source("policy.sespms", policy(part, plain(each))) for each in (written, meant))
    assert parse(source) == parse(agreed)
    assert format_policy(source).text == format_policy(agreed).text
    assert f"{plain(meant)}\n" in (format_policy(source).text or "")


@pytest.mark.parametrize(("title", "written", "meant"), [each for each in LED if '"' in each[1] or '"' in each[2]])
def test_no_name_is_made_up(title: str, written: str, meant: str) -> None:
    """A name in what is offered stood in the sentence, in or without quotes, is a declared one, or a level's term."""
    names = re.findall(r'"([^"]*)"', meant)
    known = f"{written} {policy(title, '')}".casefold()
    assert all(name.casefold() in known for name in names), names


PERIOD = 'system "Example"\n\nappraisal period\n  runs October 1 to September 30\n\n'


@pytest.mark.parametrize(
    ("part", "written", "meant"),
    [
        (
            "rating steps",
            "initial rating by rating official by October 31",
            "initial rating by rating official within 31 days after period end",
        ),
        (
            "rating steps",
            "annual rating by appointing authority by the end of December",
            "annual rating by appointing authority within 92 days after period end",
        ),
        ("performance plan", "is due by November 15", "is communicated within 45 days after period start"),
        ("performance plan", "is communicated by October 31", "is communicated within 30 days after period start"),
    ],
)
def test_a_day_of_the_calendar_is_counted_from_the_period(part: str, written: str, meant: str) -> None:
    (finding,) = parse(Source("policy.sespms", f"{PERIOD}{part}\n  {written}\n"))[1]
    assert finding.help == f"write `{meant}`"
    assert not finding.fixes[0].sure


def test_a_day_that_leap_years_would_move_is_not_counted() -> None:
    text = f"{PERIOD}rating steps\n  annual rating by appointing authority by March 15\n"
    (finding,) = parse(Source("policy.sespms", text))[1]
    assert finding.fixes == ()
    assert "counted from an event" in finding.help


def test_terms_of_the_agency_come_before_those_of_the_law() -> None:
    text = 'system "E"\n\nlevels\n  level 4 "Outstanding" 4 points\n\nsummary rating\n  475-500 is Outstanding\n'
    (finding,) = parse(Source("policy.sespms", text))[1]
    assert finding.help == "write `score 475 to 500 is level 4`"
    assert finding.fixes[0].sure


@pytest.mark.parametrize(
    ("part", "written", "sure"),
    [
        ("performance plan", "Plans shall be in writing.", True),
        ("performance plan", "Plans should be in writing.", False),
        ("weights", "All critical elements should be weighted at least 5%.", False),
        ("summary rating", "Executives whose score is below 2.0 should be rated Level 1.", False),
    ],
)
def test_what_should_be_is_never_written_unasked_as_what_is(part: str, written: str, sure: bool) -> None:
    (finding,) = found(part, written)
    assert [each.sure for each in finding.fixes] == [sure]


def test_a_term_that_only_the_law_knows_is_no_sure_fix() -> None:
    (finding,) = parse(Source("policy.sespms", 'system "E"\n\nsummary rating\n  475-500 is Outstanding\n'))[1]
    assert finding.help == "write `score 475 to 500 is level 5`"
    assert not finding.fixes[0].sure


def test_shares_of_a_value_are_not_made_shares_of_points() -> None:
    text = 'system "E"\n\nsummary rating\n  "lead" is 3\n  score is 40 percent of "lead"\n'
    (finding,) = parse(Source("policy.sespms", text))[1]
    assert finding.help == 'write `score is 40% of "lead"`'
