"""One iteration of a scenario, step by step as the rules say it, in plain Python."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from riskengine.model import AnyEstimate, Backlog, Bonus, Calendar, Damages, Scenario, Task
from tests.twin.draws.values import is_elapsed, plan_value, to_ticks, unit_seconds
from tests.twin.simulator.actions import with_actions
from tests.twin.simulator.backlogs import RowWord, items_of_the_past, planned_ticks, ticks_drawn
from tests.twin.simulator.behaviour import hurried_by_nobody
from tests.twin.simulator.branching import last_time, repeated, untaken
from tests.twin.simulator.conditions import has_conditions, switched_off
from tests.twin.simulator.existence import absent_tasks
from tests.twin.simulator.learning import practised
from tests.twin.simulator.network import Dates, Lag, Times, forward_pass, longest_path
from tests.twin.simulator.pace import OneOver, paces, planned_length
from tests.twin.simulator.risks import Draw, Hit, between, combined_factor, hits, is_to_come, occurring
from tests.twin.simulator.waiting_risks import barred
from tests.twin.simulator.working_time import WorkingTime

Acting = Callable[[frozenset[str]], list[Hit]]
"""What risks do in an iteration, without those that are barred."""


@dataclass(frozen=True)
class Outcome:
    """One simulated future. Instants and durations in ticks, money in the scenario's currency."""

    start: dict[str, int]
    finish: dict[str, int]
    work: dict[str, int]
    project_finish: int
    critical: dict[str, set[str]]
    """Target (`project` too) -> tasks on a longest path to it."""
    task_cost: dict[str, float]
    cost: float


