"""Where logic is missing: open ends, and starts and finishes that nothing holds."""

from collections.abc import Iterable

from riskengine.schedule.health.logic import Logic

INTO_START = frozenset({"FS", "SS"})
OUT_OF_FINISH = frozenset({"FS", "FF"})


def open_ends(logic: Logic) -> tuple[str, ...]:
    """Return the unfinished tasks that lack a predecessor or a successor, but for the project's first and last.

    Notes
    -----
    The only task without predecessors is the first; of several, the only milestone among them is. The same holds for
    the last. Named targets end a chain by right, and a task that has started needs no predecessor any more.
    """
    no_start = [name for name in logic.work if not logic.into[name]]
    no_finish = [name for name in logic.work if not logic.out_of[name]]
    first, last = excused(logic, no_start), excused(logic, no_finish)
    missing = {name for name in no_start if name != first and not logic.work[name].is_started}
    missing |= {name for name in no_finish if name != last and name not in logic.targets}
    return tuple(name for name in logic.unfinished if name in missing)


def excused(logic: Logic, names: list[str]) -> str | None:
    """Return which of the tasks at one end may be the project's own first or last."""
    if len(names) == 1:
        return names[0]
    milestones = [name for name in names if logic.work[name].is_milestone]
    return milestones[0] if len(milestones) == 1 else None


def dangling_starts(logic: Logic) -> tuple[str, ...]:
    """Return the unstarted tasks with predecessors, none of which holds the start."""
    return tuple(
        name
        for name, task in logic.unfinished.items()
        if not task.is_milestone and not task.is_started and is_loose(into.type for into in logic.into[name])
    )


def is_loose(types: Iterable[str], holding: frozenset[str] = INTO_START) -> bool:
    """Whether there are relationships, and none of them is of a type that holds."""
    relationship_types = set(types)
    return bool(relationship_types) and not relationship_types & holding


def dangling_finishes(logic: Logic) -> tuple[str, ...]:
    """Return the unfinished tasks with successors, none of which waits for the finish."""
    return tuple(
        name
        for name, task in logic.unfinished.items()
        if not task.is_milestone
        and name not in logic.targets
        and is_loose((out.type for out in logic.out_of[name]), OUT_OF_FINISH)
    )
