"""The same sweep by polars and numpy, every check included: `sweep_with_polars.py ROSTER OUTPUT`.

Scores are counted once for each choice of points, apart for each level that executives have now, and running totals of
the counts answer every cut.
"""

import csv
import itertools
import operator
import sys
from functools import reduce
from pathlib import Path

import numpy as np
import polars as pl

POINTS, FIVE, FOUR, THREE, TWO = range(2, 6), range(475, 500), range(400, 410), 300, 200
NOW = (475, 400, THREE, TWO)
HEADINGS = (
    *("points of level 3", "cut of level 5", "cut of level 4"),
    *("level 5", "level 4", "level 3", "level 2", "level 1", "not rated", "refused", "higher", "lower"),
)
MOST = 501


def read(roster: str) -> pl.DataFrame:
    """The score under each choice of points, the lowest level and whether the row is admitted."""
    frame = pl.scan_csv(roster, infer_schema=False)
    names = frame.collect_schema().names()
    own = [pl.col(name).str.to_integer(strict=False) for name in names[1::2]]
    heavy = [pl.col(name).str.to_integer(strict=False) for name in names[2::2]]
    fits = reduce(operator.and_, [level.is_between(1, 5).fill_null(False) for level in own])
    fits &= (reduce(operator.add, heavy) == 100).fill_null(False) & (heavy[4] >= 20)
    fits &= reduce(operator.and_, [each >= 5 for each in heavy[:4]]) & (pl.max_horizontal(heavy) <= heavy[4])
    fits &= pl.col("id").is_first_distinct()
    scores = [
        reduce(
            operator.add,
            [
                pl.when(level == 3).then(three).when(level == 1).then(0).otherwise(level) * weight
                for level, weight in zip(own, heavy, strict=True)
            ],
        ).alias(f"score {three}")
        for three in POINTS
    ]
    return frame.select(*scores, pl.min_horizontal(own).alias("lowest"), fits.fill_null(False).alias("ok")).collect()


def main(roster: str, output: str) -> None:
    """Sweep a file into a file."""
    found = read(roster)
    refused = len(found) - int(found["ok"].sum())
    admitted = found.filter("ok")
    failed = int((admitted["lowest"] == 1).sum())
    open_ = admitted.filter(pl.col("lowest") > 1)
    now = reduce(operator.add, [(open_["score 3"] < cut).cast(pl.Int64) for cut in NOW]).to_numpy()
    above = {}
    for three in POINTS:
        keys = open_[f"score {three}"].to_numpy() * 5 + now
        counted = np.bincount(keys, minlength=(MOST + 1) * 5).reshape(MOST + 1, 5)
        above[three] = counted[::-1].cumsum(axis=0)[::-1]
    same = np.arange(5)
    with Path(output).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for three, five, four in itertools.product(POINTS, FIVE, FOUR):
            ends = np.concatenate([above[three][[five, four, THREE, TWO]], above[three][:1]])
            then = np.diff(ends, axis=0, prepend=0)
            counts = then.sum(axis=1)
            counts[4] += failed
            higher = int(then[same[:, None] < same].sum())
            lower = int(then[same[:, None] > same].sum())
            writer.writerow([three, five, four, *counts.tolist(), 0, refused, higher, lower])


main(*sys.argv[1:])
