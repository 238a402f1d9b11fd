"""A system that follows nothing and does not meet the law that binds it all the same, told in one finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.law.verdict import Conformance, Verdict

FINDING = error("SES304", "law-not-met")


def found(conformance: Conformance, before: Iterable[Conformance] = ()) -> Iterator[Diagnostic]:
    """Say how many requirements a system misses that it does not say it follows, and of which rules.

    One finding stands for all of them: what such a system lacks is mostly every sentence that would meet them. `before`
    are the texts that were told of; what amendments make of one of them is told only where it misses more.
    """
    missed = [each for each in conformance.verdicts if each.fails]
    if conformance.claimed or not missed:
        return
    told_before = [each for each in before if each.span == conformance.span and not each.claimed]
    known = {_asked(each) for one in told_before for each in one.verdicts if each.fails}
    if told_before and known.issuperset(map(_asked, missed)):
        return
    whose = f"`{conformance.system}`" if known else "the system"
    counts = Counter((each.baseline, each.edition) for each in missed)
    (name, _), _ = counts.most_common(1)[0]
    told = ": " + ", ".join(f"{count} of `{each}`" for (each, _), count in counts.items())
    if len(counts) == 1:
        told = f"; they stand in `{name}`"
    day = next(each.day for each in conformance.held if each.baseline == name)
    yield FINDING.at(
        conformance.span,
        f"{whose} does not say what it follows, and does not meet {len(missed)} of the {len(conformance.verdicts)} "
        f"requirements that bind every system for senior executives on its effective day{told}",
        help="`sespms complete` writes what is missing, `--requirements` shows each requirement; to have each told as "
        f'a finding, name what the system follows, as in `follows "{name}" as of {day}`; '
        "a system for other employees says `is outside the Senior Executive Service`",
        citations=tuple(f"{name}, edition of {edition or 'no stated day'}" for name, edition in counts),
    )


def _asked(verdict: Verdict) -> tuple[str, str, str]:
    """What a requirement is known by in every edition."""
    return verdict.baseline, verdict.citation, verdict.title
