"""Which task durations get which Sobol dimension: the first, and best, go to the tasks that matter most.

The order comes from a small pilot over the estimates alone, without risks and with a seed of its own. It depends on
tasks and logic only, so that adding, changing or switching off a risk moves no other draw, nor does the seed.
"""

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import BACKLOG, CONSTANT, DIMENSIONS, LHS, SOBOL
from riskengine.plan import Plan

PILOT_SEED = 0x5EED
PILOT_ITERATIONS = 2 * BLOCK
DIGITS = 6


def dimensions_of(plan: Plan, method: int) -> NDArray[np.int16]:
    """Return the Sobol dimension of every variable as a method draws it, (variable,) int16: no other method has any."""
    return sobol_dimensions(plan) if method == SOBOL else plan.variables.dimension


def sobol_dimensions(plan: Plan) -> NDArray[np.int16]:
    """Return the Sobol dimension of every variable, (variable,) int16; -1 where it has none.

    Notes
    -----
    Importance is criticality x sd, rounded so that a last bit decides nothing; ties go by id. A levelled plan takes the
    dimensions of the same plan without levelling: switching levelling on or off moves no draw. What is correlated
    counts as independent: correlating two tasks deals no third one another dimension; nor do lost days. What need not
    exist counts as always there.
    """
    if plan.unlevelled is not None:
        by_label = dict(zip(plan.unlevelled.estimates.label, sobol_dimensions(plan.unlevelled), strict=True))
        return np.array([by_label[label] for label in plan.estimates.label], np.int16)
    none = range(len(plan.risk))
    request = Request(seed=PILOT_SEED, method=LHS, iterations=PILOT_ITERATIONS, without=none, is_pilot=True)
    pilot = plan.at_base_prices.uncorrelated.without_lost_days.where_all_exist()
    critical = run_blocks(pilot, request, plan.variables.dimension).count[0]
    duration = plan.estimates.duration
    varies = ~np.isin(plan.variables.kind[duration], (CONSTANT, BACKLOG))
    spread = [float(f"{x:.{DIGITS}g}") for x in plan.estimates.duration_sd]
    ranked = sorted(
        (row for row in range(len(plan.task)) if varies[row]),
        key=lambda row: (-int(critical[row]) * spread[row], -spread[row], plan.task[row]),
    )[:DIMENSIONS]
    dimension = np.full(len(plan.estimates.stream), -1, np.int16)
    dimension[duration[ranked]] = np.arange(len(ranked))
    return dimension
