"""Immutable values that cost almost nothing to declare.

The language has some two hundred kinds of sentence. Declaring that many frozen, slotted dataclasses takes
about a tenth of a second at every start of the command, because each one compiles its methods anew; `Frozen`
gives the same behaviour (fields by annotation, positional and keyword arguments, equality, hash, pattern
matching, slots, no assignment) from shared methods. See docs/decisions/0002-frozen-values.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, dataclass_transform

_T = TypeVar("_T")


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
        fields: list[str] = list(getattr(base, "_fields", ()))
        compared: list[str] = list(getattr(base, "_compared", ()))
        keyword_only: set[str] = set(getattr(base, "_keyword_only", ()))
        defaults: dict[str, Any] = dict(getattr(base, "_defaults", {}))
        own = [item for item, note in body.get("__annotations__", {}).items() if "ClassVar" not in str(note)]
        for item in own:
            declared = body.pop(item, None) if item in body else _NO_DEFAULT
            if isinstance(declared, _Field):
                defaults[item] = declared.default
            elif declared is not _NO_DEFAULT:
                defaults[item] = declared
            if isinstance(declared, _Field) and declared.kw_only:
                keyword_only.add(item)
            if item not in fields:
                fields.append(item)
                if not isinstance(declared, _Field) or declared.compare:
                    compared.append(item)
        body["__slots__"] = tuple(item for item in own if base is None or item not in base._fields)
        body |= {"_fields": tuple(fields), "_compared": tuple(compared), "_defaults": defaults}
        body["_filling"] = {}
        body["_keyword_only"] = frozenset(keyword_only)
        body["__match_args__"] = tuple(item for item in fields if item not in keyword_only)
        made = super().__new__(mcs, name, bases, body, **options)
        if often:
            type.__setattr__(made, "__init__", _initializer(made))
        return made

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **_options: Any) -> None:
        super().__init__(name, bases, body)


def _initializer(kind: Any) -> Any:
    """Compile an initializer that fills the slots of a class one after another."""
    names = {f"set_{item}": getattr(kind, item).__set__ for item in kind._fields}
    names |= {f"default_{item}": value for item, value in kind._defaults.items()}
    items = [item for item in kind._fields if item not in kind._keyword_only]
    last = [item for item in kind._fields if item in kind._keyword_only]
    asked = [f"{item}=default_{item}" if item in kind._defaults else item for item in (*items, *last)]
    if last:
        asked.insert(len(items), "*")
    lines = [f"    set_{item}(self, {item})" for item in kind._fields] or ["    pass"]
    exec("\n".join([f"def __init__(self, {', '.join(asked)}):", *lines]), names)  # noqa: S102 - our own field names
    return names["__init__"]


_NO_DEFAULT: Any = object()

_Put = Callable[[Any, Any], None]
_Filling = tuple[tuple[_Put, ...], tuple[tuple[str, _Put, Any], ...]]
"""How a number of positional values fills the slots of a class: what puts each, then the rest with their defaults."""


def _filled(kind: type[Frozen], count: int) -> _Filling:
    """Work out once how that many positional values fill the slots of a class."""
    positional: tuple[str, ...] = kind.__match_args__
    if count > len(positional):
        raise TypeError(f"{kind.__name__} takes {len(positional)} values, {count} were given")
    given = positional[:count]
    puts = {name: getattr(kind, name).__set__ for name in kind._fields}
    rest = ((name, puts[name], kind._defaults.get(name, _NO_DEFAULT)) for name in kind._fields if name not in given)
    made = (tuple(puts[name] for name in given), tuple(rest))
    kind._filling[count] = made
    return made


class Frozen(metaclass=FrozenType):
    """An immutable value whose fields are its annotations, in order, base classes first."""

    __match_args__: ClassVar[tuple[str, ...]]
    _fields: ClassVar[tuple[str, ...]]
    _compared: ClassVar[tuple[str, ...]]
    _keyword_only: ClassVar[frozenset[str]]
    _defaults: ClassVar[dict[str, Any]]
    _filling: ClassVar[dict[int, _Filling]]

    def __init__(self, *values: Any, **named: Any) -> None:
        kind = type(self)
        given, rest = kind._filling.get(len(values)) or _filled(kind, len(values))
        for put, value in zip(given, values, strict=True):
            put(self, value)
        for name, put, default in rest:
            if name in named:
                put(self, named.pop(name))
            elif default is not _NO_DEFAULT:
                put(self, default)
            else:
                raise TypeError(f"{kind.__name__} needs `{name}`")
        if named:
            raise TypeError(f"{kind.__name__} has no field {', '.join(sorted(named))} left to set")

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: `{name}` cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: `{name}` cannot be deleted")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._compared)

    def __hash__(self) -> int:
        return hash((type(self).__name__, *(getattr(self, name) for name in self._compared)))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._compared)
        return f"{type(self).__name__}({inside})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), {name: getattr(self, name) for name in self._fields}))


def _rebuild(kind: type[Frozen], fields: dict[str, Any]) -> Frozen:
    """Make a value again from its fields (for pickling between processes)."""
    return kind(**fields)


_V = TypeVar("_V", bound=Frozen)


def replace(value: _V, **changes: Any) -> _V:
    """Return a copy of `value` with the named fields changed."""
    kind = type(value)
    made = object.__new__(kind)
    for name, put, _ in (kind._filling.get(0) or _filled(kind, 0))[1]:
        put(made, changes.pop(name) if name in changes else getattr(value, name))
    if changes:
        raise TypeError(f"{kind.__name__} has no field {', '.join(sorted(changes))}")
    return made
