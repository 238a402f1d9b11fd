"""A field that is filled in changes its words and nothing else; what the language would not read there is refused."""

from __future__ import annotations

import pytest

from sespms_rules.authoring.analysis import analyzed
from sespms_rules.authoring.edits import edited
from sespms_rules.authoring.filling import FILLED_IN, Change, NotFilledInError, filled_in, mark_of
from sespms_rules.foundation.source import Source
from systems import source_of

TEXT = """# a note that stays
system "Example"   # invented
  agency "An invented agency"
  effective 2026-10-01

appraisal period
  lasts at least 90 days   # as the law says

summary rating
  score is the sum of points times weight
  score 475 to 500   is level 5
"""
SOURCE = Source("example.sespms", TEXT)


def _filled(was: str, now: str) -> str:
    parts = analyzed(SOURCE).parts
    (found,) = (
        Change(part, sentence, place, mark_of(TEXT, one, each), was, now)
        for part, one in enumerate(parts)
        for sentence, each in enumerate(one.sentences)
        for place, field in enumerate(each.fields)
        if field.value == was
    )
    filled = filled_in(SOURCE, found)
    assert filled.text == edited(TEXT, [filled.edit])
    assert filled.mark == _mark(filled.text, found.part, found.sentence)
    return filled.text


def _mark(text: str, part: int, sentence: int) -> str:
    one = analyzed(Source("p", text)).parts[part]
    return mark_of(text, one, one.sentences[sentence])


@pytest.mark.parametrize(
    ("was", "now", "old", "new"),
    [
        ("90", "120", "least 90 days", "least 120 days"),
        ("475", "470.5", "score 475 to 500   is", "score 470.5 to 500   is"),
        ("2026-10-01", "2027-10-01", "effective 2026-10-01", "effective 2027-10-01"),
        ("An invented agency", "Another  # agency", '"An invented agency"', '"Another # agency"'),
        ("days", "months", "90 days   # as", "90 months   # as"),
        ("sum", "average", "the sum of", "the average of"),
    ],
)
def test_only_the_words_of_the_field_change(was: str, now: str, old: str, new: str) -> None:
    assert _filled(was, now) == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("was", "now", "help"),
    [
        ("90", "ninety", "Write a number"),
        ("90", "", "Write a number"),
        ("90", "90 days\n  lasts at most 5", "Write a number"),
        ("475", "475 to 480 is level 4 # ", "Write a number"),
        ("500", '500 is level 4 under "x"', "Write a number"),
        ("2026-10-01", "October 1", "Write a day"),
        ("2026-10-01", "2026-02-30", "Write a day"),
        ("An invented agency", 'A "quoted" one', "without quotation marks"),
        ("An invented agency", 'A" # hidden', "without quotation marks"),
        ("days", "weeks", "Write one of"),
    ],
)
def test_what_would_not_be_read_there_is_refused(was: str, now: str, help: str) -> None:
    with pytest.raises(NotFilledInError) as told:
        _filled(was, now)
    assert "cannot stand in the place of" in told.value.message
    assert help in told.value.help


@pytest.mark.parametrize(
    "change",
    [
        Change(1, 0, 0, "", "30", "40"),
        Change(1, 0, 0, "0" * 12, "90", "40"),
        Change(9, 0, 0, "", "90", "40"),
        Change(1, 9, 0, "", "90", "40"),
        Change(-1, 0, 0, "", "5", "4"),
    ],
)
def test_a_form_of_another_text_changes_nothing(change: Change) -> None:
    with pytest.raises(NotFilledInError, match="no longer stands where the form shows it"):
        filled_in(SOURCE, change)


@pytest.mark.parametrize("name", ["agencies/opm_basic.sespms", "agencies/nasa_ses_2020.sespms"])
def test_a_field_of_a_shipped_policy_can_be_filled_in_with_what_it_holds(name: str) -> None:
    """A part of the fields, drawn evenly: the words stay as they are, but for blanks between them."""
    source = source_of(name)
    every = [
        (Change(part, sentence, place, mark_of(source.text, one, each), field.value, field.value), field)
        for part, one in enumerate(analyzed(source).parts)
        for sentence, each in enumerate(one.sentences)
        for place, field in enumerate(each.fields)
        if field.kind in FILLED_IN
    ]
    for change, field in every[:: max(len(every) // 40, 1)]:
        edit = filled_in(source, change).edit
        assert edit.replacement.strip('"') == field.value
        assert edited(source.text, [edit]).split() == source.text.split()


BANDS = """system "Example"

summary rating
  score is the sum of points times weight
  score 450 to 500 is level 5
  score 400 to 449 is level 4
"""


@pytest.mark.parametrize(
    "above",
    [
        "  score 450 to 480 is level 2\n",  # the same value in the same place of another sentence
        "  score 450 to 500 is level 4\n",  # all but the level
    ],
)
def test_a_value_never_goes_into_another_sentence(above: str) -> None:
    """The text was edited above: what was typed for level 5 must not become a limit of another level."""
    shown = Change(1, 1, 0, _mark(BANDS, 1, 1), "450", "460")
    assert filled_in(Source("p", BANDS), shown).edit.replacement == "460"
    line = "  score 450 to 500 is level 5\n"
    with pytest.raises(NotFilledInError, match="no longer stands where the form shows it"):
        filled_in(Source("p", BANDS.replace(line, above + line)), shown)
    with pytest.raises(NotFilledInError, match="no longer stands where the form shows it"):
        filled_in(Source("p", BANDS.replace(line, above)), shown)


def test_the_same_sentence_of_another_part_is_another() -> None:
    two = 'critical element "A"\n  rated on levels 5, 3 and 1\n\ncritical element "B"\n  rated on levels 5, 3 and 1\n'
    assert _mark(two, 0, 0) != _mark(two, 1, 0)
