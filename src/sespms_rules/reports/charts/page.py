"""Sections -> one HTML page that holds all it needs: no font, nothing that is asked for over a network.

A page has no script, or one that is named by its digest, so that a browser runs no other.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from sespms_rules.foundation.values import Frozen
from sespms_rules.reports.charts.picture import Picture, figure
from sespms_rules.reports.charts.style import FIGURES, PICTURES
from sespms_rules.reports.findings.html_markup import Markup, element, lines
from sespms_rules.reports.findings.html_style import STYLE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class Section(Frozen):
    """A part of a page: a word for its address, its heading, and what stands below it."""

    identity: str
    heading: str
    content: Markup


def section(identity: str, heading: str, *content: Markup | Picture | str) -> Section:
    """Make a section of markup, pictures, and texts, each of which becomes a paragraph."""
    made = []
    for each in content:
        if isinstance(each, Picture):
            made.append(figure(each))
        else:
            made.append(each if isinstance(each, Markup) else element("p", each))
    return Section(identity, heading, lines(*made))


def page(title: str, sections: Sequence[Section], notice: str = "", script: str = "") -> str:
    """Return the whole page. `notice` stands above everything, such as that a roster is synthetic.

    `script` is the one script that it may run: text of our own, which holds nothing of what is shown.

    Raises ValueError for no sections, or where two have the same address.
    """
    names = [each.identity for each in sections]
    if not names or len(set(names)) != len(names):
        raise ValueError("a page needs sections, each with an address of its own")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY + _allowed(script)),
        element("title", title),
        element("style", Markup(STYLE + PICTURES + FIGURES)),
    )
    top = [element("h1", title), element("p", notice, class_="notice")] if notice else [element("h1", title)]
    body = element(
        "body",
        element("a", f"Skip to: {sections[0].heading}", href=f"#{names[0]}", class_="skip"),
        element("header", lines(*top)),
        element("main", _contents(sections), lines(*map(_section, sections))),
        element("script", Markup(script)) if script else Markup(""),
    )
    return f"<!DOCTYPE html>\n{element('html', lines(head, body), lang='en')}\n"


def _allowed(script: str) -> str:
    """What a policy of content says of the one script."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"; script-src 'sha256-{digest}'" if script else ""


def _contents(sections: Sequence[Section]) -> Markup:
    if len(sections) < 2:
        return Markup("")
    items = (element("li", element("a", each.heading, href=f"#{each.identity}")) for each in sections)
    return element("nav", element("ul", lines(*items)), aria_label="Contents")


def _section(each: Section) -> Markup:
    title = f"{each.identity}-heading"
    return element(
        "section",
        element("h2", each.heading, id=title),
        each.content,
        id=each.identity,
        aria_labelledby=title,
        tabindex="-1",
    )
