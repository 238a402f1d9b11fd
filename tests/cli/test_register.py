"""`sespms register`: what a records officer does with it, and what is refused in words."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cli.running import OPM, ROOT, process, run
from records.invented_years import InventedYear, written
from sespms_rules.records.keeping.adding import cells_of
from sespms_rules.records.keeping.held import Held, Row, as_tables
from sespms_rules.records.reading import TABLES, read_tables, read_year
from sespms_rules.register import Which, default_key_file, opened_register, place_of, read_keys

_YEAR = ROOT / "examples" / "year_2026"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example year with the one row put right that cannot be read."""
    folder = tmp_path_factory.mktemp("year") / "year"
    shutil.copytree(_YEAR, folder)
    acts = folder / "acts.csv"
    acts.write_text(acts.read_text(encoding="utf-8").replace("progres review", "progress review"), encoding="utf-8")
    return folder


@pytest.fixture
def kept(year: Path, tmp_path: Path) -> Path:
    """A register that holds the example year."""
    register = tmp_path / "r.sqlite3"
    assert run("register", "create", register, "--by", "O-1").exit_code == 0
    added = run("register", "add", register, year, "--series", "2026", "--by", "O-1")
    assert added.exit_code == 0, added.output
    return register


@pytest.mark.parametrize("command", ["cycle", "consequences"])
def test_a_register_is_read_as_the_folder_is(command: str, kept: Path, year: Path) -> None:
    options = ("--as-of", "2027-01-31", "--format", "json")
    told, again = run(command, OPM, year, *options), run(command, OPM, kept, *options, "--by", "O-7")
    assert again.exit_code == told.exit_code == 1
    of_folder, of_register = _without_places(told.stdout), _without_places(again.stdout)
    assert of_register == of_folder
    assert len(of_folder["executives"]) == 25


def _without_places(text: str) -> Any:
    """A result without where its records stand, and with findings in an order that places do not decide."""
    data = json.loads(text)
    del data["files"]
    for each in (data, *data["executives"]):
        for found in (told := each.get("findings", [])):
            del found["record"], found["row"]
            found["message"] = re.sub(r"(row|entry) \d+", "there", found["message"])
            found["help"] = re.sub(r"(row|entry) \d+", "there", found["help"])
        told.sort(key=json.dumps)
    return data


def test_a_check_on_records_of_a_register_passes_and_fails_as_on_the_folder(kept: Path, year: Path) -> None:
    told = run("check", OPM, "--records", year, "--as-of", "2027-01-31", "--format", "json")
    again = run("check", OPM, "--records", kept, "--as-of", "2027-01-31", "--format", "json", "--by", "O-7")
    assert again.exit_code == told.exit_code == 1
    assert json.loads(again.stdout)["summary"] == json.loads(told.stdout)["summary"]


