"""Quotes not closed or too many, nothing between them, signs that the language does not use -> what is said of it."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Diagnostic, Fix
from sespms_rules.language.parsing import findings
from sespms_rules.language.parsing.closing import prose_closed, quote_closed
from sespms_rules.language.parsing.fault_places import Place
from sespms_rules.language.parsing.lexing import EMPTY_QUOTES, OPEN_PROSE, OPEN_QUOTE, STRANGE
from sespms_rules.language.parsing.vocabulary import NAME


def lexical_fault(place: Place) -> Diagnostic | None:
    """Quotes that are not closed, nothing between quotes, and characters the language does not use."""
    kinds = place.kinds
    open_quote = next((each for each in range(place.at, place.end) if kinds[each] == OPEN_QUOTE), None)
    if open_quote is not None:
        return _open_quote(place, open_quote)
    match kinds[place.at]:
        case kind if kind == OPEN_PROSE:
            start = place.stream.starts[place.at]
            help = 'put `"""` on a line of its own below the wording'
            span = place.characters(start, start + 3)
            fixes = prose_closed(span, place.stream.ends[place.at])
            return findings.UNCLOSED_PROSE.at(span, "this wording is never closed", help=help, fixes=fixes)
        case kind if kind == EMPTY_QUOTES:
            help = "write the name or wording between them"
            return findings.EMPTY_NAME.at(place.span(place.at), "there is nothing between these quotes", help=help)
        case kind if kind == STRANGE:
            return _strange(place)
        case "PROSE" if NAME in place.acceptable:
            return _prose_for_a_name(place)
    return None


def _prose_for_a_name(place: Place) -> Diagnostic | None:
    """A name between three double quotes, as only wording of several lines stands."""
    span = place.span(place.at)
    name = " ".join(span.text[3:-3].split())
    if not name or '"' in name:
        return None
    message = f"`{place.quoted(span)}` stands between three double quotes on each side, and what stands here has one"
    fix = Fix("put it in double quotes", span, f'"{name}"', sure=False)
    return findings.UNEXPECTED_WORDS.at(span, message, help=f'write `"{name}"`', fixes=(fix,))


def _open_quote(place: Place, open_quote: int) -> Diagnostic:
    """Where one quote is missing, the wording before the failure swallowed what should have followed it."""
    culprit = place.at - 1 if place.at > place.first and place.kinds[place.at - 1] == NAME else open_quote
    span = place.span(open_quote) if place.at == open_quote else place.span(culprit)
    message = f"the wording `{place.quoted(span)}` is not closed"
    help = "put a double quote where the wording ends; wording of several lines stands between three double quotes"
    fixes = quote_closed(place, span) if span.start == place.stream.starts[open_quote] else ()
    return findings.UNCLOSED_QUOTE.at(span, message, help=help, fixes=fixes)


_SIGNS = {
    "&": ("and", "write `and`"),
    "=": ("is", "write `is`, `at least`, `at most` or `exactly`"),
    ">=": ("at least", "write `at least`"),
    "\u2265": ("at least", "write `at least`"),
    "<=": ("at most", "write `at most`"),
    "\u2264": ("at most", "write `at most`"),
    ">": ("more than", "write `more than`"),
    "<": ("less than", "write `less than`"),
    "\u00d7": ("*", "write `*`"),
    "\u00f7": ("/", "write `/`"),
}


def _strange(place: Place) -> Diagnostic:
    span = place.span(place.at)
    sign = span.text
    single = place.between_single_quotes()
    if single is not None:
        message = f"`{place.quoted(single)}` stands in single quotes"
        fix = Fix("put it in double quotes", single, f'"{single.text[1:-1]}"', sure=True)
        return findings.NAME_WITHOUT_QUOTES.at(single, message, help="put names in double quotes", fixes=(fix,))
    message = f"`{place.quoted(span)}` is not a sign of the language"
    if sign in _SIGNS:
        word, help = _SIGNS[sign]
        fix = Fix(f"write `{word}`", span, between_blanks(place, word), sure=False)
        return findings.BAD_CHARACTER.at(span, message, help=help, fixes=(fix,))
    if set(sign) <= set(".;!?") and place.at + 1 == place.end:
        fix = Fix("leave it out", span, "", sure=True)
        help = "a sentence ends where its line ends; leave it out"
        return findings.BAD_CHARACTER.at(span, message, help=help, fixes=(fix,))
    help = "leave it out; whatever is your own wording stands in double quotes"
    return findings.BAD_CHARACTER.at(span, message, help=help)


def between_blanks(place: Place, word: str) -> str:
    """A word that takes the place of a sign, apart from what stands before and behind it."""
    span = place.span(place.at)
    text = place.source.text
    before = "" if text[span.start - 1].isspace() else " "
    behind = "" if text[span.end : span.end + 1].isspace() else " "
    return f"{before}{word}{behind}"
