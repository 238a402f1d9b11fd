"""How people say whom a system covers and whom not."""

from __future__ import annotations

import re

from sespms_rules.language.parsing.natural.ways import Way, likely, sure

_ALL = "covers career, noncareer, limited term and limited emergency executives"
_OF_THE_SES = (
    r"(?:all |every |any )?(?:the )?(?:members of the (?:SES|Senior Executive Service)"
    r"|(?:SES|Senior Executive Service)(?: (?:members?|executives?|appointees?|positions?|employees?))?)"
)
_OUT = r"(?:not covered|not included|excluded|exempt(?:ed)?|left out|carved out)"
_BECAUSE = r"(?:because|since|as) (?:of )?"


def _left_out(found: re.Match[str]) -> str:
    unit, why = (each.strip().strip('"') for each in found.groups())
    return f'leaves out "{unit}" because "{why}"'


OF_COVERAGE: tuple[Way, ...] = (
    *sure((rf"^covers {_OF_THE_SES}$", _ALL)),
    *likely(
        (rf"^(?:the )?([^\"]+?|\"[^\"]*\") (?:is|are) {_OUT},? {_BECAUSE}(.+)$", _left_out),
        (rf"^(?:excludes|does not cover|leaves out) (?:the )?([^\"]+?),? {_BECAUSE}(.+)$", _left_out),
        (rf"^(?:excludes|does not cover|leaves out) (?:the )?(\"[^\"]*\"),? {_BECAUSE}([^\"]+)$", _left_out),
    ),
)

_UNIT = r"(?:the )?\"?([^\".;:]{2,80}?)\"?"
_AS_IN = 'as in `leaves out "{0}" because "…"`, with the reason between the quotes, and the unit as rosters write it'

EXCEPTED = rf"covers (?:all|any|every)?.*?,? (?:except(?: for)?|excluding|other than|but not) {_UNIT}$"
LEFT_OUT = (
    rf"(?:(?:excludes|exempts|does not (?:cover|include|apply to)|leaves out|except(?: for)?|excluding) {_UNIT}"
    rf"|{_UNIT} (?:is|are) {_OUT})$"
)


def excepted(found: re.Match[str]) -> str:
    """For a system that covers all but some; the group is who is left out."""
    return f"write `{_ALL}`, or only those kinds that it covers, and on a line of its own who is not, " + _AS_IN.format(
        found[1]
    )


def left_out(found: re.Match[str]) -> str:
    """For a unit that is left out without a reason; the first group that holds something is the unit."""
    return f"say who is left out, and why, {_AS_IN.format(found[1] or found[2])}"
