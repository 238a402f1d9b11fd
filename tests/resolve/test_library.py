"""Where texts are looked for, and that a broken neighbour breaks nothing."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from resolve.resolving import document_of, only, resolved, told
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.resources import policy_names
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, FolderLibrary, find_amendment, find_editions, find_system
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.language.syntax.words import PartKind

SYSTEM = 'system "{}"\nweights\n  total 100\n'


class Reader:
    """Parses, and remembers what it was asked to parse."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, source: Source) -> tuple[Document, tuple[Diagnostic, ...]]:
        self.asked.append(Path(source.name).name)
        return parse(source)


def folder_of(path: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (path / f"{name}.sespms").write_text(text, encoding="utf-8")
    return path


def test_only_files_that_hold_the_head_are_parsed_and_each_once(tmp_path: Path) -> None:
    reader = Reader()
    folder = folder_of(tmp_path, one=SYSTEM.format("One"), two=SYSTEM.format("Two") + 'baseline "Rules"\n')
    library = FolderLibrary(folders=[folder], shipped=False, parse=reader)
    assert library.names(PartKind.SYSTEM) == ("One", "Two")
    assert library.names(PartKind.BASELINE) == ("Rules",)
    assert reader.asked == []
    for _ in range(2):
        (document,) = library.documents(PartKind.SYSTEM, "Two")
        assert document.source.name == str(folder / "two.sespms")
    assert reader.asked == ["two.sespms"]
    assert library.documents(PartKind.SYSTEM, "Rules") == ()


def test_documents_given_come_first_then_folders_then_what_is_shipped(tmp_path: Path) -> None:
    given = document_of(SYSTEM.format("One"), "given.sespms")
    library = FolderLibrary([given], [folder_of(tmp_path, one=SYSTEM.format("One"))])
    found = library.documents(PartKind.SYSTEM, "One")
    assert [Path(document.source.name).name for document in found] == ["given.sespms", "one.sespms"]
    shipped = [name for name in library.names(PartKind.SYSTEM) if name != "One"]
    assert shipped
    assert all(library.documents(PartKind.SYSTEM, name)[0].source.name.startswith("policies/") for name in shipped[:2])
    assert policy_names()


def test_a_broken_neighbour_is_left_out(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, broken='system "Broken"\nweights\n  totally wrong\n', good=SYSTEM.format("Good"))
    (tmp_path / "bytes.sespms").write_bytes(b"\x00\x81\xff")
    (tmp_path / "folder.sespms").mkdir()
    library = FolderLibrary(folders=[folder, tmp_path / "missing"], shipped=False)
    assert told('system "A" based on "Good"\n', library) == []
    assert [Path(name).name for name in library.broken(PartKind.SYSTEM, "Broken")] == ["broken.sespms"]
    assert library.broken(PartKind.SYSTEM, "Good") == ()
    assert "bytes.sespms" in library.where()
    assert library.where().endswith("could not be opened as text")


def test_a_base_in_a_broken_file_is_not_looked_for_under_another_name(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, broken='system "Broken"\nweights\n  totally wrong\n', other=SYSTEM.format("Brokers"))
    library = FolderLibrary(folders=[folder], shipped=False)
    for text in ('system "A" based on "Broken"\n', 'amendment "A"\n  amends "Broken"\n'):
        finding = only(text, library)
        assert finding.span.text == '"Broken"'
        assert finding.help.endswith("broken.sespms` holds it, but has errors of its own; fix them first")
        assert finding.fixes == ()
    assert only('system "A" based on "Broker"\n', library).help == "did you mean `Brokers`?"


def test_a_base_that_rests_on_nothing_is_told_with_what_it_lacks(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, middle='system "Middle" based on "Nowhere"\n')
    finding = only('system "A" based on "Middle"\n', FolderLibrary(folders=[folder], shipped=False))
    assert (finding.code, finding.span.text) == ("SES101", '"Middle"')
    assert finding.message == "`Middle` is based on `Nowhere`, and there is no such system to be read"
    assert finding.help.startswith("fix `Middle` first: put the file that holds it beside this one; it was looked for")


@pytest.mark.attack("two texts of one name")
def test_a_base_of_one_name_in_two_files_is_never_chosen_between(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=SYSTEM.format("Base"), b=SYSTEM.format("Base").replace("100", "10"))
    library = FolderLibrary(folders=[folder], shipped=False)
    for text, words in (
        ('system "C" based on "Base"\n', '"Base"'),
        ('amendment "C"\n  amends "Base"\n', '"Base"'),
        ('system "B" based on "Base"\nsystem "C" based on "B"\n', '"B"'),
    ):
        found = [each for each in resolved(text, library)[1] if each.code == "SES140"]
        assert words in [each.span.text for each in found]
        assert f"`{folder / 'a.sespms'}` and `{folder / 'b.sespms'}`" in found[0].message
    # Naming one is choosing it, and a text of the file's own is nearer than any other.
    named = FolderLibrary([document_of(SYSTEM.format("Base"), "named.sespms")], [folder], shipped=False)
    assert told('system "C" based on "Base"\n', named) == []
    assert told(SYSTEM.format("Base") + 'system "C" based on "Base"\n', library) == []
    system, faults = find_system("Base", document_of('system "C"\n'), library)
    assert system is not None
    assert [each.code for each in faults] == ["SES140"]


@pytest.mark.attack("two texts of one name")
def test_a_broken_file_of_a_name_competes_and_a_copy_does_not(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=SYSTEM.format("Base"), b=SYSTEM.format("Base"))
    assert told('system "C" based on "Base"\n', FolderLibrary(folders=[folder], shipped=False)) == []
    folder_of(tmp_path, b=SYSTEM.format("Base") + "  totl 10\n")
    assert told('system "C" based on "Base"\n', FolderLibrary(folders=[folder], shipped=False)) == [
        ("name-in-several-files", '"Base"')
    ]


@pytest.mark.attack("two texts of one name")
def test_an_amendment_of_one_name_in_two_files_is_never_chosen_between(tmp_path: Path) -> None:
    text = 'amendment "Higher"\n  amends "S"\n  because "{}"\n'
    folder = folder_of(tmp_path, a=text.format("one"), b=text.format("two"))
    library = FolderLibrary(folders=[folder], shipped=False)
    system = 'system "S"\n\nscenario "Under it"\n  with amendment "Higher"\n'
    assert ("name-in-several-files", '"Higher"') in told(system, library)
    assert "SES140" in [each.code for each in find_amendment("Higher", document_of(system), library)[1]]


@pytest.mark.attack("two texts of one name")
def test_a_system_of_the_name_of_one_that_comes_with_the_program_is_not_taken_for_it(tmp_path: Path) -> None:
    name = FolderLibrary().names(PartKind.SYSTEM)[0]
    folder = folder_of(tmp_path, mine=SYSTEM.format(name))
    assert ("name-in-several-files", f'"{name}"') in told(
        f'system "C" based on "{name}"\n', FolderLibrary(folders=[folder])
    )


@pytest.mark.attack("pipes beside a policy")
def test_only_regular_files_of_a_folder_are_read(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, base=SYSTEM.format("Base"))
    os.mkfifo(folder / "pipe.sespms")  # to open it would wait for ever
    (folder / "endless.sespms").symlink_to("/dev/zero")
    (folder / "nowhere.sespms").symlink_to(folder / "gone")
    (folder / "linked.sespms").symlink_to(folder / "base.sespms")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "socket.sespms"))
        library = FolderLibrary(folders=[folder], shipped=False)
        assert told('system "C" based on "Base"\n', library) == []
    for name in ("pipe", "endless", "nowhere", "socket"):
        assert f"{name}.sespms` " in library.where().replace("`,", "` ")


