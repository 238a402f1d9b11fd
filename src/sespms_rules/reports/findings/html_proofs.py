"""What was proved -> a section in HTML: each guarantee in the policy's words, its verdict, and how far it reaches.

A scenario that breaks a guarantee is shown as it can be pasted into the policy.
"""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.values import Frozen
from sespms_rules.law.verdict import VerdictKind
from sespms_rules.reports.findings.html_markup import Markup, element, facts, lines, prose, table
from sespms_rules.reports.findings.html_verdicts import LOOKS, mark


class Told(Frozen):
    """One guarantee and what became of it.

    `asked_by` are the system or the citations that ask for it, `how` says what decided it, `covers` what the verdict
    speaks of. `scenarios` break it, where it is refuted by an appraisal. `milliseconds` is the time it took.
    """

    words: str
    asked_by: tuple[str, ...]
    verdict: VerdictKind
    why: str
    how: str
    covers: str
    milliseconds: int
    scenarios: tuple[str, ...]


class Proofs(Frozen):
    """The guarantees of one system, and how many appraisals a proof covers, in words."""

    system: str
    covered: str
    told: tuple[Told, ...]


_OPENING = """
A proof speaks of every appraisal that the system admits: every plan the policy allows, with every rating of every
element. Nothing is called proved because nothing was found, and an appraisal that breaks a guarantee was rated by the
reference engine before it was shown here.
"""


def proofs(results: Sequence[Proofs], solver: str) -> Markup:
    """Return what was proved of each system, a table and what is to be read beside it; `solver` is named in it."""
    parts = [element("p", " ".join(_OPENING.split()))]
    for each in results:
        if len(results) > 1:
            parts.append(element("h3", each.system))
        parts += _of_system(each)
    parts.append(element("p", f"Solver: {solver}."))
    return lines(*parts)


def _of_system(each: Proofs) -> list[Markup]:
    if not each.told:
        return [element("p", f"{each.system} states no guarantee, and no edition of rules asks one of it.")]
    made = [element("p", _summary(each)), element("p", prose(each.covered)), _table(each)]
    made += [_open(one) for one in each.told if one.verdict is not VerdictKind.PROVED]
    return made


def _summary(each: Proofs) -> str:
    kinds = (VerdictKind.PROVED, VerdictKind.REFUTED, VerdictKind.UNDECIDED, VerdictKind.NEEDS_PERSON)
    counts = [(kind, sum(one.verdict is kind for one in each.told)) for kind in kinds]
    told = ", ".join(f"{count} {kind.said}" for kind, count in counts if count)
    return f"{each.system}: {len(each.told)} guarantee{'s' if len(each.told) != 1 else ''}, {told}."


def _table(each: Proofs) -> Markup:
    rows: list[tuple[str, ...]] = [
        (
            one.words,
            mark(one.verdict),
            lines(*(element("div", by) for by in one.asked_by)),
            one.how,
            one.covers,
            _seconds(one.milliseconds),
        )
        for one in each.told
    ]
    headings = ("Guarantee", "Verdict", "Asked for by", "Decided by", "Covers", "Seconds")
    name = f"What was proved: {each.system}"
    # On a narrow screen the table is moved sideways, by the keyboard too.
    return element("div", table(name, headings, rows), class_="proofs", role="region", aria_label=name, tabindex="0")


def _seconds(milliseconds: int) -> str:
    """A time in seconds, exact to the thousandth it was measured to."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}"


def _open(one: Told) -> Markup:
    """What is to be read of a guarantee that is not proved."""
    heading = element("h3", f"{one.verdict.value.capitalize()}: {one.words}")
    parts = [heading, facts(("Why", prose(one.why)), ("What it means", LOOKS[one.verdict].means))]
    for number, scenario in enumerate(one.scenarios, start=1):
        which = f" ({number} of {len(one.scenarios)})" if len(one.scenarios) > 1 else ""
        parts.append(element("p", f"This appraisal breaks it{which}; it can be pasted into the policy as it stands:"))
        name = f"Scenario that breaks: {one.words}{which}"
        parts.append(element("pre", element("code", scenario), tabindex="0", role="region", aria_label=name))
    return element("article", *parts, class_=LOOKS[one.verdict].tone)
