"""Commands as newcomers call them -> what the command is called that does it.

People bring the names of other programs, and of their own work. A name that is only spelled much like a command's is
none of these: `create` is not `rate`, and `import` is not `export`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sespms_rules.foundation.spelling import backticked
from sespms_rules.language.parsing import distance

_CALLED = {
    "new": "init start begin create draft wizard setup make generate template skeleton scaffold",
    "check": "chk validate lint inspect examine compile scan audit compliance conformance comply law-check findings",
    "check --fix": "fix repair autofix correct mend",
    "check --requirements": "requirements requirement checklist",
    "format": "fmt pretty tidy beautify layout indent",
    "rate": "run calculate calc compute score evaluate execute apply process appraise assess ratings",
    "test": "scenario scenarios tests regress",
    "test --suggest": "suggest examples",
    "test --mutate": "mutate coverage mutation",
    "impact": "simulate what-if whatif try forecast predict affected",
    "sweep": "optimize goal-seek tune range",
    "explain": "why trace derive reason reasons",
    "compare": "diff difference changes delta",
    "describe": "report document print publish pdf word docx html summary description",
    "form": "forms agreement worksheet",
    "read": "import ingest load convert parse upload",
    "baseline": "law laws regulation regulations edition editions baselines rules",
    "serve": "open ui gui web browser workbench app edit editor view show",
    "lsp": "language-server vscode",
    "phrases": "sentences sentence grammar language vocabulary syntax keywords words dictionary glossary",
    "phrases --find": "search find lookup",
    "page": "error errors finding code doc man",
    "complete": "fill finish autocomplete",
    "prove": "proof proofs guarantee guarantees theorem",
    "count": "enumerate statistics stats tally",
    "cohort": "roster sample population executives fake",
    "cycle": "calendar timeline deadlines deadline schedule due todo",
    "consequences": "awards award pay bonuses bonus removals",
    "register": "store save archive database log history",
    "submit": "send deliver package bag zip bundle",
    "seal": "sign signature",
    "review": "approve approval inbox status",
    "receive": "accept unpack",
    "answer": "respond reply answers",
    "harmonize": "state states overlay overlays",
    "--help": "help docs manual commands usage list",
    "--version": "version about",
}
"""What does it -> what people call that."""

_LONG = 8
"""In shorter names one letter alone makes a slip: `revise` is not `review`."""

OFFERED = {name: does for does, names in _CALLED.items() for name in names.split()}


def offered(tried: str, commands: Sequence[str], *, of_program: bool) -> str:
    """What to do about a command that there is not: the one that does it, the one misspelled, or all there are.

    `of_program` is false for the commands of a group, where nothing but a misspelling is looked for.
    """
    plain = tried.casefold().strip("-").replace("_", "-")
    meant = OFFERED.get(plain) if of_program else None
    near = [meant] if meant else ([plain] if plain in commands else _misspelled(plain, commands))
    return f"did you mean {backticked(near, 'or')}?" if near else f"the commands are {backticked(commands)}"


def _misspelled(tried: str, commands: Iterable[str]) -> list[str]:
    """The commands that a name may be a slip for: a letter or two apart, or begun and not written to the end."""
    begun = [each for each in commands if len(tried) > 1 and each.startswith(tried)]
    most = 1 if len(tried) < _LONG else 2
    slips = {each: far for each in commands if (far := distance(tried, each, most)) <= most}
    least = min(slips.values(), default=0)
    return begun or [each for each, far in slips.items() if far == least]
