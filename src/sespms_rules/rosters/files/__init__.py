"""Rosters: files of plans and element ratings in, ratings out.

`read_roster` takes a CSV, Excel, JSON or Parquet file to appraisals, with a refusal in place of each row that cannot
be one; `open_roster` does so row by row. Only `records` imports pydantic, when a JSON roster is read, and only
`workbook` imports openpyxl.
"""

from __future__ import annotations

from sespms_rules.rosters.files.reading import open_roster, read_roster
from sespms_rules.rosters.files.rows import OpenRoster, Roster, RosterRow

__all__ = ["OpenRoster", "Roster", "RosterRow", "open_roster", "read_roster"]
