"""Text from word processors, mails and PDF files reads as if it were typed, and every place stays its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.parsing.normalization import straightened

PLAIN = 'system "A"\n  purpose "Keeps \'it\' up, 9-17"\n\nlevels\n  level 5 "Top" 5 points\n'


@pytest.mark.parametrize(
    "pasted",
    [
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(" ", "\u00a0"),
        PLAIN.replace(" ", "\u2009"),
        PLAIN.replace(" ", "\t"),
        PLAIN.replace("5 points", "5\u200b points\u00a0"),
        PLAIN.replace('"A"', "\u201cA\u201d").replace('"Top"', "\u201eTop\u201c"),
        PLAIN.replace('"A"', "\u00abA\u00bb"),
        PLAIN.rstrip("\n"),
        "\ufeff" + PLAIN,
        "\n\n  \n" + PLAIN + "\n  \n\t\n",
    ],
)
def test_pasted_text_says_what_typed_text_says(pasted: str) -> None:
    expected, _ = parse(Source("typed", PLAIN))
    document, findings = parse(Source("pasted", pasted))
    assert findings == ()
    assert document == expected


def test_dashes_outside_wording_are_minus_signs_and_inside_are_wording() -> None:
    text = (
        'system "S"\n  effective 2026\u201310\u201301\n  purpose "9\u201317"\n'
        "rating steps\n  higher\u2013level review by higher\u2011level official\n"
        "summary rating\n  score is \u2212(1 \u2013 2)\n"
    )
    document, findings = parse(Source("pasted", text))
    assert findings == ()
    expected, _ = parse(
        Source("typed", text.translate({0x2013: "-", 0x2011: "-", 0x2212: "-"}).replace("9-17", "9\u201317"))
    )
    assert document == expected


def test_curly_quotes_inside_wording_are_wording() -> None:
    text = 'system "The \u201cgood\u201d one"\n  purpose """\n    \u201cQuoted.\u201d It\u2019s 1\u20132.\n    """\n'
    document, findings = parse(Source("pasted", text))
    assert findings == ()
    (block,) = document.blocks
    assert block.heading.name.text == "The \u201cgood\u201d one"  # type: ignore[union-attr]
    assert block.lines[0].sentence.text.text == "\u201cQuoted.\u201d It\u2019s 1\u20132."  # type: ignore[union-attr]


def test_three_curly_quotes_open_and_close_prose() -> None:
    text = 'system "S"\n  purpose \u201c\u201d"\n    Up.\n    \u201d\u201d\u201d\n'
    assert parse(Source("pasted", text))[1] == ()


def test_findings_quote_the_original() -> None:
    text = "system \u201cA\u201d\r\n  follows\u00a0\u201cB\u201d as of 2026\u201302\u201330\r\n"
    _, (finding,) = parse(Source("pasted", text))
    assert finding.span.text == "2026\u201302\u201330"
    assert (finding.span.line, finding.span.column) == (2, 21)


@given(st.text(alphabet='\r\n\t \u00a0\u200b\u201c\u201d"\u2013-#aB1\u2028\f\x85', max_size=60))
def test_each_character_becomes_one(text: str) -> None:
    plain = straightened(text)
    assert plain.endswith("\n")
    assert len(plain) - len(text) in (0, 1)
    for before, after in zip(text, plain, strict=False):
        assert after == before or not before.isascii() or before in "\r\f"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_are_counted_as_editors_count_them(line_end: str) -> None:
    source = Source("pasted", line_end.join(["levels", "", "  foo", "weights", "  bar"]))
    _, findings = parse(source)
    assert [(each.span.line, each.span.column, each.span.text) for each in findings] == [(3, 3, "foo"), (5, 3, "bar")]
    assert [source.line(number) for number in (1, 2, 3, 5)] == ["levels", "", "  foo", "  bar"]


NO_LINE_ENDS = ["\v", "\f", "\r", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("sign", NO_LINE_ENDS, ids=ascii)
@pytest.mark.parametrize(
    "before",
    ['  # hidden:{}  purpose "b"', '  purpose "a"{}  purpose "b"', 'system {}"B"', '  purpose "a{}b"', "{}levels"],
)
def test_what_looks_like_a_line_end_is_a_fault_named_where_it_stands(sign: str, before: str) -> None:
    source = Source("pasted", 'system "A"\n' + before.format(sign) + "\n")
    document, (finding,) = parse(source)
    assert finding.code == "SES025"
    assert f"U+{ord(sign):04X}" in finding.message
    assert finding.span.text == sign
    assert (finding.span.line, finding.span.column) == (2, before.index("{") + 1)
    assert all("hidden" not in before or not getattr(block, "lines", ()) for block in document.blocks), (
        "what a note holds is no rule"
    )


@pytest.mark.parametrize("sign", NO_LINE_ENDS, ids=ascii)
def test_prose_may_hold_what_looks_like_a_line_end(sign: str) -> None:
    assert parse(Source("pasted", f'system "A"\n  purpose """\n    One{sign}two.\n    """\n'))[1] == ()


def test_a_file_of_carriage_returns_is_said_to_be_one() -> None:
    _, (finding,) = parse(Source("old.sespms", PLAIN.replace("\n", "\r")))
    assert (finding.code, finding.span.start) == ("SES025", PLAIN.index("\n"))
    assert "every line of `old.sespms` ends with a carriage return alone" in finding.message


def test_other_faults_are_still_found_beside_what_looks_like_a_line_end() -> None:
    _, findings = parse(Source("pasted", 'system "A"\n  foo\n  # a\u2028b\n  bar\n'))
    assert [each.code for each in findings] == ["SES001", "SES025", "SES001"]
