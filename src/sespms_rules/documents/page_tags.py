"""A page of this program -> its elements as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from sespms_rules.foundation.values import Frozen

_EMPTY = ("meta", "br")


class Tag(Frozen):
    """An element of a page with what stands in it."""

    name: str
    attributes: dict[str, str]
    content: list[Tag | str]


def tag_of(page: str) -> Tag:
    """The page as an element without a name."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.root


def found(tag: Tag, name: str) -> Iterator[Tag]:
    """Every element of a name within another, in the order of the page."""
    for each in tag.content:
        if isinstance(each, Tag):
            if each.name == name:
                yield each
            yield from found(each, name)


class _Reader(HTMLParser):
    """The elements of a page as a tree; a page of this program closes what it opens."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("", {}, [])
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Put an element into the one that is open."""
        self.handle_startendtag(tag, attrs)
        if tag not in _EMPTY:
            made = self._open[-1].content[-1]
            assert isinstance(made, Tag)  # noqa: S101 - it was put there
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Put an element that is closed at once into the one that is open."""
        self._open[-1].content.append(Tag(tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        if self._open[-1].name == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Put a text into the element that is open."""
        self._open[-1].content.append(data)
