"""What colours a text knows every word of every shipped policy, and says what the language's own lexer says."""

from __future__ import annotations

import json
import tomllib
import zipfile
from bisect import bisect_right
from importlib import import_module
from itertools import accumulate
from pathlib import Path

import pytest
from pygments.token import Comment, Error, Keyword, Name

from in_node import run_in_node
from scripts_as_modules import script
from sespms_rules.authoring.analysis import analyzed, lines_of
from sespms_rules.authoring.analysis.document import Coloured
from sespms_rules.authoring.highlighting import extension_files, extension_package, textmate_grammar
from sespms_rules.authoring.highlighting.pygments_lexer import SespmsLexer
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import tokens

ROOT = Path(__file__).resolve().parents[2]
POLICIES = sorted((ROOT / "policies").rglob("*.sespms"))
OPM = ROOT / "policies" / "agencies" / "opm_basic.sespms"

SCOPES = {
    "word": ("entity.name.section", "keyword.other", "markup.bold.edit"),
    "name": ("string.quoted.double",),
    "prose": ("string.quoted.triple",),
    "number": ("constant.numeric",),
    "day": ("constant.numeric.date",),
    "code": ("constant.other.code",),
    "sign": ("keyword.operator",),
}


@pytest.mark.parametrize("path", POLICIES, ids=[each.stem for each in POLICIES])
def test_pygments_knows_every_word_of_a_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = list(SespmsLexer(stripnl=False, ensurenl=False).get_tokens(text))
    assert "".join(words for _, words in found) == text
    assert [words for kind, words in found if kind in Error or kind is Name] == []


def test_a_word_of_the_authors_own_is_no_word_of_the_language() -> None:
    found = [
        (kind, words) for kind, words in SespmsLexer().get_tokens("weights\n  totl 100 # total\n") if words.strip()
    ]
    assert found[0] == (Keyword.Declaration, "weights")
    assert found[1] == (Name, "totl")
    assert found[-1] == (Comment.Single, "# total")


def test_sites_find_the_lexer_by_the_name_of_the_language() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["entry-points"]["pygments.lexers"]["sespms"].partition(":")
    assert getattr(import_module(module), name) is SespmsLexer
    assert "sespms" in SespmsLexer.aliases


def test_headings_are_told_by_pygments_where_the_analysis_tells_them() -> None:
    text = OPM.read_text(encoding="utf-8")
    at, told = 0, list[str]()
    for kind, words in SespmsLexer(stripnl=False, ensurenl=False).get_tokens(text):
        told += [words] if kind is Keyword.Declaration else []
        at += len(words)
    shown = analyzed(Source("policy", text)).parts
    assert told == [each.kind for each in shown]


def test_the_grammar_for_editors_says_the_same_of_every_shipped_policy(tmp_path: Path) -> None:
    grammar = tmp_path / "sespms.tmLanguage.json"
    grammar.write_text(json.dumps(textmate_grammar()), encoding="utf-8")
    coloured = json.loads(run_in_node("colour_by_grammar.mjs", grammar, *POLICIES, needs="vscode-textmate"))
    assert len(coloured) == len(POLICIES)
    for path, runs in zip(POLICIES, coloured, strict=True):
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        scope_at = {(line, at): scope for line, start, end, scope in runs for at in range(start, end)}
        for token in tokens(Source(str(path), text)):
            if token.kind in ("margin", "line", "last"):
                continue
            for start, _ in lines_of(Coloured(token.span.start, token.span.end, "name"), text):
                line = bisect_right(starts, start) - 1
                before = lines[line][: start - starts[line]]
                scope = scope_at[line, len(before.encode("utf-16-le")) // 2]
                assert scope.startswith(SCOPES[token.kind]), (path.name, line + 1, token.text, scope)


def test_the_package_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    path = script("build_vsix").build(tmp_path)
    assert path.read_bytes() == extension_package(path.stem.removeprefix("sespms-"))
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        held = {name: package.read(name).decode() for name in package.namelist()}
    assert set(held) >= {"[Content_Types].xml", "extension.vsixmanifest", "extension/package.json"}
    data = json.loads(held["extension/package.json"])
    assert "main" not in data
    for each in (*data["contributes"]["grammars"], *data["contributes"]["languages"]):
        file = each.get("path") or each["configuration"]
        assert json.loads(held[f"extension/{file.removeprefix('./')}"])
    assert json.loads(held["extension/sespms.tmLanguage.json"]) == textmate_grammar()
    assert data["version"] in held["extension.vsixmanifest"]


def test_a_version_that_editors_do_not_read_is_refused() -> None:
    with pytest.raises(ValueError, match="three numbers"):
        extension_files("1.0rc1")
