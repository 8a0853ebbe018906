"""Each task where the serial scheme puts it: hand-made cases, and a slow twin in every iteration of random plans."""

from datetime import datetime

import pytest

from riskengine import engine
from tests.properties.levelling import serial
from tests.support.levelled_plans import compiled, dates, drawn, planned, scenario, simulated

CRANE = {"resources": {"crane": {"capacity": 1}}}


def task(duration, *after, **more):
    """A task that holds the crane."""
    return {"duration": duration, "after": list(after), "resources": {"crane": 1}} | more


@pytest.mark.parametrize("seed", range(30))
def test_every_task_of_every_iteration_is_where_the_slow_twin_puts_it(seed):
    document = drawn(seed)
    made, asked = compiled(document), scenario(document)
    output = simulated(made)
    for iteration in range(0, 256, 17):
        duration = {name: int(output.duration[row, iteration]) for row, name in enumerate(made.task)}
        expected = serial.schedule(asked, made.task, duration)
        found = {
            name: (int(output.start[row, iteration]), int(output.end[row, iteration]))
            for row, name in enumerate(made.task)
        }
        assert found == expected


def test_of_two_tasks_that_need_the_only_crane_the_second_waits_for_the_first():
    # both may finish as late as the fifth day; the longer one has to start earlier and is served first
    assert planned(CRANE | {"tasks": {"a": task(3), "b": task(5)}}) == {"a": (5, 8), "b": (0, 5)}


def test_late_finish_serves_the_task_first_that_can_wait_least():
    tasks = {"a": task(3), "b": task(5), "c": {"duration": 10, "after": ["b"]}}
    assert planned(CRANE | {"tasks": tasks}) == {"a": (5, 8), "b": (0, 5), "c": (5, 15)}


def test_a_gap_that_is_long_enough_is_filled_and_a_shorter_one_is_not():
    tasks = {
        "a": task(2),
        "b": task(4, "a FS+3d"),
        "c": {"duration": 9, "after": ["b"]},
        "short": task(3),
        "long": task(4),
    }
    found = planned(CRANE | {"tasks": tasks})
    assert found["a"] == (0, 2) and found["b"] == (5, 9)
    assert found["short"] == (2, 5) and found["long"] == (9, 13)


def test_a_task_waits_for_all_of_its_resources_at_once():
    document = {
        "resources": {"crane": {"capacity": 1}, "crew": {"capacity": 2}},
        "tasks": {
            "a": {"duration": 4, "resources": {"crane": 1}},
            "b": {"duration": 6, "resources": {"crew": 1.5}},
            "c": {"duration": 1, "resources": {"crane": 1, "crew": 1}, "after": ["start"]},
            "start": {"duration": 0},
            "d": {"duration": 20, "after": ["a", "b"]},
        },
    }
    found = planned(document)
    assert found["a"] == (0, 4) and found["b"] == (0, 6) and found["c"] == (6, 7)


def test_leads_start_a_successor_while_its_predecessor_still_waits_to_finish():
    tasks = {
        "a": task(4),
        "b": task(6, "a"),
        "c": {"duration": 5, "after": ["b FS-5d"]},
        "d": task(3),
        "e": {"duration": 9, "after": ["c"]},
    }
    found = planned(CRANE | {"tasks": tasks})
    assert found["b"] == (4, 10) and found["c"] == (5, 10) and found["d"] == (10, 13)


def test_a_finish_that_is_bound_by_ff_is_bound_still_when_the_task_waits():
    tasks = {
        "a": {"duration": 6},
        "b": task(2, "a FF+1d"),
        "c": task(9),
        "d": {"duration": 20, "after": ["c"]},
    }
    found = planned(CRANE | {"tasks": tasks})
    assert found["c"] == (0, 9) and found["b"] == (9, 11)


def test_what_takes_no_time_holds_nothing_and_waits_for_nobody():
    tasks = {"a": task(5), "b": {"duration": 20, "after": ["a"]}, "none": task([0, 0, 0.0001])}
    found = planned(CRANE | {"tasks": tasks})
    assert found["none"] == (0, 0)


