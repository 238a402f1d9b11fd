"""The codes of refusals, 601 to 620: what keeps an appraisal from being rated. Each is declared once, here."""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.frozen import Frozen
from sespms_rules.rating import Origin, Refusal


class RefusalKind(Frozen):
    """A code and the name of its defect."""

    code: str
    name: str

    def because(
        self, message: str, help: str = "", *, about: str | None = None, origin: Origin | None = None
    ) -> Refusal:
        """Make a refusal of this kind; `about` names the element or requirement, `origin` the policy's line."""
        return Refusal(self.code, self.name, message, help, about, origin)


class Refused(Exception):
    """Carries one refusal out of a derivation."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


UNKNOWN_ELEMENT = RefusalKind("SES601", "unknown-element")
WEIGHTS_DO_NOT_TOTAL = RefusalKind("SES602", "weights-do-not-total")
OUTWEIGHED = RefusalKind("SES603", "outweighed")
WEIGHT_BELOW_FLOOR = RefusalKind("SES604", "weight-below-floor")
WEIGHT_ABOVE_CEILING = RefusalKind("SES605", "weight-above-ceiling")
WEIGHT_NOT_WHOLE = RefusalKind("SES606", "weight-not-whole")
WEIGHT_MISSING = RefusalKind("SES607", "weight-missing")
NOT_RATED = RefusalKind("SES608", "not-rated")
LEVEL_OUT_OF_RANGE = RefusalKind("SES609", "level-out-of-range")
ELEMENT_MISSING = RefusalKind("SES610", "element-missing")
ELEMENT_COUNT = RefusalKind("SES611", "element-count")
NO_LINE_FITS = RefusalKind("SES612", "no-line-fits")
TWO_LINES_FIT = RefusalKind("SES613", "two-lines-fit")
ELEMENT_REPEATED = RefusalKind("SES614", "element-repeated")
FURTHER_RATING = RefusalKind("SES615", "further-rating")
WEIGHT_NOT_USED = RefusalKind("SES616", "weight-not-used")
WEIGHT_NOT_POSITIVE = RefusalKind("SES617", "weight-not-positive")
NOTHING_TO_AVERAGE = RefusalKind("SES618", "nothing-to-average")
DIVISION_BY_ZERO = RefusalKind("SES619", "division-by-zero")
TABLE_HAS_NO_ROW = RefusalKind("SES620", "table-has-no-row")


def listed(items: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does: `a`, `a and b`, `a, b and c`."""
    *front, end = list(items) or [""]
    return f"{', '.join(front)} {last} {end}" if front else end


def ticked(items: Iterable[str], last: str = "and") -> str:
    """Join names, each between backticks."""
    return listed((f"`{item}`" for item in items), last)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name that `name` was most likely meant to be, if one is near."""
    from difflib import get_close_matches  # only a wrong name waits for it

    by_plain = {each.casefold(): each for each in names}
    found = get_close_matches(name.casefold(), by_plain, n=1)
    return by_plain[found[0]] if found else None


_KINDS = {kind.code: kind for kind in list(globals().values()) if isinstance(kind, RefusalKind)}


def refusal_kind(code: str) -> RefusalKind:
    """Return the kind of refusal that a code names. Raises KeyError for a code that is none."""
    return _KINDS[code]
