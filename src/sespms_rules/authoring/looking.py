"""How a text is looked at while it is written: read, checked, and held to the law, as `sespms check` does it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.resolution import FolderLibrary, Library
from sespms_rules.law.verdict import Conformance
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.studies.checked import checked

Judged = tuple[Compilation, Conformance | None, tuple[Diagnostic, ...]]


def judged_by(policy: str, law: Library, as_of: datetime.date | None = None) -> Callable[[Source], Judged]:
    """A text in the place of the file `policy` -> what is known of it, its conformance, and all that is found.

    What it rests on is looked for beside that file and among the policies that come with the package.
    """
    beside = FolderLibrary((), (Path(policy).parent,))

    def judge(source: Source) -> Judged:
        compilation = compile_source(source, beside)
        result = checked([compilation], compilation.diagnostics, law, as_of=as_of)
        return compilation, result.conformance[0] if result.conformance else None, result.findings

    return judge
