"""A Parquet file read a second time, by a library that shares no code with the first: both must find the same texts.

DuckDB, by which every cell is read, takes a value to go on for as long as the file says it does, also where its page
ends a byte earlier: what then stands in memory becomes part of an id or is a level, and may be another at the next
reading. Nothing in such a text tells that it is none, so Arrow's own reader, which refuses to read behind a page, is
asked as well (docs/decisions/0196).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_AT_ONCE = 64_000_000
"""How many bytes of cells are held at a time, about."""

_MOST_ROWS_AT_ONCE = 65_536
_BYTES_OF_A_NUMBER = 32
"""How many bytes a cell takes at most besides its text: a decimal of 76 digits."""


class NoSecondReaderError(Exception):
    """Arrow's library is not installed."""


Sizes = Mapping[int, tuple[int, int]]
"""Of columns by their place, 0 for the first: how many bytes the longest text has, and all together."""


def is_read_alike(path: str, rows: int, columns: int, texts: Sizes) -> bool:
    """Whether Arrow reads all of a Parquet file, with as many rows and columns, and texts of as many bytes as `texts`.

    Raises NoSecondReaderError.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise NoSecondReaderError from None
    try:
        file = parquet.ParquetFile(path, page_checksum_verification=True, arrow_extensions_enabled=False)
        if (file.metadata.num_rows, file.metadata.num_columns) != (rows, columns):
            return False
        found = _sizes(file, columns, texts)
    except (pyarrow.ArrowException, OSError, ValueError, MemoryError, OverflowError):
        return False
    return all(texts[place] == sizes for place, sizes in found.items())


def _sizes(file: Any, columns: int, texts: Sizes) -> dict[int, tuple[int, int]]:
    """The columns among `texts` that Arrow takes for text, with what it finds there; all others are read as well."""
    found = {place: (0, 0) for place in texts if _is_text(file.schema_arrow.field(place).type)}
    a_row = columns * _BYTES_OF_A_NUMBER + sum(longest for longest, _ in texts.values())
    at_once = max(1, min(_MOST_ROWS_AT_ONCE, _AT_ONCE // a_row))
    for batch in file.iter_batches(batch_size=at_once, use_threads=False):
        for place, (longest, together) in found.items():
            most, more = _sizes_of(batch.column(place))
            found[place] = (max(longest, most), together + more)
    return found


def _is_text(kind: Any) -> bool:
    """Whether a type of Arrow is text, also text that is kept as a number of a list."""
    from pyarrow import types

    plain = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_string(plain) or types.is_large_string(plain) or types.is_string_view(plain))


def _sizes_of(cells: Any) -> tuple[int, int]:
    """How many bytes the longest of some texts has, and all of them."""
    import pyarrow
    from pyarrow import compute, types

    plain = cells.dictionary_decode() if types.is_dictionary(cells.type) else cells
    if types.is_string_view(plain.type):  # which have no lengths to be asked for
        plain = plain.cast(pyarrow.large_string())
    lengths = compute.binary_length(plain)
    return compute.max(lengths).as_py() or 0, compute.sum(lengths).as_py() or 0
