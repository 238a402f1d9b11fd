"""What is asked x what was answered -> how a system stands: what is open, answered, disputed, and out of date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen
from sespms_rules.review.answers import Answer, AnswerKind, AnswersError
from sespms_rules.review.asked import Asked, Must


class Standing(Frozen):
    """What is asked with its answer, None where there is none; `stale` are answers to what is asked no more."""

    asked: tuple[tuple[Asked, Answer | None], ...]
    stale: tuple[Answer, ...]

    @property
    def to_fix(self) -> int:
        """How many errors are neither fixed nor disputed."""
        return sum(each.must is Must.FIX and answer is None for each, answer in self.asked)

    @property
    def to_answer(self) -> int:
        """How many warnings and questions have no answer."""
        return sum(each.must is Must.ANSWER and answer is None for each, answer in self.asked)

    @property
    def disputed(self) -> int:
        """How many findings are disputed."""
        return sum(answer is not None and answer.kind is AnswerKind.DISPUTE for _, answer in self.asked)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to fix or to answer."""
        return not self.to_fix and not self.to_answer

    @property
    def said(self) -> str:
        """One line that counts."""
        given = sum(answer is not None for _, answer in self.asked) - self.disputed
        counts = [
            f"{self.to_fix} to fix",
            f"{self.to_answer} to answer",
            f"{given} answered",
            f"{self.disputed} disputed",
        ]
        return ", ".join([*counts, *([f"{len(self.stale)} out of date"] if self.stale else [])])


def standing_of(asked: Sequence[Asked], answers: Iterable[Answer]) -> Standing:
    """How what is asked stands to the answers. An answer of a reason alone does not settle an error."""
    known = {each.finding: each for each in answers}
    pairs = tuple((each, _counting(each, known.get(each.fingerprint))) for each in asked)
    now = {each.fingerprint for each, answer in pairs if answer is not None}
    return Standing(pairs, tuple(each for each in known.values() if each.finding not in now))


def _counting(asked: Asked, answer: Answer | None) -> Answer | None:
    if answer is not None and asked.must is Must.FIX and answer.kind is not AnswerKind.DISPUTE:
        return None
    return answer


def answered(standing: Standing, given: Answer) -> tuple[Answer, ...]:
    """All answers with one more, which takes the place of an earlier one to the same finding.

    `given` names its finding by the fingerprint; its code, what it says and the words are taken from what is asked.
    Raises AnswersError for a fingerprint that nothing bears, and for an error that is answered and not disputed.
    """
    asked = next((each for each, _ in standing.asked if each.fingerprint == given.finding), None)
    if asked is None:
        near = nearest_name(given.finding, [each.fingerprint for each, _ in standing.asked])
        raise AnswersError(
            f"nothing that must be fixed or answered has the fingerprint `{given.finding}`;"
            f" {did_you_mean(near, 'leave out `--finding` to see all')}"
        )
    if asked.must is Must.FIX and given.kind is not AnswerKind.DISPUTE:
        raise AnswersError(
            f"`{given.finding}` is an error ({asked.code}), which is fixed and not answered;"
            " where the finding itself is wrong, say why with `--dispute`"
        )
    new = Answer(given.finding, given.kind, given.reason, given.by, given.date, asked.code, asked.says, asked.words)
    return (*(each for each in kept(standing) if each.finding != given.finding), new)


def without(standing: Standing, finding: str) -> tuple[Answer, ...]:
    """All answers but one. Raises AnswersError where nothing with this fingerprint is answered."""
    held = kept(standing)
    if finding not in {each.finding for each in held}:
        near = nearest_name(finding, [each.finding for each in held])
        raise AnswersError(f"no answer to `{finding}` is kept; {did_you_mean(near, 'leave out `--drop` to see all')}")
    return tuple(each for each in held if each.finding != finding)


def kept(standing: Standing) -> tuple[Answer, ...]:
    """Every answer of a standing, those that are out of date among them."""
    return (*(answer for _, answer in standing.asked if answer is not None), *standing.stale)
