"""How people say what follows a rating: job changes, limits over many, uses, awards and pay, training, records."""

from __future__ import annotations

from sespms_rules.language.parsing.natural.of_process import EVENTS, OFTEN
from sespms_rules.language.parsing.natural.ways import NUMBER, Way, sure

_AWARD = r"(?:performance awards?|awards?|bonus(?:es)?|performance bonus(?:es)?|cash awards?)"
_ACTIONS = (
    (rf"\b(?<!award )(?<!performance ){_AWARD}\b(?! pool)", "performance award"),
    (r"\bperformance awards\b", "performance award"),
    (r"\bpay (?:raises?|increases)\b", "pay increase"),
    (r"\bpay adjustments\b", "pay adjustment"),
    (r"\b(?:an? )?(?:performance improvement plan|PIP)\b", "improvement plan"),
)
_SHARES = (
    (
        rf"\b(?:shall|must|may|can)? ?not be (?:less than|below) {NUMBER} ?(?:%|percent)(?: of basic pay)? (?:nor|or|and not) (?:more than|over|above) {NUMBER} ?(?:%|percent)",
        r"is \1% to \2%",
    ),
    (r"\b(?:shall|must|may|can) ?not (?:exceed|be (?:more|higher|greater) than|be over)\b", "is at most"),
    (r"^the (?=award pool)", ""),
    (r"\b(?:must be|shall be|may be|can be|ranges? from|are) (?=between|at|\d)", "is "),
    (r"\bpercent\b", "%"),
    (r"(\d) %", r"\1%"),
    (rf"{NUMBER}%? ?(?:[-\u2010-\u2015\u2212]|to|and) ?{NUMBER}%", r"\1% to \2%"),
    (rf"\bbetween {NUMBER}% to {NUMBER}%", r"\1% to \2%"),
    (rf"\bat least {NUMBER}% (?:and|to|but) (?:at most |no more than )?{NUMBER}%", r"\1% to \2%"),
    (r"\b(?:no more than|not more than|maximum(?: of)?|up to|a maximum of)\b", "at most"),
    (r"\b(?:base|annual basic|annual) (?:pay|salary|rate of pay)\b", "basic pay"),
)

OF_CHANGES_OF_JOB = sure(
    (
        rf"^(?:a |any )?(detail|transfer|reassignment) (?:of )?(?:more than|over|longer than) {NUMBER} days requires a written appraisal$",
        lambda found: f"{found[1]}s from {int(found[2]) + 1} days are appraised in writing",
    ),
    (
        r"^when an executive (transfer|detail)s,? a written appraisal is (?:done|made|given|prepared)$",
        r"\1s are appraised in writing",
    ),
    (
        rf"^(details|temporary reassignments|reassignments|transfers) (?:of |for |lasting )?(?:at least )?{NUMBER} (days|months)(?: or (?:more|longer))? ",
        r"\1 from \2 \3 ",
    ),
    (
        rf"^(details) (?:longer than|over|of more than|exceeding) {NUMBER} days ",
        lambda found: f"{found[1]} from {int(found[2]) + 1} days ",
    ),
    (r"\b(?:are|is) appraised$", "are appraised in writing"),
    (r"\b(?:get|gets|receive|require) a (?:written )?(?:appraisal|summary)$", "are appraised in writing"),
    (r"^(?:an )?executives? who (transfer|detail)s? (?:is|are) appraised in writing$", r"\1s are appraised in writing"),
    (r"\bappraised in writing (?:at|upon|on|before) departure$", "appraised in writing"),
    (r"^(?:earlier|prior|previous|interim) (?:ratings|appraisals|summaries) (?=are|go)", "earlier appraisals "),
    Way(r"\bgo to the (?:new|next|receiving) (?:supervisor|rating official)$", "go to the gaining supervisor", False),
)

_EVERYONE = "career, noncareer, limited term and limited emergency executives"

