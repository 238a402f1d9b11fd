"""Invented executives for tests: a year in which every duty is kept, and rows to be changed in it."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

Row = dict[str, str]
Change = Callable[["InventedYear"], object]

ELEMENTS = {"Leading Change": 10, "Leading People": 10, "Business Acumen": 10, "Building Coalitions": 10}
ELEMENTS |= {"Results Driven": 60}
COLUMNS = {
    "executives": ("id", "appointment", "unit", "entered", "left", "basic pay"),
    "plans": (
        *("executive", "period start", "period end", "element", "weight", "requirement", "due"),
        *("requirement weight", "critical"),
    ),
    "acts": (
        *("number", "executive", "act", "day", "role", "person", "session", "about", "level", "amount"),
        *("reason", "document", "until", "corrects", "period end", "requirement", "additional rating", "value"),
    ),
    "sessions": ("session", "day", "member", "appointment", "notice"),
    "facts": ("executive", "fact", "value"),
}


class InventedYear:
    """One executive's rows; in the year as it begins every duty of the law is kept."""

    def __init__(self, key: str, appointment: str = "career", level: int = 4) -> None:
        self.id = key
        self.official = key.replace("E-", "O-")
        self.executive: Row = {"id": key, "appointment": appointment, "unit": "Harbors", "basic pay": "200000.00"}
        period = {"period start": "2025-10-01", "period end": "2026-09-30"}
        self.plan = [
            {"executive": key, **period, "element": name, "weight": str(weight)} for name, weight in ELEMENTS.items()
        ]
        self.facts: list[Row] = []
        self.acts: list[Row] = []
        self.add("plan", "2025-09-24", "rating official")
        self.add("development plan", "2025-11-03", "executive")
        self.add("progress review", "2026-04-14", "rating official")
        for name in ELEMENTS:
            self.add("initial rating", "2026-10-20", "rating official", about=name, level=str(level))
        self.add("initial rating", "2026-10-20", "rating official", level=str(level))
        self.add("receipt", "2026-10-22", "executive", person=key, about="initial rating", document="")
        self.add("board recommendation", "2026-11-16", "board", person="", session="S-1", level=str(level))
        self.add("annual rating", "2026-12-01", "appointing authority", person="O-2", level=str(level))

    def add(self, act: str, day: str, role: str = "agency head", **more: str) -> Row:
        """Record an act, with a document; return its row."""
        document = hashlib.sha256(f"{self.id} {act} {day} {more}".encode()).hexdigest()
        row = {"executive": self.id, "act": act, "day": day, "role": role, "person": self.official}
        self.acts.append(row | {"document": document} | more)
        return self.acts[-1]

    def the(self, act: str) -> Row:
        """The row of an act that speaks of the whole plan."""
        return next(row for row in self.acts if row["act"] == act and row.get("about") not in ELEMENTS)

    def without(self, act: str) -> None:
        """Take an act away."""
        self.acts = [row for row in self.acts if row["act"] != act]


FOR_ALL: list[Row] = [
    {"act": "guidelines", "day": "2026-10-05", "role": "oversight official", "person": "O-1"},
]
SESSIONS: dict[str, tuple[str, ...]] = {
    "S-1": ("career", "career", "noncareer"),
    "S-2": ("career", "career", "noncareer", "noncareer"),
    "S-3": ("career", "career"),
    "S-4": ("career", "career", "noncareer"),
}
LATE_NOTICE = {"S-4": "2026-11-16"}
"""Sittings of which notice came on the day itself, and not before it."""


def rows_of(years: list[InventedYear], more_for_all: list[Row] | None = None) -> dict[str, list[Row]]:
    """All tables of some years, with the acts that concern everyone and the sittings of boards."""
    return {
        "executives": [each.executive for each in years],
        "plans": [row for each in years for row in each.plan],
        "acts": [*FOR_ALL, *(more_for_all or ()), *(row for each in years for row in each.acts)],
        "sessions": [
            {"session": name, "day": "2026-11-16", "member": f"M-{place}", "appointment": kind, "notice": notice}
            for name, kinds in SESSIONS.items()
            for notice in (LATE_NOTICE.get(name, "2026-10-15"),)
            for place, kind in enumerate(kinds, 1)
        ],
        "facts": [row for each in years for row in each.facts],
    }


def written(folder: Path, years: list[InventedYear], more_for_all: list[Row] | None = None) -> Path:
    """Write the tables of some years as CSV into a folder."""
    folder.mkdir(exist_ok=True)
    for name, rows in rows_of(years, more_for_all).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
