"""The same by polars, every check included: `with_polars.py ROSTER OUTPUT`."""

import operator
import sys
from functools import reduce

import polars as pl

TERMS = {
    5: "Outstanding",
    4: "Exceeds Fully Successful",
    3: "Fully Successful",
    2: "Minimally Satisfactory",
    1: "Unsatisfactory",
}


def main(roster: str, output: str) -> None:
    """Rate a file into a file."""
    frame = pl.scan_csv(roster, infer_schema=False)
    names = frame.collect_schema().names()
    levels = [pl.col(name).str.to_integer(strict=False) for name in names[1::2]]
    weights = [pl.col(name).str.to_integer(strict=False) for name in names[2::2]]
    plain = [f"l{place}" for place in range(5)], [f"w{place}" for place in range(5)]
    own, heavy = ([pl.col(each) for each in some] for some in plain)
    total = reduce(operator.add, heavy)
    points = [pl.when(level == 1).then(0).otherwise(level) * weight for level, weight in zip(own, heavy, strict=True)]
    fits = reduce(operator.and_, [level.is_between(1, 5).fill_null(False) for level in own])
    fits &= (total == 100).fill_null(False) & (heavy[4] >= 20) & (pl.max_horizontal(heavy) <= heavy[4])
    fits &= reduce(operator.and_, [each >= 5 for each in heavy[:4]]) & pl.col("id").is_first_distinct()
    score, lowest = pl.col("score"), pl.min_horizontal(own)
    level = pl.when(lowest == 1).then(1).when(score >= 475).then(5).when(score >= 400).then(4)
    level = level.when(score >= 300).then(3).otherwise(2)
    ok = pl.col("ok")
    (
        frame.select(
            "id",
            *(each.alias(name) for each, name in zip(levels, plain[0], strict=True)),
            *(each.alias(name) for each, name in zip(weights, plain[1], strict=True)),
        )
        .with_columns(reduce(operator.add, points).alias("score"), fits.fill_null(False).alias("ok"))
        .with_columns(level.alias("level"))
        .select(
            "id",
            pl.when(ok).then(pl.lit("rated")).otherwise(pl.lit("refused")).alias("outcome"),
            pl.when(ok).then(score).alias("score"),
            pl.when(ok).then(pl.col("level")).alias("level"),
            pl.when(ok).then(pl.col("level").replace_strict(TERMS, return_dtype=pl.String)).alias("term"),
            pl.when(~ok).then(pl.lit("checks")).alias("refused"),
        )
        .collect()
        .write_csv(output)
    )


main(*sys.argv[1:])
