"""What the resolve stage can find wrong, each defect by its code and name."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import error, warning

NO_USABLE_BASE = error("SES101", "no-usable-base")
BASE_LOOP = error("SES102", "base-loop")
BASED_TOO_DEEP = error("SES103", "based-too-deep")
NOTHING_TO_STRIKE = error("SES104", "nothing-to-strike")
STRIKES_ITSELF = warning("SES105", "strikes-itself")
SAID_TWICE = error("SES106", "said-twice")
NAME_USED_TWICE = error("SES107", "name-used-twice")
OUT_OF_PLACE = error("SES108", "out-of-place")
SCENARIO_OF_NO_AMENDMENT = error("SES109", "scenario-of-no-amendment")
EDIT_OUT_OF_PLACE = error("SES110", "edit-out-of-place")
NEITHER_STRUCK_NOR_INSERTED = error("SES111", "neither-struck-nor-inserted")
UNKNOWN_ELEMENT_NAMED = error("SES113", "unknown-element-named")
UNKNOWN_TABLE = error("SES114", "unknown-table")
UNKNOWN_AMENDMENT = error("SES115", "unknown-amendment")
NOTHING_TO_AMEND = error("SES116", "nothing-to-amend")
HOLE_OUTSIDE_REQUIREMENT = error("SES117", "hole-outside-requirement")
NO_SUCH_LEVEL = error("SES118", "no-such-level")
CONFIDENCE_NOT_MARKED = error("SES119", "confidence-not-marked")
NAME_IN_SEVERAL_FILES = error("SES140", "name-in-several-files")
FOLDER_TOO_LARGE = error("SES141", "folder-too-large")
TOO_MANY_NAMED = error("SES142", "too-many-named")
