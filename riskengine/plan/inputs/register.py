"""What a scenario says of its risks besides what they do."""

from collections.abc import Sequence
from typing import Any

from riskengine.model import Scenario
from riskengine.model.chain import set_of_risks
from riskengine.plan.inputs.actions import SEPARATOR, Positions, written


def risk_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the risks, sorted by id: where they stand now, and where without the actions in force."""
    risks = [scenario.risks[name] for name in sorted(scenario.risks)]
    as_written = {name: written(risk) for name, risk in scenario.risks.items()}
    standing = (scenario.model_copy(update={"risks": as_written}), scenario)
    before, after = ([each.of(each.scenario.risks[risk.id]) for risk in risks] for each in map(Positions, standing))
    set_of = set_of_risks(scenario.exclusive)
    return {
        "owner": [risk.owner for risk in risks],
        "description": [risk.description for risk in risks],
        "active": [risk.active for risk in risks],
        "status": [risk.status for risk in risks],
        "triggered_by": [SEPARATOR.join(risk.triggered_by) for risk in risks],
        "after": [risk.after for risk in risks],
        "if_later_than": [risk.if_later_than for risk in risks],
        "exclusive": [set_of.get(risk.id, "") for risk in risks],
        "probability_triggered": [risk.probability if risk.active else 0.0 for risk in risks],
        "probability_before": [position.probability for position in before],
        "mean_delay_before": [position.delay for position in before],
        "mean_delay": [position.delay for position in after],
        "mean_cost_before": [position.cost for position in before],
        "mean_cost": [position.cost for position in after],
    }
