"""`sespms compare`: its forms, what it says, its data, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import BROKEN, OPM, ROOT, SMALL, data, put, run

RAISED = str(ROOT / "policies" / "what-if" / "raise_the_bar.sespms")
DATED = str(ROOT / "policies" / "shapes" / "shape_24_dated_rule.sespms")
CUTS = str(ROOT / "policies" / "shapes" / "shape_02_other_cuts.sespms")
FIRST, SECOND = "Shape 02, the cuts of the first year", "Shape 02, the cuts of the second year"

STRICTER = SMALL.replace("score 450 to 500", "score 460 to 500").replace("score 350 to 449", "score 350 to 459")
AMENDMENT = """amendment "Ask more of the best"
  amends "Invented agency"
  in force from 2027-01-01

summary rating
  strike score 450 to 500 is level 5
  insert score 460 to 500 is level 5
  strike score 350 to 449 is level 4
  insert score 350 to 459 is level 4
"""
LATER = """
amendment "Let one weak element pass"
  amends "Invented agency"
  in force from 2028-01-01 to 2028-12-31

summary rating
  strike any critical element at level 1 makes the rating level 1
"""


# ---- what it says ----------------------------------------------------------------------------------


def test_the_amendment_that_is_shipped_is_stricter() -> None:
    result = run("compare", OPM, "--with", RAISED)
    assert result.exit_code == 0
    says = "1,996,822 of 963,618,750 possible appraisals get a lower level and none a higher one"
    assert (
        f"the new system is stricter: {says}\n  proved by the solver and found by counting every one" in result.output
    )
    assert "plans: the same 308,358 plans are allowed under both" in result.output
    assert "a lower level, for example: level 5 on a score of 480 under the old" in result.output
    assert '      with amendment "Raise the bar for Outstanding"' in result.output
    assert "  these 2 sentences together: 1,996,822 get a lower level" in result.output
    after = result.output.split("changed in text alone: nobody's rating rests on it")[1]
    assert "lasts at least 90 days" in after
    assert "lasts at least 120 days" in after


def test_the_same_as_data() -> None:
    found, code = data("compare", OPM, RAISED)
    assert code == 0
    assert found["schema"] == "sespms-compare/1"
    assert found["verdict"] == "stricter"
    assert found["proved_by"] == ["solver", "count"]
    assert found["cases"] == {"plans": 308_358, "vectors": 3_125, "appraisals": 963_618_750}
    assert found["moved"] == {"up": 0, "down": 1_996_822, "only_old": 0, "only_new": 0}
    assert {"from": "level 5", "to": "level 4", "count": 1_996_822} in found["transitions"]
    assert sum(each["count"] for each in found["transitions"]) == 963_618_750
    (witness,) = found["witnesses"]
    assert (witness["direction"], witness["from"], witness["to"]) == ("lower", "level 5", "level 4")
    assert (witness["old"]["score"], witness["new"]["score"]) == ("480", "480")
    assert 'with amendment "Raise the bar for Outstanding"' in witness["scenario"]
    (cause,) = found["causes"]
    assert [each["new"][0]["text"] for each in cause["changes"]] == [
        "score 485 to 500 is level 5",
        "score 400 to 484 is level 4",
    ]
    assert all(each["old"][0]["line"] > 0 and each["new"][0]["line"] > 0 for each in cause["changes"])
    assert [each["old"][0]["text"] for each in found["text_only"]] == ["lasts at least 90 days"]


def test_the_shown_scenario_passes_where_it_is_pasted(tmp_path: Path) -> None:
    old = put(tmp_path, "old.sespms", SMALL)
    found, _ = data("compare", old, put(tmp_path, "change.sespms", AMENDMENT))
    pasted = put(tmp_path, "pasted.sespms", f"{AMENDMENT}\n{found['witnesses'][0]['scenario']}\n")
    result = run("test", pasted, old)
    assert result.exit_code == 0, result.output
    assert "passed  A lower level under the new system" in result.output


def test_comparing_backwards_turns_the_directions_round(tmp_path: Path) -> None:
    old, new = put(tmp_path, "old.sespms", SMALL), put(tmp_path, "new.sespms", STRICTER)
    there, back = data("compare", old, new)[0], data("compare", new, old)[0]
    assert (there["verdict"], back["verdict"]) == ("stricter", "looser")
    assert there["moved"]["down"] == back["moved"]["up"] > 0


# ---- its forms -------------------------------------------------------------------------------------


def test_an_amendment_may_be_named_by_its_name(tmp_path: Path) -> None:
    path = put(tmp_path, "policy.sespms", f"{SMALL}\n{AMENDMENT}")
    found, code = data("compare", path, "--with", "Ask more of the best")
    assert (code, found["verdict"]) == (0, "stricter")
    assert found["new"] == {"path": str(path), "system": "Invented agency", "amendment": "Ask more of the best"}


def test_two_systems_of_one_policy() -> None:
    found, _ = data("compare", CUTS, "--system", FIRST, "--system", SECOND)
    assert (found["verdict"], found["moved"]["up"], found["moved"]["down"]) == ("looser", 24_054, 0)
    assert [len(each["changes"]) for each in found["causes"]] == [4]


def test_two_days_of_a_policy_with_dated_texts() -> None:
    result = run("compare", DATED, "--as-of", "2025-01-01", "--as-of", "2026-01-01")
    assert result.exit_code == 0
    assert 'system "Shape 24, before the change"' in result.output.splitlines()[0]
    assert 'system "Shape 24, after the change"' in result.output.splitlines()[1]
    assert "the two systems rate alike" in result.output
    assert "considers inclusion" in result.output


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        (("2026-12-31", "2027-01-01"), "stricter"),
        (("2027-01-01", "2026-12-31"), "looser"),
        (("2026-01-01", "2026-12-31"), "same"),
        (("2027-06-01", "2028-06-01"), "looser"),
        (("2026-06-01", "2028-06-01"), "incomparable"),
        (("2026-06-01", "2029-01-01"), "stricter"),
    ],
)
def test_two_days_of_a_policy_with_amendments(tmp_path: Path, days: tuple[str, str], verdict: str) -> None:
    asked = ("--as-of", days[0], "--as-of", days[1])
    beside = put(tmp_path, "change.sespms", f"{AMENDMENT}\n{LATER}")
    assert data("compare", put(tmp_path, "old.sespms", SMALL), "--with", beside, *asked)[0]["verdict"] == verdict
    within = put(tmp_path, "policy.sespms", f"{SMALL}\n{AMENDMENT}\n{LATER}")
    assert data("compare", within, *asked)[0]["verdict"] == verdict


def test_elements_of_other_names(tmp_path: Path) -> None:
    old = put(tmp_path, "old.sespms", SMALL)
    new = put(tmp_path, "new.sespms", STRICTER.replace("Leading People", "Leadership"))
    result = run("compare", old, new)
    assert result.exit_code == 2
    assert "these systems do not rate the same elements: only the old rates `Leading People`" in result.output
    assert "--map" in result.output
    found, code = data("compare", old, new, "--map", "Leading People=Leadership")
    assert (code, found["verdict"]) == (0, "stricter")
    assert found["mapping"] == [{"old": "Leading People", "new": "Leadership"}]
    assert '"Leadership"' in found["witnesses"][0]["scenario"]
    assert run("compare", old, new, "--map", "Leading People=Leadership").output.splitlines()[2] == (
        "     `Leadership` stands for `Leading People`"
    )


def test_bases_are_read_from_the_folder_of_each_policy(tmp_path: Path) -> None:
    variant = 'system "Variant" based on "Invented agency"\n'
    folders = [tmp_path / "old", tmp_path / "new"]
    for folder, base in zip(folders, (SMALL, STRICTER), strict=True):
        folder.mkdir()
        put(folder, "base.sespms", base)
        put(folder, "variant.sespms", variant)
    result = run("compare", *(folder / "variant.sespms" for folder in folders))
    assert result.exit_code == 0
    assert "the new system is stricter" in result.output
    assert "neither file says so itself: what differs stands in what they are based on" in result.output


# ---- how it ends -----------------------------------------------------------------------------------


def test_a_policy_with_errors_is_not_compared(tmp_path: Path) -> None:
    good, bad = put(tmp_path, "good.sespms", SMALL), put(tmp_path, "bad.sespms", BROKEN)
    result = run("compare", good, bad)
    assert result.exit_code == 1
    assert "SES001" in result.output or "SES0" in result.output
    found, code = data("compare", good, bad)
    assert (code, found["verdict"]) == (1, None)
    assert found["findings"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "name what to compare with"),
        (("--with", "No such amendment"), "there is no amendment `No such amendment`"),
        (("--as-of", "2026-01-01"), "give `--as-of` twice"),
        (("--as-of", "2026-01-01", "--as-of", "soon"), "`soon` is no day"),
        (("--system", "Nobody", "--system", "Nobody"), "there is no system `Nobody`"),
        (("--with", OPM), "holds no amendment"),
        (("--with", RAISED, "--map", "No sign"), "`No sign` maps nothing"),
        ((OPM, OPM), "two policies are compared, and 3 were named"),
        ((OPM, "--with", RAISED), "with `--with` one policy is named"),
        ((OPM, "--as-of", "2026-01-01", "--as-of", "2026-01-02"), "with `--as-of` one policy is named"),
        ((OPM, "--map", "Leading Change=Leading Change", "--map", "Leading Change=Leading People"), "mapped twice"),
        (("--system", "a", "--system", "b", "--system", "c"), "`--system` is given once or twice"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: tuple[str, ...], says: str) -> None:
    result = run("compare", OPM, *arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())


def test_a_day_before_any_text_is_refused() -> None:
    result = run("compare", DATED, "--as-of", "2020-01-01", "--as-of", "2026-01-01")
    assert result.exit_code == 2
    assert "has no system in force on 2020-01-01; the first takes effect on 2024-10-01" in result.output


def test_of_several_systems_one_is_to_be_chosen() -> None:
    result = run("compare", CUTS, OPM)
    assert result.exit_code == 2
    assert "holds several systems; choose with `--system`" in result.output


def test_an_amendment_of_another_system_is_refused(tmp_path: Path) -> None:
    old = put(tmp_path, "old.sespms", SMALL)
    result = run("compare", old, "--with", RAISED)
    assert result.exit_code == 2
    assert "amends `Basic SES Appraisal System`" in result.output


def test_a_file_of_several_amendments_compares_each(tmp_path: Path) -> None:
    again = AMENDMENT.replace("Ask more of the best", "Ask more once again")
    old = put(tmp_path, "old.sespms", SMALL)
    found, code = data("compare", old, "--with", put(tmp_path, "two.sespms", f"{AMENDMENT}\n{again}"))
    assert code == 0
    assert [each["new"]["amendment"] for each in found["comparisons"]] == [
        "Ask more of the best",
        "Ask more once again",
    ]


def test_a_policy_without_a_system_is_refused(tmp_path: Path) -> None:
    old = put(tmp_path, "old.sespms", SMALL)
    baseline = ROOT / "policies" / "federal" / "opm-basic-2012.sespms"
    result = run("compare", old, baseline)
    assert result.exit_code == 2
    assert "holds no system to compare" in result.output


def test_an_amendment_that_leaves_a_gap_is_compared_and_its_errors_are_told(tmp_path: Path) -> None:
    """Points with a half make scores between the bands: who falls there is counted, not passed over."""
    amendment = put(
        tmp_path,
        "halves.sespms",
        'amendment "Better is worth 4.5"\n  amends "Invented agency"\n\nlevels\n'
        '  strike level 4 "Better"  4 points  equivalent to exceeds fully successful\n'
        '  insert level 4 "Better"  4.5 points  equivalent to exceeds fully successful\n',
    )
    old = put(tmp_path, "old.sespms", SMALL)
    result = run("compare", old, "--with", amendment)
    assert result.exit_code == 1
    assert "error SES214 band-gap" in result.stdout
    assert "As amended the system has the errors above and would not be run." in result.stdout
    assert "2 get a level under the old system alone" in result.stdout
    assert "this sentence alone: 269 get a higher level" in result.stdout
    found, code = data("compare", old, "--with", amendment)
    assert code == 1
    assert [each["code"] for each in found["findings"] if each["severity"] == "error"] == ["SES214"]
    for each in found["findings"]:
        if each["severity"] == "error":
            assert each["labels"][-1]["message"] == "this line of the amendment brings it"
            assert each["labels"][-1]["path"].endswith("halves.sespms")
            assert each["labels"][-1]["line"] == 6
    assert found["verdict"] is not None


def test_an_amendment_that_cannot_be_read_is_not_compared(tmp_path: Path) -> None:
    for wrong in (
        "summary rating\n  strike score 1 to 2 is level 5\n",
        "summary rating\n  insert score twelve is level 5\n",
    ):
        text = f'amendment "Broken"\n  amends "Basic SES Appraisal System"\n\n{wrong}'
        found, code = data("compare", OPM, "--with", put(tmp_path, "broken.sespms", text))
        assert code == 1
        assert found["verdict"] is None


def test_systems_of_different_size_are_counted_side_by_side(tmp_path: Path) -> None:
    """An appraisal of one system is none of the other: `compare` says so, and counts each as `count` does."""
    more = put(
        tmp_path,
        "more.sespms",
        'amendment "A third element"\n  amends "Invented agency"\n\nsystem\n'
        "  strike has exactly 2 critical elements\n  insert has exactly 3 critical elements\n\n"
        'critical element "Stewardship"\n',
    )
    old = put(tmp_path, "old.sespms", SMALL)
    result = run("compare", old, "--with", more)
    assert result.exit_code == 0
    said = " ".join(result.output.split())
    assert "not compared appraisal by appraisal: these systems do not rate the same elements" in said
    assert "only the new rates `Stewardship` each system is counted over its own possible appraisals" in said
    assert "old: 2,475 possible appraisals under 99 plans" in result.stdout
    document, code = data("compare", old, "--with", more)
    assert (code, document["verdict"]) == (0, None)
    counted, _ = data("count", old)
    (alone,) = counted["systems"]
    side = document["counted_apart"]["old"]
    assert side["ends"] == {str(each["level"]): each["cases"] for each in alone["levels"]}
    assert sum(side["ends"].values()) == side["appraisals"] == alone["appraisals"]
    assert document["counted_apart"]["new"]["appraisals"] == 606_375
    table = run("compare", old, "--with", more, "--format", "csv")
    assert (table.exit_code, "count each system by itself" in table.stderr) == (2, True)
    proved = run("prove", old, "--with", more, "--guarantee", "every appraisal gets exactly one level")
    assert "1 guarantee: 1 proved, 0 refuted, 0 undecided" in proved.stdout
    assert "606,375 possible appraisals" in proved.stdout


def test_a_side_that_cannot_be_counted_says_why(tmp_path: Path) -> None:
    head = SMALL.split("weights\n")[0]
    lines = "  score at least {1} is level 5\n  score below {1} is level 4\n"
    summary = "summary rating\n  score is the sum of points{0}\n" + lines
    two = put(tmp_path, "two.sespms", head + "weights\n  total 100\n\n" + summary.format(" times weight", 450))
    one = head.replace("exactly 2", "exactly 1").replace('critical element "Results Driven"\n', "")
    result = run("compare", two, put(tmp_path, "one.sespms", one + summary.format("", 5)))
    assert result.exit_code == 0, result.output
    assert "old: not counted: the weight of `Leading People` may have fractions" in result.stdout
    assert "only the old rates `Results Driven`" in result.stdout
    assert "new: 5 possible appraisals under 1 plan" in result.stdout


_DATED = """system "Invented agency"
  is outside the Senior Executive Service
  effective 2025-01-01
  has exactly 1 critical element

