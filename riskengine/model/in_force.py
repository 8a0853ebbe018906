"""A scenario as its actions make it: what a plan is compiled from."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from riskengine.model.action import Action, RiskChange
from riskengine.model.cost import CostLine
from riskengine.model.estimate.scaling import scaled
from riskengine.model.exclusive import Exclusive
from riskengine.model.relationship_key import named_pair
from riskengine.model.risk import Impact, Risk
from riskengine.model.risk_condition import UNCONDITIONAL, settled
from riskengine.model.scenario import Scenario
from riskengine.model.task import Task

PRICE: Final = "action:"
"""What the id of the cost line of an action begins with."""

SCALED: Final = ("delay", "cost", "items")
"""Kinds of impact that ``impact_factor`` multiplies."""


def in_force(scenario: Scenario) -> Scenario:
    """Return the scenario that its actions and the status of its risks make of it.

    It has what the active actions do, and not what the others bring; its risks stand as they do at the data date.

    Returns
    -------
    Scenario
        Whose risks remember what they were before; the same object where there are no actions, or where that has been
        done already.

    Notes
    -----
    The price of an active action is a cost line of its own. The task of an action that is not active is not in the
    plan: nothing waits for it, and impacts that name it are gone.
    """
    if scenario.has_actions_in_force or not (scenario.actions or any(map(has_status, scenario.risks.values()))):
        return scenario
    active = [action for action in scenario.actions.values() if action.active]
    absent = frozenset(absent_tasks(scenario))
    gone = absent | relationships_of(scenario, absent)
    bringer = {name: action for action in scenario.actions.values() for name in action.secondary_risks}
    risks = {
        name: risk_today(brought_along(risk_with(risk, active, gone), bringer.get(name)), scenario)
        for name, risk in scenario.risks.items()
    }
    risks, exclusive = still_possible(risks, scenario.exclusive)
    prices = {
        PRICE + action.id: CostLine.model_construct(id=PRICE + action.id, name=action.name, fixed=action.cost)
        for action in active
        if action.cost is not None
    }
    changes: dict[str, Any] = {
        "has_actions_in_force": True,
        "risks": risks,
        "exclusive": exclusive,
        "costs": dict(sorted({**scenario.costs, **prices}.items())),
    }
    if absent:
        changes["tasks"] = {
            name: without_predecessors(task, absent) for name, task in scenario.tasks.items() if name not in absent
        }
    return scenario.model_copy(update=changes)


def has_status(risk: Risk) -> bool:
    """Return whether a risk is not simply open at any time."""
    return risk.status != "open" or risk.exposure is not None or bool(risk.after)


def risk_today(risk: Risk, scenario: Scenario) -> Risk:
    """Return a risk as it stands at the data date: over, certain since it has occurred, or with less time to come."""
    if not has_status(risk):
        return risk
    changes: dict[str, Any] = {}
    if risk.before is not None:
        changes["before"] = risk_today(risk.before, scenario)
    if risk.status == "closed":
        changes["active"] = False
    elif risk.status == "occurred":
        changes |= {"probability": 1.0, "triggered_by": (), **UNCONDITIONAL}
    elif risk.after:
        return settled(risk.model_copy(update=changes), scenario.tasks)
    elif risk.exposure is not None and scenario.is_data_date:
        changes["probability"] = risk.exposure.remaining(risk.probability, scenario.start, scenario.tasks)
    return risk.model_copy(update=changes)


def brought_along(risk: Risk, action: Action | None) -> Risk:
    """Return a risk as the action makes it that brings it along, if one does: without that action there is none."""
    if action is None:
        return risk
    written = risk if risk.before is None else risk.before
    absent = written.model_copy(update={"active": False})
    return risk.model_copy(update={"before": absent, "active": risk.active and action.active})


def still_possible(
    risks: Mapping[str, Risk], exclusive: Mapping[str, Exclusive]
) -> tuple[dict[str, Risk], dict[str, Exclusive]]:
    """Return risks, and sets of which at most one occurs, with what has occurred or is closed taken out of the sets.

    Notes
    -----
    Once one of a set has occurred, the others cannot. One that is closed leaves the probabilities of the others as they
    are.
    """
    possible, sets = dict(risks), {}
    for key, each in exclusive.items():
        if any(risks[name].status == "occurred" for name in each.risks):
            for name in each.risks:
                if risks[name].status != "occurred":
                    possible[name] = risks[name].model_copy(update={"active": False})
            continue
        left = tuple(name for name in each.risks if risks[name].status == "open")
        if left:
            sets[key] = each.model_copy(update={"risks": left})
    return possible, sets


def absent_tasks(scenario: Scenario) -> list[str]:
    """Return the tasks of the actions that are not active."""
    return sorted(action.task for action in scenario.actions.values() if action.task and not action.active)


def relationships_of(scenario: Scenario, absent: frozenset[str]) -> frozenset[str]:
    """Return the keys of impacts that name a relationship of a task that is not in the plan."""
    tables = [risk.impacts for risk in scenario.risks.values()]
    tables += [change.impacts for action in scenario.actions.values() for change in action.effects.values()]
    pairs = {key: named_pair(key, scenario.tasks) for impacts in tables for key in impacts} if absent else {}
    return frozenset(key for key, pair in pairs.items() if pair is not None and not absent.isdisjoint(pair[:2]))


def without_predecessors(task: Task, absent: frozenset[str]) -> Task:
    """Return a task that does not wait for tasks that are not in the plan."""
    after = tuple(relationship for relationship in task.after if relationship.task not in absent)
    return task if len(after) == len(task.after) else task.model_copy(update={"after": after})


def risk_with(risk: Risk, actions: Iterable[Action], absent: frozenset[str] = frozenset()) -> Risk:
    """Return a risk with what actions change of it, and without impacts on what is not in the plan.

    Notes
    -----
    A probability that an action sets comes first, then the factors of all of them; likewise estimates of impacts.
    """
    acting = [action for action in actions if risk.id in action.effects]
    changes = [action.effects[risk.id] for action in acting]
    impacts = {key: impact for key, impact in risk.impacts.items() if key not in absent}
    if not changes:
        return risk if len(impacts) == len(risk.impacts) else risk.model_copy(update={"impacts": impacts})
    for change in changes:
        impacts = laid_over(impacts, change.impacts, absent)
    return risk.model_copy(
        update={
            "probability": probability_with(risk.probability, acting, changes),
            "impacts": scaled_impacts(impacts, changes),
            "before": risk,
        }
    )


def probability_with(probability: float, actions: Iterable[Action], changes: Iterable[RiskChange]) -> float:
    """Return a probability with what actions change of it, those counted in that may not work.

    Notes
    -----
    An action that may fail changes the probability of one risk and nothing else (RE358), and whether it works depends
    on nothing. So the risk occurs with the mean of its probabilities with and without it, by the same draw as before.
    """
    both = list(zip(actions, changes, strict=True))
    for action, change in both:
        if change.probability is not None:
            probability = action.chance * change.probability + (1.0 - action.chance) * probability
    for action, change in both:
        if change.probability_factor is not None:
            probability *= action.chance * change.probability_factor + (1.0 - action.chance)
    return probability


def laid_over(base: Mapping[str, Impact], over: Mapping[str, Impact], absent: frozenset[str]) -> dict[str, Impact]:
    """Return impacts with others laid over them, sorted by what they act on."""
    merged = dict(base)
    for key, impact in over.items():
        if key not in absent:
            estimates = {kind: value for kind, value in impact.__dict__.items() if value is not None}
            merged[key] = merged[key].model_copy(update=estimates) if key in merged else impact
    return dict(sorted(merged.items()))


def scaled_impacts(impacts: Mapping[str, Impact], changes: Iterable[RiskChange]) -> dict[str, Impact]:
    """Return impacts whose delays and costs are multiplied by what all changes say."""
    factor = 1.0
    for change in changes:
        factor *= 1.0 if change.impact_factor is None else change.impact_factor
    if factor == 1.0:
        return dict(impacts)
    return {
        key: impact.model_copy(
            update={
                kind: scaled(estimate, factor) for kind in SCALED if (estimate := getattr(impact, kind)) is not None
            }
        )
        for key, impact in impacts.items()
    }
