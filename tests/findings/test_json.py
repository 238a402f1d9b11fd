from __future__ import annotations

import json

from sespms_rules.foundation.diagnostic import Fix, Label, error
from sespms_rules.foundation.source import NOWHERE, Source, Span
from sespms_rules.reports.findings.json import as_json

FOUND = error("SES202", "weights-do-not-total", "5 CFR 430.305(a)")


def test_every_key_of_the_contract_is_there() -> None:
    source = Source("policy.sespms", "weights\n  total 90\n")
    span = Span(source, 10, 18)
    found = FOUND.at(
        span,
        "the weights total `90`",
        help="make it 100",
        labels=(Label(Span(source, 0, 7), "here"),),
        fixes=(Fix("make it 100", Span(source, 16, 18), "100", sure=False),),
        citations=("5 CFR 430.305(a)",),
    )
    (data,) = as_json([found])
    assert json.loads(json.dumps(data)) == {
        "code": "SES202",
        "name": "weights-do-not-total",
        "severity": "error",
        "message": "the weights total `90`",
        "path": "policy.sespms",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 11,
        "text": "total 90",
        "help": "make it 100",
        "labels": [
            {
                "message": "here",
                "path": "policy.sespms",
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 8,
                "text": "weights",
            }
        ],
        "fixes": [
            {
                "title": "make it 100",
                "replacement": "100",
                "sure": False,
                "moves": None,
                "path": "policy.sespms",
                "line": 2,
                "column": 9,
                "end_line": 2,
                "end_column": 11,
                "text": "90",
            }
        ],
        "fingerprint": "536c307ba9efa6da",
        "citations": ["5 CFR 430.305(a)"],
    }


def test_a_finding_in_no_source_has_a_null_place() -> None:
    (data,) = as_json([FOUND.at(NOWHERE, "m")])
    assert (data["path"], data["line"], data["text"]) == (None, None, None)
