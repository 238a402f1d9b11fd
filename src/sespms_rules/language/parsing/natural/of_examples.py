"""How people say the lines of a scenario, of a table, and of guarantees."""

from __future__ import annotations

import re

from sespms_rules.language.parsing.natural.of_ratings import HOW_MANY, REST, WHERE_A_RATING_STANDS
from sespms_rules.language.parsing.natural.ways import MORE, NAME, NUMBER, Way, likely, sure

_GIVES = r"(?:gives?|gets?|is|are|=|:|earns?|means?|receives?)"

OF_SCENARIOS = sure(
    (
        r"^(?:expect(?:s|ed)?|result|(?:the )?(?:summary |overall |final )?rating)(?: is| should be)?:? (?:(?:a|the) )?(?:(?:summary |overall |final )?rating:? )?(?:of |is |to be )?(level \d)$",
        r"expect \1",
    ),
    (
        r"^(?:expect(?:s|ed)?) (?:a |the )?(?:summary |total )?score(?: of|:| =| is| to be)? ?(-?\d+(?:\.\d+)?)$",
        r"expect score \1",
    ),
    (r"^(?:the )?(?:summary |total |expected )?score(?: is|:| =| should be)? ?(-?\d+(?:\.\d+)?)$", r"expect score \1"),
    (r"^expect (?:an )?error$", "expect refused"),
    (r"^expect score (-?\d+(?:\.\d+)?),? and (?:expect )?(level \d)$", "expect score \\1\n  expect \\2"),
    (rf"^{NAME}(?: is|:)?,? (?:weight(?:ed|s)?|weighs)(?: of|:| is| =)? ?{NUMBER} ?%?,? (?=.)", r"\1 weight \2 "),
    (rf"^{NAME},? {NUMBER} ?%,? (?=rated|level|at|is|not|\d)", r"\1 weight \2 "),
    (
        rf"^{NAME}(?: is|:| ?=)?,? (?:rated )?(?:at )?(?:a )?(?:level )?(\d)(?:,| with)? (?:weight(?:ed)?|weighs|and weight)(?: of)? {NUMBER}%?$",
        r"\1 weight \3 rated \2",
    ),
    (
        r'^("[^"]*"(?: weight \d+(?:\.\d+)?)?)(?: is| are)?,? (?:rated |rating |rates |gets |scored |at |: |= )*(?:a |as )?level (\d)$',
        r"\1 rated \2",
    ),
    (
        r'^("[^"]*"(?: weight \d+(?:\.\d+)?)?) ?(?:is|rating|gets|scored|=|:)? ?(?:rated )?(\d+(?:\.\d+)?)$',
        r"\1 rated \2",
    ),
    (
        r'^("[^"]*"(?: weight \d+(?:\.\d+)?)?) ?(?:: ?|= ?|- ?|is |was )?(?:unrated|not rated|rated (?:n/a|not rated|none)|n/a|not applicable)$',
        r"\1 not rated",
    ),
    (r'^("[^"]*" weight \d+(?:\.\d+)?),? and (?:is )?rated (?:at )?(?:level )?(?=\d$)', r"\1 rated "),
    *REST,
) + likely(
    (r"^expect (\d)$", r"expect level \1"),
)

OF_TABLES = sure(
    (rf"{NUMBER} ?[-\u2010-\u2015\u2212] ?{NUMBER}", r"\1 to \2"),
    (rf"^(?:under|less than|lower than) {NUMBER} ?{_GIVES}", r"below \1 gives"),
    (rf"^(?:>=|\u2265) ?{NUMBER} ?{_GIVES}", r"at least \1 gives"),
    (rf"^{NUMBER} {MORE} ?{_GIVES}", r"at least \1 gives"),
    (rf"^((?:at least |below |exactly )?{NUMBER}|{NUMBER} to {NUMBER}|level \d) ?{_GIVES} ?", r"\1 gives "),
    (rf"^(?:otherwise|else|all others?|everything else|anything else),? ?(?:{_GIVES} )?(?=.)", "otherwise gives "),
    (r"\bpercent\b", "%"),
    (r"(\d) %", r"\1%"),
    (rf"^{NUMBER} gives\b", r"exactly \1 gives"),
    (r"\bgives ([A-Z])$", r'gives "\1"'),
)

_ONE_OF = r"(?:one of|any of|either|in|among|a choice of|selected from|chosen from)"


def _choices(found: re.Match[str]) -> str:
    """Words a fact may be, each in quotes, from `ES-1, ES-2 or ES-3` and the like."""
    written = re.sub(r"\s*(?:,? (?:or|and) |[,/|;])\s*", "\n", found[2].strip("() "))
    words = [each.strip().strip('"') for each in written.split("\n") if each.strip()]
    if len(words) < 2:
        return found[0]
    named = [f'"{each}"' for each in words]
    return f"{found[1]} is one of {', '.join(named[:-1])} or {named[-1]}"


