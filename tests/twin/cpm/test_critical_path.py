"""The reference CPM and the product's dates against schedules worked out by hand, rule by rule.

All tasks are on the office calendar, 8-12 and 13-17 from monday to friday, unless said; 2027-03-01 is a monday.
"""

from collections.abc import Callable
from datetime import datetime

import pytest

from riskengine.model import Constraint, Scenario, ScheduleOptions
from riskengine.plan import compile
from riskengine.schedule.dates.compute import dates
from tests.twin.cpm.critical_path import moment, schedule
from tests.twin.cpm.scenario import network
from tests.twin.simulator.build import scenario, task, time

Span = tuple[str, str]
Early = Callable[[Scenario, str], Span]
Late = Callable[[Scenario, str], Span]

MONDAY = datetime(2027, 3, 1)
NOW = datetime(2027, 3, 8)
"""The data date of most of these schedules, a monday, 00:00."""


def at(day: int, hour: int = 0) -> datetime:
    """An instant of march 2027."""
    return datetime(2027, 3, day, hour)


def shown(one: object, other: object) -> Span:
    """Two instants as `day hour`."""
    return tuple(datetime.fromisoformat(str(t)[:19]).strftime("%m-%d %H:%M") for t in (one, other))


def by_reference(plan: Scenario, id: str, late: bool = False) -> Span:
    found = schedule(network(plan))
    if late:
        return shown(moment(found.late_start[id]), moment(found.late_finish[id]))
    return shown(moment(found.early_start[id]), moment(found.early_finish[id]))


def by_product(plan: Scenario, id: str, late: bool = False) -> Span:
    compiled = compile(plan)
    found, row = dates(compiled), compiled.task.index(id)
    if late:
        return shown(found.late_start[row], found.late_finish[row])
    return shown(found.early_start[row], found.early_finish[row])


@pytest.fixture(params=[by_reference, by_product], ids=["reference", "product"])
def by(request: pytest.FixtureRequest) -> Callable[..., Span]:
    return request.param


def under_way(*tasks, **options):
    """A plan with a data date."""
    return scenario(*tasks, start=NOW, is_data_date=True, schedule=ScheduleOptions(**options))


def done(id: str, started: datetime, finished: datetime, *after: str, **more: object):
    return task(id, 1, *after, actual_start=started, actual_finish=finished, **more)


def begun(id: str, started: datetime, left: str, *after: str, **more: object):
    return task(id, 10, *after, actual_start=started, remaining=time(left), **more)


def bound(type: str, day: int, hour: int = 0) -> tuple[Constraint, ...]:
    return (Constraint(type=type, date=at(day, hour)),)


# Early dates -------------------------------------------------------------------------------------------------------


def test_what_is_left_begins_at_the_data_date(by):
    plan = under_way(begun("A", at(1, 8), "2d"), task("B", 1, "A"))
    assert by(plan, "A") == ("03-08 08:00", "03-09 17:00")
    assert by(plan, "B") == ("03-10 08:00", "03-10 17:00")


def test_what_is_left_waits_until_it_is_resumed(by):
    assert by(under_way(begun("A", at(1, 8), "2d", resume=at(10, 13))), "A") == ("03-10 13:00", "03-12 12:00")


def test_finished_work_passes_the_data_date_on(by):
    plan = under_way(done("A", at(1, 8), at(2, 17)), task("B", 1, "A"))
    assert by(plan, "B") == ("03-08 08:00", "03-08 17:00")


def test_a_lag_from_a_finish_that_has_happened_has_been_running_since(by):
    plan = under_way(done("A", at(3, 8), at(4, 17)), task("B", 1, "A FS+3d"))
    assert by(plan, "B") == ("03-10 08:00", "03-10 17:00")  # one day of it was over: the friday


def test_a_lag_from_a_start_that_has_happened_has_been_running_since(by):
    plan = under_way(begun("A", at(4, 8), "10d"), task("B", 1, "A SS+3d"))
    assert by(plan, "B") == ("03-09 08:00", "03-09 17:00")


