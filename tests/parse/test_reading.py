"""Files as they come: every encoding people save in, and everything that is no policy file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.language.parsing import UnreadableFileError, parse, read_source
from sespms_rules.language.parsing import reading as reading_module

TEXT = 'system "Caf\u00e9"\n  purpose "10 \u2013 20 \u20ac"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_in_silence(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.sespms"
    path.write_bytes(TEXT.encode(encoding))
    source, findings = read_source(path, "policies/a.sespms")
    assert source.text == TEXT
    assert source.name == "policies/a.sespms"
    assert findings == ()


@pytest.mark.parametrize(("encoding", "said"), [("cp1252", "Windows-1252"), ("utf-16", "UTF-16")])
def test_another_encoding_is_read_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    path = tmp_path / "a.sespms"
    path.write_bytes(TEXT.encode(encoding))
    source, (finding,) = read_source(path, "a.sespms")
    assert source.text == TEXT
    assert (finding.code, finding.name, finding.severity) == ("SES007", "not-utf-8", Severity.NOTE)
    assert finding.message == f"`a.sespms` is not written in UTF-8; it was read as {said}"
    assert parse(source)[1] == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x7fELF\0\0\1", "`a.sespms` is not a text file: it holds bytes no text has"),
        (b"system \x81\x8d", "`a.sespms` is not a text file in UTF-8 or Windows-1252"),
        (b"\xff\xfe\x00", "`a.sespms` is not a text file"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.sespms"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError) as refused:
        read_source(path, "a.sespms")
    assert refused.value.message == message
    assert refused.value.help


def test_a_missing_file_is_offered_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "harbour.sespms").write_text("")
    with pytest.raises(UnreadableFileError) as refused:
        read_source(tmp_path / "harbor.sespms", "harbor.sespms")
    assert refused.value.message == "there is no file `harbor.sespms`"
    assert refused.value.help == f"did you mean `{tmp_path / 'harbour.sespms'}`?"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbor.sespms", "harbour.sespms"),
        ("ports.txt", "ports.sespms"),
        ("ports", "ports.sespms"),
        ("b.sespms", ""),
        ("lighthouse.sespms", ""),
    ],
)
def test_a_file_is_offered_for_its_name_and_not_for_its_ending(tmp_path: Path, typed: str, meant: str) -> None:
    """Any two policies end alike: of `lighthouse.sespms` another one was offered, which has hardly a letter of it."""
    for name in ("harbour.sespms", "ports.csv", "ports.sespms", "a.sespms"):
        (tmp_path / name).touch()
    with pytest.raises(UnreadableFileError) as refused:
        read_source(tmp_path / typed, typed)
    assert refused.value.help == (f"did you mean `{tmp_path / meant}`?" if meant else "check the path and the name")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_source(tmp_path / "no" / "a.sespms", "no/a.sespms")
    assert refused.value.help == f"there is no folder `{tmp_path / 'no'}` either; check the path"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="`x` is a folder, not a file"):
        read_source(tmp_path, "x")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="the superuser may read everything")
def test_a_forbidden_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sespms"
    path.write_text("levels\n")
    path.chmod(0)
    with pytest.raises(UnreadableFileError, match="you may not read `a`"):
        read_source(path, "a")


@pytest.mark.parametrize("problem", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_what_the_system_says_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: OSError
) -> None:
    def fail(_path: Path) -> os.stat_result:
        raise problem

    monkeypatch.setattr(Path, "stat", fail)
    with pytest.raises(UnreadableFileError) as refused:
        read_source(tmp_path / "a", "a")
    assert refused.value.message in ("you may not read `a`", "`a` cannot be read: input/output error")


def test_a_name_no_system_takes_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="`a` cannot be read"):
        read_source(Path("a\0b"), "a")


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "MOST_BYTES", 10)
    path = tmp_path / "a.sespms"
    path.write_text("levels # a long note\n")
    with pytest.raises(UnreadableFileError, match="is larger than"):
        read_source(path, "a")
