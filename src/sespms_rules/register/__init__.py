"""The register: entries that are only ever added, each chained to the one before, in SQLite or PostgreSQL.

It knows nothing of reviews or records: who, when, what kind, of whom, and a body of words. Only `database` imports
SQLAlchemy and only `keys` imports cryptography; a run that opens no register loads neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.register.chain import Chain, Fault, Head
    from sespms_rules.register.entry import Body, Draft, Entry, canonical, entry_digest
    from sespms_rules.register.exported import export_lines, head_as_data, is_export, read_head, verified_export
    from sespms_rules.register.kept import (
        Register,
        Stored,
        Unseen,
        Which,
        created,
        created_with_keys,
        default_key_file,
        opened_register,
    )
    from sespms_rules.register.keys import Keys, made_keys, read_keys
    from sespms_rules.register.places import Place, RegisterError, is_register, place_of
    from sespms_rules.register.verifying import Verified, verified
else:
    __getattr__ = face(
        __name__,
        {
            "Body": "entry",
            "Chain": "chain",
            "Draft": "entry",
            "Entry": "entry",
            "Fault": "chain",
            "Head": "chain",
            "Keys": "keys",
            "Place": "places",
            "Register": "kept",
            "RegisterError": "places",
            "Stored": "kept",
            "Verified": "verifying",
            "canonical": "entry",
            "Unseen": "kept",
            "Which": "kept",
            "created": "kept",
            "created_with_keys": "kept",
            "default_key_file": "kept",
            "entry_digest": "entry",
            "export_lines": "exported",
            "head_as_data": "exported",
            "is_export": "exported",
            "is_register": "places",
            "made_keys": "keys",
            "opened_register": "kept",
            "place_of": "places",
            "read_head": "exported",
            "read_keys": "keys",
            "verified": "verifying",
            "verified_export": "exported",
        },
    )

__all__ = [
    "Body",
    "Chain",
    "Draft",
    "Entry",
    "Fault",
    "Head",
    "Keys",
    "Place",
    "Register",
    "RegisterError",
    "Stored",
    "Unseen",
    "Verified",
    "Which",
    "canonical",
    "created",
    "created_with_keys",
    "default_key_file",
    "entry_digest",
    "export_lines",
    "head_as_data",
    "is_export",
    "is_register",
    "made_keys",
    "opened_register",
    "place_of",
    "read_head",
    "read_keys",
    "verified",
    "verified_export",
]
