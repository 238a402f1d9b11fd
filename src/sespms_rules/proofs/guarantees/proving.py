"""System x Program -> Established: each guarantee proved, refuted with a replayed counterexample, or undecided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sespms_rules.engines.reference import rate
from sespms_rules.engines.refusals import OF_DERIVATIONS
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.requirements import MustGuarantee
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law import Conclusion
from sespms_rules.law.deciding import decider
from sespms_rules.law.inspecting import inspect
from sespms_rules.law.verdict import VerdictKind
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome, Rating
from sespms_rules.proofs.certificates import NEVER_LOWERED, ONE_LEVEL, NoCertificateError, certificate_of
from sespms_rules.proofs.effort import TIME_LIMIT
from sespms_rules.proofs.guarantees.reading import UnprovableError, property_of
from sespms_rules.proofs.guarantees.scenario_text import scenario_of
from sespms_rules.proofs.solver import (
    ExactlyOneLevel,
    Exchange,
    NeverLowered,
    ProofResult,
    Property,
    Prover,
    Shown,
    Status,
    Work,
)


class DisagreementError(Exception):
    """The solver, the count and the reference do not find the same; one of them is wrong, and nothing can be said."""


class Asked(Frozen):
    """A guarantee, in its own words, and who asks for it: the system itself, or an edition by its citation.

    `editions` are those that ask; a list that the guarantee names is theirs.
    """

    sentence: Sentence
    words: str
    by: tuple[str, ...]
    editions: tuple[Baseline, ...] = field(default=(), compare=False)


class Counterexample(Frozen):
    """An appraisal that breaks a guarantee, how the reference engine rates it, and the scenario that says so."""

    appraisal: Appraisal
    rating: Rating
    scenario: str | None


class Established(Frozen):
    """What became of one guarantee. `counterexamples` are two where a better rating is set beside a worse one.

    `exchanges` are what the solver was asked and answered, and `certificate` an argument that needs no solver, where
    these are kept and there is one.
    """

    asked: Asked
    status: Status
    why: str
    counterexamples: tuple[Counterexample, ...] = field(default=())
    inspected: bool = field(default=False)
    milliseconds: int = field(default=0, compare=False)
    exchanges: tuple[Exchange, ...] = field(default=(), compare=False)
    certificate: Any = field(default=None, compare=False)


def guarantees_of(system: System, editions: Iterable[Baseline] = ()) -> tuple[Asked, ...]:
    """The guarantees a system states and those that editions ask of it, each once."""
    found: dict[Sentence, list[tuple[str, str]]] = {}
    asking: dict[Sentence, list[Baseline]] = {}
    for stated in system.sentences(PartKind.GUARANTEES):
        found.setdefault(stated.sentence, []).append((_words(stated.sentence), system.name))
    for edition in editions:
        for requirement in edition.requirements:
            for stated in requirement.sentences:
                if isinstance(stated.sentence, MustGuarantee):
                    asked = stated.sentence.guarantee
                    found.setdefault(asked, []).append((_words(asked), requirement.citation))
                    asking.setdefault(asked, []).append(edition)
    return tuple(
        Asked(sentence, told[0][0], tuple(dict.fromkeys(by for _, by in told)), tuple(asking.get(sentence, ())))
        for sentence, told in found.items()
    )


def asked_by_user(sentence: Sentence) -> Asked:
    """A guarantee that is asked about without any policy stating it."""
    return Asked(sentence, _words(sentence), ())


def establish(
    system: System,
    program: Program,
    asked: Sequence[Asked],
    editions: tuple[Baseline, ...] = (),
    seconds: int = TIME_LIMIT,
) -> tuple[Established, ...]:
    """Decide guarantees of a system, in order; `seconds` is the time limit of each.

    `editions` are those it is checked against: lists that it names itself are looked for in them. Raises
    DisagreementError where the reference engine does not rate a counterexample as the solver says.
    """
    establishing = Establishing(system, program, editions, seconds)
    return tuple(map(establishing.one, asked))


class Establishing:
    """Decides guarantees of one system, each once; what is known of its plans is kept between them.

    `seconds` limits each, `work` all together; `known` is filled with what is derived; `keeps` says whether questions
    to the solver are kept. Where the solver leaves one
    open, appraisals are tried out and exact arguments asked, which settle some that it cannot.
    """

    def __init__(
        self,
        system: System,
        program: Program,
        editions: tuple[Baseline, ...] = (),
        seconds: int = TIME_LIMIT,
        work: Work | None = None,
        known: dict[Sentence, Established] | None = None,
        *,
        keeps: bool = False,
    ) -> None:
        self._system = system
        self._program = program
        self._editions = editions
        self._limits = (seconds, work)
        self._keeps = keeps
        self._by_trial = decider(system, program)
        self._prover: Prover | None = None
        self._known = {} if known is None else known

    def one(self, asked: Asked) -> Established:
        """Decide one guarantee."""
        finding = self._read(asked)
        if finding is not None:
            return _inspected(asked, finding)
        if asked.sentence not in self._known:
            self._known[asked.sentence] = self._derived(asked)
        return replace(self._known[asked.sentence], asked=asked)

    def _read(self, asked: Asked) -> Conclusion | None:
        """What reading the system decides, the worst of what each edition that asks would say."""
        asking: list[tuple[Baseline, ...]] = [(each,) for each in asked.editions] or [self._editions]
        found = [inspect(self._system, each, asked.sentence) for each in asking]
        return min((each for each in found if each is not None), key=lambda each: _WORST.index(each.kind), default=None)

    def _derived(self, asked: Asked) -> Established:
        program = self._program
        if not program.summary.derives_levels:
            left = Established(asked, Status.UNDECIDED, "the system derives no level, so there is nothing to prove")
            return self._tried(left)
        try:
            wanted = property_of(self._system, program, asked.sentence)
        except UnprovableError as reason:
            return Established(asked, Status.UNDECIDED, str(reason))
        if self._prover is None:
            self._prover = Prover(program, *self._limits, keeps=self._keeps)
        verdict = self._prover.prove(wanted)
        examples = _replayed(program, asked, verdict)
        cost = verdict.milliseconds
        proof = _certificate(program, wanted) if self._keeps and verdict.status is Status.PROVED else None
        found = Established(asked, verdict.status, verdict.why, examples, False, cost, verdict.exchanges, proof)
        return self._tried(found) if found.status is Status.UNDECIDED else found

    def _tried(self, left: Established) -> Established:
        """What trying appraisals out says of a guarantee that the solver left open."""
        finding = self._by_trial(left.asked.sentence)
        if finding.kind not in (VerdictKind.PROVED, VerdictKind.REFUTED):
            return left
        return replace(left, status=_STATUSES[finding.kind], why=finding.why)


_CLAIMS = {ExactlyOneLevel: ONE_LEVEL, NeverLowered: NEVER_LOWERED}


def _certificate(program: Program, wanted: Property) -> Any:
    """A certificate of what was proved; None where there is none of its kind."""
    claim = _CLAIMS.get(type(wanted))
    try:
        return None if claim is None else certificate_of(program, claim)
    except NoCertificateError:
        return None


_STATUSES = {VerdictKind.PROVED: Status.PROVED, VerdictKind.REFUTED: Status.REFUTED}
_WORST = (VerdictKind.REFUTED, VerdictKind.UNDECIDED, VerdictKind.NEEDS_PERSON, VerdictKind.PROVED)


def _inspected(asked: Asked, finding: Conclusion) -> Established:
    status = _STATUSES.get(finding.kind, Status.UNDECIDED)
    return Established(asked, status, finding.why, inspected=True)


# ---- counterexamples -------------------------------------------------------------------------------


def _replayed(program: Program, asked: Asked, verdict: ProofResult) -> tuple[Counterexample, ...]:
    """Rate what the solver shows; only what breaks a guarantee is kept, but all of it is rated."""
    ratings = [rate(program, shown.appraisal) for shown in verdict.shown]
    for shown, rating in zip(verdict.shown, ratings, strict=True):
        _agree(shown, rating)
    if verdict.status is not Status.REFUTED or verdict.missing:
        return ()
    several = len(verdict.shown) > 1
    made = []
    for number, (shown, rating) in enumerate(zip(verdict.shown, ratings, strict=True), start=1):
        name = f"Breaks: {asked.words}" + (f" ({number} of {len(verdict.shown)})" if several else "")
        made.append(Counterexample(shown.appraisal, rating, scenario_of(name, shown.appraisal, rating, program)))
    return tuple(made)


def _agree(shown: Shown, rating: Rating) -> None:
    same = shown.outcome is rating.outcome and shown.level == rating.level
    if rating.outcome is Outcome.RATED and shown.score != rating.score:
        same = False
    if any(refusal.code not in OF_DERIVATIONS for refusal in rating.refused):
        same = False
    if not same:
        codes = ", ".join(refusal.code for refusal in rating.refused)
        raise DisagreementError(
            f"the solver says `{_ending(shown.outcome, shown.level)}` of an appraisal, and the reference engine"
            f" `{_ending(rating.outcome, rating.level)}{f' {codes}' if codes else ''}`; neither can be trusted here"
        )


def _ending(outcome: Outcome, level: int | None) -> str:
    return f"level {level}" if level is not None else outcome.value


def _words(sentence: Sentence) -> str:
    """A sentence as it is written, on one line."""
    span = sentence.span
    return " ".join(span.source.text[span.start : span.end].split())
