"""The server: each request of an editor -> what the analysis says, in the words of the protocol."""

from __future__ import annotations

import asyncio
import logging

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from sespms_rules.authoring.assisting import proposals, told_at
from sespms_rules.authoring.looking import MOST_LETTERS
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.version import version
from sespms_rules.language.formatter import format_policy
from sespms_rules.lsp import renaming, showing
from sespms_rules.lsp.asking import explained, proved
from sespms_rules.lsp.desk import Desk, Page, TooLargeError, if_open, open_text

_PAUSE = 15
"""Hundredths of a second without a change after which a text is looked at."""

_LONGEST_TOLD = 300
"""Letters of a line on standard error."""

_TOO_LARGE = (
    f"this text has more than {MOST_LETTERS:,} letters and is not looked at while it is written;"
    " `sespms check` reads it"
)


class Server(LanguageServer):
    """A language server with a desk of open texts."""

    def __init__(self) -> None:
        super().__init__("sespms", version(), text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.desk = Desk()

    def page(self, uri: str) -> Page:
        """What is known of an open text. Raises TooLargeError."""
        return self.desk.page(self.workspace, uri)

    def publish(self, uri: str) -> None:
        """Tell the editor what is found in a text."""
        document = open_text(self.workspace, uri)
        try:
            found = showing.diagnostics(self.page(uri))
        except TooLargeError:
            start = types.Position(0, 0)
            found = [types.Diagnostic(types.Range(start, start), _TOO_LARGE, types.DiagnosticSeverity.Error)]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, document.version))


def made() -> Server:
    """A server with all it can do, which serves nobody yet."""
    server = Server()
    _keep_faults_short()
    _follow_texts(server)
    _write(server)
    _show(server)
    _find(server)
    _answer(server)
    return server


class _OneLine(logging.Formatter):
    """What the library has to tell on standard error, each in one line: editors show it, and whoever asks sent it."""

    def format(self, record: logging.LogRecord) -> str:
        """The words of a record and of its fault, cut, without the way through the program."""
        fault = record.exc_info[1] if record.exc_info else None
        said, *_ = record.getMessage().splitlines() or [""]  # the library puts tracebacks into its words too
        words = " ".join(f"{said}{'' if fault is None else f': {fault}'}".split())
        return f"sespms: {''.join(each if each.isprintable() else '?' for each in words)[:_LONGEST_TOLD]}"


def _keep_faults_short() -> None:
    """Have the library tell no tracebacks."""
    told = logging.StreamHandler()
    told.setFormatter(_OneLine())
    heard = logging.getLogger("pygls")
    heard.handlers, heard.propagate = [told], False
    heard.setLevel(logging.WARNING)


def _follow_texts(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.desk.refresh()
        server.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        await asyncio.sleep(_PAUSE / 100)
        current = if_open(server.workspace, uri)
        if current is not None and current.version == params.text_document.version:
            server.publish(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.desk.refresh()
        for document in tuple(server.workspace.text_documents.values()):
            server.publish(document.uri)
        del params

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.desk.close(params.text_document.uri)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))


def _write(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", '"']))
    def completion(params: types.CompletionParams) -> types.CompletionList:
        document = open_text(server.workspace, params.text_document.uri)
        if len(document.source) > MOST_LETTERS:
            return types.CompletionList(is_incomplete=False, items=[])
        positions = server.desk.positions(document)
        at = positions.at(params.position)
        names = server.desk.names(server.workspace, document.uri)
        found = proposals(document.source, at, names)
        return types.CompletionList(is_incomplete=True, items=showing.completions(found, positions, at))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def quick_fix(params: types.CodeActionParams) -> list[types.CodeAction]:
        page = server.page(params.text_document.uri)
        start, end = (page.positions.at(each) for each in (params.range.start, params.range.end))
        return list(showing.quick_fixes(page, start, end))

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def laid_out(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        document = open_text(server.workspace, params.text_document.uri)
        text = document.source
        new = None if len(text) > MOST_LETTERS else format_policy(Source(document.uri, text)).text
        if new is None or new == text:
            return None
        return [types.TextEdit(server.desk.positions(document).range(0, len(text)), new)]


def _show(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        page = server.page(params.text_document.uri)
        told = told_at(page.read, page.positions.at(params.position))
        if told is None:
            return None
        where = page.positions.range(told.place.start, told.place.end)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told.text), where)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        return showing.outline(server.page(params.text_document.uri))

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folds(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        return showing.folds(server.page(params.text_document.uri))

    legend = types.SemanticTokensLegend(token_types=list(showing.COLOURS), token_modifiers=[])

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, legend)
    def colours(params: types.SemanticTokensParams) -> types.SemanticTokens:
        return types.SemanticTokens(data=showing.colours(server.page(params.text_document.uri)))

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def hints(params: types.InlayHintParams) -> list[types.InlayHint]:
        first, last = params.range.start.line, params.range.end.line
        found = showing.inlay_hints(server.page(params.text_document.uri))
        return [each for each in found if first <= each.position.line <= last]

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    def lenses(params: types.CodeLensParams) -> list[types.CodeLens]:
        return list(showing.code_lenses(server.page(params.text_document.uri)))


def _find(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        page = server.page(params.text_document.uri)
        return renaming.definition(server.desk, server.workspace, page, page.positions.at(params.position))

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepared(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        page = server.page(params.text_document.uri)
        return renaming.can_be_renamed(page, page.positions.at(params.position))

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def renamed(params: types.RenameParams) -> types.WorkspaceEdit:
        page = server.page(params.text_document.uri)
        at = page.positions.at(params.position)
        return renaming.renamed(server.desk, server.workspace, page, at, params.new_name)


def _answer(server: Server) -> None:
    @server.command(showing.EXPLAIN)
    def explain(uri: str, scenario: str) -> str:
        return explained(server.page(uri).read.compilation, scenario)

    @server.thread()
    @server.command(showing.PROVE)
    def prove(uri: str, guarantee: str) -> str:
        return proved(server.page(uri).read.compilation, guarantee)
