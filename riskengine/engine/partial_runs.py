"""Some blocks of the iterations of many plans: no more than their outcomes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, available_threads, run_blocks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.simulate import METHODS, Settings
from riskengine.kernel import BLOCK
from riskengine.plan import Plan
from riskengine.plan.stages import Stages


@dataclass(frozen=True)
class Outcomes:
    """What came of some iterations; dates are told from the core's when they are asked for.

    Parameters
    ----------
    plan : Plan
    date : (target, n) int32 [tick]
        Finishes as the core has them.
    cost : (n,) float64 [currency]
    """

    plan: Plan
    date: NDArray[np.int32]
    cost: NDArray[np.float64]

    @cached_property
    def finish(self) -> NDArray[np.datetime64]:
        """Finishes, (target, n) datetime64[us]."""
        return self.plan.finishes(self.date)[0]

    @cached_property
    def days(self) -> NDArray[np.float64]:
        """Finishes, (target, n) float64 [working days]."""
        return self.plan.finishes(self.date)[1]


class PartialRuns:
    """Runs of plans that differ little, each of the same iterations, from one block to another.

    Parameters
    ----------
    settings : Settings
        ``iterations`` is how many there are in all.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.threads = settings.threads or available_threads()
        self.stages: Stages | None = None
        self.dimension: NDArray[np.int16] | None = None

    def outcomes(self, plan: Plan, first: int, last: int) -> Outcomes:
        """Return what comes of iterations of a plan, as in a run of all of them.

        Parameters
        ----------
        plan : Plan
        first, last : int
            Iterations; the first begins a block, and the last is left out.
        """
        if self.dimension is None or self.stages is not plan.stages:
            self.stages, self.dimension = plan.stages, dimensions_of(plan, METHODS[self.settings.method])
        request = Request(
            self.settings.seed,
            METHODS[self.settings.method],
            last - first,
            first_block=first // BLOCK,
            threads=self.threads,
        )
        output = run_blocks(plan, request, self.dimension)
        return Outcomes(plan, output.finish[:, : last - first], output.cost[: last - first])
