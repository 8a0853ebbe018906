"""Runs with invented dates, and readers of what was written that are not the writer's."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from riskengine.importers import read_schedule, scenario_ids
from riskengine.importers.mpxj.convert import convert
from riskengine.importers.to_scenario.naming import line
from riskengine.write_back.run_dates import DATE_FIELDS, ImportedRun, TaskDates
from riskengine.write_back.target import TARGETS, write_back

LABELS = [field.label for field in DATE_FIELDS]
XER, MSPDI = TARGETS


def invented(number):
    """Four dates of a task, each of its own, none on a full hour."""
    first = datetime(2027, 3, 1, 8, 1) + timedelta(days=number, minutes=7 * number)
    return tuple(first + timedelta(days=100 * place, minutes=place) for place in range(len(LABELS)))


def run_of(path, **changes):
    """A run of the only project of a file, with invented dates for each of its tasks; `changes` are of its fields."""
    schedule = read_schedule(path)[0]
    ids = scenario_ids(schedule)
    tasks = {ids[task.uid]: TaskDates(line(task.name), invented(n)) for n, task in enumerate(schedule.tasks)}
    date = schedule.data_date or schedule.start
    facts = {"file": path.name, "project": line(schedule.id), "data_date": date, "tasks": tasks, **changes}
    return ImportedRun(**facts)


def expected(path, run):
    """The dates of a run by the keys that the file has for its tasks, and by label."""
    schedule = read_schedule(path)[0]
    ids = scenario_ids(schedule)
    return {
        task.uid: dict(zip(LABELS, run.tasks[ids[task.uid]].dates, strict=True))
        for task in schedule.tasks
        if ids[task.uid] in run.tasks
    }


def written(target, path, run, name="out", encoding=""):
    """The copy of a file with the dates of a run, written beside it."""
    copy, _ = write_back(target, path, run, encoding)
    place = path.with_name(f"{name}{path.suffix}")
    place.write_bytes(copy.content)
    return place


def json_by_mpxj(path, folder):
    """What MPXJ reads in a file, as its own JSON has it."""
    made = convert(path, str(path), Path(folder), "made.json", 120)
    return json.loads(made.read_text(encoding="utf-8"))
