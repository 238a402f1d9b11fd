"""The text that is printed for Spark, run by Spark itself: a cluster of two workers on this machine.

Spark rates the tables that DuckDB rates: those of every shipped system in the nightly profile, at the gate and by day
those of some systems that differ most. What DuckDB said of a row stands in its `id`, so that Spark compares within the
row and one job for each system gives back two numbers.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from engines.sql_answers import query_for, rate_in_duckdb
from engines.sql_domains import Table, programs, tables
from engines.sql_tables import opm_arrays
from engines.test_sql_quoting import HOSTILE
from nights import NIGHTLY, at_depth
from sespms_rules.engines.sql.quoting import Names, dialect_of, word_in_sql
from sespms_rules.engines.sql.table import WarehouseSql
from sespms_rules.foundation.values import replace
from systems import program_of

OPM = "agencies/opm_basic.sespms: Basic SES Appraisal System"
BY_DAY = (
    OPM,
    "agencies/dhs_ses_2011.sespms: DHS SES Performance Agreement, Form 351",
    "shapes/shape_15_missing_ratings.sespms: Shape 15, missing ratings are left out",
    "shapes/shape_19_tables.sespms: Shape 19, tables",
    "shapes/shape_22_two_results.sespms: Shape 22, two results",
)
AT_THE_GATE = (
    *BY_DAY,
    "beyond-ses/dod_acqdemo_quality_level.sespms: DoD AcqDemo performance appraisal quality level",
    "beyond-ses/dod_dpmap.sespms: DoD Performance Management and Appraisal Program",
    "examples/maritime_commission.sespms: Example Maritime Commission SES System",
    "shapes/shape_17_limits_on_weights.sespms: Shape 17, limits on weights",
)
BY_DAY_ROWS = 20_000
AT_ONCE = 6
"""How many tables are rated in one job; each has its own columns, and so its own text."""

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: the text for Spark was not run by Spark")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3_600),
    pytest.mark.skipif(
        shutil.which("java") is None, reason="there is no Java: the text for Spark was not run by Spark"
    ),
]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on two workers of one core each, strict about overflow; what they write goes to a folder of tests."""
    home = tmp_path_factory.mktemp("spark")
    for each in Path(pyspark.__file__).parent.iterdir():
        (home / each.name).symlink_to(each)
    patch = pytest.MonkeyPatch()
    patch.setenv("SPARK_HOME", str(home))
    patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    settings = {
        "spark.sql.ansi.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "768m",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.files.openCostInBytes": "0",  # so that small files are shared out between the workers
        "spark.log.level": "ERROR",
        # A run of minutes does not earn back what the second compiler of Java takes.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.sql.warehouse.dir": str(home / "warehouse"),
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()
    patch.undo()


def _put(connection: duckdb.DuckDBPyConnection, spark: Any, folder: Path, table: Table, view: str) -> str:
    """Let DuckDB rate a table, hand the table to Spark, and give the text by which Spark counts what is unlike."""
    rate_in_duckdb(connection, table, query_for(table))
    columns = [row[0] for row in connection.execute("DESCRIBE answers").fetchall()][1:]
    said = ", ".join(f"""coalesce(CAST("{name}" AS VARCHAR), '-')""" for name in columns)
    path = folder / f"{view}.parquet"
    connection.execute(
        f"COPY (SELECT concat_ws('|', {said}) AS id, r.* EXCLUDE (id) FROM roster r JOIN answers a USING (id))"
        f" TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 20480)"
    )
    kinds = connection.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    schema = ", ".join(f"`{row[0]}` {row[1].replace('VARCHAR', 'STRING')}" for row in kinds)
    spark.read.schema(schema).parquet(str(path)).createOrReplaceTempView(view)
    said = ", ".join(f"coalesce(CAST(`{name}` AS STRING), '-')" for name in columns)
    query = WarehouseSql(table.program, view, "spark", table.own, table.decimals).rating()
    return f"SELECT count(*) AS found, count_if(id <> concat_ws('|', {said})) AS unlike FROM (\n{query}\n)"


def _counted(spark: Any, counts: Sequence[str]) -> tuple[int, int]:
    """How many rows Spark rated, and how many of them unlike DuckDB."""
    together = "\nUNION ALL\n".join(counts)
    ((found, unlike),) = spark.sql(f"SELECT sum(found), sum(unlike) FROM (\n{together}\n)").collect()
    return int(found), int(unlike)


def _chosen(name: str) -> tuple[Table, ...]:
    """Every table by night. By day the middle one: of OPM's system whole, of others rows from all over it."""
    every = tables(name)
    middle = every[len(every) // 2]
    return every if NIGHTLY else (middle if name == OPM else _thinned(middle),)


def _thinned(table: Table) -> Table:
    step = -(-table.rows // BY_DAY_ROWS)
    return replace(table, arrays={name: column[::step] for name, column in table.arrays.items()})


def test_there_are_two_workers(spark: Any) -> None:
    executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus
    for _ in range(120):  # they come up one after another
        if executors().size() == 3:
            break
        time.sleep(1)
    assert executors().size() == 3  # the driver and two workers


@pytest.mark.differential
@pytest.mark.parametrize("name", at_depth(BY_DAY, AT_THE_GATE, tuple(programs())))
def test_the_whole_domain_agrees(spark: Any, tmp_path: Path, name: str) -> None:
    """Refusals included: each table has rows with faults."""
    chosen = _chosen(name)
    for first in range(0, len(chosen), AT_ONCE):
        some = chosen[first : first + AT_ONCE]
        with duckdb.connect() as connection:
            counts = [_put(connection, spark, tmp_path, table, f"roster_{n}") for n, table in enumerate(some, first)]
        assert _counted(spark, counts) == (sum(table.rows for table in some), 0)


@pytest.mark.differential
def test_random_appraisals_agree(spark: Any, tmp_path: Path) -> None:
    """A million in the nightly profile."""
    (opm,) = tables(OPM, 1)
    arrays = opm_arrays(1_000_000 if NIGHTLY else 20_000)
    table = replace(opm, arrays={name: column.astype("int16") for name, column in arrays.items()})
    with duckdb.connect() as connection:
        counts = [_put(connection, spark, tmp_path, table, "roster")]
    assert _counted(spark, counts) == (table.rows, 0)


def test_a_changed_constant_is_noticed(spark: Any, tmp_path: Path) -> None:
    (table,) = tables(OPM, 3)
    with duckdb.connect() as connection:
        text = _put(connection, spark, tmp_path, table, "roster")
    assert _counted(spark, [text]) == (table.rows, 0)
    assert ">= 400" in text
    assert _counted(spark, [text.replace(">= 400", ">= 405")])[1] > 0


def test_the_query_that_looks_for_faults_runs_too(spark: Any) -> None:
    names = [column.name for column in WarehouseSql(program_of("agencies/opm_basic.sespms"), "roster", "spark").columns]
    spark.createDataFrame(
        [("a", *[20] * 9, None)], "id string, " + ", ".join(f"`{name}` int" for name in names)
    ).createOrReplaceTempView("roster")
    found = spark.sql(WarehouseSql(program_of("agencies/opm_basic.sespms"), "roster", "spark").check()).collect()
    assert ("a", "Results Driven weight", "no weight", 1) in [tuple(row) for row in found]


def test_hostile_names_and_words_stay_names_and_words(spark: Any) -> None:
    """Whatever Spark takes a backslash for."""
    known = dialect_of("spark")
    for escaped in ("false", "true"):
        spark.conf.set("spark.sql.parser.escapedStringLiterals", escaped)
        for text in HOSTILE:
            (row,) = spark.sql(f"SELECT {word_in_sql(text, known)} AS {Names(known).written(text)}").collect()
            assert row.asDict() == {text: text}
    spark.conf.set("spark.sql.parser.escapedStringLiterals", "false")
