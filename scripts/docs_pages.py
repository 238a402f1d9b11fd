"""Makes the pages of the documentation whose source lies beside the code.

* `docs/checks/`: each check's page, copied from `src/sespms_rules/check/`, and an index of code, title, severity;
* `docs/language/reference/`: every sentence, phrase and closed list of the language, read from the grammar.

Both folders are emptied first and are not kept under version control. A check's page begins with a title and,
before its first section, states its severity:

    # SES214 band-gap

    Severity: error
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS = ROOT / "src" / "sespms_rules" / "check"
GRAMMAR = ROOT / "grammars" / "sespms.lark"
DOCS = ROOT / "docs"

_SEVERITY = re.compile(r"^\W*severity\W+(error|warning|advice|note|information)\b", re.IGNORECASE | re.MULTILINE)
_BANNER = re.compile(r"^// -{3,} *(.*?) *-*$")
_RULE = re.compile(r"^[?!]*(_?[a-z][a-z0-9_]*)(?:\{\w+\})?(?:\.\d+)?: *(.*)$")
_TOKEN = re.compile(r'"(?P<word>[^"]+)"|(?P<list>_\w+)\{(?P<item>\w+)\}|(?P<name>[A-Za-z_]\w*)|(?P<mark>[\[\]()|])')
_TERMINALS = {"STRING": '"…"', "NUMBER": "‹number›", "DATE": "‹year-month-day›", "PROSE": '"""…"""', "CODE": "‹code›"}
# How the grammar's own machinery for lists reads on a page; that for layout is left out.
_LISTS = {"_list": "‹{0}›, … and ‹{0}›", "_all": "‹{0}› and ‹{0}› …", "_commas": "‹{0}›, ‹{0}› …"}
_LAYOUT = {*_LISTS, "start", "line", "_body", "_end", "_LINE", "_MARGIN", "_EOF_NL"}


@dataclass(frozen=True, slots=True)
class CheckPage:
    """A check's page: its code (`SES214`), the rest of its title, its severity, its stem, and all its text."""

    code: str
    title: str
    severity: str
    stem: str
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the grammar: the banner it stands under, its name, and its alternatives as a person writes them."""

    section: str
    name: str
    forms: tuple[str, ...]


def read_check_page(path: Path) -> CheckPage:
    """The page at `path`, taken apart. Raises ValueError when its title or severity is missing or wrong."""
    text = path.read_text(encoding="utf-8")
    title = re.match(r"# +`?(SES\d{3})`?\W*(.*)", text)
    if title is None or not path.stem.upper().startswith(title[1]):
        code = path.stem[:6].upper()
        raise ValueError(f"{path.name}: the first line must be a title that begins with the code, `# {code} …`")
    severity = _SEVERITY.search(text.split("\n## ")[0])
    if severity is None:
        raise ValueError(f"{path.name}: no line before the first section states the severity, `Severity: error`")
    return CheckPage(title[1], title[2].strip(" `"), severity[1].lower(), path.stem, text)


def check_index(pages: list[CheckPage]) -> str:
    """The page that lists all checks, in the order of their codes."""
    rows = [f"| [{page.code}]({page.stem}.md) | {page.title} | {page.severity} |" for page in pages]
    return "\n".join(["# Checks", "", "| code | finding | severity |", "|---|---|---|", *rows, ""])


def read_rules(grammar: str) -> list[Rule]:
    """The rules of a grammar in Lark's notation, one rule or alternative a line, in the order they stand."""
    found: list[Rule] = []
    for section, name, alternatives in _rule_texts(grammar):
        forms = (_as_written(each) for each in alternatives)
        found.append(Rule(section, name, tuple(dict.fromkeys(form for form in forms if form))))
    return found


