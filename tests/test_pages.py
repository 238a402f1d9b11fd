"""Every page is run: those of codes, the tutorial, the how-to pages, the pages on the language.

The page of a code shows a faulty policy, exactly what is said of the code, and the policy fixed. A page for readers
shows commands with their output. `python scripts/fill_pages.py` writes outputs; nothing here does.
"""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from scripts_as_modules import script
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import PARTS
from sespms_rules.language.syntax.words import Tie
from sespms_rules.pipeline import compile_source

pytestmark = pytest.mark.page

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "sespms_rules"
DOCS = ROOT / "docs"
CODE_PAGES = sorted(PACKAGE.rglob("ses[0-9]*.md"), key=lambda path: path.name)
PYTHON_CODE_PAGES = [path for path in CODE_PAGES if "\n```python\n" in path.read_text(encoding="utf-8")]
FILE_CODE_PAGES = [path for path in CODE_PAGES if path not in PYTHON_CODE_PAGES]
MADE = {DOCS / "checks", DOCS / "language" / "reference"}
READERS_PAGES = [path for path in sorted(DOCS.rglob("*.md")) if not MADE & set(path.parents)]
PAGES_WITH_COMMANDS = [path for path in READERS_PAGES if "\n```console\n" in path.read_text(encoding="utf-8")]
PAGES_WITH_PYTHON = [path for path in READERS_PAGES if "\n```python\n" in path.read_text(encoding="utf-8")]
PAGES_WITH_LANGUAGE = [path for path in READERS_PAGES if "\n```sespms" in path.read_text(encoding="utf-8")]
LANGUAGES = {"sespms", "sespms-lines", "console", "python", "text", "csv", "json"}

_TITLE = re.compile(r"# (SES\d{3}) ([a-z0-9-]+)\n\nSeverity: (error|warning|note)\n(?:Citation: (.+)\n)?\n[A-Z`]")


@pytest.fixture(scope="module")
def fill_pages() -> ModuleType:
    """The script that runs pages, loaded as a module."""
    return script("fill_pages")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ---- pages of codes --------------------------------------------------------------------------------


def _declared() -> Iterator[tuple[str, str, str, str]]:
    """Every code declared anywhere in the package: code, name, severity, and the module."""
    for kind in RefusalKind:
        yield kind.code, kind.defect, "error", _name(PACKAGE / "engines" / "refusals.py")
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 2:
                texts = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
                if len(texts) == 2 and re.fullmatch(r"SES\d{3}", str(texts[0])):
                    yield str(texts[0]), str(texts[1]), _severity(node), _name(path)


def _severity(call: ast.Call) -> str:
    """What the declaring function's name says; a refusal keeps an appraisal from being rated and is an error."""
    called = ast.unparse(call.func).split(".")[-1]
    return called if called in ("error", "warning", "note") else "error"


def test_every_code_is_declared_once_and_has_one_page_that_agrees() -> None:
    declared = list(_declared())
    assert len(declared) > 60
    codes = [code for code, *_ in declared]
    assert sorted(code for code in set(codes) if codes.count(code) > 1) == []
    pages = {}
    for path in CODE_PAGES:
        title = _TITLE.match(path.read_text(encoding="utf-8"))
        assert title, f"{_name(path)} does not begin with `# SESNNN name`, `Severity:` and a paragraph"
        assert path.stem == f"{title[1].lower()}_{title[2].replace('-', '_')}"
        assert title[1] not in pages, f"{title[1]} has two pages"
        pages[title[1]] = (title[1], title[2], title[3])
    said = {code: (code, name, severity) for code, name, severity, _ in declared}
    assert sorted(set(said) - set(pages)) == [], "codes without a page"
    assert sorted(set(pages) - set(said)) == [], "pages of codes that nothing declares"
    assert pages == said


