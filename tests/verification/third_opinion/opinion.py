"""Dates of a schedule as MPXJ's own scheduler computes them, beside those of riskengine."""

import json
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from riskengine.importers import document, write_toml
from riskengine.importers.mpxj.convert import HEAP, find_jars, find_java
from riskengine.plan import compile as compile_plan
from riskengine.scenario import read
from riskengine.schedule.dates.compute import dates
from riskengine.schedule.handshake.compare import compare

PROGRAM = Path(__file__).parent / "Schedule.java"
SECONDS = 120


DATES = ("early_start", "early_finish", "late_start", "late_finish")


def of_mpxj(source, folder, kind):
    """Early start and finish, late start and finish by unique id; skipped where this Java cannot compile."""
    result = folder / "dates.json"
    java, jars = find_java("plan"), find_jars("plan")
    command = [java, HEAP, "-cp", str(jars / "*"), str(PROGRAM), str(source), str(result), kind]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if "Module jdk.compiler not found" in done.stderr or "Could not find or load main class" in done.stderr:
        pytest.skip("this Java runs programs but cannot compile them: a JDK is needed")
    assert done.returncode == 0, done.stderr[-2000:]
    return {
        task["uid"]: tuple(instant(task[name]) for name in DATES)
        for task in json.loads(result.read_text(encoding="utf-8"))
    }


def handshake(schedule, folder, other, has_late=False):
    """Compare riskengine's dates with the other's, put where the source tool's dates stand; late ones if wanted."""
    tasks = []
    for task in schedule.tasks:
        dates_of_task = dict(zip(DATES, other.get(task.uid, (None,) * 4), strict=True))
        late = {} if has_late else {"late_start": None, "late_finish": None}
        tasks.append(replace(task, **dates_of_task | late))
    path = folder / "plan.toml"
    path.write_text(write_toml(document(replace(schedule, tasks=tasks))), encoding="utf-8")
    scenario = read(path)
    plan = compile_plan(scenario)
    return compare(scenario, plan.task, dates(plan))


def instant(text):
    return None if text is None else datetime.fromisoformat(text).replace(microsecond=0)
