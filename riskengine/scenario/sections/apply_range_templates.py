"""Giving known durations the spread of the templates; what has an estimate of its own keeps it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from riskengine.model import AnyEstimate, Calendar, Constant, Task
from riskengine.model.calendar import CLOCK, ROUND_THE_CLOCK
from riskengine.model.estimate import SHAPES
from riskengine.model.selector import groups_of
from riskengine.model.task import LEFT
from riskengine.scenario.sections.range_templates import CRITICAL, Condition, RangeTemplate, Spread, spread_keys
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.fields import LARGEST
from riskengine.scenario.values.point_defaults import with_percentiles

MOST_BEYOND: Final = 100.0
"""Times its highest point that a shape without bounds is taken to reach at the most."""

NO_GROUP: Final = ""


class RangeAssignment:
    """Applies templates to the tasks of one scenario.

    Parameters
    ----------
    templates : sequence of RangeTemplate
        In the order in which they apply; the first that selects a task gives it its spread.
    tables : mapping
        The tasks of the document, which tell a known duration from three points that are equal.
    calendars : mapping
        Calendars by id, in which lengths are compared.
    critical : callable
        Returns the ids of the tasks on the longest path; called once, and only if a template asks.
    wbs_names : mapping
        Names of WBS elements by their codes.
    """

    def __init__(
        self,
        templates: Sequence[RangeTemplate],
        tables: Mapping[str, Any],
        calendars: Mapping[str, Calendar],
        critical: Callable[[], Collection[str]],
        wbs_names: Mapping[str, str],
    ) -> None:
        self.templates = templates
        self.places_by_group = places_by_group(templates)
        self.wbs_names = wbs_names
        self.tables = tables
        self.calendars = calendars
        self.critical = critical() if any(template.needs_dates for template in templates) else ()
        self.ranges_given: Counter[str] = Counter()
        self.tasks_passed_over: Counter[str] = Counter()

    def apply(self, tasks: Mapping[str, Task], faults: Faults) -> dict[str, Task]:
        """Return the tasks with spread durations, those in progress with a spread of what remains."""
        return {key: self.with_range(task, faults) for key, task in tasks.items()}

    def with_range(self, task: Task, faults: Faults) -> Task:
        """Return one task, as it is where no template selects it or its duration is not simply known."""
        work, amount = task.work, getattr(task, task.amount_attribute)
        if task.margin or not isinstance(work, Constant) or work.value <= 0:  # milestones, spans, what is over: no work
            return task
        matching = self.templates_of(task, work)
        if not matching:
            return task
        self.tasks_passed_over.update(template.name for template in matching[1:])
        if self.is_explicit(task):
            self.tasks_passed_over[matching[0].name] += 1
            return task
        self.ranges_given[matching[0].name] += 1
        estimate = spread_of(amount, matching[0].spread, f"template {matching[0].name}")
        problem = estimate.problem()
        if problem is not None:
            place = (*matching[0].place, "range")
            faults.add(problem.code, place, problem.values, rule=problem.rule)
            return task
        high = min(estimate.bounds()[1], work.value * matching[0].spread.factors[-1] * MOST_BEYOND)
        if high > LARGEST:
            rule = f"must be within +-1e15 under template {matching[0].name}"
            key = task.amount_attribute.replace("effort", "work")
            faults.add("RE122", ("tasks", task.id, key), high, rule=rule)
        return task.with_amount(estimate) if high > 0 else task  # the least of numbers may vanish

    def is_explicit(self, task: Task) -> bool:
        """Return whether the file gives the duration as points of a shape, even if all equal, or an uncertain pace."""
        if task.uncertain_paces:
            return True
        table = self.tables.get(task.id)
        if not isinstance(table, Mapping):
            return False
        keys = [task.amount_attribute, *(key for key, left in LEFT.items() if left == task.amount_attribute)]
        names = (key.replace("effort", "work") for key in keys)
        value = next((table[name] for name in names if name in table), None)
        if isinstance(value, Mapping):
            return bool(value.get("shape", "constant" if "value" in value else "") != "constant")
        return isinstance(value, list)

    def templates_of(self, task: Task, work: Constant) -> list[RangeTemplate]:
        """Return the templates that select a task, in their order."""
        groups = frozenset(groups_of(task.team, task.tags, task.wbs, self.wbs_names))
        places = sorted({place for group in (NO_GROUP, *groups) for place in self.places_by_group.get(group, ())})
        return [
            self.templates[place]
            for place in places
            if any(
                all(self.meets(condition, task, work, groups) for condition in conditions)
                for conditions in self.templates[place].select
            )
        ]

    def meets(self, condition: Condition, task: Task, work: Constant, groups: Collection[str]) -> bool:
        """Return whether a task, which is in these groups, meets one condition."""
        match condition.kind:
            case "wbs" | "team" | "tag":
                return f"{condition.kind}:{condition.name}" in groups
            case "calendar":
                return task.calendar == condition.name
            case "longer" | "shorter":
                calendar = ROUND_THE_CLOCK if task.working_calendar == CLOCK else self.calendars[task.calendar]
                difference = work.value * calendar.unit_hours(work.unit)
                difference -= condition.length * calendar.unit_hours(condition.unit)
                return difference > 1e-9 if condition.kind == "longer" else difference < -1e-9
            case _:
                return condition.kind != CRITICAL or task.id in self.critical

    def hints(self) -> Iterator[str]:
        """Yield what templates did not do, one sentence each."""
        for template in self.templates:
            if self.ranges_given[template.name]:
                continue
            if self.tasks_passed_over[template.name]:
                yield (
                    f"template {template.name} changes nothing: other templates come first, "
                    "or the tasks have estimates of their own"
                )
            else:
                yield f"template {template.name} selects no task whose duration is a plain number"


def places_by_group(templates: Sequence[RangeTemplate]) -> dict[str, list[int]]:
    """Return which templates may select the tasks of a group, so that no task is held against all of thousands.

    Those that ask for no group stand under :data:`NO_GROUP`.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, template in enumerate(templates):
        for conditions in template.select:
            of_groups = (f"{each.kind}:{each.name}" for each in conditions if each.kind in ("wbs", "team", "tag"))
            places[next(of_groups, NO_GROUP)].append(place)
    return dict(places)


def spread_of(work: Constant, spread: Spread, source: str) -> AnyEstimate:
    """Return a known duration with a spread, in its own unit."""
    points = [float(f"{work.value * factor:.12g}") for factor in spread.factors]
    if points[0] == points[-1]:
        return Constant.model_construct(value=points[0], unit=work.unit, source=source)
    values: dict[str, Any] = dict(zip(spread_keys(spread.shape), points, strict=True))
    shape = with_percentiles(spread.shape, values, spread.points)
    estimate = SHAPES[shape].model.model_construct(unit=work.unit, source=source, **values)
    if estimate.passes_its_points and estimate.support()[0] < 0:
        return estimate.model_copy(update={"min": 0.0})
    return estimate
