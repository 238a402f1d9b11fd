"""A file that someone calls a Word document -> the same, known to be safe to read, or a sentence on why it is not.

Nothing is unpacked before it is known how large it becomes, and nothing that could run is ever looked into.
"""

from __future__ import annotations

import io
from pathlib import Path

from sespms_rules.foundation.files_read import note_read, opened_regular
from sespms_rules.foundation.packed_files import DamagedPackError, LockedPackError, PackedFileError, Unpacked
from sespms_rules.foundation.request import RequestError

MOST_BYTES = 20_000_000
"""How large a file may be, in bytes."""

MOST_UNPACKED = 100_000_000
"""How large all parts of it together may become."""

MOST_TAGS = 3_000_000
"""How many tags all parts of it together may have; each takes memory, however little stands in it."""

_MOST_PARTS = 5_000
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "word/document.xml"
_CALLED = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file",
}
_BEGINS = ((b"{\\rtf", "in rich text format (.rtf)"), (b"%PDF", "a PDF"), (b"<", "a page or an XML text"))
"""How files begin that are no package, and what they are."""

_KINDS = "[Content_Types].xml"
_MAY_RUN, _TEMPLATE = b"ms-word.document.macroEnabled", b"wordprocessingml.template.main"


class TooMuchError(Exception):
    """What a Word document has more of than is read: `str()` goes on with a sentence that its name begins."""


def word_file(name: str) -> bytes:
    """The bytes of a Word document that is safe to read. Raises RequestError for any other file."""
    path = Path(name)
    if path.is_dir():
        raise RequestError(f"`{name}` is a folder; name a Word document")
    note_read(path, name)
    with opened_regular(path) as file:
        data = file.read(MOST_BYTES + 1)
    return safe_word(name, data)


def safe_word(name: str, data: bytes) -> bytes:
    """The bytes of a Word document that someone handed in. Raises RequestError for what is none, or not safe."""
    if len(data) > MOST_BYTES:
        raise RequestError(
            f"`{name}` has more than {MOST_BYTES // 1_000_000} megabytes, most of it pictures; save a copy without them"
        )
    if data.startswith(_OLD):
        if _ENCRYPTED in data:
            raise RequestError(f"`{name}` is protected by a password; save a copy without one in Word")
        raise RequestError(f"`{name}` is in Word's old format (.doc); save it as a Word document (.docx)")
    if not data:
        raise RequestError(f"`{name}` is empty; name a Word document")
    for begins, what in _BEGINS:
        if data.startswith(begins):
            raise RequestError(f"`{name}` is {what}, whatever its name says; save it as a Word document (.docx)")
    try:
        package = Unpacked(io.BytesIO(data), most_files=_MOST_PARTS, most_bytes=MOST_UNPACKED, called="part")
        _refuse_what_is_not_safe(name, package)
    except DamagedPackError:
        raise RequestError(f"`{name}` is damaged or no Word document; open it in Word and save it anew") from None
    except LockedPackError as fault:
        raise RequestError(f"`{name}` {fault.message}; save a copy without one in Word") from None
    except PackedFileError as fault:
        raise RequestError(f"`{name}` {fault.message}; save a copy with its text alone") from None
    return data


def _refuse_what_is_not_safe(name: str, package: Unpacked) -> None:
    names = [each.filename for each in package.entries.values()]
    for main, called in _CALLED.items():
        if main in names:
            raise RequestError(f"`{name}` is {called}, whatever its name says; name a Word document")
    if _MAIN not in names:
        raise RequestError(f"`{name}` is no Word document: it has no text part")
    if any(each.endswith("vbaProject.bin") for each in names):
        raise RequestError(f"`{name}` holds macros, and a file that can run is not read; save it as .docx without them")
    kinds = package.read(_KINDS) if _KINDS in names else b""
    if _MAY_RUN in kinds or b"ms-word.template.macroEnabled" in kinds:
        raise RequestError(f"`{name}` is a document with macros, whatever its name says; save it as .docx without them")
    if _TEMPLATE in kinds:
        raise RequestError(f"`{name}` is a template; make a document of it and save that as .docx")
    tags = 0
    for part in names:
        if part.endswith((".xml", ".rels")):
            text = package.read(part)
            tags += text.count(b"<")
            if tags > MOST_TAGS:
                raise RequestError(f"`{name}` has more than {MOST_TAGS:,} tags; save a copy with its text alone")
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or "<!DOCTYPE".encode("utf-16-le") in text:
                raise RequestError(f"`{name}` declares entities of its own, which no Word document does")
