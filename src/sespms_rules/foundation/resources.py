"""Where the grammar, the policies and the check pages lie, in a source tree and in an installed wheel alike.

In the source tree `grammars/` and `policies/` stand at the top; in a wheel they lie inside the package.
Everything that reads one of these files asks here, so that no other module knows the difference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sespms_rules.foundation.spelling import did_you_mean, nearest_name

_PACKAGE = Path(__file__).resolve().parents[1]


def grammar_path() -> Path:
    """The grammar of the language, `grammars/sespms.lark`.

    Raises FileNotFoundError when the installation lacks it.
    """
    return _existing(_folder("grammars"), "sespms.lark")


def package_folder() -> Path:
    """The folder of the package itself, beside whose modules the pages of findings lie."""
    return _PACKAGE


def policy_path(name: str) -> Path:
    """The policy file `name`, as `policies/` holds it: `agencies/opm_basic.sespms`.

    Raises FileNotFoundError, offering the nearest name, when there is none, and ValueError when `name`
    leads out of `policies/`.
    """
    return _existing(_folder("policies"), name)


def policy_names(folder: str = "") -> tuple[str, ...]:
    """The names of the policy files under `folder` of `policies/` (all of them when empty), in order.

    Each name is one that `policy_path` takes. Raises FileNotFoundError when there is no such folder.
    """
    root = _folder("policies")
    start = _existing(root, folder) if folder else root
    prefix = f"{folder.rstrip('/')}/" if folder else ""
    return tuple(prefix + name for name in _names(start) if name.endswith(".sespms"))


@cache
def _folder(name: str) -> Path:
    """A data folder: inside the package when installed from a wheel, else at the top of the source tree."""
    inside = _PACKAGE / name
    if inside.is_dir():
        return inside
    beside = _PACKAGE.parents[1] / name
    if beside.is_dir():
        return beside
    raise FileNotFoundError(f"the folder `{name}` is missing from this installation; install `sespms-rules` again")


def _existing(folder: Path, name: str) -> Path:
    """The file or folder `name` under `folder`, refused when absent or outside it."""
    parts = name.split("/")
    if name.startswith("/") or ".." in parts:
        raise ValueError(f"`{name}` leads out of the folder `{folder.name}`; give a name inside it")
    found = folder.joinpath(*parts)
    if found.is_file() or found.is_dir():
        return found
    offer = did_you_mean(nearest_name(name, _names(folder)), "no name there is near it")
    raise FileNotFoundError(f"there is no `{name}` in the folder `{folder.name}`; {offer}")


def _names(folder: Path) -> list[str]:
    """Every file under `folder`, by its path from there with `/` between the parts, in order."""
    found: list[str] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            found.extend(f"{entry.name}/{below}" for below in _names(entry))
        else:
            found.append(entry.name)
    return found
