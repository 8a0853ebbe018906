"""The reference against dates and sums worked out by hand. 1 March 2027 is a Monday."""

from datetime import date, datetime

import pytest

from riskengine.model import Beta, CostLine, Discrete, Exponential, Lognormal, Normal, Pert, Resource, Trigen, Uniform
from tests.twin.draws.values import plan_value
from tests.twin.simulator.build import impact, risk, scenario, task
from tests.twin.simulator.shown import happened, planned
from tests.twin.simulator.simulator import Simulator

DAY = 8 * 3600


# Working time --------------------------------------------------------------------------------------------------------


def test_finish_stays_at_the_shift_end_and_the_successor_starts_after_the_weekend():
    plan = planned(task("A", "5d"), task("B", "1d", "A"))
    assert (plan.start["A"], plan.finish["A"]) == ("01 08:00", "05 17:00")
    assert (plan.start["B"], plan.finish["B"]) == ("08 08:00", "08 17:00")
    assert plan.days == 6.0


def test_finish_stays_at_noon_and_the_successor_starts_after_lunch():
    plan = planned(task("A", "4h"), task("B", "1h", "A"))
    assert (plan.finish["A"], plan.start["B"], plan.finish["B"]) == ("01 12:00", "01 13:00", "01 14:00")


def test_work_begins_at_the_first_working_instant_after_the_start():
    assert planned(task("A", "1d"), start=datetime(2027, 3, 6)).start["A"] == "08 08:00"
    assert planned(task("A", "1d"), start=datetime(2027, 3, 1, 15)).finish["A"] == "02 15:00"


def test_holiday_and_working_saturday_replace_the_week():
    exceptions = {"office": {date(2027, 3, 3): (), date(2027, 3, 6): ((540, 720),)}}
    plan = planned(task("A", "4d"), task("B", "4h", "A"), calendar_exceptions=exceptions)
    assert plan.finish["A"] == "05 17:00"
    assert (plan.start["B"], plan.finish["B"]) == ("06 09:00", "08 09:00")


def test_night_shift_runs_over_midnight_without_a_break():
    plan = planned(task("A", "3h", calendar="night"), task("B", "1d", "A", calendar="night"))
    assert (plan.start["A"], plan.finish["A"]) == ("01 22:00", "02 01:00")
    assert (plan.start["B"], plan.finish["B"]) == ("02 01:00", "03 01:00")


def test_midnight_inside_a_night_shift_is_no_break_for_a_milestone():
    plan = planned(task("A", "2h", calendar="night"), task("M", 0, "A", calendar="night"))
    assert plan.finish["A"] == plan.start["M"] == "02 00:00"


def test_units_of_time():
    plan = planned(
        task("H", "12h"), task("D", "1.5d"), task("W", "1w"), task("M", "0.75mo"), task("N", "1d", calendar="24h")
    )
    assert plan.finish["H"] == plan.finish["D"] == "02 12:00"
    assert plan.finish["W"] == "05 17:00"
    assert plan.finish["M"] == "23 10:00"  # 0.75 x 52/12 x 40 h = 130 h: 16 days and 2 hours
    assert plan.finish["N"] == "02 00:00"


def test_an_elapsed_duration_is_worked_round_the_clock():
    plan = planned(task("A", "5d"), task("B", "1ed", "A", rate=10), task("C", "1h", "B", "A+1d"))
    assert (plan.start["B"], plan.finish["B"], plan.start["C"]) == ("05 17:00", "06 17:00", "09 08:00")
    assert plan.outcome.cost == 10


def test_a_plan_in_minutes_rounds_times_to_the_nearest():
    simulator = Simulator(scenario(task("A", "0.01d")), tick=60)  # 4.8 minutes
    assert simulator.plan().work["A"] == 5


# Relationships -------------------------------------------------------------------------------------------------------


def test_lag_counts_working_days():
    assert planned(task("A", "5d"), task("B", "1d", "A+3d")).start["B"] == "11 08:00"


def test_lead_over_a_weekend_counts_working_days():
    plan = planned(task("A", "6d"), task("B", "1d", "A FS-2d"))
    assert (plan.finish["A"], plan.start["B"], plan.finish["B"]) == ("08 17:00", "05 08:00", "05 17:00")


