"""Rosters as offices keep them, made by lot: titles, footers, terms, mixed plans, odd ids, and every kind of slip.

Everything is invented. A roster is the text of a CSV file for one of the policies below.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

WEIGHED = """system "Invented agency"
  has exactly 2 critical elements

critical element "Leading People"

critical element "Results Driven"

levels
  level 5 "Outstanding"       5 points  equivalent to outstanding
  level 4 "Exceeds"           4 points  equivalent to exceeds fully successful
  level 3 "Fully Successful"  3 points  equivalent to fully successful
  level 2 "Minimal"           2 points  equivalent to minimally satisfactory
  level 1 "Unsatisfactory"    1 point   equivalent to unsatisfactory

weights
  total 100

summary rating
  score is the sum of points times weight
  score at least 450 is level 5
  score at least 350 and below 450 is level 4
  score at least 250 and below 350 is level 3
  score at least 150 and below 250 is level 2
  score at least 100 and below 150 is level 1
  any critical element at level 1 makes the rating level 1
"""
FILLED_UP = WEIGHED.replace("summary rating\n", "summary rating\n  unrated elements count as level 3\n")
OWN_ELEMENTS = FILLED_UP.replace("has exactly 2 critical elements", "has 2 to 4 critical elements")
POLICIES = {"weighed": WEIGHED, "filled up": FILLED_UP, "own elements": OWN_ELEMENTS}

_TERMS = ("Outstanding", "exceeds", "FULLY  successful", "Minimal", "unsatisfactory", "Level 4", "level 2", "Lvl 3",
          "4 - Exceeds", "Level 3 (Fully Successful)", "2 - Exceeds", "4*")  # fmt: skip
_BAD = (
    "", "", "not rated", "Not Rated", "not in plan", "n/a", "4.0", "4.5", "6", "0", "-1", "+4", "04", "1e0", "4,0",
    "=2+2", "\u22484", "four", "4\u200b", "\u00a04", "\t4 ", "\uff14", "9" * 30, "#N/A", "30%", "2026-03-04",
    "\u2212 3", "4 5", '4"', "'4", "TRUE", "\u0664", "4\x0b", "\x1c4",
)  # fmt: skip
_IDS = (
    "", " ", "Total", "Totals:", "Grand total", "Average of all", "Note: see above", "Prepared by HR", "00012", "12",
    "1.23457E+15", "1E5", "p-1", "P-1", " p-1 ", "p-1\u200b", "\u00a0p-2", "cafe\u0301", "caf\u00e9", "=A1", "-1", "@x",
    "2026-03-04", "TRUE", "p,1", 'p"1', "x" * 200, "\u202ep-9", "p\t1",
)  # fmt: skip
SLIPS_OF_LINES = (0, 1, 3, 4)
"""Slips that leave a row on a line of its own, so that SQL can rate the file as it lies."""

_UNITS = ("Ports", "PORTS", "ports ", "", "Rivers\nand Lakes", "Region 10", "\u00c9quit\u00e9", "E\u0301quite\u0301")
_APPOINTMENTS = ("career", "", "Non-career", "LIMITED  term", "carer", "SL", "limited emergency")


def office_roster(draw: random.Random, policy: str, rows: int, odd: float = 0.3) -> str:
    """A roster of so many rows; `odd` is the share of rows in which something is out of the ordinary."""
    mark = draw.choice((",", ",", ";", "\t"))
    end = draw.choice(("\n", "\r\n"))
    elements = ["Leading People", "Results Driven"]
    if policy == "own elements" and draw.random() < 0.7:
        elements += draw.sample(["Audit", "Safety / Health", "Equite\u0301"], draw.randint(1, 2))
    headings = ["id"] + (["unit"] if draw.random() < 0.5 else []) + (["appointment"] if draw.random() < 0.5 else [])
    headings += [f"{name} {what}" for name in elements for what in ("weight", "level")]
    headings += draw.sample(["Remarks", "Pay plan", ""], draw.randint(0, 2))
    if draw.random() < 0.3:
        draw.shuffle(headings)
    shown = [draw.choice((each, each, each.upper(), f" {each}  ")) for each in headings]
    lines = [*_above(draw, mark), mark.join(_written(each, mark) for each in shown)]
    # Half of the files are a line a row, so that SQL can rate them as they lie.
    slips = range(14) if draw.random() < 0.5 else SLIPS_OF_LINES
    lines += [_row(draw, headings, elements, number, mark, draw.random() < odd, slips) for number in range(rows)]
    lines += draw.sample(["", mark * 3, f"Prepared by HR{mark}{mark}", f"Total{mark}{rows}"], draw.randint(0, 2))
    return end.join(lines) + draw.choice(("", end, end + end))


def _above(draw: random.Random, mark: str) -> list[str]:
    match draw.randrange(6):
        case 0:
            return ["Ratings of the fiscal year", ""]
        case 1:
            return [f"sep={mark}"]
        case 2:
            return [f"Office{mark}Harbor", f"Year{mark}2026", mark * 2]
    return []


def _row(
    draw: random.Random,
    headings: list[str],
    elements: list[str],
    number: int,
    mark: str,
    odd: bool,
    slips: Sequence[int],
) -> str:
    cells = dict.fromkeys(headings, "")
    cells["id"] = f"e-{number}"
    weights = _weights(draw, len(elements))
    for name, weight in zip(elements, weights, strict=True):
        own = name not in ("Leading People", "Results Driven")
        out = own and weight == 0
        cells[f"{name} weight"] = "not in plan" if out else str(weight)
        cells[f"{name} level"] = "not in plan" if out else str(draw.randint(1, 5))
    if "unit" in cells:
        cells["unit"] = draw.choice(_UNITS if odd and 2 in slips else _UNITS[:4])
    if odd:
        _spoil(draw, cells, headings)
    row = [_written(cells[each], mark) for each in headings]
    return mark.join(_slipped(draw, row, slips) if odd else row)


def _slipped(draw: random.Random, row: list[str], slips: Sequence[int]) -> list[str]:
    """A row in which, mostly, a cell too few or too many, a quotation mark out of place, or nothing at all stands."""
    match draw.choice((*slips, *range(5, 14))):
        case 0:
            row.pop()
        case 1:
            row.append(draw.choice(("", "stray", "\u00a0")))
        case 2:
            place = draw.randrange(len(row))
            row[place] = draw.choice(('"', '"4"x', 'a"b', '""', '"4', '4"', ' "4"'))
        case 3:
            row = [draw.choice(("", " ", "\u00a0", "\u200b", '""')) for _ in row]
        case 4:
            row = [f'"{cell}"' if '"' not in cell else cell for cell in row]
    return row


def _weights(draw: random.Random, elements: int) -> list[int]:
    if elements == 2:
        first = draw.choice((40, 50, 60, 50, 33))
        return [first, 100 - first]
    parts = [draw.choice((0, 10, 20)) for _ in range(elements - 2)]
    return [50 - sum(parts), 50, *parts]


def _spoil(draw: random.Random, cells: dict[str, str], headings: list[str]) -> None:
    for _ in range(draw.randint(1, 2)):
        match draw.randrange(6):
            case 0:
                cells["id"] = draw.choice(_IDS)
            case 1 | 2:
                cells[draw.choice([each for each in headings if each.endswith("level")])] = draw.choice(_TERMS)
            case 3 | 4:
                rated = [each for each in headings if each.endswith(("level", "weight"))]
                cells[draw.choice(rated)] = draw.choice(_BAD)
            case 5:
                for each in headings:
                    if each.endswith("level"):
                        cells[each] = draw.choice(("", "", "not rated"))
    if "appointment" in cells:
        cells["appointment"] = draw.choice(_APPOINTMENTS)


def spoiled(
    draw: random.Random,
    headings: Sequence[str],
    sound: Sequence[Sequence[str]],
    rows: int,
    slips: Sequence[int] | None = None,
) -> str:
    """The text of a CSV file of so many rows, each one of the sound ones under an id of its own, or that with slips."""
    odd, mark = draw.choice((0.05, 0.2, 0.4)), draw.choice((",", ";", "\t"))
    lines = [*_above(draw, mark), mark.join(_written(each, mark) for each in headings)]
    for number in range(rows):
        cells = dict(zip(headings, draw.choice(sound), strict=True))
        cells["id"] = f"e-{number}"
        lines.append(
            _spoiled_row(draw, cells, mark, slips or range(14))
            if draw.random() < odd
            else mark.join(_written(each, mark) for each in cells.values())
        )
    return "\n".join(lines) + "\n"


def _spoiled_row(draw: random.Random, cells: dict[str, str], mark: str, slips: Sequence[int]) -> str:
    others = [each for each in cells if each not in ("id", "unit", "appointment")]
    for _ in range(draw.randint(1, 2)):
        match draw.randrange(8):
            case 0:
                cells["id"] = draw.choice(_IDS)
            case 1:
                cells["unit"] = draw.choice(_UNITS if 2 in slips else [each for each in _UNITS if "\n" not in each])
            case 2:
                cells["appointment"] = draw.choice(_APPOINTMENTS)
            case 3:
                cells[draw.choice(others)] = draw.choice(_TERMS)
            case 4:
                one, other = draw.choice(others), draw.choice(others)
                cells[one], cells[other] = cells[other], cells[one]
            case 5:
                cells |= dict.fromkeys(others, draw.choice(("", "not rated", "not in plan")))
            case _:
                cells[draw.choice(others)] = draw.choice(_BAD)
    return mark.join(_slipped(draw, [_written(each, mark) for each in cells.values()], slips))


def _written(cell: str, mark: str) -> str:
    """A cell as a spreadsheet writes it."""
    if mark in cell or "\n" in cell or ('"' in cell and not cell.startswith('"')):
        return '"' + cell.replace('"', '""') + '"'
    return cell


# ---- a row for each element ------------------------------------------------------------------------

_SLIPS_OF_ROWS = ("twice", "no id", "no element", "other element", "unit", "level", "weight", "cut off", "quote", "out")


def plans(draw: random.Random, policy: str, executives: int) -> list[dict[str, tuple[str, str]]]:
    """Sound plans: for each executive the weight and level of each element; own elements in some plans alone."""
    made = []
    for _ in range(executives):
        names = ["Leading People", "Results Driven"]
        if policy == "own elements":
            names += draw.sample(["Audit", "Safety / Health", "Equite\u0301"], draw.randint(0, 2))
        weights = _weights(draw, len(names))
        levels = [draw.choice(("1", "2", "3", "4", "5", "Level 4", "Outstanding")) for _ in names]
        made.append({name: (str(w), level) for name, w, level in zip(names, weights, levels, strict=True)})
    return made


def wide_rows(made: Sequence[dict[str, tuple[str, str]]]) -> list[list[str]]:
    """These plans as a table with a row for each executive, headings first."""
    names = list(dict.fromkeys(name for plan in made for name in plan))
    rows = [["id", *(f"{name} {what}" for name in names for what in ("weight", "level"))]]
    for number, plan in enumerate(made):
        cells = [cell for name in names for cell in plan.get(name, ("not in plan", "not in plan"))]
        rows.append([f"e-{number}", *cells])
    return rows


def long_rows(made: Sequence[dict[str, tuple[str, str]]]) -> list[list[str]]:
    """The same with a row for each element."""
    rows = [["id", "element", "weight", "level"]]
    rows += [[f"e-{n}", name, *cells] for n, plan in enumerate(made) for name, cells in plan.items()]
    return rows


def long_roster(draw: random.Random, policy: str, executives: int, odd: float = 0.3) -> str:
    """A long table of so many executives with slips in a share `odd` of them: the text of a CSV file."""
    mark = draw.choice((",", ";", "\t"))
    headings = ["id", "unit", "element", "weight", draw.choice(("level", "rating")), "Remarks"]
    lines: list[list[str]] = []
    for number, plan in enumerate(plans(draw, policy, executives)):
        rows = [[f"e-{number}", "Ports", name, weight, level, ""] for name, (weight, level) in plan.items()]
        if draw.random() < odd:
            _spoil_rows(draw, rows)
        lines += rows
    if draw.random() < 0.3:
        lines.sort(key=lambda row: row[2])
    shown = [draw.choice((each, each.upper(), f" {each} ")) for each in headings]
    text = [*_above(draw, mark), mark.join(shown)]
    text += [mark.join(_written(cell, mark) for cell in row) for row in lines]
    text += draw.sample(["", f"Total{mark}{mark}{mark}{mark}{mark}", f"Note: invented{mark * 5}"], draw.randint(0, 2))
    return "\n".join(text) + "\n"


def _spoil_rows(draw: random.Random, rows: list[list[str]]) -> None:
    """Spoil one row of an executive."""
    row = draw.choice(rows)
    match draw.choice(_SLIPS_OF_ROWS):
        case "twice":
            rows.append([*row[:4], draw.choice((row[4], "1")), ""])
        case "no id":
            row[0] = draw.choice(("", " ", "\u200b"))
        case "no element":
            row[2] = ""
        case "other element":
            row[2] = draw.choice(("Leadng People", "LEADING  PEOPLE", "Audits", "Results Driven / Ports"))
        case "unit":
            row[1] = draw.choice(("", "PORTS", "Rivers"))
        case "level":
            row[4] = draw.choice((*_TERMS, *_BAD))
        case "weight":
            row[3] = draw.choice(("", "33", "x", "9" * 30, "4,0"))
        case "cut off":
            row.pop()
        case "quote":
            row[5] = '"open'
        case "out":
            rows.remove(row)
