"""Every task: its bar in the plan, where its finish lies, how often it drives the project, its float and its dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from riskengine.pages.blocks import Bar, Block, Cell, Column, Prose, Row, Table
from riskengine.pages.pictures.scale import day_number
from riskengine.pages.section import PageInput, Section
from riskengine.pages.sections.arrows import arrows_between
from riskengine.report import reading
from riskengine.report.text.notation import UNKNOWN, last_day

MOST_PRINTED = 150
MOST_WITH_INTERVALS = 500
"""Tasks up to which numbers have their intervals beside them: of 2,000 they would take more than the page may."""
MOST_TEAMS = 60
"""Teams up to which a list beside the filter picks them."""
OFTEN, SOMETIMES = 0.5, 0.05
"""Criticality from which a bar has another colour; the number stands beside it."""
COLUMNS = (
    *("task", "name", "team", "owner", "deterministic_start", "deterministic_finish"),
    *(f"{name}{end}" for name in ("criticality", "float_mean") for end in ("", "_ci_low", "_ci_high")),
    *(f"finish_{name}{end}" for name in ("p50", "p80") for end in ("", "_ci_low", "_ci_high")),
    *("finish_p10", "finish_p90"),
)


@dataclass(frozen=True)
class Layout:
    """What the table shows of each task: which columns, on what time, whether with intervals."""

    has_team: bool
    has_owner: bool
    has_intervals: bool
    first: datetime
    last: datetime

    def share(self, instant: datetime) -> float:
        """Place of an instant in the column of bars, from 0 to 1."""
        first = day_number(self.first)
        return (day_number(instant) - first) / max(day_number(self.last) - first, 1e-9)


def blocks(page: PageInput) -> Sequence[Block]:
    """One table, whose bars are the Gantt chart, the tasks that drive the project most often first."""
    tasks = reading.rows(page.run, "tasks", COLUMNS)
    if not tasks:
        return []
    tasks.sort(key=lambda task: (-task["criticality"], task["deterministic_start"], task["task"]))
    layout = Layout(
        has_team=any(task["team"] for task in tasks),
        has_owner=any(task["owner"] for task in tasks),
        has_intervals=len(tasks) <= MOST_WITH_INTERVALS,
        first=min(min(task["deterministic_start"], task["finish_p10"]) for task in tasks),
        last=max(max(task["deterministic_finish"], task["finish_p90"]) for task in tasks),
    )
    paragraphs = [
        page.say("tasks.words", often=page.language.confidence(OFTEN), sometimes=page.language.confidence(SOMETIMES))
    ]
    paragraphs += [] if layout.has_intervals else [page.say("tasks.without_intervals")]
    return [Prose(paragraphs), _table(page, tasks, layout)]


def _table(page: PageInput, tasks: Sequence[reading.Row], layout: Layout) -> Table:
    say = page.say
    teams = sorted({task["team"] for task in tasks if task["team"]})
    span = say("interval.both", low=page.language.day(layout.first.date()), high=page.language.day(layout.last))
    columns = [
        Column(say("tasks.task")),
        *([Column(say("tasks.team"))] if layout.has_team else []),
        *([Column(say("tasks.owner"))] if layout.has_owner else []),
        Column(say("tasks.bars", span=span), say("tasks.bars_meaning")),
        Column(say("tasks.criticality"), say("tasks.criticality_meaning"), True),
        Column(say("tasks.float"), say("tasks.float_meaning"), True),
        *(Column(say("tasks.finish", percentile=p), say("tasks.finish_meaning"), True) for p in (50, 80)),
    ]
    arrows, arrows_word = _arrows(page, tasks)
    return Table(
        say("tasks.caption"),
        columns,
        [_row(page, task, layout) for task in tasks],
        "tasks.arrow",
        is_sortable=True,
        has_filter=True,
        is_compact=True,
        most_printed=MOST_PRINTED,
        choices=teams if len(teams) <= MOST_TEAMS else (),
        arrows=arrows,
        arrows_word=arrows_word,
    )


def _arrows(page: PageInput, tasks: Sequence[reading.Row]) -> tuple[str, str]:
    """What the button draws, and what stands on it."""
    arrows = arrows_between(page, [task["task"] for task in tasks])
    if arrows is None:
        return "", ""
    count = page.language.count(arrows.rows)
    is_whole = arrows.rows == len(tasks)
    word = page.say("tasks.arrows") if is_whole else page.say("tasks.some_arrows", count=count)
    return arrows.text, word


def _row(page: PageInput, task: reading.Row, layout: Layout) -> Row:
    cells = [Cell(task["task"], detail=page.task_names.get(task["task"], ""))]
    cells += [Cell(task["team"])] if layout.has_team else []
    cells += [Cell(task["owner"])] if layout.has_owner else []
    cells += [Cell("", bar=_bar(task, layout)), _criticality(page, task, layout), _float(page, task, layout)]
    return Row([*cells, *(_finish(page, task, f"finish_{percent}", layout) for percent in ("p50", "p80"))])


def _bar(task: reading.Row, layout: Layout) -> Bar:
    often = task["criticality"]
    return Bar(
        layout.share(task["deterministic_start"]),
        layout.share(task["deterministic_finish"]),
        layout.share(task["finish_p10"]),
        layout.share(task["finish_p90"]),
        kind="o" if often >= OFTEN else "s" if often >= SOMETIMES else "",
    )


def _criticality(page: PageInput, task: reading.Row, layout: Layout) -> Cell:
    ends = (task["criticality_ci_low"], task["criticality_ci_high"])
    value, interval = page.language.chance_estimate(task["criticality"], *ends)
    return _number(page, value, 100 * task["criticality"], interval, layout)


def _float(page: PageInput, task: reading.Row, layout: Layout) -> Cell:
    if task["float_mean"] is None:
        return Cell(UNKNOWN, "")
    ends = (task["float_mean_ci_low"], task["float_mean_ci_high"])
    value, interval = page.language.days_estimate(task["float_mean"], *ends)
    value = value if layout.has_intervals else page.language.tenths(task["float_mean"])
    return _number(page, value, task["float_mean"], interval, layout)


def _number(page: PageInput, value: str, order: float, interval: str, layout: Layout) -> Cell:
    """A number with its interval, or without, and then without what sorts it where it does by itself."""
    if layout.has_intervals:
        return Cell(value, round(order, 4), interval)
    number = value.rstrip("%\u00a0 ")
    sorts_itself = page.language.decimal == "." and number.replace(".", "", 1).isdigit()
    return Cell(number, None if sorts_itself else round(order, 2))


def _finish(page: PageInput, task: reading.Row, name: str, layout: Layout) -> Cell:
    day = last_day(task[name])
    if not layout.has_intervals:
        return Cell(day.isoformat())
    interval = page.language.span(task[f"{name}_ci_low"], task[f"{name}_ci_high"])
    return Cell(page.language.day(task[name]), day.isoformat(), interval)


SECTION = Section("tasks", blocks)
