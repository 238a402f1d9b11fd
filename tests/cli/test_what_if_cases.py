"""What policy staff tried on the basic system, with rosters of invented executives, and what each command must say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from authoring.test_small_inputs import AVERAGE, BANDS, LEVELS, OUTSIDE
from cli.running import OPM, ROOT, SMALL, data, put, run

NAMES = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")
HEADINGS = "id,appointment,unit," + ",".join(f"{each} weight,{each} level" for each in NAMES) + "\n"
BAR = "Raise the bar for Outstanding"
CAP = "State the cap on high ratings"


def row(key: str, *levels: int | str, appointment: str = "career", unit: str = "Ports") -> str:
    """An executive whose five elements weigh 20 each; one level stands for all."""
    marks = levels * 5 if len(levels) == 1 else levels
    return f"{key},{appointment},{unit}," + ",".join(f"20,{each}" for each in marks) + "\n"


def roster(folder: Path, *rows: str) -> Path:
    return put(folder, "r.csv", HEADINGS + "".join(rows))


def said(*arguments: str | Path) -> str:
    """What a command prints, on one line."""
    return " ".join(run(*arguments).stdout.split())


def many(key: str, count: int, *levels: int) -> tuple[str, ...]:
    return tuple(row(f"{key}{number}", *levels) for number in range(count))


# ---- small counts ----------------------------------------------------------------------------------


@pytest.mark.case("small counts that can be found")
@pytest.mark.parametrize("few", [1, 4, 8, 9])
def test_few_who_move_are_not_found_from_the_totals(few: int, tmp_path: Path) -> None:
    """Nobody can rise by this amendment, so a total of those rated level 5 would give away who falls from it."""
    people = roster(tmp_path, *many("x", 20, 5), *many("y", few, 4, 5, 5, 5, 5), *many("z", 31, 4), *many("w", 40, 3))
    open_to_all, _ = data("impact", OPM, people, "--with", BAR)
    assert open_to_all["amendments"][0]["directions"]["lower"] == few
    shared = run("impact", OPM, people, "--with", BAR, "--share", "--format", "json")
    matrix = json.loads(shared.stdout)["matrix"]
    assert matrix[0][:2] == [None, None]
    table = [line.split() for line in run("impact", OPM, people, "--with", BAR, "--share").stdout.splitlines()]
    (totals,) = (each for each in table if each[:1] == ["all"] and len(each) == 7)
    assert totals[1:3] == ["*", "*"]
    assert totals[3:] == ["40", "0", "0", str(91 + few)]


# ---- amendments and options ------------------------------------------------------------------------

PROPOSAL = """amendment "My proposal"
  amends "Basic SES Appraisal System"
  because "Trial."

summary rating
  strike score 475 to 500 is level 5
  insert score {cut} to 500 is level 5
  strike score 400 to 474 is level 4
  insert score 400 to {below} is level 4
