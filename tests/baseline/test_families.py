"""Every sentence that an edition may quote has its order, and says it of itself."""

from __future__ import annotations

import importlib

import pytest

from baseline.holding import satisfies
from sespms_rules.baseline.families import FAMILIES, family_of
from sespms_rules.baseline.judging import ASKS_NOTHING
from sespms_rules.syntax.nodes import Sentence
from sespms_rules.syntax.words import PartKind

MODULES = ("baselines", "derivation", "elements", "planning", "proof", "requirements", "steps", "system", "uses")
ORDERS = {
    "number", "threshold", "moment", "time given", "duty list", "option list", "same", "present", "plans", "function",
}  # fmt: skip
NOT_QUOTED = {
    PartKind.BASELINE, PartKind.OVERLAY, PartKind.AMENDMENT, PartKind.REQUIREMENT, PartKind.SCENARIO, PartKind.LIST,
    PartKind.TABLE, PartKind.GUARANTEES,
}  # fmt: skip
"""The parts whose sentences the grammar lets no requirement quote."""


def _classes() -> list[type[Sentence]]:
    modules = (importlib.import_module(f"sespms_rules.syntax.{name}") for name in MODULES)
    found = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return sorted(
        (each for each in found if issubclass(each, Sentence) and each is not Sentence),
        key=lambda each: each.__name__,
    )


QUOTED = [each for each in _classes() if set(each.under) - NOT_QUOTED]


def test_every_sentence_has_one_of_the_ten_orders() -> None:
    assert {each.__name__: each.strictness for each in _classes() if each.strictness not in ORDERS} == {}


def test_every_sentence_that_may_be_quoted_is_compared_and_no_other() -> None:
    assert len(QUOTED) > 90
    assert sorted(each.__name__ for each in QUOTED if each not in FAMILIES) == []
    assert sorted(each.__name__ for each in FAMILIES if each not in QUOTED) == []


def test_a_sentence_of_another_part_is_not_compared() -> None:
    for kind in ASKS_NOTHING:
        with pytest.raises(KeyError):
            family_of(kind)


EXAMPLES = [
    (part.value, example)
    for each in QUOTED
    for part in each.under
    if part not in NOT_QUOTED
    for example in each.examples
    # Development says "is reviewed"; a value of each member needs further lines to stand.
    if not (part is PartKind.DEVELOPMENT and example.startswith("happens")) and " of each " not in example
]
NAMED = {"critical element", "noncritical element"}
AROUND = {
    "weights": "".join(f'critical element "{name}"\n' for name in ("Results Driven", "One", "Two", "Three")),
    "summary rating": 'critical element "Leading People"\n\ncritical element "Stewardship"\n',
}
WEIGHTS_BESIDE = ("total 100", "are whole numbers")


@pytest.mark.parametrize(("part", "example"), EXAMPLES, ids=[f"{part}: {line[:40]}" for part, line in EXAMPLES])
def test_every_sentence_satisfies_itself(part: str, example: str) -> None:
    heading = f'{part} "Leading People"' if part in NAMED else part
    beside = tuple(line for line in WEIGHTS_BESIDE if line != example) if part == "weights" else ()
    assert satisfies(heading, (example, *beside), example, AROUND.get(part, "")) is True
