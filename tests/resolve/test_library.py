"""Where texts are looked for, and that a broken neighbour breaks nothing."""

from __future__ import annotations

from pathlib import Path

from resolve.resolving import document_of, only, told
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.resources import policy_names
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, FolderLibrary, find_editions
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
        assert finding.help.endswith("broken.sespms` holds it, but has errors of its own; cure them first")
        assert finding.fixes == ()
    assert only('system "A" based on "Broker"\n', library).help == "did you mean `Brokers`?"


def test_a_base_that_rests_on_nothing_is_told_with_what_it_lacks(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, middle='system "Middle" based on "Nowhere"\n')
    finding = only('system "A" based on "Middle"\n', FolderLibrary(folders=[folder], shipped=False))
    assert (finding.code, finding.span.text) == ("SES101", '"Middle"')
    assert finding.message == "`Middle` is based on `Nowhere`, and there is no such system to be read"
    assert finding.help.startswith("cure `Middle` first: put the file that holds it beside this one; it was looked for")


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
