"""What the members of a correlation stand for: durations of tasks, costs, occurrences of risks."""

from collections.abc import Iterator, Sequence
from typing import Final

from riskengine.model.backlog import Backlog
from riskengine.model.correlation import Correlation
from riskengine.model.estimate import AnyEstimate
from riskengine.model.pace import varies
from riskengine.model.scenario import Scenario
from riskengine.model.selector import COST_LINE, EVERY_COST_LINE, ImpactTargets

RISK: Final = "risk:"
EVERY_RISK: Final = "risk:*"


class CorrelatedMembers:
    """What keys of ``between`` stand for in one scenario.

    Parameters
    ----------
    scenario : Scenario
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.targets = ImpactTargets(scenario)
        self.members_of_key: dict[str, Sequence[str]] = {}
        self.uncertainty: dict[str, bool] = {}

    def of(self, correlation: Correlation) -> list[str]:
        """Return all that a correlation names, each once and sorted: a task's id, ``cost:ID`` or ``risk:ID``."""
        of_pairs = {member for pair in correlation.pairs for member in pair.between}
        of_matrix = () if correlation.matrix is None else correlation.matrix.members
        return sorted({*self.group(correlation), *of_pairs, *of_matrix})

    def group(self, correlation: Correlation) -> list[str]:
        """Return the members of the group of a correlation, each once and sorted."""
        return sorted({member for key in correlation.between for member in self.named(key)})

    def named(self, key: str) -> Sequence[str]:
        """Return the members that a key stands for; a selector means the tasks that can take time."""
        if key not in self.members_of_key:  # asked for by each of many correlations, each time for several reasons
            self.members_of_key[key] = self.find_named(key)
        return self.members_of_key[key]

    def find_named(self, key: str) -> Sequence[str]:
        """Go through the scenario for the members that a key stands for."""
        scenario = self.scenario
        if key in scenario.tasks:
            return (key,)
        if key == EVERY_COST_LINE:
            return [f"{COST_LINE}{name}" for name in scenario.costs]
        if key == EVERY_RISK:
            return [f"{RISK}{name}" for name in scenario.risks]
        if key.startswith((COST_LINE, RISK)):
            return (key,)
        tasks = scenario.tasks
        return [name for name in self.targets.tasks(key) if not (tasks[name].is_milestone or tasks[name].is_span)]

    def streams(self, member: str) -> list[str]:
        """Return the names of the streams of a member: a cost may have two, a fixed amount and a rate."""
        if member in self.scenario.tasks:
            return [f"task/{member}/duration"]
        if member.startswith(RISK):
            return [f"risk/{member.removeprefix(RISK)}/occurs"]
        owner = self.cost_owner(member)
        return [f"{owner}/{part}" for part, _ in self.amounts(member)]

    def cost_owner(self, member: str) -> str:
        """Return whose cost ``cost:ID`` is: that of the cost line, or of the task where no cost line has the id."""
        name = member.removeprefix(COST_LINE)
        return f"cost/{name}" if name in self.scenario.costs else f"task/{name}"

    def amounts(self, member: str) -> Iterator[tuple[str, AnyEstimate]]:
        """Yield the estimates of a cost that there are, each with what it is called: fixed or rate."""
        name = member.removeprefix(COST_LINE)
        cost = self.scenario.costs[name] if name in self.scenario.costs else self.scenario.tasks[name].cost
        for part in ("fixed", "rate"):
            estimate = getattr(cost, part)
            if estimate is not None:
                yield part, estimate

    def has_several_draws(self, member: str) -> bool:
        """Return whether several draws make a duration, so that no correlation of one of them is that of it."""
        task = self.scenario.tasks.get(member)
        return task is not None and (bool(task.uncertain_paces) or isinstance(task, Backlog))

    def is_uncertain(self, member: str) -> bool:
        """Return whether anything of a member varies from iteration to iteration."""
        if member not in self.uncertainty:
            self.uncertainty[member] = self.find_uncertainty(member)
        return self.uncertainty[member]

    def find_uncertainty(self, member: str) -> bool:
        """Look at the estimates of a member, or at the chance of a risk."""
        if member in self.scenario.tasks:
            task = self.scenario.tasks[member]
            return not task.is_finished and task.varies
        if member.startswith(RISK):
            risk = self.scenario.risks[member.removeprefix(RISK)]
            return risk.active and 0 < risk.probability < 1
        owner = self.scenario.tasks.get(member.removeprefix(COST_LINE))
        if owner is not None and self.cost_owner(member).startswith("task/") and owner.is_finished:
            return False
        return any(varies(estimate) for _, estimate in self.amounts(member))
