"""What is said of a system checked against an edition of rules: a verdict for each requirement, with its reasons.

A verdict rests on rulings, one for each sentence of the requirement, so that no sentence is passed over in silence.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from enum import StrEnum

from sespms_rules.checks.analysis import JudgedDays
from sespms_rules.foundation.source import NOWHERE, Span
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Baseline
from sespms_rules.language.syntax.nodes import Sentence


class VerdictKind(StrEnum):
    """How a requirement, or one sentence of it, stands; its value is how data says it, which never changes."""

    MET = "met"
    NOT_MET = "not met"
    PROVED = "proved"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    NEEDS_PERSON = "needs a person"
    EACH_RATING = "checked on each rating"
    HELD_ON_RECORDS = "held on records"
    BROKEN_ON_RECORDS = "broken on records"
    OPEN_ON_RECORDS = "open on records"
    NOT_APPLICABLE = "not applicable"
    UNCONFIRMED = "unconfirmed"

    @property
    def said(self) -> str:
        """How it is said to people; a duty that no record was judged by was not checked."""
        return _SAID.get(self.value, self.value)


_SAID = {"needs a person": "needs human review", "checked on each rating": "not checked here"}


class Confidence(StrEnum):
    """How far a requirement was compared with the law it tells of."""

    CONFIRMED = "confirmed"
    PARTLY = "partly confirmed"
    UNCONFIRMED = "unconfirmed"


class OnRecords(Frozen):
    """On how many records a duty is held, broken, and open: not yet due, or done by no day that is set."""

    held: int
    broken: int
    open: int

    @property
    def records(self) -> int:
        """On how many records it is asked."""
        return self.held + self.broken + self.open

    @property
    def kind(self) -> VerdictKind:
        """How a sentence stands by them: broken by one record that breaks it, open while one is, else held."""
        if self.broken:
            return VerdictKind.BROKEN_ON_RECORDS
        return VerdictKind.OPEN_ON_RECORDS if self.open else VerdictKind.HELD_ON_RECORDS

    @property
    def said(self) -> str:
        """The count in words: `held on 24 of 25 records`, `broken on 1 of 25 records, open on 2`."""
        return self._told("")

    def _told(self, at_least: str) -> str:
        of = f"{self.records} record{'' if self.records == 1 else 's'}"
        if self.broken:
            return f"broken on {at_least}{self.broken} of {of}" + (f", open on {self.open}" if self.open else "")
        if self.open and not self.held:
            return f"open on {at_least}{self.open} of {of}"
        return f"held on {self.held} of {of}" + (f", open on {at_least}{self.open}" if self.open else "")

    def said_for(self, others: Iterable[OnRecords]) -> str:
        """The count of several sentences in words, where this is the gravest: of different ones it is the least."""
        return self._told("" if all(each == self for each in others) else "at least ")


class Ruling(Frozen):
    """One sentence of a requirement and how the system stands to it.

    `asked` are the words of the edition; `why` is one plain sentence; `evidence` are the lines of the system that
    it rests on; `cure` says what to write, empty where nothing is amiss. `binding` is false for what is only advised.
    `sentence` is the one of the edition that asks, None where the requirement does not speak of the system.
    `on_records` counts the records that a duty on records was judged by, None where there were none.
    """

    asked: str
    kind: VerdictKind
    why: str
    evidence: tuple[Span, ...] = field(default=(), compare=False)
    cure: str = field(default="")
    binding: bool = field(default=True)
    span: Span = field(default=NOWHERE, compare=False)
    sentence: Sentence | None = field(default=None, compare=False)
    on_records: OnRecords | None = field(default=None)

    @property
    def said(self) -> str:
        """How it is said to people; of a duty that records were judged by, on how many."""
        return self.kind.said if self.on_records is None else self.on_records.said


class Verdict(Frozen):
    """How a system stands to one requirement of one edition.

    `edition` is the first day of the edition in force, None where it states none; `remark` what the edition notes
    beside its confidence. `binding` is false where what is missed is only advised or the edition is advisory.
    `spared_until` is the last day that a savings clause gives a system of before to conform, None where it gives none.
    """

    baseline: str
    edition: datetime.date | None
    citation: str
    title: str
    kind: VerdictKind
    confidence: Confidence
    remark: str
    binding: bool
    rulings: tuple[Ruling, ...]
    span: Span = field(default=NOWHERE, compare=False)
    spared_until: datetime.date | None = field(default=None)

    @property
    def said(self) -> str:
        """How it is said to people; of duties that records were judged by, on how many records the gravest stands."""
        counts = [each.on_records for each in self.rulings if each.on_records and each.kind is self.kind]
        if not counts:
            return self.kind.said
        return max(counts, key=lambda each: (each.broken, each.open, each.records)).said_for(counts)

    @property
    def fails(self) -> bool:
        """Whether the requirement is broken: missed, refuted or broken on a record; it binds now, and was compared."""
        binds = self.binding and self.spared_until is None
        return self._missed and binds and self.confidence is not Confidence.UNCONFIRMED

    @property
    def is_only_advised(self) -> bool:
        """Whether a requirement is missed that does not bind."""
        return self._missed and not self.binding

    @property
    def is_spared(self) -> bool:
        """Whether a requirement that binds is missed while a savings clause still gives time to conform."""
        return self._missed and self.binding and self.spared_until is not None

    @property
    def _missed(self) -> bool:
        return self.kind in (VerdictKind.NOT_MET, VerdictKind.REFUTED, VerdictKind.BROKEN_ON_RECORDS)


class OwnGuarantee(Frozen):
    """A guarantee that a system states itself, and whether it holds; `span` is where it is stated."""

    words: str
    kind: VerdictKind
    why: str
    cure: str = field(default="")
    span: Span = field(default=NOWHERE, compare=False)


class Held(Frozen):
    """An edition that a system was checked against, the day it was chosen for, and why it was chosen.

    `span` is its heading, in the text that was read; `by_period` is true where a period, not a day, chose it.
    """

    baseline: str
    first: datetime.date | None
    last: datetime.date | None
    day: datetime.date | None
    why: str
    span: Span = field(default=NOWHERE, compare=False)
    by_period: bool = field(default=False)


class Older(Frozen):
    """An edition that a system says it follows as of `day`, and the later one that counts; `span` says where."""

    followed: Baseline
    counts: Baseline
    day: datetime.date | None
    span: Span = field(default=NOWHERE, compare=False)


class NotFound(Frozen):
    """A baseline that should have been read and was not found; `span` is where the system names it."""

    baseline: str
    day: datetime.date | None
    why: str
    span: Span = field(default=NOWHERE, compare=False)


class RecordsNamed(Frozen):
    """Records that a system's duties were judged by: what they are called, as of which day, and of how many people."""

    name: str
    day: datetime.date
    executives: int

    @property
    def said(self) -> str:
        """One sentence for a report."""
        people = f"{self.executives} executive{'' if self.executives == 1 else 's'}"
        return f"duties on records were judged by the records `{self.name}` of {people} as of {self.day}"


