"""No text among those that are submitted can change what another text is checked against. All policies are invented."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from cli.running import SMALL, data, put, run
from law.complying import COMPLYING, changed
from sespms_rules.foundation.resources import policy_path
from sespms_rules.language.resolution import library
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.law_texts import LawFolder, law_texts

FEDERAL = "5 CFR part 430, subpart C"
SUBPART_C = "federal/5cfr430c-2025-10-15.sespms"
GOOD = COMPLYING
SMALL_BOARD = changed(("has at least 3 members", "has at least 2 members"))
NOTHING_ASKED = f"""baseline "{FEDERAL}"
  in force from 2025-10-15

requirement "5 CFR 1" "Nothing"
  must have levels
  confirmed
"""
OVERLAY = """overlay "Our words"
  in force from 2020-01-01

list "OPM-validated executive competencies"
  "Loyalty" includes "Loyalty to the Secretary"
"""


def verdicts(*arguments: str | Path) -> tuple[dict[str, str], int]:
    """The verdict on each requirement by its identity, and the exit code."""
    found, code = data("check", *arguments)
    return {each["id"]: each["verdict"] for each in found["requirements"]}, code


def codes(*arguments: str | Path) -> set[tuple[str, str]]:
    """Code and severity of every finding."""
    return {(each["code"], each["severity"]) for each in data("check", *arguments)[0]["findings"]}


@pytest.mark.parametrize(
    "name",
    [
        "OPM-validated executive competencies",
        "OPM-Validated  Executive Competencies",
        "\N{CYRILLIC CAPITAL LETTER O}PM-validated executive competencies",
    ],
)
def test_a_list_that_borrows_the_name_of_one_in_the_law_is_an_error(tmp_path: Path, name: str) -> None:
    brought = OVERLAY.replace("OPM-validated executive competencies", name)
    policy = put(tmp_path, "p.sespms", f"{GOOD}\n{brought}")
    assert ("SES305", "error") in codes(policy)
    assert verdicts(policy)[0] == verdicts(put(tmp_path, "q.sespms", GOOD))[0], "it changes no verdict"


def test_a_list_of_its_own_name_is_told_with_its_overlay_and_no_error(tmp_path: Path) -> None:
    own = OVERLAY.replace("OPM-validated executive competencies", "Competencies of our own")
    found = codes(put(tmp_path, "p.sespms", f"{GOOD}\n{own}"))
    assert ("SES305", "warning") in found
    assert ("SES305", "error") not in found


@pytest.mark.parametrize(
    "name", ["5 CFR part 430, subpart \N{CYRILLIC CAPITAL LETTER ES}", "5 cfr Part 430,  Subpart C"]
)
def test_an_edition_by_a_name_that_looks_the_same_is_an_error(tmp_path: Path, name: str) -> None:
    policy = put(tmp_path, "p.sespms", NOTHING_ASKED.replace(FEDERAL, name) + f"\n{GOOD}")
    assert ("SES305", "error") in codes(policy)


def test_the_system_that_is_changed_here_fails_only_by_its_board(tmp_path: Path) -> None:
    found, code = data("check", put(tmp_path, "p.sespms", SMALL_BOARD))
    assert code == 1
    assert {each["citation"] for each in found["requirements"] if each["fails"]} >= {"5 CFR 430.311(a)(1)"}
    assert data("check", put(tmp_path, "q.sespms", GOOD))[1] == 0


@pytest.mark.attack("neighbours as law")
@pytest.mark.parametrize(
    "poison",
    [
        NOTHING_ASKED,
        NOTHING_ASKED.replace("from 2025-10-15", "from 2026-01-01"),
        policy_path("federal/5usc-ses.sespms").read_text(encoding="utf-8").split("\nrequirement")[0],
        OVERLAY,
        'baseline "broken\n  in force',
    ],
    ids=["same day", "later day", "no requirements", "overlay", "broken"],
)
def test_a_neighbour_changes_no_verdict(tmp_path: Path, poison: str) -> None:
    policy = put(tmp_path, "agency_12.sespms", SMALL_BOARD)
    alone = verdicts(policy)
    put(tmp_path, "agency_07.sespms", poison)
    assert verdicts(policy) == alone
    sound = put(tmp_path, "agency_13.sespms", GOOD)
    assert data("check", sound)[1] == 0, "what a neighbour brings does not make a sound text fail"
    proved = [(each["guarantee"], each["verdict"]) for each in data("prove", sound)[0]["verdicts"]]
    (tmp_path / "agency_07.sespms").unlink()
    assert proved == [(each["guarantee"], each["verdict"]) for each in data("prove", sound)[0]["verdicts"]]


@pytest.mark.parametrize("poison", [NOTHING_ASKED, OVERLAY])
def test_a_file_that_brings_its_own_rules_is_checked_by_the_law_all_the_same(tmp_path: Path, poison: str) -> None:
    alone, _ = verdicts(put(tmp_path, "p.sespms", SMALL_BOARD))
    together, code = verdicts(put(tmp_path, "p.sespms", f"{poison}\n{SMALL_BOARD}"))
    assert (together, code) == (alone, 1)


def test_what_is_brought_is_told_at_its_heading(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", GOOD)
    put(tmp_path, "rules.sespms", "# ours\n\n" + OVERLAY)
    found, code = data("check", policy)
    (told,) = (each for each in found["findings"] if each["code"] == "SES305")
    assert (told["severity"], told["line"], told["text"]) == ("warning", 3, 'overlay "Our words"')
    assert told["path"].endswith("rules.sespms")
    assert (told["message"].split("`")[1], code) == ("Our words", 0)


def test_an_edition_named_like_a_shipped_one_is_an_error_where_it_is_named(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", f"{NOTHING_ASKED}\n{GOOD}")
    assert ("SES305", "error") in codes(policy)
    later = NOTHING_ASKED.replace("from 2025-10-15", "from 2027-01-01")
    assert ("SES305", "warning") in codes(put(tmp_path, "q.sespms", f"{later}\n{GOOD}"))


def test_a_copy_of_the_law_is_no_rival(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", GOOD)
    put(tmp_path, "copy.sespms", policy_path(SUBPART_C).read_text(encoding="utf-8"))
    assert "SES305" not in {code for code, _ in codes(policy)}
    assert "SES305" not in {code for code, _ in codes(policy_path(SUBPART_C))}


def test_a_list_is_that_of_the_edition_that_asks(tmp_path: Path) -> None:
    based = 'based on "Conflict Management"'
    assert based in GOOD or "based on" in GOOD
    line = next(each for each in GOOD.splitlines() if each.strip().startswith("based on "))
    own = GOOD.replace(line, '  based on "Loyalty to the Secretary"', 1)
    for text in (own, f"{own}\n\n{OVERLAY}", own.replace("  effective", '  follows "Our words"\n  effective', 1)):
        put(tmp_path, "words.sespms", OVERLAY)
        found, _ = verdicts(put(tmp_path, "p.sespms", text))
        about = [kind for identity, kind in found.items() if "430.305(a)(1)" in identity]
        assert set(about) & {"refuted", "unconfirmed"}, about


# ---- what a reader trusts ------------------------------------------------------------------------


def law(folder: Path, **texts: str) -> Path:
    """A folder of rules."""
    made = folder / "law"
    made.mkdir(exist_ok=True)
    for name, text in texts.items():
        put(made, f"{name}.sespms", text)
    return made


def test_a_folder_that_the_reader_names_is_law(tmp_path: Path) -> None:
    draft = NOTHING_ASKED.replace("from 2025-10-15", "from 2026-10-01").replace(
        "must have levels", "must have training"
    )
    found, code = data("check", put(tmp_path, "p.sespms", SMALL_BOARD), "--law", law(tmp_path, draft=draft))
    of_draft = [each for each in found["requirements"] if each["edition"] == "2026-10-01"]
    assert [each["citation"] for each in of_draft] == ["5 CFR 1"]
    assert "5 CFR 430.311(a)(1)" not in {each["citation"] for each in found["requirements"]}
    assert code == 0, "the draft, which has the later first day, asks for no board of three"


def test_an_edition_that_differs_from_a_shipped_one_is_refused_unless_it_replaces(tmp_path: Path) -> None:
    policy, rules = put(tmp_path, "p.sespms", GOOD), law(tmp_path, rules=NOTHING_ASKED)
    found, code = data("check", policy, "--law", rules)
    assert code == 1
    assert ("SES305", "error") in {(each["code"], each["severity"]) for each in found["findings"]}
    assert "5 CFR 1" not in {each["citation"] for each in found["requirements"]}
    replaced, code = data("check", policy, "--law", f"replace:{rules}")
    assert code == 0
    assert "5 CFR 1" in {each["citation"] for each in replaced["requirements"]}
    older = law(tmp_path, rules=NOTHING_ASKED.replace("from 2025-10-15", "from 2010-01-01"))
    assert data("check", policy, "--law", older)[1] == 1


def test_law_that_cannot_be_read_is_never_passed_over(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", GOOD)
    assert data("check", policy, "--law", law(tmp_path, rules='baseline "Rules"\n  in forse from 2020-01-01\n'))[1] == 1
    (tmp_path / "law" / "rules.sespms").write_bytes(b"\0\1")
    assert run("check", policy, "--law", tmp_path / "law").exit_code == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    for folder in (tmp_path / "nowhere", policy, empty):
        result = run("check", policy, "--law", folder)
        assert (result.exit_code, result.stdout) == (2, "")
        assert folder.name in result.stderr.replace("\n", "")


# ---- what a report rests on ----------------------------------------------------------------------


def test_every_report_names_version_editions_and_files_with_their_digests(tmp_path: Path) -> None:
    policy = put(
        tmp_path, "p.sespms", f'system "Variant" based on "Base"\n\n{SMALL.replace("Invented agency", "Base")}'
    )
    policy.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    digest = hashlib.sha256(policy.read_bytes()).hexdigest()
    edition = hashlib.sha256(policy_path(SUBPART_C).read_bytes()).hexdigest()
    found, _ = data("check", policy)
    assert found["version"]
    assert {each["path"]: each["sha256"] for each in found["files"]} == {str(policy): digest}
    assert edition in {each["sha256"] for each in found["law"]}
    (days,) = found["days"]
    assert days["period"] == {"start": "2026-10-01", "end": "2027-09-30"}
    for form, options in (("text", ["--requirements"]), ("sarif", []), ("junit", []), ("html", [])):
        said = run("check", policy, "--format", form, *options).stdout
        assert digest in said, form
        assert edition in said, form
        assert found["version"] in said, form
    log = json.loads(run("check", policy, "--format", "sarif").stdout)["runs"][0]
    assert {each["hashes"]["sha-256"] for each in log["artifacts"]} >= {digest, edition}


def test_what_a_system_is_based_on_is_among_its_files(tmp_path: Path) -> None:
    put(tmp_path, "base.sespms", SMALL)
    text = 'system "Variant" based on "Invented agency"\n  purpose "A variant."\n'
    found, _ = data("check", put(tmp_path, "p.sespms", text))
    assert [Path(each["path"]).name for each in found["files"]] == ["p.sespms", "base.sespms"]


@pytest.mark.attack("pipes beside a policy")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders on this system")
def test_a_pipe_in_a_folder_of_law_is_told_and_not_waited_for(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", GOOD)
    folder = tmp_path / "law"
    folder.mkdir()
    os.mkfifo(folder / "rule.sespms")
    result = run("check", policy, "--law", folder)
    assert result.exit_code == 2
    assert "rule.sespms` is not a regular file" in result.stderr


EDITION = """baseline "Invented rule"
  in force from 2020-01-01

