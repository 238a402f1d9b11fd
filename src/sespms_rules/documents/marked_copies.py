"""A marked-up copy of a description -> what each change would do to the policy, and the words each comment is on.

A change is taken where it is one of a sentence, understood whole, by one author, and not said otherwise elsewhere in
the copy. Everything else is told with its place and why it was not taken; no change is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from sespms_rules.documents.describing import PROOFS
from sespms_rules.documents.first_policies import sentences_of
from sespms_rules.documents.marked_changes import ALIKE, MarkedChange, authority_of, meant, recited
from sespms_rules.documents.marked_documents import MarkedText, WordComment
from sespms_rules.documents.marked_order import kept_in_order, without_moves
from sespms_rules.documents.marked_places import LaidBeside, laid_beside, places_of
from sespms_rules.documents.model import Document
from sespms_rules.documents.understanding import understood
from sespms_rules.documents.word_tables import ROW, said_of_table
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import Part, Stated, System
from sespms_rules.law.provenance import Provenance

DERIVED = "it is worked out from the policy and is no sentence of it; change the sentences that it comes from"
_MOST_CHANGES, _MOST_SENTENCES = 500, 20
"""How many places of a copy may be changed, and how many sentences may stand in one of them."""

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_AMENDED = "It is described as amended by "

_SAME = "it says the same as before in the language, so there is nothing to change"


class AnchoredComment(Frozen):
    """A comment with the words of the policy that it is on, empty where it is on no sentence."""

    comment: WordComment
    words: str


class MarkedCopy(Frozen):
    """All that a copy says: its changes in order, and its comments."""

    changes: tuple[MarkedChange, ...]
    comments: tuple[AnchoredComment, ...]

    @property
    def taken(self) -> tuple[MarkedChange, ...]:
        """The changes that go into the amendment."""
        return tuple(each for each in self.changes if not each.why)


def marked_copy(copy: MarkedText, document: Document, system: System) -> MarkedCopy:
    """Lay the copy beside the description of the system as it is, and say what it changes.

    Raises RequestError for one that changes so much that it is another text.
    """
    places = places_of(document, system)
    if len(copy.pieces) > 2 * len(places) + _MOST_CHANGES:
        raise RequestError(
            f"the copy has {len(copy.pieces):,} paragraphs and rows where the description has {len(places):,}; it is"
            " another text, which `sespms read` reads without `--against`"
        )
    beside = _without_proofs(laid_beside(copy.pieces, places))
    if sum(map(_differs, beside)) > _MOST_CHANGES:
        raise RequestError(
            f"the copy changes more than {_MOST_CHANGES:,} places; it is another text, which `sespms read` reads"
            " without `--against`"
        )
    numbered = ((number, change) for number, each in enumerate(beside) for change in _changes(each))
    changes = without_moves(tuple(kept_in_order(number, change, beside) for number, change in numbered))
    stated = {each.piece.place: each.place for each in beside if each.piece is not None and each.place is not None}
    comments = []
    for each in copy.comments:
        place = stated.get(each.place)
        of = place.stated if place is not None else None
        comments.append(AnchoredComment(each, "" if of is None else " ".join(of.origin.span.words.split())))
    left = list(_left_as_it_was(beside)) if changes else []
    settled = (replace(each, still=_still_said(each, left)) for each in _without_conflicts(changes))
    return MarkedCopy(tuple(settled), tuple(comments))


def _left_as_it_was(beside: tuple[LaidBeside, ...]) -> Iterator[tuple[str, str, list[Stated]]]:
    """Each place of the copy that nobody changed: where it is, its text, and the sentences of the policy in it."""
    for each in beside:
        if each.piece is None or each.place is None or _differs(each):
            continue
        says = [each.place.stated] if each.place.stated is not None else []
        if each.place.heads and each.part is not None:
            row = _said(each.place.heads, _cells(each.place.text)) or []
            says += [found for one in row if one is not None and (found := _stated(each.part, one)) is not None]
        yield each.piece.place, each.place.text, says


def _still_said(change: MarkedChange, left: list[tuple[str, str, list[Stated]]]) -> tuple[str, ...]:
    """Where the copy leaves as it was what a change that is taken makes otherwise."""
    if change.why or change.stated is None:
        return ()
    return tuple(place for place, text, says in left if text == change.was or any(one is change.stated for one in says))


def refuse_another_text(name: str, policy: str, copy: MarkedText, provenance: Provenance) -> None:
    """Raise RequestError for a copy that was not written from this very policy, or from one as amended.

    `provenance` is what the description of the policy rests on now.
    """
    was = [each.was for each in copy.pieces]
    if any(each.startswith(_AMENDED) for each in was):
        raise RequestError(
            f"`{name}` describes the system as amended; mark up what `sespms describe {policy}` writes by itself"
        )
    told = {digest for each in was for digest in _DIGEST.findall(each)}
    if not {each.sha256 for each in provenance.files} <= told:
        raise RequestError(
            f"`{name}` was not written from `{policy}` as it is now: the digests at its end are others, or are missing;"
            " describe the policy anew, or read the copy against the text it was written from"
        )


def _without_proofs(beside: tuple[LaidBeside, ...]) -> tuple[LaidBeside, ...]:
    """Without what stands below the heading of proofs, which are not made anew, and where no change is tracked."""
    made: list[LaidBeside] = []
    of_proofs = False
    for each in beside:
        piece = each.piece
        of_proofs = piece is not None and each.place is None and (of_proofs or piece.was == PROOFS)
        if not of_proofs or (piece is not None and piece.by):
            made.append(each)
    return tuple(made)


# ---- one piece -----------------------------------------------------------------------------------


def _differs(each: LaidBeside) -> bool:
    """Whether a piece changes its place; one that says more than its text may, and is told."""
    if each.piece is not None and each.piece.unread:
        return True
    was = each.place.text if each.place is not None else ""
    return was != (each.piece.would_be if each.piece is not None else "")


def _changes(each: LaidBeside) -> Iterator[MarkedChange]:
    """What a piece changes: nothing where it would be as its place is."""
    if not _differs(each):
        return
    was = each.place.text if each.place is not None else ""
    would_be = each.piece.would_be if each.piece is not None else ""
    by = each.piece.by if each.piece is not None else ()
    place = each.piece.place if each.piece is not None else "left out"
    change = MarkedChange(place, was, would_be, by, bool(by), each.part)
    if each.piece is not None and each.piece.unread:
        yield replace(change, why=each.piece.unread)
    elif len(by) > 1:
        yield replace(change, why=f"{' and '.join(by)} changed it both; settle on one wording")
    elif (each.place.heads if each.place else each.piece.heads if each.piece else ()) and each.part is not None:
        yield from _of_row(each, change, each.part)
    elif each.place is not None and each.place.stated is None:
        yield replace(change, why=each.place.why or DERIVED)
    elif each.part is None:
        yield replace(change, why="it stands in no part of the system; put it below the heading of one")
    else:
        yield _of_sentence(change, each.part, each.place.stated if each.place is not None else None)


def _of_sentence(change: MarkedChange, part: Part, stated: Stated | None) -> MarkedChange:
    says: list[str] = []
    sentences = list(islice(sentences_of(change.would_be), _MOST_SENTENCES + 1)) if change.would_be else []
    if len(sentences) > _MOST_SENTENCES:
        return replace(change, why=f"it has more than {_MOST_SENTENCES} sentences; give each a paragraph of its own")
    for text in sentences:
        found = understood(part.kind, text)
        if found is None:
            return replace(change, why=f"no sentence of the part `{part.kind.value}` says “{text}”")
        if found.guessed:
            return replace(change, why=f"it could be meant as `{found.sentence}`, which is a guess; say it plainly")
        says.append(found.sentence)
    return _settled(change, part, stated, tuple(says))


def _settled(change: MarkedChange, part: Part, stated: Stated | None, says: tuple[str, ...]) -> MarkedChange:
    settled = replace(change, part=part, stated=stated, instead=says)
    if stated is None or len(says) != 1 or meant(part.kind, says[0]) != stated.sentence:
        return settled
    was, now = stated.origin.authority, authority_of(part.kind, says[0])
    return (
        replace(settled, why=_SAME) if was == now else replace(settled, note=f"{recited(was, now)}; no rating changes")
    )


def _of_row(each: LaidBeside, change: MarkedChange, part: Part) -> Iterator[MarkedChange]:
    """A change for each sentence that a row says; a cell that no sentence is read from is derived."""
    heads = each.place.heads if each.place is not None else each.piece.heads if each.piece is not None else ()
    before = _cells(each.place.text) if each.place is not None else ()
    after = each.piece.after if each.piece is not None and any(each.piece.after) else ()
    if (before and len(before) != len(heads)) or (after and len(after) != len(heads)):
        yield replace(change, why="its cells are not those of its table")
        return
    old, new = _said(heads, before), _said(heads, after)
    if old is None or new is None or (not old and not new):
        yield replace(change, why=DERIVED)
        return
    if None in new:
        yield replace(change, why="the row says no sentence of the language")
        return
    if before and after and not _all_read(heads, before, after):
        yield replace(change, why=DERIVED)
        return
    yield from _of_said(change, part, [one for one in old if one], [one for one in new if one])


def _of_said(change: MarkedChange, part: Part, old: list[str], new: list[str]) -> Iterator[MarkedChange]:
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    known = {one: _stated(part, one) for one in gone}
    if None in known.values():
        yield replace(change, why="the sentence that it stands for was not found in the policy")
        return
    # A sentence of its own takes an element out of those that a sentence about all others speaks of.
    if come and (general := next((one for one in old if one in new and _stated(part, one) is None), None)):
        yield replace(change, why=f"`{general}` comes from a sentence about several elements; change that sentence")
        return
    for number in range(max(len(gone), len(come))):
        stated = known[gone[number]] if number < len(gone) else None
        says: tuple[str, ...] = (come[number],) if number < len(come) else ()
        if stated is not None and stated.origin.authority:  # rows show none, so that the new sentence keeps it
            says = tuple(f'{each} under "{stated.origin.authority}"' for each in says)
        yield _settled(change, part, stated, says)


def _all_read(heads: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether each changed cell alone changes what the row says, so that none is lost."""
    for number, cell in enumerate(after):
        if cell != before[number]:
            alone = (*before[:number], cell, *before[number + 1 :])
            if _said(heads, alone) == _said(heads, before):
                return False
    return True


