"""The pieces of a Word document -> a first policy: what was understood, what was guessed, and what was not understood.

Every sentence stands in the policy below the words it came from. A guess stands below `# to decide:`, so that nobody
takes it for settled; what was not understood is listed with its place and is nowhere taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from sespms_rules.documents.agency_ways import Known, all_understood
from sespms_rules.documents.own_words import REPORTS, SUBTITLE, is_own, is_own_table
from sespms_rules.documents.repeated_weights import limits_said
from sespms_rules.documents.understanding import Understood
from sespms_rules.documents.word_tables import ROW, said_of_table
from sespms_rules.documents.word_text import Grid, Piece
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import PARTS
from sespms_rules.language.syntax.nodes import Block
from sespms_rules.language.syntax.words import PartKind

_NAMED = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT, PartKind.TABLE)
_NUMBER = re.compile(
    r"^(?:(?:part|section|chapter|article) )?(?:[\divx]+(?:\.\d+)*[.):]?|\(?[a-z][.):]) +", re.IGNORECASE
)
_DERIVING = re.compile(
    r"^(?:deriving|determining|computing|calculating|(?:derivation|determination|calculation) of) (?:the |a )?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<=[.;!?])\s+(?=[A-Z“\"])|(?<=[.!?]”)\s+(?=[A-Z“\"])")
_SYSTEM = re.compile(r"^(?:the )?system$", re.IGNORECASE)
_SHORT = 160
MOST_SENTENCES = 2_000
"""How many sentences of one document are read, rows of tables among them."""


class Taken(Frozen):
    """A sentence of the document with its place and, where it was understood, what it says; `why` where it was not."""

    place: str
    text: str
    part: tuple[PartKind, str] | None
    says: Understood | None
    why: str


class FirstPolicy(Frozen):
    """The policy as text, and every sentence of the document with what became of it.

    `own` are the captions, notes and reports of a description that the program wrote, which say no rule.
    """

    text: str
    taken: tuple[Taken, ...]
    own: tuple[str, ...] = field(default=())

    @property
    def known(self) -> tuple[Taken, ...]:
        """The sentences that were understood and not guessed."""
        return tuple(each for each in self.taken if each.says is not None and not each.says.guessed)

    @property
    def guessed(self) -> tuple[Taken, ...]:
        """The sentences that were guessed."""
        return tuple(each for each in self.taken if each.says is not None and each.says.guessed)

    @property
    def unknown(self) -> tuple[Taken, ...]:
        """The sentences that were not understood."""
        return tuple(each for each in self.taken if each.says is None)


def first_policy(pieces: Sequence[Piece | Grid], name: str) -> FirstPolicy:
    """Read the pieces in order; `name` is what the system is called where the document has no title.

    Raises RequestError for a document of more sentences than are read.
    """
    title = _title(pieces, name).replace('"', "'")
    own: list[str] = []
    taken = tuple(islice(_taken(pieces, title, own), MOST_SENTENCES + 1))
    if len(taken) > MOST_SENTENCES:
        raise RequestError(f"the document has more than {MOST_SENTENCES:,} sentences; give its parts one by one")
    taken = _without_repeated_weights(taken, title)
    return FirstPolicy(_written(taken, title), taken, tuple(own))


def _title(pieces: Sequence[Piece | Grid], name: str) -> str:
    """What the system is called: by the title of a description whatever it is, else by one that names no part."""
    texts = [each for each in pieces if isinstance(each, Piece) and each.text]
    title = next((each for each in texts if each.heading), None)
    if title is None or title.unread:
        return name
    described = len(texts) > 1 and texts[0].heading and SUBTITLE.fullmatch(texts[1].text)
    return title.text if described or _part_of(title.text) is None else name


def _without_repeated_weights(taken: tuple[Taken, ...], title: str) -> tuple[Taken, ...]:
    """The same, and a row of a table of weights that the sentences outside of it say already adds no sentence."""
    rows = {each for each in taken if each.part == (PartKind.WEIGHTS, "") and each.place.startswith("table")}
    if not rows:
        return taken
    said = limits_said(_written([each for each in taken if each not in rows], title))
    return tuple(
        replace(each, says=replace(each.says, sentence=""))
        if each in rows and each.says is not None and each.says.sentence in said
        else each
        for each in taken
    )


def _taken(pieces: Sequence[Piece | Grid], title: str, own: list[str]) -> Iterator[Taken]:
    """Every sentence; to `own` is put what the program says of a description by itself."""
    part: tuple[PartKind, str] | None = (PartKind.SYSTEM, "")
    under = top = title
    terms: dict[str, str] = {}
    elements: list[str] = []
    for each in pieces:
        if isinstance(each, Grid):
            if not each.unread and is_own_table(each.rows[0] if each.rows else (), top):
                own += [ROW.join(row) for row in each.rows[1:]]
            else:
                yield from _of_table(each, terms, part)
        elif each.unread:
            yield Taken(each.place, each.text, None, None, each.unread)
            if each.heading:  # what stands below it belongs to no part that is known, and not to the one before
                part, under = None, each.text
                top = each.text if each.heading == 1 else top
        elif each.heading and each.text:
            if each.text.replace('"', "'") != title:
                example = each.heading > 1 and REPORTS.fullmatch(top) is not None
                part, under = None if example else _part_of(each.text), each.text
                top = each.text if each.heading == 1 else top
                if part is not None and part[0] in _NAMED:
                    elements.append(part[1])
                    yield Taken(each.place, each.text, part, Understood(part[0], "", guessed=False), "")
        elif each.text and (is_own(each.text, top) or (top == title and SUBTITLE.fullmatch(each.text))):
            own.append(each.text)
        elif each.text:
            # Below what is reported of a system no rule is looked for, whatever a sentence there speaks of.
            known = None if REPORTS.fullmatch(top) else Known(tuple(elements), terms)
            for one in sentences_of(each.text):
                yield from _sentence(each.place, one, part, under, known)


def _part_of(heading: str) -> tuple[PartKind, str] | None:
    """The part that a heading names, with the name of an element; None where it names none."""
    plain = _DERIVING.sub("", _NUMBER.sub("", " ".join(heading.split()))).replace("“", '"').replace("”", '"')
    if _SYSTEM.match(plain):
        return PartKind.SYSTEM, ""
    for each in (plain, plain.casefold(), plain[:1].lower() + plain[1:]):
        found = _heading(each)
        if found is not None:
            return found
    _, findings = parse(Source("heading", f"{plain}\n  x\n"))
    fixes = (fix.replacement.strip() for finding in findings for fix in finding.fixes if fix.span.text.strip() == plain)
    return next((found for fix in fixes if (found := _heading(fix)) is not None), None)


def _heading(text: str) -> tuple[PartKind, str] | None:
    document, findings = parse(Source("heading", f"{text}\n"))
    if len(document.blocks) != 1 or any(each.code not in ("SES012", "SES025") for each in findings):
        return None
    (block,) = document.blocks
    if not isinstance(block, Block) or block.heading.kind not in {each.kind for each in PARTS}:
        return None
    return block.heading.kind, block.heading.name.text if block.heading.name else ""


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a paragraph; what stands in quotation marks is not taken apart."""
    held = ""
    for each in _ENDS.split(text):
        held = f"{held} {each}".strip()
        if held.count("“") <= held.count("”"):
            yield held
            held = ""
    if held:
        yield held


