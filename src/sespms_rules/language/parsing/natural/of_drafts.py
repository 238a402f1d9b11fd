"""How analysts set a rule down in a first draft: as notes, with several things in one line, or from who fails.

Tried before the other ways of a part. What says more or less than the sentence it leads to is a proposal.
"""

from __future__ import annotations

import re

from sespms_rules.language.parsing.natural.ways import NUMBER, Way, likely, sure

_ELEMENT = r"((?:non)?critical )?element"
_FAILING = "where failing is level 1"


def _capped(found: re.Match[str]) -> str:
    """Nobody with such an element is at the highest level: the rating is then at most one below it."""
    kind = found[1] or ""
    return f"any {kind}element {found[2]} makes the rating no higher than level 4"


WEIGHTS = sure(
    (
        rf"^all (?:of )?(?:the )?(?:element )?weights (?:together )?(?:shall |must |will )?(?:total|sum to|add up to) {NUMBER} ?(?:%|percent)?$",
        r"total \1",
    ),
    (
        rf"^no (?:critical )?(?:element|weight)s?(?: is| weighs)? (?:under|below|less than|lower than) {NUMBER}(?: ?%| percent)?$",
        r"all at least \1",
    ),
)

RATINGS: tuple[Way, ...] = (
    Way(
        rf"^(?:nobody|no one|no executive)(?: who is rated)? (?:with|has) an? {_ELEMENT} ((?:at|below) level \d) (?:can|may|is|gets|shall|will)(?: be)?(?: rated)? level 5$",
        _capped,
        False,
    ),
    *sure(
        (
            rf"^to (?:be rated|get|reach|earn) (level \d),? (?:the |a )?score must be (?=at least {NUMBER}$)",
            r"\1 requires a score of ",
        ),
        (r"^(?:the )?(?:final|total|overall|summary) score(?: is|:| =) ?", "score is "),
    ),
    Way(
        rf"^failing (?:one|1|any|an?|a single) {_ELEMENT} (?:means|results in|gives|leads to|makes) (?:an? )?(?:the )?(?:summary |overall )?(?:rating )?(?:of )?(level \d)(?: (?:summary )?rating)?$",
        lambda found: f"any {found[1] or ''}element at level 1 makes the rating {found[2]}",
        False,
        _FAILING,
    ),
    Way(
        r"^(?:at least )?(\d+)(?: or more)? ((?:critical |noncritical )?elements) ((?:at|below) level \d) (?:caps?|limits?|holds?) the (?:summary |overall )?rating (?:at|to) (level \d)$",
        r"at least \1 \2 \3 make the rating no higher than \4",
        False,
        "elements that are lower do not count; write `below` the level above where they do",
    ),
    *likely((r"\bweighted sum of (?:the )?(?:element )?points$", "the sum of points times weight")),
)

PERIODS = sure(
    (r"^(?:the )?(?:federal )?fiscal year,? \(?(?=[A-Z][a-z]+ \d)", "runs "),
) + likely(
    (
        r"^(?:executives|employees|appointees|members) need (?:at least )?(\d+) days (?:on the job|under a plan|on a plan|of service) to be rated$",
        r"lasts at least \1 days",
    ),
)

REVIEWS = likely((r"^(?:one|1|an?) mid-?year review is (?:required|held|mandatory)$", "includes a mid-year review"))

BOARDS = (
    *sure(
        (
            r"^(?:PRB |board )?members (?:must |shall )?recuse themselves (?:when|where|from|if|in) (?:their|his or her) own (?:rating|appraisal|case|review)s?(?: comes up| is reviewed| is considered| is discussed)?$",
            "excludes members from their own appraisal",
        ),
    ),
    Way(
        r"^(?:has )?(at least \d+ members),? (?:and |with )?(?:the |a )?majority (?:of (?:them|whom) )?(?:are )?(?:being )?career(?: appointees)?$",
        "has \\1\n  has a career majority for career executives",
        False,
        "the majority is asked for where a career executive is considered, as the law has it",
    ),
)

REWARDS = likely(
    (
        r"^(?:nobody|no one|no executive)(?: rated)? below (level \d) (?:gets|receives|may get|can get|may receive) (?:a |an |any )?(?:performance )?(?:award|bonus)$",
        r"performance award needs \1 or better",
    ),
)

GUARANTEES = (
    Way(
        rf"^a failing {_ELEMENT} (?:can|may|will|does)? ?never (?:ends?|results?) in a passing rating$",
        lambda found: f"any {found[1] or ''}element at level 1 gives level 1",
        False,
        "where failing is level 1, and nothing but level 1 is failing",
    ),
)

TABLES = sure(
    # Of dollars alone: elsewhere a comma before three digits stands for a point as often.
    (r"\$ ?(\d{1,3}(?:,\d{3})+)(?=[ ,]|$)", lambda found: found[1].replace(",", "")),
    (r"\$ ?(?=\d)", ""),
)
