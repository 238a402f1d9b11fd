"""The text that is printed for Spark, run by Spark itself: a cluster of two workers on this machine."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from engines.sql_tables import all_vectors, opm_arrays, rated_in
from sespms_rules.engines.sql_table import WarehouseSql
from shapes import programs
from systems import program_of

OPM = "agencies/opm_basic.sespms"
pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: the text for Spark was not run by Spark")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
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
        "spark.log.level": "ERROR",
        "spark.sql.warehouse.dir": str(home / "warehouse"),
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()
    patch.undo()


def _rated(spark: Any, tmp_path: Path, query: WarehouseSql, table: str) -> list[tuple[Any, ...]]:
    """The rows of a query over a table that DuckDB has written as Parquet, in their order."""
    spark.read.parquet(str(tmp_path / f"{table}.parquet")).repartition(2).createOrReplaceTempView(table)
    return [tuple(row) for row in spark.sql(query.rating() + "\nORDER BY id").collect()]


def _same(spark: Any, tmp_path: Path, program: Any, arrays: Any) -> int:
    """Rate a table by DuckDB and by Spark, each by its own text; they must give the same rows."""
    connection = duckdb.connect()
    wanted = rated_in(connection, WarehouseSql(program, "roster", "duckdb").rating(), arrays)
    connection.execute(f"COPY roster TO '{tmp_path / 'roster.parquet'}' (FORMAT parquet)")
    found = _rated(spark, tmp_path, WarehouseSql(program, "roster", "spark"), "roster")
    columns = [wanted[name].tolist() for name in wanted]
    rows = list(zip(*columns, strict=True))
    assert found == rows
    return len(rows)


def test_there_are_two_workers(spark: Any) -> None:
    executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus
    for _ in range(120):  # they come up one after another
        if executors().size() == 3:
            break
        time.sleep(1)
    assert executors().size() == 3  # the driver and two workers


def test_opm_2012_over_every_combination_of_levels_under_fifty_plans(spark: Any, tmp_path: Path) -> None:
    program = program_of(OPM)
    arrays = all_vectors(program, 50)
    assert arrays is not None
    assert _same(spark, tmp_path, program, arrays) == 3125 * 50


def test_opm_2012_refusals_included(spark: Any, tmp_path: Path) -> None:
    assert _same(spark, tmp_path, program_of(OPM), opm_arrays(20_000)) == 20_000


@pytest.mark.parametrize("system", ["Shape 15, missing ratings are left out", "Shape 19, tables"])
def test_averages_missing_ratings_and_tables(spark: Any, tmp_path: Path, system: str) -> None:
    program = programs()[system]
    arrays = all_vectors(program, 5)
    if arrays is None:
        pytest.fail(f"`{system}` is not over levels alone any more; choose another")
    assert _same(spark, tmp_path, program, arrays) > 20


def test_a_changed_constant_is_noticed(spark: Any, tmp_path: Path) -> None:
    program = program_of(OPM)
    arrays = all_vectors(program, 3)
    assert arrays is not None
    connection = duckdb.connect()
    wanted = rated_in(connection, WarehouseSql(program, "roster", "duckdb").rating(), arrays)
    connection.execute(f"COPY roster TO '{tmp_path / 'roster.parquet'}' (FORMAT parquet)")
    text = WarehouseSql(program, "roster", "spark").rating()
    assert ">= 400" in text
    spark.read.parquet(str(tmp_path / "roster.parquet")).createOrReplaceTempView("roster")
    rows = spark.sql(text.replace(">= 400", ">= 405") + "\nORDER BY id").collect()
    assert [row["level"] for row in rows] != wanted["level"].tolist()


def test_the_query_that_looks_for_faults_runs_too(spark: Any) -> None:
    names = [column.name for column in WarehouseSql(program_of(OPM), "roster", "spark").columns]
    spark.createDataFrame(
        [("a", *[20] * 9, None)], "id string, " + ", ".join(f"`{name}` int" for name in names)
    ).createOrReplaceTempView("roster")
    found = spark.sql(WarehouseSql(program_of(OPM), "roster", "spark").check()).collect()
    assert ("a", "Results Driven weight", "no weight", 1) in [tuple(row) for row in found]
