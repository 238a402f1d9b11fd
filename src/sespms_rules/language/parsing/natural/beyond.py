"""What no single sentence says in these words -> where the language says it instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing.natural import as_said, of_coverage
from sespms_rules.language.syntax.words import PartKind

_ELEMENTS = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)
_DERIVING = (PartKind.RATING, *_ELEMENTS)


class _Told(Frozen):
    """Under which parts, how it is said, and what to do instead.

    An example has no number but the author's own; what only the author can say is `…` in it.
    """

    parts: tuple[PartKind, ...]
    pattern: str
    help: str | Callable[[re.Match[str]], str]


_NO_FLOOR = r"(?!.*\b(?:at least|(?<!no )(?<!not )more than|not less|no less|no fewer|minimum)\b)"
"""A share that is asked for at least is no limit from above."""

_NUMBER = r"(?:an? )?(?:whole |decimal |real )?(?:number|integer|decimal|amount|percentage|count)(?: of \w+)?"

_OF_OFFICES = (
    _Told(
        (PartKind.WEIGHTS,),
        r".*\bshares? (?:the |what is )(?:remaining|rest|left|other)\b",
        "no sentence divides what is left; say how much each may weigh, as in `all others at least …`, and the weights "
        "then make up their `total`",
    ),
    _Told(
        (PartKind.DISTRIBUTION,),
        rf"{_NO_FLOOR}.*\ba (?:third|quarter|fifth|half) of\b",
        "say the share in percent, as in `at most …% of career executives at level …`",
    ),
    _Told(
        (PartKind.PLAN,),
        r"(?:(?:the )?plan )?(?:must |shall )?(?:be |is )?in place\b",
        "say when the executive gets it, as in `is communicated within … days after period start`",
    ),
    _Told(
        (PartKind.WEIGHTS,),
        r"(?:the )?weights? (?:of .* )?(?:is|are) (?:set|chosen|decided|assigned|determined) by\b",
        "no sentence says who sets a weight; each plan gives its own within the limits said here, as in `all … to …`",
    ),
    _Told(
        (PartKind.LEVELS,),
        r"(?:there (?:are|is) )?(?:\d|two|three|four|five)(?: summary)?(?: rating)? levels\b",
        'name each level on a line of its own, the best first, as in `level … "Outstanding" … points`',
    ),
    _Told(
        _DERIVING,
        r"(?:a |an )?level (\d) (?:in|on|for) (\"[^\"]*\") caps the (?:summary |overall )?rating at level (\d)$",
        as_said.cap_of_one,
    ),
    _Told(
        _DERIVING,
        r"(?:the )?(lowest|highest) (?:critical )?(?:element|rating)s? (?:decides?|determines?|is|sets?|gives?)\b",
        as_said.score_of,
    ),
    _Told(
        _DERIVING,
        r"(?:the )?(?:summary |overall |final )*rating is (?:the same as |equal to )?the rating of (\"[^\"]*\")$",
        r"write a line for each level, as in `level … when \1 is at level …` with the same level twice",
    ),
    _Told(
        _DERIVING,
        r"(?:the |a )?majority of (?:the )?(critical )?(?:element(?: rating)?s|ratings)"
        r" (?:decides?|determines?|is|sets?|gives?)\b",
        "write a line for each level, the best first, as in "
        r"`level … when more than half of the \1elements are at level …`, and `level … otherwise` for plans without "
        "a majority",
    ),
    _Told(
        _DERIVING,
        r"(?:half|halves|fractions|decimals)(?: points?| scores?)? (?:are|is) rounded\b",
        as_said.rounding,
    ),
    _Told(
        _DERIVING,
        r"(?:the )?(?:summary |overall |final )*(?:rating|level) (?:is|shall be|must be|will be) level (\d)$",
        r"say for whom, as in `level \1 when score is at least …`, or `level \1 otherwise` for all that no line "
        "above takes",
    ),
    _Told(
        _DERIVING,
        r"(?:the )?ratings? (?:may|can) be (?:adjusted|changed|raised|lowered|modified) by\b",
        "here it is said what follows from the ratings of a plan; what people decide after it is said under "
        "`rating steps`, as in `board recommendation by board before annual rating`",
    ),
    _Told(
        _DERIVING,
        r"not rated (?:when|if|where) (?:(?:who )?(?:has |have )?served )?(?:for )?(?:less|fewer) than (\d+) days\b",
        as_said.days_served,
    ),
    _Told(
        (PartKind.PLAN,),
        r"(?:each|every|all) (?:critical )?elements? (?:must |shall )?(?:have|has) (?:an? )?(?:written )?"
        r"(?:performance )?standards?$",
        "what performance each level takes is written under `standards`",
    ),
    _Told(
        (PartKind.STEPS,),
        r"(?:the )?(?:final |annual |summary )*rating (?:is|must be|shall be) (?:approved|given|made|issued|signed) by "
        r"(?:the )?(?:secretary|director|administrator|agency head|head of the agency|commissioner)\b",
        "the annual rating is the appointing authority's, whoever holds that office: "
        "`annual rating by appointing authority`",
    ),
    _Told(
        (PartKind.DISTRIBUTION,),
        r"(?:there (?:are|shall be|must be) )?no (?:quotas?|curves?|limits?|caps?)$",
        "leave the part `distribution` out; a system without it has no forced distribution",
    ),
    _Told(
        (PartKind.DISTRIBUTION,),
        r"(?:at most|up to|a maximum of) (\d+(?:\.\d+)?)(?:%| percent) (?:are |is |may be )?(?:rated |at )",
        as_said.share,
    ),
    _Told(
        (PartKind.GUARANTEES,),
        r"no level (\d) (?:with|for|when)\b",
        as_said.what_a_level_needs,
    ),
    _Told(
        (PartKind.TABLE,),
        r"(above|over|more than) (\d+(?:\.\d+)?) gives\b",
        as_said.line_above,
    ),
)


def _a_line_each(found: re.Match[str]) -> str:
    """For the weights of several elements in one sentence."""
    weights = re.findall(r'("[^"]+")\D*(\d+(?:\.\d+)?)', found[0])
    return "write a line for each, as in " + " and below it ".join(
        f"`{name} exactly {figure}`" for name, figure in weights
    )


_UNDER_ITS_HEADING = (
    "write the heading of the part that changes at the margin, such as `summary rating`; below it `strike` and the "
    "sentence as it stands takes one out, and `insert` and a sentence puts one in"
)
_BEYOND = (
    *_OF_OFFICES,
    _Told((PartKind.SYSTEM,), of_coverage.EXCEPTED, of_coverage.excepted),
    _Told((PartKind.SYSTEM,), of_coverage.LEFT_OUT, of_coverage.left_out),
    _Told(
        (PartKind.AMENDMENT,),
        r"(?:in|under|to|changes?|change|amend|replaces?|replace|revises?|raises?|lowers?|increases?|decreases?|reduces?"
        r"|sets?|moves?|adds?|removes?|deletes?|drops?)\b",
        _UNDER_ITS_HEADING,
    ),
    _Told(
        _DERIVING,
        r"(?:the )?(?:total |summary )?score (?:(?:must|may|can|shall) ?not (?:exceed|be (?:more|higher|greater) than)"
        r"|is (?:capped at|limited to|no (?:higher|more|greater) than)) (\d+(?:\.\d+)?)$",
        r"the largest value stands behind the formula, as in `score is … but no more than \1`",
    ),
    _Told(
        _DERIVING,
        r"(?:the )?(?:total |summary )?score (?:(?:must|may|can|shall) ?not be (?:less|lower) than"
        r"|is (?:no|not) (?:lower|less) than) (\d+(?:\.\d+)?)$",
        r"the smallest value stands behind the formula, as in `score is … but no less than \1`",
    ),
    _Told(
        _DERIVING,
        r"(.*)\b(?:a|1|one|two|2)[ -]thirds? of (?:the )?(?:critical |noncritical )?elements\b",
        as_said.how_many,
    ),
    _Told(
        (PartKind.SCENARIO,),
        r"(?:everything|all|(?:all|every|each)(?: of the)? (?:critical )?elements?) "
        r"(?:is |are )?(?:rated )?(?:at )?(?:level )?(\d)$",
        r'rate each element on a line of its own, as in `"…" rated \1`',
    ),
    _Told(
        (PartKind.DISTRIBUTION,),
        rf"{_NO_FLOOR}(?:.*\b(?:third|quarter|fifth|half)\b.*\bat )(level \d(?: or better)?)$",
        r"say the share in percent, as in `at most …% of career executives at \1`",
    ),
    _Told(
        (PartKind.DISTRIBUTION,),
        r"(level \d)(?: ratings?)? (?:is|are) (?:limited|capped|restricted) (?:to|at) (\d+(?:\.\d+)?)(?:%| percent)$",
        r"name whom the limit counts, as in `at most \2% of career executives at \1`",
    ),
    _Told(
        _DERIVING,
        r"unrated ((?:critical |noncritical )?(?:elements|requirements)) "
        r"(?:count|are (?:counted|rated|treated)|default) (?:as|at|to) "
        r"(?:an? )?(?:score|points?|zero|nothing|none|0|average|mean|\d+ points?)\b",
        r"no sentence makes a score of what nobody rated; write `unrated \1 stop the rating`, or "
        r"`unrated \1 are left out` to rate on what was rated alone",
    ),
    _Told(
        _DERIVING,
        r"(?:an? |any |no )?(?:executive|employee|appointee|member)s? "
        r"(?:with|who (?:has|have)|having|serving|who (?:has |have )?served)(?: served)? "
        r"(?:less|fewer) than (\d+) days\b|not rated (?:when|if) (?:less|fewer) than (\d+) days\b",
        as_said.days_served,
    ),
    _Told(
        (PartKind.FACTS,),
        r"(\"[^\"]*\") (?:is|are) " + _NUMBER + r"(?: with \d+ decimals?)?$",
        as_said.numbers_of_a_fact,
    ),
    _Told(
        (PartKind.FACTS,),
        r"(\"[^\"]*\") (?:is|are) (?:under|below|over|above|less|more|at least|at most|fewer|greater|not|exactly)\b",
        "here it is said what a fact can be, as in "
        r"`\1 is a whole number from … to …`; what follows from it is said under `summary rating`, behind `when` in a "
        "line there",
    ),
    _Told(
        (PartKind.FACTS,),
        r"(\"[^\"]*\") (?:is|are) (?:an? )?(?:text|string|word|name|free text|date|day)s?$",
        r'a fact is one of some words, or a number; name the words, as in `\1 is one of "general" or "technical"`',
    ),
    _Told(
        _DERIVING,
        r"(?:the )?(?:summary |overall |final )*(?:rating|level) is (?:determined by |based on |equal to )?"
        r"(?:the |an? )?(lowest|highest|average|mean)\b",
        as_said.score_of,
    ),
    _Told(
        _DERIVING,
        r"(?:the )?(?:final |total )?(?:scores?|results?|ratings?)? ?(?:is|are|shall be|must be|will be|be)? ?"
        r"round(?:ed)?\b(?! ?\()",
        as_said.rounding,
    ),
    _Told(
        _DERIVING,
        r'(?:score|"[^"]*") is [^"]* to (?:the nearest )?(?:\d|one|two|three) decimals?(?: places?)?$',
        as_said.rounding_unsaid,
    ),
    _Told(
        _DERIVING,
        r"(?:all|each|every|the) (?:critical )?elements? (?:counts?|(?:is|are) (?:counted|weighted)) "
        r"(?:equally|alike|the same)\b",
        as_said.counted_alike,
    ),
    _Told(
        _ELEMENTS,
        r"(?:this element )?(?:is|must be) (?:critical|mandatory|required|rated)$",
        "the heading says it: a critical element is in every plan and is rated; leave this line out",
    ),
    _Told(
        _ELEMENTS,
        r"is (?:not |non-?)critical$",
        "the heading says it: begin the block with `noncritical element` and its name; leave this line out",
    ),
    _Told(
        (PartKind.STEPS, PartKind.PLAN, PartKind.REVIEW, PartKind.APPRAISAL, PartKind.CHANGES),
        r".*\b(?:working|business|work) days?\b",
        "days are those of the calendar: write how many calendar days the working days are, and `days` alone behind "
        "that number",
    ),
    _Told(
        _DERIVING,
        r".*\b(?:(?:\d+|two|three|four|five|several) (?:highest|lowest|best|worst)"
        r"|(?:highest|lowest|best|worst) (?:\d+|two|three|four|five|several))\b",
        "no formula takes some ratings by how high they are; `the highest of points` and `the lowest of points` take "
        "one, `the average of points` takes all",
    ),
    _Told(
        _DERIVING,
        r"(?:the )?(?:lower|worse|lesser) (?:of (?:the |these )?(?:two |2 )?(?:levels?|ratings?|results?) )?"
        r"(?:level |rating |result )?(?:holds|applies|counts|prevails|governs|controls|is taken|is used)$",
        "where two lines that make the rating a level fit, the lower level holds already; of other lines only one may "
        "fit, or the first does below `take the first line that fits`",
    ),
    _Told(
        (PartKind.WEIGHTS,),
        r'(?:"[^"]+",? ?(?:weighs?|counts?(?: for)?|is|at|has|carries|gets|:|=|-)* ?\d+(?:\.\d+)? ?(?:%|percent)?'
        r"(?:,? and |, |; )?){2,}$",
        _a_line_each,
    ),
    _Told(
        _DERIVING,
        r".*\b(?:highest|lowest|best|worst)\b.*\b(?:dropped|left out|removed|ignored|discarded)\b",
        "no formula drops single ratings; `the average of points`, `the lowest of points` and `the highest of points` "
        "read them all",
    ),
    _Told(
        _DERIVING,
        r"(?:the )?(?:summary |overall |final |annual )*rating (?:cannot|can not|may not|must not|shall not) "
        r"(?:be (?:higher|better) than|exceed) the (?:lowest|worst) ((?:critical )?element)\b",
        "write a line for each level below the best, as in "
        r"`any \1 at level … makes the rating no higher than level …` with the same level twice",
    ),
    _Told(
        (PartKind.PLAN,),
        r".*\b(?:signed|signs|approved|approves)\b",
        "no sentence says who signs or approves a plan; who develops it, and with whom, is said as in "
        "`is developed by rating official in consultation with executive`",
    ),
    _Told(
        (PartKind.REVIEW,),
        r".*\b(?:into|after the (?:start|beginning) of) the (?:appraisal )?period$",
        "how often it takes place is said as in `happens at least … times each period`; that one is held in "
        "the midst of the period, as `includes a mid-year review`",
    ),
    _Told(
        (PartKind.STEPS,),
        r"(?:the )?(?:PRB|performance review board|board) reviews\b",
        as_said.step_of_the_board,
    ),
    _Told(
        (PartKind.GUARANTEES,),
        r"(?:nobody|no one|no executive) (?:with|who has)\b",
        as_said.what_a_level_needs,
    ),
    _Told(
        (PartKind.DISTRIBUTION,),
        r"(?:no|not) more than (\d+(?:\.\d+)?)(?:%| percent) (?:may|can|shall|must)\b",
        as_said.share,
    ),
    _Told(
        (PartKind.DISTRIBUTION,),
        r"(?:there (?:is|shall be|must be) )?no forced distribution$",
        "leave the part `distribution` out; a system without it has no forced distribution",
    ),
    _Told(
        (PartKind.AMENDMENT,),
        r"(?:is )?in (?:force|effect) (?:until|to|through)\b",
        "say its first and its last day, as in `in force from … to …`",
    ),
    _Told(
        (PartKind.WEIGHTS,),
        r'(?:"[^"]*"|all|each|every)?.*\b(?:half|third|quarter|zero)\b',
        "say the number itself, with `at least`, `at most` or `exactly` before it; what part of the weights it is "
        "follows from their `total`",
    ),
    _Told(
        (PartKind.WEIGHTS,),
        r".*\b(?:multiples?|increments?|steps) of \d",
        "the language has no sentence for this; `are whole numbers` asks for whole numbers, and a limit such as "
        "`all … to …` holds each weight; the rest stays for a person to check",
    ),
    _Told(
        _DERIVING,
        r".*\b(?:except|excluding|other than|apart from)\b",
        "no line leaves an element out; name each element that it is about, one after another with `and` between them",
    ),
    _Told(
        _DERIVING,
        r".*\btruncated\b",
        as_said.truncation,
    ),
    _Told(
        (PartKind.WEIGHTS,),
        r"(?:all |the |each |every )*(?:critical )?(?:elements?|weights?)? ?(?:are |is |has |have |weighs? )?(?:all )?"
        r"(?:equal|equally|the same)\b",
        "say what each weighs, as in `all exactly …` with what the total leaves for each",
    ),
    _Told(
        (PartKind.PERIOD,),
        r"(?:lasts|is) (?:exactly )?(?:12 months|1 year|one year|a year|twelve months)$",
        "how long it is follows from its days, as in `runs … to …`; the shortest time under an "
        "approved plan is said as in `lasts at least … days`",
    ),
    _Told((PartKind.APPRAISAL,), r"is final$", "that no appeal lies is said `is not appealable`"),
    _Told(
        (PartKind.TRAINING,),
        r"is (?:mandatory|required)$",
        "say whom it is for, as in `is for leaders, supervisors and executives`",
    ),
    _Told(
        (PartKind.PLAN, PartKind.STEPS, PartKind.RECORDS, PartKind.BOARD),
        r".*\b(?:by|before|no later than|not later than|until) (?:the end of )?"
        r"(?:January|February|March|April|May|June|July|August|September|October|November"
        r"|December)\b",
        "a deadline is counted from an event, as in `within … days after period end`",
    ),
)


def said_elsewhere(written: str, part: PartKind | None) -> str | None:
    """What to do for a sentence that the language says in another place or way; None where that is not known."""
    for each in _BEYOND:
        found = re.match(each.pattern, written, re.IGNORECASE) if part in each.parts else None
        if found is None:
            continue
        told = found.expand(each.help) if isinstance(each.help, str) else each.help(found)
        return f"{told}; put your own in place of `{as_said.OPEN}`" if as_said.OPEN in told else told
    return None
