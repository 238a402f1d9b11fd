"""The figures of a policy as fields: each with its value in the text, what was typed, and a slider of exact steps.

A slider moves through places that are counted; what each place means is an exact number, worked out from whole numbers
here and, while it is dragged, in the browser. What is tried is always what stands in the field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files import NumberFault, read_number
from sespms_rules.studies.sweep import Figure, Setting, figures_of, kind_of, setting_text

_EACH_WAY = 50
"""So many steps a slider goes up and down from what the text says."""

_FEW_POINTS, _FEW_STEPS = 10, 5
"""Points of this size go less far: from 4 to 9 is more than anybody would try."""
_MOST_DECIMALS = 9


class Slider(Frozen):
    """A slider: its place now and its last one; place `p` is `first + p * step`, with so many decimal `places`."""

    at: int
    last: int
    first: int
    step: int
    places: int

    def value(self, at: int) -> Fraction:
        """What a place means."""
        return Fraction(self.first + at * self.step, 10**self.places)


class Dial(Frozen):
    """A figure as it is shown: its field, its value in the text, what was asked for, and whether it is a number.

    `change` is how much more or less was asked for, exactly; empty where nothing was changed. `slider` is None where
    the figure is no decimal number.
    """

    name: str
    now: str
    value: str
    numeric: bool
    change: str
    slider: Slider | None = field(default=None)

    @property
    def title(self) -> str:
        """Its name at the head of a line."""
        return f"{self.name[:1].upper()}{self.name[1:]}"

    @property
    def reach(self) -> tuple[str, str, str]:
        """The first and the last value of its slider and the step between; empty where it has none."""
        slider = self.slider
        if slider is None:
            return ("", "", "")
        return exact(slider.value(0)), exact(slider.value(slider.last)), exact(Fraction(slider.step, 10**slider.places))


def dials_of(program: Program, typed: Mapping[str, str]) -> Iterator[Dial]:
    """Every figure with what was typed for it."""
    for each in figures_of(program):
        now = setting_text(each.now)
        value = typed.get(each.name, "") or now
        numeric = not isinstance(each.now, str)
        yield Dial(each.name, now, value, numeric, _change(each.now, value), _slider(each, value))


def values_typed(program: Program, typed: Mapping[str, str]) -> Iterator[tuple[str, Setting]]:
    """The values that were typed and differ from the text. Raises RequestError for one that is no number."""
    for figure in figures_of(program):
        text = typed.get(figure.name, "").strip()
        if not text or text == setting_text(figure.now):
            continue
        if isinstance(figure.now, str):
            raise RequestError(f"the way to round cannot be changed here; write it in the text ({figure.name})")
        read = read_number(text)
        if isinstance(read, NumberFault):
            raise RequestError(f"{figure.name}: {read.says}; {read.help}")
        yield figure.name, read


def _change(now: Setting, value: str) -> str:
    read = read_number(value)
    if isinstance(now, str) or isinstance(read, NumberFault) or read == now:
        return ""
    return f"{'+' if read > now else '−'}{exact(abs(read - now))}"


def _slider(figure: Figure, value: str) -> Slider | None:
    if isinstance(figure.now, str):
        return None
    step = figure.step or Fraction(1, 10 ** (_places(figure.now) or 0))
    places = max((found for each in (figure.now, step) if (found := _places(each)) is not None), default=0)
    now, by = figure.now * 10**places, step * 10**places
    if now.denominator != 1 or by.denominator != 1:
        return None
    each_way = _FEW_STEPS if kind_of(figure) == "points" and figure.now <= _FEW_POINTS else _EACH_WAY
    down = min(each_way, max(0, int(now // by))) if now >= 0 else each_way
    up = _MOST_DECIMALS - int(figure.now) if kind_of(figure) == "decimals" else each_way
    first, last = int(now - down * by), down + up
    read = read_number(value)
    wanted = figure.now if isinstance(read, NumberFault) else read
    at = min(max(round((wanted * 10**places - first) / by), 0), last)
    return Slider(at, last, first, int(by), places)


def _places(number: Fraction) -> int | None:
    """How many decimals a number has; None where they never end."""
    text = exact(number)
    return None if "/" in text else len(text.partition(".")[2])
