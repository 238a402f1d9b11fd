"""A sentence as people say it -> the same sentence as the language says it, offered only where it can then be read.

The ways of speaking of its part are put into the language's own, one after another; where the parser then still
stumbles, a synonym is put in. What comes out is put to the parser: only whole sentences of the part are offered. So
the help never leads astray.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from sespms_rules.foundation.diagnostic import Diagnostic, Fix
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.parsing import findings
from sespms_rules.language.parsing.fault_places import Place
from sespms_rules.language.parsing.grammar import tables
from sespms_rules.language.parsing.lexing import FAULTY, STRANGE
from sespms_rules.language.parsing.moving import moved_to
from sespms_rules.language.parsing.natural import (
    of_consequences,
    of_examples,
    of_formulas,
    of_outcomes,
    of_plans,
    of_process,
    of_ratings,
)
from sespms_rules.language.parsing.natural.beyond import said_elsewhere
from sespms_rules.language.parsing.natural.deadlines import counted_from_period
from sespms_rules.language.parsing.natural.declared import (
    FEDERAL,
    TEXTS,
    declared_elements,
    declared_levels,
    declared_names,
    declared_values,
    own_terms,
    reads_as_a_name,
    scores_are_averages,
)
from sespms_rules.language.parsing.natural.levels_there import of_levels_there
from sespms_rules.language.parsing.natural.meaning_kept import changes_of_meaning
from sespms_rules.language.parsing.natural.of_ends import of_the_total
from sespms_rules.language.parsing.natural.of_offices import OF_OFFICES
from sespms_rules.language.parsing.natural.of_speech import SPOKEN
from sespms_rules.language.parsing.natural.ordering import advises, ordered
from sespms_rules.language.parsing.natural.repairing import repaired
from sespms_rules.language.parsing.natural.ways import Way, spoken
from sespms_rules.language.parsing.vocabulary import is_sentence_of, parts_of
from sespms_rules.language.syntax.words import PartKind

_LONGEST = 400
_WAYS: dict[PartKind, tuple[Way, ...]] = {
    PartKind.SYSTEM: of_plans.OF_THE_HEAD,
    PartKind.AMENDMENT: (*of_plans.DATES, *of_examples.OF_AMENDMENTS),
    PartKind.PERIOD: of_plans.OF_PERIODS,
    PartKind.PLAN: (*of_plans.COUNT_OF_ELEMENTS, *of_process.OF_PLANS),
    PartKind.REVIEW: of_process.OF_REVIEWS,
    PartKind.CRITICAL_ELEMENT: of_ratings.OF_RATINGS,
    PartKind.NONCRITICAL_ELEMENT: of_ratings.OF_RATINGS,
    PartKind.LEVELS: of_plans.OF_LEVELS,
    PartKind.STANDARDS: of_plans.OF_STANDARDS,
    PartKind.WEIGHTS: of_plans.OF_WEIGHTS,
    PartKind.APPRAISAL: of_process.OF_APPRAISALS,
    PartKind.RATING: of_ratings.OF_RATINGS,
    PartKind.TABLE: of_examples.OF_TABLES,
    PartKind.FACTS: of_examples.OF_FACTS,
    PartKind.STEPS: of_process.OF_STEPS,
    PartKind.BOARD: of_process.OF_BOARDS,
    PartKind.CHANGES: of_consequences.OF_CHANGES_OF_JOB,
    PartKind.DISTRIBUTION: of_consequences.OF_DISTRIBUTIONS,
    PartKind.USES: of_consequences.OF_USES,
    PartKind.REWARDS: of_consequences.OF_REWARDS,
    PartKind.DEVELOPMENT: of_process.OF_DEVELOPMENT,
    PartKind.TRAINING: of_consequences.OF_TRAINING,
    PartKind.EVALUATION: of_consequences.OF_EVALUATIONS,
    PartKind.RECORDS: of_consequences.OF_RECORDS,
    PartKind.GUARANTEES: of_examples.OF_GUARANTEES,
    PartKind.SCENARIO: of_examples.OF_SCENARIOS,
}
_ELEMENTS = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)


class _Offer(Frozen):
    """Sentences to write, one a line, in which part, whether nothing else can have been meant, and what if it was.

    What is `advice` is shown and not written; what `asks` is written where its author chooses it.
    """

    lines: tuple[str, ...]
    part: PartKind
    sure: bool
    notes: tuple[str, ...]
    advice: bool = field(default=False)
    asks: bool = field(default=False)


def said_naturally(place: Place) -> Diagnostic | None:
    """Say how the language says a sentence that people say otherwise; None where that is not known."""
    if place.part not in _WAYS or place.end <= place.first or _is_one_slip(place):
        return None
    if set(place.kinds[place.at : place.end]) & (FAULTY - {STRANGE}):
        return None
    changed = _of_change(place)
    end = place.end if place.at >= place.sentence_end else place.sentence_end
    span = place.span(place.first if changed else place.sentence, max(end, place.sentence + 1))
    written = span.words
    if len(written) > _LONGEST or "\x00" in written:
        return None
    offer = changed or _offer(written, place.part, place.source.text, _name_of(place))
    if offer is not None:
        return _told(place, span, _with_changes(offer, written))
    tried = (each for each, _ in _variants(_bare(written), place.part, place.source.text))
    help = next((told for each in tried if (told := said_elsewhere(each, place.part)) is not None), None)
    return None if help is None else _finding(place, help, ())


def _with_changes(offer: _Offer, written: str) -> _Offer:
    """The same offer; one that says more or less than was said is never sure, and what it changes is told."""
    changes = changes_of_meaning(written, "\n".join(offer.lines)) if offer.sure else ()
    return replace(offer, sure=offer.sure and not changes, notes=(*offer.notes, *changes))


def mends(place: Place, fix: Fix) -> bool:
    """Whether a fix makes the whole sentence one of its part."""
    whole = place.span(place.sentence, max(place.end, place.sentence + 1))
    if place.part is None or not whole.start <= fix.span.start <= fix.span.end <= whole.end:
        return False
    text = place.source.text
    return is_sentence_of(
        place.part, text[whole.start : fix.span.start] + fix.replacement + text[fix.span.end : whole.end]
    )


def read_as(place: Place, written: str) -> str | None:
    """The one sentence of the place's part that a sentence stands for, itself where it is read; None where none is."""
    if place.part is None or len(written) > _LONGEST:
        return None
    if is_sentence_of(place.part, written):
        return written
    offer = _offer(written, place.part, place.source.text, _name_of(place)) if place.part in _WAYS else None
    if offer is None or offer.advice or len(offer.lines) > 1 or offer.part is not place.part:
        return None
    return offer.lines[0]


