"""Tasks and milestones."""

from datetime import datetime
from typing import Annotated, Literal, Self

from riskengine.model.calendar import CLOCK, ELAPSED_UNITS
from riskengine.model.estimate import AnyEstimate, Constant
from riskengine.model.fields import (
    LONGEST_TEXT,
    Amount,
    Choice,
    Flag,
    Instant,
    Number,
    Reference,
    Table,
    Tables,
    Text,
    Texts,
    Units,
)
from riskengine.model.frozen import Frozen
from riskengine.model.pace import PACES_OF, at_planned_pace, varies
from riskengine.model.progress import Constraint, Imported
from riskengine.model.relationship import Relationship

TaskType = Literal["task", "milestone", "start milestone", "finish milestone", "level of effort", "summary"]

MILESTONES = frozenset({"milestone", "start milestone", "finish milestone"})
SPANS = frozenset({"level of effort", "summary"})
"""Types of task whose dates follow those of others."""

NOTHING = Constant.model_construct(value=0.0, unit="d")
"""What is left to do of a finished task."""

DEFAULT_PRIORITY = 500

LEFT = {"duration": "remaining", "effort": "remaining_work", "quantity": "remaining_quantity"}
"""Attributes that say how much there is to do, and how much of it is left."""


class TaskCost(Frozen):
    """Time-independent cost, and cost per working day of the task's duration.

    Notes
    -----
    ``actual`` is what has been spent so far; where it is given, ``fixed`` is what is still to be spent.
    """

    fixed: Annotated[AnyEstimate | None, Amount("Cost that does not depend on time.", "money", example="12000")] = None
    rate: Annotated[
        AnyEstimate | None, Amount("Cost per working day of duration.", "money", example="[1200, 1500, 2000]")
    ] = None
    actual: Annotated[
        float | None,
        Number("Spent so far; then fixed is what is still to be spent.", column="actual_cost", example="41000"),
    ] = None
    index: Annotated[
        str,
        Reference(
            "Index of prices that all it still costs follows, month by month as it accrues.",
            "indices",
            column="cost_index",
            example='"steel"',
        ),
    ] = ""


