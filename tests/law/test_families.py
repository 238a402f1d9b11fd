"""Every sentence that an edition may quote has its order, and says it of itself."""

from __future__ import annotations

import pytest

from law.holding import satisfies
from law.quoting import AROUND, EXAMPLES, NAMED, QUOTED, WEIGHTS_BESIDE, classes
from sespms_rules.law.asking import ASKS_NOTHING
from sespms_rules.law.families import FAMILIES, family_of

ORDERS = {
    "number", "threshold", "moment", "time given", "duty list", "option list", "same", "present", "plans", "function",
}  # fmt: skip


def test_every_sentence_has_one_of_the_ten_orders() -> None:
    assert {each.__name__: each.strictness for each in classes() if each.strictness not in ORDERS} == {}


def test_every_sentence_that_may_be_quoted_is_compared_and_no_other() -> None:
    assert len(QUOTED) > 90
    assert sorted(each.__name__ for each in QUOTED if each not in FAMILIES) == []
    assert sorted(each.__name__ for each in FAMILIES if each not in QUOTED) == []


def test_a_sentence_of_another_part_is_not_compared() -> None:
    for kind in ASKS_NOTHING:
        with pytest.raises(KeyError):
            family_of(kind)


@pytest.mark.parametrize(("part", "example"), EXAMPLES, ids=[f"{part}: {line[:40]}" for part, line in EXAMPLES])
def test_every_sentence_satisfies_itself(part: str, example: str) -> None:
    heading = f'{part} "Leading People"' if part in NAMED else part
    beside = tuple(line for line in WEIGHTS_BESIDE if line != example) if part == "weights" else ()
    assert satisfies(heading, (example, *beside), example, AROUND.get(part, "")) is True