def lines_meant(written: str, part: PartKind, text: str, element: str | None) -> tuple[str, ...]:
    """The sentences that one of a part stands for as people say it, itself where it is read; none where not known.

    They belong to that part; the weight of an `element`, which people put under its heading, belongs to `weights`.
    """
    if not written or len(written) > _LONGEST:
        return ()
    if is_sentence_of(part, written):
        return (written,)
    offer = _offer(written, part, text, element) if part in _WAYS else None
    if offer is None or offer.advice or offer.part is not (PartKind.WEIGHTS if element else part):
        return ()
    return offer.lines


def reads_as_it_is(place: Place, written: str) -> bool:
    """Whether a sentence is one of its part as it stands."""
    return place.part is not None and len(written) <= _LONGEST and is_sentence_of(place.part, written)


def _is_one_slip(place: Place) -> bool:
    """Whether one capital letter too many is all that is wrong, which is told at its word."""
    if place.at >= place.end or place.kinds[place.at] != "WORD":
        return False
    plain = tables().words.get(place.words(place.at).casefold())
    kinds = [*place.kinds[place.sentence : place.at], plain or "WORD", *place.kinds[place.at + 1 : place.sentence_end]]
    return plain is not None and place.part in parts_of(kinds)


def _offer(written: str, part: PartKind, text: str, name: str | None) -> _Offer | None:
    """What to write for a sentence: the first reading of it that is then read whole."""
    ways = (*OF_OFFICES.get(part, ()), *SPOKEN.get(part, ()), *_WAYS[part])
    ways = ways if part in _WITHOUT_NUMBERS else (*of_ratings.NUMBERS, *ways, *of_plans.COUNTS)
    if part in _ELEMENTS:
        ways = (*of_plans.of_elements(name or ""), *ways)
    names = {each[1:-1] for each in re.findall(r'"[^"]*"', written)}
    unfit: tuple[Way, ...] = of_formulas.OF_NAMED_ELEMENTS if declared_values(text) & names else ()
    named = {f"points of {each}" for each in names} & declared_values(text)
    unfit += of_formulas.LARGER_OF_ELEMENTS if named or names - declared_elements(text) else ()
    unfit += () if scores_are_averages(text) else of_outcomes.THE_AVERAGE
    ways = tuple(each for each in ways if each not in unfit) if unfit else ways
    plain = _bare(written)
    dated = counted_from_period(plain, part, text)
    of_weights = part is PartKind.WEIGHTS or (part in _ELEMENTS and "weigh" in plain.casefold())
    counted, is_of_total = of_the_total(dated, text) if of_weights else (dated, True)
    for variant, is_sure in _variants(counted, part, text):
        is_sure = is_sure and is_of_total and dated == plain
        said, taken = spoken(ways, variant)
        part_of = next((each.part for each in taken if each.part is not None), part)
        lines, are_there = of_levels_there(tuple(line.strip() for line in said.split("\n")), variant, text)
        notes = tuple(dict.fromkeys(each.note for each in taken if each.note))
        is_sure = is_sure and are_there and all(each.sure for each in taken)
        advice, asks = any(each.advice for each in taken), any(each.asks for each in taken)
        if said != written and all(is_sentence_of(part_of, line) for line in lines):
            return _Offer(lines, part_of, is_sure, notes, advice, asks)
        mended = tuple(repaired(line, part_of) for line in lines)
        whole = tuple(each for each in mended if each is not None)
        if len(whole) == len(mended) and tuple(each.sentence for each in whole) != (written,):
            is_sure = is_sure and all(each.sure for each in whole)
            return _Offer(tuple(each.sentence for each in whole), part_of, is_sure, notes, advice, asks)
    return None


