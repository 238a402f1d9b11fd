"""Rules-as-configuration for Senior Executive Service performance management systems.

An agency writes its system description in a small language; it is parsed, checked against the federal baseline,
proved, and run by a rules engine that scores appraisals exactly and with reasons.

This is the front door: what a program may rely on is named in `__all__`, and imported when it is first used. What
stands behind it may change from version to version; a name of the door is first announced as deprecated
(`docs/use-it-from-python.md` says for how long). To read the code, start at `sespms_rules.pipeline`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sespms_rules.api import (
        Policy,
        check,
        compare,
        conformance,
        explain,
        impact,
        load,
        load_text,
        prove,
        rate,
        rate_roster,
    )
    from sespms_rules.foundation.diagnostic import Diagnostic
    from sespms_rules.foundation.request import RequestError
    from sespms_rules.language.parsing import UnreadableFileError
    from sespms_rules.law.verdict import Verdict
    from sespms_rules.program.rating import Appraisal, Rated, Rating

    __version__: str

__all__ = [
    "Appraisal",
    "Diagnostic",
    "Policy",
    "Rated",
    "Rating",
    "RequestError",
    "UnreadableFileError",
    "Verdict",
    "__version__",
    "check",
    "compare",
    "conformance",
    "explain",
    "impact",
    "load",
    "load_text",
    "prove",
    "rate",
    "rate_roster",
]

_MODULES = {
    "Appraisal": "program.rating",
    "Diagnostic": "foundation.diagnostic",
    "Rated": "program.rating",
    "Rating": "program.rating",
    "RequestError": "foundation.request",
    "UnreadableFileError": "language.parsing",
    "Verdict": "law.verdict",
}
"""Where a name is imported from that `api` does not hold."""

_DEPRECATED: dict[str, tuple[str, str]] = {}
"""Old name -> the name that stands for it now, and the version that will no longer know the old one."""


def __getattr__(name: str) -> Any:
    """Import a name of the door when it is first used. Raises AttributeError for one that is none."""
    if name in _DEPRECATED:
        import warnings

        new, until = _DEPRECATED[name]
        told = f"`sespms_rules.{name}` is now `sespms_rules.{new}`; the old name goes with version {until}"
        warnings.warn(told, DeprecationWarning, stacklevel=2)
        return __getattr__(new)
    if name not in __all__:
        raise AttributeError(f"`sespms_rules` offers no `{name}`; it offers {', '.join(__all__)}", name=name)
    found = _version() if name == "__version__" else _imported(name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _imported(name: str) -> Any:
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'api')}"), name)


def _version() -> str:
    from sespms_rules.foundation.version import version

    return version()
