"""A reviewer as a process: takes agencies through their passes, and holds the status table to a book of its own.

`python -m review.reviewers PLACE FOLDER BY TURNS NUMBER…` ends with an assertion where the table is wrong after a step.
With `together` for TURNS it writes on one system beside another reviewer, and reads again where it is told to.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from cli.running import SMALL, run
from review.bags import placed
from sespms_rules.review import Submission, submission_bag

CUTS = (450, 445, 440)


def name_of(number: int) -> str:
    """The name of an invented agency's system."""
    return f"Invented agency {number:02}"


def text_of(number: int, old: str = "", new: str = "") -> str:
    """The text of an invented agency, with something in it replaced."""
    text = SMALL.replace("Invented agency", name_of(number))
    text = text.replace("\n  has exactly", "\n  effective 2026-10-01\n  has exactly", 1)
    assert old in text
    return text.replace(old, new) if old else text


def bag(folder: Path, text: str, name: str = "pass.zip") -> Path:
    """A bag of a system in a file."""
    return placed(folder, _bag_of(text), name)


@cache
def _bag_of(text: str) -> bytes:
    """The bag of a text, made once: every test of the desk begins with one of few texts."""
    held, _ = submission_bag(Submission("system.sespms", {"system.sespms": text.encode()}, None, is_test=False))
    return held


def desk(*arguments: str | Path, code: int = 0) -> str:
    """A step at the desk; what it printed."""
    done = run("review", *arguments)
    assert done.exit_code == code, done.output
    return done.output


def states(register: str, *more: str) -> dict[str, dict[str, Any]]:
    """The status table by system."""
    told = json.loads(desk("status", register, "--format", "json", *more))
    return {each["system"]: each for each in told["systems"]}


class Desk:
    """One reviewer's work on a register, who keeps a book of what each system's line must say."""

    def __init__(self, place: str, folder: Path, by: str) -> None:
        self.place, self.folder, self.by = place, folder, by
        self.book: dict[str, tuple[str, str, str]] = {}
        self.comments = 0

    def step(self, name: str, line: tuple[str, int, int], *arguments: str | Path) -> str:
        """Take a step, and see that the whole of this reviewer's table is right after it."""
        command, *more = arguments
        told = desk(command, self.place, *more, "--by", self.by)
        state, turn, comments = line
        self.book[name] = state, str(turn), str(comments)
        table = states(self.place)
        shown = {each: tuple(table[each][key] for key in ("state", "pass", "comments")) for each in self.book}
        assert shown == self.book
        return told

    def receive(self, number: int, turn: int) -> None:
        """Receive a pass, in which the cut that was asked about is another than before."""
        cut, name = CUTS[turn - 1], name_of(number)
        text = text_of(number, "450 to 500", f"{cut} to 500").replace("350 to 449", f"350 to {cut - 1}")
        held = bag(self.folder, text, f"{self.by}.zip")
        told = self.step(name, ("received", turn, 0), "receive", held)
        assert "the same, byte for byte" in told
        assert turn == 1 or ("by behavior: looser" in told and "Why this cut?`: changed" in told)

    def review(self, number: int, turn: int, turns: int) -> None:
        """Comment on a pass, and return it; approve the last."""
        cut, name = CUTS[turn - 1], name_of(number)
        said = {f"score {cut} to 500": "Why this cut?", "total 100": "Why 100?"}
        said = said if turn < turns else {"are whole numbers": "Well said."} if number % 5 == 0 else {}
        for place, (words, text) in enumerate(said.items(), 1):
            self.step(name, ("under review", turn, place), "comment", name, "--words", words, "--text", text)
            self.comments += 1
        if turn < turns:
            self.step(name, ("returned", turn, len(said)), "return", name)
        else:
            self.step(name, ("approved", turn, len(said)), "approve", name, "--until", "2099-09-30")


def together(place: str, by: str, name: str, count: int) -> int:
    """Comment on a system that another comments on at once; how often something was entered meanwhile."""
    met = entered = 0
    while entered < count:
        seen = json.loads(desk("checklist", place, name, "--format", "json"))["last_entry"]
        step = ("--words", "total 100", "--text", f"{by} says {entered}", "--by", by, "--seen", str(seen))
        done = run("review", "comment", place, name, *step)
        if done.exit_code:
            assert "was added to meanwhile" in done.output, done.output
            met += 1
        else:
            entered += 1
    return met


def main(place: str, folder: str, by: str, turns: str, *numbers: str) -> None:
    """Work as one reviewer; print how many comments were made, or how often another was met."""
    if turns == "together":
        sys.stdout.write(f"{together(place, by, name_of(1), int(numbers[0]))}\n")
        return
    at = Desk(place, Path(folder), by)
    for turn in range(1, int(turns) + 1):
        for number in map(int, numbers):
            at.receive(number, turn)
        for number in map(int, numbers):
            at.review(number, turn, int(turns))
    sys.stdout.write(f"{at.comments}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
