"""A line at the margin that is no heading -> the finding that says why."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Diagnostic, Fix
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.source import Span
from sespms_rules.language.parsing import findings
from sespms_rules.language.parsing.fault_places import Place
from sespms_rules.language.parsing.grammar import tables
from sespms_rules.language.parsing.lexing import END, FAULTY, LAYOUT, STRANGE, lex
from sespms_rules.language.parsing.lookahead import after, may_end, reads_whole
from sespms_rules.language.parsing.machine import Mended
from sespms_rules.language.parsing.natural.headings_meant import heading_meant, said_elsewhere_than_under, weight_behind
from sespms_rules.language.parsing.natural.saying import lines_meant
from sespms_rules.language.parsing.spelling import allowed_distance, distance
from sespms_rules.language.parsing.vocabulary import NAME, either, part_at, parts_of, parts_that_begin, said
from sespms_rules.language.syntax.words import PartKind

_MOST_TOKENS_COMPARED = 400
_MOST_WORDS = 12
_LONGEST = 200
_MOST_NAME = 6
_ASIDE = late(r' ?\([^)"]*\)$')
_EDITS = ("STRIKE", "INSERT")
_OF_WHAT = frozenset({"to", "of", "for", "on", "amending", "changes", "changing"})
"""How people go on from the heading of an amendment to what it amends."""


def heading_fault(place: Place) -> Mended:
    """Say what is wrong with a line at the margin."""
    sentence = _sentence_at_margin(place)
    if sentence is not None:
        return Mended(sentence, True)
    found = _misspelled(place) or _broken_off(place) or _unknown(place)
    # Of `appraisal cycle`, leaving the second word out would make a heading, and another one than is meant.
    is_finished_before = found.code == findings.UNEXPECTED_WORDS.code and not _only_a_sign(place, found)
    if not found.fixes or is_finished_before or not _mends(place, found.fixes[0]):
        found = _elsewhere(place) or _said_otherwise(place) or _in_own_words(place) or found
    return Mended(found, False)


def _only_a_sign(place: Place, found: Diagnostic) -> bool:
    """Whether only a sign has to be left out of a heading that is written as the language writes it."""
    return any(each.sure for each in found.fixes) and place.whole.text == place.whole.text.lower()


def _mends(place: Place, fix: Fix) -> bool:
    """Whether a fix makes the whole line a heading."""
    start, end = place.whole.start, place.whole.end
    text = place.source.text
    kinds = lex(text[start : fix.span.start] + fix.replacement + text[fix.span.end : end]).kinds
    return reads_whole([tables().start], [kind for kind in kinds if kind not in LAYOUT and kind != END])


def _said_otherwise(place: Place) -> Diagnostic | None:
    """A heading as people write it: `PRB`, `Critical Element 1: Leading Change`."""
    start = place.first + 1 if place.kinds[place.first] in _EDITS else place.first
    if start >= place.end:
        return None
    span = place.span(start, place.end)
    if len(span.text) > _LONGEST or FAULTY & set(place.kinds[start : place.end]) - {STRANGE}:
        return None
    meant = heading_meant(span.text)
    if meant is None or meant.heading == span.text:
        return None
    if place.part is not None and meant.heading == place.part.value:  # a line of the part above rather than its heading
        of_the_part = _in_own_words(place)
        if of_the_part is not None:
            return of_the_part
    message = _no_block(span)
    help = f"write `{meant.heading}`"
    weighs = lines_meant(meant.weight, PartKind.CRITICAL_ELEMENT, place.source.text, meant.name)
    if weighs:
        help += f", and under `weights` write `{weighs[0]}`"
    # Taken without a look, the fix would lose the weight.
    fix = Fix(f"write `{meant.heading}`", span, meant.heading, sure=meant.sure, asks=bool(weighs))
    return findings.UNKNOWN_HEADING.at(span, message, help=help, fixes=(fix,))


def _elsewhere(place: Place) -> Diagnostic | None:
    """A heading of what is said below another one: `critical elements`, `coverage`, `points`."""
    help = said_elsewhere_than_under(place.whole.text) if len(place.whole.text) <= _LONGEST else None
    if help is None:
        return None
    return findings.UNKNOWN_HEADING.at(place.whole, _no_block(place.whole), help=help)


def _in_own_words(place: Place) -> Diagnostic | None:
    """A sentence as people say it, of the part above or of the head, that also lacks its indentation."""
    if FAULTY & set(place.kinds[place.first : place.end]) - {STRANGE} or place.kinds[place.first] in _EDITS:
        return None
    text, written = place.source.text, place.whole.words
    plain = _ASIDE.sub("", written)
    aside = "; keep what stands in parentheses as a note behind `#`" if plain != written else ""
    for part in dict.fromkeys((place.part, PartKind.SYSTEM)):
        lines = () if part is None else lines_meant(plain, part, text, None)
        if not lines:
            continue
        said = ", and on a line below it ".join(f"`{each}`" for each in lines)
        help = f"it belongs under `{part}`; put it there, with two spaces before it, as {said}{aside}"
        fixes: tuple[Fix, ...] = ()
        if part is place.part and not aside:
            replacement = "\n".join(f"  {each}" for each in lines)
            fixes = (Fix(f"write `{lines[0]}`, moved in", place.whole, replacement, sure=False),)
        return findings.OUTSIDE_A_BLOCK.at(place.whole, _at_margin(place), help=help, fixes=fixes)
    return None


def _no_block(span: Span) -> str:
    return f"there is no block called `{Place.quoted(span)}`"


def _at_margin(place: Place) -> str:
    return f"`{place.quoted(place.whole)}` stands at the margin, where only headings stand"


def _sentence_at_margin(place: Place) -> Diagnostic | None:
    """A whole sentence that only lacks its indentation, or stands under no heading."""
    first = place.first + 1 if place.kinds[place.first] in _EDITS else place.first
    kinds = place.kinds[first : place.sentence_end]
    if not kinds or len(kinds) > _MOST_TOKENS_COMPARED:
        return None
    parts = parts_of(kinds)
    if not parts:
        return None
    message = _at_margin(place)
    if place.part in parts:
        start = place.stream.starts[place.first]
        fix = Fix("indent it", place.characters(start, start), "  ", sure=True)
        help = f"put two spaces before it, so that it belongs to `{place.part}`"
        return findings.OUTSIDE_A_BLOCK.at(place.whole, message, help=help, fixes=(fix,))
    help = f"it belongs under {either([f'`{part}`' for part in parts])}; put it there, with two spaces before it"
    return findings.OUTSIDE_A_BLOCK.at(place.whole, message, help=help)


def _misspelled(place: Place) -> Diagnostic | None:
    """A heading that is spelled nearly as one of the language."""
    start = place.first + 1 if place.kinds[place.first] == "STRIKE" else place.first
    best: tuple[int, int, PartKind] | None = None
    for part in PartKind:
        count = len(part.value.split())
        if start + count > place.end or not all(place.is_word(each) for each in range(start, start + count)):
            continue
        words = " ".join(place.words(each) for each in range(start, start + count))
        if words == part.value:
            continue
        limit = min(allowed_distance(words), max(1, len(words) // 4))
        apart = distance(words.casefold(), part.value.casefold(), limit)
        if apart <= limit and place.at < start + count and (best is None or (-count, apart) < best[:2]):
            best = (-count, apart, part)
    if best is None:
        return None
    span = place.span(start, start - best[0])
    part = best[2]
    message = _no_block(span)
    begins_so = span.text[:1].casefold() == part.value[:1]  # `uncritical element` is no slip for `critical element`
    fix = Fix(f"write `{part}`", span, part.value, sure=begins_so)
    return findings.UNKNOWN_HEADING.at(span, message, help=f"did you mean `{part}`?", fixes=(fix,))


def _broken_off(place: Place) -> Diagnostic | None:
    """A heading of the language with its name missing or bare, or with words too many."""
    if place.at == place.first:
        return None
    if place.at == place.end:
        help = f"go on with {said(place.acceptable)}"
        return findings.INCOMPLETE.at(place.whole, f"`{place.quoted(place.whole)}` is not finished", help=help)
    span = place.span(place.at, place.end)
    named = after(place.stack, NAME)
    if named is not None and may_end(named) and place.is_word(place.at):
        message = f"`{place.quoted(span)}` stands without quotes"
        fix = Fix("put it in double quotes", span, f'"{span.text}"', sure=False)
        return findings.NAME_WITHOUT_QUOTES.at(span, message, help="put names in double quotes", fixes=(fix,))
    if may_end(place.stack):
        heading = place.quoted(place.span(place.first, place.at))
        message = f"the heading `{heading}` is finished before `{place.quoted(span)}`"
        below = _stands_below(place)
        if below:
            gap = place.characters(place.stream.ends[place.at - 1], span.end)
            fix = Fix(f"write `{below}` below it", gap, f"\n  {below}", sure=False)
            help = f"write `{below}` on a line below it, moved in by two spaces"
            return findings.UNEXPECTED_WORDS.at(span, message, help=help, fixes=(fix,))
        weighs = _weight(place, span)
        if weighs:
            fix = Fix("leave it out here", span, "", sure=False, asks=True)
            help = f"under `weights`, write `{weighs[0]}`, and leave it out here"
            return findings.UNEXPECTED_WORDS.at(span, message, help=help, fixes=(fix,))
        sure = span.text in (":", ".", ";")
        fix = Fix("leave it out", span, "", sure=sure)
        help = "leave this out" if sure else f"leave this out; the sentences of `{heading}` stand on lines below it"
        if part_at(place.kinds[place.first : place.at]) in parts_that_begin(place.kinds[place.at : place.end], 2):
            help = f"write this on a line below it, moved in by two spaces, as the sentences of `{heading}` are"
            return findings.UNEXPECTED_WORDS.at(span, message, help=help)
        return findings.UNEXPECTED_WORDS.at(span, message, help=help, fixes=(fix,))
    before = place.quoted(place.span(place.first, place.at))
    message = f"`{place.quoted(place.span(place.at))}` cannot follow `{before}`"
    help = f"what can stand here is {said(place.acceptable - LAYOUT)}"
    return findings.UNEXPECTED_WORDS.at(place.span(place.at), message, help=help)


def _weight(place: Place, behind: Span) -> tuple[str, ...]:
    """The sentence under `weights` for a weight that stands behind the name of an element in its heading; else none."""
    part = part_at(place.kinds[place.first : place.at])
    if part not in (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT) or place.kinds[place.at - 1] != NAME:
        return ()
    return lines_meant(weight_behind(behind.text), part, place.source.text, place.words(place.at - 1)[1:-1])


def _stands_below(place: Place) -> str:
    """The sentence of its part that the rest of a heading is, or "": in `amendment "A" to "B"` it is `amends "B"`."""
    part = part_at(place.kinds[place.first : place.at])
    rest = place.kinds[place.at : place.end]
    if part is None or len(rest) > _MOST_TOKENS_COMPARED:
        return ""
    if part in parts_of(rest):
        return place.span(place.at, place.end).text
    if part is PartKind.AMENDMENT and len(rest) > 1 and place.words(place.at) in _OF_WHAT:
        named = place.at + 1
        if len(rest) == 2 and rest[1] == NAME:
            return f"amends {place.words(named)}"
        if all(map(place.is_word, range(named, place.end))):
            return f'amends "{place.span(named, place.end).text}"'
    return ""


def _unknown(place: Place) -> Diagnostic:
    message = _no_block(place.whole)
    words = {place.words(at) for at in range(place.first, min(place.end, place.first + _MOST_WORDS))}
    near = [part for part in PartKind if words & set(part.value.split()) - {"of", "and"}]
    names = either([f"`{part}`" for part in near or (PartKind.PERIOD, PartKind.WEIGHTS, PartKind.RATING)])
    help = f"a line at the margin is a heading, such as {names}; the sentences below it are indented"
    if not near and place.end - place.first <= _MOST_NAME and all(map(place.is_word, range(place.first, place.end))):
        help += f'; the heading of an element is written `critical element "{place.quoted(place.whole)}"`'
    return findings.UNKNOWN_HEADING.at(place.whole, message, help=help)
