"""Document -> chapters: each head with the blocks that belong to it, and what stands where it may not.

Out differs from in: blocks are grouped under their heads, scenarios stand apart, and what is out of its place is
left out, with a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label
from sespms_rules.foundation.line_edits import whole_lines
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen, cache_by_identity
from sespms_rules.language.resolution.findings import (
    EDIT_OUT_OF_PLACE,
    NAME_USED_TWICE,
    NEITHER_STRUCK_NOR_INSERTED,
    OUT_OF_PLACE,
    TOO_MANY_NAMED,
)
from sespms_rules.language.syntax.baselines import InForce
from sespms_rules.language.syntax.nodes import Block, Document, Line, PartName, Sentence, StrikePart
from sespms_rules.language.syntax.requirements import (
    MayHave,
    MustGuarantee,
    MustHave,
    MustNotContradict,
    MustNotHave,
    MustNotHaveNoncritical,
    MustNotState,
    MustState,
    ShouldGuarantee,
    ShouldState,
)
from sespms_rules.language.syntax.words import Edit, PartKind

_RULES = (PartKind.BASELINE, PartKind.OVERLAY)
_OF_RULES = (PartKind.REQUIREMENT, PartKind.LIST)
_NAMED_ONCE = {
    PartKind.CRITICAL_ELEMENT: "element",
    PartKind.NONCRITICAL_ELEMENT: "element",
    PartKind.TABLE: "table",
    PartKind.LIST: "list",
    PartKind.REQUIREMENT: "requirement",
    PartKind.SCENARIO: "scenario",
}
_MAY_HOLD = {
    PartKind.SYSTEM: "a system holds its parts, guarantees and scenarios; requirements and lists stand in a baseline",
    PartKind.BASELINE: "a baseline holds requirements and lists",
    PartKind.OVERLAY: "an overlay holds requirements and lists",
}


_LEFT_TO_PLACES = (
    PartKind.RECORDS,
    PartKind.STEPS,
    PartKind.REVIEW,
    PartKind.DEVELOPMENT,
    PartKind.TRAINING,
)
"""The parts in which a place can ask for more paper, notice or time; all others are settled by federal law alone."""


MOST_ELEMENTS = 200
"""So many elements may one text name; the longest system that is known has nine."""

MOST_TEXTS = 100
"""So many systems, amendments and editions may one file hold: each is worked out by itself."""


class Chapter(Frozen):
    """A head with what belongs to it, in the order of the text, and what was found out of its place in it."""

    head: Block
    blocks: tuple[Block | StrikePart, ...]
    scenarios: tuple[Block, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def kind(self) -> PartKind:
        """Whether it is a system, a baseline, an overlay or an amendment."""
        return self.head.heading.kind

    @property
    def name(self) -> str:
        """The author's name for it."""
        return name_of(self.head.heading)


def name_of(part: PartName) -> str:
    """The author's name in a heading; empty where its kind has none."""
    return part.name.text if part.name else ""


def called(part: PartName) -> str:
    """A part as one speaks of it: `critical element "Results"`."""
    return f'{part.kind} "{part.name.text}"' if part.name else str(part.kind)


def chapters(document: Document) -> tuple[tuple[Chapter, ...], tuple[Diagnostic, ...]]:
    """Group a document's blocks under their heads; the findings beside are those of no chapter."""
    groups: list[tuple[Block, list[Block | StrikePart]]] = []
    stray: list[Diagnostic] = []
    for block in document.blocks:
        if isinstance(block, Block) and block.heading.opens_a_text:
            groups.append((block, []))
        elif groups:
            groups[-1][1].append(block)
        elif not stray:  # of the parts below it, too, it then need not be told
            stray.append(_before_any_head(block, document))
    if len(groups) > MOST_TEXTS:
        stray.append(_one_text_more(groups[MOST_TEXTS][0].heading))
    made = tuple(_chapter(head, blocks) for head, blocks in groups[:MOST_TEXTS])
    return made, (*stray, *_twice_named_heads(made))


