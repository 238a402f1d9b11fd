"""Systems compared by behaviour: the verdict, who moves, one appraisal of each kind, and what causes it."""

from __future__ import annotations

import random

import pytest

from compared import WORKSHOP, compared, subject, workshop
from sespms_rules.checks.scenarios import run_scenario
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.model import Part
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.guarantees import DisagreementError
from sespms_rules.proofs.solver import ProofResult, Status
from sespms_rules.proofs.solver.two_programs import TwoPrograms, Way
from sespms_rules.studies.comparison import (
    BadMappingError,
    Comparison,
    Judgement,
    NotComparableError,
    PlansJudgement,
    Subject,
    as_data,
    as_text,
    compare,
)
from sespms_rules.studies.comparison.changes import texts_of
from sespms_rules.studies.comparison.comparing import _agreed
from sespms_rules.studies.comparison.result import Change, Moves

HIGHER_CUT = (("score 450 to 500", "score 460 to 500"), ("score 350 to 449", "score 350 to 459"))
LOWER_CUT = (("score 450 to 500", "score 440 to 500"), ("score 350 to 449", "score 350 to 439"))
LOWER_BOTTOM = (("score 250 to 349", "score 240 to 349"), ("score 150 to 249", "score 150 to 239"))


NUMBERS = """\
system "Example Directorate"

critical element "Leadership"
  rated on a scale of 0 to 100

critical element "Results"
  rated on a scale of 0 to 100

summary rating
  score is 40% of the points of "Leadership" + 60% of the points of "Results"
  score at least 91 is level 5
  score at least 81 and below 91 is level 4
  score at least 71 and below 81 is level 3
  score at least 61 and below 71 is level 2
  score below 61 is level 1
"""
"""An invented policy whose ratings are numbers, of which there is no end."""


def moves_of(found: Comparison) -> Moves:
    assert found.counted is not None
    return found.counted.moves


def formatted(text: str) -> str:
    """A policy laid out in the one agreed way."""
    made = format_policy(Source("policy.sespms", text)).text
    assert made is not None
    return made


def words(changes: tuple[Change, ...]) -> list[tuple[str | None, str | None]]:
    """Each change as its words before and after, sentences of one line."""
    said = [
        tuple(each[0].sentence.span.text if each else None for each in (change.before, change.after))
        for change in changes
    ]
    return [(before, after) for before, after in said]


# ---- the verdict -----------------------------------------------------------------------------------


def test_a_higher_cut_is_stricter_and_the_way_back_is_looser() -> None:
    there, back = compared(WORKSHOP, workshop(*HIGHER_CUT)), compared(workshop(*HIGHER_CUT), WORKSHOP)
    assert (there.judgement, back.judgement) == (Judgement.STRICTER, Judgement.LOOSER)
    assert moves_of(there).down == moves_of(back).up > 0
    assert moves_of(there).up == moves_of(back).down == 0
    assert there.by_solver
    assert not there.same_program


def test_changes_both_ways_make_neither_the_stricter() -> None:
    found = compared(WORKSHOP, workshop(*HIGHER_CUT, *LOWER_BOTTOM))
    assert found.judgement is Judgement.INCOMPARABLE
    assert moves_of(found).up > 0
    assert moves_of(found).down > 0
    assert [each.direction for each in found.witnesses] == ["higher", "lower"]


def test_a_cut_that_no_score_can_tell_moves_nobody() -> None:
    step = (("are whole numbers", 'are whole numbers\n  "Leading People" exactly 20'),)
    old = workshop(*step)
    new = workshop(*step, ("score 450 to 500", "score 441 to 500"), ("score 350 to 449", "score 350 to 440"))
    found = compared(old, new)
    assert found.judgement is Judgement.SAME
    assert found.by_solver
    assert not found.same_program
    assert found.attributed.causes == ()
    assert len(found.attributed.idle) == 2


def test_what_is_laid_out_otherwise_is_the_same() -> None:
    found = compared(WORKSHOP, formatted(workshop(("  total 100", "  total   100   # as ever"))))
    assert found.judgement is Judgement.SAME
    assert found.same_program
    assert "no sentence differs either" in as_text(found)


