"""Changes of a text -> what each of them moves by itself: each is made alone in the old text, and the old is rated.

A change that by itself leaves the policy unfit to run, or appraisals without a level that the new system rates, is
no change anyone means by itself; such changes are taken together.
"""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.pipeline import program_as_read
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import covered
from sespms_rules.proofs.solver import NotComparableError, Status, TwoPrograms, Way, plans_differ
from sespms_rules.studies.comparison.changes import BothTexts, texts_of
from sespms_rules.studies.comparison.counting import Counting, same_plans
from sespms_rules.studies.comparison.result import Attributed, Cause, Change, Counted, Moves, Subject
from sespms_rules.studies.comparison.tallying import NotTalliedError

MOST_CHANGES = 400
"""So many changes are tried one by one at most."""

MOST_GROUPED = 16
"""More changes than this that are unfit by themselves are not parted into smaller groups."""

_NOBODY = Moves(0, 0, 0, 0)


class _Tried(Frozen):
    """What some changes make of the old system; `moves` is None where it was not counted."""

    changes: tuple[int, ...]
    program: Program
    moves: Moves | None
    plans: tuple[int | None, int | None] | None


def attribute(
    old: Subject, new: Subject, named_alike: System, counting: Counting, whole: Counted | None, seconds: int
) -> Attributed:
    """Tell the differences apart by what they do; `named_alike` is the new system under the names of the old."""
    texts = texts_of(old.system, named_alike)
    real = [place for place, each in enumerate(texts.changes) if each.before or each.after]
    if len(real) > MOST_CHANGES:
        why = f"the texts differ in {len(real)} sentences, too many to try one by one"
        untold = tuple(texts.changes[place] for place in real)
        return Attributed((), (), (), (), untold, why, texts.cited)
    attribution = _Attribution(old, new, texts, real, counting, whole, seconds)
    told = attribution.unattributed(why) if (why := levelless(old, new)) else attribution.attributed()
    return replace(told, cited=texts.cited)


def levelless(old: Subject, new: Subject) -> str:
    """Which of two systems derives no level, in words; empty where both do."""
    none = [which for which, each in (("old", old), ("new", new)) if not each.program.summary.derives_levels]
    if len(none) == 2:
        return "neither system derives a level"
    return f"the {none[0]} system derives no level" if none else ""


