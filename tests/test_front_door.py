"""The front door: what it offers, what it loads, what it refuses, and that the command line says the same."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import tomllib
import typing
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import sespms_rules
from sespms_rules import Appraisal, Rated, RequestError
from sespms_rules.foundation.resources import policy_path

ROOT = Path(__file__).resolve().parents[1]
OPM = policy_path("agencies/opm_basic.sespms")
ELEMENTS = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")


def appraisal(*ratings: int, key: str = "invented") -> Appraisal:
    """Five ratings of equal weight under OPM's system."""
    rated = zip(ELEMENTS, ratings, strict=True)
    return Appraisal(key, tuple(Rated(name, Fraction(rating), Fraction(20)) for name, rating in rated))


@pytest.fixture(scope="module")
def policy() -> sespms_rules.Policy:
    return sespms_rules.load(OPM)


def test_every_name_of_the_door_is_there_documented_and_typed() -> None:
    assert set(sespms_rules.__all__) <= set(dir(sespms_rules))
    for name in set(sespms_rules.__all__) - {"__version__"}:
        thing = getattr(sespms_rules, name)
        assert inspect.getdoc(thing), name
        if inspect.isfunction(thing):
            assert "return" in thing.__annotations__, name
    assert sespms_rules.__version__ == tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def test_what_types_are_told_is_what_is_imported() -> None:
    text = (ROOT / "src" / "sespms_rules" / "__init__.py").read_text(encoding="utf-8")
    told = text[text.index("if TYPE_CHECKING") : text.index("__all__ = ")]
    assert [name for name in sespms_rules.__all__ if name not in told] == []


def test_a_name_that_there_is_not_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="`sespms_rules` offers no `grade`; it offers Appraisal"):
        typing.cast("typing.Any", sespms_rules).grade  # noqa: B018 - to ask for it is the point


def test_an_old_name_works_and_says_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sespms_rules._DEPRECATED, "score", ("rate", "0.9"))
    with pytest.warns(DeprecationWarning, match=r"`sespms_rules.score` is now `sespms_rules.rate`.*version 0.9"):
        assert typing.cast("typing.Any", sespms_rules).score is sespms_rules.rate


