"""Networks and schedules that others published, as scenarios.

The data are not ours to pass on: they lie in a folder beside the checkout, or the tests that need them are skipped.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any

from tests.support.places import ROOT

DATA = ROOT.parent / "shared/data"
PSPLIB = DATA / "psplib_j30.json"
SCHEDULE = DATA / "schedules/aspose-Homemoveplan.mpp.dates.json"
ABSENT = "published data are not beside the checkout"

WEEK_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STANDARD = [[480, 720], [780, 1020]]


def psplib() -> list[dict[str, Any]]:
    """The 48 instances of the set j30: durations in periods, finish-to-start relationships, printed path length."""
    instances: list[dict[str, Any]] = json.loads(PSPLIB.read_text(encoding="utf-8"))["instances"]
    return instances


def network_as_toml(instance: dict[str, Any]) -> str:
    """One instance as a scenario; a period is a day of a calendar without nights."""
    before: dict[int, list[int]] = {task["id"]: [] for task in instance["tasks"]}
    for task in instance["tasks"]:
        for successor in task["successors"]:
            before[successor].append(task["id"])
    lines = [f'schema = 1\nname = "{instance["name"]}"\nstart = 2027-01-01\ncalendar = "24h"\n']
    for task in instance["tasks"]:
        after = ", ".join(f'"t{number}"' for number in before[task["id"]])
        length = f"duration = {task['duration']}" if task["duration"] else "milestone = true"
        lines.append(f"[tasks.t{task['id']}]\n{length}\nafter = [{after}]\n")
    return "\n".join(lines)


def clock(intervals: list[list[int]]) -> str:
    """Working intervals in minutes after midnight as the scenario writes them."""
    return " ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in intervals) or "off"


def schedule() -> dict[str, Any]:
    """The real schedule: calendar days, tasks without names, relationships, and the dates its own tool stored."""
    content: dict[str, Any] = json.loads(SCHEDULE.read_text(encoding="utf-8"))
    return content


def leaf_tasks(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Tasks that are no summaries of others."""
    return [task for task in content["tasks"] if not task["summary"]]


def exceptions(content: dict[str, Any]) -> dict[date, list[list[int]]]:
    """Days whose working time is not that of a week of eight-hour days."""
    (calendar,) = content["calendars"].values()
    day, last = date.fromisoformat(content["cal_lo"]), date.fromisoformat(content["cal_hi"])
    different = {}
    while day <= last:
        hours = calendar["days"].get(day.isoformat(), [])
        if hours != (STANDARD if day.weekday() < 5 else []):
            different[day] = hours
        day += timedelta(days=1)
    return different


def schedule_as_toml(content: dict[str, Any]) -> str:
    """The schedule as a scenario: leaf tasks, minutes as hours, relationships of every type with their lags."""
    tasks = leaf_tasks(content)
    leaves = {task["uid"] for task in tasks}
    after: dict[int, list[str]] = {uid: [] for uid in leaves}
    for predecessor, successor, kind, (lag, unit, *_rest) in content["rels"]:
        if not {predecessor, successor} <= leaves or unit != "M":
            raise ValueError(f"relationship {predecessor} -> {successor}: summary task or lag in {unit}")
        after[successor].append(f'{{ task = "t{predecessor}", type = "{kind}", lag = "{lag / 60!r}h" }}')
    days = "".join(f'"{day}" = "{clock(hours)}"\n' for day, hours in exceptions(content).items())
    lines = [
        f'schema = 1\nname = "home move"\nstart = {datetime.fromisoformat(content["start"]).isoformat()}\n',
        'calendar = "site"\nlag_calendar = "predecessor"\n',
        f'[calendars.site]\nweek = "mon-fri {clock(STANDARD)}"\n[calendars.site.exceptions]\n{days}',
    ]
    for task in tasks:
        minutes, unit, _given = task["dur"]
        if unit != "M" or task["ct"] != "AS_SOON_AS_POSSIBLE" or task["pct"]:
            raise ValueError(f"task {task['uid']}: not a plain task")
        length = f'duration = "{minutes / 60!r}h"' if minutes else "milestone = true"
        lines.append(f"[tasks.t{task['uid']}]\n{length}\nafter = [{', '.join(after[task['uid']])}]\n")
    return "\n".join(lines)
