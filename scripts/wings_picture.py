"""Draws the wings of the house from the contract in pyproject.toml: who may import whom, from the top down.

    python scripts/wings_picture.py    writes docs/wings.svg

`make docs` runs it, and a test says when the picture is not the one that the contract gives.
"""

from __future__ import annotations

import ast
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "sespms_rules"
PICTURE = ROOT / "docs" / "wings.svg"

_WIDTH, _ROW, _GAP, _EDGE = 720, 48, 8, 16
_INK, _PAPER, _BOX, _LINE = "#1b1b1b", "#ffffff", "#eef2f8", "#3d4551"


def layers() -> list[list[str]]:
    """The lines of the contract from the top down, each with the wings on it that exist. Empty lines are left out."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = (each for each in contracts["contracts"] if each["id"] == "layers")
    lines = [[name.strip(" ()") for name in line.split("|")] for line in contract["layers"]]
    there = [[name for name in line if _file(name) is not None] for line in lines]
    return [line for line in there if line and line != ["__main__"]]


def _file(name: str) -> Path | None:
    found = (PACKAGE / name / "__init__.py", PACKAGE / f"{name}.py")
    return next((path for path in found if path.exists()), None)


def says(name: str) -> str:
    """What a wing is, in the first sentence of its own docstring, without its own name in front."""
    path = _file(name)
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) if path else None
    first = (text or "").split("\n\n")[0].replace("\n", " ").replace("`", "").split(". ")[0].rstrip(".")
    lead, found, rest = first.partition(": ")
    return rest if found and lead.lower() in (name, f"the {name}", "start here") else first


def picture() -> str:
    """The picture as SVG text: a row for each line of the contract, a box for each wing, dependencies downward."""
    rows = layers()
    height = 2 * _EDGE + len(rows) * (_ROW + _GAP) - _GAP
    drawn = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
            ' aria-labelledby="wings-title wings-what" font-family="sans-serif">'
        ),
        '<title id="wings-title">The wings of sespms_rules</title>',
        (
            f'<desc id="wings-what">From the top down: {escape(in_words(rows))}.'
            " A wing imports only from lines below its own.</desc>"
        ),
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
    ]
    for place, row in enumerate(rows):
        top = _EDGE + place * (_ROW + _GAP)
        width = (_WIDTH - 2 * _EDGE - _GAP * (len(row) - 1)) // len(row)
        for column, name in enumerate(row):
            drawn += _box(name, _EDGE + column * (width + _GAP), top, width)
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _box(name: str, left: int, top: int, width: int) -> list[str]:
    """One wing: its name, and below it what it is, as far as there is room."""
    room = (width - 24) // 6  # letters of 12 units are about 6 wide
    what = says(name)
    short = what if len(what) <= room else what[: room - 2].rsplit(" ", 1)[0] + " …"
    return [
        f'<rect x="{left}" y="{top}" width="{width}" height="{_ROW}" rx="5" fill="{_BOX}" stroke="{_LINE}"/>',
        f'<text x="{left + 12}" y="{top + 20}" font-size="15" font-weight="bold" fill="{_INK}">{escape(name)}</text>',
        f'<text x="{left + 12}" y="{top + 38}" font-size="12" fill="{_INK}">{escape(short)}</text>',
    ]


def in_words(rows: list[list[str]]) -> str:
    """The same order in words."""
    return "; ".join(" and ".join(row) for row in rows)


def main() -> int:
    """Write the picture."""
    PICTURE.write_text(picture(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
