"""Who is served first when resources are short: the order of the tasks of a levelled plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from riskengine.kernel.contract.arrays import FF, FS, SS
from riskengine.model import Scenario
from riskengine.plan.plan import Plan
from riskengine.plan.time.horizon import Keeper

Rank = tuple[int, ...]


@dataclass(frozen=True)
class Dates:
    """Dates of the deterministic plan without levelling, and how long each task takes, by kernel order.

    Parameters
    ----------
    early_start, late_start, late_finish : list of int [tick on the clock]
    total_float, duration : list of int [working ticks]
    """

    early_start: list[int]
    late_start: list[int]
    late_finish: list[int]
    total_float: list[int]
    duration: list[int]


def levelled_order(plan: Plan, scenario: Scenario, rule: str) -> tuple[str, ...]:
    """Return the order in which tasks are given their resources.

    Parameters
    ----------
    plan : Plan
        Of the scenario without levelling.
    scenario : Scenario
    rule : str
        ``late finish``, ``total float``, ``early start``, ``priority`` or ``shortest``.

    Notes
    -----
    Of the tasks whose predecessors all have their place, the one that comes first by the rule is next; what is under
    way is served before all else. Ties go by late finish, late start and id. The ranks come from the deterministic
    plan, so that the order is the same in every iteration.
    """
    dates = deterministic_dates(plan)
    row = {name: at for at, name in enumerate(plan.task)}
    by_rule: Mapping[str, Callable[[int], int]] = {
        "late finish": lambda at: 0,
        "total float": dates.total_float.__getitem__,
        "early start": dates.early_start.__getitem__,
        "priority": lambda at: -scenario.tasks[plan.task[at]].priority,
        "shortest": dates.duration.__getitem__,
    }
    first = by_rule[rule]

    def rank(at: int) -> Rank:
        waits = 0 if scenario.tasks[plan.task[at]].is_started else 1
        return (waits, first(at), dates.late_finish[at], dates.late_start[at])

    network = plan.network
    before = [
        set(network.predecessor[network.offset[at] : network.offset[at + 1]].tolist()) for at in range(len(plan.task))
    ]
    return tuple(plan.task[at] for at in ranked_order(before, [(rank(row[name]), name) for name in plan.task]))


def ranked_order(before: Sequence[set[int]], rank: Sequence[tuple[Rank, str]]) -> list[int]:
    """Return tasks so that each comes after those before it, and of those that may be next the least rank is."""
    waits = [len(some) for some in before]
    after: list[list[int]] = [[] for _ in before]
    for task, some in enumerate(before):
        for one in some:
            after[one].append(task)
    ready = [(rank[task], task) for task, count in enumerate(waits) if not count]
    heapify(ready)
    order = []
    while ready:
        task = heappop(ready)[1]
        order.append(task)
        for successor in after[task]:
            waits[successor] -= 1
            if not waits[successor]:
                heappush(ready, (rank[successor], successor))
    return order


def deterministic_dates(plan: Plan) -> Dates:
    """Return the dates of the plan at its most likely values, by logic and bounds alone.

    Notes
    -----
    Constraints on late dates do not count: they say what is wanted, and not what is urgent for the project's end.
    """
    network, clocks = plan.network, plan.clocks
    count = len(plan.task)
    calendar = plan.time.task_calendar.tolist()
    keepers = [Keeper.of(table) for table in plan.time.calendars]
    length = np.maximum(plan.estimates.plan_value[plan.estimates.duration], network.floor).astype(np.int64).tolist()
    start = keepers[calendar[0]].working(plan.time.start) if count and clocks is None else 0
    bound = (network.bound.astype(np.int64) + start).tolist()
    lag, lag_calendar = plan.estimates.lag.tolist(), plan.time.lag_calendar.tolist()
    begin, end = [0] * count, [0] * count
    for task in range(count):
        keeper = keepers[calendar[task]]
        work = bound[task]
        for e in range(network.offset[task], network.offset[task + 1]):
            kind = network.kind[e]
            moment = (end if kind in (FS, FF) else begin)[network.predecessor[e]]
            required = keeper.working(_moved(keepers[lag_calendar[e]], moment, lag[e]))
            work = max(work, required if kind in (FS, SS) else required - length[task])
        begin[task] = keeper.start_instant(work)
        end[task] = _done(keeper, work, length[task])
    last = max(end, default=0)
    late_end = [keepers[calendar[task]].working(last) for task in range(count)]
    late_begin = [0] * count
    for task in range(count - 1, -1, -1):
        keeper = keepers[calendar[task]]
        late_begin[task] = late_end[task] - length[task]
        starts = keeper.start_instant(late_begin[task])
        ends = _done(keeper, late_begin[task], length[task])
        for e in range(network.offset[task], network.offset[task + 1]):
            kind, before = network.kind[e], network.predecessor[e]
            required = min(last, _moved(keepers[lag_calendar[e]], starts if kind in (FS, SS) else ends, -lag[e]))
            work = keepers[calendar[before]].working(required)
            late_end[before] = min(late_end[before], work if kind in (FS, FF) else work + length[before])
    return Dates(
        early_start=begin,
        late_start=[keepers[calendar[task]].start_instant(late_begin[task]) for task in range(count)],
        late_finish=[_done(keepers[calendar[task]], late_begin[task], length[task]) for task in range(count)],
        total_float=[late_begin[task] - keepers[calendar[task]].working(begin[task]) for task in range(count)],
        duration=length,
    )


def _moved(keeper: Keeper, moment: int, lag: int) -> int:
    """Return the next working instant of a calendar after a lag from a moment, or the moment where there is none."""
    return keeper.start_instant(keeper.working(moment) + lag) if lag else moment


def _done(keeper: Keeper, work: int, length: int) -> int:
    """Return when work is done that begins after ``work`` ticks: at the shift's end."""
    return keeper.start_instant(work + length - 1) + 1 if length else keeper.start_instant(work)