def test_a_lead_on_a_finish_that_has_happened_is_over(by):
    plan = under_way(done("A", at(3, 8), at(4, 17)), task("B", 1, "A FS-3d"))
    assert by(plan, "B") == ("03-08 08:00", "03-08 17:00")


def test_work_begun_out_of_sequence_waits_under_retained_logic(by):
    plan = under_way(task("A", 3), begun("B", at(1, 8), "2d", "A"))
    assert by(plan, "B") == ("03-11 08:00", "03-12 17:00")


@pytest.mark.parametrize("option", ["progress override", "actual dates"])
def test_work_begun_out_of_sequence_goes_on_where_progress_overrides_logic(by, option):
    plan = under_way(task("A", 3), begun("B", at(1, 8), "2d", "A"), out_of_sequence=option)
    assert by(plan, "B") == ("03-08 08:00", "03-09 17:00")


def test_work_done_out_of_sequence_passes_on_what_it_should_have_waited_for(by):
    plan = under_way(task("A", 3), done("B", at(1, 8), at(2, 17), "A"), task("C", 1, "B"))
    assert by(plan, "C") == ("03-11 08:00", "03-11 17:00")


def test_a_start_to_start_from_work_that_has_not_begun_binds_a_started_successor(by):
    plan = under_way(task("X", 2), task("A", 3, "X"), begun("B", at(1, 8), "1d", "A SS+1d"))
    assert by(plan, "B") == ("03-11 08:00", "03-11 17:00")


def test_a_finish_to_finish_keeps_the_driving_instant_as_finish(by):
    plan = scenario(task("A", "20h", calendar="24h"), task("B", 1, "A FF"))
    assert by(plan, "A") == ("03-01 00:00", "03-01 20:00")
    assert by(plan, "B") == ("03-01 08:00", "03-01 20:00")


def test_a_positive_lag_ends_with_a_shift_whatever_it_begins_with(by):
    plan = scenario(task("A", 2), task("B", "4h", "A SS+1d", calendar="24h"))
    assert by(plan, "B") == ("03-01 17:00", "03-01 21:00")


def test_earliest_dates_bind_what_has_not_begun(by):
    assert by(under_way(task("A", 2, constraints=bound("SNET", 10, 13))), "A") == ("03-10 13:00", "03-12 12:00")
    assert by(under_way(task("A", 2, constraints=bound("FNET", 12, 12))), "A") == ("03-10 13:00", "03-12 12:00")
    assert by(under_way(begun("A", at(1, 8), "2d", constraints=bound("SNET", 10))), "A") == (
        "03-08 08:00",
        "03-09 17:00",
    )


def test_mandatory_dates_hold_whatever_logic_says(by):
    start = under_way(task("A", 5), task("B", 1, "A", constraints=bound("MSO", 10)))
    assert by(start, "B") == ("03-10 08:00", "03-10 17:00")
    finish = under_way(task("A", 5), task("B", 1, "A", constraints=bound("MFO", 10, 12)))
    assert by(finish, "B") == ("03-09 13:00", "03-10 12:00")


def test_a_date_to_start_on_gives_way_to_logic(by):
    assert by(under_way(task("A", 5), task("B", 1, "A", constraints=bound("SO", 10))), "B")[0] == "03-15 08:00"
    assert by(under_way(task("A", 1), task("B", 1, "A", constraints=bound("SO", 10))), "B")[0] == "03-10 08:00"


def test_milestones_stand_where_their_shift_ends_or_begins(by):
    plan = under_way(
        task("A", 1),
        task("B", 0, "A", type="start milestone"),
        task("C", 0, "A", type="finish milestone"),
        task("D", "2h", "B", calendar="24h"),
        task("E", "2h", "C", calendar="24h"),
    )
    assert by(plan, "B") == ("03-09 08:00", "03-09 08:00")
    assert by(plan, "C") == ("03-08 17:00", "03-08 17:00")
    assert by(plan, "D") == ("03-09 08:00", "03-09 10:00")
    assert by(plan, "E") == ("03-08 17:00", "03-08 19:00")


