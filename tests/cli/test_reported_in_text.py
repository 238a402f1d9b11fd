"""What a policy reports beside the level stands in the table on screen, as it does in JSON and CSV."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sespms_rules.cli import sespms

POLICY = """system "Example Canal Office"
  is outside the Senior Executive Service
  has exactly 2 critical elements

critical element "Locks"

critical element "Banks"

levels
  level 3 "High" 3 points
  level 2 "Fair" 2 points
  level 1 "Low"  1 point

table "Award"
  level 3 gives 10%
  otherwise gives 0%

table "Band"
  at least 2.5 gives "A"
  below 2.5 gives "B"

summary rating
  score is the average of points
  score at least 2.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
  "award" is the "Award" for level
  "band" is the "Band" for score
  also report "award"
  also report "band"
"""


@pytest.mark.parametrize("engine", ["reference", "durable", "columnar"])
def test_reported_values_have_a_column_each(tmp_path: Path, engine: str) -> None:
    policy, roster = tmp_path / "canal.sespms", tmp_path / "canal.csv"
    policy.write_text(POLICY)
    roster.write_text("id,Locks level,Banks level\na,3,3\nb,2,1\nc,,3\n")
    result = CliRunner().invoke(sespms, ["rate", str(policy), str(roster), "--engine", engine])
    lines = [line.split() for line in result.output.splitlines()]
    assert ["id", "score", "level", "term", "refused", "award", "band"] in lines
    assert ["a", "3", "3", "High", "-", "0.1", "A"] in lines
    assert ["b", "1.5", "2", "Fair", "-", "0", "B"] in lines
    assert ["c", "-", "-", "-", "SES608", "-", "-"] in lines
