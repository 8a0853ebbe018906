"""What damages and bonuses come to in each iteration, each by itself."""

import numpy as np
from numpy.typing import NDArray

from riskengine.plan import Plan
from riskengine.results.samples.clause_sample import ClauseSample

Instants = NDArray[np.datetime64]


def clause_sample(plan: Plan, finish: Instants, deterministic_finish: Instants) -> ClauseSample | None:
    """Return what each clause comes to; None where there is none.

    Parameters
    ----------
    plan : Plan
    finish : (target, iteration) datetime64[us]
    deterministic_finish : (target,) datetime64[us]
    """
    if not plan.clauses:
        return None
    clauses = [row.clause for row in plan.clauses]
    return ClauseSample(
        id=tuple(one.id for one in clauses),
        name=tuple(one.name for one in clauses),
        target=tuple(one.target for one in clauses),
        per=tuple(one.per for one in clauses),
        is_bonus=np.array([one.is_bonus for one in clauses]),
        date=np.array([row.date for row in plan.clauses], "datetime64[us]"),
        rate=np.array([one.rate for one in clauses]),
        most=np.array([np.inf if one.most is None else one.most for one in clauses]),
        deterministic=np.abs([row.cost(deterministic_finish[:, np.newaxis])[0] for row in plan.clauses]),
        amount=np.abs([row.cost(finish) for row in plan.clauses]),
    )
