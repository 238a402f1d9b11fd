"""`sespms rate --engine sql`: short rosters, long files in CSV and Parquet, and files with every kind of fault."""

from __future__ import annotations

import csv
import os
import random
import re
import resource
import subprocess
import sys
from operator import itemgetter
from pathlib import Path

import duckdb
import pytest

from cli.running import HEADINGS, OPM, ROOT, ROSTER, SMALL, data, process, put, run
from nights import at_depth
from sespms_rules.cli import rating_in_sql
from sespms_rules.engines.sql import files as sql_files
from sespms_rules.engines.sql.files import FileInSql
from sespms_rules.engines.sql.inputs import StageCells
from sespms_rules.engines.sql.query import Query, query_of
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program

BAD = (
    "four",
    "4.5",
    "",
    "3;5x",
    " 4 ",
    "Not rated",
    "4.0",
    "−3",
    "1e1",
    "6",
    "-1",
    "9" * 20,
    "not in plan",
    "04",
    "+4",
)

MANY = at_depth(200_000, 1_000_000)
"""Rows of the longest file."""

TENTHS = SMALL.replace("  are whole numbers\n", "")
for above, below in ((449, 450), (349, 350), (249, 250), (149, 150)):
    TENTHS = TENTHS.replace(f"score {below - 100} to {above} is", f"score at least {below - 100} and below {below} is")
TENTHS = TENTHS.replace("score 100 to 149 is", "score at least 100 and below 150 is")


@pytest.fixture
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be long, and every fiftieth rating be confirmed."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_ONE_IN", 50)


def faulty_rows(rows: int, share: float = 0.25) -> list[str]:
    """Rows of `SMALL` with every kind of fault that a file may have in one row."""
    draw = random.Random(630)
    made: list[str] = []
    for number in range(rows):
        cells = [f"p-{number}", "40", str(draw.randint(1, 5)), "60", str(draw.randint(1, 5))]
        if draw.random() < share:
            cells[draw.randrange(1, 5)] = draw.choice(BAD)
        match draw.randrange(40):
            case 0:
                cells.pop()
            case 1:
                cells.append("stray")
            case 2:
                cells[0] = draw.choice(
                    ["", "p-7", '"a, ""b"" ' + str(number) + '"', f"\u00a0é{number}\u00a0", f"=c{number}"]
                )
            case 3:
                cells = [f'"{cell}"' for cell in cells]
            case 4:
                cells = ["", " ", "", "", ""]
            case 5:
                cells += ["", ""]
        made.append(",".join(cells))
    return made


def _same(policy: Path, roster: Path, form: str) -> str:
    """Rate by SQL and by the reference; the two must say the same, byte for byte, save who says it."""
    found, wanted = (
        run("rate", policy, roster, "--engine", engine, "--format", form) for engine in ("sql", "reference")
    )
    assert "one rating in" in found.stderr, found.stderr
    assert found.exit_code == wanted.exit_code
    assert found.stdout.replace('"engine": "sql"', '"engine": "reference"') == wanted.stdout
    return found.stdout


@pytest.mark.usefixtures("long_from_the_start")
@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_with_every_fault_gives_what_the_reader_of_rosters_gives(tmp_path: Path, form: str, end: str) -> None:
    text = end.join([HEADINGS.strip(), *faulty_rows(3_000)]) + end
    roster = tmp_path / "roster.csv"
    roster.write_text(text, encoding="utf-8", newline="")
    found = _same(put(tmp_path, "p.sespms", SMALL), roster, form)
    for code in ("SES602", "SES608", "SES609", "SES634", "SES635", "SES636", "SES638", "SES640"):
        assert code in found


@pytest.mark.usefixtures("long_from_the_start")
@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_delimiters_columns_in_another_order_and_a_remark(tmp_path: Path, mark: str) -> None:
    lines = [
        (
            "Remarks,Results Driven level,unit,id,appointment,Leading People weight,Results Driven weight"
            ",leading people LEVEL"
        )
    ]
    lines += [
        f"x y,{n % 5 + 1},North,p-{n},{'Career' if n % 3 else 'limited-term'},40.5,59.5,{n % 4 + 2}" for n in range(200)
    ]
    lines += ["x,1,N,p-x,carer,40,60,3", "x,1,N,p-y,,33.3333333,66.6666667,3"]
    roster = put(tmp_path, "r.csv", "\n".join(lines).replace(",", mark) + "\n\n")
    found = _same(put(tmp_path, "p.sespms", TENTHS), roster, "csv")
    assert "SES637" in found