@pytest.mark.parametrize("path", FILE_CODE_PAGES, ids=lambda path: path.stem)
def test_what_the_page_of_a_code_shows_is_what_is_said(path: Path, fill_pages: ModuleType) -> None:
    assert path.read_text(encoding="utf-8") == fill_pages.filled_code_page(path)


@pytest.mark.parametrize("path", FILE_CODE_PAGES, ids=lambda path: path.stem)
def test_the_fix_on_the_page_of_a_code_fixes_it(path: Path, fill_pages: ModuleType) -> None:
    page = fill_pages.code_page(path)
    assert page.fix != page.policy or page.fixed_roster != page.roster or page.fixed_records != page.records
    fixed = fill_pages.said_of(page.code, page.fix, page.fixed_roster, page.fixed_law, page.fixed_records)
    assert fixed.strip() == ""


@pytest.mark.parametrize("path", PYTHON_CODE_PAGES, ids=lambda path: path.stem)
def test_what_a_program_meets_is_as_the_page_of_a_code_shows(path: Path, fill_pages: ModuleType) -> None:
    blocks = fill_pages.fences(path.read_text(encoding="utf-8"))
    policy, example, fixed = (block.body for block in blocks)
    code = path.stem[:6].upper()
    assert f"\n{code}; " in example
    assert code not in fixed
    _run_python(path, f"{example}\n{fixed}", {"policy": policy})


def test_few_codes_are_shown_as_programs_meet_them() -> None:
    # Bytes, workbooks, texts too long to print, several files, and what is found earlier when it stands in a file.
    shown = {path.stem[:6] for path in PYTHON_CODE_PAGES}
    texts = {"ses007", "ses016", "ses017", "ses021", "ses022", "ses023", "ses140", "ses141", "ses142", "ses261"}
    registers = {"ses713", "ses714", "ses715", "ses716", "ses717", "ses718", "ses719"}
    workbooks = {"ses652", "ses659", "ses660", "ses662", "ses663", "ses666", "ses667", "ses762"}
    assert shown == texts | registers | workbooks | {"ses614", "ses619"}


def _run_python(path: Path, sessions: str, known: dict[str, object]) -> None:
    session = doctest.DocTestParser().get_doctest(sessions, known, _name(path), str(path), 0)
    assert len(session.examples) >= 5
    results = doctest.DocTestRunner(verbose=False).run(session)
    assert results.attempted == len(session.examples)
    assert results.failed == 0


def test_the_page_of_a_code_reads_in_order() -> None:
    for path in CODE_PAGES:
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings[:2] == ["Example", "Fix"], _name(path)


# ---- pages for readers -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES_WITH_COMMANDS, ids=_name)
def test_commands_print_what_the_page_shows(path: Path, fill_pages: ModuleType) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == fill_pages.filled_page(text)


def test_the_tutorial_and_the_roster_page_run_commands() -> None:
    assert {DOCS / "tutorial.md", DOCS / "how-to" / "run-a-roster.md"} <= set(PAGES_WITH_COMMANDS)
    tutorial = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    for command in ("check", "test", "rate", "explain", "phrases"):
        assert f"$ sespms {command} " in tutorial


@pytest.mark.parametrize("path", PAGES_WITH_PYTHON, ids=_name)
def test_python_on_a_page_gives_what_the_page_shows(path: Path, fill_pages: ModuleType) -> None:
    text = path.read_text(encoding="utf-8")
    blocks = fill_pages.fences(text)
    sessions = "\n".join(block.body for block in blocks if block.language == "python")
    with fill_pages.empty_folder() as folder:
        for block in blocks:
            if block.title:
                fill_pages.put(folder, block)
        _run_python(path, sessions, {})


@pytest.mark.parametrize("path", PAGES_WITH_LANGUAGE, ids=_name)
def test_the_language_on_a_page_is_read_without_an_error(path: Path, fill_pages: ModuleType) -> None:
    for block in fill_pages.fences(path.read_text(encoding="utf-8")):
        if block.language == "sespms":
            assert parse(Source(_name(path), block.body))[1] == (), block.body
        elif block.language == "sespms-lines":
            for line in block.body.splitlines():
                assert any(_fits(part.heading, line) for part in PARTS), f"no part takes `{line}`"


