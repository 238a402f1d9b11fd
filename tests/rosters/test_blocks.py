"""Rosters read many rows at once: what they hold, what is refused and what is told is as when read row by row."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rosters.every_engine import by_engine, from_file, in_blocks, program_of
from rosters.office_rosters import POLICIES, office_roster
from sespms_rules.cli import rating_in_sql
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program
from sespms_rules.reports.ratings import ChangedIds
from sespms_rules.rosters.files import RosterRow, block_reader, lines, open_roster, reading, safe_cell, table
from sespms_rules.rosters.files.blanks import is_blank
from sespms_rules.rosters.files.coverage import Coverage
from sespms_rules.rosters.files.executives import PLAIN_KEYS, Identities, compared
from sespms_rules.rosters.files.lines import DividedLines
from sespms_rules.rosters.files.opening import RosterFile, examine
from sespms_rules.rosters.files.row_reader import RowReader


@pytest.fixture(autouse=True)
def in_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of some tens of rows, nothing read ahead, SQL for short files too."""
    monkeypatch.setattr(lines, "_CHUNK", 3_000)
    monkeypatch.setattr(block_reader, "_MOST_KNOWN", 9)
    monkeypatch.setattr(reading, "LOOKED_AHEAD", 0)
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)


def _for_some(program: Program) -> Program:
    left_out = (("Rivers", "it has a system of its own"), ("  HQ ", ""))
    return replace(program, appointments=("career", "limited term"), left_out=left_out)


@pytest.mark.parametrize("for_some", [False, True])
@pytest.mark.parametrize("name", POLICIES)
def test_blocks_hold_what_rows_hold(tmp_path: Path, name: str, for_some: bool) -> None:
    draw = random.Random(f"blocks {name} {for_some}")
    program = _for_some(program_of(POLICIES[name])) if for_some else program_of(POLICIES[name])
    roster = tmp_path / "roster.csv"
    by_sql = 0
    for _ in range(4):
        roster.write_text(office_roster(draw, name, 200, draw.choice((0, 0.05, 0.3, 0.9))), "utf-8", newline="")
        wanted = by_engine(roster, program, "reference")
        assert in_blocks(roster, program) == wanted
        if (found := from_file(roster, program)) is not None:
            assert found == wanted
            by_sql += 1
        rows, blocks = open_roster(roster, program), open_roster(roster, program)
        assert list(rows.rows) == _read_one_by_one(roster, program)
        assert blocks.blocks is not None
        assert list(blocks.blocks())
        assert [each.message for each in blocks.told()] == [each.message for each in rows.told()]
    assert by_sql


def _read_one_by_one(roster: Path, program: Program) -> list[RosterRow]:
    """The rows as the reader of rows gives them, each by itself."""
    file = examine(RosterFile(roster))
    head = table.head_of(file, program)
    read, coverage = RowReader(head.layout, program, file.name), Coverage(program, "row")
    rows = (row for row in table.table_rows(file, head) if row.refusals or not is_blank(row.cells))
    return [coverage.of(read.row(row.number, row.cells, row.refusals)) for row in rows]


_LINES = st.lists(st.text(alphabet=st.sampled_from('ab1,"\r\n \u00e9'), max_size=12), max_size=12).map("\n".join)


@given(_LINES, st.integers(1, 40))
def test_a_text_is_divided_into_the_same_rows(text: str, chunk: int) -> None:
    import io

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_CHUNK", chunk)
        one_by_one = [(each.number, each.cells, each.refusals) for each in lines.rows_of(io.StringIO(text, ""), ",", 2)]
        found = [
            (number, cells, block.refused.get(place, ()))
            for block in lines.blocks_of(io.StringIO(text, ""), ",", 2)
            for place, (number, cells) in enumerate(zip(block.numbers, block.rows, strict=True))
        ]
    # Blocks may leave out lines in which nothing stands.
    given, kept = ([row for row in rows if row[2] or not is_blank(row[1])] for rows in (one_by_one, found))
    assert kept == given
    assert set(map(repr, found)) <= set(map(repr, one_by_one))


@pytest.mark.attack("20 megabytes of one sign")
@pytest.mark.parametrize("line", ["\n", "\r\n", "  \n", "\u00a0\n"])
def test_lines_in_which_nothing_stands_are_not_looked_at_one_by_one(line: str) -> None:
    """Twenty megabytes of line ends took a minute, and `explain` more than its bound."""
    import io

    between = "a,b\n" + line * 2_000 + "c,d\n" + line * 3_000
    found = list(lines.blocks_of(io.StringIO(between, ""), ",", 2))
    assert [(number, row) for block in found for number, row in zip(block.numbers, block.rows, strict=True)] == [
        (1, ["a", "b"]),
        (2_002, ["c", "d"]),
    ]


@given(st.from_regex(PLAIN_KEYS, fullmatch=True))
def test_nothing_is_ever_to_be_said_of_a_plain_id(keys: str) -> None:
    known, changed = Identities(), ChangedIds()
    for key in keys.split("\n")[:-1]:
        assert known.no_id(key, "row 2") is None
        assert compared(key) == key.strip().lower()
        assert safe_cell(key) == key
        changed.look_at(key)
    assert not changed


@pytest.mark.parametrize(
    "key", ["total", "Min 4", "1e5", "mar1", "0012", "-a1", "=1", "a,1", '"a1"', "n/a", "é1", "1234567890123"]
)
def test_other_ids_are_looked_at(key: str) -> None:
    assert PLAIN_KEYS.fullmatch(f"a1\n{key}\n") is None
    assert PLAIN_KEYS.fullmatch("a1\nEMP-0007\n4711\n") is not None


def test_an_id_is_repeated_wherever_it_stood_before() -> None:
    known = Identities()
    assert known.repeated(["a1", "b1", "a1", ""], [2, 3, 4, 5]) == {2}
    assert known.repeated(["c1", "b1"], [6, 7]) == {1}
    assert known.repeated(["a1", "b1"], [2, 3]) == set()  # the same rows again
    refusal = known.refusal("c1", 9, "row 9", "row")
    assert refusal is not None
    assert "`c1` stands in row 6 already" in refusal.message


@pytest.mark.parametrize(
    "lines", [["a,b,c", "1,,3", ",,", "x,y z,"], ["a,b,c", "1,2"], ["a,b,c", ""], ["a,b,c", "1,2,3,4"], [",,"]]
)
def test_lines_divided_at_once_hold_the_same_cells(lines: list[str]) -> None:
    divided, expected = DividedLines(lines, ","), [line.split(",") for line in lines]
    assert list(divided) == [*map(divided.__getitem__, range(len(lines)))] == expected
    assert list(divided[1:]) == expected[1:]
    assert divided.all_have(3) is all(len(each) == 3 for each in expected)
    if divided.all_have(3):
        assert divided.columns(3) == [list(each) for each in zip(*expected, strict=True)]
