"""Ids that look the same are one id, in every form of file, by every engine, and in two years. All are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import put, run
from nights import at_depth
from rosters.every_engine import in_every_way, program_of
from rosters.test_headings_below import ALSO_RATED, BARE, FORMS, TOP, rated, written
from sespms_rules.cli import rating_in_sql
from sespms_rules.foundation.letters import as_one_id
from sespms_rules.rosters.files import compared, read_roster

ALIKE = {
    "non-breaking hyphen": ("N-1", "N\u20111"),
    "hyphen": ("N-1", "N\u20101"),
    "en dash": ("N-1", "N\u20131"),
    "em dash": ("N-1", "N\u20141"),
    "minus": ("N-1", "N\u22121"),
    "wide hyphen": ("N-1", "N\uff0d1"),
    "small hyphen": ("N-1", "N\ufe631"),
    "soft hyphen": ("N-1", "N-\u00ad1"),
    "zero width space": ("N-1", "N-\u200b1"),
    "word joiner": ("N-1", "N\u2060-1"),
    "no-break space": ("N 1", "N\u00a01"),
    "thin space": ("N 1", "N\u20091"),
    "two blanks": ("N 1", "N  1"),
    "wide figures": ("N-1", "N-\uff11"),
    "wide letters": ("N-1", "\uff2e-1"),
    "Cyrillic": ("HA-1", "\u041d\u0410-1"),
    "Greek": ("NA-1", "\u039d\u0391-1"),
    "curled apostrophe": ("O'N-1", "O\u2019N-1"),
    "apostrophe of a text": ("00012", "'00012"),
    "curled apostrophe before": ("00012", "\u201800012"),
    "one guard in another": ("00012", '\'="00012"'),
    "one guard with blanks in another": ("00012", '\'=  " 00012 "'),
    "apostrophe before a formula": ("-N1", "'-N1"),
    "capitals": ("n-1", "N-1"),
    "capitals of accented letters": ("\u00e9-1", "\u00c9-1"),
    "wide capitals": ("\uff4e-1", "N-1"),
    "combining accent": ("\u00c9-1", "E\u0301-1"),
}
APART = [("N-1.", "N-1"), ("007x", "7x"), ("N-01", "N-1"), ("N_1", "N-1"), ("N1", "N-1"),
         ("N - 1", "N-1"),
         ("\u00c9-1", "E-1")]  # fmt: skip


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_the_second_of_two_ids_that_look_the_same_is_refused(tmp_path: Path, one: str, other: str, form: str) -> None:
    orders = ((one, other), (other, one))
    for first, second in at_depth(orders[FORMS.index(form) % 2 :][:1], orders):
        text = f"{TOP}{first},3,5\n{second},1,1\n".replace("N-1,4,5\n", "")
        found = rated(written(tmp_path, text, form), program_of(BARE))
        assert list(found.values()) == [3, 4, ["SES635"]]


@pytest.mark.parametrize(("one", "other"), APART)
def test_ids_that_do_not_look_the_same_are_two(tmp_path: Path, one: str, other: str) -> None:
    found = rated(put(tmp_path, "r.csv", f"{TOP.splitlines()[0]}\n{one},3,5\n{other},1,1\n"), program_of(BARE))
    assert list(found.values()) == [4, 1]


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_in_records_too(tmp_path: Path, one: str, other: str) -> None:
    elements = {"Leading People": {"level": 4}, "Results": {"level": 4}}
    roster = put(tmp_path, "r.json", json.dumps([{"id": each, "elements": elements} for each in (one, other)]))
    first, second = read_roster(roster, program_of(BARE)).rows
    assert first.appraisal is not None
    assert [each.code for each in second.refusals] == ["SES635"]


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_rows_of_a_long_table_are_of_one_executive(tmp_path: Path, one: str, other: str) -> None:
    text = f"id,element,level,difficulty\n{one},Leading People,4,0\n{other},Results,4,1\n"
    (_, rows), *_ = in_every_way(put(tmp_path, "r.csv", text), program_of(ALSO_RATED))
    assert [(row["id"], row["level"]) for row in rows] == [(one, 4)]


def test_that_an_id_is_written_in_two_ways_in_a_long_table_is_told(tmp_path: Path) -> None:
    rows = "n-1,Leading People,4,0\nN-1,Results,4,1\nM-2,Leading People,4,0\nM-2,Results,4,1\n"
    roster = read_roster(put(tmp_path, "r.csv", f"id,element,level,difficulty\n{rows}"), program_of(ALSO_RATED))
    (told,) = (each for each in roster.findings if each.code == "SES665")
    assert told.message == "the id `n-1` of row 2 is written `N-1` in row 3; the rows are read as of one executive"


@pytest.mark.parametrize(
    ("one", "other"), [ALIKE[each] for each in ("non-breaking hyphen", "Cyrillic", "wide figures")]
)
def test_an_executive_is_in_both_years(tmp_path: Path, one: str, other: str) -> None:
    policy = put(tmp_path, "p.sespms", BARE)
    head = TOP.splitlines()[0]
    now = put(tmp_path, "now.csv", f"{head}\n{one},5,5\n")
    then = put(tmp_path, "then.csv", f"{head}\n{other},1,1\n")
    said = run("impact", policy, now, "--against", then).output
    assert "1 executive is in both rosters: 1 rated higher" in said
    assert f"Invented Harbor Office: {one}\n" in run("explain", policy, now, "--id", other).output


def test_an_id_as_compared_is_compared_as_it_is() -> None:
    for pair in (*ALIKE.values(), *APART):
        for each in pair:
            assert compared(compared(each)) == compared(each)
    assert all(compared(one) == compared(other) for one, other in ALIKE.values())
    assert all(compared(one) != compared(other) for one, other in APART)


def test_quotation_marks_around_a_text_are_one_however_they_are_curled() -> None:
    assert as_one_id("=\u201c00012\u201d") == as_one_id('="00012"') == as_one_id('= "00012"') == "00012"
