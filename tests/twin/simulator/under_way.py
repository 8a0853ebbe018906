"""Random scenarios of projects under way: progress, constraints, types of task, options, on top of the plain ones."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.twin.simulator.generated_correlations import without_impossible
from tests.twin.simulator.generator import Document, document

CONSTRAINTS = ["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "SO", "FO", "ALAP"]
ONE_OF = ["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "ALAP"]
"""What Microsoft Project has, and only one of them on a task."""
SHARES = [0, 10, 25, 50, 75, 100]


def under_way(seed: int, are_lags_known: bool = False, plain: Callable[[int], Document] = document) -> Document:
    """One random scenario with everything that progress and constraints can do to it.

    With ``are_lags_known`` no lag is uncertain: progress gives the streams of some of them other names. ``plain``
    makes the scenario that has not begun.
    """
    rng = Random(f"under way {seed}")
    result = plain(seed)
    result["tasks"] = {id: dict(task) for id, task in result["tasks"].items()}
    start = result.pop("start", None) or result.pop("data_date")
    key = "data_date" if rng.random() < 0.7 else "start"
    result[key] = start
    now = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day)
    progress = rng.choice([0.0, 0.3, 0.6, 0.9])
    constrained = rng.choice([0.0, 0.1, 0.4])
    spans = rng.choice([0.0, 0.0, 0.15])
    for place, task in enumerate(result["tasks"].values()):
        if spans and task.get("after") and rng.random() < spans:
            _make_hammock(task)
            continue
        if task.get("milestone") and rng.random() < 0.6:
            del task["milestone"]
            task["type"] = rng.choice(["start milestone", "finish milestone"])
        # what comes first has mostly happened, and some of the rest has been done out of turn
        if rng.random() < progress * (1.2 if place < 5 else 0.4):
            # without a data date the start is that of the project, before which nothing has happened
            _progress(rng, task, now if key == "data_date" else now + timedelta(days=16))
        if rng.random() < constrained:
            _constrain(rng, task, now, CONSTRAINTS if key == "data_date" else ONE_OF)
        if rng.random() < constrained / 3:
            task["deadline"] = _moment(rng, now, 0, 30)
    if spans and rng.random() < 0.5:
        _make_summary(rng.choice(list(result["tasks"].values())), result["tasks"])
    options: Document = {}
    if key == "start" and rng.random() < 0.5:
        options["honour_constraints"] = True
    if rng.random() < 0.4:
        options["out_of_sequence"] = rng.choice(["retained logic", "progress override", "actual dates"])
    if key == "data_date" and rng.random() < 0.2:
        options["start_lag"] = "actual start"
    if rng.random() < 0.2:
        options["must_finish"] = _moment(rng, now, -5, 60)
    if rng.random() < 0.3:
        options["float"] = rng.choice(["finish", "start", "smallest"])
    if options:
        result["schedule"] = options
    for action in result.get("actions", {}).values():
        if "task" in action:  # what has begun, or is all that a summary has, cannot be left out
            action["active"] = True
    without_impossible(result)
    for task in result["tasks"].values() if are_lags_known else ():
        task["after"] = [_known(link) for link in task.get("after", [])]
    return result


def _known(link: Any) -> Any:
    is_uncertain = isinstance(link, dict) and isinstance(link.get("lag"), dict | list)
    return {key: value for key, value in link.items() if key != "lag"} if is_uncertain else link


def _moment(rng: Random, now: datetime, first: int, last: int) -> Any:
    """A date, or a moment at one of the hours at which something may begin or end."""
    day = now + timedelta(days=rng.randint(first, last))
    if rng.random() < 0.3:
        return date(day.year, day.month, day.day)
    hour, minute = rng.choice([(0, 0), (6, 0), (8, 0), (9, 30), (12, 0), (13, 0), (14, 0), (16, 30), (17, 0), (22, 0)])
    return datetime(day.year, day.month, day.day, hour, minute)


def _progress(rng: Random, task: Document, now: datetime) -> None:
    begun = _moment(rng, now, -15, -1) if rng.random() < 0.95 else _moment(rng, now, 0, 3)
    done = _moment(rng, now, -15, -1) if rng.random() < 0.95 else _moment(rng, now, 0, 3)
    first, last = sorted((begun, done), key=_as_moment)
    is_instant = "milestone" in task or "milestone" in task.get("type", "") or str(task["duration"]).startswith("0")
    task["actual_start"] = first
    if is_instant or "duration" not in task or rng.random() < 0.55:
        task["actual_finish"] = first if is_instant else last
        if not is_instant and rng.random() < 0.3 and "cost" not in task:
            task.pop("duration")
        return
    duration = task["duration"]
    if rng.random() < 0.5 or isinstance(duration, dict | list):
        task["percent_complete"] = rng.choice(SHARES)
    else:
        task["remaining"] = duration
    # with nothing left to do, either end of a break will do
    if rng.random() < 0.2 and task.get("percent_complete") != 100:
        task["resume"] = _moment(rng, now, -2, 8)


def _as_moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def _constrain(rng: Random, task: Document, now: datetime, kinds: list[str]) -> None:
    kind = rng.choice(kinds)
    if kind == "ALAP":
        task["constraints"] = ["ALAP"]
        return
    constraints = [{"type": kind, "date": _moment(rng, now, -5, 25)}]
    if kinds is CONSTRAINTS and kind in ("SNET", "FNET") and rng.random() < 0.3:
        constraints.append({"type": rng.choice(["SNLT", "FNLT"]), "date": _moment(rng, now, -5, 25)})
    task["constraints"] = constraints


def _make_hammock(task: Document) -> None:
    for key in ("duration", "milestone"):
        task.pop(key, None)
    task["type"] = "level of effort"


def _make_summary(task: Document, tasks: dict[str, Document]) -> None:
    code = task.get("wbs")
    inside = [t for t in tasks.values() if t is not task and f"{t.get('wbs', '')}.".startswith(f"{code}.")]
    if code and any(t.get("type") not in ("level of effort", "summary") for t in inside):
        for key in set(task) - {"wbs", "calendar", "cost", "resources", "team", "tags", "after"}:
            del task[key]
        task["type"] = "summary"
