"""What people do on each page, done in a real browser; what a page says is what the command line says."""

from __future__ import annotations

import json
import os
import shutil
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from cli.running import process
from workbench_browser import BY_LOOK, axe_finds_nothing, fits, is_read_with_wide_spacing, let_in
from workbench_server import Served, serving_apart, words_of

NAME = "opm_basic.sespms"
YEAR = Path(__file__).resolve().parents[2] / "examples" / "year_2026"
GOAL = urlencode(
    {
        "policy": f"example/{NAME}",
        "roster": "example/invented-roster.csv",
        "who": "yes",
        "do": "goal",
        "goal-figure": "cut of level 5",
        "goal-how": "at most",
        "goal-number": "20",
        "goal-unit": "executives",
        "goal-where": "at level 5",
    }
)
NARROW, WIDE = {"width": 320, "height": 900}, {"width": 1280, "height": 900}
AMENDED = "450"
ELEMENTS = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")


def _sespms(folder: Path, *arguments: str) -> str:
    return process(*arguments, cwd=folder).stdout


def test_axe_finds_nothing_on_any_page(browser: Any, shared: Served) -> None:
    shared.ask("/example", {})
    pages = ("write", "requirements", "try", "what-if", "compare", "records", "documents")
    options = {"color_scheme": "dark", "viewport": NARROW, "bypass_csp": True}
    with let_in(browser, shared, **options) as opened:
        for path in (
            "/",
            "/new",
            "/phrases?find=cap",
            "/findings/SES214",
            *(f"/{each}?policy=example/{NAME}" for each in pages),
        ):
            opened.goto(f"http://{shared.host}{path}")
            opened.eval_on_selector_all("details", "every => every.slice(0, 40).forEach(each => { each.open = true })")
            _is_found_fit(opened)
            is_read_with_wide_spacing(opened)
        _rate_all(opened, shared, "4", "20")
        _is_found_fit(opened)
        _move_the_cut(opened, shared)
        _is_found_fit(opened)
        opened.goto(f"http://{shared.host}/what-if?{GOAL}")
        opened.wait_for_selector("#goal-found")
        _is_found_fit(opened)


def _is_found_fit(opened: Any) -> None:
    """The page as it stands, narrow and in the dark by every rule, then wide and in the light by those of looks."""
    axe_finds_nothing(opened)
    fits(opened)
    opened.emulate_media(color_scheme="light")
    opened.set_viewport_size(WIDE)
    axe_finds_nothing(opened, BY_LOOK)
    fits(opened)
    opened.emulate_media(color_scheme="dark")
    opened.set_viewport_size(NARROW)


def test_axe_finds_nothing_in_an_executives_file(browser: Any, served: Served) -> None:
    shutil.copytree(YEAR, served.folder / "year_2026")
    options = {"viewport": {"width": 320, "height": 900}, "bypass_csp": True}
    with let_in(browser, served, **options) as opened:
        opened.goto(f"http://{served.host}/records?policy={NAME}&day=2026-11-14")
        opened.select_option("#executive", "E-102")
        opened.click("text=Show the file")
        opened.wait_for_selector("text=The file of E-102")
        assert "E-102" not in opened.url
        axe_finds_nothing(opened)
        fits(opened)


def _rate_all(opened: Any, served: Served, level: str, weight: str) -> None:
    opened.goto(f"http://{served.host}/try?policy=example/{NAME}")
    for each in ELEMENTS:
        opened.select_option(f'[name="{each} level"]', level)
        opened.fill(f'[name="{each} weight"]', weight)
    opened.click("text=See the level")
    opened.wait_for_selector("text=How it comes about")


def _move_the_cut(opened: Any, served: Served) -> None:
    opened.goto(f"http://{served.host}/what-if?policy=example/{NAME}")
    opened.select_option("#roster", "example/invented-roster.csv")
    opened.fill('[name="figure cut of level 5"]', AMENDED)
    opened.wait_for_selector("text=The change as an amendment")
    opened.wait_for_selector("text=Who moves, and why")