def _one_text_more(heading: PartName) -> Diagnostic:
    return TOO_MANY_NAMED.at(
        heading.span,
        f"`{called(heading)}` is one text more than the {MOST_TEXTS} that a file may hold",
        help="it and those behind it are not read; move them to files of their own",
    )


def _before_any_head(block: Block | StrikePart, document: Document) -> Diagnostic:
    part = block.heading if isinstance(block, Block) else block.part
    if part.kind is PartKind.SYSTEM:
        message = "`system` has no name, and stands before any head, so that nothing below it belongs to a system"
        help = 'write the name of the system behind it, as in `system "Name of the system"`'
        return OUT_OF_PLACE.at(part.span, message, help=help)
    return OUT_OF_PLACE.at(
        part.span,
        f"`{called(part)}` belongs to no system, because it stands before any head",
        help='begin the file with a head at the margin, such as `system "Name of the system"`',
        fixes=_head_first(document),
    )


def _head_first(document: Document) -> tuple[Fix, ...]:
    """Move the head of a file above all its parts; none where it has several heads, or none."""
    heads = [each for each in document.blocks if isinstance(each, Block) and each.heading.opens_a_text]
    if len(heads) != 1:
        return ()
    first = document.blocks[0]
    above = whole_lines(first.heading.span if isinstance(first, Block) else first.part.span)
    head = whole_lines(heads[0].heading.span.to([heads[0].heading, *heads[0].lines][-1].span))
    text = head.source.text
    ended = head.text if head.text.endswith("\n") else f"{head.text}\n"
    moved = f"{ended}\n{text[above.start : head.start]}"
    title = f"move `{called(heads[0].heading)}` to the top"
    return (Fix(title, Span(head.source, above.start, head.end), moved, sure=False),)


def _twice_named_heads(made: tuple[Chapter, ...]) -> Iterator[Diagnostic]:
    """Two heads of one name; two editions of one baseline are told apart by their first day in force."""
    first: dict[tuple[object, ...], Chapter] = {}
    for chapter in made:
        days = [line.sentence.first for line in chapter.head.lines if isinstance(line.sentence, InForce)]
        edition = tuple(days) if chapter.kind in _RULES else ()
        earlier = first.setdefault((chapter.kind, chapter.name, edition), chapter)
        if earlier is not chapter:
            yield NAME_USED_TWICE.at(
                chapter.head.heading.span,
                f"this file holds two texts called `{called(chapter.head.heading)}`",
                help="give each its own name; two editions of one baseline differ in the day they come into force",
                labels=(Label(earlier.head.heading.span, "the first"),),
            )


def _chapter(head: Block, blocks: list[Block | StrikePart]) -> Chapter:
    """Sort the blocks below a head, leaving out what may not stand there."""
    kept: list[Block | StrikePart] = []
    scenarios: list[Block] = []
    findings: list[Diagnostic] = list(_edits_in_head(head))
    for block in blocks:
        if isinstance(block, StrikePart):
            refused = _strike_out_of_place(head.heading, block)
        else:
            refused = _block_out_of_place(head.heading, block)
        if refused is not None:
            findings.append(refused)
        elif isinstance(block, Block) and block.heading.kind is PartKind.SCENARIO:
            scenarios.append(_without_edits(block, findings))
        else:
            kept.append(block)
            if isinstance(block, Block):
                findings.extend(_lines_out_of_place(head.heading.kind, block))
    kept = _not_too_many(kept, findings)
    findings.extend(_twice_named(head.heading.kind, [*kept, *scenarios]))
    return Chapter(head, tuple(kept), tuple(scenarios), tuple(findings))


