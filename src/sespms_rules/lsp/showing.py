"""What an analysis holds -> what the protocol calls it: diagnostics, quick fixes, outline, folds, colours, hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types

from sespms_rules.authoring.analysis import Found, PartShown, Remedy, lines_of
from sespms_rules.authoring.assisting import Proposal, hints, lenses
from sespms_rules.authoring.edits import Edit
from sespms_rules.authoring.moving import MovesCounter
from sespms_rules.lsp.desk import Page
from sespms_rules.lsp.positions import Positions

SOURCE = "sespms"
EXPLAIN, PROVE = "sespms.explain", "sespms.prove"

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_COLOURS = {
    "heading": "class",
    "keyword": "keyword",
    "choice": "enumMember",
    "element": "variable",
    "name": "string",
    "prose": "string",
    "number": "number",
    "day": "number",
    "code": "macro",
    "sign": "operator",
    "note": "comment",
}
COLOURS = tuple(dict.fromkeys(_COLOURS.values()))
_OUTLINE = {
    "system": types.SymbolKind.Module,
    "amendment": types.SymbolKind.Module,
    "baseline": types.SymbolKind.Module,
    "overlay": types.SymbolKind.Module,
    "scenario": types.SymbolKind.Event,
    "critical element": types.SymbolKind.Field,
    "noncritical element": types.SymbolKind.Field,
}
_PROPOSED = {
    "heading": types.CompletionItemKind.Module,
    "sentence": types.CompletionItemKind.Snippet,
    "word": types.CompletionItemKind.Keyword,
    "name": types.CompletionItemKind.Variable,
    "level": types.CompletionItemKind.EnumMember,
}


def diagnostics(page: Page) -> list[types.Diagnostic]:
    """Every finding of a text; one of a text that it rests on stands at its beginning and names the other."""
    return [_diagnostic(page, each) for each in page.read.analysis.findings]


def _diagnostic(page: Page, found: Found) -> types.Diagnostic:
    own = found.path == page.read.analysis.name and found.place is not None
    place = found.place if own else None
    where = page.positions.range(place.start, place.end) if place else page.positions.range(0, 0)
    said = found.message if own or not found.path else f"in `{found.path}`: {found.message}"
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(page.uri, page.positions.range(each.place.start, each.place.end)), each.message
        )
        for each in found.labels
        if each.path == page.read.analysis.name
    ]
    return types.Diagnostic(
        range=where,
        message=f"{said}\n{found.help}" if found.help else said,
        severity=_SEVERITIES[found.severity],
        code=found.code,
        source=SOURCE,
        related_information=related,
        data={"fingerprint": found.fingerprint},
    )


def quick_fixes(page: Page, start: int, end: int) -> Iterator[types.CodeAction]:
    """The fixes of the findings that some characters touch; the sure ones are preferred."""
    counter = MovesCounter(page.read.compilation)
    for each in page.read.analysis.findings:
        place = each.place
        if each.path == page.read.analysis.name and place and place.start <= end and start <= place.end:
            for fix in each.fixes:
                moves = counter.moves_of(tuple(Edit(at.place.start, at.place.end, at.replacement) for at in fix.edits))
                told = [*([] if fix.sure else ["a proposal"]), *([moves.said] if moves else [])]
                yield types.CodeAction(
                    title=f"{fix.title} ({'; '.join(told)})" if told else fix.title,
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=[_diagnostic(page, each)],
                    is_preferred=fix.sure,
                    edit=types.WorkspaceEdit(changes={page.uri: list(_edits(page, fix))}),
                )


def _edits(page: Page, fix: Remedy) -> Iterator[types.TextEdit]:
    for each in fix.edits:
        yield types.TextEdit(page.positions.range(each.place.start, each.place.end), each.replacement)


def outline(page: Page) -> list[types.DocumentSymbol]:
    """Heads with the parts below each; parts above the first head stand beside it."""
    top, below = list[types.DocumentSymbol](), list[types.DocumentSymbol]()
    for part in page.read.analysis.parts:
        symbol = _symbol(page, part)
        if part.of is None:
            below = []
            symbol.children = below
            top.append(symbol)
        else:
            below.append(symbol)
            head = top[-1].range
            top[-1].range = types.Range(head.start, symbol.range.end)
    return top


def _symbol(page: Page, part: PartShown) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=part.name or part.kind,
        detail=part.kind if part.name else "",
        kind=_OUTLINE.get(part.kind, types.SymbolKind.Namespace),
        range=page.positions.range(part.place.start, part.place.end),
        selection_range=page.positions.range(part.heading.start, part.heading.end),
        children=[],
    )


def folds(page: Page) -> list[types.FoldingRange]:
    """What can be folded away."""
    kinds = {"notes": types.FoldingRangeKind.Comment}
    return [
        types.FoldingRange(each.line - 1, each.end_line - 1, kind=kinds.get(each.kind))
        for each in page.read.analysis.folds
    ]


def colours(page: Page) -> list[int]:
    """Semantic tokens as the protocol packs them: each from the one before it."""
    packed, line, column = list[int](), 0, 0
    for run in page.read.analysis.tokens:
        kind = _COLOURS.get(run.kind)
        for start, end in lines_of(run, page.text) if kind else ():
            at = page.positions.position(start)
            moved = at.character - column if at.line == line else at.character
            packed += (at.line - line, moved, page.positions.units(start, end), COLOURS.index(kind or ""), 0)
            line, column = at.line, at.character
    return packed


def inlay_hints(page: Page) -> Iterator[types.InlayHint]:
    """Beside each line that takes scores, those that can come."""
    for each in hints(page.read):
        where = page.positions.position(each.at)
        yield types.InlayHint(where, each.words, padding_left=True, tooltip=each.means)


def code_lenses(page: Page) -> Iterator[types.CodeLens]:
    """Above examples and guarantees, what came of them, and the command that says more."""
    for each in lenses(page.read):
        name = EXPLAIN if each.asks == "explain" else PROVE
        command = types.Command(f"{each.words} | {each.asks}", name, arguments=[page.uri, each.name])
        yield types.CodeLens(page.positions.range(each.place.start, each.place.end), command)


def completions(found: Iterable[Proposal], positions: Positions, at: int) -> list[types.CompletionItem]:
    """Proposals in their order; each replaces from its own start to where the author is."""
    return [
        types.CompletionItem(
            label=each.words,
            kind=_PROPOSED[each.kind],
            detail=each.about or None,
            sort_text=f"{number:04}",
            filter_text=each.words,
            text_edit=types.TextEdit(positions.range(each.start, at), each.words),
        )
        for number, each in enumerate(found)
    ]
