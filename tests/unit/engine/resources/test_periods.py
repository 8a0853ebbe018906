"""Units of resources in use in each calendar month: who uses what, on average and at the peak."""

from itertools import pairwise

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.engine import Settings
from riskengine.engine.months import month_runs
from riskengine.engine.resources import periods as resource_periods
from riskengine.engine.resources.use import monthly_peaks
from tests.support.scenario_text import read_text

CLOCK = 'schema = 1\nname = "months"\nstart = 2027-03-01\ncalendar = "24h"\n'
OFFICE = 'schema = 1\nname = "months"\nstart = 2027-03-01\n'
CREW = "[resources.crew]\ncapacity = 2\n"
SHARED = """
[tasks.a]
duration = { shape = "uniform", low = 20, high = 50 }
resources.crew = 1
[tasks.b]
duration = { shape = "uniform", low = 10, high = 40 }
resources.crew = 1.5
"""


def periods_of(text, iterations=16, head=CLOCK, **settings):
    """Resources over time of a run."""
    return engine.simulate(plan.compile(read_text(text, head=head)), Settings(iterations, **settings)).resource_periods


def test_a_task_uses_its_units_from_start_to_finish():
    """40 days from 1 March: all of March, 9 of the 30 days of April."""
    periods = periods_of(CREW + "[tasks.a]\nduration = 40\nresources.crew = 1.5\n")
    average, peak = periods.units[:, 0, :, 0]
    assert [str(month) for month in periods.month.astype("M8[M]")] == ["2027-03", "2027-04"]
    assert average == pytest.approx([1.5, 1.5 * 9 / 30])
    assert peak.tolist() == [1.5, 1.5]
    assert periods.deterministic[:, 0].tolist() == periods.units[:, 0, :, 0].tolist()
    assert periods.capacity.tolist() == [2]


def test_the_average_is_over_working_time():
    """From Monday 1 to Friday 19 March are 15 of its 23 working days."""
    periods = periods_of(CREW + "[tasks.a]\nduration = 15\nresources.crew = 1\n", head=OFFICE)
    assert periods.units[:, 0, :, 0].tolist() == [[pytest.approx(15 / 23)], [1]]


def test_the_working_time_of_a_resource_is_that_of_its_calendar():
    """The crane works on Mondays: of five in March three are in the task's 15 days."""
    text = "[calendars.mondays]\nweek = 'mon 08:00-16:00'\n[resources.crane]\ncalendar = 'mondays'\n"
    periods = periods_of(text + "[tasks.a]\nduration = 15\nresources.crane = 2\n", head=OFFICE)
    assert periods.units[:, 0, 0, 0].tolist() == [pytest.approx(2 * 3 / 5), 2]


def test_a_month_without_working_time_has_a_peak_and_no_average():
    text = "[calendars.spring]\nweek = 'mon-fri 08:00-16:00'\nholidays = ['2027-04-01..2027-04-30']\n"
    text += "[resources.crane]\ncalendar = 'spring'\n[tasks.a]\nduration = '61ed'\nresources.crane = 1\n"
    average, peak = periods_of(text).units[:, 0, :, 0]
    assert np.isnan(average).tolist() == [False, True]
    assert peak.tolist() == [1, 1]


def test_what_ends_makes_room_for_what_begins_at_the_same_instant():
    text = (
        CREW
        + "[tasks.a]\nduration = 5\nresources.crew = 2\n[tasks.b]\nduration = 5\nafter = ['a']\nresources.crew = 1\n"
    )
    assert periods_of(text).units[1, 0, :, 0].tolist() == [2]


def test_what_ends_with_a_month_is_not_in_use_in_the_next():
    text = (
        CREW
        + "[tasks.a]\nduration = 31\nresources.crew = 2\n[tasks.b]\nduration = 3\nafter = ['a']\nresources.crew = 1\n"
    )
    assert periods_of(text).units[1, 0, :, 0].tolist() == [2, 1]


def test_three_thirds_are_one():
    tasks = "".join(f"[tasks.t{at}]\nduration = 3\nresources.crew = {1 / 3}\n" for at in range(3))
    assert periods_of(CREW + tasks).units[1, 0, :, 0].tolist() == [1]


def test_a_level_of_effort_uses_its_units_and_a_milestone_none():
    text = (
        CREW
        + """
[tasks.work]
duration = 10
[tasks.lead]
type = "level of effort"
after = ["work SS", "work FF"]
resources.crew = 0.5
[tasks.end]
type = "finish milestone"
after = ["work"]
resources.crew = 2
"""
    )
    assert periods_of(text).units[:, 0, :, 0].tolist() == [[pytest.approx(0.5 * 10 / 31)], [0.5]]


