"""Each command in a process of its own, with a limit on memory and on time that the system keeps: hostile policies.

The bounds are those of docs/limits.md. What is asserted is the answer; that the limits are kept is asserted by the
process living to give it.
"""

from __future__ import annotations

import re
import resource
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from cli.many_lines import KINDS
from cli.running import process

MEMORY = 1_500_000_000
"""Bytes of address space; the solver and the columns of a walk take most of it."""

SECONDS = 60
"""Of the processor, not of the clock: another program beside it changes nothing."""

LEVELS = """levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 1 point
"""


def policy(elements: int, score: str = "the sum of points times weight", total: int = 100, before: str = "") -> str:
    """An invented system with bands over the range of its score."""
    named = "".join(f'critical element "E{place}"\n\n' for place in range(elements))
    cuts = [total * level for level in (1, 2, 3, 4)]
    cuts = [cut + total // 2 for cut in cuts]
    return f"""system "S"

{named}{LEVELS}
weights
  total {total}
  are whole numbers

summary rating
{before}  score is {score}
  score at least {cuts[3]} is level 5
  score at least {cuts[2]} and below {cuts[3]} is level 4
  score at least {cuts[1]} and below {cuts[2]} is level 3
  score at least {cuts[0]} and below {cuts[1]} is level 2
  score below {cuts[0]} is level 1
  any critical element at level 1 makes the rating level 1

guarantees
  every appraisal gets exactly one level
"""


def doubling(times: int) -> str:
    values = '  "v0" is the sum of points times weight\n'
    values += "".join(f'  "v{at + 1}" is ("v{at}" + "v{at}") / 2\n' for at in range(times))
    return policy(5, f'"v{times}"', before=values)


def squaring(times: int) -> str:
    values = '  "v0" is the sum of points\n'
    values += "".join(f'  "v{at + 1}" is "v{at}" * "v{at}"\n' for at in range(times))
    return policy(5, f'"v{times}"', before=values)


def bands(lines: int) -> str:
    text = policy(2).split("  score at least")[0]
    cuts = [f"{100 + 400 * place // lines}.{40_000 * place // lines % 100:02}" for place in range(lines + 1)]
    pairs = pairwise(cuts)
    return text + "".join(f"  score at least {low} and below {high} is level 3\n" for low, high in pairs)


def nested(elements: int) -> str:
    block = """
  has 2 to 4 requirements
  requirements are rated
  requirement weights total 100
  requirement weights are whole numbers
  score is the average of points by weight
  score at least 3 is level 4
  score below 3 is level 2
"""
    text = policy(elements).replace("  any critical element at level 1 makes the rating level 1\n", "")
    return re.sub(r'(critical element "E\d+")\n', rf"\1{block}", text)


AMENDMENT = """amendment "Bar"
  amends "S"
  in force from 2026-10-01
  because "a higher bar"

summary rating
  strike score at least 450 is level 5
  insert score at least 460 is level 5
  strike score at least 350 and below 450 is level 4
  insert score at least 350 and below 460 is level 4
"""


def _limited(seconds: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    return limit


def answered(tmp_path: Path, command: str, text: str, *more: str | Path, seconds: int = SECONDS) -> str:
    """What a command says of a text within the limits; never a fault of the program, never killed."""
    path = tmp_path / "p.sespms"
    path.write_text(text, encoding="utf-8")
    return judged_within(seconds, command, path, *more)


def judged_within(seconds: int, *words: str | Path) -> str:
    """What a command says within the limits; never a fault of the program, never killed."""
    done = process(*words, preexec_fn=_limited(seconds))
    assert done.returncode in (0, 1, 2), (done.returncode, done.stderr[-500:])
    assert "a fault of the program itself" not in done.stderr
    return done.stdout + done.stderr


@pytest.mark.attack("20 megabytes of one sign")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (policy(1) + "x" * 19_000_000, "SES011"),
        (policy(1) + "(" * 19_000_000, "SES02"),
        (policy(1) + '"' * 19_000_000, "SES"),
        ("# note\n" * 2_700_000 + policy(1), "SES023"),
        (policy(1) + "(\n" * 9_000_000, "SES02"),
        (policy(1) + "  score is ((((\n" * 1_200_000, "SES02"),
    ],
    ids=["one word", "parentheses", "quotes", "notes", "parentheses on lines of their own", "sentences never closed"],
)
def test_check_answers_of_twenty_megabytes(tmp_path: Path, text: str, says: str) -> None:
    assert says in answered(tmp_path, "check", text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (bands(5_000), "SES"),
        (policy(1) + 'table "T"\n' + "  1 to 2 gives 3\n" * 20_000, "SES"),
        (policy(40_000), "SES142"),
    ],
    ids=["bands", "table", "elements"],
)
def test_check_answers_in_a_bounded_part_of_memory_and_time(tmp_path: Path, text: str, says: str) -> None:
    assert says in answered(tmp_path, "check", text)


