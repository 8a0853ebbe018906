"""The points of the DCMA assessment that need no dates: what is counted, of how many, against which threshold."""

from datetime import datetime

import pytest

from riskengine.model import Constraint
from riskengine.schedule.health.dcma import without_dates
from riskengine.schedule.health.logic import Logic
from tests.support.schedules import chain, changed, numbered, scenario


def measures(plan):
    return numbered(without_dates(Logic(plan)))


def counted(measure):
    return measure.numerator, measure.denominator, measure.result


def test_a_chain_of_finish_to_start_passes_every_point():
    points = measures(chain(20))
    assert {number: counted(points[number]) for number in (1, 2, 3, 4, 5, 8)} == {
        1: (0, 20, "pass"),
        2: (0, 19, "pass"),
        3: (0, 19, "pass"),
        4: (19, 19, "pass"),
        5: (0, 20, "pass"),
        8: (0, 20, "pass"),
    }


def with_links(kind, count):
    """A chain of 21 tasks, some of whose 20 relationships are of another kind."""
    tasks = {
        f"t{n:02}": {"duration": 5, "after": [f"t{n - 1:02}{kind if n <= count else ''}"] if n else []}
        for n in range(21)
    }
    return scenario(tasks)


@pytest.mark.parametrize(
    ("number", "kind", "most"), [(2, " FS-1d", 0), (3, " FS+1d", 1), (3, " SS+1d", 1), (4, " SS", 2), (4, " SF", 2)]
)
def test_the_threshold_itself_passes_and_one_more_fails(number, kind, most):
    assert measures(with_links(kind, most))[number].result == "pass"
    point = measures(with_links(kind, most + 1))[number]
    assert point.result == "fail"
    assert len(point.behind) == most + 1
    assert point.denominator == 20
    assert point.value == ((20 - most - 1) / 20 if number == 4 else (most + 1) / 20)


def test_five_percent_of_missing_logic_passes_and_more_fails():
    tasks = {f"t{n:02}": {"duration": 5, "after": [f"t{n - 1:02}"] if n else []} for n in range(19)}
    tasks["z"] = {"duration": 1, "after": ["t00"]}
    plan = scenario(tasks, targets=["t18"])
    assert counted(measures(plan)[1]) == (1, 20, "pass")
    plan = scenario({**tasks, "z2": {"duration": 1, "after": ["t00"]}}, targets=["t18"])
    assert counted(measures(plan)[1]) == (2, 21, "fail")


def test_hard_constraints_above_five_percent_fail():
    hard = (Constraint(type="MSO", date=datetime(2027, 3, 8)), Constraint(type="SNET", date=datetime(2027, 3, 8)))
    plan = changed(chain(20), "t05", constraints=hard)
    assert counted(measures(plan)[5]) == (1, 20, "pass")
    assert counted(measures(changed(plan, "t06", constraints=hard))[5]) == (2, 20, "fail")


@pytest.mark.parametrize(("duration", "long"), [(44, 0), (45, 1), ("9w", 1), ("352h", 0), ("353h", 1), ("3mo", 1)])
def test_high_duration_is_counted_in_working_days_of_the_calendar(duration, long):
    point = measures(scenario({"a": {"duration": duration}}))[8]
    assert (point.numerator, point.denominator) == (long, 1)


def test_high_duration_of_a_range_is_judged_by_its_most_likely_and_of_progress_by_what_remains():
    plan = scenario({"a": {"duration": [30, 40, 90]}, "b": {"duration": 90, "after": ["a"]}})
    assert measures(plan)[8].behind == ("b",)
    left = plan.tasks["a"].duration
    started = changed(plan, "b", actual_start=datetime(2027, 2, 1), remaining=left)
    assert measures(started)[8].behind == ()


def test_milestones_finished_tasks_and_spans_have_no_high_duration():
    plan = changed(
        scenario({"a": {"duration": 60}, "m": {"milestone": True}, "s": {"duration": 60}}), "s", type="summary"
    )
    assert counted(measures(plan)[8]) == (1, 1, "fail")
    done = changed(plan, "a", actual_start=datetime(2026, 2, 1), actual_finish=datetime(2026, 9, 1))
    assert counted(measures(done)[8]) == (0, 0, "pass")
    assert measures(done)[8].value is None


def test_relationships_into_finished_tasks_are_history():
    plan = scenario(
        {"a": {"duration": 5}, "b": {"duration": 5, "after": ["a FS-1d"]}, "c": {"duration": 1, "after": ["b"]}}
    )
    assert counted(measures(plan)[2]) == (1, 2, "fail")
    for name in "ab":
        plan = changed(plan, name, actual_start=datetime(2027, 2, 1), actual_finish=datetime(2027, 2, 2))
    assert counted(measures(plan)[2]) == (0, 1, "pass")


def test_tasks_without_resources_and_cost_are_counted_for_information():
    tasks = {
        "a": {"duration": 5, "resources": {"w": 1}},
        "b": {"duration": 5, "cost": {"rate": 100}, "after": ["a"]},
        "c": {"duration": 5, "after": ["b"]},
        "d": {"duration": "7h", "after": ["c"]},
        "e": {"duration": "8h", "after": ["d"]},
    }
    point = measures(scenario(tasks))[10]
    assert (*counted(point), point.behind) == (2, 4, "for information", ("c", "e"))


def test_points_that_need_a_baseline_say_so():
    points = measures(chain(2))
    for number in (11, 14):
        assert points[number].result == "not assessable"
        assert points[number].remark
        assert points[number].value is None