def test_the_same_words_on_another_authority_are_told() -> None:
    cited = workshop(("  total 100", '  total 100 under "An invented rule"'))
    for old, new, lines in (
        (WORKSHOP, cited, ["total 100", 'total 100 under "An invented rule"']),
        (cited, WORKSHOP, ['total 100 under "An invented rule"', "total 100"]),
    ):
        found = compared(old, new)
        assert found.judgement is Judgement.SAME
        assert words(found.attributed.cited) == [("total 100", "total 100")]
        text = as_text(found)
        assert "no sentence differs" not in text
        assert [line.split("  ")[-1] for line in text.split("another authority")[1].splitlines()[2:4]] == lines
        (told,) = as_data(found)["cited"]
        assert {told["old"][0]["authority"], told["new"][0]["authority"]} == {None, "An invented rule"}


def test_counts_are_those_of_rating_every_appraisal() -> None:
    old, new = subject(WORKSHOP), subject(workshop(*HIGHER_CUT, *LOWER_BOTTOM))
    found = compare(old, new)
    assert found.counted is not None
    listed: dict[tuple[int, int], int] = {}
    for leading in range(1, 51):
        for one in range(1, 6):
            for two in range(1, 6):
                appraisal = _appraisal(leading, one, two)
                before, after = (rate(each.program, appraisal, trace=False).level or 0 for each in (old, new))
                ends = before, after
                listed[ends] = listed.get(ends, 0) + 1
    assert {(each.before, each.after): each.count for each in found.counted.transitions} == listed
    assert found.counted.domain.appraisals == 1_250


def _appraisal(leading: int, one: int, two: int) -> Appraisal:
    from fractions import Fraction

    return Appraisal(
        "x",
        (
            Rated("Leading People", Fraction(one), Fraction(leading)),
            Rated("Results", Fraction(two), Fraction(100 - leading)),
        ),
    )


def test_a_system_that_leaves_appraisals_without_a_level_is_not_comparable_by_strictness() -> None:
    found = compared(WORKSHOP, workshop(("score 450 to 500", "score 460 to 500")))
    assert found.judgement is Judgement.INCOMPARABLE
    moves = moves_of(found)
    assert (moves.up, moves.down, moves.only_new) == (0, 0, 0)
    assert moves.only_old > 0
    assert [each.direction for each in found.witnesses] == ["only old"]
    assert [each.code for each in found.witnesses[0].after.refused] == ["SES612"]
    assert "get a level under the old system alone" in as_text(found)


def test_terms_that_changed_are_told_and_move_nobody() -> None:
    found = compared(WORKSHOP, workshop(('"Fully Successful"          3', '"Successful"                3')))
    assert found.judgement is Judgement.SAME
    assert found.terms == ((3, "Fully Successful", "Successful"),)
    assert len(found.attributed.terms) == 1
    assert 'level 3: "Fully Successful" in the old, "Successful" in the new' in as_text(found)


def test_ratings_without_end_are_compared_by_the_solver_alone() -> None:
    found = compared(NUMBERS, NUMBERS.replace("at least 91", "at least 92").replace("below 91", "below 92"))
    assert found.judgement is Judgement.STRICTER
    assert found.by_solver
    assert found.counted is None
    assert "rated by a number" in found.not_counted
    text = as_text(found)
    assert "the new system is stricter: some appraisals get a lower level and none a higher one" in text
    assert "proved by the solver; how many there are was not counted" in text
    assert as_data(found)["moved"] is None


def test_what_hits_the_time_limit_is_undecided_and_never_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        TwoPrograms, "differ", lambda *_: ProofResult(Status.UNDECIDED, "the work limit of 1 second was hit")
    )
    found = compared(NUMBERS, NUMBERS.replace("at least 91", "at least 92").replace("below 91", "below 92"))
    assert found.judgement is Judgement.UNDECIDED
    assert found.why == "whether any appraisal gets a higher level is undecided: the work limit of 1 second was hit"
    assert "it is undecided which system is stricter" in as_text(found)
    assert as_data(found)["verdict"] == "undecided"


def test_a_verdict_that_nobody_could_reach_is_undecided() -> None:
    found = compared(WORKSHOP, workshop(("  total 100", "  total 99")))
    assert found.judgement is Judgement.UNDECIDED
    assert "no plan is allowed under both systems" in found.why
    assert found.plans.judgement is PlansJudgement.INCOMPARABLE
    assert as_data(found)["verdict"] == "undecided"


