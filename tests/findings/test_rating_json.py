"""Ratings, refusals and steps as data: written in one place, with nothing dropped."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sespms_rules.cli import sespms
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_path
from sespms_rules.program.rating import Appraisal, Rated, Rating, Step, StepKind
from sespms_rules.reports.rating_json import rated_as_data, rating_as_data, step_as_data
from systems import program_of

ROOT = Path(__file__).resolve().parents[2]
OPM = "agencies/opm_basic.sespms"
TWO_RESULTS = policy_path("shapes/shape_22_two_results.sespms")
ELEMENTS = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")


def rated(*ratings: int) -> Rating:
    """A rating by OPM's system, of equal weights."""
    pairs = zip(ELEMENTS, ratings, strict=True)
    elements = tuple(Rated(name, Fraction(rating), Fraction(20)) for name, rating in pairs)
    return rate(program_of(OPM), Appraisal("invented", elements))


def steps(step: Step) -> list[Step]:
    """A step with all below it."""
    return [step, *(each for inner in step.steps for each in steps(inner))]


def test_all_that_was_handed_in_of_an_element_is_written() -> None:
    inner = Rated("Ports", Fraction(4), Fraction(1, 3), (("difficulty", Fraction(-1, 2)),))
    assert rated_as_data(Rated("Results", None, Fraction(40), (("reach", Fraction(2)),), (inner,), False)) == {
        "name": "Results",
        "weight": "40",
        "rating": None,
        "critical": False,
        "further": {"reach": "2"},
        "requirements": [{"name": "Ports", "weight": "1/3", "rating": "4", "further": {"difficulty": "-0.5"}}],
    }


def test_compare_tells_the_additional_ratings_that_its_scenario_tells(tmp_path: Path) -> None:
    text = TWO_RESULTS.read_text(encoding="utf-8")
    (tmp_path / "old.sespms").write_text(text, encoding="utf-8")
    (tmp_path / "new.sespms").write_text(
        text.replace("4.5 is level 5", "4.7 is level 5").replace("below 4.5", "below 4.7")
    )
    ran = CliRunner().invoke(
        sespms, ["compare", str(tmp_path / "old.sespms"), str(tmp_path / "new.sespms"), "--format", "json"]
    )
    witnesses: list[dict[str, Any]] = json.loads(ran.stdout)["witnesses"]
    assert witnesses
    for witness in witnesses:
        for element in witness["elements"]:
            said = re.search(rf'"{element["name"]}".* rated .* with "contribution" (\S+)', witness["scenario"])
            assert said is not None
            assert element["further"] == {"contribution": said[1]}


def test_how_far_a_refused_derivation_came_is_no_result() -> None:
    found = Rating("invented", rated(5, 5, 5, 5, 5).outcome.REFUSED, Fraction(400), 4)
    assert rating_as_data(found) == {"outcome": "refused", "score": None, "level": None, "refused": []}


def test_refusals_and_elements_are_written_in_one_place_alone() -> None:
    writes = re.compile(r'"about": (each|refusal)\.about|"rating": (None|exact|number)|"says": step\.says')
    writers = {path.name for path in (ROOT / "src").rglob("*.py") if writes.search(path.read_text(encoding="utf-8"))}
    assert writers == {"rating_json.py"}


# ---- what a step tells is data -----------------------------------------------------------------------


def test_the_score_and_the_deciding_line_are_known_by_kind() -> None:
    trace = rated(5, 4, 4, 4, 4).trace
    assert trace is not None
    (score,) = (each for each in trace.steps if each.kind is StepKind.SCORE)
    assert (score.value, [each.about for each in score.steps]) == ("420", list(ELEMENTS))
    (line,) = (each for each in trace.steps if each.kind is StepKind.LINE)
    assert line.row in program_of(OPM).summary.rows
    assert trace.kind is StepKind.RESULT


@pytest.mark.parametrize(("lowest", "kind"), [(1, StepKind.OVERRIDE), (2, StepKind.OVERRIDE_PASSED)])
def test_an_override_tells_whether_it_holds(lowest: int, kind: StepKind) -> None:
    trace = rated(5, 5, 5, 5, lowest).trace
    assert trace is not None
    overrides = {each.row for each in steps(trace) if each.kind is kind}
    assert overrides == set(program_of(OPM).summary.overrides)


def test_the_kind_of_each_step_is_in_the_data() -> None:
    trace = rated(3, 3, 3, 3, 3).trace
    assert trace is not None
    assert {each["kind"] for each in step_as_data(trace)["steps"]} >= {"score", "line"}


def test_no_module_reads_the_words_of_a_step() -> None:
    reads = re.compile(r"\.says\b\s*(?:\.startswith|\.endswith|==|!=| in )|\bin \w+\.says\b")
    found = [path.name for path in (ROOT / "src").rglob("*.py") if reads.search(path.read_text(encoding="utf-8"))]
    assert found == []
