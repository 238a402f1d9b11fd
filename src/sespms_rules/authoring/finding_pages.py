"""The pages of findings, which lie beside the modules that raise them and come with the package."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sespms_rules.foundation.resources import package_folder
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen

_TITLE = re.compile(r"# +`?(SES\d{3})`?\W+([a-z0-9-]+)")


_MOST_OFFERED = 8


class FindingPage(Frozen):
    """The page of a finding: its code, the name of the defect, and the text in Markdown."""

    code: str
    name: str
    text: str


class NoSuchPageError(LookupError):
    """No finding has the code or name that was asked for; `message` says so and `help` offers near ones."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def page_of(wanted: str) -> FindingPage:
    """The page of a code (`SES214`, `ses214` or `214`) or of a name (`band-gap`). Raises NoSuchPageError."""
    asked = wanted.strip()
    code = f"SES{asked}" if asked.isdecimal() and len(asked) == len("214") else asked.upper()
    pages = _paths()
    if code in pages:
        return _read(pages[code])
    known = {each.name: each for each in map(_read, pages.values())}
    name = "-".join(asked.casefold().split())
    if name in known:
        return known[name]
    holding = [each for each in known.values() if set(name.split("-")) <= set(each.name.split("-"))]
    if holding and not code.startswith("SES"):
        named = ", ".join(f"`{each.name}` ({each.code})" for each in holding[:_MOST_OFFERED])
        more = f" and {len(holding) - _MOST_OFFERED} more" if len(holding) > _MOST_OFFERED else ""
        raise NoSuchPageError(f"there is no finding `{wanted}`", f"names that hold it: {named}{more}")
    # Another code says nothing of what was meant: two that are alike speak of different things.
    near = None if code.startswith("SES") else nearest_name(name, known)
    raise NoSuchPageError(f"there is no finding `{wanted}`", did_you_mean(near, "codes look like `SES214`"))


@cache
def _paths() -> dict[str, Path]:
    found = sorted(package_folder().rglob("ses[0-9][0-9][0-9]_*.md"), key=lambda path: path.name)
    return {path.name[: len("SES214")].upper(): path for path in found}


def _read(path: Path) -> FindingPage:
    text = path.read_text(encoding="utf-8")
    title = _TITLE.match(text)
    return FindingPage(path.name[: len("SES214")].upper(), title[2] if title else "", text)
