"""What the maker of a synthetic roster asks for beyond its levels, checked against the policy."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.by_trial import Plan
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.spelling import backticked, did_you_mean, listed, nearest_name
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.ir import Further, Program, Stage
from sespms_rules.program.plans import WeightBox
from sespms_rules.program.wording import fact_values
from sespms_rules.rosters.files import NumberFault, read_number


class CohortError(Exception):
    """No roster can be made for a policy: `message` says why, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Asked(Frozen):
    """What holds for everyone: weights of elements, additional ratings and facts by name; the units to part people in.

    A fact is given as it is written in a roster. `appointments` are those to part people in; nothing: all are career.
    """

    weights: tuple[tuple[str, Fraction], ...] = field(default=())
    additional: tuple[tuple[str, Fraction], ...] = field(default=())
    units: tuple[str, ...] = field(default=())
    facts: tuple[tuple[str, str], ...] = field(default=())
    appointments: tuple[str, ...] = field(default=())

    def check(self, program: Program) -> None:
        """Raise CohortError for a name that the policy does not have, or a value beyond its range."""
        elements = [each.name for each in program.summary.members]
        for name, _ in self.weights:
            if name not in elements:
                raise CohortError(f"`{program.name}` names no element `{name}`", _instead(name, elements))
        if self.weights and not program.summary.weighted:
            raise CohortError(f"`{program.name}` reads no weights of elements", "leave `--weight` out")
        self.known(program)
        for appointment in self.appointments:
            if program.appointments and appointment not in program.appointments:
                says = f"`{program.name}` is not for {appointment} executives"
                raise CohortError(says, f"it covers {listed(program.appointments)} executives")
        declared = list(_additional(program.summary))
        for name, value in self.additional:
            mine = [each for each in declared if each.name == name]
            if not mine:
                known = [each.name for each in declared]
                raise CohortError(f"`{program.name}` has no additional rating `{name}`", _instead(name, known))
            for each in mine:
                if not each.admits(value):
                    ends = f"`{exact(each.low)}` to `{exact(each.high)}`"
                    ends += "" if each.step is None else f" in steps of `{exact(each.step)}`"
                    raise CohortError(f"`{name}` cannot be `{exact(value)}`", f"give it from {ends}")

    def known(self, program: Program) -> dict[str, Fraction | str]:
        """What is asked of facts, as appraisals give it. Raises CohortError for what a fact cannot be."""
        facts = {fact.name: fact for fact in program.facts}
        found: dict[str, Fraction | str] = {}
        for name, text in self.facts:
            if name not in facts:
                raise CohortError(f"`{program.name}` declares no fact `{name}`", _instead(name, list(facts)))
            read = text if facts[name].words else read_number(text)
            if isinstance(read, NumberFault) or facts[name].number(read) is None:
                says = f"`{name}` cannot be `{text}`"
                raise CohortError(says, f"it is {fact_values(facts[name])}")
            found[name] = read
        return found

    def impossible(self, program: Program) -> CohortError:
        """What is raised where no plan comes out of it."""
        if self.weights:
            said = ", ".join(f"`{name}` weight `{exact(weight)}`" for name, weight in self.weights)
            return CohortError(
                f"no plan that `{program.name}` allows has {said}", "ask for other weights, or leave some to chance"
            )
        return CohortError(
            f"no plan could be made that `{program.name}` allows",
            "see that the policy states what the weights of elements total, and that its limits leave room",
        )


NOTHING_ASKED = Asked()


def with_asked_weights(plan: Plan, asked: tuple[tuple[str, Fraction], ...]) -> Plan:
    """A plan whose elements have the weights asked for; its own limits stay, so that no plan may be left."""
    weights = dict(asked)
    seats = tuple(
        replace(seat, box=_narrowed(seat.box, weights[seat.name])) if seat.name in weights else seat
        for seat in plan.seats
    )
    return replace(plan, seats=seats)


def _narrowed(box: WeightBox, weight: Fraction) -> WeightBox:
    high = weight if box.high is None else min(box.high, weight)
    return replace(box, low=max(box.low, weight), high=high)


def _additional(stage: Stage) -> Iterator[Further]:
    yield from stage.further
    for member in stage.members:
        if member.stage is not None:
            yield from _additional(member.stage)


def _instead(name: str, known: list[str]) -> str:
    return did_you_mean(nearest_name(name, known), f"it has {backticked(known, 'and')}" if known else "leave it out")
