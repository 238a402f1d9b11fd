"""What `sespms new` asks: a dozen plain questions, how each answer is read, and what is said of one that cannot be."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.words import Coverage

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # as they are written in a policy
_DAY = re.compile(r"([A-Za-z]+) ([0-9]{1,2})")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LEVELS = 5
_MOST_ELEMENTS = 20


class WrongAnswerError(ValueError):
    """An answer that cannot be used: which, the value, and what would do."""


class Answers(Frozen):
    """All that a first draft needs.

    `terms` and `points` are those of levels 5 to 1, `cuts` the lowest scores of levels 5 to 2, `least_weight` is the
    least weight of an element in percent; `failing` says whether an element at level 1 makes the rating level 1.
    """

    name: str
    agency: str
    effective: datetime.date
    period: tuple[str, str]
    covers: tuple[str, ...]
    elements: tuple[str, ...]
    terms: tuple[str, ...]
    points: tuple[Fraction, ...]
    least_weight: int
    cuts: tuple[Fraction, ...]
    failing: bool


class Question(Frozen):
    """One question: the key in a file of answers, what is asked, the default as it is typed, how an answer is read."""

    key: str
    asked: str
    default: str
    read: Callable[[str], Any]


def _name(text: str) -> str:
    words = " ".join(text.split())
    if not words or '"' in words or "\\" in words:
        raise WrongAnswerError("a name has letters and no quotation mark")
    return words


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise WrongAnswerError("a day is written like 2026-10-01") from None


def _month_day(text: str) -> str:
    found = _DAY.fullmatch(text.strip())
    month = found[1].capitalize() if found else ""
    if found is None or month not in MONTHS:
        offer = did_you_mean(nearest_name(month, MONTHS), "a day of the year is written like `October 1`")
        raise WrongAnswerError(offer)
    try:
        datetime.date(2001, MONTHS.index(month) + 1, int(found[2]))
    except ValueError:
        raise WrongAnswerError(f"{month} has no day {found[2]} in every year") from None
    return f"{month} {int(found[2])}"


def _period(text: str) -> tuple[str, str]:
    first, mark, last = text.partition(" to ")
    if not mark:
        raise WrongAnswerError("write both days, like `October 1 to September 30`")
    return _month_day(first), _month_day(last)


def _list(text: str) -> tuple[str, ...]:
    return tuple(_name(each) for each in text.split(",") if each.strip())


def _covers(text: str) -> tuple[str, ...]:
    kinds = [each.value for each in Coverage]
    named = tuple(each.casefold() for each in _list(text))
    for each in named:
        if each not in kinds:
            offer = did_you_mean(nearest_name(each, kinds), f"the kinds are {backticked(kinds)}")
            raise WrongAnswerError(f"`{each}` is no kind of appointment; {offer}")
    if not named:
        raise WrongAnswerError(f"name at least one of {backticked(kinds)}")
    return tuple(each for each in kinds if each in named)


def _elements(text: str) -> tuple[str, ...]:
    names = _list(text)
    if not 1 <= len(names) <= _MOST_ELEMENTS:
        raise WrongAnswerError(f"name 1 to {_MOST_ELEMENTS} elements, with commas between them")
    folded = [each.casefold() for each in names]
    twice = next((each for place, each in enumerate(names) if folded.index(each.casefold()) != place), None)
    if twice is not None:
        raise WrongAnswerError(f"`{twice}` is named twice")
    return names


def _terms(text: str) -> tuple[str, ...]:
    terms = _list(text)
    if len(terms) != _LEVELS or len({each.casefold() for each in terms}) != _LEVELS:
        raise WrongAnswerError("name five different terms, best first, with commas between them")
    return terms


def _numbers(text: str, count: int, what: str) -> tuple[Fraction, ...]:
    words = [each.strip() for each in text.split(",")]
    if len(words) != count or not all(_NUMBER.fullmatch(each) for each in words):
        raise WrongAnswerError(f"write {count} numbers, {what}, with commas between them")
    numbers = tuple(Fraction(each) for each in words)
    if any(low >= high for high, low in pairwise(numbers)):
        raise WrongAnswerError(f"each of the {count} numbers is smaller than the one before it")
    return numbers


def _weight(text: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= 100:
        raise WrongAnswerError("the least weight is a whole number from 1 to 100")
    return int(text)


def _yes(text: str) -> bool:
    word = text.strip().casefold()
    if word not in {"y", "yes", "n", "no", "true", "false"}:
        raise WrongAnswerError("answer yes or no")
    return word in {"y", "yes", "true"}


QUESTIONS = (
    Question("agency", "Which agency is it for?", "Example Agency", _name),
    Question("name", "What is the system called?", "SES Performance Appraisal System", _name),
    Question("effective", "From which day is it in force?", "2026-10-01", _day),
    Question("period", "Which year is appraised?", "October 1 to September 30", _period),
    Question("covers", "Which appointments does it cover?", ", ".join(each.value for each in Coverage), _covers),
    Question(
        "elements",
        "What are the critical elements?",
        "Leading Change, Leading People, Business Acumen, Building Coalitions, Results Driven",
        _elements,
    ),
    Question("least_weight", "What is the least weight of an element, of 100?", "5", _weight),
    Question(
        "terms",
        "What are the five levels called, best first?",
        "Outstanding, Exceeds Fully Successful, Fully Successful, Minimally Satisfactory, Unsatisfactory",
        _terms,
    ),
    Question(
        "points", "How many points has each level?", "5, 4, 3, 2, 0", lambda text: _numbers(text, 5, "best level first")
    ),
    Question(
        "cuts",
        "From which score on is the rating level 5, 4, 3 and 2?",
        "475, 400, 300, 200",
        lambda text: _numbers(text, 4, "the lowest score of levels 5, 4, 3 and 2"),
    ),
    Question("failing", "Is the rating level 1 when any critical element is at level 1?", "yes", _yes),
)
"""The questions in the order they are asked. The defaults of points, cuts and terms are those of OPM's basic system."""


def answers_from(given: Mapping[str, str]) -> Answers:
    """Read answers by their keys; what is not answered has its default. Raises WrongAnswerError with key and value."""
    keys = [each.key for each in QUESTIONS]
    for key in given:
        if key not in keys:
            offer = did_you_mean(nearest_name(key, keys), f"the questions are {backticked(keys)}")
            raise WrongAnswerError(f"there is no question `{key}`; {offer}")
    read = {each.key: answer_to(each, given.get(each.key, each.default)) for each in QUESTIONS}
    answers = Answers(**read)
    if answers.least_weight * len(answers.elements) > 100:
        raise WrongAnswerError(
            f"`least_weight`: {len(answers.elements)} elements of at least {answers.least_weight} are more than 100"
        )
    return answers


def answer_to(question: Question, text: str) -> Any:
    """Read one answer. Raises WrongAnswerError that names the question and the value."""
    try:
        return question.read(text)
    except WrongAnswerError as fault:
        raise WrongAnswerError(f"`{question.key}` is `{text}`: {fault}") from None
