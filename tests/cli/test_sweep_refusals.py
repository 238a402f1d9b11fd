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
