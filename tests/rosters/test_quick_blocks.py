"""Long rosters read by the bytes of their cells: what is rated, refused and told is what the other roads say."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.running import ROOT, put, run
from nights import NIGHTLY, at_depth
from rosters.every_engine import by_engine, program_of
from rosters.office_rosters import POLICIES, SLIPS_OF_LINES, office_roster, spoiled
from sespms_rules.cli import rating_in_sql
from sespms_rules.cli.rating_in_blocks import rated_in_blocks
from sespms_rules.engines import confirmed
from sespms_rules.engines.columnar import Answers, DistinctRows, answers
from sespms_rules.engines.columnar.answers import AnswersOfRows
from sespms_rules.engines.confirmed import Engine
from sespms_rules.engines.reference import rate
from sespms_rules.program.ir import Program
from sespms_rules.reports import ratings
from sespms_rules.reports.ratings import CsvOfRatings, as_data
from sespms_rules.rosters.files import (
    block_reader,
    lines,
    open_roster,
    quick_cells,
    quick_ids,
    quick_readings,
    reading,
    table,
)
from sespms_rules.rosters.files.executives import PLAIN_KEYS, Identities, compared
from sespms_rules.rosters.files.quick_blocks import QuickBlocks
from systems import systems_of

NEVER = 10**9
AGENCIES = tuple(f"agencies/{each.name}" for each in sorted((ROOT / "policies" / "agencies").glob("*.sespms")))
SHAPES = tuple(f"shapes/{each.name}" for each in sorted((ROOT / "policies" / "shapes").glob("*.sespms")))


@pytest.fixture(autouse=True)
def in_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of some tens of rows, little remembered, short files rated as long ones are."""
    monkeypatch.setattr(lines, "_CHUNK", 1_000)
    monkeypatch.setattr(quick_ids, "_FEW", 2)
    monkeypatch.setattr(quick_readings, "_MOST_KNOWN", 40)
    monkeypatch.setattr(quick_ids, "_MOST_SHAPES", 12)
    monkeypatch.setattr(block_reader, "_MOST_FAULTY", 10)
    monkeypatch.setattr(answers, "_MOST_MADE", 15)
    monkeypatch.setattr(ratings, "_MOST_PIECES", 5)
    monkeypatch.setattr(reading, "LOOKED_AHEAD", 0)
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)
    monkeypatch.setattr(confirmed, "CONFIRMED_LINES", 0)
    monkeypatch.setattr(table, "QUICK_FROM", 0)


def _plainer(draw: random.Random, text: str) -> str:
    """The same roster with most of the lines left out that no block of plain lines has."""
    kept = (line for line in text.splitlines(keepends=True) if line.isascii() and '"' not in line)
    rows = [line for line in kept if line.strip()]
    (width, _), *_ = Counter(map(_marks, rows)).most_common(1) or [(0, 0)]
    return "".join(line for line in rows if _marks(line) == width or draw.random() < 0.01)


def _marks(line: str) -> int:
    return len(re.findall("[,;\t]", line))


def _quick(roster: Path, program: Program) -> int:
    """How many rows of a roster stand in blocks that are read by their bytes."""
    opened = open_roster(roster, program)
    return 0 if opened.blocks is None else sum(len(each.keys) for each in opened.blocks() if each.quick)


def _told(roster: Path, program: Program) -> tuple[str, list[dict[str, Any]], Counter[str], list[str]]:
    """The CSV of a roster rated in columns, its rows as data, how many had which outcome, and what was found."""
    opened = open_roster(roster, program)
    if opened.blocks is None:
        return "", [], Counter(), [each.message for each in opened.findings]
    file, outcomes, rows = io.StringIO(newline=""), Counter[str](), []
    written = CsvOfRatings(program.summary.reported, file, questions=bool(program.questions))
    with Engine(program, "columnar", NEVER) as engine:
        for block in rated_in_blocks(opened, program, engine):
            written.blocks([block])
            outcomes.update(block.outcomes())
            rows += [as_data(row) for row in block.rows()]
    found = [each.message for each in (*opened.findings, *opened.told())]
    return file.getvalue(), rows, outcomes, [*found, *written.changed.first, str(written.changed.count)]


