"""How analysts write a rule down when they think of what it does: who gets what, what counts, what must not happen.

Tried before the other ways of a part. What says more than the sentence it leads to, or less, is a proposal that names the
difference.
"""

from __future__ import annotations

import re

from sespms_rules.language.parsing.natural.of_outcomes import OF_OUTCOMES
from sespms_rules.language.parsing.natural.ways import NAME, NUMBER, SHARE, Way, likely, sure, upward
from sespms_rules.language.syntax.words import PartKind

_MAY_WEIGH = r"(?:may |can |must |shall )?(?:count|weigh|be weighted|counts|weighs)(?: for| at)?"
_OTHER = r"(?:any|all|every) (?:of the )?other (?:critical )?elements?"
_AS_MUCH = "another element may weigh as much; say `at most` of the others where none may"


def _one_each(found: re.Match[str]) -> str:
    """A line for each of the elements that share a limit."""
    return "\n  ".join(f"{each} {found[2]}" for each in re.findall(r'"[^"]*"', found[1]))


_WEIGHTS = (
    *sure(
        (
            rf"^no (?:critical )?(?:element|weight) {_MAY_WEIGH} (?:less|lower|fewer) than {NUMBER}(?: ?%| percent)?$",
            r"all at least \1",
        ),
        (
            rf"^no (?:critical )?(?:element|weight) {_MAY_WEIGH} (?:more|higher) than {NUMBER}(?: ?%| percent)?$",
            r"all at most \1",
        ),
        (rf"^{NAME} (?:must not|may not|cannot|shall not) (?:be|weigh|count) less than {_OTHER}$", r"none above \1"),
        (
            rf'^((?:"[^"]*",? ?(?:and )?){{2,}}) ?((?:at least|at most|exactly) {NUMBER})(?: ?%| percent)?(?: each| alike)$',
            _one_each,
        ),
        (
            rf"^(at least|at most|exactly) {NUMBER}(?: ?%| percent) of the (?:total )?weights? (?:is|are|goes|go|falls|fall) (?:on|to|for) {NAME}$",
            r"\3 \1 \2",
        ),
        (r"^(?:no fractions|fractions(?: of weights)? are (?:not allowed|forbidden))$", "are whole numbers"),
        (rf"^{NAME} (?:is )?{NUMBER} ?%? (?:if|when|where|for whom) (?=\")", r"\1 exactly \2 when "),
    ),
    Way(rf"^{NAME} (?:is weighted|weighs|counts) more than {_OTHER}$", r"none above \1", False, _AS_MUCH),
)

_LEVELS = sure(
    (
        r'^(?:level |L)?(\d) ?(?:[-\u2010-\u2015:=] ?)?"?([A-Za-z][\w /\'-]*\w)"? \((\d+(?:\.\d+)?) (?:points?|pts?)\)$',
        r'level \1 "\2" \3 points',
    ),
    (
        r'^level (\d) is (?:called|named|termed) "([^"]*)",? (?:and )?(?:is )?(?:worth|has|gets|gives|with) (\d+(?:\.\d+)?) points?$',
        r'level \1 "\2" \3 points',
    ),
    (r'^"?([A-Za-z][\w /\'-]*\w)"? \((?:level )?(\d)\),? (\d+(?:\.\d+)?) points?$', r'level \2 "\1" \3 points'),
)

