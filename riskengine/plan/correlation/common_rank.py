"""One common rank correlation over a whole plan, to see how much its answers depend on what nobody knows."""

from dataclasses import dataclass

from riskengine.model import Correlation, Scenario
from riskengine.model.correlated import CorrelatedMembers
from riskengine.model.in_force import in_force
from riskengine.model.selector import COST_LINE
from riskengine.plan.correlation.quantities import Quantities

COMMON = "common"
"""Id of the correlation."""


@dataclass(frozen=True)
class CommonMembers:
    """What follows the common rank.

    Parameters
    ----------
    durations, costs : tuple of str
        Uncertain and continuous ones, as members of a correlation.
    mixed : tuple of str
        Tasks whose durations no rank is for, because several draws make them.
    """

    durations: tuple[str, ...]
    costs: tuple[str, ...]
    mixed: tuple[str, ...] = ()


def common_members(scenario: Scenario) -> CommonMembers:
    """Return the durations and costs of a scenario that vary and are continuous.

    Notes
    -----
    What has a few values cannot have every correlation with the rest, and stays by itself; so do risks. Tasks of
    actions that are not in force are in no plan, and prices of actions have no name in the scenario.
    """
    acting = in_force(scenario)
    correlated = CorrelatedMembers(acting)
    durations = [name for name, task in acting.tasks.items() if not (task.is_milestone or task.is_span)]
    costs = [f"{COST_LINE}{name}" for name in scenario.costs]
    costs += [
        f"{COST_LINE}{name}"
        for name, task in acting.tasks.items()
        if name not in scenario.costs and (task.cost.fixed is not None or task.cost.rate is not None)
    ]

    def vary(members: list[str]) -> tuple[str, ...]:
        uncertain = [member for member in members if correlated.is_uncertain(member)]
        return tuple(sorted(member for member in uncertain if not any(Quantities.of([member], correlated).steps)))

    mixed = tuple(name for name in durations if correlated.has_several_draws(name))
    return CommonMembers(vary([name for name in durations if name not in mixed]), vary(costs), mixed)


def with_common_rank(scenario: Scenario, rank: float, members: CommonMembers) -> Scenario:
    """Return the scenario with one rank between all of them, in place of its own correlations."""
    between = tuple(sorted((*members.durations, *members.costs)))
    common = Correlation(id=COMMON, name="Common rank", between=between, rank=rank)
    return scenario.model_copy(update={"correlations": {COMMON: common}})
