"""What an appraisal says of the executive or the unit -> the numbers that formulas read, or why they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import replace
from sespms_rules.program.arithmetic import Exact, lean
from sespms_rules.program.facts import limits_that_hold, with_numbers
from sespms_rules.program.ir import Fact, LimitWhen, Program, Stage
from sespms_rules.program.rating import Appraisal, Refusal
from sespms_rules.program.wording import fact_values

AdmittedFacts = tuple[tuple[str, Exact], ...]


def admitted_facts(program: Program, appraisal: Appraisal) -> tuple[AdmittedFacts, tuple[Refusal, ...]]:
    """The number of each fact of a program in its order, none where one is not usable; and all refusals (621)."""
    if not (program.facts or appraisal.facts):
        return (), ()
    given = dict(appraisal.facts)
    read = ((fact.name, fact.number(given[fact.name]) if fact.name in given else None) for fact in program.facts)
    numbers = tuple((name, lean(number)) for name, number in read if number is not None)
    usable = len(numbers) == len(program.facts)
    return numbers if usable else (), tuple(_refusals(program, appraisal))


def limits_for(stage: Stage, facts: AdmittedFacts) -> Stage:
    """The stage with the limits on plans that hold of those of whom these facts are known; of nobody where none are."""
    if not any(isinstance(limit, LimitWhen) for limit in stage.limits):
        return stage
    if not facts:
        return replace(stage, limits=tuple(each for each in stage.limits if not isinstance(each, LimitWhen)))
    numbers = {name: Fraction(number) for name, number in facts}
    return replace(stage, limits=limits_that_hold(with_numbers(stage.limits, numbers)))


def _refusals(program: Program, appraisal: Appraisal) -> Iterator[Refusal]:
    """Report facts that are missing, unknown, given twice or none of what they can be."""
    declared = {fact.name: fact for fact in program.facts}
    met: set[str] = set()
    for name, value in appraisal.facts:
        fact = declared.get(name)
        if fact is None:
            help = did_you_mean(nearest_name(name, declared), f"leave `{name}` out")
            yield RefusalKind.FACT.because(
                f"the appraisal gives `{name}`, which the policy does not declare", help, about=name
            )
        elif name in met:
            text = f"the appraisal gives `{name}` more than once"
            yield RefusalKind.FACT.because(text, f"keep one `{name}`", about=name, origin=fact.origin)
        elif fact.number(value) is None:
            yield _impossible(fact, value)
        met.add(name)
    for name, fact in declared.items():
        if name not in met:
            text = f"the appraisal does not say what `{name}` is"
            help = f"give `{name}`: {fact_values(fact)}"
            yield RefusalKind.FACT.because(text, help, about=name, origin=fact.origin)


def _impossible(fact: Fact, value: Fraction | str) -> Refusal:
    shown = value if isinstance(value, str) else exact(value)
    near = nearest_name(value, fact.words) if isinstance(value, str) and fact.words else None
    if isinstance(value, str) and sum(word.casefold() in value.casefold() for word in fact.words) > 1:
        near = None  # it says several of them, and which one holds only the office knows
    text = f"`{fact.name}` is `{shown}`, which is not {fact_values(fact)}"
    help = did_you_mean(near, f"give `{fact.name}` as {fact_values(fact)}")
    return RefusalKind.FACT.because(text, help, about=fact.name, origin=fact.origin)
