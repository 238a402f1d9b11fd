"""The phrase book: every sentence of the language, with its part, its meaning, and examples.

Nothing is written here that a sentence's class says of itself; this module only gathers and sets in order. The
command `sespms phrases` and the reference pages of the documentation are renderings of the same book.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax import (
    baselines,
    derivation,
    elements,
    facts,
    planning,
    proof,
    requirements,
    steps,
    system,
    uses,
)
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.words import PartKind

_MODULES = (system, planning, elements, derivation, facts, steps, uses, proof, baselines, requirements)

# A sentence that goes by other words in one part than in the others it may stand in.
_SAID_OTHERWISE: dict[tuple[type[Sentence], PartKind], tuple[str, ...]] = {
    (planning.Happens, PartKind.DEVELOPMENT): ("is reviewed at least 1 time each year",),
}

_WIDEST_FIRST_COLUMN = 46
_WIDTH = 112


class Phrase(Frozen):
    """One kind of sentence in one part of a file.

    `name` is what the sentence is called (`weight total`), `sentence` the first of its `examples`; `means` says
    in a few words what it states; `strictness` by which order one such sentence is at least as strict as
    another (the page `language/strictness`).
    """

    part: PartKind
    name: str
    sentence: str
    means: str
    strictness: str
    examples: tuple[str, ...]


class PartOfFile(Frozen):
    """A part of a file: its kind, how its heading is written, and what the part is about."""

    kind: PartKind
    heading: str
    about: str


class UnknownPartError(LookupError):
    """No part has the name that was asked for; `message` says so and `help` offers names."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


PARTS = (
    PartOfFile(PartKind.SYSTEM, 'system "Example system"', "the head of an agency's system: whose it is, since when"),
    PartOfFile(PartKind.PERIOD, "appraisal period", "the year that is appraised, and how short it may be"),
    PartOfFile(PartKind.PLAN, "performance plan", "what an executive's plan holds, and how it comes about"),
    PartOfFile(PartKind.REVIEW, "progress review", "the talk during the year about how the work stands"),
    PartOfFile(PartKind.CRITICAL_ELEMENT, 'critical element "Results Driven"', "an element that every plan must have"),
    PartOfFile(
        PartKind.NONCRITICAL_ELEMENT, 'noncritical element "Special projects"', "an element that is not critical"
    ),
    PartOfFile(PartKind.LEVELS, "levels", "the levels, best first: the agency's terms and the points of each"),
    PartOfFile(PartKind.STANDARDS, "standards", "what each level means in words"),
    PartOfFile(PartKind.WEIGHTS, "weights", "which weights the elements of a plan may have"),
    PartOfFile(PartKind.APPRAISAL, "appraisal", "how an executive is appraised, and what is considered"),
    PartOfFile(PartKind.RATING, "summary rating", "how element ratings become a score, and a score a level"),
    PartOfFile(PartKind.TABLE, 'table "Award"', "a table that a formula looks things up in"),
    PartOfFile(PartKind.FACTS, "facts", "what is known of the executive or the unit beside ratings"),
    PartOfFile(PartKind.STEPS, "rating steps", "who does what, and when, until the annual rating is final"),
    PartOfFile(PartKind.BOARD, "performance review board", "the board that reviews the ratings"),
    PartOfFile(PartKind.CHANGES, "job changes", "details, reassignments and transfers within the year"),
    PartOfFile(PartKind.DISTRIBUTION, "distribution", "limits on how many may get the upper levels"),
    PartOfFile(PartKind.USES, "uses of results", "what a rating allows, bars and requires"),
    PartOfFile(PartKind.REWARDS, "awards and pay", "performance awards and pay increases"),
    PartOfFile(PartKind.DEVELOPMENT, "development", "the development of each executive"),
    PartOfFile(PartKind.TRAINING, "training", "who is trained in performance management"),
    PartOfFile(PartKind.EVALUATION, "evaluation", "how the agency looks at its own system"),
    PartOfFile(PartKind.RECORDS, "records", "what is kept, how long, and who gets copies"),
    PartOfFile(PartKind.GUARANTEES, "guarantees", "what must hold of every appraisal, not only of the examples"),
    PartOfFile(PartKind.SCENARIO, 'scenario "All as planned"', "a worked example with the result it must give"),
    PartOfFile(PartKind.BASELINE, 'baseline "Example rules"', "the head of an edition of rules for systems"),
    PartOfFile(PartKind.OVERLAY, 'overlay "Example state rules"', "the head of duties that a place adds"),
    PartOfFile(PartKind.REQUIREMENT, 'requirement "430.304(b)(4)" "Minimum period"', "one rule, and how it is checked"),
    PartOfFile(PartKind.LIST, 'list "Competencies"', "words that rules refer to"),
    PartOfFile(PartKind.AMENDMENT, 'amendment "Raise the bar"', "the head of a change to a system or an edition"),
)
"""Every part of a file, in the order in which the language is explained."""


