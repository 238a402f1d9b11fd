"""What is kept while a roster is read does not grow with how many different texts stand in it."""

from __future__ import annotations

import gc
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.running import SMALL, data, put
from rosters.every_engine import in_every_way, program_of
from sespms_rules.cli.rating_in_blocks import rated_in_blocks
from sespms_rules.engines.columnar import answers
from sespms_rules.engines.confirmed import ENGINES, Engine
from sespms_rules.program.rating import Rating, Refusal
from sespms_rules.reports import ratings
from sespms_rules.reports.ratings import CsvOfRatings
from sespms_rules.rosters.files import (
    FaultyCells,
    block_reader,
    level_words,
    lines,
    members,
    open_roster,
    quick_readings,
    reading,
    row_reader,
    table,
)

POLICY = (
    SMALL.replace('"Best"', '"Outstanding"')
    .replace("  are whole numbers\n", "")
    .replace("350 to 449", "at least 350 and below 450")
    .replace("250 to 349", "at least 250 and below 350")
    .replace("150 to 249", "at least 150 and below 250")
    .replace("100 to 149", "at least 100 and below 150")
)
HEADINGS = "id,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
BLOCKS = 40
ROWS_OF_A_BLOCK = 60
KEPT = 50


def _wrong_levels(row: int) -> str:
    return f"E{row},50,x{row}y,50,3"


def _quoted_wrong_levels(row: int) -> str:
    return f'E{row},50,"x{row}y",50,3'


def _long_wrong_levels(row: int) -> str:
    return f"E{row},50,{'x' * 90}{row},50,3"


def _wrong_weights(row: int) -> str:
    return f"E{row},{row}%%,4,50,3"


def _other_totals(row: int) -> str:
    return f"E{row},60.{row + 10_000},4,50,3"


def _other_scores(row: int) -> str:
    return f"E{row},50.{row + 10_000},4,49.{90_000 - row},3"


def _words(row: int) -> str:
    draw = random.Random(row)
    return f"E{row},50,{''.join(draw.choice((each, each.upper())) for each in 'outstanding')},50,3"


@pytest.fixture(autouse=True)
def in_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of some tens of rows, little remembered, short files read as long ones are.

    What other tests have made is put out of sight of the collector: it is counted over and over below.
    """
    gc.collect()
    gc.freeze()
    monkeypatch.setattr(lines, "_CHUNK", ROWS_OF_A_BLOCK * 20)
    monkeypatch.setattr(table, "QUICK_FROM", 0)
    for module, name in (
        (block_reader, "_MOST_KNOWN"),
        (block_reader, "_MOST_FAULTY"),
        (quick_readings, "_MOST_KNOWN"),
        (answers, "_MOST_MADE"),
        (ratings, "_MOST_PIECES"),
        (members, "_MOST_READ"),
        (level_words, "MOST_USED"),
        (quick_readings, "MOST_USED"),
        (row_reader, "MOST_USED"),
    ):
        monkeypatch.setattr(module, name, KEPT)


def _alive() -> int:
    """How many answers, refusals and faults of cells there are."""
    gc.collect()
    return sum(type(each) in (Rating, Refusal, FaultyCells) for each in gc.get_objects())


def _kept(roster: Path) -> Iterator[int]:
    """How much is kept after each block of a roster that is rated in columns and written as CSV."""
    program = program_of(POLICY)
    opened = open_roster(roster, program)
    assert opened.blocks is not None
    written = CsvOfRatings((), io.StringIO(newline=""))
    before = _alive()
    with Engine(program, "columnar", 10**9) as engine:
        for block in rated_in_blocks(opened, program, engine):
            written.blocks([block])
            yield _alive() - before


@pytest.mark.parametrize(
    "line", [_wrong_levels, _quoted_wrong_levels, _long_wrong_levels, _wrong_weights, _other_totals, _other_scores]
)
def test_what_is_kept_does_not_grow_with_the_roster(
    tmp_path: Path, line: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LOOKED_AHEAD", 0)
    rows = "".join(f"{line(row)}\n" for row in range(BLOCKS * ROWS_OF_A_BLOCK))
    kept = list(_kept(put(tmp_path, "r.csv", HEADINGS + rows)))
    assert len(kept) > BLOCKS // 2
    early, late = max(kept[: len(kept) // 3]), max(kept[-len(kept) // 3 :])
    assert 0 < late <= early + 2 * ROWS_OF_A_BLOCK, kept


@pytest.mark.parametrize("line", [_wrong_levels, _other_totals, _other_scores, _words])
def test_what_is_forgotten_is_read_alike_again(tmp_path: Path, line: Callable[[int], str]) -> None:
    rows = [f"{line(row % 400)}\n".replace("E", f"E{row}-", 1) for row in range(1_200)]
    roster = put(tmp_path, "r.csv", HEADINGS + "".join(rows))
    (_, wanted), *others = in_every_way(roster, program_of(POLICY))
    assert len(others) >= len(ENGINES)
    for way, found in others:
        assert found == wanted, way


def test_words_are_told_up_to_a_number(tmp_path: Path) -> None:
    rows = "".join(f"{_words(row)}\n" for row in range(300))
    policy, roster = put(tmp_path, "p.sespms", POLICY), put(tmp_path, "r.csv", HEADINGS + rows)
    for engine in ENGINES:
        found, code = data("rate", policy, roster, "--engine", engine)
        assert code == 0
        (told,) = [each["message"] for each in found["findings"] if each["code"] == "SES649"]
        assert told.endswith(f"and {KEPT - 5} or more others"), engine
        assert {each["level"] for each in found["ratings"]} == {4}


@pytest.mark.parametrize("word", ["Outstanding ", " Outstanding", "\tOutstanding"])
@pytest.mark.parametrize("nobody", ["Total", "Average"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_word_is_told_whatever_stands_in_a_row_of_nobody(tmp_path: Path, word: str, nobody: str, engine: str) -> None:
    """The same word with a blank beside it stood in a total before."""
    rows = f"{nobody},50,Outstanding,50,3\nE1,50,{word},50,3\nE2,50,4,50,3\n"
    found, _ = data(
        "rate", put(tmp_path, "p.sespms", POLICY), put(tmp_path, "r.csv", HEADINGS + rows), "--engine", engine
    )
    (told,) = [each["message"] for each in found["findings"] if each["code"] == "SES649"]
    assert told.endswith("`Outstanding` as 5")
