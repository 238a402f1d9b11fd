"""A finding at a line that several systems share says of which it is."""

from __future__ import annotations

import pytest

from decided.test_left_out import HEAD, bands
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

ORIGINAL = HEAD.replace("  is outside", "  has exactly 3 critical elements\n  is outside", 1)
RATING = "summary rating\n  score is the average of points\n" + bands()
OVERRIDE = "  any critical element at level 1 makes the rating level 1\n"
COPY = '\nsystem "Example {name}" based on "Example Ferry Office"\n'


def told(*texts: str) -> list[str]:
    """The messages of SES247, each without its end."""
    found = compile_source(Source("ferries.sespms", "".join(texts))).diagnostics
    return [each.message.split(":")[0] for each in found if each.code == "SES247"]


@pytest.mark.case("findings of several systems")
def test_what_is_found_alike_in_all_is_told_once() -> None:
    same = COPY.format(name="Two") + '  agency "Second"\n' + COPY.format(name="Three") + '  agency "Third"\n'
    assert told(ORIGINAL, RATING, same) == ["failing in a critical element can be made up for"]


@pytest.mark.case("findings of several systems")
def test_what_is_found_otherwise_says_where() -> None:
    other = "  strike has exactly 3 critical elements\n  has exactly 4 critical elements\n"
    texts = COPY.format(name="Two") + other + '\ncritical element "Boats"\n' + COPY.format(name="Three")
    assert told(ORIGINAL, RATING, texts, '  agency "Third"\n') == [
        "failing in a critical element can be made up for",
        "in `Example Two`",
    ]


@pytest.mark.case("findings of several systems")
def test_what_the_original_does_not_have_says_where() -> None:
    struck = "\nsummary rating\n  strike any critical element at level 1 makes the rating level 1\n"
    assert told(ORIGINAL, RATING, OVERRIDE, COPY.format(name="Two"), struck) == ["in `Example Two`"]


@pytest.mark.case("findings of several systems")
def test_what_an_amendment_brings_about_says_so() -> None:
    amendment = (
        '\namendment "Without the floor"\n  amends "Example Ferry Office"\n\nsummary rating\n'
        "  strike any critical element at level 1 makes the rating level 1\n"
    )
    assert told(ORIGINAL, RATING, OVERRIDE, amendment) == ["under `Without the floor`"]
