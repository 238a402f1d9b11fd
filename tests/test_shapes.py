"""The page `Say it in a sentence`: for every shape, the sentences of its policy and one of its worked examples."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.resources import policy_path
from shapes import FILES
from systems import compiled

pytestmark = pytest.mark.page

PAGE = Path(__file__).resolve().parents[1] / "docs" / "language" / "say-it-in-a-sentence.md"
SHOWN_BY = {18: "rating steps", 20: "distribution", 21: "uses of results", 23: "levels", 24: "distribution"}
"""What a shape that is no formula is about."""


class Section(NamedTuple):
    """One shape on the page: its number, its prose, and the parts in its blocks."""

    number: int
    prose: str
    parts: list[str]


def parts_of(text: str) -> list[str]:
    """The parts of a policy, each with its heading; notes at the margin belong to none."""
    without_notes = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    return [part.strip("\n") for part in re.split(r"\n(?=\S)", "\n" + without_notes.strip("\n")) if part.strip()]


def sections() -> list[Section]:
    found = []
    for text in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        number = int(text[: text.index(".")])
        blocks = re.findall(r"^```sespms\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        found.append(Section(number, prose, [part for block in blocks for part in parts_of(block)]))
    return found


SECTIONS = sections()


def policy_of(section: Section) -> str:
    return policy_path(FILES[section.number - 1]).read_text(encoding="utf-8")


def test_every_shape_has_its_section_in_order() -> None:
    assert [section.number for section in SECTIONS] == list(range(1, 32))
    assert [name[13:15] for name in FILES] == [f"{section.number:02}" for section in SECTIONS]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: f"shape {section.number}")
def test_what_can_be_copied_is_what_the_policy_says(section: Section) -> None:
    policy = parts_of(policy_of(section))
    assert [part for part in section.parts if part not in policy] == []
    wanted = SHOWN_BY.get(section.number, "summary rating")
    assert any(part.startswith(f"{wanted}\n") for part in section.parts)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: f"shape {section.number}")
def test_one_worked_example_is_explained(section: Section) -> None:
    examples = [part for part in section.parts if part.startswith("scenario ")]
    assert len(examples) == 1
    name = re.match(r'scenario "(.+)"', examples[0])
    assert name is not None
    (result,) = (each for each in compiled(FILES[section.number - 1]).scenarios if each.name == name[1])
    assert result.passed
    after = PAGE.read_text(encoding="utf-8").split(examples[0])[1]
    assert re.match(r"\n```\n\n[A-Z0-9]", after), "the example is explained below it"


@pytest.mark.parametrize("name", FILES)
def test_a_shape_has_no_finding_but_notes_and_says_that_it_is_invented(name: str) -> None:
    compilation = compiled(name)
    assert [each for each in compilation.diagnostics if each.severity is not Severity.NOTE] == []
    assert compilation.programs
    first = compilation.source.text.split("\n\n")[0].replace("\n# ", " ")
    assert first.startswith(f"# Shape {int(name[13:15])}: ")
    assert "The agency is invented." in first


def test_shapes_that_executives_cannot_have_say_so() -> None:
    outside = {name[13:15] for name in FILES if "is outside the Senior Executive Service" in compiled(name).source.text}
    assert outside == {"08", "11", "12", "28", "29"}


def test_the_codes_of_shape_2_are_the_two_of_its_level() -> None:
    results = {result.name: result.rating for result in compiled("shapes/shape_02_other_cuts.sespms").scenarios}
    first = "Two elements at the top"
    ratings = [results[name] for name in (first, f"{first}, a year later", "Exactly on the lowest cut that moved")]
    assert [dict(rating.reported) for rating in ratings if rating] == [{}, {"pay code": "B"}, {"pay code": "D"}]


def test_the_words_of_shape_23_change_and_the_levels_do_not() -> None:
    results = {
        result.name: result.rating for result in compiled("shapes/shape_23_words_of_the_agency.sespms").scenarios
    }
    ratings = [results[name] for name in ("The second category", "The same ratings in the new words")]
    said = [(rating.level, rating.term) for rating in ratings if rating]
    assert said == [(4, "Category 2, Commended"), (4, "Excellent")]


def test_nobody_is_named_who_is_not_known_to_do_so() -> None:
    """Agencies the page may name, for what was read in their own texts."""
    named = {1: "OPM", 3: "Homeland Security", 5: "Interior", 6: "Interior", 8: "AcqDemo", 10: "Agriculture"}
    named |= {11: "Agriculture", 13: "Coast Guard", 16: "OPM", 17: "Energy", 18: "OPM", 21: "NASA", 22: "AcqDemo"}
    known = re.compile(r"OPM|Department of|NASA|AcqDemo|Coast Guard|District of Columbia")
    for section in SECTIONS:
        prose = " ".join(section.prose.split())
        assert bool(known.search(prose)) == (section.number in named), section.number
        assert named.get(section.number, "") in prose
