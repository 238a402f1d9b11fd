"""Source -> tokens, of which those are taken from the text read before it that an edit left alone.

A text that is typed is read at each pause. It has the name of the one before, and begins and ends as that does.
"""

from __future__ import annotations

from bisect import bisect_right

from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.language.parsing.lexing import MOST_TOKENS, OPEN_PROSE, KnownTokens, Stream, lex_straightened
from sespms_rules.language.parsing.normalization import straightened

_MOST_NAMES, _MOST_LETTERS = 4, 1_000_000
_read_before: dict[str, Stream] = {}


@cache_by_identity(4)
def stream_of(source: Source) -> Stream:
    """The tokens of a whole source, which is read by its tokens and shown by them."""
    text = straightened(source.text)
    old = _read_before.get(source.name)
    stream = lex_straightened(text) if old is None else _from_old(text, old)
    if old is None and len(_read_before) >= _MOST_NAMES:
        _read_before.clear()
    if len(text) <= _MOST_LETTERS:
        _read_before[source.name] = stream
    return stream


def _from_old(text: str, old: Stream) -> Stream:
    """The tokens of a text; those in lines before and behind all that is not as it was are not read again."""
    if not _tells_of_others(old):
        return lex_straightened(text)
    alike, size, size_before = _in_common(text, old.text), len(text), len(old.text)
    last = _in_common(text[: alike - size - 1 : -1], old.text[: alike - size_before - 1 : -1])
    stream = lex_straightened(text, KnownTokens(old, _first_touched(old, alike), size - last, size - size_before))
    return stream if len(stream.kinds) <= MOST_TOKENS else lex_straightened(text)


def _tells_of_others(old: Stream) -> bool:
    """Whether each of its tokens was told by its own line or the text inside it, and none by all that follows."""
    return old.rest is None and not old.doubtful and OPEN_PROSE not in old.kinds and len(old.kinds) > 1


def _first_touched(old: Stream, alike: int) -> int:
    """The first token that may be another one where only so many characters are as they were: one that ends a line.

    What stands before it was told by its own line, of which the two characters behind its end are part: a word and
    what follows it (`Level 5`) may be parted by the line end.
    """
    ends_of_lines = old.layouts[:-1]
    at = bisect_right(ends_of_lines, alike, key=lambda place: old.text.find("\n", old.starts[place]) + 2)
    return ends_of_lines[at - 1] if at else 0


def _in_common(one: str, other: str) -> int:
    """How many first characters two texts have in common."""
    most = min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    least = 0
    while most - least > 1:
        middle = (least + most) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle
    return least
