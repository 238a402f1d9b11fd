"""Who may import whom: the contract in pyproject.toml, and the rules that follow from which modules exist."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "sespms_rules"

# Each library we did not write has one importer, so that replacing it touches one place. A trailing star
# stands for any ending. A library that is not named here may not be imported at all.
IMPORTERS: dict[str, tuple[str, ...]] = {
    "click": ("cli",),
    "defusedxml": ("rosters.files.workbook",),
    "duckdb": ("engines.sql",),
    "durable": ("engines.durable",),
    "interegular": ("language.parsing",),  # lark's strict mode asks for it
    "lark": ("language.parsing",),
    "numpy": ("engines.columnar", "studies.comparison", "studies.exhaustive", "studies.sweep", "rosters.population"),
    "openpyxl": ("rosters.files.workbook",),
    "pydantic": ("records", "rosters"),
    "pyspark": ("engines.sql",),
    "rich": ("cli",),
    "sqlglot": ("engines.sql",),
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
