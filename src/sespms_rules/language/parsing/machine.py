"""The LALR(1) machine: runs the tables over the tokens of a source and makes the syntax tree as it goes.

Faults never stop it. Every line is checked against the state before it: when it cannot be read, one finding is
made for it, everything the line had made is dropped, and reading goes on at the next line. A heading is tried
before its block is opened: when it cannot be read, the block's lines are passed over in silence, down to the next
line at the margin. So one fault makes one finding, and everything else is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.language.parsing.build import VALUED, Builder, Maker, maker
from sespms_rules.language.parsing.findings import MOST_TOKENS_IN_A_LINE
from sespms_rules.language.parsing.grammar import Reduction, tables
from sespms_rules.language.parsing.lexing import END, LAST, LAYOUT, LINE, MARGIN, Stream
from sespms_rules.language.parsing.line_memory import LineMemory
from sespms_rules.language.parsing.lookahead import Stack, after, follow, reads_whole

NOWHERE = -1
MOST_OPERATIONS = 100
"""In one line; a longer formula is cut by naming its parts."""
MOST_FAULTS = 200
"""Behind so many reading stops: whatever the text is, it is not a policy."""
_OPERATIONS = frozenset({"PLUS", "MINUS", "STAR", "SLASH", "LPAR", "PERCENT", "OTHERWISE"})


class Fault(NamedTuple):
    """What could not be read: the tokens `first` to `end` of a line, the one it failed at, the state before that.

    `heading` is the first token of the block it stands in (-1 when it stands in none); `kind` says what sort of
    line it is: `heading`, `line`, `lines of nothing`, `too many operations` or `too many words`.
    """

    stream: Stream
    first: int
    at: int
    end: int
    stack: Stack
    heading: int
    kind: str


class Mended(NamedTuple):
    """What is made of a fault, and whether it is a sentence that merely stands at the margin."""

    finding: Diagnostic
    is_sentence: bool


class _Reduction(NamedTuple):
    """A rule made ready: `make` is None for what is inlined in its parent.

    `whole` says that the children are all that was read; `places`, where they stand where none is inlined or left out.
    """

    symbol: str
    length: int
    passes: bool
    alone: bool
    kept: list[tuple[int, bool, int]]
    gaps: int
    make: Maker | None
    whole: bool
    places: list[int] | None


def _reduction(shape: Reduction, make: Callable[[str], Maker]) -> _Reduction:
    inlined = shape.symbol.startswith("_")
    passes = shape.alone and shape.length == 1 and len(shape.kept) == 1 and not shape.kept[0][1] and not shape.gaps
    always_alone = shape.alone and len(shape.kept) == 1 and not shape.kept[0][1] and not shape.gaps
    made = None if inlined or always_alone else make(shape.name)
    is_plain = not shape.gaps and not any(inlined or gaps for _, inlined, gaps in shape.kept)
    places = [place for place, _, _ in shape.kept] if is_plain else None
    whole = places == list(range(shape.length))
    return _Reduction(shape.symbol, shape.length, passes, shape.alone, shape.kept, shape.gaps, made, whole, places)


@cache
def _reductions() -> list[_Reduction | None]:
    """A place for each rule; a text reads by a fifth of them, and each is made ready when it is first read by."""
    return [None] * len(tables().rules)


def _made_ready(place: int) -> _Reduction:
    made = _reductions()[place] = _reduction(tables().rules[place], maker)
    return made


_LONGEST_HEADING = 8


@lru_cache(maxsize=1024)
def _is_heading(kinds: tuple[str, ...]) -> bool:
    """Whether tokens make a whole heading."""
    return reads_whole([tables().start], kinds)


@cache
def _behind_line(state: int) -> int:
    """The state that a whole line leads to from the one before it."""
    return next(after for symbol, after in tables().states[state].items() if symbol.startswith("line{"))


@cache
def _spelling() -> dict[str, str]:
    return {kind: word for word, kind in tables().words.items()}


class Machine:
    """One run over one source; `explain` makes the finding of a fault."""

    def __init__(self, stream: Stream, builder: Builder, explain: Callable[[Fault], Mended]) -> None:
        self.stream = stream
        self.builder = builder
        self.explain = explain
        self.findings: list[Diagnostic] = []
        self.states, self.reductions = tables().states, _reductions()
        self.stack: Stack = [tables().start]
        self.spelling = _spelling()
        self.values: list[Any] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.heading = NOWHERE
        # Where to go back to when a line cannot be read: its newline token and the heights of the stacks before it.
        self.line = NOWHERE
        self.base: Stack = []
        self.height = 0
        self.noted = 0

    def run(self) -> Any:
        """Read all tokens; return what the whole source made. Findings are in `findings` and in the builder."""
        kinds, states = self.stream.kinds, self.states
        place = self._first()
        while True:
            action = states[self.stack[-1]].get(kinds[place])
            if action is None:
                place = self._skip_line(place)
            elif action < 0:
                self._reduce(self.reductions[~action] or _made_ready(~action))
                if kinds[place] == END and self.stack[-1] == tables().end:
                    return self.values[-1]
            elif kinds[place] == MARGIN:
                place = self._at_margin(place)
            elif kinds[place] == LINE:
                place = self._at_line(place, action)
            else:
                self._shift(place, action)
                place += 1

    def _at_line(self, place: int, state: int) -> int:
        """Begin a line, or read all of one that was read before; return where to go on."""
        self._mark(place)
        end = self.stream.line_end(place + 1)
        excess = self._excess(place, end)
        if excess:
            return self._skip_line(place, excess)
        self._shift(place, state)
        return place + 1 if self.builder.memory is None else self._known_line(self.builder.memory, place + 1, end)

    def _known_line(self, memory: LineMemory, first: int, end: int) -> int:
        """Make a line as it was made before, and go on behind it; note one that was not read yet, and go on in it."""
        stream, state = self.stream, self.stack[-1]
        start, last = stream.starts[first], stream.ends[end - 1]
        key = state, stream.text[start:last], tuple(stream.kinds[first : end + 1])
        line = memory.line(key, self.builder.source, start, self.builder.chosen)
        if line is None:
            self.builder.line_begins(key, start)
            return first
        self.stack.append(_behind_line(state))
        self.values.append(line)
        self.starts.append(start)
        self.ends.append(last)
        return end

    def _shift(self, place: int, state: int) -> None:
        stream = self.stream
        kind = stream.kinds[place]
        start, end = stream.starts[place], stream.ends[place]
        self.stack.append(state)
        if kind in LAYOUT:
            # Layout covers no characters of the sentence before or behind it.
            start = end = NOWHERE
            self.values.append(None)
        elif kind in VALUED:
            self.values.append(self.builder.value(kind, start, end))
        else:
            self.values.append(self.spelling[kind])
        self.starts.append(start)
        self.ends.append(end)

    def _reduce(self, rule: _Reduction) -> None:
        length = rule.length
        if rule.passes:
            self.stack.pop()
        elif length == 0:
            self.values.append(self._made(rule, [], NOWHERE, NOWHERE))
            self.starts.append(NOWHERE)
            self.ends.append(NOWHERE)
        else:
            del self.stack[-length:]
            start, end = self.starts[-length], self.ends[-1]
            if start == NOWHERE:  # a list may begin or end with layout, which covers nothing
                start = next((each for each in self.starts[-length:] if each != NOWHERE), NOWHERE)
            if end == NOWHERE:
                end = next((each for each in reversed(self.ends[-length:]) if each != NOWHERE), NOWHERE)
            children = self.values[-length:]
            del self.values[-length:], self.starts[-length:], self.ends[-length:]
            self.values.append(self._made(rule, children, start, end))
            self.starts.append(start)
            self.ends.append(end)
        self.stack.append(self.states[self.stack[-1]][rule.symbol])

    def _made(self, rule: _Reduction, read: list[Any], start: int, end: int) -> Any:
        """Shape what was read as the grammar says, and make the value it stands for."""
        children: list[Any] = []
        if rule.whole:
            children = read
        elif rule.places is not None:
            children = [read[place] for place in rule.places]
        else:
            for place, inlined, gaps in rule.kept:
                if gaps:
                    children += [None] * gaps
                if not inlined:
                    children.append(read[place])
                elif children:
                    children += read[place]
                else:  # a list that grows to the right keeps its place, or long lists would be copied at each member
                    children = read[place]
            if rule.gaps:
                children += [None] * rule.gaps
        if rule.alone and len(children) == 1:
            return children[0]
        return children if rule.make is None else rule.make(self.builder, children, start, end)

    # ---- faults --------------------------------------------------------------------------------------

    def _first(self) -> int:
        """Where to begin: at the first token, or behind a first heading that cannot be read."""
        if self.stream.kinds[0] in LAYOUT:
            return 0
        return self._passed_heading(0) or 0

    def _mark(self, place: int) -> None:
        """Remember the state before a line."""
        self.line = place
        self.base = self.stack.copy()
        self.height = len(self.values)
        self.noted = len(self.builder.diagnostics)

    def _excess(self, place: int, end: int) -> str | None:
        """What a line has too much of, if anything."""
        if end - place <= MOST_OPERATIONS:
            return None
        if end - place > MOST_TOKENS_IN_A_LINE:
            return "too many words"
        operations = sum(kind in _OPERATIONS for kind in self.stream.kinds[place:end])
        return "too many operations" if operations > MOST_OPERATIONS else None

    def _skip_line(self, place: int, kind: str = "line") -> int:
        """Make the finding of a line that failed at `place`; return where to go on."""
        stream = self.stream
        if self.line < self.heading or self.heading == NOWHERE:
            return self._skip_lines_of_nothing(place)
        first, end = self.line + 1, stream.line_end(self.line + 1)
        opened = after(self.base, LINE) or self.base
        at = place if kind == "line" else first
        stack, _ = follow(opened, stream.kinds[first:at])
        self.findings.append(self.explain(Fault(stream, first, at, end, stack, self.heading, kind)).finding)
        self.stack = self.base
        del self.values[self.height :], self.starts[self.height :], self.ends[self.height :]
        del self.builder.diagnostics[self.noted :]
        return self._unless_hopeless(end)

    def _skip_lines_of_nothing(self, place: int) -> int:
        """Lines before any heading, or below a heading that takes none."""
        stream = self.stream
        end = stream.line_end(place + 1)
        fault = Fault(stream, place + 1, place + 1, end, self.stack, self.heading, "lines of nothing")
        self.findings.append(self.explain(fault).finding)
        return self._unless_hopeless(self._next_margin(end))

    def _at_margin(self, place: int) -> int:
        """End the block and open the next one, or pass over the next when its heading cannot be read."""
        passed = self._passed_heading(place + 1)
        if passed is not None:
            return passed
        state = tables().states[self.stack[-1]][MARGIN]
        self._shift(place, state)
        return place + 1

    def _passed_heading(self, first: int) -> int | None:
        """Where to go on when the heading at `first` cannot be read; None when it can."""
        stream = self.stream
        end = stream.line_end(first)
        if _is_heading(tuple(stream.kinds[first : min(end, first + _LONGEST_HEADING)])):
            self.heading = first
            return None
        stack, read = follow([tables().start], stream.kinds[first:end])
        mended = self.explain(Fault(stream, first, first + read, end, stack, self.heading, "heading"))
        self.findings.append(mended.finding)
        place = end if mended.is_sentence and self.heading != NOWHERE else self._next_margin(end)
        return self._unless_hopeless(place)

    def _unless_hopeless(self, place: int) -> int:
        """Where to go on: at `place`, or at the end once too much cannot be read."""
        return place if len(self.findings) <= MOST_FAULTS else max(place, self.stream.layouts[-2])

    def _next_margin(self, place: int) -> int:
        """The next token that ends a block."""
        kinds = self.stream.kinds
        while kinds[place] not in (MARGIN, LAST, END):
            place = self.stream.line_end(place + 1)
        return place
