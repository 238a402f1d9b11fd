"""Findings and verdicts -> one HTML page for readers who never saw the language.

The page holds all it needs: no script, no font, no picture from elsewhere, nothing that is asked for over a network.
It names files without their folders and says nothing of when or by whom it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import AnyWording, Text
from sespms_rules.language.syntax.system import Accepts, Agency
from sespms_rules.law.provenance import Provenance
from sespms_rules.law.verdict import Conformance, Held, VerdictKind
from sespms_rules.reports.findings.display import file_name
from sespms_rules.reports.findings.html_markup import (
    Markup,
    dated,
    element,
    facts,
    joined,
    lines,
    prose,
    quoted,
    table,
    where,
)
from sespms_rules.reports.findings.html_requirements import (
    edition_words,
    first_to_look_at,
    group_identity,
    prose_paragraph,
    requirements,
)
from sespms_rules.reports.findings.html_style import STYLE
from sespms_rules.reports.findings.html_verdicts import CONFIDENCES, LOOKS, capitalized, mark
from sespms_rules.reports.findings.report_head import head
from sespms_rules.reports.findings.text import summary
from sespms_rules.reports.provenance import judged_by
from sespms_rules.reports.provenance_html import HEADING
from sespms_rules.reports.provenance_html import as_html as provenance_as_html

_TOLD_BY_REQUIREMENTS = ("SES302", "SES303", "SES304")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_GRAVITIES = {Severity.ERROR: "bad", Severity.WARNING: "open", Severity.NOTE: "plain"}

NOTHING = Markup("")


def as_html(
    source: Source,
    systems: Sequence[System],
    diagnostics: Iterable[Diagnostic],
    held: Iterable[Conformance],
    proved: Markup = NOTHING,
    provenance: Provenance | None = None,
) -> str:
    """Return the report of a check of one policy: `source` and its `systems`, what was found, how they stand.

    `proved` is what was proved of it, where proofs were asked for; `provenance` is what the report rests on.
    """
    found, conformances = tuple(diagnostics), tuple(held)
    in_text, in_records = _by_where(found, conformances)
    names = " and ".join(each.name for each in systems)
    title = f"Check of {names or file_name(source.name)}"
    sections = (
        ("summary", "Summary", _summary(conformances, found, source.name)),
        ("first", "What to look at first", first_to_look_at(conformances) if _any(conformances) else Markup("")),
        ("findings", "Findings on the text of the policy", _findings(in_text, systems, source.name)),
        ("records", "Findings in the records", _findings_in_records(in_records, source.name)),
        ("requirements", "Requirements, one by one", requirements(conformances, source.name)),
        ("proved", "What was proved", proved),
        ("basis", HEADING, NOTHING if provenance is None else provenance_as_html(provenance)),
        ("reading", "How to read this report", _how_to_read()),
    )
    present = [each for each in sections if each[2]]
    body = element(
        "body",
        element("a", "Skip to the summary", href="#summary", class_="skip"),
        element("header", element("h1", title), _about(source.name, systems)),
        element(
            "main",
            _section(*present[0]),
            _contents([(identity, heading) for identity, heading, _ in present[1:]], conformances),
            lines(*(_section(*each) for each in present[1:])),
        ),
    )
    return f"<!DOCTYPE html>\n{element('html', lines(_head(title), body), lang='en')}"


def _head(title: str) -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", title),
        element("style", Markup(STYLE)),
    )


def _any(held: Sequence[Conformance]) -> bool:
    return any(each.verdicts for each in held)


def _section(identity: str, heading: str, content: Markup) -> Markup:
    return element(
        "section",
        element("h2", heading, id=f"{identity}-title"),
        content,
        id=identity,
        aria_labelledby=f"{identity}-title",
        tabindex="-1",
    )


def _about(policy: str, systems: Sequence[System]) -> Markup:
    pairs = [("Policy file", file_name(policy))]
    for system in systems:
        pairs.append(("System", system.name))
        agencies = [each.sentence for each in system.head.sentences if isinstance(each.sentence, Agency)]
        pairs += [("Agency", _words(each.name)) for each in agencies] or [("Agency", "not stated by the system")]
    return facts(*pairs)


def _words(text: Text) -> str:
    return "any wording" if isinstance(text, AnyWording) else " ".join(text.text.split())


def _contents(sections: list[tuple[str, str]], held: Sequence[Conformance]) -> Markup:
    groups = [
        element("li", element("a", edition_words(edition), href=f"#{group_identity(place, edition, each)}"))
        for place, each in enumerate(held)
        for edition in each.held
    ]
    items = [
        element(
            "li",
            element("a", heading, href=f"#{identity}"),
            element("ul", lines(*groups)) if identity == "requirements" and groups else Markup(""),
        )
        for identity, heading in sections
    ]
    return element("nav", element("ul", lines(*items)), aria_label="Contents")


# ---- summary -------------------------------------------------------------------------------------


def _summary(held: Sequence[Conformance], found: Sequence[Diagnostic], policy: str) -> Markup:
    parts = [element("p", element("strong", head(found, held)))]
    for each in held:
        if len(held) > 1:
            parts.append(element("h3", each.system))
        parts += _standing(each)
    if not held:
        parts.append(
            element("p", "No system in this policy could be checked against rules; the findings below say why or what.")
        )
    parts.append(
        prose_paragraph(f"Findings on the text of {file_name(policy)}: {summary(_told(_by_where(found, held)[0]))}")
    )
    return lines(*parts)


def _standing(each: Conformance) -> list[Markup]:
    """Where a system stands: in a sentence, by verdicts, and against which editions."""
    if not each.held:
        reason = "no edition of them was found" if each.missing else each.unheld
        return [element("p", f"{each.system} was not checked against any rules: {reason}.")]
    broken = sum(verdict.fails for verdict in each.verdicts)
    sentence = (
        f"{each.system} breaks {broken or 'none'} of the {len(each.verdicts)} requirements it was checked against."
    )
    refuted = sum(one.kind is VerdictKind.REFUTED for one in each.guarantees)
    if refuted:
        sentence += f" {refuted} of the guarantees that it states itself {'is' if refuted == 1 else 'are'} refuted."
    rows: list[tuple[str, ...]] = [(mark(kind), LOOKS[kind].means, _count(each, kind)) for kind in VerdictKind]
    rows.append(("All requirements", "Of all the rules named below.", str(len(each.verdicts))))
    counts = table(f"Requirements by verdict: {each.system}", ("Verdict", "What it means", "How many"), rows)
    editions = table(
        f"Rules checked against: {each.system}",
        ("Rules", "Edition in force", "Why this edition"),
        [(one.baseline, _period(one), _chosen(one)) for one in each.held],
    )
    missing = [prose_paragraph(f"{one.baseline} was not found: {one.why}") for one in each.missing]
    contrast = [prose_paragraph(f"Note: {text}") for text in each.contrast]
    if not each.claimed:
        sentence += (
            " It does not say what it follows, so it was checked against what binds every system for senior executives "
            "on its effective day."
        )
    if judged_by(each):
        sentence += f" It was {judged_by(each)}."
    records = [prose_paragraph(f"{capitalized(each.records.said)}.")] if each.records else []
    return [element("p", sentence), *records, element("div", counts, class_="counts"), *contrast, editions, *missing]


def _count(each: Conformance, kind: VerdictKind) -> str:
    advised = sum(verdict.kind is kind and verdict.is_only_advised for verdict in each.verdicts)
    spared = sum(verdict.kind is kind and verdict.is_spared for verdict in each.verdicts)
    if not each.count(kind):
        return element("span", "0", class_="none")
    beside = [f"{advised} only advised"] if advised else []
    beside += [f"{spared} not due yet"] if spared else []
    return f"{each.count(kind)} ({', '.join(beside)})" if beside else str(each.count(kind))


def _period(held: Held) -> Markup:
    first = f"from {held.first}" if held.first else "no first day stated"
    return dated(f"{first} to {held.last}" if held.last else first)


def _chosen(held: Held) -> Markup:
    return prose(f"{held.why}, {held.day}" if held.day and not held.by_period else held.why)


# ---- findings ------------------------------------------------------------------------------------


def _told(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings that are not told again, with more to read, among the requirements."""
    return [each for each in found if each.code not in _TOLD_BY_REQUIREMENTS]