_RATING = r"(?:the )?(?:summary |overall |final |annual )*rating"
_RATINGS = (
    *sure(
        (r"^an? (?:summary )?rating of (level \d) (?=requires|demands)", r"\1 "),
        (r"\bnothing (?:is |are )?(?=(?:at |below )?level \d)", "no element is "),
        (
            r"^(?:an? |any )?(level \d) ((?:critical )?element) (?:results in|makes|gives|means|leads to) (?:an? )?(?:(?:summary |overall )*rating )?(?:of )?(level \d)(?: rating)?$",
            r"any \2 at \1 makes the rating \3",
        ),
        (
            r"^(?:critical |noncritical )?elements? (?:that|which) (?:were|was|are|is|have|has) (?:not (?:been )?rated|no rating) (?:do|does) not count$",
            "unrated elements are left out",
        ),
        (
            r"^(?:score is )?(?:calculated |computed )?by adding (?:up )?(?:the )?(points(?: times weight)?)$",
            r"score is the sum of \1",
        ),
        (
            r"^score is (?:calculated|computed) by adding (?:up )?(?:the )?(points(?: times weight)?)$",
            r"score is the sum of \1",
        ),
        (rf"({SHARE[1:-1]}) (?={NAME})".replace(r"%?", "%"), r"\1 of the points of "),
        (
            rf"^(?:score )?{NUMBER} ?(?:to|-|\u2013) ?{NUMBER},?:? (level \d)$",
            lambda found: f"score {upward(found[1], found[2])} is {found[3]}",
        ),
        (
            r"^(?:each|every|all) (element|requirement)s? (?:is |are )?(?:also )?(?:rated|gets?|has|have|given)(?: also)?(?: an?)?(?: rating)?(?: for| of)? (\"[^\"]*\") "
            r"(?:on a scale (?:of|from) |from |between )(-?\d+(?:\.\d+)?) (?:to|and) (-?\d+(?:\.\d+)?)",
            r"each \1 is also rated \2 from \3 to \4",
        ),
        (
            r"^(element|requirement)s (?:are )?(?:also )?(?:rated|get|have)(?: an?)?(?: for)? (\"[^\"]*\") (?:on a scale (?:of|from) |from |between )(-?\d+(?:\.\d+)?) (?:to|and) (-?\d+(?:\.\d+)?)",
            r"each \1 is also rated \2 from \3 to \4",
        ),
        (
            r"^(?:each|every|all) (element|requirement)s? also (?:has|have|gets?) (?:an? )?(\"[^\"]*\") (?:from |between )(-?\d+(?:\.\d+)?) (?:to|and) (-?\d+(?:\.\d+)?)",
            r"each \1 is also rated \2 from \3 to \4",
        ),
    ),
    *likely((rf"^(level \d (?:requires|when) )an average (?:score )?of (?=(?:at least )?{NUMBER})", r"\1score is ")),
    Way(
        rf"^(?:score )?(?:of )?{NUMBER}% (?:or (?:more|higher|above|better)|and (?:above|over|higher)) is (level \d)$",
        r"score at least \1 is \2",
        False,
        "where the score runs to 100",
    ),
)

_STEPS = sure(
    (r"\b(within \d+) calendar (days)\b", r"\1 \2"),
    (r"^(?:an? |the )?(?=initial rating|annual rating|higher-level review)", ""),
)

_BOARD = (
    *sure(
        (
            r"^(?:an? |the |no )?(?:PRB |board )?members? (?:may|can|must|shall|will|does|do) ?not (?:take part|sit|participate|be involved) in (?:his or her|his|her|their|his/her) own (?:review|appraisal|case|rating)s?$",
            "excludes members from their own appraisal",
        ),
        (
            r"^(?:the )?names of (?:the )?members are published (?:in the Federal Register )?before (?:they|members) serve$",
            "publishes appointments before board service",
        ),
    ),
    Way(
        r"^(?:PRB |board )?members must be published in the Federal Register$",
        "publishes appointments before board service",
        False,
    ),
)

_AWARD = r"(?:performance )?(?:awards?|bonus(?:es)?)"
_REWARDS = (
    *sure(
        (
            rf"^(?:a |an |the )?{_AWARD} (?:go|goes|are given|is given|are paid|is paid) only to (?:executives|those) (?:rated )?(?:at )?(level \d)(?: or (?:above|better|higher))$",
            r"performance award needs \1 or better",
        ),
    ),
    Way(
        r"^(level \d) (?:gets?|receives?) (at least|at most|exactly) (\d+(?:\.\d+)?%) of basic pay$",
        r"performance award is \2 \3 of basic pay at \1",
        False,
    ),
)

_POOL = Way(
    r"^(?:the )?award pool (?:may|must|shall|can) ?not (?:exceed|be more than) (\d+(?:\.\d+)?)(?: ?%| percent) of (?:the )?(?:aggregate |total )?(?=(?:career )?basic pay$)",
    r"award pool is at most \1% of ",
    False,
    "`career basic pay` where only career executives are counted",
)

_USES = sure(
    (
        r"^(?:an? )?executives? (?:who (?:is|are) )?rated (?:at )?(level \d) (?:is|are|must be|shall be) (?:removed)$",
        r"\1 requires removal",
    ),
)

_FACTS = sure(
    (
        r'^("[^"]*") (?:runs |goes |ranges )?(?:from|between) (-?\d+(?:\.\d+)?) (?:to|and) (-?\d+(?:\.\d+)?),? with (\d+) decimals?$',
        r"\1 is a number from \2 to \3 with \4 decimals",
    ),
    (
        r'^("[^"]*") (?:runs |goes |ranges )?(?:from|between) (-?\d+(?:\.\d+)?) (?:to|and) (-?\d+(?:\.\d+)?),? with (?:two) decimals$',
        r"\1 is a number from \2 to \3 with 2 decimals",
    ),
)

