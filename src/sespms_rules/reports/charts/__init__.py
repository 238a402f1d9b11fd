"""Counts -> pictures: our own accessible drawings, each with its numbers as a table beside it, and pages of them.

Pure functions from plain data. A number in a picture is written as the same characters in its table; a colour only
repeats what a label, a pattern or a shape says.
"""

from __future__ import annotations

from sespms_rules.reports.charts.alone import alone
from sespms_rules.reports.charts.bars import Series, bars
from sespms_rules.reports.charts.curve import Curve, curve
from sespms_rules.reports.charts.drawing import KINDS as MOST_PARTS
from sespms_rules.reports.charts.drawing import line, text
from sespms_rules.reports.charts.histogram import Cut, heights, histogram
from sespms_rules.reports.charts.matrix import matrix
from sespms_rules.reports.charts.numbers import count_text, share_text
from sespms_rules.reports.charts.page import Section, page, section
from sespms_rules.reports.charts.picture import Picture, drawn, figure
from sespms_rules.reports.charts.stacked import stacked
from sespms_rules.reports.charts.style import FIGURES, ON_ITS_OWN, PICTURES

__all__ = [
    "FIGURES",
    "MOST_PARTS",
    "ON_ITS_OWN",
    "PICTURES",
    "Curve",
    "Cut",
    "Picture",
    "Section",
    "Series",
    "alone",
    "bars",
    "count_text",
    "curve",
    "drawn",
    "figure",
    "heights",
    "histogram",
    "line",
    "matrix",
    "page",
    "section",
    "share_text",
    "stacked",
    "text",
]
