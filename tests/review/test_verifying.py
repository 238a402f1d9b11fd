"""`sespms verify`: the proofs of a bag, by a checker that is not ours and a solver that is not ours."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cli.running import SMALL, data, process, run
from review.bags import forged, placed
from sespms_rules.foundation.values import replace
from sespms_rules.law.law_texts import law_texts
from sespms_rules.review import Receipt, Submission, opened_bag, questions_asked, received, submission_bag
from sespms_rules.review.second_solver import second_answers

ONE_LEVEL = "evidence/certificates/01.json"
GUARANTEES = """
guarantees
  every appraisal gets exactly one level
  a better rating never lowers the result
  level 5 needs no critical element below level 5
"""


@cache
def guaranteed() -> bytes:
    """The bag of a small system that guarantees what it keeps, and one thing that it does not keep."""
    texts = {"small.sespms": (SMALL + GUARANTEES).encode()}
    return submission_bag(Submission("small.sespms", texts, None, is_test=False))[0]


def test_the_proofs_of_a_bag_stand_by_another_solver(tmp_path: Path) -> None:
    told, code = data("verify", placed(tmp_path, guaranteed()), "--with", "cvc5")
    assert (code, told["same"]) == (0, True)
    assert told["solver"].startswith("cvc5 1.")
    assert all(each["holds"] for each in told["proofs"])
    said = [each["said"].removeprefix("all ").lstrip("0123456789 ") for each in told["proofs"]]
    assert said[:2] == ["accepted, and its figures are those of `small.sespms`"] * 2
    assert set(said[2:]) == {"answers agree"}


def test_a_refuted_guarantee_is_refuted_by_another_solver_too() -> None:
    payload = opened_bag(guaranteed()).payload
    (refuted,) = (
        each
        for each in json.loads(payload["evidence/proofs.json"])["systems"][0]["guarantees"]
        if each["verdict"] == "refuted"
    )
    assert refuted["answers"][-1] == "sat"
    assert list(second_answers(payload[refuted["questions"]].decode())) == refuted["answers"]


def _receipt(change: Any) -> Receipt:
    """A receipt of the small bag with what the solver is said to have answered changed."""
    receipt = received(opened_bag(guaranteed()), law_texts())
    proofs = json.loads(receipt.evidence.files["evidence/proofs.json"])
    change(next(each for each in proofs["systems"][0]["guarantees"] if "questions" in each))
    files = {**receipt.evidence.files, "evidence/proofs.json": json.dumps(proofs).encode()}
    return replace(receipt, evidence=replace(receipt.evidence, files=files))


def test_answers_that_differ_speak_against_a_bag_and_open_ones_are_told() -> None:
    def turned(guarantee: Any) -> None:
        guarantee["answers"][-1] = "sat"

    def short(guarantee: Any) -> None:
        guarantee["answers"].pop()

    first = next(questions_asked(_receipt(turned)))
    assert first.against
    assert first.said == "the answers differ: question 2 has unsat here, and sat in the bag"
    first = next(questions_asked(_receipt(short)))
    assert first.against
    assert "1 questions, of which 2 are written down" in first.said


def test_what_another_solver_leaves_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sespms_rules.review.second_solver._WORK", 1)
    first = next(questions_asked(received(opened_bag(guaranteed()), law_texts())))
    assert first.said.startswith("unknown: it leaves question 1")
    assert not first.against


def _with_certificate(change: Any) -> bytes:
    def changed(payload: dict[str, bytes]) -> None:
        held = json.loads(payload[ONE_LEVEL])
        change(held)
        payload[ONE_LEVEL] = json.dumps(held).encode()

    return forged(changed, guaranteed())


def test_a_certificate_of_another_policy_is_refused(tmp_path: Path) -> None:
    def moved(held: Any) -> None:  # sound in itself: the cut and the piece were moved together
        held["figures"]["lines"][0]["band"][0] = held["argument"][0][-1][0] = "451"
        held["figures"]["lines"][1]["band"][2] = held["argument"][0][-2][2] = "450"

    done = run("verify", placed(tmp_path, _with_certificate(moved)))
    assert done.exit_code == 1
    assert "refused: its figures are not those of `small.sespms`" in done.output


def _without(payload: dict[str, bytes]) -> None:
    del payload[ONE_LEVEL]


def test_a_tampered_or_missing_certificate_is_refused(tmp_path: Path) -> None:
    done = run("verify", placed(tmp_path, _with_certificate(lambda held: held["argument"][0].pop(1))))
    assert done.exit_code == 1
    assert f"certificate `{ONE_LEVEL}`: refused: between" in done.output
    done = run(
        "verify", placed(tmp_path, forged(lambda payload: payload.update({ONE_LEVEL: b"[" * 9_000}), guaranteed()))
    )
    assert "refused: it is no certificate of this kind" in done.output
    done = run("verify", placed(tmp_path, forged(_without, guaranteed())))
    assert done.exit_code == 1
    assert "it is missing in the bag, and the policy has one" in done.output


def test_what_a_bag_says_in_smt_lib_is_never_run(tmp_path: Path) -> None:
    aim = tmp_path / "written"
    script = f'(set-option :regular-output-channel "{aim}")\n(set-logic ALL)\n(check-sat)\n'.encode()
    held = forged(lambda payload: payload.update({"evidence/questions/01.smt2": script}), guaranteed())
    done = run("verify", placed(tmp_path, held), "--with", "cvc5")
    assert done.exit_code == 1
    assert "`data/evidence/questions/01.smt2` differs" in done.output
    assert not aim.exists()


def test_questions_are_the_same_bytes_whatever_was_asked_before(tmp_path: Path) -> None:
    guaranteed()
    texts = {"small.sespms": (SMALL + GUARANTEES).encode()}
    again, _ = submission_bag(Submission("small.sespms", texts, None, is_test=False))
    assert again == guaranteed()
    fresh = process("receive", placed(tmp_path, again), "--format", "json")
    assert json.loads(fresh.stdout)["same"], fresh.stdout


def test_without_the_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cvc5", None)
    done = run("verify", placed(tmp_path, guaranteed()), "--with", "cvc5")
    assert done.exit_code == 2
    assert "pip install 'sespms-rules[cvc5]'" in done.output
