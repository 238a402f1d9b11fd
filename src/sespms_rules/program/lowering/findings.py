"""What the lower stage can find wrong with names and kinds in formulas, each defect by its code and name.

A page beside this file explains each code, with an example and its fix.
"""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Diagnostic, error

UNKNOWN_NAME = error("SES121", "unknown-name-in-formula")
DEFINED_BELOW = error("SES122", "defined-below")
WRONG_SORT_OF_NAME = error("SES123", "wrong-sort-of-name")
NAME_WITH_TWO_MEANINGS = error("SES124", "name-with-two-meanings")
WRONG_MEMBERS = error("SES125", "wrong-members")
UNDECLARED_LEVEL = error("SES126", "undeclared-level")
NO_SCORE = error("SES127", "no-score")
MISPLACED_LEVEL = error("SES128", "misplaced-level")
CODE_IN_FORMULA = error("SES130", "code-in-formula")
WEIGHTS_MULTIPLIED = error("SES131", "weights-multiplied")
UNSAFE_DIVISION = error("SES132", "unsafe-division")
MISPLACED_MEASURE = error("SES134", "misplaced-measure")
NO_SUCH_RATING = error("SES135", "no-such-rating")
UNFIT_NUMBER = error("SES136", "unfit-number")
FORMULA_WITHOUT_RATINGS = error("SES137", "formula-without-ratings")
CONTRADICTING_WORDS = error("SES138", "contradicting-words")
OTHERWISE_WITHOUT_ORDER = error("SES139", "otherwise-without-order")
WORD_NOT_OF_FACT = error("SES275", "word-not-of-fact")
FACT_CANNOT_BE = error("SES276", "fact-cannot-be")
WEIGHT_LINE_ASKS_RATINGS = error("SES278", "weight-line-asks-ratings")
VALUE_TOO_LARGE = error("SES262", "value-too-large")


class Findings(list[Diagnostic]):
    """What lowering finds, in the order it is found.

    `withheld` is set where something cannot be lowered and `resolve` or a check says so already: then there is no
    program, and the same defect is not told twice.
    """

    withheld = False
