"""The same iterations of a plan with some players on and the others off."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.core import prepare
from riskengine.engine.blocks.run import run_blocks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.players import Groups, estimates_of
from riskengine.engine.simulate import Settings, first_request
from riskengine.kernel.contract.arrays import CONSTANT, Output
from riskengine.plan import Plan
from riskengine.results.samples.coalition_sample import CoalitionSample, Player


class Coalitions:
    """Runs of a plan with some players on.

    Parameters
    ----------
    plan : Plan
    settings : Settings
    players : sequence of Player
        From :func:`riskengine.engine.players.players_of`, with these groups.
    groups : mapping of str to str
    target : int
        Whose finish is looked at: 0 is the project, ``k`` the named target ``k - 1``.

    Notes
    -----
    A risk that is off never occurs. Estimates that are off take their plan values. Without correlation every variable
    has words of its own; without weather no day is lost; without existence those tasks exist that do in the plan;
    without levelling nobody waits for a resource. Whatever is on draws what it draws in the run of the whole plan.
    """

    def __init__(
        self, plan: Plan, settings: Settings, players: Sequence[Player], groups: Groups, target: int = 0
    ) -> None:
        self._plan, self._players, self._groups, self._target = plan, players, groups, target
        self._settings = settings
        self._request = replace(first_request(plan, settings), task_iterations=0, risk_iterations=0)
        self._base: dict[frozenset[str], tuple[Plan, NDArray[np.int16]]] = {}
        self._dimension = dimensions_of(plan, self._request.method)

    def sample(self, on: Collection[int]) -> CoalitionSample:
        """Return what the run gives in which these players are on, by their numbers."""
        off = [player for number, player in enumerate(self._players) if number not in on and player.can_act]
        plan, dimension = self._plan_without(off)
        without = [player.row for player in off if player.kind == "risk"]
        output = run_blocks(plan, replace(self._request, without=without), dimension)
        return self._measured(plan, output)

    def _plan_without(self, off: Sequence[Player]) -> tuple[Plan, NDArray[np.int16]]:
        """Return the plan without what these players bring, but for risks, and its Sobol dimensions."""
        kinds = frozenset(player.kind for player in off) - {"risk", "estimates"}
        if kinds not in self._base:
            self._base[kinds] = self._without_kinds(kinds)
        plan, dimension = self._base[kinds]
        fixed_groups = {player.id for player in off if player.kind == "estimates"}
        return with_plan_values(plan, fixed_groups, self._groups), dimension

    def _without_kinds(self, kinds: frozenset[str]) -> tuple[Plan, NDArray[np.int16]]:
        """Return the plan without what there is once, and its Sobol dimensions."""
        plan, dimension = self._plan, self._dimension
        if "levelling" in kinds:
            assert plan.unlevelled is not None
            plan = plan.unlevelled
            dimension = dimensions_of(plan, self._request.method)
        if "correlation" in kinds:
            plan = plan.uncorrelated
        if "weather" in kinds:
            plan = plan.without_lost_days
        if "existence" in kinds:
            plan = plan.planned
        prepare(plan, None)
        return plan, dimension

    def _measured(self, plan: Plan, output: Output) -> CoalitionSample:
        """Return what is asked of an output."""
        n = self._request.iterations
        finish, days = plan.finishes(output.finish[:, :n])
        return CoalitionSample(days[self._target].copy(), output.cost[:n].copy(), finish)


def with_plan_values(plan: Plan, off: Collection[str], groups: Groups) -> Plan:
    """Return a plan in which the estimates of these groups take their plan values."""
    if not off:
        return plan
    names, group = estimates_of(plan, groups)
    is_off = np.isin(group, [number for number, name in enumerate(names) if name in off])
    variables = plan.variables
    kind = np.where(is_off, np.full_like(variables.kind, CONSTANT), variables.kind)
    offset = np.where(is_off, plan.estimates.plan_value.astype(np.float64), variables.offset)
    return plan.with_variables(variables._replace(kind=kind, offset=offset))
