"""The report in HTML, read back by a parser: its structure, what it says, and what cannot get into it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from cli.running import BROKEN, OPM, SMALL, put, run
from invented_rules import invented_rules
from law.holding import library
from sespms_rules.foundation.diagnostic import Label, error
from sespms_rules.foundation.source import Source, Span
from sespms_rules.law.verdict import Confidence, VerdictKind
from sespms_rules.pipeline import Compilation, check_conformance, compile_source, conformance_findings
from sespms_rules.reports.findings.display import file_name
from sespms_rules.reports.findings.html import as_html
from sespms_rules.reports.findings.html_markup import element, prose, where
from sespms_rules.reports.findings.html_verdicts import CONFIDENCES, LOOKS

VOID = {"meta", "path"}
BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "caption"}
HOSTILE = "<script>alert(1)</script><img src=x onerror='a()'>&amp;"
OF_WEIGHTS = """requirement "Example 8" "Weights"
  must state weights: total 100
  partly confirmed "in part"
"""
RULES = invented_rules("Example <b>rules</b>", OF_WEIGHTS, unread="not read, & <i>not</i> compared")
FOLLOWS = SMALL.replace('"Invented agency"\n', f'"Invented {HOSTILE}"\n  follows "Example <b>rules</b>"\n', 1)


class Page(HTMLParser):
    """A page taken apart: elements in order with their attributes, the ones they stand in, and their text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[int] = []
        self.elements: list[tuple[str, dict[str, str | None], tuple[int, ...]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        self.texts.append("")
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a drawing, which ends in itself."""
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open[-1]][0] == tag
        self.open.pop()
        if tag in BLOCKS:  # a browser sets these apart, and reads them apart
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for place in self.open:
            self.texts[place] += data

    def found(self, tag: str, **attributes: str) -> list[int]:
        """The places of the elements of a tag with these attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            place for place, (name, has, _) in enumerate(self.elements) if name == tag and wanted.items() <= has.items()
        ]

    def inside(self, place: int, tag: str) -> list[int]:
        """The places of the elements of a tag that stand in another."""
        return [each for each in self.found(tag) if place in self.elements[each][2]]

    def said(self, place: int) -> str:
        """The text of an element, spaces put together."""
        return " ".join(self.texts[place].split())


@cache
def compiled(policy: str = FOLLOWS) -> Compilation:
    return compile_source(Source("folder-of-a-person/p.sespms", policy), library(RULES))


@cache
def report(policy: str = FOLLOWS) -> str:
    found = compiled(policy)
    held = check_conformance(found, library(RULES))
    return as_html(found.source, found.policy.systems, [*found.diagnostics, *conformance_findings(found, held)], held)


@cache
def opm() -> str:
    result = run("check", OPM, "--format", "html")
    assert result.exit_code == 0
    return str(result.stdout)


REPORTS: dict[str, Callable[[], str]] = {
    "opm": opm,
    "invented": report,
    "without rules": lambda: report(SMALL),
    "with errors": lambda: report(BROKEN),
    "two systems": lambda: report(FOLLOWS + '\nsystem "Second agency"\n  follows "Example <b>rules</b>"\n'),
    "no system": lambda: report(RULES),
}


@pytest.fixture(params=REPORTS, ids=str)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(REPORTS[request.param]())


def test_headings_never_skip_and_the_first_is_the_title(page: Page) -> None:
    ranks = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(ranks))
    (title,) = page.found("title")
    assert page.said(title) == page.said(page.found("h1")[0])


def test_every_table_has_a_caption_and_headers_with_scope(page: Page) -> None:
    assert page.found("table")
    for place in page.found("table"):
        (caption,) = page.inside(place, "caption")
        assert page.said(caption)
        first, *rows = page.inside(place, "tr")
        assert rows
        assert {page.elements[each][1].get("scope") for each in page.inside(first, "th")} == {"col"}
        for row in rows:
            (head,) = page.inside(row, "th")
            assert page.elements[head][1].get("scope") == "row"
            assert 1 + len(page.inside(row, "td")) == len(page.inside(first, "th"))