OF_DISTRIBUTIONS: tuple[Way, ...] = (
    *sure(
        (r"\bpercent\b", "%"),
        (r"(\d) %", r"\1%"),
        (r"^(?:no more than|not more than|maximum(?: of)?|up to|only|a maximum of) (?=\d)", "at most "),
        (r"^(?:no|not) more than (?=\d)", "at most "),
        (
            r"\b(career|noncareer) executives (?:are|may be|can be|may be rated|are rated|rated) (?:at )?(?=level)",
            r"\1 executives at ",
        ),
        (r"\blevel (\d) or (?:higher|above|more)\b", r"level \1 or better"),
        (rf"^{NUMBER}% cap on (level \d)$", r"at most \1% of executives at \2"),
        (r"^(at most \d+%) at (level)", r"\1 of executives at \2"),
    ),
    Way(
        r"% of (?:all |the )?(?:SES |senior )?executives (?:are |is |may be |can be |shall be |must be )?(?:rated )?(?:at )?(?=level)",
        f"% of {_EVERYONE} at ",
        False,
        "name only the kinds of executives that are counted",
    ),
    Way(
        r"^applies from (\d+) executives$",
        r"applies from \1 career executives",
        False,
        "name the kinds of executives that are counted",
    ),
)

_ELIGIBLE = (
    r"(?:gets?|is eligible for|are eligible for|may receive|receives?|qualif(?:y|ies) for|earns?|allows?|may get)"
)
_INELIGIBLE = r"(?:is not eligible for|are not eligible for|gets no|may not receive|is ineligible for|bars?|does not get|is barred from)"
_LEADS = r"(?:leads to|means|results in|requires|triggers|must be followed by|is followed by)"

OF_USES: tuple[Way, ...] = (
    Way(r"^ratings are used for (?:awards|bonuses) and pay$", "support performance award and pay adjustment", False),
    *sure(
        *_ACTIONS,
        (r"^((?:below )?level \d) executives ", r"\1 "),
        (
            r"^(?:(?:an )?executives? (?:at|rated) )?((?:below )?level \d) (?:must|shall|will|is to|are to) be reassigned, transferred,? or removed(?: from the SES)?$",
            r"\1 requires reassignment, transfer or removal",
        ),
        (
            rf"^(?:executives (?:at|rated) )?((?:below )?level \d) {_ELIGIBLE} (?:an? )?(?=performance award|pay|retention|development)",
            r"\1 allows ",
        ),
        (
            rf"^(?:executives (?:at|rated) )?((?:below )?level \d) {_INELIGIBLE} (?:an? )?(?=performance award|pay|retention|development)",
            r"\1 bars ",
        ),
        (
            rf"^(?:executives (?:at|rated) )?((?:below )?level \d(?: twice in \d+ years)?) {_LEADS} (?:an? )?(?=removal|reassignment|transfer|improvement)",
            r"\1 requires ",
        ),
        (r"^no (performance award|pay increase) (?:for |at )?(below level \d|level \d)$", r"\2 bars \1"),
        (
            r"^(?:(?:an )?executives? (?:at|rated) )?((?:below )?level \d) (?:must|shall|will|is to|are to) be (?:removed or reassigned|reassigned or removed)$",
            r"\1 requires reassignment or removal",
        ),
        Way(r"^((?:below )?level \d) must be removed$", r"\1 requires removal", False),
        (r"\bremoval from the SES\b", "removal"),
        (r"\b(?:two times|2 times|twice) (?:in|within) (?:a )?(\d+) years\b", r"twice in \1 years"),
        (
            r"^(?:two|2) (?:ratings (?:of |at )?)?((?:below )?level \d) ?(?:ratings)? (?:in|within) (\d+) years (?:require|requires|lead to|mean|result in|results in) ",
            r"\1 twice in \2 years requires ",
        ),
        (
            r"^(?:executives (?:at|rated) )?level (\d) (?:or|and) (?:better|higher|above) (?:allows?|is eligible for|are eligible for|gets?) (?:an? )?(.+)$",
            lambda found: "\n  ".join(f"level {each} allows {found[2]}" for each in range(5, int(found[1]) - 1, -1)),
        ),
        (
            r"^level (\d) and level (\d) (bar|allow|require)s? (.+)$",
            lambda found: (
                f"level {found[1]} {found[3].lower()}s {found[4]}\n  level {found[2]} {found[3].lower()}s {found[4]}"
            ),
        ),
    ),
)

