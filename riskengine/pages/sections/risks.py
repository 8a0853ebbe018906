"""What the risks that matter most add to finish and cost: a tornado with intervals."""

from collections.abc import Callable, Sequence
from functools import partial

from riskengine.pages.blocks import Bar, Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading
from riskengine.report.notation import UNKNOWN, is_nothing
from riskengine.report.rare_risks import rare_risk_sentences
from riskengine.report.rare_values import rare_value_sentences

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
    ranges = {measure: _range(risks, measure) for measure, _ in measures}
    rows = []
    for risk in risks:
        cells = [Cell(risk["risk"], detail=risk["name"]), Cell(language.chance(risk["occurrence"]), risk["occurrence"])]
        for measure, show in measures:
            cells.append(_effect(page, risk, measure, ranges[measure], show))
        rows.append(Row(cells))
    return Table(page.say("risks.caption"), columns, rows, "risks.arrow", is_sortable=True, is_stacked=True)


def _range(risks: Sequence[reading.Row], measure: str) -> tuple[float, float]:
    """The range of all effects and their intervals, with none in it."""
    ends = [risk[measure + end] or 0.0 for risk in risks for end in ("", "_ci_low", "_ci_high")]
    low, high = min(0.0, *ends), max(0.0, *ends)
    return (low, high) if low < high else (0.0, 1.0)


def _effect(
    page: PageInput,
    risk: reading.Row,
    measure: str,
    extent: tuple[float, float],
    show: Show,
) -> Cell:
    value, low, high = (risk[f"{measure}{end}"] for end in ("", "_ci_low", "_ci_high"))
    if value is None:
        return Cell(UNKNOWN)

    def share(amount: float) -> float:
        return (amount - extent[0]) / (extent[1] - extent[0])

    bar = Bar(
        share(min(value, 0.0)),
        share(max(value, 0.0)),
        None if low is None else share(low),
        None if high is None else share(high),
        zero=share(0.0),
        kind="less" if value < 0 else "more",
    )
    if is_nothing(value, low, high):
        return Cell(show(0.0, None, None)[0].lstrip("+"), 0.0, bar=bar)
    amount, interval = show(value, low, high)
    detail = interval if risk["statistic"] == "p80" else page.say("risks.at_mean", interval=interval)
    return Cell(amount, value, detail, bar=bar)


SECTION = Section("risks", blocks)
