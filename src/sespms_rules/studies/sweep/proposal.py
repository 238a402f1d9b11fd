"""A variant of a sweep as the amendment that an agency would write, and what `check` would say of it.

System + figures with new values -> Proposal. A variant is worked out on the Program, which knows nothing of the checks
that a text must pass; so before one is proposed it is written down as sentences and judged like any other amendment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.traversal import parts
from sespms_rules.foundation.values import Frozen, cache_by_identity, field
from sespms_rules.language.model import Amendment, Stated, System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, find_amendment
from sespms_rules.language.syntax.elements import LevelDefinition
from sespms_rules.language.syntax.limits import Level
from sespms_rules.language.syntax.nodes import Number, Sentence
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.pipeline import Changed, Variants
from sespms_rules.program import ir
from sespms_rules.studies.sweep.parameters import Cut, Figure, Points, Setting, WeightLimit, changed


class Titled(Frozen):
    """What an amendment that is made is called, and the reason that it gives."""

    name: str
    because: str


FOUND = Titled("What the sweep found", "It reaches the goal that was set.")

_PARTS = (PartKind.LEVELS, PartKind.WEIGHTS, PartKind.RATING)


class Proposal(Frozen):
    """A variant written down: its text, and what `check` finds in the policy under it that was not found before.

    `text` is None where a figure has no sentence whose number could be replaced; then nothing was checked. Else
    `amendment` is the text as it was read, and `made` what it makes of the system.
    """

    text: str | None
    findings: tuple[Diagnostic, ...] = field(default=())
    amendment: Amendment | None = field(default=None)
    made: Changed | None = field(default=None)

    @property
    def refused(self) -> tuple[Diagnostic, ...]:
        """The errors: with one of them the policy would not be run."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    @property
    def warned(self) -> tuple[Diagnostic, ...]:
        """The warnings that would be new."""
        return tuple(each for each in self.findings if each.severity is Severity.WARNING)


def proposed(
    system: System,
    program: ir.Program,
    figures: Sequence[Figure],
    values: Sequence[Setting],
    titled: Titled = FOUND,
) -> Proposal:
    """Write a variant of the program of a system as an amendment, and judge the system under it.

    The text is kept only where the amended system computes just what the variant does. Of `titled` the words hold no
    quotation mark and no line end.
    """
    edits = _edits(system, figures, values)
    if not edits:
        return Proposal(None)
    text = _amendment(system.name, edits, titled)
    document, faults = parse(Source("the sweep's amendment", text))
    amendment, _ = find_amendment(titled.name, document, EMPTY_LIBRARY)
    if faults or amendment is None:
        return Proposal(None)
    made = _variants(system).under(amendment)
    if made.broken:
        return Proposal(None)
    if made.program is not None and made.program.summary != _variant(program, figures, values).summary:
        return Proposal(None)  # the words would do something else: they are not offered
    return Proposal(text, made.new, amendment, made)


@cache_by_identity(4)
def _variants(system: System) -> Variants:
    """A system is judged as it is once, however many figures of it are tried."""
    return Variants(system)


def _variant(program: ir.Program, figures: Sequence[Figure], values: Sequence[Setting]) -> ir.Program:
    for figure, value in zip(figures, values, strict=True):
        program = changed(program, figure, value)
    return program


# ---- sentences with another number ------------------------------------------------------------------

_Edit = tuple[PartKind, Span, list[tuple[Span, str]]]
"""A sentence: its part, where it stands, and its numbers that change with what they become."""


def _edits(system: System, figures: Sequence[Figure], values: Sequence[Setting]) -> list[_Edit] | None:
    """What changes in which sentence; None where that is not plain."""
    found: dict[tuple[str, int], _Edit] = {}
    for figure, value in zip(figures, values, strict=True):
        if value == figure.now:
            continue
        if not isinstance(value, Fraction) or not isinstance(figure.now, Fraction):
            return None
        places = list(_places(system, figure, value))
        if not places:
            return None
        for kind, stated, numbers, text in places:
            if len(numbers) != 1:
                return None
            span = stated.origin.span
            edit = found.setdefault((span.source.name, span.start), (kind, span, []))
            edit[2].append((numbers[0].span, text))
    return list(found.values()) or None


def _places(system: System, figure: Figure, value: Fraction) -> Iterator[tuple[PartKind, Stated, list[Number], str]]:
    """The sentences that say a figure: each with its part, the numbers in it that say it, and what they become."""
    part, now = figure.part, figure.now
    assert isinstance(now, Fraction)  # noqa: S101 - the caller has looked
    if isinstance(part, Points):
        for stated in system.sentences(PartKind.LEVELS):
            sentence = stated.sentence
            if isinstance(sentence, LevelDefinition) and _level_of(sentence) == part.level:
                yield PartKind.LEVELS, stated, [sentence.points], exact(value)
        return
    shifts = [end.shift for end in part.ends] if isinstance(part, Cut) else [Fraction(0)]
    if not isinstance(part, Cut | WeightLimit):
        return
    for origin, shift in zip(figure.origins, shifts, strict=True):
        for kind in _PARTS:
            for stated in system.sentences(kind):
                if stated.origin.span.source is origin.span.source and stated.origin.span.start == origin.span.start:
                    same = [each for each in _numbers(stated.sentence) if each.value == now + shift]
                    yield kind, stated, same, exact(value + shift)


def _level_of(sentence: LevelDefinition) -> Fraction | None:
    return sentence.level.number.value if isinstance(sentence.level, Level) else None


def _numbers(sentence: Sentence) -> list[Number]:
    """The numbers of a sentence that are no level's."""

    def inside(value: Frozen) -> Iterator[Number]:
        for each in parts(value):
            if isinstance(each, Number):
                yield each
            elif not isinstance(each, Level):
                yield from inside(each)

    return list(inside(sentence))


def _amendment(system: str, edits: Sequence[_Edit], titled: Titled) -> str:
    """The text of the amendment, part by part in the order of the policy."""
    lines = [f'amendment "{titled.name}"', f'  amends "{system}"', f'  because "{titled.because}"']
    for kind in _PARTS:
        mine = [each for each in edits if each[0] is kind]
        if mine:
            lines += ["", kind.value]
        for _, span, numbers in sorted(mine, key=lambda each: each[1].start):
            source = span.source.text
            new = source[span.start : span.end]
            for place, text in sorted(numbers, key=lambda each: -each[0].start):
                new = new[: place.start - span.start] + text + new[place.end - span.start :]
            old = source[span.start : span.end]
            lines += [f"  strike {' '.join(old.split())}", f"  insert {' '.join(new.split())}"]
    return "\n".join(lines) + "\n"
