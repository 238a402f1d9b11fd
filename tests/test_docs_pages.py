"""The pages made from the code: every sentence of the grammar is on one, and a check's page is taken apart rightly."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def docs_pages() -> ModuleType:
    """The script, loaded as a module."""
    spec = importlib.util.spec_from_file_location("docs_pages", ROOT / "scripts" / "docs_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_word_of_the_grammar_stands_on_a_page(docs_pages: ModuleType) -> None:
    grammar = (ROOT / "grammars" / "sespms.lark").read_text(encoding="utf-8")
    rules = "\n".join(
        line for line in grammar.splitlines() if not line.startswith(("//", "%", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    )
    words = set(re.findall(r'"([A-Za-z][A-Za-z-]*)"', rules))
    assert len(words) > 200
    shown = set(
        re.findall(
            r"[A-Za-z][A-Za-z-]*", "\n".join(docs_pages.reference_pages(docs_pages.read_rules(grammar)).values())
        )
    )
    assert sorted(words - shown) == []


def test_a_rule_reads_as_a_person_writes_it(docs_pages: ModuleType) -> None:
    grammar = (
        "// ---- sentences: steps ----------\n"
        '?step_stmt: act [STRING] "by" _list{role} ["on" "request"]  -> step\n'
        '    | "is" ("due" | "late") "," NUMBER "%" -> due\n'
        "\n"
        "// a remark\n"
        '!role: "board" | "agency" "head"\n'
        "// ---- terminals ------\n"
        "NUMBER: /[0-9]+/\n"
    )
    rules = docs_pages.read_rules(grammar)
    assert [(rule.name, rule.forms) for rule in rules] == [
        ("step_stmt", ('‹act› ["…"] by ‹role›, … and ‹role› [on request]', "is (due | late), ‹number›%")),
        ("role", ("board", "agency head")),
    ]
    assert {rule.section for rule in rules} == {"sentences: steps"}


def test_a_check_page_is_taken_apart(docs_pages: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "ses901_invented_defect.md"
    page.write_text("# SES901 `invented-defect`\n\n**Severity:** Warning\n\n## Why\n", encoding="utf-8")
    found = docs_pages.read_check_page(page)
    assert (found.code, found.title, found.severity) == ("SES901", "invented-defect", "warning")
    assert "[SES901](ses901_invented_defect.md) | invented-defect | warning |" in docs_pages.check_index([found])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# Invented\n\nSeverity: error\n", "begins with the code, `# SES901"),
        ("# SES902 invented\n\nSeverity: error\n", "begins with the code, `# SES901"),
        ("# SES901 invented\n\n## Then\n\nSeverity: error\n", "states the severity"),
        ("# SES901 invented\n\nSeverity: grave\n", "states the severity"),
    ],
)
def test_a_check_page_that_lacks_its_front_lines_is_refused(
    docs_pages: ModuleType, tmp_path: Path, text: str, message: str
) -> None:
    page = tmp_path / "ses901_invented.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        docs_pages.read_check_page(page)