OF_REWARDS: tuple[Way, ...] = (
    *sure(
        *_ACTIONS,
        *_SHARES,
        (
            r"^performance award (?:are|is) (?:limited to|only for) career (?:executives|appointees)$",
            "performance award is for career executives only",
        ),
        Way(
            r"^pay may be (?:adjusted|increased) (?:only )?(?:once|1 time) (?:a|per|each) year$",
            "pay increase happens at most 1 time each year",
            False,
        ),
        (r"^performance award (?=\d|at )", "performance award is "),
        (r"^performance award are\b", "performance award is"),
        (
            r"^(performance award|pay increase) (?:requires?|needs?) (?:an? )?(?:summary |annual )?(?:rating of )?(?:at least )?(level \d)(?: or (?:better|higher|above))?$",
            r"\1 needs \2 or better",
        ),
        (
            r"^(performance award|pay increase) (?:requires|needs) (?:an? |the )?(?:PRB|board|performance review board)(?:'s)? recommendation$",
            r"\1 needs board recommendation",
        ),
        (
            r"^only career (?:executives|appointees) (?:get|may get|receive|are eligible for|may receive) (?:an? )?performance award$",
            "performance award is for career executives only",
        ),
        Way(
            r"^pay (?:increase|adjustment)s? (?:happens? |is )?(?:at most |no more than )?(?:once|1 time|one time) (?:a|per|each|every) year$",
            "pay increase happens at most 1 time each year",
            False,
        ),
        (
            r"^higher (?:ratings|levels) (?:get|receive|earn) (?:the )?(?:larger|higher|bigger) performance award$",
            "higher levels get the larger performance award",
        ),
    ),
    Way(
        r"^(?:executives at )?level (\d)(?: executives)? (?:receives?|gets?|earns?) (?:an? )?performance award (?:of )?((?:at least |at most |exactly )?\d[\d.]*%(?: to \d[\d.]*%)?)(?: of basic pay)?$",
        r"performance award is \2 of basic pay at level \1",
        False,
        "`exactly`, `at least` or `at most` before the share where it is no range",
    ),
    Way(r"^(performance award) is for career executives$", r"\1 is for career executives only", False),
    Way(
        r"^award pool is (\d+(?:\.\d+)?)% of",
        r"award pool is at most \1% of",
        False,
        "`exactly` where the whole pool is always paid out",
    ),
)

OF_TRAINING: tuple[Way, ...] = (
    *sure(
        (r"^(?:the )?training (?=is|happens)", ""),
        (r"^(?:is (?:given to|provided to|required for|for|mandatory for))(?: all)?(?: the)? ", "is for "),
        (r"\bexecutives and their supervisors\b", "supervisors and executives"),
        (r"\bsenior executives\b|\bSES members\b", "executives"),
    ),
    *OFTEN,
)

OF_EVALUATIONS: tuple[Way, ...] = OFTEN

OF_RECORDS: tuple[Way, ...] = (
    *sure(
        (
            r"^(?:the |all )*(?:performance )?(?:records|ratings|appraisals|files) (?=are|is|must|shall|will|go|move|follow)",
            "",
        )
    ),
    *EVENTS,
    *sure(
        (
            r"^(?:are |is |must be |shall be |will be |records are )?(?:retained|maintained|stored|kept|held) (?:for )?",
            "are kept ",
        ),
        (r"^(are kept .*?(?:days|months|years)) (?:after|following) (?:the )?", r"\1 from "),
        (
            r"^(?:the )?executive (?:gets|receives) (?:a )?cop(?:y|ies)(?: of (?:them|it|the (?:appraisal|rating)))?$",
            "are given to executive",
        ),
        (r"^(?:a )?cop(?:y|ies) (?:is|are) (?:given|provided) to (?:the )?executive$", "are given to executive"),
        (r"^are (?:given|provided) to (?:the |each )?executives?\b", "are given to executive"),
        Way(
            r"^(?:are transferred|move|transfer|travel|follow|are sent|go) (?:with )?(?:the )?executive$",
            "go with the executive",
            False,
        ),
        (r"\bof (?:the )?(?=annual rating|initial rating)", "after "),
        Way(r"\bwith (?:the )?(?:annual )?rating$", "by annual rating", False),
    ),
    Way(
        r"^are kept (\d+) (years|months|days)\b",
        r"are kept at least \1 \2",
        False,
        "`exactly` where they are then destroyed",
    ),
    Way(
        r"^(are kept (?:at least|exactly|at most) \d+ (?:years|months|days))$",
        r"\1 from annual rating",
        False,
        "name another event where the time is counted from one",
    ),
)
