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
}
"""By the name of a kind: what was seen, and what is right."""
