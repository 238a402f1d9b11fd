"""What a proof or a count prints as a scenario is read by the language."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.program.rating import Rated
from sespms_rules.proofs.guarantees.scenario_text import _mark


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_additional_ratings_are_written_as_they_are_read(count: int) -> None:
    further = tuple((f"second {number}", Fraction(number, 2)) for number in range(count))
    rated = f'  "A"  {_mark(Rated("A", Fraction(4), None, further))}\n'
    text = f'system "Example"\n\nscenario "Shown"\n{rated}  expect level 4\n'
    assert parse(Source("shown.sespms", text))[1] == ()
