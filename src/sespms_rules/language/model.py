"""What a policy means once its changes are made: systems, baselines, overlays, amendments.

Out of `resolve`: `based on`, `strike` and `insert` are carried out, every sentence knows where it stands and
under what authority, levels and elements are gathered. Nothing here is computed or judged.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.origin import NO_ORIGIN, Origin
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.syntax.nodes import PartName, Sentence
from sespms_rules.language.syntax.words import FederalLevel, PartKind


class Stated(Frozen, often=True):
    """A sentence that holds, and where it comes from. `of` is the system or edition whose text it stands in."""

    sentence: Sentence
    of: str
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class Part(Frozen):
    """A part of a system with all its sentences, those of several blocks of one kind together.

    `name` is set for elements, tables and lists. `origin` is the heading of its first block.
    """

    kind: PartKind
    name: str | None
    sentences: tuple[Stated, ...]
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class Level(Frozen):
    """A level: its number (5 the best), the agency's term, its points, the federal level it is equivalent to."""

    number: int
    term: str
    points: Fraction
    federal: FederalLevel | None
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class Element(Frozen):
    """An element that the system names.

    `levels` are the levels it can get; `scale` its lowest and highest number where it is rated by numbers
    instead. `requirements_rated` says that it is derived from its requirements; then its part holds the formula.
    `in_some_plans` says that a plan may do without it.
    """

    name: str
    critical: bool
    levels: tuple[int, ...]
    scale: tuple[Fraction, Fraction] | None
    requirements_rated: bool
    part: Part
    origin: Origin = field(compare=False, default=NO_ORIGIN)
    in_some_plans: bool = field(default=False)


class Scenario(Frozen):
    """A worked example: its ratings and what is expected; `amendment` names the change it is run under."""

    name: str
    amendment: str | None
    sentences: tuple[Stated, ...]
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class System(Frozen):
    """An agency's system, its changes carried out.

    `bases` are the systems it is based on, nearest first. `parts` keep the order of their first blocks.
    `amended_by` names the amendment that was carried out, if this is an amended copy.
    """

    name: str
    bases: tuple[str, ...]
    head: Part
    parts: tuple[Part, ...]
    levels: tuple[Level, ...]
    elements: tuple[Element, ...]
    scenarios: tuple[Scenario, ...]
    amended_by: str | None = field(default=None)
    origin: Origin = field(compare=False, default=NO_ORIGIN)

    def part(self, kind: PartKind, name: str | None = None) -> Part | None:
        """Return the part of a kind (and name), or None where the system has none."""
        return next((part for part in self.parts if part.kind is kind and part.name == name), None)

    def sentences(self, kind: PartKind) -> tuple[Stated, ...]:
        """Return the sentences of an unnamed part; none where the system has no such part."""
        if kind is PartKind.SYSTEM:
            return self.head.sentences
        part = self.part(kind)
        return part.sentences if part else ()


class Requirement(Frozen):
    """One requirement of an edition; `citation` is its identity."""

    citation: str
    title: str
    sentences: tuple[Stated, ...]
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class Baseline(Frozen):
    """One edition of rules that systems are held to, or an overlay (`kind` says which)."""

    kind: PartKind
    name: str
    head: Part
    requirements: tuple[Requirement, ...]
    lists: tuple[Part, ...]
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class Change(Frozen):
    """What an amendment does to one part or requirement, in the order of its lines.

    `struck_whole` is set for `strike <part>` at the margin. `title` is a new requirement's title.
    """

    part: PartName
    struck: tuple[Stated, ...]
    inserted: tuple[Stated, ...]
    struck_whole: bool


class Amendment(Frozen):
    """A change to a named system or edition from a day."""

    name: str
    amends: str
    head: Part
    changes: tuple[Change, ...]
    scenarios: tuple[Scenario, ...]
    origin: Origin = field(compare=False, default=NO_ORIGIN)


class Contents(Frozen):
    """All that one source holds."""

    systems: tuple[System, ...]
    baselines: tuple[Baseline, ...]
    amendments: tuple[Amendment, ...]
