"""Files -> a bag (BagIt, RFC 8493) as one zip: what is in it, and the SHA-256 of each file, so that a loss shows.

The same files make the same bytes, whenever and wherever: no clock and no compression enters.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from typing import Final

_DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o100644 << 16


def bagged(name: str, payload: Mapping[str, bytes], info: Mapping[str, str]) -> bytes:
    """A bag of that name; `payload` are its files by their paths, `info` what stands in `bag-info.txt`, in order."""
    octets = sum(len(each) for each in payload.values())
    told = {**info, "Payload-Oxum": f"{octets}.{len(payload)}"}
    data = {f"data/{path}": held for path, held in sorted(payload.items())}
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": "".join(f"{label}: {_one_line(text)}\n" for label, text in told.items()).encode(),
        "manifest-sha256.txt": _manifest(data),
    }
    files = {**tags, "tagmanifest-sha256.txt": _manifest(tags), **data}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        for path, held in files.items():
            entry = zipfile.ZipInfo(f"{name}/{path}", _NO_TIME)
            entry.external_attr = _READABLE
            entry.create_system = 3
            made.writestr(entry, held)
    return target.getvalue()


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(held).hexdigest()}  {path}\n" for path, held in files.items()).encode()


def _one_line(text: str) -> str:
    return " ".join(text.split())