def _rule_texts(grammar: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each rule's section, name, and alternatives; a rule goes on over lines that begin with a blank."""
    section, name, body = "", "", ""
    for line in [*grammar.splitlines(), "end:"]:
        banner, rule = _BANNER.match(line), _RULE.match(line)
        if (banner or rule) and name:
            yield section, name, _alternatives(body)
            name = ""
        if banner:
            section = banner[1]
        elif rule:
            name, body = rule[1], rule[2]
        elif name and line.startswith((" ", "\t")):
            body += " " + line.strip()
        elif name:
            yield section, name, _alternatives(body)
            name = ""


def _alternatives(body: str) -> list[str]:
    """The alternatives of a rule's body: parted by bars that stand in no bracket and no quotes."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(r'"[^"]*"|[\[({]|[\])}]|\|', body):
        mark = found.group()
        depth += (mark in "[({") - (mark in "])}")
        if mark == "|" and depth == 0:
            parts.append(body[start : found.start()])
            start = found.end()
    return [*parts, body[start:]]


def _as_written(alternative: str) -> str:
    """An alternative as a person writes it: words as they are, holes in ‹…›, what may be left out in […]."""
    words: list[str] = []
    for token in _TOKEN.finditer(alternative.split("->")[0]):
        if token["word"]:
            words.append(token["word"])
        elif token["list"]:
            words.append(_LISTS.get(token["list"], "").format(_hole(token["item"]).strip("‹›")))
        elif token["name"] and token["name"] not in _LAYOUT:
            words.append(_TERMINALS.get(token["name"]) or _hole(token["name"]))
        elif token["mark"]:
            words.append(token["mark"])
    text = " ".join(word for word in words if word)
    return re.sub(r"([\[(]) | ([\]),:%])", lambda found: found[1] or found[2], text)


def _hole(name: str) -> str:
    return _TERMINALS.get(name) or f"‹{name.strip('_').removesuffix('_stmt').replace('_', ' ')}›"


def reference_pages(rules: list[Rule]) -> dict[str, str]:
    """A page for each section of the grammar that has sentences, phrases or closed lists, by file name."""
    pages: dict[str, list[str]] = {}
    for rule in rules:
        kind, _, topic = rule.section.partition(":")
        if kind == "terminals" or not rule.forms or rule.name in _LAYOUT:
            continue
        title = (topic or kind).strip()
        stem = re.sub(r"\W+", "-", title.split(":")[0]).strip("-")
        lines = pages.setdefault(f"{stem}.md", [f"# {title[:1].upper()}{title[1:]}", "", _HOW_TO_READ])
        lines += ["", f"## {_hole(rule.name).strip('‹›')}", "", "```text", *rule.forms, "```"]
    return {name: "\n".join(lines) + "\n" for name, lines in pages.items() if name != ".md"}


_HOW_TO_READ = (
    "Each line is one way to write it. Words stand as they are; ‹…› is a hole, explained under its own name on "
    "this page or another; what stands in […] may be left out; (… | …) is a choice."
)


def reference_index(pages: dict[str, str]) -> str:
    """The page that lists the pages of the language."""
    links = [f"- [{text.splitlines()[0].removeprefix('# ')}]({name})" for name, text in pages.items()]
    return "\n".join(["# Every sentence of the language", "", "Read from the grammar itself.", "", *links, ""])


def _write(folder: Path, pages: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"{folder.relative_to(ROOT)}: {len(pages)} pages")


def main() -> int:
    """Write both folders. Returns 1, with a message, when a page's source is wrong."""
    try:
        checks = [read_check_page(path) for path in sorted(CHECKS.glob("*.md"))]
        language = reference_pages(read_rules(GRAMMAR.read_text(encoding="utf-8")))
    except (ValueError, OSError) as fault:
        print(f"docs_pages.py: {fault}", file=sys.stderr)
        return 1
    _write(DOCS / "checks", {"index.md": check_index(checks), **{f"{page.stem}.md": page.text for page in checks}})
    _write(DOCS / "language" / "reference", {"index.md": reference_index(language), **language})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
