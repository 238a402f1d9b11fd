"""A text in words that may take back what the lines of the system say."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import sentences_of, within
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.foundation.patterns import AnyOf
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequiresText, Standard
from sespms_rules.language.syntax.nodes import Node, Prose, Quoted
from sespms_rules.language.syntax.steps import OtherCases
from sespms_rules.language.syntax.system import Adapts, LeavesOut, Oversight, Purpose

FINDING = warning("SES313", "text-takes-back")

_IN_WORDS = (Purpose, Oversight, LeavesOut, Adapts, Standard, RequiresText, OtherCases)
_NO_RULE = "guidance|advisory|not binding|nonbinding|non-binding"
_ABOVE = "notwithstanding|irrespective of|regardless of"
_NO_LONGER = ("disregarded", "ignored", "waived", "set aside", "suspended", "overridden")
_TAKES_BACK = AnyOf(
    {
        rf"\b(?:is|are) (?:only |merely |just )?(?:{_NO_RULE})\b": ("guidance", "advisory", "binding"),
        r"\b(?:guidance|advisory|examples?) only\b": (" only",),
        r"\b(?:see|sees|deem|deems|think|thinks) (?:fit|proper|best)\b": (" fit", " proper", " best"),
        r"\b(?:sole|own|full|unlimited|absolute) discretion\b": (" discretion",),
        rf"\b(?:{_ABOVE}) (?:the |this |any |these |all |what )": ("standing ", "irrespective ", "regardless "),
        rf"\b(?:may|shall|will|can) be (?:{'|'.join(_NO_LONGER)})\b": _NO_LONGER,
        r"\b(?:disregard|ignore) (?:the|this|any|these|all|every)\b": ("disregard ", "ignore "),
        r"\b(?:overrides?|supersedes?) (?:the|this|any|these|all|every)\b": ("override", "supersede"),
        r"\b(?:do|does|shall|will) not (?:apply|bind)\b": (" not apply", " not bind"),
    }
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
