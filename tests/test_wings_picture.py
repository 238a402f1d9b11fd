"""The picture of the wings is drawn from the contract, and the one that is committed is the one it gives."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from scripts_as_modules import script

ROOT = Path(__file__).resolve().parents[1]


def test_the_picture_is_the_one_that_the_contract_gives() -> None:
    told = "run `python scripts/wings_picture.py`"
    assert (ROOT / "docs" / "wings.svg").read_text(encoding="utf-8") == script("wings_picture").picture(), told


def test_every_wing_is_drawn_once_with_what_it_is_and_above_what_it_imports() -> None:
    wings = script("wings_picture")
    there = {path.name for path in (ROOT / "src" / "sespms_rules").iterdir() if (path / "__init__.py").exists()}
    rows = wings.layers()
    drawn = [name for row in rows for name in row]
    assert sorted(drawn) == sorted({*there, "api", "pipeline"})
    assert [name for name in drawn if len(wings.says(name)) < 15] == []
    root = ET.fromstring(wings.picture())
    texts = [each for each in root.iter() if each.tag.endswith("text")]
    at = {str(each.text): int(each.attrib["y"]) for each in texts}
    assert [at[row[0]] for row in rows] == sorted(at[row[0]] for row in rows)
    assert root.attrib["role"] == "img"
    assert {"title", "desc"} <= {each.tag.rpartition("}")[2] for each in root}
