"""Schedules of other tools beside the repository, with the dates those tools stored."""

import json
from datetime import date, datetime, timedelta

import pytest

from tests.support.places import ROOT

FOLDER = ROOT / ".." / "shared" / "data" / "schedules"


def stored(name):
    """Path of a schedule; the test is skipped, saying so, where the files are not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"no {name}: the schedules of other tools are not beside the repository")
    return path


def expected(name):
    """What the neutral form of a schedule must be."""
    return json.loads(stored(f"{name}.dates.json").read_text(encoding="utf-8"))


def differences(schedule, neutral):
    """Everything in which an imported schedule differs from its neutral form."""
    return [
        *differing_tasks(schedule, neutral),
        *differing_links(schedule, neutral),
        *differing_calendars(schedule, neutral),
    ]


def instant(text):
    return None if text is None else datetime.fromisoformat(text)


def differing_tasks(schedule, neutral):
    wanted = {str(task["uid"]): task for task in neutral["tasks"] if task["uid"] != 0}
    found = {task.uid: task for task in schedule.tasks}
    faults = [f"tasks {sorted(wanted.keys() ^ found.keys())}"] if wanted.keys() != found.keys() else []
    for uid, task in found.items():
        other = wanted.get(uid)
        if other is None:
            continue
        pairs = {
            "early start": (task.early_start, instant(other["es"])),
            "early finish": (task.early_finish, instant(other["ef"])),
            "late start": (task.late_start, instant(other["ls"])),
            "late finish": (task.late_finish, instant(other["lf"])),
            "summary": (task.type == "summary", other["summary"]),
        }
        if not other["summary"]:
            pairs |= {
                "hours": (round(task.hours * 60), round(other["dur"][0])),
                "actual start": (task.actual_start, instant(other["as"])),
                "actual finish": (task.actual_finish, instant(other["af"])),
                "deadline": (task.deadline, instant(other["deadline"])),
            }
        if not other["summary"] and other["as"] and not other["af"]:
            pairs["remaining"] = (round(task.remaining_hours * 60), round(other["rdur"][0]))
        faults += [f"{uid} {what}: {one} for {two}" for what, (one, two) in pairs.items() if one != two]
    return faults


def differing_links(schedule, neutral):
    """Links of summaries are written out for the tasks below, so these must be there and others need not be."""
    summaries = {str(task["uid"]) for task in neutral["tasks"] if task["summary"]}
    wanted, expanded = set(), 0
    for one, other, kind, lag in neutral["rels"]:
        if str(one) in summaries or str(other) in summaries:
            expanded += 1
        else:
            wanted.add((str(one), str(other), kind, round(lag[0])))
    found = {
        (link.predecessor, task.uid, link.type, round(link.lag * 60))
        for task in schedule.tasks
        for link in task.relationships
    }
    return [] if wanted <= found and bool(expanded) == (found > wanted) else [f"links {sorted(wanted ^ found)}"]


def differing_calendars(schedule, neutral):
    faults, done = [], set()
    first, last = date.fromisoformat(neutral["cal_lo"]), date.fromisoformat(neutral["cal_hi"])
    by_uid = {task.uid: task for task in schedule.tasks}
    for other in neutral["tasks"]:
        task = by_uid.get(str(other["uid"]))
        key = (task.calendar, str(other["ecal"])) if task else None
        if key is None or key in done:
            continue
        done.add(key)
        calendar, days = schedule.calendars[key[0]], neutral["calendars"][key[1]]["days"]
        for number in range((last - first).days):
            day = first + timedelta(number)
            times = calendar.exceptions.get(day, calendar.week[day.weekday()])
            if [list(time) for time in times] != days.get(day.isoformat(), []):
                faults.append(f"calendar {key} on {day}: {times} for {days.get(day.isoformat())}")
    return faults