"""


def proposals(folder: Path) -> tuple[Path, Path]:
    """Two amendments of one name, whose cuts for level 5 are 482 and 490."""
    first, second = (PROPOSAL.format(cut=cut, below=cut - 1) for cut in (482, 490))
    return put(folder, "first.sespms", first), put(folder, "second.sespms", second)


@pytest.mark.case("amendments of one name")
def test_two_proposals_of_one_name_are_both_told(tmp_path: Path) -> None:
    first, second = proposals(tmp_path)
    people = roster(tmp_path, row("a", 5), row("b", 4, 5, 5, 5, 5), row("c", 5, 5, 5, 5, 4), row("d", 4))
    found, _ = data("impact", OPM, people, "--with", first, "--with", second)
    told = {each["amendment"]: each["directions"]["lower"] for each in found["amendments"]}
    assert told == {"My proposal (first.sespms)": 2, "My proposal (second.sespms)": 2}


@pytest.mark.case("options named twice")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("impact", OPM, "{roster}", "--with", BAR, "--with", CAP), 1, ("Raise the bar", "State the cap")),
        (("explain", OPM, "{roster}", "--id", "a", "--id", "b"), 2, ("`--id` holds one value and was given 2 times",)),
        (("compare", OPM, "--with", BAR, "--with", BAR), 2, ("is named twice",)),
        (
            ("sweep", OPM, "{roster}", "--vary", "cut of level 5 over 480, 490",
             "--until", "at most 1 executive at level 5", "--until", "at most 50 percent at level 4 or above"),
            1,
            ("goal: at most 1 executive at level 5; and at most 50 percent at level 4 or above",),
        ),
        (("rate", OPM, "{roster}", "--engine", "reference", "--engine", "sql"), 2, ("`--engine` holds one value",)),
    ],
)  # fmt: skip
def test_what_is_given_twice_counts_twice_or_is_refused(
    words: tuple[str, ...], code: int, told: tuple[str, ...], tmp_path: Path
) -> None:
    people = roster(tmp_path, row("a", 5), row("b", 4))
    result = run(*(each.replace("{roster}", str(people)) for each in words))
    assert (result.exit_code == 2) is (code == 2)
    printed = " ".join(result.output.split())
    assert all(each in printed for each in told), printed


# ---- steps -----------------------------------------------------------------------------------------

COLUMNS = ROOT / "policies" / "shapes" / "shape_11_column_totals.sespms"


@pytest.mark.case("steps of one rating")
@pytest.mark.parametrize(
    ("levels", "towards"), [((3, 5, 5, 5, 5), "Casework"), ((5, 3, 5, 5, 5), "Service"), ((5, 5, 5, 5, 3), "Training")]
)
def test_explain_and_impact_mean_the_same_by_a_step(levels: tuple[int, ...], towards: str, tmp_path: Path) -> None:
    """These elements are rated 5, 3 or 1: from 3 to 5 is one step, and nobody is two steps from anywhere near."""
    names = ("Casework", "Service", "Teamwork", "Records", "Training")
    head = ",".join(f"{each} level" for each in names)
    people = put(tmp_path, "r.csv", f"id,{head}\nA,{','.join(map(str, levels))}\n")
    explained = said("explain", COLUMNS, people, "--id", "A")
    assert "To raise the level takes a change of 1 rating by 1 step" in explained
    assert f"`{towards}` level 5 instead of 3 would make it level 5" in explained
    margins = said("impact", COLUMNS, people, "--details")
    assert "executives whom one step of one rating would take" in margins
    assert "level 4 could be higher: row 2, `A`" in margins
    assert "2 steps" not in explained


# ---- limits ----------------------------------------------------------------------------------------


@pytest.mark.case("uncertainty of a limit")
@pytest.mark.parametrize(
    ("tenth", "why"),
    [
        (row("j", "", 3, 3, 3, 3), "1 executive whose appraisal was refused has no level yet, and may turn this"),
        (row("j", 3, appointment=""), "how 1 executive is appointed is not said, and may turn this"),
    ],
)
def test_the_tenth_executive_leaves_the_cap_open_either_way(tenth: str, why: str, tmp_path: Path) -> None:
    """Three of nine are one too many, and of ten they are not."""
    people = roster(tmp_path, *many("a", 3, 4), *many("b", 6, 3), tenth)
    told = said("impact", OPM, people, "--with", CAP)
    assert "`at most 30% of career executives at level 4 or better`: undecided" in told
    assert why in told


@pytest.mark.case("uncertainty of a limit")
@pytest.mark.parametrize(("unit", "perhaps"), [("OIG Audits", True), ("Office of the IG", True), ("Signal", False)])
def test_a_unit_that_may_be_the_inspector_generals_is_told(unit: str, perhaps: bool, tmp_path: Path) -> None:
    people = roster(tmp_path, *many("a", 6, 4), row("i", 4, unit="Office of Inspector General"), row("j", 4, unit=unit))
    told = said("impact", OPM, people, "--with", CAP)
    assert "counted apart: `Office of Inspector General`" in told
    assert (f"perhaps of that office too, and counted with the agency: `{unit}`" in told) is perhaps


@pytest.mark.case("headlines that mislead")
def test_who_may_get_an_award_is_no_0_where_appointments_are_not_said(tmp_path: Path) -> None:
    people = roster(tmp_path, row("a", 5, appointment=""), row("b", 4), row("c", 1, appointment=""))
    told = said("impact", OPM, people)
    assert "may get a performance award by level and appointment; how 1 is appointed is not said 1 to 2" in told
    sure = said("impact", OPM, roster(tmp_path, row("a", 5), row("b", 4, appointment="noncareer")))
    assert "may get a performance award by level and appointment 1" in sure


AWARDS = (
    f'system "Invented agency"\n{OUTSIDE}  has exactly 1 critical element\n\ncritical element "Casework"\n\n{LEVELS}'
    f"summary rating\n{AVERAGE}{BANDS}\nawards and pay\n  performance award needs level 5 or better\n"
)
AWARDED = (("a", "career", 5), ("b", "", 5), ("c", "career", 4), ("d", "", 4))
FOR_CAREER = "  performance award is for career executives only\n"
WIDER = """amendment "Other awards"
  amends "Invented agency"
  because "Trial."

