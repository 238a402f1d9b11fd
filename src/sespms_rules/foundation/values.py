"""Immutable values that cost almost nothing to declare.

The language has some two hundred kinds of sentence. Declaring that many frozen, slotted dataclasses takes
about a tenth of a second at every start of the command, because each one compiles its methods anew; `Frozen`
gives the same behaviour (fields by annotation, positional and keyword arguments, equality, hash, pattern
matching, slots, no assignment) from shared methods. See docs/decisions/0002-frozen-values.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from operator import attrgetter
from typing import Any, ClassVar, ParamSpec, TypeVar, dataclass_transform

_P = ParamSpec("_P")
_T = TypeVar("_T")
_A = TypeVar("_A")


class _Field:
    """What a declaration says of a field beyond its type."""

    __slots__ = ("compare", "default", "kw_only")

    def __init__(self, default: Any, compare: bool, kw_only: bool) -> None:
        self.default = default
        self.compare = compare
        self.kw_only = kw_only


def field(*, default: _T, compare: bool = True, kw_only: bool = False) -> _T:
    """Declare a field with a default; `compare=False` leaves it out of equality and hash."""
    return _Field(default, compare, kw_only)  # type: ignore[return-value]


@dataclass_transform(frozen_default=True, eq_default=True, field_specifiers=(field,))
class FrozenType(type):
    """Turns the annotations of a class body into slots and lists of fields."""

    def __new__(
        mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], *, often: bool = False, **options: Any
    ) -> FrozenType:
        """Make the class: a slot for each new field, its defaults taken out of the body.

        `often` is for the few classes of which a value is made for each appraisal: these get an initializer of
        their own, which takes a little time once and is several times faster ever after.
        """
        base: Any = bases[0] if bases else None
        own = tuple([item for item, note in body.get("__annotations__", {}).items() if "ClassVar" not in str(note)])
        body["_filling"] = {}
        if own or base is None:
            body |= _declared(base, own, body)
        else:
            body["__slots__"] = ()  # everything else is the base's
        if base is not None and "_initializer" in vars(base):
            body.setdefault("__init__", Frozen.__init__)  # that of the base fills no more than the fields of the base
        made = super().__new__(mcs, name, bases, body, **options)
        if often:
            type.__setattr__(made, "__init__", _on_first_use(made))
        return made

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **_options: Any) -> None:
        super().__init__(name, bases, body)


def _declared(base: Any, own: tuple[str, ...], body: dict[str, Any]) -> dict[str, Any]:
    """What is known of a class by the fields it adds to those of its base; their defaults leave the body."""
    inherited: tuple[str, ...] = getattr(base, "_fields", ())
    defaults: dict[str, Any] = dict(getattr(base, "_defaults", {}))
    keyword_only: set[str] = set(getattr(base, "_keyword_only", ()))
    added = tuple([item for item in own if item not in inherited])
    compared = added
    for item in own:
        if item not in body:
            continue
        declared = body.pop(item)
        if isinstance(declared, _Field):
            defaults[item] = declared.default
            if declared.kw_only:
                keyword_only.add(item)
            if not declared.compare:
                compared = tuple([each for each in compared if each != item])
        else:
            defaults[item] = declared
    fields = inherited + added
    return {
        "__slots__": added,
        "__match_args__": tuple([item for item in fields if item not in keyword_only]),
        "_fields": fields,
        "_compared": getattr(base, "_compared", ()) + compared,
        "_defaults": defaults,
        "_keyword_only": frozenset(keyword_only),
    }


def _on_first_use(kind: Any) -> Any:
    """An initializer that makes the class one of its own in its place; a class that is never used costs nothing."""

    def first(self: Any, *values: Any, **named: Any) -> None:
        made = _initializer(kind)
        type.__setattr__(kind, "__init__", made)
        made(self, *values, **named)

    return first


def _initializer(kind: Any) -> Any:
    """Compile an initializer that fills the slots of a class one after another."""
    names = {f"set_{item}": getattr(kind, item).__set__ for item in kind._fields}
    lines = [f"    set_{item}(self, {item})" for item in kind._fields] or ["    pass"]
    return _compiled(kind, ["self"], lines, names)


def _compiled(kind: Any, before: list[str], lines: list[str], names: dict[str, Any]) -> Any:
    """A function of the fields of a class, behind other arguments; `names` are what its lines read beside them."""
    items = [item for item in kind._fields if item not in kind._keyword_only]
    last = [item for item in kind._fields if item in kind._keyword_only]
    asked = [f"{item}=default_{item}" if item in kind._defaults else item for item in (*items, *last)]
    if last:
        asked.insert(len(items), "*")
    names |= {f"default_{item}": value for item, value in kind._defaults.items()}
    text = "\n".join([f"def made_of({', '.join([*before, *asked])}):", *lines])
    exec(text, names)  # noqa: S102 - our own field names
    return names["made_of"]


def maker(kind: Callable[_P, _T]) -> Callable[_P, _T]:
    """What makes values of a class as calling it does, in less than half the time, for those who make thousands.

    A slot of an immutable value is only filled through its descriptor, one of a class that may be set at once. So a
    value is filled as one of a class with the same slots, and becomes one of its own when it is whole. It is made when
    a class is asked for first. Raises TypeError for a class that inherits fields.
    """
    known: Callable[_P, _T] | None = _makers.get(kind)
    if known is None:
        known = _makers[kind] = _maker_of(kind)
    return known


_makers: dict[object, Any] = {}


def _maker_of(kind: Callable[_P, _T]) -> Callable[_P, _T]:
    made: Any = kind
    if made.__base__ is not Frozen:
        raise TypeError(f"{made.__name__} inherits fields, so that no other class has its slots")
    settable = {"__slots__": made._fields, "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    whole = type.__new__(FrozenType, f"Unfinished{made.__name__}", (Frozen,), settable)
    lines = ["    unfinished = new(Unfinished)", *(f"    unfinished.{item} = {item}" for item in made._fields)]
    lines += ["    unfinished.__class__ = Whole", "    return unfinished"]
    function: Callable[_P, _T] = _compiled(made, [], lines, {"new": object.__new__, "Unfinished": whole, "Whole": made})
    return function


_NO_DEFAULT: Any = object()
_SELDOM = 400
"""So many values of a class are made by what all classes share; compiling an initializer takes as long as those."""

_Put = Callable[[Any, Any], None]


class _Filling:
    """How values fill the slots of a class: what puts each that is given, then what puts the defaults of the others.

    `left` values are still filled so; then the class is one of which many are made.
    """

    __slots__ = ("defaults", "given", "left")

    def __init__(self, given: tuple[_Put, ...], defaults: tuple[tuple[_Put, Any], ...]) -> None:
        self.given = given
        self.defaults = defaults
        self.left = _SELDOM


@cache
def _puts(kind: type[Frozen]) -> dict[str, _Put]:
    """What puts a value into each slot of a class."""
    return {name: getattr(kind, name).__set__ for name in kind._fields}


def _filled(kind: type[Frozen], count: int, *named: str) -> _Filling:
    """Work out once how that many values by position, and those names, fill the slots of a class."""
    positional: tuple[str, ...] = kind.__match_args__
    if count > len(positional):
        raise TypeError(f"{kind.__name__} takes {len(positional)} values, {count} were given")
    puts, given = _puts(kind), positional[:count]
    rest = {name: kind._defaults.get(name, _NO_DEFAULT) for name in kind._fields if name not in given + named}
    for name, default in rest.items():
        if default is _NO_DEFAULT:
            raise TypeError(f"{kind.__name__} needs `{name}`")
    if unknown := [name for name in named if name not in puts or name in given]:
        raise TypeError(f"{kind.__name__} has no field {', '.join(sorted(unknown))} left to set")
    defaults = tuple((puts[name], default) for name, default in rest.items())
    made = kind._filling[count, *named] = _Filling(tuple(puts[name] for name in (*given, *named)), defaults)
    return made


def _has_many(kind: Any) -> None:
    """Give a class of which many values are made an initializer of its own, and its subclasses the one they had."""
    if kind.__init__ is not Frozen.__init__:
        return
    for each in type.__subclasses__(kind):
        if "__init__" not in vars(each):
            type.__setattr__(each, "__init__", Frozen.__init__)
    own = _initializer(kind)
    own.__qualname__ = f"{kind.__name__}.__init__"
    type.__setattr__(kind, "_initializer", own)
    type.__setattr__(kind, "__init__", own)


class Frozen(metaclass=FrozenType):
    """An immutable value whose fields are its annotations, in order, base classes first."""

    __match_args__: ClassVar[tuple[str, ...]]
    _fields: ClassVar[tuple[str, ...]]
    _compared: ClassVar[tuple[str, ...]]
    _keyword_only: ClassVar[frozenset[str]]
    _defaults: ClassVar[dict[str, Any]]
    _filling: ClassVar[dict[tuple[int | str, ...], _Filling]]

    def __init__(self, *values: Any, **named: Any) -> None:
        kind = type(self)
        filling = kind._filling.get((len(values), *named)) or _filled(kind, len(values), *named)
        for put, value in zip(filling.given, (*values, *named.values())):  # noqa: B905 - as many, or _filled had raised
            put(self, value)
        for put, value in filling.defaults:
            put(self, value)
        filling.left -= 1
        if not filling.left:
            _has_many(kind)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: `{name}` cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: `{name}` cannot be deleted")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        read = reading(type(self)._compared)
        return read(self) == read(other)

    def __hash__(self) -> int:
        return hash((type(self).__name__, *reading(type(self)._compared)(self)))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._compared)
        return f"{type(self).__name__}({inside})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), {name: getattr(self, name) for name in self._fields}))


def _rebuild(kind: type[Frozen], fields: dict[str, Any]) -> Frozen:
    """Make a value again from its fields (for pickling between processes)."""
    return kind(**fields)


@cache
def reading(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads these fields of a value at once, in order."""
    if not names:
        return lambda _: ()
    read: Callable[[Any], Any] = attrgetter(*names)
    return read if len(names) > 1 else lambda value: (read(value),)