def test_the_table_of_ties_is_right() -> None:
    page = (DOCS / "language" / "formulas.md").read_text(encoding="utf-8")
    head, *rows = re.findall(r"^\| (?:write|`rounded [^`]+`) \|.*$", page, re.MULTILINE)
    numbers = re.findall(r"(\d\.\d) to a whole number", head)
    assert (len(numbers), len(rows)) == (3, len(Tie))
    for row in rows:
        words, *results = (cell.strip(" `") for cell in row.strip("|").split("|"))
        policy = (
            'system "Example"\ncritical element "One"\n  rated on a scale of 0 to 9\nsummary rating\n'
            f'  score is the points of "One" {words}\n  score at least 0 is level 3\n'
        )
        for number, result in zip(numbers, results, strict=True):
            policy += f'scenario "{number}"\n  "One" rated {number}\n  expect score {result}\n'
        made = compile_source(Source("ties.sespms", policy))
        assert len(made.scenarios) == len(numbers)
        assert all(each.passed for each in made.scenarios), (words, made.diagnostics)


def _fits(heading: str, line: str) -> bool:
    document, findings = parse(Source("line.sespms", f"{heading}\n  {line}\n"))
    return not findings and len(document.blocks) == 1


def test_blocks_are_marked_by_what_is_done_with_them(fill_pages: ModuleType) -> None:
    for path in [*READERS_PAGES, *CODE_PAGES]:
        text = path.read_text(encoding="utf-8")
        assert {block.language for block in fill_pages.fences(text)} <= LANGUAGES, _name(path)
        assert text.count("\n```") == 2 * len(fill_pages.fences(text)), (
            f"{_name(path)}: a fence is not closed or marked"
        )


def test_a_page_has_one_title_and_no_level_of_heading_is_skipped() -> None:
    for path in [*READERS_PAGES, *CODE_PAGES]:
        text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        depths = [len(found) for found in re.findall(r"^(#+) ", text, re.MULTILINE)]
        assert depths[0] == 1, _name(path)
        assert depths.count(1) == 1, _name(path)
        assert all(later <= earlier + 1 for earlier, later in pairwise(depths)), _name(path)


# ---- the script itself -----------------------------------------------------------------------------


def test_a_page_builds_up_its_files(fill_pages: ModuleType) -> None:
    page = (
        '```sespms title="a.sespms"\nweights\n  total 90\n\nlevels\n```\n\n'
        '```sespms title="add to a.sespms"\nstandards\n```\n\n'
        '```sespms title="a.sespms, weights"\nweights\n  total 100\n```\n'
    )
    with fill_pages.empty_folder() as folder:
        for block in fill_pages.fences(page):
            fill_pages.put(folder, block)
        assert (folder / "a.sespms").read_text(encoding="utf-8") == "weights\n  total 100\n\nlevels\n\nstandards\n"


def test_a_changed_part_must_be_there_once(fill_pages: ModuleType) -> None:
    with fill_pages.empty_folder() as folder:
        (folder / "a.sespms").write_text("levels\n", encoding="utf-8")
        with pytest.raises(ValueError, match="no single part `weights`"):
            fill_pages.put(folder, fill_pages.Fence("sespms", "a.sespms, weights", "weights\n", 0, 0))


def test_nothing_but_the_command_is_run(fill_pages: ModuleType) -> None:
    with pytest.raises(ValueError, match="does not begin with `sespms`"):
        fill_pages.run("rm everything")


def test_an_output_that_differs_is_noticed(fill_pages: ModuleType) -> None:
    page = "# A page\n\n```console\n$ sespms phrases standards\nnothing of the kind\n```\n"
    filled = fill_pages.filled_page(page)
    assert filled != page
    assert "standards: what each level means in words" in filled
