"""Which tasks may make others earlier by taking longer, or by being there at all."""

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import (
    FF,
    FINISH_PINNED,
    LEAST_FINISH,
    MOST_FINISH,
    MOST_START,
    SF,
    START_PINNED,
)
from riskengine.plan import Plan

Flags = NDArray[np.bool_]


def has_given_finish(plan: Plan) -> Flags:
    """Return which tasks have a finish given by something else than their start, (task,)."""
    network = plan.network
    task = np.repeat(np.arange(len(plan.task)), np.diff(network.offset))
    has_finish = (network.binding & (LEAST_FINISH | MOST_FINISH | FINISH_PINNED)) != 0
    has_finish[task[(network.kind == FF) | (network.kind == SF)]] = True
    return np.asarray(has_finish)


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
