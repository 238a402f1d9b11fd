"""What is saved is saved whole, over nobody's work, and is there whatever ends the server."""

from __future__ import annotations

import os
import random
import re
import shutil
import threading
import time
from pathlib import Path

import pytest

from nights import at_depth
from workbench_server import Served, serving_apart, words_of

NAME = "opm_basic.sespms"


def test_a_text_is_saved_with_the_line_ends_and_the_mark_of_its_file(served: Served) -> None:
    path = served.folder / NAME
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    text = before.decode("utf-8-sig").replace("\r\n", "\n")
    found = served.save(NAME, text.replace("\n", "\r\n") + "# one line more\r\n", served.digest(NAME))
    assert found.status == 200
    assert path.read_bytes() == before + b"# one line more\r\n"


def test_a_second_tab_does_not_undo_the_first(served: Served) -> None:
    digest = served.digest(NAME)
    first = served.save(NAME, "# the first tab\n", digest)
    assert first.status == 200
    second = served.save(NAME, "# the second tab\n", digest)
    assert second.status == 409
    assert "changed on disk by someone else" in words_of(second.text)
    assert "# the second tab" in second.text, "what was written is not lost"
    assert "-# the first tab" in second.text.replace("\n", ""), "and both are shown"
    assert (served.folder / NAME).read_text() == "# the first tab\n"
    again = served.save(NAME, "# the second tab\n", served.digest(NAME))
    assert again.status == 200


def test_a_file_that_was_deleted_is_not_made_anew_unasked(served: Served) -> None:
    digest = served.digest(NAME)
    (served.folder / NAME).unlink()
    found = served.save(NAME, "# mine\n", digest)
    assert found.status == 404
    assert "may have been moved or deleted" in words_of(found.text)
    assert "# mine" in found.text, "what was written is not lost"
    assert not (served.folder / NAME).exists()
    line = served.ask(f"/write?policy={NAME}", {"text": "# mine\n", "digest": digest, "do": "autosave"})
    assert "The file is gone" in line.text
    assert not (served.folder / NAME).exists()
    assert served.save(NAME, "# mine\n", "anew").status == 200, "and is written anew when it is asked for"
    assert (served.folder / NAME).read_text() == "# mine\n"


RIGHTS = "-dac_override,-dac_read_search"
"""The rights by which the owner of a system writes where nobody may."""


@pytest.mark.parametrize(("file", "around"), [(0o444, 0o755), (0o644, 0o555)], ids=["the file", "the folder"])
def test_what_may_only_be_read_stays_as_it_is(folder: Path, file: int, around: int) -> None:
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("NOBODY COULD BE KEPT FROM WRITING: `setpriv` is not there to take rights away")
    within = ["setpriv", f"--bounding-set={RIGHTS}", f"--inh-caps={RIGHTS}"] if os.geteuid() == 0 else []
    before = (folder / NAME).read_bytes()
    (folder / NAME).chmod(file)
    folder.chmod(around)
    try:
        with serving_apart(folder, within) as served:
            digest = served.digest(NAME)
            found = served.save(NAME, "# mine\n", digest)
            assert (found.status, "you may not write there" in words_of(found.text)) == (422, True)
            assert "# mine" in found.text, "what was written is not lost"
            assert str(folder) not in found.text
            line = served.ask(f"/write?policy={NAME}", {"text": "# mine\n", "digest": digest, "do": "autosave"})
            assert "you may not write there" in words_of(line.text)
            assert served.ask("/").status == 200
    finally:
        folder.chmod(0o755)
    assert (folder / NAME).read_bytes() == before
    assert [each.name for each in folder.iterdir()] == [NAME]


def test_a_text_that_cannot_be_written_stays_on_the_page(served: Served) -> None:
    """A folder stands in the place of the file."""
    digest = served.digest(NAME)
    before = (served.folder / NAME).read_bytes()
    name = served.folder / NAME
    name.rename(served.folder / "kept.sespms")
    name.mkdir()
    found = served.save(NAME, "# mine\n", digest)
    assert found.status == 404
    assert "# mine" in found.text
    assert str(served.folder) not in found.text
    assert (served.folder / "kept.sespms").read_bytes() == before


def test_a_text_of_five_megabytes_is_read_or_refused_in_a_sentence(served: Served) -> None:
    (served.folder / "long.sespms").write_text("# a note of an invented agency\n" * 170_000)
    found = served.ask("/write?policy=long.sespms")
    assert found.status in (200, 413, 422)
    assert "long.sespms" in found.text
    sent = served.save("long.sespms", "# mine\n" * 700_000, "x")
    assert sent.status == 413
    assert "Edit a text of that length in an editor" in words_of(sent.text)
    assert served.ask("/").status == 200


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x00\x01\x02", "is not a text file"),
        (b"a" * 20_000_001, "is larger than 20 megabytes"),
        (b"PK\x03\x04\x00rest", "is not a text file"),
    ],
)
def test_what_is_no_policy_is_a_plain_page(served: Served, content: bytes, says: str) -> None:
    (served.folder / "bad.sespms").write_bytes(content)
    found = served.ask("/write?policy=bad.sespms")
    assert found.status == 422
    assert says in words_of(found.text)
    assert str(served.folder) not in found.text
    assert served.ask("/").status == 200


@pytest.mark.parametrize("seed", range(at_depth(2, 6, 100)))
def test_what_was_acknowledged_is_there_after_a_kill(folder: Path, seed: int) -> None:
    """The server is killed at some moment while texts are saved one after another."""
    drawn = random.Random(seed)
    path = folder / NAME
    acknowledged: list[str] = [path.read_text()]
    sent: list[str] = []
    with serving_apart(folder) as served:
        stop = threading.Event()

        def write() -> None:
            digest = served.digest(NAME)
            number = 0
            while not stop.is_set():
                number += 1
                text = f"# text {number}\n" + "# filling\n" * drawn.randrange(1, 3_000)
                sent.append(text)
                answer = served.ask(f"/write?policy={NAME}", {"text": text, "digest": digest, "do": "autosave"})
                assert ">Saved" in f">{answer.text.strip()}", answer.text
                acknowledged.append(text)
                digest = answer.text.split('value="')[1].split('"')[0]

        def until_killed() -> None:
            try:
                write()
            except (OSError, ValueError):
                return  # nobody answers any more

        writing = threading.Thread(target=until_killed)
        writing.start()
        time.sleep(drawn.uniform(0.2, 0.8))
        served.kill()
        stop.set()
        writing.join(timeout=30)
    assert path.read_text() in {acknowledged[-1], *sent[-1:]}, "the last one acknowledged, or the one under way, whole"
    # A kill in the instant in which the file takes its place leaves one file more, as `docs/limits.md` says.
    instant = re.compile(rf"\.{re.escape(NAME)}\.[0-9a-f]{{16}}")
    left = [each.name for each in folder.iterdir() if not instant.fullmatch(each.name)]
    assert left == [NAME], "nothing else is left in the folder"
