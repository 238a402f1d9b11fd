"""How an office speaks of its own system in passing: what counts, who decides, what comes of it.

Tried first of all ways of a part. What an office leaves unsaid (from which number, by whom, whether a line or an override
is meant) makes a proposal of it, and the note names the choice.
"""

from __future__ import annotations

import re

from sespms_rules.language.parsing.natural import of_drafts
from sespms_rules.language.parsing.natural.of_bounds import CAPS, ENDS, THRU
from sespms_rules.language.parsing.natural.of_coverage import OF_COVERAGE
from sespms_rules.language.parsing.natural.ways import MORE, NAME, NUMBER, Way, likely, sure
from sespms_rules.language.syntax.words import PartKind

_PERCENT = r"(?: ?%| percent| points?)?"
_CARRIES = r"(?:counts?(?: for)?|is worth|carries|accounts for|makes up)"
_SUMMARY = r"(?:the )?(?:summary |overall |final )*(?:rating|level)"
_EXACTLY = "or `at least` or `at most` where a plan may give it another weight"


_FOR_CAREER = "it asks for the majority only where a career executive is considered"
_AWARD = r"(?:a |an |any )?(?:performance )?(?:awards?|bonus(?:es)?)"
_GETS = r"(?:may|can|will|shall|must) (?:get|receive|have|earn|be (?:given|granted|paid|awarded|considered for))"
_ELIGIBLE = rf"(?:(?:are|is) eligible for|qualif(?:y|ies) for|gets?|receives?|earns?|{_GETS}) {_AWARD}"
_INELIGIBLE = (
    rf"(?:(?:are|is) (?:not eligible|ineligible) for|(?:may|can|will|shall|must) ?not (?:get|receive|have|be given)"
    rf"|gets? no|receives? no|do(?:es)? not (?:get|receive|qualify for)) {_AWARD}"
)
_RATED = r"(?:(?:SES |senior )?(?:executives?|employees?|members?|those|anyone) )?(?:who (?:are|is) )?(?:rated )?(?:at )?(?:an? )?"
_ONE_AFTER_ANOTHER = r"(level \d(?:(?:,? (?:and|or)|,) (?:level )?\d)*)"
_ONE_OR_BETTER = r"(level \d),? (?:or|and) (?:better|higher|above|up)"
_OR_BETTER = "it then lets in every better level too, named or not"


def _least_level(found: re.Match[str]) -> str:
    levels = sorted(set(re.findall(r"[1-5]", found[1])))
    if "".join(levels) not in "12345" or levels[-1] != "5":  # "or better" would let in a level that is not named
        return found[0]
    return f"performance award needs level {levels[0]} or better"


_WEIGHTS = (
    *sure(
        (
            r"^(?:the )?(?:\d+ )?elements (?:must |shall |should )?(?:sum|add up|add|total)(?: up)?(?: to)? (\d+)%?$",
            r"total \1",
        ),
        (
            rf"^none of the (?:critical )?elements (?:can|may|must|shall) (?:be|weigh|count)(?: for)? (?:more|higher|greater) than {NUMBER}{_PERCENT}$",
            r"all at most \1",
        ),
        (r"\bat a minimum of (?=\d)", "at least "),
        (r"\bat a maximum of (?=\d)", "at most "),
    ),
    Way(
        rf"^{NAME} {_CARRIES} {NUMBER}{_PERCENT},? and {NAME} (?:{_CARRIES} )?{NUMBER}{_PERCENT}$",
        "\\1 exactly \\2\n  \\3 exactly \\4",
        False,
        _EXACTLY,
    ),
    Way(rf"^{NAME} {_CARRIES} {NUMBER}{_PERCENT}$", r"\1 exactly \2", False, _EXACTLY),
)

_LEVELS = (
    *sure((rf'^(level \d "[^"]*") (?:equals|is worth|earns|gets|has|=|:) {NUMBER} points?$', r"\1 \2 points")),
    *likely((rf"^level (\d) \(([A-Za-z][A-Za-z /\'-]*)\) ?[=:] ?{NUMBER}(?: points?)?$", r'level \1 "\2" \3 points')),
)

