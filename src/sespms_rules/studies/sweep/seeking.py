"""Whom a sweep counts, what is asked of it in words, and the least change that meets a goal -> what was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal
from sespms_rules.rosters.files import RosterRow, refuse_names
from sespms_rules.rosters.population import levels_of, synthetic_remark
from sespms_rules.studies.sweep.by_group import by_groups
from sespms_rules.studies.sweep.crossed_cuts import newly_refused
from sespms_rules.studies.sweep.goals import by_single_steps, finer, least_change
from sespms_rules.studies.sweep.kept import cap_is_kept
from sespms_rules.studies.sweep.report import Found
from sespms_rules.studies.sweep.sweeping import sweep
from sespms_rules.studies.sweep.wording import Aim, AskingError, Together, Varied, can_vary, read_goal, read_varied
from sespms_rules.studies.variants import Variant

THE_CAP = "the cap is kept"
"""The goal that is no number: every limit over the population that the policy states."""


class People(Frozen):
    """The executives of a roster, and whom of them a sweep counts.

    `everyone` are those whom the system is for, `counted` those of the appointments that were asked for; both hold rows
    without an appraisal too, for these are refused under every variant. `unplaced` have no known appointment and
    are not counted for it, `nobody` rows are no executive's. `titles` are the columns of the groups.
    """

    everyone: tuple[RosterRow, ...]
    counted: tuple[RosterRow, ...]
    unplaced: int
    nobody: int
    titles: tuple[str, ...]

    @property
    def appraisals(self) -> tuple[Appraisal, ...]:
        """The appraisals of those who are counted and have one."""
        return tuple(row.appraisal for row in self.counted if row.appraisal is not None)

    @property
    def unread(self) -> int:
        """How many of those who are counted have none."""
        return sum(row.appraisal is None for row in self.counted)


def people_of(rows: Sequence[RosterRow], titles: tuple[str, ...] = (), only: Collection[str] = ()) -> People:
    """Whom the rows of a roster hold and whom a sweep counts. Raises AskingError where nobody could be rated."""
    executives = tuple(row for row in rows if not row.is_nobody)
    counted = tuple(row for row in executives if not only or row.appointment in only)
    refuse_names(titles, [row.groups for row in counted])
    unplaced = sum(row.appointment is None for row in executives) if only else 0
    covered = tuple(row for row in executives if row.is_covered)
    found = People(covered, counted, unplaced, len(rows) - len(executives), titles)
    if not found.appraisals:
        raise AskingError("there is nobody to count", "see that the roster has rows of executives so appointed")
    return found


def found_of(text: Variant, people: People, vary: Sequence[str], until: Sequence[str]) -> Found:
    """Work everything out for one text: `vary` says which figures over which values, `until` the goals.

    Raises AskingError for what cannot be asked.
    """
    program = _program(text)
    if not vary:
        raise AskingError("nothing is varied", f"say what with `--vary`; this policy has\n{can_vary(program)}")
    varied = [read_varied(program, words) for words in vary]
    goal = _goal(until, text, people, varied)
    appraisals, unread = people.appraisals, people.unread
    made = sweep(program, appraisals, varied, refused=unread)
    found = Found(
        made,
        unread,
        synthetic_remark([row.id for row in people.counted]),
        None,
        None,
        under=text.name or " + ".join(text.amendments) or None,
        nobody=people.nobody,
        unplaced=people.unplaced,
        groups=by_groups(program, [(row.appraisal, row.groups) for row in people.counted], people.titles, varied),
        refused=newly_refused(made, appraisals),
    )
    return found if goal is None else _aimed(found, goal, text, people, varied, until)


def _program(text: Variant) -> Program:
    assert text.program is not None  # noqa: S101 - texts with errors are not swept
    return text.program


def _aimed(
    found: Found, goal: Aim, text: Variant, people: People, varied: Sequence[Varied], until: Sequence[str]
) -> Found:
    """What was found, with the least change that meets a goal."""
    made = found.sweep
    reached = least_change(goal, made, text.system)
    between = finer(made, reached)
    closer = None
    if between is not None:
        all_between = sweep(_program(text), people.appraisals, [between], refused=people.unread)
        both = (varied, [between]) if all_between.settings != made.settings else (varied,)
        goal = _goal(until, text, people, *both) or goal
        closer = (all_between, least_change(goal, all_between, text.system))
    return replace(found, goal=goal, reached=reached, exactly=by_single_steps(made), closer=closer)


def _goal(until: Sequence[str], text: Variant, people: People, *ranges: Sequence[Varied]) -> Aim | None:
    """The goals that are to be met, all of them; None where there is none. Raises AskingError for what is no goal."""
    program = _program(text)
    aims: list[Aim] = []
    for words in dict.fromkeys(until):
        if " ".join(words.casefold().split()) == THE_CAP:
            aims.append(cap_is_kept(text.system, program, people.everyone, *ranges))
        else:
            aims.append(read_goal(words, levels_of(program)))
    return aims[0] if len(aims) == 1 else Together(tuple(aims)) if aims else None
