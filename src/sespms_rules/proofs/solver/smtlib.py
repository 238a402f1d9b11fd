"""What the solver is asked -> SMT-LIB 2, the text that other solvers read. The same formulas give the same text.

Names that the solver counts up are numbered anew in each question, so that what else was asked before leaves no trace.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import z3

from sespms_rules.proofs.solver.logic import Formula, NotEncodable, Term

MOST_PARTS: Final = 20_000
"""A question of more parts is not written down: its text would be larger than what it speaks of by far."""

_SHORT: Final = 60
"""What is shorter is written out wherever it stands."""

_COUNTED_UP = re.compile(r"!\d+$", re.ASCII)
_UNQUOTABLE = re.compile(r"[^ !-\[\]-{}~]", re.ASCII)
_WORDS: Final = {
    z3.Z3_OP_AND: "and",
    z3.Z3_OP_OR: "or",
    z3.Z3_OP_NOT: "not",
    z3.Z3_OP_IMPLIES: "=>",
    z3.Z3_OP_XOR: "xor",
    z3.Z3_OP_EQ: "=",
    z3.Z3_OP_DISTINCT: "distinct",
    z3.Z3_OP_ITE: "ite",
    z3.Z3_OP_LE: "<=",
    z3.Z3_OP_GE: ">=",
    z3.Z3_OP_LT: "<",
    z3.Z3_OP_GT: ">",
    z3.Z3_OP_ADD: "+",
    z3.Z3_OP_SUB: "-",
    z3.Z3_OP_MUL: "*",
    z3.Z3_OP_UMINUS: "-",
    z3.Z3_OP_DIV: "/",
    z3.Z3_OP_IDIV: "div",
    z3.Z3_OP_MOD: "mod",
    z3.Z3_OP_TO_REAL: "to_real",
    z3.Z3_OP_TO_INT: "to_int",
    z3.Z3_OP_IS_INT: "is_int",
    z3.Z3_OP_TRUE: "true",
    z3.Z3_OP_FALSE: "false",
}


def question_text(granted: Sequence[Formula]) -> str:
    """One question: names, what is granted, and whether it can be. Raises NotEncodable for one that is too long."""
    formulas = [each for each in granted if each is not True]
    if any(each is False for each in formulas):
        return "(assert false)\n(check-sat)\n"
    writer = _Writer()
    asserted = [f"(assert {writer.written(each)})" for each in formulas]
    return "\n".join([*writer.lines, *asserted, "(check-sat)"]) + "\n"


class _Writer:
    """Writes terms, each that stands in several places once, under a name of its own."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._known: dict[int, str] = {}
        self._names: set[str] = set()

    def written(self, formula: Term) -> str:
        """The text of a formula, whose parts are written before it."""
        waiting = [formula]
        while waiting:
            term = waiting[-1]
            if term.get_id() in self._known:
                waiting.pop()
                continue
            parts = [each for each in term.children() if each.get_id() not in self._known]
            if parts:
                waiting += reversed(parts)
                continue
            waiting.pop()
            self._known[term.get_id()] = self._one(term)
            if len(self._known) > MOST_PARTS:
                raise NotEncodable(f"it has more than {MOST_PARTS:,} parts")
        return self._known[formula.get_id()]

    def _one(self, term: Term) -> str:
        if z3.is_rational_value(term):
            return _number(Fraction(term.numerator_as_long(), term.denominator_as_long()), ".0")
        if z3.is_int_value(term):
            return _number(Fraction(term.as_long()), "")
        kind = term.decl().kind()
        if kind == z3.Z3_OP_UNINTERPRETED and term.num_args() == 0:
            return self._declared(term)
        parts = [self._known[each.get_id()] for each in term.children()]
        if kind in (z3.Z3_OP_PB_AT_LEAST, z3.Z3_OP_PB_AT_MOST):
            relation = ">=" if kind == z3.Z3_OP_PB_AT_LEAST else "<="
            counted = " ".join(f"(ite {each} 1 0)" for each in parts)
            total = f"(+ {counted})" if len(parts) > 1 else counted
            return self._named(f"({relation} {total} {term.params()[0]})", "Bool")
        if kind not in _WORDS:
            raise NotEncodable(f"`{term.decl().name()}` is not written for other solvers")
        if not parts:
            return _WORDS[kind]
        return self._named(f"({_WORDS[kind]} {' '.join(parts)})", _sort(term))

    def _named(self, text: str, sort: str) -> str:
        """A longer part under a name of its own, so that what stands in many places is written once."""
        if len(text) <= _SHORT:
            return text
        name = f"s{len(self.lines)}"
        self.lines.append(f"(define-fun {name} () {sort} {text})")
        return name

    def _declared(self, term: Term) -> str:
        plain = _UNQUOTABLE.sub("_", _COUNTED_UP.sub("", str(term.decl().name())))
        name, number = f"|{plain}|", 1
        while name in self._names:
            number += 1
            name = f"|{plain} #{number}|"
        self._names.add(name)
        self.lines.append(f"(declare-fun {name} () {_sort(term)})")
        return name


def _sort(term: Term) -> str:
    return "Bool" if z3.is_bool(term) else "Int" if z3.is_int(term) else "Real"


def _number(value: Fraction, dot: str) -> str:
    size = abs(value)
    text = f"{size}{dot}" if size.denominator == 1 else f"(/ {size.numerator}.0 {size.denominator}.0)"
    return f"(- {text})" if value < 0 else text
