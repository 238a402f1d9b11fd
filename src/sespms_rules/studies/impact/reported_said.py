"""How a report tells of values that are reported beside the level and would be others."""

from __future__ import annotations

from sespms_rules.reports.charts import count_text
from sespms_rules.studies.impact.assessing import Case, Comparison
from sespms_rules.studies.impact.phrases import Told, people
from sespms_rules.studies.impact.reported import ValueChange, ValueMoves, changed_places, kept_places, value_said
from sespms_rules.studies.impact.sheet import Item, listing

_SHOWN = 12
"""So many changes of one value are listed; the rest are counted."""


def values_headline(comparison: Comparison, whole: str) -> str:
    """What stands behind the count of levels, so that it is not taken for the whole answer."""
    names = [each.name for each in comparison.reported]
    changed = [f"`{each.name}` for {count_text(len(each.places))}" for each in comparison.reported if each.places]
    listed = ", ".join(f"`{each}`" for each in names)
    if not changed:
        value = "reported value" if len(names) == 1 else "reported values"
        return f"The {value} {listed} would stay as {'it is' if len(names) == 1 else 'they are'} for everyone."
    places, kept = changed_places(comparison.reported), kept_places(comparison.reported)
    return (
        f"{count_text(len(places))} of {whole} would have another reported value, {count_text(len(kept))} of them at "
        "the level they have now: "
        f"{', '.join(changed)}."
    )


def reported_of_comparison(comparison: Comparison, before: Case, told: Told) -> tuple[Item, ...]:
    """Each reported value that would be another, with how many go from which to which."""
    items = [(_who(each), tuple(_changes(each, before, told))) for each in comparison.reported if each.places]
    return listing("What is reported beside the level, and would be another", items)


def _who(moves: ValueMoves) -> str:
    return (
        f"`{moves.name}`: {people(len(moves.places))}, {count_text(len(moves.kept))} of them at the level they have now"
    )


def _changes(moves: ValueMoves, before: Case, told: Told) -> list[str]:
    shown = moves.changes if told.details else moves.changes[:_SHOWN]
    said = [_change(each, before, told) for each in shown]
    left = len(moves.changes) - len(shown)
    return [*said, f"and {left} more changes, which `--format json` lists"] if left else said


def _change(change: ValueChange, before: Case, told: Told) -> str:
    words = f"{people(len(change.places))} from {value_said(change.before)} to {value_said(change.after)}"
    return f"{words}: {told.everyone(change.places, before.answers.reading.rows)}" if told.details else words
