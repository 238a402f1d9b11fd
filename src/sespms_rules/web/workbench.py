"""What the pages share: the folder, the policies that were read from it, and the order in which long work is done."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sespms_rules.api import Policy, load, load_together
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.law.law_texts import law_texts
from sespms_rules.law.verdict import Conformance
from sespms_rules.program.ir import Program
from sespms_rules.register import Keys, Place
from sespms_rules.review import Asked, asked_in_review
from sespms_rules.studies.checked import Checked, checked
from sespms_rules.studies.impact import Roster
from sespms_rules.web.folder import POLICY, ROSTERS, Folder

OFFICE = "office"
"""What the register is called that the workbench was started with; one in the folder has another ending."""

_KEPT = 16
_KEPT_ROSTERS = 4


class Opened(Frozen):
    """A policy of the folder as it was read, and what `sespms check` finds in it and says of it."""

    name: str
    policy: Policy
    result: Checked

    @property
    def conformance(self) -> tuple[Conformance, ...]:
        """How each of its systems stands to the law that binds it."""
        return tuple(self.result.conformance)

    def system(self, name: str | None) -> System:
        """The system of a name, or the only one, as the program of it is. Raises RequestError as `program`."""
        program = self.program(name)
        return next(each for each in self.policy.compilation.policy.systems if each.name == program.name)

    def program(self, name: str | None) -> Program:
        """What it computes. Raises RequestError where there is none to run, or it is not clear which."""
        return self.policy.studied(name or None)


class Office(Frozen):
    """A register outside of the folder: its place, whose URL no page shows, and its keys where there are any."""

    place: Place
    keys: Keys | None


class Workbench:
    """One folder at work, and the register of an office where it was started with one.

    Solver and engines do one thing at a time: `at_work` keeps others waiting meanwhile.
    """

    def __init__(self, folder: Folder, office: Office | None = None) -> None:
        self.folder = folder
        self.office = office
        self._kept: OrderedDict[tuple[str, str], Opened] = OrderedDict()
        self._rosters: OrderedDict[tuple[str, int, int, int], Roster] = OrderedDict()
        self._asked: tuple[tuple[str, str], tuple[Asked, ...]] = (("", ""), ())
        self._lock = threading.RLock()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Hold the machine for something that must not run twice at once."""
        with self._lock:
            yield

    def opened(self, name: str) -> Opened:
        """A policy as it stands on disk, read and checked; kept until it or a policy beside it changes.

        Raises NotInFolderError and UnreadableFileError.
        """
        path = self.folder.existing(name, POLICY)
        with self._lock:
            digest = _digest_around(path)
            found = self._kept.get((name, digest))
            if found is None:
                found = self._kept[name, digest] = _opened(name, path)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end((name, digest))
            return found

    def asked(self, name: str) -> tuple[Asked, ...]:
        """What a review would ask of a policy, its proofs run; kept until it or a policy beside it changes."""
        path = self.folder.existing(name, POLICY)
        with self._lock:
            key = (name, _digest_around(path))
            if self._asked[0] != key:
                (policy,) = load_together([str(path)], heed_accepts=False)
                self._asked = key, asked_in_review([policy.compilation], policy.findings, law_texts().library)
            return self._asked[1]

    def roster(self, name: str) -> Roster:
        """A roster of the folder, kept as it was read until it changes. Raises NotInFolderError."""
        path = self.folder.existing(name, *ROSTERS)
        facts = path.stat()
        key = (name, facts.st_mtime_ns, facts.st_size, facts.st_ino)
        with self._lock:
            found = self._rosters.setdefault(key, Roster(path))
            while len(self._rosters) > _KEPT_ROSTERS:
                self._rosters.popitem(last=False)
            return found

    def only_system(self, opened: Opened, asked: str | None) -> str | None:
        """The name of the system that is meant: the one asked for, or the only one; None where there is none."""
        names = opened.policy.systems
        if asked and asked not in names:
            raise RequestError(f"there is no system `{asked}` in `{opened.name}`")
        return asked or (names[0] if names else None)


def _digest_around(path: Path) -> str:
    """What changes whenever a policy does, or one that lies beside it: it may rest on any of these, and on no other."""
    digest = hashlib.sha256()
    for each in sorted({path, *path.parent.glob(f"*{POLICY}")}):
        try:
            found = each.stat()
            facts = f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino}"
        except OSError:  # taken away meanwhile, or a link to nothing
            facts = ""
        digest.update(f"{each.name}\0{facts}\0".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _opened(name: str, path: Path) -> Opened:
    policy = load(path)
    return Opened(name, policy, checked([policy.compilation], policy.findings))
