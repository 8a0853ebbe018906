"""Criticality: along the logic and along the resources that tasks waited for."""

import pytest

from riskengine import engine
from tests.support.levelled_plans import compiled, drawn, simulated

CRANE = {"resources": {"crane": {"capacity": 1}}}


def critical(document):
    """Return the tasks on a longest path of the deterministic plan."""
    made = compiled(document)
    count = engine.deterministic(made).count[0]
    return {name for row, name in enumerate(made.task) if count[row]}


def held(duration, *after, **more):
    return {"duration": duration, "after": list(after), "resources": {"crane": 1}} | more


def test_who_frees_the_crane_for_the_last_task_is_critical():
    tasks = {"a": held(5), "b": held(3), "c": {"duration": 7}}
    assert critical(CRANE | {"tasks": tasks}) == {"a", "b"}


def test_logic_that_came_true_while_the_task_waited_drives_nobody():
    tasks = {"start": {"duration": 2}, "a": held(5), "b": held(3, "start"), "c": {"duration": 1}}
    assert critical(CRANE | {"tasks": tasks}) == {"a", "b"}


def test_a_chain_goes_over_logic_and_resources_in_turn():
    tasks = {
        "dig": {"duration": 4},
        "lift": held(6, "dig"),
        "pour": held(2, "slow"),
        "slow": {"duration": 1},
        "cure": {"duration": 9, "after": ["pour"]},
        "lower": held(1, "dig"),
    }
    found = critical(CRANE | {"tasks": tasks, "levelling": {"rule": "priority"}})
    assert {"pour", "cure"} <= found


def test_all_who_free_units_at_one_instant_are_critical():
    document = {
        "resources": {"crew": {"capacity": 2}},
        "tasks": {
            "a": {"duration": 5, "resources": {"crew": 1}},
            "b": {"duration": 5, "resources": {"crew": 1}},
            "c": {"duration": 3, "resources": {"crew": 2}, "after": ["early"]},
            "early": {"duration": 0},
            "short": {"duration": 5},
        },
    }
    assert critical(document) == {"a", "b", "c"}


def test_a_task_that_takes_no_time_frees_nothing():
    document = {
        "resources": {"crew": {"capacity": 1}},
        "tasks": {
            "a": {"duration": 5, "resources": {"crew": 1}},
            "none": {"duration": [0, 0, 0.00001], "after": ["five"], "resources": {"crew": 1}},
            "five": {"duration": 5},
            "c": {"duration": 4, "resources": {"crew": 1}},
        },
    }
    found = critical(document)
    assert {"a", "c"} <= found and "none" not in found and "five" not in found


@pytest.mark.parametrize("calendars", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_every_iteration_has_a_critical_task_that_starts_the_project_or_waits_for_a_date(seed, calendars):
    made = compiled(drawn(seed, calendars=calendars))
    output = simulated(made)
    # an end of the project is always critical, and nobody can be critical more often than there are iterations
    assert output.count[0].max() <= 256
    ends = made.network.open_end
    assert output.count[0][ends].sum() >= 256


def test_the_slow_twin_of_the_longest_path_agrees():
    for seed in range(20):
        made = compiled(drawn(seed, risks=False))
        output = engine.deterministic(made)
        found = {name for row, name in enumerate(made.task) if output.count[0, row]}
        assert found == longest(seed, made, output), seed


def longest(seed, made, output):
    """Return who is on a chain to the project's end: each starts when logic or a freed resource lets it."""
    from tests.properties.levelling import serial
    from tests.support.levelled_plans import scenario

    asked = scenario(drawn(seed, risks=False))
    row = {name: at for at, name in enumerate(made.task)}
    placed = {name: (int(output.start[at, 0]), int(output.end[at, 0])) for name, at in row.items()}
    length = {name: int(output.duration[at, 0]) for name, at in row.items()}
    end = max(finish for _, finish in placed.values())
    critical = {name for name, (_, finish) in placed.items() if finish == end and row[name] in made.network.open_end}
    for name in reversed(made.task):
        if name not in critical:
            continue
        task = asked.tasks[name]
        earlier = {other: placed[other] for other in made.task[: row[name]]}
        logic = serial.required(task, length[name], earlier)
        if logic < placed[name][0]:
            critical |= who_freed(asked, task, placed[name], earlier, length)
            continue
        for link in task.after:
            if serial.required(task.model_copy(update={"after": (link,)}), length[name], earlier) == logic and (
                logic > 0 or moment(link, length[name], placed) == 0
            ):
                critical.add(link.task)
    return critical


def moment(link, length, placed):
    """Return the start that a relationship asks for, which may be before the project's."""
    from tests.properties.levelling.serial import UNIT

    event = placed[link.task][0 if link.type in ("SS", "SF") else 1] + round(
        link.lag.value * UNIT[link.lag.unit or "d"]
    )
    return event if link.type in ("FS", "SS") else event - length


def who_freed(asked, task, span, earlier, length):
    """Return those who finished just then and hold a resource that was short an instant before."""
    start, width = span[0], span[1] - span[0]
    short = set()
    for name, units in task.resources.items():
        capacity = asked.resources[name].capacity
        users = {other: asked.tasks[other].resources.get(name, 0.0) for other in earlier if length[other]}
        held_before = sum(u for other, u in users.items() if earlier[other][0] < start <= earlier[other][1])
        if held_before + units > capacity * (1 + 1e-9):
            short.add(name)
    assert short and width
    return {
        other
        for other, (_, finish) in earlier.items()
        if finish == start and length[other] and short & set(asked.tasks[other].resources)
    }


def test_who_frees_a_resource_that_had_room_all_along_drives_nobody():
    document = {
        "resources": {"crane": {"capacity": 1}, "crew": {"capacity": 2}},
        "levelling": {"rule": "priority"},
        "tasks": {
            "a": {"duration": 5, "resources": {"crane": 1}, "priority": 900},
            "b": {"duration": 5, "resources": {"crew": 1}, "priority": 900},
            "c": {"duration": 3, "resources": {"crane": 1, "crew": 1}},
            "d": {"duration": 1, "resources": {"crew": 2}, "after": ["c"]},
        },
    }
    # the crew had room for one more beside b all the time: c waited for the crane alone
    assert critical(document) == {"a", "c", "d"}
