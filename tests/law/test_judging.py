"""Verdicts: each kind of sentence, each mark, each scope; all agencies and rules are invented."""

from __future__ import annotations

import pytest

from law.holding import held, library, requirement, system, verdict
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.law import conformance
from sespms_rules.law.findings import findings
from sespms_rules.law.verdict import VerdictKind


@pytest.mark.parametrize(
    ("policy", "sentence", "kind"),
    [
        ("\nappraisal period\n  lasts at least 120 days", "must state appraisal period: lasts at least 90 days", "met"),
        (
            "\nappraisal period\n  lasts at least 60 days",
            "must state appraisal period: lasts at least 90 days",
            "not met",
        ),
        ("", "must state appraisal period: lasts at least 90 days", "not met"),
        ("", "should state appraisal period: lasts at least 90 days", "not met"),
        ("", "must not state summary rating: take the first line that fits", "met"),
        (
            "\nsummary rating\n  unrated elements count as level 3",
            "must not state summary rating: unrated elements count as any level",
            "not met",
        ),
        ("\ntraining\n  is for leaders", "must have training", "met"),
        ("", "must have training", "not met"),
        ("\ntraining\n  is for leaders", "must not have training", "not met"),
        ("", "must not have training", "met"),
        ("", "may have training", "met"),
        ("\ntraining\n  is for leaders", "may have training", "met"),
        ("", "each annual rating must come after board recommendation", "checked on each rating"),
        ("", "each annual rating must not change the rating", "checked on each rating"),
        ("", 'ask reviewer "Is it so?"', "needs a person"),
        ("", 'says "A summary."', "not applicable"),
        ("", "must guarantee the result depends on no other executive", "proved"),
        ("", "must guarantee all standards differ", "refuted"),
        ("", "must guarantee every appraisal gets exactly one level", "refuted"),
    ],
)
def test_each_kind_of_sentence(policy: str, sentence: str, kind: str) -> None:
    found = verdict(policy, sentence)
    assert found.kind.value == kind
    (ruling,) = found.rulings
    assert ruling.why
    if kind == "not met":
        assert ruling.cure, "it says what to write"


@pytest.mark.parametrize(
    ("guarantee", "kind"),
    [
        ("at least half of the critical elements at level 4 or better gives level 4", "proved"),
        ("at least half of the critical elements at level 3 or better gives level 4", "refuted"),
        ("at least 50% critical elements at level 4 or better gives level 4", "proved"),
        ("at least 25% critical elements at level 4 or better gives level 4", "refuted"),
        ("at most 50% critical elements below level 4 gives level 4", "proved"),
        ("level 4 needs at least 60% critical elements at level 4 or better", "refuted"),
    ],
)
def test_a_share_of_the_elements_is_no_number_of_them(guarantee: str, kind: str) -> None:
    """Two of four are at least half of them, though they are fewer than fifty."""
    lines = (
        "  has exactly 4 critical elements",
        "  is outside the Senior Executive Service",
        "levels",
        '  level 4 "Good" 4 points',
        '  level 3 "Fair" 3 points',
        "summary rating",
        "  take the first line that fits",
        "  level 4 when at least half of the critical elements are at level 4 or better",
        "  level 3 otherwise",
    )
    policy = "\n".join(lines)
    found = verdict(policy, f"must guarantee {guarantee}")
    assert found.kind.value == kind, found.rulings


def test_what_is_missed_names_the_line_and_the_sentence_to_write() -> None:
    found = verdict(
        "\nappraisal period\n  lasts at least 60 days", "must state appraisal period: lasts at least 90 days"
    )
    (ruling,) = found.rulings
    assert [span.text for span in ruling.evidence] == ["lasts at least 60 days"]
    assert ruling.cure == "say `lasts at least 90 days` under `appraisal period` instead"
    missing = verdict("", "must state system: purpose any wording").rulings[0]
    assert missing.cure == "put `purpose any wording` in its head, with your own words in place of `any wording`"


MUST, SHOULD = "must have training", "should state performance plan: is in writing"


