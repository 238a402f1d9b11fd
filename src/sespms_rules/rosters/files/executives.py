"""Who a row speaks of: the id, once a roster, and how the executive is appointed."""

from __future__ import annotations

from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.rows import APPOINTMENTS, MISSING_ID, REPEATED_ID, UNKNOWN_APPOINTMENT, refused

_WORDS = ", ".join(f"`{word}`" for word in APPOINTMENTS[:-1]) + f" or `{APPOINTMENTS[-1]}`"


class Identities:
    """The ids met so far, and where each was met first (`row 7`, `record 3`)."""

    def __init__(self, met: dict[str, int] | None = None) -> None:
        """`met` are ids known beforehand, with the number of the row that each stands in first."""
        self._met: dict[str, int] = {} if met is None else met

    def refusal(self, key: str, number: int, where: str, kind: str) -> Refusal | None:
        """Take note of `key`, the id of row or record `number` (`kind` says which); refuse none and one met before."""
        if not key:
            return refused(MISSING_ID, where, "there is no id", "give each executive an id that no other has")
        first = self._met.setdefault(key, number)
        if first == number:
            return None
        says = f"the id `{key}` stands in {kind} {first} already"
        return refused(
            REPEATED_ID, where, says, f"keep one of the two, or correct the id of one; {kind} {first} is rated"
        )


def read_appointment(text: str, where: str) -> tuple[str | None, Refusal | None]:
    """Return the appointment in the words of the language, or why it is none of them; empty: not said."""
    tidy = " ".join(text.casefold().replace("-", " ").split())
    if not tidy:
        return None, None
    for word in APPOINTMENTS:
        if tidy in (word, word.replace(" ", "")) or tidy.replace(" ", "") == word:
            return word, None
    help = did_you_mean(nearest_name(tidy, APPOINTMENTS), f"write {_WORDS}, or leave it empty")
    return None, refused(UNKNOWN_APPOINTMENT, where, f"`{text.strip()}` is not a kind of appointment", help)