def _bare(written: str) -> str:
    """A sentence without the sign of a list before it and the point or semicolon behind it."""
    listed = re.sub(r"^(?:[-*\u2022\u25cf\u25aa\u2013\u2014] |\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)] )", "", written)
    return re.sub(r"[.;,](?: (?:and|or))?$", "", listed).rstrip()


def _variants(written: str, part: PartKind, text: str) -> Iterator[tuple[str, bool]]:
    """The sentence in small letters, as it is, with terms for levels, with names in quotes; then what it orders."""
    seen: set[str] = set()
    told = tuple(_spelled(written, part, text))
    for variant, is_sure in (*told, *((ordered(each), is_sure and not advises(each)) for each, is_sure in told)):
        if variant not in seen:
            seen.add(variant)
            yield variant, is_sure


def _spelled(written: str, part: PartKind, text: str) -> Iterator[tuple[str, bool]]:
    """The sentence in small letters, as it is, with terms for levels, with names in quotes; whether that is sure."""
    if part in _NAME_TERMS:
        yield written, True
    if part is PartKind.SYSTEM:  # the name of an office, without quotes yet, keeps its capitals
        yield _FOLDED.sub(lambda found: found[1] or _folded(found[0]), written, count=1), True
    spelled, is_full = (written, True) if part in _NAME_TERMS else _with_whole_terms(written, text)
    folded = _FOLDED.sub(lambda found: found[1] or _folded(found[0]), spelled)
    yield folded, is_full
    if folded != written:
        yield written, True
    levelled, all_declared = folded, is_full
    for terms_kept, careful in ((_with_terms(spelled, text), True), (folded, False)):
        if part not in _NAME_TERMS:
            levelled, declared = _levelled(terms_kept, text, careful=careful)
            all_declared = declared and is_full
            if levelled != folded:
                yield levelled, all_declared
    named = _named(levelled, text)
    if named != levelled:
        yield named, all_declared
    if part in _BEGIN_WITH_A_NAME and (found := _BARE.match(written)) and reads_as_a_name(found[1]):
        behind, all_declared = _levelled(written[found.end() :], text)
        yield f'"{found[1]}"{behind}', False
    if part is PartKind.FACTS and (found := _BARE_FACT.match(written)):
        yield f'"{found[1]}"{written[found.end(1) :]}', True


