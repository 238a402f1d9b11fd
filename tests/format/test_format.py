"""The layout: what it changes, what it keeps, and that it never changes what a policy says."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nights import at_depth
from sespms_rules.foundation.resources import policy_names, policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language import formatter as format_module
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.parsing import parse

SAMPLE = (Path(__file__).parents[1] / "parse" / "samples" / "lighthouse.sespms").read_text(encoding="utf-8")


def _laid(text: str) -> str:
    result = format_policy(Source("policy", text))
    assert result.findings == ()
    assert result.text is not None
    return result.text


def test_a_policy_laid_out_stays_as_it_is() -> None:
    assert _laid(SAMPLE) == SAMPLE


def test_every_shipped_policy_can_be_laid_out_and_says_the_same() -> None:
    for name in policy_names():
        text = policy_path(name).read_text(encoding="utf-8")
        laid = _laid(text)
        assert _laid(laid) == laid, name
        assert parse(Source("laid", laid))[0] == parse(Source("as it was", text))[0]
        assert [line.strip() for line in laid.splitlines() if line.strip().startswith("#")] == [
            line.strip() for line in text.splitlines() if line.strip().startswith("#")
        ]


BEFORE_AND_AFTER = {
    "blanks": ("weights\n\ttotal   100\n all  at least\t5\n", "weights\n  total 100\n  all at least 5\n"),
    "signs": (
        (
            'system "S"\n  covers career ,noncareer and limited term executives\n'
            'requirement "1"\n  must state weights : all at most 30 %\n'
        ),
        (
            'system "S"\n  covers career, noncareer and limited term executives\n\n'
            'requirement "1"\n  must state weights: all at most 30%\n'
        ),
    ),
    "formulas": (
        'summary rating\n  score is - ( "a"-1 ) *-2+40 %of"b"/( 1+ -3 )\n  level 5 when "a" is at least - 4\n',
        'summary rating\n  score is -("a" - 1) * -2 + 40% of "b" / (1 + -3)\n  level 5 when "a" is at least -4\n',
    ),
    "signed numbers": (
        'scenario "S"\n  "A" rated 5 with "d" - 1\n  expect "x" - 4\n  expect score - 2\n',
        'scenario "S"\n  "A" rated 5 with "d" -1\n  expect "x" -4\n  expect score -2\n',
    ),
    "blocks": (
        "levels\nweights\n  total 100\n\n\n\n\n  are whole numbers\n\n\n",
        "levels\n\nweights\n  total 100\n\n  are whole numbers\n",
    ),
    "first and last lines": ("\n\n\nlevels", "levels\n"),
    "levels": (
        (
            'levels\n  level 5 "Outstanding" 5 points equivalent to outstanding\n  level 1 "Low" 1 point\n'
            '  level 3 "Good" 3 points equivalent to fully successful\n'
            '  level 2 "So" 2.5 points equivalent to unsatisfactory\n'
        ),
        (
            'levels\n  level 5 "Outstanding" 5 points equivalent to outstanding\n  level 1 "Low" 1 point\n'
            '  level 3 "Good"  3 points    equivalent to fully successful\n'
            '  level 2 "So"    2.5 points  equivalent to unsatisfactory\n'
        ),
    ),
    "scenarios": (
        (
            'scenario "S"\n  "A" weight 5 rated 5\n  "Long name" weight 10 not rated\n  "B" rated 3\n  "Bee" rated 4\n'
            '  requirement "r" of "A" weight 1 rated 5 with "d" 1\n'
        ),
        (
            'scenario "S"\n  "A"          weight 5   rated 5\n  "Long name"  weight 10  not rated\n  "B"    rated 3\n'
            '  "Bee"  rated 4\n  requirement "r" of "A" weight 1 rated 5 with "d" 1\n'
        ),
    ),
    "a weight alone among ratings": (
        'scenario "S"\n  "A" weight 5 rated 5\n  "Long name" weight 10\n  "B" weight 85 not rated\n',
        (
            'scenario "S"\n  "A"          weight 5   rated 5\n  "Long name"  weight 10\n'
            '  "B"          weight 85  not rated\n'
        ),
    ),
    "named values": (
        'summary rating\n  "a" is 1\n  "long" is 2\n  score is 3\n  "b" is 4\n',
        'summary rating\n  "a"     is 1\n  "long"  is 2\n  score is 3\n  "b" is 4\n',
    ),
    "notes behind": (
        "weights # all\n  total 100 # one\n  are whole numbers    # two\n  all at least 5\n  all others at most 9# 3\n",
        (
            "weights              # all\n  total 100          # one\n  are whole numbers  # two\n  all at least 5\n"
            "  all others at most 9  # 3\n"
        ),
    ),
    "notes between": (
        "# file\n\n\n\n# levels\nlevels\n# at the margin\n     # indented\n\n\n     # more\nweights\n",
        "# file\n\n# levels\nlevels\n\n# at the margin\n  # indented\n\n  # more\nweights\n",
    ),
    "notes of the block above": (
        "levels\n  # about levels\n\n# about weights\nweights\n  # about the last\n\n\n# the end\n",
        "levels\n  # about levels\n\n# about weights\nweights\n  # about the last\n\n# the end\n",
    ),
    "prose": (
        'system "S"\n purpose """\n  One. \n\n      Two.   \n """ under "x"\n  effective 2027-01-01\n',
        'system "S"\n  purpose """\n    One.\n\n        Two.\n    """ under "x"\n  effective 2027-01-01\n',
    ),
    "prose that begins behind its quotes": (
        'system "S"\n   purpose """One.\n      Two."""\n',
        'system "S"\n  purpose """One.\n      Two."""\n',
    ),
    "prose that ends before its quotes": (
        'system "S"\n  purpose """\n  One.\n  Two."""\n',
        'system "S"\n  purpose """\n    One.\n    Two."""\n',
    ),
    "pasted text": (
        "system\u00a0\u201cA\u2013\u2018B\u2019\u201d\r\n agency\u2003\u201cC\u201d\r\n effective 2027\u201301\u201301",
        'system "A\u2013\u2018B\u2019"\n  agency "C"\n  effective 2027-01-01\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), BEFORE_AND_AFTER.values(), ids=BEFORE_AND_AFTER)
def test_layout(before: str, after: str) -> None:
    assert _laid(before) == after
    assert _laid(after) == after


def test_a_policy_with_faults_is_refused_with_them() -> None:
    result = format_policy(Source("policy", "weights\n  totl 100\n"))
    assert result.text is None
    assert [each.code for each in result.findings] == ["SES001"]


@pytest.mark.parametrize(
    ("words", "others"),
    [("total 100", "total 101"), ("# a note", "# another"), ("  total 100\n", ""), ("total", "totl")],
)
def test_a_layout_that_said_something_else_would_be_refused(
    monkeypatch: pytest.MonkeyPatch, words: str, others: str
) -> None:
    lines = format_module._lines

    def changed(*given: object) -> list[str]:
        return "\n".join([*lines(*given), ""]).replace(words, others).splitlines()  # type: ignore[arg-type]

    monkeypatch.setattr(format_module, "_lines", changed)
    result = format_policy(Source("policy", "weights\n  total 100\n  # a note\n"))
    assert result.text is None
    (finding,) = result.findings
    assert (finding.code, finding.name) == ("SES021", "layout-refused")
    assert finding.message == "`policy` would say something else once laid out, so it is left as it is"


@settings(max_examples=at_depth(12, 40))
@given(st.randoms(use_true_random=False))
def test_whatever_the_blanks_the_layout_is_the_same(chance: random.Random) -> None:
    """Blanks between words, indentation, and blank lines between blocks do not show in the layout."""
    in_prose = False
    lines: list[str] = []
    for line in SAMPLE.splitlines():
        begins_or_ends = line.count('"""') == 1
        if in_prose or begins_or_ends or not line.strip() or line.startswith("#"):
            lines.append(line)
        else:
            indent = " " * chance.randint(1, 6) if line.startswith(" ") else ""
            words = re.split(r' +(?=(?:[^"]*"[^"]*")*[^"]*$)', line.strip().partition("#")[0].strip())
            note = line.strip().partition("#")[2]
            said = "".join(word + chance.choice([" ", "\t", "   "]) for word in words)
            lines.append(indent + said + (f"#{note}" if note else ""))
            if not line.startswith(" ") and chance.random() < 0.2:
                lines[-1:-1] = [""]
        in_prose ^= begins_or_ends
    result = _laid("\n".join(lines))
    assert re.sub(r"\n\n+", "\n", result) == re.sub(r"\n\n+", "\n", SAMPLE)


def test_no_line_is_joined_split_or_moved() -> None:
    laid = _laid(SAMPLE.replace("\n\n", "\n"))
    assert [line.split() for line in laid.splitlines() if line.split()] == [
        line.split() for line in SAMPLE.splitlines() if line.split()
    ]
