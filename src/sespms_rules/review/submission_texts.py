"""A policy as it was read from its folder -> the texts that are submitted with it, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import Compilation
from sespms_rules.studies.rested_on import texts_rested_on


def submitted_texts(policy: str, compilations: Sequence[Compilation]) -> dict[str, bytes]:
    """The texts of a submission by name: the policy of this path and those of its folder that it rests on.

    Raises RequestError for one from another folder and for one that is not in UTF-8.
    """
    texts = {}
    for each in texts_rested_on(compilations):
        if each.name.startswith("policies/") and not _is_at(each, policy):
            continue  # a system that comes with the program
        if not _is_at(each, policy):
            raise RequestError(f"`{each.name}` stands in another folder; put what is submitted together into one")
        held = (each.mark + each.text).encode()
        if Source("", "", held).sha256 != each.sha256:
            raise RequestError(f"`{each.name}` is not in UTF-8; save it so, and every reader sees it alike")
        texts[Path(each.name).name] = held
    return texts


def _is_at(source: Source, policy: str) -> bool:
    return Path(source.name).parent == Path(policy).parent
