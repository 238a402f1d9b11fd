"""The codes of refusals, 601 to 621: what keeps an appraisal from being rated. Each is declared once, here."""

from __future__ import annotations

from enum import Enum

from sespms_rules.foundation.origin import Origin
from sespms_rules.program.rating import Refusal


class RefusalKind(Enum):
    """What is refused: the last two digits of its code, and the name of its defect."""

    UNKNOWN_ELEMENT = 1, "unknown-element"
    WEIGHTS_DO_NOT_TOTAL = 2, "weights-do-not-total"
    OUTWEIGHED = 3, "outweighed"
    WEIGHT_BELOW_FLOOR = 4, "weight-below-floor"
    WEIGHT_ABOVE_CEILING = 5, "weight-above-ceiling"
    WEIGHT_NOT_WHOLE = 6, "weight-not-whole"
    WEIGHT_MISSING = 7, "weight-missing"
    NOT_RATED = 8, "not-rated"
    LEVEL_OUT_OF_RANGE = 9, "level-out-of-range"
    ELEMENT_MISSING = 10, "element-missing"
    ELEMENT_COUNT = 11, "element-count"
    NO_LINE_FITS = 12, "no-line-fits"
    TWO_LINES_FIT = 13, "two-lines-fit"
    ELEMENT_REPEATED = 14, "element-repeated"
    FURTHER_RATING = 15, "further-rating"
    WEIGHT_NOT_USED = 16, "weight-not-used"
    WEIGHT_NOT_POSITIVE = 17, "weight-not-positive"
    NOTHING_TO_AVERAGE = 18, "nothing-to-average"
    DIVISION_BY_ZERO = 19, "division-by-zero"
    TABLE_HAS_NO_ROW = 20, "table-has-no-row"
    FACT = 21, "unusable-fact"

    def __init__(self, number: int, defect: str) -> None:
        self.number = number
        self.defect = defect
        self.code = f"SES6{number:02}"

    def because(
        self, message: str, help: str = "", *, about: str | None = None, origin: Origin | None = None
    ) -> Refusal:
        """Make a refusal of this kind; `about` names the element or requirement, `origin` the policy's line."""
        return Refusal(self.code, self.defect, message, help, about, origin)


OF_DERIVATIONS = frozenset(
    kind.code
    for kind in (
        RefusalKind.NOT_RATED,
        RefusalKind.NO_LINE_FITS,
        RefusalKind.TWO_LINES_FIT,
        RefusalKind.NOTHING_TO_AVERAGE,
        RefusalKind.DIVISION_BY_ZERO,
        RefusalKind.TABLE_HAS_NO_ROW,
    )
)
"""The codes of refusals that a policy itself comes to, once a plan and its ratings are admitted."""


class Refused(Exception):
    """Carries one refusal out of a derivation."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def kinds_in(bits: int) -> tuple[RefusalKind, ...]:
    """The kinds in a set of them, in order of their codes; bit 9 stands for SES609."""
    return tuple(kind for kind in RefusalKind if bits >> kind.number & 1)
