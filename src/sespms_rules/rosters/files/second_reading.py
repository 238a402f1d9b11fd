"""A Parquet file read a second time, by a library that shares no code with the first: both must find the same cells.

DuckDB, by which every cell is read, takes a value to go on for as long as the file says it does, also where its page
ends a byte earlier: what then stands in memory becomes part of an id or is a level, and may be another at the next
reading. It takes a column for empty where the file's summary says that it is, passes over the point of a decimal that
is declared in the newer of two ways, and knows no decimal of more than 38 digits. Nothing in such a text tells that it
is another than was written, so Arrow's own reader is asked as well (docs/decisions/0196).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

_AT_ONCE = 64_000_000
"""How many bytes of cells are held at a time, about."""

_MOST_ROWS_AT_ONCE = 65_536
_BYTES_OF_A_NUMBER = 32
"""How many bytes a cell takes at most besides its text: a decimal of 76 digits."""


class NoSecondReaderError(Exception):
    """Arrow's library is not installed."""


class DamagedFileError(Exception):
    """Arrow's library cannot read the file."""


Sizes = Mapping[int, tuple[int, int]]
"""Of columns by their place, 0 for the first: how many bytes the longest text has, and all together."""

Batches = Callable[[int], Iterator[Any]]
"""All rows in order, so many at a time, as record batches of Arrow."""


def is_read_alike(path: str, rows: int, columns: int, texts: Sizes, first: Batches) -> bool:
    """Whether Arrow finds as many rows and columns in a Parquet file, and in each cell what `first` found.

    `texts` says how long texts are, so that few of the long ones are held at a time. Raises NoSecondReaderError, and
    DamagedFileError where Arrow does not come to the end.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise NoSecondReaderError from None
    a_row = columns * _BYTES_OF_A_NUMBER + sum(longest for longest, _ in texts.values())
    at_once = max(1, min(_MOST_ROWS_AT_ONCE, _AT_ONCE // a_row))
    try:
        file = parquet.ParquetFile(
            path,
            page_checksum_verification=True,
            arrow_extensions_enabled=False,
            coerce_int96_timestamp_unit="us",
        )
        if (file.metadata.num_rows, file.metadata.num_columns) != (rows, columns):
            return False
        second = file.iter_batches(batch_size=at_once, use_threads=False)
        return all(_are_alike(*pair) for pair in _side_by_side(first(at_once), second))
    except (pyarrow.ArrowException, OSError, ValueError, MemoryError, OverflowError):
        raise DamagedFileError from None


def _side_by_side(first: Iterator[Any], second: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
    """Pieces of as many rows from both, in order, and at last None beside the rows that only one of them has."""
    filled_first, filled_second = filter(len, first), filter(len, second)
    mine, theirs = next(filled_first, None), next(filled_second, None)
    while mine is not None and theirs is not None:
        rows = min(mine.num_rows, theirs.num_rows)
        yield mine.slice(0, rows), theirs.slice(0, rows)
        mine = mine.slice(rows) if mine.num_rows > rows else next(filled_first, None)
        theirs = theirs.slice(rows) if theirs.num_rows > rows else next(filled_second, None)
    if mine is not None or theirs is not None:
        yield mine, theirs


def _are_alike(first: Any, second: Any) -> bool:
    if first is None or second is None:
        return False
    pairs = zip_longest(first.columns, second.columns)
    return all(one is not None and other is not None and _says_the_same(one, other) for one, other in pairs)


def _says_the_same(one: Any, other: Any) -> bool:
    """Whether two columns hold the same cells; of kinds that are no numbers and no text, whether as many are empty."""
    from pyarrow import types

    if types.is_dictionary(other.type):
        other = other.dictionary_decode()
    if not one.is_valid().equals(other.is_valid()):
        return False
    if one.null_count == len(one):
        return True
    kind = _compared_as(one.type, other.type)
    if kind is None:
        return not _is_told(one.type)
    one, other = one.cast(kind), other.cast(kind)
    if types.is_floating(kind):  # also what is no number is the same as itself
        bits = f"int{kind.bit_width}"
        one, other = one.view(bits), other.view(bits)
    return bool(one.equals(other))


def _compared_as(one: Any, other: Any) -> Any | None:
    """The type in which two columns are compared; None where there is none in which both are what they say."""
    import pyarrow
    from pyarrow import types

    if _is_text(one) and _is_text(other):
        return pyarrow.large_string()  # views of texts are not compared by themselves
    if (_is_bytes(one) or _is_text(one)) and _is_bytes(other) and not _is_an_identifier(one, other):
        return pyarrow.large_binary()
    if types.is_integer(one) and (types.is_integer(other) or types.is_duration(other)):
        return pyarrow.int64() if types.is_duration(other) else one
    for is_kind in (types.is_decimal, types.is_floating, types.is_boolean, types.is_date):
        if is_kind(one) and is_kind(other):
            return one
    return None


def _is_told(kind: Any) -> bool:
    """Whether a cell of this type of the first reading is a number, a text or a day, which rates or is a record."""
    from pyarrow import types

    kinds = (types.is_integer, types.is_decimal, types.is_floating, types.is_boolean, types.is_date, _is_bytes)
    return any(is_kind(kind) for is_kind in kinds)


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_bytes(kind: Any) -> bool:
    from pyarrow import types

    is_long = types.is_binary(kind) or types.is_large_binary(kind) or types.is_binary_view(kind)
    return bool(is_long or types.is_fixed_size_binary(kind))


def _is_an_identifier(one: Any, other: Any) -> bool:
    """Whether it is a UUID: sixteen bytes to one library, a text of 36 signs to the other."""
    from pyarrow import types

    return bool(_is_text(one) and types.is_fixed_size_binary(other) and other.byte_width == 16)