@pytest.mark.parametrize(
    ("asked", "fails"),
    [
        ((MUST, SHOULD), True),
        ((SHOULD, MUST), True),
        ((MUST,), True),
        ((SHOULD,), False),
        ((SHOULD, "should state progress review: is in writing"), False),
    ],
)
def test_one_missed_duty_beside_missed_advice_is_a_missed_duty(asked: tuple[str, ...], fails: bool) -> None:
    found = verdict("", *asked)
    assert [each.kind for each in found.rulings] == [VerdictKind.NOT_MET] * len(asked)
    assert (found.kind, found.fails, found.is_only_advised) == (VerdictKind.NOT_MET, fails, not fails)


def test_a_duty_that_is_met_makes_no_duty_of_the_advice_beside_it() -> None:
    found = verdict("\ntraining\n  is for leaders", MUST, SHOULD)
    assert (found.kind, found.fails) == (VerdictKind.NOT_MET, False)


def test_what_is_met_names_the_line() -> None:
    (ruling,) = verdict("\ntraining\n  is for leaders and executives", "must state training: is for leaders").rulings
    assert [span.text for span in ruling.evidence] == ["is for leaders and executives"]
    assert ruling.why == "what it says is at least as strict"


def test_the_gravest_sentence_decides_and_every_sentence_is_told() -> None:
    asked = ("must have training", 'ask reviewer "Why?"', "must have evaluation", "each plan must be in writing")
    found = verdict("\ntraining\n  is for leaders", *asked)
    assert found.kind is VerdictKind.NOT_MET
    assert [each.asked for each in found.rulings] == list(asked)
    assert [each.kind.value for each in found.rulings] == ["met", "needs a person", "not met", "checked on each rating"]


@pytest.mark.parametrize(
    ("mark", "kind", "fails"),
    [
        ("confirmed", "not met", True),
        ('partly confirmed "read in part"', "not met", True),
        ('unconfirmed "not read"', "unconfirmed", False),
    ],
)
def test_an_unconfirmed_requirement_never_makes_a_system_fail(mark: str, kind: str, fails: bool) -> None:
    found = verdict("", "must have training", mark=mark)
    assert (found.kind.value, found.fails) == (kind, fails)


def test_findings_of_each_mark() -> None:
    policy = 'system "Invented agency"\n  follows "Example rules"\n'
    for mark, sentence, code, severity in (
        ("confirmed", "must have training", "SES302", Severity.ERROR),
        ('partly confirmed "read in part"', "must have training", "SES302", Severity.ERROR),
        ("confirmed", "should state training: is for leaders", "SES302", Severity.WARNING),
        ('unconfirmed "not read"', "must have training", "SES303", Severity.NOTE),
    ):
        (finding,) = findings(held(policy, requirement(sentence, mark=mark)))
        assert (finding.code, finding.severity) == (code, severity)
    (partly,) = findings(held(policy, requirement("must have training", mark='partly confirmed "read in part"')))
    assert partly.help.endswith("the requirement is partly confirmed: read in part")
    assert partly.citations == ("Example 1 (Example rules, edition of 2020-01-01)",)


def test_a_requirement_about_others_is_not_applicable() -> None:
    policy = "  covers career executives\n"
    found = verdict(policy, "must have training", "applies to noncareer executives")
    assert found.kind is VerdictKind.NOT_APPLICABLE
    assert found.rulings[0].why == "it is about noncareer executives, and the system covers none"
    assert verdict(policy, "must have training", "applies to career executives").kind is VerdictKind.NOT_MET
    followers = verdict(policy, "must have training", 'applies to systems that follow "Another system"')
    assert followers.kind is VerdictKind.NOT_APPLICABLE


def test_a_requirement_of_another_day_is_not_applicable() -> None:
    policy = "  effective 2021-01-01\n"
    asked = ("must have training", "in force from 2022-01-01")
    assert verdict(policy, *asked).kind is VerdictKind.NOT_APPLICABLE
    assert verdict("  effective 2023-01-01\n", *asked).kind is VerdictKind.NOT_MET


def test_a_listed_adaptation_of_a_followed_system_is_a_persons_question() -> None:
    edition = requirement("must have training").replace(
        "  in force from", '  applies to systems that follow "Example rules"\n  in force from'
    )
    policy = 'system "Invented agency"\n  follows "Example rules"\n{}'
    (plain,) = held(policy.format(""), edition).verdicts
    (adapted,) = held(policy.format('  adapts "Example 1" because "We train elsewhere."\n'), edition).verdicts
    assert (plain.kind, adapted.kind) == (VerdictKind.NOT_MET, VerdictKind.NEEDS_PERSON)
    assert "is it a limited one?" in adapted.rulings[0].why


