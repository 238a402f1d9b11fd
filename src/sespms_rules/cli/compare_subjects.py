"""What the user names -> the two systems to compare: two files, a policy and its amendment, or a policy on two days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from sespms_rules.cli.policies import Compiled, compile_policies
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.resolution import find_amendment
from sespms_rules.language.syntax.baselines import InForce
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Effective
from sespms_rules.pipeline import Compilation
from sespms_rules.studies.comparison import (
    Subject,
    as_written,
    under,
)


class Asked(Frozen):
    """What stands on the command line."""

    policies: tuple[str, ...]
    amendment: str | None
    days: tuple[datetime.date, ...]
    systems: tuple[str, ...]


class Named(Frozen):
    """The two systems, or None where a policy has errors; and what was found in the policies."""

    pair: tuple[Subject, Subject] | None
    diagnostics: tuple[Diagnostic, ...]


class _Read(Frozen):
    """A file with its compilation, and the amendments that were named beside it."""

    path: str
    compilation: Compilation
    others: tuple[Compilation, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def systems(self) -> tuple[System, ...]:
        return self.compilation.policy.systems

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        return tuple(each for one in (self.compilation, *self.others) for each in one.policy.amendments)


def subjects(asked: Asked) -> Named:
    """Find the two systems. Raises a usage error where it is not clear which are meant."""
    _sound(asked)
    if asked.days:
        read = _read(asked.policies[0], _file_of(asked.amendment))
        return _named((read,), lambda: tuple(_on(read, day, asked) for day in asked.days))
    if asked.amendment is not None:
        read = _read(asked.policies[0], _file_of(asked.amendment))
        return _named((read,), lambda: _amended(read, asked, asked.amendment or ""))
    if len(asked.policies) == 1:
        read = _read(asked.policies[0], None)
        names = asked.systems
        return _named((read,), lambda: tuple(_plain(read, _chosen(read, name)) for name in names))
    old, new = (_read(path, None) for path in asked.policies)
    if not new.systems and new.amendments:
        both = _read(old.path, new.path)
        return _named((both,), lambda: _amended(both, asked, new.path))
    first, last = (asked.systems[0], asked.systems[-1]) if asked.systems else (None, None)
    return _named((old, new), lambda: (_plain(old, _chosen(old, first)), _plain(new, _chosen(new, last))))


def _sound(asked: Asked) -> None:
    """Refuse what cannot be meant."""
    if len(asked.policies) > 2:
        raise click.UsageError(f"two policies are compared, and {len(asked.policies)} were named")
    if len(asked.systems) > 2:
        raise click.UsageError("`--system` is given once or twice: for the old system and for the new")
    if asked.days and len(asked.days) != 2:
        raise click.UsageError("give `--as-of` twice: the day of the old system and the day of the new")
    several = len(asked.policies) == 2
    if several and (asked.amendment is not None or asked.days):
        option = "--with" if asked.amendment is not None else "--as-of"
        raise click.UsageError(f"with `{option}` one policy is named, and the other system is made of it")
    if not several and asked.amendment is None and not asked.days and len(asked.systems) != 2:
        raise click.UsageError(
            "name what to compare with: another policy, an amendment with `--with`, two days with `--as-of`,"
            " or two systems of the policy with `--system`"
        )


def _file_of(amendment: str | None) -> str | None:
    """The file that an amendment was named by; None where it was named by its name."""
    return amendment if amendment is not None and (Path(amendment).exists() or amendment.endswith(".sespms")) else None


def _read(path: str, other: str | None) -> _Read:
    paths = [path] if other is None or other == path else [path, other]
    compiled: Compiled = compile_policies(paths)
    first, *others = compiled.compilations
    return _Read(path, first, tuple(others), compiled.diagnostics)


def _named(read: Sequence[_Read], pair: Callable[[], tuple[Subject, ...]]) -> Named:
    found = tuple(dict.fromkeys(each for one in read for each in one.diagnostics))
    if any(each.severity is Severity.ERROR for each in found) and not _defects_alone(read, found):
        return Named(None, found)
    old, new = pair()
    return Named((old, new), found)


def _defects_alone(read: Sequence[_Read], found: tuple[Diagnostic, ...]) -> bool:
    """Whether every error is one of what amendments make of sound systems: it can be read, and so compared."""
    whole = all(system.name in one.compilation.programs for one in read for system in one.systems)
    return whole and all(each.code >= "SES2" for each in found if each.severity is Severity.ERROR)


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


def _amended(read: _Read, asked: Asked, named: str) -> tuple[Subject, Subject]:
    """A system and what an amendment, named by its file or by its name, makes of it."""
    if _file_of(named) is not None:
        found = [each for one in read.others or (read.compilation,) for each in one.policy.amendments]
        if not found:
            raise click.UsageError(f"`{named}` holds no amendment; compare two systems by naming both files")
    else:
        one, faults = find_amendment(named, read.compilation.document, read.compilation.library)
        if one is None:
            names = [each.name for each in read.amendments]
            offer = did_you_mean(nearest_name(named, names), "name it, or the file that holds it")
            raise click.UsageError(f"there is no amendment `{named}`; {offer}")
        if wrong := [each for each in faults if each.severity is Severity.ERROR]:
            raise click.UsageError(f"the amendment `{named}` has errors: {wrong[0].message}; {wrong[0].help}")
        found = [one]
    systems = {each.name: each for each in read.systems}
    fitting = [each for each in found if each.amends in systems and each.amends == (asked.systems or (each.amends,))[0]]
    if not fitting:
        holds = ", ".join(f"`{name}`" for name in systems)
        raise click.UsageError(f"`{found[0].name}` amends `{found[0].amends}`, and `{read.path}` holds {holds}")
    if len(fitting) > 1:
        listed = ", ".join(f"`{each.name}`" for each in fitting)
        raise click.UsageError(f"`{named}` holds several amendments; give the name of one to `--with`: {listed}")
    system = systems[fitting[0].amends]
    return _plain(read, system), under(read.path, system, fitting, with_defects=True)


# ---- on a day --------------------------------------------------------------------------------------


def _on(read: _Read, day: datetime.date, asked: Asked) -> Subject:
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
    return under(read.path, system, [each for _, _, each in amendments], with_defects=True)


def _effective(system: System) -> datetime.date | None:
    days = [each.sentence.day for each in system.head.sentences if isinstance(each.sentence, Effective)]
    return next((each.value for each in days if isinstance(each, Day)), None)


def _days(amendment: Amendment) -> tuple[datetime.date, datetime.date] | None:
    said = [each.sentence for each in amendment.head.sentences if isinstance(each.sentence, InForce)]
    if not said:
        return None
    last = said[0].last
    return said[0].first.value, datetime.date.max if last is None else last.value