def test_the_page_can_be_found_ones_way_in(page: Page) -> None:
    assert page.elements[page.found("html")[0]][1]["lang"] == "en"
    for landmark in ("header", "main", "nav"):
        assert len(page.found(landmark)) == 1, landmark
    identities = Counter(has["id"] for _, has, _ in page.elements if "id" in has)
    assert set(identities.values()) == {1}
    links = [has["href"] or "" for tag, has, _ in page.elements if tag == "a"]
    assert links[0] == "#summary"
    for target in (*links, *(f"#{has['aria-labelledby']}" for _, has, _ in page.elements if "aria-labelledby" in has)):
        assert target.startswith("#")
        assert target[1:] in identities


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_fetched_and_nothing_runs(name: str) -> None:
    text = REPORTS[name]()
    page = Page(text)
    for forbidden in ("http://", "https://", "<script", "@import", "url(", "javascript:", "<img", "<link", "<iframe"):
        assert forbidden not in text.lower(), forbidden
    for tag, has, _ in page.elements:
        assert not {"src", "style", "srcset", "action"} & set(has), tag
        assert not [each for each in has if each.startswith("on")], tag
    assert "folder-of-a-person" not in text
    assert str(Path(OPM).parent) not in text


def test_each_requirement_has_its_verdict_once_in_words_with_a_shape() -> None:
    (conformance,) = check_conformance(compiled(), library(RULES))
    page = Page(report())
    articles = [place for place in page.found("article") if "data-verdict" in page.elements[place][1]]
    told = [(page.said(page.inside(each, "h4")[0]), page.elements[each][1]["data-verdict"]) for each in articles]
    assert told == [(f"{each.citation}: {each.title}", each.kind.value) for each in conformance.verdicts]
    assert {kind for _, kind in told} == {
        "met", "not met", "proved", "needs a person", "checked on each rating", "not applicable", "unconfirmed",
    }  # fmt: skip
    for place, verdict in zip(articles, conformance.verdicts, strict=True):
        (line,) = [each for each in page.inside(place, "p") if page.elements[each][1].get("class") == "verdict"]
        advised = ", but only advised" if verdict.citation == "Example 3" else ""
        assert page.said(line) == f"Verdict: {verdict.kind.said.capitalize()}{advised}"
        assert len(page.inside(line, "svg")) == 1
        assert verdict.confidence.value.capitalize() in page.said(place)


def test_opms_system_has_every_requirement_of_every_edition_once() -> None:
    page = Page(opm())
    articles = [place for place in page.found("article") if "data-verdict" in page.elements[place][1]]
    counts = Counter(page.elements[each][1]["data-verdict"] for each in articles)
    assert sum(counts.values()) > 100
    rows = {
        page.said(page.inside(each, "th")[0]): page.said(each) for each in page.inside(page.found("table")[0], "tr")
    }
    for kind in VerdictKind:
        assert re.search(rf" {counts[kind.value]}( \(\d+ only advised\))?$", rows[kind.said.capitalize()]), kind
    assert rows["All requirements"].endswith(f" {len(articles)}")


def test_the_summary_stands_first_and_names_what_was_held_against() -> None:
    page = Page(report())
    assert page.said(page.found("h2")[0]) == "Summary"
    (summary,) = page.found("section", id="summary")
    words = page.said(summary)
    assert "breaks 1 of the 8 requirements" in words
    assert (
        "Not met The system does not say it, or says less. The report gives the sentence that is missing. 2 (1 "
        in words
    )
    assert "Example <b>rules</b> from 2020-01-01" in words
    assert "The system names none, and none" not in words
    assert "was not checked against any rules: it follows none and states no effective day" in Page(report(SMALL)).said(
        0
    )


def test_what_to_look_at_first_begins_with_what_is_broken() -> None:
    page = Page(report())
    (first,) = page.found("section", id="first")
    assert [page.said(each) for each in page.inside(first, "li")] == [
        "Not met: Example 1: Training",
        "Not met, but only advised: Example 3: Period",
        "Unconfirmed: Example 2: Evaluation",
    ]


def test_reasons_quotations_cures_and_questions_are_said() -> None:
    page = Page(report())
    text = page.said(0)
    line = FOLLOWS.splitlines().index("  total 100") + 1
    assert f"Line {line}: total 100" in text
    assert "What to do Add the part training with what it is to say." in text
    assert "Question for the reviewer Is it so, & why <not>?" in text
    assert text.count("Is it so, & why <not>?") == 1
    assert "Unconfirmed: not read, & <i>not</i> compared" in text
    assert "It tells of the law and asks nothing of a system." in text


