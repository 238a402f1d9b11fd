"""Long rosters rated in columns: a block of rows at a time, of which only the odd ones are looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.api import rated_rows
from sespms_rules.engines.columnar import Answers, ColumnsTooLargeError
from sespms_rules.engines.confirmed import Engine
from sespms_rules.engines.refusals import kinds_in
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Outcome, Rating, Refusal
from sespms_rules.reports.ratings import RatedBlock
from sespms_rules.rosters.files import OpenRoster, RosterBlock


def rated_in_blocks(opened: OpenRoster, program: Program, engine: Engine) -> Iterator[RatedBlock]:
    """The rows of a roster that can be read in columns, in order; `engine` rates those that are looked at alone.

    A refused row is read, rated and confirmed by the reference, which says why. So is one of which a question is asked
    that is not asked of everyone. Of rows that the same elements refuse the reference says it once.
    """
    if opened.blocks is None:
        raise ValueError("the rows of this roster can only be read one by one")
    rating = _Blocks(program, engine)
    return map(rating.block, opened.blocks())


class _Blocks:
    def __init__(self, program: Program, engine: Engine) -> None:
        self._engine = engine
        self._answers = Answers(program)
        self._kinds: dict[tuple[int, ...], int] = {}
        self._known: dict[tuple[int, int], tuple[tuple[Refusal, ...], int | None]] = {}
        self._numbered = self._answers.made

    def block(self, given: RosterBlock) -> RatedBlock:
        """Rate a block."""
        rows = len(given.keys)
        try:
            kinds, alone, codes = self._answers.of(given.members, rows)
        except ColumnsTooLargeError:
            kinds, alone, codes = self._answers.none(rows), [*range(rows)], self._answers.none(rows)
        left = [place for place in alone if place not in given.odd and place not in given.faulty]
        alike = self._refused_alike(given, left, codes[left].tolist()) if given.quick and left else {}
        kinds[[*alike]] = [*alike.values()]
        places = sorted({*(place for place in left if place not in alike), *given.odd})
        read = {place: given.odd[place] if place in given.odd else given.row(place) for place in places}
        told = rated_rows(OpenRoster(iter([each for each in read.values() if each is not None])), self._engine)
        odd = {place: None if each is None else next(told) for place, each in read.items()}
        made, counts = self._answers.made, self._answers.counted(kinds)
        return RatedBlock(given.numbers, given.keys, kinds, made, odd, given.plain_keys, counts, given.faulty)

    def _refused_alike(self, given: RosterBlock, places: Sequence[int], codes: Sequence[int]) -> dict[int, int]:
        """Of refused rows which answer each has, where the reference refuses it for its elements alone, and agrees."""
        if self._numbered is not self._answers.made:  # the numbers of answers began anew
            self._numbered = self._answers.made
            self._kinds.clear()
            self._known.clear()
        readings = [(each.distinct, self._answers.picked(each.codes, places)) for each in given.members]
        found: dict[int, int] = {}
        for place, bits, refusals in zip(places, codes, self._engine.refused_alike(readings), strict=bool(readings)):
            if refusals is not None:
                key = bits, id(refusals)
                if key not in self._known:
                    self._known[key] = refusals, self._agreed(bits, refusals)
                if (kind := self._known[key][1]) is not None:
                    found[place] = kind
        return found

    def _agreed(self, bits: int, refusals: tuple[Refusal, ...]) -> int | None:
        """The number of the answer that these refusals are; None where the columns say other codes than these."""
        if {each.code for each in kinds_in(bits)} != {each.code for each in refusals}:
            return None
        return self._kind(refusals)

    def _kind(self, refusals: tuple[Refusal, ...]) -> int:
        """The number of the answer that these refusals are."""
        key = tuple(map(id, refusals))  # they are held by the answer, so that no other gets their identity
        kind = self._kinds.get(key)
        if kind is None:
            kind = self._kinds[key] = len(self._answers.made)
            self._answers.made.append(Rating("", Outcome.REFUSED, refused=refusals, engine="columnar"))
        return kind
