"""What the risks that matter most add to finish and cost: a tornado with intervals."""

from collections.abc import Callable, Sequence
from functools import partial

from riskengine.pages.blocks import Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.pages.sections.effect_bar import Extent, effect_bar, extent_of
from riskengine.report import reading
from riskengine.report.summary.rare_risks import rare_risk_sentences
from riskengine.report.summary.rare_values import rare_value_sentences
from riskengine.report.text.notation import UNKNOWN, is_nothing

MOST = 15

Show = Callable[[float | None, float | None, float | None], tuple[str, str]]


def blocks(page: PageInput, most: int = MOST) -> Sequence[Block]:
    """The risks in the order of the summary, the larger of both effects first, and those too rare for the run."""
    speech = page.language.speech
    rare = rare_risk_sentences(page.run, speech) + rare_value_sentences(page.run, speech)
    rare_blocks: list[Block] = [Prose(rare)] if rare else []
    if not reading.has_contributions(page.run):
        return [Prose([page.say("risks.not_measured")]), *rare_blocks]
    risks = reading.leading_risks(page.run, most)
    return [*([_table(page, risks)] if risks else []), *rare_blocks]


def _table(page: PageInput, risks: Sequence[reading.Row]) -> Table:
    language = page.language
    columns = [Column(page.say("risks.risk")), Column(page.say("risks.occurs"), page.say("risks.occurs_meaning"), True)]
    columns.append(Column(page.say("risks.days"), page.say("risks.effect_meaning")))
    measures: list[tuple[str, Show]] = [("days", partial(language.days_estimate, signed=True))]
    if page.has_cost:
        columns.append(Column(page.say("risks.cost"), page.say("risks.effect_meaning")))
        measures.append(("cost", partial(language.money_estimate, currency=page.currency, signed=True)))
    ends = ("", "_ci_low", "_ci_high")
    ranges = {measure: extent_of(risk[f"{measure}{end}"] for risk in risks for end in ends) for measure, _ in measures}
    rows = []
    for risk in risks:
        cells = [Cell(risk["risk"], detail=risk["name"]), Cell(language.chance(risk["occurrence"]), risk["occurrence"])]
        for measure, show in measures:
            cells.append(_effect(page, risk, measure, ranges[measure], show))
        rows.append(Row(cells))
    return Table(page.say("risks.caption"), columns, rows, "risks.arrow", is_sortable=True, is_stacked=True)


def _effect(
    page: PageInput,
    risk: reading.Row,
    measure: str,
    extent: Extent,
    show: Show,
) -> Cell:
    value, low, high = (risk[f"{measure}{end}"] for end in ("", "_ci_low", "_ci_high"))
    if value is None:
        return Cell(UNKNOWN)

    bar = effect_bar(value, low, high, extent)
    if is_nothing(value, low, high):
        return Cell(show(0.0, None, None)[0].lstrip("+"), 0.0, bar=bar)
    amount, interval = show(value, low, high)
    detail = interval if risk["statistic"] == "p80" else page.say("risks.at_mean", interval=interval)
    return Cell(amount, value, detail, bar=bar)


SECTION = Section("risks", blocks)
