"""What may stand where: blocks under heads, edits, names used twice."""

from __future__ import annotations

import pytest

from resolve.resolving import only, resolved, told


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("weights\n  total 100\n", "weights"),
        ('scenario "One"\n  expect level 4\nsystem "A"\n', 'scenario "One"'),
        ("strike weights\n", "weights"),
        ('system "A"\nrequirement "1" "Title"\n  confirmed\n', 'requirement "1" "Title"'),
        ('system "A"\nlist "Words"\n  "one"\n', 'list "Words"'),
        ('baseline "A"\nweights\n  total 100\n', "weights"),
        ('baseline "A"\nscenario "One"\n  expect level 4\n', 'scenario "One"'),
        ('overlay "A"\ntraining\n  is for leaders\n', "training"),
    ],
)
def test_a_block_out_of_place_is_told_and_left_out(text: str, about: str) -> None:
    policy, findings = resolved(text)
    assert [(each.code, each.span.text) for each in findings] == [("SES108", about)]
    assert [part for system in policy.systems for part in system.parts] == []
    assert [each for edition in policy.baselines for each in (*edition.requirements, *edition.lists)] == []


@pytest.mark.parametrize(
    "sentence", ["may have distribution", "must not state appraisal period: lasts at most 30 days"]
)
def test_an_overlay_only_adds(sentence: str) -> None:
    text = 'overlay "State"\nrequirement "1" "Title"\n  {}\n  confirmed\n'
    finding = only(text.format(sentence))
    assert (finding.code, finding.span.text) == ("SES108", sentence)
    assert told(text.format(sentence).replace("overlay", "baseline")) == []
    assert told(text.format("must have training")) == []


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("must state weights: total 200", "weights"),
        ('should state levels: level 5 "Best" 5 points', "levels"),
        ("must not contradict summary rating: score 475 to 500 is level 5", "summary rating"),
        ("must have distribution", "distribution"),
        ("must not have distribution", "distribution"),
        ("must not have noncritical elements", "noncritical element"),
        ("must guarantee every level can be reached", "guarantees"),
        ("should guarantee every level can be reached", "guarantees"),
        ("should state performance review board: has at least 2 members", "performance review board"),
        ("should state appraisal period: lasts at least 30 days", "appraisal period"),
    ],
)
def test_an_overlay_leaves_alone_what_federal_law_settles(sentence: str, part: str) -> None:
    text = 'overlay "State"\nrequirement "1" "Title"\n  {}\n  confirmed\n'
    finding = only(text.format(sentence))
    assert (finding.code, finding.span.text) == ("SES108", sentence)
    assert f"`{part}`" in finding.message
    assert told(text.format(sentence).replace("overlay", "baseline")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('system "A"\nweights\n  insert total 100\n', "insert"),
        ('system "A"\n  insert agency "X"\n', "insert"),
        ('system "A"\nscenario "One"\n  strike expect level 4\n', "strike"),
        ('baseline "A"\nrequirement "1" "T"\n  confirmed\n  strike says "No."\n', "strike"),
        ('baseline "A"\n  insert issued by "B"\n', "insert"),
        ('overlay "A"\nrequirement "1" "T"\n  insert confirmed\n', "insert"),
        ('baseline "A"\nstrike requirement "1"\n', 'requirement "1"'),
        ('system "B"\namendment "A"\n  insert amends "B"\n', "insert"),
    ],
)
def test_strike_and_insert_out_of_place_are_told(text: str, words: str) -> None:
    finding = only(text)
    assert (finding.code, finding.span.text.strip()) == ("SES110", words)
    assert [fix.sure for fix in finding.fixes] == ([True] if words == "insert" else [])


def test_insert_in_a_system_is_read_as_a_plain_sentence() -> None:
    policy, _ = resolved('system "A"\nweights\n  insert total 100\n')
    assert len(policy.systems[0].parts[0].sentences) == 1


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ('system "A"\nsystem "A"\n', 'system "A"'),
        ('system "A"\ncritical element "X"\ncritical element "X"\n', 'critical element "X"'),
        ('system "A"\ncritical element "X"\nnoncritical element "X"\n', 'noncritical element "X"'),
        ('system "A"\ntable "T"\n  otherwise gives 0\ntable "T"\n  otherwise gives 1\n', 'table "T"'),
        ('system "A"\nscenario "S"\n  expect level 4\nscenario "S"\n  expect level 4\n', 'scenario "S"'),
        ('baseline "A"\nrequirement "1" "T"\n  confirmed\nrequirement "1" "U"\n', 'requirement "1" "U"'),
        ('baseline "A"\nlist "L"\n  "one"\nlist "L"\n  "two"\n', 'list "L"'),
        ('system "B"\namendment "A"\n  amends "B"\namendment "A"\n  amends "B"\n', 'amendment "A"'),
    ],
)
def test_a_name_used_twice_is_told_at_the_second(text: str, about: str) -> None:
    (finding, *others) = [each for each in resolved(text)[1] if each.code == "SES107"]
    assert finding.span.text == about
    assert finding.span.start > finding.labels[0].span.start
    assert {each.name for each in others} <= {"name-used-twice"}


def test_names_of_different_things_may_be_the_same() -> None:
    text = 'system "A"\ncritical element "A"\ntable "A"\n  otherwise gives 0\nscenario "A"\n  expect level 4\n'
    assert told(text + 'baseline "A"\n') == []


def test_editions_of_one_baseline_differ_in_their_first_day() -> None:
    editions = 'baseline "A"\n  in force from 2015-10-26\nbaseline "A"\n  in force from {}\n'
    assert told(editions.format("2025-10-15")) == []
    assert told(editions.format("2015-10-26")) == [("name-used-twice", 'baseline "A"')]


def test_blocks_of_one_part_stand_together() -> None:
    policy, findings = resolved('system "A"\nweights\n  total 100\nlevels\nweights\n  are whole numbers\n')
    assert findings == ()
    assert [len(part.sentences) for part in policy.systems[0].parts] == [2, 0]


def test_several_heads_in_one_file_have_each_their_own() -> None:
    text = """
    system "A"
    weights
      total 100
    baseline "B"
    requirement "1" "T"
      confirmed
    system "C"
    weights
      total 200
    """
    policy, findings = resolved(text)
    assert findings == ()
    assert [system.name for system in policy.systems] == ["A", "C"]
    assert [len(edition.requirements) for edition in policy.baselines] == [1]
