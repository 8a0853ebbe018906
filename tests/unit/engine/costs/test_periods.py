"""What is spent in each calendar month: the rules of accrual, and that no money is lost between months."""

from dataclasses import replace

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.analysis import tables
from riskengine.engine import Settings
from riskengine.engine.costs import periods as cost_periods
from riskengine.engine.costs import rows as cost_rows
from riskengine.engine.months import month_runs, monthly
from tests.support.plans_of_all_features import RICH
from tests.support.scenario_text import read_text

CLOCK = 'schema = 1\nname = "months"\nstart = 2027-03-01\ncalendar = "24h"\n'
OFFICE = 'schema = 1\nname = "months"\nstart = 2027-03-01\n'
UNDER_WAY = """
schema = 1
name = "under way"
data_date = 2027-05-10
[tasks.over]
duration = 20
actual_start = 2027-03-22
actual_finish = 2027-04-09
cost = { fixed = 1000, rate = 100 }
team = "red"
[tasks.going]
duration = { shape = "uniform", low = 10, high = 30 }
remaining = { shape = "uniform", low = 10, high = 30 }
actual_start = 2027-04-19
after = ["over"]
cost = { fixed = 500, rate = 200 }
team = "red"
[tasks.paid]
duration = { shape = "uniform", low = 5, high = 40 }
remaining = { shape = "uniform", low = 5, high = 30 }
actual_start = 2027-04-26
cost = { fixed = { shape = "uniform", low = 0, high = 400 }, rate = 50, actual = 7000 }
team = "blue"
[tasks.next]
duration = { shape = "uniform", low = 3, high = 9 }
after = ["going"]
cost.fixed = 900
team = "blue"
"""


def sample_of(text, iterations=300, head="", **settings):
    """A run of a scenario."""
    return engine.simulate(plan.compile(read_text(text, head=head)), Settings(iterations, **settings))


def months(text, head=CLOCK, row=0):
    """Money by month of the first iteration, as the table has its months: 2027-03 and so on."""
    periods = sample_of(text, 16, head=head).cost_periods
    names = [str(month) for month in periods.month.astype("M8[M]")]
    return dict(zip(names, periods.cost[row, :, 0].tolist(), strict=True))


@pytest.mark.parametrize("text", [RICH, UNDER_WAY], ids=["rich", "under way"])
@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_the_months_of_every_iteration_add_up_to_its_cost(text, method):
    sample = sample_of(text, 700, method=method)
    periods = sample.cost_periods
    assert periods.cost[0].sum(axis=0) == pytest.approx(sample.cost, rel=1e-12)
    assert periods.deterministic[0].sum() == pytest.approx(sample.deterministic_cost, rel=1e-12)


@pytest.mark.parametrize("scope", ["team", "wbs"])
def test_teams_and_elements_add_up_to_the_project_in_every_month(scope):
    text = RICH.replace("[tasks.design]", "[tasks.design]\nwbs = 'P.1.2'")
    text = text.replace("[tasks.install]", "[tasks.install]\nwbs = 'P.2'")
    periods = sample_of(text).cost_periods
    rows = [row for row, name in enumerate(periods.scope) if name == scope]
    assert [periods.key[row] for row in rows] == (["", "Systems"] if scope == "team" else ["", "P.1", "P.2"])
    np.testing.assert_allclose(periods.cost[rows].sum(axis=0), periods.cost[0], rtol=1e-12, atol=1e-9)
    assert all(periods.cost[row].any() for row in rows)


def test_of_many_teams_the_costliest_have_rows_of_their_own(monkeypatch):
    text = "".join(f"[tasks.t{at}]\nduration = 3\ncost.rate = {at}\nteam = 'team {at}'\n" for at in range(1, 6))
    monkeypatch.setattr(cost_rows, "LEAST_KEYS", 2)
    monkeypatch.setattr(cost_rows, "KEYED_VALUES", 2 * 256)
    periods = sample_of(text + "[costs.office]\nfixed = 9\n", 16, head=CLOCK).cost_periods
    assert periods.scope == ("project", "team", "team", "team", "other teams")
    assert periods.key == ("", "", "team 4", "team 5", "")
    assert periods.cost[:, 0, 0] == pytest.approx([9 + 3 * 15, 9, 12, 15, 18])


