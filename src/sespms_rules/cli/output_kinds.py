"""What a file is by the ending of its name, and whether that is what a command is about to write into it.

JSON in a file that ends in `.csv` is opened by the wrong program and read wrong
there, so every command that writes a file asks here.
"""

from __future__ import annotations

from pathlib import Path

from sespms_rules.foundation.spelling import listed

WORKBOOK = "xlsx"
DOCUMENTS = ("docx", "pdf")
PAGES = ("html", *DOCUMENTS)
"""What a report is in that people read without a terminal: a page, and the documents that say the same."""

ONLY_AS_FILES = (WORKBOOK, *DOCUMENTS)
"""What no terminal shows, so that it is written to a file alone."""
_KINDS = {
    "text": ("text", (".txt",)),
    "json": ("JSON", (".json",)),
    "csv": ("CSV", (".csv",)),
    WORKBOOK: ("a workbook", (".xlsx",)),
    "html": ("HTML", (".html", ".htm")),
    "sarif": ("SARIF", (".sarif", ".json")),
    "junit": ("JUnit's XML", (".xml",)),
    "jsonl": ("JSON Lines", (".jsonl", ".ndjson")),
    "ics": ("a calendar", (".ics",)),
    "iif": ("IIF", (".iif",)),
    "txf": ("TXF", (".txf",)),
    "zip": ("a zip", (".zip",)),
    "docx": ("a Word document", (".docx",)),
    "pdf": ("a PDF", (".pdf",)),
}
"""How a message calls what is written in each form, and the endings of its files."""

_BY_ENDING = {ending: form for form, (_, endings) in reversed(_KINDS.items()) for ending in endings}
_OF_OTHERS = frozenset(
    (".xls", ".xlsm", ".xlsb", ".ods", ".doc", ".odt", ".rtf", ".ppt", ".pptx", ".parquet", ".tsv",
     ".yaml", ".yml", ".md", ".svg", ".png", ".jpg", ".db", ".sqlite", ".sqlite3", ".py", ".sql")
)  # fmt: skip
"""Endings of what no command writes."""


def form_of(output: str) -> str | None:
    """The form that a file is in by its name; None where its ending says none that a command writes."""
    return _BY_ENDING.get(_ending(output))


def misfit(output: str | None, form: str) -> str | None:
    """Why what is written in this form does not belong into a file of this name; None where it does, or may."""
    ending = _ending(output or "")
    name, endings = _KINDS[form]
    if ending in endings or (ending not in _BY_ENDING and ending not in _OF_OTHERS):
        return None
    return f"`{output}` ends in `{ending}`, and what is written is {name}; name a file that ends in {_or(endings)}"


def called(form: str) -> str:
    """How a message calls what is written in a form."""
    return _KINDS[form][0]


def endings_of(forms: tuple[str, ...]) -> str:
    """The endings of files in these forms, in words."""
    return _or(tuple(_KINDS[form][1][0] for form in forms))


def _or(endings: tuple[str, ...]) -> str:
    return listed([f"`{each}`" for each in endings], "or")


def _ending(output: str) -> str:
    return Path(output).suffix.lower()
