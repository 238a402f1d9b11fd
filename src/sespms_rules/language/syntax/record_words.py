"""The closed lists of words about records: what is attested of a rating, and how records are secured."""

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
