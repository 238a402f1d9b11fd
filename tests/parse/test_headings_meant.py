"""A line at the margin that is no heading: what is said elsewhere is told where, and no weight is lost in a fix."""

from __future__ import annotations

import pytest

from sespms_rules.authoring.fixing import fixed
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse

HEAD = 'system "Invented agency"\n\nweights\n  total 500\n\n'


def one(line: str, head: str = HEAD) -> Diagnostic:
    (finding,) = parse(Source("policy.sespms", f"{head}{line}\n"))[1]
    return finding


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("effective January 1, 2027", "effective 2027-01-01"),
        ("Effective date: January 1, 2027", "effective 2027-01-01"),
        ('agency is "Bureau of Marshes"', 'agency "Bureau of Marshes"'),
        ('agency "Bureau of Marshes" (an invented one)', 'agency "Bureau of Marshes"'),
    ],
)
def test_a_sentence_of_the_head_at_the_margin_is_told_where_it_belongs(written: str, meant: str) -> None:
    finding = one(written)
    assert finding.code == "SES014"
    assert finding.help.startswith(f"it belongs under `system`; put it there, with two spaces before it, as `{meant}`")
    assert ("as a note behind `#`" in finding.help) is ("(" in written)
    assert finding.fixes == ()


@pytest.mark.parametrize(
    ("part", "written", "meant"),
    [
        ("weights", "weights must add up to 100", "total 100"),
        ("levels", "Level 5 - Outstanding", 'level 5 "Outstanding" 5 points'),
        (
            "summary rating",
            "the rating is level 1 if any element is rated level 1",
            "any element at level 1 makes the rating level 1",
        ),
    ],
)
def test_a_sentence_of_the_part_above_is_moved_in_and_said_as_it_is_read(part: str, written: str, meant: str) -> None:
    head = f'system "Invented agency"\n\n{part}\n'
    finding = one(written, head)
    assert f"it belongs under `{part}`" in finding.help
    (fix,) = finding.fixes
    assert not fix.sure
    assert fix.replacement == f"  {meant}"
    assert parse(Source("policy.sespms", f"{head}{fix.replacement}\n"))[1] == ()


@pytest.mark.parametrize(
    ("heading", "weighs"),
    [
        ('critical element "Safety" weight 25', '"Safety" exactly 25'),
        ('critical element "Safety" weight 10%', '"Safety" exactly 50'),
        ('critical element "Safety" (20%)', '"Safety" exactly 100'),
        ('noncritical element "Safety": 20 percent', '"Safety" exactly 100'),
        ("Critical Element 1: Safety (20%)", '"Safety" exactly 100'),
    ],
)
def test_a_weight_in_a_heading_is_never_lost(heading: str, weighs: str) -> None:
    finding = one(heading)
    assert f"`{weighs}`" in finding.help
    assert "`weights`" in finding.help
    source = Source("policy.sespms", f"{HEAD}{heading}\n")
    assert fixed(source, lambda each: parse(each)[1], every=True).text == source.text


@pytest.mark.parametrize("heading", ["critical elements", "Critical Elements:", "scenarios", "tables", "Amendments"])
def test_a_plural_names_the_heading_that_each_has(heading: str) -> None:
    finding = one(heading)
    assert "has a heading of its own, such as" in finding.help
    assert finding.fixes == ()


@pytest.mark.parametrize("heading", ["Points", "Coverage", "Scope", "Definitions", "2. Authority", "Rounding"])
def test_what_is_no_element_is_not_offered_as_one(heading: str) -> None:
    assert "critical element" not in one(heading).help
