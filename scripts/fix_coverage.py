"""Makes `docs/fix-coverage.md`: how many findings offer a fix, which do not, and why.

    python scripts/fix_coverage.py

A finding has a fix where the example on its page offers one; that example is run. Every other finding has one of the
reasons below, by its family or by its code. A test runs the same functions and compares; it never writes.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from sespms_rules.authoring.looking import judged_by
from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.source import Source
from sespms_rules.law.law_texts import law_texts

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "sespms_rules"
PAGE = ROOT / "docs" / "fix-coverage.md"

_BY_FAMILY = {
    "3": "law",
    "4": "example",
    "5": "example",
    "6": "data",
    "7": "data",
}
REASONS = {
    "words": "Only the author knows what to write: a name, a number, a wording, a condition.",
    "choice": "There are several cures, and each means something else.",
    "elsewhere": "The cure is in another file, or it is the heading of a file.",
    "informs": "It only informs; nothing needs to be changed.",
    "size": "The text is too large or is no policy; no edit of one place mends it.",
    "law": "The law asks for sentences: `sespms complete` writes them; which law and which day is the reader's choice.",
    "example": "An example or a guarantee says what is meant. Changed to fit the rules, it would hide the fault.",
    "data": "It is about a roster, a record or a register. What people recorded is never changed by the program.",
}
_BY_CODE = {
    "words": "002 012 019 020 024 107 117 118 124 136 143 205 208 209 210 218 221 227 234 "
    "238 241 245 267 271 274 277 278",
    "choice": "103 126 128 130 131 132 211 212 247 257 268 281 286 287 293 313",
    "elsewhere": "007 140",
    "size": "016 017 021 022 023 141 142 261 262",
    "example": "402",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A finding: its code, its name, its severity, the titles of the fixes on its page, or why there is none."""

    code: str
    name: str
    severity: str
    fixes: tuple[Fix, ...]
    reason: str


def rows() -> list[Row]:
    """Every finding with a page, by code. Raises ValueError for one with neither a fix nor a reason."""
    judge = judged_by("policy.sespms", law_texts(()).library)
    pages = _pages()
    found = []
    for path in sorted(PACKAGE.rglob("ses[0-9]*.md"), key=lambda each: each.name):
        code = path.stem[:6].upper()
        title = re.match(r"# SES\d{3} ([a-z0-9-]+)\n\nSeverity: (\w+)", path.read_text(encoding="utf-8"))
        if title is None:
            raise ValueError(f"{path.name} does not begin as the page of a finding")
        fixes: tuple[Fix, ...] = ()
        if not pages.is_shown_in_python(path):
            source = Source("policy.sespms", pages.code_page(path).policy)
            fixes = tuple(fix for each in judge(source)[2] if each.code == code for fix in each.fixes)
        reason = "" if fixes else _reason(code, title[2])
        found.append(Row(code, title[1], title[2], fixes, reason))
    return found


def _reason(code: str, severity: str) -> str:
    number = code.removeprefix("SES")
    stated = next((reason for reason, codes in _BY_CODE.items() if number in codes.split()), "")
    if stated:
        return stated
    if severity == "note":
        return "informs"
    family = _BY_FAMILY.get(number[0], "")
    if family in REASONS:
        return family
    raise ValueError(f"{code} has no fix, and nothing says why; add a fix or a reason in scripts/fix_coverage.py")


def needless_reasons(found: list[Row]) -> list[str]:
    """Codes that are given a reason for having no fix, and have one or do not exist."""
    without = {each.code.removeprefix("SES") for each in found if not each.fixes}
    return [number for codes in _BY_CODE.values() for number in codes.split() if number not in without]


def coverage_page(found: list[Row]) -> str:
    """The whole page."""
    having, lacking = [each for each in found if each.fixes], [each for each in found if not each.fixes]
    mendable = [each for each in lacking if each.reason in ("words", "choice", "elsewhere")]
    whole = len(having) + len(mendable)
    percent = 100 * len(having) // whole
    lines = [
        "# Which findings have a fix",
        "",
        "This page is made by `scripts/fix_coverage.py`, and a test says when it is out of date.",
        "",
        f"There are **{len(found)}** findings. **{len(having)}** offer a fix, which `sespms check --fix` (where it",
        f"is sure) or `--fix --all` carries out. **{whole}** are about words of a policy and could be mended by",
        f"changing them. Of these **{percent}%** have a fix; the other {len(mendable)} ask for what only",
        "the author knows. Each fix is tested to remove its finding; one that brings to light something else is shown,",
        "and not carried out unasked ([decision 0115](decisions/0115-a-fix-where-there-is-one-cure.md)).",
        "Where there are two cures of two meanings, each says what it means, and `--all` leaves the choice to the",
        "author ([decision 0182](decisions/0182-a-fix-says-whom-it-moves.md)).",
        "",
        "| why there is no fix | findings |",
        "|---|---|",
        *(f"| {REASONS[reason]} | {sum(each.reason == reason for each in lacking)} |" for reason in REASONS),
        "",
        "## With a fix",
        "",
        "| finding | what the fix on its page does | sure |",
        "|---|---|---|",
        *_with_fix(having),
        "",
        "## Without",
        "",
        "| finding | why |",
        "|---|---|",
        *(
            f"| {each.code} {each.name} | {REASONS[each.reason].split(';')[0].split(':')[0].rstrip('.')} |"
            for each in lacking
        ),
        "",
    ]
    return "\n".join(lines)


def _short(reason: str) -> str:
    return re.split("[;:.]", REASONS[reason])[0]


def _with_fix(having: list[Row]) -> Iterator[str]:
    for each in having:
        titles = "; ".join(dict.fromkeys(fix.title.replace("|", "\\|") for fix in each.fixes))
        sure = "yes" if all(fix.sure for fix in each.fixes) else "proposal"
        yield f"| {each.code} {each.name} | {titles} | {sure} |"


def _pages() -> ModuleType:
    """The script that takes the pages of codes apart."""
    spec = importlib.util.spec_from_file_location("fill_pages", ROOT / "scripts" / "fill_pages.py")
    if spec is None or spec.loader is None:
        raise ValueError("scripts/fill_pages.py is not there")
    module = importlib.util.module_from_spec(spec)
    sys.modules["fill_pages"] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    PAGE.write_text(coverage_page(rows()), encoding="utf-8")
