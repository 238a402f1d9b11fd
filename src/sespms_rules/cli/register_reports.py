"""What `sespms register` prints: entries, what they say, what is wrong, and how long records are kept."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any, TextIO

import click

from sespms_rules.cli.cycle_reports import finding_as_text
from sespms_rules.cli.printing import print_json
from sespms_rules.records.keeping import Added, Retention
from sespms_rules.register import Body, Entry, Verified

_SHOWN = ("number", "time", "by", "kind", "series", "subject", "about")


def print_added(added: Added, series: str) -> None:
    """What became of the rows of a year, and how far the register reaches now."""
    for each in added.findings:
        click.echo(finding_as_text(each) + "\n")
    if added.entered:
        changed = f", of which {added.changed} said something new of what stood there" if added.changed else ""
        there = f"; {added.there} stood there already" if added.there else ""
        rows = "1 row was" if added.entered == 1 else f"{added.entered} rows were"
        click.echo(f"{rows} entered into `{series}`{changed}{there}")
    elif added.there and not added.findings:
        click.echo(f"nothing was entered: all {added.there} rows stand in `{series}` already")
    else:
        click.echo("nothing was entered")
    click.echo(f"the register reaches entry {added.head.number}")


def write_entries(file: TextIO, entries: Iterable[Entry], form: str) -> None:
    """Entries one by one, without what they say."""
    if form == "json":
        # Written as it comes: a register may be longer than memory.
        lead = '{"schema": "sespms-register-list/1", "entries": ['
        for each in entries:
            told = json.dumps({name: getattr(each, name) for name in (*_SHOWN, "digest")}, ensure_ascii=True)
            file.write(f"{lead}\n  {told}")
            lead = ","
        file.write("\n]}\n" if lead == "," else f"{lead}]}}\n")
        return
    for each in entries:
        of = " ".join(part for part in (each.series, each.subject) if part)
        about = f" about entry {each.about}" if each.about else ""
        file.write(f"{each.number:>6}  {each.time}  {each.kind}{about}  {of or '-'}  by {each.by}\n")


def write_entry(file: TextIO, entry: Entry, body: Body | None) -> None:
    """One entry with what it says, a cell a line."""
    file.write(f"entry {entry.number}: {entry.kind}, entered at {entry.time} by {entry.by}\n")
    for label, text in (("series", entry.series), ("subject", entry.subject), ("about entry", entry.about or "")):
        if text:
            file.write(f"  {label}: {text}\n")
    lines = ("what it said was destroyed",) if body is None else _lines(body)
    file.writelines(f"  {line}\n" for line in lines)
    file.write(f"  digest: {entry.digest}\n")


def _lines(body: Body) -> Iterable[str]:
    for key, value in body.items():
        if isinstance(value, dict):
            yield f"{key}:"
            yield from (f"  {line}" for line in _lines(value))
        else:
            yield f"{key}: {value}"


def print_verified(name: str, result: Verified, form: str) -> None:
    """What is wrong with a register, or that nothing is."""
    if form == "json":
        print_json(
            "sespms-register-verify/1",
            register=result.register,
            reached=result.reached,
            digest=result.digest,
            opened=result.opened,
            times_back=result.times_back,
            faults=[_as_data(each) for each in result.faults],
        )
        return
    for each in result.faults:
        click.echo(f"{name}: {each.severity.value} {each.code} {each.name}\n  {each.message}\n  help: {each.help}\n")
    if result.faults:
        count = len(result.faults)
        click.echo(f"the register `{name}` is not whole: {count} {'fault' if count == 1 else 'faults'}")
        return
    opened = ", and every record in it that was not destroyed opens" if result.opened else ""
    click.echo(f"the register `{name}` is whole up to entry {result.reached}{opened}")
    if result.times_back:
        click.echo(f"{result.times_back} entries bear a time before that of the entry before: the clocks differ")


def _as_data(fault: Any) -> dict[str, Any]:
    return {
        "code": fault.code,
        "name": fault.name,
        "severity": fault.severity.value,
        "entry": fault.number or None,
        "message": fault.message,
        "help": fault.help,
    }


def print_retention(series: str, found: Iterable[Retention], day: datetime.date, form: str) -> None:
    """Until when the records of each executive are kept, those that may go first."""
    in_order = sorted(found, key=lambda each: (each.until or datetime.date.max, each.executive))
    if form == "json":
        told = [_retention_as_data(each, day) for each in in_order]
        print_json("sespms-register-retention/1", series=series, as_of=day.isoformat(), executives=told)
        return
    for each in in_order:
        until = "kept, and until when cannot be told" if each.until is None else f"kept until {each.until}"
        may = "; may be destroyed" if each.may_go(day) else ""
        click.echo(f"{each.executive}: {until}{may}\n  by: {each.why}{_cited(each)}")
    may_go = sum(each.may_go(day) for each in in_order)
    many = "1 executive" if len(in_order) == 1 else f"{len(in_order)} executives"
    click.echo(f"{many} in `{series}` as of {day}; the records of {may_go} may be destroyed")


def _cited(each: Retention) -> str:
    rule = each.rule
    if rule is None:
        return ""
    mark = "" if rule.confidence.value == "confirmed" else f", {rule.confidence.value}: {rule.remark}"
    return f" ({rule.citation or rule.text}{mark})"


def _retention_as_data(each: Retention, day: datetime.date) -> dict[str, Any]:
    rule = each.rule
    return {
        "executive": each.executive,
        "until": None if each.until is None else each.until.isoformat(),
        "may_be_destroyed": each.may_go(day),
        "why": each.why,
        "citation": None if rule is None else rule.citation or rule.text,
        "confidence": None if rule is None else rule.confidence.value,
    }
