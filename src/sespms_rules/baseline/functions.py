"""The order *function*: the system derives the same level as what is asked, for every appraisal.

Two ways lead to an answer without trying appraisals: the sentences say the same, or the system with the asked
sentence in place of its own becomes the same program. Any other difference is left undecided, never guessed.
"""

from __future__ import annotations

from sespms_rules.frozen import Frozen, replace
from sespms_rules.ir import Program
from sespms_rules.lower import lower
from sespms_rules.model import Part, Stated, System
from sespms_rules.syntax.derivation import Band, NamedIs, Override, Row, ScoreIs, TableLevel, TableRow
from sespms_rules.syntax.nodes import Sentence

_ABOUT: dict[type[Sentence], str] = {
    Band: "outcome",
    Row: "outcome",
    Override: "level",
    NamedIs: "name",
    TableLevel: "level",
    TableRow: "result",
}
"""What two sentences of a class must share for one to stand in the place of the other."""


class Sameness(Frozen):
    """Whether both derive the same (None: not decided); `rivals` are the sentences in the place of what is asked."""

    holds: bool | None
    rivals: tuple[Stated, ...]


def derives_the_same(system: System, part: Part, asked: Sentence) -> Sameness:
    """Compare what a part of a system derives with one sentence on the derivation that it does not say word for word.

    False only where the part says nothing of a derivation at all, or nothing in the place of the asked sentence.
    """
    rivals = tuple(each for each in part.sentences if _in_place_of(each.sentence, asked))
    if not rivals:
        return Sameness(False if _says_little(part, asked) else None, ())
    changed = _with(system, part, rivals, asked)
    before, after = _program(system), _program(changed)
    return Sameness(True if before is not None and before == after else None, rivals)


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


def _program(system: System) -> Program | None:
    return lower(system)[0]
