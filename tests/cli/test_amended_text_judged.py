"""What an amendment makes of a system is judged as the system is: nothing passes by standing in an amendment."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import SMALL, data, put, run

RULES = """baseline "Rules of Example"
  in force from 2020-01-01
  applies to systems that follow "Rules of Example"

requirement "Rule 1" "A failed element"
  must guarantee any critical element at level 1 gives level 1
  confirmed

requirement "Rule 2" "Reviewed by several"
  must state performance review board: has at least 3 members
  confirmed
"""
FOLLOWING = (
    SMALL.replace(
        'agency"\n',
        'agency"\n  is outside the Senior Executive Service\n  follows "Rules of Example"\n  effective 2026-10-01\n',
        1,
    )
    + "\nperformance review board\n  has at least 3 members\n"
)
HEAD = 'amendment "Later"\n  amends "Invented agency"\n  because "Invented."\n'
BOARD = "\nperformance review board\n  strike has at least 3 members\n  insert has at least {} members\n"
RATING = "\nsummary rating\n  strike any critical element at level 1 makes the rating level 1\n"
TITLE = "Invented agency, as amended by Later"


@pytest.fixture
def law(tmp_path: Path) -> tuple[str, ...]:
    """The options that name the folder with the rules of the reader."""
    (tmp_path / "law").mkdir()
    put(tmp_path / "law", "rules.sespms", RULES)
    return ("--law", str(tmp_path / "law"))


def judged(*arguments: str | Path) -> tuple[dict[str, set[str]], int]:
    """What each text fails, by the name it is judged under, and the exit code of every form, which is one."""
    found, code = data("check", *arguments)
    for form in ("text", "sarif", "junit", "html"):
        assert run("check", *arguments, "--format", form).exit_code == code, form
    texts: dict[str, set[str]] = {each["system"]: set() for each in found["baseline"]}
    for each in found["requirements"]:
        texts[each["system"]] |= {each["citation"]} if each["fails"] else set()
    return texts, code


@pytest.mark.parametrize(
    ("change", "fails"),
    [
        (BOARD.format(2), {"Rule 2"}),
        (BOARD.format(4), set()),
        (RATING, {"Rule 1"}),
        ("\nperformance review board\n  strike has at least 3 members\n", {"Rule 2"}),
        (BOARD.format(2) + RATING, {"Rule 1", "Rule 2"}),
    ],
)
def test_an_amendment_in_the_file_is_judged(tmp_path: Path, law: tuple[str, ...], change: str, fails: set[str]) -> None:
    policy = put(tmp_path, "p.sespms", f"{FOLLOWING}\n{HEAD}{change}")
    texts, code = judged(policy, *law)
    assert texts == {"Invented agency": set(), TITLE: fails}
    assert code == int(bool(fails))
    assert data("prove", policy, *law)[1] == int("Rule 1" in fails)


def test_a_file_of_amendments_is_judged_by_what_it_makes(tmp_path: Path, law: tuple[str, ...]) -> None:
    put(tmp_path, "p.sespms", FOLLOWING)
    amendment = put(tmp_path, "later.sespms", HEAD + BOARD.format(2))
    assert judged(amendment, *law) == ({TITLE: {"Rule 2"}}, 1)


@pytest.mark.parametrize("by_name", [True, False])
def test_a_reader_tries_an_amendment(tmp_path: Path, law: tuple[str, ...], by_name: bool) -> None:
    policy = put(tmp_path, "p.sespms", FOLLOWING)
    amendment = put(tmp_path, "later.sespms", HEAD + RATING)
    tried = ("--with", "Later" if by_name else str(amendment))
    assert judged(policy, *law) == ({"Invented agency": set()}, 0)
    assert judged(policy, *law, *tried) == ({"Invented agency": set(), TITLE: {"Rule 1"}}, 1)
    assert data("prove", policy, *law, *tried)[1] == 1
    assert {Path(each["path"]).name for each in data("check", policy, *law, *tried)[0]["files"]} == {
        "p.sespms",
        "later.sespms",
    }


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("", {"Invented agency, from 2028-10-01, as amended by First and Second": {"Rule 1", "Rule 2"}}),
        (" to 2028-09-30", {"Invented agency, from 2028-10-01, as amended by Second": {"Rule 1"}}),
    ],
)
def test_dated_amendments_are_carried_out_together_day_by_day(
    tmp_path: Path, law: tuple[str, ...], until: str, last: dict[str, set[str]]
) -> None:
    first = HEAD.replace('"Later"', '"First"').replace("  because", f"  in force from 2027-10-01{until}\n  because")
    second = HEAD.replace('"Later"', '"Second"').replace("  because", "  in force from 2028-10-01\n  because")
    policy = put(tmp_path, "p.sespms", f"{FOLLOWING}\n{first}{BOARD.format(2)}\n{second}{RATING}")
    texts, code = judged(policy, *law)
    assert texts == {
        "Invented agency": set(),
        "Invented agency, from 2027-10-01, as amended by First": {"Rule 2"},
        **last,
    }
    assert code == 1
    days = {each["system"]: each["day"] for each in data("check", policy, *law)[0]["days"]}
    assert sorted(map(str, days.values())) == ["2026-10-01", "2027-10-01", "2028-10-01"]


def test_an_amendment_that_is_nowhere_is_a_wrong_usage(tmp_path: Path, law: tuple[str, ...]) -> None:
    result = run("check", put(tmp_path, "p.sespms", FOLLOWING), *law, "--with", "Latter")
    assert (result.exit_code, "there is no amendment `Latter`" in result.stderr) == (2, True)


def test_a_difference_of_editions_looks_at_texts_under_amendments(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", FOLLOWING)
    before = put(tmp_path, "before.sespms", RULES.split('\nrequirement "Rule 2"')[0])
    after = put(tmp_path, "after.sespms", RULES)
    amendment = put(tmp_path, "later.sespms", HEAD + BOARD.format(2))
    found, code = data("baseline", "diff", before, after, policy, "--with", amendment)
    assert {each["system"]: each["breaks"] for each in found["policies"]} == {"Invented agency": False, TITLE: True}
    assert code == 1
    assert run("baseline", "diff", before, after, "--with", amendment).exit_code == 2
