"""What a scenario says of its actions: what they cost, what they change, and where risks stand before and after."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from riskengine.model import Action, Risk, Scenario
from riskengine.model.chain import chances
from riskengine.model.in_force import risk_with
from riskengine.model.selector import PROJECT, ImpactTargets
from riskengine.plan.variables.distribution import mean_of

SEPARATOR: Final = ";"


class Position(NamedTuple):
    """How likely a risk is, and what it comes to on average when it occurs: working days in all, and money."""

    probability: float
    delay: float
    cost: float


class Positions:
    """Where the risks of one scenario stand, all others as they are in it."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.targets = ImpactTargets(scenario)

    def of(self, risk: Risk) -> Position:
        """Return where a risk stands: the mean delays of all that it hits added up, and the mean costs.

        Notes
        -----
        Delays are in working days, each of the calendar of its task.
        """
        delay = cost = 0.0
        for key, impact in risk.impacts.items():
            if impact.delay is not None:
                mean, unit = mean_of(impact.delay), impact.delay.unit
                days = sum(mean * self.unit_days(hit, unit) for hit in self.targets.acted_on(key, "delay"))
                delay += days
                cost += 0.0 if impact.waiting_rate is None else days * impact.waiting_rate.plan_value()
            if impact.cost is not None:
                cost += mean_of(impact.cost) * len(self.targets.acted_on(key, "cost"))
        return Position(self.chance_of(risk), delay, cost)

    @cached_property
    def chances(self) -> dict[str, float]:
        """How likely the risks of the scenario are."""
        return chances(self.scenario)

    def chance_of(self, risk: Risk) -> float:
        """Return how likely a risk is, which may be another than that of its id in the scenario."""
        if self.scenario.risks[risk.id] is risk:
            return self.chances[risk.id]
        return chances(self.scenario.model_copy(update={"risks": {**self.scenario.risks, risk.id: risk}}))[risk.id]

    def unit_days(self, hit: str, unit: Any) -> float:
        """Return the working days in a unit of a delay, on the calendar of what it hits."""
        scenario = self.scenario
        name = scenario.calendar
        if hit.startswith("task/"):
            name = scenario.tasks[hit.removeprefix("task/")].working_calendar
        elif hit != PROJECT:
            name = self.targets.lag_calendar(hit.removeprefix("relationship/"))
        return scenario.calendar_named(name).unit_days(unit)


def action_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the actions, sorted by id."""
    actions = [scenario.actions[name] for name in sorted(scenario.actions)]
    return {
        "action": [action.id for action in actions],
        "name": [action.name for action in actions],
        "owner": [action.owner for action in actions],
        "description": [action.description for action in actions],
        "in_force": [action.active for action in actions],
        "cost": [0.0 if action.cost is None else action.cost.plan_value() for action in actions],
        "cost_mean": [0.0 if action.cost is None else mean_of(action.cost) for action in actions],
        "chance": [action.chance for action in actions],
        "task": [action.task for action in actions],
        "needs": [SEPARATOR.join(action.needs) for action in actions],
        "excludes": [SEPARATOR.join(action.excludes) for action in actions],
        "secondary_risks": [SEPARATOR.join(action.secondary_risks) for action in actions],
    }


def action_effect_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of what each action changes by itself, sorted by action and risk."""
    rows = list(_effects(scenario))
    columns: dict[str, Sequence[Any]] = {
        "action": [action.id for action, _, _, _ in rows],
        "risk": [risk for _, risk, _, _ in rows],
    }
    for name in Position._fields:
        columns[f"{name}_before"] = [getattr(before, name) for _, _, before, _ in rows]
        columns[f"{name}_after"] = [getattr(after, name) for _, _, _, after in rows]
    return columns


def _effects(scenario: Scenario) -> Iterator[tuple[Action, str, Position, Position]]:
    risks = {name: written(risk) for name, risk in scenario.risks.items()}
    brought = {name for action in scenario.actions.values() for name in action.secondary_risks}
    positions = Positions(scenario.model_copy(update={"risks": risks}))
    for _, action in sorted(scenario.actions.items()):
        for name in sorted({*action.effects, *action.secondary_risks}):
            risk = risks[name].model_copy(update={"active": True}) if name in brought else risks[name]
            before = risk.model_copy(update={"active": name not in action.secondary_risks and risk.active})
            yield action, name, positions.of(before), positions.of(risk_with(risk, [action]))


def written(risk: Risk) -> Risk:
    """Return a risk as it was written, whatever actions have made of it."""
    return risk if risk.before is None else risk.before
