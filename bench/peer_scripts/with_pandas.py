"""The same by pandas, every check included: `with_pandas.py ROSTER OUTPUT`."""

import sys

import numpy as np
import pandas as pd

TERMS = {
    5: "Outstanding",
    4: "Exceeds Fully Successful",
    3: "Fully Successful",
    2: "Minimally Satisfactory",
    1: "Unsatisfactory",
}


def main(roster: str, output: str) -> None:
    """Rate a file into a file."""
    frame = pd.read_csv(roster, dtype=str)
    names = list(frame.columns)
    levels = np.stack([pd.to_numeric(frame[name], errors="coerce") for name in names[1::2]])
    weights = np.stack([pd.to_numeric(frame[name], errors="coerce") for name in names[2::2]])
    ok = np.isin(levels, [1, 2, 3, 4, 5]).all(axis=0) & (weights % 1 == 0).all(axis=0) & (weights.sum(axis=0) == 100)
    ok &= (weights[:4] >= 5).all(axis=0) & (weights[4] >= 20) & (weights.max(axis=0) <= weights[4])
    ok &= ~frame["id"].duplicated().to_numpy()
    score = (np.where(levels == 1, 0, levels) * weights).sum(axis=0)
    level = np.select([(levels == 1).any(axis=0), score >= 475, score >= 400, score >= 300], [1, 5, 4, 3], 2)
    made = pd.DataFrame({"id": frame["id"], "outcome": np.where(ok, "rated", "refused")})
    made["score"] = pd.array(np.where(ok, score, 0).astype(np.int64), dtype="Int64").copy()
    made["level"] = pd.array(level, dtype="Int64")
    made["term"] = made["level"].map(TERMS)
    made["refused"] = np.where(ok, "", "checks")
    made.loc[~ok, ["score", "level", "term"]] = pd.NA
    made.to_csv(output, index=False)


main(*sys.argv[1:])
