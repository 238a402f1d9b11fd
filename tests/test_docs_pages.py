"""The pages made from the code: every sentence is on one, a code's page is taken apart rightly, all are linked."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from scripts_as_modules import script
from sespms_rules.language.phrasebook import PARTS, phrase_book

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def docs_pages() -> ModuleType:
    """The script, loaded as a module."""
    return script("docs_pages")


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
    page.write_text(
        "# SES901 `invented-defect`\n\n**Severity:** Warning\nCitation: Example Code 10-1\n\n## Why\n", encoding="utf-8"
    )
    found = docs_pages.read_check_page(page)
    assert (found.code, found.title, found.severity) == ("SES901", "invented-defect", "warning")
    assert found.citation == "Example Code 10-1"
    row = "[SES901](ses901_invented_defect.md) | invented-defect | warning | Example Code 10-1 |"
    assert row in docs_pages.check_index([found])


def test_the_front_lines_of_a_page_are_kept_apart(docs_pages: ModuleType) -> None:
    text = "# SES901 invented\n\nSeverity: error\nCitation: Example Code 10-1\n\nWhy.\n"
    page = docs_pages.CheckPage("SES901", "invented", "error", "Example Code 10-1", "ses901_invented", text)
    assert "Severity: error  \nCitation: Example Code 10-1\n" in docs_pages.page_for_readers(page)


def test_a_page_need_not_cite(docs_pages: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "ses901_invented_defect.md"
    page.write_text("# SES901 invented-defect\n\nSeverity: note\n\n## Citation: not here\n", encoding="utf-8")
    assert docs_pages.read_check_page(page).citation == ""


def test_pages_of_codes_are_found_wherever_they_stand(docs_pages: ModuleType, tmp_path: Path) -> None:
    for folder, code in (("parse", "ses903"), ("check", "ses902"), ("check", "ses901")):
        (tmp_path / folder).mkdir(exist_ok=True)
        text = f"# {code.upper()} invented\n\nSeverity: error\n"
        (tmp_path / folder / f"{code}_invented.md").write_text(text, encoding="utf-8")
    assert [page.code for page in docs_pages.read_check_pages(tmp_path)] == ["SES901", "SES902", "SES903"]


def test_a_code_with_two_pages_is_refused(docs_pages: ModuleType, tmp_path: Path) -> None:
    for folder in ("parse", "check"):
        (tmp_path / folder).mkdir()
        text = "# SES901 invented\n\nSeverity: error\n"
        (tmp_path / folder / f"ses901_invented_{folder}.md").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="SES901 has 2 pages"):
        docs_pages.read_check_pages(tmp_path)


def test_the_index_parts_the_findings_by_family(docs_pages: ModuleType) -> None:
    pages = [
        docs_pages.CheckPage(code, "invented", "error", "", f"{code.lower()}_invented", "")
        for code in ("SES001", "SES201", "SES202", "SES601")
    ]
    index = docs_pages.check_index(pages)
    assert [line for line in index.splitlines() if line.startswith("## ")] == [
        "## The text cannot be read",
        "## A system within itself",
        "## Plans, appraisals and rosters",
    ]
    assert [line[3:9] for line in index.splitlines() if line.startswith("| [")] == [page.code for page in pages]


def test_each_part_of_a_file_has_a_page_with_all_its_sentences(docs_pages: ModuleType) -> None:
    pages = docs_pages.part_pages()
    assert len(pages) == len(PARTS)
    for part in PARTS:
        page = pages[part.kind.value.replace(" ", "-") + ".md"]
        assert page.startswith(f"# {part.kind.value.capitalize()}\n")
        for phrase in phrase_book(part.kind.value):
            assert f"## {phrase.means[0].upper()}{phrase.means[1:]}\n" in page
            assert "\n".join(["```sespms-lines", *phrase.examples, "```"]) in page
            assert f"../strictness.md#{phrase.strictness.replace(' ', '-')}" in page
    index = docs_pages.reference_index()
    assert all(f"({name})" in index for name in pages)


def test_every_page_a_person_wrote_is_in_the_navigation() -> None:
    named = re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    written = {
        path.relative_to(ROOT / "docs").as_posix()
        for path in (ROOT / "docs").rglob("*.md")
        if not {"checks", "reference", "decisions"} & set(path.relative_to(ROOT / "docs").parts)
    }
    assert len(written) >= 10
    assert sorted(written - set(named)) == []
    assert len(named) == len(set(named))


def test_every_link_leads_somewhere_in_the_folder_as_it_is_delivered() -> None:
    """Pages that `make docs` makes are not there before it ran, so nothing that is delivered links to them."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "src").rglob("*.md")]
    made = {ROOT / "docs" / "checks", ROOT / "docs" / "language" / "reference"}
    pages += [each for each in (ROOT / "docs").rglob("*.md") if not made & set(each.parents)]
    dead = [
        (page.relative_to(ROOT).as_posix(), link)
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not link.startswith(("http", "mailto"))
        and (not (page.parent / link).exists() or made & set((page.parent / link).resolve().parents))
    ]
    assert dead == []


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


def test_each_decision_has_a_number_of_its_own_and_is_listed_once() -> None:
    """Code and pages name decisions by their numbers."""
    folder = ROOT / "docs" / "decisions"
    files = sorted(path.name for path in folder.glob("[0-9]*.md"))
    numbers = [name[:4] for name in files]
    assert [number for number in numbers if numbers.count(number) > 1] == []
    assert [
        name for name in files if not (folder / name).read_text(encoding="utf-8").startswith(f"# {name[:4]} ")
    ] == []
    index = (folder / "index.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\]\(([0-9][^)]*\.md)\)", index)) == files
