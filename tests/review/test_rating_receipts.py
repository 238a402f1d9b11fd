"""Receipts of ratings: derived again by the command and by the page itself, refused where anything was changed."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from browsing import looked_at
from cli.running import HEADINGS, OPM, SMALL, data, put, run
from review.test_certificates import drawn_figures, level_of, score_of
from sespms_rules.foundation.origin import exact

EXAMPLE = "OPM's published example"
AVERAGED = (
    SMALL.replace("weights\n  total 100\n  are whole numbers\n\n", "")
    .replace("score is the sum of points times weight", "score is the average of points")
    .replace("score 450 to 500 is level 5", "take the first line that fits\n  score at least 4.5 is level 5")
    .replace("score 350 to 449", "score at least 3.5")
    .replace("score 250 to 349", "score at least 2.5")
    .replace("score 150 to 249", "score at least 1.5")
    .replace("score 100 to 149", "score at least 1")
    .replace(" weight 50", "")
    .replace("expect score 300", "expect score 3")
)
ROUNDED = SMALL.replace(
    "score is the sum of points times weight",
    "score is the sum of points times weight rounded half up to whole numbers",
)
ROWS = HEADINGS + "E-1,60,5,40,4\nE-2,50,1,50,5\nE-3,33,3,67,2\n"


def _receipt(folder: Path, policy: str | Path = OPM, *of: str | Path) -> Path:
    file = folder / "receipt.html"
    done = run("explain", policy, *(of or ("--scenario", EXAMPLE)), "--receipt", file)
    assert done.exit_code == 0, done.output
    return file


def test_a_receipt_is_derived_again(tmp_path: Path) -> None:
    file = _receipt(tmp_path)
    told, code = data("verify", file, "--policy", OPM)
    assert code == 0
    assert (told["score"], told["level"], told["against"]) == ("400", 4, None)
    page = file.read_text(encoding="utf-8")
    for shown in ("score 400, level 4", "Exceeds Fully Successful", "5 CFR 430.305(a)(5)", "To raise the level takes"):
        assert shown in page
    assert told["texts"]["opm_basic.sespms"] in page


def test_a_receipt_made_for_another_says_that_it_shows_no_person(tmp_path: Path) -> None:
    """Whoever makes the page anew under another id has a whole receipt: so page and command say what is not shown."""
    scenario = 'scenario "As planned"'
    file = _receipt(tmp_path, put(tmp_path, "small.sespms", SMALL), "--scenario", "As planned")
    forged = put(tmp_path, "other.sespms", SMALL.replace(scenario, scenario.replace("As planned", "E-9")))
    assert forged.read_text() != SMALL
    for page in (file, _receipt(tmp_path, forged, "--scenario", "E-9")):
        done = run("verify", page)
        assert done.exit_code == 0
        assert "is whole: the level follows from the policy, the plan and the ratings in the receipt" in done.output
        assert "not shown: who made the receipt, whom it is about, that these ratings were given" in done.output
        told, _ = data("verify", page)
        assert "nobody signed it" in told["not_shown"]
        assert f"Not shown: {told['not_shown']}. Anyone can make such a page" in page.read_text(encoding="utf-8")


def test_a_receipt_holds_nobody_else_and_no_more_of_the_executive_than_the_rating_needs(tmp_path: Path) -> None:
    roster = put(tmp_path, "roster.csv", ROWS.replace("id,", "unit,id,").replace("E-", "Harbor,E-"))
    policy = put(tmp_path, "small.sespms", SMALL)
    page = _receipt(tmp_path, policy, roster, "--id", "E-2").read_text(encoding="utf-8")
    assert "E-2" in page
    assert not any(other in page for other in ("E-1", "E-3", "Harbor", "roster", str(tmp_path)))


def test_a_policy_of_another_shape_has_a_receipt_too(tmp_path: Path) -> None:
    file = _receipt(tmp_path, put(tmp_path, "small.sespms", ROUNDED), "--scenario", "As planned")
    assert "by itself, because it works out more than a sum" in file.read_text(encoding="utf-8")
    assert run("verify", file).exit_code == 0


def test_a_receipt_of_another_policy_is_refused(tmp_path: Path) -> None:
    file = _receipt(tmp_path, put(tmp_path, "small.sespms", SMALL), "--scenario", "As planned")
    (tmp_path / "small.sespms").write_text(SMALL.replace("450", "451").replace("449", "450"), encoding="utf-8")
    done = run("verify", file, "--policy", tmp_path / "small.sespms")
    assert done.exit_code == 1
    assert "rests on other texts" in done.output


def test_no_receipt_is_made_under_an_amendment_or_of_no_rating(tmp_path: Path) -> None:
    roster = put(tmp_path, "roster.csv", HEADINGS + "E-1,60,5,60,4\n")
    policy = put(tmp_path, "small.sespms", SMALL)
    done = run("explain", policy, roster, "--id", "E-1", "--receipt", tmp_path / "r.html")
    assert done.exit_code == 2
    assert "without a rating there is no receipt" in done.output
    done = run("explain", policy, roster, "--id", "E-1", "--as-of", "2026-01-01", "--receipt", tmp_path / "r.html")
    assert "a receipt is of a policy as it stands" in done.output
    assert not (tmp_path / "r.html").exists()


def _change(file: Path, old: str, new: str) -> None:
    """Change the text of a page, in which `~` stands for a quotation mark of its code."""
    page = file.read_text(encoding="utf-8").replace("&quot;", "~")
    assert old in page
    file.write_text(page.replace(old, new).replace("~", "&quot;"), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        pytest.param(
            ">score 400, level 4<", ">score 400, level 5<", 1, "the receipt was changed: line", id="the words"
        ),
        pytest.param("~level~: 4", "~level~: 5", 2, "give score `400` and level `4`", id="the level"),
        pytest.param("~rating~: ~3~", "~rating~: ~5~", 2, "give score", id="a rating"),
        pytest.param("~rating~: ~3~", "~rating~: ~9~", 2, "cannot be rated", id="none"),
        pytest.param("~weight~: ~60~", "~weight~: 60", 2, "no receipt", id="a number"),
        pytest.param("score 400 to 474 is level 4", "score 400 to 474 is level 3", 2, "give score", id="the policy"),
        pytest.param(
            "~weighted~: ~1~",
            "~weighted~: ~2~",
            1,
            "was changed",
            id="a figure",
        ),
        pytest.param("const place", "return; const place", 1, "was changed", id="the script"),
        pytest.param("</main>", "<p>Approved</p></main>", 1, "was changed", id="words more"),
        pytest.param("</html>", "</html>\n", 1, "was changed", id="a line more"),
        pytest.param("~version~: ~", "~version~: ~9", 1, "its words were not", id="a version"),
        pytest.param("sespms-rating-receipt/1", "sespms-rating-receipt/2", 2, "no receipt", id="the schema"),
        pytest.param('<pre id="code">', '<pre id="code">{}</pre><pre id="code">', 2, "no receipt", id="two codes"),
        pytest.param("~facts~: {", "~facts~: [", 2, "no receipt", id="no JSON"),
    ],
)
def test_a_changed_receipt_is_refused(tmp_path: Path, old: str, new: str, code: int, says: str) -> None:
    file = _receipt(tmp_path)
    _change(file, old, new)
    done = run("verify", file)
    assert done.exit_code == code, done.output
    assert says in done.output


DEEP = b'<pre id="code">' + b"[" * 200_000 + b"</pre>"


@pytest.mark.parametrize("held", [b"", b"\xff\xfe", DEEP, b"x" * 5_000_001], ids=["empty", "bytes", "deep", "large"])
def test_what_is_no_receipt_is_refused(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "it.html").write_bytes(held)
    done = run("verify", tmp_path / "it.html")
    assert done.exit_code == 2
    assert "receipt" in done.output


# ---- in a real browser -------------------------------------------------------------------------------


def _said(browser: Any, file: Path) -> str:
    """What a page says of itself, with its own policy of content in force, offline."""
    context = browser.new_context(offline=True)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.goto(file.as_uri())
    said = str(opened.text_content("#again"))
    assert not faults
    context.close()
    return said


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_and_the_page_asks_for_nothing(browser: Any, tmp_path: Path, scheme: str, width: int) -> None:
    with looked_at(browser, _receipt(tmp_path), scheme, width) as opened:
        opened.click("summary")
        assert "sespms-rating-receipt/1" in opened.inner_text("#code")


UNWEIGHTED = "id,Leading People level,Results Driven level\nE-1,5,4\nE-3,3,2\n"


@pytest.mark.parametrize(
    ("text", "rows", "ids"),
    [(SMALL, ROWS, ("E-1", "E-2", "E-3")), (AVERAGED, UNWEIGHTED, ("E-1", "E-3"))],
    ids=["sum", "average"],
)
def test_the_page_derives_it_again(browser: Any, tmp_path: Path, text: str, rows: str, ids: tuple[str, ...]) -> None:
    policy, roster = put(tmp_path, "small.sespms", text), put(tmp_path, "roster.csv", rows)
    for each in ids:
        assert _said(browser, _receipt(tmp_path, policy, roster, "--id", each)).endswith(", as it says above.")


def test_the_script_derives_what_another_reading_of_the_figures_derives(browser: Any, tmp_path: Path) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", _receipt(tmp_path).read_text(encoding="utf-8"), re.DOTALL)
    draw = random.Random(20261129)
    opened = browser.new_context().new_page()
    levels = set()
    for _ in range(60):
        figures = drawn_figures(draw)
        ratings = {name: (draw.randint(1, 3), draw.randint(1, 3)) for name in "AB"}
        score, level = score_of(figures, figures["plans"][0], ratings), level_of(figures, figures["plans"][0], ratings)
        elements = [{"name": name, "weight": str(w), "rating": str(each)} for name, (w, each) in ratings.items()]
        told = {"score": str(score), "level": level}
        code = json.dumps({"figures": figures, "appraisal": {"elements": elements}, "told": told})
        opened.set_content(
            f'<p id="told">score {exact(score)}, level {level}</p><p id="again"></p><pre id="code">{code}</pre>'
            f"<script>{script}</script>"
        )
        said = opened.text_content("#again")
        levels.add(level)
        assert said.endswith("the code below was changed." if level is None else "as it says above."), (code, said)
    assert levels == {1, 2, 3, None}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (">score 400, level 4<", ">score 400, level 5<", "this receipt was changed"),
        ("~rating~: ~3~", "~rating~: ~5~", "this receipt was changed"),
        (
            "~rating~: ~3~",
            "~rating~: ~9~",
            "could not work the level out again",
        ),
        ("const place", "return; const place", "Here none ran"),
    ],
    ids=["the words", "a rating", "no rating", "the script"],
)
def test_a_changed_page_says_so_itself(browser: Any, tmp_path: Path, old: str, new: str, says: str) -> None:
    file = _receipt(tmp_path)
    _change(file, old, new)
    assert says in _said(browser, file)
