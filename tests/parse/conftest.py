"""What the tests of reading share: an invented policy, and every sentence of the language in one text."""

from __future__ import annotations

from pathlib import Path

import pytest

from sespms_rules.foundation.resources import policy_names, policy_path
from sespms_rules.language.phrasebook import PARTS, phrase_book

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="session")
def lighthouse() -> str:
    """A whole policy without a fault."""
    return (SAMPLES / "lighthouse.sespms").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def every_sentence() -> str:
    """Each part of the language with an example of each of its sentences."""
    parts = [
        "\n".join([part.heading, *(f"  {each}" for phrase in phrase_book(part.kind.value) for each in phrase.examples)])
        for part in PARTS
    ]
    return "\n\n".join(parts) + "\n\nstrike training\n"


@pytest.fixture(scope="session")
def texts(lighthouse: str, every_sentence: str) -> dict[str, str]:
    """Policies without a fault, by name: the sample, every sentence, and all that are shipped."""
    shipped = {name: policy_path(name).read_text(encoding="utf-8") for name in policy_names()}
    return {"lighthouse": lighthouse, "every sentence": every_sentence} | shipped
