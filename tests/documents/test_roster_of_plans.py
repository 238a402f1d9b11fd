"""The empty roster has columns for requirements that only plans name, as it has for elements of theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cli.running import OPM, data, run
from sespms_rules.foundation.resources import policy_path

NESTED = policy_path("shapes/shape_10_nested.sespms")
NAMED = policy_path("shapes/shape_14_adjusted_before_averaging.sespms")
OF_PLANS = ("Mission Results / Port inspections", "mission results / Spill response", "Mission Results / Training")


def test_a_requirement_that_only_a_plan_names_has_its_columns_and_is_rated(tmp_path: Path) -> None:
    made = tmp_path / "roster.xlsx"
    asked = [word for name in OF_PLANS for word in ("--element", name)]
    done = run("form", NESTED, "--kind", "roster", *asked, "--output", made)
    assert done.exit_code == 0, done.output
    book: Any = openpyxl.load_workbook(made)
    sheet = book["Roster"]
    named = [name.replace("mission", "Mission").replace("results", "Results") for name in OF_PLANS]
    headings = [each.value for each in sheet[1]]
    assert headings[5:] == [f"{name} {word}" for name in named for word in ("weight", "level")]
    offered = {
        str(each.sqref)[0]: each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"
    }
    words = [[each.value for each in column if each.value] for column in book["Words"].iter_cols()]
    assert words["ABCD".index(offered["G"].split("$")[1])][1:] == ["5", "4", "3", "2", "1", "not in plan"]
    rows = [
        ("E-101", None, None, "5", "4", "50", "5", "50", "4", None, "not in plan"),
        ("E-102", None, None, "5", "5", "30", "5", "60", "5", "10", "1"),
        ("E-103", None, None, "5", "4", "100", "5", None, "not in plan", None, "not in plan"),
    ]
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place, value)
    book.save(made)
    rated, _ = data("rate", NESTED, made)
    assert [(each["level"], each["refused"]) for each in rated["ratings"]] == [(5, []), (1, []), (None, ["SES611"])]


@pytest.mark.parametrize(
    ("policy", "names", "why"),
    [
        (NESTED, ["Stewardship / X1"], "no plan can bring the element `Stewardship / X1`: the system leaves none"),
        (NESTED, ["Mission Results / A", "mission results / a"], "the requirement `a` of `Mission Results` already"),
        (NESTED, ["Mission Results /  A"], "`Mission Results /  A` is no name of a requirement; write it on one line"),
        (OPM, ["Leading People / A"], "no plan can bring the element `Leading People / A`"),
    ],
)
def test_a_requirement_that_no_plan_can_bring_has_no_column(
    tmp_path: Path, policy: Path, names: list[str], why: str
) -> None:
    asked = [word for name in names for word in ("--element", name)]
    done = run("form", policy, "--kind", "roster", *asked, "--output", tmp_path / "r.xlsx")
    assert done.exit_code == 2
    assert why in done.output
    assert not (tmp_path / "r.xlsx").exists()
