"""How people say what a plan is made of: levels and their standards, weights, elements, the head, the period."""

from __future__ import annotations

import datetime
import re

from sespms_rules.language.parsing.natural.of_ends import BOTH_ENDS
from sespms_rules.language.parsing.natural.ways import MORE, NAME, NUMBER, Way, likely, sure
from sespms_rules.language.syntax.words import PartKind

_SEPARATED = r" ?[-\u2010-\u2015\u2212:=,/] ?| is | \("
_TERM = r"\"?([A-Za-z][\w /'-]*[\w])\"?"
_POINTS = "the points of each level are those your formula adds up; change them where they differ from the number"
_LEVEL_OF = {
    "outstanding": 5,
    "exceeds fully successful": 4,
    "fully successful": 3,
    "minimally satisfactory": 2,
    "unsatisfactory": 1,
}


def _defined(found: re.Match[str]) -> str:
    return f'level {found[1]} "{found[2]}" {found[1]} points'.replace(" 1 points", " 1 point")


def _defined_behind(found: re.Match[str]) -> str:
    return f'level {found[2]} "{found[1]}" {found[2]} points'.replace(" 1 points", " 1 point")


def _defined_by_law(found: re.Match[str]) -> str:
    level = _LEVEL_OF.get(found[1].casefold())
    return f'level {level} "{found[1]}" {found[2] or level} points' if level else found[0]


OF_LEVELS: tuple[Way, ...] = (
    *sure(
        (
            r"\blevel (one|two|three|four|five)\b",
            lambda found: f"level {('one', 'two', 'three', 'four', 'five').index(found[1].lower()) + 1}",
        ),
        (r"\b(?:no|zero) points\b", "0 points"),
        (
            rf"^(level \d \"[^\"]*\")(?: is| =|:|,)? ?(?:worth |at |for |with )?{NUMBER} ?(?:pts?\.?|points?)?(?= equivalent|$)",
            lambda found: f"{found[1]} {found[2]} point{'' if found[2] == '1' else 's'}",
        ),
        (
            rf"^(?:L|level )(\d)(?:{_SEPARATED}| )?{_TERM}\)?,? ?(?:is |= ?|: ?|worth )?{NUMBER} ?(?:pts?|points?)$",
            r'level \1 "\2" \3 points',
        ),
    ),
    Way(r'^level (\d) "([^"]*)"$', _defined, False, _POINTS),
    Way(rf"^(?:level |L)?(\d) ?(?:{_SEPARATED}| )(?:level \d)?{_TERM}\)?$", _defined, False, _POINTS),
    Way(rf"^{_TERM}(?:{_SEPARATED})(?:level )?(\d)\)?$", _defined_behind, False, _POINTS),
    Way(r"^(?:level |L)(\d)$", r'level \1 "Level \1" \1 points', False, "put your own term between the quotes"),
    Way(rf"^{_TERM}(?:{_SEPARATED}| ){NUMBER} ?(?:pts?|points?)$", _defined_by_law, False),
    Way(r'^"?([A-Za-z][A-Za-z ]*[a-z])"?()$', _defined_by_law, False, _POINTS),
    *sure((r"\b1 points(?= equivalent|$)", "1 point")),
)

OF_STANDARDS = sure(
    (r"^(?:the )?(?:performance )?standards? (?:for|of) (level \d)(?: is|:| means)? ?", r"\1 means "),
    (r'^(level \d)(?: is| =|:| -)? (?=")', r"\1 means "),
    (r"^(level \d)(?: is| =|:| -|:? means) ([^\"]+)$", r'\1 means "\2"'),
)

