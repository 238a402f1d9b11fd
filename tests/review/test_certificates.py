"""Certificates: accepted by a script that knows nothing of the program, and only where what they claim is so."""

from __future__ import annotations

import ast
import itertools
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import sespms_rules.proofs.certificates.check_certificate as checker
from prove.test_against_brute_force import breaking, drawn, rated
from sespms_rules.program.ir import Program
from sespms_rules.proofs.certificates import NEVER_LOWERED, ONE_LEVEL, NoCertificateError, certificate_of, refusal
from sespms_rules.proofs.solver import ExactlyOneLevel, NeverLowered, Property
from systems import program_of

CLAIMS = (ONE_LEVEL, NEVER_LOWERED)
SCRIPT = Path(checker.__file__)
OPM = "agencies/opm_basic.sespms"


def _certificate(claim: str = NEVER_LOWERED) -> Any:
    return json.loads(json.dumps(certificate_of(program_of(OPM), claim)))


# ---- the script by itself ----------------------------------------------------------------------------


def test_the_script_runs_alone_on_python_alone(tmp_path: Path) -> None:
    for claim in CLAIMS:
        (tmp_path / f"{claim[:5]}.json").write_text(json.dumps(_certificate(claim)), encoding="utf-8")
    (tmp_path / "bad.json").write_text("[" * 100_000, encoding="utf-8")
    alone = tmp_path / "check_certificate.py"
    alone.write_bytes(SCRIPT.read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-S", alone, *sorted(tmp_path.glob("*.json"))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert [line.split(": ", 1)[1] for line in done.stdout.splitlines()] == [
        "accepted: a better rating never lowers the result",
        "refused: it is no certificate of this kind, or a part of it is missing or is none",
        "accepted: every appraisal gets exactly one level",
    ]


def test_the_script_imports_nothing_of_ours_and_is_short() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for each in ast.walk(tree)
        if isinstance(each, ast.Import | ast.ImportFrom)
        for name in ([each.module or ""] if isinstance(each, ast.ImportFrom) else [one.name for one in each.names])
    }
    assert imported <= sys.stdlib_module_names
    body = SCRIPT.read_text(encoding="utf-8").split('"""', 2)[2]
    assert sum(bool(line.strip()) for line in body.splitlines()) <= 200


# ---- tampering ---------------------------------------------------------------------------------------


def _set(*path: Any) -> Callable[[Any], None]:
    *way, last, value = path

    def change(held: Any) -> None:
        for each in way:
            held = held[each]
        held[last] = value

    return change


