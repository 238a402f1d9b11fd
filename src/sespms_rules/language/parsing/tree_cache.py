"""Shipped policies as they were read before: Source -> syntax.Document, the same that `parse` returns.

Every `check` compares a system with several editions of the law, which change only with the program. Their trees are
kept as JSON beside the parser tables, with the text they were read from, under a name that bears the state of the code
that read them, and are used only while both are still the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from typing import Any

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing.build import node_class
from sespms_rules.language.parsing.parsing import parse
from sespms_rules.language.parsing.saving import cache_folder, read_saved, save, saved_name
from sespms_rules.language.syntax import record_words, words
from sespms_rules.language.syntax.nodes import Document

_TUPLE, _FRACTION, _DAY, _WORD = -1, -2, -3, -4
"""What a list stands for that is not a node; a node's begins with the number of its class."""

_new = object.__new__
_put = object.__setattr__


def parse_kept(source: Source) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return the document of a source, from its kept tree where there is one for this very text.

    A text in which anything is found is never kept. The result equals that of `parse`, spans and comments included.
    """
    folder = cache_folder()
    if folder is None:
        return parse(source)
    path = folder / saved_name("policy", source.text)
    found = read_saved(path)
    if isinstance(found, dict) and found.get("text") == source.text:
        return _document(found, source), ()
    document, findings = parse(source)
    if not findings:
        save(_kept(document), path)
    return document, findings


# ---- to JSON ---------------------------------------------------------------------------------------


def _kept(document: Document) -> dict[str, Any]:
    """A document as plain data: `classes` are the names of the classes that `blocks` and `comments` number."""
    classes: dict[str, int] = {}
    lists: dict[str, int] = {}

    def plain(value: object) -> Any:
        if isinstance(value, words.Word):
            return [_WORD, lists.setdefault(type(value).__name__, len(lists)), value.value]
        if value is None or isinstance(value, (str, bool, int)):
            return value
        if isinstance(value, tuple):
            return [_TUPLE, *map(plain, value)]
        if isinstance(value, Fraction):
            return [_FRACTION, value.numerator, value.denominator]
        if isinstance(value, datetime.date):
            return [_DAY, value.toordinal()]
        if not isinstance(value, Frozen):
            raise TypeError(f"a tree holds a {type(value).__name__}")
        number = classes.setdefault(type(value).__name__, len(classes))
        span: Span = getattr(value, "span")  # noqa: B009 - every node has one
        return [number, span.start, span.end, *(plain(getattr(value, name)) for name in _fields(type(value)))]

    made = {"blocks": plain(document.blocks), "comments": plain(document.comments)}
    return made | {"text": document.source.text, "classes": [*classes], "lists": [*lists]}


def _fields(kind: type[Frozen]) -> Iterator[str]:
    return (name for name in kind._fields if name != "span")


# ---- from JSON -------------------------------------------------------------------------------------


def _document(found: dict[str, Any], source: Source) -> Document:
    """Make the document again."""
    named = [node_class(name) for name in found["classes"]]
    kinds = [(kind, [_setter(kind, field) for field in _fields(kind)]) for kind in named]
    closed = {**vars(words), **vars(record_words)}
    lists: list[dict[str, words.Word]] = [{each.value: each for each in closed[name]} for name in found["lists"]]

    def value(plain: Any) -> Any:
        if type(plain) is not list:
            return plain
        sort = plain[0]
        if sort >= 0:
            kind, setters = kinds[sort]
            node = _new(kind)
            span = _new(Span)
            _set_source(span, source)
            _set_start(span, plain[1])
            _set_end(span, plain[2])
            _put(node, "span", span)
            for put, each in zip(setters, plain[3:], strict=True):
                put(node, value(each) if type(each) is list else each)
            return node
        if sort == _TUPLE:
            return tuple([value(each) for each in plain[1:]])
        if sort == _WORD:
            return lists[plain[1]][plain[2]]
        return _fraction(plain[1], plain[2]) if sort == _FRACTION else datetime.date.fromordinal(plain[1])

    return Document(value(found["blocks"]), value(found["comments"]), source=source)


def _setter(kind: type[Frozen], field: str) -> Callable[[Any, Any], None]:
    put: Callable[[Any, Any], None] = getattr(kind, field).__set__
    return put


_fraction = cache(Fraction)
_set_source, _set_start, _set_end = (_setter(Span, field) for field in ("source", "start", "end"))
