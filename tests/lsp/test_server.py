"""A real server in a process of its own, asked as an editor asks it: each feature, then what editors do to it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from authoring.test_moves import GAP, SAYS
from cli.running import OPM, ROOT, SMALL
from nights import at_depth

pytestmark = pytest.mark.asyncio(loop_scope="module")

_COMMAND = [sys.executable, "-m", "sespms_rules", "lsp"]
_ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "src")}

SLIP = SMALL.replace("  total 100\n", "  totl 100\n")
AMENDMENT = """amendment "Other people first"
  amends "Invented agency"
  in force from 2027-01-01
  because "An invented reason."

weights
  insert "Leading People" at least 30

summary rating
  strike score 450 to 500 is level 5
  insert score 440 to 500 is level 5
  strike score 350 to 449 is level 4
  insert score 350 to 439 is level 4
"""


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    scope="module", config=ClientServerConfig(server_command=_COMMAND, server_env=dict(_ENVIRONMENT))
)
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    capabilities = client_capabilities("visual-studio-code")
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities))
    yield
    await lsp_client.shutdown_session()


_OPENED: list[Open] = []


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Iterator[None]:
    """Close what a test opened: each text that is saved has all open ones looked at anew."""
    yield
    for each in _OPENED:
        each.client.text_document_did_close(types.DidCloseTextDocumentParams(each.id))
    _OPENED.clear()


class Open:
    """A text in a file, open in the editor; `at` finds a place by the words there."""

    def __init__(self, client: LanguageClient, path: Path, text: str) -> None:
        self.client = client
        self.text = text
        self.uri = path.as_uri()
        self.version = 1
        self.id = types.TextDocumentIdentifier(self.uri)
        path.write_text(text, encoding="utf-8")
        item = types.TextDocumentItem(self.uri, "sespms", 1, text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        _OPENED.append(self)

    def at(self, words: str, *, behind: bool = False) -> types.Position:
        """Where words stand first, or the place behind them where they stand last."""
        place = self.text.rindex(words) + len(words) if behind else self.text.index(words)
        before = self.text[:place]
        line = before.split("\n")[-1]
        return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)

    def change(self, text: str) -> None:
        self.text = text
        self.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def told(self) -> list[types.Diagnostic]:
        """The diagnostics of the text as it stands; what was told of an earlier state is passed over."""
        for _ in range(600):
            known = self.client.diagnostics.get(self.uri)
            if known is not None:
                return list(known)
            await asyncio.sleep(0.05)
        raise AssertionError("nothing was told of the text")

    async def told_anew(self) -> list[types.Diagnostic]:
        self.client.diagnostics.pop(self.uri, None)
        return await self.told()

    def applied(self, edits: list[Any]) -> str:
        """The text after edits."""
        lines = self.text.split("\n")
        text = self.text

        def offset(place: types.Position) -> int:
            return sum(len(line) + 1 for line in lines[: place.line]) + place.character

        for edit in sorted(edits, key=lambda each: offset(each.range.start), reverse=True):
            text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
        return text


# ---- each feature ----------------------------------------------------------------------------------


async def test_findings_are_told_with_code_place_and_help(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "slip.sespms", SLIP)
    (first, *_) = await page.told()
    assert (first.severity, first.source) == (types.DiagnosticSeverity.Error, "sespms")
    assert str(first.code).startswith("SES0")
    assert "did you mean `total`?" in first.message
    assert first.range.start == page.at("totl")
    page.change(SMALL)
    assert not [each for each in await page.told_anew() if each.severity == types.DiagnosticSeverity.Error]


@pytest.mark.parametrize("name", ["one policy", "r\u00e9sum\u00e9", "100%", "a%20b", "a#b?", "[x]", "C:"])
async def test_a_text_has_any_name_and_lies_in_any_folder(client: LanguageClient, tmp_path: Path, name: str) -> None:
    """Nothing was told of a text with a blank or an accent in its address, and on Windows of none."""
    (tmp_path / name).mkdir()
    page = Open(client, tmp_path / name / f"{name}.sespms", SLIP)
    assert "did you mean `total`?" in (await page.told())[0].message
    page.change(SMALL)
    assert not [each for each in await page.told_anew() if each.severity == types.DiagnosticSeverity.Error]
    other = Open(client, tmp_path / name / f"other {name}.sespms", AMENDMENT)
    assert not [each for each in await other.told() if each.severity == types.DiagnosticSeverity.Error]
    del client.diagnostics[page.uri], client.diagnostics[other.uri]
    client.text_document_did_save(types.DidSaveTextDocumentParams(page.id))
    assert await page.told() is not None
    assert await other.told() is not None
    where = types.RenameParams(page.id, page.at('"Leading People"'), "Leading Others")
    found = await client.text_document_rename_async(where)
    assert found is not None
    assert set(found.changes or {}) == {page.uri, other.uri}


async def test_a_fix_mends_the_text(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "slip.sespms", SLIP)
    there = types.Range(page.at("totl"), page.at("totl", behind=True))
    found = await client.text_document_code_action_async(
        types.CodeActionParams(page.id, there, types.CodeActionContext([]))
    )
    actions = [each for each in found or [] if isinstance(each, types.CodeAction)]
    assert [(each.kind, each.is_preferred) for each in actions] == [(types.CodeActionKind.QuickFix, True)]
    edit = actions[0].edit
    assert edit is not None
    assert edit.changes is not None
    assert page.applied(list(edit.changes[page.uri])) == SMALL


async def test_a_fix_says_whom_it_moves(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "gap.sespms", GAP)
    await page.told()
    at = page.at("at least 1.5")
    found = await client.text_document_code_action_async(
        types.CodeActionParams(page.id, types.Range(at, at), types.CodeActionContext([]))
    )
    titles = [each.title for each in found or [] if isinstance(each, types.CodeAction)]
    assert titles == [f"write `at least 1.5 and below 2.6` (a proposal; {SAYS})"]


@pytest.mark.parametrize(
    ("behind", "offered", "not_offered"),
    [
        ("\n\nwei", "weights", "standards"),
        ("weights\n  to", "total 100", 'level 5 "Distinguished" 5 points equivalent to outstanding'),
        ("weights\n  total 100\n  all ", "others", "career"),
        ('weights\n  total 100\n  "', '"Results Driven"', '"Invented agency"'),
        ("summary rating\n  any critical element at level ", "3", "6"),
        ("appraisal period\n  runs ", "October", "outstanding"),
    ],
)
async def test_completion_knows_the_part(
    client: LanguageClient, tmp_path: Path, behind: str, offered: str, not_offered: str
) -> None:
    page = Open(client, tmp_path / "small.sespms", SMALL)
    await page.told()
    page.change(SMALL + behind)
    found = await client.text_document_completion_async(types.CompletionParams(page.id, page.at(behind, behind=True)))
    assert isinstance(found, types.CompletionList)
    labels = [each.label for each in found.items]
    assert offered in labels
    assert not_offered not in labels
    chosen = next(each for each in found.items if each.label == offered)
    made = page.applied([chosen.text_edit])
    assert made.endswith(offered)


async def test_nothing_is_offered_in_a_note(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "small.sespms", SMALL + "\nweights  # to")
    found = await client.text_document_completion_async(
        types.CompletionParams(page.id, page.at("weights  # to", behind=True))
    )
    assert isinstance(found, types.CompletionList)
    assert not found.items


async def test_hover_says_meaning_strictness_and_the_law_with_our_verdict(client: LanguageClient) -> None:
    path = Path(OPM)
    text = path.read_text(encoding="utf-8")
    page = Open(client, path, text)
    found = await client.text_document_hover_async(types.HoverParams(page.id, page.at("lasts at least 90")))
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert "**lasts**: the shortest time" in found.contents.value
    assert "by the order *number*" in found.contents.value
    assert "**5 CFR 430.304(b)(4)** At least 90 days in the edition of " in found.contents.value
    assert "*met*" in found.contents.value
    heading = await client.text_document_hover_async(types.HoverParams(page.id, page.at("progress review\n")))
    assert heading is not None


async def test_an_element_is_renamed_in_examples_and_amendments_too(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "small.sespms", SMALL)
    other = Open(client, tmp_path / "amendment.sespms", AMENDMENT)
    (tmp_path / "beside.sespms").write_text(
        AMENDMENT.replace("Other people first", "Not open in the editor"), encoding="utf-8"
    )
    stranger = SMALL.replace("Invented agency", "Another agency")
    (tmp_path / "stranger.sespms").write_text(stranger, encoding="utf-8")
    place = page.at('"Leading People"')
    prepared = await client.text_document_prepare_rename_async(types.PrepareRenameParams(page.id, place))
    assert isinstance(prepared, types.PrepareRenamePlaceholder)
    assert prepared.placeholder == "Leading People"
    found = await client.text_document_rename_async(types.RenameParams(page.id, place, "Leading Others"))
    assert found is not None
    assert found.changes is not None
    names = {Path(uri).name: edits for uri, edits in found.changes.items()}
    assert set(names) == {"small.sespms", "amendment.sespms", "beside.sespms"}
    assert page.applied(list(names["small.sespms"])) == SMALL.replace("Leading People", "Leading Others")
    assert other.applied(list(names["amendment.sespms"])) == AMENDMENT.replace("Leading People", "Leading Others")


async def test_the_term_of_a_level_is_renamed(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "small.sespms", SMALL)
    found = await client.text_document_rename_async(types.RenameParams(page.id, page.at('"Best"'), '"Top"'))
    assert found is not None
    assert found.changes is not None
    assert page.applied(list(found.changes[page.uri])) == SMALL.replace('"Best"', '"Top"')


@pytest.mark.parametrize("new", ["Results Driven", "", 'a "quote"'])
async def test_a_name_that_cannot_be_is_refused_in_words(client: LanguageClient, tmp_path: Path, new: str) -> None:
    page = Open(client, tmp_path / "small.sespms", SMALL)
    with pytest.raises(Exception, match=r"already|quotation"):
        await client.text_document_rename_async(types.RenameParams(page.id, page.at('"Leading People"'), new))


async def test_definition_goes_through_what_a_text_rests_on(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "base.sespms").write_text(SMALL, encoding="utf-8")
    derived = 'system "Derived" based on "Invented agency"\n\nweights\n  strike total 100\n  insert total 100\n'
    derived += '  "Results Driven" at least 20\n'
    page = Open(client, tmp_path / "derived.sespms", derived)
    lines = SMALL.split("\n")
    for words, line in (
        ('"Results Driven"', 'critical element "Results Driven"'),
        ('"Invented agency"', 'system "Invented agency"'),
        ("strike total", "  total 100"),
    ):
        found = await client.text_document_definition_async(types.DefinitionParams(page.id, page.at(words)))
        assert isinstance(found, types.Location), words
        assert Path(found.uri).name == "base.sespms"
        assert lines[found.range.start.line] == line


async def test_the_outline_folds_and_colours(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "small.sespms", SMALL)
    outline = await client.text_document_document_symbol_async(types.DocumentSymbolParams(page.id))
    (head,) = outline or []
    assert isinstance(head, types.DocumentSymbol)
    assert [each.name for each in head.children or []] == [
        "Leading People", "Results Driven", "levels", "weights", "summary rating", "As planned",
    ]  # fmt: skip
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(page.id))
    lines = SMALL.split("\n")
    assert {lines[each.start_line] for each in folds or []} >= {"levels", "weights", 'scenario "As planned"'}
    packed = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(page.id))
    assert packed is not None
    assert len(packed.data) % 5 == 0
    line = column = 0
    words = list[str]()
    for at in range(0, len(packed.data), 5):
        down, right, length = packed.data[at : at + 3]
        line, column = line + down, right if down else column + right
        words.append(lines[line][column : column + length])
    assert words[:4] == ["system", '"Invented agency"', "has", "exactly"]
    assert "".join("".join(words).split()) == "".join(SMALL.split())


async def test_a_text_is_laid_out(client: LanguageClient, tmp_path: Path) -> None:
    untidy = SMALL.replace("  total 100", "      total    100").replace("\n\nweights", "\n\n\n\nweights")
    page = Open(client, tmp_path / "untidy.sespms", untidy)
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)
    edits = await client.text_document_formatting_async(types.DocumentFormattingParams(page.id, options))
    assert page.applied(list(edits or [])).count("  total 100\n") == 1
    broken = Open(client, tmp_path / "broken.sespms", SLIP)
    params = types.DocumentFormattingParams(broken.id, options)
    assert await client.text_document_formatting_async(params) is None


async def test_hints_say_which_scores_come_and_lenses_what_came(client: LanguageClient, tmp_path: Path) -> None:
    text = SMALL.replace("score 450 to 500", "score at least 450") + "\nguarantees\n  every level can be reached\n"
    page = Open(client, tmp_path / "small.sespms", text)
    whole = types.Range(types.Position(0, 0), types.Position(999, 0))
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(page.id, whole))
    assert [each.label for each in hints or []] == [
        "scores 450 to 500", "scores 350 to 449", "scores 250 to 349", "scores 200 to 249", "no score comes here",
    ]  # fmt: skip
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(page.id))
    commands = [each.command for each in lenses or [] if each.command]
    assert commands[0].title.startswith("passes: ")
    assert [each.command for each in commands] == ["sespms.explain", "sespms.prove"]
    told = [
        await client.workspace_execute_command_async(types.ExecuteCommandParams(each.command, each.arguments))
        for each in commands
    ]
    assert "300" in str(told[0])
    assert "Invented agency: proved" in str(told[1])


# ---- what editors do to it -------------------------------------------------------------------------


async def test_broken_text_at_each_keystroke_never_kills_it(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "typed.sespms", "")
    for end in range(0, len(SMALL), at_depth(23, 5)):
        page.change(SMALL[:end])
        params = types.CompletionParams(page.id, page.at(SMALL[:end], behind=True) if end else types.Position(0, 0))
        assert await client.text_document_completion_async(params) is not None
    page.change(SMALL)
    page.client.diagnostics.pop(page.uri, None)
    assert not [each for each in await page.told() if each.severity == types.DiagnosticSeverity.Error]


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 100,
        "🦉" * 100 + '\nsystem "🦉🦉" x',
        'system "a"\r  agency "b"\r\n\u2028\x85\x0b',
        '"""' * 500,
        "(" * 5_000,
        "system\n" * 3_000,
        "a" * 1_000_001,
    ],
    ids=["nul", "owls", "line ends", "prose", "brackets", "headings", "too large"],
)
async def test_hostile_text_is_answered(client: LanguageClient, tmp_path: Path, text: str) -> None:
    page = Open(client, tmp_path / "hostile.sespms", text)
    assert await page.told()
    params = types.CompletionParams(page.id, types.Position(0, 3))
    assert await client.text_document_completion_async(params) is not None
    await client.text_document_formatting_async(
        types.DocumentFormattingParams(page.id, types.FormattingOptions(2, True))
    )


