"""The page of which findings have a fix is made by its script, and each without one has a reason."""

from __future__ import annotations

import pytest

from scripts_as_modules import script
from sespms_rules.authoring.fixing import fixed
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.pipeline import compile_source

pytestmark = pytest.mark.page

COVERAGE = script("fix_coverage")


def test_the_page_is_what_the_script_makes() -> None:
    found = COVERAGE.rows()
    assert COVERAGE.PAGE.read_text(encoding="utf-8") == COVERAGE.coverage_page(found), "run scripts/fix_coverage.py"
    assert COVERAGE.needless_reasons(found) == []
    assert all(bool(each.fixes) is (each.reason == "") for each in found)
    offered = sum(bool(each.fixes) for each in found)
    assert offered >= 91
    assert f"**{offered}** offer a fix" in COVERAGE.PAGE.read_text(encoding="utf-8")


def test_a_line_in_the_wrong_part_is_moved_to_its_own() -> None:
    text = 'system "E"\n\nweights\n  total 100\n  lasts at least 90 days  # as agreed\n  are whole numbers\n'
    behind = f'{text}\nappraisal period\n  runs October 1 to September 30\n\nlevels\n  level 5 "A" 5 points\n'
    for source, is_there in ((text, False), (behind, True)):
        (finding,) = parse(Source("policy.sespms", source))[1]
        (fix,) = finding.fixes
        moved = source[: fix.span.start] + fix.replacement + source[fix.span.end :]
        assert parse(Source("policy.sespms", moved))[1] == ()
        assert sorted(moved.split()) == sorted([*source.split(), *([] if is_there else ["appraisal", "period"])])
        assert (
            "period\n  runs" in moved if is_there else moved.endswith("period\n  lasts at least 90 days  # as agreed\n")
        )


def test_what_another_part_says_in_other_words_is_written_there() -> None:
    text = 'critical element "Safety"\n  weight is at least 20%  # as agreed\n\nWeights\n  total 100\n\nlevels\n'
    (finding,) = parse(Source("policy.sespms", text))[1]
    (fix,) = finding.fixes
    assert (fix.title, fix.sure) == ('write `"Safety" at least 20` under `weights`', False)
    moved = text[: fix.span.start] + fix.replacement + text[fix.span.end :]
    assert moved == 'critical element "Safety"\n\nWeights\n  total 100\n  "Safety" at least 20  # as agreed\n\nlevels\n'


@pytest.mark.parametrize("other", ['amendment "A"\n  amends "E"\n', 'system "F"\n'])
def test_a_line_is_moved_nowhere_where_it_could_belong_to_two_texts(other: str) -> None:
    text = f'system "E"\n\nweights\n  lasts at least 90 days\n\n{other}'
    finding = next(each for each in parse(Source("policy.sespms", text))[1] if each.code == "SES003")
    assert finding.fixes == ()


AS_TYPED = """System: Example Harbor Office
  agency: Example Harbor Office
  effective October 1, 2026
  has two critical elements

Critical Element 1: Leading People

Critical Element 2: Results Driven

Levels
  Level 5 - Outstanding
  Level 3 - Achieves
  Level 1 - Unsatisfactory

Weights:
  Leading People is 40
  Results Driven = 60%
  must total 100

Cut scores
  score is the weighted average
  90 or more is level 5
  less than 40 is level 1
  any critical element rated Unsatisfactory results in an Unsatisfactory rating
"""


def test_a_text_as_an_analyst_types_it_is_read_once_its_fixes_are_carried_out() -> None:
    def look(source: Source) -> tuple[Diagnostic, ...]:
        return compile_source(source).diagnostics

    text = fixed(Source("policy.sespms", AS_TYPED), look, every=True).text
    assert not [each for each in look(Source("policy.sespms", text)) if each.code.startswith("SES0")]
    for line in (
        'system "Example Harbor Office"',
        "  effective 2026-10-01",
        'critical element "Leading People"',
        '  level 1 "Unsatisfactory" 1 point\n',
        '  "Results Driven" exactly 60',
        "  score is the average of points by weight",
        "  score below 40 is level 1",
        "  any critical element at level 1 makes the rating level 1",
    ):
        assert line in text