def test_hostile_names_stay_text() -> None:
    page = Page(report())
    assert page.said(page.found("h1")[0]) == f"Check of Invented {HOSTILE}"
    assert not page.found("script") + page.found("img") + page.found("b") + page.found("i")
    assert element("p", HOSTILE).count("<") == 2
    assert element("p", "a", title="\"'><b\x1b") == '<p title="&quot;&#x27;&gt;&lt;b\N{REPLACEMENT CHARACTER}">a</p>'
    assert "\x1b" not in element("p", "\x1b[31m\u202e")


def test_findings_are_said_with_their_place_and_cure() -> None:
    source = Source("folder/p.sespms", "a <b>\nsecond\n")
    at = Span(source, 0, 5)
    finding = error("SES999", "invented-defect", "Example 1").at(
        at, "`a` is <odd>", help="write `b`", labels=(Label(Span(source, 6, 12), "here too"),)
    )
    page = Page(as_html(source, (), [finding], ()))
    (article,) = page.found("article")
    assert page.said(article) == (
        "Error SES999: invented defect a is <odd>. Words of the policy Line 1: a <b> "
        "See also Line 2: second (here too) What to do Write b. Law Example 1"
    )
    assert "p.sespms: 1 error." in page.said(0)


def test_an_accepted_finding_is_shown_with_its_reason() -> None:
    policy = SMALL.replace(
        '"Invented agency"\n', '"Invented agency"\n  accepts SES247 because "The <Board> looked at it."\n', 1
    )
    page = Page(report(policy))
    rows = [page.said(each) for each in page.found("tr")]
    assert "SES247 The <Board> looked at it. line 2" in rows


def test_every_verdict_and_confidence_is_explained_with_a_shape_of_its_own() -> None:
    assert set(LOOKS) == set(VerdictKind)
    assert set(CONFIDENCES) == set(Confidence)
    assert len({look.strokes for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.means for look in LOOKS.values()}) == len(LOOKS)


def _luminance(colour: str) -> int:
    """Relative luminance times ten to the ninth, by whole numbers within a rounding of each channel."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    linear = [round(10**9 * (((each / 255 + 0.055) / 1.055) ** 2.4 if each > 10 else each / 3294.6)) for each in parts]
    return (2126 * linear[0] + 7152 * linear[1] + 722 * linear[2]) // 10000


def test_colours_of_both_schemes_stand_out() -> None:
    schemes = re.findall(r":root \{(.*?)\}", report(), re.DOTALL)
    assert len(schemes) == 2
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", scheme))
        for ground in ("page", "band"):
            for ink in ("ink", "soft", "link", "good", "bad", "open", "plain"):
                dark, light = sorted((_luminance(colours[ground]), _luminance(colours[ink])))
                assert 100 * (light + 50_000_000) >= 700 * (dark + 50_000_000), (ground, ink)


def test_pieces() -> None:
    assert prose("`a` is < b") == "<code>a</code> is &lt; b."
    assert prose("is it?") == "Is it?"
    assert prose("") == ""
    assert prose("`2025-10-15` of 2025-10-15") == "<code>2025-10-15</code> of <time>2025-10-15</time>."
    assert file_name("C:\\someone\\p.sespms") == "p.sespms"
    source = Source("d/p.sespms", "one\ntwo\nthree\n")
    assert where(Span(source, 0, 8), "d/p.sespms") == "lines 1 to 2"
    assert where(Span(source, 4, 7), "other") == "line 2 of p.sespms"


def test_one_policy_makes_one_report(tmp_path: Path) -> None:
    one, two = put(tmp_path, "one.sespms", SMALL), put(tmp_path, "two.sespms", SMALL)
    result = run("check", one, two, "--format", "html")
    assert result.exit_code == 2
    assert "a report in HTML is about one policy, and 2 were named" in result.stderr
    broken = run("check", put(tmp_path, "three.sespms", BROKEN), "--format", "html")
    assert broken.exit_code == 1
    assert "Error SES" in Page(broken.stdout).said(0)
