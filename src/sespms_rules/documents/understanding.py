"""A sentence as an agency writes it -> the sentence of the language that says it, or none.

It is read back from how a description says it, or led there by the ways of speaking that the parser knows. Whatever
comes out is parsed as one whole sentence. A number, a name, a denial or a condition that would be lost on the way keeps
a sentence from being understood, which is never an error; what only adds a number is a guess and is marked as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sespms_rules.documents.spoken import subject_of, ways_of_speaking, without_articles
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import part_of_file
from sespms_rules.language.syntax.limits import NUMBER_WORDS
from sespms_rules.language.syntax.nodes import Block
from sespms_rules.language.syntax.words import PartKind

_AUTHORITY = re.compile(r" \((\d+ (?:CFR|USC|U\.S\.C\.)[^“”]*)\)$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NAME = re.compile(r"“([^”]*)”")
_IN_STRAIGHT = re.compile(r'"[^"]*"')
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[a-z][.)]|\([a-z0-9]+\)|[•·–-]) +(?=\S)")
_DENIES = re.compile(
    r"\b(?:not|never|no|none|nor|neither|cannot|without|bars?|barred|prohibits?|excludes?)\b", re.IGNORECASE
)
_CONDITION = re.compile(r"\b(?:if|unless|except|provided|however|but|only|when|where)\b", re.IGNORECASE)
_SAID_OTHERWISE = ("on request", "first line that fits", "only")
_PERMITS = re.compile(r"\b(?:may|should|can|might|could|normally|generally|usually)\b", re.IGNORECASE)
_LONGEST = 600
_STEP = re.compile(
    r"(?P<role>[^“]+?) takes the step “(?P<act>[^”]+)”(?: \((?P<term>“[^”]+”)\))?"
    r"(?P<asked>, where the executive asks for it)?,? ?(?P<when>.*)$"
)
_LEVEL = re.compile(
    r"level (?P<number>\S+) is called (?P<term>“[^”]+”),?(?: and)? is worth (?P<points>\S+) points?"
    r"(?:, and is equivalent to the federal level “(?P<federal>[^”]+)”)?$"
)


OTHER_SUBJECTS = {
    PartKind.SYSTEM: ("this system",),
    PartKind.PLAN: ("the plan", "each plan", "every plan", "performance plans", "plans"),
    PartKind.REVIEW: ("the review", "each progress review", "progress reviews"),
    PartKind.CRITICAL_ELEMENT: ("this element", "this critical element", "it"),
    PartKind.NONCRITICAL_ELEMENT: ("this element", "this noncritical element", "it"),
    PartKind.BOARD: ("the board", "each board"),
}
"""What the sentences of a part speak of in other words."""

_ONE_OF = re.compile(r"\b(pay adjustment|pay increase|performance award)s\b")


class Understood(Frozen):
    """A sentence of the language below the heading of a part; `guessed` says that a person must look at it."""

    kind: PartKind
    sentence: str
    guessed: bool


def understood(kind: PartKind, text: str) -> Understood | None:
    """What a sentence below the heading of a part says; None where it is not understood."""
    said, authority = bare(text)
    if not said or len(said) > _LONGEST:
        return None
    under = f' under "{authority}"' if authority else ""
    lower = said[:1].lower() + said[1:]
    for read in _read_back(kind, lower):
        for candidate in dict.fromkeys((without_articles(read), read.replace("“", '"').replace("”", '"'))):
            if is_whole(kind, candidate) and not _numbers(said) - _numbers(candidate):
                return Understood(kind, candidate + under, guessed=False)
    for candidate in (without_articles(lower), said.replace("“", '"').replace("”", '"')):
        found = _as_it_is(kind, candidate) or _led_there(kind, candidate)
        if found is not None and (judged := _judged(kind, said, *found)) is not None:
            return Understood(kind, judged.sentence + under, judged.guessed)
    for subject in OTHER_SUBJECTS.get(kind, ()):
        if lower.startswith(f"{subject} "):
            rest = re.sub(r"^are ", "is ", lower.removeprefix(f"{subject} "))
            return understood(kind, f"{subject_of(kind)} {rest}{f' ({authority})' if authority else ''}")
    return None


def bare(text: str) -> tuple[str, str]:
    """The sentence with curly quotes and without its number, final period and authority; and the authority."""
    plain = _NUMBERED.sub("", " ".join(text.split()))
    plain = re.sub(r'"([^"]*)"', r"“\1”", plain).removesuffix(".").rstrip()
    found = _AUTHORITY.search(plain)
    if found is None or '"' in found[1]:
        return plain, ""
    return plain[: found.start()], found[1]


def _read_back(kind: PartKind, said: str) -> Iterator[str]:
    """A sentence of a description without what was put before it."""
    if step := _STEP.match(said):
        asked = "on request" if step["asked"] else ""
        words = (step["act"], step["term"] or "", "by", step["role"].removeprefix("the "), asked, step["when"])
        yield " ".join(each for each in words if each)
    if level := _LEVEL.match(said):
        federal = f" equivalent to {level['federal']}" if level["federal"] else ""
        yield f"level {level['number']} {level['term']} {level['points']} points{federal}"
    for lead, whole in ways_of_speaking():
        before, _, behind = whole.partition("{}")
        if (before or behind) and said.startswith(before) and said.endswith(behind):
            yield f"{lead} {said[len(before) : len(said) - len(behind)]}".strip()
    if weight := re.match(r"the weight of (“[^”]+”) is (.+)", said):
        yield f"{weight[1]} {weight[2]}"
    yield from (said.removeprefix(each) for each in ("a rating of ", "a rating ", "the ") if said.startswith(each))
    subject = subject_of(kind)
    if subject and said.startswith(f"{subject} "):
        yield said.removeprefix(f"{subject} ")
    if _ONE_OF.search(said):
        yield from _read_back(kind, _ONE_OF.sub("\\1", said))


def _as_it_is(kind: PartKind, candidate: str) -> tuple[str, bool] | None:
    return (candidate, False) if is_whole(kind, candidate) else None


def _led_there(kind: PartKind, candidate: str) -> tuple[str, bool] | None:
    """Where the parser would lead a person who writes this; a proposal that is not sure is a guess."""
    _, findings = parse(Source("sentence", _below(kind, candidate)))
    for finding in findings:
        for fix in finding.fixes:
            sentence = fix.replacement.strip()
            if fix.span.text.strip() == candidate and is_whole(kind, sentence):
                return sentence, not fix.sure
    return None


def is_whole(kind: PartKind, sentence: str) -> bool:
    """Whether this is one sentence of the part, whole, and nothing besides."""
    if "\n" in sentence or "#" in _IN_STRAIGHT.sub("", sentence):
        return False
    document, findings = parse(Source("sentence", _below(kind, sentence)))
    if findings or document.comments or len(document.blocks) != 1:
        return False
    (block,) = document.blocks
    return isinstance(block, Block) and len(block.lines) == 1 and block.lines[0].edit is None


def _below(kind: PartKind, sentence: str) -> str:
    return f"{part_of_file(kind).heading}\n  {sentence}\n"


def _judged(kind: PartKind, said: str, sentence: str, guessed: bool) -> Understood | None:
    """The same, where nothing was lost on the way."""
    without_names = _IN_STRAIGHT.sub(" ", sentence)
    if any(name not in sentence for name in _NAME.findall(said)):
        return None
    plain = _NAME.sub(" ", said)
    lost, added = _numbers(plain) - _numbers(sentence), _numbers(without_names) - _numbers(plain)
    if lost or (_DENIES.search(plain) and not _DENIES.search(without_names)):
        return None
    if _CONDITION.search(plain) and not _keeps_condition(without_names):
        return None
    loose = bool(_PERMITS.search(plain)) and not _PERMITS.search(without_names)
    return Understood(kind, sentence, guessed or bool(added) or loose)


def _keeps_condition(sentence: str) -> bool:
    kept = _CONDITION.search(sentence) is not None
    return kept or any(each in sentence for each in _SAID_OTHERWISE)


def _numbers(text: str) -> Counter[str]:
    words = {word: str(place) for place, word in enumerate(NUMBER_WORDS, 1)}
    spelled = [words[each] for each in re.findall(r"[a-z]+", text.lower()) if each in words]
    return Counter([*_NUMBER.findall(text), *spelled])
