"""Guarantees about what is derived from ratings, decided as far as trying appraisals and exact arguments reach.

Proved is said only where every plan the policy allows and every rating was tried, or where an argument covers them all;
refuted only with an appraisal that shows it. Everything else is undecided, with the reason.
"""

from __future__ import annotations

from sespms_rules.law.deciding.by_trial import decider

__all__ = ["decider"]
