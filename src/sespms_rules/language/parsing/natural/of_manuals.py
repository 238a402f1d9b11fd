"""How manuals put what derives a rating: as an order, in passive voice, under a level as a heading."""

from __future__ import annotations

import re

from sespms_rules.language.parsing.natural.ways import NUMBER, Way, likely, sure

AS_ORDERED = sure(
    (r"\b(?:shall|must|will|(?:is|are) to) be\b(?! (?:higher|better|above|more))", "is"),
    (r"\bis (?:given|assigned|awarded) (?:a |an )?(?:summary )?(?:rating of )?(?=level)", "is rated "),
    (
        r"\b(?:shall|must|will) (?:receive|get|be given|have) (?:a |an )?(?:summary )?(?:rating of )?(?=level)",
        "is rated ",
    ),
    (r"\b(is|are) rated (?=below |at )", r"\1 "),
    (r"\bis rated (?=level \d$)", "is "),
    (r"\b(elements?|requirements?) (?=level \d)", r"\1 at "),
    (r"\bif and only if\b", "when"),
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


def _too_few(found: re.Match[str]) -> str:
    """`not rated when at most 2 elements are rated`, for whoever has fewer than three."""
    most = int(found[1]) - 1
    return f"not rated when at most {most} {found[2] or ''}element{' is' if most == 1 else 's are'} rated"


_NO_HIGHER = ("<=", "\u2264", "at most")
_TURNED = {
    ">=": "at most",
    "\u2265": "at most",
    ">": "below",
    "<=": "at least",
    "\u2264": "at least",
    "<": "more than",
}
"""What stands behind the score, for the sign between a number and the score behind it."""


OF_MANUALS: tuple[Way, ...] = (
    *sure(
        (
            r"^(?:an? |any )?executives? with at most (\d) ((?:non)?critical )?elements? rated (?:is|are) not rated$",
            lambda found: (
                f"not rated when at most {found[1]} {found[2] or ''}element{' is' if found[1] == '1' else 's are'} rated"
            ),
        ),
        (r"^not rated unless (?:at least )?([2-9]) ((?:non)?critical )?elements? (?:is|are) rated$", _too_few),
        (
            r"^(?:an? |any )?(?:executive|employee|appointee)s? (?:who|that) (?:receives?|gets?|has|have) (?:an? )?(level \d)(?: ratings?)? (?:on|in|for) "
            r"(any .*?element)s? (?:shall |must |will )?(?:receives?|gets?|is rated|is|be rated)(?: an?)?(?: summary)?(?: rating of)? (level \d)(?: summary rating| rating)?$",
            r"\2 at \1 makes the rating \3",
        ),
        (r"\b(results? in|gives?|means?|leads? to) an? (level \d) (?:summary |overall |final )+rating$", r"\1 \2"),
        (r"\bis (?:the )?total (?:element )?points\b", "is the sum of points"),
        (r" divided by (?=\d)", " / "),
        (
            r"^(?:the )?(?:element )?(?:ratings|points|scores) are averaged and rounded (half up|half down|half even|up|down) to (.+)$",
            r"score is the average of points rounded \1 to \2",
        ),
        (
            rf"^{NUMBER} ?(?:<=|\u2264|at most) ?(?:the )?score ?(?:<|below) ?{NUMBER} (?:is|=|:) (?=level)",
            r"score at least \1 and below \2 is ",
        ),
        (
            rf"^{NUMBER} ?(?:<=|\u2264|at most) ?(?:the )?score ?(?:<=|\u2264|at most) ?{NUMBER} (?:is|=|:) (?=level)",
            r"score \1 to \2 is ",
        ),
        (
            rf"^{NUMBER} ?(?:<|below|less than) ?(?:the )?score ?(<=|\u2264|at most|<|below|less than) ?{NUMBER} (?:is|=|:) (level \d)$",
            lambda found: (
                f"{found[4]} when score is more than {found[1]} and score is "
                f"{'at most' if found[2].lower() in _NO_HIGHER else 'less than'} {found[3]}"
            ),
        ),
        (
            rf"^{NUMBER} ?(>=|\u2265|>|<=|\u2264|<) ?(?:the )?score (?:is|=|:) (?=level)",
            lambda found: f"score {_TURNED[found[2]]} {found[1]} is ",
        ),
        (rf"^score {NUMBER} is (level \d)$", r"score exactly \1 is \2"),
        (rf"^score is (at least {NUMBER})(?=,? (?:but|and) )", r"score \1"),
        (rf"^(score at least {NUMBER}),? but (?:less than|below|under) ", r"\1 and below "),
        (rf"^(?:score )?at least {NUMBER},? (?:and|but) (?:at most|no more than) {NUMBER} (?=is )", r"score \1 to \2 "),
        (
            rf"^(?:score )?more than {NUMBER},? (?:and|but) (at most|below|less than|under) {NUMBER} is (level \d)$",
            lambda found: (
                f"{found[4]} when score is more than {found[1]} and score is "
                f"{'at most' if found[2].lower() == 'at most' else 'less than'} {found[3]}"
            ),
        ),
        (r"(\d),? \(?inclusive\)?(?= |$)", r"\1"),
        (
            rf"^(level \d) ?(?:=|:|is) ?(?:scores? (?:of )?)?{NUMBER} to {NUMBER},? (with .+)$",
            r"score \2 to \3 \4 is \1",
        ),
        (r"^(level \d when .*\band (?:no|every|any) (?:\w+ )?(?:element|requirement)) (?=at|below)", r"\1 is "),
        (r"^(level \d when score is .*?),? and (?=score at)", r"\1 and "),
    ),
    Way(
        r"\b(?:the )?sum of (?:the |all )*(?:element )?(?:points|ratings|scores) (?:divided by|/) (?:the )?number of (?:critical )?elements",
        "the average of points",
        False,
        "an average is taken over what was rated",
    ),
    *likely(
        (
            r"^every ((?:(?:non)?critical )?element) at (level \d(?: or better)?) ?(?:=|:|is|means) (level \d)$",
            r"\3 when every \1 is at \2",
        ),
    ),
)
"""Whole sentences of manuals, tried once their words are those of the language."""