def test_where_nobody_has_a_team_or_a_code_there_is_the_project_alone():
    assert sample_of("[tasks.a]\nduration = 5\ncost.rate = 1\n", 16, head=CLOCK).cost_periods.scope == ("project",)


def test_where_nothing_costs_anything_there_are_no_months():
    assert sample_of("[tasks.a]\nduration = 5\n", 16, head=CLOCK).cost_periods is None


def test_fixed_cost_rate_and_cost_of_a_risk_accrue_evenly_from_start_to_finish():
    text = "[tasks.a]\nduration = 62\ncost = { fixed = 62, rate = 2 }\n"
    text += "[risks.r]\nprobability = 1\nimpacts.a.cost = 124\n"
    assert months(text) == pytest.approx({"2027-03": 31 * 5, "2027-04": 30 * 5, "2027-05": 5})


def test_no_money_accrues_outside_of_working_time():
    """Of ten working days from Monday 22 March on, all but two are in March."""
    text = "[tasks.a]\nduration = 10\ncost.rate = 1\nconstraints = ['SNET 2027-03-22']\n"
    assert months(text, OFFICE) == pytest.approx({"2027-03": 8, "2027-04": 2})


def test_a_task_accrues_while_an_elapsed_delay_of_it_runs():
    text = "[tasks.a]\nduration = 21\ncost.rate = 51\n[risks.r]\nprobability = 1\nimpacts.a.delay = '30ed'\n"
    assert months(text) == pytest.approx({"2027-03": 31 * 21, "2027-04": 20 * 21})


MILESTONE = "[tasks.a]\nduration = {days}\n[tasks.m]\nmilestone = true\nafter = ['a']\ncost.fixed = 77\n"
LATE_SHIFT = OFFICE + 'calendar = "late"\n[calendars.late]\nweek = "mon-sun 08:00-24:00"\n'


def test_a_milestone_is_paid_at_its_instant():
    assert months(MILESTONE.format(days="'743h'"), CLOCK) == {"2027-03": 77}


def test_midnight_belongs_to_the_day_that_begins_where_work_goes_on():
    assert months(MILESTONE.format(days=31), CLOCK) == {"2027-03": 0, "2027-04": 77}


def test_midnight_belongs_to_the_day_that_ends_where_a_shift_does():
    assert months(MILESTONE.format(days=31), LATE_SHIFT) == {"2027-03": 77}


def test_what_was_spent_before_the_data_date_is_in_the_months_in_which_it_was_worked():
    """``over`` took 15 days from 22 March on, 8 of them in March; ``going`` has been worked on for 15, 10 in April."""
    sample = sample_of(UNDER_WAY)
    periods = sample.cost_periods
    red = periods.cost[periods.key.index("red")]
    over = 1000 + 15 * 100
    assert (red[0] == red[0, 0]).all()
    assert red[0, 0] == pytest.approx(over * 8 / 15)
    assert red[1, 0] == pytest.approx(over * 7 / 15 + 10 * 200)
    paid = periods.cost[periods.key.index("blue")]
    assert paid[0].tolist() == [0.0] * 300
    assert paid[1] == pytest.approx(np.full(300, 7000 * 5 / 10))


def test_months_wholly_in_the_past_are_certain():
    periods = sample_of(UNDER_WAY).cost_periods
    is_past = periods.month < np.datetime64("2027-05-01")
    assert is_past.sum() == 2
    cumulative = np.cumsum(periods.cost, axis=1)
    for limits, values in ((periods.limits, periods.cost), (periods.cumulative_limits, cumulative)):
        assert (limits[0][:, is_past] == limits[1][:, is_past]).all()
        assert (values[:, is_past] == limits[0][:, is_past, None]).all()
        assert (limits[0][:, ~is_past] < limits[1][:, ~is_past]).any(axis=1).all()