requirement "1 INV 1" "Boards"
  must have levels
  confirmed
"""
CHANGE = """amendment "Invented change"
  amends "{of}" as of {day}
  in force from 2026-01-01
  because "It is invented."

strike requirement "{of_that}"
"""


@pytest.mark.parametrize(
    ("of", "day", "of_that", "told"),
    [
        ("Invented rule", "2020-01-01", "1 INV 1", set()),
        (FEDERAL, "2015-10-26", "5 CFR 430.308(c), inclusion", set()),
        ("Another rule", "2020-01-01", "1 INV 1", {("SES116", "error")}),
    ],
    ids=["of another file", "of a shipped one", "of none"],
)
def test_an_amendment_among_texts_of_law_finds_what_it_amends(
    tmp_path: Path, of: str, day: str, of_that: str, told: set[tuple[str, str]]
) -> None:
    law = tmp_path / "law"
    law.mkdir()
    put(law, "a_change.sespms", CHANGE.format(of=of, day=day, of_that=of_that))
    put(law, "b_rule.sespms", EDITION)
    policy = put(tmp_path, "p.sespms", GOOD)
    assert codes(policy, "--law", law) - codes(policy) == told


def test_a_broken_text_of_law_is_nothing_to_rest_on(tmp_path: Path) -> None:
    law = tmp_path / "law"
    law.mkdir()
    put(law, "a_change.sespms", CHANGE.format(of="Invented rule", day="2020-01-01", of_that="1 INV 1"))
    put(law, "b_rule.sespms", EDITION.replace("must have levels", "must hve levels"))
    assert ("SES116", "error") in codes(put(tmp_path, "p.sespms", GOOD), "--law", law)


def _told_of_a_change(law: Path, policy: Path) -> list[tuple[str, str]]:
    found, _ = data("check", policy, "--law", law)
    return [(each["code"], each["message"]) for each in found["findings"] if each["path"].endswith("a_change.sespms")]


@pytest.mark.parametrize(
    ("day", "edition", "told"),
    [
        ("2015-10-26", "2015-10-26", True),
        ("2015-10-26", "2010-01-01", False),
        ("", "2015-10-26", True),
    ],
    ids=["the one not used", "another of its name", "no day"],
)
@pytest.mark.parametrize("broken", [False, True])
def test_an_amendment_of_an_edition_that_is_not_used_is_not_one_of_its_namesake(
    tmp_path: Path, day: str, edition: str, told: bool, broken: bool
) -> None:
    """It was carried out on the shipped edition of that name, without a word."""
    law = tmp_path / "law"
    law.mkdir()
    change = CHANGE.format(of=FEDERAL, day=day, of_that="5 CFR 430.308(c), inclusion")
    put(law, "a_change.sespms", change if day else change.replace(" as of ", ""))
    other = EDITION.replace("Invented rule", FEDERAL).replace("2020-01-01", edition)
    put(law, "b_rule.sespms", other + ("  must hve levels\n" if broken else ""))
    said = f"`{FEDERAL}` in `{law / 'b_rule.sespms'}` is not used, so nothing can rest on it"
    found = _told_of_a_change(law, put(tmp_path, "p.sespms", GOOD))
    assert [each for each in found if each[0] == "SES116"] == ([("SES116", said)] if told else [])
    assert told or not found


def test_an_amendment_of_an_edition_with_errors_bears_one_error_of_its_own(tmp_path: Path) -> None:
    law = tmp_path / "law"
    law.mkdir()
    put(law, "a_change.sespms", CHANGE.format(of="Invented rule", day="2020-01-01", of_that="1 INV 1"))
    put(law, "b_rule.sespms", EDITION + '\nrequirement "1 INV 1" "Again"\n  must have levels\n  confirmed\n')
    found = _told_of_a_change(law, put(tmp_path, "p.sespms", GOOD))
    assert found == [("SES116", "`Invented rule` has errors of its own, so nothing can rest on it")]
    put(law, "b_rule.sespms", EDITION.replace("must have levels", "must hve levels"))
    found = _told_of_a_change(law, tmp_path / "p.sespms")
    said = f"`Invented rule` in `{law / 'b_rule.sespms'}` is not used, so nothing can rest on it"
    assert found == [("SES116", said)]


def test_what_a_folder_of_law_holds_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text looked through all others, and 3,200 of them took most of a minute."""
    many = 60
    for number in range(many):
        of = {"of": f"Rule {number}", "day": "2020-01-01", "of_that": "1 INV 1"}
        put(tmp_path, f"a{number}.sespms", CHANGE.format(**of).replace("Invented change", f"Change {number}"))
        put(tmp_path, f"b{number}.sespms", EDITION.replace("Invented rule", f"Rule {number}"))
    looked: list[object] = []
    heads_of = library.heads_of

    def counted(document: Document) -> tuple[tuple[PartKind, str], ...]:
        looked.append(document)
        return heads_of(document)

    monkeypatch.setattr(library, "heads_of", counted)
    assert law_texts([LawFolder(tmp_path)]).findings == ()
    assert len(looked) <= 10 * many


@pytest.mark.attack("20 megabytes of one sign")
def test_folders_of_law_together_are_no_longer_than_a_folder_of_policies(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        put(folder, "notes.sespms", "# note\n" * 800_000)
    policy = put(tmp_path, "p.sespms", SMALL)
    assert "more than 10 million characters" not in run("check", policy, "--law", one).output
    told = run("check", policy, "--law", one, "--law", two)
    assert told.exit_code == 2
    assert f"the folders of law hold more than 10 million characters; `{two / 'notes.sespms'}` is past them" in (
        " ".join(told.output.split())
    )
