"""The block of an iteration run again, with the marks that the core leaves of what drove each date."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, bound_core, empty_output, refuse_too_long, working_rows
from riskengine.engine.dates.display_dates import display_dates, early_dates, is_postponed
from riskengine.engine.dates.floats import drawn_lags
from riskengine.engine.escalation import refuse_unknown_prices
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Output
from riskengine.kernel.contract.resources import NOBODY, Levelling
from riskengine.plan import Plan


@dataclass(frozen=True)
class ResourceDriver:
    """A task, by its row, that freed a resource which another one waited for."""

    task: int
    resource: int


@dataclass(frozen=True, eq=False)
class TracedBlock:
    """An iteration within its block of 256.

    Parameters
    ----------
    plan : Plan
    request : Request
        Of the block alone, with tasks and risks.
    dimension : (variable,) int16
        Sobol dimensions.
    column : int
        The iteration, from the first of the block.
    output : Output
        Of the block.
    is_driving : (relationship,) bool
        Whether each relationship asked for the very date of its successor.
    freed_by : (task,) list of ResourceDriver
        Who freed what each task waited for; nothing for a task that did not have to wait.
    """

    plan: Plan
    request: Request
    dimension: NDArray[np.int16]
    column: int
    output: Output
    is_driving: NDArray[np.bool_]
    freed_by: list[list[ResourceDriver]]

    @classmethod
    def of(cls, plan: Plan, seed: int, method: int, dimension: NDArray[np.int16], iteration: int) -> "TracedBlock":
        """Run the block of an iteration."""
        first_block, column = divmod(iteration, BLOCK)
        request = Request(seed, method, BLOCK, first_block, task_iterations=BLOCK, risk_iterations=BLOCK)
        output, working = empty_output(plan, request), working_rows(plan)
        bound_core(plan, request, dimension)(first_block, first_block + 1, output, working)
        refuse_too_long(plan, output)
        refuse_unknown_prices(plan, output)
        relationship = plan.kernel_plan.tables.relationship
        marks = working[1].marks[relationship["driver"].astype(np.int64) + column]
        return cls(
            plan=plan,
            request=request,
            dimension=dimension,
            column=column,
            output=output,
            is_driving=np.asarray((marks >> relationship["bit"]) & 1 != 0),
            freed_by=_freed_by(plan, working[0], column),
        )

    @cached_property
    def occurs(self) -> NDArray[np.bool_]:
        """Which risks occur, (risk,) bool."""
        return np.asarray(self.output.occurs[:, self.column] != 0)

    @cached_property
    def exists(self) -> NDArray[np.bool_]:
        """Which tasks exist, (task,) bool."""
        if not self.output.exists.size:
            return np.ones(len(self.plan.task), bool)
        return np.asarray(self.output.exists[:, self.column] != 0)

    def lag(self) -> NDArray[np.int64]:
        """Return the lags as they were drawn, (relationship,) int64 [working tick of the lag's calendar]."""
        return self._lags[:, self.column]

    def clock(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return start and finish of what is left of each task, (task,) int64 [tick on the clock]."""
        start, finish = early_dates(self.plan, self.output, BLOCK)
        return start[:, self.column], finish[:, self.column]

    def dates(self) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
        """Return start and finish of each task as they are shown, (task,) datetime64[us]."""
        lag = self._lags if is_postponed(self.plan) else None
        start, finish = display_dates(self.plan, self.output, BLOCK, lag)
        return start[:, self.column], finish[:, self.column]

    def without(self, risk: int) -> tuple[NDArray[np.int32], float]:
        """Return finishes, (target,) int32 [tick], and cost where one risk does not occur and all else is as drawn."""
        request = replace(self.request, without=(risk,), task_iterations=0, risk_iterations=0)
        output = empty_output(self.plan, request)
        first = request.first_block
        bound_core(self.plan, request, self.dimension)(first, first + 1, output, working_rows(self.plan))
        return output.finish[:, self.column], float(output.cost[self.column])

    @cached_property
    def _lags(self) -> NDArray[np.int64]:
        return drawn_lags(self.plan, self.request, self.dimension, BLOCK, self.output.occurs != 0)


def _freed_by(plan: Plan, levelling: Levelling | None, column: int) -> list[list[ResourceDriver]]:
    """Return who freed what each task waited for, ties among them; nobody where nobody ever waits."""
    drivers: list[list[ResourceDriver]] = [[] for _ in plan.task]
    holdings = plan.holdings
    if holdings is None or levelling is None:
        return drivers
    profile = levelling.profile
    for need, holder in enumerate(holdings.holder.tolist()):
        before = int(profile.freed[need, column])
        while before != NOBODY:
            driver = ResourceDriver(int(holdings.holder[before]), int(holdings.resource[before]))
            if driver not in drivers[holder]:
                drivers[holder].append(driver)
            before = int(profile.tie[before, column])
    return drivers