@pytest.mark.parametrize(
    ("use", "never"),
    [
        ("pass", ("click", "lark", "numpy", "sespms_rules.api")),
        (f"s.check(s.load({str(OPM)!r}))", ("click", "duckdb", "numpy", "openpyxl", "pydantic", "z3")),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(use: str, never: tuple[str, ...]) -> None:
    program = f"import sys; import sespms_rules as s; {use}; print(*(set({never!r}) & sys.modules.keys()))"
    here = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run([sys.executable, "-c", program], env=here, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, ""), ran.stderr


def test_one_appraisal_gives_one_rating_and_several_give_several(policy: sespms_rules.Policy) -> None:
    best, plain = appraisal(5, 5, 5, 5, 5), appraisal(3, 3, 3, 3, 3)
    assert sespms_rules.rate(policy, best).level == 5
    assert [each.level for each in sespms_rules.rate(policy, [plain, best])] == [3, 5]
    assert sespms_rules.rate(policy, []) == ()


@pytest.mark.parametrize("engine", ["durable", "reference", "columnar", "sql"])
def test_every_engine_can_be_asked_for(policy: sespms_rules.Policy, engine: str) -> None:
    found = sespms_rules.rate(policy, appraisal(5, 4, 4, 4, 4), engine=engine)
    assert (found.score, found.level) == (420, 4)


def test_an_engine_that_there_is_not_is_refused(policy: sespms_rules.Policy) -> None:
    with pytest.raises(RequestError, match="no engine `durabel`; did you mean `durable`"):
        sespms_rules.rate(policy, appraisal(3, 3, 3, 3, 3), engine="durabel")


@pytest.mark.parametrize("number", [4, Fraction(4), Decimal(4)])
def test_exact_numbers_are_taken_as_they_are(policy: sespms_rules.Policy, number: typing.Any) -> None:
    elements = tuple(Rated(name, number, 20) for name in ELEMENTS)  # type: ignore[arg-type]
    found = sespms_rules.rate(policy, Appraisal("invented", elements))
    assert (found.score, found.level) == (Fraction(400), 4)


@pytest.mark.parametrize("number", [4.0, "4", True, Decimal("NaN"), float("inf")])
def test_a_number_that_is_not_exact_is_refused(policy: sespms_rules.Policy, number: typing.Any) -> None:
    elements = (Rated(ELEMENTS[0], number, Fraction(20)), *appraisal(4, 4, 4, 4, 4).elements[1:])
    with pytest.raises(RequestError, match=r"the rating of `Leading Change` is .* which is no exact number"):
        sespms_rules.rate(policy, Appraisal("invented", elements))
    with pytest.raises(RequestError, match="no exact number"):
        sespms_rules.explain(policy, Appraisal("invented", elements))


def test_a_policy_with_errors_is_never_run() -> None:
    faulty = sespms_rules.load_text('system "Draft"\n  follows Rules\n', name="draft.sespms")
    assert faulty.has_errors
    asked = (
        lambda: sespms_rules.rate(faulty, []),
        lambda: sespms_rules.rate_roster(faulty, "roster.csv"),
        lambda: sespms_rules.explain(faulty, appraisal(3, 3, 3, 3, 3)),
        lambda: sespms_rules.prove(faulty),
        lambda: sespms_rules.compare(faulty, faulty),
        lambda: sespms_rules.impact(faulty, [], "roster.csv"),
    )
    for ask in asked:
        with pytest.raises(RequestError, match=r"`draft.sespms` has errors and is not run") as refused:
            ask()
        assert [each.code for each in refused.value.findings] == ["SES004"]


def test_an_example_that_fails_stops_no_study(tmp_path: Path) -> None:
    text = OPM.read_text(encoding="utf-8").replace("expect level 4", "expect level 3", 1)
    assert text != OPM.read_text(encoding="utf-8")
    failing = sespms_rules.load_text(text)
    assert {each.code for each in failing.findings if each.severity.value == "error"} == {"SES501"}
    assert sespms_rules.explain(failing, appraisal(3, 3, 3, 3, 3)).rating.level == 3
    (proved,) = sespms_rules.prove(failing, "every appraisal gets exactly one level")
    assert proved.verdicts
    with pytest.raises(RequestError, match="is not run"):
        sespms_rules.rate(failing, appraisal(3, 3, 3, 3, 3))


def test_a_roster_that_does_not_fit_is_refused_with_its_findings(policy: sespms_rules.Policy, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("name,Leading Change level\ninvented,5\n", encoding="utf-8")
    with pytest.raises(RequestError, match="does not fit the policy") as refused:
        sespms_rules.rate_roster(policy, tmp_path / "roster.csv")
    assert refused.value.findings


@pytest.mark.parametrize(
    ("text", "why"),
    [("amendment", "has errors"), ('amendment "Other"\n  amends "Other"\n', "does not amend")],
)
def test_an_amendment_that_does_not_fit_is_refused(
    policy: sespms_rules.Policy, tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "change.sespms").write_text(text, encoding="utf-8")
    with pytest.raises(RequestError, match=why):
        sespms_rules.compare(policy, str(tmp_path / "change.sespms"))


def test_an_amendment_whose_result_has_an_error_is_not_compared(policy: sespms_rules.Policy, tmp_path: Path) -> None:
    change = (
        f'amendment "A gap"\n  amends "{policy.systems[0]}"\n\nsummary rating\n  strike score 475 to 500 is level 5\n'
    )
    (tmp_path / "gap.sespms").write_text(change, encoding="utf-8")
    with pytest.raises(RequestError, match="cannot be run as amended") as refused:
        sespms_rules.compare(policy, str(tmp_path / "gap.sespms"))
    assert "SES214" in {each.code for each in refused.value.findings}
