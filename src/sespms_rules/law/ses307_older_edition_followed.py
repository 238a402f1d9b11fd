"""A system that says it follows an edition which its own days have left behind."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.language.model import Baseline
from sespms_rules.law.differing import differences
from sespms_rules.law.editions import file_of
from sespms_rules.law.periods import days_of
from sespms_rules.law.verdict import Conformance, Older

FINDING = warning("SES307", "older-edition-followed")

_NAMED = 4


def found(conformance: Conformance) -> Iterator[Diagnostic]:
    """Say which edition counts instead, whether the system was checked against it, and what changed since."""
    checked = {(each.baseline, each.first) for each in conformance.held}
    for each in conformance.older:
        first, then = days_of(each.counts.head.sentences)[0], days_of(each.followed.head.sentences)[0]
        known = f"it follows `{each.followed.name}` as of {each.day}, which is the edition of {then}"
        if (each.counts.name, first) in checked:
            told = (
                f"{known}; for the days it is used the edition of {first} counts, and it was checked against that one"
            )
        else:
            told = f"{known}; the edition of {first} has come since, and no effective day says which one counts"
        yield FINDING.at(each.span, told, help=_help(each), citations=(f"{each.counts.name}, edition of {first}",))


def _help(each: Older) -> str:
    changed = [difference.citation for difference in differences(each.followed, each.counts)]
    diff = f"`sespms baseline diff {_named(each.followed)} {_named(each.counts)}` shows what changed"
    if not changed:
        return f"no requirement differs between the two; name the day of the one that counts; {diff}"
    more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
    return f"{len(changed)} requirement{'s differ' if len(changed) > 1 else ' differs'}: " + (
        ", ".join(changed[:_NAMED]) + f"{more}; name the day of the edition that counts; {diff}"
    )


def _named(edition: Baseline) -> str:
    """An edition as a command line names it: one that comes with the program by its file."""
    if edition.origin.span.source.name.startswith("policies/federal/"):
        return file_of(edition)
    return f'"{edition.name} as of {days_of(edition.head.sentences)[0]}"'
