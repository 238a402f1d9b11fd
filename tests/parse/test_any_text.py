"""Any text at all ends in a document and findings, in bounded time: random bytes, mangled policies, huge lines."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nights import at_depth
from sespms_rules.foundation.source import Source
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.parsing import parse, tokens
from sespms_rules.language.parsing.grammar import tables

SECONDS = 30
FEW = settings(max_examples=at_depth(20, 60))


def _holds(text: str) -> None:
    """What is true of the findings of any text, and of its layout."""
    source = Source("any", text)
    document, findings = parse(source)
    assert len(findings) <= 201
    assert document.blocks or findings
    for each in findings:
        assert 0 <= each.span.start <= each.span.end <= len(text)
        assert each.message
        assert not each.message.endswith(".")
        for fix in each.fixes:
            assert 0 <= fix.span.start <= fix.span.end <= len(text)
    assert sum(len(each.span.text.replace("\n", "")) for each in tokens(source)) <= len(text)
    laid = format_policy(source)
    assert (laid.text is None) == bool(findings)
    assert not [each for each in laid.findings if each.code == "SES021"]
    if laid.text is not None:
        assert format_policy(Source("again", laid.text)).text == laid.text


@FEW
@given(st.text(max_size=300))
@example("\ud800")
@example('"""')
@example("\n  \x00")
def test_any_characters(text: str) -> None:
    _holds(text)


@FEW
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    _holds(data.decode("cp1252", errors="replace"))


@FEW
@given(st.lists(st.sampled_from([*tables().words, '"a"', '"""b"""', "7", "2026-01-01", "SES101", "\n", "\n  ", "x"])))
def test_any_words_of_the_language(words: list[str]) -> None:
    _holds(" ".join(words))


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["delete", "double", "swap", "insert", "cut"]),
        st.integers(0, 10**6),
        st.sampled_from([1, 2, 10, 80]),
        st.sampled_from(list("\"#()\n\t%,:-\u2013\u201c'`@0aZ ")),
    ),
    min_size=1,
    max_size=8,
)


@FEW
@given(edits=EDITS)
def test_any_mangled_policy(lighthouse: str, edits: list[tuple[str, int, int, str]]) -> None:
    text = lighthouse
    for edit, place, length, sign in edits:
        at = place % (len(text) + 1)
        before, piece, behind = text[:at], text[at : at + length], text[at + length :]
        match edit:
            case "delete":
                text = before + behind
            case "double":
                text = before + piece + piece + behind
            case "swap":
                text = before + piece[::-1] + behind
            case "insert":
                text = before + sign + piece + behind
            case "cut":
                text = before
    _holds(text)


@FEW
@given(st.data())
def test_any_policy_with_lines_moved(lighthouse: str, data: st.DataObject) -> None:
    lines = lighthouse.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 5))):
        one = data.draw(st.integers(0, len(lines) - 1))
        other = data.draw(st.integers(0, len(lines) - 1))
        lines[one], lines[other] = lines[other], lines[one]
    _holds("".join(lines))


def test_a_policy_cut_anywhere(lighthouse: str) -> None:
    for end in range(0, len(lighthouse), 97):
        _holds(lighthouse[:end])


RATING = "summary rating\n  "


@pytest.mark.attack("20 megabytes of one sign")
@pytest.mark.parametrize(
    "text",
    [
        RATING + "score is " + "(" * 100_000 + "1" + ")" * 100_000,
        RATING + "score is " + "-" * 100_000 + "1",
        RATING + "score is " + "1 + " * 100_000 + "1",
        RATING + "score is " + "1% of " * 50_000 + "1",
        RATING + '"a" is ' + '1 when "b" is at level 1 otherwise ' * 20_000 + "1",
    ],
    ids=["parentheses", "minuses", "sums", "percents", "choices"],
)
def test_deep_nesting_is_one_finding(text: str) -> None:
    _, findings = parse(Source("deep", text))
    assert [each.code for each in findings] == ["SES022"]


def test_the_deepest_formula_that_is_read_can_be_compared_hashed_and_shown() -> None:
    text = RATING + "score is " + "(" * 100 + "1" + ")" * 100 + "\n" + "  level 5 otherwise\n"
    document, findings = parse(Source("deep", text))
    assert findings == ()
    assert document == parse(Source("deep", text))[0]
    assert hash(document)
    assert repr(document)
    _, findings = parse(Source("deeper", text.replace("(1)", "((1))")))
    assert [each.code for each in findings] == ["SES017"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "word " * 1_000_000,
        "w" * 5_000_000,
        '"' * 5_000_000,
        '"' + "x" * 5_000_000,
        "\u2013" * 1_700_000,
        "#" * 5_000_000,
    ],
    ids=["words", "one word", "quotes", "open quote", "dashes", "note"],
)
def test_a_line_of_five_megabytes_is_read_in_seconds(line: str) -> None:
    began = time.monotonic()
    _, findings = parse(Source("long", RATING + line))
    assert len(findings) <= 1
    assert time.monotonic() - began < SECONDS
