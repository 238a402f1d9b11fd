"""`sespms read COPY.docx --against POLICY`: a marked-up copy of a description becomes an amendment and comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from sespms_rules.cli.compare_subjects import CompareRequest, subjects
from sespms_rules.cli.known_system import known_of
from sespms_rules.cli.policies import compile_policies
from sespms_rules.cli.printing import findings_as_data, has_errors, print_findings, print_json
from sespms_rules.cli.reading_options import Reading
from sespms_rules.cli.text_options import used
from sespms_rules.documents import (
    AnchoredComment,
    Described,
    MarkedChange,
    MarkedCopy,
    amendment_of,
    description,
    marked_copy,
    marked_text,
    name_of_amendment,
    refuse_another_text,
    word_file,
)
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.files_written import written_whole
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import System
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.reports.findings import file_name, printable
from sespms_rules.studies.comparison import Comparison, NotComparableError, as_data, as_text, compare

_NO_FILE = "amendment.sespms"
"""What the amendment is called in what is found in it while no file is named for it."""


class _Read(Frozen):
    """What a copy became: its amendment, none where nothing is taken, what is found in it, and what it does."""

    copy: MarkedCopy
    amendment: str = field(default="")
    findings: tuple[Diagnostic, ...] = field(default=())
    does: Comparison | None = field(default=None)
    why: str = field(default="")

    @property
    def is_whole(self) -> bool:
        """Whether all of it was taken, and is sound."""
        return not any(each.is_lost for each in self.copy.changes) and not has_errors(self.findings)


def read_marked(document: str, policy: str, system: str | None, law: LawTexts, output: str | None, form: str) -> int:
    """Read the copy, write the amendment where a file is named, say all of it; return the exit code."""
    reading = Reading(law)
    compiled = compile_policies([policy], law)
    text = used(compiled.compilations[0], system, reading)
    if has_errors(compiled.diagnostics) or text.system is None or text.program is None:
        print_findings((*compiled.diagnostics, *text.findings))
        return 1
    known = known_of(compiled, text, reading, None)
    read = _read(document, known, text.system, policy)
    if read.amendment:
        if output is not None:
            with written_whole(output) as file:
                file.write(read.amendment)
        read = _tried(read, policy, document, output)
    if form == "json":
        _print_json(read)
    else:
        click.echo(printable("\n".join(_lines(read, output))))
    return int(not read.is_whole)


def _read(document: str, known: Described, system: System, policy: str) -> _Read:
    marked = marked_text(document, word_file(document))
    refuse_another_text(document, policy, marked, known.provenance)
    copy = marked_copy(marked, description(known), system)
    return _Read(copy, amendment_of(copy.taken, system, file_name(document)) if copy.taken else "")


def _tried(read: _Read, policy: str, copy: str, output: str | None) -> _Read:
    """The same with what is found in the amended text, and what the amendment does."""
    if output is not None:
        asked = CompareRequest((policy,), (output,), (), ())
    else:
        text = Source(_NO_FILE, read.amendment)
        asked = CompareRequest((policy,), (name_of_amendment(file_name(copy)),), (), (), (text,))
    named = subjects(asked)
    if not named.pairs:
        return replace(read, findings=named.diagnostics, why="the amendment has errors")
    (pair,) = named.pairs
    try:
        return replace(read, findings=named.diagnostics, does=compare(*pair))
    except NotComparableError as fault:
        return replace(read, findings=named.diagnostics, why=fault.message)


# ---- what is told --------------------------------------------------------------------------------


def _lines(read: _Read, output: str | None) -> Iterator[str]:
    left = [each for each in read.copy.changes if each.is_lost]
    many = len(read.copy.changes)
    comments = len(read.copy.comments)
    yield f"changes: {many}, taken {many - len(left)}, not taken {len(left)}; comments: {comments}"
    for each in read.copy.changes:
        yield ""
        yield from _change(each)
    for comment in read.copy.comments:
        yield ""
        yield from _comment(comment)
    yield ""
    if not read.amendment:
        yield "Nothing in the copy changes the policy, so there is no amendment."
        return
    if output is None:
        yield read.amendment
        yield "Give --output AMENDMENT.sespms to write the amendment."
    else:
        yield f"The amendment was written to {output}."
    yield ""
    yield from _behavior(read)


def _change(each: MarkedChange) -> Iterator[str]:
    who = f" by {' and '.join(each.by)}" if each.by else ", not tracked"
    yield f"{each.status}, {each.place}{who}:"
    yield f"  was: {each.was or 'nothing'}"
    yield f"  now: {each.would_be or 'nothing'}"
    if each.why:
        yield f"  {each.why}"
    if each.beside:
        yield f"  {each.beside}"


def _comment(each: AnchoredComment) -> Iterator[str]:
    told = each.comment
    yield f"comment, {told.place}, by {told.by}{f' on {told.day}' if told.day else ''}: {told.text}"
    yield f"  on: {told.words or 'no words'}"
    if each.words:
        yield f"  words of the policy: {each.words}"
    else:
        yield "  on no sentence of the policy, so it is no comment that a review can enter"


def _behavior(read: _Read) -> Iterator[str]:
    from sespms_rules.reports.findings import as_text as findings_as_text

    if has_errors(read.findings):
        yield findings_as_text(read.findings)
        yield ""
    yield as_text(read.does) if read.does is not None else f"What it does was not told: {read.why}."


def _print_json(read: _Read) -> None:
    print_json(
        "sespms-read-marked/1",
        amendment=read.amendment or None,
        changes=[_change_as_data(each) for each in read.copy.changes],
        comments=[_comment_as_data(each) for each in read.copy.comments],
        findings=findings_as_data(read.findings),
        comparison=as_data(read.does) if read.does is not None else None,
        why_not_compared=read.why or None,
    )


def _change_as_data(each: MarkedChange) -> dict[str, Any]:
    return {
        "place": each.place,
        "was": each.was or None,
        "now": each.would_be or None,
        "by": list(each.by),
        "tracked": each.tracked,
        "status": each.status,
        "part": each.part.kind.value if each.part is not None else None,
        "name": each.part.name if each.part is not None else None,
        "strikes": " ".join(each.stated.origin.span.words.split()) if each.stated is not None else None,
        "inserts": list(each.instead),
        "why": each.why or None,
        "still": list(each.still),
        "note": each.note or None,
    }


def _comment_as_data(each: AnchoredComment) -> dict[str, Any]:
    told = each.comment
    return {
        "place": told.place,
        "by": told.by,
        "day": told.day or None,
        "text": told.text,
        "on": told.words or None,
        "words": each.words or None,
    }
