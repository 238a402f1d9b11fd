"""Long rosters rated in columns: a block of rows at a time, of which only the odd ones are looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.api import rated_rows
from sespms_rules.engines.columnar import Answers, ColumnsTooLargeError
from sespms_rules.engines.confirmed import Engine
from sespms_rules.program.ir import Program
from sespms_rules.reports.ratings import RatedBlock
from sespms_rules.rosters.files import OpenRoster, RosterBlock


def rated_in_blocks(opened: OpenRoster, program: Program, engine: Engine) -> Iterator[RatedBlock]:
    """The rows of a roster that can be read in columns, in order; `engine` rates those that are looked at alone.

    A refused row is read, rated and confirmed by the reference, which says why. So is one of which a question is asked
    that is not asked of everyone.
    """
    if opened.blocks is None:
        raise ValueError("the rows of this roster can only be read one by one")
    rating = _Blocks(program, engine)
    return map(rating.block, opened.blocks())


class _Blocks:
    def __init__(self, program: Program, engine: Engine) -> None:
        self._engine = engine
        self._answers = Answers(program)

    def block(self, given: RosterBlock) -> RatedBlock:
        """Rate a block."""
        rows = len(given.keys)
        try:
            kinds, alone = self._answers.of(given.members, rows)
        except ColumnsTooLargeError:
            kinds, alone = [0] * rows, [*range(rows)]
        places = sorted({*alone, *given.odd})
        read = {place: given.odd[place] if place in given.odd else given.row(place) for place in places}
        told = rated_rows(OpenRoster(iter([each for each in read.values() if each is not None])), self._engine)
        odd = {place: None if each is None else next(told) for place, each in read.items()}
        return RatedBlock(given.numbers, given.keys, kinds, self._answers.made, odd, given.plain_keys)
