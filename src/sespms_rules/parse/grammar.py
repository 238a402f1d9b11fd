"""The parser tables of the language, built once and kept.

Building them from `grammars/sespms.lark` takes most of a second; reading saved ones a few hundredths. They
are saved in the user's cache folder under the digest of the grammar, the version of Lark and the version of
Python, readable by that user alone, because reading them back executes what they say.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import lark
from lark import Lark, Token
from lark.lark import PostLex

from sespms_rules.data_files import grammar_path


@cache
def _grammar_text() -> str:
    return grammar_path().read_text(encoding="utf-8")


class KeepWords(PostLex):
    """Keeps the WORD terminal alive everywhere, so that a misspelled word is one token."""

    always_accept = ("WORD",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on."""
        return stream


def build_parser(lexer: str = "contextual") -> Lark:
    """Build the tables from the grammar, strictly: any ambiguity is an error of the grammar."""
    return Lark(_grammar_text(), lexer=lexer, strict=True, postlex=KeepWords(), **_OPTIONS)


_OPTIONS = {"parser": "lalr", "propagate_positions": True, "maybe_placeholders": True}


def cache_folder() -> Path:
    """Return the folder that saved tables are kept in."""
    named = os.environ.get("SESPMS_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "sespms_rules"


def _digest() -> str:
    text = f"{lark.__version__}\n{sys.version}\n{_grammar_text()}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _is_private(path: Path) -> bool:
    """Whether a file belongs to this user and no one else may write it."""
    facts = path.stat()
    if not hasattr(os, "getuid"):
        return True
    return facts.st_uid == os.getuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@cache
def parser() -> Lark:
    """Return the parser, from saved tables where there are any that can be trusted."""
    try:
        path = cache_folder() / f"tables-{_digest()}.bin"
    except RuntimeError:  # no home folder is known
        return build_parser()
    try:
        if path.is_file() and _is_private(path) and _is_private(path.parent):
            with path.open("rb") as file:
                return Lark.load(file)
    except Exception:  # noqa: BLE001 - a damaged cache must never keep anyone from working; it is written anew
        pass
    made = build_parser()
    _save(made, path)
    return made


def _save(made: Lark, path: Path) -> None:
    """Save tables; a folder that cannot be written is no fault, only slower."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            made.save(file)
        Path(file.name).replace(path)
    except OSError:
        return
