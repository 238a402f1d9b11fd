"""Yes, no, whole numbers and codes as pieces of SQL, and the steps of a query that they become.

A piece is a Python value where it is the same in all rows, else `Piece`: the text of an SQL expression that is never
null. What is used more than once becomes a column of its own: a query is a chain of steps, each a `SELECT` over the
one before, so that its length grows with the policy and not with how often a value is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sespms_rules.foundation.values import Frozen, field

NARROW = (1 << 63) - 1
"""The largest number of a BIGINT."""

WIDE = 10**38 - 1
"""The largest number of a DECIMAL(38, 0), which a HUGEINT holds as well."""

WAITS = 255
"""In the place of a code: the value asks for the level before there is one."""

_SHORT = 48


OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "temp_directory": "",
}
"""How every database is opened: it fetches nothing from anywhere, and leaves nothing in the folder one works in."""


class NotInSqlError(Exception):
    """A policy says what SQL over whole numbers cannot hold exactly: `message` names it, `help` the way out."""

    def __init__(self, message: str, help: str = "use `--engine reference`, which rates by any policy") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Piece(Frozen):
    """An SQL expression: its text, the step of the query that its columns are known in, whether it is one name."""

    text: str
    step: int = field(default=0)
    plain: bool = field(default=False)


Truth = Piece | bool
"""Yes or no in each row."""

Number = Piece | int
"""A whole number in each row."""


class Codes(Frozen):
    """Why a value cannot be worked out: a number in each row, 0 where it can; `possible` are the others it may be."""

    number: Number
    possible: frozenset[int]


NONE = Codes(0, frozenset())


def text_of(piece: Truth | Number) -> str:
    """The SQL text of a piece."""
    if isinstance(piece, bool):
        return "1 = 1" if piece else "1 = 0"
    return str(piece) if isinstance(piece, int) else piece.text


def last_step(*pieces: Truth | Number) -> int:
    """The first step in which all pieces are known."""
    return max((each.step for each in pieces if isinstance(each, Piece)), default=0)


def joined(template: str, *pieces: Truth | Number) -> Piece:
    """A piece of text with others in it."""
    return Piece(template.format(*map(text_of, pieces)), last_step(*pieces))


# ---- yes and no --------------------------------------------------------------------------------------


def both(left: Truth, right: Truth) -> Truth:
    """Where both hold."""
    if isinstance(left, bool):
        return right if left else False
    if isinstance(right, bool):
        return left if right else False
    return left if left == right else joined("({} AND {})", left, right)


def either(left: Truth, right: Truth) -> Truth:
    """Where at least one holds."""
    if isinstance(left, bool):
        return True if left else right
    if isinstance(right, bool):
        return True if right else left
    return left if left == right else joined("({} OR {})", left, right)


def negated(truth: Truth) -> Truth:
    """Where it does not hold."""
    return not truth if isinstance(truth, bool) else joined("NOT ({})", truth)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Where at least one of these holds."""
    found: Truth = False
    for each in truths:
        found = either(found, each)
    return found


# ---- choices -----------------------------------------------------------------------------------------


def case(choices: Sequence[tuple[Truth, Number]], otherwise: Number) -> Number:
    """The number beside the first truth that holds."""
    kept: list[tuple[Piece, Number]] = []
    for truth, number in choices:
        if truth is True:
            otherwise = number
            break
        if truth is not False:
            kept.append((truth, number))
    while kept and kept[-1][1] == otherwise:
        kept.pop()
    if not kept:
        return otherwise
    whens = " ".join(f"WHEN {truth.text} THEN {text_of(number)}" for truth, number in kept)
    pieces = [each for pair in kept for each in pair]
    return Piece(f"CASE {whens} ELSE {text_of(otherwise)} END", last_step(*pieces, otherwise))


# ---- codes -------------------------------------------------------------------------------------------


def code_where(truth: Truth, code: int) -> Codes:
    """A code where something holds."""
    return NONE if truth is False else Codes(case([(truth, code)], 0), frozenset({code}))


def codes_in(truth: Truth, codes: Codes) -> Codes:
    """Codes where something holds, none elsewhere."""
    if truth is False or codes == NONE:
        return NONE
    return Codes(case([(truth, codes.number)], 0), codes.possible)


def has_code(codes: Codes) -> Truth:
    """Where there is a code."""
    return codes.number != 0 if isinstance(codes.number, int) else joined("({} <> 0)", codes.number)


def is_code(codes: Codes, code: int) -> Truth:
    """Where the code is this one."""
    if code not in codes.possible:
        return False
    return codes.number == code if isinstance(codes.number, int) else joined("({} = {})", codes.number, code)


# ---- the steps of a query ----------------------------------------------------------------------------


class Steps:
    """The columns of a query under construction, step by step."""

    def __init__(self) -> None:
        self._columns: list[list[tuple[str, str]]] = []
        self._known: dict[str, Piece] = {}

    def named(self, piece: Piece, kind: str = "v") -> Piece:
        """Make an expression a column, and return that column; one that is a column or short stays as it is."""
        if piece.plain or len(piece.text) <= _SHORT:
            return piece
        known = self._known.get(piece.text)
        if known is None:
            while len(self._columns) <= piece.step:
                self._columns.append([])
            name = f"{kind}{len(self._known) + 1}"
            self._columns[piece.step].append((name, piece.text))
            known = self._known[piece.text] = Piece(name, piece.step + 1, plain=True)
        return known

    def number(self, number: Number, kind: str = "BIGINT") -> Number:
        """A number, as a column where it is long. A choice says its type, for its constants alone would be narrow."""
        if isinstance(number, int):
            return number
        if number.text.startswith("CASE"):
            number = Piece(f"CAST({number.text} AS {kind})", number.step)
        return self.named(number)

    def truth(self, truth: Truth) -> Truth:
        """A truth, as a column of 1 and 0 where it is long: not every dialect has columns of truths."""
        if isinstance(truth, bool) or len(truth.text) <= _SHORT:
            return truth
        name = self.named(Piece(f"CASE WHEN {truth.text} THEN 1 ELSE 0 END", truth.step), "t")
        return Piece(f"({name.text} = 1)", name.step)

    def codes(self, codes: Codes) -> Codes:
        """Codes, as a column where they are long."""
        return Codes(self.number(codes.number), codes.possible)

    def first_code(self, first: Codes, second: Codes) -> Codes:
        """The first code, or the second where the first is none."""
        if first == NONE or second == NONE:
            return second if first == NONE else first
        one, other = self.number(first.number), second.number
        possible = first.possible | second.possible
        if isinstance(one, int):
            return first
        return self.codes(Codes(case([(joined("{} <> 0", one), one)], other), possible))

    def rendered(self, source: str, carried: Sequence[str] = ("*",)) -> tuple[list[str], str]:
        """The steps as common table expressions over `source`, and the name of the last."""
        made: list[str] = []
        for number, columns in enumerate(self._columns, 1):
            if not columns:
                continue
            lines = [*carried, *(f"{text} AS {name}" for name, text in columns)]
            made.append(f"step{number} AS (\n  SELECT " + ",\n    ".join(lines) + f"\n  FROM {source}\n)")
            source = f"step{number}"
        return made, source
