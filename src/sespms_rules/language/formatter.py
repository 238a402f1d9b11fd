"""One layout for every policy: a source -> the same policy, laid out as all others are.

Two blanks before a sentence, one blank line between blocks, at most one inside them, one blank between words,
columns where adjacent sentences of one shape make a table, and of two wordings that are read the agreed one
(`agreed_wording`). Every note is kept where it stands; no line is joined, split or moved. The result is read again and
refused unless it says exactly the same.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic, Severity, error
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.agreed_wording import in_agreed_wording
from sespms_rules.language.parsing import Token, parse, tokens
from sespms_rules.language.syntax.derivation import NamedIs
from sespms_rules.language.syntax.elements import LevelDefinition
from sespms_rules.language.syntax.nodes import Block, Document, Sentence
from sespms_rules.language.syntax.proof import RatedElement, RatedNoncritical, RatedRequirement, WeighedElement
from sespms_rules.language.syntax.words import PartKind

LAYOUT_REFUSED = error("SES021", "layout-refused")

_INDENT = "  "
_GAP = "  "
_LINE_ENDS = ("margin", "line", "last")


class FormatResult(Frozen):
    """The laid-out text, or None and the findings that kept the policy from being laid out."""

    text: str | None
    findings: tuple[Diagnostic, ...] = ()


class _Remark(Frozen):
    """A line that holds only a note, or nothing (`text` is empty)."""

    text: str
    is_indented: bool


class _Row:
    """A heading or sentence: its tokens, what it is, the notes above it and the one behind it."""

    __slots__ = ("above", "behind", "is_heading", "laid", "sentence", "signed", "words")

    def __init__(self, above: list[_Remark], is_heading: bool) -> None:
        self.above = above
        self.is_heading = is_heading
        self.words: list[Token] = []
        self.behind = ""
        self.sentence: Sentence | None = None
        self.signed = False
        self.laid = ""

    @property
    def stands_alone(self) -> bool:
        """Whether no row stands right above it."""
        return self.is_heading or bool(self.above)


def format_policy(source: Source) -> FormatResult:
    """Lay out a policy. One that cannot be read is refused with its findings, and its text is None."""
    document, findings = parse(source)
    errors = tuple(each for each in findings if each.severity is Severity.ERROR)
    if errors:
        return FormatResult(None, errors)
    rows, last = _rows(tokens(source))
    _recognise(rows, document)
    for run in _runs(rows):
        _lay_out(run)
    text = "\n".join(_lines(rows, last)) + "\n"
    refusal = _refusal(source, document, text)
    return FormatResult(None, (refusal,)) if refusal else FormatResult(text)


def _refusal(source: Source, document: Document, text: str) -> Diagnostic | None:
    """A finding when the text laid out does not say what the source says."""
    again, findings = parse(Source(source.name, text))
    notes = [note.text for note in document.comments] == [note.text for note in again.comments]
    if not findings and again == document and notes:
        return None
    message = f"`{source.name}` would say something else once laid out, so it is left as it is"
    help = "this is a defect of the formatter; please report it with the file"
    return LAYOUT_REFUSED.at(Span(source, 0, 0), message, help=help)


# ---- tokens to rows ----------------------------------------------------------------------------------


def _rows(found: Sequence[Token]) -> tuple[list[_Row], list[_Remark]]:
    """The rows in order, and the remarks below the last."""
    rows: list[_Row] = []
    above: list[_Remark] = []
    begins, is_heading = True, True
    for token in found:
        if token.kind not in _LINE_ENDS:
            if begins:
                rows.append(_Row(above, is_heading))
                above, begins = [], False
            rows[-1].words.append(token)
            continue
        first, *others = token.text.split("\n")
        if rows:
            rows[-1].behind = first.strip()
        else:
            others = [first, *others]
        above = [_Remark(each.strip(), each[:1] in (" ", "\t")) for each in others[:-1]]
        begins, is_heading = True, token.kind == "margin"
    return rows, above


def _recognise(rows: Iterable[_Row], document: Document) -> None:
    """Tell each row which sentence it is, and whether a minus in it is always a sign."""
    sentences: dict[int, tuple[Sentence, PartKind]] = {}
    for block in document.blocks:
        if isinstance(block, Block):
            for line in block.lines:
                sentences[line.span.start] = (line.sentence, block.heading.kind)
    for row in rows:
        row.words = in_agreed_wording(row.words)
        known = sentences.get(row.words[0].span.start)
        if known and not row.is_heading:
            row.sentence, part = known
            row.signed = part is PartKind.SCENARIO


def _runs(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Rows that stand right below each other, block by block."""
    run: list[_Row] = []
    for row in rows:
        if row.stands_alone and run:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


# ---- one row -----------------------------------------------------------------------------------------

_NO_BLANK_BEFORE = frozenset({",", ":", "%", ")"})
_OPERAND_FOLLOWS = frozenset(
    {"is", "than", "least", "most", "exactly", "from", "to", "otherwise", "of", "and", "(", ",", "+", "-", "*", "/"}
)