def test_an_appraisal_that_is_tried_is_explained_as_the_command_explains_it(browser: Any, served: Served) -> None:
    served.ask("/example", {})
    with let_in(browser, served) as opened:
        _rate_all(opened, served, "4", "20")
        result = opened.inner_text(".result")
        opened.fill("#name", "All at level 4")
        opened.click("text=See the level")
        opened.click("text=Keep it in the policy")
        opened.wait_for_selector("text=The scenario was kept")
    told = _sespms(served.folder, "explain", f"example/{NAME}", "--scenario", "All at level 4")
    said = " ".join(told.split())
    assert "score 400, level 4, Exceeds Fully Successful" in said
    for line in filter(None, map(str.strip, result.splitlines())):
        words = " ".join(line.rstrip(".:").split())
        if words not in ("How it comes about", "What would change the level"):
            bare = said.replace("`", "")  # a sentence begins with a capital on a page
            assert words in bare or f"{words[:1].lower()}{words[1:]}" in bare, words
    assert "All at level 4" in _sespms(served.folder, "test", f"example/{NAME}")


def test_a_figure_that_is_moved_does_what_the_command_says(browser: Any, served: Served) -> None:
    served.ask("/example", {})
    with let_in(browser, served) as opened:
        _move_the_cut(opened, served)
        moves = opened.inner_text("#result")
        opened.fill("#amendment-name", "A lower bar")
        opened.fill("#because", "To see whom it moves.")
        opened.click("text=Keep it as a file")
        opened.wait_for_url("**/write?policy=example*a-lower-bar.sespms")
    roster, amendment = "example/invented-roster.csv", "example/a-lower-bar.sespms"
    told = _sespms(served.folder, "impact", f"example/{NAME}", roster, "--with", amendment, "--format", "json")
    data = json.loads(told)
    (compared,) = data["amendments"]
    counted = f"{compared['moved']} of {data['before']['total']}" if "moved" in compared else ""
    assert counted in moves


def test_a_draft_is_mended_by_its_fix(browser: Any, served: Served) -> None:
    path = served.folder / NAME
    path.write_text(path.read_text().replace("lasts at least 90 days", "lasts at leest 90 days"))
    with let_in(browser, served) as opened:
        opened.goto(f"http://{served.host}/write?policy={NAME}")
        opened.click(".offer button >> nth=0")
        opened.wait_for_selector("text=It is not saved yet")
        assert "lasts at least 90 days" in opened.input_value("#text")
        assert "leest" in path.read_text(), "nothing is saved that nobody saved"
        opened.click("button:text-is('Save')")
        opened.wait_for_selector(".said >> text=Saved.")
    assert "lasts at least 90 days" in path.read_text()


def test_findings_follow_the_pen_and_the_text_is_saved_on_the_way(browser: Any, served: Served) -> None:
    path = served.folder / NAME
    with let_in(browser, served) as opened:
        opened.goto(f"http://{served.host}/write?policy={NAME}")
        opened.fill("#text", opened.input_value("#text").replace("at least 90 days", "at least 30 days"))
        opened.wait_for_selector("#findings >> text=requirement not met >> nth=0")
        opened.wait_for_selector("#saved:text-is('Not saved yet')")
        opened.wait_for_selector("#saved:text-is('Saved')")
        assert "at least 30 days" in path.read_text()
        opened.wait_for_selector("#found-said:has-text('does not pass')", state="attached")
        opened.fill("#text", opened.input_value("#text") + "\n# and a second time\n")
        opened.wait_for_selector("#saved:text-is('Not saved yet')")
        opened.wait_for_selector("#saved:text-is('Saved')")
    assert path.read_text().endswith("# and a second time\n")


def test_the_form_changes_the_text_where_it_stands_and_can_be_undone(browser: Any, served: Served) -> None:
    path = served.folder / NAME
    before = path.read_text(encoding="utf-8")
    with let_in(browser, served) as opened:
        opened.goto(f"http://{served.host}/write?policy={NAME}")
        opened.click("summary:has-text('appraisal period')")
        assert opened.is_visible('#form input[value="90"]')
        opened.fill('#form input[value="90"]', "120")
        opened.press('#form input[value="90"]', "Enter")
        opened.wait_for_selector('#form input[value="90"][name$=" 120"]')
        assert opened.input_value("#text") == before.replace("lasts at least 90 days", "lasts at least 120 days")
        opened.wait_for_selector("#saved:text-is('Saved')")
        opened.fill('#form input[value="90"]', "many")
        opened.press('#form input[value="90"]', "Tab")
        opened.wait_for_selector("#form-said:has-text('many cannot stand in the place of 120')")
        opened.click("button:text-is('Undo')")
        assert opened.input_value("#text") == before
        opened.wait_for_selector("#form input[value='90']:not([aria-invalid])", state="attached")
        opened.wait_for_selector("#saved:text-is('Saved')")
    assert path.read_text(encoding="utf-8") == before