def _not_too_many(blocks: list[Block | StrikePart], findings: list[Diagnostic]) -> list[Block | StrikePart]:
    """The blocks without the elements past the most that are read, which a finding tells."""
    kinds = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)
    elements = [each for each in blocks if isinstance(each, Block) and each.heading.kind in kinds]
    if len(elements) <= MOST_ELEMENTS:
        return blocks
    first = elements[MOST_ELEMENTS].heading
    message = f"`{called(first)}` is one element more than the {MOST_ELEMENTS} that a text may name"
    findings.append(TOO_MANY_NAMED.at(first.span, message, help="a system rates an executive on a handful of elements"))
    past = {id(each) for each in elements[MOST_ELEMENTS:]}
    return [each for each in blocks if id(each) not in past]


def _block_out_of_place(head: PartName, block: Block) -> Diagnostic | None:
    if block.heading.kind is PartKind.SYSTEM and head.kind is not PartKind.AMENDMENT:
        return OUT_OF_PLACE.at(
            block.heading.span,
            f"`system` without a name may not stand in the {head.kind} `{name_of(head)}`",
            help="give a system of its own a name in double quotes; without one, `system` stands in an amendment and "
            "changes the head of what is amended",
            labels=(Label(head.span, f"this {head.kind}"),),
        )
    of_rules = block.heading.kind in _OF_RULES
    if head.kind is PartKind.AMENDMENT or of_rules == (head.kind in _RULES):
        return None
    return OUT_OF_PLACE.at(
        block.heading.span,
        f"`{called(block.heading)}` may not stand in the {head.kind} `{name_of(head)}`",
        help=_MAY_HOLD[head.kind],
        labels=(Label(head.span, f"this {head.kind}"),),
    )


def _strike_out_of_place(head: PartName, block: StrikePart) -> Diagnostic | None:
    if head.kind not in _RULES:
        return None
    return EDIT_OUT_OF_PLACE.at(
        block.part.span,
        f"a part may not be struck in the {head.kind} `{name_of(head)}`",
        help=_complete(head.kind),
        labels=(Label(head.span, f"this {head.kind}"),),
    )


def _complete(kind: PartKind) -> str:
    if kind is PartKind.OVERLAY:
        return "an overlay only adds; what federal law says stands"
    return "an edition is a complete text: leave the part out, or write the change as an amendment"


def _edits_in_head(head: Block) -> Iterator[Diagnostic]:
    """`strike` or `insert` in a head: only a system's head may strike."""
    for line in head.lines:
        allowed = line.edit is None or (head.heading.kind is PartKind.SYSTEM and line.edit is Edit.STRIKE)
        if not allowed:
            yield _edit(line, head.heading.kind)


def _lines_out_of_place(kind: PartKind, block: Block) -> Iterator[Diagnostic]:
    """Lines of a block whose edit, or whose sentence, the head does not allow."""
    for line in block.lines:
        if kind is PartKind.AMENDMENT and line.edit is None:
            yield _plain(line)
        elif (kind is PartKind.SYSTEM and line.edit is Edit.INSERT) or (kind in _RULES and line.edit):
            yield _edit(line, kind)
        elif kind is PartKind.OVERLAY and isinstance(line.sentence, MayHave | MustNotState):
            yield OUT_OF_PLACE.at(
                line.sentence.span,
                "an overlay may not say `may have` or `must not state`, because it only adds duties",
                help="say it with `must`, `should`, `each … must` or `ask reviewer`, or leave it out",
            )
        elif kind is PartKind.OVERLAY and (settled := _settled_federally(line.sentence)):
            yield OUT_OF_PLACE.at(
                line.sentence.span,
                f"an overlay may not speak of `{settled}`, which federal law alone settles",
                help="a place can add to "
                + ", ".join(f"`{each}`" for each in _LEFT_TO_PLACES)
                + "; leave the rest out",
            )


