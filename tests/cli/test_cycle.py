"""`sespms cycle`: what it promises as data, its exit codes, calendars, and that both evaluators have to agree."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import icalendar
import pytest

from cli.running import OPM, SMALL, process, run
from records.invented_years import InventedYear, written
from records.judging import duties_of_opm
from sespms_rules.records.obligations import Case, Evaluator, EvaluatorsDisagreeError
from sespms_rules.records.obligations.form import HELD


def _begun() -> InventedYear:
    """A year of which only the plan is on record."""
    year = InventedYear("E-101")
    year.acts = [year.the("plan")]
    return year


def test_as_data_it_says_whose_move_it_is(tmp_path: Path) -> None:
    result = run("cycle", OPM, written(tmp_path, [_begun()]), "--as-of", "2026-03-01", "--format", "json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert (document["schema"], document["as_of"]) == ("sespms-cycle/1", "2026-03-01")
    assert document["confirmed_by"] == "durable-rules"
    (executive,) = document["executives"]
    assert (executive["id"], executive["findings"]) == ("E-101", [])
    review = executive["next"]
    assert (review["what"], review["by"], review["until"]) == (
        "no progress review is on record yet",
        "rating official",
        "2026-09-30",
    )
    assert "5 CFR 430.307" in review["law"]
    assert {each["until"] for each in executive["open"]} >= {"2026-09-30", "2027-09-30"}
    assert len(document["duties"]) > 50
    assert all(each["held"] + each["broken"] + each["open"] == each["records"] for each in document["duties"])
    assert all(each["why"] for each in document["not_judged"])


STEPS = ["no initial rating", "no board recommendation", "no annual rating"]


@pytest.mark.parametrize(
    ("taken", "by", "left"),
    [
        ((), "rating official", STEPS),
        (("initial rating",), "board", STEPS[1:]),
        (("initial rating", "board recommendation"), "appointing authority", STEPS[2:]),
        (("board recommendation",), "rating official", [STEPS[0], STEPS[2]]),
    ],
)
def test_of_open_steps_the_first_in_the_order_of_steps_is_next(
    taken: tuple[str, ...], by: str, left: list[str], tmp_path: Path
) -> None:
    year = InventedYear("E-101")
    for each in {"initial rating", "board recommendation", "annual rating"} - set(taken):
        year.without(each)
    folder = written(tmp_path, [year])
    result = run("cycle", OPM, folder, "--as-of", "2026-11-17", "--format", "json")
    (executive,) = json.loads(result.stdout)["executives"]
    assert executive["next"] == executive["open"][0]
    assert executive["next"]["by"] == by
    assert [each["what"] for each in executive["open"]] == [f"{each} is on record yet" for each in left]
    text = run("cycle", OPM, folder, "--as-of", "2026-11-17").stdout
    assert f"  E-101: {by} by 2027-09-30: {left[0]} is on record yet" in text
    assert text.count("\n    also open: ") == len(left) - 1


def test_a_sentence_that_is_several_duties_is_told_once_with_all_who_break_it(tmp_path: Path) -> None:
    by_another, too_early, kept = (InventedYear(f"E-{each}") for each in (101, 102, 103))
    by_another.the("annual rating")["role"] = "rating official"
    too_early.the("annual rating")["day"] = "2026-11-10"
    folder = written(tmp_path, [by_another, too_early, kept])
    text = run("cycle", OPM, folder, "--as-of", "2027-01-31").stdout
    told = text.split("duties that are broken:\n")[1].split("\n\n")[0].splitlines()
    (line,) = [each for each in told if 'rating steps: annual rating "Annual summary rating"' in each]
    assert line.startswith("  held on 1 of 3 records: ")
    assert len(told) == len(set(told))


def test_who_has_nothing_that_a_sentence_asks_of_is_not_counted_as_keeping_it(tmp_path: Path) -> None:
    paid, modest, nothing = (InventedYear(f"E-{each}") for each in (101, 102, 103))
    for year, amount in ((paid, "99000.00"), (modest, "20000.00")):
        year.add("performance award", "2026-12-15", "appointing authority", amount=amount)
    for place, (years, said) in enumerate(
        (
            ([paid, nothing], "held on 0 of 1 record: "),
            ([paid, modest, nothing], "held on 1 of 2 records: "),
            ([paid, nothing, InventedYear("E-104")], "held on 0 of 1 record: "),
        )
    ):
        folder = written(tmp_path / str(place), years)
        text = run("cycle", OPM, folder, "--as-of", "2027-01-31").stdout
        (line,) = [each for each in text.splitlines() if "performance award is 5% to 20%" in each and "held" in each]
        assert line.startswith(f"  {said}")


def test_a_broken_duty_ends_with_code_1_and_a_warning_alone_does_not(tmp_path: Path) -> None:
    late = _begun()
    late.acts[0]["day"] = "2025-11-01"
    assert run("cycle", OPM, written(tmp_path / "late", [late]), "--as-of", "2026-03-01").exit_code == 1
    reviewed = InventedYear("E-101")
    (tmp_path / "small.sespms").write_text(SMALL, encoding="utf-8")
    reviewed.add("higher-level review", "2026-10-30", "higher-level official")
    reviewed.acts[-1]["person"] = reviewed.official
    folder = written(tmp_path / "reviewed", [reviewed])
    result = run("cycle", tmp_path / "small.sespms", folder, "--as-of", "2027-01-31")
    assert "warning SES710 unconfirmed-duty-broken" in result.stdout
    assert result.exit_code == 0, result.stdout


@pytest.mark.parametrize("other", ["due", "./due", "sub/../due"])
def test_result_and_calendar_do_not_go_into_one_file(
    other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path / "records", [InventedYear("E-101")])
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    result = run("cycle", OPM, folder, "--as-of", "2026-03-01", "--output", "due", "--calendar", other)
    assert result.exit_code == 2
    assert "would both be written to" in result.output
    assert not (tmp_path / "due.ics").exists()


def test_what_is_due_is_an_entry_of_a_calendar(tmp_path: Path) -> None:
    file = tmp_path / "due.ics"
    folder = written(tmp_path / "year", [_begun()])
    arguments = ("cycle", OPM, folder, "--as-of", "2026-03-01", "--calendar", file)
    assert run(*arguments).exit_code == 0
    content = file.read_bytes()
    entries = icalendar.Calendar.from_ical(content).walk("VEVENT")
    days = {str(each["summary"]): each.decoded("dtstart") for each in entries}
    assert days["E-101: no progress review is on record yet"] == datetime.date(2026, 9, 30)
    assert len({str(each["uid"]) for each in entries}) == len(entries) >= 4
    assert all("5 " in str(each["description"]) or "rating steps" in str(each["description"]) for each in entries)
    assert run(*arguments).exit_code == 0
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--system", "Another"), "the policy holds no system `Another`"),
        (("--as-of", "2026-02-30"), "`2026-02-30` is no day"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(arguments: tuple[str, str], says: str, tmp_path: Path) -> None:
    result = run("cycle", OPM, written(tmp_path, [_begun()]), *arguments)
    assert result.exit_code == 2
    assert says in result.output


def test_records_that_are_not_there_are_told(tmp_path: Path) -> None:
    result = run("cycle", OPM, tmp_path / "nothing")
    assert result.exit_code == 2
    assert "there is no file" in result.output


def test_where_the_evaluators_differ_nothing_is_reported() -> None:
    start, end = datetime.date(2025, 10, 1).toordinal(), datetime.date(2026, 9, 30).toordinal()
    empty = Case("E-101", frozenset({"career"}), {"period start": start, "period end": end}, {})
    asked = next(
        each
        for each in duties_of_opm().obligations
        if any("at least 1 progress review" in one.sentence for one in each.grounds)
    )
    with Evaluator() as evaluator:
        plain = evaluator.judge(asked, empty, end + 1)
        assert plain is not None
        assert plain.state.value == "broken"
        evaluator._second = lambda *_: HELD  # type: ignore[assignment]
        with pytest.raises(
            EvaluatorsDisagreeError, match="the plain one says broken 2026-10-01, durable-rules says held"
        ):
            evaluator.judge(asked, empty, end + 1)
        evaluator._second = None


def test_check_starts_without_records() -> None:
    code = (
        "import sys; from sespms_rules.cli import sespms\n"
        f"try: sespms(['check', {OPM!r}])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'icalendar', 'pydantic', 'sespms_rules.records'}\n"
        "sys.stderr.write(' '.join(sorted(heavy & set(sys.modules))))"
    )
    done = process(code=code)
    assert (done.returncode, done.stderr) == (0, "")