@pytest.mark.usefixtures("long_from_the_start")
@pytest.mark.parametrize(
    "text",
    [
        HEADINGS + 'p-1,40,4,60,"5\n"\np-2,40,4,60,5\n',
        HEADINGS + 'p-1,40,4,60,5\np-2,40,"4,60,5\np-3,40,4,60,5\n',
        HEADINGS + 'p-1,40,4,60,5\n\n\np"2,40,4,60,5\n',
    ],
    ids=["a cell over two lines", "a quotation mark never closed", "empty lines"],
)
def test_a_file_that_is_not_a_line_a_row_is_read_row_by_row(tmp_path: Path, text: str) -> None:
    policy, roster = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", text)
    found, wanted = (data("rate", policy, roster, "--engine", engine) for engine in ("sql", "reference"))
    assert found[0]["ratings"] == wanted[0]["ratings"]
    assert found[0]["confirmed_by"] == "reference"


def test_a_short_roster_is_confirmed_by_the_reference_row_by_row() -> None:
    found, status = data("rate", OPM, ROSTER, "--engine", "sql")
    alone, other = data("rate", OPM, ROSTER, "--engine", "reference")
    assert (found["engine"], found["confirmed_by"], status) == ("sql", "reference", other)
    assert found["ratings"] == alone["ratings"]


def _parquet(tmp_path: Path) -> Path:
    """The example roster in Parquet: levels as whole numbers, weights as decimals, what is empty as a null."""
    made = tmp_path / "roster.parquet"
    with Path(ROSTER).open(encoding="utf-8", newline="") as file:
        headings = next(csv.reader(file))
    cells = ", ".join(
        f'TRY_CAST("{name}" AS {"INTEGER" if name.endswith("level") else "DECIMAL(9,2)"}) AS "{name}"'
        if name.endswith(("level", "weight"))
        else f'"{name}"'
        for name in headings
    )
    duckdb.execute(f"COPY (SELECT {cells} FROM read_csv('{ROSTER}', all_varchar=true)) TO '{made}' (FORMAT parquet)")
    return made


@pytest.mark.parametrize("engine", ["durable", "reference", "columnar", "sql"])
def test_parquet_is_rated_by_every_engine_as_csv_is(tmp_path: Path, engine: str) -> None:
    found, _ = data("rate", OPM, _parquet(tmp_path), "--engine", engine)
    wanted, _ = data("rate", OPM, ROSTER, "--engine", "reference")
    kept = [(each["id"], each["row"], each["level"], each["score"]) for each in wanted["ratings"]]
    assert [(each["id"], each["row"], each["level"], each["score"]) for each in found["ratings"]] == kept


@pytest.mark.usefixtures("long_from_the_start")
def test_a_long_parquet_file_is_rated_as_it_lies(tmp_path: Path) -> None:
    policy, roster, made = put(tmp_path, "p.sespms", SMALL), tmp_path / "r.csv", tmp_path / "r.parquet"
    rows = [line for line in faulty_rows(1_000) if line.count(",") == 4 and '"' not in line and line.strip(", ")]
    roster.write_text(HEADINGS + "\n".join(rows) + "\n", encoding="utf-8")
    duckdb.execute(f"COPY (FROM read_csv('{roster}', all_varchar=true)) TO '{made}' (FORMAT parquet)")
    assert _same(policy, made, "csv") == run("rate", policy, roster, "--engine", "reference", "--format", "csv").stdout


def test_a_file_that_is_no_parquet_is_named(tmp_path: Path) -> None:
    result = process("rate", OPM, put(tmp_path, "r.parquet", "id,level\n"))
    assert result.returncode == 2
    assert "cannot be read as a Parquet file" in result.stderr


@pytest.mark.usefixtures("long_from_the_start")
def test_text_of_a_long_roster_counts_and_tells_every_fault(tmp_path: Path) -> None:
    rows = [f"p-{n},40,{n % 5 + 1},60,3" for n in range(100)] + ["p-x,40,four,60,3"]
    result = run(
        "rate", put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", HEADINGS + "\n".join(rows)), "--engine", "sql"
    )
    assert result.exit_code == 1
    assert (
        "r.csv:102: error SES636 not-a-number\n  row 102, column `Leading People level`: `four` is neither a number"
        in result.stdout
    )
    assert result.stdout.endswith(
        "outcome  level  term    rows\nrated    4      Better    20\nrated    3      Good      60\n"
        "rated    1      Poor      20\nrefused  -      -          1\n\n101 rows\n"
    )


