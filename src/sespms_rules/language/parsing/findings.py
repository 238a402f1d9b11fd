"""What parsing may find: each code once, with its name; a page of the same name explains it.

All are errors, because a sentence that was not understood must not be rated by; `not-utf-8` only informs, and
`left-to-decide` is about a sentence that was understood and not yet meant.
"""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Diagnostic, error, note, warning
from sespms_rules.foundation.source import Span

UNKNOWN_WORD = error("SES001", "unknown-word")
EMPTY_FILE = error("SES002", "empty-file")
WRONG_PART = error("SES003", "sentence-in-the-wrong-part")
NAME_WITHOUT_QUOTES = error("SES004", "name-without-quotes")
UNCLOSED_QUOTE = error("SES005", "unclosed-quote")
UNCLOSED_PROSE = error("SES006", "unclosed-prose")
NOT_UTF_8 = note("SES007", "not-utf-8")
NO_TIE = error("SES008", "rounding-without-a-tie")
NO_SUCH_DAY = error("SES009", "no-such-day")
NO_OTHERWISE = error("SES010", "condition-without-otherwise")
UNKNOWN_HEADING = error("SES011", "unknown-heading")
INCOMPLETE = error("SES012", "incomplete-sentence")
UNEXPECTED_WORDS = error("SES013", "unexpected-words")
OUTSIDE_A_BLOCK = error("SES014", "sentence-outside-a-block")
BAD_CHARACTER = error("SES015", "bad-character")
TOO_MANY_FAULTS = error("SES016", "too-many-faults")
NESTED_TOO_DEEPLY = error("SES017", "nested-too-deeply")
UNKNOWN_UNIT = error("SES018", "unknown-unit")
EMPTY_NAME = error("SES019", "empty-name")
NUMBER_TOO_LONG = error("SES020", "number-too-long")
LINE_TOO_LONG = error("SES022", "line-too-long")
TEXT_TOO_LONG = error("SES023", "text-too-long")
LEFT_TO_DECIDE = warning("SES024", "left-to-decide")
NO_LINE_END = error("SES025", "no-line-end")

MOST_TOKENS_IN_A_LINE = 5_000
"""Nobody reads a longer line."""


def line_too_long(line: Span) -> Diagnostic:
    """The finding of a line of more words than anyone reads."""
    message = f"this line has more than {MOST_TOKENS_IN_A_LINE} words"
    return LINE_TOO_LONG.at(line, message, help="check whether its line ends were lost")
