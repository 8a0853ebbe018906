"""What the short forms of a report show: the few numbers that are read aloud, as tables."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pyarrow as pa

from riskengine.pages.blocks import Cell, Column, Row, Table
from riskengine.pages.section import PageInput
from riskengine.pages.sections import gates, outcomes, risks
from riskengine.report import reading
from riskengine.report.text.notation import short_name
from riskengine.results.run import RunRecord

MOST = 5
"""Risks, and tasks, that are listed."""
PERCENTS = (50, 80, 90)
ORDER = ("fail", "undecided", "pass")
"""Which gates are shown first where not all have room."""
SAID = ("summary", "percentiles", "iterations", "risks")
"""Tables that the decision is told from, beside the gates."""


class ShortGates(NamedTuple):
    """As many gates as have room: their rows in the results, their table with short names, and what is left out."""

    gates: list[reading.Row]
    table: Table
    more: list[str]


def gate_tables(page: PageInput) -> list[Table]:
    """The gates as on the page; nothing for a scenario without gates."""
    return [block for block in gates.blocks(page) if isinstance(block, Table)]


def short_gates(page: PageInput, most: int, longest: int) -> ShortGates | None:
    """Return the gates, the worst first where not all have room; None for a scenario without any.

    Parameters
    ----------
    page : PageInput
    most : int
        So many at the most; of the others it is told how many have which answer.
    longest : int
        Columns of a name. Numbers are never cut.
    """
    tables = gate_tables(page)
    if not tables:
        return None
    gate_rows = reading.rows(page.run, "gates")
    pairs = [(gate, _gate_row(page, gate, row, longest)) for gate, row in zip(gate_rows, tables[0].rows, strict=True)]
    if len(pairs) > most:
        pairs.sort(key=lambda pair: rank(pair[0]))
    left = [gate["answer"] for gate, _ in pairs[most:]]
    counts = [
        page.say("brief.of_answer", count=left.count(one), answer=page.say(f"gates.{one}"))
        for one in ORDER
        if one in left
    ]
    more = [page.say("brief.more_of", count=len(left), answers=", ".join(counts))] if left else []
    table = replace(tables[0], rows=[row for _, row in pairs[:most]], is_sortable=False, source="")
    return ShortGates([gate for gate, _ in pairs[:most]], table, more)


def rank(gate: reading.Row) -> int:
    """Return the place of a gate where the worst answers come first."""
    return ORDER.index(gate["answer"])


def worst_gates(page: PageInput, target: str, measure: str, most: int) -> tuple[list[reading.Row], int]:
    """Return the gates of a picture, the worst first where not all have room, and how many more there are."""
    gates_of_target = outcomes.gates_of(page, target, measure == "finish")
    chosen = gates_of_target if len(gates_of_target) <= most else sorted(gates_of_target, key=rank)[:most]
    return chosen, len(gates_of_target) - len(chosen)


def _gate_row(page: PageInput, gate: reading.Row, row: Row, longest: int) -> Row:
    requirement = gates.asks(page, {**gate, "target": short_name(gate["target"], longest)})
    return Row(
        [
            short_cell(row.cells[0], longest),
            replace(short_cell(row.cells[1], longest), text=requirement),
            *row.cells[2:],
        ]
    )


def short_cell(cell: Cell, longest: int) -> Cell:
    """Return a cell of names with as much of them as has room; details are in smaller letters."""
    return replace(cell, text=short_name(cell.text, longest), detail=short_name(cell.detail, longest * 5 // 4))


def with_short_gates(run: RunRecord, longest: int) -> RunRecord:
    """Return a run whose gates have names that have room in sentences; it has the tables that the decision needs."""
    table = run.tables["gates"]
    for name in ("gate", "target"):
        texts = pa.array([short_name(text, longest) for text in table[name].to_pylist()], pa.utf8())
        table = table.set_column(table.column_names.index(name), table.schema.field(name), texts)
    return replace(run, tables={**{name: run.tables[name] for name in SAID}, "gates": table})


def with_short_currency(page: PageInput, longest: int) -> PageInput:
    """Return the input of a page whose amounts have room."""
    manifest = {**page.run.manifest, "currency": short_name(page.run.manifest["currency"], longest)}
    return replace(page, run=replace(page.run, manifest=manifest))


def worst_target(page: PageInput) -> str:
    """Return whose finish is asked for by the gate with the worst answer; the project's where none asks for a date."""
    dated = [gate for gate in reading.rows(page.run, "gates") if gate["finish"] is not None]
    worst = min(dated, key=rank, default=None)
    return reading.PROJECT if worst is None else str(worst["target"])


def percentile_table(page: PageInput, measure: str, target: str = reading.PROJECT) -> Table:
    """P50, P80 and P90 of a finish or of the cost, each with its interval."""
    language, is_finish = page.language, measure == "finish"
    rows = []
    for row in percentile_rows(page, measure, target):
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


def percentile_rows(page: PageInput, measure: str, target: str = reading.PROJECT) -> list[reading.Row]:
    """The rows of `percentiles` that the short forms show."""
    every = reading.percentiles(page.run, target, measure)
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
