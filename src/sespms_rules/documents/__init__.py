"""Documents that people read, fill in and sign, written from a policy, so that none can disagree with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.documents.agreements import Executive, agreement
    from sespms_rules.documents.board import MOST_EXECUTIVES, Considered, board_book
    from sespms_rules.documents.compared import comparison_report
    from sespms_rules.documents.considering import considered, executive_of
    from sespms_rules.documents.describing import Described, description
    from sespms_rules.documents.first_policies import FirstPolicy, Taken, first_policy
    from sespms_rules.documents.html import as_html
    from sespms_rules.documents.letterheads import Letterhead
    from sespms_rules.documents.letters import derivation, letter, plain
    from sespms_rules.documents.marked_amendments import amendment_of, name_of_amendment
    from sespms_rules.documents.marked_changes import MarkedChange
    from sespms_rules.documents.marked_copies import AnchoredComment, MarkedCopy, marked_copy, refuse_another_text
    from sespms_rules.documents.marked_documents import marked_text
    from sespms_rules.documents.model import Bullets, Document, Heading, Paragraph, Part, Table, texts
    from sespms_rules.documents.pages import document_of
    from sespms_rules.documents.plain_lines import parts_of_lines
    from sespms_rules.documents.resting import rests_on
    from sespms_rules.documents.review_letters import review_letter
    from sespms_rules.documents.roster_form import write_roster
    from sespms_rules.documents.spoken import capital
    from sespms_rules.documents.typesetting import as_dots, as_pdf
    from sespms_rules.documents.word import as_docx
    from sespms_rules.documents.word_files import safe_word, word_file
    from sespms_rules.documents.word_text import pieces_of
else:
    __getattr__ = face(
        __name__,
        {
            "MOST_EXECUTIVES": "board",
            "AnchoredComment": "marked_copies",
            "Bullets": "model",
            "Considered": "board",
            "Described": "describing",
            "Document": "model",
            "Executive": "agreements",
            "FirstPolicy": "first_policies",
            "Heading": "model",
            "Letterhead": "letterheads",
            "MarkedChange": "marked_changes",
            "MarkedCopy": "marked_copies",
            "Paragraph": "model",
            "Part": "model",
            "Table": "model",
            "Taken": "first_policies",
            "agreement": "agreements",
            "amendment_of": "marked_amendments",
            "as_docx": "word",
            "as_dots": "typesetting",
            "as_html": "html",
            "as_pdf": "typesetting",
            "board_book": "board",
            "capital": "spoken",
            "comparison_report": "compared",
            "derivation": "letters",
            "considered": "considering",
            "description": "describing",
            "document_of": "pages",
            "executive_of": "considering",
            "first_policy": "first_policies",
            "letter": "letters",
            "marked_copy": "marked_copies",
            "marked_text": "marked_documents",
            "name_of_amendment": "marked_amendments",
            "parts_of_lines": "plain_lines",
            "pieces_of": "word_text",
            "plain": "letters",
            "refuse_another_text": "marked_copies",
            "review_letter": "review_letters",
            "rests_on": "resting",
            "safe_word": "word_files",
            "texts": "model",
            "word_file": "word_files",
            "write_roster": "roster_form",
        },
    )

__all__ = [
    "MOST_EXECUTIVES",
    "AnchoredComment",
    "Bullets",
    "Considered",
    "Described",
    "Document",
    "Executive",
    "FirstPolicy",
    "Heading",
    "Letterhead",
    "MarkedChange",
    "MarkedCopy",
    "Paragraph",
    "Part",
    "Table",
    "Taken",
    "agreement",
    "amendment_of",
    "as_docx",
    "as_dots",
    "as_html",
    "as_pdf",
    "board_book",
    "capital",
    "comparison_report",
    "considered",
    "derivation",
    "description",
    "document_of",
    "executive_of",
    "first_policy",
    "letter",
    "marked_copy",
    "marked_text",
    "name_of_amendment",
    "parts_of_lines",
    "pieces_of",
    "plain",
    "refuse_another_text",
    "rests_on",
    "review_letter",
    "safe_word",
    "texts",
    "word_file",
    "write_roster",
]
