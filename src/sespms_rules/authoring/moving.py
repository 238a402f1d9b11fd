"""A fix of a text -> whom it would move: every appraisal that is possible before and after, counted or said not to be.

What is counted is counted whole, within a budget of work; where that is not enough, or there is no end of appraisals,
the reason is said and no number. Counting takes a numeric library, so it is loaded only where a fix changes what a
system computes.
"""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.authoring.edits import Edit, edited
from sespms_rules.foundation.diagnostic import Diagnostic, Moves, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import Contents
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import amended, find_system, resolve
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.pipeline import Compilation, program_as_read
from sespms_rules.program.ir import Program
from sespms_rules.studies.moved import moved, what_is_computed

MOST_LOOKED_AT = 12
"""So many fixes of one text are carried out to see whom they move; counting one takes up to half a second."""
MOST_LINES = 6_000
"""So many lines are read for that, over all fixes of a text: of a long text fewer are carried out, and one at least."""

_SEVERAL = Moves(why_not="it changes what several systems compute")


def with_moves(found: Iterable[Diagnostic], compilations: Iterable[Compilation]) -> tuple[Diagnostic, ...]:
    """The findings of some texts, each fix with whom it moves where it changes what a system of its text computes."""
    counters = {each.source.name: MovesCounter(each) for each in compilations}
    return tuple(_told(each, counters) for each in found)


def _told(finding: Diagnostic, counters: dict[str, MovesCounter]) -> Diagnostic:
    if not any(fix.span.source.name in counters for fix in finding.fixes):
        return finding
    fixes = []
    for fix in finding.fixes:
        counter = counters.get(fix.span.source.name)
        edit = Edit(fix.span.start, fix.span.end, fix.replacement)
        fixes.append(fix if counter is None else replace(fix, moves=counter.moves_of((edit,))))
    return replace(finding, fixes=tuple(fixes))


_Computed = dict[tuple[PartKind, str], Program]
"""What systems and amendments of a text compute, by what they are and their names."""


class MovesCounter:
    """Counts whom changes of one text move."""

    def __init__(self, compilation: Compilation) -> None:
        self._compilation = compilation
        lines = compilation.source.text.count("\n") + 1
        self._left = self._most = max(1, min(MOST_LOOKED_AT, MOST_LINES // lines))
        self._before: _Computed | None = None

    def moves_of(self, edits: tuple[Edit, ...]) -> Moves | None:
        """Whom edits move; None where they leave what is computed as it is, or nothing could be computed before."""
        if self._before is None:
            found = self._compilation.diagnostics
            misread = any(each.is_of_reading and each.severity is Severity.ERROR for each in found)
            self._before = {} if misread else self._computed(self._compilation.document, self._compilation.policy)
        if not self._before:
            return None
        if not self._left:
            return self._enough()
        self._left -= 1
        after = self._after(edits)
        changed = [each for each, program in self._before.items() if after.get(each, program) != program]
        # What changes a system changes what amendments make of it: the system is told.
        changed = [each for each in changed if each[0] == PartKind.SYSTEM] or changed
        if not changed:
            return None
        return moved(self._before[changed[0]], after[changed[0]]) if len(changed) == 1 else _SEVERAL

    def _enough(self) -> Moves:
        which = "the first fix" if self._most == 1 else f"the first {self._most} fixes"
        long = "" if self._most == MOST_LOOKED_AT else " of so many lines"
        return Moves(why_not=f"{which} of a text{long} {'is' if self._most == 1 else 'are'} counted")

    def _after(self, edits: tuple[Edit, ...]) -> _Computed:
        """What the systems compute once edits are made; nothing where the text cannot be read then."""
        source = self._compilation.source
        document, found = parse(Source(source.name, edited(source.text, edits)))
        policy, resolved = resolve(document, self._compilation.library)
        faulty = any(each.severity is Severity.ERROR for each in (*found, *resolved))
        return {} if faulty else self._computed(document, policy)

    def _computed(self, document: Document, policy: Contents) -> _Computed:
        """What systems, and amendments of them, compute that can be read, whatever the checks say of it."""
        made = {(PartKind.SYSTEM, each.name): program_as_read(each) for each in policy.systems}
        for each in policy.amendments:
            system, _ = find_system(each.amends, document, self._compilation.library)
            changed = None if system is None else amended(system, each)[0]
            made[PartKind.AMENDMENT, each.name] = None if changed is None else program_as_read(changed)
        return {key: what_is_computed(program) for key, program in made.items() if program is not None}
