"""A sweep as curves: how many are at each level as one figure of the policy changes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sespms_rules.foundation.values import Frozen
from sespms_rules.reports.charts.drawing import KINDS, LETTER, apart, dashed, line, mark, text
from sespms_rules.reports.charts.numbers import count_text, number_text, ticks
from sespms_rules.reports.charts.picture import WIDTH, Picture, drawn
from sespms_rules.reports.findings.html_markup import Markup

_TOP, _HEIGHT, _FEW = 50, 290, 16
_FLOOR = _TOP + _HEIGHT


class Curve(Frozen):
    """One curve: its name, and a count at each place."""

    name: str
    counts: tuple[int, ...]


def curve(
    identity: str,
    title: str,
    along: tuple[str, Sequence[Fraction | int]],
    curves: Sequence[Curve],
    marked: str = "",
    *,
    now: Fraction | int | None = None,
    limit: tuple[int, str] | None = None,
    withheld: bool = False,
) -> Picture:
    """Curves over the values of one figure; each has marks, dashes and a label of its own.

    `along` names the figure and gives its values, rising. `now` is the value that the policy has, `limit` a count
    with what it stands for; `withheld` says that other counts are not shown.

    Raises ValueError for no values, values that do not rise, or curves that do not fit.
    """
    name, values = along
    _refuse_what_does_not_fit(values, curves)
    largest = max([0, *(count for each in curves for count in each.counts), *([limit[0]] if limit else [])])
    ground = _Ground(values, ticks(largest), curves)
    content = [*_axes(ground), *_values(name, ground), *_remarks(ground, now, limit)]
    ends = apart([ground.up(each.counts[-1]) for each in curves], 18, _TOP, _FLOOR)
    for kind, each in enumerate(curves):
        points = [(ground.across(value), ground.up(count)) for value, count in zip(values, each.counts, strict=True)]
        content.append(dashed(points, kind))
        for value, count, at in zip(values, each.counts, points, strict=True):
            if len(values) <= _FEW or value in (values[0], values[-1]):
                content.append(mark(kind, at, f"{each.name}, {name} {number_text(value)}: {count_text(count)}"))
        label = (ground.right + 32, ends[kind] + 5)
        content += [mark(kind, (ground.right + 18, ends[kind])), text(label, each.name, "strong")]
    said = (identity, title, _says(name, values, curves, withheld=withheld))
    return drawn(said, content, _FLOOR + 52, _numbers(name, values, curves), marked)


def _refuse_what_does_not_fit(values: Sequence[Fraction | int], curves: Sequence[Curve]) -> None:
    if not values or list(values) != sorted(set(values)) or not 1 <= len(curves) <= KINDS:
        raise ValueError(f"curves need values that rise, and there can be from 1 to {KINDS} of them")
    if any(len(each.counts) != len(values) for each in curves):
        raise ValueError("curves need a count for each value")


class _Ground:
    """Where values and counts lie in the drawing."""

    def __init__(self, values: Sequence[Fraction | int], scale: list[int], curves: Sequence[Curve]) -> None:
        self.values, self.scale = values, scale
        self.left = 22 + LETTER * max(len(count_text(each)) for each in scale)
        self.right = WIDTH - 44 - LETTER * max(len(each.name) for each in curves)

    def across(self, value: Fraction | int) -> int:
        """Where a value lies along the foot."""
        length, whole = self.right - self.left - 16, Fraction(self.values[-1]) - self.values[0]
        part = int((Fraction(value) - self.values[0]) * length / whole) if whole else length // 2
        return self.left + 8 + part

    def up(self, count: int) -> int:
        """How high a count lies."""
        return _FLOOR - count * _HEIGHT // self.scale[-1]


def _remarks(ground: _Ground, now: Fraction | int | None, limit: tuple[int, str] | None) -> list[Markup]:
    made = []
    if now is not None and ground.values[0] <= now <= ground.values[-1]:
        x = ground.across(now)
        side = "end" if x > (ground.left + ground.right) // 2 else "start"
        made += [line((x, _TOP - 8), (x, _FLOOR), "cut"), text((x, _TOP - 14), f"now {number_text(now)}", "", side)]
    if limit is not None:
        y = ground.up(limit[0])
        made.append(line((ground.left, y), (ground.right, y), "cut"))
        made.append(text((ground.left + 8, y - 6), f"{limit[1]}: {count_text(limit[0])}", "strong"))
    return made


def _axes(ground: _Ground) -> list[Markup]:
    made = []
    for count in ground.scale:
        y = ground.up(count)
        made.append(line((ground.left, y), (ground.right, y), "grid" if count else "axis"))
        made.append(text((ground.left - 8, y + 5), count_text(count), "soft", "end"))
    made += [line((ground.left, _TOP - 8), (ground.left, _FLOOR), "axis"), text((6, 14), "executives", "soft")]
    return made


def _values(name: str, ground: _Ground) -> list[Markup]:
    """The values along the foot, as many as have room, always the first and the last."""
    made, free = [], -1
    values, across = ground.values, [ground.across(each) for each in ground.values]
    width = LETTER * max(len(number_text(each)) for each in values)
    last = across[-1] - width
    for place, (value, x) in enumerate(zip(values, across, strict=True)):
        ends = place in (0, len(values) - 1)
        if ends or (x - width // 2 > free and x + width // 2 < last):
            made += [
                line((x, _FLOOR), (x, _FLOOR + 6), "axis"),
                text((x, _FLOOR + 22), number_text(value), "", "middle"),
            ]
            free = x + width // 2 + LETTER
    made.append(text(((across[0] + across[-1]) // 2, _FLOOR + 44), name, "soft", "middle"))
    return made


def _says(name: str, values: Sequence[Fraction | int], curves: Sequence[Curve], *, withheld: bool) -> str:
    first, last = number_text(values[0]), number_text(values[-1])
    parts = [
        f"{each.name} from {count_text(each.counts[0])} to {count_text(each.counts[-1])}"
        for each in curves
        if each.counts[0] != each.counts[-1]
    ]
    shown = " that is shown" if withheld else ""
    moved = "; ".join(parts) or f"no count{shown} is different at the two ends"
    return f"As the {name} goes from {first} to {last}: {moved}."


def _numbers(
    name: str, values: Sequence[Fraction | int], curves: Sequence[Curve]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    headings = (name[:1].upper() + name[1:], *(each.name for each in curves))
    rows = [
        (number_text(value), *(count_text(each.counts[place]) for each in curves)) for place, value in enumerate(values)
    ]
    return headings, rows
