"""Figures of a policy at other values -> the amendment that says so, and what it does to a roster.

Nothing is tried that could not be written: the values become an amendment, and it is the amended text that is judged
and that the roster is rated by.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.resolution import Library
from sespms_rules.program.ir import Program
from sespms_rules.studies.impact import Impact, Roster, Variant, as_it_is, assess, distribution_in_law, variant_of
from sespms_rules.studies.sweep import Figure, Setting, Titled, figures_of, proposed, setting_text


class WhatIf(Frozen):
    """What comes of other values: the amendment's text (None where nothing was changed), its findings, the impact.

    `impact` is None without a roster, and where the text with these values has errors.
    """

    text: str | None
    findings: tuple[Diagnostic, ...]
    impact: Impact | None


def what_if(
    system: System,
    program: Program,
    values: Mapping[str, Setting],
    titled: Titled,
    roster: Roster | None,
    law: Library,
    beside: tuple[Variant, ...] = (),
) -> WhatIf:
    """Try figures of a program, named as `figures_of` names them, at other values; those left out stay as they are.

    `beside` are variants that the impact sets beside it. Raises RequestError for values that no sentence of the policy
    could be changed to and for a name that stands beside it already, and what `assess` raises.
    """
    figures = figures_of(program)
    settings = [values.get(each.name, each.now) for each in figures]
    in_law = partial(distribution_in_law, law=law, as_of=None)
    base = as_it_is(system, program)
    if settings == [each.now for each in figures]:
        impact = assess(base, beside, roster, in_law) if roster is not None else None
        return WhatIf(None, (), impact)
    made = proposed(system, program, figures, settings, titled)
    if made.text is None:
        raise RequestError(_unwritable(figures, settings))
    if made.refused or roster is None or made.amendment is None or made.made is None:
        return WhatIf(made.text, made.findings, None)
    if any(each.name == titled.name for each in beside):
        raise RequestError(f"an amendment `{titled.name}` stands beside this one; give this one another name")
    variants = (variant_of(titled.name, made.made, (made.amendment,)), *beside)
    return WhatIf(made.text, made.findings, assess(base, variants, roster, in_law))


def _unwritable(figures: tuple[Figure, ...], settings: list[Setting]) -> str:
    changed = [
        f"`{each.name}` to `{setting_text(value)}`"
        for each, value in zip(figures, settings, strict=True)
        if value != each.now
    ]
    return (
        f"no amendment that sets {' and '.join(changed)} could be written: no one sentence of the policy says the "
        "figure; change the text itself in Write"
    )
