"""An explanation as a part of an HTML page: the steps as a tree, each with the line of the policy that it rests on."""

from __future__ import annotations

from sespms_rules.program.rating import Step
from sespms_rules.reports.findings import Markup, element, lines, prose
from sespms_rules.studies.explanation.text_report import Explanation, cited_line


def steps_as_markup(explanation: Explanation) -> Markup:
    """The steps as an ordered list of ordered lists."""
    return _tree(explanation.steps)


def near_as_markup(explanation: Explanation) -> Markup:
    """What would raise and what would lower the level: sentences, and a list of the ways."""
    return lines(*(_paragraph(each) for each in explanation.near()))


def _tree(steps: tuple[Step, ...]) -> Markup:
    return element("ol", lines(*map(_step, steps)), class_="steps")


def _step(step: Step) -> Markup:
    cited = cited_line(step)
    line = element("span", cited, class_="cited") if cited else Markup("")
    return element("li", prose(step.says, sentence=False), line, _tree(step.steps) if step.steps else Markup(""))


def _paragraph(texts: list[str]) -> Markup:
    ways = [each.removeprefix("- ") for each in texts if each.startswith("- ")]
    said = [element("p", prose(each, sentence=not each.endswith(":"))) for each in texts if not each.startswith("- ")]
    listed = element("ul", lines(*(element("li", prose(each, sentence=False)) for each in ways)))
    return lines(*said[:1], listed if ways else Markup(""), *said[1:])
