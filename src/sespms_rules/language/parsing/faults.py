"""A line that could not be read -> the one finding that says what is wrong with it and how to fix it.

The tests run from the surest reading of a fault to the least sure; each looks at what could stand at the place.
"""

from __future__ import annotations

from collections.abc import Callable

from sespms_rules.foundation.diagnostic import Diagnostic, Fix
from sespms_rules.foundation.line_edits import if_chosen
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import findings
from sespms_rules.language.parsing.fault_places import Place
from sespms_rules.language.parsing.formula_slips import slip_in_formula
from sespms_rules.language.parsing.grammar import tables
from sespms_rules.language.parsing.headings import heading_fault
from sespms_rules.language.parsing.lexical_faults import between_blanks, lexical_fault
from sespms_rules.language.parsing.lookahead import after, may_end
from sespms_rules.language.parsing.machine import MOST_OPERATIONS, Fault, Mended
from sespms_rules.language.parsing.moving import moved_to
from sespms_rules.language.parsing.natural.declared import NOBODY, declared_names, may_be_new
from sespms_rules.language.parsing.natural.saying import mends, said_naturally
from sespms_rules.language.parsing.spelling import is_slip, nearest
from sespms_rules.language.parsing.ties import no_tie, untold_tie, without_a_choice
from sespms_rules.language.parsing.vocabulary import (
    NAME,
    either,
    parts_of,
    parts_that_begin,
    run_together,
    said,
    spelling,
)
from sespms_rules.language.syntax.words import PartKind

_MOST_TOKENS_COMPARED = 400
_LEAST_SHARED = 3
"""Fewer words than these say nothing of the part a sentence belongs to: `at least`, `is not`, `must be`."""

_MEANT = {
    "percent": "%",
    "per": "%",
    "else": "otherwise",
    "if": "when",
    "shall": "must",
    "will": "must",
    "minimum": "at least",
    "maximum": "at most",
    "over": "more than",
    "under": "less than",
    "equals": "is",
    "equal": "is",
    "until": "to",
    "through": "to",
    "multiplied": "times",
    "mean": "average",
    "total": "sum",
    "max": "larger",
    "min": "smaller",
}
"""Words of other tongues for the same thing; offered only where their first word may stand."""


def explained(source: Source, fault: Fault) -> Mended:
    """Say what is wrong with a line or a heading."""
    place = Place(source, fault)
    if fault.kind == "heading":
        if place.is_indented:  # the first line of a text, whose indentation no newline shows
            return Mended(_outside(place), False)
        lexical = lexical_fault(place)
        return Mended(lexical, False) if lexical else heading_fault(place)
    if fault.kind == "lines of nothing":
        return Mended(_outside(place), False)
    return Mended(_sentence_fault(place), False)


def _outside(place: Place) -> Diagnostic:
    part = place.part
    if part is None:
        message = f"`{place.quoted(place.whole)}` stands before any heading"
        help = 'begin with a heading at the margin, such as `system "Our Agency SES System"`'
    else:
        message = f"`{place.quoted(place.whole)}` stands below a part that is struck"
        help = "a part that is struck goes whole; strike single sentences under the part's own heading instead"
    return findings.OUTSIDE_A_BLOCK.at(place.whole, message, help=help)


def _sentence_fault(place: Place) -> Diagnostic:
    """What is wrong at the word, and to do about it what mends the whole sentence where that is known."""
    found = next((found for test in _TESTS if (found := test(place)) is not None), None) or _cannot_follow(place)
    found = untold_tie(place) or found if found.code in _OF_WORDS else found
    if found.code in _UNTOLD or _settles(place, found):
        return found
    natural = said_naturally(place)
    offers_a_sentence = natural is not None and natural.help.startswith(("write ", "under "))
    if natural is None or (found.code == findings.NO_TIE.code and not offers_a_sentence):
        return without_a_choice(place, found) if found.code == findings.NO_TIE.code else found
    if found.code in _OTHERWISE_MEANT or not offers_a_sentence:
        return natural
    return Diagnostic(
        found.code, found.name, found.severity, found.message, found.span, natural.help, fixes=natural.fixes
    )


def _settles(place: Place, found: Diagnostic) -> bool:
    """Whether the fix at the word is all there is to do: nothing else can be meant, or only quotes are missing."""
    plain = found.code == findings.NAME_WITHOUT_QUOTES.code
    return any((fix.sure or plain) and mends(place, fix) for fix in found.fixes[:1])


