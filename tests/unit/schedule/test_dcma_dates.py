"""The points of the DCMA assessment that need dates, and the whole examination."""

from datetime import datetime

import numpy as np
import pytest

from riskengine.errors.catalogue import CATALOGUE
from riskengine.model import Constraint, ScheduleOptions
from riskengine.schedule.health.examine import examine
from tests.support.schedule_network import Network
from tests.support.schedules import chain, changed, day, found, made, numbered, scenario

WEEKS = {"t01": (day(1), day(5, "17:00")), "t02": (day(8), day(12, "17:00")), "t03": (day(15), day(19, "17:00"))}


def point(plan, number, **more):
    """One measure of a chain of three with dates by hand."""
    return numbered(examine(plan, tuple(WEEKS), made(WEEKS, **more)).measures)[number]


def counted(measure):
    return measure.numerator, measure.denominator, measure.result, measure.behind


def test_all_fourteen_points_are_there_in_their_order():
    health = examine(chain(3), tuple(WEEKS), made(WEEKS))
    assert [measure.number for measure in health.measures] == list(range(1, 15))
    assert all(measure.code in CATALOGUE for measure in health.measures)


def test_float_is_high_above_forty_four_days_of_the_calendar():
    assert counted(point(chain(3), 6, total_float=[352, 352, 0])) == (0, 3, "pass", ())
    assert counted(point(chain(3), 6, total_float=[352.1, 0, 0])) == (1, 3, "fail", ("t01",))
    clock = changed(chain(3), "t01", calendar="24h")
    assert point(clock, 6, total_float=[1056, 0, 0]).numerator == 0
    assert point(clock, 6, total_float=[1057, 0, 0]).numerator == 1


def test_negative_float_of_a_minute_counts_and_of_a_finished_task_does_not():
    assert counted(point(chain(3), 7, total_float=[-0.01, 0, 0])) == (0, 3, "pass", ())
    assert counted(point(chain(3), 7, total_float=[0, -0.02, 0])) == (1, 3, "fail", ("t02",))
    done = changed(chain(3), "t02", actual_start=datetime(2027, 2, 1), actual_finish=datetime(2027, 2, 2))
    assert counted(point(done, 7, total_float=[0, -8, 0])) == (0, 2, "pass", ())


def test_a_float_that_is_not_a_number_counts_for_nothing():
    assert point(chain(3), 6, total_float=[np.nan] * 3).numerator == 0
    assert point(chain(3), 7, total_float=[np.nan] * 3).numerator == 0


def test_dates_cannot_be_invalid_without_a_data_date():
    assert point(chain(3), 9).result == "not assessable"


def test_forecasts_before_and_actual_dates_after_the_data_date_are_invalid():
    plan = chain(3).model_copy(update={"is_data_date": True, "start": datetime(2027, 3, 8)})
    assert counted(point(plan, 9)) == (0, 3, "pass", ())  # Friday's shift end is the Monday on which it goes on
    late = changed(plan, "t03", actual_start=datetime(2027, 3, 9), remaining=plan.tasks["t03"].duration)
    assert counted(point(late, 9)) == (1, 3, "fail", ("t03",))
    rows = {**WEEKS, "t01": (day(1), day(5, "16:00"))}
    early = numbered(examine(plan, tuple(rows), made(rows)).measures)[9]
    assert counted(early) == (1, 3, "fail", ("t01",))


def test_invalid_dates_are_found_once():
    plan = chain(3).model_copy(update={"is_data_date": True})
    late = changed(plan, "t03", actual_start=datetime(2027, 3, 9), remaining=plan.tasks["t03"].duration)
    findings = examine(late, tuple(WEEKS), made(WEEKS)).findings
    assert [finding.code for finding in findings].count("RE559") == 1


def test_the_length_index_asks_for_a_date():
    assert point(chain(3), 13).result == "not assessable"
    asked = chain(3).model_copy(update={"schedule": ScheduleOptions(must_finish=datetime(2027, 3, 19, 17))})
    assert counted(point(asked, 13)) == (15, 15, "pass", ("t03",))


@pytest.mark.parametrize(("hours", "value", "result"), [(-6, 0.95, "pass"), (-6.1, 0.949, "fail"), (24, 1.2, "pass")])
def test_the_length_index_is_length_and_float_over_length(hours, value, result):
    hard = (Constraint(type="FNLT", date=datetime(2027, 3, 19)),)
    measure = point(changed(chain(3), "t03", constraints=hard), 13, total_float=[0, 0, hours])
    assert measure.value == pytest.approx(value, abs=1e-3)
    assert measure.result == result


def test_a_schedule_that_is_done_has_no_length_index():
    plan = chain(3)
    for name in WEEKS:
        plan = changed(plan, name, actual_start=datetime(2027, 2, 1), actual_finish=datetime(2027, 2, 2))
    health = examine(plan, tuple(WEEKS), made(WEEKS))
    assert numbered(health.measures)[13].result == "not assessable"
    assert numbered(health.measures)[6].denominator == 0


def test_the_critical_path_test_needs_the_shock_test():
    assert point(chain(3), 12).result == "not assessable"


def examined(tasks, fixed=None):
    network = Network(scenario(tasks, calendar="24h"), fixed)
    return examine(network.plan, network.order, network.dates(), network.forward)


def test_a_critical_path_that_holds_passes():
    health = examined({"a": {"duration": 10}, "b": {"duration": 5, "after": ["a"]}})
    assert counted(numbered(health.measures)[12]) == (2, 2, "pass", ())
    assert found(health.findings) == {}


def test_a_held_finish_fails_the_critical_path_test_and_does_not_respond():
    tasks = {"a": {"duration": 10}, "b": {"duration": 5, "after": ["a"]}, "end": {"milestone": True, "after": ["b"]}}
    health = examined(tasks, fixed={"end": 360.0})
    assert counted(numbered(health.measures)[12]) == (0, 2, "fail", ("a", "b"))
    behind = found(health.findings)
    assert (behind["RE562"], behind["RE576"]) == (("a", "b"), ("a", "b"))


def test_a_task_that_the_finish_does_not_hear_of_is_a_finding():
    health = examined({"a": {"duration": 5}, "b": {"duration": 50, "after": ["a SS"]}})
    assert found(health.findings)["RE576"] == ("a",)
    assert health.shock.ends == ("b",)


def test_a_level_of_effort_that_outlasts_the_work_is_on_the_longest_path():
    plan = changed(chain(3), "t03", type="level of effort")
    assert ("t03",) in [f.behind for f in examine(plan, tuple(WEEKS), made(WEEKS)).findings if f.code == "RE569"]
    rows = {**WEEKS, "t03": WEEKS["t02"]}
    assert ("t03",) not in [f.behind for f in examine(plan, tuple(rows), made(rows)).findings if f.code == "RE569"]


def test_findings_of_points_that_fail_name_what_is_behind_them():
    findings = examine(chain(3), tuple(WEEKS), made(WEEKS, total_float=[500, -9, 0])).findings
    assert found(findings) == {"RE556": ("t01",), "RE557": ("t02",)}
    assert [finding.level for finding in findings] == ["note", "warning"]