awards and pay
"""
LEVEL_4_TOO = "  strike performance award needs level 5 or better\n  insert performance award needs level 4 or better\n"


@pytest.mark.case("headlines that mislead")
@pytest.mark.parametrize(
    ("base", "change", "counts"),
    [
        # One of level 4 newly may get it, and so may one whose appointment is not said.
        (AWARDS + FOR_CAREER, LEVEL_4_TOO, "how 2 are appointed is not said 1 to 2 2 to 4 1 to 2 0"),
        (AWARDS, f"  insert {FOR_CAREER.strip()}\n", "how 1 is appointed is not said 2 1 to 2 0 0 to 1"),
        (AWARDS + FOR_CAREER, f"  strike {FOR_CAREER.strip()}\n", "how 1 is appointed is not said 1 to 2 2 0 to 1 0"),
    ],
)
def test_who_newly_may_get_an_award_is_a_range_too(base: str, change: str, counts: str, tmp_path: Path) -> None:
    rows = "".join(f"{key},{kind},{level}\n" for key, kind, level in AWARDED)
    people = put(tmp_path, "r.csv", "id,appointment,Casework level\n" + rows)
    amendment = put(tmp_path, "a.sespms", WIDER + change)
    told = said("impact", put(tmp_path, "p.sespms", base), people, "--with", amendment)
    assert f"may get a performance award by level and appointment; {counts}" in told


# ---- amended texts ---------------------------------------------------------------------------------

POINTS = """amendment "Better is worth more"
  amends "Invented agency"
  because "Trial."

levels
  strike level 4 "Better"  4 points  equivalent to exceeds fully successful
  insert level 4 "Better"  4.5 points  equivalent to exceeds fully successful
"""


@pytest.mark.case("amended texts with faults")
def test_points_that_fall_between_the_lines_are_compared_and_told_at_the_amendment(tmp_path: Path) -> None:
    """A weight of 67 at level 3 and one of 33 at the new 4.5 points are a score of 349.5."""
    policy, change = put(tmp_path, "small.sespms", SMALL), put(tmp_path, "points.sespms", POINTS)
    told = said("compare", policy, "--with", change)
    assert "It is compared all the same: an appraisal that gets no level under it is counted as refused." in told
    assert "269 of 2,475 possible appraisals get a higher level and none a lower one" in told
    assert "2 get a level under the old system alone" in told
    assert "this line of the amendment brings it" in told


SIXTH = """amendment "A sixth element"
  amends "Basic SES Appraisal System"
  because "Trial."
{head}
critical element "Stewardship"
  insert evaluates results
  insert requires "Spends public money as if it were scarce." measured by cost toward "Goal 4, good stewardship"