_RATINGS = (
    *sure(
        (
            r"^points (?:are )?(?:multiplied by|times) (?:the |their )?weights? (?:and|are) (?:then )?(?:added|summed)(?: up| together)?$",
            "score is the sum of points times weight",
        ),
        (
            rf"^(?:an? |the )?(?:total|score|total score) of {NUMBER} ?(?:-|to|\u2013) ?{NUMBER} (?:equals|is|means|gives) (level \d)$",
            r"score \1 to \2 is \3",
        ),
        (rf"^(level \d) (?:is )?for (?:an? )?(?:total )?scores? (?:of )?{NUMBER} {MORE}$", r"score at least \2 is \1"),
        (
            r"^(?:no one|no 1|nobody|no executive) (?:with|who has) (?:an? |any )?(level \d) ((?:critical )?element) (?:can|may|shall) be rated (?:above|higher than|better than) (level \d)$",
            r"any \2 at \1 makes the rating no higher than \3",
        ),
    ),
    *likely(
        (
            r"^(?:final |total |overall )?score (?:=|is|equals) (?:the )?sum of (?:the )?weighted points ?/ ?(\d+)$",
            r"score is the sum of points times weight / \1",
        ),
        (
            rf"^(?:if|when) any ((?:critical )?element) is (?:rated |at )?(?:level )?(\d),? (?:then )?{_SUMMARY} is (?:level )?(\d)$",
            r"any \1 at level \2 makes the rating level \3",
        ),
        (
            r"^at least (\d+) ((?:critical )?element)s (?:are )?(at level \d(?: or better)?) and (?:none|no element) (?:is )?(below level \d) (?:is|are|means|gives|makes) (level \d)$",
            r"\5 when at least \1 \2s are \3 and no \2 is \4",
        ),
        (
            r"^(\d+) or more ((?:critical )?element)s (?:are )?(at level \d(?: or better)?) and (?:none|no element) (?:is )?(below level \d) (?:is|are|means|gives|makes) (level \d)$",
            r"\5 when at least \1 \2s are \3 and no \2 is \4",
        ),
    ),
    Way(
        r"^(?:all|every)(?: of the)? ((?:critical )?element)s? (at level \d) (?:or|and) (?:above|better|higher) (?:is|are|gives|means) (level \d)$",
        r"\3 when every \1 is \2 or better",
        False,
        r"`every \1 \2 or better makes the rating \3` where it decides before all lines",
    ),
)

_PERIODS = (
    *sure((r"^(?:must |shall )?lasts? (?:for )?(?:at )?a minimum of (\d+) days$", r"lasts at least \1 days")),
    *likely((r"^(?:the )?(?:federal )?fiscal year$", "runs October 1 to September 30")),
)

_PLANS = likely(
    (
        r"^(?:the )?(?:supervisor|rating official) and (?:the )?executive (?:jointly )?(?:discuss|develop|write|agree on) the plan$",
        "is developed by rating official in consultation with executive",
    ),
)

_REVIEWS = likely(
    (r"^(?:twice|2 times) (?:a|per|each|every) year$", "happens at least 2 times each year"),
    (r"^(?:twice|2 times) (?:a|per|each|every) (?:period|cycle)$", "happens at least 2 times each period"),
    (
        r"^feedback is (?:given|provided) (?:quarterly|every quarter|each quarter)$",
        "gives feedback at least 4 times each period",
    ),
)

_STEPS = sure((r"^overall rating (?:is )?(?:given )?by (?:the )?(?=appointing authority)", "annual rating by "))

_BOARDS = (
    Way(
        r"^more than (?:one-half|1-half|a half|half) of the members (?:must be|are|shall be) career(?: appointees| executives)?$",
        "has a career majority for career executives",
        False,
        _FOR_CAREER,
    ),
)

