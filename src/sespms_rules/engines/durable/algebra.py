"""Lines of Python as an algebra (engines/lifted/algebra.py): the exact values of one appraisal at a time.

What the lifted evaluator says of a formula is written down once for a program, and run for each appraisal. Numbers are
Python's own, whole where they are whole; both branches of a choice are worked out, so nothing here ever raises.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from sespms_rules.engines.durable.listing import Line, Listing
from sespms_rules.engines.lifted.algebra import ValueAlgebra
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.arithmetic import Exact, lean
from sespms_rules.program.ir import Relation, Tie

Truth = Line | bool
"""Yes or no: a line, or known beforehand."""

BOTH, NOT, HAS_CODE = "{} and {}", "not {}", "{} != 0"
"""The templates by which a truth is taken apart again (engines/durable/comparisons.py)."""


class Codes(Frozen):
    """The code of a refusal, 0 for none; `possible` are the codes it may be."""

    number: Line | int
    possible: frozenset[int]


NONE = Codes(0, frozenset())


class Value(Frozen):
    """A number, or a word of a table; where `failed` has a code it means nothing. `word` says that it may be a word."""

    number: Line | Exact | str
    failed: Codes = field(default=NONE)
    word: bool = field(default=False)


class LineAlgebra(ValueAlgebra[Line, Codes, Value]):
    """Truths, codes and numbers as lines of `listing`; `words` are the codes of all tables."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.listing = Listing({"_rounded": _rounded, "_divided": _divided})
        self._words = words
        self._points: dict[frozenset[tuple[int, Fraction]], dict[int, Exact]] = {}

    def given(self, place: str) -> Line:
        """What is handed in at a place of the function's arguments, such as `members[2].level`."""
        return self.listing.line(place)

    # ---- truths ----------------------------------------------------------------------------------

    def both(self, left: Truth, right: Truth) -> Truth:
        """`and`."""
        if isinstance(left, bool):
            return right if left else False
        if isinstance(right, bool):
            return left if right else False
        return left if left is right else self.listing.line(BOTH, left, right)

    def either(self, left: Truth, right: Truth) -> Truth:
        """`or`."""
        if isinstance(left, bool):
            return True if left else right
        if isinstance(right, bool):
            return True if right else left
        return left if left is right else self.listing.line("{} or {}", left, right)

    def negated(self, truth: Truth) -> Truth:
        """`not`."""
        return not truth if isinstance(truth, bool) else self.listing.line(NOT, truth)

    def kept(self, truth: Truth) -> Truth:
        """A line is asked as often as one likes."""
        return truth

    # ---- codes -----------------------------------------------------------------------------------

    def always(self, code: int) -> Codes:
        """One number in the text."""
        return Codes(code, frozenset({code})) if code else NONE

    def where(self, truth: Truth, codes: Codes) -> Codes:
        """One choice."""
        if isinstance(truth, bool) or codes is NONE:
            return codes if truth else NONE
        return Codes(self.listing.line("{1} if {0} else 0", truth, codes.number), codes.possible)

    def beside(self, choices: Sequence[tuple[Truth, int]]) -> Codes:
        """Choice by choice."""
        found = NONE
        for truth, code in choices:
            found = self.first(found, self.code_where(truth, code))
        return found

    def first(self, one: Codes, other: Codes) -> Codes:
        """`or`, of numbers."""
        if isinstance(one.number, int):
            return one if one.number else other
        if other.number == 0 or one is other:
            return one
        return Codes(self.listing.line("{} or {}", one.number, other.number), one.possible | other.possible)

    def has(self, codes: Codes) -> Truth:
        """A comparison."""
        return codes.number != 0 if isinstance(codes.number, int) else self.listing.line(HAS_CODE, codes.number)

    def is_code(self, codes: Codes, code: int) -> Truth:
        """A comparison."""
        if isinstance(codes.number, int) or code not in codes.possible:
            return codes.number == code
        return self.listing.line("{} == {}", codes.number, code)

    def may_be(self, codes: Codes, code: int) -> bool:
        """By what is known of the line."""
        return code in codes.possible

    def kept_codes(self, codes: Codes) -> Codes:
        """A line is asked as often as one likes."""
        return codes

    # ---- numbers ---------------------------------------------------------------------------------

    def constant(self, number: Fraction | int, failed: Codes | None = None) -> Value:
        """One number, whole if it can be."""
        return Value(lean(number), NONE if failed is None else failed)

    def over(self, numerator: int, denominator: int) -> Value:
        """The same number: a fraction reduces itself."""
        return self.constant(Fraction(numerator, denominator))

    def word(self, place: int) -> Value:
        """The word itself."""
        return Value(self._words[place], NONE, word=True)

    def is_word(self, value: Value) -> bool:
        """By what is known of the line."""
        return value.word

    def failed(self, value: Value) -> Codes:
        """The line of its codes."""
        return value.failed

    def failing(self, value: Value, codes: Codes) -> Value:
        """The same line beside other codes."""
        return replace(value, failed=codes)

    def _made(self, template: str, work: Callable[..., Any], *operands: Any) -> Any:
        """The result now, where all operands are known beforehand; else a line."""
        if any(isinstance(each, Line) for each in operands):
            return self.listing.line(template, *operands)
        return work(*operands)

    def _of_two(self, template: str, work: Callable[..., Any], left: Value, right: Value) -> Value:
        return Value(self._made(template, work, left.number, right.number), self.first(left.failed, right.failed))

    def plus(self, left: Value, right: Value) -> Value:
        """`+`."""
        if left.number == 0 or right.number == 0:
            number = right.number if left.number == 0 else left.number
            return Value(number, self.first(left.failed, right.failed))
        return self._of_two("{} + {}", operator.add, left, right)

    def minus(self, left: Value, right: Value) -> Value:
        """`-`."""
        return self._of_two("{} - {}", operator.sub, left, right)

    def times(self, left: Value, right: Value) -> Value:
        """`*`."""
        return self._of_two("{} * {}", operator.mul, left, right)

    def quotient(self, left: Value, right: Value, zero: int) -> Value:
        """A division that gives 0 where there is none."""
        empty = self.compared(right, Relation.EQUAL, self.constant(0))
        failed = self.first(self.first(right.failed, left.failed), self.code_where(empty, zero))
        return Value(self._made("_divided({}, {})", _divided, left.number, right.number), failed)

    def rounded(self, value: Value, tie: Tie, per_one: int) -> Value:
        """By doubling."""
        number = self._made("_rounded({}, {}, {})", _rounded, value.number, tie, per_one)
        return Value(number, value.failed)

    def choose(self, truth: Truth, then: Value, otherwise: Value) -> Value:
        """A choice among results."""
        if isinstance(truth, bool):
            return then if truth else otherwise
        number, failed = then.number, then.failed
        if number is not otherwise.number:
            number = self.listing.line("{1} if {0} else {2}", truth, number, otherwise.number)
        if failed != otherwise.failed:
            line = self.listing.line("{1} if {0} else {2}", truth, failed.number, otherwise.failed.number)
            failed = Codes(line, failed.possible | otherwise.failed.possible)
        return Value(number, failed, then.word or otherwise.word)

    def compared(self, left: Value, relation: Relation, right: Value) -> Truth:
        """A comparison."""
        found: Truth = self._made(COMPARISONS[relation], _HOLDS[relation], left.number, right.number)
        return found

    def number_of(self, truths: Sequence[Truth]) -> Value:
        """A sum of truths."""
        always = sum(truth is True for truth in truths)
        lines = [truth for truth in truths if not isinstance(truth, bool)]
        if not lines:
            return Value(always)
        return Value(self.listing.line(" + ".join("{}" for _ in (*lines, always)), *lines, always))

    def folded(self, value: Value) -> Value:
        """Nothing is known of appraisals before they come."""
        return value

    def possible(self, _level: Value, levels: frozenset[int]) -> frozenset[int]:
        """All of them: nothing is known of appraisals before they come."""
        return levels

    def points(self, level: Value, points: dict[int, Fraction]) -> Value:
        """A look-up, where a level is not worth itself."""
        worth = self._points.setdefault(
            frozenset(points.items()), {each: lean(number) for each, number in points.items()}
        )
        if all(each == number for each, number in worth.items()):
            return level
        return Value(self._made("{1}.get({0}, 0)", lambda key, of: of.get(key, 0), level.number, worth), level.failed)


