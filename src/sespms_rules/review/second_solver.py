"""Questions of a bag -> what another solver answers. Only this module imports cvc5, and only when it is asked.

It is given the text that a run here made, never that of a bag: a script of SMT-LIB can ask for files to be written.
"""

from __future__ import annotations

import re
from typing import Any, Final

from sespms_rules.foundation.request import RequestError

SOLVERS: Final = ("cvc5",)
_WORK: Final = 2_000_000
"""How much each question may cost, in the solver's own unit; about half a minute. Not a time, so that a busy machine
answers what a quiet one does.
"""

_ANSWER = re.compile(r"^(sat|unsat|unknown)$", re.MULTILINE)


def second_answers(questions: str) -> tuple[str, ...]:
    """What cvc5 answers to questions in SMT-LIB 2, one after another: `sat`, `unsat` or `unknown`.

    Raises RequestError where it is not installed, or refuses the text.
    """
    cvc5 = _cvc5()
    terms = cvc5.TermManager()
    solver = cvc5.Solver(terms)
    solver.setOption("incremental", "true")
    solver.setOption("rlimit-per", str(_WORK))
    symbols = cvc5.SymbolManager(terms)
    reader = cvc5.InputParser(solver, symbols)
    reader.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, questions, "questions")
    told: list[str] = []
    try:
        while not (command := reader.nextCommand()).isNull():
            told.append(str(command.invoke(solver, symbols)))
    except RuntimeError as problem:
        raise RequestError(f"cvc5 does not read the questions: {_first_line(problem)}") from None
    return tuple(_ANSWER.findall("\n".join(told)))


def solver_name() -> str:
    """The name of the solver with its version. Raises RequestError where it is not installed."""
    return f"cvc5 {_cvc5().__version__}"


def _cvc5() -> Any:
    try:
        import cvc5
    except ImportError:
        raise RequestError(
            "`--with cvc5` needs the package `cvc5`; install it with `pip install 'sespms-rules[cvc5]'`"
        ) from None
    return cvc5


def _first_line(problem: Exception) -> str:
    return (str(problem).splitlines() or ["no reason is given"])[0][:200]
