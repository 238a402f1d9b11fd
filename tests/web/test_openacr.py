"""The accessibility conformance report can be read, and speaks of each criterion once, in the terms that there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

REPORT = Path(__file__).resolve().parents[2] / "docs" / "openacr.yaml"


def _numbers(words: str) -> list[str]:
    return words.split()


LEVEL_A = _numbers(
    "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 "
    "2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2"
)
LEVEL_AA = _numbers(
    "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 "
    "3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"
)
REMOVED = ["4.1.1"]
"""Removed from WCAG 2.2, and still on GSA's list."""
TERMS = ("supports", "partially-supports", "does-not-support", "not-applicable")


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """The report as data."""
    read = pytest.importorskip("yaml").safe_load(REPORT.read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def test_each_criterion_is_spoken_of_once(report: dict[str, Any]) -> None:
    assert (len(LEVEL_A), len(LEVEL_AA)) == (31, 24)
    for chapter, wanted in (
        ("success_criteria_level_a", LEVEL_A + REMOVED),
        ("success_criteria_level_aa", LEVEL_AA),
        ("functional_performance_criteria", [f"302.{number}" for number in range(1, 10)]),
    ):
        told = [each["num"] for each in report["chapters"][chapter]["criteria"]]
        assert sorted(told) == sorted(wanted), chapter


def test_each_says_a_term_and_why(report: dict[str, Any]) -> None:
    for chapter in report["chapters"].values():
        for each in chapter.get("criteria", ()):
            for component in each["components"]:
                adherence = component["adherence"]
                assert adherence["level"] in TERMS, each["num"]
                assert len(adherence["notes"].split()) > 1, each["num"]
    assert report["catalog"] == "2.5-edition-wcag-2.2-508-en"
    assert {"title", "product", "author", "report_date", "evaluation_methods_used"} <= set(report)