def _cells(text: str) -> tuple[str, ...]:
    return tuple(text.split(ROW))


def _said(heads: tuple[str, ...], row: tuple[str, ...]) -> list[str | None] | None:
    """The sentences of a row; None for a table that is not read, an empty list for no row."""
    if not row:
        return []
    terms: dict[str, str] = {}
    whole = said_of_table((heads, row), terms)
    return None if whole is None else [one.sentence for _, said in whole for one in said if one.sentence != ""]


def _stated(part: Part, sentence: str) -> Stated | None:
    wanted = meant(part.kind, sentence)
    return next((each for each in part.sentences if each.sentence == wanted), None)


# ---- all together --------------------------------------------------------------------------------


def _without_conflicts(changes: tuple[MarkedChange, ...]) -> tuple[MarkedChange, ...]:
    """The changes, once each; those of one sentence that is said in two ways are left to people."""
    ways: defaultdict[int, set[tuple[str, ...]]] = defaultdict(set)
    for each in changes:
        if each.stated is not None and not each.why:
            ways[id(each.stated)].add(each.instead)
    made: list[MarkedChange] = []
    there: set[tuple[int, tuple[str, ...]]] = set()
    for each in changes:
        if each.stated is not None and not each.why:
            if len(ways[id(each.stated)]) > 1:
                made.append(replace(each, why="the same sentence is changed otherwise elsewhere in the copy"))
                continue
            if (id(each.stated), each.instead) in there:
                made.append(replace(each, why=ALIKE))
                continue
            there.add((id(each.stated), each.instead))
        made.append(each)
    return tuple(made)
