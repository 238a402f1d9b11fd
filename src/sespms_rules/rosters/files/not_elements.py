"""What stands where elements stand and is none: totals, summaries, statistics, earlier years, pay.

A name reads so only where all its words do: `Total` and `Overall rating for FY 2025` are no elements, `Total quality
management` and `Payroll` may be. An element that the policy names is one, whatever it is called.
"""

from __future__ import annotations

import re
from typing import Final

from sespms_rules.foundation.patterns import late
from sespms_rules.rosters.files.blanks import tidy

_ANOTHER_TIME: Final = (
    "last previous prior past earlier former preceding initial interim preliminary midyear mid year years fy cy py"
)
_PAY: Final = "pay salary salaries bonus bonuses award awards grade step tier band es ex sl gs"
_STATISTICS: Final = (
    "total totals subtotal subtotals sum average averages avg mean median mode min minimum max maximum count rank "
    "ranking percentile variance stdev stddev deviation cumulative"
)
_SUMMARY: Final = (
    "summary summative overall final combined composite aggregate aggregated rating ratings level levels lvl score "
    "scores points appraisal appraisals evaluation prb rater reviewer recommended official calculated computed"
)
_KINDS: Final = tuple(
    (kind, frozenset(words.split()))
    for kind, words in (
        ("a rating of another time", _ANOTHER_TIME),
        ("pay", _PAY),
        ("a total or a statistic", _STATISTICS),
        ("what executives say of themselves", "self"),
        ("a summary rating", _SUMMARY),
    )
)
_WHOLE: Final = frozenset(("performance", "ses", "element", "elements"))
"""Words for all that is rated."""

_AMONG: Final = (
    "of for the all in by and sub grand std standard this current annual executive executives plan plans critical "
    "noncritical weighted number type range percent adjustment agency assessment assessments"
)
"""Words that make a name with the others, and none of these alone."""

_RESULTS: Final = frozenset(("result", "results"))
"""What is said of totals too, and is the name of many an element."""

_KNOWN: Final = _WHOLE.union(_RESULTS, _AMONG.split(), *(words for _, words in _KINDS))
_A_YEAR: Final = late(r"\b(?:fy|cy|py)? ?'?(?:19|20)[0-9]{2}\b|\b(?:fy|cy|py) ?'?[0-9]{2}\b", re.ASCII)
_WORDS: Final = late(r"[^\W_]+")


def no_element(name: str) -> str | None:
    """What the name of an element or requirement reads as where it is none (`pay`); None where it may be one."""
    words = _WORDS.findall(_A_YEAR.sub(" year ", tidy(name).replace("_", " ")))
    if not words or not _KNOWN.issuperset(words):
        return None
    for kind, said in _KINDS:
        if not said.isdisjoint(words):
            return kind
    return "a summary rating" if not _WHOLE.isdisjoint(words) and _RESULTS.isdisjoint(words) else None


NAME_IT: Final = "name it in the policy, or give it another name"
"""What helps where an element of the plans is called so."""