_WEIGHT_OF = (
    (
        rf"^(.+?):? {NUMBER} ?(?:%|percent)? (minimum|maximum)$",
        lambda found: f"{found[1]} at {'least' if found[3].lower() == 'minimum' else 'most'} {found[2]}",
    ),
    (
        rf"^(?:the )?weights (?:range|vary|run) (?:from |between )?{NUMBER}%? (?:to|and) {NUMBER} ?(?:%|percent)?$",
        r"all \1 to \2",
    ),
    (rf"^(?:each|every) (?:critical )?element is worth {NUMBER}(?: points| ?%| percent)?$", r"all exactly \1"),
    (
        r"^(?:the )?(?:weights?|total weight)(?: of (?:all |the )*(?:critical )?elements)? (?:shall |must |will )?(?:be |is |are )?(?:total|sum to|add up to|equal|equals) (\d[\d.]*) ?(?:%|percent)?$",
        r"total \1",
    ),
    (
        r"^(?:the )?(?:sum|total) of (?:all |the )*weights (?:shall |must |will )?(?:equal|equals|is|be|total) (\d[\d.]*) ?(?:%|percent)?$",
        r"total \1",
    ),
    (
        r"^(?:the )?weights (?:shall be |must be |are )?(?:expressed|stated|given) (?:in|as) whole (?:numbers|percents?|percentages)$",
        "are whole numbers",
    ),
    (
        r"^(?:each|every|all) (?:critical )?elements? (?:shall |must |will )?(?:be |is |are )?weighted (?:at (?!least|most))?",
        "all ",
    ),
    (
        r"^no (?:critical )?element (?:shall |may |must )?(?:be |is )?weighted (?:at )?(?:more than|over|above|higher than) (\d[\d.]*) ?(?:%|percent)?$",
        r"all at most \1",
    ),
    (rf"^{NAME} (?:shall |must |will )?(?:be |is )?weighted (?:at (?!least|most))?", r"\1 "),
    (
        rf"^{NAME} (?:shall |must |will )?(?:carr(?:y|ies)|ha(?:ve|s)) (?:the )?(?:highest|largest|greatest|most) weight$",
        r"none above \1",
    ),
    (r"\b(?:must|shall|will) (?:be|have|weigh|carry)\b", "is"),
    (r"\bpercent\b", "%"),
    (r"(\d) %", r"\1%"),
    (r" ?(?:>=|\u2265|=>) ?(?=\d)", " at least "),
    (r" ?(?:<=|\u2264|=<) ?(?=\d)", " at most "),
    (rf"^{NAME} \({NUMBER} ?%?\)$", r"\1 exactly \2"),
    (rf"^{NUMBER} ?%?(?: for| to)? {NAME}$", r"\2 exactly \1"),
    Way(rf"^{NAME} is the (?:highest|largest|greatest) weight$", r"none above \1", False),
    (
        rf"^(?:the )?(minimum|maximum) weight(?: is| of|:)? ?{NUMBER}%?(?: for (?:each|every|any)(?: critical)? element)?$",
        lambda found: f"all at {'least' if found[1].lower() == 'minimum' else 'most'} {found[2]}",
    ),
    (
        rf"^(?:the )?(?:total|sum) of (?:all )?(?:the )?weights (?:is|equals|must equal|adds up to) {NUMBER}%?$",
        r"total \1",
    ),
    (
        rf"^no (?:critical )?(?:element|weight)s? (?:may|can|is allowed to) (?:exceed|be above|be more than) {NUMBER}%?$",
        r"all at most \1",
    ),
    (r"^(?:the )?weights (?:are |is |must be )?in whole (?:numbers|percents?|percentages)$", "are whole numbers"),
    (r"^((?:each|every|all) .*?) (?:is|are) weighted (?:at (?!least|most))?(?=at least|at most|exactly|\d)", r"\1 "),
    (rf"^(?:the )?weight of {NAME}(?: is| =|:)? ", r"\1 "),
    (
        rf"^{NAME}(?:'s weight)?(?: is| has| must be| weighs| counts(?: for)?| carries|:| ?=| ?-)+ ?(?:a |the )?(?:weight(?:ed)? )?(?:of |at |for )?(?=\d|at |exactly|between|no |not |min|max|up to)",
        r"\1 ",
    ),
    (rf"^{NAME} (?:weight(?:s|ed)?|weighs)(?: of|:| =)? (?=\d|at |exactly|between|no |not )", r"\1 "),
)
_LIMITED = (
    (
        r"^(?:all |the |each |any )*(?:other (?:critical )?elements?|others?|remaining (?:critical )?elements?|remaining|rest)(?: are| is| each)?\b",
        "all others",
    ),
    (r"\b(?:each|every)(?: of the)? (?:critical )?(?:element|weight)s?(?: is| weighs| counts)?\b", "all"),
    (r"^(?:the )?(?:weights? )?(?:must |shall )?(?:add|adds|sum|sums) up to ", "total "),
    (r"^(?:each|every|all (?:critical )?elements|all weights)(?: are| is| weigh| count)?\b", "all"),
    (
        r"^(?:all |the |each |any )*(?:other (?:critical )?elements?|others?|remaining (?:critical )?elements?|remaining|rest)(?: are| is| each)?\b",
        "all others",
    ),
    (r"^(at least|at most|exactly) (\d[\d.]*)%? each$", r"all \1 \2"),
    (
        rf"^no (?:critical )?(?:element|weight)s?(?: is| weighs)? (?:above|over|more than|greater than|higher than|exceeds) {NUMBER}%?$",
        r"all at most \1",
    ),
    (
        rf"^(?:no (?:other )?(?:critical )?(?:element|weight)s?|none)(?: is| weighs)? (?:above|over|more than|heavier than|greater than|higher than|exceeds) {NAME}$",
        r"none above \1",
    ),
    (
        rf"^{NAME} (?:is the heaviest|has the (?:highest|largest|greatest|most) weight|weighs (?:the )?most)(?: element)?$",
        r"none above \1",
    ),
    (rf"{NUMBER} ?[-\u2010-\u2015\u2212] ?{NUMBER}", r"\1 to \2"),
    (rf"\bbetween {NUMBER}%? and {NUMBER}%?", r"\1 to \2"),
    (rf" {NUMBER}%? {MORE}", r" at least \1"),
    (r"\b(?:at )?(?:no|not) (?:less|lower) than|\bminimum(?: of)?|\bmin\.?(?= \d)", "at least"),
    (r"\b(?:no|not) (?:more|higher) than|\bmaximum(?: of)?|\bmax\.?(?= \d)|\bup to", "at most"),
    (r"^(at least|at most) (\d[\d.]*)%?$", r"all \1 \2"),
    (rf'^("[^"]*"|all|all others) {NUMBER} ?%?$', r"\1 exactly \2"),
    (r"(\d) ?%", r"\1"),
    (r"^(?:the )?weights? (?=are|must|total|add|sum)", ""),
    (
        r"^(?:total|sum|add|adds|must|shall)(?:s| is| must| to| up|:| =| total| add| of| sum| be| equals?)* ?(\d[\d.]*)%?$",
        r"total \1",
    ),
    (
        r"^(?:are |must be |be )?(?:whole (?:numbers?|percents?|percentages|percentage points)|integers)(?: only)?$",
        "are whole numbers",
    ),
)

