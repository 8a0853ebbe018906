"""What no iteration can cost less or more than where costs follow indices of prices."""

from dataclasses import replace

import numpy as np

from riskengine.plan import Plan
from riskengine.plan.escalation import NO_INDEX
from riskengine.results.samples.limits import Limits


def escalated_limits(plan: Plan, base: Limits) -> Limits:
    """Return the limits of a plan from those of the same plan in which nothing follows prices.

    Notes
    -----
    What follows prices may come to anything, but to no less than nothing where nothing ever does: prices are above 0.
    """
    escalation = plan.escalation
    assert escalation is not None
    least = -np.inf if escalation.may_earn else 0.0
    least_in_all = -np.inf if any(row.clause.is_bonus for row in plan.clauses) else least
    follows = (escalation.task_index != NO_INDEX)[plan.rows_by_id]
    return replace(
        base,
        cost=np.array([least_in_all, np.inf]),
        task_cost=np.where(follows, np.array([[least], [np.inf]]), base.task_cost),
        own_cost=np.array([least_in_all, np.inf]) if escalation.lines else base.own_cost,
    )
