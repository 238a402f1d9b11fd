"""How people say what derives a rating: scores and their ranges, conditions, overrides, formulas, rounding."""

from __future__ import annotations

import re
from decimal import Decimal

from sespms_rules.language.parsing.natural.of_either import EITHER, NOT_AT
from sespms_rules.language.parsing.natural.of_ends import AT_OR_BEYOND, LIMITED_FORMULAS, OR_BELOW, WHICHEVER
from sespms_rules.language.parsing.natural.of_formulas import (
    FORMULAS,
    LARGER_OF_ELEMENTS,
    OF_NAMED_ELEMENTS,
    ROUNDING,
    SHARES,
)
from sespms_rules.language.parsing.natural.of_manuals import AS_ORDERED, LEFT_OUT, OF_MANUALS
from sespms_rules.language.parsing.natural.of_necessity import AS_BAR, BESIDE_ANOTHER, NEEDED
from sespms_rules.language.parsing.natural.ways import (
    LESS,
    LEVEL,
    MORE,
    NAME,
    NOUN,
    NUMBER,
    SHARE,
    Way,
    likely,
    sure,
    upward,
)
from sespms_rules.language.syntax.limits import NUMBER_WORDS
from sespms_rules.language.syntax.words import PartKind

_RATING = r"(?:the )?(?:summary |overall |final |annual )*rating"
_RESULTS = r"(?:makes?|results? in|gives?|means?|leads? to|yields?|is rated|is at|is|are|requires?|forces?)"


def _counted(found: re.Match[str]) -> str:
    return str(NUMBER_WORDS.index(found[1].lower()) + 1)


def _one_or_many(found: re.Match[str]) -> str:
    """`at least 1 element is`, `at least 2 elements are`."""
    kind, number = found[3] or "", int(found[2])
    verb = found[5]
    if verb in ("is", "are"):
        verb = "is" if number == 1 else "are"
    return f"{found[1]} {number} {kind}{found[4]}{'' if number == 1 else 's'} {verb}"


def _as_cap(found: re.Match[str]) -> str:
    return f"{'make' if found[1] == 'make' else 'makes'} the rating no higher than {found[2]}"


def _as_override(found: re.Match[str]) -> str:
    verb = "make" if re.search(r"(?:elements|requirements) (?:at|below)", found[1]) else "makes"
    return f"{found[1]} {verb} the rating {found[2]}"


def _hundredths(found: re.Match[str]) -> str:
    return f"{found[1]} {Decimal(found[2]) / 100}"


NUMBERS = sure(
    (r'"""([^"]*)"""', r'"\1"'),
    (rf"\b({'|'.join(NUMBER_WORDS)})\b", _counted),
)

