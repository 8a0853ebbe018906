"""Reading backlogs, and looking at what they cannot go together with."""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from riskengine.errors.counting import counted, first_names
from riskengine.model import AnyEstimate, Backlog, Constant, History, Scenario
from riskengine.model.backlog import ADVISED_ROWS, FEWEST_ROWS, MOST_PERIODS, MOST_ROWS
from riskengine.model.backlog_chance import chance_of_plan
from riskengine.model.format import FORMAT
from riskengine.model.selector import ImpactTargets
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.estimates import constant, read_estimate, read_working_length
from riskengine.scenario.values.fields import Fields, number
from riskengine.scenario.values.instants import moment_of
from riskengine.scenario.values.point_defaults import PointDefaults

OWN_APART: Final = frozenset({"items", "history", "period", "growth", "focus", "sampling"})
"""Attributes of a backlog that look at others, or have bounds of their own."""
MOST_NAMED: Final = 5
LONGEST_RUN: Final = 1000
BLOCK: Final = "block:"


def with_backlogs(sections: Mapping[str, Mapping[str, Any]], faults: Faults) -> dict[str, Mapping[str, Any]]:
    """Return the sections of a document with its backlogs among the tasks, after reporting ids that are both.

    Notes
    -----
    A backlog is a task to all that names one. What is wrong with it as such is told where it stands.
    """
    tasks, backlogs = sections["tasks"], sections["backlogs"]
    for key in sorted(tasks.keys() & backlogs.keys()):
        faults.add("RE424", ("backlogs", key), key)
    faults.backlogs = frozenset(backlogs.keys() - tasks.keys())
    return {**sections, "tasks": {**backlogs, **tasks}} if backlogs else dict(sections)


class BacklogReader:
    """Reads what a backlog says of itself, apart from what it says as any task.

    Parameters
    ----------
    points : PointDefaults
        What an estimate given as a list of points means.
    """

    def __init__(self, points: PointDefaults) -> None:
        self.points = points

    def values(self, fields: Fields) -> dict[str, Any] | None:
        """Return its own attributes, or None after reporting what is wrong with them."""
        count = len(fields.faults.all)
        items = self.amount(fields, "items") if fields.require("items") else None
        growth, focus = (self.amount(fields, key) if key in fields.data else ONE for key in ("growth", "focus"))
        history, period, sampling = self.history(fields), self.period(fields), self.sampling(fields)
        progress = self.progress(fields)
        if items is None or growth is None or focus is None or history is None or period is None:
            return None
        if fields.data.get("added") == "history" and not history.added:
            fields.faults.add("RE449", (*fields.place, "added"), "history")
        if len(fields.faults.all) > count:
            return None
        own_values = {"items": items, "growth": growth, "focus": focus, "history": history}
        return own_values | progress | {"period": period, "sampling": sampling, "duration": constant(0.0, "d")}

    def amount(self, fields: Fields, key: str) -> AnyEstimate | None:
        """Return items, growth or focus: above 0 in every future."""
        value, place = fields.data[key], (*fields.place, key)
        estimate = read_estimate(value, place, fields.faults, "factor", self.points)
        if estimate is not None and (estimate.support()[0] < 0 or estimate.plan_value() <= 0):
            fields.faults.add("RE428", place, value)
        return estimate

    def period(self, fields: Fields) -> Constant | None:
        """Return the working time of one row of the history."""
        if "period" not in fields.data:
            return constant(1.0, "w")
        value, place = fields.data["period"], (*fields.place, "period")
        period = read_working_length(value, place, fields.faults, "duration", self.points)
        if period is not None and period.value <= 0:
            fields.faults.add("RE429", place, value)
        return period

    def sampling(self, fields: Fields) -> str:
        """Return how rows are drawn."""
        text, place = fields.text("sampling", "independent"), (*fields.place, "sampling")
        length = text.removeprefix(BLOCK)
        is_block = text.startswith(BLOCK) and length.isascii() and length.isdigit() and len(length) <= 4
        if text != "independent" and not (is_block and 2 <= int(length) <= LONGEST_RUN):
            rule = f'sampling must be "independent", or "block:N" with N from 2 to {LONGEST_RUN}'
            fields.faults.add("RE429", place, text, rule=rule, cure='write sampling = "block:4"')
        return text

    def history(self, fields: Fields) -> History | None:
        """Return the history, or None after reporting what is wrong with it."""
        keys = [key for key in ("history", "done") if key in fields.data]
        if len(keys) != 1:
            fields.faults.add("RE425", (*fields.place, keys[-1]) if keys else fields.place)
            return None
        place: Place = (*fields.place, "history")
        if keys == ["done"]:
            rows = {"done": fields.data["done"]}
            place = fields.place
        else:
            table = fields.table("history")
            rows = dict(Fields(table, place, fields.faults, FORMAT["history"]).data)
            if isinstance(fields.data["history"], dict) and "done" not in rows:
                fields.faults.add("RE112", (*place, "done"))
        columns = {key: numbers(rows[key], (*place, key), fields.faults) for key in ("done", "added") if key in rows}
        done, added = columns.get("done"), columns.get("added", ())
        if done is None or added is None:
            return None
        refuse_odd_lengths(done, added, place, fields.faults)
        return History.model_construct(done=done, added=added)

    def progress(self, fields: Fields) -> dict[str, Any]:
        """Return what has happened: of a backlog that has begun, the items are those that are left."""
        start, resume = (moment_of(fields, key, ends=False) for key in ("actual_start", "resume"))
        finish = moment_of(fields, "actual_finish", ends=True)
        if finish is not None and "actual_start" not in fields.data:
            fields.faults.add("RE254", (*fields.place, "actual_start"))
        if start is not None and finish is not None and finish < start:
            rule = f"must not be before the actual start, {start.isoformat()}"
            fields.faults.add("RE253", (*fields.place, "actual_finish"), fields.data["actual_finish"], rule=rule)
        if resume is not None and (start is None or finish is not None):
            fields.faults.add("RE256" if start is None else "RE257", (*fields.place, "resume"), fields.data["resume"])
        return {"actual_start": start, "actual_finish": finish, "resume": resume}


