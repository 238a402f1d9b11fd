"""Whether a sentence of the language keeps what a sentence as people say it means: the last word on every sure fix.

Each way of speaking says for itself whether it can mean nothing else. Here the two whole sentences are held side by
side: a word that narrows or widens what is said must not fall away, and none may come in. Where one does, the fix is
only proposed, and the help says what it adds or leaves out.
"""

from __future__ import annotations

import re
from typing import Final

from sespms_rules.foundation.values import Frozen, field

_QUOTED = re.compile(r'"[^"]*"')


class Change(Frozen):
    """A change of meaning, by patterns that each sentence has and others that it has not; empty ones do not count.

    `why` is told behind the offer.
    """

    why: str
    said: str = field(default="")
    not_said: str = field(default="")
    offered: str = field(default="")
    not_offered: str = field(default="")

    def is_made(self, said: str, offered: str) -> bool:
        """Whether the offered sentence changes the one that was said so; both in small letters."""
        return (
            bool(re.search(self.said, said) and re.search(self.offered, offered))
            and not (self.not_said and re.search(self.not_said, said))
            and not (self.not_offered and re.search(self.not_offered, offered))
        )


_AWARD: Final = "it then speaks of performance awards alone"
_A_NUMBER: Final = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
CHANGES: Final = (
    Change(
        "the number of elements falls away, and it then counts every element in the total",
        said=rf"\b{_A_NUMBER} (?:(?:non)?critical )?elements\b",
        offered=r"^total\b",
        not_offered=r"\belements?\b",
    ),
    Change("a final rating may be another than this one", said=r"\bfinal\b.*\brating", not_offered=r"\bfinal\b"),
    Change("an overall rating may be another than this one", said=r"\boverall\b", not_offered=r"\boverall\b"),
    Change(
        "the annual rating is given by a person and is not derived",
        said=r"\bannual (?:summary )?rating",
        not_offered=r"\bannual rating",
    ),
    Change(
        "a summary rating may be the initial one too",
        said=r"(?<!annual )\bsummary rating",
        not_said=r"\binitial\b",
        offered=r"\bannual rating",
    ),
    Change("it then speaks of noncritical elements too", said=r"(?<!non)critical\b", not_offered=r"(?<!non)critical\b"),
    Change("it then speaks of critical elements alone", not_said=r"(?<!non)critical\b", offered=r"(?<!non)critical\b"),
    Change(
        "another element may then weigh as much",
        said=r"\b(?:highest|largest|greatest|heaviest|most)\b",
        offered=r"\bnone above\b",
    ),
    Change("it then asks for it in writing", not_said=r"writ|document", offered=r"\bin writing\b"),
    Change(
        "it then says how often, or by when",
        not_said=r"period|cycle|year|annual|quarter|month|each|every|per\b",
        offered=r"\beach (?:period|year)\b",
    ),
    Change(_AWARD, said=r"\b(?:award|bonus)", not_said=r"performance|pool", offered=r"\bperformance award"),
    Change(_AWARD, said=r"\bcash\b", offered=r"\bperformance award"),
    Change("a salary may hold more than basic pay", said=r"\bsalary\b|\bbase pay\b", offered=r"\bbasic pay"),
    Change("it then does not say when", said=r"\bdeparture\b", not_offered=r"\bdeparture\b"),
    Change(
        "an earlier day is then allowed too",
        said=r"\bat (?:the )?(?:start|beginning|period start)",
        offered=r"\bby period start\b",
    ),
    Change(
        "to allow is less than to give",
        said=r"\b(?:gets?|receives?|earns?)\b",
        not_said=r"\bmay\b",
        offered=r"\ballows\b",
    ),
    Change(
        "the annual rating is the appointing authority's",
        said=r"\brating official|\bagency head",
        offered=r"^annual rating (?:may|is)",
    ),
    Change("a grievance is no appeal", said=r"\bgriev", offered=r"\bappealable"),
    Change("an interim review need not come in the middle of the year", said=r"\binterim\b", offered=r"\bmid-year"),
    Change("it then speaks of strategic goals alone", not_said=r"\bstrategic\b", offered=r"\bstrategic\b"),
    Change("it then speaks of every record", said=r"\b(?:ratings?|appraisals?)\b", offered=r"^(?:are|go) "),
    Change("a period is not the time that an executive serves", said=r"\b(?:serve|work)\b", offered=r"^lasts\b"),
    Change(
        "more often is then allowed too",
        said=r"\b(?:annually|yearly|every year|each year)\b",
        not_said=r"\bat (?:least|most|minimum)\b|\bno (?:less|more)\b|\bor more\b",
        offered=r"\bat least\b",
    ),
)
"""Every change of meaning that a way of speaking was found to make, each with what is told of it."""


def changes_of_meaning(said: str, offered: str) -> tuple[str, ...]:
    """What an offered sentence says more or less than was said, each in a few words; empty where it says the same."""
    before, after = (_QUOTED.sub('""', each).casefold() for each in (said, offered))
    return tuple(dict.fromkeys(each.why for each in CHANGES if each.is_made(before, after)))
