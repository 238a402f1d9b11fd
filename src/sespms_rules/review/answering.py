"""Compiled -> what must be fixed and answered before a system is submitted, read as a reviewer reads it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.language.resolution import Library
from sespms_rules.pipeline import Compilation
from sespms_rules.proofs.deciders import Deciders
from sespms_rules.proofs.effort import THOROUGH
from sespms_rules.review.asked import Asked, asked_of
from sespms_rules.studies.checked import checked


def asked_in_review(
    compilations: Iterable[Compilation],
    found: tuple[Diagnostic, ...],
    law: Library,
    as_of: datetime.date | None = None,
) -> tuple[Asked, ...]:
    """What a review asks of policies that were compiled without heeding what they accept; `found` is known already.

    `law` holds the texts that the reader trusts, `as_of` takes the editions of that day. Proofs are run.
    """
    return asked_of(checked(compilations, found, law, as_of=as_of, decide=Deciders(THOROUGH), review=True))