def test_ss_and_its_lag():
    plan = planned(task("X", "1d"), task("A", "5d", "X"), task("B", "1d", "A SS+2d"), task("C", "1d", "A SS"))
    assert (plan.start["A"], plan.start["B"], plan.start["C"]) == ("02 08:00", "04 08:00", "02 08:00")


def test_lead_on_ss_never_starts_before_the_start():
    assert planned(task("A", "5d"), task("B", "1d", "A SS-3d")).start["B"] == "01 08:00"


def test_ff_pulls_the_start_so_that_the_finish_fits():
    plan = planned(task("A", "5d"), task("B", "2d", "A FF"), task("C", "2d", "A FF+1d"))
    assert (plan.start["B"], plan.finish["B"]) == ("04 08:00", "05 17:00")
    assert (plan.start["C"], plan.finish["C"]) == ("05 08:00", "08 17:00")


def test_ff_of_a_long_task_leaves_it_at_the_start():
    plan = planned(task("A", "2d"), task("B", "4d", "A FF"))
    assert (plan.start["B"], plan.finish["B"]) == ("01 08:00", "04 17:00")


def test_ff_on_another_calendar_keeps_the_driving_instant_as_finish():
    # Friday 17:00 of the office is after the shift of the six-day calendar, which ended at 14:00.
    plan = planned(task("A", "5d"), task("B", "2d", "A FF", calendar="six"))
    assert (plan.start["B"], plan.finish["B"]) == ("04 06:00", "05 17:00")


def test_sf_binds_the_finish_to_the_start_of_the_predecessor():
    plan = planned(task("X", "4d"), task("A", "1d", "X"), task("B", "2d", "A SF"), task("C", "2d", "A SF+1d"))
    assert plan.start["A"] == "05 08:00"
    assert (plan.start["B"], plan.finish["B"]) == ("03 08:00", "05 08:00")
    assert (plan.start["C"], plan.finish["C"]) == ("04 08:00", "05 17:00")


def test_several_relationships_of_a_pair_all_hold():
    plan = planned(task("A", "5d"), task("B", "2d", "A SS+1d", "A FF+2d"))
    assert (plan.start["B"], plan.finish["B"]) == ("08 08:00", "09 17:00")
    plan = planned(task("A", "5d"), task("B", "8d", "A SS+1d", "A FF+2d"))
    assert (plan.start["B"], plan.finish["B"]) == ("02 08:00", "11 17:00")


def test_a_lag_ends_at_a_shift_end_and_a_lead_at_a_working_instant():
    # All are five office days after Monday 8:00, one working instant; the six-day calendar works on Saturday.
    plan = planned(
        task("A", "1d"),
        task("B", "1d", "A FS+4d", calendar="six"),
        task("C", "1d", "A SS+5d", calendar="six"),
        task("D", "7d", "A SS"),
        task("E", "1d", "D FS-2d", calendar="six"),
    )
    assert (plan.start["B"], plan.start["C"], plan.start["E"]) == ("06 06:00", "06 06:00", "08 08:00")


@pytest.mark.parametrize(
    ("lag_calendar", "start"),
    [
        ("predecessor", "09 06:00"),  # office: Friday 17:00 + 1 day = Monday 17:00
        ("successor", "08 06:00"),  # six: Friday 17:00 + 1 day = Saturday 14:00
        ("project", "06 06:00"),  # night: Friday 17:00 + 8 h = Saturday 06:00
        ("24h", "06 17:00"),
    ],
)
def test_lag_runs_on_the_lag_calendar(lag_calendar, start):
    b = task("B", "1d", "A+1d", calendar="six" if lag_calendar != "24h" else "24h")
    assert planned(task("A", "5d"), b, lag_calendar=lag_calendar, project_calendar="night").start["B"] == start


def test_a_day_of_lag_on_the_24h_calendar_is_24_hours_over_the_weekend():
    plan = planned(task("A", "5d"), task("B", "1d", "A+2d"), task("C", "1d", "A+3d"), lag_calendar="24h")
    assert (plan.start["B"], plan.start["C"]) == ("08 08:00", "09 08:00")


def test_elapsed_lag_runs_on_the_clock_whatever_the_lag_calendar():
    plan = planned(task("A", "5d"), task("B", "1d", "A+1ed", calendar="six"), task("C", "1d", "A FS-28eh"))
    assert plan.start["B"] == "08 06:00"
    assert plan.start["C"] == "04 13:00"