_REWARDS = (
    *likely(
        (
            r"^(level \d) (?:earns|gets|receives) an? (\d+(?:\.\d+)?)% (?:bonus|(?:performance )?award)$",
            r"performance award is exactly \2% of basic pay at \1",
        ),
    ),
    *sure((rf"^only {_RATED}{_ONE_OR_BETTER} {_ELIGIBLE}$", r"performance award needs \1 or better")),
    *likely(
        (rf"^{_RATED}{_ONE_OR_BETTER} {_ELIGIBLE}$", r"performance award needs \1 or better"),
        (rf"^{_RATED}below (level \d) {_INELIGIBLE}$", r"performance award needs \1 or better"),
        (
            rf"^no {_AWARD} (?:is (?:given|paid|granted) )?(?:for |at )?below (level \d)$",
            r"performance award needs \1 or better",
        ),
        (
            rf"^{_AWARD} (?:is|are) (?:given|paid|granted|available) (?:only )?(?:to |for )?{_RATED}{_ONE_OR_BETTER}$",
            r"performance award needs \1 or better",
        ),
    ),
    Way(rf"^only {_RATED}(level 5|(?:level 3,? )?level 4,? (?:and |or )?level 5) {_ELIGIBLE}$", _least_level, False),
    Way(
        rf"^(?:only )?{_RATED}{_ONE_AFTER_ANOTHER} {_ELIGIBLE}$",
        _least_level,
        False,
        _OR_BETTER,
    ),
)

_USES = (
    *sure(
        (
            r"^2 (level \d) ratings (?:in|within) (\d+) years (?:means?|is|are|leads? to|requires?) (removal|reassignment)$",
            r"\1 twice in \2 years requires \3",
        ),
        (
            r"^(?:less than|lower than) (level \d) twice (?:in|within) (\d+) years (?:means?|is|leads? to|requires?) removal$",
            r"below \1 twice in \2 years requires removal",
        ),
    ),
)

_GUARANTEES = likely(
    (
        r"^(?:an |no )?executives? (?:who is |who are )?rated higher on (?:every|each|an?y?) elements? is (?:never|not) rated lower$",
        "a better rating never lowers the result",
    ),
    (
        r"^every executive (?:receives|gets|has) (?:a|one|exactly one) (?:level|rating)$",
        "every appraisal gets exactly one level",
    ),
)

_SCENARIOS = sure((rf"^(?:it |the (?:result|outcome) |{_SUMMARY} )?should be (level \d)$", r"expect \1"))

_AMENDMENTS = sure((r"^(?:starting|beginning)(?: on| from)? (?=[A-Z\d])", "takes effect "))

_OF_RATINGS = (*CAPS, *of_drafts.RATINGS, *_RATINGS, *ENDS)

OF_OFFICES: dict[PartKind, tuple[Way, ...]] = {
    PartKind.SYSTEM: OF_COVERAGE,
    PartKind.WEIGHTS: (*THRU, *of_drafts.WEIGHTS, *_WEIGHTS),
    PartKind.LEVELS: _LEVELS,
    PartKind.RATING: _OF_RATINGS,
    PartKind.CRITICAL_ELEMENT: _OF_RATINGS,
    PartKind.NONCRITICAL_ELEMENT: _OF_RATINGS,
    PartKind.PERIOD: (*of_drafts.PERIODS, *_PERIODS),
    PartKind.PLAN: _PLANS,
    PartKind.REVIEW: (*of_drafts.REVIEWS, *_REVIEWS),
    PartKind.STEPS: _STEPS,
    PartKind.BOARD: (*of_drafts.BOARDS, *_BOARDS),
    PartKind.REWARDS: (*of_drafts.REWARDS, *_REWARDS),
    PartKind.USES: _USES,
    PartKind.GUARANTEES: (*of_drafts.GUARANTEES, *_GUARANTEES),
    PartKind.SCENARIO: _SCENARIOS,
    PartKind.AMENDMENT: _AMENDMENTS,
    PartKind.TABLE: of_drafts.TABLES,
}
"""The ways of each part."""
