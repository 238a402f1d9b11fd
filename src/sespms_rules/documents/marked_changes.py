"""What a change of a marked-up copy is, and what a sentence of it means."""

from __future__ import annotations

from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Part, Stated
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import part_of_file
from sespms_rules.language.syntax.nodes import Block, Line, Sentence
from sespms_rules.language.syntax.words import PartKind

ALIKE = "it is taken where the same sentence is changed alike"
"""Why a change is not taken a second time; nothing of it is lost."""


class MarkedChange(Frozen):
    """A change of the copy. `stated` is the sentence of `part` that it changes, None for a new one.

    `instead` are the sentences that are to stand instead, none where it is taken out. `why` says why it is not taken;
    it is then for people. `tracked` is false for what was changed without Word keeping track, or accepted already.
    `still` are the places of the copy that say what was, so that it says two things. `note` is what else is to be known
    of a change that is taken.
    """

    place: str
    was: str
    would_be: str
    by: tuple[str, ...]
    tracked: bool
    part: Part | None = field(default=None)
    stated: Stated | None = field(default=None)
    instead: tuple[str, ...] = field(default=())
    why: str = field(default="")
    still: tuple[str, ...] = field(default=())
    note: str = field(default="")

    @property
    def is_lost(self) -> bool:
        """Whether it does not come into the amendment, neither here nor elsewhere."""
        return self.why not in ("", ALIKE)

    @property
    def status(self) -> str:
        """What became of it, as every report says it."""
        return "not taken" if self.is_lost else "taken"

    @property
    def beside(self) -> str:
        """What is to be known of a change that is taken: its note, and where the copy still says it as it was."""
        still = f"the copy still says it as it was in {' and '.join(self.still)}" if self.still else ""
        return "; ".join(each for each in (self.note, still) if each)


def meant(kind: PartKind, sentence: str) -> Sentence | None:
    """What a sentence of a part means; None for one that cannot be read."""
    line = _line(kind, sentence)
    return None if line is None else line.sentence


def authority_of(kind: PartKind, sentence: str) -> str | None:
    """The authority that a sentence of a part names after `under`; None where it names none."""
    line = _line(kind, sentence)
    return None if line is None or line.authority is None else line.authority.text


def recited(was: str | None, now: str | None) -> str:
    """That a sentence names another authority than before and says the same, as every report says it."""
    if was is None or now is None:
        return f"it cites `{now}`, which it did not before" if now else f"it no longer cites `{was}`"
    return f"it cites `{now}` instead of `{was}`"


def _line(kind: PartKind, sentence: str) -> Line | None:
    document, findings = parse(Source("sentence", f"{part_of_file(kind).heading}\n  {sentence}\n"))
    block = document.blocks[0] if document.blocks else None
    if findings or not isinstance(block, Block) or len(block.lines) != 1:
        return None
    return block.lines[0]
