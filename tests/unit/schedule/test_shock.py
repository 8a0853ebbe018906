"""The shock test: which tasks the finish does not hear of, and why."""

import dataclasses

import numpy as np
import pytest

from riskengine.model import Constraint
from riskengine.schedule.dates.working_time import WorkingTime
from riskengine.schedule.health.logic import Logic
from riskengine.schedule.health.shock import end_of, length_critical, lengthen, reaching
from tests.support.schedule_network import Network
from tests.support.schedules import changed, scenario


def plan_of(tasks):
    """Tasks by their duration and relationships, round the clock; a duration of 0 is a milestone."""
    rows = {
        name: {"after": list(after), **({"milestone": True} if duration == 0 else {"duration": duration})}
        for name, (duration, *after) in tasks.items()
    }
    return scenario(rows, calendar="24h")


def around(network):
    dates = network.dates()
    return WorkingTime.around(network.plan, dates.early_start, dates.early_finish)


def shocked(tasks, fixed=None):
    network = Network(plan_of(tasks), fixed)
    dates = network.dates()
    end = end_of(network.logic, network.order, dates)
    return lengthen(network.logic, network.order, dates, around(network), (end,), network.forward((end,)))


def test_every_task_of_a_sound_network_moves_the_finish():
    shock = shocked({"a": (5,), "b": (20, "a"), "c": (3, "a"), "d": (5, "b", "c")})
    assert (shock.ends, shock.tested, shock.cut_off, shock.without_effect) == (("d",), 4, (), ())
    assert (shock.critical, shock.broken) == (3, ())


def test_a_task_without_way_to_the_end_is_cut_off():
    shock = shocked({"a": (5,), "b": (50, "a SS"), "c": (2,), "d": (0, "b")})
    assert shock.ends == ("d",)
    assert shock.cut_off == ("a", "c")
    assert shock.without_effect == ()


def test_a_finish_that_nothing_can_move_is_held():
    shock = shocked({"a": (10,), "b": (10, "a"), "end": (0, "b")}, fixed={"end": 480.0})
    assert shock.ends == ("end",)
    assert (shock.cut_off, shock.without_effect) == ((), ("a", "b"))
    assert (shock.critical, shock.broken) == (2, ("a", "b"))


def test_a_task_that_is_critical_by_its_start_alone_is_no_part_of_the_critical_path_test():
    tasks = {"a": (20,), "b": (50, "a SS+5d"), "c": (0, "b", "a")}
    network = Network(plan_of(tasks))
    dates = dataclasses.replace(network.dates(), is_critical=np.array([True, True, True]))
    assert [network.order[row] for row in length_critical(network.logic, network.order, dates)] == ["b", "c"]
    shock = lengthen(network.logic, network.order, dates, around(network), ("c",), network.forward(("c",)))
    assert (shock.critical, shock.broken, shock.cut_off, shock.without_effect) == (1, (), (), ())


def test_a_task_that_is_driven_by_its_finish_alone_is_no_part_of_the_critical_path_test():
    tasks = {"a": (50,), "b": (5, "a FF"), "c": (5, "b")}
    network = Network(plan_of(tasks))
    dates = dataclasses.replace(network.dates(), is_critical=np.array([True, True, True]))
    assert [network.order[row] for row in length_critical(network.logic, network.order, dates)] == ["a", "c"]


def test_a_task_that_moves_a_target_responds():
    network = Network(plan_of({"a": (5,), "b": (50,), "c": (0, "a")}))
    time, dates = around(network), network.dates()
    alone = lengthen(network.logic, network.order, dates, time, ("b",), network.forward(("b",)))
    assert (alone.cut_off, alone.words) == (("a",), "b")
    both = lengthen(network.logic, network.order, dates, time, ("b", "c"), network.forward(("b", "c")))
    assert (both.cut_off, both.without_effect, both.words) == ((), (), "b or a target")
    assert (both.critical, both.broken) == (1, ())