COMPARISONS = {
    Relation.AT_LEAST: "{} >= {}",
    Relation.AT_MOST: "{} <= {}",
    Relation.MORE: "{} > {}",
    Relation.LESS: "{} < {}",
    Relation.EQUAL: "{} == {}",
}
_HOLDS: dict[Relation, Callable[..., bool]] = {
    Relation.AT_LEAST: operator.ge,
    Relation.AT_MOST: operator.le,
    Relation.MORE: operator.gt,
    Relation.LESS: operator.lt,
    Relation.EQUAL: operator.eq,
}


def _divided(left: Exact, right: Exact) -> Exact:
    if not right:
        return 0
    return lean(Fraction(left, right) if isinstance(left, int) and isinstance(right, int) else Fraction(left) / right)


def _rounded(value: Exact, tie: Tie, per_one: int) -> Exact:
    """Round by doubling: twice the scaled value tells whole, half and between apart without dividing."""
    doubled, divisor = value.numerator * per_one * 2, value.denominator
    floor = doubled // divisor // 2
    if floor * 2 * divisor == doubled:
        return value
    half = (floor * 2 + 1) * divisor
    above = {
        Tie.UP: True,
        Tie.DOWN: False,
        Tie.HALF_UP: doubled >= half,
        Tie.HALF_DOWN: doubled > half,
        Tie.HALF_EVEN: doubled > half or (doubled == half and floor % 2 == 1),
    }[tie]
    return lean(Fraction(floor + above, per_one))