EDITS = (
    (
        "strike score at least 4.5 is level 5",
        "under the heading of a part: the sentence, written as it stands there, goes",
    ),
    ("insert score at least 4.6 is level 5", "under the heading of a part: a sentence that comes in"),
    ("strike distribution", "at the margin: the whole part goes; no lines stand below it"),
)
"""How an amendment, or a system based on another, changes a part: any sentence may stand behind the first word."""


def edits_as_text() -> str:
    """The ways to change a part, as a block of the phrase book."""
    heading = "in each part of an amendment, or of a system based on another: what changes"
    return "\n".join([heading, *(line for says, means in EDITS for line in (f"  {says}", f"      {means}"))])


def phrase_book(part: str | None = None) -> tuple[Phrase, ...]:
    """Every kind of sentence, part by part; those of one part where its name is given.

    Within a part the sentences keep the order in which the language declares them. Raises UnknownPartError for a
    name that is no part's.
    """
    kinds = [each.kind for each in PARTS] if part is None else [_kind(part)]
    return tuple(phrase for kind in kinds for phrase in _phrases(kind))


def part_of_file(kind: PartKind) -> PartOfFile:
    """What the language says of a part."""
    return next(each for each in PARTS if each.kind is kind)


def sentence_classes() -> tuple[type[Sentence], ...]:
    """Every class of sentence that says where it may stand, in the order of declaration."""
    return tuple(
        value
        for module in _MODULES
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Sentence)
        and value.under
        and value.__module__ == module.__name__
    )


def as_text(phrases: Iterable[Phrase]) -> str:
    """The phrases as plain lines: each part's name, then its sentences beside what they mean.

    A sentence too long for the first column has its meaning on the line below.
    """
    listed = tuple(phrases)
    column = _first_column(listed)
    groups = groupby(listed, key=lambda phrase: phrase.part)
    return "\n\n".join("\n".join(_group_lines(kind, group, column)) for kind, group in groups)


def _first_column(phrases: Iterable[Phrase]) -> int:
    """Where meanings begin: behind the longest sentence that leaves them room."""
    lengths = (len(phrase.examples[-1]) + 4 for phrase in phrases)
    return max((length for length in lengths if length <= _WIDEST_FIRST_COLUMN), default=6)


def _group_lines(kind: PartKind, phrases: Iterable[Phrase], column: int) -> Iterator[str]:
    yield f"{kind}: {part_of_file(kind).about}"
    for phrase in phrases:
        *above, last = phrase.examples
        yield from (f"  {example}" for example in above)
        meaning = textwrap.wrap(phrase.means, _WIDTH - column)
        if len(last) + 4 > column:
            yield f"  {last}"
        else:
            yield f"  {last}".ljust(column) + meaning.pop(0)
        yield from (" " * column + line for line in meaning)


def _phrases(kind: PartKind) -> Iterator[Phrase]:
    for declared in sentence_classes():
        if kind in declared.under:
            examples = _SAID_OTHERWISE.get((declared, kind), declared.examples)
            yield Phrase(kind, called(declared), examples[0], declared.means, declared.strictness, examples)


@cache
def called(declared: type[object]) -> str:
    """The name of a class in words: `WeightTotal` is `weight total`."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in declared.__name__).strip()


def _kind(part: str) -> PartKind:
    wanted = " ".join(part.split()).casefold()
    names = {each.kind.value: each.kind for each in PARTS}
    if wanted in names:
        return names[wanted]
    cure = did_you_mean(nearest_name(wanted, names), f"the parts are {backticked(names)}")
    raise UnknownPartError(f"the language has no part `{part}`", cure)


__all__ = [
    "PARTS",
    "PartOfFile",
    "Phrase",
    "UnknownPartError",
    "as_text",
    "called",
    "edits_as_text",
    "part_of_file",
    "phrase_book",
    "sentence_classes",
]