HOW_MANY = sure(
    (
        r"^(?:all |any |an? )?(?:employees?|executives?|those|anyone)(?: who (?:have|has))? (?:with )?(?=any |at least |every |a (?:total )?score|scores? )",
        "",
    ),
    (
        r"(?<!no )(?<!not )\bfewer than (\d+) (?=\S*\s?(?:element|requirement))",
        lambda found: f"at most {int(found[1]) - 1} ",
    ),
    (r"\bnone (?:is|are) (?=at|below)", "no element is "),
    (r"\bhalf of (?=(?:critical )?elements)", "half of the "),
    (r"(\d%) of (?:the )?(?=(?:critical )?elements)", r"\1 "),
    (r"\b(elements?|requirements?) rated (below level \d)", r"\1 \2"),
    (r"\b(?:no|not) more than (\d+) (?=\S*\s?(?:element|requirement))", r"at most \1 "),
    (r"\b(?:no|not) (?:less|fewer) than (\d+) (?=\S*\s?(?:element|requirement))", r"at least \1 "),
    Way(r"\b(at least |at most |exactly )?(\d+) (?:out )?of (?:the |its )?\d+ " + NOUN, r"\g<1>\2 \3\4s", False),
    (r"\b(\d+) or more (?:of (?:the )?)?" + NOUN, r"at least \1 \2\3s"),
    (r"\b(\d+) or fewer (?:of (?:the )?)?" + NOUN, r"at most \1 \2\3s"),
    (r"\b(?:all|both|each)(?: of)?(?: the)? " + NOUN + r" (?:are|is)\b(?! also)", r"every \1\2 is"),
    (r"\b(?:all|both)(?: of)?(?: the)? " + NOUN, r"every \1\2"),
    (r"\b(?:none|not one) of (?:the )?" + NOUN + r" (?:are|is)\b", r"no \1\2 is"),
    (r"\b(?:(?:(?:a|the) )?majority of|most(?: of)?) (?:the )?" + NOUN + r"(?: is)?\b", r"more than half of the \1\2s"),
    (r"(?<!than )\b(?:at least (?:a |1 )?half|half or more) (?:of )?(?:the )?" + NOUN, r"at least half of the \1\2s"),
    Way(
        r"(?<!than )(?<!least )(?<!most )(?<!exactly )\bhalf (?:of )?(?:the )?" + NOUN,
        r"at least half of the \1\2s",
        False,
    ),
    (r"\b(at least \d+%) of the " + NOUN, r"\1 \2\3s"),
    (r"\b(at least|at most|exactly) (\d+) (?:of the )?" + NOUN + r" (is|are|at|below)\b", _one_or_many),
)

_HOW_MANY_EXACTLY = (
    Way(
        r"(?:when|with|and) (?!at |exactly)(\d+) " + NOUN + r"(?= (?:is|are|at|below))",
        lambda found: f"{found[0].split()[0]} exactly {found[1]} {found[2] or ''}{found[3]}s",
        False,
        "`at least` where more of them may be",
        asks=True,  # by the one reading two such elements count, by the other they do not
    ),
)

WHERE_A_RATING_STANDS = sure(
    OR_BELOW,
    (r"\b(is|are) (?:rated )?(?:at )?(?:at least )" + LEVEL, r"\1 at level \2 or better"),
    (r"\b(is|are|at|rated|rated at) " + LEVEL + " " + MORE, r"\1 at level \2 or better"),
    (r"\b(at|rated|rated at) at level", "at level"),
    (
        r"\b(is|are) (?:rated )?(?:above|higher than|over) " + LEVEL.replace(r"\d", "[1-4]"),
        lambda found: f"{found[1]} at level {int(found[2]) + 1} or better",
    ),
    (r"\b(is|are) (?:rated )?(?:lower than|less than|under) " + LEVEL, r"\1 below level \2"),
    (r"\b(is|are) rated (?:at |as )?(?:level )?(\d)(?!\.?\d)", r"\1 at level \2"),
    (r"\b(elements?|requirements?) rated (?:at |as )?(?:level )?(\d)(?!\.?\d)", r"\1 at level \2"),
    (r'("|elements?|requirements?) (is|are) (?:at )?(?:a )?level (\d)', r"\1 \2 at level \3"),
    (
        r"\bthe (?:lowest|lowest rated|worst) (element|rating|element rating) is (?:at )?level (\d) or better",
        r"no element is below level \2",
    ),
    (r"\b(elements?) with (?:a )?(?:rating of )?level (\d)", r"\1 at level \2"),
)