OF_WEIGHTS = (*sure(*_WEIGHT_OF, *_LIMITED), *BOTH_ENDS)

COUNTS = (
    Way(
        rf"\bhas {NUMBER} (?=requirements?|members|critical|measures?|strategic|standards?)",
        r"has exactly \1 ",
        False,
        "`at least` where more are allowed",
    ),
)
"""A bare number of things, in any part."""

_HERE = r"^(?:is |this element is )?(?:(?:the |its )?weight(?:ed|s)?|weighs|counts|carries|has|worth)(?: a)?(?: weight)?(?: is| must be| of|:| =| for)* ?"


def of_elements(name: str) -> tuple[Way, ...]:
    """What is said under an element of this name, its weight among it, which is said under `weights`."""
    own = f'"{name}"'.replace("\\", "")
    weights = PartKind.WEIGHTS
    return (
        Way(_HERE + rf"{NUMBER} ?%?$", lambda found: f"{own} exactly {found[1]}", part=weights),
        Way(rf"^{NUMBER} ?%(?: weight)?$", lambda found: f"{own} exactly {found[1]}", part=weights),
        Way(
            _HERE + rf"(at least|at most|exactly) {NUMBER} ?%?$",
            lambda found: f"{own} {found[1]} {found[2]}",
            part=weights,
        ),
        Way(rf"^minimum weight(?: is| of|:)? ?{NUMBER}%?$", lambda found: f"{own} at least {found[1]}", part=weights),
        Way(rf"^maximum weight(?: is| of|:)? ?{NUMBER}%?$", lambda found: f"{own} at most {found[1]}", part=weights),
        *OF_ELEMENTS,
    )