ONE: Final = Constant.model_construct(value=1.0)


def numbers(value: object, place: Place, faults: Faults) -> tuple[float, ...] | None:
    """Return a list of numbers of zero or more, or None after reporting what it is instead."""
    if not isinstance(value, list):
        faults.add("RE113", place, value, rule="must be a list of numbers")
        return None
    count = len(faults.all)
    amounts = [number(item, (*place, at), faults) for at, item in enumerate(value[:MOST_ROWS])]
    for at, amount in enumerate(amounts):
        if amount is not None and amount < 0:
            faults.add("RE426", (*place, at), amount, rule="what was done, or came in, must be 0 or more")
    return tuple(amount or 0.0 for amount in amounts) if len(faults.all) == count else None


def refuse_odd_lengths(done: tuple[float, ...], added: tuple[float, ...], place: Place, faults: Faults) -> None:
    """Report a history of too few or too many rows, and one whose columns have not the same rows."""
    if not FEWEST_ROWS <= len(done) < MOST_ROWS:
        rule = f"a history must have {FEWEST_ROWS} rows or more, and fewer than {MOST_ROWS:,}"
        faults.add("RE426", (*place, "done"), counted(len(done), "row"), rule=rule)
    elif added and len(added) != len(done):
        value = f"{counted(len(added), 'row')} beside {len(done)}"
        faults.add("RE426", (*place, "added"), value, rule="done and added must have the same rows")


def backlogs_of(scenario: Scenario) -> Iterator[Backlog]:
    """Yield the backlogs of a scenario that are not done, by id."""
    for task in scenario.tasks.values():
        if isinstance(task, Backlog) and not task.is_finished:
            yield task


def check_backlogs(scenario: Scenario, faults: Faults) -> None:
    """Report backlogs that make no progress on average, and what none can be part of."""
    names = set()
    for backlog in backlogs_of(scenario):
        names.add(backlog.id)
        place, mean = ("backlogs", backlog.id), backlog.mean_net(backlog.focus.plan_value())
        if mean <= 0:
            faults.add("RE427", (*place, "history"), f"{mean:.4g} a period")
        elif backlog.planned_items / mean > MOST_PERIODS:
            faults.add("RE451", (*place, "items"), counted(round(backlog.planned_items / mean), "period"))
    refuse_items_elsewhere(scenario, names, faults)
    for section, entities in (("rework", scenario.rework), ("learning", scenario.learning)):
        for key, entity in entities.items():
            for position, task in enumerate(entity.tasks):
                if task in names:
                    faults.add("RE447", (section, key, "tasks", position), task)


def refuse_items_elsewhere(scenario: Scenario, names: Collection[str], faults: Faults) -> None:
    """Report items that a risk takes away, or adds to what is no backlog."""
    targets = ImpactTargets(scenario)
    for id, risk in scenario.risks.items():
        for key, impact in risk.impacts.items():
            if impact.items is None:
                continue
            place = ("risks", id, "impacts", key, "items")
            if impact.items.support()[0] < 0:
                faults.add("RE450", place, impact.items.support()[0], rule="a risk must not take items away")
            elif not targets.acted_on(key, "items") and not is_over(key, scenario):
                faults.add("RE450", place, key, cure=faults.near(key, names))


def is_over(key: str, scenario: Scenario) -> bool:
    """Return whether a key is the id of a backlog that is done: nothing is added to it any more."""
    task = scenario.tasks.get(key)
    return isinstance(task, Backlog) and task.is_finished


def backlog_hints(scenario: Scenario) -> Iterator[str]:
    """Yield what is worth knowing of the histories."""
    few = [task.id for task in backlogs_of(scenario) if len(task.history.done) < ADVISED_ROWS]
    if few:
        names = first_names(few, MOST_NAMED)
        yield f"fewer than {ADVISED_ROWS} rows of history, so bad periods may be missing: {names}"
    for backlog in islice(backlogs_of(scenario), MOST_NAMED):
        chance = chance_of_plan(backlog)
        if chance is not None:
            periods = counted(round(backlog.throughput().plan_periods), "period")
            yield f"{backlog.id}: {periods} by the mean of its history, enough in {100 * chance:.1f} % of futures"
