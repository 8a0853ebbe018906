"""Finish of the project and of every target, and its cost: histogram, S-curve, plan and gates, and their table."""

from collections.abc import Sequence

import numpy as np

from riskengine.pages.blocks import Block, Cell, Column, Figure, Prose, Row, Table
from riskengine.pages.pictures import curve
from riskengine.pages.pictures.axis import Axis, cost_axis, finish_axis
from riskengine.pages.pictures.gate_mark import gate_mark
from riskengine.pages.pictures.scale import day_number, share_ticks
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading
from riskengine.results.tables.arrow_array import numpy_of

MOST_FIGURES = 8
"""Pictures of targets; those with a gate come first."""
FEWER_FIGURES = 1
"""So many where the table of tasks takes most of the page."""
DAY = np.timedelta64(1, "D")


def blocks(page: PageInput) -> Sequence[Block]:
    """A picture for the finish of the project, one for its cost, a table of all targets, and a picture for each."""
    chosen = [(reading.PROJECT, "finish"), *([(reading.PROJECT, "cost")] if page.has_cost else [])]
    gated = {gate["target"] for gate in reading.rows(page.run, "gates") if gate["finish"] is not None}
    targets = sorted(page.run.manifest["targets"], key=lambda target: target not in gated)
    most = FEWER_FIGURES if page.has_many_tasks else MOST_FIGURES
    chosen += [(target, "finish") for target in targets[:most]]
    figures = [_figure(page, target, measure, number) for number, (target, measure) in enumerate(chosen)]
    count_before_table = len(figures) - len(targets[:most])
    table: list[Block] = [_targets(page)] if targets else []
    if len(targets) > most:
        table.append(Prose([page.say("outcomes.most", count=most)]))
    return [*figures[:count_before_table], *table, *figures[count_before_table:]]


def _targets(page: PageInput) -> Table:
    """Plan, P50 and P80 of every target."""
    language, rows = page.language, []
    for target in page.run.manifest["targets"]:
        finish = {row["percentile"]: row for row in reading.percentiles(page.run, target, "finish")}
        plan = reading.summary(page.run, target, "finish")["deterministic_instant"]
        cells = [Cell(target, detail=page.task_names.get(target, "")), Cell(language.day(plan), plan.isoformat())]
        for percent in (50, 80):
            row = finish[percent]
            ends = language.span(row["instant_ci_low"], row["instant_ci_high"])
            cells.append(Cell(language.day(row["instant"]), row["instant"].isoformat(), detail=ends))
        rows.append(Row(cells))
    columns = [Column(page.say("outcomes.target_column")), Column(page.say("outcomes.plan"), is_number=True)]
    columns += [Column(f"P{percent}", page.say("outcomes.percentile_meaning"), True) for percent in (50, 80)]
    caption = page.say("outcomes.targets")
    return Table(caption, columns, rows, "percentiles.arrow, summary.arrow", is_sortable=True)


def _figure(page: PageInput, target: str, measure: str, number: int) -> Figure:
    is_finish = measure == "finish"
    plan = reading.summary(page.run, target, measure)
    marks = [plan_mark(page, plan, is_finish), *gate_marks(page, gates_of(page, target, is_finish), is_finish)]
    spread, axis = spread_of(page, target, measure, key=f"spread-{number}", marks=marks)
    points = reading.percentiles(page.run, target, measure)
    shares = share_ticks(page.language)
    key = "finish" if is_finish else "cost"
    title = page.say(f"outcomes.{key}" if target == reading.PROJECT else "outcomes.target", target=target)
    return Figure(
        title=title,
        label=page.say("outcomes.label", title=title),
        name="" if target == reading.PROJECT else page.task_names.get(target, ""),
        wide=curve.draw(spread, axis.ticks(10 if is_finish else 8, page.language), shares, curve.WIDE),
        narrow=curve.draw(spread, axis.ticks(4, page.language), shares, curve.NARROW),
        tables=[
            _table(page, points, axis, page.say("outcomes.percentiles", title=title)),
            marks_table(page, target, measure, gates_of(page, target, is_finish)),
        ],
        note=page.say("outcomes.note"),
        legend=_legend(page, marks),
    )


def spread_of(
    page: PageInput, target: str, measure: str, *, key: str, marks: Sequence[curve.Mark]
) -> tuple[curve.Spread, Axis]:
    """Return what is drawn of a finish or a cost, with its axis.

    Parameters
    ----------
    page : PageInput
    target, measure : str
    key : str
        Names the shapes within the page.
    marks : sequence of Mark
    """
    is_finish = measure == "finish"
    points = reading.percentiles(page.run, target, measure)
    places = [_place(row, is_finish) for row in points]
    make = finish_axis if is_finish else cost_axis
    axis = make(places[0], places[-1], [mark.value for mark in marks])
    spread = curve.Spread(
        key=key,
        values=_values(page, target, measure),
        low=axis.low,
        high=axis.high,
        bin_width=axis.bin_width,
        percentiles=[(row["percentile"], value) for row, value in zip(points, places, strict=True)],
        marks=marks,
    )
    return spread, axis


