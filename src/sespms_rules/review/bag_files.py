"""Bags on the disk: read once and whole, and given one more file outside of their manifests."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from sespms_rules.foundation.files_read import note_read, opened_regular
from sespms_rules.review.bag_opening import MOST_PACKED, BagError


def read_bag(path: Path) -> bytes:
    """The bytes of a bag. Raises BagError for a file that cannot be read."""
    try:
        note_read(path)
        with opened_regular(path) as file:
            return file.read(MOST_PACKED + 1)
    except OSError as problem:
        raise BagError(f"the bag `{path}` cannot be read: {(problem.strerror or '').lower()}") from None


def with_file(held: bytes, path: str, content: bytes) -> bytes:
    """A bag that is known to be whole with one more file; everything before it stays byte for byte where it is."""
    target = io.BytesIO(held)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_STORED) as packed:
        like = packed.infolist()[0]
        entry = zipfile.ZipInfo(path, like.date_time)
        entry.external_attr, entry.create_system = like.external_attr, like.create_system
        packed.writestr(entry, content)
    return target.getvalue()
