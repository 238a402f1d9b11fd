"""Amendments as people name them: a file that holds some, one by its name, several together as `A+B`."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.parsing import parse, read_source
from sespms_rules.language.resolution import FolderLibrary, amended, find_amendment, led_on, resolve
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.pipeline import Compilation
from sespms_rules.reports.findings import file_name

Amendments = tuple[Amendment, ...]
Found = tuple[Amendments, tuple[Diagnostic, ...]]
Libraries = dict[tuple[Path, ...], FolderLibrary]
"""What stands beside amendments, by the folders it is looked for in: each folder is read once for all of them."""


class AmendmentSet(Frozen):
    """Amendments that are carried out together, in order, under a name that no other set of the same run has."""

    name: str
    amendments: Amendments


def sets_named(
    names: Sequence[str], compilation: Compilation, system: System, *, amended_before: bool = False
) -> tuple[tuple[AmendmentSet, ...], tuple[Diagnostic, ...]]:
    """The sets of amendments of a system that names stand for, side by side, and what is wrong with their text.

    `A+B` is one set, of both together; a file is a set for each of its amendments. Sets of one name are told apart by
    their files. What comes behind another amendment (all of them with `amended_before`) may build on it, so that
    whether it can be carried out on the system alone says nothing: who carries it out finds what is wrong.
    Raises RequestError for a name that is nowhere, a file that amends other texts only and what is named twice, and
    UnreadableFileError for a file that is no text.
    """
    made: list[Amendments] = []
    findings: list[Diagnostic] = []
    libraries: Libraries = {}
    for name in names:
        parts = _parts(name, compilation)
        found = [_named(part, compilation, system, libraries) for part in parts]
        for place, (amendments, told) in enumerate(found):
            alone = _alone(system, amendments) if place or amended_before else frozenset()
            findings += (each for each in told if each not in findings and told_at(each) not in alone)
            if not alone and not any(each.severity is Severity.ERROR for each in told):
                known = {told_at(each) for each in findings}
                findings += (
                    each for each in _of_another_day(system, amendments, compilation) if told_at(each) not in known
                )
        together = tuple(each for amendments, _ in found for each in amendments)
        if all(amendments for amendments, _ in found):  # of what cannot be read nothing is carried out by halves
            made += [together] if len(parts) > 1 else [(each,) for each in together]
    _refuse_repeats(made)
    sets = zip(_titles(made), made, strict=True)
    return tuple(AmendmentSet(name, amendments) for name, amendments in sets), tuple(findings)


def one_set(names: Sequence[str], compilation: Compilation, system: System, *, amended_before: bool = False) -> Found:
    """The amendments of the one text that names stand for. Raises RequestError where these are several texts."""
    if not names:
        return (), ()
    sets, findings = sets_named(names, compilation, system, amended_before=amended_before)
    if len(sets) > 1:
        together = "+".join(names if len(names) > 1 else [each.name for each in sets])
        holds = "" if len(names) > 1 else f"`{names[0]}` holds {len(sets)} amendments, and "
        raise RequestError(
            f'{holds}one text is used at a time; `--with "{together}"` applies all of them together, and'
            " `sespms impact` sets them side by side"
        )
    return (sets[0].amendments if sets else ()), findings


def told_at(each: Diagnostic) -> tuple[str, str, int, int, str]:
    """What makes a finding one and the same though it was found twice: code, place and words, and not its help."""
    return each.code, each.path, each.span.start, each.span.end, each.message


def as_told(found: Iterable[Diagnostic], told: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings, each in the form in which it was told already, where it was."""
    known = {told_at(each): each for each in told}
    return tuple(known.get(told_at(each), each) for each in found)


def _alone(system: System, amendments: Amendments) -> frozenset[tuple[str, str, int, int, str]]:
    """What is wrong with amendments that are each carried out on the system as it is written."""
    return frozenset(told_at(found) for each in amendments for found in amended(system, each)[1])


def _of_another_day(system: System, amendments: Amendments, compilation: Compilation) -> Iterator[Diagnostic]:
    """What is wrong with amendments of which nothing is wrong behind those in force before them, where they stand."""
    for each in amendments:
        for found in amended(system, each)[1]:
            yield led_on(found, each, compilation.policy.amendments)


