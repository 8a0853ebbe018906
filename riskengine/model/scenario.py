"""The scenario: everything that a run is computed from."""

from datetime import datetime
from typing import Annotated, Final

from riskengine.model.action import Action
from riskengine.model.branch import Branch
from riskengine.model.calendar import CLOCK, ROUND_THE_CLOCK, Calendar
from riskengine.model.change import Change
from riskengine.model.correlation import Correlation
from riskengine.model.cost import CostLine, Resource
from riskengine.model.date_clause import Bonus, Damages
from riskengine.model.estimate import AnyEstimate, Constant
from riskengine.model.exclusive import Exclusive
from riskengine.model.fields import (
    LONGEST_ID,
    LONGEST_TEXT,
    Amount,
    Choice,
    Entities,
    Instant,
    Reference,
    References,
    Special,
    Table,
    Text,
)
from riskengine.model.frozen import Frozen
from riskengine.model.gate import Gate
from riskengine.model.learning import Learning
from riskengine.model.price_index import PriceIndex
from riskengine.model.progress import ImportSource
from riskengine.model.project import Project
from riskengine.model.relationship import LagCalendar, Relationship, lag_calendar
from riskengine.model.rework import Rework
from riskengine.model.risk import Risk
from riskengine.model.schedule import Levelling, ScheduleOptions
from riskengine.model.task import Task

STANDARD: Final = "standard"
"""Id of the calendar of a project that names none: Monday to Friday, eight hours."""