def test_a_month_before_the_earliest_start_of_a_team_is_certain():
    text = """
[tasks.a]
duration = { shape = "uniform", low = 62, high = 70 }
cost.rate = 1
team = "first"
[tasks.b]
duration = { shape = "uniform", low = 5, high = 9 }
after = ["a"]
cost.rate = 10
team = "second"
"""
    periods = sample_of(text, head=CLOCK).cost_periods
    row = periods.key.index("second")
    assert periods.month.size == 3
    for limits in (periods.limits[:, row], periods.cumulative_limits[:, row]):
        assert limits[:, :2].tolist() == [[0, 0], [0, 0]]
        assert limits[:, 2] == pytest.approx([50, 90], rel=1e-5)  # all of it lies in May


LADDER = """
[tasks.a]
duration = {{ shape = "uniform", low = 10, high = 20 }}
[tasks.b]
duration = {{ shape = "uniform", low = 5, high = 45 }}
after = ["a SS+{lag}d", "a FF+40d"]
cost.rate = 1
"""


def test_a_task_whose_finish_is_given_may_begin_before_it_does_where_all_is_shortest():
    """Where all is shortest, b takes days 45 to 50, in April; the longer it takes, the earlier it begins."""
    periods = sample_of(LADDER.format(lag=0), head=CLOCK).cost_periods
    assert (periods.cost[0, 0] > 0).any()
    assert (periods.cost[0] <= periods.limits[1, 0][:, None]).all()
    assert (periods.cost[0] >= periods.limits[0, 0][:, None]).all()


def test_what_its_start_waits_for_keeps_it_from_a_month_all_the_same():
    periods = sample_of(LADDER.format(lag=32), head=CLOCK).cost_periods
    assert periods.limits[:, 0, 0].tolist() == [0, 0]
    assert periods.limits[1, 0, 1] > 0


def test_cost_lines_and_risks_of_the_project_accrue_from_its_start_to_its_finish():
    text = """
[tasks.a]
duration = 40
[tasks.b]
duration = 20
after = ["a"]
[costs.office]
fixed = 61
rate = 2
[risks.r]
probability = 1
impacts.project = { cost = 122, delay = 1 }
"""
    assert months(text) == pytest.approx({"2027-03": 31 * 5, "2027-04": 30 * 5})


def test_a_task_wanted_as_late_as_possible_is_paid_when_it_is_shown():
    text = """
[tasks.long]
duration = 45
[tasks.late]
duration = 5
cost.rate = 3
constraints = ["ALAP"]
[tasks.end]
milestone = true
after = ["long", "late"]
"""
    sample = sample_of(text, 16, head=CLOCK)
    assert sample.tasks.start[0, 0] == np.datetime64("2027-04-10") or sample.tasks.id[0] != "late"
    assert months(text) == pytest.approx({"2027-03": 0, "2027-04": 15})


def test_a_summary_that_costs_a_fixed_sum_accrues_from_the_first_to_the_last_task_below():
    text = """
[tasks.sum]
type = "summary"
wbs = "1"
cost.fixed = 60
[tasks.a]
duration = 10
wbs = "1.1"
constraints = ["SNET 2027-03-12"]
[tasks.b]
duration = 50
wbs = "1.2"
after = ["a"]
"""
    assert months(text) == pytest.approx({"2027-03": 20, "2027-04": 30, "2027-05": 10})


def test_no_money_is_lost_where_a_mandatory_finish_asks_for_work_before_the_start():
    text = "[tasks.a]\nduration = 20\nconstraints = ['MFO 2027-03-05']\ncost.rate = 1\n"
    assert sum(months(text).values()) == pytest.approx(20)
    assert list(months(text)) == ["2027-03"]