@pytest.mark.attack("memory before the refusal")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (doubling(30), "1 proved"),
        (policy(5, total=1_000_000_000), "130,208,332,031,250,004,557,291,660,156,250,003,125 possible appraisals"),
    ],
    ids=["doubling", "a total of a thousand million"],
)
def test_prove_answers_in_a_bounded_part_of_memory_and_time(tmp_path: Path, text: str, says: str) -> None:
    assert says in answered(tmp_path, "prove", text)


@pytest.mark.attack("memory before the refusal")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (nested(5), "there are more than `200,000,000` different appraisals"),
        (policy(5, total=1_000_000_000), "not counted"),
        (policy(12), "30,774,054,231,641,601,562,500 possible appraisals"),
    ],
    ids=["nested", "a total of a thousand million", "twelve elements"],
)
def test_count_answers_in_a_bounded_part_of_memory_and_time(tmp_path: Path, text: str, says: str) -> None:
    assert says in answered(tmp_path, "count", text)


@pytest.mark.attack("values that grow")
@pytest.mark.parametrize(
    ("command", "says"),
    [("check", "SES262"), ("prove", "SES262"), ("count", "not counted"), ("sql", "SES262"), ("format", "")],
)
def test_squares_of_squares_are_never_reckoned(tmp_path: Path, command: str, says: str) -> None:
    assert says in answered(tmp_path, command, squaring(30))


@pytest.mark.attack("memory before the refusal")
def test_compare_of_eight_elements_counts_them(tmp_path: Path) -> None:
    amendment = tmp_path / "am.sespms"
    amendment.write_text(AMENDMENT, encoding="utf-8")
    said = answered(tmp_path, "compare", policy(8), amendment)
    assert "11,228,249,203,640 get a lower level and none a higher one" in said


@pytest.mark.attack("memory before the refusal")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (KINDS["bands"](5_000), "has more than 2,000 changes to try"),
        (KINDS["two hundred elements"](0), "changes are tried on plans of at most 25"),
        (policy(26), "may have 26 elements in a plan"),
    ],
    ids=["bands", "two hundred elements", "twenty-six elements"],
)
def test_changes_are_refused_before_any_is_tried(tmp_path: Path, text: str, says: str) -> None:
    assert says in answered(tmp_path, "test", text, "--mutate")


@pytest.mark.parametrize("kind", ["bands", "two hundred elements"])
def test_explain_answers_in_a_bounded_part_of_memory_and_time(tmp_path: Path, kind: str) -> None:
    text = KINDS[kind](5_000)
    names = ("A", "B") if kind == "bands" else tuple(f"E{place}" for place in range(200))
    weight = 50 if kind == "bands" else 5
    text += '\nscenario "s"\n' + "".join(f'  "{name}"  weight {weight}  rated 3\n' for name in names)
    said = answered(tmp_path, "explain", text + "  expect level 3\n", "--scenario", "s")
    assert "proved" in said
