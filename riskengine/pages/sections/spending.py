"""Cost over time: what each month costs, and what is spent until its end."""

from collections.abc import Sequence
from datetime import datetime

from riskengine.pages.blocks import Block, Cell, Column, Figure, Row, Table
from riskengine.pages.pictures import months as pictures
from riskengine.pages.pictures.months import Axes, Month, Size
from riskengine.pages.pictures.scale import date_ticks, day_number, number_ticks
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading


def blocks(page: PageInput) -> Sequence[Block]:
    """A picture and its table; nothing where the project has no months with costs."""
    periods = reading.rows(page.run, "cost_periods", scope="project") if page.has_cost else []
    if not periods:
        return []
    months = [_month(period) for period in periods]
    title = page.say("spending.figure")
    return [
        Figure(
            title=title,
            label=page.say("spending.label", title=title),
            wide=pictures.draw(months, _axes(page, months, pictures.WIDE), pictures.WIDE),
            narrow=pictures.draw(months, _axes(page, months, pictures.NARROW), pictures.NARROW),
            tables=[_table(page, periods, months)],
            note=page.say("spending.note", count=page.language.count(periods[0]["iterations"])),
            legend=[
                ("band", page.say("spending.legend_band")),
                ("curve", page.say("spending.legend_middle")),
                ("dashes", page.say("outcomes.plan")),
                ("bars", page.say("spending.legend_bars")),
            ],
        )
    ]


def _month(period: reading.Row) -> Month:
    start = period["month"]
    after = datetime(start.year + start.month // 12, start.month % 12 + 1, 1) if start.year < 9999 else start
    return Month(
        start=day_number(start),
        end=max(day_number(after), day_number(start) + 1.0),
        mean=period["cost_mean"],
        low=period["cumulative_p10"],
        middle=period["cumulative_p50"],
        high=period["cumulative_p80"],
        plan=period["deterministic_cumulative"],
    )


def _axes(page: PageInput, months: Sequence[Month], size: Size) -> Axes:
    until_end, of_month = pictures.money_ranges(months)
    of_dates, of_sums, of_bars = size.most_ticks
    return Axes(
        dates=date_ticks(*pictures.time_range(months), of_dates, page.language),
        until_end=number_ticks(*until_end, of_sums, page.language),
        of_month=number_ticks(*of_month, of_bars, page.language),
    )


def _table(page: PageInput, periods: Sequence[reading.Row], months: Sequence[Month]) -> Table:
    say = page.say
    columns = [
        Column(say("spending.month")),
        Column(say("spending.mean"), say("spending.mean_meaning"), True),
        *(Column(say("spending.until", percentile=p), say("spending.until_meaning"), True) for p in (10, 50, 80)),
        Column(say("spending.plan"), say("spending.plan_meaning"), True),
    ]
    first, last = pictures.time_range(months)
    low, high = pictures.money_ranges(months)[0]
    rows = []
    for period, month in zip(periods, months, strict=True):
        when = period["month"]
        cells = [Cell(f"{page.language.months[when.month - 1]} {when.year}")]
        cells += [_money(page, period, name) for name in ("cost_mean", *(f"cumulative_p{p}" for p in (10, 50, 80)))]
        cells.append(Cell(page.language.money(period["deterministic_cumulative"], page.currency)))
        point = ((month.end - first) / (last - first), (month.middle - low) / (high - low))
        rows.append(Row(cells, point))
    return Table(say("spending.caption"), columns, rows, "cost_periods.arrow")


def _money(page: PageInput, period: reading.Row, name: str) -> Cell:
    ends = period[f"{name}_ci_low"], period[f"{name}_ci_high"]
    value, interval = page.language.money_estimate(period[name], *ends, page.currency)
    return Cell(value, detail=interval)


SECTION = Section("spending", blocks)
