"""One iteration of a scenario under way: progress and constraints by the rules of the reference CPM."""

import math
from dataclasses import replace
from datetime import datetime

from riskengine.model import Scenario, Task
from tests.twin.cpm import critical_path as cpm
from tests.twin.cpm.scenario import network
from tests.twin.draws.values import is_elapsed, plan_value
from tests.twin.simulator.actions import with_actions
from tests.twin.simulator.behaviour import hurried_by_nobody
from tests.twin.simulator.branching import last_time, repeated
from tests.twin.simulator.learning import practised
from tests.twin.simulator.network import Dates, Times, longest_path
from tests.twin.simulator.risks import Draw, Hit, combined_factor
from tests.twin.simulator.simulator import Acting, Outcome, Simulator
from tests.twin.simulator.working_time import WorkingTime


class SimulatorUnderWay(Simulator):
    """The slow twin for scenarios with progress, constraints and spans.

    Notes
    -----
    Spans take part in nothing that this twin says: they drive nobody, and their own dates are those of others.
    """

    def __init__(self, scenario: Scenario, tick: int = 1, on_clock: bool | None = None) -> None:
        scenario = repeated(practised(with_actions(scenario)))
        self.bare = network(scenario)
        self.written = self.bare
        """The network by which what has happened, and what binds, is told, whatever days are lost."""
        super().__init__(scenario, tick, on_clock)

    def calendar_of(self, task: Task) -> WorkingTime:
        return self.clock if is_elapsed(task.work) else super().calendar_of(task)

    def _outcome(self, draw: Draw | None, acting_without: Acting) -> Outcome:
        tasks = self.scenario.tasks
        # what is over is frozen, and a span has no duration of its own
        frozen = {id for id, task in tasks.items() if task.is_finished or task.is_span}
        absent, times, dates, acting = self.settled(
            draw, lambda barred: [hit for hit in acting_without(barred) if hit.target not in frozen]
        )
        counted = set(dates.finish)  # with a data date, what is over ends nothing
        if self.scenario.is_data_date and not all(tasks[id].is_finished for id in counted):
            counted = {id for id in counted if not tasks[id].is_finished}
        ends = Dates(start=dates.start, finish={id: dates.finish[id] for id in counted}, drivers=dates.drivers)
        finish = self.project_finish(ends, draw, acting)
        cost = self.task_costs(times, draw, acting, absent)
        return Outcome(
            start=dates.start,
            finish=dates.finish,
            work={id: time.work for id, time in times.items()},
            project_finish=finish,
            critical={target: some - absent for target, some in self.criticality_of(dates, counted).items()},
            task_cost=cost,
            cost=sum(cost.values()) + self.project_cost(finish, draw, acting) + self.clauses(dates.finish, finish),
        )

    def dated(self, times: dict[str, Times], draw: Draw | None, absent: set[str], acting: list[Hit]) -> Dates:
        found = cpm.early(self.drawn(times, draw, absent, acting))
        dates = Dates()
        for id, start in found.early_start.items():
            dates.start[id] = (start - self.bare.start) // self.tick
            dates.finish[id] = (found.early_finish[id] - self.bare.start) // self.tick
            dates.drivers[id] = {before for before, after, _ in found.drives if after == id}
        return dates

    def finish_moment(self, target: str, finish: dict[str, int], project_finish: int) -> datetime:
        """When a target finishes; what is over finished when it did."""
        tasks = self.scenario.tasks
        if target in tasks and tasks[target].actual_finish is not None:
            return tasks[target].actual_finish
        is_over = all(task.is_finished or task.is_span for task in tasks.values())
        over = [task.actual_finish for task in tasks.values() if task.actual_finish is not None]
        if target == "project" and is_over and over:
            return max(over)
        return super().finish_moment(target, finish, project_finish)

    def drawn(self, times: dict[str, Times], draw: Draw | None, absent: set[str], acting: list[Hit]) -> cpm.Network:
        """The network with the durations and lags of this iteration; a lag that has begun to run is the plan's."""
        activities = {
            id: replace(
                a,
                work=times[id].work * self.tick,
                elapsed=times[id].elapsed * self.tick,
                is_absent=id in absent,
                past_hours=self.written.activities[id].hours,
                constraints=self.written.activities[id].constraints,
            )
            for id, a in self.bare.activities.items()
        }
        links = []
        places: dict[str, int] = {}
        for link, written in zip(self.bare.links, self.written.links, strict=True):
            link = replace(link, past_hours=written.hours)
            place = places[link.successor] = places.get(link.successor, -1) + 1
            before = activities[link.predecessor]
            if not absent.isdisjoint((link.predecessor, link.successor)):
                links.append(replace(link, lag=0))
                continue
            has_begun = before.is_started if link.type in ("SS", "SF") else before.is_finished
            delay = self.delay_of(link.successor, place, draw, acting) * self.tick
            if has_begun and self.scenario.is_data_date:
                links.append(replace(link, delay=delay))
            else:
                links.append(replace(link, lag=self.lag(link.successor, place, draw).ticks * self.tick + delay))
        ties = self.bare.activities[next(iter(activities))].hours if self.tie_calendar is not self.clock else None
        return replace(self.bare, activities=activities, links=links, absent_ties=ties)

    def times(self, task: Task, draw: Draw | None, acting: list[Hit]) -> Times:
        if task.is_finished or task.is_span or (task.margin and draw is not None):
            return Times(0)
        mine = [hit for hit in acting if hit.target == task.id]
        calendar = self.calendar_of(task)
        base = self.length(task, mine, calendar, draw, is_left=True)
        factors = [(hit.risk, self.number(hit.name, hit.estimate, draw)) for hit in mine if hit.kind == "factor"]
        work = math.floor(base * (self.slowness(task, draw) * combined_factor(factors)) + 0.5)
        elapsed = 0
        for hit in mine:
            if hit.kind == "delay":
                delay = self.time(hit.name, hit.estimate, calendar, draw)
                elapsed, work = (elapsed + delay, work) if is_elapsed(hit.estimate) else (elapsed, work + delay)
        least = (
            0
            if task.is_milestone or task.margin
            else self.time("least", self.scenario.minimum_duration, calendar, None)
        )
        planned = self.planned(task, task.work, calendar)
        return Times(work=hurried_by_nobody(task, max(work, least, 0), planned), elapsed=elapsed)

    def criticality_of(self, dates: Dates, counted: set[str]) -> dict[str, set[str]]:
        """Tasks on a longest path to the project's finish and to each target that is no span."""
        walk = self.tie_calendar
        forms = {id: walk.working_form(dates.finish[id]) for id in counted}
        ends = {id for id, form in forms.items() if form == max(forms.values())}
        targets = {
            target: longest_path(dates, {last_time(self.scenario, target)})
            for target in self.targets
            if target in dates.finish
        }
        return {"project": longest_path(dates, ends), **targets}

    def task_cost(self, task: Task, work: int, draw: Draw | None, acting: list[Hit]) -> float:
        """What was spent, what is to be spent, and rates over what has been and what is to be worked."""
        if not task.is_started or task.is_span:
            return super().task_cost(task, work, draw, acting)
        calendar = self.calendar_of(task)
        resources = self.scenario.resources
        crew = sum(units * resources[id].rate for id, units in task.resources.items() if id in resources)
        known = crew + (0.0 if task.cost.rate is None else plan_value(task.cost.rate))
        if task.is_finished:
            if task.cost.actual is not None:
                return task.cost.actual
            fixed = 0.0 if task.cost.fixed is None else plan_value(task.cost.fixed)
            return fixed + known * self.days(self.span(task, task.actual_finish), calendar.calendar)
        until = self.scenario.start if self.scenario.is_data_date or task.resume is None else task.resume
        spent = task.cost.actual
        if spent is None:
            spent = known * self.days(max(0, self.span(task, until)), calendar.calendar)
        return spent + super().task_cost(task, work, draw, acting)

    def span(self, task: Task, until: datetime | None) -> int:
        """Working ticks from the actual start until a moment."""
        hours = self.written.activities[task.id].hours
        began = task.actual_start or task.actual_finish
        assert began is not None and until is not None
        if self.scenario.is_data_date:  # nothing has happened after it
            began, until = min(began, self.scenario.start), min(until, self.scenario.start)
        return hours.between(cpm.instant(began), cpm.instant(until)) // self.tick
