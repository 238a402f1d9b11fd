"""How large a roster may be: limits that no real one comes near, so that a hostile one fills neither memory nor time.

Each limit is named in the message of what goes beyond it and in docs/how-to/run-a-roster.md.
"""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 20_000_000_000
"""Of a CSV or Parquet file, which is read as it lies."""

MOST_IN_MEMORY: Final = 64_000_000
"""Bytes of what is held in memory: a workbook, a JSON file, or what comes through a pipe."""

MOST_UNPACKED: Final = 256_000_000
"""Bytes that the parts of a workbook may unpack to together."""

MOST_PARTS: Final = 5_000
"""Parts of a workbook; one with a sheet for each executive of a large agency has some hundreds."""

MOST_TIMES: Final = 100
"""How many times its size the texts of a Parquet file may have together, where that is above `MOST_UNPACKED`."""

MOST_PACKED_ROWS: Final = 3_000_000
"""Rows of a Parquet file that has fewer than eight bytes for each of them; no more of them have an id of their own."""

MOST_PACKED_COLUMNS: Final = 2_000
"""Columns of a Parquet file: what reads it takes some 60 kilobytes for each, however few rows it has."""

MOST_PACKED_CELLS: Final = 50_000_000
"""Rows times columns of a Parquet file that is small for them: it says a value once that stands in a whole column."""

MOST_CELLS_OF_A_BYTE: Final = 10
"""Cells of a Parquet file for each of its bytes, where that is above `MOST_PACKED_CELLS`."""

MOST_ROWS: Final = 20_000_000
"""Of any table."""

MOST_LONG_ROWS: Final = 1_000_000
"""Of a table with a row for each element of each executive, which is held in memory."""

MOST_COLUMNS: Final = 16_384
"""Of any table; a spreadsheet has no more."""

MOST_CELLS: Final = 2_000_000
"""Cells of a workbook that hold something, and values of a JSON file."""

MOST_ELEMENTS: Final = 10_000_000
"""Elements of XML in a workbook: rows, cells, empty ones too, and what stands in them."""

MOST_TABLE: Final = 50_000_000
"""Rows times columns of a sheet, its empty cells included."""

LONGEST_CELL: Final = 32_767
"""Characters of one cell; a spreadsheet holds no more."""

LONGEST_ROW: Final = 1_000_000
"""Characters of one row of a CSV file, and of its headings."""

MOST_LINES_OF_A_ROW: Final = 1_000
"""Lines that a quoted cell may go on over."""

DEEPEST: Final = 20
"""Levels of nesting of a JSON file."""
