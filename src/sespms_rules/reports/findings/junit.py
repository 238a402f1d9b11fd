"""Findings and verdicts -> JUnit XML, which build servers read.

A suite for each policy: one case for each error or warning (an error fails), and one passed case where there is none.
A suite for each system: one case for each requirement; what a check cannot settle is skipped, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.version import version
from sespms_rules.law.provenance import Provenance
from sespms_rules.law.verdict import Conformance, Verdict, VerdictKind
from sespms_rules.reports.findings.display import printable
from sespms_rules.reports.findings.report_head import head
from sespms_rules.reports.findings.text import finding_as_text, place
from sespms_rules.reports.provenance import rows

_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")
_PASSED = (VerdictKind.MET, VerdictKind.PROVED, VerdictKind.HELD_ON_RECORDS)
_NO_TEXT = "records"  # the suite of findings that stand in no text: those in records name their row in words
_TOLD_BY_REQUIREMENTS = ("SES302", "SES304")


def as_junit(
    paths: Sequence[str],
    diagnostics: Iterable[Diagnostic],
    held: Iterable[Conformance],
    provenance: Provenance | None = None,
) -> str:
    """Return one XML document; `paths` are the policies that were checked, in order.

    What the report rests on (`provenance`) and its first sentence are properties of the suites of the policies.

    A requirement that is missed is a failed case of its system and not told again among the findings.
    """
    root = ElementTree.Element("testsuites", name="sespms check")
    diagnostics, held = tuple(diagnostics), tuple(held)
    told = [each for each in diagnostics if each.code not in _TOLD_BY_REQUIREMENTS]
    found = [each for each in told if each.severity is not Severity.NOTE]
    for path in dict.fromkeys((*paths, *(each.path for each in found))):
        suite = _policy(root, path, [each for each in found if each.path == path])
        if provenance is not None and path in paths:
            _rests_on(suite, head(diagnostics, held), provenance)
    for each in held:
        if each.verdicts:
            _system(root, each)
    for suite in root:
        suite.set("tests", str(len(suite.findall("testcase"))))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
        suite.set("errors", "0")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def _rests_on(suite: ElementTree.Element, summary: str, provenance: Provenance) -> None:
    properties = ElementTree.Element("properties")
    suite.insert(0, properties)
    told = [("summary", summary), ("version", version())]
    told += [(f"sha256 of {what}", source.sha256) for what, source in rows(provenance)]
    for name, value in told:
        ElementTree.SubElement(properties, "property", name=_safe(name), value=_safe(value))


def _policy(root: ElementTree.Element, path: str, found: Sequence[Diagnostic]) -> ElementTree.Element:
    path = path or _NO_TEXT
    suite = ElementTree.SubElement(root, "testsuite", name=_safe(path))
    for each in found:
        name = f"{each.code} {each.name} at {place(each.span)}"
        case = ElementTree.SubElement(suite, "testcase", classname=_safe(path), name=_safe(name))
        if each.severity is Severity.ERROR:
            _say(case, "failure", each.message, finding_as_text(each))
        else:
            ElementTree.SubElement(case, "system-out").text = _safe(finding_as_text(each))
    if not found:
        ElementTree.SubElement(suite, "testcase", classname=_safe(path), name="no errors and no warnings")
    return suite


def _system(root: ElementTree.Element, conformance: Conformance) -> None:
    suite = ElementTree.SubElement(root, "testsuite", name=_safe(f"{conformance.system}: conformance"))
    for verdict in conformance.verdicts:
        edition = f"{verdict.baseline} {verdict.edition or ''}".strip()
        name = f"{verdict.citation} {verdict.title}"
        case = ElementTree.SubElement(suite, "testcase", classname=_safe(edition), name=_safe(name))
        if verdict.fails:
            _say(case, "failure", _reason(verdict), _reasons(verdict))
        elif verdict.kind not in _PASSED:
            _say(case, "skipped", _reason(verdict), _reasons(verdict))


def _say(case: ElementTree.Element, tag: str, message: str, text: str) -> None:
    ElementTree.SubElement(case, tag, message=_safe(message)).text = _safe(text)


def _reason(verdict: Verdict) -> str:
    deciding = [each.why for each in verdict.rulings if each.kind is verdict.kind] or [verdict.rulings[0].why]
    return f"{verdict.said}: {deciding[0]}"


def _reasons(verdict: Verdict) -> str:
    return "\n".join(f"{each.kind.said}: {each.asked}: {each.why} {each.cure}".rstrip() for each in verdict.rulings)


def _safe(text: str) -> str:
    """Text without what XML cannot hold: beside control signs the two that are no characters."""
    return printable(text).translate(_NO_CHARACTERS)
