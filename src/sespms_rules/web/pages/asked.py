"""What was asked of the page What if: figures, roster, goal, and what to do with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from starlette.datastructures import UploadFile

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.studies.impact import Told
from sespms_rules.studies.sweep import Titled
from sespms_rules.web.folder import ROSTERS
from sespms_rules.web.frame import address

MOST_UPLOADED: Final = 30_000_000
FIGURE: Final = "figure "
"""What stands before the name of a figure in the name of its field."""

_NAME: Final = "What if"
_WORDS: Final = ("roster", "name", "because", "do", "who")
_GOAL: Final = ("figure", "from", "to", "by", "how", "number", "unit", "where")


class Asked(Frozen):
    """What was asked for: the text of each field, the roster by its name, what the amendment is called, and why.

    `goal` holds the fields of the goal by their names. `who` says that executives are named. `beside` are amendments.
    """

    typed: Mapping[str, str]
    roster: str = field(default="")
    name: str = field(default="")
    because: str = field(default="")
    do: str = field(default="")
    who: str = field(default="")
    beside: tuple[str, ...] = field(default=())
    goal: Mapping[str, str] = field(default={})

    @property
    def titled(self) -> Titled:
        """What the amendment is called and why it is made, in words of the language."""
        return Titled(_quoted(self.name) or _NAME, _quoted(self.because) or "To see what it would do.")

    @property
    def told(self) -> Told:
        """How much is told of single executives."""
        return Told(details=bool(self.who))

    def address(self, policy: str, system: str) -> str:
        """Where the same figures are shown anew; whom it names stands in no address."""
        figures = {f"{FIGURE}{name}": value for name, value in self.typed.items()}
        return address("/what-if", policy=policy, system=system, roster=self.roster, name=self.name, **figures)


def asked_in(items: Iterable[tuple[str, str]]) -> Asked:
    """What the fields of a form, or of an address, ask for."""
    found = list(items)
    given = dict(found)
    typed = {name.removeprefix(FIGURE): value.strip() for name, value in found if name.startswith(FIGURE)}
    figure, _, value = given.get("take", "").rpartition("=")
    if figure:
        typed[figure] = value
    words = {each: given.get(each, "").strip() for each in _WORDS}
    beside = tuple(value for name, value in found if name == "beside")
    goal = {each: given.get(f"goal-{each}", "").strip() for each in _GOAL}
    return Asked(typed, **words, beside=beside, goal=goal)


async def uploaded(upload: object) -> tuple[str, bytes] | None:
    """An uploaded roster: its ending, and its bytes; None for none. Raises RequestError for one that is none."""
    if not isinstance(upload, UploadFile) or not upload.filename:
        return None
    ending = Path(upload.filename).suffix.lower()
    if ending not in ROSTERS:
        raise RequestError(f"`{upload.filename}` is no roster; it ends in `{'`, `'.join(ROSTERS)}`")
    content = await upload.read(MOST_UPLOADED + 1)
    if len(content) > MOST_UPLOADED:
        raise RequestError(f"`{upload.filename}` is larger than {MOST_UPLOADED // 1_000_000} megabytes")
    return ending, content


def _quoted(text: str) -> str:
    """Words that may stand between quotation marks of the language."""
    plain = " ".join(text.replace('"', "'").replace("\\", "/").split())
    return "".join(each for each in plain if each.isprintable())[:200]
