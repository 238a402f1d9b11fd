"""A draft is completed: what the law asks for stands under its citation, what is there stays, no guess is unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.drafts import DRAFT
from cli.running import put, run
from sespms_rules.authoring.completing import Completed, completed
from sespms_rules.authoring.looking import Judged, judged_by
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.resources import policy_names, policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import read_source
from sespms_rules.law.law_texts import law_texts

LAW = law_texts(()).library


def judge(source: Source) -> Judged:
    return judged_by("draft.sespms", LAW)(source)


def complete(text: str, *, advised: bool = False) -> Completed:
    return completed(Source("draft.sespms", text), judge, advised=advised)


@pytest.fixture(scope="module")
def done() -> Completed:
    return complete(DRAFT)


def test_a_draft_of_the_derivation_alone_becomes_a_text_without_an_error(done: Completed) -> None:
    before = [each for each in judge(Source("draft.sespms", DRAFT))[2] if each.severity == "error"]
    assert len(before) > 50
    assert not [each.message for each in done.findings if each.severity == "error"]


def test_what_the_author_wrote_stays_and_keeps_its_order(done: Completed) -> None:
    written = [" ".join(line.split()) for line in done.text.splitlines()]
    at = 0
    for line in (" ".join(each.split()) for each in DRAFT.splitlines() if each.strip()):
        found = next((n for n in range(at, len(written)) if written[n].startswith(line)), None)
        assert found is not None, f"{line} is lost"
        if not line.startswith(("critical element", "levels", "weights")):
            at = found


def test_a_sentence_that_the_text_denies_hides_none_that_begins_alike() -> None:
    """Each requirement is asked to have a goal, which these have not, and to describe level 3."""
    heading = 'critical element "Safe Harbors"\n'
    bare = DRAFT.replace(heading, f'{heading}  requires "Keeps order."\n')
    written = {each.words for each in complete(bare).written}
    assert {"each requirement has at least 1 strategic goal", "each requirement describes level 3"} <= written


def test_its_ratings_stay_what_they_were(done: Completed) -> None:
    draft = DRAFT.replace("4 points\n", "4 points equivalent to exceeds fully successful\n")
    program = judge(Source("draft.sespms", done.text))[0].programs
    assert program == judge(Source("draft.sespms", draft))[0].programs


def test_each_sentence_stands_under_a_provision_that_asks_for_it(done: Completed) -> None:
    _, held, _ = judge(Source("draft.sespms", DRAFT))
    assert held is not None
    cited = {each.citation.partition(",")[0] for each in held.verdicts}
    for each in done.written:
        assert each.citation in cited or (not each.citation and each.to_decide), each


def test_what_only_the_author_can_choose_is_marked_and_found_by_a_check(done: Completed) -> None:
    to_decide = [each for each in done.written if each.to_decide]
    notes = [each for each in done.findings if each.code == "SES024"]
    assert len(to_decide) == len(notes) == done.text.count("# to decide:")
    marked = {each.part for each in to_decide}
    assert {"standards", 'critical element "Safe Harbors"', "levels", "system"} <= marked


def test_a_sentence_that_another_one_covers_is_not_written(done: Completed) -> None:
    supports = [each for each in done.written if each.words.startswith("support ")]
    assert [each.words for each in supports] == [
        "support pay adjustment, performance award, retention, development and removal"
    ]


def test_a_completed_text_has_nothing_more_to_complete(done: Completed) -> None:
    again = complete(done.text)
    assert again.text == done.text
    assert again.written == ()


def test_what_is_only_advised_is_written_only_where_it_is_asked_for(done: Completed) -> None:
    advised = complete(DRAFT, advised=True)
    cap = "at most 30% of career executives at level 4 or better"
    assert cap not in done.text
    assert cap in advised.text
    assert not advised.has_errors


def test_a_part_that_the_law_asks_for_without_words_is_begun_and_cites_nothing(done: Completed) -> None:
    begun = [each for each in done.written if each.part == "awards and pay"]
    assert [(each.citation, bool(each.to_decide)) for each in begun] == [("", True)]


def test_the_last_line_of_a_file_may_lack_its_end() -> None:
    assert complete(DRAFT.rstrip("\n")).text == complete(DRAFT).text


def test_two_sentences_that_cannot_stand_together_are_left_to_the_author() -> None:
    path = policy_path("agencies/dhs_ses_2011.sespms")
    source, _ = read_source(path, str(path))
    result = completed(source, judged_by(str(path), LAW))
    assert result.written
    assert not [each for each in result.findings if each.severity == "error" and each.code < "SES2"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (DRAFT.replace("runs October", "rnus October"), "is not understood yet"),
        (DRAFT + DRAFT.replace("Invented Harbor Commission SES", "Another invented"), "holds 2 systems"),
        ('amendment "A"\n  amends "B"\n', "not understood yet"),
        ('baseline "Invented rules"\n', "holds 0 systems"),
        ('system "B" based on "Basic SES Appraisal System"\n', "is based on `Basic SES Appraisal System`"),
    ],
)
def test_what_cannot_be_completed_is_said_in_a_sentence(text: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        complete(text)


@pytest.mark.parametrize("name", policy_names("agencies"))
def test_completing_a_shipped_system_brings_no_new_error(name: str) -> None:
    path = policy_path(name)
    source, _ = read_source(path, str(path))
    look = judged_by(str(path), LAW)
    before = {(each.code, each.span.text) for each in look(source)[2] if each.severity == "error"}
    if any(each.bases for each in look(source)[0].policy.systems):
        with pytest.raises(RequestError, match="is based on"):
            completed(source, look)
        return
    result = completed(source, look)
    assert {(each.code, each.span.text) for each in result.findings if each.severity == "error"} <= before


SCENARIOS = "".join(
    f'\nscenario "s{place}"  # kept\n  "Leading Change"  rated {1 + place % 5}\n\n  # and this\n  expect level 3\n'
    for place in range(30)
)


def test_scenarios_are_not_read_anew_in_every_round_and_stay_as_they_are() -> None:
    """They change nothing that the law asks for; eight thousand of them took more than a minute."""
    read: list[str] = []

    def look(source: Source) -> Judged:
        read.append(source.text)
        return judge(source)

    where = DRAFT.index("\ncritical element")
    for text in (DRAFT + SCENARIOS, DRAFT[:where] + SCENARIOS + DRAFT[where:]):
        read.clear()
        result = completed(Source("draft.sespms", text), look)
        alone = complete(DRAFT)
        assert [each.words for each in result.written] == [each.words for each in alone.written]
        assert SCENARIOS in result.text
        assert result.text.replace(SCENARIOS, "").split() == alone.text.split()
        assert [("scenario" in each) for each in read] == [True, *[False] * (len(read) - 2), True]


@pytest.mark.parametrize("command", [["complete", "--write"], ["format"], ["check", "--fix", "--all"]])
def test_a_byte_order_mark_stays_where_it_was(tmp_path: Path, command: list[str]) -> None:
    """Windows' own editor puts one there, and a file that loses it is another for whoever compares the bytes."""
    text = DRAFT.replace("  total 100", "    total  100").replace("  equivalent to outstanding", "", 1)
    name, *options = command
    made = []
    for mark in ("", "\ufeff"):
        policy = put(tmp_path, "p.sespms", mark + text)
        run(name, policy, *options)
        made.append(policy.read_bytes())
        assert made[-1] != (mark + text).encode()
    assert made[1] == b"\xef\xbb\xbf" + made[0]