def test_a_system_without_a_level_is_undecided_and_says_so() -> None:
    start, end = WORKSHOP.index("  score 450"), len(WORKSHOP)
    found = compared(WORKSHOP, WORKSHOP[:start] + WORKSHOP[end:])
    assert (found.judgement, found.why) == (Judgement.UNDECIDED, "the new system derives no level")
    assert found.attributed.untold
    assert "the new system derives no level" in as_text(found)


def test_the_solver_and_the_count_must_agree() -> None:
    found = compared(WORKSHOP, workshop(*HIGHER_CUT))
    proved = ProofResult(Status.PROVED, "it says")
    verdicts = dict.fromkeys((Way.HIGHER, Way.LOWER, Way.ONLY_OLD, Way.ONLY_NEW), proved)
    with pytest.raises(DisagreementError, match="a lower level"):
        _agreed(verdicts, found.counted)


def test_what_the_solver_leaves_open_the_count_decides() -> None:
    found = compared(WORKSHOP, workshop(*HIGHER_CUT))
    open_ones = dict.fromkeys(
        (Way.HIGHER, Way.LOWER, Way.ONLY_OLD, Way.ONLY_NEW), ProofResult(Status.UNDECIDED, "time")
    )
    assert _agreed(open_ones, found.counted).all == (False, True, False, False)
    assert _agreed(open_ones, None).all == (None,) * 4


# ---- witnesses -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_each_witness_is_a_scenario_that_passes(seed: int) -> None:
    draw = random.Random(seed)
    cuts = sorted(draw.sample(range(201, 480), 2))
    lines = (
        ("score 450 to 500", f"score {cuts[1]} to 500"),
        ("score 350 to 449", f"score {cuts[0]} to {cuts[1] - 1}"),
        ("score 250 to 349", f"score 200 to {cuts[0] - 1}"),
        ("score 150 to 249", "score 150 to 199"),
    )
    old, new = WORKSHOP, workshop(*lines)
    found = compared(old, new)
    assert {each.direction for each in found.witnesses} == {
        way for way, count in (("higher", moves_of(found).up), ("lower", moves_of(found).down)) if count
    }
    for witness in found.witnesses:
        assert (witness.after.level or 0) > (witness.before.level or 0) or witness.direction == "lower"
        for text, scenario in ((old, witness.old_scenario), (new, witness.scenario)):
            assert scenario is not None
            made = subject(f"{text}\n{scenario}\n")
            assert run_scenario(made.system.scenarios[0], made.program).passed


def test_where_the_solver_gives_up_the_count_shows_an_appraisal() -> None:
    from sespms_rules.studies.comparison.comparing import _witness

    old, new = subject(WORKSHOP), subject(workshop(*HIGHER_CUT))
    found = compare(old, new)
    witness = _witness(Way.LOWER, ProofResult(Status.UNDECIDED, "time"), old, new, found.counted, ())
    assert witness is not None
    assert (witness.before.level, witness.after.level) == (5, 4)
    assert _witness(Way.HIGHER, ProofResult(Status.UNDECIDED, "time"), old, new, found.counted, ()) is None


# ---- plans -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "judgement"),
    [
        ((('"Results" at least 50', '"Results" at least 60'),), PlansJudgement.NARROWER),
        ((('"Results" at least 50', '"Results" at least 40'),), PlansJudgement.WIDER),
        ((('"Results" at least 50', '"Results" at most 70'),), PlansJudgement.INCOMPARABLE),
        ((('"Results" at least 50', '"Results" at least 50\n  all others at least 1'),), PlansJudgement.SAME),
        ((("  are whole numbers\n", ""),), PlansJudgement.WIDER),
    ],
)
def test_legal_plans_are_compared_apart_from_levels(
    change: tuple[tuple[str, str], ...], judgement: PlansJudgement
) -> None:
    found = compared(WORKSHOP, workshop(*change))
    assert found.plans.judgement is judgement
    assert found.judgement is Judgement.SAME  # of the plans that are allowed under both
    moving = [each for each in found.attributed.causes if each.plans is not None]
    assert bool(moving) is (judgement is not PlansJudgement.SAME)
    assert f"plans: {'the same' if judgement is PlansJudgement.SAME else ''}" in as_text(found)