OVERRIDES = sure(
    (
        r"^(level \d) (?:can ?not|may not|must not) be given (?:if|when|where) (any .+?|at least .+?) (?:is|are) ((?:at|below) level \d)$",
        lambda found: f"{found[2]} {found[3]} makes the rating no higher than level {int(found[1][-1]) - 1}",
    ),
    (r"\b(makes?|caps|limits) the (?:summary |overall |final |annual )+rating\b", r"\1 the rating"),
    (
        r"\b(makes?|caps|limits) the rating (?:at most|at|to|not (?:higher|better) than|no better than|capped at) (level \d)",
        _as_cap,
    ),
    (
        rf"^{_RATING} (?:can ?not|may not|must not|shall not|will not) (?:exceed|be (?:higher|better|more) than|be above)"
        rf" (level \d) (?:if|when|where) (any .+?|at least .+?|every .+?|no .+?) (?:is|are) ((?:at|below) .+)$",
        r"\2 \3 makes the rating no higher than \1",
    ),
    (
        rf"^if (any .+?|at least .+?|every .+?) (?:is|are) ((?:at|below) level \d(?: or better)?),? (?:then )?"
        rf"{_RATING} {_RESULTS} (level \d)$",
        r"\1 \2 makes the rating \3",
    ),
    (
        rf"^{_RATING} is (level \d) (?:if|when|whenever|where) (any .+?|at least .+?) (?:is|are) ((?:at|below) level \d(?: or better)?)$",
        r"\2 \3 makes the rating \1",
    ),
    (
        rf"^(?:(?:a|an) )?(?:rating (?:of )?)?(level \d)(?: rating)? (?:in|on|for) (any .*?element) {_RESULTS}"
        rf" (?:a |an )?{_RATING[:-6]}(?:rating )?(?:of )?(level \d)(?: rating)?$",
        r"\2 at \1 makes the rating \3",
    ),
    (
        rf"^((?:any|every|at least|at most|more than|no) .*?(?:at|below) level \d(?: or better)?)"
        rf" (?:{_RESULTS} {_RATING}(?: (?:be|of|to be|is))?|{_RESULTS}) (?:a |an )?(?:rating of )?(level \d)(?: rating)?$",
        _as_override,
    ),
)

CONDITIONS = sure(
    (
        rf"\bwhen (?:a |an )?(?:total |summary |overall |final )?score (?:of |is )?(?:at least )?{NUMBER} ?(?:{MORE})",
        r"when score is at least \1",
    ),
    (r"\b(when|and) (?:a |an )(?:total |summary |overall |final )?score of ", r"\1 score is "),
    (r"^(?:any|all|every) scores? ", "score "),
    (rf"^score is ((?:at least|below) {NUMBER}|{NUMBER} to {NUMBER}) is (?=level)", r"score \1 is "),
    (r"^(not rated) (?:if|where)\b", r"\1 when"),
    (r"^if (.+?),? then " + rf"(?:{_RATING} is |it is )?" + LEVEL + "$", r"level \2 when \1"),
    (rf"^if (.+?),? {_RATING} is " + LEVEL + "$", r"level \2 when \1"),
    (rf"^{_RATING} is (level \d) (?:if|when|where)\b", r"\1 when"),
    (r"^(level \d) (?:if|where|is given (?:if|when))(?: that)?\b", r"\1 when"),
    (
        r"^(level \d when (?:every|no|any|exactly 1|at least 1) .*?(?:element|requirement))s? (at|below)\b",
        r"\1 is \2",
    ),
    (
        r"^(level \d when (?:more than|at least|at most|exactly) .*?(?:elements|requirements)) (at|below)\b",
        r"\1 are \2",
    ),
    (r"\bthe score\b", "score"),
    (r"^(?:a |an )?(?:total |summary |overall |final )?scores? of\b", "score"),
    (r"^(?:a |an |the )?(?:total|summary|overall|final|rating) score is (?=the|\d)", "score is "),
    (r"^scores (?=from|between|\d|at|below|above|over|under)", "score "),
    (r"^(?:a |an |the )(?:(?:total|summary|overall|final|weighted) )*score\b", "score"),
    (
        r"\bscore is from " + f"{NUMBER} (?:to|through) {NUMBER}",
        r"score is at least \1 and score is at most \2",
    ),
    Way(
        r"\bscore is between " + f"{NUMBER} (?:and|to|through) {NUMBER}",
        r"score is at least \1 and score is at most \2",
        False,
        r"`score is less than \2` where \2 belongs to the next level",
    ),
    (rf"^(level \d) when (?:a )?score (?:of )?(at least|at most) {NUMBER}$", r"\1 when score is \2 \3"),
    (r"^(?:otherwise|else|in all other cases),? (?:the )?(?:rating is )?(level \d)$", r"\1 otherwise"),
    (
        r"^(?:anything|everything|everyone|all) (?:else|others?|other scores) (?:is|are|gets?) (level \d)$",
        r"\1 otherwise",
    ),
    (
        r"^(level \d) (?:for all others|in all other cases|for (?:anything|everything) else|by default)$",
        r"\1 otherwise",
    ),
)