def _joined(words: Sequence[Token], *, signed: bool) -> str:
    """The words with one blank between them, signs attached as in print."""
    text = ""
    before: Token | None = None
    sticks = True
    for token in words:
        said = _prose(token.text) if token.kind == "prose" else token.text
        is_sign = token.text == "-" and token.kind == "sign" and (signed or _opens_operand(before))
        text += said if sticks or (token.kind == "sign" and token.text in _NO_BLANK_BEFORE) else f" {said}"
        sticks = is_sign or (token.kind == "sign" and token.text == "(")
        before = token
    return text


def _opens_operand(before: Token | None) -> bool:
    return before is None or (before.kind in ("word", "sign") and before.text in _OPERAND_FOLLOWS)


def _prose(text: str) -> str:
    """Prose moved as a whole to stand two blanks deeper than its sentence."""
    first, *others = text[3:-3].split("\n")
    if not others or first.strip():
        return text  # it begins behind its quotes: moving the other lines would change how they stand to the first
    shifted = textwrap.indent(textwrap.dedent("\n".join(others)), 2 * _INDENT).split("\n")
    if not others[-1].strip():
        shifted[-1] = 2 * _INDENT
    return "\n".join(['"""', *(each.rstrip() for each in shifted[:-1]), f'{shifted[-1]}"""'])


# ---- columns -----------------------------------------------------------------------------------------


def _cuts(row: _Row) -> list[int]:
    """The characters of the source at which the columns of a row begin, the first left out."""
    match row.sentence:
        case LevelDefinition() as level:
            federal = [token.span.start for token in row.words if token.text == "equivalent"]
            return [level.points.span.start, *federal]
        case RatedElement() | RatedNoncritical() | RatedRequirement() as rated:
            weight = [rated.weight.span.start] if rated.weight else []
            return [*weight, rated.mark.span.start]
        case WeighedElement() as weighed:
            return [weighed.weight.span.start, weighed.span.end]  # it stands in the columns of those that are rated
        case NamedIs() as named:
            return [named.name.span.end]
    return []


def _cells(row: _Row) -> list[str]:
    cuts = _cuts(row)
    parts: list[list[Token]] = [[] for _ in range(len(cuts) + 1)]
    for token in row.words:
        parts[sum(token.span.start >= cut for cut in cuts)].append(token)
    return [_joined(part, signed=row.signed) for part in parts]


def _lay_out(run: list[_Row]) -> None:
    """Write the rows of a run, columns and notes aligned among those that make a table."""
    cells = [_cells(row) for row in run]
    start = 0
    for end in range(1, len(run) + 1):
        if end == len(run) or _shape(run[end], cells[end]) != _shape(run[start], cells[start]):
            _align(run[start:end], cells[start:end])
            start = end
    _align_notes(run)


def _shape(row: _Row, cells: list[str]) -> object:
    """What rows of one table have in common."""
    kind = RatedElement if isinstance(row.sentence, RatedNoncritical | WeighedElement) else type(row.sentence)
    return (kind, len(cells)) if len(cells) > 1 else id(row)


def _align(rows: list[_Row], cells: list[list[str]]) -> None:
    gap = _GAP if len(rows) > 1 else " "
    widths = [max(len(each[column]) for each in cells) for column in range(len(cells[0]))]
    for row, each in zip(rows, cells, strict=True):
        said = gap.join(cell.ljust(width) for cell, width in zip(each, widths, strict=True)).rstrip()
        row.laid = said if row.is_heading else _INDENT + said


def _align_notes(run: list[_Row]) -> None:
    """Put the notes behind adjacent rows in one column."""
    together: list[_Row] = []
    for row in [*run, None]:
        if row is not None and row.behind:
            together.append(row)
            continue
        width = max((_last_width(each) for each in together), default=0)
        for each in together:
            each.laid += " " * (width - _last_width(each)) + _GAP + each.behind
        together = []


def _last_width(row: _Row) -> int:
    return len(row.laid) - (row.laid.rfind("\n") + 1)


# ---- rows to lines -----------------------------------------------------------------------------------


def _lines(rows: Iterable[_Row], last: list[_Remark]) -> Iterator[str]:
    is_first = True
    for row in rows:
        if row.is_heading:
            split = next((at for at, each in enumerate(row.above) if each.text and not each.is_indented), None)
            stays, leads = (row.above, []) if split is None else (row.above[:split], row.above[split:])
            yield from _remarks(stays, keeps_first=not is_first)
            if not is_first or any(each.text for each in stays):
                yield ""
            yield from _remarks(leads, keeps_first=False, keeps_last=True)
        else:
            yield from _remarks(row.above, keeps_first=True, keeps_last=True)
        yield row.laid
        is_first = False
    yield from _remarks(last, keeps_first=True)


def _remarks(remarks: Iterable[_Remark], *, keeps_first: bool, keeps_last: bool = False) -> Iterator[str]:
    """The lines of remarks, never two empty ones together; empty ones at either end only where they are kept."""
    waiting = False
    is_first = True
    for remark in remarks:
        if not remark.text:
            waiting = True
            continue
        if waiting and (keeps_first or not is_first):
            yield ""
        yield f"{_INDENT if remark.is_indented else ''}{remark.text}"
        waiting = is_first = False
    if waiting and keeps_last and (keeps_first or not is_first):
        yield ""
