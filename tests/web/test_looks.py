"""What a page looks like where looks alone were wrong: found by looking at pictures of every page in its states."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sespms_rules.authoring.finding_pages import page_of
from sespms_rules.foundation.resources import package_folder
from workbench_browser import axe_finds_nothing, let_in
from workbench_server import Served, words_of

NAME = "opm_basic.sespms"
WIDE = {"width": 1280, "height": 900}


def test_axe_finds_nothing_where_a_fix_is_offered(browser: Any, served: Served) -> None:
    """Words in backticks on a button were white on white."""
    path = served.folder / NAME
    path.write_text(path.read_text().replace("lasts at least 90 days", "lasts at leest 90 days"))
    with let_in(browser, served, viewport=WIDE, bypass_csp=True) as opened:
        opened.goto(f"http://{served.host}/write?policy={NAME}")
        opened.wait_for_selector(".offer button code")
        looks = "at => [getComputedStyle(at).color, getComputedStyle(at).backgroundColor]"
        color, ground = opened.eval_on_selector(".offer button code", looks)
        assert (color, ground) == (opened.eval_on_selector(".offer button", looks)[0], "rgba(0, 0, 0, 0)")
        axe_finds_nothing(opened)


def _codes() -> set[str]:
    return {each.name[:6].upper() for each in package_folder().rglob("ses[0-9][0-9][0-9]_*.md")}


def test_the_page_of_every_finding_reads_as_words_and_not_as_marks(shared: Served) -> None:
    for code in sorted(_codes()):
        found = shared.ask(f"/findings/{code}")
        assert found.status == 200, code
        bare = re.sub(r"<pre.*?</pre>", " ", found.text, flags=re.DOTALL)
        assert not re.search(r"```|(^|\s)#+ |\]\(", words_of(bare)), code
        for each in page_of(code).text.splitlines():
            kept = " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", each).replace("`", " ").split())
            if not each.startswith(("#", "```")):
                assert kept.replace(" ", "") in words_of(found.text).replace("`", "").replace(" ", ""), (code, each)


@pytest.mark.parametrize(
    ("path", "title", "says"),
    [
        ("/nothing", "Not found", "There is no such page."),
        ("/findings/SES999", "Not found", "SES999"),
        ("/write?policy=../x.sespms", "Not found", "is not the name of a file in this folder"),
        (f"/try?policy={NAME}&system=Nobody", "Not done", "There is no system"),
    ],
)
def test_what_went_wrong_is_told_under_a_plain_title(shared: Served, path: str, title: str, says: str) -> None:
    found = shared.ask(path).text
    assert f"<h1>{title}</h1>" in found
    assert says in words_of(found)