def test_uncertain_lags_of_a_pair_are_drawn_apart():
    b = task("B", "1d", "A SS+1..2d", "A FF+0..1d", "A SS+2..4d")
    draws = {
        "relationship/A/B/SS/lag": DAY,
        "relationship/A/B/SS/lag#2": 3 * DAY,
        "relationship/A/B/FF/lag": 0,
    }
    assert happened(draws, task("A", "1d"), b).start["B"] == "04 08:00"


def test_a_lead_behind_the_start_asks_for_nothing():
    plan = planned(task("A", "2d"), task("B", "3d", "A FS-5d"), task("C", "3d", "A FS-2d"))
    assert plan.start["B"] == plan.start["C"] == "01 08:00"
    assert plan.outcome.critical["project"] == {"A", "B", "C"}
    # 42 hours before Tuesday 17:00 it is Sunday: in the office the same working instant as the start.
    for lead in ("A FS-5d", "A FS-42eh"):
        assert planned(task("A", "2d"), task("B", "3d", lead)).outcome.critical["project"] == {"B"}


def test_a_lead_back_to_the_start_is_at_the_start_on_every_calendar():
    # One office day back from Monday 17:00 is the first working instant, and no shift's end before it.
    plan = planned(task("A", "1d"), task("B", "1d", "A FS-1d", calendar="24h"))
    assert plan.start["B"] == "01 08:00"


# Milestones ----------------------------------------------------------------------------------------------------------


def test_milestone_on_saturday_under_an_office_calendar_moves_to_monday():
    plan = planned(
        task("A", "6d", calendar="six"), task("M", 0, "A"), task("N", 0, "A", calendar="six"), task("B", "1h", "M")
    )
    assert plan.finish["A"] == "06 14:00"
    assert (plan.start["M"], plan.finish["M"]) == ("08 08:00", "08 08:00")
    assert plan.start["N"] == "06 14:00"
    assert plan.start["B"] == "08 08:00"


def test_milestone_stays_at_the_shift_end_of_its_predecessor():
    plan = planned(task("A", "5d"), task("M", 0, "A"), task("B", "1d", "M", calendar="six"))
    assert plan.start["M"] == plan.finish["M"] == "05 17:00"
    assert plan.start["B"] == "06 06:00"


def test_milestone_takes_the_latest_of_instants_that_are_one_working_instant():
    plan = planned(task("A", "5d"), task("B", "6d", calendar="six"), task("M", 0, "A", "B"), task("N", 0, "A", "B FF"))
    assert plan.start["M"] == plan.start["N"] == "08 08:00"


def test_milestone_without_predecessors_is_at_the_first_working_instant():
    assert planned(task("M", 0)).start["M"] == "01 08:00"
    assert planned(task("M", 0, calendar="24h")).start["M"] == "01 00:00"


def test_milestone_at_a_start_where_a_shift_ends_waits_for_the_next():
    assert planned(task("M", 0), start=datetime(2027, 3, 1, 12)).start["M"] == "01 13:00"
    assert planned(task("M", 0, calendar="night"), start=datetime(2027, 3, 6, 6)).start["M"] == "08 22:00"


def test_a_task_that_draws_zero_is_placed_like_a_milestone():
    draws = {"task/B/duration": 0}
    assert happened(draws, task("A", "5d"), task("B", "0..1d", "A")).start["B"] == "05 17:00"


def test_milestone_stays_at_a_shift_end_at_midnight():
    exceptions = {"office": {date(2027, 3, 1): ((480, 1440),)}}
    assert planned(task("A", "16h"), task("M", 0, "A"), calendar_exceptions=exceptions).start["M"] == "02 00:00"


# Criticality ---------------------------------------------------------------------------------------------------------


def test_ties_count_for_all_paths():
    plan = planned(task("A", "2d"), task("B", "2d"), task("C", "1d"), task("D", "1d", "A", "B", "C"))
    assert plan.outcome.critical["project"] == {"A", "B", "D"}


def test_criticality_is_to_each_target():
    tasks = (task("A", "2d"), task("B", "3d"), task("M", 0, "A"), task("C", "4d", "B"))
    critical = planned(*tasks, targets=("M",)).outcome.critical
    assert critical == {"project": {"B", "C"}, "M": {"A", "M"}}


