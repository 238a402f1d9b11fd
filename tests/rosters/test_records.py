from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from rosters.programs import GOALS, SCALED, TWO
from sespms_rules.language.parsing.reading import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.rosters.files import Roster, read_roster


def read(tmp_path: Path, content: str | list[Any], program: Program = TWO) -> Roster:
    path = tmp_path / "roster.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_roster(path, program)


def said(roster: Roster) -> list[tuple[str, str, str]]:
    return [(each.code, each.message, each.help) for row in roster.rows for each in row.refusals]


TWO_ELEMENTS = '"Leading People": {"level": 4, "weight": "40"}, "Results Driven": {"level": 5, "weight": 60.0}'


def test_a_record_is_an_appraisal(tmp_path: Path) -> None:
    roster = read(
        tmp_path, f'[{{"id": "p-1", "appointment": "career", "unit": "Ports", "elements": {{{TWO_ELEMENTS}}}}}]'
    )
    (row,) = roster.rows
    elements = (Rated("Leading People", Fraction(4), Fraction(40)), Rated("Results Driven", Fraction(5), Fraction(60)))
    assert (row.number, row.appraisal) == (1, Appraisal("p-1", elements, "career", "Ports"))
    assert roster.findings == ()


def test_numbers_never_pass_through_binary_floats(tmp_path: Path) -> None:
    roster = read(tmp_path, '[{"id": "p", "elements": {"Results": {"rating": 90.80000000000000000000001}}}]', SCALED)
    assert roster.rows[0].appraisal == Appraisal("p", (Rated("Results", Fraction("90.80000000000000000000001")),))


def test_bare_numbers_null_and_missing_members(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        '[{"id": "p", "elements": {"Leading People": 4, "Results Driven": null}}, {"id": "q", "elements": {}}]',
    )
    first, second = (row.appraisal for row in roster.rows)
    assert first == Appraisal("p", (Rated("Leading People", Fraction(4)), Rated("Results Driven")))
    assert second == Appraisal("q", ())


def test_requirements_and_further_ratings(tmp_path: Path) -> None:
    goals = {"weight": "60", "requirements": {"Ports": {"level": 5, "weight": "100", "difficulty": "-0.5"}}}
    roster = read(
        tmp_path, [{"id": "p", "elements": {"Leading People": {"level": 3, "weight": 40}, "Goals": goals}}], GOALS
    )
    (row,) = roster.rows
    assert row.appraisal is not None
    ports = Rated("Ports", Fraction(5), Fraction(100), (("difficulty", Fraction(-1, 2)),))
    assert row.appraisal.elements[1] == Rated("Goals", None, Fraction(60), (), (ports,))


@pytest.mark.parametrize(
    ("element", "code", "message", "help"),
    [
        (
            '{"level": 1e1}',
            "SES636",
            "record 1, `elements / X / level`: `1e1` is not a number written in plain digits",
            "write `10`",
        ),
        (
            '{"level": NaN}',
            "SES636",
            "record 1, `elements / X / level`: `NaN` is neither a number nor the term of a level",
            "write the level as a number, such as `4`, or as its term",
        ),
        (
            '{"weight": "1,5"}',
            "SES636",
            "record 1, `elements / X / weight`: `1,5` is not a number written in plain digits",
            "write `1.5`",
        ),
        (
            '{"level": true}',
            "SES636",
            "record 1, `elements / X / level`: `true` is not a number",
            "write a number such as `4` or `12.5`",
        ),
        ('{"wieght": "10"}', "SES645", "record 1, `X`: the key `wieght` is not known here", "did you mean `weight`?"),
        (
            '{"critical": "no"}',
            "SES643",
            'record 1, `elements / X / critical`: `"no"` is not yes or no',
            "write `true` or `false`",
        ),
        (
            '{"level": 4, "level": 5}',
            "SES643",
            "record 1: the key `elements / X / level` is given twice",
            "keep one of them",
        ),
        ('{"level": 4, "rating": 4}', "SES643", "record 1, `X`: it has a `level` and a `rating`", "keep one of them"),
    ],
)
def test_a_fault_in_a_record_is_named_by_its_place_and_the_others_are_read(
    tmp_path: Path, element: str, code: str, message: str, help: str | None
) -> None:
    roster = read(tmp_path, f'[{{"id": "p", "elements": {{"X": {element}}}}}, {{"id": "q", "elements": {{}}}}]')
    assert [row.appraisal is None for row in roster.rows] == [True, False]
    ((found, says, cure),) = said(roster)
    assert (found, says) == (code, message)
    assert cure == help or (help is None and cure)


def test_records_that_are_none(tmp_path: Path) -> None:
    roster = read(tmp_path, [3, {"elements": {}}, {"id": "p"}, {"id": 7, "elements": []}, {"id": "7", "elements": {}}])
    assert [(each[0], each[1]) for each in said(roster)] == [
        ("SES634", "record 1: there is no id"),
        ("SES643", 'record 1: `"3"` is not a record'),
        ("SES634", "record 2: there is no id"),
        ("SES643", "record 3: the key `elements` is missing"),
        ("SES643", "record 4, `elements`: `[]` is not a set of elements"),
        ("SES635", "record 5: the id `7` stands in record 4 already"),
    ]


def test_an_unknown_key_of_the_records_is_named_once(tmp_path: Path) -> None:
    roster = read(tmp_path, [{"id": f"p{number}", "grade": "ES", "elements": {}} for number in range(3)])
    (finding,) = roster.findings
    assert (finding.code, finding.message) == ("SES642", "the key `grade` of record 1 and 2 more is not read")
    assert all(row.appraisal for row in roster.rows)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('[{"id": "p",]', "is not JSON: "),
        ('{"id": "p", "elements": {}}', "holds no list of records"),
        ("[" * 100_000, "is nested too deeply"),
    ],
)
def test_files_that_hold_no_records(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(UnreadableFileError) as fault:
        read(tmp_path, content)
    assert says in fault.value.message
    assert fault.value.help


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[{"id": "p\x01"}]', "invalid control character at line 1, column 11"),
        ('[{"id": "p\n"}]', "invalid control character at line 1, column 11"),
        ('[{"id": "p', "unterminated string starting at line 1, column 9"),
        ('[{"id" "p"}]', "expecting ':' delimiter at line 1, column 8"),
    ],
)
def test_where_a_text_is_not_json_is_said_once(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(path, TWO)
    assert fault.value.message == f"`{path}` is not JSON: {says}"
