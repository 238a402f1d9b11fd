"""How a text is looked at while it is written: read, checked, and held to the law, as `sespms check` does it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from sespms_rules.checks.decided import Answer, Question
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, Library
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.law.verdict import Conformance
from sespms_rules.pipeline import Compilation, compile_document
from sespms_rules.proofs.deciders import Deciders
from sespms_rules.proofs.effort import ABOUT_A_SECOND, BY_TRIAL_ALONE
from sespms_rules.studies.checked import Checked, checked

MOST_LETTERS = 1_000_000
"""A policy has some ten thousand letters; a text of more than so many is not looked at while it is written."""

Judged = tuple[Compilation, Conformance | None, tuple[Diagnostic, ...]]

_NOT_ASKED = Answer(why="the solver is not asked while a text is written; `sespms check` asks it")


def looked_at(
    document: Document,
    parsed: tuple[Diagnostic, ...],
    library: Library,
    law: Library | None = None,
    *,
    as_of: datetime.date | None = None,
    ask_solver: bool = True,
) -> tuple[Compilation, Checked]:
    """What `parse` returned of a text -> what is known of it, and all that is found with how it stands to the law.

    Without `ask_solver` what only the solver would settle stays open, and is told to be.
    """
    compilation = compile_document(document, parsed, library, solve=None if ask_solver else _unasked)
    decide = Deciders(ABOUT_A_SECOND if ask_solver else BY_TRIAL_ALONE)
    return compilation, checked([compilation], compilation.diagnostics, law, as_of=as_of, decide=decide)


def _unasked(question: Question) -> Answer:
    del question
    return _NOT_ASKED


def judged_by(policy: str, law: Library, as_of: datetime.date | None = None) -> Callable[[Source], Judged]:
    """A text in the place of the file `policy` -> what is known of it, its conformance, and all that is found.

    What it rests on is looked for beside that file and among the policies that come with the package.
    """
    beside = FolderLibrary((), (Path(policy).parent,))

    def judge(source: Source) -> Judged:
        compilation, result = looked_at(*parse(source), beside, law, as_of=as_of)
        return compilation, result.conformance[0] if result.conformance else None, result.findings

    return judge
