"""Bags are sealed: a signature (DSSE) over a statement that names the digest of the bag's tag manifest.

The tag manifest has the digest of the manifest, and the manifest that of each file, so one signature is over all. The
statement is canonical JSON (RFC 8785) and says in words what whoever signs says; they stand in `signatures/`, outside
of the manifests. In the review, only this module imports cryptography.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import shlex
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeAlias

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sespms_rules.foundation.files_read import note_read, opened_regular
from sespms_rules.foundation.files_written import made_together
from sespms_rules.foundation.json_values import json_values
from sespms_rules.foundation.values import Frozen
from sespms_rules.register import canonical
from sespms_rules.review.bag_opening import TAG_MANIFEST, BagError, OpenedBag

PAYLOAD_TYPE: Final = "application/vnd.sespms.statement+json"
SCHEMA: Final = "sespms-statement/1"
ALGORITHMS: Final = ("ed25519", "ecdsa-p256-sha256")
FOLDER: Final = "signatures/"
_MOST, _PATIENCE = 100_000, 120
PublicKey: TypeAlias = Ed25519PublicKey | ec.EllipticCurvePublicKey
Sign: TypeAlias = Callable[[bytes], bytes]


class Statement(Frozen):
    """What is signed: the words, by whom (an opaque id) and when, and the SHA-256 of the bag's tag manifest."""

    bag: str
    tag_manifest: str
    by: str
    date: str
    says: str

    @property
    def payload(self) -> bytes:
        """The bytes that are signed, as canonical JSON."""
        return canonical({"schema": SCHEMA, **{name: getattr(self, name) for name in self._fields}}).encode()


class Signed(Frozen):
    """A signature of a bag that holds: what was stated, the id of the key (the SHA-256 of its public part), how."""

    statement: Statement
    key: str
    algorithm: str


def statement_on(bag: OpenedBag, by: str, date: datetime.date, says: str) -> Statement:
    """What somebody states on a bag."""
    return Statement(bag.name, hashlib.sha256(bag.files[TAG_MANIFEST]).hexdigest(), by, date.isoformat(), says)


def signature_over(statement: Statement, sign: Sign, public: PublicKey) -> bytes:
    """The envelope (DSSE) of a statement, as the bytes of its file. Raises BagError for a signature of another key."""
    signature = sign(pre_authentication(statement.payload))
    if not _holds(public, signature, pre_authentication(statement.payload)):
        raise BagError("what was signed does not fit the public key; the signature is another key's, or damaged")
    one = {"keyid": key_id(public), "algorithm": _algorithm(public), "sig": base64.b64encode(signature).decode()}
    held = base64.b64encode(statement.payload).decode()
    return (canonical({"payload": held, "payloadType": PAYLOAD_TYPE, "signatures": [one]}) + "\n").encode()


def pre_authentication(payload: bytes) -> bytes:
    """What a signature of DSSE is over: the type and the payload, each with its length."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def signatures_of(bag: OpenedBag, trusted: Iterable[PublicKey]) -> tuple[Signed, ...]:
    """The signatures of a bag, each by one of the keys that its reader trusts, and over this very bag.

    Raises BagError for one that is not.
    """
    keys = {key_id(each): each for each in trusted}
    return tuple(_signed(path, held, bag, keys) for path, held in sorted(bag.files.items()) if path.startswith(FOLDER))


def _signed(path: str, held: bytes, bag: OpenedBag, keys: dict[str, PublicKey]) -> Signed:
    try:
        envelope: Any = json_values(held)
        payload = base64.b64decode(envelope["payload"], validate=True)
        (one,) = envelope["signatures"]
        key, algorithm, signature = one["keyid"], one["algorithm"], base64.b64decode(one["sig"], validate=True)
        said = json_values(payload)
        statement = Statement(**{name: said[name] for name in Statement._fields})
        if envelope["payloadType"] != PAYLOAD_TYPE or statement.payload != payload or not isinstance(key, str):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):  # what is read may be too deep to be written
        raise BagError(f"`{path}` is no signature of a bag") from None
    public = keys.get(key)
    if public is None:
        shown = "".join(each for each in key[:64] if each.isalnum())
        raise BagError(f"`{path}` is by the key `{shown}`, which is none of those that `--signer-key` names")
    if _algorithm(public) != algorithm or not _holds(public, signature, pre_authentication(payload)):
        raise BagError(f"the signature `{path}` does not hold: it was not made by the key it names, or was changed")
    if statement.tag_manifest != hashlib.sha256(bag.files[TAG_MANIFEST]).hexdigest():
        raise BagError(f"the signature `{path}` is over another bag than this one")
    return Signed(statement, key, algorithm)


def _holds(public: PublicKey, signature: bytes, over: bytes) -> bool:
    try:
        if isinstance(public, Ed25519PublicKey):
            public.verify(signature, over)
        else:
            public.verify(signature, over, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


# ---- keys --------------------------------------------------------------------------------------------


def key_id(public: PublicKey) -> str:
    """The SHA-256 of a public key (its DER form), in hexadecimal."""
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def _algorithm(public: PublicKey) -> str:
    return ALGORITHMS[0] if isinstance(public, Ed25519PublicKey) else ALGORITHMS[1]


def _known(key: object, path: Path) -> PublicKey:
    if isinstance(key, Ed25519PublicKey):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise BagError(f"the key `{path}` is of another kind; bags are signed with {' or '.join(ALGORITHMS)}")


def _held(path: Path) -> bytes:
    try:
        note_read(path)
        with opened_regular(path) as file:
            return file.read(_MOST)
    except OSError as problem:
        raise BagError(f"the key `{path}` cannot be read: {(problem.strerror or '').lower()}") from None


def read_public(path: Path) -> PublicKey:
    """A public key in a PEM file. Raises BagError for a file that holds none."""
    held = _held(path)
    try:
        key = serialization.load_pem_public_key(held)
    except (ValueError, UnsupportedAlgorithm):
        raise BagError(f"`{path}` holds no public key (PEM)") from None
    return _known(key, path)


def read_private(path: Path) -> tuple[Sign, PublicKey]:
    """What signs with the private key in a PEM file, and its public key. Raises BagError for a file that holds none."""
    held = _held(path)
    try:
        key = serialization.load_pem_private_key(held, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BagError(f"`{path}` holds no private key (PEM) that opens without a password") from None
    public = _known(key.public_key(), path)
    if isinstance(key, Ed25519PrivateKey):
        return key.sign, public
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 - its public key is of this kind
    return lambda over: key.sign(over, ec.ECDSA(hashes.SHA256())), public


def signing_command(command: str) -> Sign:
    """What has a command of the user's sign, such as one that asks a card: bytes to its input, the signature back."""

    def sign(over: bytes) -> bytes:
        try:
            done = subprocess.run(shlex.split(command), input=over, capture_output=True, timeout=_PATIENCE, check=False)
        except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as problem:
            raise BagError(f"`{command}` did not sign: {type(problem).__name__}") from None
        if done.returncode or not done.stdout:
            raise BagError(f"`{command}` ended with code {done.returncode} and signed nothing")
        return done.stdout

    return sign


def made_key_pair(path: Path, algorithm: str) -> Path:
    """Make a key pair: the private key in a file that its owner alone may read, the public one beside it (`.pub`)."""
    key = Ed25519PrivateKey.generate() if algorithm == ALGORITHMS[0] else ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    beside = path.with_name(f"{path.name}.pub")
    try:
        made_together([(path, private), (beside, public)])
    except OSError as problem:
        raise BagError(
            f"the key `{problem.filename or path}` cannot be made: {(problem.strerror or '').lower()}"
        ) from None
    return beside