def test_two_blanks_of_one_sentence_are_filled_in_one_after_the_other(browser: Any, served: Served) -> None:
    with let_in(browser, served) as opened:
        opened.goto(f"http://{served.host}/write?policy={NAME}")
        before = opened.input_value("#text")
        opened.click("summary:has-text('summary rating')")
        for was, now in (("475", "480"), ("500", "499")):
            opened.fill(f'#form input[value="{was}"] >> nth=0', now)
            opened.press(f'#form input[value="{was}"] >> nth=0', "Enter")
            opened.wait_for_selector(f'#form input[name$=" {now}"] >> nth=0')
        assert opened.input_value("#text") == before.replace("score 475 to 500 is", "score 480 to 499 is")


def test_what_is_typed_for_a_sentence_that_has_moved_is_not_put_into_another(served: Served) -> None:
    path = served.folder / NAME
    text = path.read_text(encoding="utf-8")
    page = served.ask(f"/write?policy={NAME}").text
    blank = unescape(page.split('" value="475"')[0].rpartition('"')[2])
    line = "  score 475 to 500 is level 5\n"
    moved = text.replace(line, f"  score 475 to 480 is level 2\n{line}")
    form = {"text": moved, "digest": served.digest(NAME), "do": "save", blank: "485"}
    told = served.ask(f"/write?policy={NAME}", form)
    assert told.status == 422
    assert "no longer stands where the form shows it" in words_of(told.text)
    assert path.read_text(encoding="utf-8") == text


def test_a_sentence_of_the_phrase_book_is_put_where_the_author_is(browser: Any, served: Served) -> None:
    with let_in(browser, served) as opened:
        opened.goto(f"http://{served.host}/write?policy={NAME}")
        before = opened.input_value("#text")
        opened.evaluate("document.getElementById('text').setSelectionRange(0, 0)")
        opened.fill("#find", "prohibits forced")
        opened.click("#phrases button >> nth=0")
        first, _, rest = before.partition("\n")
        assert opened.input_value("#text").startswith(f"{first}\n  prohibits a forced distribution")
        assert opened.input_value("#text").endswith(rest)


def test_the_form_works_without_scripts(served: Served) -> None:
    path = served.folder / NAME
    text = path.read_text(encoding="utf-8")
    page = served.ask(f"/write?policy={NAME}").text
    blank = unescape(page.split('" value="90"')[0].rpartition('"')[2])
    form = {"text": text, "digest": served.digest(NAME), "do": "save", blank: "120"}
    wrong = served.ask(f"/write?policy={NAME}", form | {blank: "many"})
    assert wrong.status == 422
    assert "cannot stand in the place of" in words_of(wrong.text)
    assert path.read_text(encoding="utf-8") == text
    assert served.ask(f"/write?policy={NAME}", form).status == 200
    assert path.read_text(encoding="utf-8") == text.replace("lasts at least 90 days", "lasts at least 120 days")
    assert served.ask(f"/write?policy={NAME}", form | {"field x": "1"}).status == 422


def test_everything_can_be_done_with_the_keyboard_alone(browser: Any, served: Served) -> None:
    served.ask("/example", {})
    with let_in(browser, served) as opened:
        opened.goto(f"http://{served.host}/try?policy=example/{NAME}")
        opened.keyboard.press("Tab")
        assert opened.evaluate("document.activeElement.textContent") == "Skip to the content"
        opened.keyboard.press("Enter")
        _to(opened, "Leading Change level")
        for place, each in enumerate(ELEMENTS):
            if place:
                _to(opened, f"{each} level")
            opened.keyboard.type("3")
            opened.keyboard.press("Tab")
            opened.keyboard.type("20")
        opened.keyboard.press("Enter")
        opened.wait_for_selector("text=Score 300, level 3")


def _to(opened: Any, name: str) -> None:
    for _ in range(40):
        opened.keyboard.press("Tab")
        if opened.evaluate("document.activeElement.name || ''") == name:
            return
    raise AssertionError(f"the keyboard does not reach `{name}`")


