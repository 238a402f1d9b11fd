"""A year on record as files for other systems, each as far as its form is known; nothing in them is guessed.

Money is exact to the cent, an entry of a journal balances, and no cell is taken for a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.records.exports.awards import Award, awards_of
    from sespms_rules.records.exports.data_call import (
        PEOPLE_OF_CALL,
        TOTALS_OF_CALL,
        Totals,
        people_of_call,
        totals_of_call,
    )
    from sespms_rules.records.exports.ehri import EHRI_COLUMNS, ehri_rows, pattern_of
    from sespms_rules.records.exports.ocel import ocel_log
    from sespms_rules.records.exports.quickbooks import IIF_ENCODING, Accounts, as_iif, as_journal
    from sespms_rules.records.exports.rated import Rated, rated_in
    from sespms_rules.records.exports.texts import as_csv, money
    from sespms_rules.records.exports.turbotax import TXF_ENCODING, Withheld, as_txf
else:
    __getattr__ = face(
        __name__,
        {
            "money": "texts",
            "TOTALS_OF_CALL": "data_call",
            "PEOPLE_OF_CALL": "data_call",
            "TXF_ENCODING": "turbotax",
            "IIF_ENCODING": "quickbooks",
            "EHRI_COLUMNS": "ehri",
            "Accounts": "quickbooks",
            "Award": "awards",
            "Rated": "rated",
            "Totals": "data_call",
            "Withheld": "turbotax",
            "as_csv": "texts",
            "as_iif": "quickbooks",
            "as_journal": "quickbooks",
            "as_txf": "turbotax",
            "awards_of": "awards",
            "ehri_rows": "ehri",
            "ocel_log": "ocel",
            "pattern_of": "ehri",
            "people_of_call": "data_call",
            "rated_in": "rated",
            "totals_of_call": "data_call",
        },
    )

__all__ = [
    "EHRI_COLUMNS",
    "IIF_ENCODING",
    "PEOPLE_OF_CALL",
    "TOTALS_OF_CALL",
    "TXF_ENCODING",
    "Accounts",
    "Award",
    "Rated",
    "Totals",
    "Withheld",
    "as_csv",
    "as_iif",
    "as_journal",
    "as_txf",
    "awards_of",
    "ehri_rows",
    "money",
    "ocel_log",
    "pattern_of",
    "people_of_call",
    "rated_in",
    "totals_of_call",
]
