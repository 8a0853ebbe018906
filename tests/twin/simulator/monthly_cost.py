"""Cost by calendar month, day by day in plain Python, from what the twin says of one iteration."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from riskengine.engine.simulate import Settings, simulate
from riskengine.model import Scenario, Task
from riskengine.plan import compile
from tests.twin.draws.values import plan_value
from tests.twin.simulator import agreement
from tests.twin.simulator.agreement import Run, draws_of
from tests.twin.simulator.prices import price
from tests.twin.simulator.risks import Draw
from tests.twin.simulator.simulator import Outcome, Simulator
from tests.twin.simulator.simulator_under_way import SimulatorUnderWay
from tests.twin.simulator.working_time import WorkingTime

Month = tuple[int, int]
Sums = dict[tuple[str, str, Month], float]
"""Scope, key and month: money."""


def following(month: Month) -> Month:
    """The next month."""
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)


def month_of_instant(walk: WorkingTime, instant: int) -> Month:
    """Month that an instant is in; midnight that no work follows on belongs to the day that it ends."""
    moment = walk.moment(instant)
    works_on = any(begin <= instant < end for day in (-1, 0) for begin, end in walk.shifts(walk.day_of(instant) + day))
    if not works_on:
        moment -= timedelta(seconds=walk.tick)
    return moment.year, moment.month


def accrued(walk: WorkingTime, amount: float, begin: int, end: int) -> Iterator[tuple[Month, float]]:
    """Month for month, what accrues evenly over the working time from one instant to another."""
    whole = walk.between(begin, end) if end > begin else 0
    if not whole:
        yield month_of_instant(walk, max(begin, end)), amount
        return
    moment = walk.moment(begin)
    month = moment.year, moment.month
    while True:
        first, last = (walk.instant(datetime(*each, 1)) for each in (month, following(month)))
        if first >= end:
            return
        if common := walk.between(max(first, begin), min(last, end)):
            yield month, amount * common / whole
        month = following(month)


class MonthlyTwin:
    """What the twin of a scenario says of each iteration, by calendar month.

    Parameters
    ----------
    scenario : Scenario
    made : Run
        The engine's run, for its draws.
    is_under_way : bool
    """

    def __init__(self, scenario: Scenario, made: Run, is_under_way: bool) -> None:
        kind = SimulatorUnderWay if is_under_way else Simulator
        self.twin = kind(scenario, made.plan.time.tick, on_clock=made.plan.clocks is not None)
        scenario = self.scenario = self.twin.scenario  # what actions in force make of it
        self.made = made
        self.draw: Draw | None = None
        """What has been drawn of the iteration at hand; None of the plan."""
        codes = [task.wbs.split(".") for task in scenario.tasks.values() if task.wbs]
        deepest = max(map(len, codes), default=1)
        parting = (depth for depth in range(1, deepest) if len({tuple(code[:depth]) for code in codes}) > 1)
        self.depth = next(parting, deepest)

    def iteration(self, number: int) -> Sums:
        """Money of one iteration."""
        self.draw = draws_of(self.scenario, self.made.seen, number)
        return self.months(self.twin.iteration(self.draw))

    def plan(self) -> Sums:
        """Money of the deterministic plan."""
        self.draw = None
        return self.months(self.twin.plan())

    def months(self, outcome: Outcome) -> Sums:
        """Money of one outcome, for the project and each team; of elements where the first levels of codes differ."""
        sums: Sums = defaultdict(float)
        own = outcome.cost
        for id, task in self.scenario.tasks.items():
            own -= outcome.task_cost[id]
            for month, money in self.task_months(task, outcome):
                self.add(sums, task, month, money)
        for clause in (*self.scenario.damages.values(), *self.scenario.bonuses.values()):
            money = self.twin.clause(
                clause, self.twin.finish_moment(clause.target, outcome.finish, outcome.project_finish)
            )
            instant = outcome.project_finish if clause.target == "project" else outcome.finish[clause.target]
            self.add(sums, None, month_of_instant(self.twin.project_walk, max(instant, 0)), money)
            own -= money
        lines = [(line.index, self.line_cost(id, outcome)) for id, line in self.scenario.costs.items() if line.index]
        own -= sum(money for _, money in lines)
        for index, amount in (*lines, ("", own)):
            for month, money in accrued(self.twin.project_walk, amount, 0, outcome.project_finish):
                self.add(sums, None, month, money * self.price(index, month))
        return sums

    def line_cost(self, id: str, outcome: Outcome) -> float:
        """What a cost line costs in the prices in which it is written."""
        line, twin = self.scenario.costs[id], self.twin
        rate = twin.number(f"cost/{id}/rate", line.rate, self.draw)
        return twin.number(f"cost/{id}/fixed", line.fixed, self.draw) + rate * twin.finish_days(outcome.project_finish)

    def price(self, index: str, month: Month) -> float:
        """What prices are in a month of the iteration at hand."""
        if not index:
            return 1.0
        growth = self.twin.number(f"index/{index}/rate", self.scenario.indices[index].rate, self.draw)
        return price(self.scenario, index, month, growth)

    def add(self, sums: Sums, task: Task | None, month: Month, money: float) -> None:
        """Add money to all whom it belongs to."""
        sums["project", "", month] += money
        sums["team", task.team if task else "", month] += money
        sums["wbs", ".".join(task.wbs.split(".")[: self.depth]) if task else "", month] += money

    def task_months(self, task: Task, outcome: Outcome) -> Iterator[tuple[Month, float]]:
        """Money of one task, of what has been spent and of what is to be."""
        walk, cost = self.twin.calendar_of(task), outcome.task_cost[task.id]
        now = self.scenario.start
        if task.is_finished:
            began, ended = task.actual_start or task.actual_finish, task.actual_finish
            assert began is not None and ended is not None
            if self.scenario.is_data_date:
                began, ended = min(began, now), min(ended, now)
            yield from accrued(walk, cost, walk.instant(began), walk.instant(ended))
            return
        if task.is_span:
            return
        begin = max(outcome.start[task.id], 0)
        if task.actual_start is not None:
            assert isinstance(self.twin, SimulatorUnderWay)
            until = now if self.scenario.is_data_date or task.resume is None else task.resume
            began = min(task.actual_start, now) if self.scenario.is_data_date else task.actual_start
            known = sum(
                units * self.scenario.resources[name].rate
                for name, units in task.resources.items()
                if name in self.scenario.resources
            ) + (0.0 if task.cost.rate is None else plan_value(task.cost.rate))
            spent = task.cost.actual
            if spent is None:
                spent = known * self.twin.days(max(0, self.twin.span(task, until)), walk.calendar)
            if spent:
                yield from accrued(walk, spent, walk.instant(began), walk.instant(until))
            cost -= spent
            if not self.scenario.is_data_date:
                begin = walk.instant(max(task.actual_start, task.resume or task.actual_start))
        elif task.cost.actual is not None:
            yield month_of_instant(walk, 0), task.cost.actual
            cost -= task.cost.actual
        for month, money in accrued(walk, cost, begin, max(outcome.finish[task.id], 0)):
            yield month, money * self.price(task.cost.index, month)


def differences(scenario: Scenario, seed: int, method: str, iterations: int, is_under_way: bool) -> Iterator[str]:
    """Every difference between the engine's months and the twin's."""
    plan = compile(scenario)
    settings = Settings(iterations, seed=seed, method=method, threads=1, has_contributions=False)
    sample = simulate(plan, settings)
    periods = sample.cost_periods
    twin = MonthlyTwin(scenario, agreement.run(scenario, seed, method, iterations), is_under_way)
    if periods is None:
        if any(sample.cost):
            yield "no months although there are costs"
        return
    months = [(month.year, month.month) for month in periods.month.tolist()]
    money = abs(sample.cost).max() + 1
    for number in range(-1, iterations):
        expected = twin.iteration(number) if number >= 0 else twin.plan()
        values = periods.cost[:, :, number] if number >= 0 else periods.deterministic
        shown = {
            (scope, key, month): values[row, at]
            for row, (scope, key) in enumerate(zip(periods.scope, periods.key, strict=True))
            for at, month in enumerate(months)
        }
        whole = sum(amount for (scope, _, _), amount in expected.items() if scope == "project")
        total = sample.cost[number] if number >= 0 else sample.deterministic_cost
        if abs(total - whole) > 1e-9 * money:
            yield f"iteration {number}: {total} in all, twin {whole}"
        for key in {key for key in (*shown, *expected) if key[0] in periods.scope}:
            if abs(shown.get(key, 0.0) - expected.get(key, 0.0)) > 1e-9 * money:
                yield f"iteration {number}: {key}: {shown.get(key)}, twin {expected.get(key)}"
