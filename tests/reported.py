"""The kinds of fault that users of gradebooks, HR tools and rules engines report in public, tried on this program.

A test is of a kind by its mark, `@pytest.mark.case("the kind")`; `test_kinds_found.py` counts what was collected.
"""

from __future__ import annotations

KINDS: dict[str, tuple[str, str]] = {
    # Policies: what gives somebody no level, or another one than is meant.
    "gaps that the partly rated meet": (
        "`check` found nothing, and an executive of whom one element was left out got no level: 84 of 1,296 appraisals",
        "a finding with such an appraisal, of a score, of patterns, of a table and inside an element",
    ),
    "left out of a sum": (
        "who was rated the best in all that was rated got level 4, or 2, because a sum takes what is left out for zero",
        "a finding, and the line that takes the sum over what was rated",
    ),
    "bands out of reach": (
        "`score 501 to 700 is level 5`, where the largest score is 500: `count` and `prove` knew, `check` said nothing",
        "a finding that says where scores end",
    ),
    "not rated, and rated": (
        "who had one rating, a 1, was Unsatisfactory, though a line says that nobody is rated on one; no finding",
        "a finding at that line with such an appraisal, and how to say which of the two is read first",
    ),
    "shares of more than the whole": (
        "shares of 115% made level 5 of nothing but 4s, and only a cut was remarked on",
        "a finding with the total, wherever the parts of it stand",
    ),
    "what nothing reads": (
        "an element, an additional rating or a table that no formula reads, without a word",
        "a finding that says what else reads it",
    ),
    "rounded twice": (
        "4.45 was rounded to 4.5, and that to 5: over a million appraisals stood one level higher",
        "a finding with one of them",
    ),
    # Policies: what was said of them.
    "names between three quotes": (
        "a citation between three quotes was told to belong under `summary rating`, where it stood",
        "that one quote stands on each side, and the sentence so written",
    ),
    "limits as people say them": (
        "`score 4.5 or more` was told that conditions are not joined by `or`",
        "read as `at least`, or led to the sentence that says it",
    ),
    "totals that averages do not need": (
        "of an average by weight it was said that without a total the same ratings can give any score",
        "said of sums alone",
    ),
    "signs that XML has not": (
        "a name with U+FFFE made a JUnit file that no parser reads",
        "another sign in its place",
    ),
    "amendments in force": (
        "an executive was rated by the text before an amendment whose day had come, and nothing said so",
        "told by each command, and a day or the amendment can be named",
    ),
    # Rosters: who is rated, and as whom.
    "rows that nobody rated": (
        "the footer of a sheet was rated level 3, as was an executive without any rating",
        "refused, and the rule that would fill them in is told",
    ),
    "ids that a spreadsheet changed": (
        "a cell that showed 00012 was the id 12; ids of 16 digits, days and TRUE were ids of somebody",
        "the id that is shown, or a refusal",
    ),
    "one letter in two ways": (
        "an accent set beside its letter made another name of it, and the help offered what looked the same",
        "one name",
    ),
    "units spelled in several ways": (
        "`Ports`, `PORTS` and `ports` were three units, each held to a limit by itself",
        "one unit, and a note",
    ),
    "numbers sorted as words": ("Region 10 stood before Region 2, and 10 before 9", "in the order of the numbers"),
    # Rosters: what is told of them.
    "headings over two lines": (
        "a heading with a line break made the message speak of row 3; it stood in row 1",
        "the row in which it stands",
    ),
    "notes beside a table": (
        "a note in a column without a heading cost its row the rating, and the help spoke of commas",
        "a warning that names column and rows",
    ),
    "titles above the headings": (
        "a title made four errors, none of which said where the headings stand",
        "found where they stand, and told",
    ),
    "columns of another kind": (
        "a column `Prior rating` stopped the whole roster",
        "a warning where all columns that are needed are there",
    ),
    "counts of what is too large": (
        "15 rows were said to hold numbers too large for an engine, and one did",
        "the number of those that do",
    ),
    # What is taken and left.
    "results over what was read": (
        "`--output` with the name of the roster, the policy, the key or an amendment wrote over it",
        "refused",
    ),
    "one cell far below": (
        "an empty bold cell in the last row of a sheet took a gigabyte and more than a minute",
        "only cells that hold something are read",
    ),
    "queries that no planner ends": (
        "PostgreSQL put the steps of the text into one another until its memory was full",
        "steps that are kept apart",
    ),
    "queries for other plans": (
        "an element that the rows call noncritical was critical in the query; one over too few columns refused all",
        "the sort that the rows say, and a refusal where one query cannot rate the plans of a table",
    ),
    "libraries that speak beside": (
        "fifty lines of a library on standard error with each run that used DuckDB",
        "nothing but what the program says",
    ),
}
"""By the name of a kind: what was seen, and what is right."""
