"""Rows with the same cells are judged as any others, and what they are is found out once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from cli.running import HEADINGS, SMALL, put
from rosters.every_engine import in_every_way, program_of
from sespms_rules.cli import rating_in_sql
from sespms_rules.rosters.files import headings_below, open_roster, quick_ids, table
from sespms_rules.rosters.files.headings_below import HeadingsBelow
from sespms_rules.rosters.files.not_executives import no_executive

OTHERS = "id,Leading People level,Leading People weight,Results Driven level,Results Driven weight\n"
KINDS = {
    "rows of nothing": "x,,,,\n",
    "one id": "e,50,3,50,3\n",
    "one id in several ways": "e,50,3,50,3\nE,50,3,50,3\n'e,50,3,50,3\n\u0435,50,3,50,3\n",
    "totals": "Total,50,3,50,3\nTOTAL,,,,\n",
    "shortened ids": "1.2E+15,50,3,50,3\n1.2e+15,50,4,50,4\n",
    "no ids": ",50,3,50,3\n",
    "cells that are too few": "x,50\n",
    "words": "x,50,good,50,bad\n",
}


@pytest.mark.parametrize("kept", [1, 1_000])
@pytest.mark.parametrize("kind", KINDS)
def test_rows_alike_are_read_in_every_way_as_the_reference_reads_them(
    tmp_path: Path, kind: str, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "QUICK_FROM", 0)
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)
    for name in ("_DISTINCT_KEPT_IN_MIND", "_ROWS_KEPT_IN_MIND"):
        monkeypatch.setattr(headings_below, name, kept)
    monkeypatch.setattr(quick_ids, "_MOST_MET_AGAIN", kept)
    good, rows = "E-1,50,4,50,3\n", KINDS[kind] * 60
    text = f"{HEADINGS}{rows}{good}{rows}{OTHERS}{rows}{HEADINGS}{rows}E-2,50,4,50,3\n"
    (_, wanted), *others = in_every_way(put(tmp_path, "r.csv", text), program_of(SMALL))
    for way, found in others:
        assert found == wanted, way


@pytest.mark.parametrize(("kind", "most"), [("rows of nothing", 1), ("one id", 1), ("words", 1), ("shortened ids", 2)])
@pytest.mark.parametrize("start", [0, 100_000])
def test_whether_rows_alike_are_headings_is_asked_once(
    tmp_path: Path, kind: str, most: int, start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Mapping[int, str]] = []
    look = HeadingsBelow._are_headings

    def counted(self: HeadingsBelow, texts: Mapping[int, str]) -> bool:
        asked.append(texts)
        return look(self, texts)

    monkeypatch.setattr(HeadingsBelow, "_are_headings", counted)
    monkeypatch.setattr(table, "QUICK_FROM", start)
    roster = put(tmp_path, "r.csv", HEADINGS + KINDS[kind] * 400)
    no_executive.cache_clear()
    rows = [*open_roster(roster, program_of(SMALL)).rows]
    assert all(row.refusals for row in rows[1:])
    assert len(asked) <= most
    assert no_executive.cache_info().misses <= most


def test_of_rows_that_differ_few_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept: list[int] = []
    look = HeadingsBelow._keep_in_mind

    def noted(self: HeadingsBelow, number: int, cells: list[str]) -> None:
        look(self, number, cells)
        kept.append(sum(sum(map(len, each)) for each in self._cells_of_none))

    monkeypatch.setattr(HeadingsBelow, "_keep_in_mind", noted)
    monkeypatch.setattr(headings_below, "_SIGNS_KEPT_IN_MIND", 5_000)
    roster = put(tmp_path, "r.csv", HEADINGS + "".join(f"{'x' * 900}{each},,,,\n" for each in range(50)))
    assert sum(not row.refusals for row in open_roster(roster, program_of(SMALL)).rows) == 50  # the reference refuses
    assert 900 < max(kept) <= 5_000
