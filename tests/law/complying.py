"""An invented system that complies, and what is said of it when a reviewer finds it changed by a few words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.findings import findings
from sespms_rules.law.verdict import Conformance, Verdict
from sespms_rules.pipeline import check_conformance, compile_source

DATA = Path(__file__).resolve().parents[1] / "data"
COMPLYING = (DATA / "complying_system.sespms").read_text(encoding="utf-8")
BASIC = (Path(__file__).resolve().parents[2] / "policies" / "agencies" / "opm_basic.sespms").read_text(encoding="utf-8")


class Told(Frozen):
    """What a check says of a text: each verdict by its citation, and all findings."""

    conformance: Conformance
    findings: tuple[Diagnostic, ...]

    def verdict(self, citation: str) -> Verdict:
        """The verdict on one requirement of the shipped editions."""
        (found,) = (each for each in self.conformance.verdicts if each.citation == citation)
        return found

    def kind(self, citation: str) -> str:
        """How a requirement stands, in a word."""
        return self.verdict(citation).kind.value

    @property
    def failing(self) -> set[str]:
        """The requirements that the text breaks."""
        return {each.citation for each in self.conformance.verdicts if each.fails}

    def of(self, code: str) -> list[Diagnostic]:
        """The findings of a code."""
        return [each for each in self.findings if each.code == code]

    @property
    def errors(self) -> set[str]:
        """The codes of the errors."""
        return {each.code for each in self.findings if each.severity.value == "error"}


@cache
def _library() -> FolderLibrary:
    return FolderLibrary()


def changed(*changes: tuple[str, str], text: str = COMPLYING) -> str:
    """The text with words replaced by others. Raises AssertionError for words that do not stand in it."""
    for words, others in changes:
        assert words in text, words
        text = text.replace(words, others, 1)
    return text


def told(text: str) -> Told:
    """What a check says of a text."""
    compiled = compile_source(Source("policy.sespms", text), _library())
    (conformance,) = check_conformance(compiled)
    return Told(conformance, (*compiled.diagnostics, *findings(conformance)))


def on(day: str, follows: str) -> tuple[tuple[str, str], ...]:
    """Changes that give the system another effective day, and another edition to follow."""
    year = int(day[:4])
    return (
        ("effective 2026-10-01", f"effective {day}"),
        ("submitted to OPM 2026-05-01", f"submitted to OPM {year}-01-05"),
        ("approved by OPM 2026-07-01", f"approved by OPM {year}-02-05"),
        ("as of 2025-10-15", f"as of {follows}"),
    )


def without(part: str, text: str = COMPLYING) -> str:
    """The text without one of its parts."""
    blocks = text.split("\n\n")
    kept = [each for each in blocks if each.splitlines()[0] != part]
    assert len(kept) == len(blocks) - 1, part
    return "\n\n".join(kept)


__all__ = ["BASIC", "COMPLYING", "Told", "changed", "on", "told", "without"]
