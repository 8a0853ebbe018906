"""Costs of a block, from the same durations as its dates."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import Costs, Risks, Scratch, Variables
from riskengine.kernel.compiling import compiled
from riskengine.kernel.draw import draw_values
from riskengine.kernel.duration import NEVER

F64 = np.float64


@compiled
def add_risk_costs(
    seed: Any, block: Any, method: Any, variables: Variables, risks: Risks, target: Any, work: Scratch, cost: Any
) -> None:
    """Add the costs of the risks on a target that occurred to ``cost`` (256,) float64."""
    for k in range(risks.cost_offset[target], risks.cost_offset[target + 1]):
        risk = risks.cost_risk[k]
        if risks.threshold[risk] >= NEVER:
            continue
        draw_values(seed, block, method, variables, risks.cost_variable[k], work, work.value, 0)
        for i in range(BLOCK):
            cost[i] += work.value[0, i] if work.occurs[risk, i] else 0.0


@compiled
def cost_of_task(
    seed: Any, block: Any, method: Any, variables: Variables, risks: Risks, costs: Costs, task: Any, work: Scratch
) -> None:
    """Fill ``work.cost`` with fixed cost + rate x duration + costs of risks, and add it to ``work.total``."""
    cost = work.cost
    fixed = costs.fixed[task]
    rate = costs.rate[task]
    for i in range(BLOCK):
        cost[i] = fixed + rate * F64(work.duration[0, i])
    if costs.fixed_variable[task] >= 0:
        draw_values(seed, block, method, variables, costs.fixed_variable[task], work, work.value, 0)
        for i in range(BLOCK):
            cost[i] += work.value[0, i]
    if costs.rate_variable[task] >= 0:
        draw_values(seed, block, method, variables, costs.rate_variable[task], work, work.value, 0)
        per_day = costs.per_day[task]
        for i in range(BLOCK):
            cost[i] += work.value[0, i] * (per_day * F64(work.duration[0, i]))
    add_risk_costs(seed, block, method, variables, risks, task, work, cost)
    for i in range(BLOCK):
        work.total[i] += cost[i]


@compiled
def cost_of_project(
    seed: Any, block: Any, method: Any, variables: Variables, risks: Risks, costs: Costs, task_count: Any, work: Scratch
) -> None:
    """Add cost lines and costs of risks on the project to ``work.total``; ``work.begin`` is the project's length."""
    total = work.total
    fixed = costs.line_fixed[0]
    rate = costs.line_rate[0]
    for i in range(BLOCK):
        total[i] += fixed + rate * F64(work.begin[i])
    for k in range(costs.line_fixed_variable.size):
        draw_values(seed, block, method, variables, costs.line_fixed_variable[k], work, work.value, 0)
        for i in range(BLOCK):
            total[i] += work.value[0, i]
    for k in range(costs.line_rate_variable.size):
        draw_values(seed, block, method, variables, costs.line_rate_variable[k], work, work.value, 0)
        for i in range(BLOCK):
            total[i] += work.value[0, i] * (costs.line_per_day[0] * F64(work.begin[i]))
    add_risk_costs(seed, block, method, variables, risks, task_count, work, total)
