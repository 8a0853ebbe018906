"""Which risks follow from which, so that what one of them changes is told whole."""

import numpy as np
from numpy.typing import NDArray

from riskengine.model.chain import causes_of, dependent_risks
from riskengine.plan.plan import Plan


def dependent_rows(plan: Plan) -> frozenset[int]:
    """Return the rows of the risks whose occurrence is correlated with something, or depends on that of others."""
    dependent = dependent_risks(plan.stages.scenario)
    return plan.correlated_risks.union(row for row, name in enumerate(plan.risk) if name in dependent)


def waiting_rows(plan: Plan) -> frozenset[int]:
    """Return the rows of the risks that may occur only where a task is late."""
    return frozenset() if plan.existence is None else plan.existence.conditions.conditional_risks


def consequences(plan: Plan) -> tuple[frozenset[int], ...]:
    """Return the rows of each risk and of all that it may trigger, directly or through others."""
    row_of = {name: row for row, name in enumerate(plan.risk)}
    risks = plan.stages.scenario.risks
    reached = [{row} for row in range(len(plan.risk))]
    for name, risk in risks.items():
        for cause in causes_of(name, risks) if risk.triggered_by else ():
            reached[row_of[cause]].add(row_of[name])
    return tuple(frozenset(rows) for rows in reached)


def with_consequences(plan: Plan, change: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what an occurrence of each risk can change, (2, risk), with what the risks change that it triggers."""
    ends = [change[:, sorted(rows)] for rows in consequences(plan)]
    least = [part[0].min(initial=0.0) for part in ends]
    most = [part[1].max(initial=0.0) for part in ends]
    return np.array([least, most], np.float64).reshape(change.shape)