OF_FACTS = (
    *sure(
        (
            r'^("[^"]*") ?(?:is|are|can be|may be|must be|:|=)(?: either)? (?=one of|a |an |whole|number|from|between|\d|-\d)',
            r"\1 is ",
        ),
        (
            r'^("[^"]*") (?:is|are) (?:an? )?(?:whole number|integer)s?,? (?:between|from|of)? ?(-?\d+) ?(?:to|and|through|[-\u2010-\u2015]) ?(-?\d+)$',
            r"\1 is a whole number from \2 to \3",
        ),
        (
            r'^("[^"]*") (?:is|are) (?:an? )?(?:decimal |real )?numbers?,? (?:between|from|of)? ?(-?\d+(?:\.\d+)?) ?(?:to|and|through|[-\u2010-\u2015]) ?(-?\d+(?:\.\d+)?),? (?:with|to|in|rounded to) (\d+) decimals?(?: places?)?$',
            r"\1 is a number from \2 to \3 with \4 decimals",
        ),
        (
            rf'^("[^"]*") ?(?:is|are|can be|may be|must be|:|=) ?(?:{_ONE_OF} ?:? ?)?("[^"]*"(?:(?:, (?:or |and )?| or | and |/)"[^"]*")+)$',
            _choices,
        ),
    ),
    Way(
        r'^("[^"]*") (?:is|are) (?:an? )?(?:number )?,?(?:between |from )?(-?\d+) ?(?:to|and|through|[-\u2010-\u2015]) ?(-?\d+)$',
        r"\1 is a whole number from \2 to \3",
        False,
        "`\\1 is a number from \\2 to \\3 with 2 decimals` where it has decimals",
    ),
    Way(
        r'^("[^"]*") (?:is|are) (?:a )?(?:yes or no|yes/no|true or false|boolean|flag)$',
        r'\1 is one of "yes" or "no"',
        False,
    ),
    Way(
        rf'^("[^"]*") ?(?:is|are|can be|may be|must be|:|=) ?(?:{_ONE_OF} ?:? ?)?([A-Za-z][\w-]*(?: [\w-]+)*(?:(?:, (?:or |and )?| or | and |/)[A-Za-z][\w-]*(?: [\w-]+)*)+)$',
        _choices,
        False,
        "put each word between the quotes as rosters have it",
    ),
)

OF_GUARANTEES = sure(
    *HOW_MANY,
    *WHERE_A_RATING_STANDS,
    (
        r"^every (?:executive|appraisal) gets (?:exactly )?(?:one|1) (?:level|rating)$",
        "every appraisal gets exactly one level",
    ),
    (r"^(?:there are )?no gaps (?:and|or) (?:no )?overlaps$", "every appraisal gets exactly one level"),
    (r"^every level is reachable$", "every level can be reached"),
    (
        r"^a (?:higher|better) rating never lowers the (?:result|level|rating|score)$",
        "a better rating never lowers the result",
    ),
    (r"^(level \d) requires ", r"\1 needs "),
    (r"gives (?:a )?(?:rating|summary rating) of (level \d)$", r"gives \1"),
)

OF_AMENDMENTS = sure(
    (
        r"^(?:effective|takes effect|in effect|applies|in force|is in force|becomes effective)(?: from| on| as of| beginning)? (?=\d{4}-)",
        "in force from ",
    ),
    (r"^(?:(?:changes|modifies|revises|amends)(?: the)?|to|of|for|amending|changing) (?=\")", "amends "),
    (r"^(?:reason|purpose|rationale|why):? (?=\")", "because "),
)

_INTO = r"(?:with|by|to|into)"

OF_CHANGES: tuple[Way, ...] = (
    *sure(
        (
            rf"^(?:(?:in|under) (?:the )?[a-z ]+, )?(?:replace|change|revise) (.+\S) {_INTO} (?=(?:the )?score (?:\d|at|below)|level \d when|any |every |at |\")(.+)$",
            "strike \\1\n  insert \\2",
        ),
        (r"^(.+\S) (?:instead of|in place of|in lieu of) (?!a |an )(.+)$", "strike \\2\n  insert \\1"),
        (r"^(?:delete|remove|drop|strike out|strike:|delete:|remove:) (?:the (?:line|sentence) )?", "strike "),
        (r"^(?:add|insert:|add:|new:) (?:the (?:line|sentence) )?", "insert "),
        (r'^strike "([^"]*)"\n  insert "([^"]*)"$', "strike \\1\n  insert \\2"),
        (r'^(strike|insert) "([^"]*)"$', r"\1 \2"),
    ),
    Way(r"^(?:now|from now on),? (.+)$", r"insert \1", False),
)
"""What a line of an amendment may say of the line it changes; tried before the line's own ways."""
