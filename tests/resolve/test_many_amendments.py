"""Many amendments of one text: each is carried out behind those before it, and none of them again and again."""

from __future__ import annotations

from collections import Counter

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.resolution import amending
from sespms_rules.language.resolution.texts import Findings
from sespms_rules.pipeline import Compilation, compile_source, judged_texts

TEXT = """system "Invented agency"
  has exactly 2 critical elements

critical element "One"

critical element "Two"

levels
  level 3 "Good"  3 points  equivalent to fully successful
  level 1 "Poor"  1 point   equivalent to unsatisfactory

weights
  total 100

summary rating
  score is the sum of points times weight
  score at least 200 is level 3
  score below 200 is level 1
"""
DATED = "\n  in force from 20{year}-01-01"
_HEAD = 'amendment "{number}"\n  amends "Invented agency"{dated}\n\nsummary rating\n'
_DATED = "\n  in force from 20{number}-01-01"
KINDS = {
    "one on another": (
        """  strike score at least {before} is level 3
  insert score at least {after} is level 3
  strike score below {before} is level 1
  insert score below {after} is level 1
""",
        _DATED,
    ),
    "beside each other": ("  insert any critical element at level 1 makes the rating level 1\n", ""),
    "of what is not there": ("  strike score at least 299.{number} is level 3\n", _DATED),
}


def _text(kind: str, count: int) -> str:
    change, dated = KINDS[kind]
    numbers = range(10, 10 + count)
    made = (_HEAD.format(number=number, dated=dated.format(number=number)) for number in numbers)
    changes = (change.format(number=number, before=190 + number, after=191 + number) for number in numbers)
    return "\n".join([TEXT, *map("".join, zip(made, changes, strict=True))])


def _compiled(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Compilation, Counter[str]]:
    """The compilation, and how often each amendment was carried out."""
    carried: Counter[str] = Counter()
    real = amending.amended

    def counted(system: System, amendment: Amendment) -> tuple[System, Findings]:
        carried[amendment.name] += 1
        return real(system, amendment)

    with monkeypatch.context() as patch:
        patch.setattr(amending, "amended", counted)
        made = compile_source(Source("many.sespms", text))
        judged_texts(made)
    return made, carried


@pytest.mark.parametrize("kind", KINDS)
def test_an_amendment_is_carried_out_as_often_however_many_there_are(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (_compiled(_text(kind, count), monkeypatch)[1] for count in (6, 24))
    assert len(many) == 24
    assert max(many.values()) <= max(few.values()) + 1 <= 5, (few, many)


def test_what_is_kept_is_what_each_makes_behind_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = _compiled(_text("one on another", 12), monkeypatch)
    (system,) = made.policy.systems
    for amendment in made.policy.amendments:
        system, told = amending.amended(system, amendment)
        assert told == ()
    assert judged_texts(made)[-1].system == system


def test_findings_of_two_readings_stand_in_their_own_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept of one reading is never told of another."""
    text = _text("of what is not there", 3)
    one, other = (_compiled(each, monkeypatch)[0] for each in (text, "# A note above.\n" + text))
    lines = [[each.span.line for each in made.diagnostics if each.code == "SES104"] for made in (one, other)]
    assert len(lines[0]) == 3
    assert lines[1] == [line + 1 for line in lines[0]]
