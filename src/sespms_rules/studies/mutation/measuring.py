"""A compiled policy -> how well its scenarios notice changes of its lines, as numbers and line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.pipeline import Compilation
from sespms_rules.program.plans import plan_sizes
from sespms_rules.studies.mutation.changes import Change
from sespms_rules.studies.mutation.judging import TIME_LIMIT, Fate, Judged, Trial

_GRAVEST_FIRST = (Fate.UNNOTICED, Fate.UNDECIDED, Fate.NO_EFFECT)


class Entry(Frozen):
    """One change of one line, in every system of the file that has the line: its fate and how it came to it.

    `judged` are its effects system by system.
    """

    origin: Origin
    says: str
    fate: Fate
    why: str
    judged: tuple[tuple[Trial, Judged], ...]

    @property
    def sentence(self) -> str:
        """The line as it stands, on one line."""
        return self.origin.span.words


class Measured(Frozen):
    """What the scenarios and guarantees of a policy notice; `entries` stand in the order of its lines."""

    policy: str
    entries: tuple[Entry, ...]

    def count(self, fate: Fate) -> int:
        """How many changes met a fate."""
        return sum(each.fate is fate for each in self.entries)

    @property
    def counted(self) -> int:
        """How many changes count: all but those without effect."""
        return len(self.entries) - self.count(Fate.NO_EFFECT)

    @property
    def score(self) -> Fraction | None:
        """The share of the changes that count which is noticed; None where there are none."""
        return Fraction(self.count(Fate.NOTICED), self.counted) if self.counted else None


MOST_ELEMENTS = 25
"""Of plans of more elements the appraisals to try a change on take longer to make than anyone would wait."""

MOST_CHANGES = 2_000
"""So many changes of one policy are tried; the largest of those that come with the program has some three hundred."""


def measure(compilation: Compilation, seconds: int = TIME_LIMIT) -> Measured:
    """Try every change of every line of a policy. `seconds` is the time limit of each proof.

    Lines that a system takes over from another file are tried in that file, by its scenarios. Raises RequestError,
    before anything is tried, where there are more than `MOST_CHANGES`, or plans
    of more than `MOST_ELEMENTS`.
    """
    groups: dict[tuple[int, int, str, int], list[tuple[Trial, Change]]] = {}
    for system in compilation.policy.systems:
        program = compilation.programs.get(system.name)
        if program is None:
            continue
        trial = Trial(system, program, compilation.source, seconds)
        sizes = plan_sizes(program.summary)
        elements = len(program.summary.members) + (sizes.most if not sizes.left else 0)
        if elements > MOST_ELEMENTS:
            raise RequestError(
                f"`{system.name}` may have {elements} elements in a plan, and changes are tried on plans of at most"
                f" {MOST_ELEMENTS}; run its scenarios with `sespms test` alone"
            )
        known = sum(1 for _ in islice(trial.listed(), MOST_CHANGES + 1))
        if known > MOST_CHANGES:
            raise RequestError(
                f"`{system.name}` has more than {MOST_CHANGES:,} changes to try, one after another; try a text of fewer"
                " lines, or run its scenarios with `sespms test` alone"
            )
        met: Counter[tuple[int, int, str]] = Counter()
        for change in trial.changes():
            span = change.origin.span
            key = (span.start, span.end, change.says)
            met[key] += 1  # one word may stand twice in a line
            groups.setdefault((*key, met[key]), []).append((trial, change))
    entries = [_entry(groups[key]) for key in sorted(groups)]
    return Measured(compilation.source.name, tuple(entries))


def _entry(group: list[tuple[Trial, Change]]) -> Entry:
    """Judge one change in all systems that have the line: whoever notices it first settles it."""
    change = group[0][1]
    for noticed in _noticing(group):
        return Entry(change.origin, change.says, Fate.NOTICED, noticed.why, ())
    judged = []
    for trial, each in group:
        found = trial.judge(each)
        if found.fate is Fate.NOTICED:
            return Entry(change.origin, change.says, Fate.NOTICED, found.why, ())
        judged.append((trial, found))
    worst = min((found for _, found in judged), key=lambda found: _GRAVEST_FIRST.index(found.fate))
    return Entry(change.origin, change.says, worst.fate, worst.why, tuple(judged))


def _noticing(group: list[tuple[Trial, Change]]) -> Iterator[Judged]:
    for trial, change in group:
        noticed = trial.noticed_by_scenario(change)
        if noticed is not None:
            yield noticed