def _parts(name: str, compilation: Compilation) -> list[str]:
    """The parts of `A+B`, unless that is how a file or one amendment is called."""
    if "+" not in name:
        return [name]
    known = [*compilation.library.names(PartKind.AMENDMENT), *(each.name for each in compilation.policy.amendments)]
    if name in known or Path(name).is_file():
        return [name]
    parts = [part.strip() for part in name.split("+")]
    if "" in parts and len(parts) > 1:
        raise RequestError(f"`{name}` names nothing before or after a `+`; write `A+B` for two amendments together")
    return parts


def _refuse_repeats(made: Sequence[Amendments]) -> None:
    """Refuse one amendment twice in a set, and one set twice."""
    for each in made:
        places = Counter(map(_place, each))
        if twice := next((one.name for one in each if places[_place(one)] > 1), None):
            raise RequestError(f"the amendment `{twice}` is named twice; it can be carried out once")
    sets = Counter(tuple(map(_place, each)) for each in made)
    if twice := next(("+".join(one.name for one in each) for each in made if sets[tuple(map(_place, each))] > 1), None):
        raise RequestError(f"`{twice}` is named twice; name once what is to be set beside the others")


def _place(amendment: Amendment) -> tuple[str, int]:
    """Where an amendment stands: that, and not its name, makes it one and the same."""
    span = amendment.origin.span
    return span.source.name, span.start


def _titles(made: Sequence[Amendments]) -> Iterator[str]:
    """A name for each set that no other has: as the amendments are called, with their files where that is not enough.

    A file is named without its folders where that tells it apart.
    """
    every = {_place(each): each for amendments in made for each in amendments}.values()
    plain = Counter(each.name for each in every)
    short = Counter((each.name, file_name(each.origin.span.source.name)) for each in every)

    def told(each: Amendment) -> str:
        path = each.origin.span.source.name
        if plain[each.name] == 1:
            return each.name
        return f"{each.name} ({file_name(path) if short[each.name, file_name(path)] == 1 else path})"

    return (" + ".join(map(told, amendments)) for amendments in made)


def _named(name: str, compilation: Compilation, system: System, libraries: Libraries) -> Found:
    is_file = name.endswith(".sespms") or Path(name).is_file()
    return _in_file(name, compilation, system, libraries) if is_file else _by_name(name, compilation, system)


def _in_file(name: str, compilation: Compilation, system: System, libraries: Libraries) -> Found:
    source, notes = read_source(Path(name), name)
    document, syntax = parse(source)
    if any(each.severity is Severity.ERROR for each in syntax):
        return (), (*notes, *syntax)
    folders = tuple(dict.fromkeys((Path(name).parent, Path(compilation.source.name).parent)))
    if folders not in libraries:
        libraries[folders] = FolderLibrary([compilation.document], folders)
    policy, meaning = resolve(document, libraries[folders])
    mine = tuple(each for each in policy.amendments if each.amends == system.name)
    if not mine:
        others = ", ".join(f"`{each.amends}`" for each in policy.amendments)
        holds = f"it amends {others}" if others else "it holds no amendment"
        raise RequestError(f"`{name}` does not amend `{system.name}`; {holds}")
    return mine, (*notes, *syntax, *meaning)


def _by_name(name: str, compilation: Compilation, system: System) -> Found:
    name = unicodedata.normalize("NFC", name)  # as names are read; those of files stay as they are
    amendment, found = find_amendment(name, compilation.document, compilation.library)
    if amendment is None:
        known = [*compilation.library.names(PartKind.AMENDMENT), *(each.name for each in compilation.policy.amendments)]
        names = ", ".join(f"`{each}`" for each in dict.fromkeys(known))
        listed = f"give the file that holds it, or one of: {names}" if names else "give the file that holds it"
        raise RequestError(f"there is no amendment `{name}`; {did_you_mean(nearest_name(name, known), listed)}")
    if amendment.amends != system.name:
        raise RequestError(f"the amendment `{name}` amends `{amendment.amends}`, not `{system.name}`")
    return (amendment,), found
