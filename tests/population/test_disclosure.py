"""What is shared of a table: whoever sees it is left in doubt about every withheld cell, as a solver confirms."""

from __future__ import annotations

import hashlib
import hmac
import logging
from pathlib import Path

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as some

from nights import at_depth
from sespms_rules.rosters.population.disclosure import (
    LEAST,
    KeyRefusedError,
    Pseudonyms,
    Shared,
    pseudonyms_from,
    shared,
    shared_row,
    shared_variants,
    shared_variants_apart,
)

Counts = list[list[int]]


def _bounds(found: Shared) -> dict[tuple[int, int], tuple[int, int | None]]:
    """For each withheld cell the least and largest value that fits all that is shown; None: without end.

    The solver knows the sums, what is shown, and that no count is below 0: what a reader knows.
    """
    shown = [[*row, total] for row, total in zip(found.cells, found.row_totals, strict=True)]
    shown.append([*found.column_totals, found.total])
    cells = [[z3.Int(f"c{i}_{j}") for j in range(len(row))] for i, row in enumerate(shown)]
    known = [cell >= 0 for row in cells for cell in row]
    known += [cells[i][j] == each for i, row in enumerate(shown) for j, each in enumerate(row) if each is not None]
    known += [z3.Sum(row[:-1]) == row[-1] for row in cells]
    known += [z3.Sum(column[:-1]) == column[-1] for column in zip(*cells, strict=True)]
    found_bounds = {}
    for i, row in enumerate(shown):
        for j, each in enumerate(row):
            if each is None:
                found_bounds[i, j] = (_end(known, cells[i][j], low=True) or 0, _end(known, cells[i][j], low=False))
    return found_bounds


def _end(known: list[z3.BoolRef], cell: z3.ArithRef, *, low: bool) -> int | None:
    solver = z3.Optimize()
    solver.add(*known)
    goal = solver.minimize(cell) if low else solver.maximize(cell)
    assert solver.check() == z3.sat
    end = solver.lower(goal) if low else solver.upper(goal)
    return end.as_long() if z3.is_int_value(end) else None


def _full(counts: Counts) -> Counts:
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _tables(largest: int) -> some.SearchStrategy[Counts]:
    def of(width: int) -> some.SearchStrategy[Counts]:
        row = some.lists(some.integers(0, largest), min_size=width, max_size=width)
        return some.lists(row, min_size=1, max_size=5)

    return some.integers(1, 5).flatmap(of)


@pytest.mark.case("small counts that can be found")
@pytest.mark.parametrize("largest", [4, 15, 60])
@settings(max_examples=at_depth(20, 60), deadline=None)
@given(data=some.data())
def test_no_withheld_cell_can_be_worked_out(largest: int, data: some.DataObject) -> None:
    counts = data.draw(_tables(largest))
    least = data.draw(some.sampled_from([2, 5, 10]))
    found, full = shared(counts, least), _full(counts)
    for (i, j), (low, high) in _bounds(found).items():
        assert low <= full[i][j], "the true value fits"
        assert high is None or high > low, f"cell {(i, j)} of {full} can only be {low}"
        if 0 < full[i][j] < least:
            assert high is None or high >= least, f"cell {(i, j)} of {full} is known to be small"
    shown = [[*row, total] for row, total in zip(found.cells, found.row_totals, strict=True)]
    shown.append([*found.column_totals, found.total])
    for row, true in zip(shown, full, strict=True):
        for each, value in zip(row, true, strict=True):
            assert each is None or (each == value and not 0 < each < least), "what is shown is true and not small"
            assert value or each == 0, "a nought is shown, so it hides nothing from one who knows it"


@pytest.mark.case("small counts that can be found")
@pytest.mark.parametrize(
    "counts",
    [
        [[20, 8], [0, 31]],  # nobody can rise: 28 at the top before and 20 after would tell that 8 fell
        [[20, 0], [8, 31]],  # nobody can fall
        [[20, 8, 0], [0, 31, 4], [0, 0, 40]],  # each falls one level at most
        [[30, 0, 0], [0, 12, 3], [0, 0, 50]],
    ],
)
def test_a_reader_who_knows_which_moves_are_possible_learns_of_no_few(counts: Counts) -> None:
    found = shared(counts)
    for (i, j), (low, high) in _bounds(found).items():
        assert high is None or high > low
        if 0 < _full(counts)[i][j] < LEAST:
            assert high is None or high >= LEAST
    assert [each for row in found.cells for each in row if each == 0].count(0) == sum(row.count(0) for row in counts)


def test_a_lone_small_cell_takes_three_others_with_it() -> None:
    found = shared([[3, 40, 60], [50, 70, 80], [90, 20, 30]])
    assert found.withheld == 4
    assert found.cells[0][0] is None
    assert None not in (*found.row_totals, *found.column_totals, found.total)


def test_hiding_the_small_cells_alone_would_be_undone_by_subtraction() -> None:
    """The test can fail: a table with only its small cells hidden leaves one value."""
    naive = Shared(((None, 40), (50, 70)), (43, 120), (53, 110), 163)
    assert _bounds(naive) == {(0, 0): (3, 3)}


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert shared([[10, 0], [25, 300]]).withheld == 0


def test_the_least_is_asked_for_and_a_nought_is_shown() -> None:
    assert shared_row([9, 30, 0], 9) == ((9, 30, 0), 39)
    cells, total = shared_row([9, 30, 0])
    assert LEAST == 10
    assert cells == (None, None, 0)
    assert total == 39