class Simulator:
    """The slow twin of the engine for one scenario.

    Parameters
    ----------
    scenario : Scenario
    tick : int
        Length of a tick [s].
    on_clock : bool, optional
        Whether finishes tie at one instant of the clock only; by default that is so where the plan keeps several
        calendars. On one calendar 17:00 and 08:00 next morning tie.

    Notes
    -----
    A value is asked of `draw` by its name (`task/A/duration`, `relationship/A/B/FS/lag`, `risk/R/impact/A/delay`) and
    only where it is uncertain: times in ticks, factors and money as they are, `risk/R/occurs` as a truth value.
    """

    def __init__(self, scenario: Scenario, tick: int = 1, on_clock: bool | None = None) -> None:
        scenario = self.scenario = repeated(practised(with_actions(scenario)))
        self.tick = tick
        self.walks = {id: WorkingTime(c, scenario.start, tick) for id, c in scenario.calendars.items()}
        around_the_clock = Calendar(id="around the clock", week=(((0, 1440),),) * 7, hours_per_day=24.0)
        self.clock = WorkingTime(around_the_clock, scenario.start, tick)
        self.project_walk = self.walks.get(scenario.calendar, self.clock)
        self.counting_walk = self.project_walk
        """Counts the days of the project: those of the calendar as it is written, where this one loses some."""
        if on_clock is None:
            on_clock = self.the_only_calendar() is None
        first = next(iter(scenario.tasks.values()), None)
        self.tie_calendar = self.clock if on_clock or first is None else self.calendar_of(first)
        self.row_word: RowWord | None = None
        """What chooses the rows of the iteration; a scenario without backlogs needs none."""
        asked = (*scenario.gates.values(), *scenario.damages.values(), *scenario.bonuses.values())
        self.targets = {*scenario.targets, *(each.target for each in asked)} - {"project"}

    # What is known without chance -------------------------------------------------------------------------------

    def calendar_of(self, task: Task) -> WorkingTime:
        """Calendar that a task is worked on: its own, or the clock where its duration is elapsed."""
        is_on_clock = is_elapsed(planned_length(task, is_left=False))
        return self.clock if is_on_clock else self.walks.get(task.calendar, self.clock)

    def lag_calendar(self, predecessor: str, successor: str, lag: AnyEstimate) -> WorkingTime | None:
        """Calendar that a lag runs on; None for the clock."""
        choice = self.scenario.lag_calendar
        if is_elapsed(lag) or choice == "24h":
            return None
        if choice == "project":
            return self.project_walk
        return self.calendar_of(self.scenario.tasks[predecessor if choice == "predecessor" else successor])

    def the_only_calendar(self) -> WorkingTime | None:
        """The calendar of every task and lag, if nothing in the plan runs on another."""
        walks = [self.calendar_of(task) for task in self.scenario.tasks.values()]
        for task in self.scenario.tasks.values():
            walks += [self.lag_calendar(link.task, task.id, link.lag) or self.clock for link in task.after]
        for risk in self.scenario.risks.values():
            walks += [self.clock for i in risk.impacts.values() if i.delay is not None and is_elapsed(i.delay)]
        same = all(walk.keeps_the_hours_of(walks[0]) for walk in walks)
        return walks[0] if walks and same else None

    def time(self, name: str, estimate: AnyEstimate, calendar: WorkingTime | None, draw: Draw | None) -> int:
        """An uncertain or known time in ticks; without `draw` the plan's value."""
        if draw is not None and estimate.shape != "constant":
            return int(draw(name))
        return to_ticks(plan_value(estimate), estimate.unit, calendar.calendar if calendar else None, self.tick)

    def number(self, name: str, estimate: AnyEstimate | None, draw: Draw | None) -> float:
        """An uncertain or known factor or amount of money; nothing is 0."""
        if estimate is None:
            return 0.0
        if draw is not None and estimate.shape != "constant":
            return float(draw(name))
        return plan_value(estimate)

    # One iteration ----------------------------------------------------------------------------------------------

    def iteration(self, draw: Draw) -> Outcome:
        """One simulated future."""
        return self._outcome(draw, lambda barred: list(hits(self.scenario, draw, barred)))

    def plan(self) -> Outcome:
        """The deterministic plan: plan values, and no risk or driver acts but those that have occurred."""
        occurred = {id: risk for id, risk in self.scenario.risks.items() if risk.status == "occurred"}
        acting = list(hits(self.scenario.model_copy(update={"risks": occurred}), lambda name: 0.0))
        return self._outcome(None, lambda barred: acting)

    def _outcome(self, draw: Draw | None, acting_without: Acting) -> Outcome:
        absent, times, dates, acting = self.settled(draw, acting_without)
        finish = self.project_finish(dates, draw, acting)
        task_cost = self.task_costs(times, draw, acting, absent)
        return Outcome(
            start=dates.start,
            finish=dates.finish,
            work={id: time.work for id, time in times.items()},
            project_finish=finish,
            critical={target: tasks - absent for target, tasks in self.criticality(dates).items()},
            task_cost=task_cost,
            cost=sum(task_cost.values()) + self.project_cost(finish, draw, acting) + self.clauses(dates.finish, finish),
        )

    def settled(self, draw: Draw | None, acting_without: Acting) -> tuple[set[str], dict[str, Times], Dates, list[Hit]]:
        """What does not exist, all times and dates, and what risks do, worked out again until nothing changes."""
        never = absent_tasks(self.scenario, draw) | untaken(self.scenario, draw)
        absent, kept_away = never, frozenset()
        while True:
            acting = acting_without(kept_away)
            times = {
                id: Times(0) if id in absent else self.times(task, draw, acting)
                for id, task in self.scenario.tasks.items()
            }
            dates = self.dated(times, draw, absent, acting)
            finish_of = partial(self.finish_moment, finish=dates.finish, project_finish=0)
            decided, in_time = never, frozenset(barred(self.scenario, finish_of))
            if has_conditions(self.scenario):
                decided = never | switched_off(self.scenario, finish_of, self.happening(draw))
            if decided == absent and in_time == kept_away:
                return absent, times, dates, acting
            absent, kept_away = decided, in_time

    def dated(self, times: dict[str, Times], draw: Draw | None, absent: set[str], acting: list[Hit]) -> Dates:
        """Dates of all tasks by their times."""
        return forward_pass(
            self.scenario.tasks,
            {id: self.calendar_of(task) for id, task in self.scenario.tasks.items()},
            times,
            lambda id, place: self.delayed_lag(id, place, draw, acting),
            dict.fromkeys(absent, None if self.tie_calendar is self.clock else self.tie_calendar),
        )

    def happening(self, draw: Draw | None) -> set[str]:
        """Risks that happen: in the plan those that have occurred."""
        if draw is not None:
            return occurring(self.scenario, draw)
        occurred = {id: risk for id, risk in self.scenario.risks.items() if risk.status == "occurred"}
        return occurring(self.scenario.model_copy(update={"risks": occurred}), lambda name: 0.0)

    def task_costs(
        self, times: dict[str, Times], draw: Draw | None, acting: list[Hit], absent: set[str]
    ) -> dict[str, float]:
        """What each task costs: what does not exist, what has been spent on it."""
        costs = {}
        for id, task in self.scenario.tasks.items():
            is_before = task.actual_start is None and task.actual_finish is None
            spent = (task.cost.actual or 0.0) if is_before and not task.is_span else 0.0
            costs[id] = spent + (0.0 if id in absent else self.task_cost(task, times[id].work, draw, acting))
        return costs

    def times(self, task: Task, draw: Draw | None, acting: list[Hit]) -> Times:
        """Duration of a task: base, factors, delays, floor, what is kept of a gain, in this order."""
        if task.margin and draw is not None:
            return Times(0)
        mine = [hit for hit in acting if hit.target == task.id]
        calendar = self.calendar_of(task)
        base = self.length(task, mine, calendar, draw, is_left=False)
        factors = [(hit.risk, self.number(hit.name, hit.estimate, draw)) for hit in mine if hit.kind == "factor"]
        work = math.floor(base * (self.slowness(task, draw) * combined_factor(factors)) + 0.5)
        elapsed = 0
        for hit in mine:
            if hit.kind == "delay":
                delay = self.time(hit.name, hit.estimate, calendar, draw)
                if is_elapsed(hit.estimate):
                    elapsed += delay
                else:
                    work += delay
        floor = 0
        if not (task.is_milestone or task.margin):
            floor = max(0, self.time("minimum_duration", self.scenario.minimum_duration, calendar, None))
        planned = self.planned(task, task.duration, calendar)
        return Times(work=hurried_by_nobody(task, max(work, floor), planned), elapsed=elapsed)

    def length(self, task: Task, mine: list[Hit], calendar: WorkingTime, draw: Draw | None, is_left: bool) -> int:
        """What a task takes before risks, or what is left of it; a backlog is worked off row by row."""
        if not isinstance(task, Backlog):
            return self.time(f"task/{task.id}/duration", planned_length(task, is_left), calendar, draw)
        if draw is None:
            return self.planned(task, task.work, calendar)
        assert self.row_word is not None
        more = sum(self.number(hit.name, hit.estimate, draw) for hit in mine if hit.kind == "items")
        number = partial(self.of_backlog, task, draw)
        return ticks_drawn(task, calendar, self.tick, number, more, self.row_word)

    def planned(self, task: Task, estimate: AnyEstimate, calendar: WorkingTime) -> int:
        """What a task takes in the plan."""
        if isinstance(task, Backlog):
            return planned_ticks(task, calendar.calendar, self.tick, items_of_the_past(task, self.scenario))
        return self.time(f"task/{task.id}/duration", estimate, calendar, None)

    def of_backlog(self, task: Backlog, draw: Draw, key: str) -> float:
        """Items, growth or focus of a backlog."""
        return self.number(f"task/{task.id}/{key}", getattr(task, key), draw)

    def slowness(self, task: Task, draw: Draw | None) -> float:
        """What the pace of an iteration makes of a duration as planned."""
        product = 1.0
        for key, pace in paces(task).items():
            if draw is not None and pace.shape != "constant":
                product *= self.number(f"task/{task.id}/{key}", OneOver(pace), draw)
        return product

    def lag(self, successor: str, place: int, draw: Draw | None) -> Lag:
        """Lag of one relationship into a task; the n-th of the same pair and type carries `#n` in its name."""
        after = self.scenario.tasks[successor].after
        link = after[place]
        twin = sum(other.task == link.task and other.type == link.type for other in after[: place + 1])
        name = f"relationship/{link.task}/{successor}/{link.type}/lag" + (f"#{twin}" if twin > 1 else "")
        calendar = self.lag_calendar(link.task, successor, link.lag)
        return Lag(self.time(name, link.lag, calendar, draw), calendar)

    def delayed_lag(self, successor: str, place: int, draw: Draw | None, acting: list[Hit]) -> Lag:
        """Lag of one relationship with what risks add to it."""
        lag = self.lag(successor, place, draw)
        return Lag(lag.ticks + self.delay_of(successor, place, draw, acting), lag.calendar)

    def delay_of(self, successor: str, place: int, draw: Draw | None, acting: list[Hit]) -> int:
        """What risks add to the lag of one relationship."""
        task = self.scenario.tasks[successor]
        link = task.after[place]
        if not is_to_come(link, task, self.scenario):
            return 0
        calendar = self.lag_calendar(link.task, successor, link.lag)
        mine = [hit for hit in acting if hit.target == between(link, task) and hit.kind == "delay"]
        return sum(self.time(hit.name, hit.estimate, calendar, draw) for hit in mine)

    def waiting_cost(self, task: Task, draw: Draw | None, acting: list[Hit]) -> float:
        """What it costs to wait for the delays of the relationships into a task."""
        keys = {between(link, task): link for link in task.after if is_to_come(link, task, self.scenario)}
        total = 0.0
        for hit in acting:
            if hit.target in keys and hit.kind == "waiting_rate":
                link = keys[hit.target]
                rate = plan_value(hit.risk.impacts[hit.target].waiting_rate)
                if draw is not None and hit.estimate.shape not in ("constant", "discrete"):
                    total += float(draw(hit.name))  # a delay between two ticks is rounded, and what it costs is not
                    continue
                calendar = self.lag_calendar(link.task, task.id, link.lag)
                delay = self.time(hit.name.replace("waiting_rate", "delay"), hit.estimate, calendar, draw)
                total += rate * self.days(delay, (calendar or self.clock).calendar)
        return total

    def project_finish(self, dates: Dates, draw: Draw | None, acting: list[Hit]) -> int:
        """The last finish, then the delays of the project: working ones first, then those on the clock."""
        work = elapsed = 0
        for hit in acting:
            if hit.target == "project" and hit.kind == "delay":
                delay = self.time(hit.name, hit.estimate, self.project_walk, draw)
                if is_elapsed(hit.estimate):
                    elapsed += delay
                else:
                    work += delay
        finish = max(dates.finish.values(), default=0)
        if work:
            finish = max(0, self.project_walk.shift_end_form(self.project_walk.moved(finish, work)))
        return max(0, finish + elapsed)

    def criticality(self, dates: Dates) -> dict[str, set[str]]:
        """Tasks on a longest path to the project's finish and to each named target.

        Finishes tie at one working instant of `tie_calendar`.
        """
        walk = self.tie_calendar
        forms = {id: walk.working_form(finish) for id, finish in dates.finish.items()}
        ends = {id for id, form in forms.items() if form == max(forms.values())}
        return {
            "project": longest_path(dates, ends),
            **{target: longest_path(dates, {last_time(self.scenario, target)}) for target in self.targets},
        }

    # Money ------------------------------------------------------------------------------------------------------

    def days(self, ticks: int, calendar: Calendar) -> float:
        """Working ticks as working days of a calendar."""
        return ticks / float(unit_seconds("d", calendar) / self.tick)

    def task_cost(self, task: Task, work: int, draw: Draw | None, acting: list[Hit]) -> float:
        """Fixed cost, rates of the task and of its resources over its working days, and its risks' costs."""
        rate = self.number(f"task/{task.id}/rate", task.cost.rate, draw)
        for resource, units in task.resources.items():
            if resource in self.scenario.resources:
                rate += units * self.scenario.resources[resource].rate
        fixed = self.number(f"task/{task.id}/fixed", task.cost.fixed, draw)
        risks = sum(
            self.number(hit.name, hit.estimate, draw) for hit in acting if hit.target == task.id and hit.kind == "cost"
        )
        priced = fixed + rate * self.days(work, self.calendar_of(task).calendar)
        risks += self.waiting_cost(task, draw, acting)
        return priced * self.cost_factor(task.id, draw, acting) + risks

    def cost_factor(self, target: str, draw: Draw | None, acting: list[Hit]) -> float:
        """What the factors on the cost of a task, or of `cost/ID`, come to."""
        mine = [hit for hit in acting if hit.kind == "cost_factor" and hit.target == target]
        return combined_factor([(hit.risk, self.number(hit.name, hit.estimate, draw)) for hit in mine])

    def project_cost(self, finish: int, draw: Draw | None, acting: list[Hit]) -> float:
        """Cost lines over the working days of the project from start to finish, and risks of the project."""
        days = self.finish_days(finish)
        total = 0.0
        for id, line in self.scenario.costs.items():
            priced = self.number(f"cost/{id}/fixed", line.fixed, draw)
            priced += self.number(f"cost/{id}/rate", line.rate, draw) * days
            total += priced * self.cost_factor(f"cost/{id}", draw, acting)
        for hit in acting:
            if hit.target == "project" and hit.kind == "cost":
                total += self.number(hit.name, hit.estimate, draw)
        return total

    def clauses(self, finish: dict[str, int], project_finish: int) -> float:
        """What all damages cost, less what all bonuses bring."""
        whole = [*self.scenario.damages.values(), *self.scenario.bonuses.values()]
        return sum(self.clause(each, self.finish_moment(each.target, finish, project_finish)) for each in whole)

    def clause(self, clause: Damages | Bonus, finish: datetime) -> float:
        """What one clause costs: periods are counted one after the other, up to the cap."""
        period = timedelta(days=7 if clause.per == "week" else 1)
        money, edge = 0.0, clause.date
        while isinstance(clause, Damages) and edge < finish:
            money, edge = money + clause.rate, edge + period
        while isinstance(clause, Bonus) and edge - period >= finish:
            money, edge = money + clause.rate, edge - period
        money = money if clause.most is None else min(money, clause.most)
        return -money if isinstance(clause, Bonus) else money

    def finish_moment(self, target: str, finish: dict[str, int], project_finish: int) -> datetime:
        """When a target finishes, on the clock."""
        return self.moment(project_finish if target == "project" else finish[last_time(self.scenario, target)])

    # Reading an outcome -----------------------------------------------------------------------------------------

    def moment(self, instant: int) -> datetime:
        """Wall-clock time of an instant."""
        return self.clock.moment(instant)

    def finish_days(self, instant: int) -> float:
        """Working days of the project calendar between the start of the scenario and an instant."""
        return self.days(self.counting_walk.between(0, instant), self.counting_walk.calendar)
