"""One iteration again: the bits of the run, the critical tasks of the core, and exact small cases."""

import tomllib
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest

import riskengine
from riskengine import engine, plan
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.simulate import METHODS
from riskengine.results.samples.traced import Driver
from riskengine.scenario import parse
from tests.support.levelled_plans import drawn, scenario
from tests.support.plans_of_all_features import RICH
from tests.twin.simulator.lost_days import MONTHS
from tests.twin.simulator.sweep import KINDS

KIND_NAMES = (
    "boundaries",
    "boundaries under way",
    "branches under way",
    "branches with lost days",
    "chains",
    "delayed relationships of plain",
    "learning",
    "margins in branches",
)
ITERATIONS = (0, 255, 256, 700)


def compiled(kind, seed):
    return plan.compile(parse(KINDS[kind].document(seed), "plan.toml"))


def compiled_text(text):
    return plan.compile(parse(tomllib.loads(text), "plan.toml"))


def check(made, method, seed=5):
    """Hold iterations of several blocks against a run of them all, critical tasks against the core's count."""
    whole = engine.replay(made, seed, method, 768)
    over = {name for name, task in made.stages.scenario.tasks.items() if task.is_finished}
    dimension = dimensions_of(made, METHODS[method])
    for iteration in ITERATIONS:
        for target in ("project", *made.target):
            traced = engine.trace(made, seed, method, iteration, target)
            row = 0 if target == "project" else 1 + made.target.index(target)
            instant, days = made.finishes(whole.output.finish[:, [iteration]])
            assert traced.finish[target].instant == instant[row, 0]
            assert traced.finish[target].days == days[row, 0]
            assert traced.cost == whole.output.cost[iteration]
            counted = critical(made, Request(seed, METHODS[method], 0), dimension, iteration, row)
            assert {task.id for task in traced.tasks if task.is_critical} == counted - over
        drawn_again = {value.label: value.value for value in traced.values if value.unit in ("factor", "currency")}
        assert all(whole.draws[label][iteration] == value for label, value in drawn_again.items())
        occurring = {made.risk[at] for at in np.flatnonzero(whole.output.occurs[:, iteration])}
        assert {risk.id for risk in traced.risks} == occurring
        assert [task.cost for task in traced.tasks] == whole.output.task_cost[made.rows_by_id, iteration].tolist()
        check_path(traced, over)


def check_path(traced, over):
    """Every task of the path is critical, or over, and driven by the one before, or by what hands on its date."""
    task = {each.id: each for each in traced.tasks}
    assert all(task[name].is_critical or name in over for name in traced.path)
    for before, after in zip(traced.path, traced.path[1:], strict=False):
        assert before in led_from(task, after)
    assert led_from(task, traced.path[0]) <= {name for name, each in task.items() if not each.exists}
    assert all(bool(each.bound) != bool(each.drivers) for each in traced.tasks)


def led_from(task, name):
    """Ids of the tasks that drove one, by way of such as do not exist."""
    found = set()
    for driver in task[name].drivers:
        found |= {driver.task} | (set() if task[driver.task].exists else led_from(task, driver.task))
    return found


def critical(made, request, dimension, iteration, row):
    """Ids of the tasks that the core counts in one iteration: those it counts up to it less those before it."""
    block, column = divmod(iteration, 256)
    until, before = (
        run_blocks(made, replace(request, first_block=block, iterations=count), dimension).count[row]
        if count
        else np.zeros(len(made.task), np.int64)
        for count in (column + 1, column)
    )
    return {made.task[at] for at in np.flatnonzero(until - before)}


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_an_iteration_is_that_of_the_run_in_plans_of_every_kind(kind):
    for seed, method in zip((3, 4, 8), METHODS, strict=True):
        check(compiled(kind, seed), method)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_an_iteration_is_that_of_the_run_where_resources_are_levelled(seed):
    check(plan.compile(scenario(drawn(seed, calendars=seed % 2 == 0))), "lhs")


def test_an_iteration_is_that_of_the_run_in_a_plan_of_all_features():
    check(compiled_text(RICH), "sobol")


SMALL = """
schema = 1
name = "small"
start = 2027-03-01
calendar = "office"
[calendars.office]
week = "mon-fri 08:00-16:00"
[tasks.design]
duration = 4
[tasks.buy]
duration = 1
constraints = [{ type = "SNET", date = 2027-03-08 }]
[tasks.build]
duration = 2
after = ["design FS+1d", "buy SS"]
cost.rate = 100
[tasks.test]
duration = 1
after = ["build"]
cost.fixed = 50
[risks.storm]
probability = 1
impacts.build = { delay = 3, cost = 70 }
[risks.fog]
probability = 1
impacts.buy = { delay = 1 }
[risks.never]
probability = 0
impacts.test = { delay = 1 }
"""


