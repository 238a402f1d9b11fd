"""The order *function*: the system derives the same level as what is asked, for every appraisal.

It does where the sentences say the same, where the system with the asked sentence in place of its own becomes the
same program, and where its bands for a level take every score of the band that is asked. It does not where a legal
plan reaches a score of that band and the system gives it no such level. Any other difference is left undecided.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.checks.analysis import (
    Interval,
    Line,
    derivations,
    example,
    gaps,
    of_range,
    uncovered,
)
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Part, Stated, System
from sespms_rules.language.syntax.derivation import (
    Band,
    LevelCap,
    NamedIs,
    Override,
    Row,
    ScoreIs,
    TableLevel,
    TableRow,
)
from sespms_rules.language.syntax.formula import BelowRange, FromRange
from sespms_rules.language.syntax.nodes import Number, Sentence
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.comparing import Question

_ABOUT: dict[type[Sentence], str] = {
    Band: "outcome",
    Row: "outcome",
    Override: "level",
    LevelCap: "level",
    NamedIs: "name",
    TableLevel: "level",
    TableRow: "result",
}
"""What two sentences of a class must share for one to stand in the place of the other."""

_HARDLY = Fraction(1, 1_000_000)


class Sameness(Frozen):
    """Whether both derive the same (None: not decided); `rivals` are the sentences in the place of what is asked."""

    holds: bool | None
    rivals: tuple[Stated, ...]
    why: str = field(default="")


def derives_the_same(system: System, part: Part, question: Question) -> Sameness:
    """Compare what a part of a system derives with one sentence on the derivation that it does not say word for word.

    The other sentences asked there have overrides that may hold before the asked one.
    """
    asked = question.asked
    rivals = tuple(each for each in part.sentences if _in_place_of(each.sentence, asked))
    if not rivals:
        if _says_little(part, asked):
            return Sameness(False, ())
        return Sameness(None, ()) if (found := _left_out(system, part, asked)) is None else found
    changed = _with(system, part, rivals, asked)
    before, after = question.compute(system), question.compute(changed)
    if before is not None and before == after:
        return Sameness(True, rivals)
    if isinstance(asked, Band) and part.kind is PartKind.RATING:
        return _band(system, part, rivals, asked, question.beside)
    return Sameness(None, rivals)


# ---- bands ---------------------------------------------------------------------------------------


def _band(
    system: System, part: Part, rivals: tuple[Stated, ...], asked: Band, beside: tuple[Sentence, ...]
) -> Sameness:
    """Compare the bands for one level with the band that is asked for it."""
    bands = tuple(each.sentence for each in rivals if isinstance(each.sentence, Band))
    if asked.floor is not None or any(band.floor is not None for band in bands):
        return Sameness(None, rivals)
    # A cap, like an override, takes away what a band gives.
    overrides = [each.sentence for each in part.sentences if isinstance(each.sentence, Override | LevelCap)]
    wanted = of_range(asked.score_range)
    left = uncovered([of_range(band.score_range) for band in bands])
    if all(each.meet(wanted).is_empty for each in left) and all(each in beside for each in overrides):
        return Sameness(True, rivals)
    found = _score_outside(system, part, bands, (asked, wanted))
    return Sameness(None, rivals) if found is None else Sameness(False, rivals, found)


def _left_out(system: System, part: Part, asked: Sentence) -> Sameness | None:
    """What can be said of a band for a level that no band of the system gives; None where nothing can.

    Overrides are no matter: a plan that one of them decides is no example.
    """
    if not isinstance(asked, Band) or asked.floor is not None or part.kind is not PartKind.RATING:
        return None
    if any(isinstance(each.sentence, Line) and not isinstance(each.sentence, Band) for each in part.sentences):
        return None
    found = _score_outside(system, part, (), (asked, of_range(asked.score_range)))
    return None if found is None else Sameness(False, (), found)


def _score_outside(system: System, part: Part, bands: tuple[Band, ...], asked: tuple[Band, Interval]) -> str | None:
    """A score of the asked band that an allowed plan reaches and the system's bands for its level do not take.

    With a band below and one above the asked one, the gaps of the system's own bands are such scores.
    """
    band, wanted = asked
    own = next((each for each in derivations(system) if each.part == part), None)
    if own is None:
        return None
    beyond = []
    if wanted.low is not None:
        beyond.append(replace(band, score_range=BelowRange(Number(wanted.low))))
    if wanted.high is not None:
        # No band can be written that begins just above a number; what is found is checked against the asked band.
        above = wanted.high + _HARDLY if wanted.high_in else wanted.high
        beyond.append(replace(band, score_range=FromRange(Number(above))))
    kept = tuple(each for each in part.sentences if not isinstance(each.sentence, Line))
    lines = tuple(Stated(each, system.name) for each in (*bands, *beyond))
    for gap in gaps(system, replace(own, part=replace(part, sentences=(*kept, *lines)))):
        if wanted.holds(gap.score):
            return f"{example(gap)} has the score `{exact(gap.score)}`, which is not in its bands for that level"
    return None


def _in_place_of(said: Sentence, asked: Sentence) -> bool:
    if type(said) is not type(asked):
        return False
    about = _ABOUT.get(type(asked))
    return about is None or getattr(said, about) == getattr(asked, about)


def _says_little(part: Part, asked: Sentence) -> bool:
    """Whether nothing else in the part could do the work of the asked sentence."""
    if isinstance(asked, ScoreIs):
        return not any(isinstance(each.sentence, ScoreIs) for each in part.sentences)
    return not any(each.sentence.strictness == "function" for each in part.sentences)


def _with(system: System, part: Part, rivals: tuple[Stated, ...], asked: Sentence) -> System:
    """The system with the asked sentence where the first of its rivals stands, and without the others."""
    first, *rest = rivals
    sentences = tuple(
        replace(each, sentence=asked) if each is first else each for each in part.sentences if each not in rest
    )
    changed = replace(part, sentences=sentences)
    parts = tuple(changed if each is part else each for each in system.parts)
    elements = tuple(
        replace(each, part=changed) if each.part.kind is part.kind and each.part.name == part.name else each
        for each in system.elements
    )
    return replace(system, parts=parts, elements=elements)
