"""An amendment whose own text has errors: no surface passes it, and none reports as if it had not been named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import OPM, data, put, run

HEAD = 'amendment "Raise it"\n  amends "Basic SES Appraisal System"\n\n'
STRUCK = "summary rating\n  strike score 475 to 500 is level 5\n"
FAULTY = {
    "at the margin": HEAD + "strike score 475 to 500 is level 5\ninsert score 485 to 500 is level 5\n",
    "no sentence": HEAD + STRUCK + "  insert score 485 and up is level 5\n",
    "no verb": HEAD + STRUCK + "  replace score 475 to 500 is level 5 with score 485 to 500 is level 5\n",
    "unfinished head": 'amendment "Raise it"\n  amends "Basic SES Appraisal System\n',
}
SOUND = HEAD + STRUCK + "  insert score 485 to 500 is level 5\n  strike score 400 to 474 is level 4\n"
SOUND += "  insert score 400 to 484 is level 4\n"
ROSTER = str(Path(__file__).parents[2] / "examples" / "roster.csv")


@pytest.fixture(params=FAULTY)
def faulty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(put(tmp_path, "faulty.sespms", FAULTY[request.param]))


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "html"])
def test_a_check_tells_what_is_wrong_with_the_amendment_and_fails(form: str, faulty: str) -> None:
    result = run("check", OPM, "--with", faulty, "--format", form)
    assert result.exit_code == 1
    assert "faulty.sespms" in result.stdout
    assert "No error was found" not in result.stdout


@pytest.mark.case("amended texts with faults")
def test_the_errors_stand_at_their_place_in_the_amendment_and_each_once(faulty: str) -> None:
    found, code = data("check", OPM, "--with", faulty)
    told = [each for each in found["findings"] if each["path"] == faulty]
    places = {(each["code"], each["line"], each["column"]) for each in told}
    assert code == 1
    assert told
    assert len(places) == len(told)
    assert {each["severity"] for each in told} == {"error"}


@pytest.mark.parametrize("command", [("prove", OPM), ("count", OPM), ("rate", OPM, ROSTER), ("impact", OPM, ROSTER)])
def test_every_other_command_fails_by_it_too(command: tuple[str, ...], faulty: str) -> None:
    result = run(*command, "--with", faulty)
    assert result.exit_code == 1
    assert "faulty.sespms" in result.stdout


def test_so_does_the_difference_of_two_editions(tmp_path: Path) -> None:
    path = put(tmp_path, "faulty.sespms", FAULTY["no sentence"])
    result = run("baseline", "diff", "5cfr430c-2015-10-26", "5cfr430c-2025-10-15", OPM, "--with", str(path))
    assert result.exit_code == 1
    assert "faulty.sespms:6:" in result.stdout


@pytest.mark.case("amended texts with faults")
def test_beside_a_sound_amendment_a_faulty_one_fails_too(tmp_path: Path) -> None:
    sound, faulty = put(tmp_path, "sound.sespms", SOUND), put(tmp_path, "faulty.sespms", FAULTY["no sentence"])
    assert "SES013" not in run("check", OPM, "--with", str(sound)).stdout
    for named in (["--with", f"{sound}+{faulty}"], ["--with", str(sound), "--with", str(faulty)]):
        result = run("check", OPM, *named)
        assert (result.exit_code, "faulty.sespms:6:" in result.stdout) == (1, True)


@pytest.mark.parametrize("form", ["text", "json", "html", "csv"])
def test_an_impact_does_not_report_the_policy_as_it_is_in_its_place(form: str, faulty: str) -> None:
    result = run("impact", OPM, ROSTER, "--with", faulty, "--format", form)
    assert result.exit_code == 1
    assert f"`{faulty}` cannot be tried: its text has errors; nobody was rated" in result.stderr
    assert "Distribution" not in result.stdout
    assert '"distribution"' not in result.stdout


def test_nor_beside_one_that_can_be_read(tmp_path: Path) -> None:
    sound, faulty = put(tmp_path, "sound.sespms", SOUND), put(tmp_path, "faulty.sespms", FAULTY["no verb"])
    result = run("impact", OPM, ROSTER, "--with", str(sound), "--with", str(faulty))
    assert (result.exit_code, "Distribution" in result.stdout) == (1, False)
    assert run("impact", OPM, ROSTER, "--with", str(sound)).stdout.count("Distribution") > 0