class _Attribution:
    def __init__(
        self,
        old: Subject,
        new: Subject,
        texts: BothTexts,
        real: list[int],
        counting: Counting,
        whole: Counted | None,
        seconds: int,
    ) -> None:
        self.old, self.new, self.texts = old.program, new.program, texts
        self.counting, self.whole, self.seconds = counting, whole, seconds
        self.real = real
        self.text_only: list[int] = []
        self.terms: list[int] = []
        self.unfit: list[int] = []
        self.telling: dict[int, Program] = {}
        self.known: dict[tuple[int, ...], _Tried | None] = {}

    def attributed(self) -> Attributed:
        """Sort the changes by what they do."""
        self._sort()
        tried = self._tried({(place,): program for place, program in self.telling.items()})
        self.known |= {each.changes: None if self._unfit_alone(each) else each for each in tried}
        self.known |= {(place,): None for place in self.unfit}
        apart = [each for each in tried if not self._unfit_alone(each)]
        idle = [each.changes[0] for each in apart if each.moves == _NOBODY and each.plans is None]
        moving = [each for each in apart if each.changes[0] not in idle]
        joined = [*self.unfit, *(each.changes[0] for each in tried if self._unfit_alone(each))]
        why, untold = "", []
        if joined:
            groups, rest = self._groups(joined, idle)
            taken = {place for each in groups for place in each.changes}
            idle = [place for place in idle if place not in taken]
            moving = [each for each in moving if each.changes[0] not in taken]
            for each in groups:
                if each.moves == _NOBODY and each.plans is None:
                    idle += each.changes
                else:
                    moving.append(each)
            untold = rest
            why = "they cannot be put into the old system without each other" if rest else ""
        causes = [self._cause(each, len(moving)) for each in moving]
        idle += [each.changes[0] for each, cause in zip(moving, causes, strict=True) if _does_nothing(cause)]
        causes = sorted((each for each in causes if not _does_nothing(each)), key=lambda each: -_size(each.moves))
        return Attributed(
            tuple(causes),
            self._of(self.terms),
            self._of(sorted(idle)),
            self._of(self.text_only),
            self._of(sorted(untold)),
            why,
        )

    def unattributed(self, why: str) -> Attributed:
        """Tell only which changes the derivation reads."""
        self._sort()
        untold = sorted([*self.unfit, *self.telling])
        return Attributed((), self._of(self.terms), (), self._of(self.text_only), self._of(untold), why)

    def _of(self, places: Sequence[int]) -> tuple[Change, ...]:
        return tuple(self.texts.changes[place] for place in places)

    def _groups(self, joined: list[int], idle: list[int]) -> tuple[list[_Tried], list[int]]:
        """Changes that are unfit by themselves, in groups that are fit and small; and what is in none."""
        pool = next((each for each in (joined, [*joined, *idle], self.real) if self._fit(each)), None)
        if pool is None:
            return [], joined
        whole = self._fit(pool)
        groups: list[_Tried] = []
        left = sorted(joined, key=lambda place: place in self.unfit)
        while left:
            made = self._fit(self._grown(left[0], pool)) if len(pool) <= MOST_GROUPED else None
            if made is None:
                return self._leaning(groups, left, whole), []
            groups.append(made)
            left = [place for place in left if place not in made.changes]
            pool = [place for place in pool if place not in made.changes]
        return groups, []

    def _leaning(self, groups: list[_Tried], left: list[int], whole: _Tried | None) -> list[_Tried]:
        """The groups with what is left and leans on what one of them took; else all of it together."""
        for place, group in reversed(tuple(enumerate(groups))):
            made = self._fit([*group.changes, *left])
            if made is not None:
                return [*groups[:place], made, *groups[place + 1 :]]
        return [whole] if whole is not None else []

    def _grown(self, place: int, pool: list[int]) -> list[int]:
        """A small group around a change that is fit: others are added that leave the fewest without a level."""
        group = [place]
        while not self._fit(group) and len(group) < len(pool):
            others = sorted((each for each in pool if each not in group), key=lambda each: abs(each - place))
            programs = {tuple(sorted([*group, each])): self._program([*group, each]) for each in others}
            tried = self._tried({made: program for made, program in programs.items() if program is not None})
            best = min(tried, key=lambda each: 0 if each.moves is None else each.moves.only_old, default=None)
            group = [*group, others[0]] if best is None else list(best.changes)
        before = 0
        while before != len(group):  # what was needed by a change that has been left out since may go too
            before = len(group)
            for other in tuple(group):
                without = [each for each in group if each != other]
                if other != place and self._fit(without):
                    group = without
        return group

    def _fit(self, places: Sequence[int]) -> _Tried | None:
        """Some changes made together, where the old system can be run with them and loses nothing by them."""
        key = tuple(sorted(places))
        if key not in self.known:
            program = self._program(key) if key else None
            made = None if program is None else self._tried({key: program})[0]
            self.known[key] = None if made is None or self._unfit_alone(made) else made
        return self.known[key]

    def _sort(self) -> None:
        """Which changes the derivation reads at all."""
        for place in self.real:
            program = self._program((place,))
            if program is None:
                self.unfit.append(place)
            elif computes(program) != computes(self.old):
                self.telling[place] = program
            elif program.terms != self.old.terms:
                self.terms.append(place)
            else:
                self.text_only.append(place)

    def _program(self, made: Sequence[int]) -> Program | None:
        return program_as_read(self.texts.system(frozenset(made)))

    def _unfit_alone(self, tried: _Tried) -> bool:
        """Whether more appraisals lose their level than under the new system: the change needs others beside it."""
        lost = 0 if self.whole is None else self.whole.moves.only_old
        return tried.moves is not None and tried.moves.only_old > lost

    def _tried(self, programs: dict[tuple[int, ...], Program]) -> list[_Tried]:
        """Count what each of some variants moves, those with the plans of the old system all at once."""
        found: dict[tuple[int, ...], Moves | None] = {}
        if self.whole is not None:
            found |= {made: self.whole.moves for made, each in programs.items() if computes(each) == computes(self.new)}
        alike = [made for made, each in programs.items() if made not in found and same_plans(self.old, each)]
        if self.whole is not None and alike:
            try:
                together = self.counting.together(self.old, [programs[made] for made in alike])
                found |= {made: each.moves for made, each in zip(alike, together, strict=True)}
            except NotTalliedError:
                pass
        return [
            _Tried(made, program, found[made] if made in found else self._alone(program), self._plans(program))
            for made, program in programs.items()
        ]

    def _alone(self, program: Program) -> Moves | None:
        if self.whole is None:
            return None
        try:
            return self.counting.counted(self.old, program).moves
        except NotTalliedError:
            return None

    def _plans(self, program: Program) -> tuple[int | None, int | None] | None:
        """How many plans are allowed before and after, where a change alters that."""
        if same_plans(self.old, program):
            return None
        try:
            if plans_differ(self.old, program, seconds=self.seconds).status is Status.PROVED:
                return None
        except NotComparableError:
            pass
        return covered(self.old).plans, covered(program).plans

    def _cause(self, tried: _Tried, several: int) -> Cause:
        changes = tuple(self.texts.changes[place] for place in tried.changes)
        if tried.moves is None:
            return Cause(changes, None, None, self._moves_anything(tried.program), tried.plans)
        return Cause(changes, tried.moves, self._without(tried) if several > 1 else None, tried.moves.any, tried.plans)

    def _without(self, tried: _Tried) -> Moves | None:
        """What all other changes move."""
        program = self._program([place for place in self.real if place not in tried.changes])
        return None if program is None else self._alone(program)

    def _moves_anything(self, program: Program) -> bool | None:
        """Whether it moves anything, by the solver; None where that is undecided."""
        try:
            verdict = TwoPrograms(self.old, program, self.seconds).differ(Way.OTHERWISE)
        except NotComparableError:
            return None
        return {Status.PROVED: False, Status.REFUTED: True}.get(verdict.status)


def _does_nothing(cause: Cause) -> bool:
    return cause.decided is False and cause.plans is None


def computes(program: Program) -> Program:
    """What a program computes, without the words that change nobody's level."""
    return replace(program, name="", terms=())


def _size(moves: Moves | None) -> int:
    return 0 if moves is None else moves.up + moves.down + moves.only_old + moves.only_new


def changed_terms(old: Program, new: Program) -> tuple[tuple[int, str, str], ...]:
    """The levels that both have and call differently."""
    after = dict(new.terms)
    return tuple((level, term, after[level]) for level, term in old.terms if after.get(level, term) != term)


__all__ = ["Change", "attribute", "changed_terms", "computes"]
