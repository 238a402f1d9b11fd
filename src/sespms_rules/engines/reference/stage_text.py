"""A stage and a shape of plans -> one function of Python that derives what `derivation.py` derives, told by nobody.

The text can be read: `Written.text` holds it. The function raises where the interpreting reference would refuse, or
where a value asks for what is not there; it never answers otherwise than the reference does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sespms_rules.engines.reference.formula_text import Beside, FormulaText, NotWritten, PlansAlike
from sespms_rules.engines.reference.level_reading import reads_level
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.ir import Definition, HitPolicy, Program, Question, Row, ScoreDefinition, Stage, ToLevel

ABSENT = -1
"""The place of a line where there is none."""

NOT_RATED = 0
"""What a line gives that gives `not rated`, below every level."""


class Odd(Exception):
    """The interpreting reference must be asked: it refuses, or asks something of the reviewer and says why."""


Found = tuple[bool, Exact | None, int | None, int, tuple[int, ...], int, tuple[Exact | str | None, ...]]
"""Whether it is rated; score; level; line, overrides before rows; overrides that fit; the cap that lowered; values."""

Derive = Callable[[Sequence[Any], Sequence[tuple[str, Exact]]], Found]
"""From the members and the facts of an appraisal."""


class Written(Frozen):
    """A stage written down: the function, its text, and the names of the values that it gives, in order.

    `late` are the definitions that wait for the level.
    """

    derive: Derive
    text: str
    values: tuple[str, ...]
    late: tuple[Definition | ScoreDefinition, ...]


def written(program: Program, shape: PlansAlike) -> Written:
    """Write the stage of a shape down; raise NotWritten for what is not."""
    return _Writing(program, shape).written()


class _Writing:
    def __init__(self, program: Program, shape: PlansAlike) -> None:
        self._program = program
        self._stage = shape.stage
        self._shape = shape
        self._beside = Beside(program)
        self._beside.names |= {"Odd": Odd, "lowest": _lowest}
        self._formula = FormulaText(shape, self._beside)
        self._formula.facts(program)
        self._lines: list[str] = []
        self._late: list[Definition | ScoreDefinition] = []
        self._values: dict[str, str] = {}

    def written(self) -> Written:
        stage = self._stage
        self._definitions()
        self._put("level = None", "cap = -1")
        self._overrides(stage)
        self._refusals(stage)
        self._level(stage)
        self._questions(stage)
        names = tuple(each.name for each in stage.definitions if isinstance(each, Definition) and each.each is None)
        values = "".join(f"{self._values.get(name, 'None')}," for name in names)
        score = "score" if any(isinstance(each, ScoreDefinition) for each in stage.definitions) else "None"
        self._put(f"return True, {score}, level, line, fitting, cap, ({values})")
        apart = ", ".join(f"m{place}" for place in range(len(self._shape.critical)))
        if any(re.search(r"\bm\d+\.", line) for line in self._lines):
            self._lines.insert(0, f"{apart}, = members")
        text = "\n".join(["def derive(members, facts):", *(f"    {line}" for line in self._lines), ""])
        exec(text, self._beside.names)  # noqa: S102 - our own templates; no word of a policy is in the text
        derive: Derive = self._beside.names["derive"]  # type: ignore[assignment]
        return Written(derive, text, names, tuple(self._late))

    def _put(self, *lines: str) -> None:
        self._lines += lines

    # ---- values ----------------------------------------------------------------------------------

    def _definitions(self) -> None:
        """Write the definitions that do not wait for the level; sort out those that do."""
        late: set[str] = set()
        self._put(*("score = None" for each in self._stage.definitions if isinstance(each, ScoreDefinition)))
        for place, definition in enumerate(self._stage.definitions):
            asked = [*reads_level(definition.expression, frozenset(late))]
            if not asked:
                self._define(place, definition)
                continue
            if not any(asked):
                raise NotWritten("a value that may or may not wait for the level")
            if isinstance(definition, ScoreDefinition) or definition.each is not None:
                raise NotWritten("a score, or a value of each member, that waits for the level")
            late.add(definition.name)
            self._late.append(definition)
            self._values[definition.name] = f"v{place}"
            self._put(f"v{place} = None")

    def _define(self, place: int, definition: Definition | ScoreDefinition) -> None:
        if isinstance(definition, ScoreDefinition):
            self._put(f"score = {self._formula.value(definition.expression)}")
            self._formula.has_score = True
            return
        if definition.each is not None:
            self._put(f"v{place} = {self._formula.each(definition.expression, definition.each)}")
            self._formula.of_each[definition.name] = f"v{place}"
            return
        self._put(f"v{place} = {self._formula.value(definition.expression)}")
        self._formula.known[definition.name] = self._values[definition.name] = f"v{place}"

    # ---- lines -----------------------------------------------------------------------------------

    def _holds(self, row: Row) -> str:
        return self._formula.condition(row.condition)

    def _overrides(self, stage: Stage) -> None:
        """Write which override holds, and where none does, which row."""
        if not stage.overrides:
            self._put("fitting = ()")
            self._rows(stage, "")
            return
        self._put("fitting = ()")
        self._put(*(f"if {self._holds(row)}: fitting += ({place},)" for place, row in enumerate(stage.overrides)))
        given = self._beside.put(tuple(map(_given, stage.overrides)))
        self._put("if fitting:", f"    line = lowest(fitting, {given})", f"    gives = {given}[line]", "else:")
        self._rows(stage, "    ")

    def _rows(self, stage: Stage, indent: str) -> None:
        count = len(stage.overrides)
        lines = list(self._first(stage) if stage.hit_policy is HitPolicy.FIRST else self._only(stage))
        given = self._beside.put(tuple(map(_given, stage.rows)))
        lines.append(f"gives = {given}[line] if line >= 0 else -1")
        if count:
            lines.append(f"line += {count} if line >= 0 else 0")
        self._put(*(indent + line for line in lines))

    def _first(self, stage: Stage) -> Iterator[str]:
        words = "if"
        for place, row in enumerate(stage.rows):
            yield f"{words} {self._holds(row)}:"
            yield f"    line = {place}"
            words = "elif"
        if stage.rows:
            yield "else:"
            yield f"    line = {ABSENT}"
        else:
            yield f"line = {ABSENT}"

    def _only(self, stage: Stage) -> Iterator[str]:
        """The rows that give `not rated` in order, else the one that gives a level, of which there may be but one."""
        yield f"line = {ABSENT}"
        words = "if"
        for place, row in enumerate(stage.rows):
            if not isinstance(row.outcome, ToLevel):
                yield f"{words} {self._holds(row)}:"
                yield f"    line = {place}"
                words = "elif"
        levels = [(place, row) for place, row in enumerate(stage.rows) if isinstance(row.outcome, ToLevel)]
        indent = ""
        if words == "elif":
            yield "else:"
            yield "    pass"
            indent = "    "
        for place, row in levels:
            yield f"{indent}if {self._holds(row)}:"
            yield f"{indent}    if line >= 0: raise Odd"
            yield f"{indent}    line = {place}"

    def _refusals(self, stage: Stage) -> None:
        """Write where there is no outcome, or one without a level."""
        waits = "".join("None," if each in self._late else f"{self._of(each)}," for each in self._shown())
        score = "score" if any(isinstance(each, ScoreDefinition) for each in stage.definitions) else "None"
        asks = "raise Odd" if self._program.questions else f"return False, {score}, None, line, fitting, cap, ({waits})"
        self._put(f"if gives == {NOT_RATED}:", f"    {asks}")
        if not stage.of_nothing:
            self._put("for m in members:", "    if m.counts: break", "else: raise Odd")
        if not stage.without_level:
            self._put("if line < 0: raise Odd")

    def _shown(self) -> list[Definition]:
        return [each for each in self._stage.definitions if isinstance(each, Definition) and each.each is None]

    def _of(self, definition: Definition) -> str:
        return self._values[definition.name]

    def _level(self, stage: Stage) -> None:
        """Write the level with the cap on it, and what waits for it."""
        self._put("if line >= 0:", "    level = gives")
        if stage.caps:
            given = self._beside.put(tuple(map(_given, stage.caps)))
            holding = ", ".join(self._holds(row) for row in stage.caps)
            self._put(
                f"    capping = [n for n, holds in enumerate(({holding},)) if holds]",
                f"    if capping and {given}[lowest(capping, {given})] < level:",
                f"        cap = lowest(capping, {given})",
                f"        level = {given}[cap]",
            )
        self._formula.has_level = True
        for definition in self._late:
            assert isinstance(definition, Definition)  # noqa: S101 - `_definitions` lets no other wait
            name = self._values[definition.name]
            self._put(f"    {name} = {self._formula.value(definition.expression)}")
            self._formula.known[definition.name] = name

    def _questions(self, stage: Stage) -> None:
        """Write which conditional questions are asked: of these the reference says why."""
        for question in stage.questions:
            if question.condition is None or not is_there(question, self._shape):
                continue
            if stage.without_level and [*reads_level(question.condition, frozenset(self._late_names()))]:
                raise NotWritten("a question about a level that there may not be")
            self._put(f"if {self._formula.condition(question.condition)}: raise Odd")

    def _late_names(self) -> list[str]:
        return [each.name for each in self._late if isinstance(each, Definition)]


def is_there(question: Question, shape: PlansAlike) -> bool:
    """Whether plans of a shape have the element that a question is about."""
    return question.about is None or question.about in shape.names


def _given(row: Row) -> int:
    return row.outcome.level if isinstance(row.outcome, ToLevel) else NOT_RATED


def _lowest(places: Sequence[int], given: Sequence[int]) -> int:
    """The first of the places that give the lowest."""
    return min(places, key=given.__getitem__)
