"""The closed lists of words about records: what duties speak of, what is attested, how records are secured."""

from __future__ import annotations

from sespms_rules.language.syntax.words import Word


class Attested(Word):
    """What is attested of a rating: that evidence bears it out, the formula was followed, no step was left out."""

    EVIDENCE = "evidence"
    FORMULA = "formula"
    PROCEDURE = "procedure"


class Safeguard(Word):
    """How records are secured."""

    ACCESS_CONTROL = "access control"
    ACCESS_LOG = "access log"
    ENCRYPTION = "encryption"
    LOCKED_STORAGE = "locked storage"


class RecordThing(Word):
    """What a duty on records speaks of, besides the acts."""

    BOARD = "board"
    EXECUTIVE = "executive"
    DETAIL = "detail"
    REMOVAL = "removal"
    AWARD_POOL = "award pool"
    PERFORMANCE_AWARD = "performance award"
    PAY_INCREASE = "pay increase"
    PAY_ADJUSTMENT = "pay adjustment"
    PAY_REDUCTION = "pay reduction"
    REASSIGNMENT = "reassignment"
    INVOLUNTARY_REASSIGNMENT = "involuntary reassignment"
    GEOGRAPHIC_REASSIGNMENT = "geographic reassignment"
    HEARING_REQUEST = "hearing request"
    EARLY_END = "early end"
    EXTENSION = "extension"
    WAIVER = "waiver"
    SAFEGUARD = "safeguard"


class Count(Word):
    """What a duty on records counts."""

    MEMBERS = "members"
    ANNUAL_RATING = "annual rating"
    PROGRESS_REVIEW = "progress review"
    PERFORMANCE_PLAN = "performance plan"
    DEVELOPMENT_PLAN = "development plan"