def _sentence(
    place: str, text: str, part: tuple[PartKind, str] | None, under: str, known: Known | None
) -> Iterator[Taken]:
    """What a sentence says, which may be two things; or that it is not understood, and why."""
    found = () if known is None else all_understood(None if part is None else part[0], text, known)
    for each in found:
        yield Taken(place, text, part if part is not None and part[0] is each.kind else (each.kind, ""), each, "")
    if not found:
        why = f"it stands below “{under}”, which names no part of a system"
        why = why if part is None else f"no sentence of the part `{part[0].value}` says this"
        yield Taken(place, text, None, None, why)


def _of_table(grid: Grid, terms: dict[str, str], part: tuple[PartKind, str] | None) -> Iterator[Taken]:
    """What each row says; of a table that is not known, each row as not understood. `part` is what it stands below."""
    if grid.over:
        yield Taken(f"{grid.place}, row 1", grid.over, None, None, "it is set over a whole table and says no rule")
    start = 2 + bool(grid.over)
    whole = None if grid.unread else said_of_table(grid.rows, terms)
    if whole is None:
        first, *more = grid.rows or ((),)
        why = grid.unread or f"its headings ({ROW.join(first)}) are those of no table that is known"
        for number, row in enumerate(more, start) if more else ((start - 1, first),):
            yield Taken(f"{grid.place}, row {number}", ROW.join(row), None, None, why)
        return
    for number, (text, said) in enumerate(whole, start):
        place = f"{grid.place}, row {number}"
        for one in said:
            of_table = one.kind is PartKind.TABLE
            belongs = part if of_table and part is not None and part[0] is PartKind.TABLE else (one.kind, one.name)
            if one.sentence is None or (of_table and belongs is not part):
                yield Taken(place, text, None, None, "the row has a cell that cannot be read as what its heading says")
            else:
                yield Taken(place, text, belongs, Understood(one.kind, one.sentence, guessed=False), "")


def _written(taken: Sequence[Taken], title: str) -> str:
    """The policy as text, in the order of the parts, laid out where that is possible."""
    parts: dict[tuple[PartKind, str], list[Taken]] = {(PartKind.SYSTEM, ""): []}
    for each in taken:
        if each.part is not None:
            parts.setdefault(each.part, []).append(each)
    lines = ["# Read from a Word document. Compare each sentence with the words it came from.", ""]
    order = [each.kind for each in PARTS]
    for (kind, name), sentences in sorted(parts.items(), key=lambda one: order.index(one[0][0])):
        lines += [_headed(kind, name or (title if kind is PartKind.SYSTEM else "")), *_lines(sentences), ""]
    unknown = [each for each in taken if each.says is None]
    lines += [f"# Not understood, {each.place}: {short(each.text)}" for each in unknown]
    text = "\n".join(lines).rstrip() + "\n"
    return format_policy(Source("policy", text)).text or text


def _headed(kind: PartKind, name: str) -> str:
    return f'{kind.value} "{name}"' if name else kind.value


def _lines(taken: Sequence[Taken]) -> Iterator[str]:
    """Each sentence once, below the words it came from."""
    there: set[str] = set()
    for each in taken:
        if each.says is None or not each.says.sentence or each.says.sentence in there:
            continue
        there.add(each.says.sentence)
        lead = "to decide: guessed from" if each.says.guessed else "from"
        yield f"  # {lead} {each.place}: {short(each.text)}"
        yield f"  {each.says.sentence}"


def short(text: str) -> str:
    """A text on one line, cut where it is very long; the cut is shown."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHORT else f"{plain[: _SHORT - 1]}…"
