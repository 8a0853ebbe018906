"""Generated projects under way reach every rule of progress, constraints and spans."""

from collections import Counter

from riskengine.model import Scenario, Task
from tests.twin.simulator import written
from tests.twin.simulator.under_way import CONSTRAINTS, under_way

STATES = ("not begun", "under way", "over")
EXPECTED = {
    *(f"{kind} of work {state}" for kind in CONSTRAINTS for state in ("not begun", "under way")),
    *(f"{kind} from {one} into {other}" for kind in ("FS", "SS", "FF", "SF") for one in STATES for other in STATES),
    *("data date", "start", "retained logic", "progress override", "actual dates", "honoured", "must finish"),
    *("resume", "deadline", "milestone", "start milestone", "finish milestone", "level of effort", "summary"),
    *("finish float", "start float", "smallest float", "several calendars", "successor of a span"),
}


def state(task: Task) -> str:
    """Where a task stands."""
    return STATES[2] if task.is_finished else STATES[1] if task.is_started else STATES[0]


def features(scenario: Scenario) -> set[str]:
    """What a scenario has, in words."""
    tasks, options = scenario.tasks, scenario.schedule
    found = {"data date" if scenario.is_data_date else "start", options.out_of_sequence, f"{options.float_kind} float"}
    found |= {"honoured"} if options.honour_constraints else set()
    found |= {"must finish"} if options.must_finish else set()
    found |= {"several calendars"} if len({task.calendar for task in tasks.values()}) > 1 else set()
    for task in tasks.values():
        found.add(task.type)
        found |= {f"{constraint.type} of work {state(task)}" for constraint in task.constraints}
        found |= {"resume"} if task.resume else set()
        found |= {"deadline"} if task.deadline else set()
        for link in task.after:
            before = tasks[link.task]
            found |= {"successor of a span"} if before.is_span else set()
            found.add(f"{link.type} from {state(before)} into {state(task)}")
    return found


def test_generated_projects_under_way_reach_every_rule(tmp_path):
    reached = Counter(name for seed in range(600) for name in features(written.read(under_way(seed), tmp_path)))
    assert {name for name in EXPECTED if reached[name] < 2} == set()


def test_a_seed_names_one_project_under_way():
    assert under_way(3) == under_way(3)
    assert under_way(3) != under_way(4)
