"""A register that is open: entries go in by whole batches, each acknowledged by the database, and come out in order.

Who writes waits for its turn, reads how far the register reaches, and adds behind that, all in one transaction: two
writers at once lose nothing and never share a number. Nothing is held in memory but the batch at hand.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, RowMapping, delete, exists, func, insert, select, text

from sespms_rules.foundation.files_written import made_together
from sespms_rules.foundation.json_values import json_values
from sespms_rules.foundation.values import Frozen
from sespms_rules.register.chain import FORMAT, OPENING, Head
from sespms_rules.register.database import engine_of, reading, said, unplaced, writing
from sespms_rules.register.entry import (
    MOST_IN_A_BODY,
    NOTHING_BEFORE,
    Body,
    Draft,
    Entry,
    canonical,
    digest_of,
    envelope,
    refuse_unfit,
)
from sespms_rules.register.keys import Keys, made_keys, new_keys, not_made
from sespms_rules.register.places import Place, RegisterError
from sespms_rules.register.statements import head_row, put_entries, put_keys, reach
from sespms_rules.register.tables import ENTRIES, HEAD, KEYS, METADATA, guards_of

_PAGE: Final = 1000
_OF_ENTRIES: Final = tuple(ENTRIES.c)


class Stored(Frozen, often=True):
    """An entry as the database keeps it, with the sealed key of its body; None where none is there."""

    entry: Entry
    wrapped: bytes | None


class Which(Frozen):
    """Which entries are asked for; what is empty asks for all. `after` is the number they come behind."""

    series: str = ""
    subject: str = ""
    kind: str = ""
    about: int = 0
    after: int = 0


EVERY: Final = Which()


def created(place: Place, keys: Keys, by: str) -> Register:
    """A new register, its first entry made. Raises RegisterError where one is there already."""
    if place.is_file:
        _placed(place, [(Path(place.url), _first_file(place, keys, by))])
        return Register(place, engine_of(place), keys)
    engine = engine_of(place)
    _begun(engine, place, keys, by)
    return Register(place, engine, keys)


def created_with_keys(place: Place, key_file: Path, by: str) -> Register:
    """A new register and its new key file, which appear together: a run that is stopped leaves neither.

    Of a register in PostgreSQL the key file is made first. Raises RegisterError where one of both is there already.
    """
    if not place.is_file:
        return created(place, made_keys(key_file), by)
    keys, written = new_keys()
    _placed(place, [(key_file, written), (Path(place.url), _first_file(place, keys, by))])
    return Register(place, engine_of(place), keys)


def _placed(place: Place, files: list[tuple[Path, bytes]]) -> None:
    path = Path(place.url)
    there = RegisterError(f"`{place.name}` is there already; a register is made once, in a new file")
    if path.exists() or path.is_symlink():
        raise there
    with said(place):
        try:
            made_together(files)
        except FileExistsError as problem:
            raise there if problem.filename == str(path) else not_made(Path(problem.filename), problem) from None


def _first_file(place: Place, keys: Keys, by: str) -> bytes:
    """What the file of a register holds that has its first entry and no other."""
    with unplaced() as (engine, content):
        _begun(engine, place, keys, by)
        return content()


def _begun(engine: Engine, place: Place, keys: Keys, by: str) -> None:
    """Make the tables, their guards and the first entry, all in one transaction."""
    draft = Draft(by, OPENING, {"format": FORMAT, "public key": keys.public})
    refuse_unfit(draft)
    with writing(engine, place) as connection:
        if engine.dialect.name != "sqlite" and engine.dialect.has_table(connection, ENTRIES.name):
            raise RegisterError(f"a register is at `{place.name}` already")
        METADATA.create_all(connection)
        for guard in guards_of(engine):
            connection.exec_driver_sql(guard)
        (entry,), _ = _entered([draft], keys, 0, NOTHING_BEFORE)
        connection.execute(insert(ENTRIES), [_row(entry)])
        head = keys.head(entry.digest, 1, entry.digest)
        connection.execute(insert(HEAD).values(one=1, **_as_mapping(head)))


def opened_register(place: Place, keys: Keys | None = None) -> Register:
    """The register at a place. Raises RegisterError where none is, and for the key file of another register."""
    register = Register(place, engine_of(place), keys)
    try:
        public = register.public  # whether a register is there shows here and not later
    except BaseException:
        register.close()
        raise
    if keys is not None and public != keys.public:
        register.close()
        raise RegisterError(f"the key file is not that of the register `{place.name}`; name its own with `--key`")
    return register


class Register:
    """A register at a place; with `keys` it can be added to, and what is sealed in it can be read.

    It is open until the end of its `with` block or `close`; only then does the file of SQLite hold all by itself.
    """

    def __init__(self, place: Place, engine: Engine, keys: Keys | None) -> None:
        self.place = place
        self.engine = engine
        self._keys = keys

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def has_keys(self) -> bool:
        """Whether it can be added to and sealed bodies can be read."""
        return self._keys is not None

    # ---- what it says of itself ----------------------------------------------------------------------

    @property
    def public(self) -> str:
        """The public key that its first entry names; empty where there is no such entry."""
        with reading(self.engine, self.place) as connection:
            found = connection.execute(select(ENTRIES.c.body).where(ENTRIES.c.number == 1)).scalar()
        try:
            return str(json_values(found or "")["public key"])
        except (ValueError, KeyError, TypeError):
            return ""

    def head(self) -> Head:
        """How far the register reaches, as it was signed. Raises RegisterError where that is not there."""
        with reading(self.engine, self.place) as connection:
            return head_in(connection, self.place)

    # ---- adding --------------------------------------------------------------------------------------

    def add(self, drafts: Iterable[Draft], *, since: int | None = None) -> Head:
        """Enter drafts together, all or none; when this returns they are kept.

        With `since` none is entered where the series of a draft was added to behind that number: whoever asks has not
        seen it. Raises RegisterError then, for an unfit draft and without keys.
        """
        held = list(drafts)
        keys = self._needed_keys()
        for draft in held:
            refuse_unfit(draft)
        with writing(self.engine, self.place) as connection:
            head = head_in(connection, self.place)
            if since is not None:
                _refuse_unseen(connection, {each.series for each in held}, since)
            return _append(connection, keys, head, held) if held else head

    def destroy(self, numbers: Sequence[int], by: str, because: str) -> Head:
        """Enter the destruction of sealed bodies and delete their keys, in one transaction; entries and chain stay.

        Raises RegisterError for an entry that has nothing to destroy.
        """
        keys = self._needed_keys()
        with writing(self.engine, self.place) as connection:
            head = head_in(connection, self.place)
            drafts = [_destruction(connection, each, by, because) for each in numbers]
            for draft in drafts:
                refuse_unfit(draft)
            head = _append(connection, keys, head, drafts)
            for each in numbers:
                connection.execute(delete(KEYS).where(KEYS.c.entry == each))
        self._leave_no_trace()
        return head

    def _leave_no_trace(self) -> None:
        """Have the database write over what it deleted, in the file itself."""
        statement = "PRAGMA wal_checkpoint(TRUNCATE)" if self.place.is_file else f"VACUUM {KEYS.name}"
        outside = {"isolation_level": "AUTOCOMMIT"}
        with said(self.place), self.engine.connect().execution_options(**outside) as connection:
            connection.execute(text(statement))

    def _needed_keys(self) -> Keys:
        if self._keys is None:
            raise RegisterError("a register is added to with its key file; name it with `--key`")
        return self._keys

    # ---- reading -------------------------------------------------------------------------------------

    def entries(self, which: Which = EVERY) -> Iterator[Stored]:
        """The entries asked for, in order, one page at a time and all of one state."""
        with reading(self.engine, self.place) as connection:
            yield from entries_in(connection, which)

    def refuse_incomplete(self) -> None:
        """Raise RegisterError where an entry is gone, or its key without a destruction; `verified` says more."""
        with reading(self.engine, self.place) as connection:
            made = head_in(connection, self.place).number
            asked = select(func.count(), func.max(ENTRIES.c.number)).select_from(ENTRIES)
            count, last = connection.execute(asked).one()
            keyless = without_keys(connection, 1)
        if (count, last or 0) != (made, made):
            there = f"{made:,} entries were made, and {count:,} are there" + (f", up to entry {last:,}" if last else "")
        elif keyless:
            there = f"the key of entry {keyless[0]:,} is gone, and no destruction of it is entered"
        else:
            return
        raise RegisterError(f"the register is not whole: {there}; `sespms register verify` says what is wrong")

    def body(self, stored: Stored) -> Body | None:
        """What an entry says; None where it was destroyed.

        Raises RegisterError without the keys that it takes, and for what does not open.
        """
        entry = stored.entry
        if entry.sealed and stored.wrapped is None:
            return None
        written = entry.body if stored.wrapped is None else self.opened(entry, stored.wrapped)
        try:
            read: Any = json_values(written)
        except ValueError:
            read = None
        if not isinstance(read, dict):
            raise RegisterError(f"entry {entry.number} says nothing that can be read")
        return read

    def opened(self, entry: Entry, wrapped: bytes) -> str:
        """The body of a sealed entry as text; raises as `body` does."""
        return self._needed_keys().unsealed(entry.body, wrapped, envelope(entry, entry.number))


def _refuse_unseen(connection: Connection, series: set[str], since: int) -> None:
    later = select(ENTRIES).where(ENTRIES.c.series.in_(series), ENTRIES.c.number > since)
    found = connection.execute(later.order_by(ENTRIES.c.number).limit(1)).mappings().first()
    if found is not None:
        raise Unseen(
            f"`{found['series']}` was added to meanwhile, at {found['time']} by {found['by']}:"
            f" entry {found['number']}, a {found['kind']}; nothing was entered, so look at it and try again"
        )


class Unseen(RegisterError):
    """Another writer was quicker, and what it entered has not been seen by who writes now."""


def _destruction(connection: Connection, number: int, by: str, because: str) -> Draft:
    """The draft that says an entry is destroyed."""
    row = connection.execute(select(ENTRIES).where(ENTRIES.c.number == number)).mappings().first()
    key = connection.execute(select(KEYS.c.entry).where(KEYS.c.entry == number)).first()
    if row is None or not row["sealed"] or key is None:
        what = "is not there" if row is None else "holds nothing that can be destroyed, or no more"
        raise RegisterError(f"entry {number} {what}")
    return Draft(by, "destruction", {"because": because}, row["series"], row["subject"], number)


def _append(connection: Connection, keys: Keys, head: Head, drafts: Sequence[Draft]) -> Head:
    """Enter drafts behind a head; the transaction is the caller's."""
    entries, wrapped = _entered(drafts, keys, head.number, head.digest)
    put_entries(connection, [_row(each) for each in entries])
    if wrapped:
        put_keys(connection, [{"entry": number, "wrapped": key} for number, key in wrapped])
    reached = keys.head(head.register, entries[-1].number, entries[-1].digest)
    reach(connection, _as_mapping(reached))
    return reached


