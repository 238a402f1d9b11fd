"""An agency withdraws a submission by a notice, OPM an approval by a step; each is an entry with its letter."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.running import data, run
from review.bags import placed
from review.reviewers import bag, desk, name_of, states, text_of
from sespms_rules.records.keeping import bagged
from sespms_rules.register import opened_register, place_of, read_keys
from sespms_rules.review import WITHDRAWAL, case_of, entered, opened_bag

NAME = name_of(1)
WHY = ("--because", "We begin anew in spring.", "--by", "O-7", "--date", "2026-11-20")


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    assert run("register", "create", "desk.sqlite3", "--by", "R-1").exit_code == 0
    return "desk.sqlite3"


def _notice(of: Path, name: str = "notice.zip", code: int = 0, why: tuple[str, ...] = WHY) -> str:
    done = run("withdraw", of, *why, "--output", name)
    assert done.exit_code == code, done.output
    return done.output


def test_a_submission_is_withdrawn_by_its_agency_and_begun_anew(register: str, tmp_path: Path) -> None:
    first = bag(tmp_path, text_of(1), "first.zip")
    desk("receive", register, first, "--by", "R-1", "--as-of", "2026-11-18")
    desk("comment", register, NAME, "--words", "total 100", "--text", "Why 100?", "--by", "R-1")
    said = "withdraws the submission of `Invented agency 01`, by O-7, 2026-11-20: We begin anew in spring."
    assert said in _notice(first)
    told = desk("receive", register, "notice.zip", "--by", "R-1", "--as-of", "2026-11-22")
    assert said in told
    assert "entry 4: `Invented agency 01` is withdrawn by its agency" in told
    assert states(register, "--as-of", "2026-11-22")[NAME] == {
        "system": NAME,
        "state": "withdrawn by its agency",
        "move": "agency",
        "since": "2026-11-22",
        "by": "R-1",
        "pass": "1",
        "comments": "1",
        "approved until": "",
    }
    letter = desk("letter", register, NAME)
    assert letter.startswith("The agency withdrew its submission, and the review ends.\n")
    assert "Withdrawn: 2026-11-20, by O-7; nobody signed it\nReason: We begin anew in spring.\n" in letter
    assert "Why 100?" not in letter
    assert letter in told
    again = desk("receive", register, "notice.zip", "--by", "R-1", code=2)
    assert "is withdrawn by its agency since 2026-11-22, so no withdrawal by its agency can be entered" in again
    assert "so no approval can be" in desk("approve", register, NAME, "--until", "2099-01-01", "--by", "R-1", code=2)
    assert "pass 2 of" in desk("receive", register, first, "--by", "R-1")
    assert run("register", "verify", register).exit_code == 0


def test_a_notice_ends_no_pass_that_came_after_it(register: str, tmp_path: Path) -> None:
    first = bag(tmp_path, text_of(1), "first.zip")
    desk("receive", register, first, "--by", "R-1", "--as-of", "2026-11-18")
    _notice(first)
    desk("receive", register, "notice.zip", "--by", "R-1", "--as-of", "2026-11-22")
    desk("receive", register, first, "--by", "R-1", "--as-of", "2026-11-30")
    again = desk("receive", register, "notice.zip", "--by", "R-1", "--as-of", "2026-11-30", code=2)
    assert "was received on 2026-11-22 already, in entry 3" in again
    assert states(register, "--as-of", "2026-11-30")[NAME]["state"] == "received"
    _notice(first, "second.zip", why=("--because", "Not yet.", "--by", "O-7", "--date", "2026-11-30"))
    desk("receive", register, "second.zip", "--by", "R-1", "--as-of", "2026-12-01")
    assert states(register, "--as-of", "2026-12-01")[NAME]["state"] == "withdrawn by its agency"


def test_a_withdrawn_approval_ends_with_a_letter(register: str, tmp_path: Path) -> None:
    desk("receive", register, bag(tmp_path, text_of(1)), "--by", "R-1")
    desk("approve", register, NAME, "--until", "2099-09-30", "--by", "R-1", "--as-of", "2026-11-20")
    told = desk("withdraw", register, NAME, "--because", "It was not followed.", "--by", "R-2", "--as-of", "2026-12-01")
    letter = desk("letter", register, NAME)
    assert letter in told
    assert letter.startswith("The approval is withdrawn.\n")
    assert "Approved: 2026-11-20, until 2099-09-30\nReason: It was not followed.\n" in letter
    page = tmp_path / "letter.html"
    assert run("review", "letter", register, NAME, "--output", page).exit_code == 0
    assert "It was not followed." in page.read_text(encoding="utf-8")
    assert states(register)[NAME]["state"] == "withdrawn"


def test_a_withdrawal_of_a_register_that_is_older_had_no_letter(register: str, tmp_path: Path) -> None:
    """Withdrawals were entered with their reason alone, and an entry is never changed."""
    desk("receive", register, bag(tmp_path, text_of(1)), "--by", "R-1")
    desk("approve", register, NAME, "--until", "2099-09-30", "--by", "R-1", "--as-of", "2026-11-20")
    approval = desk("letter", register, NAME)
    with opened_register(place_of(register), read_keys(Path(f"{register}.key"))) as kept:
        old = {"text": "It was not followed."}
        entered(kept, case_of(kept, NAME), WITHDRAWAL, old, ("R-1", datetime.date(2026, 11, 21)))
    assert states(register)[NAME]["state"] == "withdrawn"
    assert desk("letter", register, NAME) == approval
    page = tmp_path / "letter.html"
    assert run("review", "letter", register, NAME, "--output", page).exit_code == 0


def test_a_notice_is_told_by_receive_and_holds_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _notice(bag(tmp_path, text_of(1)))
    done = run("receive", "notice.zip")
    assert done.exit_code == 0
    assert "nobody signed it\nit withdraws the submission of `Invented agency 01`, by O-7" in done.output
    done = run("verify", "notice.zip")
    assert (done.exit_code, "is a notice and holds no proofs" in done.output) == (2, True)
    told, _ = data("receive", "notice.zip")
    assert (told["schema"], told["notice"]["because"]) == ("sespms-notice/1", "We begin anew in spring.")
    before = Path("notice.zip").read_bytes()
    _notice(tmp_path / "pass.zip", "again.zip")
    assert Path("again.zip").read_bytes() == before


def test_a_signed_submission_is_withdrawn_by_the_same_key_alone(register: str, tmp_path: Path) -> None:
    for each in ("ours.pem", "other.pem"):
        assert run("seal", "--new-key", each).exit_code == 0
    first = bag(tmp_path, text_of(1))
    seal = ("--by", "O-7", "--output")
    assert run("seal", first, "--key", "ours.pem", *seal, "sealed.zip").exit_code == 0
    keys = ("--signer-key", "ours.pem.pub", "--signer-key", "other.pem.pub", "--by", "R-1")
    desk("receive", register, "sealed.zip", *keys)
    _notice(first)
    assert "by none of the same keys" in desk("receive", register, "notice.zip", *keys, code=2)
    assert run("seal", "notice.zip", "--key", "other.pem", *seal, "foreign.zip").exit_code == 0
    assert "by none of the same keys" in desk("receive", register, "foreign.zip", *keys, code=2)
    done = run("seal", "notice.zip", "--key", "ours.pem", *seal, "fit.zip")
    assert "We withdraw the submission of the system `Invented agency 01` that this notice names." in done.output
    assert "is withdrawn by its agency" in desk("receive", register, "fit.zip", *keys)
    assert "signed with the key " in desk("letter", register, NAME)


def test_a_notice_of_another_bag_withdraws_nothing(register: str, tmp_path: Path) -> None:
    desk("receive", register, bag(tmp_path, text_of(1)), "--by", "R-1")
    _notice(bag(tmp_path, text_of(1, "450 to 500", "440 to 500").replace("350 to 449", "350 to 439"), "other.zip"))
    assert "withdraws another bag" in desk("receive", register, "notice.zip", "--by", "R-1", code=2)
    _notice(bag(tmp_path, text_of(2), "second.zip"))
    assert "no system `Invented agency 02` was submitted" in desk(
        "receive", register, "notice.zip", "--by", "R-1", code=2
    )
    assert states(register)[NAME]["state"] == "received"


@pytest.mark.parametrize(
    ("why", "says"),
    [
        (("--because", "...", "--by", "O-7"), "the reason says nothing"),
        (("--because", "x" * 2_001, "--by", "O-7"), "the reason has 2,001 letters"),
        (("--because", "So it is."), "a notice is somebody's"),
        (("--because", "So it is.", "--by", "Jane Doe"), "write an opaque id"),
    ],
)
def test_what_is_no_reason_makes_no_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert says in _notice(bag(tmp_path, text_of(1)), code=2, why=why)
    assert not Path("notice.zip").exists()


def test_a_test_and_a_notice_cannot_be_withdrawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("system.sespms").write_text(text_of(1), encoding="utf-8")
    assert run("submit", "system.sespms", "--test", "--output", "test.zip").exit_code == 0
    assert "is a test, which nobody submits" in _notice(Path("test.zip"), code=2)
    _notice(bag(tmp_path, text_of(1)))
    assert "holds no submission" in _notice(Path("notice.zip"), "more.zip", code=2)


def _other(name: str, value: Any) -> Callable[[dict[str, Any]], object]:
    return lambda told: told.update({name: value})


@pytest.mark.attack("hostile bags")
@pytest.mark.parametrize(
    "change",
    [
        _other("schema", "sespms-withdrawal/2"),
        _other("more", "words"),
        _other("by", "Jane Doe"),
        _other("by", ""),
        _other("date", "soon"),
        _other("because", "a\nb"),
        _other("because", "x" * 3_000),
        _other("system", ["a"]),
        _other("submission", None),
        lambda told: told.pop("date"),
    ],
)
def test_a_notice_that_was_tampered_with_is_refused(
    register: str, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    desk("receive", register, bag(tmp_path, text_of(1)), "--by", "R-1")
    _notice(tmp_path / "pass.zip")
    opened = opened_bag((tmp_path / "notice.zip").read_bytes())
    payload = opened.payload
    told = json.loads(payload["withdrawal.json"])
    change(told)
    payload["withdrawal.json"] = json.dumps(told).encode()
    held = bagged(opened.name, payload, {"Bagging-Software": "another hand"})
    for command in (("receive",), ("review", "receive", register)):
        done = run(*command, placed(tmp_path, held, "changed.zip"), *(("--by", "R-1") if len(command) > 1 else ()))
        assert done.exit_code == 2, done.output
        assert "no notice of a withdrawal that this version reads" in done.output
    assert states(register)[NAME]["state"] == "received"