def _settled_federally(sentence: Sentence) -> str:
    """What a requirement speaks of that no place has a say in; empty where it has."""
    match sentence:
        case MustState(quotation=quotation) | ShouldState(quotation=quotation) | MustNotContradict(quotation=quotation):
            part = quotation.part.kind
        case MustHave(part=named) | MustNotHave(part=named):
            part = named.kind
        case MustNotHaveNoncritical():
            part = PartKind.NONCRITICAL_ELEMENT
        case MustGuarantee() | ShouldGuarantee():
            part = PartKind.GUARANTEES
        case _:
            return ""
    return "" if part in _LEFT_TO_PLACES else part.value


def _plain(line: Line) -> Diagnostic:
    start = Span(line.span.source, line.span.start, line.span.start)
    return NEITHER_STRUCK_NOR_INSERTED.at(
        line.span,
        f"an amendment must say whether `{line.sentence.span.words}` is struck or inserted",
        help="put `insert` before a sentence that the amendment adds and `strike` before one that it removes; "
        "leave out what stays as it is",
        fixes=tuple(Fix(f"{word} it", start, f"{word} ", sure=False, asks=True) for word in _may_be_meant(line)),
    )


def _may_be_meant(line: Line) -> tuple[str, ...]:
    """What a plain sentence can be: the amended text says it, or does not; where that is in another file, both."""
    said = _lines_said(line.span.source)
    if not any(each.startswith(f"{PartKind.SYSTEM} ") for each in said):
        return ("insert", "strike")
    return ("strike",) if said[line.sentence.span.words] > 1 else ("insert",)


@cache_by_identity(4)
def _lines_said(source: Source) -> Counter[str]:
    """How often each line stands in a text, without notes: plain sentences are asked about one by one."""
    return Counter(" ".join(each.split("#")[0].split()) for each in source.text.splitlines())


def _edit(line: Line, kind: PartKind) -> Diagnostic:
    """A finding for a line whose `strike` or `insert` has no place there."""
    word = Span(line.span.source, line.span.start, line.sentence.span.start)
    says = {
        PartKind.SYSTEM: f"`{line.edit}` is a word of amendments; in a system a plain sentence adds",
        PartKind.AMENDMENT: f"`{line.edit}` has no place in the head of an amendment",
        PartKind.SCENARIO: f"`{line.edit}` has no place in a scenario, which belongs to one text alone",
    }
    plain = line.edit is Edit.INSERT
    cures = {
        PartKind.SYSTEM: "leave out `insert`: what stands here is added to the text the system is based on",
        PartKind.AMENDMENT: "say what the amendment amends, from when and why in plain sentences",
        PartKind.SCENARIO: "write the scenario as it is to hold",
    }
    return EDIT_OUT_OF_PLACE.at(
        word,
        says.get(kind, f"`{line.edit}` has no place in this {kind}, which is a complete text"),
        help=cures.get(kind, _complete(kind)),
        fixes=(Fix("leave out `insert`", word, "", sure=True),) if plain else (),
    )


def _without_edits(block: Block, findings: list[Diagnostic]) -> Block:
    """The scenario without the lines that carry an edit, each of them reported."""
    findings.extend(_edit(line, PartKind.SCENARIO) for line in block.lines if line.edit)
    return Block(block.heading, tuple(line for line in block.lines if not line.edit), span=block.span)


def _twice_named(kind: PartKind, blocks: list[Block | StrikePart]) -> Iterator[Diagnostic]:
    """Two elements, tables, lists, requirements or scenarios of one name; an amendment may come back to a part."""
    first: dict[tuple[str, str], Block] = {}
    for block in blocks:
        what = _NAMED_ONCE.get(block.heading.kind) if isinstance(block, Block) else None
        if not isinstance(block, Block) or what is None:
            continue
        if kind is PartKind.AMENDMENT and what != "scenario":
            continue
        name = name_of(block.heading)
        earlier = first.setdefault((what, name), block)
        if earlier is not block:
            yield NAME_USED_TWICE.at(
                block.heading.span,
                f"two {what}s are called `{name}`",
                help=f"give each {what} its own name, or put what belongs to one {what} under one heading",
                labels=(Label(earlier.heading.span, "the first"),),
            )
