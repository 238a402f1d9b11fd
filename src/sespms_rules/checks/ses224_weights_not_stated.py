"""A formula that reads weights of which the system says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.weights import weight_reader
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, warning
from sespms_rules.foundation.line_edits import whole_lines
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES224", "weights-not-stated")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a summary rating that reads weights in a system with no part `weights`."""
    reader = weight_reader(system)
    if reader is not None and not system.sentences(PartKind.WEIGHTS):
        yield FINDING.at(
            reader[1].span,
            "this formula uses weights, but the system does not say what weights a plan may have",
            help="add a part `weights`, with its total first: `total 100`",
            fixes=(_block(reader[0].origin.span),),
        )


def _block(heading: Span) -> Fix:
    """A part `weights` above the heading of the part that reads them."""
    at = whole_lines(heading).start
    title = "add the block `weights` with `total 100`"
    return Fix(title, Span(heading.source, at, at), "weights\n  total 100\n\n", sure=False)