# ---- causes ----------------------------------------------------------------------------------------


def test_sentences_that_hang_together_are_one_cause_and_others_another() -> None:
    points = ('"Exceeds Fully Successful"  4 points', '"Exceeds Fully Successful"  4.5 points')
    period = ("lasts at least 90 days", "lasts at least 120 days")
    found = compared(whole_scores(WORKSHOP), whole_scores(workshop(*LOWER_BOTTOM, period, points)))
    told = found.attributed
    assert {frozenset(words(each.changes)) for each in told.causes if len(each.changes) == 2} == {
        frozenset(
            {
                ("score 250 to 349 is level 3", "score 240 to 349 is level 3"),
                ("score 150 to 249 is level 2", "score 150 to 239 is level 2"),
            }
        )
    }
    assert words(told.text_only) == [("lasts at least 90 days", "lasts at least 120 days")]


def whole_scores(text: str) -> str:
    return text.replace("times weight\n", "times weight rounded half up to whole numbers\n")


def test_each_cause_says_what_it_moves_alone_and_what_moves_without_it() -> None:
    override = ("  any critical element at level 1 makes the rating level 1\n", "")
    found = compared(WORKSHOP, workshop(*LOWER_BOTTOM, override))
    first, second = (compared(WORKSHOP, workshop(*each)) for each in (LOWER_BOTTOM, (override,)))
    causes = {len(each.changes): each for each in found.attributed.causes}
    assert causes[2].moves == moves_of(first) == causes[1].without
    assert causes[1].moves == moves_of(second) == causes[2].without
    assert moves_of(first).up > 0
    assert moves_of(second).up > 0


def test_a_single_cause_moves_what_moves_in_all() -> None:
    found = compared(WORKSHOP, workshop(*HIGHER_CUT))
    (cause,) = found.attributed.causes
    assert (cause.moves, cause.without) == (moves_of(found), None)


def test_causes_are_told_without_a_count_too() -> None:
    found = compared(NUMBERS, NUMBERS.replace("40% of", "30% of").replace("60% of", "70% of"))
    assert found.judgement is Judgement.INCOMPARABLE
    (cause,) = found.attributed.causes
    assert (cause.moves, cause.decided) == (None, True)
    assert "this sentence alone: moves appraisals" in as_text(found)


def test_a_sentence_that_only_moved_is_one_change() -> None:
    old = workshop(("  total 100\n  are whole numbers\n", "  are whole numbers\n  total 100\n"))
    found = compared(WORKSHOP, old)
    assert found.judgement is Judgement.SAME
    changes = [*found.attributed.text_only, *found.attributed.idle]
    assert len(changes) == 1
    assert words(tuple(changes))[0][0] == words(tuple(changes))[0][1]


def test_what_differs_in_a_base_is_told_though_neither_text_says_it() -> None:
    found = compare(_variant(WORKSHOP), _variant(workshop(*HIGHER_CUT)))
    assert found.judgement is Judgement.STRICTER
    assert "neither file says so itself: what differs stands in what they are based on" in as_text(found)
    data = as_data(found)["causes"][0]["changes"][0]
    assert data["new"][0]["in_base"]
    assert data["new"][0]["of"] == "Example Workshop"


def _variant(base: str) -> Subject:
    from sespms_rules.language.parsing import parse
    from sespms_rules.language.resolution import resolve
    from sespms_rules.language.resolution.library import FolderLibrary
    from sespms_rules.program.lowering import lower

    below, _ = parse(Source("base.sespms", base))
    document, _ = parse(Source("variant.sespms", 'system "Variant" based on "Example Workshop"\n'))
    policy, found = resolve(document, FolderLibrary([below]))
    assert not found
    program, _ = lower(policy.systems[0])
    assert program is not None
    return Subject("variant.sespms", policy.systems[0], program, None, ("variant.sespms",))


# ---- other elements --------------------------------------------------------------------------------


OTHER = workshop(*HIGHER_CUT).replace("Leading People", "Leadership").replace('"Results"', '"Outcomes"')
MAP = (("Leading People", "Leadership"), ("Results", "Outcomes"))