_VALUE = r'(\bscore|"[^"]*")'
_FIGURE = r'(\d|"[^"]*"|-\d)'
_IS = r"(?:[-\u2010-\u2015]|is at|are at|is|are|=|:|equals?|means?|gives?|earns?|gets?|yields?|results? in|is rated|are rated|is given|corresponds to)"

RANGES = (
    *sure(
        (rf"{NUMBER} ?[-\u2010-\u2015\u2212] ?{NUMBER}", lambda found: upward(found[1], found[2])),
        (r" ?(?:>=|\u2265|=>) ?(?=\d)", " at least "),
        (r" ?(?:<=|\u2264|=<) ?(?=\d)", " at most "),
        (r"\bscore exceeds (?=\d)", "score is more than "),
        (r"\b(?:exceeding|greater than|above|over) (?=\d)", "more than "),
        (r"(?<!but )(?<!and )\b(?:not|no) (?:less|lower) than (?=\d)", "at least "),
        (r"(?<!but )(?<!and )\b(?:not|no) (?:more|higher|greater) than (?=\d)|\bnot exceeding (?=\d)", "at most "),
        (rf"^(?:score )?up to {NUMBER}", r"score at most \1"),
        (
            rf"^(?:scores? )?(?:of )?(?:at least )?{NUMBER} (?:to|and|but) (?:below|less than|under) {NUMBER}",
            r"score at least \1 and below \2",
        ),
        (rf"^(?:score )?(?:is )?between {NUMBER} and {NUMBER},? \(?inclusive\)?", r"score \1 to \2"),
        (r" ?> ?(?=\d)", " more than "),
        (r" ?< ?(?=\d)", " below "),
        (r"\b(?:greater|more|higher) than or equal to (?=\d)", "at least "),
        (r"\b(?:less|lower) than or equal to (?=\d)", "at most "),
        (
            rf"^(level \d) ?{_IS} ?(?:for )?(?:a )?(?:scores? )?(?:of |from |between )?{NUMBER} (?:to|through) {NUMBER}(?: points)?$",
            r"score \2 to \3 is \1",
        ),
        (
            rf"^(level \d) ?{_IS} ?(?:for )?(?:a )?(?:scores? )?(?:of )?(at least|below) {NUMBER}(?: points)?$",
            r"score \2 \3 is \1",
        ),
        (
            rf"^(level \d) ?{_IS} ?(?:for )?(?:a )?(?:scores? )?(?:of )?{NUMBER} {MORE}(?: points)?$",
            r"score at least \2 is \1",
        ),
        (
            rf"^(?:from |between )?((?:at least |at most |more than |less than |below |under |above |over )?{NUMBER}(?: ?{MORE}| {LESS}| (?:to|through|and) {NUMBER})?)"
            rf"(?: points?)? ?{_IS} (?:a |an )?(level \d)$",
            lambda found: f"score {found[1]} is {found[4]}",
        ),
        (rf"^(score [^\"]*?\d\+?(?: {MORE}| {LESS})?)(?: points?)? ?{_IS} (?:a |an )?(?=level \d$)", r"\1 is "),
        (rf"^score (?:is )?(?:at least )?{SHARE} ?(?:{MORE}) is", r"score at least \1 is"),
        (rf"^score {SHARE} (?:{LESS}) is (level \d)$", r"\2 when score is at most \1"),
        (
            rf"^score (?:above|over|greater than|more than|higher than) {SHARE} is (level \d)$",
            r"\2 when score is more than \1",
        ),
        (rf"^score (?:under|less than|lower than) {SHARE} is", r"score below \1 is"),
        (rf"^score at most {SHARE} is (level \d)$", r"\2 when score is at most \1"),
        (
            rf"^score (?:from )?(?:at least )?{SHARE} (?:(?:up )?to (?:but )?(?:not (?:including|reaching)|less than|below|under|just below)|and (?:less than|under)|to under) {SHARE}",
            r"score at least \1 and below \2",
        ),
        (rf"^score from {SHARE} up to but not including {SHARE}", r"score at least \1 and below \2"),
        (rf"^score (?:from )?(?:at least )?{SHARE} (?:and|to|through) (?:at most )?{SHARE} is", r"score \1 to \2 is"),
        (
            r"^(score [^\"]*?\d) (?:and|if|when|but only if|provided) (?=(?:no|every|any|at least|more than)\b)",
            r"\1 with ",
        ),
        (
            r"^(score .*? with (?:no|every|any|at least \d+|more than half of the) (?:non)?(?:critical )?elements?) (?:is|are) (?=(?:at|below) )",
            r"\1 ",
        ),
        (rf"{_VALUE} is (?:above|over|greater than|higher than|exceeding|more than) {_FIGURE}", r"\1 is more than \2"),
        (rf"{_VALUE} exceeds {_FIGURE}", r"\1 is more than \2"),
        (rf"{_VALUE} is (?:under|below|lower than|fewer than) {_FIGURE}", r"\1 is less than \2"),
        (rf"{_VALUE} is (?:equal to |= ?)?{NUMBER}$", r"\1 is exactly \2"),
        (rf"{_VALUE} is {SHARE} ?{MORE}", r"\1 is at least \2"),
        (rf"{_VALUE} is {SHARE} {LESS}", r"\1 is at most \2"),
    ),
    Way(
        rf"^(?:score )?(?:is )?between {NUMBER} and {NUMBER},? \(?exclusive\)? {_IS} (level \d)$",
        r"\3 when score is more than \1 and score is less than \2",
        False,
        r"`score at least \1 and below \2 is \3` where \1 itself belongs to it",
    ),
    Way(
        rf"^score (?:is )?between {SHARE} and {SHARE} is",
        r"score \1 to \2 is",
        False,
        r"`score at least \1 and below \2` where \2 belongs to the next level",
    ),
    Way(
        rf"^score {SHARE} up to {SHARE} is",
        r"score \1 to \2 is",
        False,
        r"`score at least \1 and below \2` where \2 belongs to the next level",
    ),
)


