"""`sespms harmonize`: states named or read from records, and nothing of it in a verdict or an exit code."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from cli.running import BROKEN, OPM, ROOT, data, put, run

YEAR = ROOT / "examples" / "year_2026"
AS_OF = "2026-11-20"


def year(folder: Path, works_in: list[str], acts: list[dict[str, str]] | None = None) -> Path:
    """The year of the examples; its executives work in the places named, in turn, and some acts are added."""
    made = folder / "year"
    shutil.copytree(YEAR, made)
    with (made / "executives.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    rows = [[*rows[0], "works in"], *([*row, works_in[at % len(works_in)]] for at, row in enumerate(rows[1:]))]
    with (made / "executives.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with (made / "acts.csv").open(encoding="utf-8") as file:
        headings = next(csv.reader(file))
    with (made / "acts.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([each.get(name, "") for name in headings] for each in acts or [])
    return made


def test_a_state_is_shown_beside_federal_law_with_reasons_and_citations() -> None:
    found, code = data("harmonize", OPM, "--state", "CA", "--state", "Washington")
    assert (code, found["changes_verdicts"]) == (0, False)
    assert [each["state"] for each in found["states"]] == ["California", "Washington"]
    california = found["states"][0]
    assert california["advisory_for"] == ["career", "noncareer", "limited term", "limited emergency"]
    access, keeping, former = california["requirements"]
    assert (access["relation"], keeping["relation"], former["relation"]) == (
        "incomparable", "incomparable", "asked of a person",
    )  # fmt: skip
    assert {each["citation"] for each in keeping["federal"]} == {"5 CFR 430.313(c)", "5 CFR 293.404(b)(1)"}
    assert "`separation`" in keeping["why"]
    assert "`annual rating`" in keeping["why"]
    assert "beside what stands there" in keeping["policy"]["cure"]
    text = run("harmonize", OPM, "--state", "CA").stdout
    for each in (access, keeping, former):
        assert each["citation"] in text
        assert each["sentence"] in text
        assert each["remark"] in text
    assert "a state may not regulate the United States" in text


def test_the_cure_that_is_offered_keeps_every_federal_verdict(tmp_path: Path) -> None:
    found, _ = data("harmonize", OPM, "--state", "CA")
    text = Path(OPM).read_text(encoding="utf-8")
    for each in found["states"][0]["requirements"]:
        if each["policy"] and each["policy"]["cure"]:
            text = text.replace("\nrecords\n", f"\nrecords\n  {each['policy']['cure'].split('`')[1]}\n", 1)
    before, mended = data("check", OPM)[0], data("check", put(tmp_path, "p.sespms", text))[0]
    assert [(each["id"], each["verdict"]) for each in before["requirements"]] == [
        (each["id"], each["verdict"]) for each in mended["requirements"]
    ]
    after, _ = data("harmonize", tmp_path / "p.sespms", "--state", "CA")
    verdicts = [each["policy"]["verdict"] for each in after["states"][0]["requirements"]]
    assert verdicts == ["met", "met", "needs a person"]


def test_where_executives_work_is_read_from_records(tmp_path: Path) -> None:
    asked = {"number": "A-9001", "executive": "E-101", "act": "request", "day": "2026-03-01", "role": "executive"}
    folder = year(tmp_path, ["CA", "massachusetts", "Texas", "", "WA"], [asked])
    found, code = data("harmonize", OPM, folder, "--as-of", AS_OF)
    assert code == 0
    assert {each["state"]: each["executives"] for each in found["states"]} == {
        "California": 5, "Massachusetts": 5, "Washington": 5,
    }  # fmt: skip
    assert found["elsewhere"] == [{"works_in": "Texas", "executives": 5}, {"works_in": None, "executives": 5}]
    (held,) = next(each for each in found["states"] if each["state"] == "California")["on_records"]
    assert (held["held"], held["broken"], held["open"]) == (0, 1, 0)
    assert held["broken_by"] == [{"executive": "E-101", "since": "2026-04-01"}]
    text = run("harmonize", OPM, folder, "--as-of", AS_OF).stdout
    assert (
        "5 executives work in `Texas`, for which there is no overlay; where 5 executives work is not on record" in text
    )


def test_a_copy_in_time_holds_what_the_state_asks(tmp_path: Path) -> None:
    acts = [
        {"number": "A-9001", "executive": "E-101", "act": "request", "day": "2026-03-01", "role": "executive"},
        {
            "number": "A-9002",
            "executive": "E-101",
            "act": "receipt",
            "day": "2026-03-20",
            "role": "executive",
            "about": "request",
        },
    ]
    found, _ = data("harmonize", OPM, year(tmp_path, ["CA"], acts), "--as-of", AS_OF)
    (held,) = found["states"][0]["on_records"]
    assert held["broken"] == 0
    found, _ = data("harmonize", OPM, tmp_path / "year", "--state", "MA", "--as-of", AS_OF)
    assert found["states"][0]["executives"] == 0


@pytest.mark.parametrize("command", ["cycle", "consequences"])
def test_where_executives_work_changes_nothing_elsewhere(tmp_path: Path, command: str) -> None:
    plain, placed = tmp_path / "plain", tmp_path / "placed"
    plain.mkdir()
    placed.mkdir()
    nowhere, somewhere = year(plain, [""]), year(placed, ["CA"])
    one, other = (data(command, OPM, each, "--as-of", AS_OF) for each in (nowhere, somewhere))
    del one[0]["files"], other[0]["files"]
    strip = str(one[0]).replace(str(nowhere), ""), str(other[0]).replace(str(somewhere), "")
    assert (strip[0], one[1]) == (strip[1], other[1])


def test_what_cannot_be_asked_is_a_sentence_with_its_cure(tmp_path: Path) -> None:
    nothing = run("harmonize", OPM)
    assert nothing.exit_code == 2
    assert "name one with `--state`" in nothing.output
    unknown = run("harmonize", OPM, "--state", "Californa")
    assert unknown.exit_code == 2
    assert "did you mean `California`?" in unknown.output
    silent = run("harmonize", OPM, year(tmp_path, [""]), "--as-of", AS_OF)
    assert silent.exit_code == 2
    assert "column `works in`" in silent.output
    assert run("harmonize", put(tmp_path, "b.sespms", BROKEN), "--state", "CA").exit_code == 1


def test_a_day_before_an_overlay_is_told() -> None:
    text = run("harmonize", OPM, "--state", "WA", "--as-of", "2024-06-30").stdout
    assert "`Washington, personnel records` is not in force on that day, but from 2025-07-27" in text
