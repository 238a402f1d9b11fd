"""The codes of refusals, 601 to 620: what keeps an appraisal from being rated. Each is declared once, here."""

from __future__ import annotations

from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.rating import Refusal


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


_KINDS = {kind.code: kind for kind in list(globals().values()) if isinstance(kind, RefusalKind)}


def refusal_kind(code: str) -> RefusalKind:
    """Return the kind of refusal that a code names. Raises KeyError for a code that is none."""
    return _KINDS[code]
