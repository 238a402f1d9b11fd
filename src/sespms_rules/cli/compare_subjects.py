"""What the user names -> the two systems to compare: two files, a policy and its amendment, or a policy on two days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from sespms_rules.cli.policies import Compiled, compile_policies
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.syntax.baselines import InForce
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Effective
from sespms_rules.law.provenance import texts_of
from sespms_rules.pipeline import Compilation
from sespms_rules.studies.amended_text import told_of_dated
from sespms_rules.studies.amendments import AmendmentSet, sets_named, told_at
from sespms_rules.studies.comparison import Subject, as_written, under
from sespms_rules.studies.variants import as_it_is
from sespms_rules.studies.variants import under as variants


class CompareRequest(Frozen):
    """What stands on the command line; `texts` hold amendments that are named and stand in no file."""

    policies: tuple[str, ...]
    amendments: tuple[str, ...]
    days: tuple[datetime.date, ...]
    systems: tuple[str, ...]
    texts: tuple[Source, ...] = field(default=())


Pair = tuple[Subject, Subject]


class Named(Frozen):
    """The systems to compare two by two, none where a policy has errors; and what was found in the policies.

    There are several pairs where several amendments are set side by side, each against the system as it is.
    """

    pairs: tuple[Pair, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...] = field(default=(), compare=False)

    def systems(self) -> tuple[System, ...]:
        """The systems that are compared, each once."""
        return tuple(dict.fromkeys(each.system for pair in self.pairs for each in pair))

    def texts(self) -> tuple[Source, ...]:
        """The texts that were named, and those that the systems consist of."""
        return (*self.sources, *texts_of(self.systems()))


class _Read(Frozen):
    """A file with its compilation, and the amendments that were named beside it."""

    path: str
    compilation: Compilation
    others: tuple[Compilation, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The texts of the files."""
        return tuple(each.source for each in (self.compilation, *self.others))

    @property
    def systems(self) -> tuple[System, ...]:
        return self.compilation.policy.systems

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        return tuple(each for one in (self.compilation, *self.others) for each in one.policy.amendments)


def subjects(asked: CompareRequest) -> Named:
    """Find the two systems. Raises a usage error where it is not clear which are meant."""
    _sound(asked)
    files = () if asked.texts else _files_of(asked.amendments)
    if asked.days:
        read = _read(asked.policies[0], files)
        on_days = _named((read,), lambda: ((_on(read, asked.days[0], asked), _on(read, asked.days[1], asked)),))
        days = zip(on_days.pairs[0], asked.days, strict=True) if on_days.pairs else ()
        return _telling(on_days, [(read, each.system, day) for each, day in days])
    if asked.amendments:
        return _amended(_read(asked.policies[0], files, asked.texts), asked, asked.amendments)
    if len(asked.policies) == 1:
        read = _read(asked.policies[0])
        first, last = asked.systems
        pair = _named((read,), lambda: ((_plain(read, _chosen(read, first)), _plain(read, _chosen(read, last))),))
        return _telling(pair, [(read, each, None) for each in pair.systems()])
    old, new = (_read(path) for path in asked.policies)
    if not new.systems and new.amendments:
        return _amended(_read(old.path, (new.path,)), asked, (new.path,))
    named, other = (asked.systems[0], asked.systems[-1]) if asked.systems else (None, None)
    both = _named((old, new), lambda: ((_plain(old, _chosen(old, named)), _plain(new, _chosen(new, other))),))
    sides = zip((old, new), both.pairs[0], strict=True) if both.pairs else ()
    return _telling(both, [(read, each.system, None) for read, each in sides])


def _telling(named: Named, texts: Sequence[tuple[_Read, System, datetime.date | None]]) -> Named:
    """The same, telling of each dated amendment of a text's own file whether it is applied on the day, or at all."""
    told = list(named.diagnostics)
    for read, system, day in texts:
        told += (each for each in _dated(read, system, day) if each not in told)
    return replace(named, diagnostics=tuple(told))