OF_ELEMENTS: tuple[Way, ...] = (
    *sure(
        (r"^(?:is )?rated (?:at|on) (?:five|5) levels$", "rated on levels 5, 4, 3, 2 and 1"),
        (r'^(?:requirements?|performance requirements?|goals?|objectives?):? (?=")', "requires "),
        (r'^(?:ECQs?|competenc(?:y|ies)|executive core qualifications?):? (?=")', "based on "),
        (
            r"^(?:is )?(?:rated|scored) (?:on |from |between )?(?:a scale (?:of|from) )?(\d+)(?: to |-| through | and )(\d+)(?: scale)?$",
            r"rated on a scale of \1 to \2",
        ),
        (r"^(?:is )?rated on (?:a |the )?(?:five|5)[- ]level scale$", "rated on levels 5, 4, 3, 2 and 1"),
        (r"^(?:is )?rated on (?:level )?(?=\d, )", "rated on levels "),
        (
            r"^(?:is )?rated on (?:levels )?(?:5 (?:through|to|down to|-) 1|1 (?:through|to|-) 5)$",
            "rated on levels 5, 4, 3, 2 and 1",
        ),
        (
            r"^(?:this element )?is (?:not (?:in|part of) (?:every plan|all plans)|(?:only )?in some (?:of the )?plans)$",
            "is in some plans only",
        ),
        (r"^(?:this |the |each )?element (?=has |is |shall |must )", ""),
        (r"^is (?=rated )", ""),
        (r"^(?:competenc(?:ies|y)(?: are| is|:)|is based on) ?(?=\")", "based on "),
        (rf"\bhas {NUMBER} ?[-\u2010-\u2015\u2212] ?{NUMBER}", r"has \1 to \2"),
        (rf"\bhas {NUMBER} {MORE}", r"has at least \1"),
    ),
    Way(
        r'^based on ([A-Z][^"]*)$',
        lambda found: "based on " + re.sub(r"([A-Z][\w/ -]*?)(, | and |$)", r'"\1"\2', found[1]),
        False,
        "put each competency between quotes of its own",
    ),
    Way(
        r"^(?:this element )?(?:(?:is|may be) (?:optional|left out(?: of (?:a |some )?plans?)?)|is not (?:required |needed )?in (?:every|all|each) plans?)$",
        "is in some plans only",
        False,
    ),
    Way(
        r"^(?:is )?rated pass(?:/| or )fail$",
        "rated on levels 3 and 1",
        False,
        "name the two levels that stand for pass and fail",
    ),
    Way(
        r"^rated on a scale of 1 to 5$",
        "rated on levels 5, 4, 3, 2 and 1",
        False,
        "`rated on a scale of 1 to 5` where numbers between the levels are given too",
    ),
    *OF_STANDARDS,
)

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = rf"({'|'.join(each[:3] for each in _MONTHS)}|sept)[a-z]*\.?"


def _month(word: str) -> str:
    return next(each for each in _MONTHS if each.casefold().startswith(word[:3].casefold()))


def _iso(year: str, month: int, day: str, otherwise: str) -> str:
    try:
        return datetime.date(int(year), month, int(day)).isoformat()
    except ValueError:
        return otherwise


def _year_from(found: re.Match[str]) -> str:
    """The year that begins on a day, with its last day."""
    try:
        first = datetime.date(2001, _MONTHS.index(_month(found[1])) + 1, int(found[2]))
    except (ValueError, StopIteration):
        return found[0]
    last = first - datetime.timedelta(days=1)
    return f"runs {_MONTHS[first.month - 1]} {first.day} to {_MONTHS[last.month - 1]} {last.day}"


