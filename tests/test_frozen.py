"""Immutable values behave as frozen dataclasses do."""

from __future__ import annotations

import pickle

import pytest

from sespms_rules.foundation import values
from sespms_rules.foundation.values import Frozen, cache_by_identity, field, maker, replace


class Point(Frozen):
    """Two numbers, and where they were written, which does not count."""

    x: int
    y: int = field(default=0)
    place: str = field(default="", compare=False, kw_only=True)


def written_at(point: Point) -> str:
    return point.place


def width(point: Point) -> int:
    return point.x


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
        point.z = 2


@pytest.mark.parametrize(
    ("given", "named", "message"),
    [
        ((), {}, "needs `x`"),
        ((1, 2, 3), {}, "takes 2 values"),
        ((1,), {"z": 1}, "no field z"),
        ((1,), {"x": 1}, "no field x"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(given: tuple[int, ...], named: dict[str, int], message: str) -> None:
    class Fresh(Frozen):
        x: int
        y: int = field(default=0)

    with pytest.raises(TypeError, match=message):
        Fresh(*given, **named)


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
    for given, named in (((), {}), ((1, 2, 3), {}), ((1,), {"z": 1}), ((1,), {"x": 1})):
        with pytest.raises(TypeError):
            Often(*given, **named)  # type: ignore[arg-type]


def test_an_initializer_is_made_when_a_class_is_first_used() -> None:
    class Seldom(Frozen, often=True):
        x: int

    before = Seldom.__init__
    assert Seldom(1).x == 1
    assert Seldom.__init__ is not before
    assert Seldom(x=2) == Seldom(2) != Seldom(1)


def test_a_class_of_which_many_values_are_made_makes_them_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "_SELDOM", 3)

    class Many(Frozen):
        x: int
        y: int = field(default=0)
        place: str = field(default="", compare=False, kw_only=True)

    class Before(Many):
        name: str = field(default="")

    shared = Many.__init__
    made = [Many(each, place="here") for each in range(6)]
    assert Many.__init__ is not shared
    assert [(each.x, each.y, each.place) for each in made] == [(each, 0, "here") for each in range(6)]
    assert Many(1, 2) == Many(1, y=2) == Many(x=1, y=2) == replace(made[1], y=2)
    for wrong, named in (((), {}), ((1, 2, 3), {}), ((1,), {"z": 1}), ((1,), {"x": 1})):
        with pytest.raises(TypeError, match=r"Many\.__init__"):
            Many(*wrong, **named)  # type: ignore[arg-type]

    class After(Many):
        name: str = field(default="")

    for kind in (Before, After):
        each = kind(1, 2, "a", place="here")
        assert (each.x, each.y, each.name, each.place) == (1, 2, "a", "here")
        assert [kind(x, name="b").name for x in range(6)] == ["b"] * 6
        assert kind.__init__ is not Many.__init__


def test_a_class_with_an_initializer_of_its_own_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "_SELDOM", 2)

    class Doubled(Frozen):
        x: int

        def __init__(self, x: int) -> None:
            super().__init__(2 * x)

    assert [Doubled(x).x for x in range(5)] == [0, 2, 4, 6, 8]


def test_what_is_kept_of_a_value_is_not_given_for_another_that_is_equal() -> None:
    place_of = cache_by_identity(8)(written_at)
    one, other = Point(1, place="here"), Point(1, place="there")
    assert one == other
    assert [place_of(each) for each in (one, other, one)] == ["here", "there", "here"]


def test_what_is_kept_is_worked_out_once_and_let_go_when_there_is_too_much() -> None:
    asked: list[int] = []

    @cache_by_identity(2)
    def worth(point: Point) -> int:
        asked.append(point.x)
        return point.x * 10

    points = [Point(1), Point(2), Point(3)]
    assert [worth(each) for each in (points[0], points[0], points[1], points[1])] == [10, 10, 20, 20]
    assert asked == [1, 2]
    assert [worth(each) for each in (points[2], points[0], points[2])] == [30, 10, 30]
    assert asked == [1, 2, 3, 1]


def test_a_value_that_comes_in_the_place_of_one_let_go_is_not_taken_for_it() -> None:
    worth = cache_by_identity(3)(width)
    # Each is let go at once, so that most get the place in memory of an earlier one.
    assert [worth(Point(x)) for x in range(1000)] == list(range(1000))


def test_what_fails_is_not_kept() -> None:
    tries: list[int] = []

    @cache_by_identity(8)
    def second_time(point: Point) -> int:
        tries.append(point.x)
        if len(tries) == 1:
            raise ValueError("not yet")
        return point.x

    point = Point(7)
    with pytest.raises(ValueError, match="not yet"):
        second_time(point)
    assert second_time(point) == 7


def test_a_maker_makes_what_the_class_makes() -> None:
    for kind in (Point, Often):
        made = maker(kind)
        for own, other in (
            (made(1), kind(1)),
            (made(1, 2), kind(1, 2)),
            (made(y=2, x=1, place="here"), kind(1, 2, place="here")),
        ):
            assert type(own) is kind
            assert own == other
            assert hash(own) == hash(other)
            assert own.place == other.place
            assert pickle.loads(pickle.dumps(own)) == other
            assert replace(own, x=7) == replace(other, x=7)
            with pytest.raises(AttributeError, match="immutable"):
                own.x = 3  # type: ignore[misc]
            with pytest.raises(AttributeError, match="immutable"):
                del own.x
        with pytest.raises(TypeError):
            made()  # type: ignore[call-arg]


def test_a_class_that_inherits_fields_has_no_maker() -> None:
    with pytest.raises(TypeError, match="inherits"):
        maker(Named)
