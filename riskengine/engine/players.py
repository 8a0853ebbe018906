"""Which sources of risk a plan has, and which of its variables belong to which estimates."""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.risks.pairing import acting_rows
from riskengine.kernel.contract.arrays import CONSTANT, OCCURS
from riskengine.plan import Plan
from riskengine.results.samples.coalition_sample import Player

KINDS = ("estimates", "risk", "correlation", "weather", "existence", "levelling")
NOBODY = -1
"""In place of the number of a group: a variable that is no estimate, such as an occurrence or what a risk does."""

Groups = Mapping[str, str]
"""The group of the estimates of each task, by id; tasks that are not in it, and the project, belong to none."""


def players_of(plan: Plan, kinds: Collection[str], groups: Groups) -> list[Player]:
    """Return the players of a plan, of these kinds: estimates by group, risks by id, then what is there once.

    Notes
    -----
    A risk that has occurred is no player: it is part of the plan, and what it does belongs to the estimates.
    """
    players: list[Player] = []
    if "estimates" in kinds:
        names, group = estimates_of(plan, groups)
        varies = set(group[plan.variables.kind != CONSTANT].tolist())
        players += [Player("estimates", name) for number, name in enumerate(names) if number in varies]
    if "risk" in kinds:
        acts = set(acting_rows(plan))
        players += [
            Player("risk", plan.risk[row], plan.labels.risk_name[row], row, can_act=row in acts)
            for row in plan.open_risks
        ]
    is_there = {
        "correlation": plan.correlation is not None,
        "weather": plan.lost is not None,
        "existence": plan.existence is not None and bool(plan.existence.may_be_absent.any()),
        "levelling": plan.levelling is not None,
    }
    return [*players, *(Player(kind) for kind, there in is_there.items() if there and kind in kinds)]


def estimates_of(plan: Plan, groups: Groups) -> tuple[list[str], NDArray[np.int64]]:
    """Return the names of the groups of estimates, and the number of the group of each variable, (variable,).

    Notes
    -----
    Estimates are what is drawn for a task, a relationship that leads to it, or the project, whatever risks occur:
    durations, lags, costs and growth of prices. What a risk does that has occurred is one, too. The group without a
    name is that of the project, and of tasks that belong to no group.
    """
    names = sorted({"", *groups.values()})
    number = {name: at for at, name in enumerate(names)}
    of_task = [number[groups.get(task, "")] for task in plan.task]
    of_stage = np.array([number[""], *of_task, number[""]], np.int64)
    draws = plan.draws
    stage = np.repeat(np.arange(of_stage.size), np.diff(draws.offset))
    is_open = np.zeros(len(plan.risk) + 1, bool)
    is_open[plan.open_risks] = True
    is_estimate = (draws.role != OCCURS) & ~is_open[draws.risk]
    group = np.full(plan.variables.kind.size, NOBODY, np.int64)
    group[draws.variable[is_estimate]] = of_stage[stage[is_estimate]]
    if plan.escalation is not None:
        lines = plan.escalation.lines
        others = [index.growth for index in plan.escalation.indices]
        others += [variable for line in lines for variable in (line.fixed, line.rate)]
        group[[variable for variable in others if variable >= 0]] = number[""]
    return names, group
