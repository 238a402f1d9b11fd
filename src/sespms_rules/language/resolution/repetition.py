"""What is said twice: two sentences of one part that may not stand together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label
from sespms_rules.foundation.line_edits import line_out, line_out_of_several
from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.language.model import Part, Requirement, Scenario, Stated
from sespms_rules.language.resolution.families import clash, family
from sespms_rules.language.resolution.findings import SAID_TWICE
from sespms_rules.language.resolution.nearest import said


def said_twice(parts: Iterable[Part | Requirement | Scenario], own: str) -> Iterator[Diagnostic]:
    """Sentences of one part that may not stand together, told at the one that the text `own` says."""
    for part in parts:
        yield from twice_in(part.sentences, own)


def twice_in(sentences: Iterable[Stated], own: str) -> Iterator[Diagnostic]:
    """Sentences of one list that may not stand together."""
    for earlier, later in _clashing(tuple(sentences)):
        if earlier.of == own != later.of:
            yield _twice(later, earlier, own)
        else:
            yield _twice(earlier, later, own)


@cache_by_identity(4_096)
def _clashing(sentences: tuple[Stated, ...]) -> tuple[tuple[Stated, Stated], ...]:
    """Each sentence that may not stand beside an earlier one, with that one."""
    seen: dict[Hashable, list[Stated]] = {}
    found = []
    for each in sentences:
        key = family(each.sentence)
        group = seen.setdefault(each.sentence if key is None else key, [])
        earlier = next((other for other in group if clash(other.sentence, each.sentence)), None)
        if earlier is None:
            group.append(each)
        else:
            found.append((earlier, each))
    return tuple(found)


def _twice(first: Stated, second: Stated, own: str) -> Diagnostic:
    if first.sentence == second.sentence:
        message, cure = f"`{said(second)}` is said twice", "leave one of the two out"
    else:
        message = f"`{said(first)}` and `{said(second)}` speak of the same thing; neither wins over the other"
        cure = "leave one of the two out"
    if first.of != own == second.of:
        cure = "leave it out, it holds already" if first.sentence == second.sentence else _strike_first(first)
    return SAID_TWICE.at(
        second.origin.span,
        message,
        help=cure,
        labels=(Label(first.origin.span, "said here first"),),
        fixes=tuple(_one_kept(first, second)) if first.of == second.of else (),
    )


def _one_kept(first: Stated, second: Stated) -> Iterator[Fix]:
    """Keep one of two lines of a text; which, the author chooses where they do not say the same."""
    one, two = first.origin.span, second.origin.span
    if first.sentence == second.sentence:
        yield line_out("take the second line out", two)
    elif one.source is two.source:
        yield line_out_of_several(f"keep `{said(first)}` alone", two)
        yield line_out_of_several(f"keep `{said(second)}` alone", one)


def _strike_first(first: Stated) -> str:
    return f"take out what `{first.of}` says first: `strike {said(first)}` in the same part"