class Scenario(Frozen):
    """A project's plan, its uncertainty, its risks and its gates, with every default filled in.

    Mappings are keyed by id and sorted by id. ``project`` keys the random streams, so that a scenario and the ones
    that extend it share their draws. ``wbs_names`` says what elements of the work breakdown structure are called, by
    their codes. ``start`` is the instant before which no work begins: the project's start or,
    with ``is_data_date``, the status date; ``first_start`` is the project's start in either case. Without
    ``levelling`` resources have no end. ``has_actions_in_force`` says that tasks, risks and costs are what the actions
    make of them, and no longer what was written (:func:`riskengine.model.in_force.in_force`).
    """

    name: Annotated[
        str, Text("Name of the scenario.", is_written=True, is_required=True, example='"Ground station upgrade"')
    ]
    project: Annotated[
        str,
        Text(
            "Keys the random streams; default: the name of the file at the root of the chain of extends.",
            is_written=True,
            example='"ground-station"',
        ),
    ]
    description: Annotated[
        str,
        Text(
            "Text of any length up to 10 000 characters.",
            LONGEST_TEXT,
            has_lines=True,
            is_written=True,
            example='"Two antennas and a hall."',
        ),
    ] = ""
    start: Annotated[
        datetime,
        Instant(
            "Start of the project; a date is its midnight, and work begins with the first shift from then on.",
            example="2027-03-01",
        ),
    ]
    is_data_date: bool = False
    project_start: Annotated[
        datetime | None,
        Instant(
            "Start of a project under way, beside data_date, from which days are counted at every status date; "
            "default: the start of the plan that a status update extends, else when the first task began.",
            example="2026-11-02",
        ),
    ] = None
    currency: Annotated[
        str, Text("Name of the currency, shown beside money.", LONGEST_ID, is_written=True, example='"EUR"')
    ] = ""
    calendar: Annotated[
        str,
        Reference(
            "Calendar of the project and of tasks that name none; built in: standard and 24h.",
            "calendars",
            is_written=True,
            example='"24h"',
        ),
    ] = STANDARD
    lag_calendar: Annotated[
        LagCalendar, Choice("Whose working time lags are counted in.", is_written=True, example='"successor"')
    ] = "predecessor"
    minimum_duration: Annotated[
        AnyEstimate,
        Amount(
            "No task but a milestone gets shorter than this, whatever its risks do; default 0.",
            "duration",
            is_written=True,
            example='"2h"',
        ),
    ] = Constant.model_construct(value=0.0, unit="d")
    targets: Annotated[
        tuple[str, ...],
        References(
            "Tasks whose finish is reported beside the project's.", "tasks", is_written=True, example='["build"]'
        ),
    ] = ()
    schedule: Annotated[
        ScheduleOptions,
        Table(
            "How dates are computed where tools differ.",
            "schedule",
            is_merged=True,
            example="{ must_finish = 2027-12-31 }",
        ),
    ] = ScheduleOptions.model_construct()
    levelling: Annotated[
        Levelling | None,
        Special(
            "True, or a table with a rule: in every iteration, resources serve no more than their capacity.",
            example="true",
        ),
    ] = None
    imported: Annotated[
        ImportSource | None,
        Table("Where an imported scenario came from.", "imported", example='{ tool = "Primavera P6" }'),
    ] = None
    wbs_names: Annotated[
        dict[str, str],
        Special(
            "Names of WBS elements by their dotted codes; wbs:NAME selects what is called so.",
            key="wbs",
            example='{ "1.2" = "Superstructure" }',
        ),
    ] = {}
    calendars: Annotated[
        dict[str, Calendar],
        Entities(
            "Calendars by id.", "calendars", is_written=True, example='{ site = { week = "mon-thu 07:00-17:00" } }'
        ),
    ]
    resources: Annotated[
        dict[str, Resource],
        Entities(
            "Resources by id; where there are any, tasks may use no others.",
            "resources",
            is_written=True,
            example="{ crane = { rate = 900 } }",
        ),
    ] = {}
    tasks: Annotated[
        dict[str, Task],
        Entities(
            "Tasks by id, or the name of a CSV table of them.",
            "tasks",
            is_written=True,
            example="{ build = { duration = [20, 25, 40] } }",
        ),
    ]
    costs: Annotated[
        dict[str, CostLine],
        Entities("Cost lines of the project by id.", "costs", is_written=True, example="{ camp = { rate = 350 } }"),
    ] = {}
    indices: Annotated[
        dict[str, PriceIndex],
        Entities(
            "Indices of prices by id, which costs follow at the dates on which they accrue.",
            "indices",
            example="{ steel = { rate = [0.01, 0.03, 0.06] } }",
        ),
    ] = {}
    risks: Annotated[
        dict[str, Risk],
        Entities(
            "Risks by id, or the name of a CSV table or a workbook of them.",
            "risks",
            is_written=True,
            example="{ storm = { probability = 0.2, impacts.build.delay = 5 } }",
        ),
    ] = {}
    exclusive: Annotated[
        dict[str, Exclusive],
        Entities(
            "Questions with several answers, by id: of some risks at most one occurs.",
            "exclusive",
            example='{ weather = { risks = ["flood", "storm"] } }',
        ),
    ] = {}
    actions: Annotated[
        dict[str, Action],
        Entities(
            "Actions by id: what can be done about risks, and what it changes.",
            "actions",
            is_merged=True,
            example="{ drain = { cost = 30000, effects.storm.probability = 0.1 } }",
        ),
    ] = {}
    has_actions_in_force: bool = False
    correlations: Annotated[
        dict[str, Correlation],
        Entities(
            "Correlations by id: what tends to be large, or to occur, together.",
            "correlations",
            example='{ crew = { between = ["design", "build"], rank = 0.5 } }',
        ),
    ] = {}
    damages: Annotated[
        dict[str, Damages],
        Entities(
            "Damages by id: what is owed where a target is late.",
            "damages",
            example='{ delay = { date = 2027-09-30, rate = 25000, per = "week", most = 500000 } }',
        ),
    ] = {}
    bonuses: Annotated[
        dict[str, Bonus],
        Entities(
            "Bonuses by id: what is earned where a target is early.",
            "bonuses",
            example="{ early = { date = 2027-06-30, rate = 5000, most = 100000 } }",
        ),
    ] = {}
    changes: Annotated[
        dict[str, Change],
        Entities(
            "Records of changes by id: who asked for each, when and why, and whether it is approved.",
            "changes",
            is_merged=True,
            example='{ cr-7 = { who = "R. Weber", when = 2027-04-12, why = "One crane is too small." } }',
        ),
    ] = {}
    projects: Annotated[
        dict[str, Project],
        Entities(
            "Projects of a programme by id, each a file or tasks of this one.",
            "projects",
            example='{ north = { name = "North line" } }',
        ),
    ] = {}
    branches: Annotated[
        dict[str, Branch],
        Entities(
            "Branches by id: exactly one of several paths follows a task.",
            "branches",
            example='{ go = { after = "design", paths = { build = 1 } } }',
        ),
    ] = {}
    rework: Annotated[
        dict[str, Rework],
        Entities(
            "Loops by id: tasks that are done again with some probability.",
            "rework",
            example='{ again = { tasks = ["build"], probability = 0.3 } }',
        ),
    ] = {}
    learning: Annotated[
        dict[str, Learning],
        Entities(
            "What is learnt by id: tasks with the same work, which takes less time each time.",
            "learning",
            example='{ lift = { tasks = ["design", "build"], rate = 0.9 } }',
        ),
    ] = {}
    gates: Annotated[
        dict[str, Gate],
        Entities(
            "Gates by id.", "gates", is_written=True, example="{ delivery = { finish = 2027-09-30, confidence = 0.8 } }"
        ),
    ] = {}

    @property
    def date_clauses(self) -> tuple[Damages | Bonus, ...]:
        """Damages and bonuses, each kind by id."""
        return (*self.damages.values(), *self.bonuses.values())

    @property
    def first_start(self) -> datetime:
        """The start of the project, from which days are counted at every status date.

        Notes
        -----
        Of a project under way that says none it is when its first task began, and the data date where none has begun.
        """
        if not self.is_data_date:
            return self.start
        if self.project_start is not None:
            return self.project_start
        began = (task.actual_start or task.actual_finish for task in self.tasks.values())
        return min((moment for moment in began if moment is not None and moment < self.start), default=self.start)

    def calendar_named(self, name: str) -> Calendar:
        """Return the calendar with an id; one that the scenario does not have is the clock."""
        calendar = None if name == CLOCK else self.calendars.get(name)
        return ROUND_THE_CLOCK if calendar is None else calendar

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
    resources = scenario.resources
    if not task.resources:
        return 0
    return sum(units * resources[name].rate for name, units in sorted(task.resources.items()) if name in resources)
