"""Places in a text: lines and columns of one offset, and of two at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.foundation.source import Source


@given(st.text(alphabet="ab\n\r\u2028", max_size=40), st.data())
def test_two_places_at_once_are_those_of_each(text: str, data: st.DataObject) -> None:
    source = Source("a", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert source.place(start, end) == (*source.position(start), *source.position(end))
    before = text[:end]
    assert source.position(end) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
