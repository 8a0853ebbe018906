"""A finish or a cost as a multiple of the plan, and how often the simulation keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from riskengine.analysis.decision import meets
from riskengine.analysis.joint_confidence import futures_of, plan_of
from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.analysis.statistics.probability import probability_of
from riskengine.results.run import RunRecord

Limit = datetime | float


@dataclass(frozen=True)
class PlanScale:
    """What a multiple of a plan counts from, and where the plan itself lies.

    Parameters
    ----------
    measure : str
        ``finish`` or ``cost``.
    origin, plan : datetime, or float [currency]
        Of a finish: the start of the project, or the data date of one under way, and the plan's finish. Of a cost: 0,
        and what the plan costs.
    """

    measure: str
    origin: Any
    plan: Any

    @property
    def is_measurable(self) -> bool:
        """Whether the plan is beyond the origin, so that multiples of it say anything."""
        return bool(self.plan > self.origin)

    def limit(self, ratio: float) -> Limit:
        """Return the date or the amount that is so many times the plan.

        Raises
        ------
        OverflowError
            If it is beyond the year 9999.
        """
        limit: Limit = self.origin + ratio * (self.plan - self.origin)
        return limit

    def ratio(self, limit: Limit) -> float:
        """Return which multiple of the plan a date or an amount is."""
        return float((limit - self.origin) / (self.plan - self.origin))


def finish_scale(run: RunRecord, target: str) -> PlanScale:
    """Return the scale of a finish: calendar time from the start, or from the data date of a plan under way."""
    (project,) = run.tables["project"].select(["start", "data_date"]).to_pylist()
    return PlanScale("finish", project["data_date"] or project["start"], plan_of(run, target)[0])


def cost_scale(run: RunRecord) -> PlanScale:
    """Return the scale of the cost."""
    return PlanScale("cost", 0.0, plan_of(run, "project")[1])


def simulated_shares(run: RunRecord, target: str, limits: Sequence[Limit]) -> list[SingleInterval]:
    """Return the share of the iterations that keep each date, or each amount, with its interval."""
    if not limits:
        return []
    futures = futures_of(run, target)
    kept_limits = [
        meets(futures.finish, futures.cost, np.datetime64(limit, "us"), None)
        if isinstance(limit, datetime)
        else meets(futures.finish, futures.cost, None, limit)
        for limit in limits
    ]
    shares = probability_of(np.stack(kept_limits), futures.replicates, table_error=futures.table_error)
    return [SingleInterval(*map(float, ends)) for ends in zip(*shares, strict=True)]
