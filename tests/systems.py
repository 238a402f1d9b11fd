"""Compiled policies for tests, each compiled once a process."""

from __future__ import annotations

from functools import cache

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import resolve
from sespms_rules.language.resolution.library import FolderLibrary
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower


@cache
def system_of(name: str) -> System:
    """The only system of a shipped policy."""
    document, syntax = parse(Source(name, policy_path(name).read_text(encoding="utf-8")))
    policy, meaning = resolve(document, FolderLibrary())
    assert not [finding for finding in (*syntax, *meaning) if finding.severity is Severity.ERROR]
    (system,) = policy.systems
    return system


@cache
def program_of(name: str) -> Program:
    """The program of the only system of a shipped policy."""
    program, findings = lower(system_of(name))
    assert program is not None, findings
    return program