class Conformance(Frozen):
    """A system checked against editions: a verdict for each of their requirements, in their order.

    `held` is empty where no edition was chosen; `unheld` says why. `claimed` is false where the system follows
    nothing and nothing was named, so that it is checked only because the law binds it. `days` say which edition of each
    rule counts, `older` where the system names one that no longer does. `contrast` are sentences that set two editions
    of one baseline side by side where the choice of the edition turns a verdict. `guarantees` are the system's own.
    `records` are those that its duties on records were judged by, None where none were named.
    """

    system: str
    held: tuple[Held, ...]
    verdicts: tuple[Verdict, ...]
    missing: tuple[NotFound, ...]
    days: JudgedDays
    contrast: tuple[str, ...] = field(default=())
    unheld: str = field(default="")
    claimed: bool = field(default=True)
    span: Span = field(default=NOWHERE, compare=False)
    older: tuple[Older, ...] = field(default=())
    guarantees: tuple[OwnGuarantee, ...] = field(default=())
    records: RecordsNamed | None = field(default=None)

    def count(self, kind: VerdictKind) -> int:
        """How many requirements have this verdict."""
        return sum(verdict.kind is kind for verdict in self.verdicts)

    @property
    def fails(self) -> bool:
        """Whether any requirement is broken, or a guarantee of its own refuted."""
        refuted = any(each.kind is VerdictKind.REFUTED for each in self.guarantees)
        return refuted or any(verdict.fails for verdict in self.verdicts)
