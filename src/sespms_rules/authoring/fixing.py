"""Findings with fixes -> a text in which they are carried out, each tried before it counts.

A fix is kept only where the text, read and checked again, no longer has the finding and has no new one. One that would
trade a finding for another stays undone and is named, so that no text grows worse by being mended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from sespms_rules.authoring.edits import Edit, edited, with_its_line_ends
from sespms_rules.foundation.diagnostic import Diagnostic, Family, Fix, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field

Findings = tuple[Diagnostic, ...]
Look = Callable[[Source], Findings]
"""All that is found in a text."""

MOST_FIXES = 500
"""How many fixes one run carries out; what is left is said, and another run goes on."""

_HEADING = "SES011"


class Carried(Frozen):
    """A fix that was carried out: of which finding, what it is called, and the line it stood in (from 1)."""

    code: str
    title: str
    line: int
    sure: bool


class Fixed(Frozen):
    """The text with what was carried out, in order, and the findings whose fix was tried and given up.

    `asked` are those whose fix only the author may choose.
    """

    text: str
    carried: tuple[Carried, ...]
    given_up: Findings = field(default=())
    more: bool = field(default=False)
    asked: Findings = field(default=())


def fixed(source: Source, look: Look, *, every: bool) -> Fixed:
    """Carry out the fixes that findings offer: the sure ones, or every one that makes nothing worse.

    A sure fix cannot alter what the author meant; the others are proposals. `more` is true where `MOST_FIXES` was
    reached before all were tried.
    """
    text, found = source.text, look(source)
    carried, refused = list[Carried](), set[tuple[str, str, str]]()
    for _ in range(MOST_FIXES):
        offer = next(_offers(found, source.name, refused, every=every), None)
        if offer is None:
            break
        finding, fix = offer
        after = with_its_line_ends(text, edited(text, [Edit(fix.span.start, fix.span.end, fix.replacement)]))
        then = look(Source(source.name, after))
        if after == text or not _is_better(finding, fix, found, then):
            refused.add(_named(finding, fix))
            continue
        carried.append(Carried(finding.code, fix.title, fix.span.line, fix.sure))
        text, found = after, then
        refused.clear()  # what was too early while another fault hid the rest may be in time now
    left = tuple(each for each in found if any(_named(each, fix) in refused for fix in each.fixes))
    asked = tuple(each for each in found if every and any(fix.asks for fix in each.fixes))
    return Fixed(
        text, tuple(carried), left, next(_offers(found, source.name, refused, every=every), None) is not None, asked
    )


def _offers(
    found: Findings, name: str, refused: set[tuple[str, str, str]], *, every: bool
) -> Iterator[tuple[Diagnostic, Fix]]:
    """The fixes that may be tried, the sure ones first: a spelling put right often settles what is only guessed."""
    offers = [(each, fix) for each in found for fix in each.fixes if fix.span.source.name == name]
    ordered = sorted(offers, key=lambda offer: not offer[1].sure)
    return (
        offer for offer in ordered if (every or offer[1].sure) and not offer[1].asks and _named(*offer) not in refused
    )


def _named(finding: Diagnostic, fix: Fix) -> tuple[str, str, str]:
    """What a fix is remembered by: places move while others are carried out, words do not."""
    return (finding.code, finding.message, fix.title)


def _is_better(finding: Diagnostic, fix: Fix, before: Findings, after: Findings) -> bool:
    """Whether the finding went and none came but notes; one whose words only changed with the text did not come.

    While a text cannot be read, nothing more is known of it. A heading that is spelled right brings to light what is
    wrong in its lines: that was there before, so it is kept where only faults behind it come up, as any sure fix is.
    """
    unread, still_unread = _unread(before), _unread(after)
    if unread and (fix.sure or finding.code == _HEADING):
        come = (each for each in after if each.family is Family.TEXT and _what(each) not in unread)
        return still_unread[_what(finding)] < unread[_what(finding)] and all(_is_behind(each, fix) for each in come)
    if unread:
        return not still_unread - unread and still_unread.total() < unread.total()
    were, are = Counter(map(_what, before)), Counter(map(_what, after))
    new = are - were
    if finding.family is Family.NAMES and finding.severity is Severity.ERROR:
        # While a name is not known the system is not looked into: what comes to light behind it was there before.
        reading = {_what(each) for each in after if each.is_of_reading}
        new = Counter({what: count for what, count in new.items() if what in reading})
    counted, count = Counter(each.code for each in before), Counter(each.code for each in after)
    of_more = {code for code in count if count[code] > counted[code] - (code == finding.code)}
    return are[_what(finding)] < were[_what(finding)] and not any(
        _what(each) in new and each.code in of_more for each in after if each.severity is not Severity.NOTE
    )


def _is_behind(finding: Diagnostic, fix: Fix) -> bool:
    return finding.span.start > fix.span.start + len(fix.replacement)


def _unread(found: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter(_what(each) for each in found if each.family is Family.TEXT and each.severity is Severity.ERROR)


def _what(finding: Diagnostic) -> tuple[str, str]:
    """What makes two findings one: of a requirement its provision, as its words tell all that is amiss with it."""
    is_of_law = finding.family is Family.LAW and finding.citations
    return (finding.code, "; ".join(finding.citations) if is_of_law else finding.message)
