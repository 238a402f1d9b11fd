"""Which two sentences speak of the same thing."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from fractions import Fraction

import pytest

import sespms_rules.language.syntax
from sespms_rules.language.resolution import families
from sespms_rules.language.resolution.families import clash, family
from sespms_rules.language.syntax.elements import WeightAll, WeightOf, WeightOthers
from sespms_rules.language.syntax.limits import AtLeast, AtMost, Between, Exactly, Limit
from sespms_rules.language.syntax.nodes import Number, Quoted, Sentence
from sespms_rules.language.syntax.planning import Considers, InWriting
from sespms_rules.language.syntax.steps import Independent, MayChange, MayNotChange
from sespms_rules.language.syntax.words import Act, Factor

TABLES = (
    families._ADD_UP,
    families._ONE_IN_A_PART,
    families._SHARED,
    families._ABOUT,
    families._SHARED_ABOUT,
)


def _kinds(of: type[Sentence]) -> Iterator[type[Sentence]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


for _module in pkgutil.iter_modules(sespms_rules.language.syntax.__path__):
    importlib.import_module(f"sespms_rules.language.syntax.{_module.name}")
KINDS = sorted(_kinds(Sentence), key=lambda kind: kind.__name__)
SPEAKING: list[type[Sentence]] = sorted(families._ABOUT, key=lambda kind: kind.__name__)


def test_there_are_many_kinds_of_sentence() -> None:
    assert len(KINDS) > 150


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_of_sentence_has_one_family(kind: type[Sentence]) -> None:
    named = [each for each in kind.__mro__ if any(each in table for table in TABLES)]
    assert len(named) == 1, f"say in families.py whether `{kind.__name__}` adds up, and what it speaks of"
    assert sum(named[0] in table for table in TABLES) == 1


@pytest.mark.parametrize("kind", SPEAKING, ids=lambda kind: kind.__name__)
def test_what_a_family_speaks_of_are_fields_of_its_sentences(kind: type[Sentence]) -> None:
    fields = {path.split(".")[0] for path in families._ABOUT[kind]}
    assert fields <= set(kind.__match_args__)


def test_a_kind_that_is_named_nowhere_is_refused() -> None:
    class Unheard(Sentence):
        pass

    try:
        with pytest.raises(KeyError, match="Unheard"):
            family(Unheard())
    finally:
        del Unheard


def _number(value: int) -> Number:
    return Number(Fraction(value))


FLOOR, CEILING = AtLeast(_number(5)), AtMost(_number(30))


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (FLOOR, CEILING, True),
        (FLOOR, AtLeast(_number(6)), False),
        (FLOOR, FLOOR, False),
        (FLOOR, Between(_number(1), _number(9)), False),
        (CEILING, Exactly(_number(9)), False),
    ],
)
def test_a_floor_and_a_ceiling_of_a_weight_stand_together(first: Limit, second: Limit, together: bool) -> None:
    name = Quoted("Results")
    for kind in (WeightAll, WeightOthers):
        assert clash(kind(first), kind(second)) is not together
    assert clash(WeightOf(name, first), WeightOf(name, second)) is not together
    assert not clash(WeightOf(name, first), WeightOf(Quoted("People"), second))
    assert not clash(WeightAll(first), WeightOthers(second))


def test_lists_add_up_and_the_same_words_twice_do_not() -> None:
    results, quality = Considers((Factor.RESULTS,)), Considers((Factor.QUALITY,))
    assert family(results) is None
    assert not clash(results, quality)
    assert clash(results, Considers((Factor.RESULTS,)))
    assert clash(InWriting(), InWriting())


def test_a_sentence_and_its_negative_speak_of_the_same_thing() -> None:
    assert clash(MayChange(Act.ANNUAL_RATING), MayNotChange(Act.ANNUAL_RATING))
    assert not clash(MayChange(Act.ANNUAL_RATING), MayNotChange(Act.BOARD_RECOMMENDATION))
    one, other = (Independent(Act.HIGHER_LEVEL_REVIEW, act) for act in (Act.INITIAL_RATING, Act.BOARD_RECOMMENDATION))
    assert not clash(one, other)
