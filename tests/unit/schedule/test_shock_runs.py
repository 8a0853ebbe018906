"""Watching a finish through the core while tasks grow."""

import tomllib
from contextlib import suppress

import numpy as np

from riskengine.engine.dates import what_if
from riskengine.plan import compile
from riskengine.scenario import parse
from riskengine.schedule.health import shock_runs as futures

TEXT = """
schema = 1
name = "x"
start = 2027-03-01
[calendars.weekends]
week = "sat 08:00-12:00"
[tasks.a]
duration = 2
[tasks.b]
duration = 1
after = ["a"]
calendar = "weekends"
[tasks.c]
duration = 1
after = ["a"]
"""


def watch(*ends):
    scenario = parse(tomllib.loads(TEXT), "x.toml")
    forward = futures.finish_runs(scenario)(ends or ("b",))
    return (forward if ends else lambda added: forward(added)[0]), list(compile(scenario).task)


def grown(order, **hours):
    added = np.zeros((len(order), 1))
    for task, more in hours.items():
        added[order.index(task)] = more
    return added


def test_a_task_that_grows_moves_the_finish_of_its_successor():
    forward, order = watch()
    assert forward(grown(order))[0] == np.datetime64("2027-03-06T12:00")
    assert forward(grown(order, a=40))[0] == np.datetime64("2027-03-13T12:00")
    assert forward(grown(order, c=40))[0] == np.datetime64("2027-03-06T12:00")


def test_a_shock_longer_than_the_calendars_makes_them_longer():
    forward, order = watch()
    weeks = 1500
    assert forward(grown(order, b=4 * weeks))[0] == np.datetime64("2027-03-06T12:00") + np.timedelta64(weeks, "W")


def test_a_shock_that_no_calendar_holds_goes_to_the_end_of_time_and_takes_no_other_with_it():
    forward, order = watch()
    added = np.hstack([grown(order, b=4 * 400_000), grown(order, a=40)])
    assert forward(added).tolist() == [futures.END_OF_TIME.item(), np.datetime64("2027-03-13T12:00", "us").item()]


def test_several_finishes_are_watched_in_the_order_asked_for():
    forward, order = watch("c", "b")
    added = np.hstack([grown(order), grown(order, c=8), grown(order, b=4 * 400_000)])
    finish = forward(added)
    assert finish.shape == (2, 3)
    assert finish[0].tolist()[:2] == [
        np.datetime64(day, "us").item() for day in ("2027-03-03T17:00", "2027-03-04T17:00")
    ]
    assert finish[1].tolist()[:2] == [np.datetime64("2027-03-06T12:00", "us").item()] * 2
    assert finish[1, 2] == futures.END_OF_TIME


def test_the_core_never_looks_beyond_the_calendars(monkeypatch):
    plan = compile(parse(tomllib.loads(TEXT), "x.toml"))
    asked = []
    monkeypatch.setattr(what_if, "schedule_what_if", lambda futures, **rest: asked.append(int(futures.duration.max())))
    horizon = min(table.working_horizon for table in plan.time.calendars)
    for longest in (horizon // 2, horizon, 2 * horizon, 10 * horizon):
        with suppress(what_if.BeyondTable):
            what_if.early_dates_of(plan, np.full((len(plan.task), 1), longest, np.int32))
    assert asked == [horizon // 2]


LONG_LAG = """
schema = 1
name = "x"
start = 2027-03-01
[calendars.weekends]
week = "sat 08:00-12:00"
[tasks.a]
duration = 2
[tasks.b]
duration = 1
after = [{ task = "a", lag = "999999h" }]
calendar = "weekends"
"""


def test_calendars_that_are_too_short_for_a_lag_are_laid_out_once_each(monkeypatch):
    """A plan of centuries takes seconds to be compiled, and each half of the futures asked for it again: minutes."""
    rooms = []
    compiled = futures.compile
    monkeypatch.setattr(futures, "compile", lambda scenario, room: (rooms.append(room), compiled(scenario, room))[1])
    forward = futures.finish_runs(parse(tomllib.loads(LONG_LAG), "x.toml"))(("b",))
    added = np.zeros((2, 64))
    added[1] = 1e7
    forward(added)
    forward(added)
    assert len(rooms) == len(set(rooms)) == 1 + len(futures.MORE_ROOM_DAYS)


def test_a_shock_keeps_to_the_paths_of_the_plan():
    """A month more would have the plan fly; the finish that is watched is that of the ship, as planned."""
    text = """
    schema = 1
    name = "x"
    start = 2027-03-01
    calendar = "24h"
    [tasks]
    a = { duration = 2 }
    air = { duration = 1, after = ["a"] }
    sea = { duration = 9, after = ["a"] }
    end = { milestone = true, after = ["air", "sea"] }
    [branches.b]
    after = "a"
    if_later_than = 2027-03-05
    then = "air"
    otherwise = "sea"
    """
    scenario = parse(tomllib.loads(text), "x.toml")
    order = list(compile(scenario).task)
    forward = futures.finish_runs(scenario)(("end",))
    added = grown(order, a=0.0)
    planned = forward(added)[0, 0]
    assert planned == np.datetime64("2027-03-12T00:00")
    assert forward(grown(order, a=720.0))[0, 0] - planned == np.timedelta64(30, "D")
