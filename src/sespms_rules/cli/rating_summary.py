"""The result of `sespms rate` in figures, for a roster too long to be read row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from sespms_rules.cli.printing import notes_said
from sespms_rules.cli.rating_reports import Report, nobody_said, reasons_of, rests_on
from sespms_rules.reports.findings import as_text, printable
from sespms_rules.reports.ratings import NO_EXECUTIVE, WITHHELD, RatedRow

_HEADINGS = ("outcome", "level", "term", "rows")
_OUTCOMES = ("rated", "not rated", "refused", WITHHELD)


class Summary:
    """Why rows were refused, each as it is met, and then how many rows came to what; nothing is kept of a row."""

    def __init__(self, file: TextIO, report: Report) -> None:
        self._file = file
        self._report = report

    def write(self, rows: Iterator[RatedRow]) -> None:
        """Write everything, taking the rows one by one."""
        if self._report.findings:
            self._file.write(as_text(self._report.findings) + "\n\n")
        counts: Counter[tuple[str, int]] = Counter()
        asked: Counter[tuple[str | None, str]] = Counter()
        for row in rows:
            level = row.rating.level or 0 if row.rating is not None else 0
            counts[row.counted_as, level] += 1
            asked.update((each.about, each.text) for each in (row.rating.asked if row.rating is not None else ()))
            for reason in reasons_of(row, self._report.roster):
                self._file.write(reason + "\n\n")
        nobody = counts.pop((NO_EXECUTIVE, 0), 0)
        lines = [_HEADINGS, *self._counted(counts)]
        widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS))]
        for *words, number in lines:
            padded = (word.ljust(wide) for word, wide in zip(words, widths, strict=False))
            self._file.write("  ".join((*padded, number.rjust(widths[-1]))) + "\n")
        self._file.write(f"\n{counts.total():,} {'row' if counts.total() == 1 else 'rows'}\n")
        if nobody:
            self._file.write(nobody_said(nobody) + "\n")
        for (about, text), times in asked.items():
            question = printable(f"{'' if about is None else f'{about}: '}{' '.join(text.split())}")
            self._file.write(f"\nquestion for the reviewer, about {times:,}: {question}\n")
        if asked:
            self._file.write("`--format csv` says about whom, and why\n")
        if self._report.notes:
            self._file.write(notes_said(self._report.notes) + "\n")
        if self._report.provenance is not None:
            self._file.write(rests_on(self._report.provenance) + "\n")

    def _counted(self, counts: Counter[tuple[str, int]]) -> Iterator[tuple[str, str, str, str]]:
        terms = dict(self._report.program.terms) if self._report.program else {}
        for outcome in _OUTCOMES:
            for (what, level), number in sorted(counts.items(), key=lambda each: -each[0][1]):
                if what == outcome:
                    yield outcome, str(level or "-"), terms.get(level, "-"), f"{number:,}"
