"""An appraisal and its rating -> a `scenario` ready to paste into the policy, expecting what the policy gives now."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.foundation.origin import exact
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating

_NONCRITICAL = "noncritical element "


def scenario_of(
    name: str, appraisal: Appraisal, rating: Rating, program: Program, values: tuple[str, ...] = ()
) -> str | None:
    """The scenario as text for the policy of a program; None where a number in it has no end as a decimal.

    `values` are names of values that it expects as well, where they are numbers that can be written.
    """
    if not all(_writable(each) for each in appraisal.elements):
        return None
    named = {each.name for each in program.summary.members}
    own = frozenset(each.name for each in appraisal.elements if not each.critical and each.name not in named)
    lines = [
        f'scenario "{_quoted(name)}"',
        *_known(appraisal),
        *_rated(appraisal.elements, own),
        *_values(rating, values),
        *_expected(rating),
    ]
    return "\n".join(lines)


def _known(appraisal: Appraisal) -> Iterator[str]:
    for name, value in appraisal.facts:
        yield f'  "{name}" is "{value}"' if isinstance(value, str) else f'  "{name}" is {exact(value)}'


def _writable(one: Rated) -> bool:
    numbers = (one.rating, one.weight, *(value for _, value in one.further))
    decimal = all(each is None or "/" not in exact(each) for each in numbers)
    return decimal and all(_writable(each) for each in one.requirements)


def _rated(elements: tuple[Rated, ...], noncritical: frozenset[str]) -> Iterator[str]:
    """A line for each element and requirement; `noncritical` are those that the plan itself calls so."""
    plain = [each for each in elements if not each.requirements]
    heads = {each.name: f'{_NONCRITICAL if each.name in noncritical else ""}"{each.name}"' for each in plain}
    wide = max(map(len, heads.values()), default=0)
    heavy = max((len(_weight(each)) for each in plain), default=0)
    for each in elements:
        if each.requirements and each.weight is not None:
            yield f'  "{each.name}"{_weight(each)}'
        if not each.requirements:
            yield f"  {heads[each.name]:<{wide}}{_weight(each):<{heavy}}  {_mark(each)}"
        for inner in each.requirements:
            yield f'  requirement "{inner.name}" of "{each.name}"{_weight(inner)}  {_mark(inner)}'


def _weight(one: Rated) -> str:
    return "" if one.weight is None else f"  weight {exact(one.weight)}"


def _mark(one: Rated) -> str:
    if one.rating is None:
        return "not rated"
    further = " and ".join(f'"{name}" {exact(value)}' for name, value in one.further)
    return f"rated {exact(one.rating)}" + (f" with {further}" if further else "")


def _values(rating: Rating, names: tuple[str, ...]) -> Iterator[str]:
    if rating.outcome is not Outcome.REFUSED:
        found = dict(rating.values)
        for name in names:
            value = found.get(name)
            if isinstance(value, Fraction) and "/" not in exact(value):
                yield f'  expect "{name}" {exact(value)}'


def _expected(rating: Rating) -> Iterator[str]:
    if rating.outcome is Outcome.REFUSED:
        yield from (f"  expect refused {code}" for code in dict.fromkeys(each.code for each in rating.refused))
        return
    if isinstance(rating.score, Fraction) and "/" not in exact(rating.score):
        yield f"  expect score {exact(rating.score)}"
    if rating.outcome is Outcome.NOT_RATED:
        yield "  expect not rated"
    elif rating.level is not None:
        yield f"  expect level {rating.level}"


def _quoted(name: str) -> str:
    """A name that may stand between quotes."""
    return name.replace('"', "'")
