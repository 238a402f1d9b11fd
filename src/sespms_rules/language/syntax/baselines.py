"""Sentences of the heads of baselines, overlays and amendments, and of their lists."""

from __future__ import annotations

from sespms_rules.language.syntax.nodes import Day, Node, Quoted, Sentence, Text
from sespms_rules.language.syntax.words import Coverage, PartKind

_TIERS = (PartKind.BASELINE, PartKind.OVERLAY)
_SCOPED = (*_TIERS, PartKind.REQUIREMENT)
_REQUIREMENT = PartKind.REQUIREMENT


class IssuedBy(
    Sentence,
    under=_TIERS,
    says='issued by "U.S. Office of Personnel Management"',
    means="who issued it",
    strictness="present",
):
    """Who issued an edition."""

    name: Quoted


class SourceOf(
    Sentence,
    under=_TIERS,
    says='source "80 FR 57693, effective 2015-10-26"',
    means="where it was read",
    strictness="present",
):
    """Where an edition was read."""

    text: Text


class InForce(
    Sentence,
    under=(*_SCOPED, PartKind.AMENDMENT, PartKind.LIST),
    says="in force from 2015-10-26 to 2025-10-14",
    means="first and last day; with no last day, until it is replaced",
    strictness="same",
):
    """Days in force: first and last day; with no last day, until it is replaced."""

    first: Day
    last: Day | None


class ReadAsOf(
    Sentence,
    under=_SCOPED,
    says="read as of 2023-04-20",
    means="the day of the copy that was read; what was read may be older, so it says nothing of the first day in force",
    strictness="same",
):
    """The day of the copy that was read."""

    day: Day


class UnlessFollowed(Node):
    """`unless they follow "OPM basic system 2012"`."""

    name: Quoted


class Savings(
    Sentence,
    under=_TIERS,
    says=(
        "systems effective before 2015-10-26 have until 2016-10-26 to conform",
        'systems effective before 2015-10-26 have until 2016-10-26 to conform unless they follow "OPM basic system"',
    ),
    means="what such a system misses is a note until that day, the day included",
    strictness="same",
):
    """Time that systems of before have to conform."""

    before: Day
    last: Day
    unless: UnlessFollowed | None


class Replaces(
    Sentence, under=_TIERS, says="replaces the edition of 2015-10-26", means="the edition before it", strictness="same"
):
    """The edition before."""

    day: Day


class AppliesToExecutives(
    Sentence,
    under=_SCOPED,
    says="applies to career executives",
    means="whom it speaks of",
    strictness="duty list",
):
    """Whom it speaks of."""

    coverages: tuple[Coverage, ...]


class AppliesToFollowers(
    Sentence,
    under=_SCOPED,
    says='applies to systems that follow "OPM basic system 2012"',
    means="it binds only systems that say they follow it",
    strictness="same",
):
    """It binds only followers."""

    name: Quoted


class AppliesToStarting(
    Sentence,
    under=_SCOPED,
    says="applies to appraisal periods starting from 2015-10-26",
    means="records are judged by the first day of their period",
    strictness="same",
):
    """Periods by their first day."""

    day: Day


class AppliesToEnding(
    Sentence,
    under=_SCOPED,
    says="applies to appraisal periods ending from 2025-10-15",
    means="records are judged by the last day of their period",
    strictness="same",
):
    """Periods by their last day."""

    day: Day


class AppliesToPlace(
    Sentence,
    under=_TIERS,
    says='applies to executives working in "State of Example"',
    means="the place an overlay speaks of",
    strictness="same",
):
    """A place: the place an overlay speaks of."""

    place: Quoted


class Advisory(
    Sentence,
    under=_TIERS,
    says="advisory for career and noncareer executives",
    means="a miss is at most a warning for them",
    strictness="same",
):
    """Advisory for some: a miss is at most a warning for them."""

    coverages: tuple[Coverage, ...]


class Meaning(
    Sentence,
    under=_TIERS,
    says='"progress review" means "A review of progress; it is not a rating."',
    means="what a term means in this edition",
    strictness="present",
):
    """What a term means in this edition."""

    term: Quoted
    text: Text


class Amends(
    Sentence,
    under=PartKind.AMENDMENT,
    says='amends "Basic SES Appraisal System"',
    means="the system or edition that is changed",
    strictness="same",
):
    """What an amendment changes."""

    name: Quoted
    as_of: Day | None


class Because(
    Sentence,
    under=PartKind.AMENDMENT,
    says='because "Too little distinction at the top."',
    means="why",
    strictness="present",
):
    """Why it is so, in the words of who wrote it."""

    text: Text


class Confirmed(
    Sentence,
    under=(_REQUIREMENT, PartKind.LIST),
    says="confirmed",
    means="compared with the text; a miss is an error",
    strictness="same",
):
    """Compared with the text."""

    text: Text | None


class PartlyConfirmed(
    Sentence,
    under=(_REQUIREMENT, PartKind.LIST),
    says='partly confirmed "read in the older text"',
    means="compared in part; a miss is an error, with the note beside it",
    strictness="same",
):
    """Compared in part; a miss is an error, with the note beside it."""

    text: Text


class Unconfirmed(
    Sentence,
    under=(_REQUIREMENT, PartKind.LIST),
    says='unconfirmed "compare with the current text"',
    means="not compared; a miss is only a warning that says so",
    strictness="same",
):
    """Not compared; a miss is only a warning that says so."""

    text: Text


class ListItem(
    Sentence,
    under=PartKind.LIST,
    says='"Leading People" includes "Team Building" and "Developing Others"',
    means="a member of a list, with what belongs to it",
    strictness="duty list",
):
    """A member of a list."""

    name: Quoted
    items: tuple[Quoted, ...]
