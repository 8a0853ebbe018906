"""What the short forms of a report show: the few numbers that are read aloud, as tables."""

from collections.abc import Sequence

from riskengine.pages.blocks import Cell, Column, Row, Table
from riskengine.pages.section import PageInput
from riskengine.pages.sections import gates, risks
from riskengine.report import reading

MOST = 5
"""Risks, and tasks, that are listed."""
PERCENTS = (50, 80, 90)


def gate_tables(page: PageInput) -> list[Table]:
    """The gates as on the page; nothing for a scenario without gates."""
    return [block for block in gates.blocks(page) if isinstance(block, Table)]


def percentile_table(page: PageInput, measure: str) -> Table:
    """P50, P80 and P90 of the project's finish or cost, each with its interval."""
    language, is_finish = page.language, measure == "finish"
    rows = []
    for row in percentile_rows(page, measure):
        if is_finish:
            value = language.day(row["instant"])
            interval = language.span(row["instant_ci_low"], row["instant_ci_high"])
        else:
            value, interval = language.money_estimate(row["value"], row["ci_low"], row["ci_high"], page.currency)
        rows.append(Row([Cell(f"P{row['percentile']:g}", row["percentile"]), Cell(value), Cell(interval)]))
    columns = [
        Column(page.say("outcomes.percentile")),
        Column(page.say("outcomes.no_later" if is_finish else "outcomes.no_more"), is_number=True),
        Column(page.say("column.interval"), is_number=True),
    ]
    return Table(page.say(f"outcomes.{measure}"), columns, rows, "percentiles.arrow")


def percentile_rows(page: PageInput, measure: str) -> list[reading.Row]:
    """The rows of `percentiles` that the short forms show."""
    every = reading.percentiles(page.run, reading.PROJECT, measure)
    return [row for row in every if row["percentile"] in PERCENTS]


def measures(page: PageInput) -> Sequence[str]:
    """Finish, and cost where the project costs anything."""
    return ("finish", "cost") if page.has_cost else ("finish",)


def risk_tables(page: PageInput) -> list[Table]:
    """The risks that matter most; nothing where none was measured."""
    return [block for block in risks.blocks(page, MOST) if isinstance(block, Table)]


def task_tables(page: PageInput) -> list[Table]:
    """The tasks that matter most to the finish; nothing where none does."""
    tasks = reading.leading_tasks(page.run, MOST)
    if not tasks:
        return []
    rows = []
    for task in tasks:
        ends = task["criticality_ci_low"], task["criticality_ci_high"]
        share, interval = page.language.chance_estimate(task["criticality"], *ends)
        name = page.task_names.get(task["task"], "")
        rows.append(Row([Cell(task["task"], detail=name), Cell(share), Cell(interval), Cell(task["team"])]))
    columns = [
        Column(page.say("excerpt.task")),
        Column(page.say("excerpt.critical"), page.say("excerpt.critical_meaning"), True),
        Column(page.say("column.interval"), is_number=True),
        Column(page.say("excerpt.team")),
    ]
    return [Table(page.say("excerpt.tasks"), columns, rows, "tasks.arrow")]
