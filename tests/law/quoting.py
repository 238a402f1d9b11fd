"""Every sentence that an edition may quote: its class, its parts, its examples, and what must stand around it."""

from __future__ import annotations

import importlib

from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.words import PartKind

MODULES = ("baselines", "derivation", "elements", "planning", "proof", "requirements", "steps", "system", "uses")
NOT_QUOTED = {
    PartKind.BASELINE, PartKind.OVERLAY, PartKind.AMENDMENT, PartKind.REQUIREMENT, PartKind.SCENARIO, PartKind.LIST,
    PartKind.TABLE, PartKind.GUARANTEES,
}  # fmt: skip
"""The parts whose sentences the grammar lets no requirement quote."""


def classes() -> list[type[Sentence]]:
    modules = (importlib.import_module(f"sespms_rules.language.syntax.{name}") for name in MODULES)
    found = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return sorted(
        (each for each in found if issubclass(each, Sentence) and each is not Sentence),
        key=lambda each: each.__name__,
    )


QUOTED = [each for each in classes() if set(each.under) - NOT_QUOTED]

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
    "awards and pay": "\n".join(f'table "{name}"\n  level 5 gives 20\n' for name in ("Award", "One")),
}
WEIGHTS_BESIDE = ("total 100", "are whole numbers")
