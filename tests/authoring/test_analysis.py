"""One function says all that a surface shows: held to its schema, to `check`, to the text, and to what it may load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lark
import pytest
from jsonschema import Draft202012Validator

from authoring.drafts import DRAFT
from cli.running import BROKEN, FAILING, OPM, ROOT, SMALL, data, process, put, run
from in_node import run_in_node
from sespms_rules.authoring.analysis import Analysis, analysis_model, analysis_schema, analyzed, lines_of
from sespms_rules.authoring.edits import Edit, edited
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.traversal import plain
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import PARTS, phrase_book
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.language.syntax.nodes import Block, Document

SCHEMA = json.loads((ROOT / "docs" / "schemas" / "analysis.schema.json").read_text(encoding="utf-8"))
NO_SUCH_DAY = "SES009"
LIBRARY = FolderLibrary()


def of(text: str, name: str = "policy.sespms") -> Analysis:
    return analyzed(Source(name, text), LIBRARY, LIBRARY)


@pytest.fixture(scope="module")
def opm() -> tuple[str, Analysis]:
    text = Path(OPM).read_text(encoding="utf-8")
    return text, of(text)


# ---- the document ----------------------------------------------------------------------------------


def test_the_published_schema_is_the_one_that_is_made() -> None:
    assert json.loads(json.dumps(analysis_schema())) == SCHEMA, "sespms analyze --schema > docs/schemas/…"
    assert json.loads(run("analyze", "--schema").stdout) == SCHEMA
    Draft202012Validator.check_schema(SCHEMA)


def test_every_field_of_the_schema_is_explained() -> None:
    for kind in (SCHEMA, *SCHEMA["$defs"].values()):
        assert kind["description"].endswith("."), kind
        for name, each in kind["properties"].items():
            assert each.get("description"), name


@pytest.mark.parametrize("text", [SMALL, DRAFT, BROKEN, FAILING, "", "a", '"""', "system"])
def test_a_document_is_as_its_schema_says_and_has_no_key_that_it_does_not_describe(text: str) -> None:
    document = json.loads(json.dumps({"schema": "sespms-analysis/1", **plain(of(text))}))
    Draft202012Validator(_closed(SCHEMA)).validate(document)
    analysis_model().model_validate_json(json.dumps(document))


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return closed | {"additionalProperties": False} if "properties" in schema else closed


def test_the_command_writes_the_document_and_fails_where_there_is_an_error(tmp_path: Path) -> None:
    document, code = data("analyze", put(tmp_path, "small.sespms", SMALL))
    assert (document["schema"], code) == ("sespms-analysis/1", 0)
    assert data("analyze", put(tmp_path, "broken.sespms", BROKEN))[1] == 1
    assert document["systems"][0]["elements"] == [
        {"name": "Leading People", "critical": True},
        {"name": "Results Driven", "critical": True},
    ]
    assert data("analyze", OPM)[1] == 0
    assert "name a policy" in run("analyze").output
    assert "leave the policy out" in run("analyze", "--schema", OPM).output
    assert run("analyze", str(tmp_path / "none.sespms")).exit_code == 2


# ---- the same as check -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["agencies/opm_basic", "agencies/opm_basic_2012", "what-if/raise_the_bar"])
def test_findings_are_those_of_check(name: str) -> None:
    path = ROOT / "policies" / f"{name}.sespms"
    checked, _ = data("check", path)
    shown, _ = data("analyze", path)
    assert [each["fingerprint"] for each in shown["findings"]] == [each["fingerprint"] for each in checked["findings"]]
    assert [each["message"] for each in shown["findings"]] == [each["message"] for each in checked["findings"]]
    assert shown["summary"] == checked["summary"]
    verdicts = [(each["citation"], each["verdict"]) for each in shown["requirements"]]
    assert verdicts == [(each["citation"], each["verdict"]) for each in checked["requirements"]]


@pytest.mark.parametrize("text", [SMALL, BROKEN, FAILING, DRAFT])
def test_of_texts_with_faults_too(text: str, tmp_path: Path) -> None:
    path = put(tmp_path, "text.sespms", text)
    checked, _ = data("check", path)
    shown, _ = data("analyze", path)
    assert [each["message"] for each in shown["findings"]] == [each["message"] for each in checked["findings"]]


def test_a_fingerprint_outlives_a_move_and_not_other_words() -> None:
    moved = {each.fingerprint for each in of("# a note\n" + BROKEN).findings}
    assert {each.fingerprint for each in of(BROKEN).findings} == moved
    other = of(BROKEN.replace("totl 90", "totle 90")).findings
    assert {each.fingerprint for each in other} != moved


