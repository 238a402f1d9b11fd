"""Makes `docs/law-coverage.md`: where `policies/federal/` holds each fact of the law that was collected, or why not.

The facts stand in `tests/data/law_rows.csv`, one a row:

* `id`, `section`, `citation`, `title`: which fact, in our own words;
* `provenance`: A read in force, A(old) and B read in an older wording, C recalled, D as reported, E derived, none
  found; several are parted by `/`, where the limbs of one fact differ;
* `encoded`: places parted by ` | `, each the beginning of a file's name, ` > `, and the citation of a requirement,
  `term …` for a term of the head, `savings until …` for a savings clause, or `list …`. A beginning that fits two files
  means both editions; a file whose sections are numbered otherwise (`NAMED_IN_FULL`) is meant only by its whole name;
* `reason`: where `encoded` is empty, why, beginning with one of `REASONS` and a colon.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sespms_rules.foundation.resources import policy_names, policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import Baseline, Stated
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, resolve
from sespms_rules.language.syntax.baselines import Confirmed, Meaning, PartlyConfirmed, Savings, Unconfirmed
from sespms_rules.language.syntax.nodes import Prose, Quoted

ROOT = Path(__file__).resolve().parents[1]
ROWS = ROOT / "tests" / "data" / "law_rows.csv"
PAGE = ROOT / "docs" / "law-coverage.md"
FOLDER = "federal"
REASONS = ("historical", "out of scope", "nothing to require", "policy", "example")
NAMED_IN_FULL = frozenset({"5cfr430c-2000-11-13"})
SECTIONS = {
    "1": "Scope: 5 CFR 430.301 and 430.302",
    "1.1": "Terms: 5 CFR 430.303",
    "1.2": "Subpart C from 2000 to 2015, with its own numbering",
    "2": "What every system provides for: 5 CFR 430.304",
    "3": "The system standards: 5 CFR 430.305",
    "4": "Plan, monitor, appraise: 5 CFR 430.306 to 430.308",
    "5": "Rating: 5 CFR 430.309",
    "6": "Details and job changes: 5 CFR 430.310",
    "7": "Performance review boards: 5 CFR 430.311",
    "8": "Consequences: 5 CFR 430.312 and part 359, subpart E",
    "9": "Training, evaluation, records, approval: 5 CFR 430.313 and 430.314",
    "10": "Certification for pay: 5 CFR part 430, subpart D",
    "11": "Awards and pay: 5 USC 5383 and 5384",
    "12": "OPM's basic system of 2012",
    "13": "OPM's system of 2025",
    "13.1": "OPM's cap on high ratings",
    "14": "Executive competencies",
    "15": "Corrections and news of November 2026",
}
_FRONT = """# What of the law is held where

Each row is one fact of the law that was collected for this project. *Read* says how: **A** in the wording in force,
**A(old)** and **B** in an older wording, **C** recalled only, **D** as reported by others, **E** derived, **none** if
nothing was found. *Held in* names the requirement, the term or the list of `policies/federal/` that carries it, with
its confidence mark; or it says why none does.

This page is made by `scripts/law_coverage.py`. A test fails when a row is in neither place.
"""

Mark = Confirmed | PartlyConfirmed | Unconfirmed
_MARKS = {Confirmed: "confirmed", PartlyConfirmed: "partly confirmed", Unconfirmed: "unconfirmed"}


@dataclass(frozen=True, slots=True)
class Row:
    """A fact of the law: the columns of the file; `provenance` and `encoded` taken apart."""

    id: str
    section: str
    citation: str
    provenance: tuple[str, ...]
    title: str
    encoded: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact is held: the file's name without its ending, what in it, and its mark (None for a term)."""

    file: str
    what: str
    mark: Mark | None


