"""A million rows rated by the command itself, by each of its four engines: every line of the result is the same.

The rows are those that `sespms cohort` draws for the shipped shapes of policies, with weights, requirements, additional
ratings, facts and plans of their own, and then with the slips that offices make.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, combinations, zip_longest
from pathlib import Path

import pytest

from cli.running import ROOT, run
from nights import NIGHTLY
from rosters.office_rosters import SLIPS_OF_LINES, spoiled
from sespms_rules.cli import rating_in_sql
from sespms_rules.engines import confirmed
from sespms_rules.foundation.no_rating import NOT_IN_PLAN
from systems import systems_of

SHAPES = (
    "02_other_cuts",
    "03_fixed_factors",
    "04_plain_average",
    "06_points_of_their_own",
    "08_threshold",
    "09_majority",
    "10_nested",
    "11_column_totals",
    "12_pattern",
    "14_adjusted_before_averaging",
    "15_missing_ratings",
    "16_overrides",
    "17_limits_on_weights",
    "19_tables",
    "22_two_results",
    "23_words_of_the_agency",
    "25_caps",
    "26_halves",
    "27_facts",
    "28_some_plans",
    "31_weight_sets",
)
BY_DAY = ("10_nested", "14_adjusted_before_averaging", "27_facts", "28_some_plans")
FILES = 2
ROWS = 1_050_000 // (len(SHAPES) * FILES) if NIGHTLY else 300
"""Of each of the files of a shape. By night they are so long that columns rate in blocks and SQL from the file;
blank rows are none, so that somewhat more than a million are written."""

ENGINES = ("reference", "durable", "columnar", "sql")


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """By day let short files be rated as long ones are."""
    if not NIGHTLY:
        monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)
        monkeypatch.setattr(confirmed, "CONFIRMED_LINES", 0)


def _sound(policy: Path, system: str, folder: Path) -> list[list[str]]:
    """Rows that the policy allows, headings first."""
    made = folder / "sound.csv"
    asked = ("--executives", "1500" if NIGHTLY else "200", "--unit", "Ports", "--unit", "Rivers")
    done = run("cohort", policy, "--system", system, *asked, "--output", made)
    assert done.exit_code == 0, done.output
    with made.open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file)]


def _results(policy: Path, system: str, roster: Path, engine: str, folder: Path) -> tuple[Path, int]:
    result = folder / f"{engine}.csv"
    done = run("rate", policy, roster, "--system", system, "--engine", engine, "--format", "csv", "--output", result)
    assert done.exit_code in (0, 1), done.output
    return result, done.exit_code


def _difference(one: Path, other: Path) -> str:
    """The first lines in which two results differ; empty where none do."""
    with one.open(encoding="utf-8", newline="") as wanted, other.open(encoding="utf-8", newline="") as found:
        for number, (line, like) in enumerate(zip_longest(csv.reader(wanted), csv.reader(found))):
            if line != like:
                return f"result {number}: {one.stem} says {line}\n{other.stem} says {like}"
    return ""


def _outcomes(result: Path) -> Iterator[list[str]]:
    """For each row of a result the codes that refuse it, or how it ended."""
    with result.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["refused"].split() or [row["outcome"]]


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("shape", SHAPES if NIGHTLY else BY_DAY)
def test_every_engine_of_the_command_gives_the_same_lines(
    tmp_path: Path, shape: str, record_property: Callable[[str, object], None]
) -> None:
    """Outcome, score, level, term, codes of refusals with their words, and the exit code."""
    draw = random.Random(f"a million {shape}")
    policy = ROOT / "policies" / "shapes" / f"shape_{shape}.sespms"
    system = systems_of(f"shapes/{policy.name}")[0][0].name
    headings, *sound = _sound(policy, system, tmp_path)
    seen: Counter[str] = Counter()
    rows = 0
    for slips in (SLIPS_OF_LINES, None):
        roster = tmp_path / "roster.csv"
        roster.write_text(spoiled(draw, headings, sound, ROWS, slips), encoding="utf-8", newline="")
        (wanted, code), *others = [_results(policy, system, roster, engine, tmp_path) for engine in ENGINES]
        for found, ended in others:
            assert not _difference(wanted, found), roster.read_text(encoding="utf-8")[:2_000]
            assert ended == code
        for each in _outcomes(wanted):
            rows += 1
            seen.update(each)
    record_property("rows compared", rows)
    record_property("outcomes", dict(seen))
    assert rows > 0.9 * ROWS * FILES
    assert seen["rated"] > ROWS / 10
    assert len({code for code in seen if code.startswith("SES")}) >= 4, seen


@pytest.mark.parametrize("shape", ["10_nested", "02_other_cuts", "28_some_plans"])
def test_every_engine_knows_what_a_plan_leaves_out(tmp_path: Path, shape: str) -> None:
    """Any of the cells of a sound row may say `not in plan`, those of all requirements of an element among them."""
    policy = ROOT / "policies" / "shapes" / f"shape_{shape}.sespms"
    system = systems_of(f"shapes/{policy.name}")[0][0].name
    headings, *sound = _sound(policy, system, tmp_path)
    first = next(index for index, each in enumerate(headings) if each.endswith((" level", " weight")))
    cells = range(first, len(headings))
    made = [",".join(headings)]
    for number, left_out in enumerate(chain.from_iterable(combinations(cells, some) for some in range(len(cells) + 1))):
        row = [NOT_IN_PLAN if index in left_out else cell for index, cell in enumerate(sound[number % len(sound)])]
        made.append(",".join([f"x-{number}", *row[1:]]))
    roster = tmp_path / "roster.csv"
    roster.write_text("\n".join([*made, ""]), encoding="utf-8")
    (wanted, code), *others = [_results(policy, system, roster, engine, tmp_path) for engine in ENGINES]
    assert len(made) == 1 + 2 ** len(cells)
    for found, ended in others:
        assert (_difference(wanted, found), ended) == ("", code)
