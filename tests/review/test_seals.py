"""Seals: signatures over a bag, checked here and by a library that is not ours."""

from __future__ import annotations

import base64
import json
import stat
import sys
from pathlib import Path

import pytest
import rfc8785
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined]

from cli.running import data, run
from review.bags import NAME, changed, forged, placed, small_bag
from sespms_rules.review import ALGORITHMS, opened_bag

DAY = ("--by", "O-7", "--date", "2026-11-29")


def key_pair(folder: Path, algorithm: str = ALGORITHMS[0], name: str = "key.pem") -> tuple[Path, Path]:
    key = folder / name
    done = run("seal", "--new-key", key, "--algorithm", algorithm)
    assert done.exit_code == 0, done.output
    return key, folder / f"{name}.pub"


def sealed(folder: Path, key: Path, held: bytes | None = None) -> Path:
    done = run("seal", placed(folder, held or small_bag()), "--key", key, *DAY, "--output", folder / "sealed.zip")
    assert done.exit_code == 0, done.output
    assert "O-7 signs on 2026-11-29: We submit the system" in done.output
    return folder / "sealed.zip"


def envelope_in(bag: Path) -> dict[str, object]:
    files = opened_bag(bag.read_bytes()).files
    (path,) = [each for each in files if each.startswith("signatures/")]
    found: dict[str, object] = json.loads(files[path])
    return found


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_seal_holds_here_and_to_securesystemslib(tmp_path: Path, algorithm: str) -> None:
    key, public = key_pair(tmp_path, algorithm)
    bag = sealed(tmp_path, key)
    told, code = data("receive", bag, "--signer-key", public)
    assert code == 0
    assert [(each["by"], each["date"], each["algorithm"]) for each in told["signatures"]] == [
        ("O-7", "2026-11-29", algorithm)
    ]
    held = envelope_in(bag)
    envelope = Envelope.from_dict(dict(held))
    (signature,) = envelope.signatures.values()
    theirs = SSlibKey.from_crypto(load_pem_public_key(public.read_bytes()), signature.keyid)
    assert list(envelope.verify([theirs], 1)) == [signature.keyid]
    payload = base64.b64decode(str(held["payload"]))
    assert rfc8785.dumps(json.loads(payload)) == payload
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_seal_of_another_hand_is_refused(tmp_path: Path) -> None:
    key, public = key_pair(tmp_path)
    _, other = key_pair(tmp_path, name="other.pem")
    bag = sealed(tmp_path, key)
    for keys in ((), ("--signer-key", other)):
        done = run("receive", bag, *keys)
        assert done.exit_code == 2
        assert "which is none of those that `--signer-key` names" in done.output
    assert run("receive", bag, "--signer-key", other, "--signer-key", public).exit_code == 0


@pytest.mark.attack("hostile bags")
def test_a_seal_that_was_changed_or_belongs_to_another_bag_is_refused(tmp_path: Path) -> None:
    key, public = key_pair(tmp_path)
    bag = sealed(tmp_path, key)
    files = opened_bag(bag.read_bytes()).files
    (path,) = [each for each in files if each.startswith("signatures/")]

    def other_words(held: bytes) -> bytes:
        envelope = json.loads(held)
        said = base64.b64decode(envelope["payload"]).replace(b"We submit", b"We revoke")
        envelope["payload"] = base64.b64encode(said).decode()
        return json.dumps(envelope).encode()

    def refused(held: bytes, says: str) -> None:
        done = run("receive", placed(tmp_path, held, "hostile.zip"), "--signer-key", public)
        assert done.exit_code == 2
        assert says in done.output

    refused(changed(path, other_words, bag.read_bytes()), "does not hold")
    refused(changed(path, lambda held: held[:-40], bag.read_bytes()), "is no signature of a bag")
    refused(changed(path, lambda held: b"[" * 50_000, bag.read_bytes()), "is no signature of a bag")
    from sespms_rules.review import with_file

    other = forged(lambda payload: payload.update({"README.txt": b"another"}))
    refused(with_file(other, f"{NAME}/{path}", files[path]), "is over another bag than this one")


def test_a_test_is_not_signed_and_no_bag_twice_with_one_key(tmp_path: Path) -> None:
    key, _ = key_pair(tmp_path)
    trial = placed(tmp_path, small_bag(is_test=True))
    done = run("seal", trial, "--key", key, *DAY, "--output", tmp_path / "s.zip")
    assert (done.exit_code, "a test is not signed" in done.output) == (2, True)
    bag = sealed(tmp_path, key)
    done = run("seal", bag, "--key", key, *DAY, "--output", tmp_path / "s.zip")
    assert (done.exit_code, "signed with this key already" in done.output) == (2, True)
    done = run("seal", "--new-key", key)
    assert (done.exit_code, "cannot be made" in done.output) == (2, True)
    done = run("seal", bag, "--key", tmp_path / "sealed.zip", *DAY, "--output", tmp_path / "s.zip")
    assert (done.exit_code, "holds no private key" in done.output) == (2, True)
    assert not (tmp_path / "s.zip").exists()


def test_a_command_signs_and_is_held_to_its_public_key(tmp_path: Path) -> None:
    key, public = key_pair(tmp_path)
    _, other = key_pair(tmp_path, name="other.pem")
    script = tmp_path / "card.py"
    script.write_text(
        "import sys\nfrom cryptography.hazmat.primitives.serialization import load_pem_private_key\n"
        f"key = load_pem_private_key(open({str(key)!r}, 'rb').read(), None)\n"
        "sys.stdout.buffer.write(key.sign(sys.stdin.buffer.read()))\n",
        encoding="utf-8",
    )
    asked: list[str | Path] = ["seal", placed(tmp_path, small_bag()), "--signer", f"{sys.executable} {script}", *DAY]
    done = run(*asked, "--public", public, "--output", tmp_path / "s.zip")
    assert done.exit_code == 0, done.output
    assert run("receive", tmp_path / "s.zip", "--signer-key", public).exit_code == 0
    done = run(*asked, "--public", other, "--output", tmp_path / "t.zip")
    assert (done.exit_code, "does not fit the public key" in done.output) == (2, True)
    done = run(
        "seal", tmp_path / "bag.zip", "--signer", "false", "--public", public, *DAY, "--output", tmp_path / "t.zip"
    )
    assert (done.exit_code, "signed nothing" in done.output) == (2, True)
    assert not (tmp_path / "t.zip").exists()
