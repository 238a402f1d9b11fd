"""RatingReceipt -> the page that an executive keeps, and what speaks against a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Final

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.version import version
from sespms_rules.program.rating import Rated, Rating, Step
from sespms_rules.reports.charts import Section, page, section
from sespms_rules.reports.findings import Markup, element, json_text, lines, table
from sespms_rules.review.rating_receipts import RatingReceipt
from sespms_rules.studies.explanation import explanation, near_as_markup, steps_as_markup

SHOWN: Final = "the level follows from the policy, the plan and the ratings in the receipt"
NOT_SHOWN: Final = (
    "who made the receipt, whom it is about, that these ratings were given, and whose policy it is; nobody signed it"
)
_NOT_RUN = "Where a browser runs scripts, this page works the level out again from the code below. Here none ran."


def receipt_page(receipt: RatingReceipt) -> str:
    """The whole page."""
    told = explanation(receipt.program, receipt.appraisal, receipt.rating)
    sections = [
        _result(receipt),
        section("plan", "The plan and the ratings", _ratings(receipt)),
        section("steps", "How it was derived", steps_as_markup(told)),
        section("near", "How near another level is", near_as_markup(told)),
        section("law", "What it rests on", *_rests_on(receipt, told.steps)),
        _code(receipt),
    ]
    return page(f"Receipt of a rating: {receipt.rating.id}", sections, script=_script())


def changed_in(held: bytes, receipt: RatingReceipt) -> str | None:
    """What speaks against a page whose code is sound, in a sentence; None where it is what its code makes."""
    if receipt.made_by != version():
        return f"it was made by another version than sespms {version()}, so its code was checked and its words were not"
    there, here = held.decode().split("\n"), receipt_page(receipt).split("\n")
    if there == here:
        return None
    pairs = enumerate(zip(there, here, strict=False), 1)
    at = next((number for number, (one, two) in pairs if one != two), min(len(there), len(here)) + 1)
    return f"the receipt was changed: line {at} of the page is not what its code gives"


def _words(rating: Rating) -> str:
    """Score and level in the words that the page compares."""
    score = "" if rating.score is None else f"score {exact(rating.score)}, "
    return f"{score}level {rating.level}" if rating.level is not None else f"{score}{rating.outcome.value}"


def _result(receipt: RatingReceipt) -> Section:
    rating, why = receipt.rating, receipt.code["not_by_itself"]
    again = f"This page does not work the level out by itself, because {why}." if why else _NOT_RUN
    term = [element("p", element("strong", rating.term))] if rating.term else []
    return section(
        "result",
        "The result",
        element("p", f"{receipt.program.name}, {rating.id}: ", element("strong", _words(rating), id="told")),
        *term,
        element("p", again, id="again", role="status"),
        element(
            "p",
            "Keep this file. It holds the policy, the plan and the ratings that the level was derived from; ",
            element("code", "sespms verify FILE"),
            " derives it again, and refuses a page that says anything other than what follows from them.",
        ),
        element("p", f"Shown by that: {SHOWN}."),
        element("p", f"Not shown: {NOT_SHOWN}. Anyone can make such a page of other ratings, or under another id."),
    )


def _ratings(receipt: RatingReceipt) -> Markup:
    weighted = any(each.weight is not None for each in receipt.appraisal.elements)
    headings = ("Element", *(("Weight",) if weighted else ()), "Rating")
    rows = [
        (each.name, *((_number(each.weight),) if weighted else ()), _rating(each, receipt))
        for each in receipt.appraisal.elements
    ]
    facts: list[tuple[str, ...]] = [
        (name, given if isinstance(given, str) else exact(given)) for name, given in receipt.appraisal.facts
    ]
    tables = [table("What was rated", headings, rows)]
    tables += [table("What is known beside the ratings", ("Fact", "Value"), facts)] if facts else []
    return lines(*tables)


def _number(value: Fraction | None) -> str:
    return "none" if value is None else exact(value)


def _rating(each: Rated, receipt: RatingReceipt) -> str:
    if each.requirements:
        return "; ".join(f"{one.name}: {_rating(one, receipt)}" for one in each.requirements)
    if each.rating is None:
        return "not rated"
    term = dict(receipt.program.terms).get(int(each.rating), "") if each.rating.denominator == 1 else ""
    further = "".join(f", {name} {exact(value)}" for name, value in each.further)
    return f"{exact(each.rating)}{f' ({term})' if term else ''}{further}"


def _rests_on(receipt: RatingReceipt, steps: tuple[Step, ...]) -> Iterator[Markup]:
    cited = list(dict.fromkeys(_authorities(steps)))
    if cited:
        yield element("p", f"Provisions that the lines of the policy name: {'; '.join(cited)}.")
    rows: list[tuple[str, ...]] = [
        (name, hashlib.sha256(held.encode()).hexdigest()) for name, held in sorted(receipt.code["texts"].items())
    ]
    yield table("Texts of the policy", ("Text", "SHA-256"), rows)
    yield element(
        "p",
        f"Derived by sespms {version()}. Compare the digests with those that your agency gives out: a"
        " receipt says what follows from these texts, not that they are your agency's.",
    )


def _authorities(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        if step.origin is not None and step.origin.authority:
            yield step.origin.authority
        yield from _authorities(step.steps)


def _code(receipt: RatingReceipt) -> Section:
    written = json_text(receipt.code, indent=1, encoding="ascii")
    shown = element("details", element("summary", "Show the code"), element("pre", written, id="code"))
    return section("the-code", "The code", "All that the level is derived from, for programs.", shown)


@cache
def _script() -> str:
    return files("sespms_rules.review").joinpath("rating_receipt.js").read_text(encoding="utf-8")
