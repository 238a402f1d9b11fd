"""Source x Library x law -> Analysis: one function from a text to all that a surface shows of it.

Nothing is read but what it is given, nothing is written, and neither a solver nor a numeric library is loaded: what
only the solver settles is left open unless it is asked for. So the same code runs in the command, in a language server
and in a browser.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sespms_rules.authoring.analysis.colours import coloured
from sespms_rules.authoring.analysis.document import (
    Analysis,
    ElementShown,
    LevelShown,
    Place,
    ScenarioShown,
    SystemShown,
)
from sespms_rules.authoring.analysis.parts import folds_of, parts_of
from sespms_rules.authoring.analysis.places import found, place_in
from sespms_rules.authoring.analysis.requirements import guarantees_of, requirements_of
from sespms_rules.authoring.looking import looked_at
from sespms_rules.checks.scenarios import ScenarioResult
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse_with_choices, token_runs
from sespms_rules.language.resolution import EMPTY_LIBRARY, Library
from sespms_rules.language.syntax.nodes import Block, Document
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.pipeline import Compilation
from sespms_rules.reports.findings import head


class TextRead(Frozen):
    """A text as it was read: its tree, what is known of it, and the same as data."""

    document: Document
    compilation: Compilation
    analysis: Analysis


def analyzed(
    source: Source,
    library: Library = EMPTY_LIBRARY,
    law: Library | None = None,
    *,
    as_of: datetime.date | None = None,
    ask_solver: bool = False,
    count_moves: bool = False,
) -> Analysis:
    """Say all that is known of a text; what it rests on is looked for in `library`.

    `law` holds the texts that the reader trusts, those that come with the program where nothing is given; `as_of` takes
    the editions of that day. With `ask_solver` the findings are those of `sespms check`; without it what the solver
    would settle is a note that it is open. With `count_moves` each fix tells whom it moves, for which a numeric library
    is loaded.
    """
    return read_text(source, library, law, as_of=as_of, ask_solver=ask_solver, count_moves=count_moves).analysis


def read_text(
    source: Source,
    library: Library = EMPTY_LIBRARY,
    law: Library | None = None,
    *,
    as_of: datetime.date | None = None,
    ask_solver: bool = False,
    count_moves: bool = False,
) -> TextRead:
    """The same with the tree that it was made from, for what asks further: what comes next, where a name stands."""
    document, parsed, choices = parse_with_choices(source)
    compilation, result = looked_at(document, parsed, library, law, as_of=as_of, ask_solver=ask_solver)
    findings = result.findings
    if count_moves:
        from sespms_rules.authoring.moving import with_moves  # needs a numeric library, which not every surface has

        findings = with_moves(findings, (compilation,))
    parts = parts_of(document, choices)
    runs = list(token_runs(source))
    elements = frozenset(each.name for system in compilation.policy.systems for each in system.elements)
    analysis = Analysis(
        source.name,
        head(result.findings, result.conformance),
        tuple(_system(each, each.name in compilation.programs) for each in compilation.policy.systems),
        tuple(found(each, source) for each in findings),
        parts,
        coloured(document, runs, choices, elements),
        folds_of(parts, runs, source),
        requirements_of(compilation, result.conformance),
        tuple(guarantees_of(source, result.conformance)),
        tuple(_scenarios(compilation)),
    )
    return TextRead(document, compilation, analysis)


def _system(system: System, rates: bool) -> SystemShown:
    levels = tuple(LevelShown(each.number, each.term, exact(each.points)) for each in system.levels)
    elements = tuple(ElementShown(each.name, each.critical) for each in system.elements)
    return SystemShown(system.name, system.bases, levels, elements, rates)


def _scenarios(compilation: Compilation) -> Iterator[ScenarioShown]:
    """What came of each scenario, at its heading: the first of those that bear its name."""
    headings: dict[str, Place | None] = {}
    for each in compilation.document.blocks:
        if isinstance(each, Block) and each.heading.kind is PartKind.SCENARIO and each.heading.name is not None:
            headings.setdefault(each.heading.name.text, place_in(compilation.source, each.heading.span))
    return (_scenario(each, headings.get(each.name)) for each in compilation.scenarios)


def _scenario(result: ScenarioResult, heading: Place | None) -> ScenarioShown:
    rating = result.rating
    return ScenarioShown(
        result.name,
        heading,
        result.passed,
        result.expected,
        result.got,
        exact(rating.score) if rating is not None and rating.score is not None else None,
        rating.level if rating is not None else None,
    )
