"""Serial schedule generation in plain Python, for plans that run round the clock: slow and obviously right."""

from collections.abc import Mapping, Sequence

from riskengine.model import Scenario, Task

UNIT = {"d": 86_400, "ed": 86_400, "h": 3600, "eh": 3600}

Span = tuple[int, int]


def schedule(scenario: Scenario, order: Sequence[str], duration: Mapping[str, int]) -> dict[str, Span]:
    """Place every task in turn at the earliest start that logic and resources allow [s after the start]."""
    placed: dict[str, Span] = {}
    for name in order:
        task = scenario.tasks[name]
        length = duration[name]
        start = required(task, length, placed)
        if length:
            # room can only appear where somebody finishes
            later = sorted({finish for _, finish in placed.values() if finish > start})
            start = next(
                moment for moment in [start, *later] if has_room(scenario, task, moment, length, placed, duration)
            )
        placed[name] = (start, start + length)
    return placed


def required(task: Task, length: int, placed: Mapping[str, Span]) -> int:
    """Return the earliest start that logic allows."""
    start = 0
    for link in task.after:
        event = placed[link.task][0 if link.type in ("SS", "SF") else 1]
        moment = event + round(link.lag.value * UNIT[link.lag.unit or "d"])
        start = max(start, moment if link.type in ("FS", "SS") else moment - length)
    return start


def has_room(
    scenario: Scenario,
    task: Task,
    start: int,
    length: int,
    placed: Mapping[str, Span],
    duration: Mapping[str, int],
) -> bool:
    """Return whether the needs of a task fit beside what is placed, at its start and wherever another starts."""
    moments = [start, *(begin for begin, _ in placed.values() if start < begin < start + length)]
    for name, units in task.resources.items():
        capacity = scenario.resources[name].capacity
        if capacity is None:
            continue
        for moment in moments:
            held = sum(
                scenario.tasks[other].resources.get(name, 0.0)
                for other, (begin, finish) in placed.items()
                if duration[other] and begin <= moment < finish
            )
            if held + units > capacity * (1 + 1e-9):
                return False
    return True
