"""Bags: the same bytes each time, read by the library of the format, and refused where they are hostile."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cli.running import SMALL, data, put, run
from review.bags import NAME, changed, forged, members, placed, rezipped, small_bag, with_member
from sespms_rules.records.keeping import bagged
from sespms_rules.review import BagError, opened_bag


def test_the_same_texts_make_the_same_bytes_and_are_received_the_same(tmp_path: Path) -> None:
    for folder in ("here", "elsewhere"):
        (tmp_path / folder).mkdir()
        policy = put(tmp_path / folder, "small.sespms", SMALL)
        done = run("submit", policy, "--test", "--output", tmp_path / f"{folder}.zip")
        assert done.exit_code == 0, done.output
    assert (tmp_path / "here.zip").read_bytes() == (tmp_path / "elsewhere.zip").read_bytes() == small_bag(is_test=True)
    told, code = data("receive", tmp_path / "here.zip")
    assert (code, told["same"], told["test"], told["differences"]) == (0, True, True, [])
    assert [each["must"] for each in told["asked"]] == ["fix"]
    assert "the same, byte for byte" in run("receive", tmp_path / "here.zip").output


def test_a_bag_is_a_bag_to_the_library_of_the_format(tmp_path: Path) -> None:
    with zipfile.ZipFile(placed(tmp_path, small_bag())) as packed:
        packed.extractall(tmp_path)
    command = [sys.executable, "-m", "bagit", "--validate", str(tmp_path / NAME)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / NAME / "data" / "submission" / "small.sespms").write_text("other", encoding="utf-8")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_nothing_is_submitted_while_something_is_left(tmp_path: Path) -> None:
    policy = put(tmp_path, "small.sespms", SMALL)
    done = run("submit", policy, "--output", tmp_path / "it.zip")
    assert done.exit_code == 1
    assert "no bag was written: 1 to fix" in done.output
    assert not (tmp_path / "it.zip").exists()


def test_a_text_with_its_base_is_submitted_whole(tmp_path: Path) -> None:
    put(tmp_path, "base.sespms", SMALL)
    variant = 'system "Invented branch" based on "Invented agency"\n  effective 2026-10-01\n'
    policy = put(tmp_path, "branch.sespms", variant)
    run("submit", policy, "--test", "--output", tmp_path / "it.zip")
    payload = opened_bag((tmp_path / "it.zip").read_bytes()).payload
    assert {each for each in payload if each.startswith("submission/")} == {
        "submission/base.sespms",
        "submission/branch.sespms",
    }
    assert data("receive", tmp_path / "it.zip")[0]["same"]


def _bomb() -> bytes:
    entry = zipfile.ZipInfo(f"{NAME}/data/bomb")
    entry.compress_type = zipfile.ZIP_DEFLATED
    return rezipped([*members(small_bag()), (entry, bytes(60_000_000))])


def _many() -> bytes:
    return rezipped([(zipfile.ZipInfo(f"{NAME}/data/{number}"), b"") for number in range(100_000)])


@pytest.mark.attack("hostile bags")
@pytest.mark.parametrize(
    ("held", "says"),
    [
        pytest.param(_bomb, "unpacks to more than 50,000,000 bytes", id="a bomb"),
        pytest.param(_many, "more than 500 files", id="100,000 files"),
        pytest.param(lambda: b"0" * 20_000_001, "at most 20,000,000 are read", id="too large"),
        pytest.param(lambda: b"PK", "no zip that can be read", id="no zip"),
        pytest.param(lambda: small_bag()[:-9], "no zip that can be read", id="cut"),
        pytest.param(lambda: with_member("/etc/x"), "leads out of it", id="absolute"),
        pytest.param(lambda: with_member(f"{NAME}/../x"), "leads out of it", id="upward"),
        pytest.param(lambda: with_member(f"{NAME}/data/c:x"), "leads out of it", id="a drive"),
        pytest.param(lambda: with_member(f"{NAME}/data/l", b"/etc/passwd", 0o120777), "is a link", id="link"),
        pytest.param(lambda: with_member(f"{NAME}/data/p", b"", 0o010644), "no plain file", id="pipe"),
        pytest.param(lambda: with_member(f"{NAME}/data/d/", b""), "no plain file", id="folder"),
        pytest.param(lambda: with_member(f"{NAME}/data/\u202ex"), "no plain name", id="a sign that turns text"),
        pytest.param(lambda: with_member(f"{NAME}/data/" + "x" * 300), "no plain name", id="long name"),
        pytest.param(lambda: with_member("other/x"), "all of its files lie in it", id="two folders"),
        pytest.param(lambda: with_member(f"{NAME}/BAGIT.txt"), "twice", id="twice"),
        pytest.param(lambda: with_member(f"{NAME}/data/run.sh"), "somebody added it", id="added"),
        pytest.param(lambda: with_member(f"{NAME}/run.sh"), "somebody added it", id="added beside"),
        pytest.param(
            lambda: changed("data/submission/small.sespms", lambda held: held.replace(b"450", b"440")),
            "is not what was packed",
            id="a byte",
        ),
        pytest.param(
            lambda: changed("manifest-sha256.txt", lambda held: held.replace(b"a", b"b", 1)),
            "is not what was packed",
            id="the manifest",
        ),
        pytest.param(
            lambda: changed("tagmanifest-sha256.txt", lambda held: b"\n".join(held.splitlines()[:1]) + b"\n"),
            "could be changed unseen",
            id="the tag manifest",
        ),
        pytest.param(lambda: changed("tagmanifest-sha256.txt", lambda held: b"x\n"), "no digest", id="no digests"),
    ],
)
def test_a_hostile_bag_is_refused_in_a_sentence(held: object, says: str, tmp_path: Path) -> None:
    assert callable(held)
    made = held()
    with pytest.raises(BagError) as refused:
        opened_bag(made)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "\u202e" not in str(refused.value)
    if len(made) < 1_000_000:
        done = run("receive", placed(tmp_path, made))
        assert done.exit_code == 2
        assert "Traceback" not in done.output


@pytest.mark.attack("hostile bags")
@pytest.mark.parametrize(
    ("path", "old", "new", "code", "says"),
    [
        ("submission/small.sespms", b"450", b"440", 1, "differs from line"),
        ("evidence/check.json", b'"error"', b'"note"', 1, "`data/evidence/check.json` differs from line"),
        ("report.html", b"<h1", b"<h2", 1, "`data/report.html` differs"),
        ("README.txt", b"A performance", b"OPM has approved this. A performance", 1, "`data/README.txt` differs"),
        ("submission.json", b'"standing": "', b'"standing": "Approved. ', 1, "`data/submission.json` differs"),
        ("submission.json", b'"small.sespms"', b"[[]]", 2, "holds no submission"),
        ("submission.json", b'"test": false', b'"test": 7', 2, "holds no submission"),
        ("submission/small.sespms", b"system", b"\xff", 2, "is no text in UTF-8"),
    ],
)
def test_a_forged_bag_is_found_by_running_it_again(
    tmp_path: Path, path: str, old: bytes, new: bytes, code: int, says: str
) -> None:
    def change(payload: dict[str, bytes]) -> None:
        assert old in payload[path]
        payload[path] = payload[path].replace(old, new, 1)

    done = run("receive", placed(tmp_path, forged(change)))
    assert done.exit_code == code, done.output
    assert says in done.output


def test_what_a_bag_says_of_itself_is_what_the_program_says(tmp_path: Path) -> None:
    opened = opened_bag(small_bag())
    lines = (line.partition(": ") for line in opened.files["bag-info.txt"].decode().splitlines())
    info = {label: text for label, _, text in lines if label != "Payload-Oxum"}
    assert bagged(opened.name, opened.payload, info) == small_bag()
    for more in ({"Approved-By": "OPM"}, {"External-Description": "a system that OPM has approved"}):
        told, code = data("receive", placed(tmp_path, bagged(opened.name, opened.payload, info | more)))
        (label,) = more
        assert code == 1
        assert told["differences"] == [
            f"`bag-info.txt` says `{label}: {more[label]}`, and the program writes no such line"
        ]


def test_an_old_edition_and_another_version_are_told(tmp_path: Path) -> None:
    def change(payload: dict[str, bytes]) -> None:
        name = next(each for each in payload if each.startswith("read-by/"))
        payload["read-by/policies/federal/old.sespms"] = payload.pop(name)
        for each in ("submission.json", "evidence/check.json"):
            payload[each] = payload[each].replace(b'"version": "0.1.0"', b'"version": "0.0.9"', 1)

    from cli.running import OPM
    from sespms_rules.review import Submission, submission_bag

    text = Path(OPM).read_bytes()
    held, _ = submission_bag(Submission("opm.sespms", {"opm.sespms": text}, None, True))
    told, code = data("receive", placed(tmp_path, forged(change, held)))
    assert code == 1
    said = " ".join(told["differences"])
    assert "it was made by sespms 0.0.9, and this is sespms" in said
    assert "there it was read by `policies/federal/old.sespms`, and here it is not" in said
    assert "and there it was not" in said