_UNTOLD = frozenset(
    each.code
    for each in (
        findings.UNCLOSED_QUOTE,
        findings.UNCLOSED_PROSE,
        findings.EMPTY_NAME,
        findings.NESTED_TOO_DEEPLY,
        findings.LINE_TOO_LONG,
    )
)
"""Faults behind which the sentence is not seen whole."""

_OF_WORDS = frozenset({findings.UNEXPECTED_WORDS.code, findings.UNKNOWN_WORD.code})

_OTHERWISE_MEANT = frozenset({findings.WRONG_PART.code, findings.NO_TIE.code})
"""What is told of these is not true of a sentence that only is said otherwise."""


# ---- sentences --------------------------------------------------------------------------------------


def _too_much(place: Place) -> Diagnostic | None:
    if place.fault.kind == "too many operations":
        message = f"this formula has more than {MOST_OPERATIONS} operations in one line"
        help = 'give its parts names on lines of their own, such as `"part" is …`, and put the names together here'
        return findings.NESTED_TOO_DEEPLY.at(place.whole, message, help=help)
    if place.fault.kind == "too many words":
        return findings.line_too_long(place.whole)
    return None


def _wrong_part(place: Place) -> Diagnostic | None:
    """A whole sentence of another part."""
    kinds = place.sentence_kinds
    if len(kinds) > _MOST_TOKENS_COMPARED or not kinds:
        return None
    parts = parts_of(kinds)
    return _belongs(place, parts) if parts else _part_not_said(place)


def _begins_elsewhere(place: Place) -> Diagnostic | None:
    """A sentence that begins as one of another part does, and as none of this one."""
    kinds = place.sentence_kinds[:_MOST_TOKENS_COMPARED]
    if place.at - place.sentence > 1:
        return None
    parts = parts_that_begin(kinds, least=max(_LEAST_SHARED, place.at - place.sentence + 1))
    return _belongs(place, parts) if parts else None


def _belongs(place: Place, parts: tuple[PartKind, ...]) -> Diagnostic:
    # The first word when it alone gives the part away, else the whole sentence.
    span = place.span(place.sentence, place.sentence_end if place.at > place.sentence else place.at + 1)
    here = f", not under `{place.part}`" if place.part else ""
    message = f"`{place.quoted(span)}` belongs under {either([f'`{part}`' for part in parts])}{here}"
    help = f"move the sentence to a block `{parts[0]}`" if len(parts) == 1 else "move it to one of these blocks"
    if place.part == PartKind.AMENDMENT and len(parts) == 1:
        named = ", without a name" if parts[0] is PartKind.SYSTEM else ""
        help = f"write `{parts[0]}`{named}, on a line of its own with no spaces before it, and move this line below it"
    if place.part == PartKind.AMENDMENT and len(parts) > 1:
        help = "write the heading of the part it changes on a line of its own, and move this line below it"
    if place.part == PartKind.REQUIREMENT and not place.is_quoted:
        help = f"a requirement says it of a system: `must state {parts[0]}: {place.quoted(span)} …`"
    plain = place.part not in (PartKind.REQUIREMENT, PartKind.AMENDMENT) and place.at >= place.first
    whole = place.part is not None and plain and not place.is_quoted and parts == parts_of(place.sentence_kinds)
    fixes = moved_to(parts[0], place.whole) if whole and len(parts) == 1 else ()
    return findings.WRONG_PART.at(span, message, help=help, fixes=fixes)


def _part_not_said(place: Place) -> Diagnostic | None:
    """`must state lasts at least 90 days`: the sentence is there, the part it belongs to is not."""
    if place.at == place.first or place.words(place.at - 1) != "state":
        return None
    parts = parts_of(place.kinds[place.at : place.sentence_end])
    if not parts:
        return None
    span = place.span(place.at, place.sentence_end)
    fixes = (Fix(f"say that it belongs to `{parts[0]}`", span, f"{parts[0]}: {span.text}", sure=False),)
    message = f"the part that `{place.quoted(span)}` belongs to is not said"
    help = f"write `{parts[0]}:` before it"
    return findings.WRONG_PART.at(span, message, help=help, fixes=fixes if len(parts) == 1 else ())


def _ends_too_early(place: Place) -> Diagnostic | None:
    if place.at < place.sentence_end:
        return None
    special = no_tie(place) or _no_otherwise(place)
    if special:
        return special
    span = place.span(place.first, place.at) if place.at > place.first else place.whole
    message = f"`{place.quoted(span)}` is not finished"
    return findings.INCOMPLETE.at(span, message, help=f"go on with {said(place.acceptable)}")