def test_an_advisory_overlay_only_warns() -> None:
    overlay = requirement("must have training").replace(
        'baseline "Example rules"\n', 'overlay "Example rules"\n  advisory for career executives\n'
    )
    policy = 'system "Invented agency"\n  follows "Example rules"\n  covers {} executives\n'
    (advised,) = held(policy.format("career"), overlay).verdicts
    (bound,) = held(policy.format("career and noncareer"), overlay).verdicts
    assert (advised.fails, bound.fails) == (False, True)


def test_derivations_are_undecided_where_nothing_can_decide_them() -> None:
    made = system('system "Invented agency"\n  follows "Example rules"\n')
    rules = library(requirement("must guarantee every appraisal gets exactly one level"))
    (found,) = conformance(made, rules).verdicts
    assert (found.kind, found.rulings[0].why) == (VerdictKind.UNDECIDED, "the derivation was not examined")


LEVELS = """
levels
  level 5 "Best" 5 points equivalent to outstanding
  level 3 "Good" 3 points equivalent to fully successful
  level 1 "Poor" 1 point{}

standards
  level 5 means "High."
  level 3 means "{}"
  level 1 means "Low."
"""
COUNTS = "must guarantee each level has exactly 1 federal level"


@pytest.mark.parametrize(
    ("policy", "sentence", "kind"),
    [
        (LEVELS.format("", "Good work."), COUNTS, "refuted"),
        (LEVELS.format(" equivalent to unsatisfactory", "Good work."), COUNTS, "proved"),
        (LEVELS.format("", "Good work."), "must guarantee each federal level has exactly 1 level", "refuted"),
        (LEVELS.format("", "Good work."), "must guarantee each level has exactly 1 standard", "proved"),
        (LEVELS.format("", "high."), "must guarantee all standards differ", "refuted"),
        (LEVELS.format("", "Good work."), "must guarantee all standards differ", "proved"),
    ],
)
def test_counts_are_inspected(policy: str, sentence: str, kind: str) -> None:
    assert verdict(policy, sentence).kind.value == kind


ELEMENTS = '\ncritical element "One"\n  evaluates leadership\n  based on "Vision"\n\ncritical element "Two"\n'


@pytest.mark.parametrize(
    ("head", "sentence", "kind"),
    [
        ("", "must guarantee at least 1 critical element evaluates leadership", "proved"),
        ("", "must guarantee at least 1 critical element evaluates quality", "refuted"),
        (
            "  has 2 to 4 critical elements\n",
            "must guarantee at least 1 critical element evaluates quality",
            "needs a person",
        ),
        (
            "  has 2 to 4 critical elements\n",
            "must guarantee at least 1 critical element evaluates leadership",
            "proved",
        ),
        (
            "  has 2 to 4 critical elements\n",
            "must guarantee at most 1 critical element evaluates leadership",
            "needs a person",
        ),
        ("", 'must guarantee each critical element has at least 1 competency from "Invented list"', "refuted"),
        ("", 'must guarantee each critical element has at least 1 competency from "No list"', "undecided"),
    ],
)
def test_elements_are_inspected(head: str, sentence: str, kind: str) -> None:
    rules = requirement(sentence) + '\nlist "Invented list"\n  confirmed\n  "Change" includes "Vision"\n'
    (found,) = held(f'system "Invented agency"\n  follows "Example rules"\n{head}{ELEMENTS}', rules).verdicts
    assert found.kind.value == kind


def test_every_element_with_its_competency() -> None:
    rules = requirement(
        'must guarantee each critical element has at least 1 competency from "Invented list"'
    ) + '\nlist "Invented list"\n  confirmed\n  "Change" includes "Vision"\n  "People"\n'.replace('  "People"\n', "")
    policy = f'system "Invented agency"\n  follows "Example rules"\n{ELEMENTS}  based on "Change"\n'
    (found,) = held(policy, rules).verdicts
    assert found.kind is VerdictKind.PROVED