def _entered(
    drafts: Sequence[Draft], keys: Keys, number: int, before: str
) -> tuple[list[Entry], list[tuple[int, bytes]]]:
    """The entries that drafts become behind a number and a digest, and the sealed keys of their bodies."""
    entries: list[Entry] = []
    wrapped: list[tuple[int, bytes]] = []
    time = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for draft in drafts:
        number += 1
        body = canonical(draft.body)
        if len(body) > MOST_IN_A_BODY:
            raise RegisterError(f"the body of an entry has {len(body)} letters; at most {MOST_IN_A_BODY} are kept")
        if draft.sealed:
            body, key = keys.sealed(body, envelope(draft, number))
            wrapped.append((number, key))
        words = (draft.by, draft.kind, draft.series, draft.subject)
        digest = digest_of(number, time, words, draft.about, draft.sealed, body, before)
        entries.append(Entry(number, time, *words, draft.about, draft.sealed, body, before, digest))
        before = digest
    return entries, wrapped


# ---- rows --------------------------------------------------------------------------------------------


def entries_in(connection: Connection, which: Which = EVERY) -> Iterator[Stored]:
    """The entries asked for within a transaction, in order; a page is in memory at a time."""
    asked = select(*_OF_ENTRIES, KEYS.c.wrapped).outerjoin(KEYS, KEYS.c.entry == ENTRIES.c.number)
    for column in ("series", "subject", "kind", "about"):
        if wanted := getattr(which, column):
            asked = asked.where(ENTRIES.c[column] == wanted)
    last = which.after
    while True:
        page = connection.execute(asked.where(ENTRIES.c.number > last).order_by(ENTRIES.c.number).limit(_PAGE))
        rows = page.mappings().all()
        for row in rows:
            yield _stored(row)
        if len(rows) < _PAGE:
            return
        last = rows[-1]["number"]