def test_milestones_levels_of_effort_and_summaries_hold_nothing():
    tasks = {
        "a": task(5),
        "gate": {"duration": 0, "resources": {"crane": 1}},
        "b": {"duration": 20, "after": ["a"]},
        "supervision": {
            "type": "level of effort",
            "after": ["a SS", "b FF"],
            "resources": {"crane": 1},
        },
    }
    found = planned(CRANE | {"tasks": tasks})
    assert found["a"] == (0, 5) and found["gate"] == (0, 0) and found["supervision"] == (0, 25)


def test_thirds_of_a_unit_fill_it():
    share = 1 / 3
    tasks = {name: {"duration": 2, "resources": {"crane": share}} for name in "abcd"}
    assert sorted(planned(CRANE | {"tasks": tasks}).values()) == [(0, 2), (0, 2), (0, 2), (2, 4)]


def test_what_is_under_way_is_served_first():
    tasks = {
        "a": task(5),
        "b": {"duration": 20, "after": ["a"]},
        "z": task(6, actual_start=datetime(2027, 2, 26), remaining=3),
    }
    found = planned(CRANE | {"tasks": tasks, "data_date": datetime(2027, 3, 1)})
    assert found["z"][1] == 3 and found["a"] == (3, 8)


def test_a_mandatory_start_holds_and_others_keep_clear_of_it():
    tasks = {
        "a": task(4, constraints=[{"type": "MSO", "date": datetime(2027, 3, 3)}]),
        "b": task(5),
        "c": {"duration": 20, "after": ["a"]},
    }
    found = planned(CRANE | {"tasks": tasks})
    assert found["a"] == (2, 6) and found["b"] == (6, 11)


@pytest.mark.parametrize("calendars", [{}, {"t01": {"calendar": "nights"}}])
def test_a_queue_may_be_far_longer_than_the_plan_without_it(calendars):
    # 120 tasks of 30 to 60 days that could all run at once: without levelling no date is two years away
    tasks = {f"t{at:02d}": task([30, 40, 60]) | calendars.get(f"t{at:02d}", {}) for at in range(120)}
    week = {"nights": {"week": "mon-sun 20:00-24:00"}}
    made = compiled(CRANE | {"tasks": tasks, "calendars": week})
    output = simulated(made)
    row = [at for at, name in enumerate(made.task) if name not in calendars]
    ends = output.end.max(axis=0) * made.time.tick / 86_400
    worked = output.duration[row].sum(axis=0) * made.time.tick / 86_400
    assert (ends >= worked - 1e-9).all() and (ends <= worked + 400).all()
    assert ends.max() > 4000


def test_who_can_wait_for_nobody_has_the_horizon_of_the_plan_without_levelling():
    tasks = {"a": task(3), "b": task(3), "c": {"duration": 900}, "d": {"duration": 900}}
    made = compiled(CRANE | {"tasks": tasks})
    assert made.time.calendars[0].days == made.unlevelled.time.calendars[0].days


def test_what_has_started_keeps_its_actual_start_while_the_rest_of_it_waits():
    # without a data date, as in files of Microsoft Project
    tasks = {
        "a": task(6, actual_start=datetime(2027, 2, 20), remaining=4, resume=datetime(2027, 3, 1)),
        "b": task(6, actual_start=datetime(2027, 2, 22), remaining=3, resume=datetime(2027, 3, 2)),
        "c": {"duration": 30, "after": ["a"]},
    }
    made = compiled(CRANE | {"tasks": tasks})
    output = engine.deterministic(made)
    shown = {
        name: [str(made.instants(made.clock(when[[row], 0]))[0])[:10] for when in (output.start, output.end)]
        for row, name in enumerate(made.task)
    }
    assert shown["a"] == ["2027-02-20", "2027-03-05"] and shown["b"] == ["2027-02-22", "2027-03-08"]


def test_an_elapsed_delay_comes_after_the_work_of_a_task_that_waited_and_holds_its_units():
    tasks = {"a": task(3, priority=900), "b": task(2, priority=700), "c": task(1)}
    late = {"probability": 1, "impacts": {"b": {"delay": "4ed"}}}
    document = CRANE | {"tasks": tasks, "risks": {"late": late}, "levelling": {"rule": "priority"}}
    made = compiled(document)
    assert {name: span for name, span in dates(made, simulated(made)).items() if name != "a"} == {
        "b": (3, 9),
        "c": (9, 10),
    }
