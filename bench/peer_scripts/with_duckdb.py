"""The same by DuckDB, in SQL written by hand, every check included: `with_duckdb.py ROSTER OUTPUT`."""

import csv
import sys
from pathlib import Path

import duckdb

TERMS = (
    "CASE level WHEN 5 THEN 'Outstanding' WHEN 4 THEN 'Exceeds Fully Successful' WHEN 3 THEN 'Fully Successful'"
    " WHEN 2 THEN 'Minimally Satisfactory' ELSE 'Unsatisfactory' END"
)


def main(roster: str, output: str) -> None:
    """Rate a file into a file."""
    with Path(roster).open(newline="") as file:
        names = next(csv.reader(file))
    cells = [f'TRY_CAST("{name}" AS INTEGER)' for name in names[1:]]
    named = ", ".join(
        f"{cell} AS {kind}{place // 2}" for place, cell in enumerate(cells) for kind in ("lw"[place % 2],)
    )
    score = " + ".join(f"(CASE WHEN l{n} = 1 THEN 0 ELSE l{n} END) * w{n}" for n in range(5))
    checks = [f"l{n} BETWEEN 1 AND 5" for n in range(5)] + [f"w{n} >= 5" for n in range(4)]
    checks += ["w0 + w1 + w2 + w3 + w4 = 100", "w4 >= 20", "greatest(w0, w1, w2, w3) <= w4", "met = 1"]
    query = f"""
      COPY (
        SELECT id, CASE WHEN ok THEN 'rated' ELSE 'refused' END AS outcome,
          CASE WHEN ok THEN score END AS score, CASE WHEN ok THEN level END AS level,
          CASE WHEN ok THEN {TERMS} END AS term, CASE WHEN ok THEN NULL ELSE 'checks' END AS refused
        FROM (
          SELECT *, CASE WHEN least(l0, l1, l2, l3, l4) = 1 THEN 1 WHEN score >= 475 THEN 5 WHEN score >= 400 THEN 4
            WHEN score >= 300 THEN 3 ELSE 2 END AS level
          FROM (
            SELECT *, {score} AS score, coalesce({" AND ".join(checks)}, FALSE) AS ok
            FROM (
              SELECT id, count(*) OVER (PARTITION BY id) AS met, {named}
              FROM read_csv('{roster}', all_varchar = TRUE, header = TRUE)
            )
          )
        )
      ) TO '{output}' (HEADER)
    """
    duckdb.sql(query)


main(*sys.argv[1:])
