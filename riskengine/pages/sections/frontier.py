"""Which dates with which amounts reach a level, and what equal percentiles of finish and cost take for it."""

from collections.abc import Sequence
from typing import Any, Final

from riskengine.pages.blocks import Block, Cell, Column, Figure, Prose, Row, Table
from riskengine.pages.pictures import frontier as pictures
from riskengine.pages.pictures.frontier import NARROW, WIDE, Frontier, Landmark, NeededMoney
from riskengine.pages.pictures.scale import date_ticks, day_number, number_ticks
from riskengine.pages.section import PageInput
from riskengine.report import reading
from riskengine.results.tables.reserve_tables import EACH, EQUAL, FRONTIER, GATE, PLAN

SOURCE: Final = "joint.arrow"
KEYS: Final = {EQUAL: "joint.equal_percentiles", EACH: "joint.each", PLAN: "outcomes.plan"}
"""Words of the points that have no name of their own."""
KINDS: Final = {EQUAL: "needed", PLAN: "plan", GATE: "reached"}
"""How points are drawn that stand beside the line."""
MOST_GATES: Final = 5


def blocks(page: PageInput) -> Sequence[Block]:
    """A picture of the dates with the money that each needs, its tables, and sentences about equal percentiles."""
    points = reading.rows(page.run, "joint")
    equal = next(point for point in points if point["point"] == EQUAL)
    wanted = page.language.confidence(equal["level"])
    caption = page.say("joint.frontier", level=wanted, target=_name(page, equal["target"]))
    needed = [point for point in points if point["point"] == FRONTIER]
    if page.has_many_tasks:  # every third date stands for all
        needed = [*needed[:-1:3], needed[-1]]
    others = [point for point in points if point["point"] != FRONTIER]
    prose = Prose(_sentences(page, equal, next(point for point in points if point["point"] == EACH), wanted))
    drawn = _drawn(page, needed, others)
    dates, pairs = _dates(page, needed, drawn, caption), _pairs(page, others)
    return [prose, _figure(page, drawn, dates, wanted), pairs]


def _name(page: PageInput, target: str) -> str:
    return page.say("joint.project") if target == reading.PROJECT else target


def _drawn(page: PageInput, needed: Sequence[reading.Row], others: Sequence[reading.Row]) -> Frontier:
    """The picture: every date of a frontier is late enough that some amount is enough for it."""
    marks = [point for point in others if point["point"] in KINDS and point["target"] == needed[0]["target"]]
    gates = [point for point in marks if point["point"] == GATE][:MOST_GATES]
    marks = [point for point in marks if point["point"] != GATE and None not in (point["finish"], point["cost"])]
    return Frontier([_needed_money(point) for point in needed], [_landmark(page, point) for point in (*marks, *gates)])


def _needed_money(point: reading.Row) -> NeededMoney:
    return NeededMoney(day_number(point["finish"]), point["cost"], point["cost_ci_low"], point["cost_ci_high"])


def _landmark(page: PageInput, point: reading.Row) -> Landmark:
    share = point["level"] if point["point"] == EQUAL else point["joint"]
    label = page.say("joint.landmark", name=_point_name(page, point), share=page.language.chance(share))
    return Landmark(day_number(point["finish"]), point["cost"], label, KINDS[point["point"]])


def _point_name(page: PageInput, point: reading.Row) -> str:
    return point["gate"] if point["point"] == GATE else page.say(KEYS[point["point"]])


