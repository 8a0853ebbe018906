"""Schedules in neutral form, with the dates that their tool stored: where they are, and what they are as networks."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.support.places import ROOT
from tests.twin.cpm.critical_path import Activity, Hours, Link, Network, instant

FOLDER = ROOT.parent / "shared" / "data" / "schedules"
STORED = ["aspose-ExtractEmbeddedObjects", "aspose-Homemoveplan", "mpxj-mpp14baseline", "mpxj-slack9"]
FILES = [f"{name}.mpp.dates.json" for name in STORED] + ["mpxj-task-links-project2003-mspdi.xml.dates.json"]

CONSTRAINTS = {"START_NO_EARLIER_THAN": "SNET", "MUST_FINISH_ON": "MFO"}
"""The ones that these files have."""


def seconds(quantity: list[Any]) -> int:
    """A duration or lag, of which these files have minutes only."""
    assert quantity[1] == "M", quantity
    return round(quantity[0] * 60)


def moment(text: str | None) -> int | None:
    """An instant from the form that these files have."""
    return None if text is None else instant(datetime.fromisoformat(text))


def read(path: Path) -> tuple[Network, dict[str, dict[str, int]]]:
    """A network, and by task the stored ``es``, ``ef``, ``ls`` and ``lf``."""
    document = json.loads(path.read_text(encoding="utf-8"))
    first, last = date.fromisoformat(document["cal_lo"]), date.fromisoformat(document["cal_hi"])
    hours = {id: hours_of(calendar, first, last) for id, calendar in document["calendars"].items()}
    tasks = {str(task["uid"]): task for task in document["tasks"]}
    inside: dict[str, list[str]] = {}
    for id, task in tasks.items():
        inside.setdefault(str(task["parent"]), []).append(id)

    def leaves(id: str) -> list[str]:
        return [leaf for child in inside.get(id, []) for leaf in leaves(child)] if tasks[id]["summary"] else [id]

    activities = {id: activity(id, task, hours) for id, task in tasks.items() if not task["summary"]}
    links = [
        Link(before, after, type, seconds(lag), activities[after].hours)
        for one, other, type, lag in document["rels"]
        for before in leaves(str(one))
        for after in leaves(str(other))
    ]
    start = moment(document["start"])
    assert start is not None
    stored = {
        id: {key: value for key in ("es", "ef", "ls", "lf") if (value := moment(tasks[id][key])) is not None}
        for id in activities
    }
    return Network(activities, links, start, dialect="msp"), stored


def hours_of(calendar: dict[str, Any], first: date, last: date) -> Hours:
    """The working hours of a calendar that lists every day."""
    days = calendar["days"]
    return Hours(lambda day: days.get(day.isoformat(), []), first, last)


def activity(id: str, task: dict[str, Any], hours: dict[str, Hours]) -> Activity:
    """One leaf of the schedule."""
    started, finished = moment(task["as"]), moment(task["af"])
    kind = CONSTRAINTS.get(task["ct"])
    return Activity(
        id=id,
        hours=hours[str(task["ecal"])],
        work=0 if finished is not None else seconds(task["rdur"] if started is not None else task["dur"]),
        kind="milestone" if task["dur"][0] == 0 else "task",
        actual_start=started,
        actual_finish=finished,
        resume=moment(task["resume"]),
        constraints=[(kind, moment(task["cd"]))] if kind else [],
        deadline=moment(task["deadline"]),
    )
