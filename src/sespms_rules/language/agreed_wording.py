"""A sentence's tokens -> the same in the wording that all policies are laid out in.

A few sentences are read in two wordings, because nobody who knows the second can mean anything else by it (decision
0070). One meaning still has one sentence in a text that was laid out. The formatter reads its result again and refuses
it where it does not say the same, so that nothing here can change what a policy means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sespms_rules.foundation.source import Span
from sespms_rules.language.parsing import Token
from sespms_rules.language.syntax.limits import NUMBER_WORDS

_NOUNS = {"elements": "element", "requirements": "requirement"}
_KINDS = ("critical", "noncritical")
_NOUN_LISTS = tuple([each] for each in _NOUNS)
_KIND_LISTS = tuple([each] for each in _KINDS)
_SINGULAR_OF = {"are": "is", "make": "makes", "evaluate": "evaluates"}
_SAID_OF_ONE = (["is"], ["are"], ["at"], ["below"], ["rated"], ["not"], ["evaluate"])
_AT_LEAST = frozenset({"more", "higher", "above"})
_AT_MOST = frozenset({"fewer", "less", "lower", "below"})
_GETS = ["gets", "exactly"]
_HALVES = (["more", "than", "half", "of"], ["at", "least", "half", "of"])

Words = list[Token]


def in_agreed_wording(found: Sequence[Token]) -> Words:
    """Return the tokens of one heading or sentence, said the agreed way; tokens put in stand where those were."""
    said = list(found)
    for rewrite in _REWRITES:
        said = rewrite(said)
    return said


def _texts(words: Sequence[Token], start: int, count: int) -> list[str]:
    """The words from `start` on that are no names."""
    return [each.text if each.kind != "name" else "" for each in words[start : start + count]]


def _worded(text: str, at: Span) -> Iterator[Token]:
    return (Token("word", each, at) for each in text.split())


def _numbers(words: Words) -> Words:
    """`two` -> `2`, save where it is a word of its sentence: `is one of`, `gets exactly one level`."""
    said: Words = []
    for place, each in enumerate(words):
        is_of_its_sentence = _texts(words, place + 1, 1) == ["of"] or _texts(words, max(0, place - 2), 2) == _GETS
        if each.kind == "word" and each.text in NUMBER_WORDS and not is_of_its_sentence:
            each = Token("number", str(NUMBER_WORDS.index(each.text) + 1), each.span)
        said.append(each)
    return said


def _limits(words: Words) -> Words:
    """`4.5 or more` -> `at least 4.5`; `level 4 or higher` -> `level 4 or better`."""
    said: Words = []
    place = 0
    while place < len(words):
        each = words[place]
        size = 2 if _texts(words, place + 1, 1) == ["%"] else 1
        joined, side = (*_texts(words, place + size, 2), "", "")[:2]
        if each.kind != "number" or joined != "or" or side not in _AT_LEAST | _AT_MOST:
            said.append(each)
            place += 1
            continue
        behind = words[place + size + 1].span
        if place and words[place - 1].text == "level":
            said += [each, words[place + 1], Token("word", "better", behind)]
        else:
            said += [*_worded("at least" if side in _AT_LEAST else "at most", each.span), *words[place : place + size]]
        place += size + 2
    return said


def _every(words: Words) -> Words:
    """`all critical elements are` -> `every critical element is`."""
    place = next((at for at in range(len(words)) if _all_of(words, at)), None)
    if place is None:
        return words
    count = _all_of(words, place)
    kind = [each for each in words[place + count - 2 : place + count - 1] if each.text in _KINDS]
    every = [Token("word", "every", words[place].span), *kind]
    return [*words[:place], *every, *_one_of(words[place + count - 1 :], _every)]


def _ones(words: Words) -> Words:
    """`at least 1 elements are`, as `one or more elements are` has become -> `at least 1 element is`."""
    for place, each in enumerate(words):
        noun = place + 1 + (_texts(words, place + 1, 1)[:1] in _KIND_LISTS)
        counted, said_of = _texts(words, noun, 1), _texts(words, noun + 1, 1)
        if each.kind == "number" and each.text == "1" and counted in _NOUN_LISTS and said_of in _SAID_OF_ONE:
            return [*words[:noun], *_one_of(words[noun:], _ones)]
    return words


def _one_of(words: Words, onward: Callable[[Words], Words]) -> Words:
    """A noun and what follows it, the noun and its verb for one; what follows these goes `onward`."""
    verb = next((at for at, each in enumerate(words) if each.text in (*_SINGULAR_OF, "and")), len(words))
    said = [Token("word", _NOUNS[words[0].text], words[0].span), *words[1:verb]]
    if verb < len(words):
        said.append(Token("word", _SINGULAR_OF.get(words[verb].text, words[verb].text), words[verb].span))
    return [*said, *onward(words[verb + 1 :])]


def _all_of(words: Words, place: int) -> int:
    """How many words say `all elements` or its like from a place on; 0 where none do."""
    texts = _texts(words, place, 5)
    if texts[:1] != ["all"]:
        return 0
    size = 3 if texts[1:3] == ["of", "the"] else 1
    size += texts[size : size + 1] in _KIND_LISTS
    return size + 1 if texts[size : size + 1] and texts[size] in _NOUNS else 0


def _halves(words: Words) -> Words:
    """`at least half of elements` -> `at least half of the elements`."""
    said: Words = []
    for place, each in enumerate(words):
        said.append(each)
        if place >= 3 and _texts(words, place - 3, 4) in _HALVES and _texts(words, place + 1, 1) != ["the"]:
            said.append(Token("word", "the", each.span))
    return said


def _averages(words: Words) -> Words:
    """`the weighted average of points` -> `the average of points by weight`."""
    place = next((at for at in range(len(words)) if _texts(words, at, 3) == ["weighted", "average", "of"]), None)
    if place is None:
        return words
    measure = words[place + 3]
    by_weight = _worded("by weight", measure.span)
    return [*words[:place], *words[place + 1 : place + 4], *by_weight, *_averages(words[place + 4 :])]


_REWRITES: tuple[Callable[[Words], Words], ...] = (_numbers, _limits, _every, _ones, _halves, _averages)