def _stored(row: RowMapping) -> Stored:
    """A row as an entry. Raises RegisterError for one with values of other kinds, which the program never wrote."""
    words = [row[each.name] for each in _OF_ENTRIES]
    kinds = [int, str, str, str, str, str, int, int, str, str, str]
    fits = all(isinstance(one, kind) for one, kind in zip(words, kinds, strict=True)) and words[7] in (0, 1)
    wrapped = row["wrapped"]
    if not fits or not isinstance(wrapped, bytes | type(None)):
        raise RegisterError(f"entry {row['number']} holds values that were never entered")
    words[7] = bool(words[7])
    return Stored(Entry(*words), wrapped)


def _row(entry: Entry) -> dict[str, Any]:
    return {each.name: getattr(entry, each.name) for each in _OF_ENTRIES} | {"sealed": int(entry.sealed)}


def _as_mapping(head: Head) -> dict[str, Any]:
    return {name: getattr(head, name) for name in head._fields}


def head_in(connection: Connection, place: Place) -> Head:
    """The signed head within a transaction. Raises RegisterError where it is not there, or was never written so."""
    row = head_row(connection)
    if row is None:
        raise RegisterError(f"nothing says how far the register `{place.name}` reaches; `sespms register verify` it")
    head = Head(row["register"], row["number"], row["digest"], row["signature"])
    if not isinstance(head.number, int) or not all(
        isinstance(each, str) for each in (head.register, head.digest, head.signature)
    ):
        raise RegisterError(f"what says how far the register `{place.name}` reaches holds values of another kind")
    return head


def without_keys(connection: Connection, most: int) -> list[int]:
    """The sealed entries whose keys are gone and whose destruction is not entered; at most so many."""
    one = ENTRIES.alias("destruction")
    destroyed = exists().where(one.c.about > 0, one.c.about == ENTRIES.c.number, one.c.kind == "destruction")
    asked = (
        select(ENTRIES.c.number)
        .where(ENTRIES.c.sealed == 1)
        .where(~exists().where(KEYS.c.entry == ENTRIES.c.number))
        .where(~destroyed)
    )
    return list(connection.execute(asked.order_by(ENTRIES.c.number).limit(most)).scalars())


def kept_in_spite(connection: Connection, most: int) -> list[int]:
    """The entries whose destruction is entered and whose keys are there still; at most so many."""
    asked = select(KEYS.c.entry).join(ENTRIES, ENTRIES.c.about == KEYS.c.entry).where(ENTRIES.c.kind == "destruction")
    return list(connection.execute(asked.order_by(KEYS.c.entry).limit(most)).scalars())


def default_key_file(place: Place) -> Path:
    """Where the keys of a register are looked for, where its user names no file."""
    return Path(f"{place.url}.key" if place.is_file else "sespms-register.key")
