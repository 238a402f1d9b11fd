"""The one folder that the workbench works in: what lies in it, read and written, and nothing outside it.

A name is a path inside the folder, with `/` between its parts, as it stands in addresses. Hidden files, links that lead
outside and what is no regular file are not there for the workbench.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from sespms_rules.foundation.files_read import opened_regular
from sespms_rules.foundation.files_written import written_whole
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import UnreadableFileError, read_source
from sespms_rules.register import is_register

POLICY = ".sespms"
REGISTER = ".sqlite3"
BAG = ".zip"
KEY, PUBLIC_KEY = ".pem", ".pem.pub"
"""What signs a bag, and what its signature is checked by."""
ROSTERS = (".csv", ".xlsx", ".json", ".parquet")
MOST_FILES = 2_000
"""How many files are looked at; what lies behind them is told as left out."""

_DEEPEST = 4
_YEAR = frozenset({"executives", "plans", "acts"})
"""The tables that make a folder one of records."""
_MARK = "\ufeff"
_SHOWN, _LONGEST_NAME = 200, 4_096


class NotInFolderError(Exception):
    """A name that is none of a file in the folder: `str()` says so in one plain sentence."""


class ChangedOnDiskError(Exception):
    """A file that is not as it was when it was opened, so that saving would undo what someone else wrote."""


class Text(Frozen):
    """A policy's text as it stands on disk; `digest` is the SHA-256 of its bytes, in hexadecimal."""

    name: str
    text: str
    digest: str


class Listing(Frozen):
    """The names in a folder, sorted; `records` are folders that hold the tables of a year on record.

    `registers` are those kept in a file, `bags` what may be a submission, `keys` what may sign one, `publics` what a
    signature may be checked by. `cut` says that there are more files than are looked at.
    """

    policies: tuple[str, ...]
    rosters: tuple[str, ...]
    records: tuple[str, ...]
    cut: bool
    registers: tuple[str, ...]
    bags: tuple[str, ...]
    keys: tuple[str, ...]
    publics: tuple[str, ...]