def test_resources_that_the_scenario_does_not_describe_are_told_too():
    periods = periods_of("[tasks.a]\nduration = 31\nresources.painters = 3\n")
    assert periods.id == ("painters",)
    assert np.isnan(periods.capacity).all()
    assert periods.units[:, 0, 0, 0].tolist() == [3, 3]


def test_where_no_task_uses_any_resource_there_are_no_months():
    assert periods_of(CREW + "[tasks.a]\nduration = 5\n") is None


def test_what_has_been_worked_is_in_the_past_months_and_known():
    text = (
        CREW
        + """
[tasks.over]
duration = 10
actual_start = 2027-03-10
actual_finish = 2027-03-19
resources.crew = 2
[tasks.going]
duration = 60
remaining = { shape = "uniform", low = 5, high = 90 }
actual_start = 2027-03-22
resources.crew = 1
"""
    )
    periods = periods_of(text, 300, head=CLOCK.replace("start =", "data_date =").replace("03-01", "05-10"))
    average, peak = periods.units[:, 0]
    assert average[0] == pytest.approx(np.full(300, (10 * 2 + 10) / 31))
    assert average[1] == pytest.approx(np.ones(300))
    assert peak[:2].tolist() == [[2.0] * 300, [1.0] * 300]
    for values, limits in ((average, periods.limits[:, 0, 0]), (peak, periods.limits[:, 1, 0])):
        assert (limits[0, :2] == limits[1, :2]).all()
        assert (values[:2] == limits[0, :2, None]).all()
        assert (limits[0, 2:] < limits[1, 2:]).all()


def test_a_first_month_that_the_plan_begins_in_counts_in_full():
    periods = periods_of(CREW + "[tasks.a]\nduration = 30\nresources.crew = 1\n", head=CLOCK.replace("03-01", "03-22"))
    assert periods.units[0, 0, :, 0] == pytest.approx([10 / 31, 20 / 30])


def test_a_levelled_scenario_uses_no_more_than_there_is_and_an_unlevelled_one_may():
    free, levelled = (periods_of(CREW + SHARED, 300, head=head) for head in (CLOCK, CLOCK + "levelling = true\n"))
    assert free.units[1].max() == 2.5
    assert levelled.units[1].max() == 1.5


def test_a_task_wanted_as_late_as_possible_uses_its_units_when_it_is_shown():
    text = (
        CREW
        + """
[tasks.long]
duration = 45
[tasks.late]
duration = 5
resources.crew = 1
constraints = ["ALAP"]
[tasks.end]
milestone = true
after = ["long", "late"]
"""
    )
    assert periods_of(text).units[1, 0, :, 0].tolist() == [0, 1]


def test_threads_and_chunks_change_no_bit(monkeypatch):
    expected = periods_of(CREW + SHARED, 1000, threads=1)
    monkeypatch.setattr(month_runs, "CHUNK_VALUES", 1)
    assert all(periods_of(CREW + SHARED, 1000, threads=n).units.tobytes() == expected.units.tobytes() for n in (1, 2))


def test_so_many_iterations_are_taken_as_there_is_time_for(monkeypatch):
    monkeypatch.setattr(resource_periods, "PERIOD_VALUES", 2 * (2 + 2) * 256 * 2)
    assert periods_of(CREW + SHARED, 2000).units.shape == (2, 1, 2, 512)


def test_a_risk_that_these_iterations_do_not_show_is_forced_to_occur():
    text = CREW + SHARED + "[risks.rare]\nprobability = 0.00001\nimpacts.a = { delay = 62 }\n"
    periods = periods_of(text, 512)
    assert periods.forced == (0,)
    assert periods.forced_units[0, 0, 0].sum() > 0.5


@pytest.mark.parametrize("seed", range(20))
def test_peaks_are_those_of_a_walk_over_all_ticks(seed):
    rng = np.random.default_rng(seed)
    uses, width = int(rng.integers(1, 8)), 5
    begin = rng.integers(0, 30, (uses, width))
    end = np.minimum(begin + rng.integers(0, 15, (uses, width)), 40)
    units = rng.choice([0.5, 1.0, 2.0], uses)
    edge = np.array([0, 10, 11, 25, 40])
    in_use = np.zeros((40, width))
    for tick in range(40):
        in_use[tick] = (units[:, None] * ((begin <= tick) & (tick < end))).sum(axis=0)
    expected = [in_use[first:last].max(axis=0) for first, last in pairwise(edge)]
    assert monthly_peaks(edge, begin, end, units).tolist() == np.array(expected).tolist()
