"""A lexer for Pygments, by which the documentation and any site made with it show policies.

Headings, words of a text and notes differ in weight and slant too in docs/stylesheets/reading.css, not in colour alone.
"""

from __future__ import annotations

import re
from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups
from pygments.token import (
    Comment,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    String,
    Whitespace,
)

from sespms_rules.authoring.highlighting import patterns


class SespmsLexer(RegexLexer):  # type: ignore[misc]  # it ships no types
    """Policies of the SESPMS language."""

    name = "SESPMS"
    aliases: ClassVar[list[str]] = ["sespms", "sespms-lines"]
    filenames: ClassVar[list[str]] = ["*.sespms"]
    flags = re.MULTILINE

    tokens: ClassVar[dict[str, list[tuple[object, ...]]]] = {
        "root": [
            (r"\s+", Whitespace),
            (patterns.NOTE, Comment.Single),
            (patterns.PROSE, String.Doc, "prose"),
            (patterns.NAME, String.Double),
            (patterns.DAY, Literal.Date),
            (patterns.CODE, Name.Constant),
            (patterns.NUMBER, Number),
            (rf"^({patterns.EDIT})([ \t]+)", bygroups(Generic.Strong, Whitespace)),
            (patterns.heading(), Keyword.Declaration),
            (patterns.EDIT, Generic.Strong),
            (patterns.word(), Keyword),
            (patterns.sign(), Operator),
            (r"[\w-]+", Name),
            (r".", Name),
        ],
        "prose": [(r'[^"]+', String.Doc), (patterns.PROSE, String.Doc, "#pop"), (r'"', String.Doc)],
    }
