"""Both evaluators on every case: an obligation stands as both say, and where they differ there is no answer."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from sespms_rules.records.obligations import reference
from sespms_rules.records.obligations.form import Case, Obligation, Standing
from sespms_rules.records.obligations.reference import said

if TYPE_CHECKING:
    from sespms_rules.records.obligations.durable import DurableJudge


class EvaluatorsDisagreeError(Exception):
    """The two evaluators gave different answers: `str()` says what each said; nothing is reported."""


class Evaluator:
    """The plain evaluator, and durable-rules beside it unless `alone`; open until the end of its `with` block.

    `notice` says why durable-rules does not run where it was asked for; `unconfirmed` counts judgements whose numbers
    it cannot hold.
    """

    def __init__(self, *, alone: bool = False) -> None:
        self.notice = ""
        self.unconfirmed = 0
        self._second: DurableJudge | None = None
        if alone:
            return
        from sespms_rules.engines.durable import DurableError
        from sespms_rules.records.obligations.durable import DurableJudge

        try:
            self._second = DurableJudge()
        except DurableError as fault:
            self.notice = f"{fault.message}; the plain evaluator judges alone"

    @property
    def is_confirmed(self) -> bool:
        """Whether durable-rules confirms every judgement."""
        return self._second is not None

    def judge(self, obligation: Obligation, case: Case, today: int) -> Standing | None:
        """How an obligation stands. Raises EvaluatorsDisagreeError where the two differ."""
        plain = reference.judge(obligation, case, today)
        if self._second is None or plain is None:
            return plain
        from sespms_rules.engines.durable import FactRefusedError

        try:
            other = self._second(obligation, case, today)
        except FactRefusedError:
            self.unconfirmed += 1
            return plain
        if other is None or other.answer != plain.answer:
            sentence = obligation.grounds[0].sentence if obligation.grounds else type(obligation.shape).__name__
            raise EvaluatorsDisagreeError(
                f"the two evaluators disagree on `{case.key}` and `{sentence}`, so nothing is reported: "
                f"the plain one says {_words(plain)}, durable-rules says {_words(other)}"
            )
        return plain

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._second is not None:
            self._second.close()


def _words(standing: Standing | None) -> str:
    if standing is None:
        return "nothing"
    return standing.state.value + (f" {said(standing.day)}" if standing.day is not None else "")
