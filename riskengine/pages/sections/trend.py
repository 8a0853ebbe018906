"""How the forecast moved from one status date to the next: a cone, what each status said, and the gates."""

from collections.abc import Sequence
from datetime import datetime, time

from markupsafe import Markup

from riskengine.history.trend import FORECAST_PERCENTS, Estimate, GateStatus, Status, Trend
from riskengine.pages.blocks import Block, Cell, Column, Figure, Row, Table
from riskengine.pages.pictures import trend as pictures
from riskengine.pages.pictures.scale import Tick, date_ticks, day_number, number_ticks
from riskengine.pages.pictures.trend import NARROW, WIDE, Cone, Forecast, Size
from riskengine.pages.section import PageInput, Section
from riskengine.pages.speaker import Speaker

SOURCE = "fact_percentile, fact_gate"
SIZES = (WIDE, NARROW)
Legend = Sequence[tuple[str, str]]
LEAST_SHARE = 0.01
"""Of the largest cost: what its axis reaches over at least."""


def blocks(page: PageInput) -> Sequence[Block]:
    """The trend of the scenario; nothing where no history is at hand, or it has but one status."""
    return [] if page.trend is None or len(page.trend.statuses) < 2 else trend_blocks(page, page.trend)


def trend_blocks(page: Speaker, trend: Trend) -> list[Block]:
    """Return the cones with their tables, and the table of the gates; tables alone where there is but one status.

    Parameters
    ----------
    page : Speaker
    trend : Trend
    """
    gates = [(status, gate) for status in trend.statuses for gate in status.gates]
    gates_block: list[Block] = [_gates_table(page, gates)] if gates else []
    if len(trend.statuses) < 2:
        return [_table(page, trend, None), *gates_block]
    cost = [_cost_figure(page, trend)] if _has_cost_cone(trend) else []
    return [_finish_figure(page, trend), *cost, *gates_block]


def _finish_figure(page: Speaker, trend: Trend) -> Figure:
    actual = trend.statuses[-1].actual_finish
    cone = Cone([_forecast(status) for status in trend.statuses], None if actual is None else day_number(actual))
    note = (
        page.say("trend.note") if actual is None else page.say("trend.note_finished", finish=page.language.day(actual))
    )
    extra = [] if actual is None else [("line", page.say("trend.legend_actual"))]
    wide, narrow = (
        _drawn(page, cone, size, date_ticks(*cone.forecast_range, size.most_ticks[1], page.language)) for size in SIZES
    )
    table = _table(page, trend, cone)
    return _figure(page, page.say("trend.figure"), (wide, narrow), table=table, note=note, extra=extra)


def _has_cost_cone(trend: Trend) -> bool:
    """Whether there is money, the same at every status, and every percentile of it."""
    statuses = trend.statuses
    has_values = all(status.costs[percent].value is not None for status in statuses for percent in FORECAST_PERCENTS)
    return has_values and len({status.currency for status in statuses}) == 1 and any(s.cost.value for s in statuses)


def _cost_figure(page: Speaker, trend: Trend) -> Figure:
    largest = max(abs(status.costs[percent].value or 0.0) for status in trend.statuses for percent in FORECAST_PERCENTS)
    cone = Cone([_cost_forecast(status) for status in trend.statuses], None, largest * LEAST_SHARE)
    wide, narrow = (
        _drawn(page, cone, size, number_ticks(*cone.forecast_range, size.most_ticks[1], page.language))
        for size in SIZES
    )
    table = _cost_table(page, trend, cone)
    currency = trend.statuses[0].currency
    title = page.say("trend.cost_figure") + (f", {currency}" if currency else "")
    return _figure(page, title, (wide, narrow), table=table, note=page.say("trend.cost_note"))


def _figure(
    page: Speaker, title: str, drawn: tuple[Markup, Markup], *, table: Table, note: str, extra: Legend = ()
) -> Figure:  # fmt: skip
    """Return a cone with the table behind it; ``extra`` is what its legend has besides."""
    wide, narrow = drawn
    legend = [
        ("band", page.say("trend.legend_band")),
        ("curve", page.say("trend.legend_p50")),
        ("dashes", page.say("trend.legend_p80")),
    ]
    return Figure(
        title=title,
        label=page.say("trend.label", title=title),
        wide=wide,
        narrow=narrow,
        tables=[table],
        note=note,
        legend=[*legend, *extra],
    )


def _drawn(page: Speaker, cone: Cone, size: Size, beside: Sequence[Tick]) -> Markup:
    return pictures.draw(cone, date_ticks(*cone.status_range, size.most_ticks[0], page.language), beside, size)