def test_the_governmentwide_distribution_is_not_withheld_and_a_small_agencys_is() -> None:
    assert shared_row([3464, 2727, 482, 15, 13]) == ((3464, 2727, 482, 15, 13), 6701)
    assert shared_row([18, 3, 0, 0, 0]) == ((None, None, 0, 0, 0), 21)


def test_a_total_below_the_size_is_withheld_too() -> None:
    found = shared([[3, 0], [40, 60]])
    assert found.row_totals[0] is None
    assert found.cells[0][0] is None


@pytest.mark.parametrize("wrong", [[], [[]], [[1], [1, 2]], [[-1, 4]]])
def test_what_is_no_table_is_refused(wrong: Counts) -> None:
    with pytest.raises(ValueError, match=r"rows of counts|below 0"):
        shared(wrong)


# ---- variants --------------------------------------------------------------------------------------


def test_variants_that_differ_by_few_are_not_both_shown() -> None:
    rows = [(400, 300, 200, 12), (399, 301, 200, 12), (380, 320, 200, 12)]
    assert shared_variants(rows) == [rows[0], None, rows[2]]


def test_a_level_that_is_small_in_one_variant_is_withheld_in_all_and_not_alone() -> None:
    rows = [(400, 300, 50, 3, 0), (200, 500, 50, 3, 0)]
    assert shared_variants(rows) == [(400, 300, None, None, 0), (200, 500, None, None, 0)]


@settings(deadline=None)
@given(some.lists(some.lists(some.integers(0, 40), min_size=4, max_size=4), min_size=1, max_size=6))
def test_no_two_shown_variants_tell_of_a_few_people(rows: Counts) -> None:
    largest = max(map(sum, rows))
    same = [[*row, largest - sum(row)] for row in rows]
    shown = [row for row in shared_variants(same) if row is not None]
    hidden = {tuple(number for number, each in enumerate(row) if each is None) for row in shown}
    assert len(hidden) <= 1, "the same columns are withheld in each"
    for row in shown:
        known = [each for each in row if each is not None]
        assert not any(0 < each < LEAST for each in known)
        assert len(known) != len(row) - 1, "one withheld alone would be the rest"
        rest = largest - sum(known)
        assert rest == 0 or rest >= LEAST or len(known) == 0
        for other in shown:
            for one, two in zip(row, other, strict=True):
                assert one is None or two is None or one == two or abs(one - two) >= LEAST


@settings(deadline=None)
@given(
    some.lists(
        some.lists(some.lists(some.integers(0, 40), min_size=4, max_size=4), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_neither_groups_nor_their_sum_tell_of_a_few_people(groups: list[Counts]) -> None:
    """A reader may add the groups up and subtract any variant from any other: no group differs by few."""
    largest = [max(map(sum, rows)) for rows in groups]
    same = [[[*row, most - sum(row)] for row in rows] for rows, most in zip(groups, largest, strict=True)]
    found = shared_variants_apart(same)
    assert len({tuple(row is None for row in rows) for rows in found}) == 1, "the same variants are shown of each"
    withheld = {tuple(each is None for each in row) for rows in found for row in rows if row is not None}
    assert len(withheld) <= 1, "the same levels are withheld of each: none is a sum without the others"
    for rows, true in zip(found, same, strict=True):
        shown = [(row, one) for row, one in zip(rows, true, strict=True) if row is not None]
        for row, one in shown:
            rest = sum(each for each, seen in zip(one, row, strict=True) if seen is None)
            assert not any(each is not None and 0 < each < LEAST for each in row)
            assert rest == 0 or rest >= LEAST or all(each is None for each in row)
            for other, two in shown:
                pairs = zip(row, other, strict=True)
                assert all(a is None or b is None or a == b or abs(a - b) >= LEAST for a, b in pairs)
                moved = sum(b - a for a, b, seen in zip(one, two, row, strict=True) if seen is None)
                assert moved == 0 or abs(moved) >= LEAST


# ---- ids -------------------------------------------------------------------------------------------

KEY = b"an invented key, 32 bytes long.."


def test_a_pseudonym_is_the_same_each_time_and_hangs_on_the_key() -> None:
    made = Pseudonyms(KEY).of("A-101")
    assert made == Pseudonyms(KEY).of("A-101")
    assert made != Pseudonyms(KEY).of("A-102")
    assert made != Pseudonyms(KEY[::-1]).of("A-101")
    assert "101" not in made
    assert len(made) == 18


def test_a_pseudonym_is_an_hmac() -> None:
    import base64

    digest = hmac.digest(KEY, b"A-101", hashlib.sha256)
    assert Pseudonyms(KEY).of("A-101") == "p-" + base64.b32encode(digest[:10]).decode().lower()


@given(some.sets(some.text(max_size=8), min_size=2, max_size=50))
def test_different_ids_have_different_pseudonyms(ids: set[str]) -> None:
    names = Pseudonyms(KEY)
    assert len({names.of(each) for each in ids}) == len(ids)


def test_the_key_is_told_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "key"
    file.write_bytes(KEY + b"\n")
    names = pseudonyms_from(file)
    assert names.of("A-101") == Pseudonyms(KEY).of("A-101"), "the line end after a key is none of it"
    for said in (repr(names), str(names), f"{names}", caplog.text):
        assert "invented" not in said
    file.write_bytes(b"short secret")
    with pytest.raises(KeyRefusedError) as refused:
        pseudonyms_from(file)
    assert "secret" not in refused.value.message + refused.value.help + repr(refused.value)
    assert "`12` bytes" in refused.value.message
