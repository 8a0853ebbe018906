"""What actions make of a scenario, step by step as the rules say it."""

from riskengine.model import AnyEstimate, Constant, CostLine, Exposure, Impact, Risk, Scenario
from tests.twin.simulator.branching import shrunk


def with_actions(scenario: Scenario) -> Scenario:
    """The scenario with what its active actions do, and without the tasks of the others."""
    if not scenario.actions:
        return scenario.model_copy(
            update={"risks": {id: _today(risk, scenario) for id, risk in scenario.risks.items()}}
        )
    gone = [action.task for action in scenario.actions.values() if not action.active]
    tasks = {}
    for id, task in scenario.tasks.items():
        if id not in gone:
            tasks[id] = task.model_copy(update={"after": tuple(link for link in task.after if link.task not in gone)})
    costs = dict(scenario.costs)
    for id, action in scenario.actions.items():
        if action.active and action.cost is not None:
            costs[f"action:{id}"] = CostLine(id=f"action:{id}", fixed=action.cost)
    risks = {id: _treated(risk, scenario) for id, risk in scenario.risks.items()}
    for id, risk in risks.items():
        left = {target: impact for target, impact in risk.impacts.items() if target not in gone}
        risks[id] = _today(risk.model_copy(update={"impacts": left}), scenario)
    for action in scenario.actions.values():
        for id in () if action.active else action.secondary_risks:
            risks[id] = risks[id].model_copy(update={"active": False})
    done = {"tasks": tasks, "costs": costs, "risks": risks, "actions": {}}
    return scenario.model_copy(update=done)


def _today(risk: Risk, scenario: Scenario) -> Risk:
    """A risk at the data date, after what has happened to it; what is done here is not done again."""
    if risk.status == "closed":
        return risk.model_copy(update={"active": False, "exposure": None})
    if risk.status == "occurred":
        return risk.model_copy(update={"probability": 1.0, "exposure": None, "triggered_by": (), "if_later_than": None})
    if risk.exposure is None or not scenario.is_data_date:
        return risk
    gone = _gone(risk.exposure, scenario)
    p = risk.probability
    left = p * (1 - gone) / (1 - p * gone) if gone < 1 else 0.0
    return risk.model_copy(update={"probability": left, "exposure": None})


def _gone(exposure: Exposure, scenario: Scenario) -> float:
    """The share of an exposure that lies behind the data date; what a task alone ends is whole until then."""
    now, begin = scenario.start, exposure.begin
    if exposure.begins_with:
        task = scenario.tasks[exposure.begins_with]
        begin = task.actual_finish if task.actual_start is None else task.actual_start
    if exposure.expires_with and scenario.tasks[exposure.expires_with].actual_finish is not None:
        return 1.0
    if exposure.end is None:
        return 0.0
    if now >= exposure.end:
        return 1.0
    if begin is None:
        return 0.0
    return max((now - begin).total_seconds() / (exposure.end - begin).total_seconds(), 0.0)


def _treated(risk: Risk, scenario: Scenario) -> Risk:
    """A risk after all active actions: what is set first, then what multiplies."""
    changes = [
        action.effects[risk.id] for action in scenario.actions.values() if action.active and risk.id in action.effects
    ]
    chance_of = {
        id(action.effects[risk.id]): action.chance for action in scenario.actions.values() if risk.id in action.effects
    }
    probability, impacts = risk.probability, dict(risk.impacts)
    for change in changes:
        if change.probability is not None:
            probability = chance_of[id(change)] * change.probability + (1 - chance_of[id(change)]) * probability
        for target, new in change.impacts.items():
            old = impacts.get(target, Impact())
            fields = {
                kind: getattr(new, kind) or getattr(old, kind) for kind in ("delay", "factor", "cost", "cost_factor")
            }
            impacts[target] = Impact.model_construct(**fields)
    for change in changes:
        if change.probability_factor is not None:
            fails = 1 - chance_of[id(change)]
            probability *= (1 - fails) * change.probability_factor + fails
        if change.impact_factor is not None:
            for target, impact in impacts.items():
                smaller = {
                    kind: _times(getattr(impact, kind), change.impact_factor)
                    for kind in ("delay", "cost")
                    if getattr(impact, kind)
                }
                impacts[target] = impact.model_copy(update=smaller)
    return risk.model_copy(update={"probability": probability, "impacts": impacts})


def _times(estimate: AnyEstimate, factor: float) -> AnyEstimate:
    """An estimate with every value multiplied; zero for whatever is multiplied by zero."""
    return Constant(value=0.0, unit=estimate.unit) if factor == 0 else shrunk(estimate, factor)