def _figure(page: PageInput, drawn: Frontier, table: Table, wanted: str) -> Figure:
    title = page.say("joint.frontier_figure", level=wanted)
    legend = [("curve", page.say("joint.legend_needed")), ("band", page.say("column.interval"))]
    signs = {mark.kind for mark in drawn.landmarks}
    legend += [("needed", page.say("joint.equal_percentiles"))] if "needed" in signs else []
    legend += [("cross", page.say("outcomes.plan"))] if "plan" in signs else []
    legend += [("reached", page.say("gates.gate"))] if "reached" in signs else []
    dates, money = drawn.dates, drawn.money
    wide, narrow = (
        pictures.draw(
            drawn,
            (
                date_ticks(dates.low, dates.high, size.most_ticks[0], page.language),
                number_ticks(money.low, money.high, size.most_ticks[1], page.language),
            ),
            size,
        )
        for size in (WIDE, NARROW)
    )
    return Figure(
        title=title,
        label=page.say("joint.frontier_label", title=title),
        wide=wide,
        narrow=narrow,
        tables=[table],
        note=page.say("joint.frontier_note", level=wanted),
        legend=legend,
    )


def _sentences(page: PageInput, equal: reading.Row, each: reading.Row, wanted: str) -> list[str]:
    dates = page.language.span(equal["finish_ci_low"], equal["finish_ci_high"])
    needed = page.say(
        "joint.equal",
        level=wanted,
        share=page.with_ends(*_chance(page, equal, "on_time")),
        date=page.with_ends(page.language.day(equal["finish"]), dates),
        amount=page.with_ends(*_money(page, equal)),
    )
    at_level = page.say(
        "joint.at_level",
        level=wanted,
        date=page.language.day(each["finish"]),
        amount=page.language.money(each["cost"], page.currency),
        share=page.with_ends(*_chance(page, each, "joint")),
    )
    return [needed, at_level]


def _dates(page: PageInput, points: Sequence[reading.Row], drawn: Frontier, caption: str) -> Table:
    """The dates of the line, each of which the picture reads."""
    columns = [
        Column(page.say("joint.by")),
        Column(page.say("joint.on_time"), page.say("joint.on_time_meaning"), True),
        Column(page.say("joint.needed"), is_number=True),
        Column(page.say("column.interval"), is_number=True),
    ]
    rows = []
    for point in points:
        chance, ends = _chance(page, point, "on_time")
        amount, interval = _money(page, point)
        cells = [Cell(page.language.day(point["finish"])), Cell(chance, detail=ends), Cell(amount), Cell(interval)]
        rows.append(Row(cells, drawn.place(_needed_money(point))))
    return Table(caption, columns, rows, SOURCE)


def _pairs(page: PageInput, points: Sequence[reading.Row]) -> Table:
    """The plan, the gates on both, and what a level takes by equal percentiles or of each by itself."""
    columns = [Column(page.say("joint.point"))]
    columns += [Column(page.say(key), is_number=True) for key in ("joint.by", "joint.amount")]
    columns += [
        Column(page.say("joint.on_time"), page.say("joint.on_time_meaning"), True),
        Column(page.say("joint.in_budget"), page.say("joint.in_budget_meaning"), True),
        Column(page.say("joint.at_once"), page.say("joint.at_once_meaning"), True),
    ]
    rows = []
    for point in points:
        target = "" if point["target"] == reading.PROJECT else point["target"]
        ends = page.language.span(point["finish_ci_low"], point["finish_ci_high"])
        chances = [_chance(page, point, name) for name in ("on_time", "in_budget", "joint")]
        if point["point"] == EQUAL:
            chances[2] = page.language.confidence(point["level"]), ""
        cells = [Cell(_point_name(page, point), detail=target), Cell(page.language.day(point["finish"]), detail=ends)]
        amount, interval = _money(page, point)
        cells += [Cell(amount, detail=interval), *(Cell(chance, detail=doubt) for chance, doubt in chances)]
        rows.append(Row(cells))
    return Table(page.say("joint.pairs"), columns, rows, SOURCE, is_stacked=True)


def _chance(page: PageInput, point: reading.Row, name: str) -> tuple[str, str]:
    return page.language.chance_estimate(*_three(point, name))


def _money(page: PageInput, point: reading.Row) -> tuple[str, str]:
    return page.language.money_estimate(*_three(point, "cost"), page.currency)


def _three(point: reading.Row, name: str) -> tuple[Any, Any, Any]:
    return point[name], point[f"{name}_ci_low"], point[f"{name}_ci_high"]
