"""Systems based on others: what is copied, what is struck, what is added, and where it goes wrong."""

from __future__ import annotations

import pytest

from resolve.resolving import document_of, only, resolved, system_of, told, words
from sespms_rules.language.resolution import EMPTY_LIBRARY, FolderLibrary
from sespms_rules.language.syntax.words import PartKind

DEPARTMENT = """
system "Department"
  agency "Invented Department"
  effective 2026-10-01
  approved by OPM 2026-08-20
  purpose "Holds executives to account."
  has exactly 2 critical elements

critical element "People"
  evaluates leadership
critical element "Results"
  evaluates results

weights
  total 100
  "Results" at least 20
  none above "Results"

appraisal
  is in writing

summary rating
  score is the sum of points times weight  under "5 CFR 430.305(a)(5)"
  take the first line that fits
  score 475 to 500 is level 5
  score 300 to 474 is level 4
  level 3 otherwise

guarantees
  every level can be reached

scenario "All at the top"
  "People"  weight 50 rated 5
  "Results" weight 50 rated 5
  expect level 5
"""


def bureau(text: str, base: str = "Department") -> str:
    return f'{DEPARTMENT}\nsystem "Bureau" based on "{base}"\n{text}'


def test_a_system_based_on_another_is_a_copy_with_changes() -> None:
    system = system_of(
        bureau('weights\n  strike "Results" at least 20\n  "Results" at least 40 under "Bureau order 7"\n'), "Bureau"
    )
    assert system.bases == ("Department",)
    assert words(system, PartKind.WEIGHTS) == ["total 100", '"Results" at least 40', 'none above "Results"']
    changed = system.sentences(PartKind.WEIGHTS)
    assert [each.of for each in changed] == ["Department", "Bureau", "Department"]
    assert changed[1].origin.authority == "Bureau order 7"
    assert [element.name for element in system.elements] == ["People", "Results"]
    assert words(system, PartKind.GUARANTEES) == ["every level can be reached"]
    (score, *_) = system.sentences(PartKind.RATING)
    assert score.origin.authority == "5 CFR 430.305(a)(5)"


def test_scenarios_of_the_base_are_not_copied() -> None:
    department, variant = resolved(bureau(""))[0].systems
    assert [scenario.name for scenario in department.scenarios] == ["All at the top"]
    assert variant.scenarios == ()


def test_what_is_added_stands_where_the_block_last_struck_something() -> None:
    system = system_of(
        bureau(
            "summary rating\n  strike score 475 to 500 is level 5\n  strike score 300 to 474 is level 4\n"
            "  score 480 to 500 is level 5\n  score 300 to 479 is level 4\n"
        ),
        "Bureau",
    )
    assert words(system, PartKind.RATING)[2:] == [
        "score 480 to 500 is level 5",
        "score 300 to 479 is level 4",
        "level 3 otherwise",
    ]


def test_what_is_added_without_a_strike_stands_at_the_end() -> None:
    system = system_of(bureau("weights\n  all at least 5\nrecords\n  go with the executive\n"), "Bureau")
    assert words(system, PartKind.WEIGHTS)[-1] == "all at least 5"
    assert words(system, PartKind.RECORDS) == ["go with the executive"]


def test_approval_is_not_copied_and_a_text_says_itself_whose_it_is() -> None:
    plain = system_of(bureau(""), "Bureau")
    assert 'agency "Invented Department"' in words(plain, PartKind.SYSTEM)
    assert "effective 2026-10-01" in words(plain, PartKind.SYSTEM)
    assert "approved by OPM 2026-08-20" not in words(plain, PartKind.SYSTEM)
    own = system_of(bureau('  agency "Bureau"\n  effective 2027-10-01\n'), "Bureau")
    assert [each for each in words(own, PartKind.SYSTEM) if each.split()[0] in ("agency", "effective")] == [
        'agency "Bureau"',
        "effective 2027-10-01",
    ]


def test_what_is_said_of_the_base_alone_may_be_struck_all_the_same() -> None:
    system = system_of(bureau("  strike approved by OPM 2026-08-20\n  approved by OPM 2027-01-04\n"), "Bureau")
    assert "approved by OPM 2027-01-04" in words(system, PartKind.SYSTEM)
    assert told(bureau("  strike approved by OPM 2026-08-21\n")) == [
        ("nothing-to-strike", "approved by OPM 2026-08-21")
    ]


def test_any_other_sentence_of_the_head_is_struck_before_it_is_said_otherwise() -> None:
    finding = only(bureau('  purpose "Another purpose."\n'))
    assert (finding.code, finding.span.text) == ("SES106", 'purpose "Another purpose."')
    assert finding.labels[0].span.text == 'purpose "Holds executives to account."'


def test_a_whole_part_can_be_struck() -> None:
    system = system_of(bureau("strike guarantees\n"), "Bureau")
    assert system.part(PartKind.GUARANTEES) is None


def test_what_a_strike_breaks_elsewhere_is_told_at_the_change() -> None:
    library = FolderLibrary([document_of(DEPARTMENT, "department.sespms")], shipped=False)
    text = 'system "Bureau" based on "Department"\nstrike critical element "Results"\n'
    policy, findings = resolved(text + 'awards and pay\n  performance award is the "Award" for level\n', library)
    assert [each.name for each in findings] == ["unknown-table"]
    assert [element.name for element in policy.systems[0].elements] == ["People"]
    text += 'critical element "Outcomes"\n'
    (*_, finding) = resolved(text, library)[1]
    assert finding.name == "unknown-element-named"
    assert finding.span.text == 'system "Bureau" based on "Department"'
    assert finding.labels[0].span.text == '"Results"'
    assert finding.labels[0].span.source.name == "department.sespms"
    assert finding.fixes == ()


