"""What may make a project earlier that takes longer: tasks, their being there at all, levelling, lost days, a path."""

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import (
    FF,
    FINISH_PINNED,
    LAG,
    LEAST_FINISH,
    MOST_FINISH,
    MOST_START,
    SF,
    START_PINNED,
)
from riskengine.plan import Plan
from riskengine.plan.limited import limited

Flags = NDArray[np.bool_]


def has_given_finish(plan: Plan) -> Flags:
    """Return which tasks have a finish given by something else than their start, (task,)."""
    network = plan.network
    task = np.repeat(np.arange(len(plan.task)), np.diff(network.offset))
    has_finish = (network.binding & (LEAST_FINISH | MOST_FINISH | FINISH_PINNED)) != 0
    has_finish[task[(network.kind == FF) | (network.kind == SF)]] = True
    return np.asarray(has_finish)


def deciding_risks(plan: Plan, delaying: NDArray[np.integer]) -> list[int]:
    """Return the rows of the risks that may decide which path of a branch is followed, and so do anything at all.

    Parameters
    ----------
    plan : Plan
    delaying : (risk,) int
        Rows of the risks that move dates: any of them may where a finish decides.
    """
    if plan.existence is None:
        return []
    conditions = plan.existence.conditions
    return sorted(conditions.asked_risks.union(delaying.tolist() if conditions.has_asked_dates else ()))


def delays_decide(plan: Plan) -> bool:
    """Return whether a later date may mean another path of a branch, and so an earlier or a cheaper project."""
    return plan.existence is not None and plan.existence.conditions.has_asked_dates


def may_be_let_go(plan: Plan) -> Flags:
    """Return which tasks need not exist and may hasten others where they do, (task,).

    Notes
    -----
    A late or a mandatory date may hold them to before what they wait for, and a lead on either side of them falls away
    with them.
    """
    if plan.existence is None:
        return np.zeros(len(plan.task), bool)
    network, relationships = plan.network, plan.stages.content.relationships
    is_lead = (relationships.least < 0) & plan.existence.conditions.beside(relationships)
    has_lead = np.zeros(len(plan.task), bool)
    has_lead[network.predecessor[is_lead]] = True
    has_lead[np.repeat(np.arange(len(plan.task)), np.diff(network.offset))[is_lead]] = True
    is_held = (plan.network.binding & (START_PINNED | FINISH_PINNED | MOST_START | MOST_FINISH)) != 0
    return np.asarray((is_held & plan.existence.may_be_absent) | has_lead)


def losses_may_hasten(plan: Plan) -> bool:
    """Return whether a lost day may make a date earlier: that of work whose finish is given, or behind a lead."""
    return bool(has_lead(plan) or has_given_finish(plan).any())


def keeps_resource_hours(plan: Plan) -> Flags:
    """Return which tasks work only when a resource does, by a calendar that it has, (task,): with levelling alone."""
    structure = plan.stages.structure
    resources = structure.scenario.resources
    needs_of_tasks = (limited(structure.scenario, task) for task in structure.tasks)
    return np.array([any(resources[name].calendar for name in needs) for needs in needs_of_tasks], bool)


def may_hasten(plan: Plan) -> bool:
    """Return whether levelling may make a date earlier.

    Notes
    -----
    What works fewer hours ends later where it begins at the same time, but begins earlier where its finish is given,
    and a lead counted in those hours reaches further back.
    """
    keeps_hours = keeps_resource_hours(plan)
    return bool((keeps_hours & has_given_finish(plan)).any() or (keeps_hours.any() and has_lead(plan)))


def has_lead(plan: Plan) -> bool:
    """Return whether any lag may be negative."""
    least = plan.estimates.least[plan.draws.variable][plan.draws.role == LAG]
    return bool((plan.estimates.lag < 0).any() or (least < 0).any())
