"""The language's words and signs for those who only colour a text: Pygments, and editors with TextMate grammars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.authoring.highlighting.extension import extension_files, extension_package
    from sespms_rules.authoring.highlighting.textmate import textmate_grammar
else:
    __getattr__ = face(
        __name__,
        {
            "extension_files": "extension",
            "extension_package": "extension",
            "textmate_grammar": "textmate",
        },
    )

__all__ = ["extension_files", "extension_package", "textmate_grammar"]
