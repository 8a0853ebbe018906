"""Backlogs: work of many items, whose duration comes from how many a team got done in the past."""

import math
from typing import Annotated, Final, Literal, Self

from riskengine.model.estimate import AnyEstimate, Constant, Estimate
from riskengine.model.estimate.estimate import Problem
from riskengine.model.fields import Amount, Choice, Special, Table, Text
from riskengine.model.frozen import Frozen
from riskengine.model.task import Task

MOST_PERIODS: Final = 520
"""Periods after which a backlog counts as one that never ends: ten years of weeks."""
FEWEST_ROWS: Final = 6
"""Rows that a history must have; with fewer it says next to nothing about bad periods."""
ADVISED_ROWS: Final = 12
MOST_ROWS: Final = 10_000
ROUNDING: Final = 1e-9
"""Items by which a sum may fall short of a whole number for the order of its operations alone."""
PERIOD_END: Final = "end of period"


class History(Frozen):
    """What a team got done and what came in, period by period."""

    done: Annotated[
        tuple[float, ...], Special("Items done in each period.", is_required=True, example="[4, 0, 6, 3, 5, 2]")
    ]
    added: Annotated[
        tuple[float, ...], Special("Items that came in, in the same periods.", example="[1, 0, 2, 0, 1, 0]")
    ] = ()


class Throughput(Estimate):
    """How many periods a backlog takes: a whole number of them in the plan, some between two bounds in an iteration.

    Notes
    -----
    ``length`` is that of one period in the unit of the estimate. No file names this shape: it follows from a backlog.
    """

    shape: Literal["backlog"] = "backlog"
    length: float
    plan_periods: float
    least_periods: float
    most_periods: float

    def bounds(self) -> tuple[float, float]:
        return self.least_periods * self.length, self.most_periods * self.length

    def uncut_plan_value(self) -> float:
        return self.plan_periods * self.length

    def parameter_problem(self) -> Problem | None:
        return None


class Backlog(Task):
    """A task whose duration comes from a history: periods are drawn from it until all items are done.

    Notes
    -----
    An iteration has N = ceil(items x growth) items to do, ``growth`` being one draw. In its period i it gets done
    ``focus`` x done of a row of the history, less what the same row says came in where ``added`` is ``"history"``.
    It ends with the first period in which the sum reaches N. ``duration`` follows from the rest.
    """

    items: Annotated[
        AnyEstimate,
        Amount(
            "How many items are left to do, in the unit of the history: items, or points.",
            "factor",
            is_required=True,
            is_written=True,
            example="30",
        ),
    ]
    history: Annotated[
        History,
        Table(
            "What was done in each period: a table with done, and added where it is known, or the name of a CSV file.",
            "history",
            is_written=True,
            example="{ done = [4, 0, 6, 3, 5, 2] }",
        ),
    ]
    period: Annotated[
        Constant,
        Amount("Working time of one row of the history.", is_written=True, example='"2w"'),
    ] = Constant.model_construct(value=1.0, unit="w")
    growth: Annotated[
        AnyEstimate,
        Amount(
            "What the items are multiplied with, one draw: splits, and what nobody knows of yet; default 1.",
            "factor",
            example="[1.0, 1.2, 1.5]",
        ),
    ] = Constant.model_construct(value=1.0)
    focus: Annotated[
        AnyEstimate,
        Amount("Share of what the team gets done that goes here, one draw; default 1.", "factor", example="0.8"),
    ] = Constant.model_construct(value=1.0)
    added: Annotated[
        Literal["none", "history"],
        Choice(
            "Whether what came in, row by row, is taken off what was done: it grows the backlog again.",
            example='"history"',
        ),
    ] = "none"
    finish: Annotated[
        Literal["end of period", "within period"],
        Choice(
            "Whether it ends with its last period, or within it, by the share of the period that was needed.",
            example='"within period"',
        ),
    ] = "end of period"
    sampling: Annotated[
        str,
        Text(
            'How rows are drawn: "independent", or in runs of so many rows that follow each other, "block:4".',
            example='"block:4"',
        ),
    ] = "independent"

    @property
    def run_length(self) -> int:
        """Rows that are drawn together: 1 where each is drawn by itself."""
        return int(self.sampling.removeprefix("block:")) if self.sampling.startswith("block:") else 1

    @property
    def arrivals(self) -> tuple[float, ...]:
        """What came in, row by row: nothing where that does not count."""
        return self.history.added if self.added == "history" else (0.0,) * len(self.history.done)

    def net(self, focus: float) -> tuple[float, ...]:
        """Return what each row of the history takes off the backlog."""
        return tuple(focus * done - added for done, added in zip(self.history.done, self.arrivals, strict=True))

    def mean_net(self, focus: float) -> float:
        """Return what a period takes off the backlog on average."""
        return math.fsum(self.net(focus)) / len(self.history.done)

    @property
    def planned_items(self) -> int:
        """Items that the deterministic plan reckons with."""
        return int(items_of(self.items.plan_value(), self.growth.plan_value()))

    def throughput(self, more_items: float = 0.0, most_at_least: float = 0.0) -> Throughput:
        """Return how long the backlog takes: in the plan, by the mean of its history.

        Parameters
        ----------
        more_items : float
            What risks that have occurred add in the plan.
        most_at_least : float
            Periods that it may take anyhow, since risks may add items.
        """
        focus = self.focus.plan_value()
        mean = self.mean_net(focus)
        items = items_of(self.items.plan_value(), self.growth.plan_value(), more_items)
        periods = math.ceil(items / mean - ROUNDING) if mean > 0 else MOST_PERIODS
        least, most = self._bounds()
        planned = float(min(max(periods, 1), MOST_PERIODS))
        return Throughput.model_construct(
            unit=self.period.unit,
            length=self.period.value,
            plan_periods=planned,
            least_periods=min(least, planned),
            most_periods=max(most, planned, most_at_least),
        )

    def _bounds(self) -> tuple[float, float]:
        """Return how few and how many periods it can take: with the best of all rows each time, and with the worst."""
        ends = [
            (items_of(items, growth), focus)
            for items, growth, focus in zip(
                self.items.support(), self.growth.support(), reversed(self.focus.support()), strict=True
            )
        ]
        (fewest, most_focus), (most, least_focus) = ends
        best, worst = max(self.net(most_focus)), min(self.net(least_focus))
        if best <= 0:
            return 0.0, float(MOST_PERIODS)
        is_within = self.finish != PERIOD_END
        shortest = fewest / best if is_within else math.ceil(fewest / best - ROUNDING)
        if worst <= 0 or math.isinf(most) or math.isinf(most_focus):
            return (0.0 if math.isinf(most_focus) else max(shortest, 0.0)), float(MOST_PERIODS)
        return max(shortest, 0.0), float(min(MOST_PERIODS, math.ceil(most / worst - ROUNDING)))

    def with_throughput(self) -> Self:
        """Return the backlog with the duration that follows from what it says, left where it has begun."""
        duration = self.throughput()
        is_under_way = self.actual_start is not None and not self.is_finished
        return self.model_copy(update={"duration": duration, "remaining": duration if is_under_way else None})


def items_of(items: float, growth: float, more_items: float = 0.0) -> int | float:
    """Return the whole number of items that an estimate of them comes to with those of risks; it may be infinite."""
    number = items * growth + more_items
    return number if math.isinf(number) else math.ceil(number - ROUNDING)
