"""The limits that a table of weights shows of a policy, as sentences: those that it need not say a second time.

A description shows the lowest and highest weight of every element, whether a sentence names the element or says it of
all others. Written out beside that sentence, such a row would keep its limit where the sentence is amended.
"""

from __future__ import annotations

from sespms_rules.checks.analysis import weight_rules
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import resolve


def limits_said(text: str) -> frozenset[str]:
    """The limits of each element by the first system of a policy, each as a sentence; none where there is no system."""
    systems = resolve(parse(Source("read", text))[0])[0].systems
    if not systems:
        return frozenset()
    rules = weight_rules(systems[0])
    found: set[str] = set()
    for each in (*rules.members, rules.others):
        subject = f'"{each.name}"' if each.name else "all others"
        found.add(f"{subject} at least {exact(each.box.low)}")
        if each.box.high is not None:
            found.add(f"{subject} at most {exact(each.box.high)}")
    return frozenset(found)