OWN_TERMS = """system "Invented Ferry Office"
  follows "5 CFR part 430, subpart C"
  effective 2026-10-01

levels
  level 5 "Exceptional" 100 points
  level 4 "Excels" 85 points
  level 3 "Achieves" 70 points
  level 2 "Needs Work" 50 points
  level 1 "Unacceptable" 0 points

"""


@pytest.mark.parametrize(
    "more",
    [
        "",
        "rating steps\n  annual rating by appointing authority\n",
        "rating steps\n  higher-level review by higher-level official on request before annual rating\n",
        "records\n  are given to executive\n\nrating steps\n  board recommendation by board after annual rating\n",
        "appraisal period\n  runs October 1 to September 30\n  lasts at least 120 days\n",
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_own_terms_stay_whatever_cannot_stand_together(more: str, end: str) -> None:
    text = (OWN_TERMS + more).rstrip("\n") + end
    result = complete(text)
    for line in text.splitlines():
        words = " ".join(line.split())
        assert any(" ".join(each.split()).startswith(words) for each in result.text.splitlines()), line
    for number, federal in ((5, "outstanding"), (4, "exceeds fully successful"), (1, "unsatisfactory")):
        assert sum(f"equivalent to {federal}" in each for each in result.text.splitlines()) == 1, number
    program = judge(Source("draft.sespms", result.text))[0].policy.systems[0]
    assert [each.term for each in program.levels] == ["Exceptional", "Excels", "Achieves", "Needs Work", "Unacceptable"]


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("  level 5", "  level  5"), ("weights\n", "weights\n\n\n")])
def test_a_text_that_was_laid_out_otherwise_stays_so(change: tuple[str, str]) -> None:
    text = DRAFT.replace(*change)
    result = complete(text)
    assert not result.has_errors
    ends = "\r\n" if "\r\n" in text else "\n"
    assert result.text.count(ends) == result.text.count("\n")
    lines = iter(result.text.split(ends))
    assert all(any(line.startswith(each) for line in lines) for each in text.split(ends))


def test_a_system_outside_the_law_needs_nothing() -> None:
    outside = DRAFT.replace('  follows "5 CFR part 430, subpart C" as of 2025-10-15\n', "").replace(
        "  covers career executives\n", "  is outside the Senior Executive Service\n"
    )
    result = complete(outside)
    assert [each.words for each in result.written if not each.words.startswith("equivalent")] == []


def test_the_file_is_changed_only_where_that_is_asked_for(tmp_path: Path) -> None:
    from cli.running import run

    file = tmp_path / "draft.sespms"
    file.write_text(DRAFT, encoding="utf-8")
    printed = run("complete", file)
    assert printed.exit_code == 0
    assert file.read_text(encoding="utf-8") == DRAFT
    assert "74 sentences written, " in printed.stderr
    assert run("complete", file, "--write").exit_code == 0
    assert file.read_text(encoding="utf-8") == printed.stdout
    assert run("check", file).exit_code == 0


def test_a_text_of_examples_is_no_pass_for_a_reviewer(tmp_path: Path, done: Completed) -> None:
    from cli.running import run

    file = tmp_path / "draft.sespms"
    file.write_text(done.text, encoding="utf-8")
    reviewed = run("check", file, "--review")
    assert reviewed.exit_code == 1
    assert "error SES024 left-to-decide" in reviewed.stdout
    decided = "".join(line for line in done.text.splitlines(keepends=True) if "# to decide:" not in line)
    file.write_text(decided, encoding="utf-8")
    assert "SES024" not in run("check", file, "--review").stdout
