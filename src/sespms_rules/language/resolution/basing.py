"""`based on`: a copy of another text plus changes, at most two texts deep.

What was decided about a text (submitted, approved, certified) is not copied: approval of a department's system is
no approval of a bureau's. A text's own `agency` and `effective` stand in place of those it copies; everything else
is struck before it is said otherwise. Guarantees are copied, because they are part of what the text promises;
scenarios are not, because they are worked examples of the other text, and its figures need not hold of this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label
from sespms_rules.foundation.line_edits import whole_lines
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import backticked
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import Stated
from sespms_rules.language.resolution.chapters import Chapter
from sespms_rules.language.resolution.findings import BASE_LOOP, BASED_TOO_DEEP, NO_USABLE_BASE, STRIKES_ITSELF
from sespms_rules.language.resolution.nearest import respelled
from sespms_rules.language.resolution.passages import Passage, alter, alterations
from sespms_rules.language.resolution.texts import Findings, Text, Texts
from sespms_rules.language.syntax.nodes import Block, Line, Quoted, StrikePart
from sespms_rules.language.syntax.system import Agency, Approved, Certified, Effective, Submitted
from sespms_rules.language.syntax.words import Edit, PartKind

MOST_BASES = 2
"""How deep texts may rest on each other: a bureau on its department, the department on a common system."""

_RECORD = Submitted | Approved | Certified
_IDENTITY = (Agency, Effective)


def bases(texts: Texts, text: Text) -> tuple[tuple[Text, ...], Diagnostic | None]:
    """The texts a system is based on, nearest first, or why they cannot be had."""
    chain = [text]
    said = text.chapter.head.heading.second
    while said is not None and (named := chain[-1].chapter.head.heading.second) is not None:
        if rivals := texts.rivals(PartKind.SYSTEM, named.text, said.span, chain[-1].home):
            return (), rivals
        found = texts.find(PartKind.SYSTEM, named.text, chain[-1].home)
        if not found:
            return (), _not_found(texts, chain, named, said)
        if any(found[0].chapter is each.chapter for each in chain):
            return (), _loop(chain, found[0], said)
        chain.append(found[0])
        if len(chain) > MOST_BASES + 1:
            return (), _too_deep(chain, said)
    return tuple(chain[1:]), None


def _not_found(texts: Texts, chain: list[Text], named: Quoted, said: Quoted) -> Diagnostic:
    kinds, own = (PartKind.SYSTEM,), chain[0].chapter.name
    if len(chain) > 1:
        between = chain[-1].chapter.name
        message = f"`{between}` is based on `{named.text}`, and there is no such system to be read"
        cure = texts.advice(kinds, named.text, None)
        return NO_USABLE_BASE.at(said.span, message, help=f"fix `{between}` first: {cure}")
    near = texts.nearest(kinds, named.text, besides=own)
    return NO_USABLE_BASE.at(
        said.span,
        f"there is no system `{named.text}` that `{own}` could be based on",
        help=texts.advice(kinds, named.text, near),
        fixes=respelled(named.text, near, said.span),
    )


def _loop(chain: list[Text], again: Text, said: Quoted) -> Diagnostic:
    names = [each.chapter.name for each in chain]
    way = f" by way of {backticked(names[1:])}" if len(chain) > 1 and again.chapter is chain[0].chapter else ""
    if again.chapter is chain[0].chapter:
        message = f"`{names[0]}` is based on itself{way}"
    else:
        message = f"`{names[0]}` is based on `{names[1]}`, which leads back to `{again.chapter.name}` without an end"
    help = "one of them must be a complete text of its own, with no `based on`"
    fixes = _on_its_own(chain[0].chapter) if again.chapter is chain[0].chapter else ()
    return BASE_LOOP.at(said.span, message, help=help, fixes=fixes)


def _on_its_own(chapter: Chapter) -> tuple[Fix, ...]:
    """Leave `based on` out of a heading, which makes a text of its own of it."""
    name, base = chapter.head.heading.name, chapter.head.heading.second
    if name is None or base is None:
        return ()
    rest = Span(name.span.source, name.span.end, base.span.end)
    title = f"leave out `{rest.words}`, so that `{chapter.name}` is a complete text of its own"
    return (Fix(title, rest, "", sure=False, asks=True),)


def _too_deep(chain: list[Text], said: Quoted) -> Diagnostic:
    names = [each.chapter.name for each in chain]
    return BASED_TOO_DEEP.at(
        said.span,
        f"`{names[0]}` rests on {backticked(names[1:])}, and a system may rest on at most {MOST_BASES} others",
        help=f"base it on `{names[2]}` and write out what `{names[1]}` changes, or make one of them a complete text",
        labels=tuple(Label(each.chapter.head.heading.span, "one of them") for each in chain[1:]),
    )


def based(
    passages: tuple[Passage, ...], chapter: Chapter, below: Chapter | None
) -> tuple[tuple[Passage, ...], Findings]:
    """Carry out what a chapter changes in the text of `below`; with no text below, it is a text of its own."""
    if below is None:
        return alter((), alterations(chapter), of=chapter.name, own=None)
    changed, missing = alter(passages, alterations(chapter), of=below.name, own=chapter.name)
    head = Passage(chapter.head.heading, _own_head(changed[0].sentences, chapter.name))
    return (head, *changed[1:]), missing


def _own_head(sentences: tuple[Stated, ...], own: str) -> tuple[Stated, ...]:
    """The head of a text based on another, without what was said of the other text alone."""
    replaced = {type(each.sentence) for each in sentences if each.of == own and isinstance(each.sentence, _IDENTITY)}
    return tuple(
        each
        for each in sentences
        if each.of == own or not (isinstance(each.sentence, _RECORD) or type(each.sentence) in replaced)
    )


def alone(chapter: Chapter) -> tuple[Passage, ...]:
    """What a chapter itself says, for want of the text it changes."""
    plain = tuple(
        replace(change, edits=tuple(edit for edit in change.edits if edit[0] is Edit.INSERT))
        for change in alterations(chapter)
        if not change.whole
    )
    return alter((), plain, of=chapter.name, own=None)[0]


def strikes_itself(chapter: Chapter) -> Iterator[Diagnostic]:
    """What a text strikes that is based on no other."""
    help = "leave out both; or, if it is to follow another system, say so in the heading with `based on`"
    message = f"`{chapter.name}` is based on no other system, so it strikes only what it says itself"
    for block in (chapter.head, *chapter.blocks):
        if isinstance(block, StrikePart):
            yield STRIKES_ITSELF.at(block.part.span, message, help=help)
        else:
            for line in block.lines:
                if line.edit is Edit.STRIKE:
                    yield STRIKES_ITSELF.at(line.sentence.span, message, help=help, fixes=_both_out(block, line))


def _both_out(block: Block, strike: Line) -> tuple[Fix, ...]:
    """Take out a line that strikes and the one it strikes; none where that is not one line above it."""
    struck = [each for each in block.lines if each.edit is not Edit.STRIKE and each.sentence == strike.sentence]
    if len(struck) != 1 or struck[0].span.start > strike.span.start:
        return ()
    first, last = whole_lines(struck[0].span), whole_lines(strike.span)
    between = Span(first.source, first.end, last.start).text
    return (Fix("take both lines out, which say nothing together", first.to(last), between, sure=False),)