_LEVEL_TWICE = re.compile(r"\blevel (\d) ?(?:[-/,\u2010-\u2015] ?level \1\b|\(level \1\))", re.IGNORECASE)
"""A level with its number and its term: `Level 3 (Fully Successful)`."""
_BEGIN_WITH_A_NAME = (PartKind.WEIGHTS, PartKind.SCENARIO)
_BARE_FACT = re.compile(r'([^\W\d_][^":=]*?)(?: (?:is|are|can be|may be|must be) | ?[:=] ?)')
_BARE = re.compile(
    r"([A-Z][\w&/-]*(?: (?:[A-Z][\w&/-]*|and|of|the|for|to))*)"
    r"(?=:| [-=]| \d| at | is | weigh| rated | not | exactly | must | shall | will | has | carries | gets | \()"
)
_WITHOUT_NUMBERS = (PartKind.LEVELS, PartKind.STANDARDS, PartKind.GUARANTEES, PartKind.FACTS)
_NAME_TERMS = (PartKind.LEVELS, PartKind.STANDARDS)
_FOLDED = re.compile(r'("[^"]*")|[^\W\d_][\w-]*')


def _folded(word: str) -> str:
    """A word as the language writes it, where only its capital letters differ."""
    plain = word.casefold()
    return plain if word not in tables().words and plain in tables().words else word


def _with_terms(written: str, text: str) -> str:
    """The sentence in small letters, but for words of the language that are terms of the agency with a capital."""
    terms = own_terms(text)
    return _FOLDED.sub(
        lambda found: found[1] or (found[0] if found[0].casefold() in terms else _folded(found[0])), written
    )


def _with_whole_terms(written: str, text: str) -> tuple[str, bool]:
    """`Exceeds` as `Exceeds Fully Successful`, where only one term begins so; and whether none was so short."""
    terms = own_terms(text) or FEDERAL
    firsts = Counter(each.split()[0] for each in terms)
    for term in terms:
        first, _, rest = term.partition(" ")
        if not rest or firsts[first] > 1:
            continue
        capital = first[:1].upper() + first[1:]
        short = rf"(?<!\w){re.escape(capital)}(?! (?:(?i:{re.escape(rest.split()[0])})|\d))(?!\w)"
        pieces = re.split(r'("[^"]*")', written)
        pieces[::2] = [re.sub(short, term, each) for each in pieces[::2]]
        if (further := "".join(pieces)) != written:
            return further, False
    return written, True


def _levelled(written: str, text: str, *, careful: bool = False) -> tuple[str, bool]:
    """The terms of levels as levels: the agency's own as the file declares them, then those of the law.

    With `careful` a term that is a word of the language too is one only with its capital: `Below` beside `below`.
    """
    own, declared = own_terms(text), declared_levels(text)
    federal = {term: level for term, level in FEDERAL.items() if not declared or level in declared}
    all_declared = True
    for term, level in sorted((federal | own).items(), key=lambda each: -len(each[0])):
        is_word = careful and term in tables().words
        bare = f"{re.escape(term[0].upper())}(?i:{re.escape(term[1:])})" if is_word else f"(?i:{re.escape(term)})"
        outside = re.compile(rf'(?<![\w"]){bare}(?![\w"])|"(?i:{re.escape(term)})"|("[^"]*")')
        further = outside.sub(lambda found, level=level: found[1] or f"level {level}", written)  # type: ignore[misc]
        if further != written and term not in own:
            all_declared = False
        written = further
    return _LEVEL_TWICE.sub(r"level \1", written), all_declared