def _misspelled(place: Place) -> Diagnostic | None:
    """A word near one that may stand here."""
    if not place.is_word(place.at):
        return None
    word = place.words(place.at)
    choices = {spelling()[kind]: kind for kind in place.acceptable if kind in spelling()}
    is_unknown = place.kinds[place.at] == "WORD"
    meant = _MEANT.get(word)
    if meant and meant.split()[0] in choices:
        return _did_you_mean(place, meant, sure=False)
    joined = run_together(place.stack, word) if is_unknown else None
    if joined:
        return _did_you_mean(place, joined, sure=True)
    near = [each for each in nearest(word, choices) if len(each) > 1]
    fitting = [each for each in near if place.goes_on_with(choices[each])]
    # A word that another one resembles is no help where the sentence goes on with neither: `grade` is not `rate`.
    likely = fitting or [each for each in near if is_slip(word, each, ())]
    if is_unknown and likely:
        return _did_you_mean(
            place, likely[0], sure=len(likely) == 1 and bool(fitting) and is_slip(word, likely[0], tables().words)
        )
    # A word of the language in a wrong place is a slip only when the sentence then goes on.
    return _did_you_mean(place, fitting[0], sure=False) if fitting else None


def _did_you_mean(place: Place, meant: str, *, sure: bool) -> Diagnostic:
    span = place.span(place.at)
    why = "is not a word of the language" if place.kinds[place.at] == "WORD" else "cannot stand here"
    fixes = (Fix(f"write `{meant}`", span, meant, sure=sure),)
    return findings.UNKNOWN_WORD.at(span, f"`{place.quoted(span)}` {why}", help=f"did you mean `{meant}`?", fixes=fixes)


def _wrong_sign(place: Place) -> Diagnostic | None:
    """A dash for a range, or a comma for a decimal point."""
    kinds, at = place.kinds, place.at
    between_numbers = at > place.first and at + 1 < place.end and kinds[at - 1] == kinds[at + 1] == "NUMBER"
    if kinds[at] == "MINUS" and "TO" in place.acceptable:
        span = place.span(at)
        fix = Fix("write `to`", span, between_blanks(place, "to"), sure=True)
        return findings.UNEXPECTED_WORDS.at(span, "a range is not written with a dash", help="write `to`", fixes=(fix,))
    if kinds[at] == "COMMA" and between_numbers and place.words(at - 1, at + 2).replace(",", "").isdecimal():
        span = place.span(at - 1, at + 2)
        meant = span.text.replace(",", ".")
        message = f"`{place.quoted(span)}` is not a number"
        if len(place.words(at + 1)) == 3:  # a comma before three digits stands for thousands as often as for a point
            help = f"write `{span.text.replace(',', '')}` for thousands, or `{meant}` with a point"
            return findings.UNEXPECTED_WORDS.at(span, message, help=help)
        fix = Fix(f"write `{meant}`", span, meant, sure=False)
        return findings.UNEXPECTED_WORDS.at(span, message, help=f"write `{meant}`, with a point", fixes=(fix,))
    return None


def _no_otherwise(place: Place) -> Diagnostic | None:
    when = next((each for each in range(place.at - 1, place.first - 1, -1) if place.words(each) == "when"), None)
    if when is None or "OTHERWISE" not in place.acceptable or may_end(place.stack):
        return None
    span = place.span(when, place.at)
    message = f"`{place.quoted(span)}` does not say what holds otherwise"
    help = "add `otherwise` and the value that holds when the condition is not met"
    title, end = "add `otherwise 0`, so that it is 0 then", place.characters(span.end, span.end)
    fix = Fix(title, end, " otherwise 0", sure=False)
    is_one = place.kinds[place.first : when] == [NAME, "IS", "NUMBER"]  # it takes the place of a whole sum
    fixes = (if_chosen(fix),) if is_one and mends(place, fix) else ()
    return findings.NO_OTHERWISE.at(span, message, help=help, fixes=fixes)


_UNITS = (
    "write days, months or years; a week is 7 days, and days are those of the calendar: for working days write "
    "how many calendar days they are"
)


def _unknown_unit(place: Place) -> Diagnostic | None:
    words = {spelling().get(kind) for kind in place.acceptable}
    if not place.is_word(place.at) or not {"days", "months", "years"} <= words or len(words) > 8:
        return None
    span = place.span(place.at)
    message = f"`{place.quoted(span)}` is not a unit of time here"
    return findings.UNKNOWN_UNIT.at(span, message, help=_UNITS)


_LINKS = frozenset({"is", "are", "shall", "must", "will", "means"})
"""Words that lead to a name and begin none, as in `agency is Example Bureau`."""


