"""Policies given as text, taken through parsing and resolving to lowering."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import resolve
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower

Lowered = tuple[Program | None, tuple[Diagnostic, ...]]


def _lowered(text: str) -> Lowered:
    """Lower the last system of a text, which must have been written and resolved without a fault."""
    document, written = parse(Source("policy.sespms", text))
    assert written == ()
    policy, resolved = resolve(document)
    assert [finding.message for finding in resolved] == []
    return lower(policy.systems[-1])


@pytest.fixture(scope="session")
def lowered() -> Callable[[str], Lowered]:
    """What lowering makes of a text, and what it finds."""
    return _lowered


@pytest.fixture(scope="session")
def program() -> Callable[[str], Program]:
    """The program of a text in which lowering finds nothing wrong."""

    def make(text: str) -> Program:
        made, found = _lowered(text)
        assert [(finding.code, finding.message) for finding in found] == []
        assert made is not None
        return made

    return make
