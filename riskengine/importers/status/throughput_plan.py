"""A file of items as backlogs with their histories, in place of a task for each item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

from riskengine.errors import ScenarioError, UsageError
from riskengine.importers.items.options import ItemOptions
from riskengine.importers.items.periods import Period
from riskengine.importers.items.plan import common_key
from riskengine.importers.items.read import (
    ReadRows,
    dates_and_tags,
    dropped_zones_note,
    how_far_of,
    notes_of,
    plan_of_rows,
    read_rows_of,
)
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import Rows
from riskengine.importers.items.schedule import ItemSchedule
from riskengine.importers.items.states import States
from riskengine.importers.items.throughput import GroupHistory, HistoryOptions, ThroughputReader
from riskengine.importers.items.tree import Tree, read_tree
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.importers.to_scenario.document import document, scenario_ids
from riskengine.importers.to_scenario.naming import Names, line, paragraphs
from riskengine.model.fields import LONGEST_ID

MOST_NOTES: Final = 200


@dataclass(slots=True)
class ThroughputPlan:
    """Histories of a file, and what is left to do.

    Attributes
    ----------
    tool, file, id : str
    data_date : datetime
    histories : list of GroupHistory
    by : str
        What they are histories of: ``team``, ``type``, ``epic``, or empty for all items.
    near : ItemSchedule or None
        What is planned item by item, before the backlogs.
    notes : list of str
    """

    tool: str
    file: str
    id: str
    data_date: datetime
    histories: list[GroupHistory]
    by: str = ""
    near: ItemSchedule | None = None
    notes: list[str] = field(default_factory=list)


def read_throughput(path: Path, options: ItemOptions, request: HistoryOptions) -> ThroughputPlan:
    """Read the history of the items of a file.

    Raises
    ------
    ScenarioError
        With every fault, among them a history that is not to be believed.
    UsageError
        Where there is no data date.
    """
    if options.data_date is None:
        raise UsageError("a history needs the date that the items were exported at", "RE891", "give --as-of 2027-03-08")
    faults = SheetFaults(str(path))
    read = read_rows_of(path, options, faults, needs_titles=False)
    plan = None if read is None else _plan(path, read, options, request, faults=faults)
    if faults.issues or plan is None:
        raise ScenarioError(sorted(faults.issues, key=lambda issue: issue.line or 0))
    return plan


def _plan(
    path: Path, read: ReadRows, options: ItemOptions, request: HistoryOptions, *, faults: SheetFaults
) -> ThroughputPlan:
    """Return the histories of the rows; faults are collected."""
    rows, remarks = read.rows, Remarks()
    dates, tags = dates_and_tags(rows, read.item_map, options, remarks=remarks, faults=faults)
    states = how_far_of(rows, States(rows, read.item_map, faults), None, remarks)
    tree = read_tree(rows, read.item_map, faults)
    assert options.data_date is not None
    counter = ThroughputReader(
        rows=rows,
        tree=tree,
        states=states,
        tags=tags,
        dates=dates,
        request=request,
        data_date=options.data_date,
        remarks=remarks,
        faults=faults,
    )
    leaves = near_leaves(rows, tree, request.near, faults)
    near = _near(path, read, options, leaves, faults=faults) if request.near else None
    histories = counter.read(leaves) if not faults.issues else []
    for each in histories:
        if each.added is not None and any(each.added) and each.open_ids:
            statement = 'backlog|backlogs to which items came in, which only added = "history" or growth counts'
            came, went = (sum(column) / len(column) for column in (each.added, each.done))
            remarks.add(statement, f"{each.name or 'all'} ({came:.3g} a period, {went:.3g} done)")
    if request.needs_open and not any(each.open_ids for each in histories):
        remarks.add("history|histories alone: nothing is left to do, so that no plan is written", path.name)
    return ThroughputPlan(
        tool=read.item_map.tool,
        file=path.name,
        id=line(common_key([item.id for item in rows.items]) or path.stem or "items"),
        data_date=datetime.combine(options.data_date, time()),
        histories=histories,
        by=request.by,
        near=near,
        notes=list(
            dict.fromkeys(
                [*(near.notes if near is not None else ()), *notes_of(read, remarks), *dropped_zones_note(dates.reader)]
            )
        ),
    )


def near_leaves(rows: Rows, tree: Tree, near: tuple[str, ...], faults: SheetFaults) -> frozenset[str]:
    """Return the leaves of what is planned one by one; ids that the file does not have are reported."""
    ids = {item.id for item in rows.items}
    for id in near:
        if id not in ids:
            faults.heading("RE621", rows.sheet, rows.header.row, value=id)
    return frozenset(leaf for id in near if id in ids for leaf in tree.leaves(id))


def _near(
    path: Path, read: ReadRows, options: ItemOptions, leaves: frozenset[str], *, faults: SheetFaults
) -> ItemSchedule | None:
    """Return the schedule of what is planned one by one, None after a fault."""
    if faults.issues:
        return None
    remarks = Remarks()
    asked_items = replace(options, only=leaves)
    schedule = plan_of_rows(path, read.rows, read.item_map, asked_items, remarks=remarks, faults=faults)
    schedule.notes += remarks.lines()
    return schedule


def _ends(near: ItemSchedule, team: str) -> list[str]:
    """Return the ids of the tasks that nothing else in the network follows, of one team where it is named."""
    tasks = [task for task in near.tasks if task.type != "summary" and (not team or task.team == team)]
    followed = {each.predecessor for task in tasks for each in task.relationships}
    ids = scenario_ids(near)
    return [ids[task.uid] for task in tasks if task.id not in followed]


def with_numbers(content: Mapping[str, Any], histories: Mapping[str, GroupHistory]) -> dict[str, Any]:
    """Return the document of a scenario with the numbers of its histories in place of the names of their files.

    Parameters
    ----------
    content : mapping
        What `content_of` returns.
    histories : mapping
        By the names of their files.
    """
    backlogs = {
        id: {**table, "history": histories[table["history"]].numbers()} for id, table in content["backlogs"].items()
    }
    return {**content, "backlogs": backlogs}


def backlog_name(history: GroupHistory, project: str) -> str:
    """Return what the backlog of a group is called, by which the next export finds it again."""
    return line(f"{history.name or project}: items left to do")


def backlog_table(
    plan: ThroughputPlan, history: GroupHistory, period: Period, *, file: str | None = None, after: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the table of a backlog.

    Parameters
    ----------
    plan : ThroughputPlan
    history : GroupHistory
    period : Period
        Working time of a row.
    file : str or None
        Where the history lies; None to have its numbers in the table.
    after : sequence of str
        Tasks that come before it.
    """
    table = {
        "name": backlog_name(history, plan.id),
        "items": len(history.open_ids),
        "history": history.numbers() if file is None else file,
        "period": period.text,
        "after": list(after) or None,
        "team": line(history.name, LONGEST_ID) if plan.by == "team" and history.name else None,
    }
    return {name: value for name, value in table.items() if value is not None}


