"""`impact ROSTER --against EARLIER`: two rosters side by side, everyone of either in one place of one table."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cli.running import HEADINGS, SMALL, data, put, run

HEAD = HEADINGS.strip() + ",unit,Grade\n"
THEN = ("a-1,50,5,50,5,Ports,1", "a-2,50,4,50,4,Ports,2", "a-3,50,9,50,3,Rivers,2", "a-4,50,3,50,3,Rivers,2")
NOW = (
    "A-2,50,5,50,5,Ports,1",
    "a-2,50,5,50,5,PORTS,2",
    "a-3,50,3,50,3,Lakes,2",
    "a-1,50,5,50,5,Ports,1",
    ",50,5,50,5,,",
)


def asked(folder: Path, then: tuple[str, ...] = THEN, now: tuple[str, ...] = NOW) -> tuple[str | Path, ...]:
    policy = put(folder, "policy.sespms", SMALL)
    first = put(folder, "then.csv", HEAD + "".join(f"{row}\n" for row in then))
    second = put(folder, "now.csv", HEAD + "".join(f"{row}\n" for row in now))
    return "impact", policy, second, "--against", first


def cells(document: Any) -> dict[tuple[Any, Any], int]:
    return {(each["from"], each["to"]): each["count"] for each in document["both"]["matrix"] if each["count"]}


def test_those_in_both_are_found_by_id_and_move(tmp_path: Path) -> None:
    """A row without an id, and one whose id stood above it in other capitals, are nobody's second row."""
    document, code = data(*asked(tmp_path))
    assert code == 1
    assert cells(document) == {(5, 5): 1, (4, 5): 1, ("refused", 3): 1}
    assert document["both"]["directions"] == {"the same": 1, "higher": 1, "without a level then or now": 1}
    assert (document["only_then"]["count"], document["only_now"]["count"]) == (1, 2)
    text = run(*asked(tmp_path)).stdout
    assert "3 executives are in both rosters: 1 rated higher, 0 rated lower, 1 the same, 1 without a level" in text
    assert "Refused, then, and so without a level: 1 executive\n- SES609" in text
    assert "Refused, now, and so without a level: 2 executives\n- SES634 missing-id: 1 executive\n- SES635" in text


def test_an_id_that_stands_twice_is_paired_once(tmp_path: Path) -> None:
    document, _ = data(*asked(tmp_path, ("a-1,50,5,50,5,,", "a-1,50,4,50,4,,"), ("a-1,50,3,50,3,,", "a-1,50,5,50,5,,")))
    assert cells(document) == {(5, 3): 1}
    assert (document["only_then"]["count"], document["only_now"]["count"]) == (1, 1)


def test_refused_twice_is_not_the_same_level(tmp_path: Path) -> None:
    document, _ = data(*asked(tmp_path, ("a-1,50,9,50,5,,", "a-2,50,5,50,5,,"), ("a-1,50,9,50,5,,", "a-2,50,5,50,5,,")))
    assert document["both"]["directions"] == {"without a level then or now": 1, "the same": 1}


def test_groups_of_both_years_stand_side_by_side(tmp_path: Path) -> None:
    document, _ = data(*asked(tmp_path), "--by", "Grade")
    found = {
        by["column"]: {each["group"]: (each["then"]["executives"], each["now"]["executives"]) for each in by["groups"]}
        for by in document["by"]
    }
    assert found == {
        "unit": {"Lakes": (0, 1), "Ports": (2, 3), "Rivers": (2, 0), None: (0, 1)},
        "Grade": {"1": (1, 2), "2": (3, 2), None: (0, 1)},
    }
    text = run(*asked(tmp_path), "--by", "Grade").stdout
    assert [line.split() for line in text.splitlines() if line.startswith("  Rivers")] == [
        ["Rivers", *["2", ">", "0", "0", "0", "1", ">", "0", "0", "0", "1", ">", "0"]]
    ]


