from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, error, note, warning
from sespms_rules.foundation.source import NOWHERE, Source, Span
from sespms_rules.reports.findings.display import excerpt, printable, width
from sespms_rules.reports.findings.text import as_text, finding_as_text, summary

GAP = error("SES214", "band-gap", "5 CFR 430.305(a)(5)")


def at(source: Source, words: str) -> Span:
    start = source.text.index(words)
    return Span(source, start, start + len(words))


def underlined(line: str, words: str) -> tuple[str, str]:
    """The shown line and the words above the marks, by columns of a terminal."""
    found = excerpt(at(Source("p", line), words))
    cells = [character for character in found.shown for _ in range(width(character))]
    return found.shown, "".join(cells[found.before : found.before + found.width])


def test_a_finding_says_what_where_what_to_do_and_why() -> None:
    source = Source("policy.sespms", "a\nb\n  score 400 to 473 is level 4\n  score 475 to 500 is level 5\n")
    finding = GAP.at(
        at(source, "score 400 to 473 is level 4"),
        "a score of `474` has no level",
        help="let the bands meet",
        labels=(Label(at(source, "score 475 to 500"), "the band above begins here"),),
    )
    assert as_text([finding]) == "\n".join(
        [
            "policy.sespms:3:3: error SES214 band-gap",
            "  a score of `474` has no level",
            "  |",
            "3 |   score 400 to 473 is level 4",
            "  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^",
            "4 |   score 475 to 500 is level 5",
            "  |   ---------------- the band above begins here",
            "  help: let the bands meet",
            "  law: 5 CFR 430.305(a)(5)",
            "",
            "1 error",
        ]
    )


def test_lines_left_out_between_two_places_are_shown_as_left_out() -> None:
    source = Source("p", "one\ntwo\nthree\nfour\n" * 3)
    finding = GAP.at(
        Span(source, 0, 3),
        "m",
        labels=(Label(Span(source, source.text.rindex("four"), source.text.rindex("four") + 4), "here"),),
    )
    assert finding_as_text(finding).splitlines()[2:] == [
        "   |",
        " 1 | one",
        "   | ^^^",
        "   ...",
        "12 | four",
        "   | ---- here",
        "  law: 5 CFR 430.305(a)(5)",
    ]


def test_two_places_on_one_line_share_it() -> None:
    source = Source("p", "level 5 means level 5")
    finding = GAP.at(Span(source, 14, 21), "m", labels=(Label(Span(source, 0, 7), "first said here"),))
    assert finding_as_text(finding).splitlines()[3:6] == [
        "1 | level 5 means level 5",
        "  | ------- first said here",
        "  |               ^^^^^^^",
    ]


def test_a_place_in_another_source_is_named() -> None:
    source, other = Source("p", "strike this"), Source("base.sespms", "x\nthat")
    finding = GAP.at(Span(source, 0, 6), "m", labels=(Label(Span(other, 2, 6), "the base says"),))
    lines = finding_as_text(finding).splitlines()
    assert lines[5:9] == ["  and in base.sespms", "  |", "2 | that", "  | ---- the base says"]


def test_a_place_over_several_lines_is_underlined_to_the_end_of_its_first() -> None:
    source = Source("p", "  requires here\r\n    more\r\n    end\r\n")
    shown = finding_as_text(GAP.at(Span(source, 2, len(source.text)), "m")).splitlines()
    assert shown[3:5] == ["1 |   requires here", "  |   ^^^^^^^^^^^^^ (to line 3)"]


def test_an_empty_place_gets_one_mark_even_at_the_end_of_the_text() -> None:
    source = Source("p", "abc\n")
    assert finding_as_text(GAP.at(Span(source, 3, 3), "m")).splitlines()[3:5] == ["1 | abc", "  |    ^"]
    assert finding_as_text(GAP.at(Span(source, 4, 4), "m")).splitlines()[3:5] == ["2 |", "  | ^"]