DATES = sure(
    (
        rf"\b{_MONTH} (\d{{1,2}}),? (\d{{4}})\b",
        lambda found: _iso(found[3], _MONTHS.index(_month(found[1])) + 1, found[2], found[0]),
    ),
    (
        rf"\b(\d{{1,2}}) {_MONTH},? (\d{{4}})\b",
        lambda found: _iso(found[3], _MONTHS.index(_month(found[2])) + 1, found[1], found[0]),
    ),
) + likely(
    (r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", lambda found: _iso(found[3], int(found[1]), found[2], found[0])),
)

_COUNTED = r"(?:at least |at most |exactly |\d+ to )?\d+(?: or more)?"


def _so_many(found: re.Match[str]) -> str:
    """`has exactly 1 critical element`, `has 2 to 3 critical elements`."""
    is_one = re.fullmatch(r"(?:at least |at most |exactly )?1", found[1]) is not None
    return f"has {found[1]} {found[2]} element{'' if is_one else 's'}"


COUNT_OF_ELEMENTS = (
    Way(
        rf"^(?:(?:the |all |each |every |an? )?(?:performance )?plans? (?:must |shall |will )?(?:have|has|contains?|includes?) |"
        rf"there (?:are|must be|shall be) |has )({_COUNTED}) (critical|noncritical) elements?(?: (?:in|per|for) each (?:plan|executive))?$",
        _so_many,
        part=PartKind.SYSTEM,
    ),
    *sure((r"^has (?:just|only) (?=\d)", "has exactly ")),
)
"""How many elements a plan has, which is said below the heading of the system."""

OF_THE_HEAD: tuple[Way, ...] = (
    *DATES,
    *sure(
        (r"^(?:this (?:system|policy) )?(?:applies|extends) to ", "covers "),
        (r", and (?=limited|career|noncareer)", " and "),
        (r"^covers (?:all|any|every) (?=career|noncareer|limited)", "covers "),
    ),
    *COUNT_OF_ELEMENTS,
    *sure(
        (
            r'^agency(?: is|:| =)? ([^"]+)$',
            lambda found: f'agency "{found[1].strip().removeprefix("is ").strip(": ")}"',
        ),
        (r"^(agency|purpose|(?:the )?oversight official)(?: is|:| =) ?(?=\")", r"\1 "),
        (r'^(?:the )?oversight official(?: is|:| =)? ([^"]+)$', r'oversight official "\1"'),
        (r"^effective(?: date)?(?: is|:)?(?: on| as of| from| beginning)? (?=\d{4}-)", "effective "),
        (r"^(submitted to OPM|approved by OPM) on ", r"\1 "),
        (r"^covers (career|noncareer)(?: executives)? only$", r"covers \1 executives"),
        (
            r"^covers (?:all|every|any) (?:senior )?(?:executives?|SES members?|members? of the SES|SES|SES executives?|appointees)$",
            "covers career, noncareer, limited term and limited emergency executives",
        ),
        (r"\bnon-career\b", "noncareer"),
        (r"^(covers .*?) (?:SES )?(?:appointees|appointments|members|employees|SES)$", r"\1 executives"),
        (r"^excludes (?=\")", "leaves out "),
        (r"^(\d+ .*|\d+ to \d+ .*|at least \d+ .*)(?<!has )(critical elements?)$", r"has \1\2"),
        (
            r'^follows (?=5 (?:CFR|USC))([^"]+?)( as of \d{4}-\d\d-\d\d)?$',
            lambda found: f'follows "{found[1]}"{found[2] or ""}',
        ),
        (rf"\bhas {NUMBER} ?[-\u2010-\u2015\u2212] ?{NUMBER}", r"has \1 to \2"),
        (rf"\b(?:between|from) {NUMBER} (?:and|to) {NUMBER} (?=critical)", r"\1 to \2 "),
        (rf"\bhas {NUMBER} {MORE}", r"has at least \1"),
    ),
    Way(r"^certified by OPM (?=\d)", "certified by OPM and OMB ", False),
)

OF_PERIODS = (
    Way(r"^(?:an? |any )?(?:executive|employee|appointee|member)s? (?:with|who (?:has|have)|having|serving|who (?:has |have )?served)(?: served)? (?:less|fewer) than (\d+) days\b.*? (?:is|are|shall|may|will|can ?not|be|not| )+ (?:rated|appraised)$", r"lasts at least \1 days", False, "whoever has been under a plan for less is not rated"),
    *sure(
        (r"^(\d+) days (?:minimum|at least|or more)$", r"lasts at least \1 days"),
        Way(r"^executives? must (?:be|serve|work|have been) (?:under|on) (?:a|an approved) (?:performance )?plan (?:for )?(?:at least )?(\d+) days$", r"lasts at least \1 days", False),
    (rf"\b(\d{{1,2}}) (?:of )?{_MONTH}(?! \d)", lambda found: f"{_month(found[2])} {found[1]}"),
    (rf"\b{_MONTH} (?=\d{{1,2}}\b)", lambda found: f"{_month(found[1])} "),
    Way(r"\b0?(\d{1,2})/0?(\d{1,2})\b(?!/)", lambda found: f"{_MONTHS[int(found[1]) - 1]} {found[2]}" if 1 <= int(found[1]) <= 12 else found[0], False),
    (r"^(?:(?:the )?(?:appraisal |rating |performance )?(?:period|cycle|year) )?(?:runs |is |begins |starts |lasts )?(?:from |on )?([A-Z][a-z]+ \d{1,2})(?: to | ?- ?| ?\u2013 ?| through | until |,? and ends (?:on )?|,? ends (?:on )?)([A-Z][a-z]+ \d{1,2})(?: of each year)?$", r"runs \1 to \2"),
    Way(r"^(?:is|runs with|follows|matches|coincides with) (?:the )?(?:federal )?fiscal year$", "runs October 1 to September 30", False),
    Way(r"^(?:is|runs with|follows) (?:the )?calendar year$", "runs January 1 to December 31", False),
    (r"^(?:(?:the )?(?:minimum (?:appraisal )?period|minimum)(?: is|:| of)?|lasts (?:a )?minimum (?:of )?|is at least|at least) ?(\d+|ninety) (?=days)", r"lasts at least \1 "),
    (r"^(?:(?:the )?minimum (?:appraisal )?period|minimum) (?:shall be|must be|will be) (\d+) (?=days)", r"lasts at least \1 "),
    (r"^executives? (?:must |shall )?(?:serve|work|be) (?:for )?(?:at least|a minimum of) (\d+) days (?:under|on) (?:a|an|an approved|their) (?:performance )?plan$", r"lasts at least \1 days"),
    (r"^(?:(?:the )?(?:appraisal |rating |performance )?(?:period|cycle|year) )(?:shall be|must be|will be) ", "runs "),
    (r"^(?:may|can) be ended early by\b", "may end early by"),
    (r"^is extended (?:if|when|where|until) (?:the )?minimum (?:period )?(?:is|has)? ?(?:not |been )?met$", "is extended until the minimum is met"),
    (r"^no career (?:executive|appointee)s? (?:is|are|may be) rated within (\d+ \w+) (?:after|of) (?:a|the) new President(?:'s inauguration)?$", r"has no career rating within \1 after a new President"),
    (r"\b(\d+) (?:calendar|consecutive) days\b", r"\1 days"),
    (r"\b(\d+) weeks\b", lambda found: f"{int(found[1]) * 7} days"),
    ),
    Way(r"^(may end early by .*?(?:official|head|authority|board))$", r"\1 on an adequate basis", False),
    Way(r"^may end early$", "may end early by rating official on an adequate basis", False, "name who may end it"),
    Way(r"^(?:begins|starts)(?: on)? ([A-Z][a-z]+) (\d{1,2})(?: (?:of )?each year)?$", _year_from, False),
    Way(r"^lasts (\d+ days)$", r"lasts at least \1", False, "`exactly` where it may not be longer"),
)  # fmt: skip
