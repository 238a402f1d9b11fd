"""The tables of a system description: elements, levels, standards, weights, ranges, tables of the policy, examples."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis import weight_rules
from sespms_rules.checks.scenarios import ScenarioResult, appraisal_of
from sespms_rules.documents.model import Bullets, Paragraph, Table
from sespms_rules.documents.spoken import capital, in_quotes, spoken
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import Element, Part, Scenario, System
from sespms_rules.language.syntax.derivation import (
    Band,
    FirstFits,
    LevelCap,
    Override,
    Row,
    RowOtherwise,
    TableLevel,
    TableOtherwise,
    TableRow,
)
from sespms_rules.language.syntax.elements import Competencies, Evaluates, Standard
from sespms_rules.language.syntax.nodes import Prose, Quoted
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.reports.rating_json import value_text

NOT_STATED = "not stated"
"""What a cell says where the policy says nothing; an empty cell would leave it open whether something was lost."""

BY_CONDITION, OTHERWISE = "as the condition says", "otherwise"
"""What stands for the score in a line that has a condition in its place, and the condition of what is left over."""

_LINES = "Which score gives which level"


def elements_table(system: System) -> Table:
    """The elements that the system names, and what each is about."""
    rows = tuple(
        (each.name, "critical" if each.critical else "noncritical", _competencies(each), _evaluated(each), _scale(each))
        for each in system.elements
    )
    return Table("The elements", ("Element", "Kind", "Rests on", "Evaluates", "Rated on"), rows)


def levels_table(system: System) -> Table:
    """The levels, best first."""
    rows = tuple(
        (f"Level {each.number}", each.term, exact(each.points), each.federal.value if each.federal else NOT_STATED)
        for each in sorted(system.levels, key=lambda one: -one.number)
    )
    return Table("The levels of the summary rating", ("Level", "Term", "Points", "Equivalent federal level"), rows)


def standards_table(part: Part) -> Table | None:
    """The performance standard of each level; None where a part has none."""
    rows = tuple(
        (capital(each.sentence.level.span.text), _wording(each.sentence.text))
        for each in part.sentences
        if isinstance(each.sentence, Standard)
    )
    named = f" of “{part.name}”" if part.name else ""
    return Table(f"The performance standards{named}", ("Level", "Standard"), rows) if rows else None


def weights_table(system: System) -> Table | None:
    """The lowest and the highest weight of each; None where no weights are used, or the limits hang on facts."""
    rules = weight_rules(system)
    limits = [*rules.members, *([rules.others] if rules.brings_critical or rules.brings_noncritical else [])]
    if (
        rules.total is None
        or not limits
        or any(getattr(one, "when", None) for each in limits for one in each.sentences)
    ):
        return None
    rows = tuple((each.name or "Any other element", *_ends(each.box.low, each.box.high)) for each in limits)
    return Table("The weights of the elements", ("Element", "Lowest weight", "Highest weight"), rows)


def bands_table(part: Part) -> Table | None:
    """The lines that give a result, in the order of the policy; None where a part has none.

    A line is a range of scores, a condition, or what every other appraisal gets.
    """
    rows: list[tuple[str, str, str]] = []
    for each in part.sentences:
        match each.sentence:
            case Band() as band:
                rows.append((_outcome(band.outcome.span.text), _range(band), _floor(band) or "none"))
            case Row(outcome=outcome, conditions=conditions):
                rows.append((_outcome(outcome.span.text), BY_CONDITION, f"when {in_quotes(conditions.span.text)}"))
            case RowOtherwise(outcome=outcome):
                rows.append((_outcome(outcome.span.text), BY_CONDITION, OTHERWISE))
    if not rows:
        return None
    caption = "Which condition gives which level" if all(row[1] == BY_CONDITION for row in rows) else _LINES
    headings = ("Result", "Score", "Further condition")
    if all(row[2] == "none" for row in rows):
        return Table(_LINES, headings[:2], tuple(row[:2] for row in rows))
    return Table(caption, headings, tuple(rows))


def lines_of(part: Part) -> Iterator[Table | Paragraph | Bullets]:
    """The table of lines, and below it what else decides: how they are read, overrides, caps."""
    lines = bands_table(part)
    if lines is None:
        return
    yield lines
    beside = (FirstFits, Override, LevelCap)
    held = tuple(spoken(part, each) for each in part.sentences if isinstance(each.sentence, beside))
    if held:
        yield Paragraph("Beside these lines it holds:")
        yield Bullets(held)


def policy_table(part: Part) -> Table | None:
    """A table that formulas look things up in; None for a part that holds no row."""
    rows = []
    for each in part.sentences:
        match each.sentence:
            case TableRow(score_range=key, result=result):
                rows.append((in_quotes(key.span.text), _result(result.span.text)))
            case TableLevel(level=key, result=result):
                rows.append((in_quotes(key.span.text), _result(result.span.text)))
            case TableOtherwise(result=result):
                rows.append(("otherwise", _result(result.span.text)))
    return Table(f"The table “{part.name}”", ("For", "Result"), tuple(rows)) if rows else None


def example_table(scenario: Scenario) -> Table:
    """The ratings of a worked example."""
    return ratings_table(f"Ratings of the example “{scenario.name}”", appraisal_of(scenario))


def ratings_table(caption: str, appraisal: Appraisal) -> Table:
    """The ratings of an appraisal, the requirements of an element below it, and the facts."""
    rows: list[tuple[str, ...]] = []
    for each in appraisal.elements:
        rows.append(_rated(each.name, each))
        rows += [_rated(f"{each.name} / {one.name}", one) for one in each.requirements]
    rows += [(f"Fact: {name}", "", value_text(value)) for name, value in appraisal.facts]
    kept = tuple((row[0], row[1] or "none", row[2]) for row in rows)
    return Table(caption, ("Element", "Weight", "Rating"), kept)


def examples_summary(results: tuple[ScenarioResult, ...]) -> Table:
    """Every worked example with what it must come to, and what the program came to."""
    rows = tuple((each.name, capital(each.expected), capital(each.got)) for each in results)
    return Table("The worked examples and their results", ("Example", "Must give", "Gives"), rows)


def _rated(name: str, rated: Rated) -> tuple[str, str, str]:
    weight = "" if rated.weight is None else exact(rated.weight)
    mark = ("derived from its requirements" if rated.requirements else "not rated") if rated.rating is None else ""
    further = "".join(f", {one} {exact(value)}" for one, value in rated.further)
    return name, weight, (mark or exact(rated.rating or 0)) + further


def _competencies(element: Element) -> str:
    names = [name.text for each in _sentences(element) if isinstance(each, Competencies) for name in each.names]
    return "; ".join(names) if names else NOT_STATED


def _evaluated(element: Element) -> str:
    matters = [in_quotes(each.span.text) for each in _sentences(element) if isinstance(each, Evaluates)]
    return listed([each.removeprefix("evaluates ") for each in matters]) if matters else NOT_STATED


def _sentences(element: Element) -> Iterator[object]:
    return (each.sentence for each in element.part.sentences)


def _scale(element: Element) -> str:
    if element.scale is not None:
        return f"a scale of {exact(element.scale[0])} to {exact(element.scale[1])}"
    if element.requirements_rated:
        return "its requirements"
    return f"levels {listed([str(each) for each in element.levels])}"


def _ends(low: Fraction, high: Fraction | None) -> tuple[str, str]:
    return exact(low) if low else NOT_STATED, NOT_STATED if high is None else exact(high)


def _range(band: Band) -> str:
    words = in_quotes(band.score_range.span.text)
    return words.removeprefix("score ")


def _outcome(words: str) -> str:
    return capital(in_quotes(words))


def _floor(band: Band) -> str:
    return f"with {in_quotes(band.floor.span.text)}" if band.floor else ""


def _result(words: str) -> str:
    return in_quotes(words).removeprefix("gives ")


def _wording(text: object) -> str:
    return " ".join(text.text.split()) if isinstance(text, Quoted | Prose) else "any wording"
