"""Comparison -> data for a JSON document: `sespms-compare/1`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sespms_rules.language.model import Stated
from sespms_rules.program.rating import Rating
from sespms_rules.reports.rating_json import rated_as_data, rating_as_data
from sespms_rules.reports.workbook import Cell, Sheet
from sespms_rules.studies.comparison.result import (
    Cause,
    Change,
    Comparison,
    Counted,
    Moves,
    Plans,
    Ratings,
    ReportedValue,
    Subject,
    Witness,
)
from sespms_rules.studies.comparison.text import end_words, verdict


def as_data(found: Comparison) -> dict[str, Any]:
    """The whole answer. Counts are None where nothing could be counted."""
    told = found.attributed
    return {
        "old": _subject(found.old),
        "new": _subject(found.new),
        "mapping": [{"old": here, "new": there} for here, there in found.mapping],
        "verdict": found.judgement.value,
        "says": verdict(found),
        "proved_by": _proved_by(found),
        **_numbers(found.counted),
        "not_counted": found.not_counted or None,
        "plans": _plans(found.plans),
        "ratings": _ratings(found.ratings),
        "witnesses": [_witness(each) for each in found.witnesses],
        "causes": [_cause(found, each) for each in told.causes],
        "terms": [{"level": level, "old": before, "new": after} for level, before, after in found.terms],
        "idle": _changes(found, told.idle),
        "text_only": _changes(found, (*told.terms, *told.text_only)),
        "cited": _changes(found, told.cited),
        "untold": _changes(found, told.untold),
        "untold_why": told.why or None,
        "reported": [_reported(each) for each in found.reported],
        "seconds": found.milliseconds / 1000,
    }


def sheet_of(found: Sequence[Comparison]) -> Sheet:
    """A table of how many appraisals end where: by comparison, end under the old system and end under the new.

    Where appraisals could not be counted the number is empty, and only the verdict is told.
    """
    return Sheet("Comparison", ("old", "new", "verdict", "from", "to", "appraisals", "reported values"), _rows(found))


def _rows(found: Sequence[Comparison]) -> Iterator[tuple[Cell, ...]]:
    for each in found:
        about = (_name(each.old), _name(each.new), each.judgement.value)
        reported = _of_reported(each)
        if each.counted is None:
            yield (*about, None, None, None, reported)
        else:
            ends = ((end_words(one.before), end_words(one.after), one.count) for one in each.counted.transitions)
            yield from ((*about, *end, reported) for end in ends)


def _of_reported(found: Comparison) -> str | None:
    """How what is reported beside the level compares, in a word; None where nothing is."""
    verdicts = [each.differs for each in found.reported]
    if not verdicts:
        return None
    return "differ" if any(verdicts) else "undecided" if None in verdicts else "same"


def _name(subject: Subject) -> str:
    return subject.system.name + (f", as amended by {subject.under}" if subject.under else "")


def _proved_by(found: Comparison) -> list[str]:
    ways = {
        "identity": found.same_program,
        "solver": found.by_solver and not found.same_program,
        "count": found.counted is not None,
    }
    return [way for way, used in ways.items() if used]


def _numbers(counted: Counted | None) -> dict[str, Any]:
    if counted is None:
        return {"cases": None, "moved": None, "rescored": None, "transitions": []}
    domain = counted.domain
    return {
        "cases": {"plans": domain.plans, "vectors": domain.vectors, "appraisals": domain.appraisals},
        "moved": _moves(counted.moves),
        "rescored": counted.rescored,
        "transitions": [
            {"from": end_words(each.before), "to": end_words(each.after), "count": each.count}
            for each in counted.transitions
        ],
    }


def _subject(subject: Subject) -> dict[str, Any]:
    return {"path": subject.path, "system": subject.system.name, "amendment": subject.under}


def _moves(moves: Moves | None) -> dict[str, int] | None:
    if moves is None:
        return None
    return {"up": moves.up, "down": moves.down, "only_old": moves.only_old, "only_new": moves.only_new}


def _plans(plans: Plans) -> dict[str, Any]:
    return {
        "verdict": plans.judgement.value,
        "old": plans.old,
        "new": plans.new,
        "both": plans.both,
        "only_old": None if plans.only_old is None else [rated_as_data(each) for each in plans.only_old],
        "only_new": None if plans.only_new is None else [rated_as_data(each) for each in plans.only_new],
    }


def _ratings(ratings: Ratings) -> dict[str, Any]:
    return {
        "verdict": "differ" if ratings.differ else "same",
        "appraisals_only_old": ratings.only_old,
        "appraisals_only_new": ratings.only_new,
        "differ": [
            {
                "name": each.name,
                "requirement_of": each.requirement_of,
                "only_old": list(each.only_old),
                "only_new": list(each.only_new),
            }
            for each in ratings.differ
        ],
    }


def _witness(witness: Witness) -> dict[str, Any]:
    return {
        "direction": witness.direction,
        "from": _ending(witness.before),
        "to": _ending(witness.after),
        "old": rating_as_data(witness.before),
        "new": rating_as_data(witness.after),
        "elements": [rated_as_data(each) for each in witness.elements],
        "scenario": witness.scenario,
        "old_scenario": witness.old_scenario,
    }


def _reported(value: ReportedValue) -> dict[str, Any]:
    """A value that is reported beside the level; `differs` is null where it is undecided."""
    shown = value.witness
    return {
        "name": value.name,
        "differs": value.differs,
        "why": value.why or None,
        "witness": None if shown is None else _witness(shown),
    }


def _ending(rating: Rating) -> str:
    return rating.outcome.value if rating.level is None else end_words(rating.level)


def _cause(found: Comparison, cause: Cause) -> dict[str, Any]:
    return {
        "changes": _changes(found, cause.changes),
        "moved": _moves(cause.moves),
        "without": _moves(cause.without),
        "moves_anybody": cause.decided,
        "plans": None if cause.plans is None else {"before": cause.plans[0], "after": cause.plans[1]},
    }


def _changes(found: Comparison, changes: Sequence[Change]) -> list[dict[str, Any]]:
    return [
        {
            "part": change.part,
            "old": [_sentence(found.old, each) for each in change.before],
            "new": [_sentence(found.new, each) for each in change.after],
        }
        for change in changes
    ]


def _sentence(subject: Subject, stated: Stated) -> dict[str, Any]:
    span = stated.origin.span
    return {
        "text": span.words,
        "authority": stated.origin.authority,
        "path": span.source.name,
        "line": span.line,
        "of": stated.of,
        "in_base": span.source.name not in subject.paths,
    }