@pytest.mark.parametrize(
    ("struck", "help"),
    [
        ('weights\n  strike "Results" at least 25', 'the nearest there is `"Results" at least 20`'),
        ("performance plan\n  strike is in writing", "it stands in `appraisal`"),
        ("weights\n  strike all at most 30\n  all at most 30", "it was added by this same text"),
        ("weights\n  strike total 100\n  strike total 100", "there is none like it"),
        ("training\n  strike is for leaders", "there is none like it"),
        ('strike critical element "Result"', 'did you mean `critical element "Results"`?'),
        ("strike distribution", "leave the line out"),
    ],
)
def test_what_is_not_there_cannot_be_struck(struck: str, help: str) -> None:
    finding = only(bureau(struck + "\n"))
    assert finding.code == "SES104"
    assert finding.message.startswith("`Department` ")
    assert help in finding.help


def test_the_nearest_sentence_is_quoted_and_offered() -> None:
    finding = only(bureau('weights\n  strike "Results" at least 25\n'))
    assert finding.message == '`Department` does not say `"Results" at least 25` in `weights`'
    assert finding.labels[0].span.text == '"Results" at least 20'
    (fix,) = finding.fixes
    assert (fix.replacement, fix.sure) == ('"Results" at least 20', False)


def test_where_a_sentence_stands_and_its_authority_do_not_matter_to_a_strike() -> None:
    system = system_of(bureau("summary rating\n  strike   score is the sum  of points times weight\n"), "Bureau")
    assert words(system, PartKind.RATING)[0] == "take the first line that fits"


def test_a_text_that_is_based_on_none_strikes_itself() -> None:
    text = 'system "Invented"\nweights\n  total 100\n  strike total 100\nstrike distribution\n'
    assert told(text) == [
        ("strikes-itself", "total 100"),
        ("nothing-to-strike", "distribution"),
        ("strikes-itself", "distribution"),
    ]
    assert words(resolved(text)[0].systems[0], PartKind.WEIGHTS) == []


# ---- bases that cannot be had ------------------------------------------------------------------------


def test_a_base_is_offered_by_its_nearest_name() -> None:
    finding = only(bureau("weights\n  strike total 90\n", base="Departmant"))
    assert (finding.code, finding.span.text) == ("SES101", '"Departmant"')
    assert finding.help == "did you mean `Department`?"
    assert [(fix.replacement, fix.sure) for fix in finding.fixes] == [('"Department"', True)]


def test_a_base_that_is_nowhere_is_said_to_be_looked_for() -> None:
    finding = only('system "Bureau" based on "Ministry of Tides"\nweights\n  total 100\n', EMPTY_LIBRARY)
    assert finding.message == "there is no system `Ministry of Tides` that `Bureau` could be based on"
    assert finding.help == "put the file that holds it beside this one; only this file was looked at"
    assert finding.fixes == ()


@pytest.mark.parametrize(
    ("heads", "message"),
    [
        (['"A" based on "A"'], "`A` is based on itself"),
        (['"A" based on "B"', '"B" based on "A"'], "`A` is based on itself by way of `B`"),
        (['"A" based on "B"', '"B" based on "B"'], "`A` is based on `B`, which leads back to `B` without an end"),
    ],
)
def test_a_loop_of_bases_is_found(heads: list[str], message: str) -> None:
    findings = resolved("\n".join(f"system {head}" for head in heads))[1]
    assert {each.code for each in findings} == {"SES102"}
    assert len(findings) == len(heads)
    assert findings[0].message == message


def test_two_bases_deep_is_well_and_three_is_not() -> None:
    heads = [
        'system "A"\nweights\n  total 100\n',
        *(f'system "{own}" based on "{base}"\n' for own, base in ("BA", "CB")),
    ]
    assert system_of("".join(heads), "C").bases == ("B", "A")
    finding = only("".join(heads) + 'system "D" based on "C"\n')
    assert (finding.code, finding.span.text) == ("SES103", '"C"')
    assert finding.message == "`D` rests on `C`, `B` and `A`, and a system may rest on at most 2 others"


def test_changes_of_each_base_are_carried_out_first() -> None:
    text = """
    system "A"
    weights
      total 100
    system "B" based on "A"
    weights
      strike total 100
      total 200
    system "C" based on "B"
    weights
      strike total 200
      total 300
    """
    assert words(system_of(text, "C"), PartKind.WEIGHTS) == ["total 300"]
    assert words(system_of(text, "B"), PartKind.WEIGHTS) == ["total 200"]


def test_a_base_in_another_file_with_errors_is_no_base() -> None:
    faulty = document_of('system "Department"\nweights\n  total 100\n  total 90\n', "department.sespms")
    library = FolderLibrary([faulty], shipped=False)
    finding = only('system "Bureau" based on "Department"\n', library)
    assert (finding.code, finding.span.text) == ("SES101", '"Department"')
    assert finding.message == "`Department` has errors of its own, so nothing can rest on it"
    assert finding.help == "check `department.sespms` and fix it first"
    assert [(each.span.text, each.message) for each in finding.labels] == [("total 90", "SES106 said-twice")]


def test_a_head_that_only_strikes_what_is_not_there_is_a_head_all_the_same() -> None:
    policy, findings = resolved('system "A"\n  strike agency "Invented"\n')
    assert {each.name for each in findings} == {"nothing-to-strike", "strikes-itself"}
    assert policy.systems[0].head.sentences == ()