class Folder:
    """A folder with policies and rosters. Raises NotInFolderError where `root` is no folder."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise NotInFolderError(f"there is no folder `{root}`")
        self.root = root.resolve()
        self._saving = threading.Lock()

    def listing(self) -> Listing:
        """What lies in the folder, and in its folders down to the fourth."""
        names: list[str] = []
        for name in self._walk(self.root, 0):
            names.append(name)
            if len(names) > MOST_FILES:
                break
        kept = sorted(names[:MOST_FILES], key=str.casefold)
        policies = tuple(each for each in kept if each.endswith(POLICY))
        tables = [each for each in kept if each.lower().endswith(ROSTERS)]
        held = dict[str, set[str]]()
        for each in tables:
            folder, _, file = each.rpartition("/")
            held.setdefault(folder, set()).add(file.rpartition(".")[0].lower())
        years = {folder for folder, files in held.items() if folder and files >= _YEAR}
        rosters = tuple(each for each in tables if each.rpartition("/")[0] not in years)
        registers = tuple(each for each in kept if each.endswith(REGISTER) and is_register(str(self.root / each)))
        bags, keys, publics = (tuple(each for each in kept if each.endswith(kind)) for kind in (BAG, KEY, PUBLIC_KEY))
        records = tuple(sorted(years, key=str.casefold))
        return Listing(policies, rosters, records, len(names) > MOST_FILES, registers, bags, keys, publics)

    def _walk(self, folder: Path, depth: int) -> Iterator[str]:
        try:
            entries = sorted(os.scandir(folder), key=lambda each: each.name)
        except OSError:
            return  # a folder that may not be read holds nothing for us
        for each in entries:
            if each.name.startswith(".") or each.is_symlink():
                continue
            if each.is_dir() and depth < _DEEPEST:
                yield from self._walk(Path(each.path), depth + 1)
            elif each.is_file():
                yield Path(each.path).relative_to(self.root).as_posix()

    def path(self, name: str, *endings: str) -> Path:
        """Where the file of a name lies. Raises NotInFolderError for one outside, hidden, a link or of another kind."""
        parts = PurePosixPath(name).parts
        if len(name) > _LONGEST_NAME:
            raise NotInFolderError(f"`{_cut(name)}` is no name that a file here can have")
        wrong = not parts or name.startswith("/") or "\0" in name or "\\" in name
        if wrong or any(part == ".." or part.startswith(".") for part in parts):
            raise NotInFolderError(f"`{name}` is not the name of a file in this folder")
        if not name.lower().endswith(endings):
            raise NotInFolderError(f"`{name}` is no file of this kind; its name ends in `{'`, `'.join(endings)}`")
        path = self.root.joinpath(*parts)
        try:
            there = path.resolve()
            is_other = path.exists() and not path.is_file()
        except (OSError, RuntimeError, ValueError):  # too long for the disk, a circle of links, no text in UTF-8
            raise NotInFolderError(f"`{_cut(name)}` is no name that a file here can have") from None
        if there != path:
            raise NotInFolderError(f"`{name}` is a link, or lies behind one; the workbench follows none")
        if is_other:
            raise NotInFolderError(f"`{name}` is no regular file; the workbench opens no other")
        return path

    def existing(self, name: str, *endings: str) -> Path:
        """The same for a file that is there. Raises NotInFolderError for one that is not."""
        path = self.path(name, *endings)
        if not path.is_file():
            raise NotInFolderError(f"there is no file `{name}` in this folder; it may have been moved or deleted")
        return path

    def records(self, name: str) -> Path:
        """Where a folder of records lies. Raises NotInFolderError for any other, and for one that holds a link."""
        if name not in self.listing().records:
            raise NotInFolderError(f"`{name}` is no folder of records here; it may have been moved or deleted")
        path = self.root.joinpath(*PurePosixPath(name).parts)
        if link := next((each.name for each in path.iterdir() if each.is_symlink()), None):
            raise NotInFolderError(f"`{name}` holds the link `{link}`; the workbench follows none")
        return path

    def policy(self, name: str) -> Text:
        """Read a policy. Raises NotInFolderError, and UnreadableFileError for what is no text or too large."""
        path = self.existing(name, POLICY)
        source, _ = read_source(path, name, regular=True)
        return Text(name, source.text, _digest(path))

    def save(self, name: str, text: str, digest: str) -> Text:
        """Write a policy's text whole, in place of the one whose digest is given (empty: of none).

        Line ends and a byte order mark stay as the file has them. Raises ChangedOnDiskError where another text stands
        there by now, NotWrittenError for a place that cannot be written, and NotInFolderError.
        """
        path = self.path(name, POLICY)
        with self._saving:
            there = path.exists()
            if (_digest(path) if there else "") != digest:
                raise ChangedOnDiskError(f"`{name}` was changed on disk by someone else since it was opened here")
            if not path.parent.is_dir():
                raise NotInFolderError(f"there is no folder for `{name}`")
            before = path.read_bytes() if there else b""
            plain = text.replace("\r\n", "\n").replace("\r", "\n")
            kept = plain.replace("\n", "\r\n") if b"\r\n" in before else plain
            mark = _MARK if before.startswith(_MARK.encode()) else ""
            with written_whole(str(path), in_place=True) as file:
                file.write(mark + kept)
            return Text(name, plain, _digest(path))

    def put(self, name: str, content: str) -> None:
        """Write a new file, and its folder where there is none. Raises NotInFolderError where one is there already."""
        path = self.new(name, POLICY, *ROSTERS)
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(str(path)) as file:
            file.write(content)

    def put_bag(self, name: str, content: bytes) -> None:
        """Write a new bag. Raises NotInFolderError where a file is there already, or no folder is there for it."""
        with written_whole(str(self.new(name, BAG))) as file:
            file.buffer.write(content)

    def new(self, name: str, *endings: str) -> Path:
        """Where a new file may be written. Raises NotInFolderError where one of its name is there already."""
        path = self.path(name, *endings)
        if path.exists():
            raise NotInFolderError(f"`{name}` is in the folder already, and is not written over")
        return path


def _cut(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"


def _digest(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    try:
        with opened_regular(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
        raise UnreadableFileError(f"`{path.name}` cannot be read: {reason}", "check its permissions") from None
