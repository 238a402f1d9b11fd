"""Sentences near a given one: its numbers, its limits, its closed words and its lists drawn anew, by hypothesis.

What is drawn need not be a sentence of the language; `stands` says whether it is.
"""

from __future__ import annotations

import re
from functools import cache

from hypothesis import strategies as st

from law.holding import document
from sespms_rules.language.syntax import words

_GROUPS = tuple(
    tuple(member.value for member in group)
    for group in vars(words).values()
    if isinstance(group, type) and issubclass(group, words.Word) and group not in (words.Word, words.PartKind)
)
_PHRASES = sorted({phrase for group in _GROUPS for phrase in group if " " in phrase or len(phrase) > 3}, key=len)
_TOKEN = re.compile(
    r'"[^"]*"|\d{4}-\d\d-\d\d|(?:at least|at most|exactly) \d+|\d+(?: to \d+)?|'
    + "|".join(rf"\b{re.escape(phrase)}\b" for phrase in reversed(_PHRASES))
)
_JOINERS = (", ", " and ", " or ")
_DAYS = ("2012-01-04", "2024-06-30", "2026-06-15")
_TWICE = (("twice in 3 years", "twice in 5 years", ""), ("each year", "every 2 years", "each period"))


@cache
def near(example: str) -> st.SearchStrategy[str]:
    """Sentences like an example, the example among them.

    Kept, as are the parts of it: hypothesis looks through a strategy when it meets it first, which costs more than to
    draw of it.
    """
    return st.one_of(st.just(example), _redrawn(example))


@st.composite
def _redrawn(draw: st.DrawFn, example: str) -> str:
    made, at = [], 0
    while (match := _TOKEN.search(example, at)) is not None:
        made.append(example[at : match.start()])
        at = match.end()
        group = _group_of(match[0])
        if group:
            at = _end_of_list(example, at, group)
            made.append(draw(_list(group, example[match.start() : at])))
        else:
            made.append(draw(_token(match[0])))
    made.append(example[at:])
    said = "".join(made)
    for choices in _TWICE:
        for written in choices:
            if written and written in said:
                said = said.replace(written, draw(st.sampled_from(choices)), 1)
                break
    return " ".join(said.split())


@cache
def _token(text: str) -> st.SearchStrategy[str]:
    if text.startswith('"'):
        return st.sampled_from([text, text, '"One"'])
    if "-" in text:
        return st.sampled_from([text, *_DAYS])
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    drawn = st.sampled_from(
        sorted({1, 2, 3, 5, *numbers, *(each + 1 for each in numbers), *(2 * each for each in numbers)})
    )
    if re.fullmatch(r"\d+", text):
        return drawn.map(str)
    limit = st.builds("{} {}".format, st.sampled_from(["at least", "at most", "exactly"]), drawn)
    return st.one_of(limit, limit, st.builds("{} to {}".format, drawn, drawn))


@cache
def _group_of(phrase: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for group in _GROUPS if phrase in group for other in group))


@cache
def _end_of_list(example: str, at: int, group: tuple[str, ...]) -> int:
    """Where a list of words of one group ends that begins before `at`."""
    pattern = "|".join(map(re.escape, sorted(group, key=len, reverse=True)))
    more = re.compile(rf"(?:{'|'.join(map(re.escape, _JOINERS))})(?:{pattern})\b")
    while (match := more.match(example, at)) is not None:
        at = match.end()
    return at


@cache
def _list(group: tuple[str, ...], written: str) -> st.SearchStrategy[str]:
    """One word of a group, or several where several were written."""
    one = st.one_of(st.just(written), st.sampled_from(group))
    if not any(joiner in written for joiner in _JOINERS):
        return one
    near_by = tuple(each for each in group if each in written)
    of = st.sampled_from(near_by or group)
    some = st.lists(st.one_of(of, of, st.sampled_from(group)), min_size=1, max_size=4, unique=True)
    joiner = st.sampled_from([" and ", " or "]) if " or " in written else st.just(" and ")
    return st.builds(
        lambda each, by: by.join([", ".join(each[:-1]), each[-1]] if len(each) > 1 else each), some, joiner
    )


@cache
def stands(part: str, line: str) -> bool:
    """Whether a line is a sentence of a part."""
    text = f"  {line}\n" if part == "system" else f"\n{part}\n  {line}\n"
    try:
        document(f'system "Invented agency"\n{text}')
    except AssertionError:
        return False
    return True