def test_as_late_as_possible_moves_early_dates_up_to_those_of_the_successors(by):
    plan = under_way(
        task("A", 1, constraints=(Constraint(type="ALAP"),)),
        task("B", 1, "A", constraints=(Constraint(type="ALAP"),)),
        task("X", 5),
        task("C", 1, "B", "X"),
    )
    assert by(plan, "B") == ("03-12 08:00", "03-12 17:00")
    assert by(plan, "A") == ("03-11 08:00", "03-11 17:00")
    assert by(plan, "C") == ("03-15 08:00", "03-15 17:00")


# Late dates --------------------------------------------------------------------------------------------------------


def test_late_dates_come_from_the_earliest_that_a_successor_allows(by):
    plan = under_way(task("A", 1), task("B", 3, "A"), task("C", 1, "A FS+1d"), task("D", 1, "B", "C"))
    assert by(plan, "C", late=True) == ("03-11 08:00", "03-11 17:00")
    assert by(plan, "A", late=True) == ("03-08 08:00", "03-08 17:00")


def test_a_date_that_must_be_met_bounds_all_late_dates(by):
    plan = under_way(task("A", 1), task("B", 2, "A SS"), must_finish=at(9, 12))
    assert by(plan, "B", late=True) == ("03-05 13:00", "03-09 12:00")
    assert by(plan, "A", late=True) == ("03-05 13:00", "03-08 12:00")


def test_latest_dates_and_deadlines_bound_late_dates_only(by):
    for more in ({"constraints": bound("FNLT", 9, 12)}, {"deadline": at(9, 12)}, {"constraints": bound("SNLT", 5, 13)}):
        plan = under_way(task("A", 2, **more), task("Z", 9))
        assert by(plan, "A") == ("03-08 08:00", "03-09 17:00")
        assert by(plan, "A", late=True) == ("03-05 13:00", "03-09 12:00")


def test_finished_work_has_the_late_date_that_its_successors_allow(by):
    plan = under_way(
        done("A", at(1, 8), at(2, 17)), done("B", at(3, 8), at(4, 17), "A"), task("C", 2, "B"), task("Z", 4)
    )
    assert by(plan, "B", late=True) == ("03-10 08:00", "03-10 08:00")
    assert by(plan, "A", late=True) == ("03-10 08:00", "03-10 08:00")


def test_what_is_left_of_work_has_late_dates_too(by):
    plan = under_way(begun("A", at(1, 8), "2d"), task("B", 1, "A"), task("Z", 5))
    assert by(plan, "A", late=True) == ("03-10 08:00", "03-11 17:00")


def test_a_start_to_start_takes_the_lag_that_is_left_off_the_late_start(by):
    plan = under_way(begun("A", at(4, 8), "10d"), task("B", 1, "A SS+3d", constraints=bound("SNLT", 12)))
    assert by(plan, "A", late=True) == ("03-08 08:00", "03-19 17:00")  # the end of the project, not before it


# Without a data date -----------------------------------------------------------------------------------------------


def test_a_started_task_stays_where_it_started_and_goes_on_where_it_resumes(by):
    plan = scenario(
        task("A", 5),
        task("B", 5, "A", actual_start=at(2, 8), remaining=time("2d"), resume=at(4, 8)),
        task("C", 1, "B"),
    )
    assert by(plan, "B")[1] == "03-05 17:00"
    assert by(plan, "C") == ("03-08 08:00", "03-08 17:00")


def test_late_bounds_hold_early_dates_where_constraints_are_honoured(by):
    plan = scenario(
        task("A", 5),
        task("B", 2, "A", constraints=bound("FNLT", 4, 17)),
        schedule=ScheduleOptions(honour_constraints=True),
    )
    assert by(plan, "B") == ("03-03 08:00", "03-04 17:00")
    assert by(plan, "A", late=True) == ("02-24 08:00", "03-02 17:00")