@pytest.mark.parametrize("table", ["acts", "sessions"])
def test_a_register_without_a_table_leaves_unjudged_what_rests_on_it(table: str, year: Path, tmp_path: Path) -> None:
    folder, register = tmp_path / "some", tmp_path / "r.sqlite3"
    shutil.copytree(year, folder)
    file = folder / f"{table}.csv"
    file.write_text(file.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    run("register", "create", register, "--by", "O-1")
    added = run("register", "add", register, folder, "--series", "2026", "--by", "O-1")
    assert added.exit_code == 0, added.output
    told = run("cycle", OPM, register, "--by", "O-7", "--as-of", "2027-01-31", "--format", "json")
    assert told.exit_code == 1
    data = json.loads(told.stdout)
    assert (data["executives"], data["agency"]) == ([], [])
    text = run("cycle", OPM, register, "--by", "O-7", "--as-of", "2027-01-31").stdout
    assert "limits over all executives are not judged: no executive on record can be" in text
    assert {each["for_want_of"] for each in data["executives_not_judged"]} == {f"the table `{table}`"}
    messages = [each["message"] for each in data["findings"]]
    assert any(f"no row of `{table}`" in each or f"no table `{table}`" in each for each in messages)


def test_an_executive_whose_row_in_a_register_is_not_read_any_more_is_not_judged(year: Path) -> None:
    tables = read_tables(year)
    cells = [(name, cells_of(name, row.values)) for name in TABLES for row in tables.rows[name]]
    rows = [Row(number, *each) for number, each in enumerate(cells, 1)]
    first = next(each for each in rows if each.table == "executives")
    first.cells["basic pay"] = "200,000.00"
    held = Held("2026", {(str(each.number),): each for each in rows}, len(rows), 0, "")
    read = read_year(as_tables(held, "r"))
    assert read.unjudged == {first.cells["id"]: "one row of the table `executives` that can be read"}
    told = [each for each in read.findings if each.place.number == first.number]
    assert ["not read any more" in each.message for each in told] == [True]
    assert not any("there is no executive" in each.message for each in read.findings)


def test_each_reading_is_entered_before_anything_is_shown(kept: Path) -> None:
    refused = run("cycle", OPM, kept)
    assert refused.exit_code == 2
    assert "a register keeps who read it; say who asks with `--by`" in refused.output
    run("cycle", OPM, kept, "--by", "O-7", "--as-of", "2027-01-31")
    run("register", "show", kept, "12", "--by", "O-9", "--because", "E-111 asked")
    run("register", "retention", OPM, kept, "--by", "O-1")
    listed = json.loads(run("register", "list", kept, "--kind", "reading", "--format", "json").stdout)["entries"]
    assert [(each["by"], each["about"]) for each in listed] == [("O-7", 0), ("O-9", 12), ("O-1", 0)]


def test_rows_that_cannot_be_read_keep_all_others_out(tmp_path: Path) -> None:
    register = tmp_path / "r.sqlite3"
    run("register", "create", register, "--by", "O-1")
    added = run("register", "add", register, _YEAR, "--series", "2026", "--by", "O-1")
    assert added.exit_code == 1
    assert "SES703" in added.output
    assert "nothing was entered\nthe register reaches entry 1" in added.output


def test_what_stands_there_is_not_entered_twice_and_what_is_new_stands_beside_it(
    kept: Path, year: Path, tmp_path: Path
) -> None:
    again = run("register", "add", kept, year, "--series", "2026", "--by", "O-1")
    assert "nothing was entered: all 485 rows stand in `2026` already" in again.output
    changed = tmp_path / "changed"
    shutil.copytree(year, changed)
    executives = changed / "executives.csv"
    text = executives.read_text(encoding="utf-8")
    executives.write_text(text.replace("E-101,career,Charts", "e-101,career,Harbors"), encoding="utf-8")
    added = run("register", "add", kept, changed, "--series", "2026", "--by", "O-2")
    assert "1 row was entered into `2026`, of which 1 said something new of what stood there; 484 stood" in added.output
    run_of_register = run("cycle", OPM, kept, "--by", "O-7", "--as-of", "2027-01-31", "--format", "json")
    folder = run("cycle", OPM, changed, "--as-of", "2027-01-31", "--format", "json")
    units = [
        {each["id"].upper(): each["unit"] for each in json.loads(told.stdout)["executives"]}
        for told in (run_of_register, folder)
    ]
    assert units[0] == units[1]
    assert units[0]["E-101"] == "Harbors"


def test_nobody_s_name_or_number_is_taken_for_an_id(kept: Path) -> None:
    for wrong in ("Jane Doe", "123-45-6789", "", "jane@agency.example"):
        refused = run("register", "show", kept, "2", "--by", wrong, "--because", "x")
        assert refused.exit_code == 2
        assert "opaque id" in refused.output
        assert not wrong or wrong not in refused.output.replace("--by", "")


def test_an_option_of_a_register_is_never_dropped(year: Path) -> None:
    refused = run("cycle", OPM, year, "--by", "O-7", "--series", "2026")
    assert refused.exit_code == 2
    assert "`--series` and `--by` belong to a register" in refused.output
    refused = run("check", OPM, "--by", "O-7")
    assert refused.exit_code == 2
    assert "`--by` belongs to records in a register; name it with `--records`" in refused.output


def test_a_series_is_named_where_there_are_several(kept: Path, year: Path) -> None:
    run("register", "add", kept, year, "--series", "2027", "--by", "O-1")
    assert run("register", "series", kept).output == "2026\n2027\n"
    refused = run("cycle", OPM, kept, "--by", "O-7")
    assert "name one series with `--series`; it holds `2026` and `2027`" in refused.output
    refused = run("cycle", OPM, kept, "--by", "O-7", "--series", "2206")
    assert "the register holds no series `2206`; did you mean `2026`?" in refused.output
    assert run("consequences", OPM, kept, "--by", "O-7", "--series", "2027").exit_code == 1


def test_without_its_key_file_a_register_is_listed_and_verified_and_not_read(kept: Path) -> None:
    Path(f"{kept}.key").rename(f"{kept}.elsewhere")
    assert run("register", "verify", kept).output.endswith("is whole up to entry 486\n")
    for spelled in ("E-101", "e-101", "E\u2013101"):  # what looks the same is the same
        assert run("register", "list", kept, "--subject", spelled).output.count("\n") == 18
    refused = run("cycle", OPM, kept, "--by", "O-7")
    assert "there is no key file" in refused.output
    found = run("cycle", OPM, kept, "--by", "O-7", "--key", f"{kept}.elsewhere", "--as-of", "2027-01-31")
    assert "25 executives" in found.output


def test_a_register_that_is_not_whole_fails_and_says_why(kept: Path, tmp_path: Path) -> None:
    export = tmp_path / "e.jsonl"
    run("register", "export", kept, "--output", export)
    lines = export.read_text(encoding="utf-8").splitlines(keepends=True)
    export.write_text("".join((*lines[:5], *lines[6:])), encoding="utf-8")
    found = run("register", "verify", export)
    assert found.exit_code == 1
    assert "error SES714 entry-missing\n  entry 6 is missing" in found.output
    told = json.loads(run("register", "verify", export, "--format", "json").stdout)
    assert [(each["code"], each["entry"]) for each in told["faults"]] == [("SES714", 7)]


def test_what_is_still_kept_is_not_destroyed(kept: Path) -> None:
    for executive, says in (
        ("E-103", "may not be destroyed: their time cannot be told (no annual rating is on record"),
        ("E-999", "`2026` holds no records of an executive `E-999`"),
    ):
        refused = run("register", "destroy", OPM, kept, "--id", executive, "--by", "O-1", "--because", "x")
        assert refused.exit_code == 2
        assert says in refused.output
    told = json.loads(
        run("register", "retention", OPM, kept, "--by", "O-1", "--as-of", "2031-12-01", "--format", "json").stdout
    )
    assert {each["until"] for each in told["executives"] if each["executive"] == "E-101"} == {"2031-12-01"}
    assert not any(each["may_be_destroyed"] for each in told["executives"] if each["until"] == "2031-12-01")
    later = run("register", "retention", OPM, kept, "--by", "O-1", "--as-of", "2031-12-02")
    assert "E-101: kept until 2031-12-01; may be destroyed" in later.output


def test_every_entry_of_an_executive_goes_those_that_were_replaced_too(tmp_path: Path) -> None:
    year = tmp_path / "year"
    year.mkdir()
    (year / "plans.csv").write_text("executive,period start,period end,element\nE-101,2017-10-01,2018-09-30,Leading\n")
    (year / "acts.csv").write_text(
        "executive,act,day,role,level\nE-101,annual rating,2018-12-03,appointing authority,3\n"
    )
    register = tmp_path / "r.sqlite3"
    run("register", "create", register, "--by", "O-1")
    for unit in ("Charts", "Harbors", "Charts"):
        (year / "executives.csv").write_text(f"id,appointment,unit\nE-101,career,{unit}\n")
        assert run("register", "add", register, year, "--series", "2018", "--by", "O-1").exit_code == 0
    done = run("register", "destroy", OPM, register, "--id", "e-101", "--by", "O-1", "--because", "over")
    assert "5 entries on `e-101` in `2018` are destroyed" in done.output
    assert run("register", "show", register, "2", "--by", "O-1", "--because", "x").output.count("was destroyed") == 1
    assert run("register", "verify", register).exit_code == 0
    gone = run("cycle", OPM, register, "--by", "O-7")
    assert "5 entries of `2018` were destroyed and are not read" in gone.output


def _limit_after(folder: Path, gone: set[str]) -> tuple[str, str]:
    """How the cap stands over ten executives, four of them above it, once the records of some were destroyed."""
    years = [InventedYear(f"E-{place}", level=4 if place < 105 else 3) for place in range(101, 111)]
    written(folder / "year", years, [])
    register = folder / "r.sqlite3"
    run("register", "create", register, "--by", "O-1")
    assert run("register", "add", register, folder / "year", "--series", "2026", "--by", "O-1").exit_code == 0
    place = place_of(str(register))
    with opened_register(place, read_keys(default_key_file(place))) as opened:
        held = [each.entry for each in opened.entries(Which(kind="record"))]
        if numbers := [each.number for each in held if each.subject in gone]:
            opened.destroy(numbers, "O-1", "over")
    told = json.loads(run("cycle", OPM, register, "--by", "O-7", "--as-of", "2027-01-31", "--format", "json").stdout)
    (one,) = [each for each in told["agency"][0]["distribution"] if "30%" in json.dumps(each)]
    return one["state"], one["why"]


@pytest.mark.parametrize(
    ("gone", "state", "count"),
    [
        ({"E-101", "E-102", "E-103"}, "open", "3 executives whose records cannot"),
        ({"E-101"}, "open", "1 executive whose records cannot"),
        ({"E-110"}, "broken", "1 executive whose records cannot"),
        ({"E-999"}, "broken", ""),
    ],
)
def test_who_was_destroyed_is_missing_from_a_limit(tmp_path: Path, gone: set[str], state: str, count: str) -> None:
    """Four of ten are above the limit of three; of the seven that are left one would be, and it was told as held."""
    found, why = _limit_after(tmp_path, gone)
    assert (found, count in why, "not in this count" in why) == (state, True, bool(count)), why


def test_an_executive_put_in_anew_is_judged_again(tmp_path: Path) -> None:
    _limit_after(tmp_path, {"E-101"})
    register = tmp_path / "r.sqlite3"
    again = run("register", "add", register, tmp_path / "year", "--series", "2026", "--by", "O-1")
    assert again.exit_code == 0
    told = json.loads(run("cycle", OPM, register, "--by", "O-7", "--as-of", "2027-01-31", "--format", "json").stdout)
    (one,) = [each for each in told["agency"][0]["distribution"] if "30%" in json.dumps(each)]
    assert (one["state"], "not in this count" in one["why"]) == ("broken", False)


def test_a_bag_of_transfer_holds_one_executive_and_is_read_again(kept: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag.zip"
    told = run("register", "transfer", kept, "--id", "E-101", "--to", "Another agency", "--by", "O-1", "--output", bag)
    assert told.exit_code == 0, told.output
    with zipfile.ZipFile(bag) as opened:
        names = opened.namelist()
        for tags in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            for line in opened.read(f"records-E-101/{tags}").decode().splitlines():
                digest, path = line.split("  ")
                assert hashlib.sha256(opened.read(f"records-E-101/{path}")).hexdigest() == digest
                assert f"records-E-101/{path}" in names
        opened.extract("records-E-101/data/records/01-2026.json", tmp_path)
    file = tmp_path / "records-E-101" / "data" / "records" / "01-2026.json"
    held = json.loads(file.read_text(encoding="utf-8"))
    assert {each["executive"] for each in (*held["plans"], *held["acts"])} == {"E-101"}
    assert [each["id"] for each in held["executives"]] == ["E-101"]
    gained = tmp_path / "gained.sqlite3"
    run("register", "create", gained, "--by", "O-5")
    assert run("register", "add", gained, file, "--series", "2026", "--by", "O-5").exit_code == 0
    entered = json.loads(run("register", "list", kept, "--kind", "transfer", "--format", "json").stdout)["entries"]
    assert [(each["by"], each["subject"]) for each in entered] == [("O-1", "E-101")]
    for spelled in ("e-101", "\u2019E\u2013101"):
        again = (kept, "--id", spelled, "--to", "x", "--by", "O-1", "--output", tmp_path / f"{spelled}.zip")
        assert run("register", "transfer", *again).output.split()[:2] == told.output.split()[:2] == ["18", "rows"]
    wrong = run("register", "transfer", kept, "--id", "E-9", "--to", "x", "--by", "O-1", "--output", tmp_path / "b.zip")
    assert "nothing is on record of an executive `E-9`" in wrong.output
    assert not (tmp_path / "b.zip").exists()


def test_no_result_takes_the_place_of_a_register_or_its_keys(kept: Path) -> None:
    for target in (kept, Path(f"{kept}.key")):
        before = target.read_bytes()
        assert run("register", "export", kept, "--output", target).exit_code == 2
        assert target.read_bytes() == before


def test_a_check_that_reads_no_register_loads_no_database() -> None:
    text = (
        "import sys; from sespms_rules.cli import sespms\n"
        f"try: sespms.main(['check', {OPM!r}])\nexcept SystemExit: pass\n"
        "print([name for name in ('sqlalchemy', 'cryptography', 'psycopg') if name in sys.modules])"
    )
    done = process(code=text)
    assert done.stdout.endswith("[]\n"), done.stdout[-300:]


def test_two_who_add_the_same_year_at_once_enter_each_row_once(year: Path, tmp_path: Path) -> None:
    register = tmp_path / "r.sqlite3"
    run("register", "create", register, "--by", "O-1")
    arguments = ["register", "add", str(register), str(year), "--series", "2026", "--by"]
    command = [sys.executable, "-m", "sespms_rules", *arguments]
    own = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    started = [
        subprocess.Popen([*command, by], stdout=subprocess.PIPE, text=True, env=own) for by in ("O-1", "O-2", "O-3")
    ]
    told = sorted(each.communicate(timeout=120)[0].splitlines()[0] for each in started)
    assert told[0] == "485 rows were entered into `2026`"
    assert told[1:] == ["nothing was entered: all 485 rows stand in `2026` already"] * 2
    assert "is whole up to entry 486" in run("register", "verify", register).output
