"""Faults that schedule risk tools are known for, one at a time, put into the twin: engine and twin must then differ.

Each is a function that is given pytest's `monkeypatch`. The faults are in the twin because a comparison has two sides
and no preference: what finds a fault in one finds it in the other.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from riskengine.model import Calendar, Relationship, Risk, Task
from tests.twin.draws import values
from tests.twin.simulator import agreement, network, risks, simulator
from tests.twin.simulator.network import Dates, Lag, Times
from tests.twin.simulator.simulator import Outcome, Simulator
from tests.twin.simulator.working_time import WorkingTime

Fault = Callable[[pytest.MonkeyPatch], None]


def _logic(change: Callable[[Task], Task]) -> Fault:
    """Run the forward pass over other tasks; names of lags stay those of the scenario."""

    def fault(patch: pytest.MonkeyPatch) -> None:
        right = network.forward_pass

        def wrong(tasks, *others):  # type: ignore[no-untyped-def]
            return right({id: change(task) for id, task in tasks.items()}, *others)

        patch.setattr(simulator, "forward_pass", wrong)

    return fault


def _read_as(one: str, other: str) -> Fault:
    def link(relationship: Relationship) -> Relationship:
        return relationship.model_copy(update={"type": other}) if relationship.type == one else relationship

    return _logic(lambda task: task.model_copy(update={"after": tuple(link(r) for r in task.after)}))


def _lag(change: Callable[[Lag], Lag]) -> Fault:
    def fault(patch: pytest.MonkeyPatch) -> None:
        right = Simulator.lag
        patch.setattr(Simulator, "lag", lambda self, *asked: change(right(self, *asked)))

    return fault


def _times(change: Callable[[Times], Times]) -> Fault:
    def fault(patch: pytest.MonkeyPatch) -> None:
        right = Simulator.times
        patch.setattr(Simulator, "times", lambda self, *asked: change(right(self, *asked)))

    return fault


def _calendar(change: Callable[[Calendar], dict[str, object]]) -> Fault:
    """Keep other calendars."""

    def wrong(calendar: Calendar, start: datetime, tick: int) -> WorkingTime:
        return WorkingTime(calendar.model_copy(update=change(calendar)), start, tick)

    return lambda patch: patch.setattr(simulator, "WorkingTime", wrong)


def _instead(place: object, name: str, wrong: object) -> Fault:
    return lambda patch: patch.setattr(place, name, wrong)


def _changed(place: object, name: str, change: Callable[..., object]) -> Fault:
    """Replace a function by `change(right, *its arguments)`."""

    def fault(patch: pytest.MonkeyPatch) -> None:
        right = getattr(place, name)
        patch.setattr(place, name, lambda *asked: change(right, *asked))

    return fault


def _delay_before_factor(self: Simulator, task: Task, draw: object, acting: list) -> Times:  # type: ignore[type-arg]
    delays = [hit for hit in acting if hit.target == task.id and hit.kind == "delay"]
    rest = [hit for hit in acting if hit not in delays]
    bare = RIGHT_TIMES(self, task, draw, delays)
    factors = [
        (h.risk, self.number(h.name, h.estimate, draw)) for h in rest if h.target == task.id and h.kind == "factor"
    ]
    return replace(bare, work=math.floor(bare.work * risks.combined_factor(factors) + 0.5))


def _scaled_by_probability(right: Callable[..., int], self: Simulator, name: str, *others: object) -> int:
    value = right(self, name, *others)
    return int(value * self.scenario.risks[name.split("/")[1]].probability) if name.startswith("risk/") else value


def _elapsed_delay_as_work(times: Times) -> Times:
    return Times(work=max(0, times.work + times.elapsed))


def _series_as_parallel(right: Callable[..., float], factors: list[tuple[Risk, float]]) -> float:
    return right([(risk.model_copy(update={"parallel": risk.parallel or "all"}), factor) for risk, factor in factors])


def _parallel_as_series(right: Callable[..., float], factors: list[tuple[Risk, float]]) -> float:
    return right([(risk.model_copy(update={"parallel": ""}), factor) for risk, factor in factors])


def _first_driver_only(right: Callable[..., Dates], *asked: object) -> Dates:
    dates = right(*asked)
    dates.drivers = {id: set(sorted(drivers)[:1]) for id, drivers in dates.drivers.items()}
    return dates


def _one_end_only(right: Callable[..., set[str]], dates: Dates, ends: set[str]) -> set[str]:
    return right(dates, set(sorted(ends)[:1]))


def _ff_lead_at_a_shift_end(right: Callable[..., int | None], link: Relationship, dates: Dates, lag: Lag) -> int | None:
    instant = right(link, dates, lag)
    if instant is None or link.type != "FF" or lag.ticks >= 0 or lag.calendar is None:
        return instant
    return max(0, lag.calendar.shift_end_form(instant))


def _lead_at_a_shift_end(right: Callable[..., int | None], link: Relationship, dates: Dates, lag: Lag) -> int | None:
    instant = right(link, dates, lag)
    is_lead = instant is not None and lag.ticks < 0 and lag.calendar is not None
    return max(0, lag.calendar.shift_end_form(instant)) if is_lead else instant  # type: ignore[union-attr,arg-type]


def _gate_after_its_instant(right: Callable[..., object], scenario: object, twin: object, outcome: Outcome) -> object:
    later = {id: instant + 1 for id, instant in outcome.finish.items()}
    return right(scenario, twin, replace(outcome, finish=later, project_finish=outcome.project_finish + 1))


def _finish_of_the_work(right: Callable[..., Dates], tasks: dict, calendars: dict, times: dict, *rest: object) -> Dates:  # type: ignore[type-arg]
    """Let FF and SF pull the start alone: the finish is where the work is done."""
    dates = right(tasks, calendars, times, *rest)
    for id, calendar in calendars.items():
        if times[id].work:
            dates.finish[id] = max(dates.start[id], calendar.after(dates.start[id], times[id].work) + times[id].elapsed)
    return dates


RIGHT_TIMES = Simulator.times

LOGIC: dict[str, Fault] = {
    "SS read as FS": _read_as("SS", "FS"),
    "FF read as FS": _read_as("FF", "FS"),
    "SF read as FS": _read_as("SF", "FS"),
    "FS read as SS": _read_as("FS", "SS"),
    "the last predecessor dropped": _logic(lambda task: task.model_copy(update={"after": task.after[:-1]})),
    "lag with the wrong sign": _lag(lambda lag: replace(lag, ticks=-lag.ticks)),
    "lag dropped": _lag(lambda lag: replace(lag, ticks=0)),
    "lead dropped": _lag(lambda lag: replace(lag, ticks=max(0, lag.ticks))),
    "lag in hours read as days": _lag(lambda lag: replace(lag, ticks=8 * lag.ticks)),
    "lag off by one tick": _lag(lambda lag: replace(lag, ticks=lag.ticks + 1)),
    "lag always on the clock": _lag(lambda lag: replace(lag, calendar=None)),
    "lag calendar ignored": _changed(
        Simulator, "lag_calendar", lambda right, self, before, after, lag: self.calendar_of(self.scenario.tasks[before])
    ),
    "lag of several relationships drawn once": _changed(
        Simulator, "time", lambda right, self, name, *others: right(self, name.partition("#")[0], *others)
    ),
    "lag after a finish ends at the next start": _instead(WorkingTime, "shift_end_form", WorkingTime.working_form),
}

CALENDARS: dict[str, Fault] = {
    "exceptions ignored": _calendar(lambda known: {"exceptions": {}}),
    "week begins on Sunday": _calendar(lambda known: {"week": known.week[-1:] + known.week[:-1]}),
    "lunch worked through": _calendar(
        lambda known: {"week": tuple(((day[0][0], day[-1][1]),) if day else () for day in known.week)}
    ),
    "every task on the project's calendar": _instead(Simulator, "calendar_of", lambda self, task: self.project_walk),
    "elapsed durations worked by the calendar": _instead(
        Simulator, "calendar_of", lambda self, task: self.walks[task.calendar]
    ),
    "finish at the next start": _changed(
        WorkingTime, "after", lambda right, self, instant, work: self.working_form(right(self, instant, work))
    ),
    "shift one tick too long": _changed(
        WorkingTime, "shifts", lambda right, self, day: [(begin, end + 1) for begin, end in right(self, day)]
    ),
    "milestones moved to the next working instant": _instead(WorkingTime, "is_open", lambda self, instant: False),
    "milestones left where nobody works": _instead(WorkingTime, "is_open", lambda self, instant: True),
    "a day of 8 hours on every calendar": _changed(
        values, "unit_seconds", lambda right, unit, calendar: 28_800 if unit in (None, "d") else right(unit, calendar)
    ),
    "a week of 5 days": _changed(
        values, "unit_seconds", lambda right, u, calendar: right("d", calendar) * 5 if u == "w" else right(u, calendar)
    ),
    "a month of 4 weeks": _changed(
        values, "unit_seconds", lambda right, u, calendar: right("w", calendar) * 4 if u == "mo" else right(u, calendar)
    ),
    "an elapsed day of 8 hours": _changed(
        values, "unit_seconds", lambda right, unit, calendar: 28_800 if unit == "ed" else right(unit, calendar)
    ),
}

RISKS: dict[str, Fault] = {
    "risk applied twice": _changed(simulator, "hits", lambda right, *asked: list(right(*asked)) * 2),
    "risk forgotten": _instead(simulator, "hits", lambda *asked: []),
    "risk always occurs": _instead(risks, "drawn", lambda risk, scenario, draw: risk.active),
    "inactive risk acts": _changed(
        risks,
        "drawn",
        lambda right, risk, scenario, draw: right(risk.model_copy(update={"active": True}), scenario, draw),
    ),
    "impact scaled by its probability": _changed(Simulator, "time", _scaled_by_probability),
    "delay before factor": _instead(Simulator, "times", _delay_before_factor),
    "series factors read as parallel": _changed(simulator, "combined_factor", _series_as_parallel),
    "parallel factors read as series": _changed(simulator, "combined_factor", _parallel_as_series),
    "elapsed delay as working time": _times(_elapsed_delay_as_work),
    "elapsed delay forgotten": _times(lambda times: replace(times, elapsed=0)),
    "duration rounded down": _instead(simulator, "math", SimpleNamespace(floor=lambda x: math.floor(x - 0.5))),
    "duration one tick too long": _times(lambda times: replace(times, work=times.work + 1)),
    "durations rounded to hours": _times(lambda times: replace(times, work=times.work // 3600 * 3600)),
    "minimum duration ignored": _changed(
        Simulator, "time", lambda right, self, name, *o: 0 if name == "minimum_duration" else right(self, name, *o)
    ),
    "wbs 1.1 taken for a prefix of 1.10": _changed(
        risks,
        "is_meant",
        lambda right, key, task: right(key, task) or (key.startswith("wbs:") and task.wbs.startswith(key[4:])),
    ),
    "delays of the project forgotten": _instead(
        Simulator, "project_finish", lambda self, dates, draw, acting: max(dates.finish.values())
    ),
}

CRITICALITY: dict[str, Fault] = {
    "one of several drivers only": _changed(simulator, "forward_pass", _first_driver_only),
    "one of several last tasks only": _changed(simulator, "longest_path", _one_end_only),
    "every predecessor drives": _changed(
        simulator,
        "forward_pass",
        lambda right, tasks, *o: replace(
            right(tasks, *o), drivers={id: {link.task for link in task.after} for id, task in tasks.items()}
        ),
    ),
    "criticality to the project for every target": _changed(
        Simulator, "criticality", lambda right, self, dates: dict.fromkeys(r := right(self, dates), r["project"])
    ),
}

COSTS: dict[str, Fault] = {
    "rate over calendar days": _instead(Simulator, "days", lambda self, ticks, calendar: ticks * self.tick / 86_400),
    "risk cost forgotten": _changed(
        Simulator, "task_cost", lambda right, self, task, work, draw, acting: right(self, task, work, draw, [])
    ),
    "cost of the project forgotten": _instead(Simulator, "project_cost", lambda self, *asked: 0.0),
    "resources without rates": _changed(
        Simulator,
        "task_cost",
        lambda right, self, task, *others: right(self, task.model_copy(update={"resources": {}}), *others),
    ),
    "most likely values replaced by means": _changed(
        simulator,
        "plan_value",
        lambda right, e: (e.low + 4 * e.most_likely + e.high) / 6 if e.shape == "pert" else right(e),
    ),
}

AT_BOUNDARIES: dict[str, Fault] = {
    "a lead of an FF ends at a shift's end": _changed(network, "required_instant", _ff_lead_at_a_shift_end),
    "every lead ends at a shift's end": _changed(network, "required_instant", _lead_at_a_shift_end),
    "a gate is missed at its very instant": _changed(agreement, "gates_met", _gate_after_its_instant),
    "FF and SF pull the start alone": _changed(simulator, "forward_pass", _finish_of_the_work),
    **{
        name: (LOGIC | CALENDARS)[name]
        for name in (
            "lag after a finish ends at the next start",
            "finish at the next start",
            "milestones moved to the next working instant",
            "milestones left where nobody works",
            "lag off by one tick",
            "shift one tick too long",
        )
    },
}
"""Faults of a night or a tick, which only dates at the ends of shifts show."""

FAULTS: dict[str, Fault] = LOGIC | CALENDARS | RISKS | CRITICALITY | COSTS
