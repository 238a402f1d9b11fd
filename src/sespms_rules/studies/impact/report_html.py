"""An Impact as one accessible HTML page: the same sheet as the text, with pictures beside its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sespms_rules.law.provenance import Provenance
from sespms_rules.program.rating import Outcome
from sespms_rules.reports.charts import (
    Picture,
    Section,
    Series,
    bars,
    figure,
    matrix,
    page,
)
from sespms_rules.reports.findings import (
    Markup,
    element,
    lines,
    prose,
    table,
)
from sespms_rules.reports.provenance_html import HEADING
from sespms_rules.reports.provenance_html import as_html as provenance_as_html
from sespms_rules.rosters.population import (
    Distribution,
    State,
)
from sespms_rules.studies.impact.assessing import Case, Comparison, Impact
from sespms_rules.studies.impact.phrases import Told, level_said
from sespms_rules.studies.impact.reasons import said
from sespms_rules.studies.impact.reporting import sheet_of
from sespms_rules.studies.impact.score_picture import ScoreScale, same_scores, score_picture, score_scale
from sespms_rules.studies.impact.shares_picture import by_unit, side_by_side
from sespms_rules.studies.impact.sharing import SharedImpact, shared_impact, shared_sheet
from sespms_rules.studies.impact.sheet import Item, Listing, Sheet, Table
from sespms_rules.studies.impact.sheet import Section as SheetSection
from sespms_rules.studies.impact.tables import MATRIX, count_of, states_shown

_MOVES = "-moves"

Below = Callable[[Picture], Markup]
"""What stands below a picture, such as what it can be kept as."""


def _nothing(picture: Picture) -> Markup:
    del picture
    return Markup("")


def as_html(impact: Impact, told: Told, provenance: Provenance, least: int | None = None) -> str:
    """The whole page. With `least`, smaller counts and whatever would tell them are withheld."""
    if least is not None and impact.before is not None:
        sheet = shared_sheet(impact, least)
        pictures = {"shared": tuple(_shared_pictures(impact, shared_impact(impact, least)))}
    else:
        sheet = sheet_of(impact, told)
        pictures = dict(_pictures(impact))
    return as_page(sheet, pictures, provenance)


def as_sections(impact: Impact, told: Told, below: Below = _nothing) -> list[Section]:
    """The sections of the page, with their pictures and tables, for a page that holds other things too."""
    pictures = dict(_pictures(impact))
    return _sections(sheet_of(impact, told), pictures, below)


def picture_named(impact: Impact, identity: str) -> Picture | None:
    """The picture of the page that has this identity; None where it has none."""
    every = (each for _, pictures in _pictures(impact) for each in pictures)
    return next((each for each in every if each.identity == identity), None)


def _sections(sheet: Sheet, pictures: Mapping[str, tuple[Picture, ...]], below: Below) -> list[Section]:
    return [_section(each, pictures.get(each.key, ()), below) for each in sheet.sections]


def as_page(sheet: Sheet, pictures: Mapping[str, tuple[Picture, ...]], provenance: Provenance) -> str:
    """A sheet as a whole page, with the pictures of each section by its key, and what it rests on."""
    sections = _sections(sheet, pictures, _nothing)
    basis = Section("basis", HEADING, provenance_as_html(provenance))
    return page(sheet.title, [*sections, _closing(sheet), basis], sheet.notice)


def _closing(sheet: Sheet) -> Section:
    remarks = sheet.remarks or ("The findings say what is wrong.",)
    items = (element("li", prose(each)) for each in remarks)
    return Section("how-it-was-made", "How to read this", element("ul", lines(*items)))


def _section(section: SheetSection, pictures: tuple[Picture, ...], below: Below) -> Section:
    """Sentences first, then the pictures, then tables and lists; the picture of movers brings its table along."""
    drawn = any(each.identity.endswith(_MOVES) for each in pictures)
    sentences = [each for each in section.items if isinstance(each, str)]
    rest = [each for each in section.items if not isinstance(each, str) and not (drawn and _is_matrix(each))]
    drawings = (figure(each, below(each)) for each in pictures)
    return Section(section.key, section.heading, lines(*map(_item, sentences), *drawings, *map(_item, rest)))


def _is_matrix(item: Item) -> bool:
    return isinstance(item, Table) and item.caption == MATRIX


def _item(item: Item) -> Markup:
    if isinstance(item, Table):
        caption = item.caption
        inside = table(caption, tuple(each[:1].upper() + each[1:] for each in item.headings), list(item.rows))
        return element("div", inside, class_="wide numbers", tabindex="0", role="group", aria_label=f"Table: {caption}")
    if isinstance(item, Listing):
        entries = lines(*(element("li", _entry(first, more)) for first, more in item.items))
        title = element("h3", item.caption) if item.caption else Markup("")
        return lines(title, element("ul", entries))
    return element("p", prose(item))


def _entry(first: str, more: tuple[str, ...]) -> Markup:
    inside = element("ul", lines(*(element("li", prose(each)) for each in more))) if more else Markup("")
    return lines(prose(first), inside)


# ---- pictures --------------------------------------------------------------------------------------


def _pictures(impact: Impact) -> Iterator[tuple[str, tuple[Picture, ...]]]:
    """The pictures of each section, by the section's key."""
    before = impact.before
    if before is None:
        return
    labels = [level_said(each, impact.terms) for each in impact.levels]
    alone = bars("before-levels", "Levels", labels, [_series(impact, "now", before.whole)], impact.notice())
    # One scale and one set of columns for all of them, so that what stands beside each other can be compared.
    scale = score_scale([before, *(each.case for each in impact.comparisons if each.case is not None)])
    scores = score_picture("before-scores", "Scores and cuts", before, scale, impact.notice())
    if not impact.comparisons:
        yield "before", _known(alone, scores, by_unit("before-units", impact, before))
    elif len(impact.comparisons) > 1:
        yield "side", _known(side_by_side("side-levels", impact, before), scores)
    for number, each in enumerate(impact.comparisons, 1):
        if each.case is not None:
            yield f"amendment-{number}", _compared(impact, before, each, number, scale)


