"""Risks: threats, opportunities and drivers, with their impacts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal

from riskengine.model.estimate import AnyEstimate
from riskengine.model.fields import (
    LONGEST_TEXT,
    Amount,
    Choice,
    Entities,
    Flag,
    Instant,
    Number,
    Reference,
    References,
    Table,
    Text,
)
from riskengine.model.frozen import Frozen
from riskengine.model.task import Task

FACTORS: Final = ("factor", "cost_factor")
"""Kinds of impact that multiply."""


class Impact(Frozen):
    """What a risk does to one target when it occurs: a delay, a cost, a factor on the duration or on the cost, items.

    Items are added to a backlog. A relationship takes a delay only, which is added to its lag, and what it costs to
    wait for it.
    """

    delay: Annotated[
        AnyEstimate | None,
        Amount(
            "Working time added to a duration, a relationship's lag or the project's finish; elapsed with ed or eh.",
            "delay",
            example="[5, 10, 25]",
        ),
    ] = None
    factor: Annotated[
        AnyEstimate | None, Amount("Multiplies the task's duration.", "factor", example="[1, 1.1, 1.4]")
    ] = None
    cost: Annotated[AnyEstimate | None, Amount("Money added.", "money", example="[0, 5000, 20000]")] = None
    cost_factor: Annotated[
        AnyEstimate | None, Amount("Multiplies fixed cost and rates: 1.2 is 20 % dearer.", "factor", example="1.2")
    ] = None
    items: Annotated[
        AnyEstimate | None,
        Amount("Items added to what is left to do of a backlog.", "factor", example="[2, 5, 10]"),
    ] = None
    waiting_rate: Annotated[
        AnyEstimate | None,
        Amount("Money for each working day of a relationship's delay: who waits is paid.", "money", example="1200"),
    ] = None


class Exposure(Frozen):
    """The time in which a risk can occur: what of it has passed at the data date leaves less to come.

    It begins at ``begin`` or with the start of a task, and ends at ``end``, or once a task is over; without either it
    lasts as long as the project, and nothing of it passes before.
    """

    begin: Annotated[
        datetime | None, Instant("First instant at which it can occur.", key="from", example="2027-03-01")
    ] = None
    end: Annotated[
        datetime | None,
        Instant("Last instant at which it can occur; a date is its end.", key="to", ends=True, example="2027-08-31"),
    ] = None
    begins_with: Annotated[
        str, Reference("Task with whose start it begins, in place of from.", "tasks", example='"design"')
    ] = ""
    expires_with: Annotated[str, Reference("Task with whose finish it is over.", "tasks", example='"build"')] = ""

    def share_passed(self, now: datetime, tasks: Mapping[str, Task]) -> float:
        """Return which share of it has passed: none of what has not begun, or ends with a task alone or the project."""
        if (self.expires_with and tasks[self.expires_with].is_finished) or (self.end is not None and now >= self.end):
            return 1.0
        begin = self.first_instant(tasks)
        return 0.0 if begin is None or self.end is None or begin >= now else (now - begin) / (self.end - begin)

    def first_instant(self, tasks: Mapping[str, Task]) -> datetime | None:
        """Return when it begins, or began, or None where nobody knows yet."""
        if not self.begins_with:
            return self.begin
        task = tasks[self.begins_with]
        return task.actual_start or task.actual_finish

    def remaining(self, probability: float, now: datetime, tasks: Mapping[str, Task]) -> float:
        """Return what is left of a probability where the risk has not occurred until now.

        Notes
        -----
        Its moment is uniform over the exposure, of which a share f has passed: p (1 - f) / (1 - p f).
        """
        share = self.share_passed(now, tasks)
        if share <= 0:
            return probability
        return 0.0 if share >= 1 else probability * (1.0 - share) / (1.0 - probability * share)


class Risk(Frozen):
    """An event that may or may not happen, once per iteration for the whole project.

    ``impacts`` is keyed by task id, by selector (``team:NAME``, ``tag:NAME``, ``wbs:CODE``, ``*``), by ``cost:ID`` or
    ``cost:*`` for cost lines, by ``A -> B FS`` for the relationship between two tasks, or by ``project``. ``parallel``
    names a group of which only the largest factor above one and the smallest below one count on a task, or on its cost;
    without it factors multiply. ``impact_sampling`` says whether the impacts of one kind share one draw; ``default`` is
    shared for factors of either kind and independent for delays and costs. ``before`` is what it was before the actions
    in force changed it, and no field of a file.
    """

    id: str
    name: Annotated[str, Text("Name of the risk.", is_written=True, example='"Antenna delivered late"')] = ""
    description: Annotated[
        str,
        Text(
            "Text of any length up to 10 000 characters.",
            LONGEST_TEXT,
            has_lines=True,
            is_written=True,
            example='"The yard has one slot a month."',
        ),
    ] = ""
    kind: Annotated[
        Literal["threat", "opportunity", "driver"],
        Choice(
            "threat (only harm), opportunity (only good) or driver (either, probability 1 unless given).",
            is_written=True,
            example='"opportunity"',
        ),
    ] = "threat"
    probability: Annotated[
        float,
        Number(
            "Share of futures in which it occurs, 0 to 1.",
            least=0,
            most=1,
            code="RE301",
            is_share=True,
            is_written=True,
            example="0.3",
        ),
    ]
    active: Annotated[bool, Flag("False leaves it out of the simulation.", is_written=True, example="false")] = True
    status: Annotated[
        Literal["open", "closed", "occurred"],
        Choice(
            "open; closed, and it occurs no more; or occurred, and its impacts are part of the plan.",
            example='"occurred"',
        ),
    ] = "open"
    exposure: Annotated[
        Exposure | None,
        Table(
            "From when to when it can occur: with a data date in between, what has passed counts no more.",
            "exposure",
            is_merged=True,
            example="{ from = 2027-03-01, to = 2027-08-31 }",
        ),
    ] = None
    triggered_by: Annotated[
        tuple[str, ...],
        References(
            "Risks of which one must occur for it to occur; probability is then its share of those futures.",
            "risks",
            example='["flood"]',
        ),
    ] = ()
    after: Annotated[
        str,
        Reference(
            "Task whose finish decides whether it may occur; it acts on what comes after that task.",
            "tasks",
            example='"design"',
        ),
    ] = ""
    if_later_than: Annotated[
        datetime | None,
        Instant(
            "It may occur only where the task of after finishes later than this; a date is its end.",
            ends=True,
            example="2027-05-01",
        ),
    ] = None
    owner: Annotated[str, Text("Who answers for it.", is_written=True, example='"R. Weber"')] = ""
    parallel: Annotated[
        str,
        Text(
            "Group of which only the largest factor above 1 and smallest below 1 count on a task or its cost.",
            is_written=True,
            example='"weather"',
        ),
    ] = ""
    impact_sampling: Annotated[
        Literal["default", "shared", "independent"],
        Choice(
            "Whether impacts of one kind share a draw; default: factors do, delays and costs do not.",
            is_written=True,
            example='"shared"',
        ),
    ] = "default"
    impacts: Annotated[
        dict[str, Impact],
        Entities(
            "What it acts on: a task's id, team:NAME, tag:NAME, wbs:CODE, *, A -> B, cost:ID, cost:* or project.",
            "impacts",
            is_written=True,
            is_merged=True,
            example="{ build = { delay = [5, 10, 25] } }",
        ),
    ] = {}
    before: "Risk | None" = None
