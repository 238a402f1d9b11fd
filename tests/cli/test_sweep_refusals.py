"""`sweep` says why a variant refuses who is rated now: which sentences cross, at which score, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import HEADINGS, SMALL, data, put, run

CUTS = (
    SMALL.replace("score 450 to 500", "score at least 450")
    .replace("score 350 to 449", "score at least 350 and below 450")
    .replace("score 250 to 349", "score at least 250 and below 350")
)


def asked(folder: Path, *more: str, rows: str = "a-1,45,5,55,4\na-2,50,4,50,5\n") -> tuple[str | Path, ...]:
    policy = put(folder, "policy.sespms", CUTS)
    return "sweep", policy, put(folder, "roster.csv", HEADINGS + rows), *more


@pytest.mark.case("variants that check refuses")
def test_cuts_that_cross_are_told_with_score_sentences_and_fix(tmp_path: Path) -> None:
    result = run(*asked(tmp_path, "--vary", "cut of level 4 over 440, 460"))
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "\ncut of level 4: 460: 1 executive who is rated now is refused: two lines of the policy then fit one score,"
        " such as 450 (SES613 two-lines-fit)\n"
        "  line 22: `score at least 350 and below 450 is level 4` would be"
        " `score at least 460 and below 450 is level 4`\n"
        "  line 23: `score at least 250 and below 350 is level 3` would be"
        " `score at least 250 and below 460 is level 3`\n"
        "  fix: keep the cut of level 4 above 250, the cut of level 3, and below 450, the cut of level 5\n"
    )


def test_nothing_is_told_where_nobody_is_newly_refused(tmp_path: Path) -> None:
    """A refused executive was refused before, and a crossing that meets nobody refuses nobody."""
    rows = "a-1,45,5,55,4\na-2,50,9,50,5\n"
    document, _ = data(*asked(tmp_path, "--vary", "cut of level 4 over 440, 460", rows=rows))
    assert "newly_refused" not in document


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_tell_it_beside(tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    result = run(*asked(tmp_path, "--vary", "cut of level 4 over 460", "--output", str(out)))
    assert "SES613 two-lines-fit" in result.stderr


def test_many_variants_are_counted(tmp_path: Path) -> None:
    result = run(*asked(tmp_path, "--vary", "cut of level 4 from 460 to 490 by 5"))
    assert "and so under 4 more of the variants\n" in result.stdout
    document, _ = data(*asked(tmp_path, "--vary", "cut of level 4 from 460 to 490 by 5"))
    assert [each["settings"]["cut of level 4"] for each in document["newly_refused"]] == ["460", "465", "470"]


def test_a_limit_that_refuses_says_so_in_the_words_of_the_engine(tmp_path: Path) -> None:
    policy = put(
        tmp_path,
        "policy.sespms",
        CUTS.replace("are whole numbers", 'are whole numbers\n  "Results Driven" at least 20'),
    )
    roster = put(tmp_path, "roster.csv", HEADINGS + "a-1,60,5,40,4\na-2,50,4,50,5\n")
    figure = next(each for each in run("sweep", policy, roster).stderr.splitlines() if "Results Driven" in each)
    name = figure.strip().split(",")[0].split(" (")[0].strip("- `")
    result = run("sweep", policy, roster, "--vary", f"{name} over 45")
    assert (
        "1 executive who is rated now is refused: `Results Driven` weighs `40`, less than `45` (SES604" in result.stdout
    )


FACTS = (
    CUTS[: CUTS.index("scenario ")]
    .replace(
        "weights\n",
        'facts\n  "days served" is a whole number from 0 to 366\n  "grade" is one of "a" or "b"\n\nweights\n',
    )
    .replace("summary rating\n", 'summary rating\n  not rated when "days served" is less than 90\n')
)


def with_facts(folder: Path, rows: str, *more: str, policy: str = "") -> tuple[str | Path, ...]:
    """The same policy with facts, and a roster that gives them."""
    heads = HEADINGS.strip() + ",days served,grade\n"
    return "sweep", put(folder, "facts.sespms", policy or FACTS), put(folder, "facts.csv", heads + rows), *more


def test_with_facts_too(tmp_path: Path) -> None:
    """What is known of executives decides with their ratings who is refused, now and under a variant."""
    rows = "a-1,45,5,55,4,200,a\na-2,50,4,50,5,300,b\n"
    asked = with_facts(tmp_path, rows, "--vary", "cut of level 4 over 460")
    assert "1 executive who is rated now is refused: two lines" in run(*asked).stdout
    assert data(*asked)[0]["newly_refused"]


LEFT_OUT = (
    FACTS.replace("weights\n  total 100\n  are whole numbers\n\n", "")
    .replace(
        "score is the sum of points times weight", "unrated elements are left out\n  score is the average of points"
    )
    .replace("450", "4.5")
    .replace("350", "3.5")
    .replace("250", "2.5")
    .replace("150 to 249", "at least 1.5 and below 2.5")
    .replace("100 to 149", "below 1.5")
    .replace("4.5 to 500", "at least 4.5")
)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("a-1,,,80,a\na-2,4,5,300,b\n", "1 executive who is `not rated` now is refused"),
        ("a-1,,,80,a\na-3,,,70,a\na-2,4,5,300,b\n", "2 `not rated` now are refused"),
    ],
)
def test_those_who_have_no_level_now_are_not_said_to_be_rated(tmp_path: Path, rows: str, says: str) -> None:
    policy = put(tmp_path, "facts.sespms", LEFT_OUT)
    heads = "id,Leading People level,Results Driven level,days served,grade\n"
    asked = ("sweep", policy, put(tmp_path, "r.csv", heads + rows), "--vary", "threshold of days served over 90, 60")
    assert f"threshold of days served: 60: {says}" in run(*asked).stdout
    assert data(*asked)[0]["newly_refused"][0]["code"] == "SES618"


def test_a_limit_on_weights_by_a_fact(tmp_path: Path) -> None:
    limits = '"Results Driven" at least 40 when "grade" is "a"\n  "Results Driven" at least 30 when "grade" is "b"'
    policy = FACTS.replace("are whole numbers", f"are whole numbers\n  {limits}")
    rows = "a-1,45,4,55,5,200,a\na-2,65,4,35,5,300,b\n"
    result = run(*with_facts(tmp_path, rows, "--vary", "cut of level 4 over 460", policy=policy))
    assert "1 executive who is rated now is refused: two lines of the policy then fit one score" in result.stdout
