"""Documents that people read, fill in and sign, written from a policy, so that none can disagree with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.documents.describing import Described, description
    from sespms_rules.documents.html import as_html
    from sespms_rules.documents.letters import letter
    from sespms_rules.documents.model import Document, texts
    from sespms_rules.documents.typesetting import as_pdf
    from sespms_rules.documents.word import as_docx
else:
    __getattr__ = face(
        __name__,
        {
            "Described": "describing",
            "Document": "model",
            "as_docx": "word",
            "as_html": "html",
            "as_pdf": "typesetting",
            "description": "describing",
            "letter": "letters",
            "texts": "model",
        },
    )

__all__ = ["Described", "Document", "as_docx", "as_html", "as_pdf", "description", "letter", "texts"]
