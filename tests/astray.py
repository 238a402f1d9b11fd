"""The kinds of fault that led an author or policy staff astray: descriptions, natural sentences and what-if studies.

A test is of a kind by its mark, `@pytest.mark.case("the kind")`; `test_kinds_found.py` counts what was collected.
"""

from __future__ import annotations

KINDS: dict[str, tuple[str, str]] = {
    # What a description says and does not mean.
    "sentences that analysts type": (
        "a sentence as people say it was refused with a bare list of words, or led to another that was refused too",
        "read where the meaning is plain, else one help leads there in one step",
    ),
}
"""By the name of a kind: what was seen, and what is right."""