_V = TypeVar("_V", bound=Frozen)


def replace(value: _V, **changes: Any) -> _V:
    """Return a copy of `value` with the named fields changed."""
    kind = type(value)
    puts = _puts(kind)
    if not changes.keys() <= puts.keys():
        raise TypeError(f"{kind.__name__} has no field {', '.join(sorted(changes.keys() - puts.keys()))}")
    made = object.__new__(kind)
    for put, old in zip(puts.values(), reading(kind._fields)(value)):  # noqa: B905 - as many, of the fields in order
        put(made, old)
    for name, new in changes.items():
        puts[name](made, new)
    return made


def cache_by_identity(most: int) -> Callable[[Callable[[_A], _T]], Callable[[_A], _T]]:
    """Keep what a function makes of an immutable value; values are told apart by identity.

    Equality would not do: values that say the same may stand in different places, and what is made of them names the
    place. A value is held while its result is, so that nothing else can get its identity; with `most` values held,
    all are let go, and the work begins anew. What a mutable value gives would not be noticed to change.
    """

    def keeping(function: Callable[[_A], _T]) -> Callable[[_A], _T]:
        known: dict[int, tuple[_A, _T]] = {}

        @wraps(function)
        def asked(value: _A) -> _T:
            found = known.get(id(value))
            if found is None:
                made = function(value)
                if len(known) >= most:
                    known.clear()
                found = known[id(value)] = (value, made)
            return found[1]

        return asked

    return keeping
