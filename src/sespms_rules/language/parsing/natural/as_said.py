"""Helps that keep what their author said: a number, a level, a percentage, a direction of the sentence they answer.

Whoever is offered an example copies it. So no example has a number that the sentence has not; what only the author can
say is written `…`, which no text can be run with. The one number that is derived is the level above a named one.
"""

from __future__ import annotations

import re

OPEN = "…"
"""Stands in an example for what its author has still to say."""

_WORST_TO_BEST = ("1", "2", "3", "4", "5")
_TIES = "`half up`, `half down`, `half even`, `up` or `down`"
_COUNTED = {"one": "1", "two": "2", "three": "3", "four": "4"}
_OR_BETTER = r"(?: (?:or|and) (?:better|above|higher|more|greater|up))"


def cap_of_one(found: re.Match[str]) -> str:
    """For a cap that one element sets; the groups are the level named, the element, and the cap."""
    level, name, cap = found.groups()
    told = (
        "no cap speaks of one element alone; one that speaks of all of them is written as in "
        f"`any element at level {level} makes the rating no higher than level {cap}`"
    )
    if "5" in (level, cap):  # there is no level above the one named, or none that the cap takes away
        return told
    above = _WORST_TO_BEST[_WORST_TO_BEST.index(level) + 1]
    return (
        f"{told}; for {name} alone write it into each level better than level {cap}, as in "
        f"`level {OPEN} when score is at least {OPEN} and {name} is at level {above} or better`"
    )


def score_of(found: re.Match[str]) -> str:
    """For a rating that is the lowest, the highest or the average; the group is which of them."""
    taken = found[1].lower().replace("mean", "average")
    whose = " of critical elements" if re.search(r"\bcritical\b", found.string, re.IGNORECASE) else ""
    return (
        f"write a score, and a line for each level, as in `score is the {taken} of points{whose}` and "
        f"`score exactly {OPEN} is level {OPEN}`"
    )


def how_many(found: re.Match[str]) -> str:
    """For thirds of the elements; the group is what stands before them, which may be a limit from above."""
    is_above = re.search(r"\b(?:at most|less than|fewer than|no more than|up to)\W*$", found[1], re.IGNORECASE)
    limit = "at most" if is_above else "at least"
    return (
        "no percentage is a third: say how many they are, as in "
        f"`level {OPEN} when {limit} {OPEN} elements are at level {OPEN}`"
    )


def counted_alike(found: re.Match[str]) -> str:
    """For elements that count the same."""
    whose = " of critical elements" if re.search(r"\bcritical\b", found.string, re.IGNORECASE) else ""
    return (
        f"what the elements count for is said by the formula, as in `score is the average of points{whose}`, where all "
        "count alike"
    )


def rounding(found: re.Match[str]) -> str:
    """For a sentence about rounding that is not behind its formula."""
    ties = _ties(found.string.lower())
    told = f"rounding stands behind the formula it rounds, as in `rounded {ties or OPEN} to {_places(found.string)}`"
    return told if ties else f"{told}; say how ties go: {_TIES}"


def rounding_unsaid(found: re.Match[str]) -> str:
    """For a formula with decimals that does not say that it is rounded."""
    return f"say that it is rounded, and how ties go: {_TIES}, as in `rounded {OPEN} to {_places(found.string)}`"


def truncation(found: re.Match[str]) -> str:
    """For numbers that are cut off."""
    return f"say to how many decimals, behind the formula, as in `rounded down to {_places(found.string)}`"


def _ties(said: str) -> str:
    for pattern, ties in (
        (r"\bhalf[ -](up|down|even)\b", "half "),
        (r"\b(?:half|halves)\b.*\b(up|down|even)\b", "half "),
        (r"\brounded (up|down)\b|\bround (up|down)\b", ""),
    ):
        found = re.search(pattern, said)
        if found is not None:
            return f"{ties}{found[found.lastindex or 1]}"
    return ""


def _places(said: str) -> str:
    found = re.search(r"\b(\d+|one|two|three|four) decimals?\b", said, re.IGNORECASE)
    if found is not None:
        count = _COUNTED.get(found[1].lower(), found[1])
        return f"{count} decimal{'' if count == '1' else 's'}"
    whole = re.search(r"\bwhole (?:number|point)|\bintegers?\b", said, re.IGNORECASE)
    return "whole numbers" if whole else f"{OPEN} decimals"


