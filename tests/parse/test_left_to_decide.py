"""A note that begins with `to decide` is told of; other notes, and the words where they are no note, are not."""

from __future__ import annotations

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source


def told(line: str) -> list[tuple[str, str]]:
    text = f'system "Invented agency"\n  is outside the Senior Executive Service\n{line}\n'
    found = compile_source(Source("policy.sespms", text)).diagnostics
    return [(each.span.text, each.message) for each in found if each.code == "SES024"]


@pytest.mark.parametrize(
    ("line", "note", "left"),
    [
        ("  # to decide: who signs", "# to decide: who signs", "a note leaves something to decide: `who signs`"),
        ("  #To  decide who signs", "#To  decide who signs", None),
        (
            "# TO DECIDE: at the margin",
            "# TO DECIDE: at the margin",
            "a note leaves something to decide: `at the margin`",
        ),
        ('  agency "A"  # to decide: which', "# to decide: which", "a note leaves something to decide: `which`"),
        ("  # to decide", "# to decide", "a note leaves something to decide"),
        ("  # to decide:", "# to decide:", "a note leaves something to decide"),
    ],
)
def test_a_note_to_decide_is_told_with_what_it_leaves_open(line: str, note: str, left: str | None) -> None:
    assert told(line) == ([] if left is None else [(note, left)])


@pytest.mark.parametrize(
    "line",
    [
        "  # decided: the oversight official signs",
        "  # the board has to decide: it meets in October",
        '  purpose "# to decide: is part of this wording"',
        '  purpose """\n    # to decide: is part of this prose\n    """',
        "  # to decided people this reads oddly",
    ],
)
def test_other_notes_and_other_words_are_not(line: str) -> None:
    assert told(line) == []
