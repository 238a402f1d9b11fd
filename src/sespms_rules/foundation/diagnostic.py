"""One type for everything that is said about a policy: what, where, why, and what to do."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from sespms_rules.foundation.source import NOWHERE, Span
from sespms_rules.foundation.values import Frozen, field


class Severity(StrEnum):
    """How grave a finding is. Only an error keeps a policy from being run."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Family(IntEnum):
    """What the codes of one first digit speak of; a code is `SES` and three digits."""

    TEXT = 0
    """The words of a text and how it is laid out."""
    NAMES = 1
    """Names, `based on`, `strike` and `insert`."""
    ITSELF = 2
    """A policy within itself: weights, levels, formulas, lines."""
    LAW = 3
    """A policy beside the law."""
    GUARANTEES = 4
    SCENARIOS = 5
    HANDED_IN = 6
    """Plans, appraisals and rosters."""
    RECORDS = 7
    """The year on record."""


class Label(Frozen):
    """A second place that matters to a finding, with a few words on why."""

    span: Span
    message: str


class Moves(Frozen):
    """Whom a change of a text moves: `moved` of `of` possible appraisals end otherwise; without numbers, why not.

    Possible is what both texts allow; `plans` is true where they do not allow the same plans. The count is of levels:
    `rescored` are further appraisals that keep their level on another score, and `beside` is true where the texts may
    report another value beside the level, such as an award, which nobody has counted.
    """

    moved: int | None = field(default=None)
    of: int | None = field(default=None)
    plans: bool = field(default=False)
    why_not: str = field(default="")
    rescored: int = field(default=0)
    beside: bool = field(default=False)

    @property
    def told(self) -> str:
        """The same as a part of a sentence about a fix."""
        return f"it {self.said}" if self.of else self.said

    @property
    def said(self) -> str:
        """The same in words."""
        if self.moved is None or self.of is None:
            return f"whom it moves was not counted: {self.why_not}"
        if not self.of:
            return "whom it moves cannot be counted: no appraisal is possible both with and without it"
        also = " that both texts allow, and which plans are allowed" if self.plans else ""
        whole = not self.rescored and not self.beside
        told = f"changes {'' if whole else 'the level of '}{self.moved:,} of {self.of:,} possible appraisals{also}"
        if self.rescored:
            told += f"; {self.rescored:,} keep their level on another score"
        return f"{told}; what it changes beside the level, such as an award, was not counted" if self.beside else told


class Fix(Frozen):
    """A change of the text that would fix a finding.

    `sure` is true when the change cannot alter what the author meant (a spelling), false when it is a proposal. `moves`
    says whom it moves, where that was asked and it changes what is computed. One that `asks` is carried out only where
    its author chose it: what stands there has a second meaning, by which others get a level.
    """

    title: str
    span: Span
    replacement: str
    sure: bool
    moves: Moves | None = field(default=None, compare=False)
    asks: bool = field(default=False, compare=False)


class Diagnostic(Frozen):
    """One finding.

    `code` is `SES` and three digits, `name` the defect in words (`weights-do-not-total`); `message` is one plain
    sentence without a final period and with values in backticks; `help` says what to do; `citations` are the
    provisions it rests on.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    help: str = ""
    labels: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()
    citations: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The name of the source it was found in."""
        return self.span.source.name

    @property
    def family(self) -> Family:
        """What it speaks of."""
        return Family(int(self.code[3]))

    @property
    def is_of_reading(self) -> bool:
        """Whether it speaks of how a text is read, of its words or its names, and not of what it then says."""
        return self.family <= Family.NAMES

    @property
    def fingerprint(self) -> str:
        """The same for the same code, message, provisions and words, wherever in a text they stand."""
        from hashlib import sha256  # loading it takes some milliseconds, and only data for programs asks for it

        said = (self.code, self.message, *self.citations, self.span.words)
        return sha256("\n".join(said).encode(errors="surrogatepass")).hexdigest()[:16]

    @property
    def order(self) -> tuple[str, int, int, str]:
        """What findings are sorted by: file, place, code."""
        return (self.path, self.span.start, self.span.end, self.code)


class Finding(Frozen):
    """What a code means, said once: every diagnostic of the code is made from it."""

    code: str
    name: str
    severity: Severity
    citations: tuple[str, ...] = field(default=())

    def at(
        self,
        span: Span,
        message: str,
        *,
        help: str = "",
        labels: tuple[Label, ...] = (),
        fixes: tuple[Fix, ...] = (),
        citations: tuple[str, ...] = (),
    ) -> Diagnostic:
        """Make a diagnostic of this code at a place."""
        return Diagnostic(
            self.code, self.name, self.severity, message, span, help, labels, fixes, self.citations + citations
        )


def error(code: str, name: str, *citations: str) -> Finding:
    """Declare a finding that keeps a policy from being run."""
    return Finding(code, name, Severity.ERROR, citations=citations)


def warning(code: str, name: str, *citations: str) -> Finding:
    """Declare a finding the author should look at."""
    return Finding(code, name, Severity.WARNING, citations=citations)


def note(code: str, name: str, *citations: str) -> Finding:
    """Declare a finding that only informs."""
    return Finding(code, name, Severity.NOTE, citations=citations)


__all__ = ["NOWHERE", "Diagnostic", "Finding", "Fix", "Label", "Severity", "error", "note", "warning"]
