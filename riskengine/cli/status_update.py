"""``riskengine import --update``: the next export of a plan becomes a status that extends it."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from riskengine.importers.items.options import ItemOptions
    from riskengine.importers.items.schedule import ItemSchedule
    from riskengine.importers.items.throughput import HistoryOptions
    from riskengine.importers.status.overlay import StatusUpdate
    from riskengine.importers.status.throughput_plan import ThroughputPlan


def status_text(source: Path, items: "ItemOptions", plan: Path, target: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of a status and what is to be said of it.

    Parameters
    ----------
    source : Path
        The export.
    items : ItemOptions
    plan : Path
        Scenario that is extended.
    target : Path
        Where the status will lie.

    Raises
    ------
    ScenarioError, UsageError
    """
    from datetime import datetime, time

    from riskengine.errors import UsageError
    from riskengine.importers.items.read import read_items
    from riskengine.importers.status.overlay import status_of
    from riskengine.importers.status.plan_before import read_plan_before
    from riskengine.reading import read_placed

    if items.data_date is None:
        raise UsageError("a status needs the date that the items were exported at", "RE891", "give --as-of 2027-06-01")
    extends = _beside(plan, target)
    before = read_plan_before(plan, read_placed(plan).scenario, datetime.combine(items.data_date, time()))
    items = replace(items, before=before.items(), has_people=items.has_people or before.is_levelled)
    schedule = read_items(source, items)
    return _written(status_of(before, schedule, extends), schedule, source=source, target=target)


def backlog_status_text(
    source: Path, items: "ItemOptions", request: "HistoryOptions", plan: Path, target: Path
) -> tuple[str, dict[str, Any]]:
    """Return the text of a status of a plan with backlogs, and what is to be said of it.

    Parameters
    ----------
    source : Path
        The export.
    items : ItemOptions
    request : HistoryOptions
        How its items are counted.
    plan : Path
        Scenario that is extended.
    target : Path
        Where the status will lie.

    Raises
    ------
    ScenarioError, UsageError
    """
    from datetime import datetime, time

    from riskengine.errors import UsageError
    from riskengine.importers.status.backlog_overlay import BacklogOverlay
    from riskengine.importers.status.plan_before import read_plan_before
    from riskengine.importers.status.throughput_plan import read_throughput
    from riskengine.reading import read_placed

    if items.data_date is None:
        raise UsageError("a status needs the date that the items were exported at", "RE891", "give --as-of 2027-06-01")
    extends, scenario = _beside(plan, target), read_placed(plan).scenario
    before = read_plan_before(plan, scenario, datetime.combine(items.data_date, time()), counts_items=True)
    export = read_throughput(source, items, replace(request, keeps_finished=True))
    update = BacklogOverlay(before, export, request.period).status(extends)
    return _written(update, export, source=source, target=target)


def _written(
    update: "StatusUpdate", export: "ItemSchedule | ThroughputPlan", *, source: Path, target: Path
) -> tuple[str, dict[str, Any]]:
    """Return the text of a status and what is to be said of it.

    Raises
    ------
    ScenarioError
    """
    from riskengine.importers import write_toml

    extends, data_date = update.content["extends"], update.content["data_date"]
    comments = [
        f"Status of {data_date.date()} from {export.file} ({export.tool}), on top of {extends}.",
        "What has changed since stands under [imported] notes.",
        "",
        f"riskengine compare {extends} {target.name}    what these weeks changed of the forecast",
        f"riskengine diff {extends} {target.name}       what they changed of the plan",
    ]
    text = write_toml(update.content, comments)
    _check(text, target, source)
    summary = {
        "source": str(source),
        "tool": export.tool,
        "project": export.id,
        "name": update.content["name"],
        "data_date": data_date.isoformat(sep=" "),
        "extends": extends,
        "counts": update.counts,
        "notes": update.content["imported"].get("notes", []),
        "written": str(target),
    }
    return text, summary


def _beside(plan: Path, target: Path) -> str:
    """Return how the status names the plan, which must lie in its folder or below.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError

    if plan.resolve() == target.resolve():
        raise UsageError(f"{target} is the plan itself: a status lies beside it", "RE116", "give another -o")
    name = Path(os.path.relpath(plan.resolve(), target.resolve().parent))
    if name.is_absolute() or ".." in name.parts:
        raise UsageError(
            f"{plan} must lie in the folder of {target} or below: a status extends it", "RE117", "give another -o"
        )
    return name.as_posix()


def _check(text: str, target: Path, source: Path) -> None:
    """Refuse a status that no other command would take, such as one without a task that a gate asks for."""
    from riskengine.cli.import_refusals import refusal_of_import
    from riskengine.errors import ScenarioError
    from riskengine.reading import read_placed

    try:
        read_placed(target, content=text)
    except ScenarioError as error:
        issues = [replace(issue, line=None) if issue.file == str(target) else issue for issue in error.issues]
        raise refusal_of_import(issues, source) from error
