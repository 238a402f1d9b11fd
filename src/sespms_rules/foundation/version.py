"""The version of the program, which every report names."""

from __future__ import annotations

from functools import cache


@cache
def version() -> str:
    """The version that is installed, such as `0.3.0`; of a tree that was never installed, that it is one."""
    from importlib.metadata import PackageNotFoundError, version  # takes some milliseconds to load

    try:
        return version("sespms-rules")
    except PackageNotFoundError:
        return "of this source tree"  # not installed, but run where it lies