class Task(Frozen):
    """A unit of work, a milestone, or a span over other tasks.

    Notes
    -----
    ``duration`` is the whole work, a constant zero where it was left out. ``remaining`` is set for every task that
    has started and not finished, and for no other; ``work`` is what a simulation draws from. A task of constant zero
    duration is of type ``milestone``, unless it is finished or in progress and its duration was left out.
    ``resume`` is the instant before which remaining work does not go on. ``priority`` counts in levelling, higher
    first. ``imported`` holds the dates that another tool computed.
    """

    id: str
    name: Annotated[str, Text("Name of the task.", is_written=True, example='"Build the hall"')] = ""
    description: Annotated[
        str,
        Text(
            "Text of any length up to 10 000 characters.",
            LONGEST_TEXT,
            has_lines=True,
            is_written=True,
            example='"Foundations, frame, roof."',
        ),
    ] = ""
    type: Annotated[
        TaskType,
        Choice(
            "Ordinary work, one of three milestones, or a span whose dates follow those of other tasks.",
            example='"start milestone"',
        ),
    ] = "task"
    duration: Annotated[
        AnyEstimate,
        Amount(
            "How long the task takes; a bare number is working days of its calendar.",
            parameter_columns="",
            example="[20, 25, 40]",
        ),
    ]
    effort: Annotated[
        AnyEstimate | None,
        Amount(
            "Work to do in hours or days of one person, in place of a duration: divided by people and productivity.",
            key="work",
            example='["80h", "100h", "160h"]',
        ),
    ] = None
    people: Annotated[
        AnyEstimate | None, Amount("How many people do the work at once; default 1.", "factor", example="[2, 3, 3]")
    ] = None
    productivity: Annotated[
        AnyEstimate | None,
        Amount(
            "How much work gets done in an hour of one person, 1 being as planned; default 1.",
            "factor",
            example="[0.8, 1.0, 1.1]",
        ),
    ] = None
    quantity: Annotated[
        AnyEstimate | None,
        Amount(
            "How much there is to do, in any unit, in place of a duration: divided by rate_per_day.",
            "factor",
            example="[900, 1000, 1300]",
        ),
    ] = None
    rate_per_day: Annotated[
        AnyEstimate | None,
        Amount("How much of the quantity gets done in a working day.", "factor", example="[80, 100, 110]"),
    ] = None
    margin: Annotated[
        bool,
        Flag(
            "True for time that the plan sets aside and no work fills: its duration is in the plan's dates, and 0 in "
            "every simulated future.",
            example="true",
        ),
    ] = False
    exists: Annotated[
        float,
        Number(
            "Share of futures in which there is such a task at all, 0 to 1; elsewhere it takes no time, costs nothing "
            "and hands on the dates that it is asked for.",
            least=0,
            most=1,
            code="RE340",
            is_share=True,
            example="0.3",
        ),
    ] = 1.0
    early_finish_passed_on: Annotated[
        float,
        Number(
            "Share of a gain against the plan value of the duration that successors see, 0 to 1.",
            least=0,
            most=1,
            code="RE380",
            is_share=True,
            example="0.5",
        ),
    ] = 1.0
    after: Annotated[
        tuple[Relationship, ...],
        Tables("Relationships into this task.", "relationship", is_written=True, example='["design FS-5d"]'),
    ] = ()
    calendar: Annotated[
        str,
        Reference(
            "Calendar of the task; default: that of defaults.task, else the project's.",
            "calendars",
            is_written=True,
            example='"24h"',
        ),
    ]
    cost: Annotated[
        TaskCost,
        Table(
            "What the task costs.",
            "cost",
            column="",
            is_written=True,
            is_merged=True,
            example="{ fixed = 12000, rate = 1500 }",
        ),
    ] = TaskCost.model_construct()
    team: Annotated[str, Text("Team, for the selector team:NAME.", is_written=True, example='"Works"')] = ""
    owner: Annotated[str, Text("Who answers for it.", is_written=True, example='"R. Weber"')] = ""
    wbs: Annotated[
        str,
        Text(
            "Dotted code, for the selector wbs:CODE: wbs:1.2 selects 1.2 and 1.2.3.", is_written=True, example='"1.2"'
        ),
    ] = ""
    tags: Annotated[
        tuple[str, ...],
        Texts("Words for the selector tag:NAME.", is_set=True, is_written=True, example='["outdoor", "steel"]'),
    ] = ()
    resources: Annotated[
        dict[str, float], Units("Units of each resource.", is_written=True, is_merged=True, example="{ welder = 2 }")
    ] = {}
    constraints: Annotated[
        tuple[Constraint, ...],
        Tables('What binds its dates: "SNET 2027-05-03" and the like.', "constraint", example='["SNET 2027-05-03"]'),
    ] = ()
    deadline: Annotated[
        datetime | None,
        Instant("Bound of its late finish, which moves no date; a date is its end.", ends=True, example="2027-06-15"),
    ] = None
    actual_start: Annotated[datetime | None, Instant("When work began.", example="2027-02-22")] = None
    actual_finish: Annotated[
        datetime | None, Instant("When work was done; a date is its end.", ends=True, example="2027-02-26")
    ] = None
    remaining: Annotated[
        AnyEstimate | None, Amount("What is left of the work of a started task.", "duration", example="[10, 14, 30]")
    ] = None
    remaining_work: Annotated[
        AnyEstimate | None, Amount("What is left of the work to do.", "duration", example='["40h", "50h", "80h"]')
    ] = None
    remaining_quantity: Annotated[
        AnyEstimate | None, Amount("What is left of the quantity.", "factor", example="[400, 500, 650]")
    ] = None
    resume: Annotated[
        datetime | None, Instant("Instant before which the remaining work does not go on.", example="2027-03-15")
    ] = None
    priority: Annotated[int, Number("Rank in levelling by priority, higher first.", example="800")] = DEFAULT_PRIORITY
    imported: Annotated[
        Imported | None,
        Table(
            "Dates that the tool of an imported schedule stored, for comparison.",
            "dates",
            example="{ early_start = 2027-03-01T08:00:00 }",
        ),
    ] = None

    @property
    def is_finished(self) -> bool:
        """Whether the work is done."""
        return self.actual_finish is not None

    @property
    def is_started(self) -> bool:
        """Whether the work has begun; it may be done."""
        return self.actual_start is not None or self.actual_finish is not None

    @property
    def is_span(self) -> bool:
        """Whether the dates follow those of other tasks: a level of effort or a summary."""
        return self.type in SPANS

    @property
    def is_milestone(self) -> bool:
        """Whether the task has no duration at all."""
        if self.type in MILESTONES:
            return True
        is_nothing = isinstance(self.duration, Constant) and self.duration.value == 0
        return is_nothing and not self.is_started and not self.is_span

    @property
    def work(self) -> AnyEstimate:
        """The estimate that is simulated: what remains of a task in progress, nothing of a finished one."""
        if self.actual_finish is not None:
            return NOTHING
        return self.duration if self.remaining is None else self.remaining

    @property
    def gain_kept(self) -> float:
        """Share of a gain against the plan value of the work that is worked away: none where there is no work."""
        has_work = not (self.is_finished or self.is_milestone or self.is_span or self.margin)
        return 1.0 - self.early_finish_passed_on if has_work else 0.0

    @property
    def paces(self) -> dict[str, AnyEstimate]:
        """What the work is divided by in each iteration, by its key."""
        values = {key: getattr(self, key) for keys in PACES_OF.values() for key in keys}
        return {key: pace for key, pace in values.items() if pace is not None}

    def at_planned_pace(self, attribute: str) -> AnyEstimate | None:
        """Return what ``duration`` or ``remaining`` must be where work or a quantity says it, else None."""
        whole, left = (
            (self.effort, self.remaining_work) if self.effort is not None else (self.quantity, self.remaining_quantity)
        )
        amount = whole if attribute == "duration" else left
        return None if amount is None else at_planned_pace(amount, self.paces.values())

    @property
    def amount_attribute(self) -> str:
        """Attribute that says how much is left to do, as it was written."""
        whole = "effort" if self.effort is not None else "duration" if self.quantity is None else "quantity"
        return whole if self.remaining is None else LEFT[whole]

    def with_amount(self, amount: AnyEstimate) -> Self:
        """Return the task with another estimate of how much is left to do."""
        attribute = self.amount_attribute
        changes = {attribute: amount}
        if attribute not in ("duration", "remaining"):
            length = "duration" if self.remaining is None else "remaining"
            changes[length] = at_planned_pace(amount, self.paces.values())
        return self.model_copy(update=changes)

    @property
    def uncertain_paces(self) -> dict[str, AnyEstimate]:
        """What the work is divided by and may differ from the plan, by its key; nothing once the task is finished."""
        return {} if self.is_finished else {key: pace for key, pace in self.paces.items() if varies(pace)}

    @property
    def varies(self) -> bool:
        """Whether what is left to do may take longer or shorter than in the plan, by its own estimates."""
        return varies(self.work) or bool(self.uncertain_paces)

    @property
    def working_calendar(self) -> str:
        """Id of the calendar that the task is worked on: its own, or the clock where its work is elapsed time."""
        is_elapsed = self.duration.unit in ELAPSED_UNITS or self.work.unit in ELAPSED_UNITS
        return CLOCK if is_elapsed else self.calendar
