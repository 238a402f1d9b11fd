"""Immutable values behave as frozen dataclasses do."""

from __future__ import annotations

import pickle

import pytest

from sespms_rules.frozen import Frozen, field, replace


class Point(Frozen):
    """Two numbers, and where they were written, which does not count."""

    x: int
    y: int = field(default=0)
    place: str = field(default="", compare=False, kw_only=True)


class Often(Frozen, often=True):
    """The same, with an initializer of its own."""

    x: int
    y: int = field(default=0)
    place: str = field(default="", compare=False, kw_only=True)


class Named(Point):
    """A point with a name."""

    name: str = field(default="")


def test_fields_come_by_position_and_by_name() -> None:
    assert Point(1, 2) == Point(1, y=2) == Point(x=1, y=2)
    assert Point(1).y == 0
    assert Named(1, 2, "a").name == "a"


def test_what_is_not_compared_is_neither_equal_nor_hashed() -> None:
    assert Point(1, 2, place="here") == Point(1, 2, place="there")
    assert hash(Point(1, 2, place="here")) == hash(Point(1, 2, place="there"))
    assert "here" not in repr(Point(1, 2, place="here"))


def test_values_of_different_classes_differ() -> None:
    assert Point(1, 2) != Named(1, 2)


def test_nothing_can_be_set_or_deleted() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="`x` cannot be set"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="`x` cannot be deleted"):
        del point.x
    with pytest.raises(AttributeError):
        point.z = 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "named", "message"),
    [
        ((), {}, "needs `x`"),
        ((1, 2, 3), {}, "takes 2 values"),
        ((1,), {"z": 1}, "no field z"),
        ((1,), {"x": 1}, "no field x"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(values: tuple[int, ...], named: dict[str, int], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Point(*values, **named)  # type: ignore[arg-type]


def test_patterns_and_copies() -> None:
    match Named(1, 2, "a", place="here"):
        case Named(x, y, name):
            assert (x, y, name) == (1, 2, "a")
    copy = replace(Named(1, 2, "a", place="here"), y=5)
    assert (copy.x, copy.y, copy.name, copy.place) == (1, 5, "a", "here")


def test_a_value_survives_pickling_with_its_place() -> None:
    again = pickle.loads(pickle.dumps(Point(1, 2, place="here")))
    assert again == Point(1, 2)
    assert again.place == "here"


def test_an_initializer_of_its_own_does_the_same() -> None:
    assert Often(1, 2) == Often(1, y=2) == Often(x=1, y=2)
    assert (Often(1).y, Often(1, place="here").place) == (0, "here")
    assert pickle.loads(pickle.dumps(Often(1, 2, place="here"))).place == "here"
    assert replace(Often(1, 2), y=5) == Often(1, 5)
    for values, named in (((), {}), ((1, 2, 3), {}), ((1,), {"z": 1}), ((1,), {"x": 1})):
        with pytest.raises(TypeError):
            Often(*values, **named)
