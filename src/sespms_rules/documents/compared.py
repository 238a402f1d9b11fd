"""Two systems compared by behavior -> a report: the verdict, who moves, one appraisal of each kind, what causes it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from sespms_rules.documents.letters import plain
from sespms_rules.documents.model import Bullets, Document, Heading, Paragraph, Part, Table
from sespms_rules.documents.plain_lines import parts_of_lines
from sespms_rules.documents.resting import rests_on
from sespms_rules.documents.spoken import capital, in_quotes
from sespms_rules.language.model import Stated
from sespms_rules.law.provenance import Provenance
from sespms_rules.reports.findings import file_name
from sespms_rules.studies.comparison import (
    NOBODY,
    Cause,
    Change,
    Comparison,
    CountedApart,
    Judgement,
    Subject,
    ends_table,
    how_known,
    idle_title,
    moves_table,
    plans_lines,
    ratings_lines,
    reported_lines,
    subject_said,
    text_of_apart,
    verdict,
    who,
    without,
    witness_lines,
)

_EMPTY = "none"


def comparison_report(
    found: Sequence[Comparison | CountedApart],
    provenance: Provenance,
    day: datetime.date | None = None,
    errors: Sequence[str] = (),
) -> Document:
    """The report on one pair of systems or several; `errors` are those under which it was compared all the same."""
    parts: list[Part] = []
    if errors:
        parts.append(Paragraph("What is compared has errors and would not be run. They are:", marked=True))
        parts.append(Bullets(tuple(capital(plain(each)) for each in errors)))
    for each in found:
        parts += _compared(each) if isinstance(each, Comparison) else _apart(each)
    parts += rests_on(provenance, "report")
    return Document("Comparison of two systems by what they do", "", tuple(parts), day)


def _subjects(old: Subject, new: Subject) -> Table:
    rows = tuple((name, _without_folder(subject_said(one), one.path)) for name, one in (("Old", old), ("New", new)))
    return Table("What is compared", ("Which", "System"), rows)


def _without_folder(said: str, name: str) -> str:
    """What is said of a file, without where it lies on someone's machine."""
    return plain(said.replace(name, file_name(name), 1)) if name else plain(said)


def _compared(found: Comparison) -> Iterator[Part]:
    yield Heading(1, "The verdict")
    yield _subjects(found.old, found.new)
    if found.mapping:
        yield Bullets(tuple(f"“{there}” stands for “{here}”" for here, there in found.mapping))
    yield Paragraph(f"{capital(plain(verdict(found)))}.")
    if found.not_counted not in found.why or not found.why:
        yield Paragraph(f"{capital(plain(how_known(found)))}.")
    yield from parts_of_lines([*plans_lines(found.plans), *ratings_lines(found.ratings)])
    if found.counted is not None and found.counted.moves.any:
        headings, *rows = moves_table(found.counted)
        counts = tuple(tuple("0" if cell == NOBODY else cell for cell in row) for row in rows)
        yield Table("How many appraisals end where", ("From, then to", *headings[1:]), counts)
        if found.counted.rescored:
            yield Paragraph(f"{found.counted.rescored:,} keep their level on another score.")
    if found.witnesses or any(each.differs is not False for each in found.reported):
        yield Heading(1, "Appraisals that show it")
        yield from parts_of_lines(_shown(found))
    yield from _causes(found)


def _shown(found: Comparison) -> Iterator[str]:
    for each in found.witnesses:
        yield ""
        yield from witness_lines(each)
    yield from reported_lines(found.reported)


def _causes(found: Comparison) -> Iterator[Part]:
    told = found.attributed
    if told.causes:
        yield Heading(1, "What causes it")
    for each in told.causes:
        yield from _cause(found, each)
    if found.terms:
        yield Heading(1, "Levels that are called differently")
        yield Table("Terms of levels", ("Level", "Old", "New"), tuple((str(one), *more) for one, *more in found.terms))
    others = (
        ("What these changes do was not told apart", told.untold),
        (capital(idle_title(found)), told.idle),
        ("Changed in text alone: nobody's rating rests on it", told.text_only),
        ("The same words on another authority", told.cited),
    )
    for title, changes in others:
        if changes:
            yield Heading(1, title)
            yield _sentences(found, changes)
    if found.judgement is Judgement.SAME and not (told.causes or found.terms or any(changes for _, changes in others)):
        yield Paragraph("No sentence differs either.")
    if told.untold:
        yield Paragraph(f"{capital(plain(told.why))}.")


def _cause(found: Comparison, cause: Cause) -> Iterator[Part]:
    yield Paragraph(f"{capital(plain(who(cause)))}.")
    yield _sentences(found, cause.changes)
    if cause.without is not None:
        yield Paragraph(f"{capital(plain(without(cause, cause.without)))}.")


def _sentences(found: Comparison, changes: Sequence[Change]) -> Table:
    """The changes with their sentences in full; of those that only one text has each stands in a row of its own."""
    rows: list[tuple[str, str, str]] = []
    for each in changes:
        cited = len({one.origin.authority for one in (*each.before, *each.after)}) > 1
        old = [_said(found.old, one, cited=cited) for one in each.before]
        new = [_said(found.new, one, cited=cited) for one in each.after]
        if old and new:
            rows.append((each.part, "; ".join(old), "; ".join(new)))
        else:
            rows += [(each.part, one, _EMPTY) for one in old] + [(each.part, _EMPTY, one) for one in new]
    return Table("The sentences", ("Part", "Old", "New"), tuple(rows))


def _said(subject: Subject, stated: Stated, *, cited: bool) -> str:
    """The words of a sentence with the authority it cites where that may differ, and the line where it stands."""
    span = stated.origin.span
    authority = stated.origin.authority if cited else None
    words = in_quotes(span.words) + (f" under “{authority}”" if authority else "")
    return f"{words} ({_place(subject, stated)})"


def _place(subject: Subject, stated: Stated) -> str:
    span = stated.origin.span
    if not span.source.name:
        return "read from the command line"
    line = (
        f"line {span.line}"
        if subject.paths == (span.source.name,)
        else f"{file_name(span.source.name)}, line {span.line}"
    )
    return line if span.source.name in subject.paths else f"{line}, of “{stated.of}”"


def _apart(found: CountedApart) -> Iterator[Part]:
    yield Heading(1, "Each system by itself")
    yield _subjects(found.old.subject, found.new.subject)
    headings, *rows = ends_table(found) or [[]]
    aligned = text_of_apart(found).splitlines()[3:]
    yield from parts_of_lines(aligned[: len(aligned) - len(rows) - 2] if rows else aligned)
    if rows:
        table = tuple(tuple(each) for each in rows)
        yield Table("How many appraisals end where", ("End", *headings[1:]), table)
