"""The scenario: everything that a run is computed from."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from riskengine.model.calendar import CLOCK, ROUND_THE_CLOCK, Calendar
from riskengine.model.cost import CostLine, Resource
from riskengine.model.estimate import AnyEstimate, Constant
from riskengine.model.gate import Gate
from riskengine.model.progress import ImportSource
from riskengine.model.relationship import LagCalendar, Relationship, lag_calendar
from riskengine.model.risk import Risk
from riskengine.model.schedule import Levelling, ScheduleOptions
from riskengine.model.task import Task


class Scenario(BaseModel):
    """A project's plan, its uncertainty, its risks and its gates, with every default filled in.

    Mappings are keyed by id and sorted by id. ``project`` keys the random streams, so that a scenario and the ones
    that extend it share their draws. ``wbs_names`` says what elements of the work breakdown structure are called, by
    their codes. ``start`` is the instant before which no work begins: the project's start or,
    with ``is_data_date``, the status date. Without ``levelling`` resources have no end.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    name: str
    project: str
    description: str = ""
    start: datetime
    is_data_date: bool = False
    currency: str = ""
    calendar: str
    lag_calendar: LagCalendar = "predecessor"
    minimum_duration: AnyEstimate = Constant(value=0.0, unit="d")
    calendars: dict[str, Calendar]
    resources: dict[str, Resource] = {}
    tasks: dict[str, Task]
    costs: dict[str, CostLine] = {}
    risks: dict[str, Risk] = {}
    targets: tuple[str, ...] = ()
    gates: dict[str, Gate] = {}
    schedule: ScheduleOptions = ScheduleOptions.model_construct()
    levelling: Levelling | None = None
    imported: ImportSource | None = None
    wbs_names: dict[str, str] = {}

    def calendar_named(self, name: str) -> Calendar:
        """Return the calendar with an id; one that the scenario does not have is the clock."""
        known = None if name == CLOCK else self.calendars.get(name)
        return ROUND_THE_CLOCK if known is None else known

    def calendar_of_lag(self, relationship: Relationship, successor: Task) -> str:
        """Return the id of the calendar that the lag of a relationship into a task runs on."""
        match lag_calendar(self.lag_calendar, relationship.lag):
            case "predecessor":
                return self.tasks[relationship.task].working_calendar
            case "successor":
                return successor.working_calendar
            case "project":
                return self.calendar
            case "24h":
                return CLOCK

    def work_days(self, task: Task) -> float:
        """Return the plan value of the work left of a task, in working days of its calendar."""
        return task.work.plan_value() * self.unit_days(task)

    def unit_days(self, task: Task) -> float:
        """Return the working days in one unit of the work of a task."""
        return self.calendar_named(task.working_calendar).unit_days(task.work.unit)


def resource_rate(scenario: Scenario, task: Task) -> float:
    """Return the cost per working day of the resources assigned to a task."""
    known = scenario.resources
    return sum(units * known[name].rate for name, units in sorted(task.resources.items()) if name in known)