def _dated(
    read: _Read, system: System, day: datetime.date | None, sets: Sequence[AmendmentSet] = ()
) -> Iterator[Diagnostic]:
    """As other studies tell it; the help says how `compare` takes such an amendment."""
    cure = "`--as-of DATE` twice compares the system on two days, `--with` and its name the system with it"
    for each in told_of_dated(read.compilation.policy.amendments, system, sets, day):
        yield replace(each, help=cure) if each.help and day is None else replace(each, help="")


def _sound(asked: CompareRequest) -> None:
    """Refuse what cannot be meant."""
    if len(asked.policies) > 2:
        raise click.UsageError(f"two policies are compared, and {len(asked.policies)} were named")
    if len(asked.systems) > 2:
        raise click.UsageError("`--system` is given once or twice: for the old system and for the new")
    if asked.days and len(asked.days) != 2:
        raise click.UsageError("give `--as-of` twice: the day of the old system and the day of the new")
    several = len(asked.policies) == 2
    if several and (asked.amendments or asked.days):
        option = "--with" if asked.amendments else "--as-of"
        raise click.UsageError(f"with `{option}` one policy is named, and the other system is made of it")
    if not several and not asked.amendments and not asked.days and len(asked.systems) != 2:
        raise click.UsageError(
            "name what to compare with: another policy, an amendment with `--with`, two days with `--as-of`,"
            " or two systems of the policy with `--system`"
        )


def _files_of(amendments: Sequence[str]) -> tuple[str, ...]:
    """The files that amendments were named by, those named together as `A+B` among them."""
    parts = [part for name in amendments for part in ([name] if Path(name).is_file() else name.split("+"))]
    return tuple(dict.fromkeys(each for each in parts if Path(each).is_file() or each.endswith(".sespms")))


def _read(path: str, beside: Sequence[str] = (), texts: Sequence[Source] = ()) -> _Read:
    compiled: Compiled = compile_policies([path, *(each for each in beside if each != path)], texts=texts)
    first, *others = compiled.compilations
    return _Read(path, first, tuple(others), compiled.diagnostics)


def _named(read: Sequence[_Read], pairs: Callable[[], tuple[Pair, ...]]) -> Named:
    found = tuple(dict.fromkeys(each for one in read for each in one.diagnostics))
    sources = tuple(each for one in read for each in one.sources)
    if any(each.severity is Severity.ERROR for each in found) and not _defects_alone(read, found):
        return Named((), found, sources)
    return Named(pairs(), found, sources)


def _defects_alone(read: Sequence[_Read], found: tuple[Diagnostic, ...]) -> bool:
    """Whether every error is one of what amendments make of sound systems: it can be read, and so compared."""
    whole = all(system.name in one.compilation.programs for one in read for system in one.systems)
    return whole and not any(each.is_of_reading for each in found if each.severity is Severity.ERROR)


# ---- one system ------------------------------------------------------------------------------------


def _chosen(read: _Read, name: str | None) -> System:
    names = [each.name for each in read.systems]
    if not names:
        raise click.UsageError(f"`{read.path}` holds no system to compare")
    if name is None:
        if len(names) > 1:
            listed = ", ".join(f"`{each}`" for each in names)
            raise click.UsageError(f"`{read.path}` holds several systems; choose with `--system`: {listed}")
        return read.systems[0]
    if name not in names:
        listed = ", ".join(f"`{each}`" for each in names)
        offer = did_you_mean(nearest_name(name, names), f"it holds {listed}")
        raise click.UsageError(f"there is no system `{name}` in `{read.path}`; {offer}")
    return next(each for each in read.systems if each.name == name)


def _plain(read: _Read, system: System) -> Subject:
    return as_written(read.compilation, read.compilation.programs[system.name])


