"""Documents that people read, fill in and sign, written from a policy, so that none can disagree with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.documents.agreements import Executive, agreement
    from sespms_rules.documents.board import MOST_EXECUTIVES, Considered, board_book
    from sespms_rules.documents.describing import Described, description
    from sespms_rules.documents.html import as_html
    from sespms_rules.documents.letters import letter
    from sespms_rules.documents.model import Document, texts
    from sespms_rules.documents.roster_form import write_roster
    from sespms_rules.documents.typesetting import as_pdf
    from sespms_rules.documents.word import as_docx
else:
    __getattr__ = face(
        __name__,
        {
            "MOST_EXECUTIVES": "board",
            "Considered": "board",
            "Described": "describing",
            "Document": "model",
            "Executive": "agreements",
            "agreement": "agreements",
            "as_docx": "word",
            "as_html": "html",
            "as_pdf": "typesetting",
            "board_book": "board",
            "description": "describing",
            "letter": "letters",
            "texts": "model",
            "write_roster": "roster_form",
        },
    )

__all__ = [
    "MOST_EXECUTIVES",
    "Considered",
    "Described",
    "Document",
    "Executive",
    "agreement",
    "as_docx",
    "as_html",
    "as_pdf",
    "board_book",
    "description",
    "letter",
    "texts",
    "write_roster",
]
