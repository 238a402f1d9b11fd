"""Compilations -> Checked: all that is found in some policies, and how their systems stand to the reader's law."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.parsing import LEFT_TO_DECIDE
from sespms_rules.language.resolution import FolderLibrary, Library
from sespms_rules.law.verdict import Conformance
from sespms_rules.pipeline import Compilation, check_conformance, conformance_findings
from sespms_rules.proofs.deciders import Deciders
from sespms_rules.proofs.effort import ABOUT_A_SECOND

Findings = tuple[Diagnostic, ...]


class Checked(Frozen):
    """Policies with all that was found in them, each finding once, and how their systems stand to the law."""

    findings: Findings
    conformance: tuple[Conformance, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any of the findings is an error."""
        return any(each.severity is Severity.ERROR for each in self.findings)


def checked(
    compilations: Iterable[Compilation],
    found: Findings,
    law: Library | None = None,
    *,
    baseline: str | None = None,
    as_of: datetime.date | None = None,
    decide: Deciders | None = None,
    review: bool = False,
) -> Checked:
    """Check policies, of which `found` is known already; what is found in a text that they share is told once.

    `law` holds the texts that the reader trusts, those that come with the program where nothing is given; `baseline`
    reads one of them alone, `as_of` takes the editions of that day. `decide` settles what must be guaranteed. With
    `review` they are read as a reviewer reads them. Raises RequestError for a baseline that there is not, or that has
    no edition on the day.
    """
    trusted = FolderLibrary() if law is None else law
    if baseline is not None:
        from sespms_rules.law.named_editions import edition_named, with_day

        baseline, as_of = with_day(baseline, as_of)
        edition_named(trusted, baseline, as_of)
    deciders = decide or Deciders(ABOUT_A_SECOND)
    every, told = list(found), list[Conformance]()
    for each in compilations:
        held = check_conformance(each, trusted, baseline=baseline, as_of=as_of, decide=deciders)
        every += (one for one in conformance_findings(each, held, trusted, review=review) if one not in every)
        told += held
    return Checked(tuple(_raised(each) for each in every) if review else tuple(every), tuple(told))


def _raised(finding: Diagnostic) -> Diagnostic:
    """A note that leaves something to decide fails a review: what stands below it is an example that nobody chose."""
    return replace(finding, severity=Severity.ERROR) if finding.code == LEFT_TO_DECIDE.code else finding