def _values(page: PageInput, target: str, measure: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """The simulated values on the axis of the picture: days since 1970, or money."""
    suffix = "" if target == reading.PROJECT else f":{target}"
    column = numpy_of(page.run.tables["iterations"][f"{measure}{suffix}"])
    return (column - np.datetime64("1970-01-01")) / DAY if measure == "finish" else column


def _place(row: reading.Row, is_finish: bool) -> float:
    return day_number(row["instant"]) if is_finish else float(row["value"])


def plan_mark(page: PageInput, plan: reading.Row, is_finish: bool) -> curve.Mark:
    """Return the mark of the plan."""
    value = day_number(plan["deterministic_instant"]) if is_finish else float(plan["deterministic"])
    label = page.say("outcomes.plan_mark", value=_written(page, plan, is_finish))
    return curve.Mark("plan", value, label, page.say("outcomes.plan"), share=float(plan["chance"]))


def _written(page: PageInput, plan: reading.Row, is_finish: bool) -> str:
    language = page.language
    return (
        language.day(plan["deterministic_instant"])
        if is_finish
        else language.money(plan["deterministic"], page.currency)
    )


def gates_of(page: PageInput, target: str, is_finish: bool) -> list[reading.Row]:
    """The gates that ask for this target's finish, or for the cost."""
    return [
        gate
        for gate in reading.rows(page.run, "gates")
        if (gate["finish"] is not None and gate["target"] == target if is_finish else gate["cost"] is not None)
    ]


def gate_marks(page: PageInput, gates: Sequence[reading.Row], is_finish: bool) -> list[curve.Mark]:
    """Return the marks of gates in the picture of a finish, or of the cost."""
    marks, language = [], page.language
    for gate in gates:
        value = day_number(gate["finish"]) if is_finish else float(gate["cost"])
        limit = language.moment(gate["finish"]) if is_finish else language.limit(gate["cost"], page.currency)
        mark = gate_mark(
            language,
            gate["gate"],
            value=value,
            limit=limit,
            chance=gate["probability"],
            needed=gate["confidence"],
            is_joint=gate["finish"] is not None and gate["cost"] is not None,
        )
        marks.append(mark)
    return marks


def _legend(page: PageInput, marks: Sequence[curve.Mark]) -> list[tuple[str, str]]:
    legend = [("bars", page.say("outcomes.legend_bars")), ("curve", page.say("outcomes.legend_curve"))]
    if any(mark.needed is not None for mark in marks):
        legend += [("reached", page.say("outcomes.legend_reached")), ("needed", page.say("outcomes.legend_needed"))]
    return legend


def _table(page: PageInput, points: Sequence[reading.Row], axis: Axis, caption: str) -> Table:
    language, is_finish = page.language, axis.has_dates
    columns = [Column(page.say("outcomes.percentile"), page.say("outcomes.percentile_meaning"))]
    if is_finish:
        columns += [
            Column(page.say("outcomes.no_later"), is_number=True),
            Column(page.say("column.interval"), is_number=True),
        ]
        columns += [Column(page.say("column.days"), page.say("column.days_meaning"), True)]
    else:
        columns += [Column(page.say("outcomes.no_more"), is_number=True)]
    columns += [Column(page.say("column.interval"), is_number=True)]
    rows = []
    for row in points:
        cells = [Cell(f"P{row['percentile']:g}", row["percentile"])]
        value, low, high = row["value"], row["ci_low"], row["ci_high"]
        if is_finish:
            dates = language.span(row["instant_ci_low"], row["instant_ci_high"])
            cells += [Cell(language.day(row["instant"])), Cell(dates)]
            cells += map(Cell, language.days_estimate(value, low, high))
        else:
            cells += map(Cell, language.money_estimate(value, low, high, page.currency))
        rows.append(Row(cells, (axis.share(_place(row, is_finish)), row["percentile"] / 100)))
    return Table(caption, columns, rows, "percentiles.arrow")


def marks_table(page: PageInput, target: str, measure: str, gates: Sequence[reading.Row]) -> Table:
    """What is marked in the picture: the plan and gates, each with its chance."""
    plan = reading.summary(page.run, target, measure)
    title = page.say(f"outcomes.{measure}" if target == reading.PROJECT else "outcomes.target", target=target)
    caption = page.say("outcomes.marks", title=title)
    language, is_finish = page.language, plan["measure"] == "finish"
    limit = page.say("outcomes.no_later" if is_finish else "outcomes.no_more")
    columns = [
        Column(page.say("outcomes.mark")),
        Column(limit, is_number=True),
        Column(page.say("gates.chance"), is_number=True),
    ]
    columns += [Column(page.say("column.interval"), is_number=True), Column(page.say("gates.needed"), is_number=True)]
    plan_chance = language.chance_estimate(plan["chance"], plan["chance_ci_low"], plan["chance_ci_high"])
    cells = [page.say("outcomes.plan"), _written(page, plan, is_finish), *plan_chance, ""]
    rows = [Row([Cell(text) for text in cells])]
    for gate in gates:
        wish = gate["confidence"]
        chance, ends = language.chance_estimate(gate["probability"], gate["ci_low"], gate["ci_high"], wish)
        allowed = language.moment(gate["finish"]) if is_finish else language.limit(gate["cost"], page.currency)
        cells = [gate["gate"], allowed, chance, page.interval_at(ends, gate["level"]), language.confidence(wish)]
        rows.append(Row([Cell(cells[0], detail=gate["name"]), *(Cell(text) for text in cells[1:])]))
    return Table(caption, columns, rows, "summary.arrow, gates.arrow")


SECTION = Section("outcomes", blocks)
