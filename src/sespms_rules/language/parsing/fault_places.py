"""Where a fault is, with what the messages ask of it: its words, its part, and what may stand there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sespms_rules.foundation.source import Source, Span
from sespms_rules.language.parsing.lexing import STRANGE
from sespms_rules.language.parsing.lookahead import Stack, acceptable, after, may_end
from sespms_rules.language.parsing.machine import NOWHERE, Fault
from sespms_rules.language.parsing.vocabulary import part_at
from sespms_rules.language.syntax.words import PartKind

MOST_CHARACTERS_QUOTED = 60
_LONGEST_NAME = 12


class Place:
    """A fault and its surroundings; places are numbers of tokens."""

    def __init__(self, source: Source, fault: Fault) -> None:
        self.source = source
        self.fault = fault
        self.stream = fault.stream
        self.kinds = fault.stream.kinds
        self.first, self.at, self.end = fault.first, fault.at, fault.end
        self.stack: Stack = fault.stack

    # ---- words ---------------------------------------------------------------------------------------

    def words(self, first: int, end: int | None = None) -> str:
        """The words of one token, or of those from `first` to before `end`."""
        return self.stream.words(first, first + 1 if end is None else end)

    def is_word(self, place: int) -> bool:
        """Whether a token is a word, of the language or not."""
        return place < self.end and self.words(place)[:1].isalpha()

    def characters(self, start: int, end: int) -> Span:
        """The characters from `start` to `end` of the source."""
        return Span(self.source, start, min(end, len(self.source.text)))

    def span(self, first: int, end: int | None = None) -> Span:
        """The characters of one token, or of those from `first` to before `end`."""
        last = first if end is None else max(first, end - 1)
        return self.characters(self.stream.starts[first], self.stream.ends[last])

    @property
    def whole(self) -> Span:
        """The whole line, without its indentation and note."""
        return self.span(self.first, max(self.end, self.first + 1))

    @property
    def is_indented(self) -> bool:
        """Whether blanks stand before the line."""
        start = self.stream.starts[self.first]
        return start > 0 and self.stream.text[start - 1] in " \t"

    @staticmethod
    def quoted(span: Span) -> str:
        """The words of a span, as a message quotes them: on one line, and shortened when long."""
        text = " ".join(span.text[: 4 * MOST_CHARACTERS_QUOTED].split()).replace("`", "'")
        return text if len(text) <= MOST_CHARACTERS_QUOTED else text[: MOST_CHARACTERS_QUOTED - 1].rstrip() + "…"

    # ---- the sentence ----------------------------------------------------------------------------------

    @cached_property
    def _colon(self) -> int | None:
        """The colon of a quoted sentence before the fault."""
        return next((each for each in range(self.first, self.at) if self.kinds[each] == "COLON"), None)

    @property
    def is_quoted(self) -> bool:
        """Whether the fault stands in a sentence quoted with its part."""
        return self._colon is not None

    @cached_property
    def sentence(self) -> int:
        """Where the sentence begins: behind `strike` or `insert`, and behind the colon of a quoted one."""
        if self._colon is not None:
            return self._colon + 1
        has_edit = self.kinds[self.first] in ("STRIKE", "INSERT") and self.at > self.first
        return self.first + 1 if has_edit else self.first

    @cached_property
    def sentence_end(self) -> int:
        """Where the sentence ends: before `under` and an authority, or at the end of the line."""
        has_authority = self.end - 2 > self.sentence and self.kinds[self.end - 2 : self.end] == ["UNDER", "STRING"]
        return self.end - 2 if has_authority else self.end

    @property
    def sentence_kinds(self) -> list[str]:
        """The kinds of the sentence's tokens."""
        return self.kinds[self.sentence : self.sentence_end]

    @cached_property
    def part(self) -> PartKind | None:
        """The part the sentence stands under, or is quoted with."""
        if self._colon is not None:
            for start in range(self._colon - 1, self.first - 1, -1):
                part = part_at(self.kinds[start : self._colon])
                if part is not None and part_at(self.kinds[start - 1 : self._colon]) is None:
                    return part
        heading = self.fault.heading
        if heading == NOWHERE:
            return None
        return part_at(self.kinds[(start := heading + (self.kinds[heading] == "STRIKE")) : start + 4])

    # ---- what could stand here ------------------------------------------------------------------------

    @cached_property
    def acceptable(self) -> frozenset[str]:
        """The kinds of token that may stand at the fault."""
        return acceptable(self.stack)

    def goes_on_with(self, kind: str) -> bool:
        """Whether the sentence goes on if a token of this kind stood in place of the one it failed at."""
        stack = after(self.stack, kind)
        if stack is None:
            return False
        return may_end(stack) if self.at + 1 >= self.end else after(stack, self.kinds[self.at + 1]) is not None

    def bare_word_ends(self) -> Iterator[int]:
        """Where a run of bare words from the fault on may end, the nearest first."""
        for end in range(self.at + 1, min(self.end, self.at + _LONGEST_NAME) + 1):
            kind = self.kinds[end - 1]
            if not (self.is_word(end - 1) or (kind in ("NUMBER", "SLASH", "COMMA", STRANGE) and end - 1 > self.at)):
                return
            yield end

    def between_single_quotes(self) -> Span | None:
        """Wording between single quotes that opens at the fault."""
        start = self.stream.starts[self.at]
        text = self.stream.text
        closing = {"'": "'", "`": "`'", "\u2018": "\u2019", "\u2019": "\u2019"}.get(text[start], "")
        line_end = self.stream.ends[self.end - 1]
        stops = [stop for sign in closing if (stop := text.find(sign, start + 1, line_end)) > start + 1]
        return self.characters(start, min(stops) + 1) if stops and '"' not in text[start : min(stops)] else None
