"""Who may import whom: the contract in pyproject.toml, and the rules that follow from which modules exist."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "sespms_rules"
SOURCES = ROOT / "src" / PACKAGE

# Rooms whose modules are data that all wings speak of: each of them is a face (decision 0046).
NOUNS = ("foundation", "language.syntax", "program.ir")

# Each library we did not write has one importer, so that replacing it touches one place. A trailing star
# stands for any ending. A library that is not named here may not be imported at all.
IMPORTERS: dict[str, tuple[str, ...]] = {
    "click": ("cli",),
    "cvc5": ("review.second_solver",),
    "cryptography": ("register.keys", "review.sealing"),
    "defusedxml": ("rosters.files.workbook",),
    "docx": (
        "documents.letterheads",
        "documents.marked_documents",
        "documents.word",
        "documents.word_asides",
        "documents.word_colors",
        "documents.word_looks",
        "documents.word_signs",
        "documents.word_text",
    ),
    "duckdb": ("engines.sql",),
    "durable": ("engines.durable",),
    "icalendar": ("records.cycle",),
    "interegular": ("language.parsing",),  # lark's strict mode asks for it
    "jinja2": ("web.frame",),
    "lark": ("language.parsing",),
    "lsprotocol": ("lsp",),
    "numpy": (
        "engines.columnar",
        "studies.comparison",
        "studies.exhaustive",
        "studies.sweep",
        "rosters.files",
        "rosters.population",
    ),
    "openpyxl": ("rosters.files.workbook",),
    "pyarrow": ("rosters.files.second_reading",),
    "pydantic": ("authoring.analysis.schema", "records.keeping", "records.reading", "rosters"),
    "pygments": ("authoring.highlighting.pygments_lexer",),
    "pygls": ("lsp",),
    "pyspark": ("engines.sql",),
    "rich": ("cli",),
    "sqlalchemy": ("register",),
    "sqlglot": ("engines.sql",),
    "starlette": ("web",),
    "typst": ("documents.typesetting",),
    "uvicorn": ("web.serving",),
    "z3": ("proofs.solver",),
}

# These run and prove a Program; they must not know what it means to the SES, not even through another module.
MACHINES = ("engines", "proofs.solver")
MEANING = ("language", "checks")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Every import of the package, the libraries it imports included."""
    return grimp.build_graph(PACKAGE, include_external_packages=True, cache_dir=None)


def _may_import(importer: str, places: Iterable[str]) -> bool:
    """Whether `importer` is one of `places` or lies inside one."""
    inside = importer.removeprefix(f"{PACKAGE}.")
    return any(
        inside == place or inside.startswith(place.removesuffix("*") if place.endswith("*") else f"{place}.")
        for place in places
    )


def _strangers(graph: grimp.ImportGraph) -> list[str]:
    """Imports of libraries by modules that are not their importer."""
    libraries = {
        name for name in graph.modules if name.split(".")[0] not in sys.stdlib_module_names | {PACKAGE, "__future__"}
    }
    return sorted(
        f"{importer} imports {library}"
        for library in libraries
        for importer in graph.find_modules_that_directly_import(library)
        if not _may_import(importer, IMPORTERS.get(library, ()))
    )


def _leaks(graph: grimp.ImportGraph) -> list[str]:
    """Chains of imports from the machines to the meaning."""
    present = graph.modules
    return sorted(
        " -> ".join(chain)
        for machine in MACHINES
        for meaning in MEANING
        if f"{PACKAGE}.{machine}" in present and f"{PACKAGE}.{meaning}" in present
        for chain in graph.find_shortest_chains(f"{PACKAGE}.{machine}", f"{PACKAGE}.{meaning}")
    )


def _module(path: Path) -> str:
    """The name of a module behind the package's own."""
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _reaches_past(importer: str, imported: str, names: Iterable[str]) -> bool:
    """Whether an import from another wing names a module inside a room, and not the room."""
    wing, *inside = imported.split(".")
    if wing == importer.split(".")[0] or imported.startswith(NOUNS):
        return False
    folder = SOURCES.joinpath(wing, *inside)
    if len(inside) == 1 and folder.is_dir():  # the room itself: is what is asked of it in its face?
        offered = getattr(import_module(f"{PACKAGE}.{imported}"), "__all__", ())
        return any((folder / f"{name}.py").exists() and name not in offered for name in names)
    return len(inside) > 1 and SOURCES.joinpath(wing, inside[0]).is_dir()