critical element "Results"

levels
  level 3 "Good"  3 points
  level 1 "Poor"  1 point

summary rating
  score is the average of points
  score at least 2 is level 3
  score below 2 is level 1

amendment "First"
  amends "Invented agency"
  in force from 2026-04-01

levels
  strike level 3 "Good"  3 points
  insert level 3 "Fine"  3 points

amendment "Second"
  amends "Invented agency"
  in force from 2027-04-01

levels
  strike level 1 "Poor"  1 point
  insert level 1 "Weak"  1 point
"""


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            ("--with", "First"),
            [
                "`First` is tried beside the text that is used: it was named",
                "`Second`, in force from 2027-04-01, is not applied: no day was named",
            ],
        ),
        (
            ("--as-of", "2026-01-01", "--as-of", "2026-05-01"),
            [
                "`First`, in force from 2026-04-01, is not applied: it is not in force on 2026-01-01",
                "`Second`, in force from 2027-04-01, is not applied: it is not in force on 2026-01-01",
                "`First` is applied: it is in force on 2026-05-01",
                "`Second`, in force from 2027-04-01, is not applied: it is not in force on 2026-05-01",
            ],
        ),
        (
            ("--as-of", "2027-05-01", "--as-of", "2027-06-01"),
            [
                f"`{name}` is applied: it is in force on {day}"
                for day in ("2027-05-01", "2027-06-01")
                for name in ("First", "Second")
            ],
        ),
        (
            ("other.sespms",),
            [
                f"`{name}`, in force from {day}, is not applied: no day was named"
                for name, day in (("First", "2026-04-01"), ("Second", "2027-04-01"))
            ],
        ),
    ],
)
def test_each_dated_amendment_is_told(tmp_path: Path, asked: tuple[str, ...], told: list[str]) -> None:
    """What is applied, tried or left out is said on standard error and in JSON, as `impact` and `count` say it."""
    policy = put(tmp_path, "dated.sespms", _DATED)
    other = put(tmp_path, "other.sespms", _DATED.split("amendment")[0]) if asked == ("other.sespms",) else None
    named = (str(other),) if other else asked
    result = run("compare", policy, *named)
    assert result.exit_code == 0, result.output
    assert "SES403" not in result.stdout
    assert result.stderr.count("SES403") == len(told)
    found, _ = data("compare", policy, *named)
    assert [each["message"] for each in found["findings"]] == [f"the amendment {words}" for words in told]


def test_a_policy_without_dated_amendments_tells_nothing(tmp_path: Path) -> None:
    result = run("compare", put(tmp_path, "a.sespms", _DATED.split("amendment")[0]), OPM)
    assert "SES403" not in result.output
