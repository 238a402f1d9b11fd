"""The words of a description that are the program's own: captions, notes on a part, worked examples, proofs, digests.

They say no rule. Whoever reads a description back knows them by their form, before anything is guessed from them, and
tells them apart from what was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from sespms_rules.language.phrasebook import PARTS

SUBTITLE: Final = re.compile(
    r"(?:.+: )?description of the performance management system(?:, as of \d{4}-\d\d-\d\d)?", re.DOTALL
)
"""What stands below the title, which is then the name of the system, whatever it says."""

REPORTS: Final = re.compile(r"Worked examples|What was proved|What this description rests on")
"""The headings of what is reported of a system; a heading below them is the name of an example."""

_NOTES: Final = tuple(
    re.compile(each, re.DOTALL)
    for each in (
        r"About this part: (?:" + "|".join(re.escape(each.about) for each in PARTS) + r")\.",
        r"The (?:elements|levels of the summary rating|weights of the elements|table “.*”)",
        r"The performance standards(?: of “.*”)?",
        r"Which (?:score|condition) gives which level",
        r"Beside these lines it holds:",
        r"Nothing more is stated of this element here\.",
        r"Who does what when",
        r"The steps of the rating year\. Steps from top to bottom, in an order that the stated times allow; .*",
        r"This is a draft: the policy names no day on which the system was submitted to OPM or approved by it\.",
        r"It is described as amended by “.*”\.",
        r"The system is based on “.*”; what it takes over from there is described too\.",
        r"The check of this policy finds \d+ errors?, so the policy does not pass\. (?:They are|It is):",
        r".* \(SES\d{3}\)\.",
    )
)
_REPORTED: Final = tuple(
    re.compile(each, re.DOTALL)
    for each in (
        r"Worked examples of the policy: \d+\. Each was rated by this text, exactly, when this was written\.",
        r"These do not come out as the policy expects: “.*”\.",
        r"The worked examples and their results",
        r"Ratings of the example “.*”",
        r"The result(?: under the amendment “.*”)? is: .*\.",
        r"A proof covers .*\.",
        r"Guarantees and what became of each",
        r"It was written by sespms \S+ from the texts below\. Whoever has them can compute the same digests\..*",
        r"Texts that were read",
    )
)
_TABLES: Final = (
    ("Example", "Must give", "Gives"),
    ("Element", "Weight", "Rating"),
    ("Guarantee", "Status", "Asked by", "Reason"),
    ("Text", "SHA-256"),
)


def is_own(text: str, under: str) -> bool:
    """Whether a paragraph is one of the program's own; `under` is the highest heading that it stands below."""
    notes = _REPORTED if REPORTS.fullmatch(under) else _NOTES
    return any(each.fullmatch(text) for each in notes)


def is_own_table(headings: Iterable[str], under: str) -> bool:
    """Whether a table below a heading is a report of the program's own."""
    return REPORTS.fullmatch(under) is not None and tuple(headings) in _TABLES