# ---- fixes of this text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "path", "titles"),
    [
        ("level 2 allows performance award", "policy.sespms", ["take this line out"]),
        ("level 5 bars performance award", "policies/agencies/opm_basic.sespms", ["take the bar out"]),
    ],
)
def test_a_fix_is_one_of_this_text_also_where_the_other_line_stands_in_its_base(
    line: str, path: str, titles: list[str]
) -> None:
    text = (
        'system "Invented variant" based on "Basic SES Appraisal System"\n  agency "Invented Office"\n'
        f"  covers career executives\n\nuses of results\n  {line}\n"
    )
    (finding,) = [each for each in of(text).findings if each.code == "SES292"]
    assert (finding.path, [each.title for each in finding.fixes]) == (path, titles)
    (edit,) = finding.fixes[0].edits
    left = edited(text, [Edit(edit.place.start, edit.place.end, edit.replacement)])
    assert left == text.replace(f"  {line}\n", "")
    assert "SES292" not in [each.code for each in of(left).findings]


# ---- what it loads ---------------------------------------------------------------------------------

_LOADED = """
import sys
before = set(sys.modules)
from pathlib import Path
from sespms_rules.authoring.analysis import analyzed
from sespms_rules.foundation.source import Source
from sespms_rules.language.resolution import FolderLibrary
for name in sys.argv[1:]:
    analyzed(Source(name, Path(name).read_text(encoding="utf-8")), FolderLibrary((), (Path(name).parent,)))
strangers = {each.split(".")[0] for each in set(sys.modules) - before} - sys.stdlib_module_names - {"sespms_rules"}
rooms = {".".join(each.split(".")[1:3]) for each in sys.modules if each.startswith("sespms_rules.")}
print(sorted(strangers))
print(*sorted(rooms), sep="\\n")
"""

LOADED = {
    "authoring": "analysis asking completing edits looking places",
    "engines": "reference refusals",
    "language": "agreed_wording formatter model parsing phrasebook resolution syntax",
    "proofs": "deciders effort",
    "reports": "findings",
    "studies": "checked",
}
"""What the analysis loads of the wings that also hold what is heavy; of the others it may load all."""

WHOLE = {"checks", "foundation", "law", "pipeline", "program"}


def test_it_loads_no_solver_no_numbers_in_columns_and_no_library_but_the_parser() -> None:
    # Some of these leave something to a solver (SES273), most load what explains faults.
    names = [OPM, *sorted(map(str, (ROOT / "policies" / "lessons").glob("*.sespms")))]
    names += sorted(map(str, (ROOT / "policies" / "shapes").glob("*.sespms")))[:8]
    done = process(*names, code=_LOADED)
    assert done.returncode == 0, done.stderr
    strangers, *rooms = done.stdout.splitlines()
    assert set(json.loads(strangers.replace("'", '"'))) <= {"lark", "interegular"}
    loaded: dict[str, set[str]] = {}
    for wing, _, room in (each.partition(".") for each in rooms):
        loaded.setdefault(wing, set()).update([room] if room else [])
    assert set(loaded) == set(LOADED) | WHOLE
    assert {wing: " ".join(sorted(loaded[wing])) for wing in LOADED} == LOADED


def test_it_runs_in_pyodide_and_says_the_same() -> None:
    name = "policies/agencies/opm_basic.sespms"
    packages = Path(lark.__file__).parents[1]
    there = json.loads(run_in_node("analyze_in_pyodide.mjs", ROOT, packages, name, needs="pyodide"))
    here = analyzed(Source(name, (ROOT / name).read_text(encoding="utf-8")), FolderLibrary())
    assert there == json.loads(json.dumps(plain(here)))


# ---- places and colours ----------------------------------------------------------------------------


def test_what_is_coloured_is_all_that_is_written(opm: tuple[str, Analysis]) -> None:
    text, shown = opm
    at = 0
    for each in shown.tokens:
        assert not text[at : each.start].strip(), text[at : each.start]
        assert each.start < each.end
        at = each.end
    assert not text[at:].strip()
    kinds = {each.kind for each in shown.tokens}
    assert kinds == {
        "heading",
        "keyword",
        "choice",
        "element",
        "name",
        "prose",
        "number",
        "day",
        "code",
        "sign",
        "note",
    }
    assert all("\n" not in text[start:end] for each in shown.tokens for start, end in lines_of(each, text))


def test_places_hold_the_words_they_name(opm: tuple[str, Analysis]) -> None:
    text, shown = opm
    for part in shown.parts:
        assert text[part.heading.start : part.heading.end].startswith(part.kind)
        for sentence in part.sentences:
            for field in sentence.fields:
                words = text[field.place.start : field.place.end]
                plain_words = " ".join(words.strip('"').split())
                assert " ".join(field.value.split()) == plain_words
    heads = [each for each in shown.parts if each.of is None]
    assert [each.name for each in heads] == ["Basic SES Appraisal System"]
    assert len(shown.scenarios) == 30
    assert all(
        each.place and text[each.place.start :].startswith(f'scenario "{each.name}"') for each in shown.scenarios
    )