@pytest.mark.usefixtures("long_from_the_start")
def test_a_changed_constant_is_withheld_where_the_reference_confirms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_ONE_IN", 1)

    def planted(program: Program, cells: StageCells) -> Query:
        query = query_of(program, cells)
        return replace(query, steps=tuple(each.replace(">= 350", ">= 361") for each in query.steps))

    monkeypatch.setattr(sql_files, "query_of", planted)
    rows = [f"p-{n},40,{n % 2 + 3},60,{n % 3 + 3}" for n in range(60)]
    result = run(
        "rate",
        put(tmp_path, "p.sespms", SMALL),
        put(tmp_path, "r.csv", HEADINGS + "\n".join(rows)),
        "--engine",
        "sql",
        "--format",
        "csv",
    )
    assert "sql says" in result.stdout
    assert "reference says score 360, level 4" in result.stdout


def test_the_copy_of_a_file_is_removed(tmp_path: Path) -> None:
    from sespms_rules.foundation.source import Source
    from sespms_rules.pipeline import compile_source
    from sespms_rules.rosters.files.tables_in_sql import HandedBack, table_for_sql

    (program,) = compile_source(Source("p.sespms", SMALL)).programs.values()
    roster = put(tmp_path, "r.csv", HEADINGS + "p-1,40,4,60,5\np-2,40,4,60,5\n")
    copy = tmp_path / "copy"
    copy.mkdir()
    opened = table_for_sql(roster, program)
    assert opened is not None
    with FileInSql(program, opened.table, HandedBack(opened, program).key, folder=str(copy)) as file:
        assert [row.id for row in file] == ["p-1", "p-2"]
        assert list(copy.iterdir())
    assert not list(copy.iterdir())


@pytest.mark.slow
def test_very_many_rows_with_one_broken_cell_in_a_hundred(tmp_path: Path) -> None:
    """Every broken cell is told, nothing else is lost, and memory stays bounded."""
    draw = random.Random(1)
    roster = tmp_path / "roster.csv"
    broken = []
    with roster.open("w", encoding="utf-8") as file:
        file.write(HEADINGS)
        for number in range(MANY):
            cells = [f"p-{number}", "40", "4", "60", str(number % 3 + 3)]
            if draw.random() < 0.04:
                cells[draw.randrange(1, 5)] = "?"
                broken.append(f"p-{number}")
            file.write(",".join(cells) + "\n")
    policy, made = put(tmp_path, "p.sespms", SMALL), tmp_path / "out.csv"
    arguments = ["rate", str(policy), str(roster), "--engine", "sql", "--format", "csv", "--output", str(made)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    result = subprocess.run(
        [sys.executable, "-m", "sespms_rules", *arguments],
        capture_output=True,
        timeout=280,
        env=environment,
        check=False,
    )
    assert result.returncode == 1
    count, refused, ends = _read_back(made)
    assert count == MANY
    assert [who for who, codes, _ in refused if codes == "SES636"] == broken
    says = re.compile(r"`\?` is (not a number|neither a number nor the term of a level)")
    assert all(says.search(reasons) for _, _, reasons in refused)
    # Weights 40 and 60, level 4 and level 3, 4 or 5: 340, 400 and 460.
    assert ends == {("340", "3"), ("400", "4"), ("460", "5")}
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2_000_000, "more than 2 GB"


def _read_back(made: Path) -> tuple[int, list[tuple[str, str, str]], set[tuple[str, str]]]:
    """How many rows a result has, of each refused one its id, codes and reasons, and how the others end."""
    count = 0
    refused: list[tuple[str, str, str]] = []
    ends: set[tuple[str, str]] = set()
    with made.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        columns = itemgetter(*map(next(rows).index, ("id", "score", "level", "refused", "reasons")))
        for who, score, level, codes, reasons in map(columns, rows):
            count += 1
            if codes:
                refused.append((who, codes, reasons))
            else:
                ends.add((score, level))
    return count, refused, ends


def test_rows_stay_in_order_where_the_query_joins_tables(tmp_path: Path) -> None:
    """Behind the 122,880 rows that DuckDB keeps together, the rows of a join came as its threads came to them."""
    headings, row, *_ = Path(ROSTER).read_text(encoding="utf-8").splitlines()
    cells = row.split(",", 1)[1]
    roster = put(tmp_path, "long.csv", headings + "\n" + "".join(f"e-{each},{cells}\n" for each in range(300_000)))
    out = tmp_path / "out.csv"
    rated = run("rate", OPM, roster, "--engine", "sql", "--output", out)
    assert rated.exit_code == 0, rated.output
    with out.open(encoding="utf-8") as file:
        assert [line.partition(",")[0] for line in file][1:] == [f"e-{each}" for each in range(300_000)]
