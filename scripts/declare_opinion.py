"""A further opinion by night: pm4py and Declare4Py on the shapes of duties that they know, held against ours.

    python scripts/declare_opinion.py [--cases 400] [--python PYTHON]

Draws cycles of a few acts, judges each by the plain evaluator, and has the two packages judge the same as an event log.
They are for development alone (pm4py is AGPL): they are installed into an environment of their own, in a temporary
folder, and nothing of the program imports them. `--python` names the interpreter of one that is there already. Ends
with code 1 where an opinion differs, naming the case, the duty and each answer.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from sespms_rules.records.obligations.form import (
    Case,
    Event,
    Existence,
    Gap,
    Marker,
    Obligation,
    Picked,
    Precedence,
    Response,
    Shape,
    State,
)
from sespms_rules.records.obligations.reference import judge

PACKAGES = ("pm4py==2.7.23.11", "Declare4Py==2.2.0")
CHECKER = Path(__file__).with_name("declare_checker.py")
KINDS = ("plan", "review", "rating")
FIRST = datetime.date(2026, 1, 1).toordinal()
LONG_AFTER = FIRST + 10_000

Known = tuple[Shape, str, dict[str, Any] | None]
"""A shape, how Declare4Py says it, and how pm4py says it (None where it does not know it)."""


def shapes(draw: random.Random) -> list[Known]:
    """The duties of a case: counts, order, and answers within a time."""
    one, other = draw.sample(KINDS, 2)
    least, most, days = draw.randrange(1, 4), draw.randrange(0, 3), draw.randrange(0, 12)
    times = "" if least == 1 else str(least)
    at_least = Existence(Picked(one), least, None, None, "end")
    at_most = Existence(Picked(one), 0, most, None, "end")
    before = {"template": "precedence", "of": [other, one]}
    return [
        (at_least, f"Existence{times}[{one}] | | |", _pm("existence", one, least)),
        (at_most, f"Absence{most + 1 if most else ''}[{one}] | | |", _pm("absence", one, most + 1)),
        (Precedence(Picked(one), Marker(other)), f"Precedence[{other}, {one}] | | | |", before),
        (Response(Picked(one), Marker(other), Gap(days, "day")), f"Response[{other}, {one}] | | |0,{days},d", None),
    ]


def _pm(template: str, kind: str, number: int) -> dict[str, Any] | None:
    """pm4py counts no further than one."""
    return {"template": template, "of": [kind]} if number == 1 else None


def drawn(draw: random.Random, number: int) -> tuple[Case, list[dict[str, Any]]]:
    """A cycle of up to seven acts, and the same as rows of an event log."""
    found = sorted((FIRST + draw.randrange(20), draw.choice(KINDS)) for _ in range(draw.randrange(1, 8)))
    draw.shuffle(found)
    found.sort(key=lambda each: each[0])
    events = tuple(Event(order, kind, day, order + 2) for order, (day, kind) in enumerate(found))
    by_kind = {kind: tuple(each for each in events if each.kind == kind) for kind in KINDS}
    days = {"start": FIRST, "end": FIRST + 20}
    case = Case(f"C-{number}", frozenset(), days, by_kind, (), {}, {}, None, {}, {}, by_kind, {})
    rows = [
        {"case": case.key, "act": each.kind, "day": datetime.date.fromordinal(each.day).isoformat()} for each in events
    ]
    return case, rows


def environment(folder: Path) -> Path:
    """An environment of its own with both packages; its interpreter."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def main() -> int:
    """Draw, ask, compare."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--cases", type=int, default=400)
    asked.add_argument("--seed", type=int, default=20261129)
    asked.add_argument("--python", type=Path)
    options = asked.parse_args()
    draw = random.Random(options.seed)  # noqa: S311 - nothing is kept secret by it
    questions, own = [], []
    for number in range(options.cases):
        case, rows = drawn(draw, number)
        known = shapes(draw)
        questions.append({"rows": rows, "declare": [each[1] for each in known], "pm4py": [each[2] for each in known]})
        standings = [judge(Obligation(shape, frozenset(), ()), case, LONG_AFTER) for shape, _, _ in known]
        own.append([each is None or each.state is not State.BROKEN for each in standings])
    with tempfile.TemporaryDirectory(prefix="declare-") as folder:
        python = options.python or environment(Path(folder) / "environment")
        done = subprocess.run(
            [python, CHECKER], input=json.dumps(questions), capture_output=True, text=True, check=False, cwd=folder
        )
    if done.returncode:
        print(done.stderr[-3_000:], file=sys.stderr)
        return 2
    return _compared(questions, own, json.loads(done.stdout.rpartition("\n===\n")[2]))


def _compared(questions: list[dict[str, Any]], own: list[list[bool]], others: list[dict[str, Any]]) -> int:
    """Print each difference and how much was compared; 1 where anything differs."""
    compared = {"declare": 0, "pm4py": 0}
    broken = differing = 0
    for question, mine, theirs in zip(questions, own, others, strict=True):
        for place, held in enumerate(mine):
            broken += not held
            for name in compared:
                answer = theirs[name][place]
                compared[name] += answer is not None
                if answer is not None and answer is not held:
                    differing += 1
                    print(f"{question['declare'][place]}: ours {held}, {name} {answer}; {question['rows']}")
    print(
        f"{len(own)} cycles, {compared['declare']} answers of Declare4Py and {compared['pm4py']} of pm4py,"
        f" {broken} duties broken, {differing} differences"
    )
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