def test_the_files_of_a_folder_are_read_up_to_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sespms_rules.language.resolution.library.MOST_BESIDE", 60)
    folder = folder_of(tmp_path, a=SYSTEM.format("A"), b=SYSTEM.format("B"), c=SYSTEM.format("C"))
    finding = only('system "S" based on "C"\n', FolderLibrary(folders=[folder], shipped=False))
    assert (finding.code, finding.span.text) == ("SES141", '"C"')
    assert "holds more than" in finding.message


def test_a_shipped_text_is_kept_in_memory_only_while_it_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a library of the same process read before is taken again, the very same document; a changed file is not."""
    monkeypatch.setattr("sespms_rules.language.resolution.library.data_files.policy_path", lambda name: tmp_path / name)
    monkeypatch.setattr("sespms_rules.language.resolution.library._shipped_names", lambda: ("kept_in_memory.sespms",))
    rules = 'baseline "Rules kept in memory"\n  in force from {}-10-26\n'

    def asked() -> tuple[Document, str]:
        (document,) = FolderLibrary().documents(PartKind.BASELINE, "Rules kept in memory")
        (edition,) = find_editions(None, Document(()), FolderLibrary())
        return document, edition.origin.span.source.text

    folder_of(tmp_path, kept_in_memory=rules.format(2015))
    first, said = asked()
    assert "2015" in said
    assert asked()[0] is first
    folder_of(tmp_path, kept_in_memory=rules.format(2025))
    changed, said = asked()
    assert (changed is not first, changed.source.text, said) == (True, rules.format(2025), rules.format(2025))
    (tmp_path / "kept_in_memory.sespms").write_text('baseline "Rules kept in memory\n', encoding="utf-8")
    assert FolderLibrary().documents(PartKind.BASELINE, "Rules kept in memory") == ()


def test_heads_inside_long_wording_are_no_heads(tmp_path: Path) -> None:
    text = 'system "One"\n  purpose """\nsystem "Inside"\n"""\n'
    library = FolderLibrary(folders=[folder_of(tmp_path, one=text)], shipped=False)
    assert library.documents(PartKind.SYSTEM, "Inside") == ()
    assert len(library.documents(PartKind.SYSTEM, "One")) == 1


def test_the_empty_library_holds_nothing() -> None:
    assert EMPTY_LIBRARY.documents(PartKind.SYSTEM, "A") == ()
    assert EMPTY_LIBRARY.names(PartKind.SYSTEM) == ()
    assert EMPTY_LIBRARY.broken(PartKind.SYSTEM, "A") == ()
    assert EMPTY_LIBRARY.where() == "only this file was looked at"


def test_all_editions_are_found() -> None:
    here = document_of('baseline "R"\n  in force from 2015-10-26\noverlay "O"\n')
    there = document_of('baseline "R"\n  in force from 2025-10-15\nbaseline "S"\n', "there.sespms")
    library = FolderLibrary([there], shipped=False)
    assert [edition.origin.span.source.name for edition in find_editions("R", here, library)] == [
        "policy.sespms",
        "there.sespms",
    ]
    assert [edition.name for edition in find_editions(None, here, library)] == ["R", "R", "S", "O"]
    assert find_editions("T", here, library) == ()
