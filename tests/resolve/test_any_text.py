"""Whatever the text, resolving ends without raising, and what it finds lies in that text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, resolve

LINES = """
system "A"
system "B" based on "A"
system "C" based on "B"
baseline "R"
overlay "O"
amendment "X"
  amends "A"
  amends "R" as of 2015-10-26
  in force from 2015-10-26
  agency "Invented"
  strike agency "Invented"
  has exactly 1 critical elements
weights
  total 100
  strike total 100
  insert total 100
  insert total 90
  "E" at least 20
  none above "F"
critical element "E"
noncritical element "E"
  rated on levels 9, 5 and 1
strike weights
strike critical element "E"
levels
  level 5 any name 5 points
  level 2.5 "Half" 2 points
summary rating
  score is the average of points
  strike score is the average of points
awards and pay
  performance award is the "T" for level
table "T"
  otherwise gives 0%
requirement "1" "First"
requirement "1"
  must state weights: total 100
  strike must state weights: total 100
  insert may have distribution
  confirmed
  insert confirmed
list "L"
  "one" includes "two"
scenario "S"
  with amendment "X"
  "E" rated 4
  "E" rated 5
  expect level 4
""".strip("\n").splitlines()

TEXTS = st.lists(st.sampled_from(LINES), max_size=25).map("\n".join)


@given(TEXTS, TEXTS)
def test_resolving_never_raises_and_tells_of_its_own_text(text: str, beside: str) -> None:
    document, _ = parse(Source("policy.sespms", text))
    other, _ = parse(Source("beside.sespms", beside))
    policy, findings = resolve(document, FolderLibrary([other], shipped=False))
    assert {each.span.source for each in findings} <= {document.source}
    assert len({(each.code, each.span.start, each.span.end) for each in findings}) == len(findings)
    assert list(findings) == sorted(findings, key=lambda each: each.order)
    assert len(policy.systems) == sum(line.startswith("system ") for line in text.splitlines())
    for system in policy.systems:
        assert len(system.bases) <= 2
