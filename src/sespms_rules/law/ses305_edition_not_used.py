"""A baseline or overlay that comes with a submission: it is not the law that anything is checked against."""

from __future__ import annotations

import datetime

from sespms_rules.foundation.diagnostic import Diagnostic, Severity, warning
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import replace
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES305", "edition-not-used")


def beside_the_policy(span: Span, kind: PartKind, name: str) -> Diagnostic:
    """Say of an edition in a submission, or beside it, that it is not used."""
    return FINDING.at(
        span,
        f"the {kind} `{name}` stands with the policy and is not used: no text brings the law it is checked against",
        help="a reader who trusts it puts it into a folder of its own and names that folder: `--law FOLDER`",
    )


def differs_from_the_law(span: Span, name: str, day: datetime.date | None) -> Diagnostic:
    """Say of an edition that it bears the name of a shipped one and is another text; it is not used."""
    edition = f"the edition of {day}" if day else "the edition"
    finding = FINDING.at(
        span,
        f"`{name}` is named like {edition} that comes with the program, and differs from it; it is not used",
        help="give it a name of its own, or a later first day; a reader who wants it to stand for the shipped one says "
        "`--law replace:FOLDER`",
    )
    return replace(finding, severity=Severity.ERROR)


def list_like_the_law(span: Span, name: str) -> Diagnostic:
    """Say of a list in a submission that it bears the name of one in the law, and holds other words; it is not used."""
    finding = FINDING.at(
        span,
        f"the list `{name}` is named like one of the law and differs from it; nothing is checked against it",
        help="give it a name of its own, or take it out",
    )
    return replace(finding, severity=Severity.ERROR)
