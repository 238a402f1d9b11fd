"""What stands in the column of ids and is nobody: totals, statistics, notes, placeholders, headings repeated.

A word counts only where it stands by itself: `HQ total` is a total; `max01`, `TOTALLY` and `total-7` are ids. A word
that is also a name (`Max`, `Min`, `Sample`) counts alone or beside words of tables and numbers only: `Min, J.` is an
executive. The patterns are for small letters, match whole cells, and are written so that SQL reads them as Python does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.patterns import late

_BESIDE: Final = r"[ \t,:;=()]"
_GAP: Final = r"[ \t.,:;=()/]{1,3}"
_STRONG: Final = (
    r"(totals?|sub-?totals?|averages?|avg\.?|medians?|std\.? ?dev|stdev|stddev|standard deviations?|variance|headcount)"
)
_ABROAD: Final = "|".join(
    as_one_id(word)
    for word in (
        "m\u00e9dia",
        "\u0438\u0442\u043e\u0433\u043e",
        "\u0432\u0441\u0435\u0433\u043e",
        "\u5408\u8a08",
        "\u5408\u8ba1",
        "\u603b\u8ba1",
        "\ud569\uacc4",
    )
)
"""Words for a total or an average in letters beyond ASCII, written as ids are compared."""
_WEAK: Final = (
    r"(sum|mean|mode|count|max\.?|maximum|min\.?|minimum|range"
    r"|promedio|suma|moyenne|somme|durchschnitt|mittelwert|summe|gesamt|insgesamt|gesamtsumme|totale|totali|totaal"
    rf"|mediana|razem|{_ABROAD})"
)
_OF_TABLES: Final = (
    r"(agency|office|unit|bureau|department|division|region|organization|overall|group|hq|headquarters|executives?|ses"
    r"|rows?|records?|entry|entries|employees?|people|lines?|positions?|scores?|ratings?|levels?|weights?|points?|data|only"
    rf"|geral|general|generale|{as_one_id('générale')}|id|ids|name|possible|allowed|all|the|of|for|in|number|%|#?-?[0-9][0-9.,]*%?)"
)
_MARKS: Final = "[*#(\\[ '\"]{0,9}"
_END: Final = "[:.*)\\] '\"]{0,9}"
_TOTALS: Final = (
    rf"{_MARKS}(.*{_BESIDE})?{_STRONG}({_BESIDE}.*)?{_END}"
    rf"|([a-z]+[-_])*{_STRONG}([-_][a-z]+)*"
    rf"|{_MARKS}({_OF_TABLES}{_GAP})*{_WEAK}({_GAP}{_OF_TABLES})*{_END}"
    rf"|{_MARKS}{_WEAK}( of .*| for .*|( ?[:=] ?).*)"
    r"|n ?[:=] ?[0-9][0-9.,]*"
)
_NOTES: Final = (
    rf"{_MARKS}((foot)?notes?|sources?|legend|remarks?|comments?|n\.?b\.?[:.]){_END}"
    rf"|{_MARKS}((foot)?notes?|sources?|legend|prepared by|approved by|certified by|reviewed by|as of)[: ].*"
    rf"|{_MARKS}(remarks?|comments?) ?:.*"
    rf"|{_MARKS}end of (the )?(list|roster|file|report|data|table|sheet){_END}"
    # A footnote: a star and a sentence. `*E-101` and `* Jane Mean` are executives with a star, and have no such word.
    rf"|[*]{{1,3}} ?(.*[ (])?(by|is|are|was|were|denotes?|indicates?|includes?|excludes?|pending|for|of|from|not"
    r"|rated|the|with)([ ,:;.)].*)?"
)
_BLANK: Final = r"(examples?|samples?|templates?|dummy|placeholder|vacant|vacancy|tbd|tba|to be determined|unassigned)"
_PLACEHOLDERS: Final = (
    rf"{_MARKS}({_OF_TABLES}{_GAP})*{_BLANK}({_GAP}{_OF_TABLES})*{_END}"
    rf"|{_MARKS}(vacant|vacancy|tbd|tba)( ?[:(]| -).*"
    rf"|{_MARKS}(n/a|n\.a\.|na|none|null|nil|unknown){_END}|[!-/:-@\[-`{{-~ ]+"
)
_HEADINGS: Final = (
    r"((executive|employee|ses|person) )?ids?[:.]?|name|no\.|weights?|points?|levels?|ratings?|scores?"
    r"|units?|appointments?"
)

HEADING: Final = "a heading"

_QUOTES: Final = str.maketrans(dict.fromkeys("\u00ab\u00bb\u2039\u203a", '"'))
"""Quotation marks that tell ids apart (`as_one_id` reads the others as plain ones) and no total from a total."""

_KINDS: Final = (
    ("a total or a statistic", late(_TOTALS, re.ASCII)),
    ("a note", late(_NOTES, re.ASCII)),
    ("a placeholder", late(_PLACEHOLDERS, re.ASCII)),
    (HEADING, late(_HEADINGS, re.ASCII)),
)

IDS_KEPT_IN_MIND: Final = 256
"""A few: one that stands in a million rows is read once, and many are none the slower for it."""

NO_EXECUTIVE: Final = "|".join((_TOTALS, _NOTES, _PLACEHOLDERS, _HEADINGS))
"""What names nobody, as one pattern (small letters; whole cell)."""


@lru_cache(maxsize=IDS_KEPT_IN_MIND)
def no_executive(key: str) -> str | None:
    """What an id reads as where it names nobody (`a note`); None where it may be an executive's."""
    if not key:
        return None
    small = as_one_id(key) if key.isascii() else as_one_id(key.translate(_QUOTES))
    if not any(map(str.isalnum, small)):
        return "a placeholder"
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(small)), None)
