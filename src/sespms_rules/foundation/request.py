"""What cannot be done because of how it was asked for, as one plain sentence."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Diagnostic


class RequestError(ValueError):
    """What was asked for cannot be done: `str()` says why in one plain sentence, and what to do instead.

    `findings` are the errors of a policy where these are what stands in the way.
    """

    def __init__(self, message: str, findings: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings
