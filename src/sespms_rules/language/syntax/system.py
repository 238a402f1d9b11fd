"""Sentences of a system's head."""

from __future__ import annotations

from sespms_rules.language.syntax.limits import Limit
from sespms_rules.language.syntax.nodes import (
    Code,
    Date,
    Quoted,
    Sentence,
    Text,
)
from sespms_rules.language.syntax.words import (
    Coverage,
    PartKind,
)

_SYSTEM = PartKind.SYSTEM


class Agency(
    Sentence,
    under=_SYSTEM,
    says='agency "Example Maritime Commission"',
    means="whose system it is",
    strictness="present",
):
    """The agency: whose system it is."""

    name: Text


class Follows(
    Sentence,
    under=_SYSTEM,
    says='follows "5 CFR part 430, subpart C" as of 2025-10-15',
    means="the baseline the system is held to; with no date, the edition in force on its effective day",
    strictness="same",
):
    """A baseline the system is held to."""

    baseline: Quoted
    as_of: Date | None


class Effective(
    Sentence, under=_SYSTEM, says="effective 2025-10-15", means="the first day of this text", strictness="present"
):
    """The first day of the text."""

    day: Date


class Purpose(
    Sentence,
    under=_SYSTEM,
    says='purpose "Holds executives to account for results."',
    means="what the system is for",
    strictness="present",
):
    """The purpose: what the system is for."""

    text: Text


class Covers(
    Sentence,
    under=_SYSTEM,
    says="covers career, noncareer, limited term and limited emergency executives",
    means="the kinds of appointment the system covers",
    strictness="duty list",
):
    """Who is covered: the kinds of appointment the system covers."""

    coverages: tuple[Coverage, ...]


class LeavesOut(
    Sentence,
    under=_SYSTEM,
    says='leaves out "Office of Inspector General" because "It runs its own system."',
    means="a unit that is not covered, and why",
    strictness="present",
):
    """A unit that is left out."""

    unit: Quoted
    reason: Text


class ElementCount(
    Sentence,
    under=_SYSTEM,
    says="has exactly 5 critical elements",
    means="how many critical elements a plan has; more than the named ones are the plan's own",
    strictness="number",
):
    """How many critical elements a plan has."""

    limit: Limit


class NoncriticalCount(
    Sentence,
    under=_SYSTEM,
    says="has at most 2 noncritical elements",
    means="how many noncritical elements a plan has; more than the named ones are the plan's own",
    strictness="number",
):
    """How many noncritical elements a plan has."""

    limit: Limit


class OutsideService(
    Sentence,
    under=_SYSTEM,
    says="is outside the Senior Executive Service",
    means="a system for other employees; what only the law on senior executives asks is not asked of it",
    strictness="same",
):
    """A system that is not for senior executives."""


class Oversight(
    Sentence,
    under=_SYSTEM,
    says='oversight official "The Deputy Commissioner."',
    means="who oversees the system and issues the guidelines",
    strictness="present",
):
    """The oversight official: who oversees the system and issues the guidelines."""

    text: Text


class Submitted(
    Sentence, under=_SYSTEM, says="submitted to OPM 2026-06-15", means="the day it went to OPM", strictness="present"
):
    """Submission to OPM."""

    day: Date


class Approved(
    Sentence,
    under=_SYSTEM,
    says="approved by OPM 2026-08-20",
    means="the day OPM approved it; a system neither submitted nor approved is a draft",
    strictness="present",
):
    """Approval by OPM: the day OPM approved it; a system neither submitted nor approved is a draft."""

    day: Date


class Certified(
    Sentence,
    under=_SYSTEM,
    says="certified by OPM and OMB 2026-01-15 to 2028-01-14",
    means="certification for the higher pay limit, at most 24 months",
    strictness="number",
):
    """Certification for pay: certification for the higher pay limit, at most 24 months."""

    first: Date
    last: Date


class Adapts(
    Sentence,
    under=_SYSTEM,
    says='adapts "Weights" because "Results matter most."',
    means="one limited adaptation of a system that is followed",
    strictness="present",
):
    """A limited adaptation: one limited adaptation of a system that is followed."""

    what: Quoted
    reason: Text


class Accepts(
    Sentence,
    under=_SYSTEM,
    says='accepts SES214 because "The Board reviewed the finding."',
    means="a finding that is accepted, with the reason",
    strictness="present",
):
    """A finding accepted with a reason."""

    code: Code
    reason: Text
