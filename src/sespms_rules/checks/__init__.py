"""Checks: findings about each system within itself, its levels, weights, bands, elements and days.

Nothing is changed and nothing raised. Each check stands in a file of its own, `sesNNN_the_defect.py`, with its
page beside it; to add one, write both and name it in `CHECKS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

from sespms_rules.checks import (
    ses143_names_look_alike,
    ses144_letters_of_two_scripts,
    ses201_level_missing,
    ses203_levels_out_of_order,
    ses205_term_repeated,
    ses206_equivalency_out_of_order,
    ses207_equivalency_missing,
    ses208_points_fall,
    ses209_standard_missing,
    ses210_standard_repeated,
    ses211_standard_without_level,
    ses212_weights_cannot_total,
    ses213_floor_above_ceiling,
    ses214_band_gap,
    ses215_band_overlap,
    ses217_band_upside_down,
    ses218_level_never_given,
    ses220_line_never_read,
    ses221_no_lines,
    ses222_override_outdone,
    ses223_weights_not_used,
    ses224_weights_not_stated,
    ses225_total_missing,
    ses226_total_not_positive,
    ses227_table_gap,
    ses228_table_overlap,
    ses230_too_many_elements,
    ses231_noncritical_element,
    ses232_rated_on_undeclared_level,
    ses234_requirements_without_lines,
    ses237_leap_day,
    ses238_share_above_all,
    ses239_range_upside_down,
    ses240_percent_for_a_number,
    ses241_certified_too_long,
    ses243_count_not_whole,
    ses244_acceptance_without_effect,
    ses245_profile_without_level,
    ses248_points_without_effect,
    ses250_term_differs,
    ses255_bands_in_reverse,
    ses257_approved_before_submitted,
    ses258_levels_not_declared,
    ses259_share_beyond_one,
    ses260_units_mixed,
    ses269_definition_never_read,
    ses271_names_differ_in_case,
    ses272_weight_of_zero,
    ses277_weight_not_limited_for_some,
    ses279_choice_of_the_whole,
    ses283_level_named_not_there,
    ses284_below_the_lowest,
    ses285_nothing_said_when_not_rated,
    ses290_declared_not_done,
    ses291_minimum_beyond_period,
    ses292_required_and_barred,
    ses293_steps_in_a_circle,
    ses294_own_judge,
    ses295_says_nothing,
    ses296_days_out_of_order,
    ses298_prohibited_and_stated,
    ses309_outside_yet_covers,
    ses312_limit_of_nothing,
    ses313_text_takes_back,
    ses314_nobody_may_have_it,
    ses679_term_of_another_number,
    ses690_term_of_no_rating,
    ses761_number_within_a_term,
)
from sespms_rules.checks.acceptance import accepted, without_accepts
from sespms_rules.checks.analysis.applicable_law import with_law_in_force
from sespms_rules.foundation.diagnostic import Diagnostic, Finding, note
from sespms_rules.language.model import System


class Check(Protocol):
    """A module that looks for one defect."""

    FINDING: Finding

    def check(self, system: System, /) -> Iterator[Diagnostic]:
        """Find the defect in a system."""


CHECKS: tuple[Check, ...] = (
    ses143_names_look_alike,
    ses144_letters_of_two_scripts,
    ses201_level_missing,
    ses203_levels_out_of_order,
    ses205_term_repeated,
    ses206_equivalency_out_of_order,
    ses207_equivalency_missing,
    ses208_points_fall,
    ses209_standard_missing,
    ses210_standard_repeated,
    ses211_standard_without_level,
    ses212_weights_cannot_total,
    ses213_floor_above_ceiling,
    ses214_band_gap,
    ses215_band_overlap,
    ses217_band_upside_down,
    ses218_level_never_given,
    ses220_line_never_read,
    ses221_no_lines,
    ses222_override_outdone,
    ses223_weights_not_used,
    ses224_weights_not_stated,
    ses225_total_missing,
    ses226_total_not_positive,
    ses227_table_gap,
    ses228_table_overlap,
    ses230_too_many_elements,
    ses231_noncritical_element,
    ses232_rated_on_undeclared_level,
    ses234_requirements_without_lines,
    ses237_leap_day,
    ses238_share_above_all,
    ses239_range_upside_down,
    ses240_percent_for_a_number,
    ses241_certified_too_long,
    ses243_count_not_whole,
    ses245_profile_without_level,
    ses248_points_without_effect,
    ses250_term_differs,
    ses255_bands_in_reverse,
    ses257_approved_before_submitted,
    ses258_levels_not_declared,
    ses259_share_beyond_one,
    ses260_units_mixed,
    ses269_definition_never_read,
    ses271_names_differ_in_case,
    ses272_weight_of_zero,
    ses277_weight_not_limited_for_some,
    ses279_choice_of_the_whole,
    ses283_level_named_not_there,
    ses284_below_the_lowest,
    ses285_nothing_said_when_not_rated,
    ses290_declared_not_done,
    ses291_minimum_beyond_period,
    ses292_required_and_barred,
    ses293_steps_in_a_circle,
    ses294_own_judge,
    ses295_says_nothing,
    ses296_days_out_of_order,
    ses298_prohibited_and_stated,
    ses309_outside_yet_covers,
    ses312_limit_of_nothing,
    ses313_text_takes_back,
    ses314_nobody_may_have_it,
    ses679_term_of_another_number,
    ses690_term_of_no_rating,
    ses761_number_within_a_term,
)

MOST_OF_ONE_KIND = 200
"""So many findings of one check are told, and that there are more."""

MORE_OF_ONE_KIND = note("SES261", "more-of-one-kind")

LAST = ses244_acceptance_without_effect
"""Read behind all others, because it speaks of what they found."""

CODES = frozenset(each.FINDING.code for each in CHECKS)

UNREAD = frozenset({ses269_definition_never_read.FINDING.code})
"""What is told of definitions that nothing reads, which a formula with an error of its own may have been meant to."""


def check_system(system: System) -> tuple[Diagnostic, ...]:
    """Return what is wrong with one system by itself, warnings that it accepts as notes."""
    found = [with_law_in_force(system, finding) for each in CHECKS for finding in _bounded(each, system)]
    found += LAST.check(system, tuple(found), CODES)
    return tuple(sorted(accepted(system, found), key=lambda finding: finding.order))


def _bounded(check: Check, system: System) -> Iterator[Diagnostic]:
    """What one check finds, as far as anyone reads; a text of thousands of lines may have millions of one kind."""
    findings = iter(check.check(system))
    yield from islice(findings, MOST_OF_ONE_KIND)
    for further in islice(findings, 1):
        yield _more(further)


def _more(further: Diagnostic) -> Diagnostic:
    """Said in the place of a finding and of all others of its kind behind it."""
    message = f"there are more findings `{further.code} {further.name}` than these {MOST_OF_ONE_KIND}"
    return MORE_OF_ONE_KIND.at(further.span, message, help="correct those first; one cause often stands behind many")


def told_of_each_kind(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Findings of other stages as far as anyone reads them, in the order given; what checks find is bounded already."""
    told = Counter[str]()
    for each in found:
        told[each.code] += each.code not in CODES
        if told[each.code] <= MOST_OF_ONE_KIND:
            yield each
        elif told[each.code] == MOST_OF_ONE_KIND + 1:
            yield _more(each)


__all__ = [
    "CHECKS",
    "CODES",
    "LAST",
    "UNREAD",
    "Check",
    "accepted",
    "check_system",
    "told_of_each_kind",
    "with_law_in_force",
    "without_accepts",
]
