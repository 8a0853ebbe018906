"""Finish and cost together: every future as a dot, how many are within both limits of a gate, and what it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.decision import meets
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import LEVEL, Replicates
from riskengine.pages.blocks import Block, Cell, Column, Figure, Prose, Row, Table
from riskengine.pages.pictures import cloud
from riskengine.pages.pictures.axis import cost_axis, finish_axis
from riskengine.pages.pictures.scale import date_ticks, day_number, number_ticks
from riskengine.pages.section import PageInput, Section
from riskengine.pages.sections import frontier
from riskengine.report import reading
from riskengine.results.tables.arrow_array import numpy_of

MOST_FIGURES = 3
LABEL_ROOM = 0.05
"""Of the height, above and below the dots: for what is written in the corners."""
EPOCH, DAY = np.datetime64("1970-01-01"), np.timedelta64(1, "D")
QUADRANTS = ("both", "only_time", "only_money", "neither")


@dataclass(frozen=True)
class Corner:
    """What divides the futures: a date and an amount, of a gate, of two gates or of the plan."""

    name: str
    target: str
    finish: datetime
    cost: float
    level: float = LEVEL


def blocks(page: PageInput) -> Sequence[Block]:
    """A picture for each gate on date and money, and a frontier; nothing where finish or cost never varies."""
    if not page.has_cost or any(_spread(page, measure) == 0.0 for measure in ("finish", "cost")):
        return []
    all_corners = corners(page)
    figures: list[Block] = [_figure(page, corner, at) for at, corner in enumerate(all_corners[:MOST_FIGURES])]
    left_out = [corner.name for corner in all_corners[MOST_FIGURES:]]
    if left_out:
        figures.append(Prose([page.say("joint.without", gates=", ".join(left_out))]))
    return [*figures, *frontier.blocks(page)]


def corners(page: PageInput) -> list[Corner]:
    """The gates that ask for both; else the first that ask for one and for the other; else the plan."""
    gates = reading.rows(page.run, "gates")
    both = [gate for gate in gates if gate["finish"] is not None and gate["cost"] is not None]
    if both:
        return [Corner(gate["gate"], gate["target"], gate["finish"], gate["cost"], gate["level"]) for gate in both]
    dated = next((gate for gate in gates if gate["finish"] is not None), None)
    priced = next((gate for gate in gates if gate["cost"] is not None), None)
    if dated and priced:
        name = page.say("joint.two_gates", one=dated["gate"], other=priced["gate"])
        return [Corner(name, dated["target"], dated["finish"], priced["cost"], dated["level"])]
    plan = _plan(page, reading.PROJECT)
    return [Corner(page.say("outcomes.plan"), reading.PROJECT, *plan)]


def quadrant_shares(page: PageInput, corner: Corner) -> tuple[Interval, NDArray[np.bool_]]:
    """Share of the futures in each of :data:`QUADRANTS`, with intervals, and which are within both limits."""
    manifest, iterations = page.run.manifest, page.run.tables["iterations"]
    finish, cost = numpy_of(iterations[_column(corner.target)]), numpy_of(iterations["cost"])
    limit = np.datetime64(corner.finish, "us")
    on_time, in_budget = meets(finish, cost, limit, None), meets(finish, cost, None, corner.cost)
    met = np.stack([on_time & in_budget, on_time & ~in_budget, ~on_time & in_budget, ~on_time & ~in_budget])
    replicates = Replicates.of(manifest["method"], manifest["iterations"])
    return probability_of(met, replicates, corner.level, manifest["table_error"]), met[0]


def _figure(page: PageInput, corner: Corner, number: int) -> Figure:
    language = page.language
    shares, is_met = quadrant_shares(page, corner)
    drawn = _cloud(page, corner, shares, is_met, number)
    finish, cost = (drawn.across.low, drawn.across.high), (drawn.up.low, drawn.up.high)
    title = page.say("joint.figure", corner=corner.name)
    return Figure(
        title=title,
        label=page.say("joint.label", title=title),
        wide=cloud.draw_wide(drawn, date_ticks(*finish, 9, language), number_ticks(*cost, 7, language)),
        narrow=cloud.draw_narrow(drawn, date_ticks(*finish, 3, language), number_ticks(*cost, 6, language)),
        tables=[_table(page, shares, corner.level)],
        note=_note(page, corner),
        legend=[
            ("within", page.say("joint.both")),
            ("beyond", page.say("joint.others")),
            ("cross", page.say("outcomes.plan")),
        ],
    )


def _cloud(page: PageInput, corner: Corner, shares: Interval, is_met: NDArray[np.bool_], number: int) -> cloud.Cloud:
    iterations = page.run.tables["iterations"]
    finish = (numpy_of(iterations[_column(corner.target)]) - EPOCH) / DAY
    cost = numpy_of(iterations["cost"])
    plan_finish, plan_cost = _plan(page, corner.target)
    limits = day_number(corner.finish), float(corner.cost)
    date_axis = finish_axis(*_ends(finish), [limits[0], day_number(plan_finish)])
    money_axis = cost_axis(*_ends(cost), [limits[1], plan_cost])
    room = LABEL_ROOM * (money_axis.high - money_axis.low)
    across, up = cloud.scales((date_axis.low, date_axis.high), (money_axis.low - room, money_axis.high + room))
    chances = [page.language.chance(value) for value in shares.value.tolist()]
    # A limit beyond the axis stands at its end.
    within = [min(max(limit, scale.low), scale.high) for limit, scale in zip(limits, (across, up), strict=True)]
    return cloud.Cloud(
        key=f"cloud-{number}",
        finish=finish,
        cost=cost,
        is_met=is_met,
        finish_limit=within[0],
        cost_limit=within[1],
        across=across,
        up=up,
        quadrants=[
            page.say("joint.corner", share=share, futures=page.say(f"joint.{quadrant}"))
            for share, quadrant in zip(chances, QUADRANTS, strict=True)
        ],
        short_quadrants=chances,
        plan=(day_number(plan_finish), plan_cost),
    )


def _table(page: PageInput, shares: Interval, level: float) -> Table:
    rows = []
    for quadrant, *ends in zip(QUADRANTS, *(part.tolist() for part in shares), strict=True):
        share, interval = page.language.chance_estimate(*ends)
        cells = (page.say(f"joint.{quadrant}"), share, page.interval_at(interval, level))
        rows.append(Row([Cell(text) for text in cells]))
    columns = [Column(page.say("joint.futures")), Column(page.say("joint.share"), is_number=True)]
    columns.append(Column(page.say("column.interval"), is_number=True))
    return Table(page.say("joint.caption"), columns, rows, "iterations.arrow, gates.arrow")


def _note(page: PageInput, corner: Corner) -> str:
    target = page.say("joint.project") if corner.target == reading.PROJECT else corner.target
    date, amount = page.language.moment(corner.finish), page.language.limit(corner.cost, page.currency)
    return page.say("joint.note", target=target, date=date, amount=amount)


def _ends(values: NDArray[np.float64]) -> tuple[float, float]:
    """Nearly all of the values: what lies beyond is drawn at the edge."""
    low, high = np.quantile(values, (0.002, 0.998)).tolist()
    return low, high


def _plan(page: PageInput, target: str) -> tuple[datetime, float]:
    finish = reading.summary(page.run, target, "finish")["deterministic_instant"]
    return finish, float(reading.summary(page.run, reading.PROJECT, "cost")["deterministic"])


def _spread(page: PageInput, measure: str) -> float:
    row = reading.summary(page.run, reading.PROJECT, measure)
    return float(row["maximum"] - row["minimum"])


def _column(target: str) -> str:
    return "finish" if target == reading.PROJECT else f"finish:{target}"


SECTION = Section("joint", blocks)
