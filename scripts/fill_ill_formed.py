"""Runs the examples of `docs/language/ill-formed-formulas.md`, and writes into the page what is said of them.

    python scripts/fill_ill_formed.py

The first `sespms` block of the page is a sound policy. Under each `###` heading, the first `text` block is put into it:
lines without a heading, or under `summary rating`, into that part, in place of lines there that say the same sort of
thing; any other part in place of the part of its heading, or behind all others. The second `text` block shows what is
found in these lines. Tests run the same functions and compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.reports.findings.text import finding_as_text

PAGE = Path(__file__).resolve().parents[1] / "docs" / "language" / "ill-formed-formulas.md"

_POLICY = re.compile(r"^```sespms\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(
    r"^### (?P<title>.+)\n(?P<prose>(?:(?!^#).*\n)*?)```text\n(?P<written>(?:(?!```).*\n)*)```\n\n"
    r"```text\n(?P<said>(?:(?!```).*\n)*)```$",
    re.MULTILINE,
)
_PART = re.compile(r"^(?=\S)", re.MULTILINE)
_RATING = "summary rating"
_SCORE = re.compile(r"^ +score is ", re.MULTILINE)
_LEVEL = re.compile(r" is level \d|level \d (?:when|otherwise)|rating level|^ +score [^i]", re.MULTILINE)
_GUTTER = re.compile(r"^ *\d* \| ?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """One mistake: its heading, what is written, what the page says is found, and where that stands in the page."""

    title: str
    written: str
    said: str
    start: int
    end: int


def sound_policy(page: str) -> str:
    """The policy that the examples are put into. Raises ValueError where the page has none."""
    found = _POLICY.search(page)
    if found is None:
        raise ValueError("the page has no `sespms` block with the sound policy")
    return found[1]


def examples(page: str) -> list[Example]:
    """All examples, in order."""
    return [
        Example(found["title"], found["written"], found["said"], found.start("said"), found.end("said"))
        for found in _EXAMPLE.finditer(page)
    ]


def with_written(policy: str, written: str) -> tuple[str, set[int]]:
    """The policy with an example put in, and the numbers of its lines."""
    parts = [part for part in _PART.split(policy) if part.strip()]
    for new in (part for part in _PART.split(_headed(written)) if part.strip()):
        heading = new.splitlines()[0]
        old = _part(parts, heading)
        if not old:
            parts.append(f"\n{new.rstrip()}\n")
        elif heading == _RATING:
            parts[parts.index(old)] = f"{_joined(old, new)}\n\n"
        else:
            parts[parts.index(old)] = f"{new.rstrip()}\n\n"
    text = "".join(parts)
    wanted = set(written.splitlines())
    return text, {number for number, line in enumerate(text.splitlines(), 1) if line in wanted and line.strip()}


def _headed(written: str) -> str:
    """An example with the heading that goes without saying."""
    return f"{_RATING}\n{written}" if written.startswith(" ") else written


def _part(parts: list[str], heading: str) -> str:
    """The part with a heading; empty where there is none."""
    return next((part for part in parts if part.splitlines()[0] == heading), "")


def _joined(rating: str, written: str) -> str:
    """The part `summary rating` with lines put in, in place of those that say the same sort of thing."""
    heading, *old = rating.rstrip().splitlines()
    levels = [line for line in old if _LEVEL.search(line)]
    values = [line for line in old if line not in levels and not (_SCORE.match(line) and _SCORE.search(written))]
    levels = [] if _LEVEL.search(written) else levels
    return "\n".join([heading, *values, *written.rstrip().splitlines()[1:], *levels])


def found_in(policy: str, written: str) -> list[Diagnostic]:
    """What is found in the lines of an example; what follows elsewhere is left out, as are notes."""
    text, lines = with_written(policy, written)
    found = compile_source(Source("policy.sespms", text)).diagnostics
    return [each for each in found if each.severity is not Severity.NOTE and each.span.line in lines]


def said_of(policy: str, written: str) -> str:
    """What is said of an example: each finding as `sespms check` prints it, without its place."""
    return "\n\n".join(_without_place(finding_as_text(each)) for each in found_in(policy, written)) + "\n"


def _without_place(text: str) -> str:
    heading, _, rest = text.partition("\n")
    return "\n".join([heading.partition(": ")[2], *_lines(rest)])


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        quoted = _GUTTER.match(line)
        if quoted is None:
            yield line
        elif line[quoted.end() :].strip():
            yield f"    {line[quoted.end() :]}"


def filled(page: str) -> str:
    """The page with everything that is said of its examples as it is now."""
    policy, done, at = sound_policy(page), "", 0
    for example in examples(page):
        done += page[at : example.start] + said_of(policy, example.written)
        at = example.end
    return done + page[at:]


def main() -> int:
    """Fill the page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(filled(page), encoding="utf-8")
    print(f"{len(examples(page))} examples")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
