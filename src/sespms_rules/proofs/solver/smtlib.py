"""What the solver is asked -> SMT-LIB 2, the text that other solvers read. The same formulas give the same text.

Names that the solver counts up are numbered anew in each question, so that what else was asked before leaves no trace.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final

import z3

from sespms_rules.proofs.solver.logic import Formula, NotEncodable

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
_SORTS: Final = {z3.Z3_BOOL_SORT: "Bool", z3.Z3_INT_SORT: "Int", z3.Z3_REAL_SORT: "Real"}


def question_text(granted: Sequence[Formula]) -> str:
    """One question: names, what is granted, and whether it can be. Raises NotEncodable for one that is too long."""
    formulas = [each for each in granted if each is not True]
    if any(each is False for each in formulas):
        return "(assert false)\n(check-sat)\n"
    writer = _Writer()
    asserted = [f"(assert {writer.written(each)})" for each in formulas]
    return "\n".join([*writer.lines, *asserted, "(check-sat)"]) + "\n"


class _Writer:
    """Writes terms, each that stands in several places once, under a name of its own.

    Terms are gone through by z3's own calls: objects for each of their parts would take most of the time. The formula
    that is written keeps them all alive.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._known: dict[int, str] = {}
        self._parts: dict[int, list[int]] = {}
        self._names: set[str] = set()
        self._context: Any = None

    def written(self, formula: Formula) -> str:
        """The text of a formula, whose parts are written before it."""
        self._context = formula.ctx.ref()
        waiting = [(formula.get_id(), formula.as_ast())]
        while waiting:
            place, term = waiting[-1]
            if place in self._known:
                waiting.pop()
            elif place in self._parts:
                waiting.pop()
                self._known[place] = self._one(term, [self._known[each] for each in self._parts[place]])
                if len(self._known) > MOST_PARTS:
                    raise NotEncodable(f"it has more than {MOST_PARTS:,} parts")
            else:
                below = self._below(term)
                self._parts[place] = [each for each, _ in below]
                waiting += [each for each in reversed(below) if each[0] not in self._known]
        return self._known[formula.get_id()]

    def _below(self, term: Any) -> list[tuple[int, Any]]:
        """The parts of a term, each with its number; a number has none."""
        context = self._context
        if z3.Z3_get_ast_kind(context, term) == z3.Z3_NUMERAL_AST:
            return []
        count = z3.Z3_get_app_num_args(context, term)
        parts = [z3.Z3_get_app_arg(context, term, place) for place in range(count)]
        return [(z3.Z3_get_ast_id(context, each), each) for each in parts]

    def _one(self, term: Any, parts: list[str]) -> str:
        context = self._context
        if z3.Z3_get_ast_kind(context, term) == z3.Z3_NUMERAL_AST:
            dot = ".0" if self._sort(term) == "Real" else ""
            return _number(Fraction(z3.Z3_get_numeral_string(context, term)), dot)
        made = z3.Z3_get_app_decl(context, term)
        kind = z3.Z3_get_decl_kind(context, made)
        if kind == z3.Z3_OP_UNINTERPRETED and not parts:
            return self._declared(self._name(made), self._sort(term))
        if kind in (z3.Z3_OP_PB_AT_LEAST, z3.Z3_OP_PB_AT_MOST):
            relation = ">=" if kind == z3.Z3_OP_PB_AT_LEAST else "<="
            counted = " ".join(f"(ite {each} 1 0)" for each in parts)
            total = f"(+ {counted})" if len(parts) > 1 else counted
            most = z3.Z3_get_decl_int_parameter(context, made, 0)
            return self._named(f"({relation} {total} {most})", lambda: "Bool")
        if kind not in _WORDS:
            raise NotEncodable(f"`{self._name(made)}` is not written for other solvers")
        if not parts:
            return _WORDS[kind]
        return self._named(f"({_WORDS[kind]} {' '.join(parts)})", lambda: self._sort(term))

    def _name(self, made: Any) -> str:
        return str(z3.Z3_get_symbol_string(self._context, z3.Z3_get_decl_name(self._context, made)))

    def _sort(self, term: Any) -> str:
        kind = z3.Z3_get_sort_kind(self._context, z3.Z3_get_sort(self._context, term))
        if kind not in _SORTS:
            raise NotEncodable("it speaks of more than numbers and of what holds or not")
        return _SORTS[kind]

    def _named(self, text: str, sort: Callable[[], str]) -> str:
        """A longer part under a name of its own, so that what stands in many places is written once."""
        if len(text) <= _SHORT:
            return text
        name = f"s{len(self.lines)}"
        self.lines.append(f"(define-fun {name} () {sort()} {text})")
        return name

    def _declared(self, called: str, sort: str) -> str:
        plain = _UNQUOTABLE.sub("_", _COUNTED_UP.sub("", called))
        name, number = f"|{plain}|", 1
        while name in self._names:
            number += 1
            name = f"|{plain} #{number}|"
        self._names.add(name)
        self.lines.append(f"(declare-fun {name} () {sort})")
        return name


def _number(value: Fraction, dot: str) -> str:
    size = abs(value)
    text = f"{size}{dot}" if size.denominator == 1 else f"(/ {size.numerator}.0 {size.denominator}.0)"
    return f"(- {text})" if value < 0 else text
