"""Whatever bytes a file holds, it is read, and rated alike by every engine, or one sentence says why it is not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from nights import at_depth
from rosters.every_engine import difference, program_of
from rosters.mutated_files import mutated, seeds
from rosters.office_rosters import POLICIES
from sespms_rules.language.parsing.reading import UnreadableFileError
from sespms_rules.rosters.files import read_roster

PARTS = at_depth(1, 1, 4)
"""Into how many tests a night divides the files of a kind, so that all cores have work."""

FILES = at_depth(20, 80, 34_000) // PARTS
"""In each part, of each of four kinds: more than a hundred thousand workbooks, Parquet and JSON files by night."""

RATED_ONE_IN = 4
"""Of how many files that are read one is rated by every engine, and the results compared."""

PROGRAM = program_of(POLICIES["own elements"])


@pytest.mark.attack("faults of libraries")
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("ending", [".xlsx", ".parquet", ".json", ".csv"])
def test_a_file_with_bytes_astray_is_read_or_refused_in_a_sentence(tmp_path: Path, ending: str, part: int) -> None:
    draw = random.Random(f"astray {ending} {part}")
    content, roster = seeds(tmp_path)[ending], tmp_path / f"roster{ending}"
    read = refused = rated = 0
    said: set[tuple[bool, bool, bool]] = set()
    for _ in range(FILES):
        roster.write_bytes(mutated(draw, ending, content))
        try:
            rows = read_roster(roster, PROGRAM).rows
        except UnreadableFileError as fault:
            refused += 1
            said.add((bool(fault.message), bool(fault.help), "\n" in fault.message))
        else:
            read += 1
            for row in rows:
                assert (row.appraisal is None) == bool(row.refusals)
            if read % RATED_ONE_IN == 0:
                rated += 1
                assert not difference(roster, PROGRAM), roster.read_bytes()
    assert read + refused == FILES
    assert rated
    assert said <= {(True, True, False)}
    assert refused or ending == ".csv"