def test_details_name_who_moved_and_who_is_in_one_alone(tmp_path: Path) -> None:
    text = run(*asked(tmp_path), "--details").stdout
    assert "- 1 executive from level 4 to level 5\n  - row 2, `A-2`\n" in text
    assert "- 2 executives only now, refused\n  - row 3, `a-2`; row 6\n" in text
    assert "- 1 executive only then, at level 3\n  - row 5, `a-4`\n" in text
    assert "a-4" not in run(*asked(tmp_path)).stdout
    table = run(*asked(tmp_path), "--details", "--format", "csv").stdout.splitlines()
    assert "A-2,Ports,Ports,level 4,400,level 5,500" in table
    assert "a-2,,Ports,not in the roster,,refused," in table
    assert "a-4,Rivers,,level 3,300,not in the roster," in table


def test_two_texts_and_two_rosters_are_not_tried_at_once(tmp_path: Path) -> None:
    result = run(*asked(tmp_path), "--with", "Other")
    assert (result.exit_code, "choose one" in result.stderr) == (2, True)
    result = run(*asked(tmp_path), "--share", "--by", "Grade")
    assert (result.exit_code, "one table, of everyone" in result.stderr) == (2, True)
    result = run(*asked(tmp_path), "--inspector-general", "Port")
    assert (result.exit_code, "did you mean `Ports`?" in result.stderr) == (2, True)


def test_a_roster_with_errors_is_told_by_its_name(tmp_path: Path) -> None:
    first = put(tmp_path, "broken.csv", "id,Leading People level\na-1,5\n")
    policy, second = put(tmp_path, "policy.sespms", SMALL), put(tmp_path, "now.csv", HEAD + NOW[1] + "\n")
    result = run("impact", policy, second, "--against", first)
    assert result.exit_code == 1
    assert "no row of broken.csv was rated, because it has errors" in result.stdout


@pytest.mark.parametrize("form", ["html", "csv", "xlsx"])
def test_every_form_is_written(tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    assert run(*asked(tmp_path), "--output", out).exit_code == 1
    assert out.stat().st_size > 100
    if form == "csv":
        rows = [line.split(",") for line in out.read_text(encoding="utf-8").splitlines()[1:]]
        assert sum(int(row[-1]) for row in rows if row[0] == "all") == 6
        assert sum(int(row[-1]) for row in rows if row[0] == "Grade") == 0
        assert sum(int(row[-1]) for row in rows if row[0] == "unit") == 9
    if form == "html":
        page = out.read_text(encoding="utf-8")
        assert "Levels of those rated, then and now" in page
        assert "Those in both: from (down) to (across)" in page


def test_what_is_shared_is_one_table_whose_totals_are_both_distributions(tmp_path: Path) -> None:
    draw = random.Random(2)
    people: list[list[str]] = [[], []]
    levels: list[Counter[Any]] = [Counter(), Counter()]
    for number in range(300):
        level = draw.choice((5, 5, 4, 4, 4, 3))
        for year, rows in enumerate(people):
            moved = level if draw.random() < 0.8 else draw.choice((5, 4, 3))
            if draw.random() < 0.85:
                rows.append(f"e-{number},50,{moved},50,{moved},Ports,1")
                levels[year][f"level {moved}"] += 1
    then, now = (tuple(each) for each in people)
    document, code = data(*asked(tmp_path, then, now), "--share")
    assert code == 0
    assert document["places"][-1] == "not in the roster"
    shown = [each for row in document["matrix"] for each in row if each is not None]
    assert not [each for each in shown if 0 < each < 10]
    assert len([each for row in document["matrix"] for each in row if each is None]) != 1
    for totals, counted in ((document["then_totals"], levels[0]), (document["now_totals"], levels[1])):
        for place, total in zip(document["places"][:-1], totals, strict=False):
            assert total in (None, counted[place])
    assert "Ports" not in run(*asked(tmp_path, then, now), "--share").stdout
    assert "then.csv" not in {each["path"] for each in document["files"]}