AT_5 = {"kind": "every", "of": "element", "test": ["at", 5], "low": None, "high": None}
FIRST_ELEMENT = ("figures", "plans", 0, "elements", "Leading Change")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(_set("claim", "every rating is fair"), "not shown in this way", id="another claim"),
        pytest.param(_set("schema", "sespms-certificate/2"), "of another kind", id="another schema"),
        pytest.param(_set("extra", 1), "of another kind", id="more than there should be"),
        pytest.param(lambda held: held.pop("argument"), "another kind", id="no argument"),
        pytest.param(_set("argument", []), "does not argue for each plan", id="a plan left out of the argument"),
        pytest.param(_set("figures", "plans", []), "speaks of no plan", id="no plan"),
        pytest.param(_set("figures", "reads", "last"), "lines are read", id="another hit policy"),
        pytest.param(lambda held: held["argument"][0].pop(1), "a gap or overlap", id="a piece taken out"),
        pytest.param(lambda held: held["argument"][0].pop(0), "do not begin with the lowest", id="the first taken out"),
        pytest.param(lambda held: held["argument"][0].pop(), "do not end with the highest", id="the last taken out"),
        pytest.param(lambda held: held["argument"][0].reverse(), "do not begin", id="pieces in another order"),
        pytest.param(_set("argument", 0, 1, 4, 0), "does not hold all scores", id="another line for a piece"),
        pytest.param(_set("argument", 0, 1, 4, 9), "there is no line 9", id="a line that is none"),
        pytest.param(_set("argument", 0, 1, 4, True), "there is no line True", id="a line that is a truth"),
        pytest.param(_set("argument", 0, 1, 0, "301"), "a gap or overlap", id="a piece that begins later"),
        pytest.param(_set("argument", 0, 1, 1, "yes"), "does not say where it ends", id="an end that is a word"),
        pytest.param(_set("figures", "lines", 1, "band", 0, "401"), "does not hold all scores", id="a cut moved"),
        pytest.param(_set("figures", "lines", 1, "band", 2, "480"), "line 1 holds too", id="a band that overlaps"),
        pytest.param(_set("figures", "lines", 2, "level", 5), "is given a lower level", id="a level of a line"),
        pytest.param(_set("figures", "weights", "whole", False), "a gap or overlap", id="weights that are not whole"),
        pytest.param(_set("figures", "weights", "total", "200"), "do not begin", id="another total"),
        pytest.param(_set("figures", "weights", None), "has no weight", id="no weights"),
        pytest.param(_set("figures", "points", "5", "6"), "do not end with the highest", id="points of a level"),
        pytest.param(_set("figures", "points", "3", "1"), "do not|fall", id="points that fall"),
        pytest.param(_set("figures", "points", "5", 5), "not written as text", id="a number that is no text"),
        pytest.param(_set("figures", "overrides", []), "do not begin", id="no override"),
        pytest.param(_set("figures", "overrides", 0, "level", 3), "an override ends", id="an override's level"),
        pytest.param(_set("figures", "overrides", 0, "when", "test", ["at", 2]), "between others|begin", id="its test"),
        pytest.param(_set("figures", "overrides", 0, "when", "of", "nobody"), "names no elements", id="whom it asks"),
        pytest.param(_set(*FIRST_ELEMENT, "weighted", "-1"), "do not begin", id="an element counts against"),
        pytest.param(_set(*FIRST_ELEMENT, "by_itself", "1/3"), "do not|a gap", id="an element counts twice"),
        pytest.param(_set(*FIRST_ELEMENT, "levels", [5, 1]), "not in order", id="levels out of order"),
        pytest.param(_set(*FIRST_ELEMENT, "critical", False), "do not begin", id="no longer critical"),
        pytest.param(_set("figures", "plans", 0, "constant", "10"), "do not begin", id="something added"),
        pytest.param(
            _set("figures", "caps", [{"level": 3, "when": AT_5}]), "brings a cap about", id="a cap that begins"
        ),
    ],
)
def test_a_tampered_certificate_is_refused(change: Callable[[Any], None], says: str) -> None:
    held = _certificate()
    assert refusal(held) is None
    change(held)
    why = refusal(held)
    assert why is not None
    assert any(each in why for each in says.split("|")), why


@pytest.mark.parametrize("held", [None, [], {}, "x", 1, {"figures": {"plans": 3}}])
def test_what_is_no_certificate_is_refused(held: Any) -> None:
    assert refusal(held) is not None


# ---- what is accepted is so --------------------------------------------------------------------------


def _ratings(figures: Any, plan: Any) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], int | None]]:
    """Every appraisal under small whole weights by a reading of the figures of its own, with its level."""
    names = list(plan["elements"])
    total = int(figures["weights"]["total"])
    plans = (each for each in itertools.product(range(1, total + 1), repeat=len(names)) if sum(each) == total)
    for weights in plans:
        for levels in itertools.product(*(plan["elements"][each]["levels"] for each in names)):
            yield (
                weights,
                levels,
                level_of(figures, plan, dict(zip(names, zip(weights, levels, strict=True), strict=True))),
            )


def score_of(figures: Any, plan: Any, rated: dict[str, tuple[int, int]]) -> Fraction:
    """The score of ratings by a reading of the figures of its own; each element with its weight and level."""
    score = Fraction(plan["constant"])
    for name, (weight, level) in rated.items():
        each = plan["elements"][name]
        factor = Fraction(each["by_itself"]) + Fraction(each["weighted"]) * weight
        score += Fraction(figures["points"][str(level)]) * factor
    return score


def level_of(figures: Any, plan: Any, rated: dict[str, tuple[int, int]]) -> int | None:
    """The level of ratings by the same reading; None where no line, or more than one, gives one."""
    over = [each["level"] for each in figures["overrides"] if _fits(each["when"], plan, rated)]
    score = score_of(figures, plan, rated)
    fitting = [each["level"] for each in figures["lines"] if _in(each["band"], score)]
    given = min(over) if over else None
    if given is None and fitting and (figures["reads"] == "first" or len(fitting) == 1):
        given = fitting[0]
    caps = [each["level"] for each in figures["caps"] if _fits(each["when"], plan, rated)]
    return None if given is None else min([given, *caps])


def _in(band: Any, score: Fraction) -> bool:
    low, low_in, high, high_in = band
    above = low is None or score > Fraction(low) or (low_in and score == Fraction(low))
    return bool(above and (high is None or score < Fraction(high) or (high_in and score == Fraction(high))))