"""
COUNT = "  strike has exactly 5 critical elements\n  insert has exactly 6 critical elements\n"


@pytest.mark.case("amendments of elements")
def test_a_sixth_element_is_led_to_its_heading_and_then_rated(tmp_path: Path) -> None:
    bare = run("check", put(tmp_path, "bare.sespms", SIXTH.format(head=COUNT)))
    assert bare.exit_code == 1
    assert bare.output.count("write `system`, without a name, on a line of its own") == 2
    change = put(tmp_path, "sixth.sespms", SIXTH.format(head=f"\nsystem\n{COUNT}"))
    people = put(
        tmp_path,
        "six.csv",
        "id,"
        + ",".join(f"{each} weight,{each} level" for each in (*NAMES, "Stewardship"))
        + "\na,20,5,20,5,20,5,10,5,20,5,10,5\n",
    )
    rated, code = data("rate", OPM, people, "--with", change)
    assert (code, [each["level"] for each in rated["ratings"]]) == (0, [5])


# ---- sweeps ----------------------------------------------------------------------------------------


@pytest.mark.case("variants that check refuses")
@pytest.mark.parametrize("step", [5, 25])
def test_no_cut_above_the_end_of_its_line_is_proposed(step: int, tmp_path: Path) -> None:
    people = roster(tmp_path, *many("x", 20, 5), *many("y", 8, 4, 5, 5, 5, 5), *many("z", 31, 4), *many("w", 40, 3))
    vary = ("--vary", f"cut of level 4 from 400 to 490 by {step}", "--until", "at most 52 percent at level 4 or above")
    told = said("sweep", OPM, people, *vary)
    assert "the least change that meets it is cut of level 4: 401" in told
    assert "`score 400 to 474 is level 4` would be `score 401 to 474 is level 4`" in told
    assert "level 4: 31 now, 0 then" in told
    goal = json.loads(run("sweep", OPM, people, *vary, "--format", "json").stdout)["goal"]
    proposed = put(tmp_path, "found.sespms", goal["amendment"])
    assert run("compare", OPM, "--with", proposed).exit_code == 0


@pytest.mark.case("least changes")
@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("at least 97 percent at level 4 or above", "and none of them comes nearer to it than the policy is now"),
        ("at most 25 percent at level 5", "the least change that meets it is cut of level 5: 481"),
        ("at most 1 percent at level 5", "the nearest of those tried is cut of level 5: 490"),
    ],
)
def test_the_least_change_is_exact_or_says_of_what(goal: str, told: str, tmp_path: Path) -> None:
    people = roster(tmp_path, *many("x", 20, 5), *many("y", 8, 4, 5, 5, 5, 5), *many("z", 31, 4), *many("w", 40, 3))
    printed = said("sweep", OPM, people, "--vary", "cut of level 5 over 480, 490", "--until", goal)
    assert told in printed
    assert "475 28 31 40 0 0 - - now" in printed, "today's value is always among those tried"


# ---- whom a system is for --------------------------------------------------------------------------

LEAVING_OUT = SMALL.replace(
    "  has exactly 2 critical elements\n",
    '  covers career and noncareer executives\n  leaves out "Inspection" because "It has its own."\n'
    "  has exactly 2 critical elements\n",
)


@pytest.mark.case("left-out offices")
def test_a_left_out_office_is_in_no_row_no_cap_and_no_sweep(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", LEAVING_OUT + "\ndistribution\n  at most 50% of career executives at level 5\n")
    lines = [("a", "Ports", 5), ("b", "Ports", 3), ("c", "Inspection", 5), ("d", "inspection", 5)]
    head = "id,unit,appointment,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
    people = put(tmp_path, "r.csv", head + "".join(f"{k},{u},career,50,{n},50,{n}\n" for k, u, n in lines))
    rated, _ = data("rate", policy, people)
    assert [each["level"] for each in rated["ratings"]] == [5, 3, None, None]
    assert "kept; 1 of 2 career executives is at level 5" in said("impact", policy, people)
    swept = said("sweep", policy, people, "--vary", "cut of level 5 over 450, 460", "--until", "the cap is kept")
    assert "it is met now; nothing has to change" in swept
