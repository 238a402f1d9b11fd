"""Findings as people and programs read them: `text` for a terminal, `json` for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.reports.findings.display import file_name, on_one_line, printable, width
    from sespms_rules.reports.findings.html import NOTHING, as_html
    from sespms_rules.reports.findings.html_markup import Markup, element, joined, lines, prose, table
    from sespms_rules.reports.findings.html_proofs import Proofs, Told, proofs
    from sespms_rules.reports.findings.html_requirements import first_to_look_at, requirements
    from sespms_rules.reports.findings.html_style import STYLE
    from sespms_rules.reports.findings.json import as_json
    from sespms_rules.reports.findings.json_document import json_text
    from sespms_rules.reports.findings.junit import as_junit
    from sespms_rules.reports.findings.report_head import head
    from sespms_rules.reports.findings.requirements_json import held_as_json, requirements_as_json
    from sespms_rules.reports.findings.requirements_text import requirements_as_text, summary_as_text
    from sespms_rules.reports.findings.sarif import as_sarif
    from sespms_rules.reports.findings.text import as_text, refusal_as_text
else:
    __getattr__ = face(
        __name__,
        {
            "Markup": "html_markup",
            "NOTHING": "html",
            "Proofs": "html_proofs",
            "STYLE": "html_style",
            "Told": "html_proofs",
            "as_html": "html",
            "as_json": "json",
            "as_junit": "junit",
            "as_sarif": "sarif",
            "as_text": "text",
            "element": "html_markup",
            "file_name": "display",
            "first_to_look_at": "html_requirements",
            "head": "report_head",
            "held_as_json": "requirements_json",
            "json_text": "json_document",
            "joined": "html_markup",
            "lines": "html_markup",
            "on_one_line": "display",
            "printable": "display",
            "proofs": "html_proofs",
            "prose": "html_markup",
            "refusal_as_text": "text",
            "requirements": "html_requirements",
            "requirements_as_json": "requirements_json",
            "requirements_as_text": "requirements_text",
            "summary_as_text": "requirements_text",
            "table": "html_markup",
            "width": "display",
        },
    )

__all__ = [
    "NOTHING",
    "STYLE",
    "Markup",
    "Proofs",
    "Told",
    "as_html",
    "as_json",
    "as_junit",
    "as_sarif",
    "as_text",
    "element",
    "file_name",
    "first_to_look_at",
    "head",
    "held_as_json",
    "joined",
    "json_text",
    "lines",
    "on_one_line",
    "printable",
    "proofs",
    "prose",
    "refusal_as_text",
    "requirements",
    "requirements_as_json",
    "requirements_as_text",
    "summary_as_text",
    "table",
    "width",
]
