"""A text in words that may take back what the lines of the system say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import sentences_of, within
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequiresText, Standard
from sespms_rules.language.syntax.nodes import Node, Prose, Quoted
from sespms_rules.language.syntax.steps import OtherCases
from sespms_rules.language.syntax.system import Adapts, LeavesOut, Oversight, Purpose

FINDING = warning("SES313", "text-takes-back")

_IN_WORDS = (Purpose, Oversight, LeavesOut, Adapts, Standard, RequiresText, OtherCases)
_TAKES_BACK = re.compile(
    r"""
      \b(?:is|are)\ (?:only\ |merely\ |just\ )?(?:guidance|advisory|not\ binding|nonbinding|non-binding)\b
    | \b(?:guidance|advisory|examples?)\ only\b
    | \b(?:see|sees|deem|deems|think|thinks)\ (?:fit|proper|best)\b
    | \b(?:sole|own|full|unlimited|absolute)\ discretion\b
    | \b(?:notwithstanding|irrespective\ of|regardless\ of)\ (?:the\ |this\ |any\ |these\ |all\ |what\ )
    | \b(?:may|shall|will|can)\ be\ (?:disregarded|ignored|waived|set\ aside|suspended|overridden)\b
    | \b(?:disregard|ignore|overrides?|supersedes?)\ (?:the|this|any|these|all|every)\b
    | \b(?:do|does|shall|will)\ not\ (?:apply|bind)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def check(system: System) -> Iterator[Diagnostic]:
    """Find words by which an official, or a text, may stand above the lines; nothing is concluded from them."""
    for _, sentence in sentences_of(system):
        if not isinstance(sentence, _IN_WORDS):
            continue
        for text in within(sentence, Node):
            words = " ".join(text.text.split()) if isinstance(text, Quoted | Prose) else ""
            found = _TAKES_BACK.search(words)
            if found is not None:
                yield FINDING.at(
                    text.span,
                    f"the words `{found.group()}` may take back what other lines of this text say",
                    help="say with whom and in which case it is so, in the lines it is about; or take these words out",
                )
