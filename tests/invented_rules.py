"""An invented baseline: a requirement of each kind, so that a small policy checked against it gets most verdicts."""

from __future__ import annotations


def invented_rules(name: str, *further: str, unread: str = "not read", period: str = "confirmed") -> str:
    """The text of the baseline of this name, with further requirements at its end.

    `unread` is why the requirement of an evaluation is unconfirmed; `period` is the mark of the one of a period.
    """
    rules = f"""baseline "{name}"
  in force from 2020-01-01

requirement "Example 1" "Training"
  must have training
  confirmed

requirement "Example 2" "Evaluation"
  must have evaluation
  unconfirmed "{unread}"

requirement "Example 3" "Period"
  should state appraisal period: lasts at least 90 days
  {period}

requirement "Example 4" "Levels"
  must guarantee every critical element at level 3 gives level 3
  must have levels
  confirmed

requirement "Example 5" "A question"
  ask reviewer "Is it so, & why <not>?"
  confirmed

requirement "Example 6" "Records"
  each annual rating must be in writing
  confirmed

requirement "Example 7" "Told only"
  says "A summary."
  confirmed
"""
    return "\n".join((rules, *further))