def _without_quotes(place: Place) -> Diagnostic | None:
    """Bare words where a name may stand, up to the first word that may follow a name."""
    named = after(place.stack, NAME)
    if named is None or place.words(place.at) in _LINKS:
        return None
    for end in place.bare_word_ends():
        goes_on = may_end(named) if end == place.sentence_end else after(named, place.kinds[end]) is not None
        if goes_on and _may_be_a_name(place, end):
            span = place.span(place.at, end)
            message = f"`{place.quoted(span)}` stands without quotes"
            fix = Fix("put it in double quotes", span, f'"{span.text}"', sure=False)
            help = "put names and other wording of your own in double quotes"
            return findings.NAME_WITHOUT_QUOTES.at(span, message, help=help, fixes=(fix,))
    return None


_DERIVING = frozenset(
    {
        PartKind.RATING,
        PartKind.CRITICAL_ELEMENT,
        PartKind.NONCRITICAL_ELEMENT,
        PartKind.WEIGHTS,
        PartKind.SCENARIO,
        PartKind.GUARANTEES,
    }
)
_CONNECTING = frozenset({"and", "of", "the", "for", "to", "in", "on", "with"})


def _may_be_a_name(place: Place, end: int) -> bool:
    """Whether bare words are a name: one the file declares, one in capitals, or none of the language's own words.

    Where ratings are derived, `less than 40` or a term of a level in quotes would be read as a name of nothing.
    """
    if place.part not in _DERIVING:
        return end > place.at + 1 or place.words(place.at).casefold() not in NOBODY
    words = [place.words(each) for each in range(place.at, end)]
    written = place.words(place.at, end).casefold()
    if written in {each.casefold() for each in declared_names(place.source.text)}:
        return True
    if not may_be_new(written, place.source.text):
        return False
    in_capitals = words[0][:1].isupper() and all(each[:1].isupper() or each in _CONNECTING for each in words)
    return in_capitals or all(place.kinds[each] == "WORD" for each in range(place.at, end))


def _more_words(place: Place) -> Diagnostic | None:
    """The sentence is whole, and words follow."""
    if place.at == place.first or not may_end(place.stack):
        return None
    span = place.span(place.at, place.end)
    message = f"the sentence is finished before `{place.quoted(span)}`"
    further = said(place.acceptable - {"UNDER"})
    help = "say what these words mean in a sentence of its own"  # left out, what they mean would be lost
    help += f", or go on with {further}" if further else ""
    if any(
        place.part in parts_of(place.kinds[at : place.end][:_MOST_TOKENS_COMPARED]) for at in (place.at, place.at + 1)
    ):
        help = "put each sentence on a line of its own"
    return findings.UNEXPECTED_WORDS.at(span, message, help=help)


def _unknown_word(place: Place) -> Diagnostic | None:
    if place.kinds[place.at] != "WORD":
        return None
    span = place.span(place.at)
    message = f"`{place.quoted(span)}` is not a word of the language"
    return findings.UNKNOWN_WORD.at(span, message, help=_may_stand(place))  # a word that cannot stand here is no offer


def _cannot_follow(place: Place) -> Diagnostic:
    span = place.span(place.at)
    if place.at == place.first:
        message = f"no sentence here begins with `{place.quoted(span)}`"
        return findings.UNEXPECTED_WORDS.at(span, message, help=_may_stand(place))
    before = place.quoted(place.span(max(place.first, place.at - 2), place.at))
    message = f"`{place.quoted(span)}` cannot follow `{before}`"
    if place.acceptable == {"TO", "PERCENT"}:
        number = place.words(place.at - 1)
        help = f"say `at least {number}`, `at most {number}`, `exactly {number}`, or a range such as `{number} to …`"
        return findings.UNEXPECTED_WORDS.at(span, message, help=help)
    return findings.UNEXPECTED_WORDS.at(span, message, help=_may_stand(place))


def _may_stand(place: Place) -> str:
    begins = place.at == place.first and place.part
    what = said(place.acceptable - {"STRIKE", "INSERT"}) if begins else said(place.acceptable)
    told = f"sentences under `{place.part}` begin with {what}" if begins else f"what can stand here is {what}"
    if place.part is None or "other words" not in what:
        return told
    named = f'"{place.part}"' if " " in place.part else place.part
    return f"{told}; `sespms phrases {named}` shows every sentence"


_TESTS: tuple[Callable[[Place], Diagnostic | None], ...] = (
    _too_much,
    lexical_fault,
    _wrong_part,
    _ends_too_early,
    slip_in_formula,
    _misspelled,
    _wrong_sign,
    no_tie,
    _no_otherwise,
    _unknown_unit,
    _without_quotes,
    _begins_elsewhere,
    _more_words,
    _unknown_word,
)
