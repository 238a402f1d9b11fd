"""Files with very many texts, and amendments with very many lines: what is past a bound is an error, never sound.

A bound is on what is worked out, not on time; the wholes are timed by the system in `cli/test_bounds.py`.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cli.many_lines import KINDS
from resolve.resolving import document_of, told
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, FolderLibrary, nearest, passages, resolve, systems
from sespms_rules.language.resolution.passages import Alteration, Passage, alter, stated
from sespms_rules.language.syntax.nodes import Block
from sespms_rules.language.syntax.words import Edit
from sespms_rules.pipeline import compile_source, judged_texts

SYSTEM = 'system "{}"\nweights\n  total 100\n'
AMENDMENT = '\namendment "A{}"\n  amends "Many lines"\n  in force from 2026-10-01\n  because "more"\n'


@pytest.mark.parametrize("kind", ["system", "amendment", "baseline", "overlay"])
def test_the_hundred_and_first_text_of_a_file_is_an_error(kind: str) -> None:
    texts = [f'{kind} "T{place}"\n' for place in range(102)]
    within = [each for each in told("".join(texts[:100]), EMPTY_LIBRARY) if each[0] == "too-many-named"]
    beyond = [each for each in told("".join(texts), EMPTY_LIBRARY) if each[0] == "too-many-named"]
    assert within == []
    assert [words for _, words in beyond] == [f'{kind} "T100"']


def test_texts_that_come_to_more_together_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first text is never too much; what is not judged is an error at its heading, and nothing is derived of it."""
    monkeypatch.setattr(systems, "MOST_TOGETHER", 60)
    text = KINDS["bands"](12) + "".join(AMENDMENT.format(place) for place in range(4))
    compilation = compile_source(Source("p.sespms", text))
    past = [each for each in compilation.diagnostics if each.code == "SES142"]
    assert [each.span.text for each in past] == ['amendment "A1"', 'amendment "A2"', 'amendment "A3"']
    assert "comes to more than 60 sentences, so it is not judged" in past[0].message
    assert compilation.has_errors
    assert "A0" in "".join(each.by for each in judged_texts(compilation))
    assert "A1" not in "".join(each.by for each in judged_texts(compilation))


def test_systems_that_rest_on_a_long_one_count_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systems, "MOST_TOGETHER", 100)
    text = KINDS["bands"](12) + "".join(f'\nsystem "S{place}" based on "Many lines"\n' for place in range(5))
    found = [each for each in compile_source(Source("p.sespms", text)).diagnostics if each.code == "SES142"]
    assert [each.span.text.split(" based")[0] for each in found] == ['system "S3"', 'system "S4"']


def test_of_many_files_that_hold_one_system_no_more_are_parsed_than_show_it(tmp_path: Path) -> None:
    """Copies of one text are one file, however many; wording that only looks like a heading takes nobody's place."""
    parsed: list[str] = []

    def parse_and_note(source: Source) -> tuple[object, object]:
        parsed.append(source.name)
        return parse(source)

    for place in range(3):
        (tmp_path / f"a{place}.sespms").write_text(SYSTEM.format("S"), encoding="utf-8")
        (tmp_path / f"b{place}.sespms").write_text(
            f'system "T{place}"\n  purpose """\nsystem "S"\n"""\n', encoding="utf-8"
        )
    library = FolderLibrary(folders=[tmp_path], shipped=False, parse=parse_and_note)  # type: ignore[arg-type]
    assert told('system "C" based on "S"\n', library) == []
    for place in range(40):
        text = SYSTEM.format("S").replace("100", str(200 + place))
        (tmp_path / f"c{place:02}.sespms").write_text(text, encoding="utf-8")
    parsed.clear()
    library = FolderLibrary(folders=[tmp_path], shipped=False, parse=parse_and_note)  # type: ignore[arg-type]
    assert told('system "C" based on "S"\n', library) == [("name-in-several-files", '"S"')]
    assert len(parsed) <= 1 + 3 + 4


# ---- strike and insert -------------------------------------------------------------------------------


def _block(lines: str) -> Block:
    (_, block) = document_of(f'system "S"\n\nsummary rating\n{lines}').blocks
    assert isinstance(block, Block)
    return block


def _plainly(before: list[str], edits: list[tuple[Edit, str]], *, own: bool) -> tuple[list[str], list[str]]:
    """What edits come to, as the language says it: the first alike is struck, the next is added where one was struck.

    With `own` a text cannot strike what it added itself.
    """
    lines = [(line, False) for line in before]
    missing, place = list[str](), None
    for edit, line in edits:
        if edit is Edit.INSERT:
            lines.insert(len(lines) if place is None else place, (line, own))
            place = None if place is None else place + 1
        elif (line, False) in lines:
            place = lines.index((line, False))
            del lines[place]
        else:
            missing.append(line)
    return [line for line, _ in lines], missing


@pytest.mark.parametrize("seed", range(40))
def test_edits_come_to_what_the_language_says(seed: int) -> None:
    """Random edits of a part in which lines are said twice."""
    draw = random.Random(seed)
    say = [f"  score exactly {number} is level 1\n" for number in range(12)]
    before = [draw.choice(say) for _ in range(10)]
    edits = [(draw.choice((Edit.STRIKE, Edit.INSERT)), draw.choice(say)) for _ in range(14)]
    block = _block("".join(before))
    changed = _block("".join(line for _, line in edits))
    text = [Passage(block.heading, tuple(stated(line, "S") for line in block.lines))]
    given = tuple((edit, stated(line, "A")) for (edit, _), line in zip(edits, changed.lines, strict=True))
    for own in (None, "A"):
        wanted, missing = _plainly(before, edits, own=own is not None)
        (made,), found = alter(text, [Alteration(block.heading, given, whole=False)], of="S", own=own)
        assert [each.origin.span.text for each in made.sentences] == [each.strip() for each in wanted]
        assert [each.span.text for each in found] == [each.strip() for each in missing]


def test_what_was_meant_is_looked_up_for_the_first_that_cannot_be_struck(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "_MOST_SOUGHT", 2)
    text = KINDS["bands"](12) + AMENDMENT.format(0) + "\nsummary rating\n"
    text += "".join(f"  strike score at least {place} and below 999 is level 4\n" for place in range(4))
    _, found = resolve(parse(Source("p.sespms", text))[0])
    helps = [each.help for each in found if each.code == "SES104"]
    assert ["the nearest there is" in each for each in helps] == [True, True, False, False]
    assert all(helps)


def test_of_very_many_sentences_those_that_share_words_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "_MOST_COMPARED", 3)
    strike = "score at least 300.00 and below 310.01 is level 3"
    text = f"{KINDS['bands'](40)}{AMENDMENT.format(0)}\nsummary rating\n  strike {strike}\n"
    _, found = resolve(parse(Source("p.sespms", text))[0])
    (told_of,) = [each for each in found if each.code == "SES104"]
    assert "the nearest there is `score at least 300.00 and below 310.00 is level 3`" in told_of.help