def _a_line_each(found: re.Match[str]) -> str:
    """One line for each word of a fact; no two of them can hold of one executive."""
    words = re.findall(r'"[^"]*"', found[2])
    return "\n  ".join(f"{found[1]}{each}" for each in words)


REST = (
    *sure(
        (
            r'^((?:level \d|not rated) (?:when|if) (?:.* and )?"[^"]*" is )(?:either )?("[^"]*"(?:(?:,| or|, or) "[^"]*")+)$',
            _a_line_each,
        ),
        (
            r"\b(?:are|is) (?:excluded|ignored|disregarded|not counted|not considered|skipped|omitted|dropped|removed|left out)"
            r"(?: (?:from|of|in) (?:the |its )?(?:averages?|calculations?|sums?|scores?|formulas?|ratings?|totals?))?$",
            "are left out",
        ),
        (
            r"^(?:elements not rated|elements that are not rated|missing elements|elements without a rating|unrated|missing ratings) (?=are|count|stop)",
            "unrated elements ",
        ),
        (
            r"^(unrated .*?elements) (?:(?:are left out|count|default|are (?:rated|counted|treated)) (?:as|to|at)|get|receive|are (?:given|assigned)) (?:a )?(?:rating of )?(?:level )?([1-5])$",
            r"\1 count as level \2",
        ),
        (r'^(expect "[^"]*") (\d+(?:\.\d+)?)%$', _hundredths),
    ),
)

