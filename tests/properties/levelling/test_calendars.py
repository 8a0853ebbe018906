"""Resources by calendar: a task works only when its own calendar and those of its resources do."""

import numpy as np
import pytest

from riskengine import engine
from riskengine.errors import ScenarioError
from riskengine.model import Calendar
from riskengine.model.overlap import in_both, overlap
from tests.support.levelled_plans import compiled, drawn, simulated

OFFICE = {"week": "mon-fri 08:00-12:00 13:00-17:00"}


def shown(document):
    """Return start and finish of every task of the deterministic plan, as local times."""
    made = compiled(document)
    output = engine.deterministic(made)
    starts = made.instants(made.clock_start(output.start[:, 0])).astype("datetime64[m]")
    ends = made.instants(made.clock(output.end[:, 0])).astype("datetime64[m]")
    return {name: (str(starts[row]), str(ends[row])) for row, name in enumerate(made.task)}


def document(crane, **tasks):
    return {
        "calendar": "office",
        "calendars": {"office": OFFICE, "crane": crane},
        "resources": {"crane": {"capacity": 1, "calendar": "crane"}},
        "tasks": {name: {"resources": {"crane": 1}} | task for name, task in tasks.items()},
    }


def test_a_task_waits_until_its_crane_is_there():
    crane = {"week": "mon-fri 06:00-20:00", "holidays": ["2027-03-01..2027-03-31"]}
    found = shown(document(crane, lift={"duration": 2}))
    assert found["lift"] == ("2027-04-01T08:00", "2027-04-02T17:00")


def test_work_is_done_when_task_and_crane_both_work():
    # of the eight hours of the office the crane shares five
    found = shown(document({"week": "mon-fri 06:00-14:00"}, lift={"duration": "10h"}))
    assert found["lift"] == ("2027-03-01T08:00", "2027-03-02T14:00")


def test_work_stops_while_the_crane_is_away():
    crane = OFFICE | {"holidays": ["2027-03-02..2027-03-08"]}
    found = shown(document(crane, lift={"duration": 2}))
    assert found["lift"] == ("2027-03-01T08:00", "2027-03-09T17:00")


def test_a_day_and_a_week_of_work_stay_as_long_as_they_were():
    made = compiled(document({"week": "mon-fri 06:00-14:00"}, day={"duration": "1d"}, week={"duration": "1w"}))
    output = engine.deterministic(made)
    hours = {name: int(output.duration[row, 0]) / 3600 for row, name in enumerate(made.task)}
    assert hours == {"day": 8.0, "week": 40.0}
    free = made.unlevelled
    row = [free.task.index(name) for name in made.task]
    assert (simulated(made).duration == simulated(free).duration[row]).all()


def test_without_levelling_the_calendar_of_a_resource_has_no_say():
    made = compiled(document({"week": "sat 08:00-12:00"}, lift={"duration": 1, "calendar": "24h"})).unlevelled
    output = engine.deterministic(made)
    assert str(made.instants(made.clock(output.end[:, 0]))[0]) == "2027-03-02T00:00:00.000000"


def test_a_resource_that_nobody_has_to_wait_for_still_keeps_its_calendar():
    crane = {"week": "mon-fri 06:00-20:00", "holidays": ["2027-03-01..2027-03-31"]}
    plan = document(crane, lift={"duration": 1})
    plan["resources"]["crane"]["capacity"] = 9
    assert shown(plan)["lift"] == ("2027-04-01T08:00", "2027-04-01T17:00")


def test_elapsed_durations_run_on_whatever_the_crane_does():
    found = shown(document({"week": "mon-fri 06:00-14:00"}, cure={"duration": "2ed"}))
    assert found["cure"] == ("2027-03-01T00:00", "2027-03-03T00:00")


def test_units_are_held_over_the_night_between_two_shifts():
    plan = document(OFFICE, lift={"duration": 2}, night={"duration": "4h", "calendar": "late"})
    plan["calendars"]["late"] = {"week": "mon-fri 18:00-22:00"}
    plan["resources"]["crane"].pop("calendar")
    plan["tasks"]["after"] = {"duration": 9, "after": ["lift"]}
    found = shown(plan)
    assert found["lift"] == ("2027-03-01T08:00", "2027-03-02T17:00")
    assert found["night"] == ("2027-03-02T18:00", "2027-03-02T22:00")


def test_calendars_that_never_work_together_are_refused():
    with pytest.raises(ScenarioError) as caught:
        compiled(document({"week": "mon-fri 18:00-22:00"}, lift={"duration": 1}))
    assert [issue.code for issue in caught.value.issues] == ["RE412"]


def test_a_task_that_needs_more_than_there_is_is_refused():
    plan = document(OFFICE, lift={"duration": 1})
    plan["tasks"]["lift"]["resources"] = {"crane": 2}
    with pytest.raises(ScenarioError) as caught:
        compiled(plan)
    assert [issue.code for issue in caught.value.issues] == ["RE410"]


def calendar(day, exceptions=None, hours=8.0):
    return Calendar(id="c", week=(day,) * 7, exceptions=exceptions or {}, hours_per_day=hours)


def test_overlap_is_the_intersection_of_shifts_and_of_exceptions():
    assert in_both(((480, 720), (780, 1020)), ((600, 900),)) == ((600, 720), (780, 900))
    day = np.datetime64("2027-03-02").astype(object)
    found = overlap(calendar(((480, 1020),)), (calendar(((600, 1200),), {day: ()}),))
    assert found.week[0] == ((600, 1020),) and found.exceptions == {day: ()} and found.hours_per_day == 8.0


def test_overlap_with_a_calendar_that_always_works_has_the_content_of_the_first():
    day = np.datetime64("2027-03-02").astype(object)
    first = calendar(((480, 1020),), {day: ()})
    found = overlap(first, (calendar(((0, 1440),), hours=24.0),))
    assert (found.week, found.exceptions) == (first.week, first.exceptions)


def test_a_resource_on_the_calendar_of_its_tasks_keeps_the_plan_on_one_calendar():
    assert compiled(document(OFFICE, a={"duration": 1}, b={"duration": 1})).clocks is None


@pytest.mark.parametrize("seed", range(6))
def test_a_simulation_without_ranges_is_the_deterministic_plan_on_several_calendars(seed):
    plan = drawn(seed, calendars=True, risks=False)
    for task in plan["tasks"].values():
        if isinstance(task["duration"], list):
            task["duration"] = task["duration"][1]
    made = compiled(plan)
    exact, output = engine.deterministic(made), simulated(made)
    for name in ("start", "end", "duration", "finish"):
        assert (getattr(output, name) == getattr(exact, name)[:, :1]).all()
