"""What was proved, in HTML: every guarantee with its verdict, and nothing that a policy says gets out of its place."""

from __future__ import annotations

from cli.running import OPM, run
from findings.test_html import HOSTILE, Page
from sespms_rules.law.verdict import VerdictKind
from sespms_rules.reports.findings.html_markup import element
from sespms_rules.reports.findings.html_proofs import Proofs, Told, proofs

SCENARIO = 'scenario "Breaks"\n  "A"  rated 2\n  expect level 5'


def told(verdict: VerdictKind, words: str = "every level can be reached", *scenarios: str) -> Told:
    return Told(words, ("the system itself",), verdict, "it is so", "solver, z3 1", "9 appraisals", 1204, scenarios)


def page_of(*each: Told) -> Page:
    return Page(element("main", proofs([Proofs("Invented agency", "a proof covers all 9 appraisals", each)], "z3 1")))


def test_a_table_holds_the_words_the_verdict_the_reach_and_the_seconds() -> None:
    page = page_of(told(VerdictKind.PROVED), told(VerdictKind.UNDECIDED, "all else"))
    (table,) = page.found("table")
    rows = [
        [page.said(cell) for cell in (*page.inside(row, "th"), *page.inside(row, "td"))] for row in page.found("tr")
    ]
    assert rows[0] == ["Guarantee", "Verdict", "Asked for by", "Decided by", "Covers", "Seconds"]
    assert rows[1] == [
        "every level can be reached", "Proved", "the system itself", "solver, z3 1", "9 appraisals", "1.204",
    ]  # fmt: skip
    assert rows[2][1] == "Undecided"
    assert page.inside(table, "caption")
    assert [page.said(each) for each in page.found("h3")] == ["Undecided: all else"]


def test_a_counterexample_is_a_scenario_that_can_be_read_by_keyboard() -> None:
    page = page_of(told(VerdictKind.REFUTED, "it holds", SCENARIO))
    (block,) = page.found("pre", tabindex="0", role="region")
    assert page.texts[block] == SCENARIO
    assert page.elements[block][1]["aria-label"] == "Scenario that breaks: it holds"


def test_hostile_words_stay_words() -> None:
    page = page_of(told(VerdictKind.REFUTED, HOSTILE, HOSTILE))
    assert not page.found("script")
    assert not page.found("img")
    assert HOSTILE in page.texts[page.found("pre")[0]]


def test_a_system_without_guarantees_says_so() -> None:
    assert "states no guarantee" in page_of().said(0)


def test_the_page_of_proofs_and_the_report_of_a_check_hold_the_same_table() -> None:
    alone = Page(run("prove", OPM, "--format", "html").stdout)
    report = Page(run("check", OPM, "--format", "html", "--prove").stdout)
    for page in (alone, report):
        (section,) = page.found("section", id="proved")
        assert "14 guarantees, 14 proved." in page.said(section)
        assert "963,618,750 possible appraisals under 308,358 plans" in page.said(section)
        assert "5 CFR 430.305(a)(5), method" in page.said(section)


def test_proofs_are_shown_where_they_are_asked_for() -> None:
    assert 'id="proved"' not in run("check", OPM, "--format", "html").stdout
    assert 'id="proved"' in run("check", OPM, "--format", "html", "--prove").stdout
