"""How manuals put what derives a rating: as an order, in passive voice, under a level as a heading."""

from __future__ import annotations

from sespms_rules.language.parsing.natural.ways import sure

AS_ORDERED = sure(
    (r"\b(?:shall|must|will|should|(?:is|are) to) be\b(?! (?:higher|better|above|more))", "is"),
    (r"\bis (?:given|assigned|awarded) (?:a |an )?(?:summary )?(?:rating of )?(?=level)", "is rated "),
    (
        r"\b(?:shall|must|will) (?:receive|get|be given|have) (?:a |an )?(?:summary )?(?:rating of )?(?=level)",
        "is rated ",
    ),
    (r"\b(is|are) rated (?=below |at )", r"\1 "),
    (r"\bis rated (?=level \d$)", "is "),
    (r"\b(elements?|requirements?) (?=level \d)", r"\1 at "),
    (r"\bif and only if\b|\bonly if\b|\bprovided that\b", "when"),
    (r",? and (?=none|no |every|all|any|at least)", " and "),
    (r", (?=none |no (?:(?:non)?critical |element|requirement))", " and "),
    (r"\band none (?:is |are )?(?=at |below |rated )", "and no element is "),
    (r"(\d) (?:percent|per cent|pct\.?|%)(?!\w)", r"\1%"),
    (r"\b(?:more than|over) 50% of (?:all |the )*(?=\S* ?(?:element|requirement))", "more than half of the "),
    (r"\b(?:at least )?50%(?: or more)? of (?:all |the )*(?=\S* ?(?:element|requirement))", "at least half of the "),
    (r"\b(\d+%) or more of (?:all |the )*(?=\S* ?(?:element|requirement))", r"at least \1 "),
    (r"(\d%) of (?:all )(?:the )?(?=\S* ?(?:element|requirement))", r"\1 "),
    (
        r"^(level \d) ?[:\u2010-\u2015-] ?(?=any |all |every |no |none |at least |more than |(?:a |the )?majority |most |half |both )",
        r"\1 when ",
    ),
    (r"^executives? whose (?=(?:summary |total |overall )?score )", ""),
)
"""Manuals order (`shall be rated`), and say the same in passive voice; what is ordered is what is."""

_WITHOUT_RATING = (
    r"(?:not rated|unrated|not applicable|N/A|not observed|rated N/A|rated not applicable|without (?:a )?ratings?)"
)
_LEFT_OUT = r"(?:left out|excluded|ignored|disregarded|omitted|dropped|removed|not counted|not considered)"
LEFT_OUT = sure(
    (
        rf"^(?:an? |any |all )?((?:non)?critical )?elements? (?:that (?:is|are) |which (?:is|are) )?{_WITHOUT_RATING} (?:is|are) {_LEFT_OUT}"
        r"(?: (?:from|of|in) (?:the |its )?(?:averages?|calculations?|sums?|scores?|formulas?|ratings?|totals?))?$",
        r"unrated \1elements are left out",
    ),
    (
        rf"^(?:{_WITHOUT_RATING}) ((?:non)?critical )?elements? (?:is|are) {_LEFT_OUT}"
        r"(?: (?:from|of|in) (?:the |its )?(?:averages?|calculations?|sums?|scores?|formulas?|ratings?|totals?))?$",
        r"unrated \1elements are left out",
    ),
)
