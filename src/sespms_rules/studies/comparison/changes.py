"""Two systems -> where their texts differ, sentence by sentence, and the old system with any of the changes made.

Sentences are compared by what they say: where they stand, and how they are laid out, is no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from sespms_rules.foundation.spelling import likeness
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Stated, System
from sespms_rules.language.resolution import (
    Passage,
    called,
    passages_of,
    system_of,
)
from sespms_rules.language.syntax.nodes import PartName, Quoted
from sespms_rules.language.syntax.words import HEADS, PartKind
from sespms_rules.studies.comparison.result import Change

_ALIKE = 400
"""Of a thousand: sentences less alike than this are not taken for two versions of one."""


class Slot(Frozen):
    """A sentence in its place: there always, or only before (`after` false) or after a change is made."""

    stated: Stated
    change: int | None
    after: bool


class Merged(Frozen):
    """A part of both texts; `change` is set for one that only one of them has, and `after` where that is the new."""

    heading: PartName
    slots: tuple[Slot, ...]
    change: int | None
    after: bool


class BothTexts(Frozen):
    """Both texts in one; `cited` are sentences that say the same in both and name another authority."""

    old: System
    parts: tuple[Merged, ...]
    changes: tuple[Change, ...]
    cited: tuple[Change, ...]

    def system(self, made: Collection[int]) -> System:
        """The old system with some of the changes made, by their places."""
        passages = []
        for part in self.parts:
            if part.change is not None and (part.change in made) is not part.after:
                continue
            kept = (slot.stated for slot in part.slots if slot.change is None or (slot.change in made) is slot.after)
            passages.append(Passage(part.heading, tuple(kept)))
        heading = PartName(PartKind.SYSTEM, Quoted(self.old.name), span=self.old.origin.span)
        return system_of(heading, self.old.bases, passages, (), None)


def texts_of(old: System, new: System) -> BothTexts:
    """Find the changes that make the old text the new one."""
    return _Merging(old, new).texts()


class _Merging:
    def __init__(self, old: System, new: System) -> None:
        self.old = old
        self.olds = {each.key: each for each in passages_of(old)}
        self.news = {each.key: each for each in passages_of(new)}
        self.changes: list[Change] = []
        self.cited: list[Change] = []

    def texts(self) -> BothTexts:
        parts = [self._part(key) for key in self._order()]
        return BothTexts(self.old, tuple(parts), tuple(self.changes), tuple(self.cited))

    def _order(self) -> list[tuple[PartKind, str]]:
        """The parts of the old text in its order, and those of the new behind the part they follow there."""
        order = list(self.olds)
        before: tuple[PartKind, str] | None = None
        for key in self.news:
            if key not in self.olds:
                order.insert(order.index(before) + 1 if before is not None else 0, key)
            before = key
        return order

    def _part(self, key: tuple[PartKind, str]) -> Merged:
        old, new = self.olds.get(key), self.news.get(key)
        if old is not None and new is not None:
            return Merged(old.heading, tuple(self._slots(old, new)), None, False)
        only = old or new
        if only is None:
            raise KeyError(key)
        sides = (only.sentences, ()) if old is not None else ((), only.sentences)
        change = self._change(only.heading, *sides)
        return Merged(only.heading, tuple(Slot(each, None, False) for each in only.sentences), change, new is not None)

    def _change(self, heading: PartName, before: Sequence[Stated], after: Sequence[Stated]) -> int:
        self.changes.append(Change(_said_of(heading), tuple(before), tuple(after)))
        return len(self.changes) - 1

    def _slots(self, old: Passage, new: Passage) -> list[Slot]:
        """Both sequences of sentences in one; a sentence that only moved is one change in two places."""
        olds, news = old.sentences, new.sentences
        matcher = SequenceMatcher(None, [each.sentence for each in olds], [each.sentence for each in news], False)
        slots: list[Slot] = []
        gone: dict[int, int] = {}
        come: dict[int, int] = {}
        for kind, first, last, start, stop in matcher.get_opcodes():
            if kind == "equal":
                slots += [Slot(each, None, False) for each in olds[first:last]]
                self.cited += _cited_otherwise(old.heading, olds[first:last], news[start:stop])
                continue
            for before, after in _aligned(olds[first:last], news[start:stop]):
                change = self._change(old.heading, [before] if before else [], [after] if after else [])
                if before is not None:
                    gone |= {} if after is not None else {change: len(slots)}
                    slots.append(Slot(before, change, False))
                if after is not None:
                    come |= {} if before is not None else {change: len(slots)}
                    slots.append(Slot(after, change, True))
        return self._moved(slots, gone, come)

    def _moved(self, slots: list[Slot], gone: dict[int, int], come: dict[int, int]) -> list[Slot]:
        for left, at in gone.items():
            for right, there in come.items():
                if slots[at].stated.sentence == slots[there].stated.sentence and slots[there].change == right:
                    self.changes[left] = Change(
                        self.changes[left].part, self.changes[left].before, self.changes[right].after
                    )
                    self.changes[right] = Change(self.changes[right].part, (), ())
                    slots[there] = Slot(slots[there].stated, left, True)
                    break
        return slots


def _said_of(heading: PartName) -> str:
    return str(heading.kind) if heading.kind in HEADS else called(heading)


def _cited_otherwise(heading: PartName, olds: Sequence[Stated], news: Sequence[Stated]) -> Iterator[Change]:
    """The same sentences of both texts that name another authority, or that only one of them names one for."""
    for before, after in zip(olds, news, strict=True):
        if before.origin.authority != after.origin.authority:
            yield Change(_said_of(heading), (before,), (after,))


def _aligned(olds: Sequence[Stated], news: Sequence[Stated]) -> list[tuple[Stated | None, Stated | None]]:
    """Sentences in order, each beside the one that is most like it, or by itself."""
    best = [[0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    like = [[_likeness(one, other) for other in news] for one in olds]
    for row in range(len(olds) - 1, -1, -1):
        for column in range(len(news) - 1, -1, -1):
            pair = like[row][column] + best[row + 1][column + 1] if like[row][column] else 0
            best[row][column] = max(pair, best[row + 1][column], best[row][column + 1])
    made: list[tuple[Stated | None, Stated | None]] = []
    row = column = 0
    while row < len(olds) and column < len(news):
        alike = like[row][column]
        if alike and best[row][column] == alike + best[row + 1][column + 1]:
            made.append((olds[row], news[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            made.append((olds[row], None))
            row += 1
        else:
            made.append((None, news[column]))
            column += 1
    return made + [(each, None) for each in olds[row:]] + [(None, each) for each in news[column:]]


def _likeness(one: Stated, other: Stated) -> int:
    """How alike two sentences are, of a thousand; 0 for those that are no two versions of one."""
    if type(one.sentence) is not type(other.sentence):
        return 0
    alike = int(1000 * likeness(one.sentence.span.text, other.sentence.span.text))
    return alike if alike >= _ALIKE else 0
