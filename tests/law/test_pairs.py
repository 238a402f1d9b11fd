"""Each sentence that an edition asks a system to state, or not to: a text that meets it, the least change breaks it.

The texts are made from the sentence (`pairing.py`); every edition that is shipped is walked.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from law.pairing import Asked, all_asked, broken, changed_numbers, system_text
from sespms_rules.cli import sespms
from sespms_rules.foundation.resources import policy_names, policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import Baseline
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, find_system, resolve
from sespms_rules.language.syntax.baselines import Confirmed, PartlyConfirmed, Unconfirmed
from sespms_rules.language.syntax.derivation import Ask
from sespms_rules.language.syntax.nodes import AnyWording
from sespms_rules.language.syntax.requirements import MustNotContradict, MustNotState, MustState, ShouldState
from sespms_rules.language.syntax.system import Covers
from sespms_rules.law.asking import asked_by_part
from sespms_rules.law.deciding import decider
from sespms_rules.law.judging import JudgingContext, judge
from sespms_rules.law.verdict import Verdict, VerdictKind
from sespms_rules.pipeline import program_as_read

NOTHING = FolderLibrary([], shipped=False)
FILES = [name for name in policy_names("federal") if "\nbaseline " in policy_path(name).read_text(encoding="utf-8")]


@cache
def edition_of(file: str) -> Baseline:
    """The edition of a shipped file, read without a finding."""
    document, faults = parse(Source(file, policy_path(file).read_text(encoding="utf-8")))
    policy, findings = resolve(document, NOTHING)
    assert (faults, findings) == ((), ())
    (edition,) = policy.baselines
    return edition


ASKED = [each for file in FILES for each in all_asked(file, edition_of(file))]
WANTED = [each for each in ASKED if isinstance(each.stated.sentence, MustState | ShouldState)]
FORBIDDEN = [each for each in ASKED if isinstance(each.stated.sentence, MustNotState)]
NOT_CONTRADICTED = [each for each in ASKED if isinstance(each.stated.sentence, MustNotContradict)]


def verdict(asked: Asked, words: str | None) -> Verdict:
    """How a system that says these words stands to the one sentence, under the mark of its requirement."""
    text = system_text(asked, words)
    document, faults = parse(Source("system.sespms", text))
    assert faults == (), (text, faults)
    system, _ = find_system("Invented agency", document, NOTHING)
    assert system is not None
    marks = (Confirmed, PartlyConfirmed, Unconfirmed)
    kept = [each for each in asked.requirement.sentences if each is asked.stated or isinstance(each.sentence, marks)]
    decide = decider(system, program_as_read(system))
    asked_there = asked_by_part(asked.edition)
    bench = JudgingContext(system, asked.edition, None, decide, asked_there, program_as_read)
    return judge(bench, replace(asked.requirement, sentences=tuple(kept)))


def assert_missed(asked: Asked, found: Verdict) -> None:
    unconfirmed = any(isinstance(each.sentence, Unconfirmed) for each in asked.requirement.sentences)
    assert found.kind is (VerdictKind.UNCONFIRMED if unconfirmed else VerdictKind.NOT_MET), found
    assert found.rulings[0].kind is VerdictKind.NOT_MET
    assert found.rulings[0].cure, "it says what to write"
    assert found.fails == (not unconfirmed and not isinstance(asked.stated.sentence, ShouldState))


def is_missed(found: Verdict) -> bool:
    return found.rulings[0].kind is VerdictKind.NOT_MET


@pytest.mark.parametrize("asked", WANTED, ids=lambda asked: asked.label)
def test_what_is_asked_is_met_by_saying_it_and_broken_by_the_least_change(asked: Asked) -> None:
    said = verdict(asked, asked.words)
    assert (said.kind, said.fails) == (VerdictKind.MET, False), said
    for change in broken(asked):
        if isinstance(asked.sentence, Covers) and change.wordings != (None,):
            # An agency may have another system for those whom this one does not cover: that is asked.
            assert [verdict(asked, words).kind for words in change.wordings] == [VerdictKind.NEEDS_PERSON]
            continue
        missed = [found for found in (verdict(asked, words) for words in change.wordings) if is_missed(found)]
        assert missed, change
        for found in missed:
            assert_missed(asked, found)


@pytest.mark.parametrize("asked", FORBIDDEN, ids=lambda asked: asked.label)
def test_what_is_forbidden_is_broken_by_saying_it_and_met_by_leaving_it_out(asked: Asked) -> None:
    assert_missed(asked, verdict(asked, asked.words))
    assert verdict(asked, None).kind is VerdictKind.MET
    for change in changed_numbers(asked):
        assert any(verdict(asked, words).kind is VerdictKind.MET for words in change.wordings), change


@pytest.mark.parametrize("asked", NOT_CONTRADICTED, ids=lambda asked: asked.label)
def test_a_rule_of_conduct_is_met_in_silence_and_broken_by_saying_less(asked: Asked) -> None:
    for words in (asked.words, None):
        assert verdict(asked, words).kind is VerdictKind.MET
    for change in broken(asked):
        wordings = [each for each in change.wordings if each is not None]
        if wordings:
            missed = [found for found in (verdict(asked, each) for each in wordings) if is_missed(found)]
            assert missed, change
            for found in missed:
                assert_missed(asked, found)


def test_no_sentence_was_left_out() -> None:
    assert len(FILES) == 9
    for file in FILES:
        lines = re.findall(
            r"^  (?:(?:must|must not|should) state|must not contradict) ",
            policy_path(file).read_text("utf-8"),
            re.MULTILINE,
        )
        assert len(lines) == sum(each.file == file for each in ASKED), file
    assert len(WANTED) > 200
    assert len(FORBIDDEN) == 10


# ---- questions for a person --------------------------------------------------------------------------

FOLLOWS = "".join(f'  follows "{name}"\n' for name in dict.fromkeys(edition_of(file).name for file in FILES))
LAST_DAY = {"federal/5cfr430c-2000-11-13.sespms": "2015-10-25", "federal/5cfr430c-2015-10-26.sespms": "2025-10-14"}


@pytest.mark.parametrize("file", FILES)
def test_every_question_is_in_the_report(file: str, tmp_path: Path) -> None:
    policy = tmp_path / "policy.sespms"
    policy.write_text(f'system "Invented agency"\n{FOLLOWS}', encoding="utf-8")
    # Late enough for every requirement of the edition to be in force.
    arguments = ["--requirements", "--baseline", Path(file).stem, "--as-of", LAST_DAY.get(file, "2027-01-01")]
    result = CliRunner().invoke(sespms, ["check", *arguments, str(policy)], env={"NO_COLOR": "1"})
    questions = [
        " ".join(stated.sentence.question.text.split())
        for requirement in edition_of(file).requirements
        for stated in requirement.sentences
        if isinstance(stated.sentence, Ask) and not isinstance(stated.sentence.question, AnyWording)
    ]
    written = re.findall(r"^  ask reviewer ", policy_path(file).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(questions) == len(written) > 0
    for question in questions:
        assert result.output.count(f"needs human review: {question}\n") == questions.count(question), question