@lru_cache(maxsize=TEXTS)
def _changes_another(text: str) -> bool:
    """Whether a text changes another, so that its lines strike and insert."""
    return _CHANGES.search(text) is not None


def _named(written: str, text: str) -> str:
    """Names that the file declares, put in quotes where they stand without."""
    for name in sorted(declared_names(text), key=len, reverse=True):
        outside = re.compile(rf'("[^"]*")|(?<!\w){re.escape(name)}(?!\w)', re.IGNORECASE)
        written = outside.sub(lambda found, name=name: found[1] or f'"{name}"', written)  # type: ignore[misc]
    return written


def _name_of(place: Place) -> str | None:
    """The name of the element under whose heading the sentence stands."""
    heading = place.fault.heading
    at = next((each for each in range(heading, heading + 4) if place.kinds[each] == "STRING"), None)
    return None if at is None else place.words(at)[1:-1]


def _of_change(place: Place) -> _Offer | None:
    """`replace … with …` and its like, in a text that changes another."""
    if place.is_quoted or not _changes_another(place.source.text):
        return None
    written = " ".join(place.span(place.first, max(place.end, place.first + 1)).text.split())
    if len(written) > _LONGEST:
        return None
    said, taken = spoken(of_examples.OF_CHANGES, written)
    lines = tuple(line.strip() for line in said.split("\n"))
    sentences = [line.partition(" ")[2] for line in lines]
    part = place.part if place.part is not PartKind.AMENDMENT else _part_of_all(sentences)
    if part is None or not taken or not all(is_sentence_of(part, each) for each in sentences):
        return None
    return _Offer(lines, part, all(each.sure for each in taken), ())


def _part_of_all(sentences: list[str]) -> PartKind | None:
    """The part of the whole system that these sentences may stand under; None where there is none."""
    return next(
        (each for each in _WAYS if each not in _ELEMENTS and all(is_sentence_of(each, one) for one in sentences)), None
    )


_CHANGES = re.compile(r'^amendment |^system "[^"\n]*" based on ', re.MULTILINE | re.IGNORECASE)


def _told(place: Place, span: Span, offer: _Offer) -> Diagnostic:
    shown = ", and on a line below it ".join(f"`{each}`" for each in offer.lines)
    if offer.advice:
        return _finding(place, f"{shown} {'; '.join(offer.notes)}", ())
    help = f"write {shown}" if offer.part is place.part else f"under `{offer.part}`, write {shown}"
    for note in offer.notes:
        help += f"; {'or ' if note.startswith('`') else ''}{note}"
    fixes: tuple[Fix, ...] = ()
    if offer.part is place.part:
        title = f"write `{offer.lines[0]}`" if len(offer.lines) == 1 else "write these lines"
        fixes = (Fix(title, span, "\n  ".join(offer.lines), sure=offer.sure, asks=offer.asks),)
    elif len(offer.lines) == 1 and span == place.whole and not offer.asks:
        fixes = moved_to(offer.part, span, offer.lines[0])
    return _finding(place, help, fixes)


def _finding(place: Place, help: str, fixes: tuple[Fix, ...]) -> Diagnostic:
    """What is wrong where the parser stumbles, with what to do about the whole sentence."""
    if place.at >= place.sentence_end:
        whole = place.span(place.first, max(place.at, place.first + 1))
        return findings.INCOMPLETE.at(whole, f"`{place.quoted(whole)}` is not finished", help=help, fixes=fixes)
    at, kind = place.span(place.at), place.kinds[place.at]
    message = f"`{place.quoted(at)}` cannot stand here"
    if kind == "WORD":
        return findings.UNKNOWN_WORD.at(
            at, f"`{place.quoted(at)}` is not a word of the language", help=help, fixes=fixes
        )
    if kind == STRANGE:
        message = f"`{place.quoted(at)}` is not a sign of the language"
        return findings.BAD_CHARACTER.at(at, message, help=help, fixes=fixes)
    if place.at == place.sentence:
        message = f"no sentence here begins with `{place.quoted(at)}`"
    return findings.UNEXPECTED_WORDS.at(at, message, help=help, fixes=fixes)