OF_RATINGS: tuple[Way, ...] = (
    WHICHEVER,
    *NEEDED,
    *AS_ORDERED,
    *LEFT_OUT,
    *FORMULAS,
    *LARGER_OF_ELEMENTS,
    *OF_NAMED_ELEMENTS,
    *SHARES,
    *HOW_MANY,
    *AT_OR_BEYOND,
    *LIMITED_FORMULAS,
    *WHERE_A_RATING_STANDS,
    *OVERRIDES,
    *BESIDE_ANOTHER,
    *CONDITIONS,
    *RANGES,
    *ROUNDING,
    *REST,
    *OF_MANUALS,
    *EITHER,
    *_HOW_MANY_EXACTLY,
    *AS_BAR,
    Way(
        r"^((?:every|all|no|both|at least \d+|more than half of the) (?:of the )?(?:(?:non)?critical )?elements?) (?:may be|can be|is|are) (?:rated )?((?:at |below )?level \d(?: or (?:better|higher|above))?)"
        r" (?:for|to (?:receive|get|earn|be rated|achieve|attain|qualify for)) (?:an? |the )?(?:summary )?(?:rating )?(?:of )?(level \d)$",
        lambda found: (
            f"{found[3]} when {found[1]} is {'' if found[2].startswith(('at', 'below')) else 'at '}{found[2]}"
        ),
        False,
        "where a score is asked for too, add it behind `and`",
    ),
    *likely(
        (r"^no (.+?) (?:may|can) be (below level \d) for (level \d)$", r"\3 when no \1 is \2"),
        (
            r"^failing (any (?:critical )?element) (?:makes?|results? in|means?|leads? to) (?:a |an )?(?:rating of )?(level \d)(?: rating)?$",
            r"\1 at level 1 makes the rating \2",
        ),
        (r"\b(when|and) (?:the )?average (?:is |(?=at least |at most |more than |below \d))", r"\1 score is "),
        (r"^add (?:up )?(?:the |all )*(?:element )?points(?: up)?$", "score is the sum of points"),
        (r"^(score is) \(?points times weight\)?( / \d+)$", r"\1 the sum of points times weight\2"),
        (r"^(score is the average) (?:rating|score|level)$", r"\1 of points"),
        (r"^(?:one|1|an?) ((?:critical )?element) (?=at|below)", r"any \1 "),
        (r"^score is points times weight$", "score is the sum of points times weight"),
    ),
    Way(
        r"^(level \d) when the (?:lowest|worst) (?:element|rating|element rating) is (?:at )?(level \d)$",
        r"\1 when no element is below \2",
        False,
        "below the line of the next better level, with `take the first line that fits`",
    ),
    Way(
        rf"^(?:if )?{NAME} (?:is )?((?:at|below) level \d(?: or better)?),? (?:then )?{_RESULTS} {_RATING} (level \d)$",
        r"\3 when \1 is \2",
        False,
        "above the other lines, with `take the first line that fits` where another of them may fit too",
    ),
    *NOT_AT,
    Way(
        r"^(level \d|not rated) (?:when|if) (?!.* or (?:better|more|less|higher|lower|above|below))([^,]+?),? or (?=score|\"|any |no |every |at |all )(.+)$",
        r"\1 when \2\n  \1 when \3",
        False,
    ),
    Way(rf"^{NAME} (?:counts|weighs)(?: for)? {NUMBER}%$", r"\1 exactly \2", False, part=PartKind.WEIGHTS),
)
