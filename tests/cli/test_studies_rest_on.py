"""What a study rests on: every text and roster with its digest, as anyone can compute it, in every form."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cli.running import OPM, ROOT, data, run

ROSTER = str(ROOT / "examples" / "harbor_commission.csv")
BAR = str(ROOT / "policies" / "what-if" / "raise_the_bar.sespms")
STUDIES = {
    "impact": ("impact", OPM, ROSTER, "--with", BAR),
    "sweep": ("sweep", OPM, ROSTER, "--with", BAR, "--vary", "cut of level 5 over 485, 490"),
    "count": ("count", OPM, "--with", BAR),
    "prove": ("prove", OPM, "--with", BAR, "--guarantee", "every level can be reached"),
    "compare": ("compare", OPM, "--with", BAR),
}
READS_A_ROSTER = ("impact", "sweep")


def digest(path: str) -> str:
    """What `sha256sum` says of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@pytest.mark.parametrize("study", STUDIES)
def test_json_and_text_name_every_file_with_its_digest(study: str) -> None:
    expected = {path: digest(path) for path in (OPM, BAR, *([ROSTER] if study in READS_A_ROSTER else []))}
    found, _ = data(*STUDIES[study])
    assert {each["path"]: each["sha256"] for each in found["files"]} == expected
    assert found["version"]
    assert found["law"]
    plain, told = run(*STUDIES[study]).stdout, run(*STUDIES[study], "--provenance").stdout
    assert "This report rests on sespms" not in plain
    assert f"This report rests on sespms {found['version']}" in told
    assert all(each in told for each in expected.values())


def test_pages_name_them_without_folders() -> None:
    page = run(*STUDIES["impact"], "--format", "html").stdout
    assert digest(ROSTER) in page
    assert digest(BAR) in page
    assert str(ROOT) not in page


@pytest.mark.parametrize("form", ["json", "html", "text"])
def test_what_is_shared_has_no_digest_of_the_roster(form: str) -> None:
    """Whoever knows all of a roster but one level could try the five against its digest."""
    shared = run(*STUDIES["impact"], "--share", "--provenance", "--format", form).stdout
    assert digest(ROSTER) not in shared
    assert digest(BAR) in shared
    assert digest(ROSTER) not in run(*STUDIES["sweep"], "--format", "html").stdout
    assert digest(ROSTER) in run(*STUDIES["sweep"], "--format", "html", "--full").stdout