def test_what_drives_each_task_of_a_small_plan():
    traced = engine.trace(compiled_text(SMALL), 1, "lhs", 3)
    task = {each.id: each for each in traced.tasks}
    # design ends Thursday evening, its lag on Friday evening; buy starts on Monday: both ask for Monday 8:00
    assert task["design"].bound == "start of the project"
    assert task["buy"].bound == "SNET 2027-03-08"
    assert task["build"].drivers == (Driver("buy", "SS", "", 0.0, 0.0), Driver("design", "FS", "", 1.0, 3 + 16 / 24))
    assert task["test"].drivers == (Driver("build", "FS", "", 0.0, 2 + 16 / 24),)
    assert task["build"].start == np.datetime64("2027-03-08T08:00")
    assert task["build"].finish == np.datetime64("2027-03-12T16:00")
    assert task["test"].finish == np.datetime64("2027-03-15T16:00")
    assert [name for name, each in task.items() if each.is_critical] == ["build", "buy", "design", "test"]
    assert traced.path == ("buy", "build", "test")
    assert (task["build"].duration, task["build"].deterministic_duration) == (5, 2)
    assert (task["build"].cost, task["test"].cost, traced.cost) == (570, 50, 620)


def test_what_each_risk_changed_is_the_iteration_without_it():
    traced = engine.trace(compiled_text(SMALL), 1, "lhs", 3)
    changes = {risk.id: (risk.finish_change, risk.cost_change) for risk in traced.risks}
    assert changes == {"fog": (0, 0), "storm": (3, 370)}
    text = RICH
    made = compiled_text(text)
    column = 17
    for risk in engine.trace(made, 2, "random", column).risks:
        off = compiled_text(text.replace(f"[risks.{risk.id}]", f"[risks.{risk.id}]\nactive = false", 1))
        with_risk, without = (engine.replay(each, 2, "random", 256).output for each in (made, off))
        days = [made.finishes(each.finish[:1])[1][0, column] for each in (with_risk, without)]
        assert risk.finish_change == days[0] - days[1]
        assert risk.cost_change == with_risk.cost[column] - without.cost[column]


def test_a_resource_that_was_waited_for_drives_a_task():
    document = {
        "resources": {"crane": {"capacity": 1}},
        "tasks": {
            "a": {"duration": "2d", "resources": {"crane": 1}},
            "b": {"duration": "3d", "resources": {"crane": 1}},
        },
    }
    traced = engine.trace(plan.compile(scenario(document)), 1, "lhs", 0)
    assert traced.path == ("b", "a")
    assert traced.tasks[0].drivers == (Driver("b", "resource", "crane", 0.0, 0.0),)


def test_lags_and_delays_are_in_days_of_their_calendars():
    text = """
schema = 1
name = "lags"
start = 2027-03-01
calendar = "short"
[calendars.short]
week = "mon-sun 08:00-12:00"
[tasks.a]
duration = 1
[tasks.b]
duration = 1
calendar = "24h"
after = [{ task = "a", type = "FS", lag = { shape = "discrete", values = [2, 2.5], weights = [1, 1] } }]
[risks.r]
probability = 1
impacts.a = { delay = { shape = "discrete", values = [3, 4], weights = [1, 1] } }
[risks.e]
probability = 1
impacts.a = { delay = { shape = "discrete", values = ["1ed", "2ed"], weights = [1, 1] } }
"""
    made = compiled_text(text)
    for iteration in range(8):
        traced = engine.trace(made, 1, "random", iteration)
        value = {each.label: (each.value, each.unit, each.task, each.risk) for each in traced.values}
        lag, elapsed, delay = (value[label] for label in sorted(value))
        assert lag[0] in (2, 2.5) and lag[1:] == ("working days", "b", "")
        assert elapsed[0] in (1, 2) and elapsed[1:] == ("calendar days", "a", "e")
        assert delay[0] in (3, 4) and delay[1:] == ("working days", "a", "r")
        assert traced.tasks[0].duration == 1 + delay[0]
        assert traced.tasks[1].drivers[0].lag == lag[0]


def test_dates_lost_are_as_many_as_the_run_counts_and_work_none():
    half = ", ".join(f"{month} = 0.5" for month in MONTHS)
    text = f"""
schema = 1
name = "site"
start = 2027-03-01
calendar = "site"
[calendars.site]
week = "mon-fri 08:00-16:00"
lost = {{ {half} }}
[tasks.build]
duration = 10
"""
    made = compiled_text(text)
    sample = engine.simulate(made, engine.Settings(600, 3, "lhs"))
    for iteration in (0, 300, 599):
        (lost,) = engine.trace(made, 3, "lhs", iteration).lost_days
        assert len(lost.dates) == sample.lost_days.lost_days[0, iteration]
        finish = sample.finish[0, iteration].item().date()
        working = [day for k in range(60) if (day := date.fromordinal(date(2027, 3, 1).toordinal() + k)).weekday() < 5]
        assert len([day for day in working if day <= finish and day not in lost.dates]) == 10