def share(found: re.Match[str]) -> str:
    """For a limit of a share at some levels that does not say of whom; the group is the percentage."""
    level = re.search(rf"\blevel (\d)({_OR_BETTER})?$", found.string, re.IGNORECASE)
    several = re.search(r"\d,? (?:or|and) (?:level )?\d", found.string)
    where = OPEN if level is None or several else f"{level[1]}{' or better' if level[2] else ''}"
    return f"name whom the limit counts, as in `at most {found[1]}% of career executives at level {where}`"


def what_a_level_needs(found: re.Match[str]) -> str:
    """For a level that is not given with some element; the group is the level, where the pattern has one."""
    said = found.string
    level = found[1] if found.re.groups else _level_given(said)
    return f"say of each level what it needs, as in `level {level} needs no {_element_barred(said)}`"


def _level_given(said: str) -> str:
    found = re.search(r"\b(?:gets?|receives?|is|are|be)(?: rated)?(?: at)? (?:an? )?level (\d)", said, re.IGNORECASE)
    return OPEN if found is None else found[1]


def _element_barred(said: str) -> str:
    kind = r"\b((?:non-?)?critical element|element)s?"
    found = re.search(rf"{kind} (?:rated |is |are )?(below|at) level (\d)(?! (?:or|and|to)\b)", said, re.IGNORECASE)
    if found is not None:
        return f"{found[1].lower()} {found[2].lower()} level {found[3]}"
    found = re.search(rf"\blevel (\d) {kind}", said, re.IGNORECASE)
    if found is not None:
        return f"{found[2].lower()} at level {found[1]}"
    named = re.search(kind, said, re.IGNORECASE)
    return f"{'element' if named is None else named[1].lower()} below level {OPEN}"


def line_above(found: re.Match[str]) -> str:
    """For a line of a table from above a number; the groups are the word and the number."""
    word, number = found.groups()
    given = re.match(r' ?(\d+(?:\.\d+)?)(%| percent)?$| ?("[^"]*")$', found.string[found.end() :], re.IGNORECASE)
    gives = OPEN if given is None else given[3] or f"{given[1]}{'%' if given[2] else ''}"
    return (
        f"no line of a table begins with `{word.lower()}`: write the smallest number above {number} that there can be, "
        f"as in `at least {OPEN} gives {gives}`; `at least {number} gives {gives}` takes {number} itself in"
    )


def days_served(found: re.Match[str]) -> str:
    """For whoever served few days; a group is how many."""
    days = next(each for each in found.groups() if each is not None)
    known = f'`"days served" is a whole number from {OPEN} to {OPEN}`'
    reads = f'"days served" is less than {days}'
    unrated = re.search(r"\b(?:not|no|un|never)[ -]?(?:be )?(?:rated|rating)\b", found.string, re.IGNORECASE)
    here = f"as in `not rated when {reads}`" if unrated else f"behind `when` in a line, as `{reads}`"
    return f"what is known of an executive is declared under `facts`, as in {known}; here it is then read, {here}"


def numbers_of_a_fact(found: re.Match[str]) -> str:
    """For a fact that is a number, without its ends; the group is its name."""
    decimals = re.search(r"with (\d+) decimals?$", found.string, re.IGNORECASE)
    whole = f"`{found[1]} is a whole number from {OPEN} to {OPEN}`"
    places = f"{decimals[1]} decimal{'' if decimals[1] == '1' else 's'}" if decimals else f"{OPEN} decimals"
    other = f"`{found[1]} is a number from {OPEN} to {OPEN} with {places}`"
    if decimals:
        offered = other
    else:
        offered = whole if re.search(r"\b(?:whole|integer|count)\b", found.string) else f"{whole}, or {other}"
    return f"say its smallest and its largest value, as in {offered}"


def step_of_the_board(found: re.Match[str]) -> str:
    """For a board that reviews, without the step that this is."""
    when = re.search(
        r"\b(before|after) (?:the )?(initial rating|annual rating|written response|higher-level review)\b",
        found.string,
        re.IGNORECASE,
    )
    said = f"{when[1]} {when[2]}".lower() if when else "before annual rating"
    return f"name the step, who takes it, and when, as in `board recommendation by board {said}`"
