"""An amendment of the policy's own file that says when it is in force: applied, or not."""

from __future__ import annotations

import datetime

from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.language.model import Amendment

FINDING = note("SES403", "amendment-in-force")


def applied(amendment: Amendment, day: datetime.date | None) -> Diagnostic:
    """Say that an amendment is applied, because it is in force on a day that was named, or by its own name."""
    why = "it was named" if day is None else f"it is in force on {day}"
    return FINDING.at(amendment.origin.span, f"the amendment `{amendment.name}` is applied: {why}")


def tried(amendment: Amendment) -> Diagnostic:
    """Say that an amendment is tried beside the text that is used, and is no part of that text."""
    return FINDING.at(
        amendment.origin.span,
        f"the amendment `{amendment.name}` is tried beside the text that is used: it was named",
    )


def left_out(amendment: Amendment, first: datetime.date, day: datetime.date | None) -> Diagnostic:
    """Say that an amendment is not applied, and how to apply it."""
    why = "no day was named" if day is None else f"it is not in force on {day}"
    return FINDING.at(
        amendment.origin.span,
        f"the amendment `{amendment.name}`, in force from {first}, is not applied: {why}",
        help=f"`--as-of {max(first, day) if day else first}` applies what is in force on that day, "
        f'`--with "{amendment.name}"` this amendment',
    )