def _past_faces(sources: dict[str, str]) -> list[str]:
    """Imports from outside a wing that reach past the face of one of its rooms."""
    lead = f"{PACKAGE}."
    return sorted(
        f"{importer} imports {each.module.removeprefix(lead)}"
        for importer, text in sources.items()
        for each in ast.walk(ast.parse(text))
        if isinstance(each, ast.ImportFrom) and each.module is not None and each.module.startswith(lead)
        if _reaches_past(importer, each.module.removeprefix(lead), [name.name for name in each.names])
    )


def _entangled_checks(graph: grimp.ImportGraph) -> list[str]:
    """Imports of one check by another."""
    checks = {name for name in graph.modules if name.startswith(f"{PACKAGE}.checks.ses")}
    return sorted(
        f"{check} imports {other}"
        for check in checks
        for other in graph.find_modules_directly_imported_by(check) & checks
    )


def test_the_contract_of_layers_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


def test_the_contract_covers_every_module() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = (each for each in contracts["contracts"] if each["id"] == "layers")
    assert layers["exhaustive"]
    assert "exhaustive_ignores" not in layers
    assert "ignore_imports" not in layers


def test_each_library_has_its_one_importer(graph: grimp.ImportGraph) -> None:
    assert _strangers(graph) == []


def test_each_library_the_product_installs_is_imported(graph: grimp.ImportGraph) -> None:
    for library in ("click", "durable", "lark", "numpy", "z3"):
        assert library in graph.modules
        assert graph.find_modules_that_directly_import(library), f"nothing imports {library}"


def test_engines_and_proofs_know_nothing_of_the_ses(graph: grimp.ImportGraph) -> None:
    assert f"{PACKAGE}.engines" in graph.modules
    assert _leaks(graph) == []


def test_checks_are_independent_of_each_other(graph: grimp.ImportGraph) -> None:
    assert any(name.startswith(f"{PACKAGE}.checks.ses") for name in graph.modules)
    assert _entangled_checks(graph) == []


def test_a_wing_is_entered_by_its_faces() -> None:
    """Import from the room (`sespms_rules.engines.reference`), and name what you ask for in its `__init__.py`."""
    assert _past_faces({_module(path): path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py")}) == []


def test_each_name_of_a_face_is_there() -> None:
    rooms = sorted(path.parent for path in SOURCES.rglob("__init__.py"))
    faces = [import_module(".".join((PACKAGE, *room.relative_to(SOURCES).parts))) for room in rooms]
    named = [(face, name) for face in faces for name in getattr(face, "__all__", ())]
    assert len(named) > 300
    assert [f"{face.__name__}.{name}" for face, name in named if not hasattr(face, name)] == []
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        import_module(f"{PACKAGE}.engines.columnar").nothing  # noqa: B018 - to ask for it is the point


def test_reaching_past_a_face_is_noticed() -> None:
    lead = f"from {PACKAGE}"
    good = (
        f"{lead}.engines.reference import rate\n"
        f"{lead}.language.syntax.nodes import Block\n"
        f"{lead}.law.verdict import Verdict\n"
        f"{lead}.reports.charts import bars\n"
    )
    bad = f"def late():\n    {lead}.engines.sql.text import Named\n{lead}.engines.reference import engine\n"
    assert _past_faces({"studies.sweep": good, "engines.sql.text": bad}) == []
    assert _past_faces({"studies.sweep": bad}) == [
        "studies.sweep imports engines.reference",
        "studies.sweep imports engines.sql.text",
    ]


def test_these_rules_notice_what_they_forbid() -> None:
    graph = grimp.ImportGraph()
    for importer, imported in (
        ("engines.reference.engine", "program.lowering"),
        ("program.lowering", "language"),
        ("checks.ses101_one", "checks.ses102_two"),
        ("engines.durable.host", "durable"),  # allowed
        ("engines.reference.engine", "durable"),
        ("language.parsing.tokens", "lark"),  # allowed
        ("language", "lark"),
        ("language", "numpy"),
        ("language", "fractions"),  # allowed
    ):
        outside = imported in {"durable", "lark", "numpy", "fractions"}
        target = imported if outside else f"{PACKAGE}.{imported}"
        for name in (PACKAGE, f"{PACKAGE}.engines", f"{PACKAGE}.{importer}"):
            graph.add_module(name)
        graph.add_module(target, is_squashed=outside)
        graph.add_import(importer=f"{PACKAGE}.{importer}", imported=target)
    assert _strangers(graph) == [
        "sespms_rules.engines.reference.engine imports durable",
        "sespms_rules.language imports lark",
        "sespms_rules.language imports numpy",
    ]
    assert _leaks(graph) == [
        "sespms_rules.engines.reference.engine -> sespms_rules.program.lowering -> sespms_rules.language"
    ]
    assert _entangled_checks(graph) == ["sespms_rules.checks.ses101_one imports sespms_rules.checks.ses102_two"]
