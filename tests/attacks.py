"""The kinds of attack that were found from outside, in our own words.

A test is of a kind by its mark, `@pytest.mark.attack("the kind")`; `test_kinds_found.py` counts what was collected.
"""

from __future__ import annotations

KINDS: dict[str, tuple[str, str]] = {
    # What was read is not what was named.
    "neighbours as law": (
        "a file beside a policy bore the name of an edition of the law, and 64 errors became none",
        "the law that comes with the program binds, and the neighbour is told",
    ),
    "names as patterns": (
        "DuckDB took `roster[1].csv` for a pattern and `~` for a home, and another file was rated",
        "the named file, in every way of rating",
    ),
    "folders as columns": (
        "a folder called `Results level=5` put its own level in the place of the column's",
        "the data of the file",
    ),
    "two texts of one name": (
        "of two bases of one name in a folder the first by alphabet was taken, without a word",
        "an error that names both files",
    ),
    "names of addresses": (
        "a name of thousands of letters, or of a circle of links, in an address of the workbench was told as a fault",
        "told as a name that no file here has",
    ),
    "bodies of requests": (
        "an upload that was broken off, or did not say how long it is, was told as a fault of the program",
        "told as too large to who is still there, and to nobody else",
    ),
    "documents that stand for more": (
        "a cell of a Word document over two thousand million columns, or a chain of styles, took minutes",
        "refused in a sentence, before any memory is taken",
    ),
    "letterheads": (
        "a field of a header that starts or fetches something, divided over pieces, was copied into every letter",
        "refused; fields that say something of the document are taken over",
    ),
    "messages of an editor": (
        "a message that no editor sends was answered with a traceback, and a pipe that was not open was read for ever",
        "told in a line and passed over; what is not open is not read",
    ),
    "replaced while read": (
        "a roster that was opened two or three times was another one at the second time",
        "opened once; what was changed meanwhile is an error",
    ),
    "not regular files": (
        "`/dev/zero` and pipes were read without an end",
        "regular files, and pipes up to a limit",
    ),
    "pipes that are named": (
        "a pipe in the place of a Word file, a key or a policy that the workbench saves was waited for, for ever",
        "refused: regular files alone are opened",
    ),
    "pipes beside a policy": (
        "a named pipe called like a policy in the same folder was waited for, for ever",
        "told, and never opened",
    ),
    # One reading of a row.
    "one id twice": (
        "SQL rated an id twice where the second row was written otherwise",
        "refused alike by every engine",
    ),
    "broken rows": (
        "a quotation mark out of place stopped every row below it",
        "that row is refused and the others are rated",
    ),
    "columns twice": (
        "of a column that stood twice in a Parquet file the first was taken",
        "refused as in CSV",
    ),
    "two readings of one cell": (
        "of a Parquet file the level 0.3 was rated as 3, and a level that stood there was read as none",
        "refused where two libraries do not find the same in each cell",
    ),
    "numbers that stand near": (
        "90.99999999999999 of a Parquet file was rated, and 91 was meant",
        "refused as in a workbook",
    ),
    "cells twice": (
        "a workbook whose XML had a cell, a row or a part twice was rated by the last, and an executive was lost",
        "refused: which is meant cannot be told",
    ),
    "registers of strangers": (
        "a view in the place of a table went on for ever, a pipe was waited for, and a strange trigger was carried out",
        "tables alone are read, regular files alone are opened, and nothing is entered past a strange trigger",
    ),
    # Sizes.
    "values that grow": (
        "a value squared thirty times was reckoned for ever",
        "a bound on the digits of a value, and a finding",
    ),
    "memory before the refusal": (
        "`compare`, `count` and `prove` took five gigabytes and refused then",
        "answered or refused before memory is taken",
    ),
    "empty cells": (
        "a workbook of 5 kB with one cell in the farthest corner took minutes and a gigabyte",
        "only cells that hold something cost anything",
    ),
    "endless tags": (
        "a workbook with a tag of millions of attributes took minutes and over a gigabyte",
        "refused before the reader of XML holds the tag",
    ),
    "lists in cells": (
        "a column of lists took over a gigabyte before it was refused, and one of lists in lists had no end",
        "refused by the schema, before a row is read",
    ),
    "keys of JSON": (
        "time that grew with the square of the number of keys",
        "time that grows with the length of the file",
    ),
    "keys of many parts": (
        "a dotted key of a megabyte in a file of answers, alone or in a bag, was reckoned for hours",
        "refused before the library of the format sees it",
    ),
    "values in values": (
        "JSON nested thousands of times in a register was told as a fault of the program",
        "told as a value that nobody entered, or as a text that is not read",
    ),
    "many lines": (
        "time that grew with the square of the number of score lines: a minute for five thousand",
        "seconds",
    ),
    "20 megabytes of one sign": (
        "parentheses alone took 101 seconds and 2.2 gigabytes",
        "a finding, within the bounds of the command",
    ),
    # What goes out.
    "statements in SQL": (
        "a word of a table closed its string in Spark, and DROP TABLE was a statement of its own",
        "escaped by dialect, and read back as one query",
    ),
    "pages that are none": (
        "where a page was asked for, the text of a broken policy came out with its script",
        "HTML, or nothing on standard output",
    ),
    "faults of libraries": (
        "a damaged or nested file was told as a fault of the program itself",
        "a sentence, and the rest is rated where it can be",
    ),
    "outputs that are no files": (
        "a device, a pipe or a link became a plain file",
        "written through, or refused",
    ),
    "inputs as outputs": ("`--output` wrote over the roster or the policy that it had read", "refused"),
    "links among kept files": (
        "what is kept between runs was written through another user's link",
        "no link is followed, and what others own is neither read nor written",
    ),
    "kept files with a part missing": (
        "a kept text of the law that lacked a part lost requirements in silence",
        "known by its checksum and made anew",
    ),
    "stopped by a signal": (
        "SIGTERM left a copy of the roster and a half of the result, for anyone to read",
        "nothing is left, and the old result stays",
    ),
    "full disks": ("told as a fault of the program", "a sentence, and the old file stays"),
    "closed outputs": ("told as a fault of the program", "a sentence, or silence where a reader had enough"),
    "cells that a spreadsheet changes": (
        "`x;=1`, `0001`, `1e5` and `1-2` became something else in a spreadsheet",
        "guarded where it would be run, told where it would be changed",
    ),
    "signs for a terminal": (
        "ESC and the signs of C1 came through `cohort` and `sql`",
        "no such sign is raw on a terminal or in JSON",
    ),
    "lines in names": (
        "the second line of a file's name stood in the answer as if the program had said it",
        "a name with a line end is refused where it is typed, and shown in one line where it was found",
    ),
    "invisible signs in names": ("two names differed by a sign that nobody sees", "told, or read as one name"),
    "look-alike letters in names": ("two names differed by a letter of another script", "told"),
    "hostile zips": (
        "workbooks, Word files and bags were bounded each in its own way, and none by the way in which they are packed",
        "one reader below all of them, which bounds files, bytes, names, links and ways of packing",
    ),
    "hostile bags": (
        "a bag that someone sends can be a bomb, lead out of its folder, or hold what nobody packed or signed",
        "refused in a sentence before it is unpacked, or told by running everything in it again",
    ),
}
"""By the name of a kind: what was seen, and what is right."""
