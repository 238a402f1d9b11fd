"""What a Word document says beside its text: notes, comments, the head and foot of its pages. None of it is read.

A note may change what a sentence says and a comment may ask for another one, so that each is told with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from sespms_rules.documents.word_signs import said_in, text_boxes, within
from sespms_rules.foundation.values import Frozen

_PAGE_NUMBER: Final = re.compile(r"(?:page)? ?\d* ?(?:of|/|-|–)? ?\d*", re.IGNORECASE)
PICTURE: Final = "it is a picture, and what is seen in it is not read; write in words what it says"
_OLD_PICTURE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
_PARTS: Final = (
    ("/footnotes", "w:footnote", "footnote", "it is a note, which is not read; write what it adds into its sentence"),
    ("/endnotes", "w:endnote", "endnote", "it is a note, which is not read; write what it adds into its sentence"),
    ("/header", "w:hdr", "head of a page", "it stands at the head of pages and is not read"),
    ("/footer", "w:ftr", "foot of a page", "it stands at the foot of pages and is not read"),
)


class Aside(Frozen):
    """What stands beside the text: its place, its words, and why they are not taken."""

    place: str
    text: str
    why: str


def asides_of(read: docx.document.Document) -> tuple[Aside, ...]:
    """Notes, comments, heads and feet of pages of a document, each text once; numbers of pages are left out."""
    found = (*_of_parts(read), *_comments(read))
    return tuple({(each.place.partition(" ")[0], each.text): each for each in found}.values())


def _of_parts(read: docx.document.Document) -> Iterator[Aside]:
    for kind, tag, called, why in _PARTS:
        for relation in read.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(kind):
                continue
            root = parse_xml(relation.target_part.blob)
            for note in [root] if root.tag == qn(tag) else root.iterchildren(qn(tag)):
                text = said_in(note)
                if text and note.get(qn("w:type")) in (None, "normal") and not _PAGE_NUMBER.fullmatch(text):
                    identity = note.get(qn("w:id")) or ""
                    yield Aside(f"{called} {identity}".strip() if identity else called, text, why)


def _comments(read: docx.document.Document) -> Iterator[Aside]:
    if not any(each.reltype.endswith("/comments") for each in read.part.rels.values()):
        return  # asking for them would put an empty part into the document
    for each in read.comments:
        text = " ".join(each.text.split())
        if text:
            yield Aside("comment", text, f"it is a comment by {each.author or 'nobody named'} and no part of the text")


def pictures_of(element: Any, before: str) -> Iterator[Aside]:
    """The pictures and charts of a paragraph, but for one whose words stand in the text `before` it."""
    for each in within(element):
        if each.tag == qn("w:drawing"):
            if any(True for _ in text_boxes(each)):
                continue
            words = " ".join(next((one.get("descr") or "" for one in each.iter(qn("wp:docPr"))), "").split())
        elif each.tag == _OLD_PICTURE:
            words = ""
        else:
            continue
        if not words or words not in before:
            yield Aside("picture", words or "a picture without words", PICTURE)
