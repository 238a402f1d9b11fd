"""`sespms explain --records`: the chain of one annual rating, with corrections, reasons and the formula run again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdf
import pytest

from cli.running import OPM, ROSTER, run
from records.invented_years import ELEMENTS, InventedYear, Row, written

DAY = "2027-01-31"


def _year() -> InventedYear:
    """An element was misread and corrected, all were raised at the end, and the annual rating differs for a reason."""
    year = InventedYear("E-101")
    for number, row in enumerate(year.acts, 1):
        row["number"] = f"A-{number}"
    row = _of(year, "Leading Change")
    row["level"] = "3"
    correction = {"number": "A-50", "corrects": row["number"], "reason": "a line was misread", "level": "4"}
    year.add("initial rating", "2026-10-21", "rating official", about="Leading Change", **correction)
    year.add("plan revision", "2026-04-20", "rating official", reason="a new mission")
    year.add("written response", "2026-10-28", "executive", person="E-101")
    year.add("higher-level review", "2026-10-30", "higher-level official", person="O-3")
    for name in ELEMENTS:
        year.add(
            "annual rating", "2026-12-01", "appointing authority", about=name, level="5", reason="shown to the board"
        )
    year.add("annual rating", "2025-12-02", "appointing authority", level="3", **{"period end": "2025-09-30"})
    year.the("annual rating")["reason"] = "the board knew of a matter in dispute"
    return year


def _of(year: InventedYear, element: str) -> Row:
    return next(row for row in year.acts if row.get("about") == element)


def _explained(folder: Path, *options: str) -> Any:
    records = written(folder / "year", [_year(), InventedYear("E-102")])
    return run("explain", OPM, "--records", records, "--id", "e-101", "--as-of", DAY, *options)


def _data(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_explained(folder, "--format", "json").stdout)
    return document


def test_every_act_stands_in_order_dated_and_cited_and_what_was_corrected_stays(tmp_path: Path) -> None:
    document = _data(tmp_path)
    acts = document["acts"]
    assert [each["day"] for each in acts] == sorted(each["day"] for each in acts)
    kinds = list(dict.fromkeys(each["act"] for each in acts))
    steps = ["plan", "progress review", "plan revision", "guidelines", "initial rating", "written response"]
    steps += ["higher-level review", "board recommendation", "annual rating"]
    assert [each for each in kinds if each in steps] == steps
    assert all(each["row"] > 1 for each in acts)
    cited = {one["law"] for each in acts if each["act"] == "annual rating" for one in each["grounds"]}
    assert {"5 USC 4314(c)(3)", "5 CFR 430.309(e)(4)"} <= cited
    (element,) = [each for each in document["elements"] if each["part"] == "Leading Change"]
    told = [(one["act"], one["given"], one["counts"]) for one in element["ratings"]]
    assert told == [("initial rating", "3", False), ("initial rating", "4", True), ("annual rating", "5", True)]
    first, second, final = element["ratings"]
    assert (first["corrected_by"], second["corrects"], second["reason"]) == (
        "A-50",
        first["number"],
        "a line was misread",
    )
    assert (final["role"], final["reason"]) == ("appointing authority", "shown to the board")
    assert [(each["given"], each["day"]) for each in document["earlier"]] == [("3", "2025-12-02")]
    assert {each["executive"] for each in document["findings"]} <= {"E-101", None}


def test_the_formula_is_run_again_and_a_difference_told_with_its_reason(tmp_path: Path) -> None:
    initial, final = _data(tmp_path)["formula"]
    assert (initial["on_record"], initial["derived"], initial["differs"]) == (4, 4, False)
    assert (final["on_record"], final["derived"], final["differs"]) == (4, 5, True)
    assert final["explanation"]["score"] == "500"
    text = _explained(tmp_path).stdout
    reason = "which differs, and the reason on record is: the board knew of a matter in dispute"
    assert f"the formula gives level 5; the annual rating on record is level 4, {reason}" in text
    assert "does not count: it is corrected by `A-50` of 2026-10-21" in text
    assert "(acts.csv, row " in text


def test_as_of_a_day_nothing_later_is_told(tmp_path: Path) -> None:
    records = written(tmp_path, [_year()])
    done = run("explain", OPM, "--records", records, "--id", "E-101", "--as-of", "2026-10-20", "--format", "json")
    document = json.loads(done.stdout)
    assert {each["day"] for each in document["acts"]} <= {each for each in _days() if each <= "2026-10-20"}
    assert document["formula"][1]["on_record"] is None
    assert any(each["by"] == "appointing authority" for each in document["open"])
    (first,) = [each for each in document["acts"] if each["part"] == "Leading Change"]
    assert (first["counts"], first["why_not"]) == (True, None)  # what corrects it is of a later day


def _days() -> set[str]:
    return {row["day"] for row in _year().acts} | {"2026-10-05"}


def test_as_a_letter_it_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    assert _explained(tmp_path, "--output", str(file)).exit_code == 0
    said = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(file).pages).split())
    page = _explained(tmp_path, "--format", "html").stdout
    for told in (said, page):
        assert "a matter in dispute" in told
        assert "What this letter rests on" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--records", "YEAR"), "or `--records FOLDER` and `--id ID`"),
        (("--records", "YEAR", "--id", "E-109"), "there is no executive `E-109` on record; did you mean `E-101`?"),
        (("--records", "YEAR", "--id", "E-101", "--with", "x"), "leave out `--with` or `--records`"),
        (("YEAR", "--id", "E-101"), "is a folder and no roster; name records with `--records"),
        ((ROSTER, "--id", "invented-07", "--by", "O-7"), "`--by` belongs to records in a register"),
    ],
)
def test_what_cannot_be_explained_is_told(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    records = str(written(tmp_path / "year", [InventedYear("E-101")]))
    done = run("explain", OPM, *(records if each == "YEAR" else each for each in arguments))
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.split())


def test_who_is_not_judged_is_known_however_the_id_is_spelled(tmp_path: Path) -> None:
    leaving = InventedYear("E-101")
    leaving.executive |= {"entered": "2026-02-01", "left": "2026-01-01"}
    records = str(written(tmp_path / "year", [leaving, InventedYear("E-102")]))
    done = run("explain", OPM, "--records", records, "--id", " e\u2011101")
    assert done.exit_code == 2
    assert "`E-101` is not judged for want of" in " ".join(done.stderr.split())


def test_a_row_at_fault_is_told_of_its_executive_however_the_id_is_spelled(tmp_path: Path) -> None:
    year = InventedYear("E-101")
    year.add("progress review", "2026-02-30", "rating official")
    year.acts[-1]["executive"] = "e\u2011101"
    records = str(written(tmp_path / "year", [year]))
    done = run("explain", OPM, "--records", records, "--id", "E-101", "--as-of", DAY, "--format", "json")
    assert any("2026-02-30" in each["message"] for each in json.loads(done.stdout)["findings"])
