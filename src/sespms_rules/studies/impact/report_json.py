"""An Impact as data for JSON. With details every count lists the rows it counts, by number or by pseudonym."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sespms_rules.foundation.origin import exact
from sespms_rules.program.rating import Asked, Outcome
from sespms_rules.rosters.population import (
    Distribution,
    State,
)
from sespms_rules.studies.impact.assessing import ByKey, Case, Comparison, Impact, Limited
from sespms_rules.studies.impact.comparing import Direction, Move, ranked
from sespms_rules.studies.impact.consequences import Follows
from sespms_rules.studies.impact.law import LawNote
from sespms_rules.studies.impact.phrases import Told, file_name
from sespms_rules.studies.impact.questions import reason_of
from sespms_rules.studies.impact.reasons import Because, Line
from sespms_rules.studies.impact.reported import ValueMoves, value_said
from sespms_rules.studies.impact.tables import count_of

SCHEMA = "sespms-impact/1"
_ENDS = (Outcome.NOT_RATED, Outcome.REFUSED)


def as_data(impact: Impact, told: Told) -> dict[str, Any]:
    """The report without its findings. Shares are exact fractions as text; a state is a level's number or a word."""
    before = impact.before
    writer = _Writer(impact.levels, impact.terms, told, in_full=impact.in_full)
    return {
        "system": impact.system,
        "roster": file_name(impact.roster),
        "synthetic": impact.notice() or None,
        "detail": "rows" if told.details else "figures",
        "rows": None if before is None else before.whole.total,
        "not_executives": impact.nobody,
        "in_full": impact.in_full,
        "confirmed_by": "reference" if impact.thorough else None,
        "before": None if before is None else writer.case(before),
        "amendments": [] if before is None else [writer.comparison(each, before) for each in impact.comparisons],
    }


def case_as_data(case: Case, levels: tuple[int, ...], terms: tuple[tuple[int, str], ...], told: Told) -> dict[str, Any]:
    """One roster under one text, in full."""
    return _Writer(levels, terms, told, in_full=True).case(case)


