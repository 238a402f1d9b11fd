"""The tree in detail: exact numbers, the author's words, and the characters each node covers."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import parse, tokens
from sespms_rules.language.syntax import derivation, elements, formula, limits, nodes, planning, system
from sespms_rules.language.syntax.words import Edit, PartKind, Unit


def _line(heading: str, text: str) -> nodes.Line:
    document, findings = parse(Source("line", f"{heading}\n  {text}\n"))
    assert findings == ()
    (block,) = document.blocks
    assert isinstance(block, nodes.Block)
    return block.lines[0]


def test_numbers_are_exact_and_keep_how_they_were_written() -> None:
    line = _line("weights", "total 99.90")
    assert isinstance(line.sentence, elements.WeightTotal)
    assert line.sentence.total.value == Fraction(999, 10)
    assert line.sentence.total.text == "99.90"
    assert line.sentence == elements.WeightTotal(nodes.Number(Fraction("99.9"), "99.9"))


def test_a_sentence_its_edit_and_its_authority() -> None:
    line = _line("appraisal period", 'strike lasts at least 90 days under "5 CFR 430.304"')
    assert line.edit is Edit.STRIKE
    assert line.sentence == planning.Lasts(limits.AtLeast(nodes.Number(Fraction(90))), Unit.DAY)
    assert line.sentence.span.text == "lasts at least 90 days"
    assert line.authority is not None
    assert line.authority.text == "5 CFR 430.304"
    assert line.span.text == 'strike lasts at least 90 days under "5 CFR 430.304"'


def test_singular_and_plural_are_one_word() -> None:
    assert _line("appraisal period", "lasts exactly 1 year") == _line("appraisal period", "lasts exactly 1 years")


def test_gaps_of_optional_phrases_are_none() -> None:
    bare = _line('system "S"', 'follows "B"').sentence
    dated = _line('system "S"', 'follows "B" as of 2025-10-15').sentence
    assert bare == system.Follows(nodes.Quoted("B"), None)
    assert dated == system.Follows(nodes.Quoted("B"), nodes.Day(datetime.date(2025, 10, 15)))


def test_wording_is_the_authors_with_single_blanks() -> None:
    line = _line('system "S"', 'agency "The   Example\tAgency"')
    assert line.sentence == system.Agency(nodes.Quoted("The Example Agency"))


def test_prose_loses_its_indentation_and_nothing_else() -> None:
    line = _line('system "S"', 'purpose """\n    One.  \n \n      Two.\n    """')
    assert line.sentence == system.Purpose(nodes.Prose("One.\n\n  Two."))


def test_headings_hold_their_names() -> None:
    document, _ = parse(Source("heads", 'system "A" based on "B"\nrequirement "1"\nlevels\nstrike table "T"\n'))
    headings = [block.heading if isinstance(block, nodes.Block) else block.part for block in document.blocks]
    assert headings == [
        nodes.PartName(PartKind.SYSTEM, nodes.Quoted("A"), nodes.Quoted("B")),
        nodes.PartName(PartKind.REQUIREMENT, nodes.Quoted("1")),
        nodes.PartName(PartKind.LEVELS),
        nodes.PartName(PartKind.TABLE, nodes.Quoted("T")),
    ]
    assert document.blocks[3].span.text == 'strike table "T"'


def test_operators_bind_as_in_school() -> None:
    whole = _formula("1 + 2 * 3 - 4 / 5")
    assert isinstance(whole, formula.Subtract)
    assert isinstance(whole.left, formula.Add)
    assert whole.left.right == _formula("2 * 3")
    assert whole.right == _formula("4 / 5")


def _formula(words: str) -> nodes.Node:
    score = _line("summary rating", f"score is {words}").sentence
    assert isinstance(score, derivation.ScoreIs)
    return score.value.formula


def _nodes(value: Any) -> list[nodes.Node]:
    if isinstance(value, tuple):
        return [each for item in value for each in _nodes(item)]
    if not isinstance(value, Frozen):
        return []
    inside = [each for name in value._fields if name != "span" for each in _nodes(getattr(value, name))]
    return [value, *inside] if isinstance(value, nodes.Node) else inside


def test_every_node_covers_words_of_its_own_line(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        source = Source(name, text)
        document, findings = parse(source)
        assert findings == (), name
        for block in document.blocks:
            assert text[block.span.start - 1 : block.span.start] in ("", "\n")
            for node in _nodes(block):
                assert node.span.source is source
                assert block.span.start <= node.span.start < node.span.end <= block.span.end
                assert node.span.text == node.span.text.strip()
        for line in (each for block in document.blocks if isinstance(block, nodes.Block) for each in block.lines):
            inside = _nodes(line)
            assert all(line.span.start <= each.span.start <= each.span.end <= line.span.end for each in inside)


def test_tokens_leave_out_nothing_but_blanks(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        found = tokens(Source(name, text))
        assert "".join("".join(each.text.split()) for each in found) == "".join(text.split()), name
        assert all(each.text == each.span.text for each in found)
        assert not [each for each in found if each.kind == "fault"]
