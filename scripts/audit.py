"""Compare what requirements/ pins with the list of versions that are known to be vulnerable; no network is needed.

Ends with code 1 where a pinned version stands in the list, naming the file, the version, the fault and what to take
instead. A package that pyproject.toml lets be older than the list allows is told as well, and a pinned one that the
list does not know of.
"""

from __future__ import annotations

import datetime
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
LIST = "known-vulnerable.toml"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def known(folder: Path) -> tuple[datetime.date, list[dict[str, Any]]]:
    """The day on which the list was last looked over, and its faults."""
    data = tomllib.loads((folder / LIST).read_text(encoding="utf-8"))
    return data["looked_over"], data["fault"]


def forgotten(folder: Path, faults: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each pinned package that the list does not know of, and for each name in it that nothing pins."""
    data = tomllib.loads((folder / LIST).read_text(encoding="utf-8"))
    apart = set(data["not_gone_through"]["packages"])
    entered = {fault["package"] for fault in faults}
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))]
    pins = {canonicalize_name(package) for text in texts for package, _ in _PIN.findall(text)}
    for package in sorted(pins - apart - entered):
        yield f"{package} is pinned, and {LIST} does not know of it; look for its faults and enter it there"
    for package in sorted((apart & entered) | (apart - pins)):
        what = "entered" if package in entered else "not pinned"
        yield f"{package} stands in {LIST} as not gone through, and is {what}"


def has(fault: dict[str, Any], version: str) -> bool:
    """Whether a version has a fault."""
    return Version(fault.get("since", "0")) <= Version(version) < Version(fault["below"])


def pinned(folder: Path, faults: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each pinned version that has a fault."""
    for file in sorted(folder.glob("*.txt")):
        for package, version in _PIN.findall(file.read_text(encoding="utf-8")):
            for fault in faults:
                if fault["package"] == canonicalize_name(package) and has(fault, version):
                    yield (
                        f"{file.name} pins {package} {version}: {fault['says']} ({fault['name']});"
                        f" take {fault['below']} or later"
                    )


def allowed(project: Path, faults: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each package that a project names and lets be older than the list allows."""
    data = tomllib.loads(project.read_text(encoding="utf-8"))
    lists = [data["project"]["dependencies"], *data["project"].get("optional-dependencies", {}).values()]
    for each in (Requirement(text) for names in lists for text in names):
        for fault in faults:
            if fault["package"] == canonicalize_name(each.name) and not _excludes(each, fault):
                yield f"{project.name} allows {each.name} before {fault['below']}: {fault['says']} ({fault['name']})"


def _excludes(each: Requirement, fault: dict[str, Any]) -> bool:
    """Whether a requirement begins at or after the first version without the fault."""
    begins = [Version(part.version) for part in each.specifier if part.operator in (">=", ">", "==", "~=")]
    return any(version >= Version(fault["below"]) for version in begins)


def main() -> int:
    """Print what was found; 1 where it is anything."""
    day, faults = known(ROOT / "requirements")
    folder = ROOT / "requirements"
    found = [*pinned(folder, faults), *allowed(ROOT / "pyproject.toml", faults), *forgotten(folder, faults)]
    for line in found:
        print(f"audit: {line}")
    days = (datetime.datetime.now(datetime.UTC).date() - day).days
    print(f"audit: {len(found)} faults found of {len(faults)} known; the list was last looked over {days} days ago")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