def test_elements_of_other_names_are_compared_by_a_mapping() -> None:
    found = compared(WORKSHOP, OTHER, MAP)
    plain = compared(WORKSHOP, workshop(*HIGHER_CUT))
    assert found.judgement is Judgement.STRICTER
    assert moves_of(found) == moves_of(plain)
    (witness,) = found.witnesses
    assert '"Leadership"' in (witness.scenario or "")
    assert '"Leading People"' in (witness.old_scenario or "")
    made = subject(f"{OTHER}\n{witness.scenario}\n")
    assert run_scenario(made.system.scenarios[0], made.program).passed
    assert "the same for the old system" in as_text(found)
    (cause,) = found.attributed.causes
    assert cause.moves == moves_of(found)


def test_elements_may_change_their_names_with_each_other() -> None:
    swapped = WORKSHOP.replace("Leading People", "X").replace("Results", "Leading People").replace("X", "Results")
    found = compared(WORKSHOP, swapped, (("Leading People", "Results"), ("Results", "Leading People")))
    assert found.judgement is Judgement.SAME
    assert found.same_program


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ((("Results", "Outcomes"), ("Leading People", "Outcomes")), "`Outcomes` of the new system is mapped twice"),
        ((("Results", "Outcomes"), ("Results", "Leadership")), "`Results` of the old system is mapped twice"),
        ((("Result", "Outcomes"),), "the old system has no element `Result`; did you mean `Results`"),
        ((("Results", "Outcome"),), "the new system has no element `Outcome`; did you mean `Outcomes`"),
        ((("Leading People", "Leadership"),), None),
    ],
)
def test_a_mapping_that_is_not_one_to_one_is_refused(mapping: tuple[tuple[str, str], ...], says: str | None) -> None:
    if says is None:
        with pytest.raises(NotComparableError, match="only the old rates `Results` and only the new rates `Outcomes`"):
            compared(WORKSHOP, OTHER, mapping)
        return
    with pytest.raises(BadMappingError) as raised:
        compared(WORKSHOP, OTHER, mapping)
    assert says in str(raised.value)


def test_a_name_cannot_be_taken_that_the_new_system_has() -> None:
    with pytest.raises(BadMappingError, match="has an element `Results` of its own"):
        compared(WORKSHOP, OTHER.replace("Leadership", "Results"), (("Results", "Outcomes"),))


# ---- shipped systems -------------------------------------------------------------------------------

SHIPPED = (
    "agencies/opm_basic.sespms",
    "agencies/dhs_ses_2011.sespms",
    "agencies/nasa_ses_2020.sespms",
    "agencies/usda_ses_2015.sespms",
    "examples/bureau_variant.sespms",
    "examples/maritime_commission.sespms",
)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_system_is_the_same_as_its_formatted_copy(name: str) -> None:
    text = policy_path(name).read_text(encoding="utf-8")
    one = subject(text, name)
    other = subject(formatted(text), name)
    found = compare(one, other)
    assert found.judgement is Judgement.SAME
    assert found.plans.judgement is PlansJudgement.SAME
    told = found.attributed
    assert (told.causes, told.idle, told.text_only, told.terms) == ((), (), (), ())


@pytest.mark.parametrize("name", SHIPPED)
def test_all_changes_made_give_the_other_system(name: str) -> None:
    old, new = subject(WORKSHOP), subject(policy_path(name).read_text(encoding="utf-8"), name)
    texts = texts_of(old.system, new.system)
    none, every = texts.system(()), texts.system(range(len(texts.changes)))
    assert [_said(part) for part in (none.head, *none.parts)] == [
        _said(part) for part in (old.system.head, *old.system.parts)
    ]
    assert sorted(map(repr, map(_said, every.parts))) == sorted(map(repr, map(_said, new.system.parts)))
    assert _said(every.head) == _said(new.system.head)


def _said(part: Part) -> tuple[object, ...]:
    return part.kind, part.name, tuple(each.sentence for each in part.sentences)


def test_usda_rates_as_opm_does() -> None:
    old, new = (subject(policy_path(name).read_text(encoding="utf-8"), name) for name in (SHIPPED[0], SHIPPED[3]))
    found = compare(old, new)
    assert found.judgement is Judgement.SAME
    assert found.counted is not None
    assert found.counted.domain.appraisals == 963_618_750


def test_a_system_that_says_nothing_else_differs_in_no_part() -> None:
    one = subject(WORKSHOP)
    assert texts_of(one.system, replace(one.system, name="Another")).changes == ()
