"""Mid-year review, feedback, revision of a plan, training needs, certification of a rating: each kept and broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.running import ROOT, run
from records.invented_years import Change, InventedYear, written

_POLICY = ROOT / "policies" / "examples" / "survey_office.sespms"
_CERTIFIED = (
    'rating steps: rating certification "Certification of the rating" by oversight official within 30 days after annual'
    " rating"
)
_ATTESTED = "evidence, formula and procedure"
_SAID = {
    "progress review: includes a mid-year review",
    "progress review: may revise the plan in writing",
    "progress review: gives feedback at least 4 times each period",
    "progress review: documents the feedback",
    "development: identifies training needs",
    "rating steps: mid-year review by rating official within 210 days after period start",
    _CERTIFIED,
    "rating steps: rating certification attests evidence, formula and procedure",
    "records: are secured by access control, access log and encryption",
    "performance plan: each requirement has at least 1 deadline",
    "appraisal: includes a narrative for each critical element and evidence for each critical element",
}
_SAFEGUARDS = ("access control", "access log", "encryption")


def _kept(year: InventedYear) -> None:
    """Add what the office's system asks for beside the law."""
    year.add("mid-year review", "2026-03-10", "rating official")
    year.add("plan revision", "2026-03-10", "rating official")
    for day in ("2025-12-01", "2026-02-02", "2026-05-04", "2026-08-03"):
        year.add("feedback", day, "rating official")
    year.add("training needs", "2026-08-31", "rating official")
    year.add("rating certification", "2026-12-10", "oversight official", person="O-9", about=_ATTESTED)
    for row in year.plan:
        row.update(requirement=f"{row['element']} as agreed", due="2026-08-31")


def _judged(folder: Path, change: Change = lambda _year: None, secured: tuple[str, ...] = _SAFEGUARDS) -> Any:
    year = InventedYear("E-101")
    _kept(year)
    change(year)
    safeguards = {"act": "safeguard", "day": "2026-01-15", "role": "oversight official"}
    written(folder, [year], [safeguards | {"about": name} for name in secured])
    done = run("cycle", _POLICY, folder, "--as-of", "2027-12-01", "--format", "json")
    return json.loads(done.stdout)


def _broken(result: Any) -> set[str]:
    told = [*result["findings"], *(each for one in result["executives"] for each in one["findings"])]
    return {each["sentence"] for each in told if each["severity"] == "error"} & _SAID


def test_a_year_can_keep_all_that_the_office_says(tmp_path: Path) -> None:
    assert _broken(_judged(tmp_path)) == set()


def _undated(act: str) -> Callable[[InventedYear], None]:
    return lambda year: year.the(act).update(document="")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda year: year.without("mid-year review"), "progress review: includes a mid-year review"),
        (
            lambda year: year.the("mid-year review").update(day="2026-06-01"),
            "rating steps: mid-year review by rating official within 210 days after period start",
        ),
        (
            lambda year: year.the("mid-year review").update(role="oversight official"),
            "rating steps: mid-year review by rating official within 210 days after period start",
        ),
        (_undated("plan revision"), "progress review: may revise the plan in writing"),
        (
            lambda year: year.acts.remove(year.the("feedback")),
            "progress review: gives feedback at least 4 times each period",
        ),
        (_undated("feedback"), "progress review: documents the feedback"),
        (lambda year: year.without("training needs"), "development: identifies training needs"),
        (
            lambda year: year.the("rating certification").update(day="2027-02-01"),
            _CERTIFIED,
        ),
        (
            lambda year: year.the("rating certification").update(role="rating official"),
            _CERTIFIED,
        ),
        (
            lambda year: year.the("rating certification").update(about="evidence and procedure"),
            "rating steps: rating certification attests evidence, formula and procedure",
        ),
        (
            lambda year: year.plan[2].update(due=""),
            "performance plan: each requirement has at least 1 deadline",
        ),
        (
            lambda year: next(row for row in year.acts if row.get("about") == "Results Driven").update(document=""),
            "appraisal: includes a narrative for each critical element and evidence for each critical element",
        ),
    ],
)
def test_each_is_broken_by_what_it_speaks_of_and_by_nothing_else(change: Change, sentence: str, tmp_path: Path) -> None:
    broken = _broken(_judged(tmp_path, change))
    assert sentence in broken
    assert {each.partition(": ")[0] for each in broken} <= {sentence.partition(": ")[0], "rating steps"}


def test_a_mid_year_review_is_one_of_the_progress_reviews(tmp_path: Path) -> None:
    result = _judged(tmp_path, lambda year: year.without("progress review"))
    told = [*result["findings"], *(each for one in result["executives"] for each in one["findings"])]
    assert not [each for each in told if "progress review" in str(each["sentence"])]


def test_no_revision_is_asked_for_where_none_was_needed(tmp_path: Path) -> None:
    assert _broken(_judged(tmp_path, lambda year: year.without("plan revision"))) == set()


def test_who_certifies_their_own_rating_is_told(tmp_path: Path) -> None:
    result = _judged(tmp_path, lambda year: year.the("rating certification").update(person="E-101"))
    assert "SES742" in {each["code"] for each in result["findings"]}


def test_each_safeguard_that_is_named_is_on_record(tmp_path: Path) -> None:
    sentence = "records: are secured by access control, access log and encryption"
    result = _judged(tmp_path, secured=("access control", "encryption"))
    assert _broken(result) == {sentence}
    (told,) = [each for each in result["executives"][0]["findings"] if each["sentence"] == sentence]
    assert told["message"] == "no safeguard `access log` is on record by 2026-09-30"


def test_before_the_day_a_safeguard_is_open_and_not_broken(tmp_path: Path) -> None:
    year = InventedYear("E-101")
    written(tmp_path, [year])
    done = run("cycle", _POLICY, tmp_path, "--as-of", "2026-03-01", "--format", "json")
    (executive,) = json.loads(done.stdout)["executives"]
    assert {"no safeguard `access log` is on record yet", "no safeguard `encryption` is on record yet"} <= {
        each["what"] for each in executive["open"]
    }