def test_a_milestone_that_a_date_wants_before_the_start_is_paid_at_the_start():
    text = "[tasks.m]\nmilestone = true\nconstraints = ['MSO 2027-02-01']\ncost.fixed = 5\n[tasks.a]\nduration = 3\n"
    assert months(text, OFFICE) == {"2027-03": 5}


def test_threads_and_chunks_change_no_bit(monkeypatch):
    expected = sample_of(RICH, 1000, threads=1).cost_periods
    monkeypatch.setattr(month_runs, "CHUNK_VALUES", 1)
    for threads in (1, 2):
        other = sample_of(RICH, 1000, threads=threads).cost_periods
        assert other.cost.tobytes() == expected.cost.tobytes()
        assert other.forced_cost.tobytes() == expected.forced_cost.tobytes()


def test_a_longer_run_begins_with_the_shorter_one():
    short, long = (sample_of(RICH, iterations).cost_periods for iterations in (300, 1000))
    months_of_both = short.month.size
    assert short.cost.tobytes() == long.cost[:, :months_of_both, :300].tobytes()


def test_so_many_iterations_are_taken_as_there_is_time_for(monkeypatch):
    monkeypatch.setattr(cost_periods, "PERIOD_VALUES", 3 * 6 * 256 * 2)
    periods = sample_of(RICH, 2000).cost_periods
    assert periods.cost.shape[2] == 512


def test_a_risk_that_these_iterations_do_not_show_is_forced_to_occur():
    text = UNDER_WAY + "[risks.rare]\nprobability = 0.0001\nimpacts.next = { cost = 5000 }\n"
    periods = sample_of(text, 512).cost_periods
    assert periods.forced == (0,)
    assert periods.forced_cost[0, 0].sum() == pytest.approx(5000)
    assert (periods.forced_cost[0, 0, :2] == 0).all()


RARE_FEE = """
[tasks.trial]
duration = [2, 3, 4]
cost = { rate = 100, fixed = { shape = "discrete", values = [0, 5000], weights = [999, 1] } }
"""


def test_a_rare_value_that_these_iterations_do_not_show_is_always_drawn_once():
    periods = next(
        sample.cost_periods
        for sample in (sample_of(RARE_FEE, 512, head=CLOCK, seed=seed) for seed in range(20))
        if not sample.rare_values.occurs.any()
    )
    (row,) = periods.rare_values.forced
    assert periods.rare_values.probability[row] == pytest.approx(0.001, rel=1e-3)
    assert periods.rare_value_cost[0, 0].sum() == pytest.approx(5_000)


def test_the_mean_of_a_month_is_held_where_a_rare_value_was_not_drawn():
    """Three days of 100 in March, and 5,000 in one future of a thousand: 305 on average."""
    for seed in range(20):
        sample = sample_of(RARE_FEE, 512, head=CLOCK, seed=seed)
        march = tables(sample)["cost_periods"].to_pylist()[0]
        assert march["cost_mean_ci_low"] <= 305 <= march["cost_mean_ci_high"], seed


def test_a_sample_may_be_replaced_with_its_months():
    sample = sample_of(UNDER_WAY)
    assert replace(sample, seed=7).cost_periods is sample.cost_periods


def test_what_is_finished_on_a_day_is_paid_in_its_month(monkeypatch):
    """The actual finish is the day's end; the rule taken away moves the money into the next month."""
    text = "[tasks.m]\nmilestone = true\nactual_finish = 2027-03-31\ncost.fixed = 50\n[tasks.a]\nduration = 9\n"
    head = OFFICE.replace("start = 2027-03-01", "data_date = 2027-05-03")
    assert months(text, head)["2027-03"] == 50
    monkeypatch.setattr(monthly, "in_their_days", lambda tables, calendar, instant: instant)
    assert months(text, head)["2027-04"] == 50