def test_longest_path_runs_through_starts_and_leads():
    plan = planned(task("A", "3d"), task("B", "9d", "A"), task("C", "20d", "B SS+1d"), task("D", "1d", "C FS-1d"))
    assert plan.outcome.critical["project"] == {"A", "B", "C", "D"}


def test_driver_on_another_calendar_is_found_in_the_working_time_of_the_successor():
    # Friday 17:00 and Saturday 14:00 are one working instant of the office: both drive the milestone of Monday.
    plan = planned(task("A", "5d"), task("B", "6d", calendar="six"), task("C", "1d", "A", "B"))
    assert plan.outcome.critical["project"] == {"A", "B", "C"}


def test_finishes_on_different_calendars_tie_at_one_instant_only():
    plan = planned(task("A", "5d"), task("B", "6d", calendar="six"))
    assert plan.outcome.critical["project"] == {"B"}
    plan = planned(task("A", "5d"), task("B", "113h", calendar="24h"))
    assert plan.outcome.critical["project"] == {"A", "B"}


# Money ---------------------------------------------------------------------------------------------------------------


def test_cost_is_fixed_plus_rates_over_working_days_plus_risks():
    risks = (risk("R", 1, {"A": impact(delay="1d", cost=1000), "B": impact(delay="1ed")}),)
    result = happened(
        {"task/A/fixed": 5000.0, "task/B/rate": 700.0},
        task("A", "2d", fixed=Uniform(low=4000, high=6000), rate=100, resources={"welder": 2}),
        task("B", "12h", "A", rate=Uniform(low=500, high=900), calendar="24h"),
        risks=risks,
        resources=(Resource(id="welder", rate=300),),
    )
    assert result.outcome.task_cost == {"A": 5000 + 3 * (100 + 600) + 1000, "B": 350.0}
    assert result.outcome.cost == 8100 + 350


def test_overhead_runs_over_the_working_days_of_the_project():
    costs = (CostLine(id="site", fixed=Uniform(low=0, high=9)), CostLine(id="staff", rate=Uniform(low=1, high=2)))
    draws = {"cost/site/fixed": 3.0, "cost/staff/rate": 1.5}
    result = happened(draws, task("A", "5d"), task("B", "4h", "A+2d"), costs=costs)
    assert result.outcome.cost == 3 + 1.5 * 7.5


# The plan ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("estimate", "value"),
    [
        (Uniform(low=2, high=6), 4),
        (Pert(low=1, most_likely=2, high=9), 2),
        (Trigen(low=8, most_likely=10, high=15), 10),
        (Normal(mean=5, sd=1), 5),
        (Normal(p10=4, p90=8), 6),
        (Normal(mean=5, sd=3, min=6), 6),
        (Lognormal(mean=2.0, sd=2.0), 2**-0.5),  # sigma^2 = ln 2, mu = ln 2 - ln 2 / 2: exp(mu - sigma^2) = 1 / sqrt 2
        (Exponential(mean=3), 3),
        (Exponential(mean=3, max=2), 2),
        (Beta(low=0, high=10, alpha=2, beta=5), 2),
        (Beta(low=0, high=10, alpha=0.5, beta=1.5), 2.5),
        (Discrete(values=(3, 7, 9), weights=(1, 4, 4)), 7),
    ],
)
def test_plan_value_of_each_shape(estimate, value):
    assert plan_value(estimate) == pytest.approx(value, rel=1e-14)


def test_no_risk_acts_in_the_plan():
    risks = (risk("R", 1, {"*": impact(delay="1d", cost=5), "project": impact(delay="3d")}),)
    plan = planned(task("A", "2..6d"), task("B", "1d", "A FS+0..2d"), risks=risks)
    assert (plan.finish["A"], plan.finish["B"], plan.outcome.cost) == ("04 17:00", "08 17:00", 0)


def test_a_tick_of_a_minute_gives_the_same_dates():
    tasks = (task("A", "12.5h"), task("B", "3d", "A SS+2h", calendar="six"))
    fine, coarse = Simulator(scenario(*tasks)), Simulator(scenario(*tasks), tick=60)
    for id in "AB":
        assert fine.moment(fine.plan().finish[id]) == coarse.moment(coarse.plan().finish[id])