def _findings(found: Sequence[Diagnostic], systems: Sequence[System], policy: str) -> Markup:
    told = _told(found)
    opening = "These concern the text itself, whatever rules it is checked against."
    parts = [element("p", opening if told else "Nothing is amiss in the text itself.")]
    parts += [_finding(number, each, policy) for number, each in enumerate(told, start=1)]
    accepted = [
        (sentence.code.text, _words(sentence.reason), where(each.origin.span, policy))
        for system in systems
        for each in system.head.sentences
        if isinstance(sentence := each.sentence, Accepts)
    ]
    if accepted:
        parts.append(element("h3", "Accepted with a reason"))
        parts.append(table("Findings that the system accepts", ("Finding", "Reason given", "Where"), list(accepted)))
    return lines(*parts)


def _by_where(found: Sequence[Diagnostic], held: Sequence[Conformance]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Findings in the text, and those in records, which stand in no text."""
    named = any(each.records for each in held)
    in_records = [each for each in found if named and not each.span.source.name]
    return [each for each in found if each not in in_records], in_records


def _findings_in_records(found: Sequence[Diagnostic], policy: str) -> Markup:
    return lines(*(_finding(f"record-{number}", each, policy) for number, each in enumerate(found, start=1)))


def _finding(number: int | str, each: Diagnostic, policy: str) -> Markup:
    name = each.name.replace("-", " ")
    labels = [element("li", quoted(label.span, policy), f" ({label.message})") for label in each.labels]
    return element(
        "article",
        element("h3", f"{each.severity.value.capitalize()} {each.code}: {name}", id=f"finding-{number}-title"),
        prose_paragraph(each.message),
        facts(
            ("Words of the policy", quoted(each.span, policy) if each.span.source.name else ""),
            ("See also", element("ul", lines(*labels)) if labels else ""),
            ("What to do", prose(each.help)),
            ("Law", "; ".join(dict.fromkeys(each.citations))),
        ),
        class_=_GRAVITIES[each.severity],
        id=f"finding-{number}",
        aria_labelledby=f"finding-{number}-title",
    )


# ---- how to read ---------------------------------------------------------------------------------

_READING = """
A policy is an agency's performance management system for senior executives, written in sentences that a program can
follow. This report checks those sentences against the rules that bind the system, one requirement at a time.

Each requirement has one verdict: that of the gravest of its sentences. Every sentence is listed with its own standing,
so that none is passed over. The words of the policy on which a verdict rests are quoted with their line.

What a requirement asks is shown in the words of the edition of the rules: “must state” and what follows is a sentence
that the policy has to hold, “should state” one that it is advised to hold, “must guarantee” something that has to hold
of the system or of every rating it can give, and “ask reviewer” a question for a person.

What is not met but only advised, and what is missed but unconfirmed, does not count as broken.

Dates are written year, month, day.
"""


def _how_to_read() -> Markup:
    rows: list[tuple[str, ...]] = [(kind.value.capitalize(), means) for kind, means in CONFIDENCES.items()]
    gravities: list[tuple[str, ...]] = [
        ("Error", "The policy cannot be used until it is fixed, or a binding requirement is not met."),
        ("Warning", "Look at it: it may not be what was meant. The policy can be used."),
        ("Note", "For your information; the text can stay as it is."),
    ]
    return joined(
        *(element("p", " ".join(each.split())) for each in _READING.split("\n\n")),
        table("How far a requirement was compared with the law", ("Confidence", "What it means"), rows),
        table("How grave a finding is", ("Finding", "What it means"), gravities),
    )