def content_of(plan: ThroughputPlan, period: Period, files: list[str] | None) -> dict[str, Any] | None:
    """Return the document of a scenario with a backlog for each history, None where nothing is left to do.

    Parameters
    ----------
    plan : ThroughputPlan
    period : Period
        Working time of a row.
    files : list of str or None
        Where the histories lie; None to have their numbers in the document.
    """
    base: dict[str, Any] = {} if plan.near is None else document(plan.near)
    names = Names(base.get("tasks", {}))
    notes = list(plan.notes)
    backlogs = {}
    for number, each in enumerate(plan.histories):
        if not each.open_ids:
            continue
        team = each.name if plan.by == "team" else ""
        ends = [] if plan.near is None else _ends(plan.near, team)
        if ends:
            statement = "one team both in the network and in a backlog, which begins once those items are done"
            notes.append(f"{statement}: {line(team) or 'all'}")
        id = names.add(each.name or plan.id, f"backlog-{number + 1}")
        backlogs[id] = backlog_table(plan, each, period, file=None if files is None else files[number], after=ends)
    if not backlogs:
        return None
    head = {key: value for key, value in base.items() if key in ("levelling", "resources", "tasks")}
    return {
        "schema": 1,
        "name": plan.id,
        "data_date": plan.data_date,
        "imported": {
            "tool": line(plan.tool),
            "file": line(plan.file),
            "project": plan.id,
            "data_date": plan.data_date,
            "notes": [paragraphs(note) for note in [*notes, *names.notes("backlogs")][:MOST_NOTES]],
        },
        **head,
        "backlogs": backlogs,
    }
