"""The plans of many sets of actions: what a set changes is put together from what its parts change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.chains import Chains
from riskengine.model import Scenario
from riskengine.model.selector import COST_LINE, PROJECT
from riskengine.plan.changed import changed
from riskengine.plan.compile import as_planned, compile
from riskengine.plan.difference import StructureError, difference
from riskengine.plan.plan import Plan
from riskengine.plan.risk import chains, thresholds

Ids = frozenset[str]


class ChanceRows(NamedTuple):
    """When risks occur, as a plan has it: see ``Risks.threshold`` and ``Chains.most``, (risk,) uint64 each."""

    threshold: NDArray[np.uint64]
    most: NDArray[np.uint64]


class ActionPlans:
    """The plans of a scenario with sets of its actions in force.

    Parameters
    ----------
    scenario : Scenario
        As read.
    names : sequence of str
        Actions that may be put into force; all others stay as they are.

    Attributes
    ----------
    reshaping : frozenset of str
        Those that change more than how likely risks are: each set of these is a plan of its own.
    priced_apart : frozenset of str
        Those whose price is in none of the plans, and is to be added to the cost.

    Notes
    -----
    How likely a risk is depends on the actions that change it and, where risks trigger or exclude each other, on those
    that change the others. So actions fall into groups, and for each part of a group the chances are worked out once.
    The price of an action is a cost line like any other unless it is left out, which is done where no risk makes all
    costs dearer; without it most sets differ in nothing but chances.
    """

    def __init__(self, scenario: Scenario, names: Sequence[str]) -> None:
        self.scenario = scenario
        self.priced_apart = frozenset() if makes_prices_dearer(scenario) else frozenset(names)
        self.base = compile(self._with(frozenset()))
        self.plan, self.plan_set = self.base, frozenset[str]()
        self.is_apart = scenario.correlations == {} or not self.base.correlated_risks
        self.reshaping = frozenset(name for name in names if not self._changes_chances_only(name))
        self.groups = groups_of(scenario, names)
        self.parts: dict[Ids, ChanceRows] = {}
        self.rows: dict[Ids, NDArray[np.intp]] = {}

    def sorted_by_plan(self, sets: Iterable[Ids]) -> list[Ids]:
        """Return sets in an order in which few of them need another plan than the one before."""
        return sorted(sets, key=lambda chosen: sorted(chosen & self.reshaping))

    def plan_of(self, chosen: Ids) -> Plan:
        """Return the plan of the scenario with some actions in force, but for the prices of ``priced_apart``."""
        reshaping = chosen & self.reshaping
        if reshaping != self.plan_set:
            self.plan, self.plan_set = changed(self.plan, self._with(reshaping)), reshaping
        if chosen == reshaping:
            return self.plan
        return self._with_chances(self.plan, self._chances(chosen))

    def priced(self, name: str) -> tuple[Plan, Plan]:
        """Return the plan with an action of ``priced_apart`` alone, without its price and with it."""
        scenario = self._with(frozenset((name,)))
        action = scenario.actions[name].model_copy(update={"cost": self.scenario.actions[name].cost})
        paid = scenario.model_copy(update={"actions": {**scenario.actions, name: action}})
        return compile(scenario), compile(paid)

    def _with(self, chosen: Ids) -> Scenario:
        """Return the scenario with actions in force, without the prices that are counted apart."""
        update: dict[str, Any] = {}
        for name, action in self.scenario.actions.items():
            if name in chosen:
                change: dict[str, Any] = {"active": True}
                if name in self.priced_apart:
                    change["cost"] = None
                action = action.model_copy(update=change)
            update[name] = action
        return self.scenario.model_copy(update={"actions": update})

    def _changes_chances_only(self, name: str) -> bool:
        """Return whether an action, alone, changes nothing but how likely risks are."""
        old, new = self.base.stages.scenario, as_planned(self._with(frozenset({name})))
        if self.is_apart:  # what is correlated goes on as it did, whatever risks that are not do
            old, new = (each.model_copy(update={"correlations": {}}) for each in (old, new))
        try:
            return not difference(old, new).has_estimates
        except StructureError:
            return False

    def _chances(self, chosen: Ids) -> ChanceRows:
        """Return when risks occur with some actions in force, group by group."""
        threshold, most = (each.copy() for each in self._part(frozenset()))
        for group in self.groups:
            acting = chosen & group
            if acting:
                rows, part = self._rows_of(group), self._part(acting)
                threshold[rows], most[rows] = part.threshold[rows], part.most[rows]
        return ChanceRows(threshold, most)

    def _part(self, acting: Ids) -> ChanceRows:
        """Return when risks occur with the actions of one group in force."""
        if acting not in self.parts:
            scenario = as_planned(self._with(acting))
            self.parts[acting] = ChanceRows(thresholds(scenario), chains(scenario).most)
        return self.parts[acting]

    def _rows_of(self, group: Ids) -> NDArray[np.intp]:
        """Return the rows of the risks that a group of actions may change."""
        if group not in self.rows:
            changed_risks = reach_of(self.scenario, group)
            self.rows[group] = np.array(
                [row for row, name in enumerate(self.base.risk) if name in changed_risks], np.intp
            )
        return self.rows[group]

    def _with_chances(self, plan: Plan, rows: ChanceRows) -> Plan:
        """Return a plan whose risks occur otherwise."""
        chances_: Chains = plan.risks.chains._replace(most=rows.most)
        other = replace(plan, risks=plan.risks._replace(threshold=rows.threshold, chains=chances_))
        vars(other)["kernel_plan"] = plan.kernel_plan  # which holds no threshold
        return other


def makes_prices_dearer(scenario: Scenario) -> bool:
    """Return whether a risk, perhaps with an action, multiplies costs that prices of actions are among."""
    impacts = [risk.impacts for risk in scenario.risks.values()]
    impacts += [change.impacts for action in scenario.actions.values() for change in action.effects.values()]
    return any(
        impact.cost_factor is not None and (key == PROJECT or key.startswith(COST_LINE))
        for each in impacts
        for key, impact in each.items()
    )


def groups_of(scenario: Scenario, names: Sequence[str]) -> list[Ids]:
    """Return actions in groups: what one group changes of risks does not depend on the others."""
    groups: list[tuple[Ids, Ids]] = []
    for name in names:
        risks, members = reach_of(scenario, (name,)), frozenset((name,))
        apart = []
        for other, others in groups:
            if risks.isdisjoint(other):
                apart.append((other, others))
            else:
                risks, members = risks | other, members | others
        groups = [*apart, (risks, members)]
    return [members for _, members in groups]


def reach_of(scenario: Scenario, names: Iterable[str]) -> Ids:
    """Return the risks that actions may make more or less likely: theirs, and those that hang on these."""
    tied = ties(scenario)
    pending = [
        risk for name in names for risk in (*scenario.actions[name].effects, *scenario.actions[name].secondary_risks)
    ]
    reached = set(pending)
    while pending:
        for other in tied.get(pending.pop(), ()):
            if other not in reached:
                reached.add(other)
                pending.append(other)
    return frozenset(reached)


def ties(scenario: Scenario) -> Mapping[str, set[str]]:
    """Return which risks hang on which: those that trigger each other, and those of which at most one occurs."""
    tied: dict[str, set[str]] = {}
    pairs = [(name, cause) for name, risk in scenario.risks.items() for cause in risk.triggered_by]
    pairs += [(one, other) for each in scenario.exclusive.values() for one in each.risks for other in each.risks]
    for one, other in pairs:
        tied.setdefault(one, set()).add(other)
        tied.setdefault(other, set()).add(one)
    return tied