def test_every_page_reads_without_scripts(browser: Any, served: Served) -> None:
    served.ask("/example", {})
    context = browser.new_context(java_script_enabled=False)
    try:
        opened = context.new_page()
        opened.goto(served.address)
        opened.wait_for_url(f"http://{served.host}/")
        opened.click(f"text=Check example/{NAME}")
        assert "That is not yet a pass" in words_of(opened.content())
        opened.goto(f"http://{served.host}/what-if?policy=example/{NAME}")
        opened.select_option("#roster", "example/invented-roster.csv")
        opened.fill('[name="figure cut of level 5"]', AMENDED)
        opened.click("text=See what it does")
        assert "The change as an amendment" in words_of(opened.content())
        opened.goto(f"http://{served.host}/phrases")
        opened.fill("#find", "cap")
        opened.click("button >> text=Find")
        assert "no higher" in words_of(opened.content())
    finally:
        context.close()


def test_a_new_system_is_begun_by_answers(browser: Any, served: Served) -> None:
    with let_in(browser, served) as opened:
        opened.click("text=Begin a new system")
        opened.fill("#file", "ours")
        opened.click("text=Write the first text")
        opened.wait_for_url("**/write?policy=ours.sespms")
        assert "0 errors" not in opened.inner_text("#findings")
    assert '"summary"' in _sespms(served.folder, "check", "ours.sespms", "--format", "json")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"figure cut of level 5": "many"}, "many is not a number"),
        ({"figure cut of level 5": "1e400"}, "1e400 is not a number"),
        ({"figure cut of level 5": "100"}, "SES"),
        ({"roster": "nobody.csv", "figure cut of level 5": "450"}, "nobody.csv in this folder"),
        ({"roster": "../../etc/passwd.csv"}, "is not the name of a file in this folder"),
    ],
)
def test_what_cannot_be_tried_is_a_sentence(shared: Served, typed: dict[str, str], says: str) -> None:
    found = shared.ask(f"/what-if?policy={NAME}", typed)
    assert says in words_of(found.text)
    assert str(shared.folder) not in found.text
    assert found.status in (200, 404, 422)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"Leading Change weight": "30"}, "100"),
        ({"Leading Change level": "6"}, "Leading Change"),
        ({"Leading Change weight": "a fifth"}, "a fifth is not a number"),
        ({each + " level": "" for each in ELEMENTS}, "rated"),
        ({"appointment": "king"}, "king is not a kind of appointment"),
    ],
)
def test_an_appraisal_that_cannot_be_rated_says_why(shared: Served, change: dict[str, str], says: str) -> None:
    typed = {f"{each} level": "4" for each in ELEMENTS} | {f"{each} weight": "20" for each in ELEMENTS} | change
    found = shared.ask(f"/try?policy={NAME}", typed | {"do": "rate"})
    words = words_of(found.text).replace("  ", " ")
    assert "There is no rating" in words
    assert says in words


def test_a_roster_that_is_uploaded_is_rated_and_gone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    temporary = tmp_path_factory.mktemp("temporary")
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(temporary)
    try:
        with serving_apart(folder) as served:
            rows = "id," + ",".join(f"{each} level,{each} weight" for each in ELEMENTS)
            content = f"{rows}\nE-1,{','.join(['4,20'] * 5)}\n"
            found = served.upload(f"/what-if?policy={NAME}", {"figure cut of level 4": "410", "do": "try"}, content)
            assert "1 of 1 executive" in words_of(found.text)
            assert list(temporary.iterdir()) == []
            (line,) = served.told().splitlines()
            assert line.strip().startswith("help: open the address"), "nothing is logged"
        assert list(temporary.iterdir()) == []
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def test_a_file_of_several_systems_stands_as_the_command_says(served: Served) -> None:
    text = (served.folder / NAME).read_text(encoding="utf-8")
    own = text[text.index('system "') : text.index("\nscenario ")]
    second = own.replace('"Basic SES Appraisal System"', '"Second system"', 1)
    (served.folder / "two.sespms").write_text(f"{text}\n{second}\n", encoding="utf-8")
    told = json.loads(_sespms(served.folder, "check", "two.sespms", "--format", "json"))
    headline = words_of(served.ask("/write?policy=two.sespms").text.split('<div id="findings">')[1].split("</p>")[0])
    assert headline == " ".join(told["summary"].split())