def _amended(read: _Read, asked: CompareRequest, names: Sequence[str]) -> Named:
    """A system, and what each set of amendments makes of it."""
    found = _told_in_order(read, names)
    if any(each.severity is Severity.ERROR for each in found) and not _defects_alone((read,), found):
        return Named((), found, read.sources)
    system = _chosen(read, asked.systems[0] if asked.systems else _only_amended(read))
    sets, told = sets_named(names, read.compilation, system)
    found = (*found, *(each for each in told if each not in found))
    if any(each.severity is Severity.ERROR for each in told):
        return Named((), found, read.sources)
    found = (*found, *_dated(read, system, None, sets))
    old, pairs = _plain(read, system), list[Pair]()
    for one, made in zip(sets, variants(system, sets, try_it_out=False), strict=True):
        told_of = {told_at(each) for each in found}
        errors = [each for each in made.findings if each.severity is Severity.ERROR]
        found = (*found, *(each for each in errors if told_at(each) not in told_of))
        if made.as_read() is None:
            return Named((), found, read.sources)
        pairs.append((old, under(read.path, one.amendments, made, one.name, with_defects=True)))
    return Named(tuple(pairs), found, read.sources)


def _told_in_order(read: _Read, names: Sequence[str]) -> tuple[Diagnostic, ...]:
    """What was found in the files, without those that only stand behind another amendment of their set.

    What these make of the system alone says nothing of what they make behind it, which is told where that is found.
    """
    first = {_files_of([name])[:1] for name in names}
    behind = {each for each in _files_of(names) if (each,) not in first and each != read.path}
    alone = {told for each in read.others if each.source.name in behind for told in each.diagnostics}
    return tuple(each for each in read.diagnostics if each not in alone or each in read.compilation.diagnostics)


def _only_amended(read: _Read) -> str | None:
    """The one system of several that the files beside it amend; None where that is not clear."""
    amends = {each.amends for one in read.others for each in one.policy.amendments}
    fitting = [each.name for each in read.systems if each.name in amends]
    return fitting[0] if len(fitting) == 1 else None


# ---- on a day --------------------------------------------------------------------------------------


def _on(read: _Read, day: datetime.date, asked: CompareRequest) -> Subject:
    """The system in force on a day: the latest text that is effective by then, with the amendments in force."""
    named = [_chosen(read, name) for name in asked.systems] or list(read.systems)
    if not named:
        raise click.UsageError(f"`{read.path}` holds no system to compare")
    dated = [(first, each) for each in named if (first := _effective(each)) is not None]
    in_force = [(first, each) for first, each in dated if first <= day]
    if len(named) == 1 and not dated:
        system = named[0]
    elif not in_force:
        first = min(first for first, _ in dated) if dated else None
        when = f"the first takes effect on {first}" if first else "none says from when it is effective"
        raise click.UsageError(f"`{read.path}` has no system in force on {day}; {when}")
    else:
        latest = max(first for first, _ in in_force)
        texts = [each for first, each in in_force if first == latest]
        if len(texts) > 1:
            listed = ", ".join(f"`{each.name}`" for each in texts)
            raise click.UsageError(f"several systems of `{read.path}` take effect on {latest}: {listed}")
        system = texts[0]
    amendments = sorted(
        (days[0], place, each)
        for place, each in enumerate(read.amendments)
        if each.amends == system.name and (days := _days(each)) is not None and days[0] <= day <= days[1]
    )
    if not amendments:
        return _plain(read, system)
    applied = tuple(each for _, _, each in amendments)
    program = read.compilation.programs[system.name]
    return under(read.path, applied, as_it_is(system, program, applied), with_defects=True)


def _effective(system: System) -> datetime.date | None:
    days = [each.sentence.day for each in system.head.sentences if isinstance(each.sentence, Effective)]
    return next((each.value for each in days if isinstance(each, Day)), None)


def _days(amendment: Amendment) -> tuple[datetime.date, datetime.date] | None:
    said = [each.sentence for each in amendment.head.sentences if isinstance(each.sentence, InForce)]
    if not said:
        return None
    last = said[0].last
    return said[0].first.value, datetime.date.max if last is None else last.value
