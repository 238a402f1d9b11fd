"""Headings that cannot be read as they stand are told once, with those that are expected; nobody is rated by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosters.every_engine import difference, program_of
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files import Roster, read_roster
from workbooks import workbook

POLICY = """
system "Invented Harbor Office"
  has exactly 3 critical elements
critical element "Leading People"
critical element "Results"
critical element "Stewardship"
levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 1 point
summary rating
  score is the average of points
  score at least 3 is level 5
  score below 3 is level 1
"""
OWN = POLICY.replace("has exactly 3 critical", "has 3 to 5 critical")
TWO = POLICY.replace("exactly 3", "exactly 2").replace('critical element "Stewardship"\n', "")
NAMES = ("Leading People", "Results", "Stewardship")
TOP = "id,Leading People level,Results level,Stewardship level"


@pytest.fixture(scope="module")
def program() -> Program:
    return program_of(POLICY)


def of_csv(folder: Path, text: str, program: Program) -> Roster:
    file = folder / "r.csv"
    file.write_text(text, encoding="utf-8")
    return read_roster(file, program)


def told(roster: Roster) -> tuple[str, str, str]:
    """Code, message and help of the one finding on a roster by which nobody is rated."""
    assert roster.rows == ()
    (one,) = roster.findings
    return one.code, one.message, one.help or ""


@pytest.mark.parametrize(
    ("first", "says", "helps"),
    [
        (
            "Person,Ldrshp,Rslts",
            "none of `Person`, `Ldrshp` and `Rslts` is a heading that a roster has here",
            f"the headings are `{TOP}`; `Rslts` comes nearest to `Results level`",
        ),
        ("Person", "`Person` is no heading that a roster has here", f"the headings are `{TOP}`"),
        (
            "a,5,4,4",
            "the first row holds figures and no heading of a roster, so that nobody can tell what stands in a column",
            f"put a row of headings above it: `{TOP}`",
        ),
    ],
)
def test_headings_of_which_none_is_known_are_told_once(
    first: str, says: str, helps: str, program: Program, tmp_path: Path
) -> None:
    assert told(of_csv(tmp_path, f"{first}\nN-1,5,4\n", program)) == ("SES632", says, helps)


def test_a_row_of_unknown_headings_among_executives_bars_the_rows_below_it(tmp_path: Path) -> None:
    program = program_of(TWO)
    text = "id,Leading People level,Results level\nN-1,4,5\nPerson,Rslts,Ldrshp\nN-2,1,5\n"
    roster = of_csv(tmp_path, text, program)
    assert [[each.code for each in row.refusals] for row in roster.rows] == [[], ["SES677"], ["SES678"]]
    (heading,) = roster.rows[1].refusals
    says = "it holds headings that are not those at the top: `Person` stands under `id`; the rows below it are not read"
    assert heading.message == f"row 3: {says}"
    assert heading.help.startswith("the headings at the top are `id,Leading People level,Results level`; ")
    assert difference(tmp_path / "r.csv", program) == ""


def test_an_executive_whose_ratings_are_words_is_no_row_of_headings(tmp_path: Path) -> None:
    text = "id,Leading People level,Results level\nSmith,pending,pending\nJones,pending,\nN-2,4,5\n"
    roster = of_csv(tmp_path, text, program_of(TWO))
    assert [bool(row.refusals) for row in roster.rows] == [True, True, False]
    assert {each.code for row in roster.rows for each in row.refusals} == {"SES636"}


TWO_ROWS = [
    (("id", "Leading People", "Results", "Stewardship"), ("", "level", "level", "level"), TOP),
    (("", "Leading People", "Results", "Stewardship"), ("id", "level", "level", "level"), TOP),
    (
        ("id", "Leading People", "", "Results", "", "Stewardship", ""),
        ("", "weight", "level", "weight", "level", "weight", "level"),
        ",".join(["id", *(f"{name} {word}" for name in NAMES for word in ("weight", "level"))]),
    ),
]


@pytest.mark.parametrize(("upper", "lower", "one"), TWO_ROWS)
def test_headings_in_two_rows_are_shown_as_one(
    upper: tuple[str, ...], lower: tuple[str, ...], one: str, program: Program, tmp_path: Path
) -> None:
    wanted = ("SES661", "the headings stand in two rows, and a roster has them in one")
    text = "\n".join(",".join(row) for row in (upper, lower, ("a", *"5" * (len(upper) - 1))))
    assert told(of_csv(tmp_path, text, program)) == (*wanted, f"write them in one row, each in full: `{one}`")
    rows = [[cell or None for cell in row] for row in (upper, lower, ("a", *"5" * (len(upper) - 1)))]
    book = workbook(tmp_path / "r.xlsx", *rows)
    assert told(read_roster(book, program)) == (*wanted, f"write them in one row, each in full: `{one}`")


def test_no_row_is_shown_where_names_may_stand_above_another_column(program: Program, tmp_path: Path) -> None:
    """Joined from the left, the weight of the second element would be one of the first."""
    upper, lower = ("id", "", "Leading People", "", "Results"), ("", "weight", "level", "weight", "level")
    text = "\n".join(",".join(row) for row in (upper, lower, ("a", "40", "4", "60", "5")))
    code, _, help = told(of_csv(tmp_path, text, program))
    assert (code, help) == ("SES661", "write them in one row, with the name of the element in each")


@pytest.mark.parametrize("down", [0, 1, 4])
def test_a_second_table_beside_the_first_stops_the_roster(down: int, program: Program, tmp_path: Path) -> None:
    headings: list[object] = [*TOP.split(",")]
    first: list[list[object]] = [headings, ["a", 5, 4, 4], ["b", 3, 3, 2], [None], [None], [None], [None]]
    second: list[list[object]] = [headings, ["c", 5, 4, 4]]
    for place, row in enumerate(second):
        first[down + place] = [*first[down + place], *[None] * (6 - len(first[down + place])), *row]
    code, message, help = told(read_roster(workbook(tmp_path / "r.xlsx", *first), program))
    assert code == "SES662"
    where = "at the second heading `id`" if down == 0 else f"in row {down + 1}, column G"
    assert message == f"a second table begins {where}, beside the first, and nobody in it would be rated"
    assert help.startswith("move its rows below")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "second",
    [
        "Employee,Leading People level,Results level",
        "Employee,Leading People,Results",
        "Employee ID,Leading People,Results",
        "Name,Level",
        "id,Level",
    ],
)
def test_a_second_table_of_other_headings_is_told_as_one(
    second: str, form: str, program: Program, tmp_path: Path
) -> None:
    text = f"{TOP},,{second}\na,5,4,4,,z{',1' * second.count(',')}\n"
    if form == "csv":
        code, message, _ = told(of_csv(tmp_path, text, program))
    else:
        rows = (row.split(",") for row in text.splitlines())
        code, message, _ = told(read_roster(workbook(tmp_path / "r.xlsx", *rows), program))
    assert code == "SES662"
    assert f"heading `{second.split(',')[0]}`, beside the first" in message


@pytest.mark.parametrize("top", [f"Unit,,{TOP}", f"{TOP},,Name", f"{TOP},Employee,Level", f",{TOP}"])
def test_a_gap_alone_makes_no_second_table(top: str, program: Program, tmp_path: Path) -> None:
    cells = ["a" if each == "id" else "4" if each.endswith(" level") else "" for each in top.split(",")]
    roster = of_csv(tmp_path, f"{top}\n{','.join(cells)}\n", program)
    assert "SES662" not in {each.code for each in roster.findings}
    assert [each.id for each in roster.rows if each.appraisal] == ["a"]


@pytest.mark.parametrize("name", ["Name", "Employee", "Executive"])
@pytest.mark.parametrize("more", ["", "unit,"])
def test_a_gap_before_the_name_makes_no_second_table(name: str, more: str, program: Program, tmp_path: Path) -> None:
    """Where no ratings stand before it there is no first table beside which it could be."""
    rest = TOP.removeprefix("id,")
    text = f"id,{more},{name},{rest}\na,{'North,' * bool(more)},Jane{',4' * rest.count(',')},4\n"
    roster = of_csv(tmp_path, text, program)
    assert "SES662" not in {each.code for each in roster.findings}
    assert [each.id for each in roster.rows if each.appraisal] == ["a"]


def test_a_second_table_further_down_is_told_by_whom_it_begins(program: Program, tmp_path: Path) -> None:
    gap: list[object] = [None] * 5
    rows: list[list[object]] = [[*TOP.split(",")], ["a", 5, 4, 4], [*gap, "Employee", "Results"], [*gap, "z", 1]]
    code, message, _ = told(read_roster(workbook(tmp_path / "r.xlsx", *rows), program))
    assert (code, "in row 3, column F" in message) == ("SES662", True)


@pytest.mark.case("notes beside a table")
def test_what_stands_beside_a_csv_table_is_not_sent_to_quotation_marks(program: Program, tmp_path: Path) -> None:
    roster = of_csv(tmp_path, f"{TOP}\na,5,4,4,,Employee\nb,5,4,4,Smith\n", program)
    beside, behind = (row.refusals[0].help for row in roster.rows)
    assert beside == "give the column a heading if it belongs to the roster; a table beside it needs a file of its own"
    assert behind.startswith(
        "put a value that holds the sign between columns (such as a comma) between quotation marks"
    )


@pytest.mark.case("notes beside a table")
def test_a_note_beside_the_table_is_no_second_table(program: Program, tmp_path: Path) -> None:
    book = workbook(tmp_path / "r.xlsx", TOP.split(","), ["a", 5, 4, 4, None, "Results level as of May"])
    roster = read_roster(book, program)
    assert [each.code for each in roster.findings] == ["SES652"]
    assert len(roster.rows) == 1


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("1,5,n/a", "SES650"),
        ("1,not rated,-", "SES650"),
        ("1,5,see file", "SES650"),
        ("1,see file,away", "SES631"),
        ("1,5,17", "SES631"),
        ("Unsatisfactory,Fully Successful,outstanding", "SES650"),
        ("Unsatisfactory,,", "SES650"),
        ("Exceeds,1,5", "SES650"),
        ("MS,BA,MS", "SES631"),
        ("Unsatisfactory,Good,Fine", "SES650"),
        ("Good,Fine,Great,UNSATISFACTORY", "SES650"),
        ("Good,Fully Successful,17", "SES650"),
        ("Unsatisfactory work in May,Good,Fine", "SES631"),
        ("Exceeds,Good,Fine", "SES631"),
        ("Level 4,EX-IV,EX-III", "SES631"),
    ],
)
@pytest.mark.case("headings without level")
def test_a_column_of_levels_with_other_words_among_them_is_not_dropped(cells: str, code: str, tmp_path: Path) -> None:
    rows = "\n".join(f"N-{place},5,5,5,{cell}" for place, cell in enumerate(cells.split(",")))
    roster = of_csv(tmp_path, f"{TOP},Audit\n{rows}\n", program_of(OWN))
    assert [each.code for each in roster.findings] == [code]
    assert bool(roster.rows) == (code == "SES631")


def test_a_term_among_other_words_is_named(tmp_path: Path) -> None:
    roster = of_csv(tmp_path, f"{TOP},Audit\nN-1,5,5,5,Good\nN-2,5,5,5,Unsatisfactory\n", program_of(OWN))
    code, message, help = told(roster)
    assert code == "SES650"
    assert message.startswith(
        "the column `Audit` holds the level `Unsatisfactory` among other words and is not read, though"
    )
    assert help == "if `Audit` is an element, give the column the heading `Audit level`; otherwise remove the column"


@pytest.mark.parametrize(
    "top", ["Employee ID,Name,Leading People,Results", "Name,Office,Leading People level 2026,Rating"]
)
@pytest.mark.parametrize("sign", [",", ";"])
def test_headings_below_a_title_are_found_by_what_they_most_probably_mean(top: str, sign: str, tmp_path: Path) -> None:
    rows = ["Invented Harbor Office,,,", "Executives,,,", ",,,", top, "N-1,Ada,4,5"]
    roster = of_csv(tmp_path, "\n".join(rows).replace(",", sign) + "\n", program_of(TWO))
    assert roster.rows == ()
    assert {each.code for each in roster.findings} >= {"SES646", "SES632"}
    for each in roster.findings:
        assert each.span is not None
        assert "Invented Harbor Office" not in each.message
        assert each.span.line == 4


def test_headings_below_a_title_are_found_so_in_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Invented Harbor Office"],
        ["as of 10/31"],
        ["Employee ID", "Leading People", "Results"],
        ["N-1", 4, 5],
    ]
    roster = read_roster(workbook(tmp_path / "r.xlsx", *rows), program_of(TWO))
    (missing,) = [each for each in roster.findings if each.code == "SES632"]
    assert "if `Employee ID`, `Leading People` and `Results` hold what the new headings say" in (missing.help or "")


@pytest.mark.case("headings without level")
@pytest.mark.parametrize("heading", ["LP", "Element 1", "1"])
def test_while_columns_are_missing_one_that_may_be_such_is_not_called_needless(tmp_path: Path, heading: str) -> None:
    """The help was to remove the column in which the ratings stood."""
    path = tmp_path / "r.csv"
    path.write_text(f"id,{heading},Unread Results of Old\nN-1,4,5\n", encoding="utf-8")
    told = [each for each in read_roster(path, program_of(TWO)).findings if each.code in ("SES631", "SES641")]
    assert told
    for each in told:
        assert "remove the column if it is not needed" not in (each.help or "")
        assert "give it the heading of that one" in (each.help or "") or "did you mean" in (each.help or "")


def test_one_column_is_spoken_of_as_one(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("id,Leading People,Q,R\nN-1,4,5,3\n", encoding="utf-8")
    (missing,) = [each for each in read_roster(path, program_of(POLICY)).findings if each.code == "SES632"]
    assert (missing.help or "").endswith("if `Leading People` holds what the new headings say")
