"""What every node of the syntax tree is made of: spans, quoted names, numbers, days; blocks, lines, documents.

Two nodes are equal when they say the same; where they stand (`span`) is left out of the comparison.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import ClassVar

from sespms_rules.foundation.source import NOWHERE, Source, Span
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.syntax.words import HEADS, Edit, PartKind, Word


class Node(Frozen):
    """Anything that was written, with the place where it stands."""

    span: Span = field(default=NOWHERE, compare=False, kw_only=True)


class Quoted(Node):
    """The author's own wording between double quotes."""

    text: str


class Prose(Node):
    """Longer wording between three double quotes, its common indentation and outer blank lines removed."""

    text: str


class AnyWording(Node):
    """`any wording`: a hole that stands for whatever the agency writes."""


class AnyName(Node):
    """`any name`: a hole for a label."""


class AnyDate(Node):
    """`any date`: a hole for a calendar day."""


class Number(Node):
    """A number, exactly: `text` keeps how it was written, `value` is a fraction."""

    value: Fraction
    text: str = field(default="", compare=False)


class Percent(Node):
    """A number followed by `%`; `value` is the number before the sign (30 for `30%`)."""

    number: Number


class Day(Node):
    """A calendar day."""

    value: datetime.date


class Code(Node):
    """The code of a finding, such as `SES603`."""

    text: str


Text = Quoted | Prose | AnyWording
Label = Quoted | AnyName
Date = Day | AnyDate


class Sentence(Node):
    """One sentence of the language, without its edit and its authority.

    A class of sentence says of itself, for the phrase book and the reference pages: `under`, the parts it may
    stand in; `examples`, how it is written; `means`, what it says; `strictness`, by which of the ten orders one such
    sentence is at least as strict as another (docs/language/strictness.md).
    """

    under: ClassVar[tuple[PartKind, ...]] = ()
    examples: ClassVar[tuple[str, ...]] = ()
    means: ClassVar[str] = ""
    strictness: ClassVar[str] = ""

    def __init_subclass__(
        cls,
        under: PartKind | tuple[PartKind, ...] = (),
        says: str | tuple[str, ...] = (),
        means: str = "",
        strictness: str = "",
    ) -> None:
        """Keep what the class says of itself."""
        super().__init_subclass__()
        cls.under = (under,) if isinstance(under, PartKind) else under
        cls.examples = (says,) if isinstance(says, str) else says
        cls.means = means
        cls.strictness = strictness


class PartName(Node):
    """The name of a block: its kind, and for some kinds the author's name for it and a second string.

    `second` is the base of a `system … based on …`, or the title of a `requirement`.
    """

    kind: PartKind
    name: Quoted | None = field(default=None)
    second: Quoted | None = field(default=None)

    @property
    def opens_a_text(self) -> bool:
        """Whether it is the head of a text. `system` without a name is a part of an amendment: the head it changes."""
        return self.kind in HEADS and self.name is not None


class Quotation(Node):
    """A sentence quoted with its part: `appraisal period: lasts at least 90 days`."""

    part: PartName
    sentence: Sentence


class Line(Node):
    """An indented line: perhaps `strike` or `insert`, a sentence, perhaps the authority after `under`."""

    edit: Edit | None
    sentence: Sentence
    authority: Quoted | None = field(default=None)


class Block(Node):
    """A block: its heading at the margin and the lines below it."""

    heading: PartName
    lines: tuple[Line, ...]


class StrikePart(Node):
    """`strike <part>` at the margin of an amendment: the whole part goes."""

    part: PartName


class Comment(Node):
    """A note from `#` to the end of its line."""

    text: str


class Choice(Node):
    """A word of a closed list where it was written; in the tree the word alone stands, without its place."""

    word: Word


class Document(Frozen):
    """A source as a tree: its blocks in the order of the text, and its comments beside them."""

    source: Source = field(compare=False, kw_only=True, default=NOWHERE.source)
    blocks: tuple[Block | StrikePart, ...]
    comments: tuple[Comment, ...] = field(default=(), compare=False)