def _forecast(status: Status) -> Forecast:
    ends = (day_number(status.instants[percent][0]) for percent in FORECAST_PERCENTS)
    return Forecast(_day(status), *ends)


def _cost_forecast(status: Status) -> Forecast:
    return Forecast(_day(status), *(status.costs[percent].value or 0.0 for percent in FORECAST_PERCENTS))


def _day(status: Status) -> float:
    return day_number(datetime.combine(status.status_date, time()))


def _table(page: Speaker, trend: Trend, cone: Cone | None) -> Table:
    """What each status said; the first percentile stands in the picture, so its row is read by pointer and keys."""
    say = page.say
    has_cost = any(status.cost.value for status in trend.statuses)
    columns = [
        Column(say("trend.status")),
        *(Column(say("trend.finish", percentile=p), say("trend.finish_meaning"), True) for p in FORECAST_PERCENTS),
        Column(say("trend.moved"), say("trend.moved_meaning"), True),
        *([Column(say("trend.cost"), is_number=True)] if has_cost else []),
        Column(say("trend.decision")),
    ]
    rows = []
    for number, (status, move) in enumerate(zip(trend.statuses, trend.moves, strict=True)):
        point = None if cone is None else cone.point(cone.forecasts[number])
        rows.append(Row(_cells(page, status, move, has_cost), point))
    return Table(say("trend.caption"), columns, rows, SOURCE)


def _cost_table(page: Speaker, trend: Trend, cone: Cone) -> Table:
    """What each status said of the cost, with the interval of every percentile."""
    say = page.say
    columns = [
        Column(say("trend.status")),
        *(Column(say("trend.cost_of", percentile=p), say("trend.cost_meaning"), True) for p in FORECAST_PERCENTS),
    ]
    rows = []
    for status, forecast in zip(trend.statuses, cone.forecasts, strict=True):
        cells = [Cell(page.language.day(status.status_date), status.status_date.isoformat())]
        for cost in (status.costs[percent] for percent in FORECAST_PERCENTS):
            ends = (cost.value, cost.ci_low, cost.ci_high)
            money, interval = page.language.money_estimate(*ends, status.currency)
            cells.append(Cell(money, cost.value, interval))
        rows.append(Row(cells, cone.point(forecast)))
    return Table(say("trend.cost_caption"), columns, rows, "fact_percentile")


def _cells(page: Speaker, status: Status, move: Estimate | None, has_cost: bool) -> list[Cell]:
    language = page.language
    cells = [Cell(language.day(status.status_date), status.status_date.isoformat())]
    for percent in FORECAST_PERCENTS:
        value, low, high = status.instants[percent]
        cells.append(Cell(language.day(value), value.isoformat(), language.span(low, high)))
    cells.append(_moved(page, move))
    if has_cost:
        money, interval = language.money_estimate(
            status.cost.value, status.cost.ci_low, status.cost.ci_high, status.currency
        )
        cells.append(Cell(money, status.cost.value, interval))
    if status.actual_finish is not None:
        cells.append(Cell(page.say("trend.finished")))
    else:
        cells.append(Cell(page.say(f"answer.{status.decision or 'none'}")))
    return cells


def _moved(page: Speaker, move: Estimate | None) -> Cell:
    if move is None or move.value is None:
        return Cell("-")
    low, high = (None if end is None else page.language.local(f"{end:+,.1f}") for end in (move.ci_low, move.ci_high))
    number = page.language.local(f"{move.value:+,.1f}")
    return Cell(page.say("trend.moved_days", number=number), move.value, page.language.ends(low, high))


def _gates_table(page: Speaker, gates: Sequence[tuple[Status, GateStatus]]) -> Table:
    say, language = page.say, page.language
    columns = [
        Column(say("trend.status")),
        Column(say("trend.gate")),
        Column(say("gates.chance"), say("gates.chance_meaning"), True),
        Column(say("gates.needed"), say("gates.needed_meaning"), True),
        Column(say("gates.answer")),
    ]
    rows = []
    for status, gate in gates:
        chance, ends = language.chance_estimate(gate.probability, gate.ci_low, gate.ci_high, gate.confidence)
        rows.append(
            Row(
                [
                    Cell(language.day(status.status_date), status.status_date.isoformat()),
                    Cell(gate.gate, detail=gate.name if gate.name != gate.gate else ""),
                    Cell(chance, gate.probability, page.interval_at(ends, gate.level)),
                    Cell(language.confidence(gate.confidence), gate.confidence),
                    Cell(say(f"gates.{gate.answer}"), kind=gate.answer),
                ]
            )
        )
    return Table(say("trend.gates"), columns, rows, SOURCE, is_sortable=True, is_stacked=True)


SECTION = Section("trend", blocks)
