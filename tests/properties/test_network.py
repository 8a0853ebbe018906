"""What holds in every network, whatever its logic."""

from datetime import datetime

import numpy as np
import pytest

from tests.properties.faults import lost_block, part
from tests.support.command_runs import column, finish, rows, run
from tests.support.plans_of_all_features import FS_NETWORK, RICH, THREATS

WITH_THREATS = FS_NETWORK + THREATS.format(active="true")
CUTS = (("a", "b"), ("f", "g"))


def least_criticality_of_a_cut() -> float:
    """Smallest sum of criticality over the cuts of the network."""
    tasks = rows(run(WITH_THREATS), "tasks", "task")
    return min(sum(tasks[name]["criticality"] for name in cut) for cut in CUTS)


def test_criticality_over_a_cut_is_at_least_one():
    assert least_criticality_of_a_cut() >= 1


def test_a_lost_block_of_iterations_would_be_found_by_a_cut(monkeypatch):
    lost_block(monkeypatch)
    assert least_criticality_of_a_cut() < 1


def iterations_with_a_later_task() -> int:
    """Iterations whose project finishes before one of its tasks."""
    names = ["install", "manuals", "accept"]
    result = run(RICH.replace('targets = ["install"]', f"targets = {names}".replace("'", '"')))
    return int(sum((finish(result) < finish(result, name)).sum() for name in names))


def test_the_project_finishes_with_its_last_task():
    assert iterations_with_a_later_task() == 0


def test_a_finish_taken_from_one_task_would_be_found(monkeypatch):
    part("network", open_end=lambda n: n.open_end[:1])(monkeypatch)
    names = list("cdefg")
    text = FS_NETWORK.replace('project = "network"', f'project = "network"\ntargets = {names}'.replace("'", '"'))
    result = run(text)
    assert any((finish(result) < finish(result, name)).any() for name in names)


def test_a_task_nobody_drives_is_never_critical():
    text = FS_NETWORK.replace("[1, 4, 9]", "0.001")
    assert rows(run(text), "tasks", "task")["e"]["criticality"] == 0


def test_a_lost_predecessor_would_be_found(monkeypatch):
    before = finish(run(FS_NETWORK))
    part("network", kind=lambda n: np.full_like(n.kind, 1))(monkeypatch)
    assert (finish(run(FS_NETWORK)) < before).any()


MILESTONES = """
schema = 1
name = "milestones"
start = 2027-03-02T{clock}
[tasks.signed]
milestone = true
[tasks.work]
duration = [1.5, 2, 3]
after = ["signed"]
[tasks.morning]
duration = 1
after = ["signed"]
[tasks.evening]
milestone = true
after = ["morning"]
[tasks.done]
milestone = true
after = ["work", "evening"]
"""


@pytest.mark.parametrize("clock", ["00:00:00", "08:00:00", "13:00:00", "15:30:00", "17:00:00", "23:00:00"])
def test_nothing_starts_after_it_finishes_or_is_shown_before_the_start(clock):
    result = run(MILESTONES.format(clock=clock), 256)
    start = datetime.fromisoformat(f"2027-03-02T{clock}")
    for task in rows(result, "tasks", "task").values():
        for begin, end in (("deterministic_start", "deterministic_finish"), ("start_p50", "finish_p50")):
            assert start <= task[begin] <= task[end]
            assert task[begin] == task[end] or not task["is_milestone"]
    assert (column(result, "finish") >= np.datetime64(start)).all()
