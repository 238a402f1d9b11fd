"""A TextMate grammar, which editors read that have no language server at hand."""

from __future__ import annotations

from typing import Any

from sespms_rules.authoring.highlighting import patterns

SCOPE = "source.sespms"


def textmate_grammar() -> dict[str, Any]:
    """The grammar as the data of its JSON file."""
    matches = [
        (patterns.NOTE, "comment.line.number-sign"),
        (patterns.NAME, "string.quoted.double"),
        (patterns.DAY, "constant.numeric.date"),
        (patterns.CODE, "constant.other.code"),
        (patterns.NUMBER, "constant.numeric"),
        (patterns.heading(), "entity.name.section"),
        (rf"(?:^|(?<=[ \t])){patterns.EDIT}", "markup.bold.edit"),
        (patterns.word(), "keyword.other"),
        (patterns.sign(), "keyword.operator"),
    ]
    prose = {"name": f"string.quoted.triple{_ENDING}", "begin": patterns.PROSE, "end": patterns.PROSE}
    return {
        "name": "SESPMS",
        "scopeName": SCOPE,
        "fileTypes": ["sespms"],
        "patterns": [prose, *({"match": each, "name": f"{scope}{_ENDING}"} for each, scope in matches)],
    }


_ENDING = ".sespms"