async def test_places_beyond_the_text_and_texts_that_are_in_no_file(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "small.sespms", SMALL)
    far = types.Position(9_999, 9_999)
    assert await client.text_document_hover_async(types.HoverParams(page.id, far)) is None
    assert await client.text_document_definition_async(types.DefinitionParams(page.id, far)) is None
    item = types.TextDocumentItem("untitled:Untitled-1", "sespms", 1, SMALL)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    untitled = types.TextDocumentIdentifier("untitled:Untitled-1")
    assert await client.text_document_document_symbol_async(types.DocumentSymbolParams(untitled))


async def test_columns_count_as_the_editor_counts_them(client: LanguageClient, tmp_path: Path) -> None:
    owls = SMALL.replace("Invented agency", "Invented 🦉 agency").replace("\n  has exactly 2", '\n  agency "🦉🦉" hs 2')
    page = Open(client, tmp_path / "owls.sespms", owls)
    found = [each for each in await page.told() if each.severity == types.DiagnosticSeverity.Error]
    line = owls.split("\n")[1]
    expected = len(line[: line.index("hs")].encode("utf-16-le")) // 2
    assert expected in {each.range.start.character for each in found}, [each.range for each in found]


async def test_what_is_told_can_be_written_as_json(client: LanguageClient, tmp_path: Path) -> None:
    page = Open(client, tmp_path / "slip.sespms", SLIP)
    assert all(json.dumps(each.data) for each in await page.told())
