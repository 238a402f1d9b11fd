"""A plain Python script that rates a roster by OPM's system, with the policy's checks: `plain.py ROSTER OUTPUT`."""

import csv
import sys
from pathlib import Path

TERMS = {
    5: "Outstanding",
    4: "Exceeds Fully Successful",
    3: "Fully Successful",
    2: "Minimally Satisfactory",
    1: "Unsatisfactory",
}
POINTS = {"5": 5, "4": 4, "3": 3, "2": 2, "1": 0}


def rated(levels: list[str], weights: list[str]) -> tuple[str, str, str, str, str]:
    """Outcome, score, level, term and refusal of one row."""
    found = []
    if any(each not in POINTS for each in levels):
        found.append("levels")
    if any(not each.isdecimal() for each in weights):
        found.append("weights")
    else:
        numbers = [int(each) for each in weights]
        if sum(numbers) != 100:
            found.append("total")
        if min(numbers[:4]) < 5 or numbers[4] < 20:
            found.append("least")
        if max(numbers) > numbers[4]:
            found.append("outweighed")
    if found:
        return "refused", "", "", "", " ".join(found)
    score = sum(POINTS[level] * weight for level, weight in zip(levels, numbers, strict=True))
    level = 1 if "1" in levels else 5 if score >= 475 else 4 if score >= 400 else 3 if score >= 300 else 2
    return "rated", str(score), str(level), TERMS[level], ""


def main(roster: str, output: str) -> None:
    """Rate a file into a file."""
    met = set()
    with Path(roster).open(newline="") as given, Path(output).open("w", newline="") as made:
        rows, writer = csv.reader(given), csv.writer(made)
        next(rows)
        writer.writerow(["id", "outcome", "score", "level", "term", "refused"])
        for row in rows:
            answer = rated(row[1::2], row[2::2]) if row[0] not in met else ("refused", "", "", "", "repeated")
            met.add(row[0])
            writer.writerow([row[0], *answer])


main(*sys.argv[1:])
