"""What a moved figure does, beside other amendments, and the report of it that can be kept."""

from __future__ import annotations

import datetime
import io
import json
import struct
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import openpyxl
import pytest

from cli.running import process
from workbench_browser import let_in
from workbench_server import Served, serving, words_of

NAME = "opm_basic.sespms"
ROSTER = "example/invented-roster.csv"
RAISED = """amendment "A higher bar"
  amends "Basic SES Appraisal System"
  because "An invented reason."

summary rating
  strike score 475 to 500 is level 5
  insert score 480 to 500 is level 5
  strike score 400 to 474 is level 4
  insert score 400 to 479 is level 4
"""
VARIANT = """system "An invented bureau" based on "Basic SES Appraisal System"
  agency "An invented bureau"
  effective 2026-10-01
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench on the example, an amendment of it, and a system that rests on the one beside it."""
    root = tmp_path_factory.mktemp("example")
    with serving(root) as found:
        found.ask("/example", {})
        (root / "example" / "higher.sespms").write_text(RAISED, encoding="utf-8")
        (root / "example" / "bureau.sespms").write_text(VARIANT, encoding="utf-8")
        yield found


def _tried(served: Served, do: str, policy: str = NAME, **more: str) -> tuple[int, str]:
    sent = {"roster": ROSTER, "figure cut of level 5": "450", "name": "A lower bar", "do": do} | more
    found = served.ask(f"/what-if?policy=example/{policy}", sent)
    return found.status, found.text


def test_amendments_stand_side_by_side_as_the_command_sets_them(example: Served) -> None:
    status, text = _tried(example, "try", beside="its:example/higher.sespms")
    assert status == 200
    words = words_of(text)
    told = process(
        "impact", f"example/{NAME}", ROSTER, "--with", "example/higher.sespms", "--format", "json", cwd=example.folder
    )
    (compared,) = json.loads(told.stdout)["amendments"]
    assert "A lower bar" in words
    assert "A higher bar" in words
    assert "Cut of level 5 475 450 −25" in words
    higher, lower = compared["directions"]["higher"], compared["directions"]["lower"]
    assert lower > 0
    assert f"A higher bar {higher + lower} {higher} {lower}" in words
    same = _tried(example, "try", beside="its:example/higher.sespms", name="A higher bar")
    assert "n amendment A higher bar stands beside this one" in words_of(same[1])


def test_the_report_is_kept_as_page_table_and_workbook(example: Served) -> None:
    _, page = _tried(example, "html")
    assert page.startswith("<!DOCTYPE html>")
    assert str(example.folder) not in page
    assert "invented-roster.csv" in page
    _, table = _tried(example, "csv")
    rows = table.strip().splitlines()
    sent = {"roster": ROSTER, "figure cut of level 5": "450", "name": "A lower bar", "do": "xlsx"}
    book = example.raw(f"/what-if?policy=example/{NAME}", sent)
    made = openpyxl.load_workbook(io.BytesIO(book), read_only=True)
    assert len(list(made.worksheets[0].rows)) == len(rows)
    assert len(rows) > 5
    assert str(example.folder).encode() not in book


GOAL = {"goal-figure": "cut of level 5", "goal-how": "at most", "goal-number": "20", "goal-unit": "executives"}
SWEPT = ("--vary", "cut of level 5 from 425 to 525 by 1", "--until", "at most 20 executives at level 5")


def test_a_slider_moves_its_figure_by_exact_steps_and_by_keyboard(example: Served, browser: Any) -> None:
    with let_in(browser, example) as opened:
        _move_a_slider(opened, f"http://{example.host}/what-if?policy=example/{NAME}&roster={ROSTER}")


def _move_a_slider(opened: Any, address: str) -> None:
    opened.goto(address)
    slider, field = "[aria-label='Cut of level 5, slider']", "[name='figure cut of level 5']"
    assert opened.get_attribute(slider, "aria-valuetext") == "475"
    opened.focus(slider)
    opened.keyboard.press("ArrowLeft")
    opened.keyboard.press("PageDown")
    assert opened.input_value(field) == "464"
    assert opened.get_attribute(slider, "aria-valuetext") == "464"
    opened.wait_for_selector("#told:has-text('would be rated differently')")
    opened.wait_for_selector("#result >> text=−11")
    opened.fill(field, "474.1234567890123456789")
    assert opened.input_value(slider) == "49", "the slider stands at the place below, and decides nothing"
    opened.wait_for_selector("#result >> text=−0.8765432109876543211")
    opened.wait_for_selector("#told:has-text('nobody is rated')")


def test_a_goal_is_sought_as_the_command_seeks_it(example: Served) -> None:
    told = process("sweep", f"example/{NAME}", ROSTER, *SWEPT, "--format", "json", cwd=example.folder)
    least = json.loads(told.stdout)["goal"]["least_change"]["settings"]["cut of level 5"]
    status, text = _tried(example, "goal", **GOAL, **{"goal-where": "at level 5", "figure cut of level 5": "475"})
    words = words_of(text)
    assert status == 200
    assert f"The least change that meets it is cut of level 5: {least}." in words
    assert f"Set cut of level 5 at {least}" in words
    taken = unescape(text.split('name="take" value="')[1].split('"')[0])
    _, text = _tried(example, "", take=taken)
    assert f"Cut of level 5 475 {least}" in words_of(text)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"roster": ""}, "choose the roster first"),
        ({"goal-number": ""}, "A goal needs a number"),
        ({"goal-number": "many"}, "many"),
        ({"goal-unit": "percent", "goal-number": "101"}, "a share goes from 0 to 100 percent"),
        ({"goal-figure": "luck"}, "There is no figure luck"),
        ({"goal-from": "500", "goal-to": "400"}, "goes over no values"),
        ({"goal-by": "0.000001"}, "more than 500 values"),
        ({"goal-from": "0", "goal-to": "1000"}, "more than 500 values"),
        ({"goal-from": "low"}, "is not a number written in plain digits"),
        ({"goal-by": "0"}, "goes over no values"),
        ({"goal-how": "the cap is kept"}, "cap"),
    ],
)
def test_a_goal_that_cannot_be_sought_is_a_sentence(example: Served, change: dict[str, str], says: str) -> None:
    status, text = _tried(example, "goal", **(GOAL | {"goal-where": "at level 5"} | change))
    assert status == 422
    assert says in words_of(text)


