"""The words that say, where a rating could stand, that there is none: one list for rosters, engines and terms."""

from __future__ import annotations

from typing import Final

from sespms_rules.foundation.letters import with_plain_signs

NOT_RATED: Final = "not rated"
"""The element is in the plan, and nobody rated it; an empty cell says the same."""

NOT_IN_PLAN: Final = "not in plan"
"""The plan does not have the element."""

NOT_APPLICABLE: Final = ("n/a", "na", "not applicable", "none", "-", "--", "\N{EN DASH}", "\N{EM DASH}")
"""What may mean either of the two, so that a roster is asked which."""

_ALL: Final = frozenset((NOT_RATED, NOT_IN_PLAN, *NOT_APPLICABLE))


def is_no_rating(text: str) -> bool:
    """Whether a text says that there is no rating, whatever its capitals, blanks and dashes; an empty one does not."""
    return " ".join(with_plain_signs(text).split()).casefold() in _ALL