def test_parts_notes_and_prose_fold(opm: tuple[str, Analysis]) -> None:
    text, shown = opm
    lines = text.split("\n")
    folds = {(each.kind, lines[each.line - 1].strip(), lines[each.end_line - 1].strip()) for each in shown.folds}
    assert any(each[:2] == ("part", "levels") and each[2].startswith('level 1 "Unsatisf') for each in folds)
    assert any(kind == "prose" for kind, _, _ in folds)
    assert any(kind == "notes" for kind, _, _ in folds)
    (whole,) = [each for each in shown.folds if each.kind == "text"]
    assert whole.end_line >= len(lines) - 2


# ---- fields ----------------------------------------------------------------------------------------


def _in_its_part() -> list[tuple[str, str]]:
    headings = {each.kind: each.heading for each in PARTS}
    return [(headings[each.part], example) for each in phrase_book() for example in each.examples]


def _only_sentence(document: Document) -> object:
    (block,) = [each for each in document.blocks if isinstance(each, Block)]
    (line,) = block.lines
    return line.sentence


@pytest.mark.parametrize(("heading", "sentence"), _in_its_part())
def test_a_change_of_a_field_is_a_change_of_its_words_and_of_nothing_else(heading: str, sentence: str) -> None:
    """Of every sentence of the language: each choice takes each word it offers, each value another."""
    text = f"{heading}\n  {sentence}\n"
    document, found = parse(Source("text", text))
    assert not [each for each in found if each.severity is Severity.ERROR]
    before = _only_sentence(document)
    (shown,) = [one for each in of(text).parts for one in each.sentences]
    others = {
        "number": "3",
        "day": "2027-03-04",
        "wording": '"Other words"',
        "prose": '"Other words"',
        "code": "SES999",
    }
    for field in shown.fields:
        assert field.name
        for words in field.choices or (others.get(field.kind, '"Other words"'),):
            changed = edited(text, [Edit(field.place.start, field.place.end, words)])
            then, faults = parse(Source("text", changed))
            assert not [each for each in faults if each.code != NO_SUCH_DAY], changed  # no month but some has 31 days
            after = _only_sentence(then)
            assert type(after) is type(before), changed
            if words == field.value:
                assert after == before
            elif field.kind == "choice":
                assert after != before, changed


def test_every_closed_list_that_a_sentence_names_is_a_choice(opm: tuple[str, Analysis]) -> None:
    _, shown = opm
    choices = {
        (part.kind, field.name): field.choices
        for part in shown.parts
        for one in part.sentences
        for field in one.fields
        if field.kind == "choice"
    }
    assert len(choices["appraisal period", "first.month"]) == 12
    assert ("career", "noncareer", "limited term", "limited emergency") in choices.values()
    assert all(len(each) > 1 for each in choices.values()), [key for key, each in choices.items() if len(each) < 2]


# ---- what the law asks -----------------------------------------------------------------------------


def test_a_requirement_shows_the_law_and_the_sentence_that_answers_it(opm: tuple[str, Analysis]) -> None:
    text, shown = opm
    period = next(each for each in shown.requirements if "430.304(b)(4)" in each.citation)
    assert period.law.startswith('requirement "5 CFR 430.304(b)(4)')
    answers = [one for each in period.sentences for one in each.answers]
    assert "lasts at least 90 days" in {each.text for each in answers}
    assert all(text[each.place.start : each.place.end] == each.text for each in answers if each.path == shown.name)


def test_a_missing_sentence_is_written_where_it_meets_the_law() -> None:
    shown = of(DRAFT)
    missing = [(each.citation, one) for each in shown.requirements for asked in each.sentences for one in asked.missing]
    assert len(missing) > 40
    met = 0
    for citation, one in missing[::9]:
        edits = [Edit(each.place.start, each.place.end, each.replacement) for each in one.edits]
        then = of(edited(DRAFT, edits))
        now = [each for each in then.requirements if each.citation == citation]
        met += any(asked.verdict in ("met", "proved") for each in now for asked in each.sentences)
        assert not [
            each for each in then.findings if each.code.startswith(("SES0", "SES1")) and each.severity == "error"
        ]
    assert met >= len(missing[::9]) - 1


# ---- hostile ---------------------------------------------------------------------------------------


def test_no_text_on_its_way_to_be_written_stops_it() -> None:
    for end in range(0, len(SMALL), 17):
        assert of(SMALL[:end]).name == "policy.sespms"


@pytest.mark.parametrize("text", ["\x00", "\ud800", "#" * 10_000, '"' * 999, "system\n" * 500, "\r\n\r\n", "🦉" * 50])
def test_nor_does_what_is_no_text(text: str) -> None:
    shown = of(text)
    assert shown.findings
    json.dumps(plain(shown))
