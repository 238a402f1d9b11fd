"""The keys of a register: one that seals the keys of bodies, one that signs how far the register reaches.

They stand in a file of their own, which only its owner may read, and never in the database. Each sealed body has a key
of its own (AES-256-GCM), which stands in the database sealed in turn (AES key wrap, RFC 3394). When that key goes, the
body can be read by nobody, and the chain stays whole. Heads are signed with Ed25519; anyone can check them by the
public key in the register's first entry. In a register, only this module imports cryptography.
"""

from __future__ import annotations

import base64
import json
import os
import stat
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from sespms_rules.foundation.files_read import note_read, opened_regular
from sespms_rules.foundation.files_written import made_together
from sespms_rules.foundation.json_values import json_values
from sespms_rules.register.chain import Head
from sespms_rules.register.places import RegisterError

_SCHEMA: Final = "sespms-register-key/1"
_KEY, _NONCE = 32, 12
_OF_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_MOST = 10_000


class Keys:
    """The keys of one register, in memory. `public` is the base64 of the key that checks its heads."""

    def __init__(self, seal: bytes, sign: bytes) -> None:
        self._seal = seal
        self._sign = Ed25519PrivateKey.from_private_bytes(sign)
        self.public = _text(self._sign.public_key().public_bytes_raw())

    def sealed(self, body: str, envelope: bytes) -> tuple[str, bytes]:
        """A body encrypted for its entry, and the key of it, sealed: what the database keeps of both."""
        key, nonce = os.urandom(_KEY), os.urandom(_NONCE)
        return _text(nonce + AESGCM(key).encrypt(nonce, body.encode(), envelope)), aes_key_wrap(self._seal, key)

    def unsealed(self, body: str, wrapped: bytes, envelope: bytes) -> str:
        """The body again. Raises RegisterError where body, key or entry is not what it was."""
        try:
            key = aes_key_unwrap(self._seal, wrapped)
            held = base64.b64decode(body, validate=True)
            return AESGCM(key).decrypt(held[:_NONCE], held[_NONCE:], envelope).decode()
        except (InvalidUnwrap, InvalidTag, ValueError):
            raise RegisterError(
                "a sealed body does not open with this key file: the file is another register's, or the body is damaged"
            ) from None

    def head(self, register: str, number: int, digest: str) -> Head:
        """A signed head."""
        return Head(register, number, digest, _text(self._sign.sign(_signed(register, number, digest))))


def is_signed(head: Head, public: str) -> bool:
    """Whether a head was signed by the register with this public key."""
    try:
        signature = base64.b64decode(head.signature, validate=True)
        if _text(signature) != head.signature:  # other letters can stand for the same bytes
            return False
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(signature, _signed(head.register, head.number, head.digest))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _signed(register: str, number: int, digest: str) -> bytes:
    """What a signature of a head is over: canonical JSON, with its kind, so that it can stand for nothing else."""
    said = {"digest": digest, "kind": "sespms-register-head/1", "number": number, "register": register}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def new_keys() -> tuple[Keys, bytes]:
    """New keys, and what a file of them holds."""
    seal, sign = os.urandom(_KEY), os.urandom(_KEY)
    written = json.dumps({"schema": _SCHEMA, "seal": _text(seal), "sign": _text(sign)}, indent=2) + "\n"
    return Keys(seal, sign), written.encode("ascii")


def made_keys(path: Path) -> Keys:
    """New keys in a new file that its owner alone may read. Raises RegisterError where the file is there already."""
    keys, written = new_keys()
    try:
        made_together([(path, written)])
    except OSError as problem:
        raise not_made(path, problem) from None
    return keys


def not_made(path: Path, problem: OSError) -> RegisterError:
    """Why a key file was not made, in a sentence."""
    if isinstance(problem, FileExistsError):
        return RegisterError(
            f"the key file `{path}` is there already, and keys are never written over; name another with `--key`"
        )
    return RegisterError(f"the key file `{path}` cannot be made: {(problem.strerror or '').lower()}")


def read_keys(path: Path) -> Keys:
    """The keys in a file. Raises RegisterError for one that is not there, is no key file, or others may read."""
    try:
        note_read(path)
        with opened_regular(path) as file:
            open_to_others = os.name == "posix" and os.fstat(file.fileno()).st_mode & _OF_OTHERS
            held: Any = json_values(file.read(_MOST))
        if held["schema"] != _SCHEMA:
            raise ValueError
        seal, sign = (base64.b64decode(held[name], validate=True) for name in ("seal", "sign"))
        if not len(seal) == len(sign) == _KEY:
            raise ValueError
    except FileNotFoundError:
        raise RegisterError(
            f"there is no key file `{path}`; name it with `--key`, for without it nothing sealed can be read or entered"
        ) from None
    except OSError as problem:
        raise RegisterError(f"the key file `{path}` cannot be read: {(problem.strerror or '').lower()}") from None
    except (ValueError, KeyError, TypeError):
        raise RegisterError(f"`{path}` is no key file of a register") from None
    if open_to_others:
        raise RegisterError(f"the key file `{path}` may be read by others; take that from them: `chmod 600 {path}`")
    return Keys(seal, sign)


def _text(held: bytes) -> str:
    return base64.b64encode(held).decode()
