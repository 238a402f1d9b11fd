"""The reference made quick for one program: what it says, said many times over.

A stage is written down once as a function of Python for each shape of plans (`stage_text.py`), and what one element
says is admitted once (`once_admitted.py`). Wherever either has no answer, `engine.py` is asked, which interprets the
program and says why: it defines what a program means, and this module must agree with it in everything.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case
from sespms_rules.engines.reference.formula_text import NotWritten, PlansAlike
from sespms_rules.engines.reference.once_admitted import Admitted, Cast, OnceAdmitted, Refusals
from sespms_rules.engines.reference.refused_alike import Readings, refused_alike
from sespms_rules.engines.reference.stage_text import Found, Odd, Written, is_there, written
from sespms_rules.foundation.values import maker
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Asked, Outcome, Rated, Rating, Step, Value

NO_ANSWER = (Odd, AttributeError, KeyError, ZeroDivisionError, ValueError)
"""What the text raises where the interpreting reference has to be asked."""

_made = maker(Rating)
_RATED, _NOT_RATED = Outcome.RATED, Outcome.NOT_RATED
_MOST_SHAPES = 256
_MOST_NUMBERS = 65_536


class CompiledReference:
    """The reference for one program, ready to rate many appraisals; `asked_the_interpreter` counts those it did not.

    `quick` is False for a program that is interpreted, always.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.asked_the_interpreter = 0
        self._admits = OnceAdmitted(program)
        self._terms = dict(program.terms)
        self._written: dict[tuple[object, ...], Written | None] = {}
        self._numbers: dict[Exact, Fraction] = {}
        inner = (each.stage for each in program.summary.members if each.stage is not None)
        self.quick = not any(stage.questions for stage in inner)

    def text(self, shape: PlansAlike) -> str:
        """The text that rates plans of a shape; empty where they are interpreted."""
        found = self._written_for(shape)
        return "" if found is None else found.text

    def rate(self, appraisal: Appraisal, *, trace: bool = False) -> Rating:
        """Rate one appraisal, exactly as `reference.rate` does; never raises for a fault of the appraisal."""
        plain = self._admits.plain if self.quick else None
        if plain is not None and not appraisal.facts:
            admitted = plain.admitted(appraisal.elements)
        else:
            admitted = self.admitted(appraisal)
        if type(admitted) is Admitted:
            cast = admitted.cast
            try:
                found = self._derived(admitted) if cast.derive is None else cast.derive(admitted.seen, admitted.facts)
            except NO_ANSWER:
                found = None
            if found is not None:
                told = None
                if trace:
                    told = self._told(admitted, found) if cast.tell is None else cast.tell(admitted, found)
                return self._rating(appraisal, cast, found, told)
        return self.rate_admitted(appraisal, admitted, trace=trace)

    def level(self, appraisal: Appraisal) -> int | None:
        """The level that `rate` gives, told by itself, for those who rate many to find one."""
        return self.level_of(appraisal.elements, appraisal.facts)

    def level_of(self, elements: tuple[Rated, ...], facts: tuple[tuple[str, Fraction | str], ...] = ()) -> int | None:
        """The level of an appraisal with these elements and facts."""
        plain = self._admits.plain if self.quick and not facts else None
        admitted = self.admitted(Appraisal("", elements, facts=facts)) if plain is None else plain.admitted(elements)
        if type(admitted) is Admitted:
            derive = admitted.cast.derive
            try:
                found = self._derived(admitted) if derive is None else derive(admitted.seen, admitted.facts)
            except NO_ANSWER:
                found = None
            if found is not None:
                return found[2]
        return self.rate_admitted(Appraisal("", elements, facts=facts), admitted).level

    def admitted(self, appraisal: Appraisal) -> Admitted | Refusals | None:
        """Admit an appraisal, or say why it is refused; None where the interpreting admission has to be asked."""
        return self._admits.admitted(appraisal) if self.quick else None

    def refused_alike(self, readings: Readings) -> list[Refusals | None]:
        """Why many appraisals are refused, where elements refuse them by themselves alone; None elsewhere."""
        plain = self._admits.plain if self.quick else None
        if plain is None:
            return [None] * (len(readings[0][1]) if readings else 0)
        return refused_alike(plain, readings)

    def admit(self, appraisal: Appraisal, admitted: Admitted | Refusals | None) -> Case | Refusals:
        """What `admission.admit` gives, where `admitted` is what `self.admitted` gave."""
        if admitted is None:
            return admit(self.program, appraisal)
        return admitted.case(self.program.summary) if isinstance(admitted, Admitted) else admitted

    def rate_admitted(
        self,
        appraisal: Appraisal,
        admitted: Admitted | Refusals | None,
        case: Case | Refusals | None = None,
        *,
        trace: bool = False,
    ) -> Rating:
        """Rate an appraisal of which `admitted` gave this; `case` is what `admit` gave, where that is known."""
        if isinstance(admitted, tuple):
            return reference.rate(self.program, appraisal, trace=trace, admitted=admitted)
        found = self._derived(admitted) if admitted is not None else None
        if admitted is None or found is None:
            self.asked_the_interpreter += 1
            return reference.rate(self.program, appraisal, trace=trace, admitted=case)
        return self._rating(appraisal, admitted.cast, found, self._told(admitted, found) if trace else None)

    def _told(self, admitted: Admitted, found: Found) -> Step:
        """The trace of what was found."""
        cast = admitted.cast
        if cast.tell is None:
            from sespms_rules.engines.reference.told_pieces import ToldPieces  # only who wants it told waits for it

            cast.tell = ToldPieces(self.program, cast).trace
        return cast.tell(admitted, found)

    def _written_for(self, shape: PlansAlike) -> Written | None:
        key = (shape.names, shape.critical)
        if key not in self._written:
            if len(self._written) >= _MOST_SHAPES:
                self._written.clear()
            try:
                self._written[key] = written(self.program, shape)
            except NotWritten:
                self._written[key] = None
        return self._written[key]

    def _derived(self, admitted: Admitted) -> Found | None:
        """What the text gives for an appraisal; None where it has no answer."""
        cast = admitted.cast
        if cast.written is None:
            cast.written = self._written_for(cast.shape)
            cast.asked = self._always_asked(cast.shape)
            if cast.written is None:
                self.quick = False  # a program is written for plans of every shape, or for none
                return None
            cast.derive = cast.written.derive
        try:
            return cast.written.derive(admitted.seen, admitted.facts)
        except NO_ANSWER:
            return None

    def _always_asked(self, shape: PlansAlike) -> tuple[Asked, ...]:
        """The questions that are asked of everyone with such a plan; others the interpreting reference tells."""
        questions = self.program.questions
        return tuple(Asked.of(each) for each in questions if each.condition is None and is_there(each, shape))

    def _rating(self, appraisal: Appraisal, cast: Cast, found: Found, told: Step | None) -> Rating:
        rated, score, level, _, _, _, worked_out = found
        values: tuple[tuple[str, Value], ...] = ()
        reported = values
        if worked_out:
            assert cast.written is not None  # noqa: S101 - it gave what was found
            names = cast.written.values
            values = tuple(
                [(name, self._value(each)) for name, each in zip(names, worked_out, strict=True) if each is not None]
            )
            known = dict(values)
            reported = tuple([(name, known[name]) for name in self.program.summary.reported if name in known])
        if score is not None:
            score = self._numbers.get(score) or self._number(score)
        return _made(
            appraisal.id,
            _RATED if rated else _NOT_RATED,
            score,
            level,
            None if level is None else self._terms.get(level),
            (),
            values,
            reported,
            told,
            reference.NAME,
            cast.asked,
        )

    def _value(self, value: Exact | str) -> Value:
        return value if isinstance(value, str) else self._number(value)

    def _number(self, number: Exact) -> Fraction:
        """A number as ratings hold it; the same few come again and again."""
        found = self._numbers.get(number)
        if found is None:
            if len(self._numbers) > _MOST_NUMBERS:
                self._numbers.clear()
            found = self._numbers[number] = Fraction(number)
        return found