def _compared(
    impact: Impact, before: Case, comparison: Comparison, number: int, scale: ScoreScale | None
) -> tuple[Picture, ...]:
    after = comparison.case
    if after is None:
        return ()
    key, alone = f"amendment-{number}", len(impact.comparisons) == 1
    labels = [level_said(each, impact.terms) for each in impact.levels]
    cases = [_series(impact, "before", before.whole), _series(impact, "after", after.whole)]
    states = states_shown(impact, [before, after])
    counts = [[len(comparison.cells.get((old, new), ())) for new in states] for old in states]
    names, notice = [_label(impact, each) for each in states], impact.notice()
    scores = not same_scores(before, after)
    return _known(
        bars(f"{key}-levels", "Levels of those rated, before and after", labels, cases, notice),
        matrix(f"{key}{_MOVES}", "Who moves", names, counts, notice, ranks=_ranks(states)),
        score_picture(f"{key}-scores-before", "Scores and cuts before", before, scale, notice) if alone else None,
        score_picture(f"{key}-scores", "Scores and cuts after", after, scale, notice) if scores else None,
        by_unit(f"{key}-units", impact, before, after),
    )


def _shared_pictures(impact: Impact, fit: SharedImpact) -> Iterator[Picture]:
    labels = [_label(impact, each) for each in fit.states]
    cases = [Series("before" if fit.matrix else "now", fit.before, None)]
    if fit.matrix is not None:
        cases.append(Series("after", fit.matrix.column_totals, None))
    notice = impact.notice(shared=True)
    yield bars("shared-levels", "Levels", labels, cases, notice)
    if fit.matrix is not None:
        yield matrix(f"shared{_MOVES}", "Who moves", labels, fit.matrix.cells, notice, ranks=_ranks(fit.states))


def _series(impact: Impact, name: str, counted: Distribution) -> Series:
    return Series(name, tuple(count_of(counted, each) for each in impact.levels), counted.rated)


def _label(impact: Impact, state: State) -> str:
    words = level_said(state, impact.terms) if not isinstance(state, Outcome) else said(state)
    return words[:1].upper() + words[1:]


def _ranks(states: tuple[State, ...]) -> tuple[int | None, ...]:
    return tuple(None if isinstance(each, Outcome) else each for each in states)


def _known(*pictures: Picture | None) -> tuple[Picture, ...]:
    return tuple(each for each in pictures if each is not None)
