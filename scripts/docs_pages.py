"""Makes the pages of the documentation whose source lies beside the code.

* `docs/checks/`: the page of each code, copied from where it stands beside the module that raises it, and an index;
* `docs/language/reference/`: a page for each part of a file, from the phrase book, with every sentence it may hold;
* `docs/language/reference/grammar/`: every rule of the grammar as a person writes it.

The folders are emptied first and are not kept under version control. The page of a code begins with a title and,
before its first section, states its severity and, where there is one, the citation:

    # SES214 band-gap

    Severity: error
    Citation: 5 CFR 430.305(a)(5)
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sespms_rules.language.phrasebook import PARTS, PartOfFile, Phrase, phrase_book

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "sespms_rules"
GRAMMAR = ROOT / "grammars" / "sespms.lark"
DOCS = ROOT / "docs"

_SEVERITY = re.compile(r"^\W*severity\W+(error|warning|advice|note|information)\b", re.IGNORECASE | re.MULTILINE)
_CITATION = re.compile(r"^\W*citations?\W+(.+?) *$", re.IGNORECASE | re.MULTILINE)
_BANNER = re.compile(r"^// -{3,} *(.*?) *-*$")
_RULE = re.compile(r"^[?!]*(_?[a-z][a-z0-9_]*)(?:\{\w+\})?(?:\.\d+)?: *(.*)$")
_TOKEN = re.compile(r'"(?P<word>[^"]+)"|(?P<list>_\w+)\{(?P<item>\w+)\}|(?P<name>[A-Za-z_]\w*)|(?P<mark>[\[\]()|])')
_TERMINALS = {"STRING": '"…"', "NUMBER": "‹number›", "DATE": "‹year-month-day›", "PROSE": '"""…"""', "CODE": "‹code›"}
# How the grammar's own machinery for lists reads on a page; that for layout is left out.
_LISTS = {"_list": "‹{0}›, … and ‹{0}›", "_all": "‹{0}› and ‹{0}› …", "_commas": "‹{0}›, ‹{0}› …"}
_LAYOUT = {*_LISTS, "start", "line", "_body", "_end", "_LINE", "_MARGIN", "_EOF_NL"}


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The page of a code (`SES214`): the rest of its title, severity, citation (or nothing), stem, and all its text."""

    code: str
    title: str
    severity: str
    citation: str
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
    front = text.split("\n## ")[0]
    severity, citation = _SEVERITY.search(front), _CITATION.search(front)
    if severity is None:
        raise ValueError(f"{path.name}: no line before the first section states the severity, `Severity: error`")
    return CheckPage(
        title[1], title[2].strip(" `"), severity[1].lower(), citation[1] if citation else "", path.stem, text
    )


def read_check_pages(package: Path = PACKAGE) -> list[CheckPage]:
    """The pages of all codes in the package, in the order of the codes. Raises ValueError when a code has two."""
    pages = sorted((read_check_page(path) for path in package.rglob("ses[0-9]*.md")), key=lambda page: page.code)
    for code, group in groupby(pages, key=lambda page: page.code):
        stems = [page.stem for page in group]
        if len(stems) > 1:
            raise ValueError(f"{code} has {len(stems)} pages: {', '.join(stems)}")
    return pages


# What the first digit of a code says, in the order of the stages that find it.
_FAMILIES = {
    "0": "The text cannot be read",
    "1": "Names, and what a formula may use",
    "2": "A system within itself",
    "3": "A system against a baseline",
    "4": "Guarantees",
    "5": "Scenarios",
    "6": "Plans, appraisals and rosters",
    "7": "The year on record",
}


def page_for_readers(page: CheckPage) -> str:
    """The text of a code's page with its front lines kept apart; Markdown would run them together."""
    return re.sub(r"^(Severity: .*)\n(?=Citation: )", r"\1  \n", page.text, count=1, flags=re.MULTILINE)


def check_index(pages: list[CheckPage]) -> str:
    """The page that lists all findings, by family and in the order of their codes."""
    lines = ["# Findings", "", "Every finding has a code that never changes and a page that says how to fix it.", ""]
    for digit, group in groupby(pages, key=lambda page: page.code[3]):
        lines += [f"## {_FAMILIES.get(digit, 'Others')}", ""]
        lines += ["| code | finding | severity | citation |", "|---|---|---|---|"]
        lines += [
            f"| [{page.code}]({page.stem}.md) | {page.title} | {page.severity} | {page.citation} |" for page in group
        ]
        lines += [""]
    return "\n".join(lines)


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


def part_pages() -> dict[str, str]:
    """A page for each part of a file, by file name: its heading, and every sentence that may stand in it."""
    return {f"{_stem(part)}.md": _part_page(part) for part in PARTS}


def _stem(part: PartOfFile) -> str:
    return part.kind.value.replace(" ", "-")


def _part_page(part: PartOfFile) -> str:
    phrases = phrase_book(part.kind.value)
    lines = [f"# {_capital(part.kind.value)}", "", f"{_capital(part.about)}.", ""]
    lines += ["It begins with its heading at the margin, and its sentences stand indented below:", ""]
    lines += ["```sespms", part.heading, f"  {phrases[0].sentence}", "```", ""]
    for phrase in phrases:
        lines += _phrase_lines(phrase)
    return "\n".join(lines)


def _phrase_lines(phrase: Phrase) -> list[str]:
    order = phrase.strictness
    return [
        f"## {_capital(phrase.means)}",
        "",
        "```sespms-lines",
        *phrase.examples,
        "```",
        "",
        f"Order of strictness: [{order}](../strictness.md#{order.replace(' ', '-')}).",
        "",
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def reference_index() -> str:
    """The page that lists the parts of a file."""
    rows = [f"| [{part.kind.value}]({_stem(part)}.md) | {part.about} |" for part in PARTS]
    closing = "The same in the notation of the grammar: [every rule](grammar/index.md)."
    lines = ["# Every sentence, part by part", "", "| part | what it is about |", "|---|---|", *rows, "", closing, ""]
    return "\n".join(lines)


def grammar_index(pages: dict[str, str]) -> str:
    """The page that lists the pages of the grammar."""
    links = [f"- [{text.splitlines()[0].removeprefix('# ')}]({name})" for name, text in pages.items()]
    return "\n".join(["# Every rule of the grammar", "", "Read from the grammar itself.", "", *links, ""])


def _write(folder: Path, pages: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"{folder.relative_to(ROOT)}: {len(pages)} pages")


def main() -> int:
    """Write all folders. Returns 1, with a message, when a page's source is wrong."""
    try:
        checks = read_check_pages()
        grammar = reference_pages(read_rules(GRAMMAR.read_text(encoding="utf-8")))
    except (ValueError, OSError) as fault:
        print(f"docs_pages.py: {fault}", file=sys.stderr)
        return 1
    reference = DOCS / "language" / "reference"
    _write(
        DOCS / "checks",
        {"index.md": check_index(checks), **{f"{page.stem}.md": page_for_readers(page) for page in checks}},
    )
    _write(reference, {"index.md": reference_index(), **part_pages()})
    _write(reference / "grammar", {"index.md": grammar_index(grammar), **grammar})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