_AMENDMENTS = (
    *sure((r"^(?:this |it )(?:amendment )?(?:changes|amends|modifies) (?=\")", "amends ")),
    Way(
        r"^(?:effective|in force|in effect|takes effect|applies)(?: from| in| with| for)? (?:FY|fiscal year) ?(\d{4})$",
        lambda found: f"in force from {int(found[1]) - 1}-10-01",
        False,
        "where its first day is another one, write that",
    ),
)

_TABLES = sure(
    (rf"^from (?={NUMBER} (?:to|through|-|\u2013) ?\d)", ""),
    (rf"^(?:less|lower|fewer) than {NUMBER} (?=gives|is|gets)", r"below \1 "),
    (r"\b(?:gives|is|gets) (?:nothing|no award|none|zero)$", "gives 0"),
)

_GUARANTEES = (
    *sure(
        (
            r"^(?:improving|raising) (?:a|one|any) rating (?:can |will |may )?never lowers? the (?:result|level|rating)$",
            "a better rating never lowers the result",
        ),
        (
            r"^(?:an? )?executives? with all 5s (?:is|gets?)(?: rated)?(?: level)? ?5$",
            "every element at level 5 gives level 5",
        ),
        (
            r"^(?:an? )?level (\d) on any (critical element|element)s? (?:always )?(?:gives|means|results in) level (\d)$",
            r"any \2 at level \1 gives level \3",
        ),
    ),
    Way(
        r"^(?:there are )?no gaps$",
        "every appraisal gets exactly one level",
        False,
        "it asks that no two levels fit, too",
    ),
    Way(
        r"^no two levels (?:for|fit) (?:the same|one|an) appraisal$",
        "every appraisal gets exactly one level",
        False,
        "it asks that there is no gap, too",
    ),
    Way(
        r"^(?:every|each) executive gets (?:a|one) (?:rating|level)$",
        "every appraisal gets exactly one level",
        False,
        "it asks that no two levels fit, too",
    ),
    Way(
        r"^(?:the )?order of (?:the )?elements (?:does not|doesn't|never) matters?$",
        "elements of equal weight count alike",
        False,
    ),
    Way(
        r"^level (\d) (?:is|can be) (?:reachable|reached)$",
        "every level can be reached",
        False,
        "it asks this of each level",
    ),
)

_PLANS = (
    Way(
        r"^(?:is communicated |is given to the executive )?on or before the first day of (?:the )?(?:appraisal )?period$",
        "is communicated by period start",
        True,
    ),
    Way(
        r"^is communicated on or before (?:the first day of (?:the )?(?:appraisal )?period|period start)$",
        "is communicated by period start",
    ),
)

_REVIEWS = (
    *sure(
        (
            r"^(?:at least )?(?:one|1|a) progress review (?:must be|is|shall be) (?:held|done|conducted)$",
            "happens at least 1 time each period",
        ),
        Way(
            r"^(?:is held |happens )?at the (?:midpoint|middle) of the (?:appraisal )?period$",
            "includes a mid-year review",
            False,
        ),
    ),
    Way(
        r"^happens (?:once|1 time|one time)$",
        "happens at least 1 time each period",
        False,
        "`exactly` where one is all there may be",
    ),
)

SPOKEN: dict[PartKind, tuple[Way, ...]] = {
    PartKind.WEIGHTS: _WEIGHTS,
    PartKind.LEVELS: _LEVELS,
    PartKind.RATING: (*OF_OUTCOMES, *_RATINGS),
    PartKind.CRITICAL_ELEMENT: (*OF_OUTCOMES, *_RATINGS),
    PartKind.NONCRITICAL_ELEMENT: (*OF_OUTCOMES, *_RATINGS),
    PartKind.STEPS: _STEPS,
    PartKind.BOARD: _BOARD,
    PartKind.REWARDS: (*_REWARDS, _POOL),
    PartKind.USES: _USES,
    PartKind.FACTS: _FACTS,
    PartKind.AMENDMENT: _AMENDMENTS,
    PartKind.TABLE: _TABLES,
    PartKind.GUARANTEES: _GUARANTEES,
    PartKind.PLAN: _PLANS,
    PartKind.REVIEW: _REVIEWS,
}
