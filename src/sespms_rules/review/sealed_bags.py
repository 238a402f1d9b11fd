"""A bag x a key -> what is to be signed, in words, and the sealed bag: one signature more, all else byte for byte."""

from __future__ import annotations

import datetime
from typing import Final

from sespms_rules.foundation.json_values import json_values
from sespms_rules.review.bag_files import with_file
from sespms_rules.review.bag_opening import BagError, OpenedBag, opened_bag
from sespms_rules.review.notices import is_notice, notice_in
from sespms_rules.review.sealing import (
    FOLDER,
    PublicKey,
    Sign,
    Statement,
    key_id,
    signature_over,
    statement_on,
)
from sespms_rules.review.submitting import submission_in

_SUBMITS: Final = "We submit the system `{systems}` as it stands in this bag, with the answers in it, for OPM's review."
_WITHDRAWS: Final = "We withdraw the submission of the system `{systems}` that this notice names."


def to_be_sealed(
    held: bytes, name: str, public: PublicKey, who: tuple[str, datetime.date], says: str | None = None
) -> Statement:
    """What somebody states, on a day, by signing a bag; `name` is what its reader calls it.

    `says` are other words than those for a bag of its kind. Raises BagError for a test, and for a bag that is signed
    with this key already.
    """
    bag = opened_bag(held)
    usual = _words(bag, name)
    if _path(public) in bag.files:
        raise BagError(f"`{name}` is signed with this key already")
    return statement_on(bag, *who, says or usual)


def _words(bag: OpenedBag, name: str) -> str:
    """What is stated on a bag of its kind. Raises BagError for one of no kind, and for a test."""
    if is_notice(bag):
        return _WITHDRAWS.format(systems=notice_in(bag).system)
    if submission_in(bag).is_test:
        raise BagError(f"`{name}` was made with `submit --test`, and a test is not signed")
    return _SUBMITS.format(systems=_systems(bag))


def _systems(bag: OpenedBag) -> str:
    """The names of what a bag submits, as it says itself; whoever receives it holds that to the texts."""
    told = json_values(bag.payload["submission.json"]).get("systems")
    named = isinstance(told, list) and told and all(isinstance(each, str) for each in told)
    return "`, `".join(told) if named else bag.name.removeprefix("submission-")


def sealed(held: bytes, statement: Statement, sign: Sign, public: PublicKey) -> bytes:
    """A bag with the signature of a statement on it. Raises BagError for a signature by another key."""
    return with_file(held, f"{statement.bag}/{_path(public)}", signature_over(statement, sign, public))


def _path(public: PublicKey) -> str:
    return f"{FOLDER}{key_id(public)[:16]}.dsse.json"
