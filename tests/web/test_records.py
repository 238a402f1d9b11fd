"""The page Records says what `sespms cycle` says, keeps ids out of addresses, and reads nothing outside the folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.running import process
from workbench_server import Served, serving, words_of

NAME = "opm_basic.sespms"
YEAR = Path(__file__).resolve().parents[2] / "examples" / "year_2026"
ASKED = f"/records?policy={NAME}&records=year_2026&day=2026-11-14"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench on OPM's basic system and an invented year, of which nothing was recorded after 2026-11-13."""
    root = tmp_path_factory.mktemp("year")
    policy = Path(__file__).resolve().parents[2] / "policies" / "agencies" / NAME
    shutil.copy(policy, root)
    shutil.copytree(YEAR, root / "year_2026")
    with serving(root) as found:
        yield found


def test_it_says_what_the_command_says(year: Served) -> None:
    told = json.loads(
        process("cycle", NAME, "year_2026", "--as-of", "2026-11-14", "--format", "json", cwd=year.folder).stdout
    )
    page = year.ask(ASKED)
    words = words_of(page.text)
    due = [(each["id"], one) for each in told["executives"] for one in each["open"]]
    assert len(due) > 20
    assert page.text.count('class="plainbutton"') == len(due)
    for executive, one in due:
        assert f"{executive}</button>" in page.text
        assert one["what"] in words
    broken = [one for each in told["executives"] for one in each["findings"]] + told["findings"]
    assert page.text.count("<article") == len(broken)
    assert str(year.folder) not in page.text
    kept = year.ask(ASKED.replace("/records?", "/records/open.csv?"))
    assert kept.headers["content-type"].startswith("text/csv")
    assert len(kept.text.strip().splitlines()) == 1 + len(due) + sum(len(each["open"]) for each in told["agency"])
    calendar = year.ask(ASKED.replace("/records?", "/records/open.ics?")).text
    assert calendar.startswith("BEGIN:VCALENDAR")


def test_one_executives_file_holds_the_derivation(year: Served) -> None:
    found = year.ask(ASKED.replace("2026-11-14", "2027-01-31"), {"executive": "E-102"})
    words = words_of(found.text)
    assert "The file of E-102" in words
    assert "line 108: score is the sum of points times weight" in words
    assert "performance plan: is communicated by period start" in words
    assert "E-102" not in " ".join(part.split('"')[0] for part in found.text.split('href="')[1:])


@pytest.mark.parametrize(
    ("asked", "sent", "status", "says"),
    [
        (f"{ASKED}x", None, 422, "is no day"),
        (ASKED.replace("2026-11-14", "2026-02-30"), None, 422, "is no day"),
        (ASKED.replace("year_2026", "../year_2026"), None, 404, "is no folder of records"),
        (ASKED.replace("year_2026", "/etc"), None, 404, "is no folder of records"),
        (ASKED, {"executive": "Nobody"}, 422, "Nobody of that id is in these records"),
    ],
)
def test_what_cannot_be_shown_is_a_plain_page(
    year: Served, asked: str, sent: dict[str, str] | None, status: int, says: str
) -> None:
    found = year.ask(asked, sent)
    assert found.status == status
    assert says in words_of(found.text)


def test_records_behind_a_link_are_not_read(served: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "acts.csv"
    shutil.copytree(YEAR, served.folder / "year")
    (served.folder / "year" / "acts.csv").rename(elsewhere)
    (served.folder / "year" / "acts.csv").symlink_to(elsewhere)
    found = served.ask(f"/records?policy={NAME}&records=year")
    assert found.status == 404
    (served.folder / "year" / "acts.xlsx").write_bytes(b"PK")
    found = served.ask(f"/records?policy={NAME}&records=year")
    assert found.status == 404
    assert "holds the link acts.csv" in words_of(found.text)


def test_a_folder_without_records_says_what_to_do(shared: Served) -> None:
    found = shared.ask(f"/records?policy={NAME}")
    assert found.status == 200
    assert "There are no records in this folder yet" in words_of(found.text)
