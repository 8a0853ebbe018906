"""The engine against its twin on projects under way: exactly, in ticks, iteration by iteration."""

from datetime import datetime

import pytest

from riskengine.engine.dates.display_dates import early_dates
from riskengine.model import Constraint, ScheduleOptions
from tests.twin.simulator import agreement, agreement_under_way, build
from tests.twin.simulator.simulator_under_way import SimulatorUnderWay
from tests.twin.simulator.sweep import disagreements


@pytest.mark.parametrize("first", range(0, 120, 60))
def test_engine_and_twin_agree_on_projects_under_way(first, tmp_path):
    assert disagreements("under way", range(first, first + 60), tmp_path, iterations=8) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 2000, 250))
def test_engine_and_twin_agree_on_thousands_of_projects_under_way(first, tmp_path):
    assert disagreements("under way", range(first, first + 250), tmp_path, iterations=12) == []


NOON = datetime(2027, 3, 3, 12)
BEGUN = {"actual_start": datetime(2027, 2, 22, 8)}
CAPPED = ScheduleOptions(honour_constraints=True)
HARD = {
    # what is over hands on, to the minute, what it should have waited for: Tuesday 17:00 and half a day on the clock
    "an FF from what is over": (
        build.scenario(
            build.task("A", "2d"),
            build.task("B", "1d", "A FS+12eh", **BEGUN, actual_finish=datetime(2027, 2, 26, 17)),
            build.task("C", "1d", "B FF"),
            is_data_date=True,
        ),
        "Wed 05:00",
    ),
    # the finish on Saturday 14:00 that logic asks for is far before the date that holds the task
    "an FF before a late date that is honoured": (
        build.scenario(
            build.task("A", "6d", calendar="six"),
            build.task("C", "1d", "A FF", constraints=(Constraint(type="FNLT", date=datetime(2027, 3, 26, 17)),)),
            schedule=CAPPED,
        ),
        "Sat 14:00",
    ),
    # the start held at Wednesday noon beats the FF of Saturday, and the finish is where the work is done
    "an FF behind a late date that is honoured": (
        build.scenario(
            build.task("A", "6d", calendar="six"),
            build.task("C", "1d", "A FF", constraints=(Constraint(type="SNLT", date=NOON),)),
            schedule=CAPPED,
        ),
        "Thu 12:00",
    ),
    # the lag from an actual start is known, and over on Saturday 20:00
    "an SF that counts from an actual start": (
        build.scenario(
            build.task("A", "6d", **BEGUN, remaining=build.time("4d")),
            build.task("C", "1d", "A SF+12.5ed"),
            build.task("Z", "1d", calendar="six"),
            schedule=ScheduleOptions(start_lag="actual start"),
            is_data_date=True,
        ),
        "Sat 20:00",
    ),
    # what a date wants done before any work can be is done where the first can be, also for another calendar
    "a mandatory finish before any work": (
        build.scenario(
            build.task("C", "2d", constraints=(Constraint(type="MFO", date=datetime(2027, 3, 1, 8)),)),
            build.task("D", "1d", "C", calendar="six"),
            is_data_date=True,
        ),
        "Mon 08:00",
    ),
    # two days that have to be done by Monday noon begin at the start, and so does what begins with them
    "a start that waits for work begun at the start": (
        build.scenario(
            build.task("A", "2d", constraints=(Constraint(type="MFO", date=datetime(2027, 3, 1, 12)),)),
            build.task("B", "1d", "A SS+6h"),
            build.task("C", "1d", "A SS+6eh", calendar="six"),
            start=datetime(2027, 3, 1, 10),
            is_data_date=True,
        ),
        "Tue 14:00",
    ),
    "a late date before the start that is honoured": (
        build.scenario(
            build.task("A", "2d", constraints=(Constraint(type="FNLT", date=datetime(2027, 2, 26, 17)),)),
            build.task("C", "1d", "A"),
            build.task("D", "1h", calendar="six"),
            start=datetime(2027, 3, 1, 10),
            schedule=CAPPED,
        ),
        "Tue 10:00",
    ),
    "a milestone on a mandatory start at a shift's end": (
        build.scenario(
            build.task("A", "1d", calendar="six"),
            build.task("C", 0, "A", constraints=(Constraint(type="MSO", date=NOON),)),
            is_data_date=True,
        ),
        "Wed 12:00",
    ),
}


@pytest.mark.parametrize("case", HARD)
def test_engine_and_twin_agree_on_a_hard_case_under_way(case):
    scenario, finish = HARD[case]
    made = agreement.run(scenario, 1, "random", 2)
    assert list(agreement_under_way.differences(scenario, made)) == []
    assert made.plan.clocks is not None
    twin = SimulatorUnderWay(scenario, made.plan.time.tick)
    assert f"{twin.moment(twin.plan().finish['C']):%a %H:%M}" == finish


@pytest.mark.parametrize("date", [datetime(2027, 2, 26, 17), datetime(2027, 3, 1, 12)])
@pytest.mark.parametrize("constraint", ["MFO", "MSO", "FNLT", "SNLT"])
def test_on_one_calendar_no_date_takes_anything_before_the_start(constraint, date):
    scenario = build.scenario(
        build.task("A", "2d", constraints=(Constraint(type=constraint, date=date),)),
        build.task("B", "1d", "A"),
        build.task("C", "1d", "A SS+6h"),
        build.task("D", "1d", "A FF"),
        start=datetime(2027, 3, 1, 10),
        schedule=CAPPED,
    )
    made = agreement.run(scenario, 1, "random", 1)
    assert made.plan.clocks is None
    assert list(agreement_under_way.differences(scenario, made)) == []
    starts, _ = early_dates(made.plan, made.exact, 1)
    assert starts.min() >= made.plan.time.start
