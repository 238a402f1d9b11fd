"""What pictures are made of: texts, lines, boxes, patterns and marks, in whole units.

Every place is a whole number of units of the drawing, so that the same numbers draw the same picture everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.reports.findings.html_markup import Markup, element, lines

LETTER = 8
"""About how many units a letter of a label takes."""

_PATTERNS = (
    None,  # the first is solid
    "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "M2 2h1v1h-1zM6 6h1v1h-1z",
    "M0 4h8M4 0v8",
    "M0 2h8M0 6h8",
)
_DASHES = ("", "9 4", "3 3", "12 3 3 3", "1 5")
KINDS = len(_PATTERNS)
"""How many patterns, marks and dashes can be told apart."""


def text(at: tuple[int, int], says: str, class_: str = "", anchor: str = "start") -> Markup:
    """A line of text whose base line begins, has its middle or ends at a place."""
    named = {"class_": class_} if class_ else {}
    return element("text", says, x=str(at[0]), y=str(at[1]), text_anchor=anchor, **named)


def line(start: tuple[int, int], end: tuple[int, int], class_: str) -> Markup:
    """A straight line."""
    return element("path", d=f"M{start[0]} {start[1]}L{end[0]} {end[1]}", class_=class_)


def box(at: tuple[int, int], size: tuple[int, int], class_: str, **more: str) -> Markup:
    """A rectangle from its upper left corner."""
    width, height = size
    return element("rect", x=str(at[0]), y=str(at[1]), width=str(width), height=str(height), class_=class_, **more)


def patterns(identity: str, kinds: Iterable[int]) -> Markup:
    """The patterns that `filled` uses; each stands on the page's own ground."""
    made = []
    for kind in sorted(set(kinds)):
        strokes = _PATTERNS[kind % KINDS]
        ground = box((0, 0), (8, 8), f"solid tone-{kind}" if strokes is None else "ground")
        content = [ground] if strokes is None else [ground, element("path", d=strokes, class_=f"stroke tone-{kind}")]
        made.append(
            element(
                "pattern",
                *content,
                id=f"{identity}-pattern-{kind}",
                width="8",
                height="8",
                patternUnits="userSpaceOnUse",
            )
        )
    return element("defs", lines(*made))


def filled(identity: str, kind: int, at: tuple[int, int], size: tuple[int, int]) -> Markup:
    """A rectangle in a pattern, with its outline."""
    return box(at, size, f"bar tone-{kind}", fill=f"url(#{identity}-pattern-{kind})")


def dashed(points: list[tuple[int, int]], kind: int) -> Markup:
    """A line through points, in the dashes of its kind."""
    path = "M" + "L".join(f"{x} {y}" for x, y in points)
    return element("path", d=path, class_=f"curve tone-{kind}", stroke_dasharray=_DASHES[kind % KINDS] or "none")


def mark(kind: int, at: tuple[int, int], says: str = "") -> Markup:
    """A small shape of its kind: disc, square, triangle, diamond, cross. `says` is shown to who points at it."""
    x, y = at
    shape = (
        f"M{x - 5} {y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
        f"M{x - 4} {y - 4}h8v8h-8z",
        f"M{x} {y - 6}L{x + 6} {y + 5}H{x - 6}z",
        f"M{x} {y - 6}L{x + 6} {y}L{x} {y + 6}L{x - 6} {y}z",
        f"M{x - 4} {y - 4}l8 8M{x + 4} {y - 4}l-8 8",
    )[kind % KINDS]
    drawn = element("path", d=shape, class_=f"mark-{kind % KINDS} tone-{kind}")
    return element("g", element("title", says), drawn) if says else drawn


def apart(places: list[int], least: int, low: int, high: int) -> list[int]:
    """Places moved as little as is simple so that any two are `least` apart, in the same order, within the ends."""
    order = sorted(range(len(places)), key=lambda each: (places[each], each))
    moved: list[int] = []
    for number in order:
        moved.append(max(places[number], moved[-1] + least if moved else low))
    ceiling = high
    for position in range(len(moved) - 1, -1, -1):
        moved[position] = min(moved[position], ceiling)
        ceiling = moved[position] - least
    found = [0] * len(places)
    for position, number in enumerate(order):
        found[number] = moved[position]
    return found
