"""The part of the report in HTML that goes through the requirements, one baseline after another."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.law.verdict import Conformance, Held, Ruling, Verdict, VerdictKind
from sespms_rules.reports.findings.html_markup import Markup, dated, element, facts, joined, lines, prose, quoted
from sespms_rules.reports.findings.html_verdicts import LOOKS, capitalized, confidence_words, heading_mark, mark
from sespms_rules.reports.findings.requirements_text import verdicts_counted

_TO_LOOK_AT = (
    VerdictKind.REFUTED,
    VerdictKind.NOT_MET,
    VerdictKind.BROKEN_ON_RECORDS,
    VerdictKind.UNDECIDED,
    VerdictKind.UNCONFIRMED,
)
_SILENT = (VerdictKind.MET, VerdictKind.PROVED)
_ITSELF = (
    VerdictKind.NEEDS_PERSON,
    VerdictKind.NOT_APPLICABLE,
    VerdictKind.EACH_RATING,
    VerdictKind.HELD_ON_RECORDS,
    VerdictKind.BROKEN_ON_RECORDS,
    VerdictKind.OPEN_ON_RECORDS,
)


def first_to_look_at(held: Sequence[Conformance]) -> Markup:
    """Links to the requirements that are missed, undecided or unconfirmed, the gravest first."""
    numbered = [each for place, conformance in enumerate(held) for each in _numbered(place, conformance)]
    missed = sorted(
        (each for each in numbered if each[1].kind in _TO_LOOK_AT),
        key=lambda each: (not each[1].fails, _TO_LOOK_AT.index(each[1].kind)),
    )
    if not missed:
        return element("p", "No requirement is missed, undecided or unconfirmed.")
    items = [
        element("li", heading_mark(verdict), ": ", element("a", _named(verdict), href=f"#{identity}"))
        for identity, verdict in missed
    ]
    return element("ul", lines(*items), class_="first")


def requirements(held: Sequence[Conformance], policy: str) -> Markup:
    """Every requirement of every system, grouped by baseline; `policy` is the name of the file that was checked."""
    return lines(
        *(
            _group(conformance, edition, number, policy, several=len(held) > 1)
            for number, conformance in enumerate(held)
            for edition in conformance.held
        )
    )


def edition_words(held: Held) -> Markup:
    """A baseline with the edition, as a heading names it."""
    return dated(f"{held.baseline}, edition of {held.first}" if held.first else held.baseline)


def group_identity(place: int, held: Held, conformance: Conformance) -> str:
    """The anchor of the group of one baseline; `place` counts the systems."""
    return f"baseline-{place + 1}-{conformance.held.index(held) + 1}"


def _numbered(place: int, conformance: Conformance) -> list[tuple[str, Verdict]]:
    return [(f"requirement-{place + 1}-{number}", each) for number, each in enumerate(conformance.verdicts, start=1)]


def _group(conformance: Conformance, edition: Held, place: int, policy: str, *, several: bool) -> Markup:
    mine = [
        (identity, verdict)
        for identity, verdict in _numbered(place, conformance)
        if (verdict.baseline, verdict.edition) == (edition.baseline, edition.first)
    ]
    whose = f"{conformance.system}: " if several else ""
    identity = group_identity(place, edition, conformance)
    return element(
        "section",
        element("h3", whose, edition_words(edition), id=f"{identity}-title"),
        prose_paragraph(verdicts_counted([verdict for _, verdict in mine])),
        lines(*(_requirement(anchor, verdict, policy) for anchor, verdict in mine)),
        id=identity,
        aria_labelledby=f"{identity}-title",
    )


def prose_paragraph(text: str) -> Markup:
    """A message as a paragraph."""
    return element("p", prose(text))


def _named(verdict: Verdict) -> str:
    return f"{verdict.citation}: {verdict.title}"


def _requirement(identity: str, verdict: Verdict, policy: str) -> Markup:
    return element(
        "article",
        element("h4", _named(verdict), id=f"{identity}-title"),
        element("p", element("strong", "Verdict: "), heading_mark(verdict), class_="verdict"),
        facts(("Confidence", confidence_words(verdict))),
        element(
            "ol",
            lines(*(_ruling(each, policy, alone=len(verdict.rulings) == 1) for each in verdict.rulings)),
            class_="sentences",
        ),
        class_=LOOKS[verdict.kind].tone,
        id=identity,
        aria_labelledby=f"{identity}-title",
        data_verdict=verdict.kind.value,
    )


def _ruling(ruling: Ruling, policy: str, *, alone: bool) -> Markup:
    """One sentence of a requirement; where it stands alone, the verdict above is its own.

    Where a person is asked, the question is both sentence and reason, and is said once.
    """
    question = ruling.kind is VerdictKind.NEEDS_PERSON
    twice = question and ruling.why in ruling.asked
    words = [element("li", quoted(each, policy)) for each in ruling.evidence]
    return element(
        "li",
        facts(
            ("The requirement asks", element("code", ruling.asked) if ruling.asked and not twice else ""),
            ("This sentence", "" if alone else mark(ruling.kind, capitalized(ruling.said))),
            ("Question for the reviewer" if question else "Why", prose(ruling.why)),
            ("Words of the policy", element("ul", lines(*words)) if words else _none(ruling)),
            ("What to do", prose(ruling.cure) if ruling.cure and ruling.kind not in _SILENT else ""),
        ),
    )


def _none(ruling: Ruling) -> str:
    """That nothing can be quoted is worth saying only where words were looked for."""
    return "" if ruling.kind in _ITSELF else joined("None to quote.")