def read_rows(path: Path = ROWS) -> tuple[Row, ...]:
    """The rows of the file, in its order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Row(
                each["id"],
                each["section"],
                each["citation"],
                tuple(each["provenance"].split("/")),
                each["title"],
                tuple(each["encoded"].split(" | ")) if each["encoded"] else (),
                each["reason"],
            )
            for each in csv.DictReader(lines)
        )


def read_editions() -> dict[str, Baseline]:
    """The editions of `policies/federal/` by the names of their files. Raises ValueError for one with a finding."""
    editions = {}
    for name in policy_names(FOLDER):
        document, faults = parse(Source(name, policy_path(name).read_text(encoding="utf-8")))
        policy, findings = resolve(document, FolderLibrary())
        if faults or findings:
            raise ValueError(f"{name}: {(*faults, *findings)[0].message}")
        for edition in policy.baselines:
            editions[Path(name).stem] = edition
    return editions


def mark_of(sentences: tuple[Stated, ...]) -> Mark | None:
    """The confidence mark among the sentences of a requirement or a list; None where there is none."""
    return next((each.sentence for each in sentences if isinstance(each.sentence, Mark)), None)


def note_of(mark: Mark | None) -> str:
    """What a mark adds in words; nothing where it stands alone."""
    text = mark.text if mark is not None else None
    return " ".join(text.text.split()) if isinstance(text, Quoted | Prose) else ""


def things_of(edition: Baseline) -> dict[str, Mark | None]:
    """All that an edition holds, as a row names it, with its mark."""
    terms = (each.sentence for each in edition.head.sentences)
    found: dict[str, Mark | None] = {f"term {each.term.text}": None for each in terms if isinstance(each, Meaning)}
    saved = (each.sentence for each in edition.head.sentences)
    found.update({f"savings until {each.last.value}": None for each in saved if isinstance(each, Savings)})
    found.update({f"list {each.name}": mark_of(each.sentences) for each in edition.lists})
    found.update({each.citation: mark_of(each.sentences) for each in edition.requirements})
    return found


def places(row: Row, editions: Mapping[str, Baseline]) -> Iterator[Place]:
    """The places a row names, in every file that its beginning fits. Raises ValueError for one that is not there."""
    for each in row.encoded:
        start, what = each.split(" > ")
        fitting = [name for name in editions if name.startswith(f"{start}-") and name not in NAMED_IN_FULL]
        files = [start] if start in editions else fitting
        if not files:
            raise ValueError(f"{row.id}: no file of policies/{FOLDER}/ begins with `{start}`")
        for name in files:
            things = things_of(editions[name])
            if what not in things:
                raise ValueError(f"{row.id}: `{name}` has no `{what}`")
            yield Place(name, what, things[what])


def coverage_page(rows: tuple[Row, ...], editions: Mapping[str, Baseline]) -> str:
    """The page: a table for each section of the law."""
    parts = [_FRONT, _counts(editions)]
    for section, group in groupby(rows, key=lambda row: row.section):
        lines = [
            f"| `{row.id}` | {row.title} | {', '.join(row.provenance)} | {_held(row, editions)} |" for row in group
        ]
        table = ["| Row | What | Read | Held in, or why not |", "| --- | --- | --- | --- |", *lines]
        parts.append(f"## {SECTIONS[section]}\n\n" + "\n".join(table) + "\n")
    return "\n".join(parts)


def _held(row: Row, editions: Mapping[str, Baseline]) -> str:
    if not row.encoded:
        return f"*{row.reason}*"
    by_what: dict[tuple[str, str], list[str]] = {}
    for place in places(row, editions):
        kind = "in its head" if place.what.startswith("savings") else "term"
        mark = _MARKS[type(place.mark)] if place.mark is not None else kind
        by_what.setdefault((place.what.removeprefix("term "), mark), []).append(place.file)
    return "<br>".join(f"{what} ({mark}): {_files(files)}" for (what, mark), files in by_what.items())


def _files(names: list[str]) -> str:
    """Files by name; those of several editions by what their names begin with."""
    return f"`{names[0]}`" if len(names) == 1 else f"`{names[0].split('-')[0]}`, both editions"


def _counts(editions: Mapping[str, Baseline]) -> str:
    lines = ["| File | Requirements | confirmed | partly confirmed | unconfirmed |", "| --- | --- | --- | --- | --- |"]
    for name, edition in editions.items():
        marks = [_MARKS[type(mark)] for each in edition.requirements if (mark := mark_of(each.sentences))]
        numbers = " | ".join(str(marks.count(mark)) for mark in _MARKS.values())
        lines.append(f"| `{name}` | {len(edition.requirements)} | {numbers} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(coverage_page(read_rows(), read_editions()), encoding="utf-8")
