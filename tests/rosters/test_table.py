from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from rosters.programs import GOALS, OPEN, PLAIN, SCALED, TWO
from sespms_rules.language.parsing.reading import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.reports.findings.text import as_text
from sespms_rules.rosters.files import Roster, lines, open_roster, read_roster
from sespms_rules.rosters.files.block_reader import BlockReader, RosterBlock
from sespms_rules.rosters.files.lines import CellBlock

HEADINGS = "id,appointment,unit,Leading People weight,Leading People level,Results Driven weight,Results Driven level"


def read(tmp_path: Path, text: str | bytes, program: Program = TWO, name: str = "roster.csv") -> Roster:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roster(path, program)


def codes(roster: Roster) -> list[str]:
    return [refusal.code for row in roster.rows for refusal in row.refusals] + [each.code for each in roster.findings]


def two(people: tuple[int | None, int], results: tuple[int | None, int]) -> tuple[Rated, ...]:
    made = zip(("Leading People", "Results Driven"), (people, results), strict=True)
    return tuple(
        Rated(name, None if level is None else Fraction(level), Fraction(weight)) for name, (level, weight) in made
    )


def test_a_row_is_an_appraisal(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADINGS}\np-1,career,Ports,40,4,60,5\np-2,,,40,,60,not rated\n")
    assert roster.findings == ()
    assert [row.number for row in roster.rows] == [2, 3]
    assert roster.rows[0].appraisal == Appraisal("p-1", two((4, 40), (5, 60)), "career", "Ports")
    assert roster.rows[1].appraisal == Appraisal("p-2", two((None, 40), (None, 60)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_files_as_spreadsheets_save_them(tmp_path: Path, delimiter: str, line_end: str, mark: bytes) -> None:
    text = f"{HEADINGS}\np-1,career,Ports,40,4,60,5\n".replace(",", delimiter).replace("\n", line_end)
    roster = read(tmp_path, mark + text.encode())
    assert roster.rows[0].appraisal == Appraisal("p-1", two((4, 40), (5, 60)), "career", "Ports")
    assert roster.findings == ()


def test_the_delimiter_is_the_one_that_makes_known_headings(tmp_path: Path) -> None:
    text = f"{HEADINGS};note, with, many, commas, in, it, and, more\n".replace(",", ";", 6).replace(";note", ";note")
    roster = read(tmp_path, text + "p-1;;a,b,c;40;4;60;5;\n")
    assert roster.rows[0].appraisal == Appraisal("p-1", two((4, 40), (5, 60)), None, "a,b,c")
    assert codes(roster) == ["SES631"]


def test_capitals_and_blanks_in_headings_do_not_matter(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        "ID, leading  PEOPLE Level,Leading People weight ,results driven level,RESULTS DRIVEN WEIGHT\np,4,40,5,60\n",
    )
    assert roster.rows[0].appraisal == Appraisal("p", two((4, 40), (5, 60)))


def test_blank_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    roster = read(tmp_path, f"\n,,\n{HEADINGS}\n\n,,,,,,\np-1,,,40,4,60,5\n")
    assert [row.number for row in roster.rows] == [6]


def test_a_quoted_cell_over_two_lines_is_one_row(tmp_path: Path) -> None:
    roster = read(tmp_path, f'{HEADINGS}\np-1,,"Ports,\nSouth",40,4,60,5\np-1,,,40,4,60,5\n')
    assert roster.rows[0].appraisal is not None
    assert roster.rows[0].appraisal.unit == "Ports,\nSouth"
    assert roster.rows[1].number == 3


def test_a_bad_cell_is_named_by_row_column_and_value_and_the_other_rows_are_read(tmp_path: Path) -> None:
    roster = read(tmp_path, f'{HEADINGS}\np-1,,,"40,5",4,60,5\np-2,,,40,Outstandin,60,lvl 3\np-3,,,40,4,60,5\n')
    first, second, third = roster.rows
    (refusal,) = first.refusals
    assert (first.id, first.appraisal) == ("p-1", None)
    assert (refusal.code, refusal.name, refusal.about) == ("SES636", "not-a-number", "Leading People")
    assert refusal.message == "row 2, column `Leading People weight`: `40,5` is not a number written in plain digits"
    assert refusal.help == "write `40.5`"
    assert [each.message.rpartition(": ")[2] for each in second.refusals] == [
        "`Outstandin` is neither a number nor the term of a level",
        "`lvl 3` is neither a number nor the term of a level",
    ]
    assert third.appraisal is not None


def test_ids_are_there_and_differ(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADINGS}\np-1,,,40,4,60,5\n ,,,40,4,60,5\np-1,,,40,4,60,5\n")
    assert [[each.message for each in row.refusals] for row in roster.rows] == [
        [],
        ["row 3: there is no id"],
        ["row 4: the id `p-1` stands in row 2 already"],
    ]


@pytest.mark.parametrize(
    ("given", "read_as"),
    [
        ("Career", "career"),
        ("non-career", "noncareer"),
        ("LIMITED  term", "limited term"),
        ("", None),
        ("limited-emergency", "limited emergency"),
    ],
)
def test_appointments_are_read_however_they_are_spaced(tmp_path: Path, given: str, read_as: str | None) -> None:
    (row,) = read(tmp_path, f"{HEADINGS}\np-1,{given},,40,4,60,5\n").rows
    assert row.appraisal is not None
    assert row.appraisal.appointment == read_as


def test_an_appointment_there_is_not(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADINGS}\np-1,carreer,,40,4,60,5\np-2,SL,,40,4,60,5\n")
    assert [(each.code, each.help) for row in roster.rows for each in row.refusals] == [
        ("SES637", "did you mean `career`?"),
        ("SES637", "write `career`, `noncareer`, `limited term` or `limited emergency`, or leave it empty"),
    ]


def test_a_row_of_another_length_is_refused(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADINGS},\np-1,,,40,4\np-2,,,40,4,60,5,x\np-3,,,40,4,60,5,,,\np-4,,,40,4,60,5,,,9\n")
    assert [[each.message for each in row.refusals] for row in roster.rows] == [
        ["row 2: it has 5 cells and the row of headings 8"],
        ["row 3: `x` stands in column 8, which has no heading"],
        [],
        ["row 5: `9` stands in column 10, which has no heading"],
    ]


def test_an_unclosed_quotation_mark_swallows_no_rows_in_silence(tmp_path: Path) -> None:
    roster = read(tmp_path, f'{HEADINGS}\np-1,,,40,4,60,5\np-2,,"Ports,40,4,60,5\np-3,,,40,4,60,5\n')
    assert roster.rows[0].appraisal is not None
    assert [(row.number, row.id, row.appraisal is None) for row in roster.rows] == [
        (2, "p-1", False),
        (3, "p-2", True),
        (4, "p-3", False),
    ]
    assert codes(roster) == ["SES639"]
    assert "a quotation mark that opens a cell is never closed" in roster.rows[1].refusals[0].message


def test_an_unknown_column_is_named_and_the_rows_are_read(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADINGS},grade,apointment\np-1,,,40,4,60,5,ES,career\n")
    assert as_text(roster.findings).replace(str(tmp_path), "").splitlines()[:5] == [
        "/roster.csv:1:107: warning SES631 unknown-column",
        "  the column `grade` is not read",
        "  |",
        "1 | …" + (HEADINGS + ",grade,apointment")[66:],
        "  | " + " " * 41 + "^" * 5,
    ]
    assert roster.findings[1].help == "remove the column if it is not needed"
    assert roster.rows[0].appraisal is not None
    misspelled = read(tmp_path, f"{HEADINGS.replace('appointment', 'apointment')}\np-1,,,40,4,60,5\n")
    assert [each.help for each in misspelled.findings] == ["did you mean `appointment`?"]


def test_no_column_is_offered_that_has_its_heading_already(tmp_path: Path) -> None:
    """Whoever followed it would have two columns of one heading, and a roster that is not read."""
    for heading in ("Results Driven levels", "Results Driven level (FY25)"):
        (finding,) = read(tmp_path, f"{HEADINGS},{heading}\np-1,,,40,4,60,5,3\n").findings
        assert (finding.code, finding.help) == ("SES631", "remove the column if it is not needed")


def test_a_missing_column_stops_the_roster_and_names_the_misspelled_one(tmp_path: Path) -> None:
    roster = read(tmp_path, "id,Leading Poeple level,Leading People weight,Results Driven weight\np-1,4,40,60\n")
    assert roster.rows == ()
    assert [(each.code, each.message, each.help) for each in roster.findings] == [
        (
            "SES632",
            "the roster has no column `Results Driven level`",
            "add a column with the heading `Results Driven level`",
        ),
        (
            "SES632",
            "the roster has no column `Leading People level`",
            "if `Leading Poeple level` is meant to be it, give that column the heading `Leading People level`",
        ),
    ]
    assert roster.findings[1].span.text == "Leading Poeple level"


def test_no_id_column(tmp_path: Path) -> None:
    roster = read(tmp_path, HEADINGS.replace("id,", "number of weeks,", 1) + "\n")
    assert sorted(codes(roster)) == ["SES631", "SES632"]
    assert roster.rows == ()


@pytest.mark.parametrize("heading", ["name", "Employee Name", "Executive"])
def test_a_column_of_names_is_offered_as_the_id(tmp_path: Path, heading: str) -> None:
    roster = read(tmp_path, HEADINGS.replace("id,", f"{heading},", 1) + "\n")
    (finding,) = roster.findings
    assert finding.help == (
        f"if `{heading}` is meant to be it, give that column the heading `id`; "
        "a number in place of names keeps reports free of them"
    )


def test_a_column_of_numbers_is_offered_as_the_id_before_one_of_names(tmp_path: Path) -> None:
    roster = read(tmp_path, HEADINGS.replace("id,", "Employee Name,Employee ID,", 1) + "\n")
    told = [each.help for each in roster.findings if each.code == "SES632"]
    assert told == ["if `Employee ID` is meant to be it, give that column the heading `id`"]


@pytest.mark.parametrize(
    ("headings", "line"),
    [
        (
            "Employee Name,Leading People,Wt LP,Results Driven,Results_Driven_weight",
            "id,Leading People level,Leading People weight,Results Driven level,Results Driven weight",
        ),
        ("LP,LP weight,RD", "Leading People level,Leading People weight,Results Driven level,id,Results Driven weight"),
        (
            "Emp ID,Unit; code,LP,RD,LP %",
            'id,"Unit; code",Leading People level,Results Driven level,Leading People weight,Results Driven weight',
        ),
    ],
)
def test_of_many_missing_columns_one_finding_offers_the_line_of_headings(
    tmp_path: Path, headings: str, line: str
) -> None:
    roster = read(tmp_path, f"{headings}\n")
    missing = [each for each in roster.findings if each.code == "SES632"]
    assert len(missing) == 1
    assert missing[0].help.startswith(f"make the line of headings `{line}`")
    assert not [each for each in read(tmp_path, f"{line}\n").findings if each.code == "SES632"]


def test_a_column_given_twice(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADINGS},results driven LEVEL\np-1,,,40,4,60,5,5\n")
    assert codes(roster) == ["SES633"]
    assert roster.findings[0].span.text == "results driven LEVEL"
    assert roster.rows == ()


@pytest.mark.case("columns of another kind")
@pytest.mark.parametrize("heading", ["Prior rating", "Pay level", "Grade Level", "Teamwork weight"])
def test_a_column_more_is_named_where_all_that_are_needed_are_there(tmp_path: Path, heading: str) -> None:
    roster = read(tmp_path, f"{HEADINGS},{heading}\np-1,,,40,4,60,5,5\n")
    assert codes(roster) == ["SES631"]
    assert roster.rows[0].appraisal == Appraisal("p-1", two((4, 40), (5, 60)))


@pytest.mark.case("columns of another kind")
def test_a_level_column_of_no_element_is_an_error_where_another_is_missing(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADINGS.replace('Results Driven level', 'Teamwork level')}\np-1,,,40,4,60,5\n")
    assert sorted(codes(roster)) == ["SES632", "SES641"]
    assert roster.rows == ()


def test_weights_are_not_needed_where_the_policy_uses_none_and_still_read(tmp_path: Path) -> None:
    roster = read(tmp_path, "id,Leading People level,Results Driven level,Results Driven weight\np,4,5,60\n", PLAIN)
    (row,) = roster.rows
    assert row.appraisal is not None
    assert row.appraisal.elements[1].weight == 60  # the engine refuses it: SES616


@pytest.mark.parametrize("word", ["rating", "level"])
def test_a_rating_on_a_scale(tmp_path: Path, word: str) -> None:
    (row,) = read(tmp_path, f"id,Results {word}\np,91.5\n", SCALED).rows
    assert row.appraisal == Appraisal("p", (Rated("Results", Fraction("91.5")),))


def test_both_headings_for_one_scale_are_one_column_twice(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "id,Results rating,Results level\np,91,91\n", SCALED)) == ["SES633"]


@pytest.mark.case("elements of plans of their own")
def test_an_open_policy_takes_the_elements_a_roster_brings(tmp_path: Path) -> None:
    headings = "id,Leading People level,Leading People weight,Teamwork Weight,teamwork level,Teamwork critical"
    roster = read(tmp_path, f"{headings}\np,4,40,60,5,no\nq,4,100,,Not in Plan,\n", OPEN)
    assert codes(roster) == ["SES676"]
    first, second = (row.appraisal for row in roster.rows)
    people = Rated("Leading People", Fraction(4), Fraction(40), critical=False)
    assert first == Appraisal("p", (people, Rated("Teamwork", Fraction(5), Fraction(60), critical=False)))
    assert second is not None
    assert [each.name for each in second.elements] == ["Leading People"]


@pytest.mark.case("elements of plans of their own")
def test_cells_that_contradict_each_other(tmp_path: Path) -> None:
    headings = "id,Leading People level,Leading People weight,X level,X weight,X critical"
    roster = read(tmp_path, f"{headings}\np,4,40,not in plan,60,\nq,4,40,5,60,maybe\n", OPEN)
    assert codes(roster) == ["SES640", "SES644", "SES676"]
    assert roster.rows[0].refusals[0].message == (
        "row 2, columns of `X`: some say `not in plan` and others hold a value"
    )


GOAL_HEADINGS = (
    "id,Leading People level,Leading People weight,Goals weight,Goals / Ports level,Goals / Ports weight,"
    "Goals / Ports difficulty,Goals / Rail level,Goals / Rail weight,Goals / Rail difficulty"
)


def test_requirements_and_further_ratings(tmp_path: Path) -> None:
    out = "not in plan,not in plan,not in plan"
    roster = read(
        tmp_path,
        f"{GOAL_HEADINGS}\np,4,40,60,5,50,-1,3,50,0.5\nq,4,40,60,5,100,1,{out}\nr,4,100,not in plan,{out},{out}\n",
        GOALS,
    )
    assert codes(roster) == ["SES676"]
    first, second, third = (row.appraisal.elements for row in roster.rows if row.appraisal)
    assert first[1] == Rated(
        "Goals",
        None,
        Fraction(60),
        (),
        (
            Rated("Ports", Fraction(5), Fraction(50), (("difficulty", Fraction(-1)),)),
            Rated("Rail", Fraction(3), Fraction(50), (("difficulty", Fraction(1, 2)),)),
        ),
    )
    assert [each.name for each in second[1].requirements] == ["Ports"]
    assert [each.name for each in third] == ["Leading People"]


def test_a_level_for_an_element_that_is_worked_out(tmp_path: Path) -> None:
    roster = read(
        tmp_path, "id,Leading People level,Leading People weight,Goals weight,Goals level\np,4,40,60,5\n", GOALS
    )
    assert [(each.code, each.help) for each in roster.findings] == [
        ("SES641", "give the levels of its requirements, as in `Goals / <requirement> level`")
    ]


def test_an_older_encoding_is_read_and_said(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADINGS}\np-1,,Zürich,40,4,60,5\n".encode("cp1252"))
    assert roster.rows[0].appraisal is not None
    assert roster.rows[0].appraisal.unit == "Zürich"
    assert codes(roster) == ["SES007"]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "r.csv", "is empty"),
        (b"\xef\xbb\xbf \r\n", "r.csv", "is empty"),
        ("id,x".encode("utf-16"), "r.csv", "is in UTF-16"),
        (b"id\x00,", "r.csv", "is not text: it holds zero bytes"),
        (b"id,\x81\x8d", "r.csv", "is neither UTF-8 nor Windows-1252 text"),
        (
            b"PK\x03\x04rest",
            "r.csv",
            "is a zipped file that is no Excel workbook; rosters are read in CSV, Excel's .xlsx, JSON and Parquet",
        ),
        (
            b"anything",
            "r.xls",
            "is an older Excel workbook; rosters are read in CSV, Excel's .xlsx, JSON and Parquet",
        ),
        (b"anything", "r.parquet", "cannot be read as a Parquet file"),
    ],
)
def test_files_that_are_no_roster(tmp_path: Path, content: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableFileError) as fault:
        read(tmp_path, content, name=name)
    assert fault.value.message == f"`{tmp_path / name}` {says}"
    assert fault.value.help


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read_roster(tmp_path, TWO)
    with pytest.raises(UnreadableFileError, match="there is no file"):
        read_roster(tmp_path / "none.csv", TWO)


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first row comes when one block was read, whatever lies behind it."""
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADINGS + "\n")
        file.writelines(f"p-{number},career,Unit {number % 9},40,{number % 5 + 1},60,5\n" for number in range(100_000))
    blocks: list[int] = []
    read = BlockReader._block

    def counted(self: BlockReader, given: CellBlock) -> RosterBlock:
        blocks.append(len(given.rows))
        return read(self, given)

    monkeypatch.setattr(BlockReader, "_block", counted)
    monkeypatch.setattr(lines, "_CHUNK", 200_000)
    opened = open_roster(path, TWO)
    assert next(opened.rows).number == 2
    assert len(blocks) == 1
    assert opened.lines == 100_002
    assert sum(row.appraisal is not None for row in opened.rows) == 99_999
    assert len(blocks) > 10