def test_a_picture_is_kept_with_its_day_its_version_and_what_it_rests_on(example: Served) -> None:
    _, page = _tried(example, "try", beside="its:example/higher.sespms")
    names = {each.split(":")[0] for each in page.split('value="picture:')[1:]}
    assert {"side-levels", "amendment-1-levels", "amendment-1-moves", "amendment-1-units"} <= names
    digest = example.digest(f"example/{NAME}")
    sent = {"roster": ROSTER, "figure cut of level 5": "450", "do": "picture:amendment-1-levels:svg"}
    svg = example.raw(f"/what-if?policy=example/{NAME}", sent).decode()
    drawn = ElementTree.fromstring(svg)
    seen = " ".join("".join(each.itertext()) for each in drawn.iter("{http://www.w3.org/2000/svg}text"))
    for each in (
        str(datetime.datetime.now().astimezone().date()),
        "sespms",
        digest,
        "invented-roster.csv, SHA-256",
        "opm_basic.sespms",
    ):
        assert each in seen
    assert "var(" not in svg
    assert str(example.folder) not in svg
    png = example.raw(f"/what-if?policy=example/{NAME}", sent | {"do": "picture:amendment-1-levels:png"})
    width, height = struct.unpack(">II", png[16:24])
    assert abs(width * int(drawn.get("height", "0")) - height * int(drawn.get("width", "0"))) <= width


@pytest.mark.parametrize("do", ["save", "html", "picture:amendment-1-levels:svg"])
def test_an_address_keeps_nothing(example: Served, do: str) -> None:
    before = sorted(example.folder.rglob("*"))
    sent = urlencode({"policy": f"example/{NAME}", "roster": ROSTER, "figure cut of level 5": "450", "do": do})
    found = example.ask(f"/what-if?{sent}")
    assert found.headers["content-type"].startswith("text/html")
    assert "content-disposition" not in found.headers
    assert sorted(example.folder.rglob("*")) == before


@pytest.mark.parametrize(
    "asked", ["picture:nothing:svg", "picture:amendment-1-levels:gif", "picture::", "picture:../x:svg"]
)
def test_a_picture_that_there_is_not_is_a_sentence(example: Served, asked: str) -> None:
    status, text = _tried(example, asked)
    assert status == 422
    assert "That picture is not one of these figures" in words_of(text)


def test_executives_are_named_when_that_is_asked_for_and_never_in_an_address(example: Served) -> None:
    _, silent = _tried(example, "try")
    _, text = _tried(example, "try", who="yes")
    assert "synthetic-0000" not in silent
    assert "synthetic-0000" in text
    link = unescape(text.split('<p><a href="')[1].split('"')[0])
    assert "synthetic-0000" not in link
    again = example.ask(link)
    assert "Cut of level 5 475 450 −25" in words_of(again.text), "the same figures at an address of their own"


@pytest.mark.parametrize("beside", ["its:../higher.sespms", "its:no.sespms", "own:Nothing", f"its:example/{NAME}"])
def test_what_cannot_stand_beside_is_said(example: Served, beside: str) -> None:
    status, text = _tried(example, "try", beside=beside)
    assert status in (404, 422)
    assert str(example.folder) not in text


def test_every_appraisal_is_counted_of_a_system_that_rests_on_one_beside_it(example: Served) -> None:
    status, text = _tried(example, "domain", "bureau.sespms", roster="")
    assert status == 200, words_of(text)
    assert "What it does to every possible appraisal" in text
    assert Path(example.folder / "example" / "bureau.sespms").read_text(encoding="utf-8") == VARIANT


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("no,roster\n1,2\n", "id"),
        ("\x00\x01", ""),
    ],
)
def test_a_broken_roster_is_said_and_changes_nothing(example: Served, content: str, says: str) -> None:
    (example.folder / "broken.csv").write_text(content, encoding="utf-8")
    status, text = _tried(example, "try", roster="broken.csv")
    words = words_of(text)
    assert status == 422
    assert says in words
    assert "Traceback" not in text
    assert str(example.folder) not in text
    (example.folder / "broken.csv").unlink()


def test_a_row_with_a_broken_cell_is_refused_and_counted_as_that(example: Served) -> None:
    rows = (example.folder / ROSTER).read_text(encoding="utf-8").splitlines()
    place = next(number for number, each in enumerate(rows[0].split(",")) if each.endswith(" level"))
    cells = rows[1].split(",")
    cells[place] = "nine"
    (example.folder / "one.csv").write_text("\n".join([rows[0], ",".join(cells), *rows[2:]]) + "\n", encoding="utf-8")
    _, text = _tried(example, "try", roster="one.csv")
    (example.folder / "one.csv").unlink()
    words = words_of(text)
    assert "refused 1 1 0 all 60 60" in words, "nobody is given a level whose rating cannot be read"
    assert str(example.folder) not in text


def test_a_folder_without_policies_says_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        words = words_of(served.ask("/").text)
    assert "There is no policy in this folder yet" in words
    assert "Take the example" in words
