"""What an editor offers while a text is written: what comes next, what stands here, where a name is, what is reached.

Everything is plain data by characters of the text; a server turns it into what its protocol wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.authoring.assisting.hinting import Hint, Lens, hints, lenses
    from sespms_rules.authoring.assisting.naming import NamedAt, declared, name_at, names_in, occurrences, struck_from
    from sespms_rules.authoring.assisting.proposing import Names, Proposal, proposals
    from sespms_rules.authoring.assisting.telling import Told, told_at
else:
    __getattr__ = face(
        __name__,
        {
            "Hint": "hinting",
            "Lens": "hinting",
            "NamedAt": "naming",
            "Names": "proposing",
            "Proposal": "proposing",
            "Told": "telling",
            "declared": "naming",
            "hints": "hinting",
            "lenses": "hinting",
            "name_at": "naming",
            "names_in": "naming",
            "occurrences": "naming",
            "proposals": "proposing",
            "struck_from": "naming",
            "told_at": "telling",
        },
    )

__all__ = [
    "Hint",
    "Lens",
    "NamedAt",
    "Names",
    "Proposal",
    "Told",
    "declared",
    "hints",
    "lenses",
    "name_at",
    "names_in",
    "occurrences",
    "proposals",
    "struck_from",
    "told_at",
]
