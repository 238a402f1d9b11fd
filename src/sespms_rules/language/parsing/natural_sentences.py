"""A sentence as people say it -> the same sentence as the language says it, offered only where it can then be read.

Each way of speaking below is one rewriting of words outside quotes. All that fit are made, one after another, and what
comes out is put to the parser: only a whole sentence of the same part is offered. So the help never leads astray.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from sespms_rules.foundation.diagnostic import Diagnostic, Fix
from sespms_rules.language.parsing import findings
from sespms_rules.language.parsing.fault_places import Place
from sespms_rules.language.parsing.lexing import LAYOUT, lex
from sespms_rules.language.parsing.vocabulary import parts_of
from sespms_rules.language.syntax.words import PartKind

_PARTS = frozenset(
    {
        PartKind.RATING,
        PartKind.CRITICAL_ELEMENT,
        PartKind.NONCRITICAL_ELEMENT,
        PartKind.GUARANTEES,
        PartKind.SCENARIO,
        PartKind.TABLE,
    }
)
_LONGEST = 400

_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NOUN = r"((?:non)?critical )?(element|requirement)s?"
_NUMBER = r"(\d+(?:\.\d+)?%?)"
_MORE = r"(?:or|and) (?:more|higher|above|over|better|greater|up)"
_LESS = r"(?:or|and) (?:less|lower|below|under|worse|fewer)"
_LEVEL = r"(?:a |an )?level (\d)"

_PLACES = r"(?:the nearest )?(?:(\d+) decimals?(?: places?)?|whole numbers?|(halves|half))(?: points?)?"
_TIES = r"(half up|half down|half even|up|down)"

_Made = str | Callable[[re.Match[str]], str]


def _counted(found: re.Match[str]) -> str:
    return str(_NUMBER_WORDS.index(found[1].lower()) + 1)


def _one_or_many(found: re.Match[str]) -> str:
    """`at least 1 element is`, `at least 2 elements are`."""
    kind, number = found[3] or "", int(found[2])
    verb = found[5]
    if verb in ("is", "are"):
        verb = "is" if number == 1 else "are"
    return f"{found[1]} {number} {kind}{found[4]}{'' if number == 1 else 's'} {verb}"


def _as_cap(found: re.Match[str]) -> str:
    verb = "make" if found[1] == "make" else "makes"
    return f"{verb} the rating no higher than {found[2]}"


def _hundredths(found: re.Match[str]) -> str:
    return f"{found[1]} {Decimal(found[2]) / 100}"


def _rounding(found: re.Match[str]) -> str:
    places = f"{found[1]} decimal{'' if found[1] == '1' else 's'}" if found[1] else "whole numbers"
    return f"rounded {found[3]} to {'the nearest half' if found[2] else places}"


def _tie_first(found: re.Match[str]) -> str:
    return f"rounded {found[1]} to the nearest half"


_WAYS: tuple[tuple[str, _Made], ...] = (
    (r'"""([^"]*)"""', r'"\1"'),
    # how many
    (rf"\b({'|'.join(_NUMBER_WORDS)})\b", _counted),
    (r"\b(\d+) or more (?:of (?:the )?)?" + _NOUN, r"at least \1 \2\3s"),
    (r"\b(?:all|both|each)(?: of)?(?: the)? " + _NOUN + r" (?:are|is)\b", r"every \1\2 is"),
    (r"\b(?:all|both)(?: of)?(?: the)? " + _NOUN, r"every \1\2"),
    (r"\b(?:none|not one) of (?:the )?" + _NOUN + r" (?:are|is)\b", r"no \1\2 is"),
    (r"\b(?:(?:a|the) majority of|most(?: of)?) (?:the )?" + _NOUN + r"(?: is)?\b", r"more than half of the \1\2s"),
    (r"(?<!than )\b(?:at least (?:a |one )?)?half (?:of )?(?:the )?" + _NOUN, r"at least half of the \1\2s"),
    (r"(?<!than )\bhalf or more (?:of )?(?:the )?" + _NOUN, r"at least half of the \1\2s"),
    (r"\b(at least \d+%) of the " + _NOUN, r"\1 \2\3s"),
    (
        r"\b(at least|at most|exactly) (\d+) (?:of the )?" + _NOUN + r" (is|are|at|below)\b",
        _one_or_many,
    ),
    # where a rating stands
    (r"\b(is|are) (?:rated )?(?:at )?(?:at least )" + _LEVEL, r"\1 at level \2 or better"),
    (r"\b(is|are|at|rated|rated at) " + _LEVEL + " " + _MORE, r"\1 at level \2 or better"),
    (r"\b(at|rated|rated at) at level", "at level"),
    (
        r"\b(is|are) (?:rated )?(?:above|higher than|over) " + _LEVEL,
        lambda found: f"{found[1]} at level {int(found[2]) + 1} or better",
    ),
    (r"\b(is|are) (?:rated )?(?:lower than|less than|under) " + _LEVEL, r"\1 below level \2"),
    (r"\b(is|are) rated (?:at )?(?:level )?(\d)(?!\.?\d)", r"\1 at level \2"),
    (r'("|elements?|requirements?) (is|are) level (\d)', r"\1 \2 at level \3"),
    (
        r"\b(makes?|caps) the rating (?:at most|at|not (?:higher|better) than|no better than|capped at) (level \d)",
        _as_cap,
    ),
    # conditions
    (r"^if (.+?),? then (?:the )?(?:rating is |it is )?" + _LEVEL + "$", r"level \2 when \1"),
    (r"^(level \d) if\b", r"\1 when"),
    (r"^(level \d) unless (any) (.+) is below level (\d)$", r"\1 when no \3 is below level \4"),
    (r"^(level \d) unless (.+) is below level (\d)$", r"\1 when \2 is at level \3 or better"),
    (r"^no (.+) is at level (\d) or better or better", r"no \1 is at level \2 or better"),
    (r"\bthe score\b", "score"),
    (r"^(?:a )?score of\b", "score"),
    # ranges of scores
    (rf"^score (?:is )?(?:at least )?{_NUMBER} (?:{_MORE}) is", r"score at least \1 is"),
    (rf"^score {_NUMBER} (?:{_LESS}) is (level \d)$", r"\2 when score is at most \1"),
    (
        rf"^score (?:above|over|greater than|more than|higher than) {_NUMBER} is (level \d)$",
        r"\2 when score is more than \1",
    ),
    (rf"^score (?:under|less than|lower than) {_NUMBER} is", r"score below \1 is"),
    (rf"^score at most {_NUMBER} is (level \d)$", r"\2 when score is at most \1"),
    (rf"^score (?:from )?(?:at least )?{_NUMBER} (?:and|to|through) (?:at most )?{_NUMBER} is", r"score \1 to \2 is"),
    (rf"^score at least {_NUMBER} and (?:less than|under) {_NUMBER}", r"score at least \1 and below \2"),
    (r"\bscore is (?:above|over|greater than|higher than)\b", "score is more than"),
    (r"\bscore is (?:under|below|lower than)\b", "score is less than"),
    (rf"\bscore is {_NUMBER} {_MORE}", r"score is at least \1"),
    (rf"\bscore is {_NUMBER} {_LESS}", r"score is at most \1"),
    # formulas
    (
        r"\b(?:a |the )?weighted (?:average|mean) of (?:the )?(points|levels|scores|ratings|elements)",
        r"the average of \1 by weight",
    ),
    (r"\b(?:a |the )?weighted sum of (?:the )?(points|levels|scores|ratings|elements)", r"the sum of \1 times weight"),
    (r"\b(?:the |a )?mean of\b", "the average of"),
    (r"\b(average|sum|lowest|highest) of (?:all |the )+(points|levels|scores|ratings|elements)\b", r"\1 of \2"),
    (r"\b(average|sum|lowest|highest) of (?:ratings|elements)\b", r"\1 of points"),
    (r"\bsum of \((points|levels|scores) (?:times|\*|x) weights?\)", r"sum of \1 times weight"),
    (r"\b(points|levels|scores) times weights\b", r"\1 times weight"),
    (rf"\bthe (?:lower|lesser|minimum|smaller) of (.+) and {_NUMBER}$", r"\1 but no more than \2"),
    (rf"\bthe (?:higher|greater|maximum|larger) of (.+) and {_NUMBER}$", r"\1 but no less than \2"),
    (
        rf",? (?:but )?(?:must not exceed|not to exceed|not exceeding|no higher than|capped at|up to) {_NUMBER}$",
        r" but no more than \1",
    ),
    (rf",? (?:but )?(?:no lower than|not below) {_NUMBER}$", r" but no less than \1"),
    (rf'("[^"]*") ?(?:\*|times|x) ?{_NUMBER}', r"\2 of the points of \1"),
    (rf"{_NUMBER} ?(?:\*|times|x|of) ?(\"[^\"]*\")", r"\1 of the points of \2"),
    # rounding
    (r"\bto the nearest 0?\.5\b", "to the nearest half"),
    (r"\bto the nearest (?:tenth|0?\.1)\b", "to 1 decimal"),
    (r"\bto the nearest (?:hundredth|0?\.01)\b", "to 2 decimals"),
    (rf"\brounded {_TIES} to (?:the nearest )?(?:halves|half)(?: points?)?$", _tie_first),
    (rf"\brounded to {_PLACES},? {_TIES}$", _rounding),
    # the rest
    (r"\bare (?:excluded|ignored|disregarded|not counted|skipped|omitted)$", "are left out"),
    (r'^(expect "[^"]*") (\d+(?:\.\d+)?)%$', _hundredths),
    (rf"^{_NUMBER} gives\b", r"exactly \1 gives"),
    (rf"^{_NUMBER} {_MORE} gives\b", r"at least \1 gives"),
)


def said_naturally(place: Place) -> Diagnostic | None:
    """Say how the language says a sentence that people say otherwise; None where that is not sure."""
    if place.part not in _PARTS or place.end <= place.first:
        return None
    span = place.span(place.sentence, max(place.end, place.sentence + 1))
    written = " ".join(span.text.split())
    if len(written) > _LONGEST:
        return None
    offered = _rewritten(written, _terms(place.source.text))
    if offered == written or not _is_read(offered, place.part):
        return None
    at = place.span(min(place.at, place.end - 1))
    unknown = place.at < place.end and place.kinds[place.at] == "WORD"
    finding = findings.UNKNOWN_WORD if unknown else findings.UNEXPECTED_WORDS
    message = f"`{place.quoted(at)}` {'is not a word of the language' if unknown else 'cannot stand here'}"
    fix = Fix(f"write `{offered}`", span, offered, sure=False)
    return finding.at(at, message, help=f"write `{offered}`", fixes=(fix,))


def _rewritten(written: str, terms: dict[str, str]) -> str:
    """The sentence with every way of speaking put into the language's own, twice over."""
    for _ in range(2):
        for term, level in terms.items():
            written = re.sub(
                rf"\b(is|at) (?:rated )?{re.escape(term)}$", rf"\1 level {level}", written, flags=re.IGNORECASE
            )
        for pattern, made in _WAYS:
            written = _outside_quotes(pattern, made, written)
    return written


_QUOTED = re.compile(r'"[^"]*"')


def _outside_quotes(pattern: str, made: _Made, written: str) -> str:
    """Rewrite what is said outside names; a pattern may hold a name whole."""
    if '"' in pattern:
        return re.sub(pattern, made, written)
    names = _QUOTED.findall(written)
    hidden = _QUOTED.sub('"\x00"', written)
    changed = re.sub(pattern, made, hidden)
    if changed.count("\x00") != len(names):
        return written
    kept = iter(names)
    return re.sub('"\x00"', lambda _: next(kept), changed)


def _terms(text: str) -> dict[str, str]:
    """The terms of levels: those of the law, and the agency's own as they are declared in the same file."""
    declared = re.findall(r'^\s+level (\d) "([^"\n]+)"', text, flags=re.MULTILINE)
    return _FEDERAL | {term: level for level, term in declared}


_FEDERAL = {
    "exceeds fully successful": "4",
    "fully successful": "3",
    "minimally satisfactory": "2",
    "outstanding": "5",
    "unsatisfactory": "1",
}
"""The terms of 5 CFR 430.305(a)(7), for a file that declares its levels under other names or elsewhere."""


def _is_read(sentence: str, part: PartKind) -> bool:
    """Whether a sentence is a whole one of a part."""
    stream = lex(sentence)
    kinds = [kind for kind in stream.kinds if kind not in LAYOUT]
    return part in parts_of(kinds)