class _Writer:
    """Writes cases and comparisons with as much detail as was asked for."""

    def __init__(
        self, levels: tuple[int, ...], terms: tuple[tuple[int, str], ...], told: Told, *, in_full: bool
    ) -> None:
        self._levels = levels
        self._terms = dict(terms)
        self._in_full = in_full
        self._told = told

    def _named(self, case: Case, places: Sequence[int]) -> list[Any] | None:
        """The rows at these places, or None where no details were asked for."""
        if not self._told.details:
            return None
        rows = [case.answers.reading.rows[place] for place in places]
        pseudonyms = self._told.pseudonyms
        if pseudonyms is not None:
            return [{"row": None, "id": name} for name in sorted(pseudonyms.of(row.id) for row in rows)]
        return [{"row": row.number, "id": row.id} for row in rows]

    def _who(self, case: Case, place: int) -> dict[str, Any]:
        """One row, named."""
        row = case.answers.reading.rows[place]
        if self._told.pseudonyms is not None:
            return {"row": None, "id": self._told.pseudonyms.of(row.id)}
        return {"row": row.number, "id": row.id}

    def _counted(self, case: Case, places: Sequence[int]) -> dict[str, Any]:
        return {"count": len(places), "rows": self._named(case, places)}

    # ---- one case --------------------------------------------------------------------------------

    def case(self, case: Case) -> dict[str, Any]:
        """The roster under one variant."""
        return {
            "distribution": self._distribution(case),
            "units": self._apart(case.units, "unit") if self._in_full else None,
            "appointments": self._apart(case.appointments, "appointment") if self._in_full else None,
            "by": [{"column": title, "groups": self._apart(groups, "group")} for title, groups in case.apart]
            if self._in_full
            else None,
            "margins": None if case.margins is None else [self._margin(case, each) for each in case.margins],
            "consequences": [self._follows(case, each) for each in case.follows] if self._in_full else None,
            "limits": [self._limit(case, each) for each in case.limits],
            "rules_on_limits": [_law(each) for each in case.law],
            "refusals": self._refusals(case),
            "questions": [self._asked(case, Asked.of(each), places) for each, places in case.answers.asked],
        }

    def _distribution(self, case: Case) -> list[dict[str, Any]]:
        by_state: dict[State, list[int]] = {}
        for place, state in enumerate(case.answers.states):
            by_state.setdefault(state, []).append(place)
        made = []
        for state in ranked((*self._levels, *_ENDS)):
            level = None if isinstance(state, Outcome) else state
            share = None if level is None else case.whole.share(level)
            made.append(
                {
                    "state": _state(state),
                    "term": None if level is None else self._terms.get(level),
                    **self._counted(case, by_state.get(state, ())),
                    "share": None if share is None else f"{share.numerator}/{share.denominator}",
                }
            )
        return made

    def _apart(self, groups: ByKey, name: str) -> list[dict[str, Any]]:
        return [{name: key, "executives": counted.total, "states": self._states(counted)} for key, counted in groups]

    def _states(self, counted: Distribution) -> dict[str, int]:
        return {str(_state(each)): count_of(counted, each) for each in ranked((*self._levels, *_ENDS))}

    def _margin(self, case: Case, margin: Any) -> dict[str, Any]:
        higher, lower = (self._counted(case, each) for each in (margin.higher, margin.lower))
        return {"level": margin.level, "could_be_higher": higher, "could_be_lower": lower}

    def _follows(self, case: Case, follows: Follows) -> dict[str, Any]:
        return {
            "says": follows.words,
            "authority": follows.authority,
            "counts_toward_two": follows.repeat,
            **self._counted(case, follows.places),
            "appointment_not_given": len(follows.unknown),
        }

    def _limit(self, case: Case, limited: Limited) -> dict[str, Any]:
        verdict = limited.verdict
        places = {row.number: place for place, row in enumerate(case.answers.reading.rows)}
        least, most = (None if each is None else exact(each) for each in (verdict.least, verdict.most))
        out, into = (None if each is None else self._counted(case, each) for each in (limited.out, limited.into))
        return {
            "says": verdict.rule.origin.span.words,
            "about": verdict.about,
            "verdict": verdict.standing.value,
            "why": verdict.why,
            "counted": self._counted(case, [places[row] for row in verdict.counted]),
            "reached": self._counted(case, [places[row] for row in verdict.reached]),
            "value": None if verdict.value is None else exact(verdict.value),
            "least": least,
            "most": most,
            "beyond": exact(verdict.beyond),
            "one_step_out": out,
            "one_step_in": into,
            "notes": list(verdict.notes),
        }

    def _refusals(self, case: Case) -> list[dict[str, Any]]:
        """Each code with the rows it refuses; with details in the words of the refusal."""
        program = case.variant.program
        if program is None:
            return []
        because = Because(program, thorough=False)
        found: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for place, state in enumerate(case.answers.states):
            if state is Outcome.REFUSED:
                for refusal in because.refusals(case.answers.reading.rows[place]):
                    found.setdefault((refusal.code, refusal.name), []).append((place, refusal.message))
        return [
            {
                "code": code,
                "name": name,
                **self._counted(case, [*dict.fromkeys(place for place, _ in places)]),
                "messages": [says for _, says in places] if self._tells_messages else None,
            }
            for (code, name), places in sorted(found.items())
        ]

    def _asked(self, case: Case, question: Asked, places: Sequence[int]) -> dict[str, Any]:
        """A question for the reviewer with the rows it is asked about; with details also why."""
        return {
            "question": question.text,
            "about": question.about,
            **self._counted(case, places),
            "reasons": [reason_of(case, question, place) for place in places] if self._tells_messages else None,
        }

    @property
    def _tells_messages(self) -> bool:
        """A refusal's own words name rows and ids."""
        return self._told.details and self._told.pseudonyms is None

    # ---- one amendment ---------------------------------------------------------------------------

    def comparison(self, comparison: Comparison, before: Case) -> dict[str, Any]:
        """One amendment against the policy as it is."""
        ways = {way.value: comparison.count(way) for way in Direction}
        after = comparison.case
        return {
            "amendment": comparison.variant.name,
            "because": comparison.variant.because or None,
            "compared": after is not None,
            "directions": ways if after is not None else None,
            "matrix": [self._cell(before, key, comparison) for key in _in_order(list(comparison.cells))],
            "moves": [] if after is None else [self._move(before, after, each) for each in comparison.moves],
            "reported": [self._reported(before, each) for each in comparison.reported],
            "after": None if after is None else self.case(after),
        }

    def _cell(self, before: Case, key: tuple[State, State], comparison: Comparison) -> dict[str, Any]:
        old, new = key
        return {"from": _state(old), "to": _state(new), **self._counted(before, comparison.cells[key])}

    def _move(self, before: Case, after: Case, move: Move) -> dict[str, Any]:
        return {
            "from": _state(move.before),
            "to": _state(move.after),
            "direction": move.direction.value,
            **self._counted(before, move.places),
            "reasons": [
                {
                    "before": _line(each.before),
                    "after": _line(each.after),
                    **self._counted(before, each.places),
                    "scores": self._scores(before, after, each.places),
                }
                for each in move.reasons
            ],
        }

    def _reported(self, before: Case, moves: ValueMoves) -> dict[str, Any]:
        """A value that is reported beside the level: for whom it would be another, and which; null: not reported."""
        return {
            "name": moves.name,
            **self._counted(before, moves.places),
            "at_the_same_level": len(moves.kept),
            "changes": [
                {
                    "from": None if each.before is None else value_said(each.before),
                    "to": None if each.after is None else value_said(each.after),
                    **self._counted(before, each.places),
                }
                for each in moves.changes
            ],
        }

    def _scores(self, before: Case, after: Case, places: Sequence[int]) -> list[dict[str, Any]] | None:
        """The scores of those who move, in the order of the roster; None where no details were asked for."""
        if not self._told.details:
            return None
        return [
            {
                **self._who(before, place),
                "before": _score(before, place),
                "after": _score(after, place),
            }
            for place in places
        ]


def _score(case: Case, place: int) -> str | None:
    score = case.answers.score(place)
    return None if score is None else exact(score)


def _in_order(keys: list[tuple[State, State]]) -> list[tuple[State, State]]:
    states = ranked([*dict.fromkeys(state for key in keys for state in key)])
    return sorted(keys, key=lambda key: (states.index(key[0]), states.index(key[1])))


def _state(state: State) -> int | str:
    return state.value if isinstance(state, Outcome) else state


def _line(line: Line) -> dict[str, Any]:
    return {
        "says": line.words,
        "file": file_name(line.file) or None,
        "line": line.number or None,
        "authority": line.authority,
        "codes": list(line.codes),
    }


def _law(note: LawNote) -> dict[str, Any]:
    return {
        "citation": note.citation,
        "title": note.title,
        "verdict": note.kind.value,
        "confidence": note.confidence.value,
        "remark": note.remark or None,
        "held": note.held,
        "broken": note.fails,
        "why": note.why or None,
    }
