"""Invented systems, compiled and tried out, for the tests of trials."""

from __future__ import annotations

from functools import cache

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.program.ir import Program

LEVELS = """levels
  level 5 "Outstanding"               5 points  equivalent to outstanding
  level 4 "Exceeds Fully Successful"  4 points  equivalent to exceeds fully successful
  level 3 "Fully Successful"          3 points  equivalent to fully successful
  level 2 "Minimally Satisfactory"    2 points  equivalent to minimally satisfactory
  level 1 "Unsatisfactory"            1 point   equivalent to unsatisfactory
"""
BANDS = """  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
OVERRIDE = "  any critical element at level 1 makes the rating level 1\n"


@cache
def compiled(*fragments: str) -> Compilation:
    """An invented system, which must have no error."""
    found = compile_source(Source("policy.sespms", 'system "Invented"\n' + "\n".join(fragments)))
    assert not found.has_errors, found.diagnostics
    return found


def program_of(*fragments: str) -> Program:
    """The program of an invented system."""
    return compiled(*fragments).programs["Invented"]


def of(code: str, *fragments: str) -> list[Diagnostic]:
    """What is found under one code in a system made of fragments."""
    return [finding for finding in compiled(*fragments).diagnostics if finding.code == code]


def rating(formula: str, *lines: str) -> str:
    """A summary rating."""
    return f"summary rating\n  score is {formula}\n" + "".join(lines)
