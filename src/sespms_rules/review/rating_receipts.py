"""A rating with all it was derived from -> a receipt that an executive keeps, and back: the rating is derived again.

A receipt is one page with a code in it: the texts of the policy, the plan, the ratings and the result. Whoever has it
can derive the level again, years later and without asking anyone. Whoever made it is not trusted.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from sespms_rules.checks.scenarios import SCENARIO_FAILS
from sespms_rules.engines import reference
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.foundation.version import version
from sespms_rules.pipeline import Compilation
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from sespms_rules.proofs.certificates import NoCertificateError, figures_of
from sespms_rules.reports.rating_json import rated_as_data
from sespms_rules.review.evidence import compiled_texts

SCHEMA: Final = "sespms-rating-receipt/1"
MOST_BYTES: Final = 5_000_000
_CODE = re.compile(r'<pre id="code">([^<]*)</pre>')
_FIELDS: Final = {"schema", "version", "policy", "system", "texts", "appraisal", "told", "figures", "not_by_itself"}


class ReceiptError(RequestError):
    """A receipt that cannot be made or is not accepted: one plain sentence that says why."""


class RatingReceipt(Frozen):
    """What a receipt holds: the program, the appraisal, its rating, and the code that all of it is in.

    `made_by` is the version of the program that the code was made by.
    """

    program: Program
    appraisal: Appraisal
    rating: Rating
    code: Mapping[str, Any]
    made_by: str


def rating_receipt(policy: str, texts: Mapping[str, bytes], system: str, appraisal: Appraisal) -> RatingReceipt:
    """The receipt of an appraisal under a system of a policy, whose texts are given by their names.

    What the rating does not need is left out: where the executive works, and how they were appointed. Raises
    ReceiptError where there is no rating.
    """
    kept = Appraisal(appraisal.id, appraisal.elements, facts=appraisal.facts)
    program = _program(compiled_texts(policy, texts, heed_accepts=True)[0], system)
    rating = reference.rate(program, kept)
    if rating.outcome is Outcome.REFUSED:
        raise ReceiptError(f"`{appraisal.id}` cannot be rated, and without a rating there is no receipt")
    figures, why = _figures(program, kept)
    code = {
        "schema": SCHEMA,
        "version": version(),
        "policy": policy,
        "system": system,
        "texts": {name: held.decode() for name, held in sorted(texts.items())},
        "appraisal": _appraisal_data(kept),
        "told": {"score": None if rating.score is None else str(rating.score), "level": rating.level},
        "figures": figures,
        "not_by_itself": why,
    }
    return RatingReceipt(program, kept, rating, code, version())


def _program(compilation: Compilation, system: str) -> Program:
    if any(each.severity is Severity.ERROR and each.code != SCENARIO_FAILS.code for each in compilation.diagnostics):
        raise ReceiptError(f"`{compilation.source.name}` has errors, and by a policy with errors nobody is rated")
    program = compilation.programs.get(system)
    if program is None:
        raise ReceiptError(f"`{compilation.source.name}` holds no system `{system}` that ratings are derived by")
    return program


def _figures(program: Program, appraisal: Appraisal) -> tuple[Any, str]:
    """The figures that the page reckons with, of the plan at hand alone; or none, and why."""
    try:
        figures = figures_of(program)
    except NoCertificateError as why:
        return None, str(why)
    names = {each.name for each in appraisal.elements}
    plans = [each for each in figures["plans"] if set(each["elements"]) == names]
    return ({**figures, "plans": plans[:1]}, "") if plans else (None, "the plan brings elements of its own")


# ---- the appraisal as data ---------------------------------------------------------------------------


def _appraisal_data(appraisal: Appraisal) -> dict[str, Any]:
    facts = {name: given if isinstance(given, str) else ["number", str(given)] for name, given in appraisal.facts}
    return {"id": appraisal.id, "elements": [rated_as_data(each) for each in appraisal.elements], "facts": facts}


def _appraisal(data: Any) -> Appraisal:
    facts = tuple((name, held if isinstance(held, str) else Fraction(held[1])) for name, held in data["facts"].items())
    return Appraisal(_text(data["id"]), tuple(map(_rated, data["elements"])), facts=facts)


def _rated(data: Any) -> Rated:
    rating, weight = (None if data[name] is None else Fraction(_text(data[name])) for name in ("rating", "weight"))
    further = tuple((name, Fraction(_text(value))) for name, value in data.get("further", {}).items())
    critical = data.get("critical", True)
    if not isinstance(critical, bool):
        raise TypeError
    return Rated(
        _text(data["name"]), rating, weight, further, tuple(map(_rated, data.get("requirements", ()))), critical
    )


def _text(held: Any) -> str:
    if not isinstance(held, str) or len(held) > _LONGEST:
        raise TypeError
    return held


_LONGEST: Final = 2_000


# ---- reading one -------------------------------------------------------------------------------------


def receipt_in(page: bytes) -> RatingReceipt:
    """The receipt in the bytes of a page, with its rating worked out anew.

    Raises ReceiptError for a page that holds none, and for one whose rating is another than it says.
    """
    if len(page) > MOST_BYTES:
        raise ReceiptError(f"the receipt has more than {MOST_BYTES:,} bytes")
    try:
        (written,) = _CODE.findall(page.decode())
        code = json.loads(html.unescape(written))
        if code["schema"] != SCHEMA or set(code) != _FIELDS:
            raise ValueError
        texts = {_text(name): held.encode() for name, held in code["texts"].items()}
        policy, system, made_by = (_text(code[name]) for name in ("policy", "system", "version"))
        appraisal, told = _appraisal(code["appraisal"]), code["told"]
        if policy not in texts:
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, ZeroDivisionError, RecursionError):
        raise ReceiptError("the file holds no receipt that this version reads, or its code was changed") from None
    made = rating_receipt(policy, texts, system, appraisal)
    if made.code["told"] != told:
        raise ReceiptError(
            f"the receipt says {_shown(told)}, and its policy, plan and ratings give {_shown(made.code['told'])}"
        )
    return replace(made, made_by=made_by)


def _shown(told: Any) -> str:
    held = told if isinstance(told, dict) else {}
    return f"score `{held.get('score')}` and level `{held.get('level')}`"
