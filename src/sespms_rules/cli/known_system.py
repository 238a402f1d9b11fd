"""What a description is made of, worked out from a policy that was read."""

from __future__ import annotations

from functools import partial

from sespms_rules.cli.policies import Compiled, provenance_of
from sespms_rules.cli.proving import coverage
from sespms_rules.cli.reading_options import Reading
from sespms_rules.documents import Described
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import replace
from sespms_rules.pipeline import program_for
from sespms_rules.studies.amended_text import TextUsed
from sespms_rules.studies.proving import proved_under
from sespms_rules.studies.variants import Variant


def _errors(compiled: Compiled, reading: Reading) -> tuple[Diagnostic, ...]:
    """The errors that `check` finds in a policy whose text has none: those of the law."""
    from sespms_rules.studies.checked import checked

    found = checked(compiled.compilations, compiled.diagnostics, reading.law.library, as_of=reading.as_of)
    return tuple(each for each in found.findings if each.severity is Severity.ERROR)


def known_of(compiled: Compiled, text: TextUsed, reading: Reading, seconds: int | None) -> Described:
    """What is known of a system whose text has no error; nothing is proved where `seconds` is None."""
    from sespms_rules.checks.scenarios import run_scenarios

    assert text.system is not None  # noqa: S101 - asked before
    under = partial(program_for, compiled.compilations[0], text.system.name)
    examples = run_scenarios(text.system, text.program, under)
    rests_on = provenance_of(compiled, reading, *text.texts)
    made = Described(text.system, examples, rests_on, as_of=reading.as_of, amendments=text.amendments)
    made = replace(made, errors=_errors(compiled, reading))
    if seconds is None:
        return made
    variant = Variant(None, text.system, text.program)
    (result,) = proved_under([variant], None, seconds, reading.law.library, reading.as_of)
    return replace(made, proved=result.verdicts, covers=coverage(result.covered))