def test_milestones_and_finished_work_are_not_lengthened():
    from datetime import datetime

    plan = plan_of({"a": (5,), "b": (5, "a"), "end": (0, "b")})
    network = Network(plan)
    dates = network.dates()
    done = Logic(changed(plan, "a", actual_start=datetime(2027, 2, 1), actual_finish=datetime(2027, 2, 2)))
    shock = lengthen(done, network.order, dates, around(network), ("end",), network.forward(("end",)))
    assert (shock.tested, shock.critical) == (1, 1)


def test_tasks_are_lengthened_alone_beyond_the_end_of_the_project_and_critical_ones_by_six_hundred_days():
    network = Network(plan_of({"a": (5,), "b": (20, "a"), "c": (3, "a"), "d": (5, "b", "c")}))
    seen = []

    def forward(added):
        seen.append(added.copy())
        return network.forward(("d",))(added)

    lengthen(network.logic, network.order, network.dates(), around(network), ("d",), forward)
    _, grown, critical = seen
    assert np.array_equal(grown, np.diag([50.0] * 4) * 24)
    assert np.array_equal(critical, np.diag([600.0, 600.0, 0.0, 600.0])[:, [0, 1, 3]] * 24)


def test_more_tasks_than_columns_are_all_tested(monkeypatch):
    monkeypatch.setattr("riskengine.schedule.health.shock.COLUMNS", 3)
    tasks = {f"t{n:02}": (1, *([f"t{n - 1:02}"] if n else [])) for n in range(10)}
    tasks["x"] = (1,)
    shock = shocked(tasks)
    assert (shock.tested, shock.cut_off, shock.critical) == (11, ("x",), 10)


def test_progress_counts_every_task_that_is_lengthened(monkeypatch):
    monkeypatch.setattr("riskengine.schedule.health.shock.COLUMNS", 2)
    network = Network(plan_of({"a": (5,), "b": (20, "a"), "c": (3, "a"), "d": (5, "b", "c")}))
    told = []
    forward = network.forward(("d",))
    lengthen(network.logic, network.order, network.dates(), around(network), ("d",), forward, lambda *t: told.append(t))
    assert told == [(done, 7, "Lengthening tasks") for done in (0, 2, 4, 6)]


def test_the_end_is_the_latest_finish_and_a_milestone_before_others():
    network = Network(plan_of({"a": (5,), "b": (9,), "c": (0, "b"), "d": (9,)}))
    assert end_of(network.logic, network.order, network.dates()) == "c"


@pytest.mark.parametrize(
    ("types", "hears"),
    [
        (("FS", "FS"), True),
        (("FF", "FF"), True),
        (("FS", "SS"), True),
        (("SS", "FS"), False),
        (("FF", "SS"), True),
        (("FF", "SF"), True),
        (("SS", "FF"), False),
        (("FS", "SF"), True),
        (("SF", "FS"), False),
    ],
)
def test_growth_is_heard_through_the_finish_and_then_through_anything(types, hears):
    first, second = types
    tasks = {"a": (5,), "b": (30, f"a {first}"), "c": (60, f"b {second}"), "end": (0, "c")}
    assert ("a" in reaching(Logic(plan_of(tasks)), "end")) == hears


def test_reach_agrees_with_shocks_where_nothing_is_fixed():
    generator = np.random.default_rng(7)
    for _ in range(20):
        tasks = {}
        for number in range(8):
            kinds = generator.choice(["FS", "FF", "SS", "SF"], number)
            links = [f"t{k} {kinds[k]}" for k in range(number) if generator.random() < 0.35]
            tasks[f"t{number}"] = (int(generator.integers(1, 9)), *links)
        plan = plan_of({**tasks, "z": (0, *(name for name in tasks if generator.random() < 0.3), "t7")})
        network = Network(plan)
        before = network.forward(("z",))(np.zeros((9, 1)))[0, 0]
        huge = network.forward(("z",))(np.eye(9) * 1e4)[0]
        heard = {name for name, finish in zip(network.order, huge, strict=True) if finish > before}
        assert heard == reaching(network.logic, "z")


def test_a_constraint_counts_as_logic_only_where_it_is_one():
    plan = plan_of({"a": (5,), "end": (0, "a")})
    held = changed(plan, "end", constraints=(Constraint(type="MFO", date=plan.start),))
    assert reaching(Logic(held), "end") == {"a", "end"}
