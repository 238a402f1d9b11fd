"""How the report in HTML shows a verdict: in words, with a shape of its own. Colour only repeats what they say."""

from __future__ import annotations

from sespms_rules.foundation.values import Frozen
from sespms_rules.law.verdict import Confidence, Verdict, VerdictKind
from sespms_rules.reports.findings.html_markup import Markup, element, joined


class Look(Frozen):
    """What a kind of verdict means to a reader, the strokes of its shape on 16 by 16 units, and its class."""

    means: str
    strokes: str
    tone: str


LOOKS: dict[VerdictKind, Look] = {
    VerdictKind.MET: Look(
        "The system says what the requirement asks for, or something stricter.", "M2 8.5l4 4L14 3.5", "good"
    ),
    VerdictKind.NOT_MET: Look(
        "The system does not say it, or says less. The report gives the sentence that is missing.",
        "M3 3l10 10M13 3L3 13",
        "bad",
    ),
    VerdictKind.PROVED: Look(
        "It holds of the system as written, or of every rating that the system can give.",
        "M1 8.5l3 3.5 6-8M7 11.5l.6.5L15 4",
        "good",
    ),
    VerdictKind.REFUTED: Look(
        "The system as written, or a rating that it can give, breaks it. The report says how.",
        "M1.5 1.5h13v13h-13zM5 5l6 6M11 5l-6 6",
        "bad",
    ),
    VerdictKind.UNDECIDED: Look(
        "Neither proved nor refuted, so nothing is claimed. The report says why.",
        "M1.5 9c2-4 4.5-4 6.5-1s4.5 3 6.5-1",
        "open",
    ),
    VerdictKind.NEEDS_PERSON: Look(
        "Only a person can tell. The report gives the question to answer.",
        "M8 1.5a2.7 2.7 0 1 0 .01 0zM2.5 14.5c0-4 2.5-6 5.5-6s5.5 2 5.5 6z",
        "open",
    ),
    VerdictKind.EACH_RATING: Look(
        "A duty on each rating or record that no record was judged by; the text of the system cannot settle it.",
        "M1.5 3.5h2M6 3.5h8.5M1.5 8h2M6 8h8.5M1.5 12.5h2M6 12.5h8.5",
        "plain",
    ),
    VerdictKind.HELD_ON_RECORDS: Look(
        "A duty on each rating or record that no record named here breaks, and that is open on none.",
        "M1.5 3.5h2M6 3.5h8.5M1.5 8h2M6 8h8.5M3 12.5l2 2 4-4",
        "good",
    ),
    VerdictKind.BROKEN_ON_RECORDS: Look(
        "A duty on each rating or record that a record named here breaks. The findings name each, and how.",
        "M1.5 3.5h2M6 3.5h8.5M1.5 8h2M6 8h8.5M3 10.5l4 4M7 10.5l-4 4",
        "bad",
    ),
    VerdictKind.OPEN_ON_RECORDS: Look(
        "A duty on each rating or record that no record breaks, and that is yet to be kept on some.",
        "M1.5 3.5h2M6 3.5h8.5M1.5 8h2M6 8h8.5M1.5 13h3M6 13h1M9 13h1",
        "open",
    ),
    VerdictKind.NOT_APPLICABLE: Look(
        "The requirement does not speak of this system. The report says why.", "M2 8h12", "plain"
    ),
    VerdictKind.UNCONFIRMED: Look(
        "The system misses it, but the requirement itself was not compared with the law, so it counts for nothing yet.",
        "M4.5 5c0-4.5 7-4.5 7 0 0 3-3.5 2.5-3.5 5.5M8 13.5v1.5",
        "open",
    ),
}

CONFIDENCES: dict[Confidence, str] = {
    Confidence.CONFIRMED: "The requirement was compared with the text of the law.",
    Confidence.PARTLY: "Some of it was compared with the law; the remark says what was not, or where it comes from.",
    Confidence.UNCONFIRMED: "It was not compared with the law. It can never make a system fail.",
}


def said(kind: VerdictKind) -> str:
    """A verdict in words, as a heading or a cell begins with it."""
    return capitalized(kind.said)


def capitalized(words: str) -> str:
    """Words as a heading or a cell begins with them."""
    return words[0].upper() + words[1:]


def shape(kind: VerdictKind) -> Markup:
    """The shape of a verdict; hidden from screen readers, because its words always stand beside it."""
    return element(
        "svg", element("path", d=LOOKS[kind].strokes), viewBox="0 0 16 16", aria_hidden="true", focusable="false"
    )


def mark(kind: VerdictKind, words: str = "") -> Markup:
    """A verdict as a mark: its shape, and its words or those given."""
    return element("span", shape(kind), " ", words or said(kind), class_=f"mark {LOOKS[kind].tone}")


def heading_mark(verdict: Verdict) -> Markup:
    """The verdict on a requirement as a mark; what is only advised says so."""
    if verdict.is_spared:
        return mark(verdict.kind, f"{said(verdict.kind)}, but not due before {verdict.spared_until}")
    beside = ", but only advised" if verdict.is_only_advised else ""
    return mark(verdict.kind, capitalized(verdict.said) + beside)


def confidence_words(verdict: Verdict) -> Markup:
    """How far the requirement was compared with the law, with the edition's remark."""
    remark = f": {verdict.remark}" if verdict.remark else ""
    return joined(verdict.confidence.value.capitalize(), remark)
