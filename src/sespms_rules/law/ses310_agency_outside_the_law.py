"""A system for senior executives of an agency to which the law on senior executives does not apply."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis import (
    chosen,
    is_outside_service,
    under,
)
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.syntax.baselines import ListItem
from sespms_rules.language.syntax.nodes import AnyWording, Text
from sespms_rules.language.syntax.system import Agency
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES310", "agency-outside-the-law", "5 USC 3132(a)(1)")

LIST = "Agencies outside the law on senior executives"
"""The list of an edition that names them."""


def found(system: System, editions: tuple[Baseline, ...]) -> Iterator[Diagnostic]:
    """Find an agency on such a list; names are compared without case, a leading article, and `U.S.`."""
    lists = [part for edition in editions for part in edition.lists if part.name == LIST]
    items = [each for part in lists for each in chosen(part.sentences, ListItem)]
    named = {_plain(each.text) for item in items for each in item.items}
    for agency in under(system, PartKind.SYSTEM, Agency) if not is_outside_service(system) else ():
        if _words(agency.name) and _plain(_words(agency.name)) in named:
            yield FINDING.at(
                agency.span,
                f"`{_words(agency.name)}` is on the list of agencies to which the law on senior executives does not "
                "apply, so OPM has no system of it to approve",
                help="check the agency's name; a system of such an agency says "
                "`is outside the Senior Executive Service`",
            )


def _words(text: Text) -> str:
    return "" if isinstance(text, AnyWording) else " ".join(text.text.split())


def _plain(name: str) -> str:
    words = name.casefold().replace(".", "").split()
    while words and words[0] in ("the", "us"):
        words = words[1:]
    return " ".join(words)
