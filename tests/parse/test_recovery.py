"""One fault, one finding: whatever else a text holds is read, and every fault is reported in one run."""

from __future__ import annotations

import re

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.syntax.nodes import Block, Document

# Where the words stand in the sample, what they become, the code, and how many blocks and sentences are lost.
FAULTS = (
    ("lasts at least 100 days", "lasts atleast 100 days", "SES001", 0),
    ("  is in writing\n  is developed", "  runs January 1 to December 31\n  is developed", "SES003", 0),
    ("rounded half up to 2 decimals", "rounded to 2 decimals", "SES008", 0),
    (" otherwise 0\n", "\n", "SES010", 0),
    ('based on "Accountability" and', "based on Accountability and", "SES004", 0),
    ('agency "Example Lighthouse Service"', 'agency "Example Lighthouse Service', "SES005", 0),
    ("rating steps\n", "ratings steps\n", "SES011", 1),
    ("has at least 3 members", "has at least", "SES012", 0),
    ("level 5 allows performance award", "level 5 allows performance award;", "SES015", 0),
    ("within 30 days after period start", "within 4 weeks after period start", "SES018", 0),
    ("expect score 4.5", "expect score 4.5 points", "SES013", 0),
    ("are kept at least 5 years", "  are kept at least 5 yeers", "SES001", 0),
    ("  total 100\n", "total 100\n", "SES014", 0),
    ("effective 2027-01-01", "effective 2027-13-01", "SES009", -1),
)


def _with(text: str, *faults: tuple[str, str, str, int]) -> str:
    for sound, faulty, _, _ in faults:
        assert text.count(sound) >= 1, sound
        text = text.replace(sound, faulty, 1)
    return text


def _sentences(document: Document) -> int:
    return sum(len(block.lines) for block in document.blocks if isinstance(block, Block))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[1].strip()[:30])
def test_a_planted_fault_makes_one_finding_and_costs_one_sentence(
    lighthouse: str, fault: tuple[str, str, str, int]
) -> None:
    sound, _ = parse(Source("sound", lighthouse))
    document, findings = parse(Source("faulty", _with(lighthouse, fault)))
    assert [each.code for each in findings] == [fault[2]]
    _, _, _, lost_blocks = fault
    assert len(document.blocks) == len(sound.blocks) - max(lost_blocks, 0)
    if lost_blocks == 0:
        assert _sentences(document) == _sentences(sound) - 1


def test_all_of_them_at_once_make_just_as_many_findings(lighthouse: str) -> None:
    _, findings = parse(Source("faulty", _with(lighthouse, *FAULTS)))
    assert sorted(each.code for each in findings) == sorted(code for _, _, code, _ in FAULTS)
    assert list(findings) == sorted(findings, key=lambda each: each.order)


def test_a_misspelled_heading_costs_its_block_alone(lighthouse: str) -> None:
    sound, _ = parse(Source("sound", lighthouse))
    for found in re.finditer(r"^(?=[a-z])(\w)(\w*)", lighthouse, re.MULTILINE):
        faulty = lighthouse[: found.start()] + "x" + lighthouse[found.start() :]
        document, findings = parse(Source("faulty", faulty))
        assert [each.code for each in findings] == ["SES011"], found.group()
        assert len(document.blocks) == len(sound.blocks) - 1


def test_every_line_may_be_misspelled_at_once(lighthouse: str) -> None:
    faulty = re.sub(r"^  (?=[a-z\"])(?=\S.*$)", "  x ", lighthouse, flags=re.MULTILINE)
    document, findings = parse(Source("faulty", faulty))
    assert len(document.blocks) == len(parse(Source("sound", lighthouse))[0].blocks)
    assert _sentences(document) == 0
    lines = [each.span.line for each in findings]
    assert len(set(lines)) == len(lines)


def test_prose_that_is_never_closed_costs_its_sentence_alone(lighthouse: str) -> None:
    sound, _ = parse(Source("sound", lighthouse))
    faulty = lighthouse.replace('    """\n', "", 1)
    document, findings = parse(Source("faulty", faulty))
    assert [(each.code, each.span.line) for each in findings] == [("SES006", 7)]
    assert _sentences(document) == _sentences(sound) - 1


def test_prose_that_runs_into_the_next_prose_is_found_where_it_opens() -> None:
    element = 'critical element "{0}"\n  requires """\n    Works well.\n    """\n'
    text = "".join(element.format(name) for name in "ABCD")
    faulty = text.replace('    """\n', "", 1)
    document, findings = parse(Source("faulty", faulty))
    assert [(each.code, each.span.line) for each in findings] == [("SES006", 2)]
    assert [len(block.lines) for block in document.blocks if isinstance(block, Block)] == [0, 1, 1, 1]


def test_prose_may_hold_what_looks_like_a_heading() -> None:
    document, findings = parse(Source("sound", 'system "S"\n  purpose """\nlevels\n  and more\n"""\nweights\n'))
    assert findings == ()
    assert len(document.blocks) == 2


def test_a_day_that_is_not_is_one_finding_even_in_a_line_with_another_fault() -> None:
    _, findings = parse(Source("faulty", 'system "S"\n  follows "A" as of 2025-02-30 again\n  effective 2025-01-01\n'))
    assert [each.code for each in findings] == ["SES013"]


def test_notes_are_kept_beside_faults(lighthouse: str) -> None:
    sound, _ = parse(Source("sound", lighthouse))
    document, _ = parse(Source("faulty", _with(lighthouse, *FAULTS)))
    assert [note.text for note in document.comments] == [note.text for note in sound.comments]
    assert len(sound.comments) == 5
    assert all(note.text == note.span.text for note in sound.comments)


@pytest.mark.parametrize(
    "text",
    ['system "S"\n' + "  foo bar\n" * 5_000, "foo bar\n" * 5_000, 'system "S"\n' + "  effective 2025-99-99\n" * 5_000],
    ids=["lines", "headings", "days"],
)
def test_nobody_is_told_of_more_faults_than_anyone_reads(text: str) -> None:
    _, findings = parse(Source("faulty", text))
    assert len(findings) == 201
    assert findings[-1].code == "SES016"
    assert findings[-1].name == "too-many-faults"
    assert findings[-1].message == "there are more faults than these 200 from here on"
    assert findings[-1].span.line in (201, 202)