def test_a_finding_in_no_source_has_no_place() -> None:
    assert as_text([note("SES401", "n").at(NOWHERE, "all of it")]) == "note SES401 n\n  all of it\n\n1 note"


def test_wide_combining_and_tab_characters_are_underlined_where_they_show() -> None:
    assert underlined("\tweight ten", "ten") == ("    weight ten", "ten")
    assert underlined("a\tb", "b") == ("a   b", "b")
    shown, marked = underlined('"日本" weight', "weight")
    assert (shown, marked) == ('"日本" weight', "weight")
    found = excerpt(at(Source("p", "cafe\u0301 weight"), "weight"))
    assert (found.before, found.width) == (5, 6)
    found = excerpt(at(Source("p", "x 日本 y"), "日本"))
    assert (found.before, found.width) == (2, 4)


def test_a_very_long_line_is_cut_around_the_place_at_once() -> None:
    line = "x" * 5_000_000 + "HERE" + "y" * 100_000
    source = Source("p", line + "\nnext")
    started = time.perf_counter()
    text = finding_as_text(GAP.at(at(source, "HERE"), "m"))
    assert time.perf_counter() - started < 0.5
    shown, marks = text.splitlines()[3:5]
    assert len(shown) < 140
    assert shown.startswith("1 | …x")
    assert shown.endswith("y…")
    assert marks.rstrip().endswith("^^^^")
    assert shown[marks.index("^") : marks.index("^") + 4] == "HERE"


def test_a_long_place_is_underlined_as_far_as_it_is_shown() -> None:
    source = Source("p", "ab" + "z" * 10_000)
    shown, marks = finding_as_text(GAP.at(Span(source, 2, 10_002), "m")).splitlines()[3:5]
    assert shown.endswith("z…")
    assert len(marks) == len(shown) - 1


def test_nothing_that_drives_a_terminal_gets_through() -> None:
    source = Source("p\x1b[2J", "a \x1b[31m \u202e b\x07")
    text = as_text([GAP.at(Span(source, 2, 3), "value `\x1b]0;x\x07`", help="see \u2066this\nand that")])
    assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(text)
    assert "  help: see �this\n    and that" in text


def test_fixes_say_whether_they_are_sure() -> None:
    source = Source("p", "levl")
    finding = GAP.at(
        Span(source, 0, 4),
        "m",
        help="write `level`",
        fixes=(
            Fix("write `level`", NOWHERE, "level", sure=True),
            Fix("spell it", NOWHERE, "level", sure=True),
            Fix("drop it", NOWHERE, "", sure=False),
        ),
    )
    assert finding_as_text(finding).splitlines()[5:8] == [
        "  help: write `level`",
        "  fix: spell it",
        "  proposal: drop it",
    ]


def test_the_last_line_counts_by_severity() -> None:
    made = [each.at(NOWHERE, "m") for each in (GAP, warning("SES2", "w"), GAP, note("SES3", "n"))]
    assert summary(made) == "2 errors, 1 warning, 1 note"
    assert as_text([]) == "no findings"


def test_colour_only_adds_to_what_is_said() -> None:
    source = Source("p", "abc")
    finding = GAP.at(Span(source, 0, 3), "m")
    coloured = as_text([finding], colour=True)
    assert coloured != as_text([finding])
    assert coloured.replace("\x1b[31m", "").replace("\x1b[0m", "") == as_text([finding])


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_any_place_in_any_text_is_shown(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    finding: Diagnostic = GAP.at(Span(Source("p", text), start, end), text)
    shown = as_text([finding])
    assert "\x1b" not in shown
    if text:
        found = excerpt(finding.span)
        assert found.width >= 1
        assert found.before + found.width <= width(found.shown) + 1 + len(text)


def test_printable_keeps_letters_of_every_language() -> None:
    kept = "Ünïcode 日本語 العربية é\n\tend"
    assert printable(kept) == kept