def test_branches_and_rework_say_what_happened():
    text = """
schema = 1
name = "net"
start = 2027-03-01
[tasks.a]
duration = 1
[tasks.b]
duration = 1
after = ["a"]
[tasks.c]
duration = 2
after = ["a"]
[branches.way]
after = "a"
paths = { b = 0.5, c = 0.5 }
[rework.again]
tasks = ["a"]
probability = 0.5
most = 2
"""
    made = compiled_text(text)
    whole = engine.replay(made, 1, "lhs", 256)
    outcomes = set()
    for iteration in range(24):
        traced = engine.trace(made, 1, "lhs", iteration)
        exists = {name for row, name in enumerate(made.task) if whole.output.exists[row, iteration]}
        assert {task.id for task in traced.tasks if task.exists} == exists
        assert traced.branches[0].outcome == ("b" if "b" in exists else "c")
        assert traced.rework[0].outcome == str(sum(f"a (again {k})" in exists for k in (1, 2)))
        outcomes.add((traced.branches[0].outcome, traced.rework[0].outcome))
    assert len(outcomes) == 6


def test_work_under_way_says_what_binds_it():
    text = """
schema = 1
name = "under way"
data_date = 2027-03-15
[tasks.done]
duration = 5
actual_start = 2027-03-01
actual_finish = 2027-03-05
[tasks.going]
duration = 20
actual_start = 2027-03-08
remaining = [8, 10, 15]
after = ["done"]
[tasks.next]
duration = 3
after = ["going"]
"""
    traced = engine.trace(compiled_text(text), 1, "lhs", 0)
    assert traced.path == ("going", "next")
    task = {each.id: each for each in traced.tasks}
    assert not task["done"].is_critical and task["going"].bound == "data date"
    assert task["done"].start == np.datetime64(datetime(2027, 3, 1))
    assert task["done"].bound == "actual finish"
    check(compiled_text(text), "sobol")


def test_what_was_over_long_before_drives_nothing():
    """Both stand at the data date in the core; the one that finished weeks earlier was on no path."""
    text = """
schema = 1
name = "over"
data_date = 2027-03-15
[tasks.early]
duration = 2
actual_start = 2027-03-01
actual_finish = 2027-03-02
[tasks.last]
duration = 10
actual_start = 2027-03-01
actual_finish = 2027-03-12
[tasks.next]
duration = [3, 4, 6]
after = ["early", "last"]
"""
    traced = engine.trace(compiled_text(text), 1, "lhs", 0)
    assert traced.path == ("next",)
    assert [task.bound for task in traced.tasks if task.id == "next"] == ["data date"]
    check(compiled_text(text), "lhs")


def test_a_lag_that_still_runs_behind_what_is_over_drives():
    text = """
schema = 1
name = "curing"
data_date = 2027-03-15
[tasks.pour]
duration = 2
actual_start = 2027-03-11
actual_finish = 2027-03-12T17:00:00
[tasks.strike]
duration = [3, 4, 6]
after = ["pour FS+10d"]
"""
    traced = engine.trace(compiled_text(text), 1, "lhs", 0)
    assert traced.path == ("pour", "strike")
    assert [task.id for task in traced.tasks if task.is_critical] == ["strike"]
    check(compiled_text(text), "lhs")


def test_a_project_that_is_over_ended_with_its_last_task():
    text = """
schema = 1
name = "all over"
data_date = 2027-03-15
[tasks.a]
duration = 5
actual_start = 2027-02-01
actual_finish = 2027-02-05T17:00:00
[tasks.b]
duration = 5
after = ["a"]
actual_start = 2027-02-08
actual_finish = 2027-02-12T17:00:00
"""
    traced = engine.trace(compiled_text(text), 1, "lhs", 0)
    assert traced.path == ("b",) and traced.finish["project"].instant == np.datetime64("2027-02-12T17:00:00")
    check(compiled_text(text), "lhs")


def test_a_programme_is_traced(tmp_path):
    project = 'schema = 1\nname = "One"\nstart = 2027-03-01\n[tasks.design]\nduration = [2, 3, 5]\n'
    head = 'schema = 1\nname = "All"\nstart = 2027-03-01\n'
    (tmp_path / "north.toml").write_text(project)
    (tmp_path / "all.toml").write_text(head + '[projects.north]\nfile = "north.toml"\n')
    run = riskengine.simulate(tmp_path / "all.toml", iterations=300)
    trace = run.trace(299)
    assert trace.path == ("north.design", "north")