def _roads_agree(monkeypatch: pytest.MonkeyPatch, program: Program, roster: Path) -> str:
    """Where the roads differ, byte for byte, in what is told, or in how rows end; empty where they do not."""
    quick = _told(roster, program)
    with monkeypatch.context() as patch:
        patch.setattr(table, "QUICK_FROM", NEVER)
        slow = _told(roster, program)
        alone = by_engine(roster, program, "reference")
    for one, other in zip(quick[0].splitlines(), slow[0].splitlines(), strict=False):
        if one != other:
            return f"{one}\nnot {other}"
    if quick != slow:
        return f"{quick[2:]}\nnot {slow[2:]}"
    if quick[1] and quick[1] != alone:
        return "the reference says another thing"
    return ""


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", POLICIES)
def test_rosters_of_offices_are_rated_as_on_the_other_roads(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(f"quick {name}")
    program = program_of(POLICIES[name])
    quick = 0
    for number in range(at_depth(3, 6, 60)):
        text = office_roster(draw, name, 150, draw.choice((0, 0.05, 0.3, 0.9)))
        roster = put(tmp_path, "r.csv", _plainer(draw, text) if number % 3 else text)
        assert not _roads_agree(monkeypatch, program, roster), roster.read_text("utf-8")
        quick += _quick(roster, program)
    assert quick > 50


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("name", (*AGENCIES, *SHAPES) if NIGHTLY else (*AGENCIES[:1], *SHAPES[::6]))
def test_shipped_policies_rate_as_on_the_other_roads(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rosters that `cohort` draws, with every slip that offices make."""
    draw = random.Random(f"quick {name}")
    policy = ROOT / "policies" / name
    for system, program in systems_of(name)[:1]:
        made = tmp_path / "sound.csv"
        run("cohort", policy, "--system", system.name, "--executives", "80", "--output", made)
        with made.open(encoding="utf-8", newline="") as file:
            headings, *sound = csv.reader(file)
        for slips in (SLIPS_OF_LINES, None):
            text = spoiled(draw, headings, sound, 2_000 if NIGHTLY else 250, slips)
            roster = put(tmp_path, "r.csv", _plainer(draw, text))
            assert not _roads_agree(monkeypatch, program, roster)
            assert _quick(roster, program) or not open_roster(roster, program).blocks


HEADINGS = "id,unit,appointment,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
ODD = (
    "e-1,Ports,career,50,5,50,4",  # an id that stood before
    "E-7,Ports,career,50,5,50,4",  # one that differs in capitals alone
    " E-900 ,Ports,career,50,5,50,4",
    "e-900,PORTS,,50,5,50,4",
    "Total,,,,,,",
    ",,,,,,",
    ",Ports,career,50,5,50,4",
    "0012,Ports,career,50,5,50,4",
    "1.23E+15,Ports,career,50,5,50,4",
    "jan-4,Ports,career,50,5,50,4",
    "=1+1,Ports,career,50,5,50,4",
    "e-901,ports,carer,50,5,50,4",
    "e-902,Ports,career,fifty,5,50,4",
    "e-903,Ports,career,fifty,goood,half,",
    "e-904,Ports,career,,,,",
    "e-905,Ports,career,not in plan,not in plan,100,4",
    "e-906,Ports,career,50,Outstanding,50,level 4",
    "e-907,Ports,career,50,6,50,0",
    "e-908,Ports,career,60,6,60,4",
    "e-909,Ports,career,50,5,50",
    "e-910,Ports,career,50,5,50,4,more",
    "987654321012345678,Ports,career,987654321012345678 x,5,50,4",
    "e-911,Ports,career,50,=5+9,50,;-4",
    f"{'long' * 40}1,Ports,career,50,5,50,4",
    f"e-912,Ports,career,50,{'5' * 70},50,4",
    "e\x1f-913,Ports,career,50, 5,50,4 ",
)


@pytest.mark.parametrize("number", range(len(ODD)))
def test_one_odd_row_is_read_as_elsewhere(tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it stands among plain ones, alone and in company."""
    draw = random.Random(f"odd {number}")
    program = program_of(POLICIES["filled up"])
    for company in (1, 3):
        rows = [f"e-{each},Ports,career,50,{draw.randint(1, 5)},50,4" for each in range(200)]
        for each in (*([ODD[number]] * company), *draw.sample(ODD, company - 1)):
            rows.insert(draw.randrange(len(rows)), each)
        roster = put(tmp_path, "r.csv", HEADINGS + "\n".join(rows) + draw.choice(("", "\n", "\n\n")))
        assert not _roads_agree(monkeypatch, program, roster), roster.read_text("utf-8")
        assert _quick(roster, program) > 50


def test_headings_below_the_top_are_found_and_rows_under_others_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"e-{each},Ports,career,50,3,50,4\n" for each in range(300)]
    others = HEADINGS.replace("Leading People level", "Results level")
    for below in (HEADINGS, others):
        roster = put(tmp_path, "r.csv", HEADINGS + "".join([*rows[:150], below, *rows[150:]]))
        assert not _roads_agree(monkeypatch, program_of(POLICIES["weighed"]), roster)


def test_levels_in_words_are_told_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of(POLICIES["weighed"])
    draw = random.Random(7)
    words = [term for _, term in program.terms]
    rows = [
        f"{'Total' if number % 50 == 0 else f'e-{number}'},50,{draw.choice(words)},50,{draw.choice(words)}\n"
        for number in range(400)
    ]
    roster = put(tmp_path, "r.csv", HEADINGS.replace("unit,appointment,", "") + "".join(rows))
    assert not _roads_agree(monkeypatch, program, roster)
    opened = open_roster(roster, program)
    assert opened.blocks is not None
    judged = sum(row is not None and row.appraisal is not None for each in opened.blocks() for row in each.odd.values())
    assert judged <= 2 * len(words)  # each word by the reader of rows but once for each element
    assert [each.code for each in opened.told()] == ["SES649"]


def test_a_wrong_refusal_by_the_columns_is_not_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference is asked of every refused row, also where many are alike."""
    program = program_of(POLICIES["weighed"])
    rows = "".join(f"e-{each},Ports,career,50,{6 if each % 9 == 4 else 3},50,4\n" for each in range(100))
    roster = put(tmp_path, "r.csv", HEADINGS + rows)
    real = Answers.of

    def wrong(self: Answers, members: Sequence[object], rows: int) -> AnswersOfRows:
        found = real(self, members, rows)  # type: ignore[arg-type]
        return found._replace(codes=np.where(found.codes != 0, 1 << 2, 0))

    asked: list[int] = []
    each_rated = Engine.rate_each

    def counted(self: Engine, appraisals: Sequence[object]) -> Iterator[object]:
        asked.append(len(appraisals))
        return each_rated(self, appraisals)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "rate_each", counted)
    for replaced, alone in ((real, 0), (wrong, 11)):
        monkeypatch.setattr(Answers, "of", replaced)
        asked.clear()
        with Engine(program, "columnar", NEVER) as engine:
            found = [
                row for block in rated_in_blocks(open_roster(roster, program), program, engine) for row in block.rows()
            ]
        assert sum(asked) == alone
        refused = [row for row in found if row.outcome == "refused"]
        assert [row.number for row in refused] == [each + 2 for each in range(100) if each % 9 == 4]
        assert {refusal.code for row in refused for refusal in row.refusals} == {"SES609"}


@pytest.mark.parametrize("name", POLICIES)
def test_what_is_refused_alike_is_refused_as_each_by_itself(tmp_path: Path, name: str) -> None:
    draw = random.Random(f"alike {name}")
    program = program_of(POLICIES[name])
    weights = (("50", "50"), ("40", "60"), ("60", "40"), ("50", "40"), ("0", "100"), ("50.5", "49.5"), ("", "100"))
    rows = []
    for number in range(900):
        first, second = draw.choice(weights) if draw.random() < 0.3 else weights[0]
        one, other = (draw.choice(("3", "4", "6", "", "2.5", "not in plan")) for _ in range(2))
        rows.append(f"e-{number},,,{first},{one},{second},{other}\n")
    opened = open_roster(put(tmp_path, "r.csv", HEADINGS + "".join(rows)), program)
    assert opened.blocks is not None
    known = 0
    with Engine(program, "columnar", NEVER) as engine:
        for block in opened.blocks():
            places = [each for each in range(len(block.keys)) if each not in block.odd and each not in block.faulty]
            readings = [(each.distinct, [int(each.codes[place]) for place in places]) for each in block.members]
            for place, refusals in zip(places, engine.refused_alike(readings), strict=bool(readings)):
                row = block.row(place)
                assert row.appraisal is not None
                if refusals is not None:
                    known += 1
                    assert refusals == rate(program, row.appraisal, trace=False).refused
    assert known > 100


# ---- the parts --------------------------------------------------------------------------------------

_TEXTS = st.lists(st.lists(st.text(alphabet="ab1 .\t", max_size=20), min_size=3, max_size=3), min_size=1, max_size=9)


@given(_TEXTS, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(0, 4))
def test_lines_hold_the_same_cells_by_bytes_as_by_texts(
    rows: list[list[str]], end: str, ended: bool, skipped: int
) -> None:
    text = end.join(",".join(row) for row in rows) + (end if ended else "")
    found = quick_cells.quick_cells(text, ",", 3)
    assert found is not None
    assert list(found) == [found[place] for place in range(len(found))] == rows
    assert found.longest == max(len(",".join(row)) for row in rows)
    assert found.columns(3) == [list(each) for each in zip(*rows, strict=True)]
    part = found[min(skipped, len(rows) - 1) :]
    rows = rows[min(skipped, len(rows) - 1) :]
    assert list(part) == rows
    for first, last in ((0, 0), (1, 2), (0, 2)):
        words = part.words(first, last)
        assert words is not None
        texts = [",".join(row[first : last + 1]).encode() for row in rows]
        assert [
            b"".join(int(w[place]).to_bytes(8, "little") for w in words).rstrip(b"\0") for place in range(len(rows))
        ] == texts


@pytest.mark.parametrize(
    "text", ['a,"b",c\n', "a,b\n", "a,b,c\n\n", "a,b,c,d\n", "\u00e9,b,c\n", "a,b\rc,d\n", "a,b,c\nd\n"]
)
def test_other_lines_are_left_to_the_reader_of_texts(text: str) -> None:
    assert quick_cells.quick_cells(text, ",", 3) is None


_KEYS = st.lists(
    st.text(alphabet="ab1\u00e9", max_size=3) | st.sampled_from(["x" * 9, "x" * 64, "x" * 65, "y" * 300]), max_size=30
)


@given(st.lists(_KEYS, max_size=5), st.integers(0, 3))
def test_many_ids_remember_where_each_stood_first(blocks: list[list[str]], rows: int) -> None:
    many, known, number = quick_ids.ManyIds(rows), dict[str, int](), 2
    many._bits, many._numbers = 2, np.zeros(4, dtype=np.int32)
    for keys in blocks:
        numbers = [*range(number, number + len(keys))]
        number += len(keys)
        expected = [known.setdefault(key, each) for key, each in zip(keys, numbers, strict=True)]
        assert many.firsts_of(keys, numbers).tolist() == expected
        assert many.firsts_of(keys, numbers).tolist() == expected  # the same rows again
        assert not keys or many.first(keys[-1], number) == known[keys[-1]]


def test_ids_held_by_their_bytes_are_those_met_before() -> None:
    known = Identities()
    known.refusal("a1", 2, "row 2", "row")
    known.hold_in(quick_ids.ManyIds(10))
    assert known.repeated(["b1", "a1", "", "b1", "\u00e91"], [3, 4, 5, 6, 7]) == {1, 3}
    refusal = known.refusal("\u00e91", 9, "row 9", "row")
    assert refusal is not None
    assert "stands in row 7 already" in refusal.message


_ROWS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0, 1, 2**63, 2**64 - 1])), max_size=40)


@given(st.lists(_ROWS, max_size=5))
def test_distinct_rows_are_numbered_in_order(blocks: list[list[tuple[int, int]]]) -> None:
    distinct, known = DistinctRows(2), dict[tuple[int, int], int]()
    for rows in blocks:
        new = []
        for place, row in enumerate(rows):
            if row not in known:
                known[row] = len(known)
                new.append(place)
        columns = [np.array([row[place] for row in rows], dtype=np.uint64) for place in (0, 1)]
        codes, found = distinct.codes(columns)
        assert codes.tolist() == [known[row] for row in rows]
        assert found == new
    assert len(distinct) == len(known)


def test_many_distinct_rows_are_told_apart() -> None:
    draw = np.random.default_rng(3)
    column = draw.integers(0, 30_000, 100_000).astype(np.uint64)
    distinct = DistinctRows(1)
    codes, new = distinct.codes([column])
    assert len(new) == len(np.unique(column)) == len(distinct)
    assert (column[new][codes] == column).all()


@given(st.lists(st.text(alphabet="ajn-_ 019.JAN", max_size=12), min_size=1, max_size=20))
def test_an_id_is_plain_by_its_shape_as_by_its_text(keys: list[str]) -> None:
    read = quick_ids.QuickIds(Identities())
    plain = read._are_plain(quick_cells.words_of([key.encode() for key in keys]))
    expected = [PLAIN_KEYS.fullmatch(f"{key}\n") is not None for key in keys]
    assert plain is None or plain.tolist() == expected


@given(st.lists(st.from_regex(PLAIN_KEYS, fullmatch=True).map(lambda keys: keys.split("\n")[0][:64]), min_size=1))
def test_a_plain_id_is_compared_by_its_bytes_as_by_its_text(keys: list[str]) -> None:
    words = quick_ids._in_small_letters(quick_cells.words_of([key.encode() for key in keys]))
    wanted = quick_cells.words_of([compared(key).encode() for key in keys])
    assert [each.tolist() for each in words] == [each.tolist() for each in wanted]


@given(
    st.lists(st.tuples(st.sampled_from(["a1", "b22", "c" * 20 + "1"]), st.integers(0, 3)), min_size=1, max_size=20),
    st.dictionaries(st.integers(0, 19), st.sampled_from([b"", b"other\r\n"])),
)
def test_ids_are_written_with_what_stands_behind_them(rows: list[tuple[str, int]], instead: dict[int, bytes]) -> None:
    from sespms_rules.rosters.files.quick_keys import KeyColumn

    ends = [b",rated\r\n", ",\u00e9\r\n".encode(), b"," + b"x" * 64 + b"\r\n", b"\r\n"]
    cells = quick_cells.quick_cells("".join(f"0,{key}\n" for key, _ in rows), ",", 2)
    assert cells is not None
    words = cells.words(1, 1)
    assert words is not None
    keys = KeyColumn(cells, 1, words)
    instead = {place: text for place, text in instead.items() if place < len(rows)}
    written = keys.with_ends(ends, [code for _, code in rows], instead)
    assert written == b"".join(instead.get(place, key.encode() + ends[code]) for place, (key, code) in enumerate(rows))
    assert list(keys) == keys[:] == [key for key, _ in rows]


def test_the_command_writes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = put(tmp_path, "p.sespms", POLICIES["filled up"])
    rows = [f"e-{each},Ports,career,50,{each % 6},50,4" for each in range(300)]
    roster = put(tmp_path, "r.csv", HEADINGS + "\n".join([*rows, *ODD]))
    told = []
    for start in (0, NEVER):
        monkeypatch.setattr(table, "QUICK_FROM", start)
        for form in ("csv", "json"):
            done = run("rate", policy, roster, "--engine", "columnar", "--format", form)
            told.append((done.stdout, done.stderr, done.exit_code))
    assert told[:2] == told[2:]


@pytest.mark.parametrize("start", [0, NEVER])
def test_a_roster_that_begins_with_a_number_too_large_is_written(
    tmp_path: Path, start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then no row of the first block has an answer that others have too."""
    monkeypatch.setattr(table, "QUICK_FROM", start)
    policy = put(tmp_path, "p.sespms", POLICIES["weighed"])
    rows = "".join(f"e-{each},,career,{10**30 if each == 3 else 50},3,50,4\n" for each in range(100))
    roster = put(tmp_path, "r.csv", HEADINGS + rows)
    found, alone = (
        run("rate", policy, roster, "--engine", each, "--format", "csv") for each in ("columnar", "reference")
    )
    assert found.stdout == alone.stdout
    assert found.exit_code == alone.exit_code == 1


@pytest.mark.parametrize("engine", ["columnar", "durable"])
@pytest.mark.parametrize("kind", ["no ids", "nothing at the end", "no ids at the end"])
def test_a_block_without_an_id_is_read_as_any_other(
    tmp_path: Path, kind: str, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_CHUNK", 2_000)
    policy = put(tmp_path, "p.sespms", POLICIES["weighed"])
    good = "".join(f"e-{each},,career,50,3,50,4\n" for each in range(100))
    without, blank = ",,career,50,3,50,4\n" * 400, ",,,,,,\n" * 600
    rows = {"no ids": without, "nothing at the end": good + blank, "no ids at the end": good + without}[kind]
    told = []
    for start in (0, NEVER):
        monkeypatch.setattr(table, "QUICK_FROM", start)
        done = run("rate", policy, put(tmp_path, "r.csv", HEADINGS + rows), "--engine", engine, "--format", "csv")
        told.append((done.stdout, done.exit_code))
    assert told[0] == told[1]
    assert told[0][1] == (0 if kind == "nothing at the end" else 1)
    assert told[0][0].count("SES634") == (0 if kind == "nothing at the end" else 400)


def test_short_rosters_do_not_wait_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    made: list[object] = []
    monkeypatch.setattr(QuickBlocks, "block", lambda *given: made.append(given))
    program = program_of(POLICIES["weighed"])
    file = io.StringIO()
    file.writelines(f"e-{number},Ports,career,50,3,50,4\n" for number in range(11_000))
    rows = file.getvalue()
    assert open_roster(put(tmp_path, "r.csv", HEADINGS + rows[: len(rows) // 2]), program).lines < table.QUICK_FROM
    assert not made
    assert len([*open_roster(put(tmp_path, "r.csv", HEADINGS + rows), program).rows]) == 11_000
    assert made