def _fits(when: Any, plan: Any, rated: dict[str, tuple[int, int]]) -> bool:
    asked = [
        level
        for name, (_, level) in rated.items()
        if (name in when["of"] if isinstance(when["of"], list) else plan["elements"][name]["critical"])
    ]
    kind, mark = when["test"]
    count = 0
    for each in asked:
        count += bool({"at": each == mark, "below": each < mark, "at or better": each >= mark}[kind])
    if when["kind"] == "every":
        return count == len(asked)
    if when["kind"] == "majority":
        return 2 * count > len(asked)
    return bool((when["low"] is None or count >= when["low"]) and (when["high"] is None or count <= when["high"]))


def _is_so(figures: Any, claim: str) -> bool:
    for plan in figures["plans"]:
        found = {(weights, levels): level for weights, levels, level in _ratings(figures, plan)}
        if claim == ONE_LEVEL and None in found.values():
            return False
        for (weights, levels), level in found.items():
            for place, each in enumerate(levels) if claim == NEVER_LOWERED else ():
                higher = [one for one in plan["elements"]["AB"[place]]["levels"] if one > each]
                for one in higher[:1]:
                    other = found[weights, (*levels[:place], one, *levels[place + 1 :])]
                    if level is not None and other is not None and other < level:
                        return False
    return True


def drawn_figures(draw: random.Random) -> Any:
    """Figures of two elements on three levels, with a total of 4, now and then of a system that is sound."""
    high, low = sorted((draw.randint(5, 12), draw.randint(4, 11)), reverse=True)
    bands = [
        [str(high), True, draw.choice(("12", "12", "11")), True],
        [str(low), True, str(high - draw.choice((1, 1, 1, 0))), True],
        [draw.choice(("4", "4", "8", "5")), True, str(low - 1), True],
    ]
    levels = draw.choice(((3, 2, 1), (3, 2, 1), (3, 1, 2)))
    return {
        "plans": [{"constant": "0", "elements": {name: _drawn_element(draw) for name in "AB"}}],
        "points": {"1": "1", "2": draw.choice(("2", "2", "2", "5/2", "1/2")), "3": "3"},
        "weights": {"total": "4", "whole": True},
        "reads": draw.choice(("first", "unique")),
        "overrides": [_drawn_when(draw, (1, 1, 2, 3)) for _ in range(draw.choice((0, 1, 1, 2)))],
        "caps": [_drawn_when(draw, (1, 2)) for _ in range(draw.choice((0, 0, 0, 1)))],
        "lines": [{"level": level, "band": band} for level, band in zip(levels, bands, strict=True)],
    }


def _drawn_element(draw: random.Random) -> Any:
    by_itself = draw.choice(("0", "0", "0", "1", "-1"))
    return {"critical": draw.random() < 0.8, "levels": [1, 2, 3], "by_itself": by_itself, "weighted": "1"}


def _drawn_when(draw: random.Random, levels: tuple[int, ...]) -> Any:
    kind, low, high = draw.choice(
        (
            ("number", draw.choice((1, 1, 2)), None),
            ("number", 1, None),
            ("number", None, draw.choice((0, 1))),
            ("every", None, None),
            ("majority", None, None),
        )
    )
    of: object = draw.choice(("critical element", ["A"]))
    test = draw.choice(
        (["at", 1], ["below", 2], [draw.choice(("at", "below", "at or better")), draw.choice((1, 2, 3))])
    )
    return {"level": draw.choice(levels), "when": {"kind": kind, "of": of, "test": test, "low": low, "high": high}}


def test_no_figures_are_accepted_whose_claim_is_not_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import sespms_rules.proofs.certificates.making as making

    draw = random.Random(20261129)
    accepted = dict.fromkeys(CLAIMS, 0)
    for _ in range(500):
        figures = drawn_figures(draw)
        monkeypatch.setattr(making, "figures_of", lambda _, figures=figures: figures)
        for claim in CLAIMS:
            try:
                certificate_of(program_of(OPM), claim)
            except NoCertificateError:
                continue
            accepted[claim] += 1
            assert _is_so(figures, claim), (claim, figures)
    assert min(accepted.values()) > 8, accepted


PROPERTIES: dict[str, Property] = {ONE_LEVEL: ExactlyOneLevel(), NEVER_LOWERED: NeverLowered()}


def test_a_certificate_of_a_program_is_borne_out_by_every_appraisal() -> None:
    made = 0
    for seed in range(60):
        program = drawn(seed)
        for claim in CLAIMS:
            if _has(program, claim):
                made += 1
                assert not list(breaking(rated(program), PROPERTIES[claim])), (seed, claim)
    assert made > 8


def _has(program: Program, claim: str) -> bool:
    try:
        certificate_of(program, claim)
    except NoCertificateError:
        return False
    return True
