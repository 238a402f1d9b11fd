"""All that a surface shows of a text, as data with a published schema: out of `analyzed`, one pure function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.authoring.analysis.analyzing import TextRead, analyzed, read_text
    from sespms_rules.authoring.analysis.colours import lines_of
    from sespms_rules.authoring.analysis.document import (
        SCHEMA,
        Analysis,
        Field,
        Found,
        PartShown,
        Remedy,
        RequirementShown,
        SentenceShown,
    )
    from sespms_rules.authoring.analysis.schema import analysis_model, analysis_schema
else:
    __getattr__ = face(
        __name__,
        {
            "SCHEMA": "document",
            "Analysis": "document",
            "Field": "document",
            "RequirementShown": "document",
            "SentenceShown": "document",
            "Found": "document",
            "PartShown": "document",
            "Remedy": "document",
            "analysis_model": "schema",
            "analysis_schema": "schema",
            "TextRead": "analyzing",
            "analyzed": "analyzing",
            "read_text": "analyzing",
            "lines_of": "colours",
        },
    )

__all__ = [
    "SCHEMA",
    "Analysis",
    "Field",
    "Found",
    "PartShown",
    "Remedy",
    "RequirementShown",
    "SentenceShown",
    "TextRead",
    "analysis_model",
    "analysis_schema",
    "analyzed",
    "lines_of",
    "read_text",
]
