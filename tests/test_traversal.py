"""Going through a program: everything in it is met once, and what is changed is changed everywhere and nowhere else."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from pathlib import Path

import pytest

from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.traversal import parts, rewrite, walk
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.bands import passing
from sespms_rules.program.traversal import apart, formulas_of, members_named
from systems import program_of

SRC = Path(__file__).parent.parent / "src" / "sespms_rules"
SYSTEMS = ("agencies/opm_basic.sespms", "shapes/shape_10_nested.sespms")

OWN_WAYS = {
    "foundation": "the values themselves",
    "language/parsing/build.py": "fills the fields of a class from the grammar",
    "language/parsing/line_memory.py": "makes the fields of a line again at another place, at each pause of typing",
    "language/parsing/tree_cache.py": "writes the fields of a class to a file",
    "language/resolution/placeholders.py": "looks at roles too, which are words and not values",
    "checks/analysis/sentences.py": "walks what was written, at every start of `check`",
    "checks/ses243_count_not_whole.py": "reads the two ends of one limit, whatever its class calls them",
    "law/orders.py": "compares two sentences field by field",
    "register/exported.py": "writes and reads the fields of an entry and a head",
    "register/kept.py": "signs the fields of a head",
    "cli/receive_command.py": "writes the fields of a notice",
    "cli/register_options.py": "names the options that were given, which are fields",
    "review/answers.py": "reads and writes the fields of an answer",
    "review/notices.py": "reads and writes the fields of a notice",
    "review/sealing.py": "signs the fields of a statement",
    "review/standing_data.py": "writes the fields of an answer",
}
"""Where fields are looked at by other means than `walk` and `rewrite`, and why."""


@pytest.mark.parametrize("path", SYSTEMS)
def test_a_walk_meets_every_value_of_a_program_once_and_in_order(path: str) -> None:
    program = program_of(path)
    met = [type(each).__name__ for each in walk(program)]
    # What is written of a value names each value in it once, in the same order.
    assert met == [name for name in re.findall(r"(\w+)\(", repr(program)) if name != "Fraction"]


@pytest.mark.parametrize("path", SYSTEMS)
def test_what_nothing_is_changed_in_is_the_very_same(path: str) -> None:
    program = program_of(path)
    assert rewrite(program, lambda node: node) is program


def test_a_change_reaches_the_depths_and_keeps_places_in_the_text() -> None:
    program = program_of("shapes/shape_10_nested.sespms")

    def one_more(node: Frozen) -> Frozen:
        return ir.ToLevel(node.level + 1) if isinstance(node, ir.ToLevel) else node

    changed = rewrite(program, one_more)
    before, after = ([each for each in walk(whole) if isinstance(each, ir.ToLevel)] for whole in (program, changed))
    assert len(before) > len(program.summary.rows)
    assert [each.level for each in after] == [each.level + 1 for each in before]
    assert [row.origin for row in changed.summary.rows] == [row.origin for row in program.summary.rows]
    assert changed.summary.limits is program.summary.limits


def test_what_a_value_holds_is_changed_before_the_value() -> None:
    inner = ir.Rounded(ir.Constant(Fraction(1)), ir.Tie.HALF_UP, 1)
    seen: list[object] = []

    def noted(node: Frozen) -> Frozen:
        seen.append(node)
        return node

    rewrite(ir.Rounded(inner, ir.Tie.UP, 10), noted)
    assert seen == [inner.operand, inner, ir.Rounded(inner, ir.Tie.UP, 10)]


def test_names_are_found_in_tests_of_groups_and_in_what_is_taken() -> None:
    at_level_one = ir.MemberTest(ir.TestKind.AT, 1)
    row = ir.Row(
        ir.All(
            (
                ir.EveryOne(ir.Names(("a", "b")), at_level_one),
                ir.Compare(ir.OfMember(ir.Take.POINTS, "c"), ir.Relation.MORE, ir.Constant(Fraction(2))),
            )
        ),
        ir.ToLevel(1),
    )
    assert members_named(row) == {"a", "b", "c"}
    assert members_named((row.outcome, ir.NoneAbove("d"))) == frozenset()


def test_the_formulas_of_a_stage_are_not_those_of_its_members() -> None:
    stage = program_of("shapes/shape_10_nested.sespms").summary
    nested = [each.stage for each in stage.members if each.stage is not None]
    assert nested
    own = list(walk(formulas_of(stage)))
    assert not any(each is row for inner in nested for row in inner.rows for each in own)
    assert all(each in list(parts(stage)) for each in formulas_of(stage))


def test_nothing_walks_a_tree_in_a_way_of_its_own() -> None:
    peeking = re.compile(r"__match_args__|\._fields\b|\w\._compared\b")
    found = {
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if peeking.search(path.read_text(encoding="utf-8")) and "foundation" not in path.parts
    }
    assert found <= set(OWN_WAYS), "use `walk` or `rewrite` of sespms_rules.foundation.traversal"


def test_a_band_is_one_range_whose_ends_are_told_apart_where_they_are_asked() -> None:
    rows = program_of("agencies/opm_basic.sespms").summary.rows
    best = rows[0].condition
    assert isinstance(best, ir.Within)
    assert apart(best) == best.ends
    assert [(each.relation, each.right) for each in best.ends] == [
        (ir.Relation.AT_LEAST, ir.Constant(Fraction(475))),
        (ir.Relation.AT_MOST, ir.Constant(Fraction(500))),
    ]
    just = ir.Within(ir.TheScore(), Interval(Fraction(4), True, Fraction(4), True))
    assert just.ends == (ir.Compare(ir.TheScore(), ir.Relation.EQUAL, ir.Constant(Fraction(4))),)
    assert apart(ir.All((best, ir.All((just,))))) == (*best.ends, *just.ends)


@pytest.mark.parametrize("low_in", [True, False])
@pytest.mark.parametrize("high_in", [True, False])
def test_a_range_holds_what_its_ends_let_pass(low_in: bool, high_in: bool) -> None:
    for low, high in itertools.product((None, Fraction(3), Fraction(4)), (None, Fraction(4), Fraction(5))):
        reach = Interval(low, low_in, high, high_in)
        ends = [(each.relation, each.right) for each in ir.Within(ir.TheScore(), reach).ends]
        passed = [passing(relation, right.value) for relation, right in ends if isinstance(right, ir.Constant)]
        assert len(passed) == len(ends)
        for number in (Fraction(half, 2) for half in range(4, 13)):
            assert reach.holds(number) is all(each.holds(number) for each in passed)
