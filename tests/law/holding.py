"""What the tests of conformance share: an invented policy and an invented baseline in, verdicts out."""

from __future__ import annotations

import datetime
import textwrap
from functools import cache

from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, find_editions, find_system
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.language.syntax.requirements import MustState
from sespms_rules.law.comparing import Question
from sespms_rules.law.families import at_least_as_strict
from sespms_rules.law.verdict import Conformance, Verdict
from sespms_rules.pipeline import check_conformance, compile_source, program_as_read


def document(text: str, name: str = "policy.sespms") -> Document:
    """A text without faults as a document."""
    made, findings = parse(Source(name, textwrap.dedent(text).lstrip("\n")))
    assert findings == (), findings
    return made


def library(*texts: str) -> FolderLibrary:
    """A library that holds these texts and nothing else."""
    return FolderLibrary([document(text, f"text-{place}.sespms") for place, text in enumerate(texts)], shipped=False)


def system(text: str) -> System:
    """The system `Invented agency` of a text."""
    found, _ = find_system("Invented agency", document(text), library())
    assert found is not None
    return found


def held(policy: str, *editions: str, as_of: str | None = None, baseline: str | None = None) -> Conformance:
    """A policy's system checked against the editions, derivations tried out."""
    found = held_if_understood(policy, *editions, as_of=as_of, baseline=baseline)
    assert found is not None, policy
    return found


def held_if_understood(
    policy: str, *editions: str, as_of: str | None = None, baseline: str | None = None
) -> Conformance | None:
    """The same, and None for a policy that a reader of its words finds at fault, which is checked against nothing."""
    compiled = compile_source(Source("policy.sespms", textwrap.dedent(policy).lstrip("\n")), library(*editions))
    day = datetime.date.fromisoformat(as_of) if as_of else None
    found = check_conformance(compiled, library(*editions), baseline=baseline, as_of=day)
    assert len(found) <= 1
    return found[0] if found else None


def requirement(*sentences: str, citation: str = "Example 1", mark: str = "confirmed") -> str:
    """An invented baseline with one requirement of these sentences."""
    lines = "".join(f"  {each}\n" for each in (*sentences, mark))
    return f'baseline "Example rules"\n  in force from 2020-01-01\n\nrequirement "{citation}" "Invented"\n{lines}'


def verdict(policy: str, *sentences: str, mark: str = "confirmed") -> Verdict:
    """The verdict on a policy's head and parts, given without the first line, for one requirement."""
    text = f'system "Invented agency"\n  follows "Example rules"\n{policy}'
    (found,) = held(text, requirement(*sentences, mark=mark)).verdicts
    return found


@cache
def satisfies(part: str, said: tuple[str, ...], asked: str, around: str = "") -> bool | None:
    """Whether lines of a part satisfy a line that is asked of it; `around` are other parts of the system."""
    head = "" if part != "system" else "".join(f"  {line}\n" for line in said)
    body = "" if part == "system" else f"{part}\n" + "".join(f"  {line}\n" for line in said)
    made = system(f'system "Invented agency"\n{head}\n{textwrap.dedent(around)}\n{body}')
    (edition,) = find_editions(None, document(requirement(f"must state {part}: {asked}")), library())
    sentence = edition.requirements[0].sentences[0].sentence
    assert isinstance(sentence, MustState)
    quoted = sentence.quotation
    name = quoted.part.name.text if quoted.part.name else None
    of = made.head if part == "system" else made.part(quoted.part.kind, name)
    return at_least_as_strict(Question(made, of, quoted.sentence, compute=program_as_read)).holds


__all__ = ["document", "held", "held_if_understood", "library", "requirement", "satisfies", "system", "verdict"]
