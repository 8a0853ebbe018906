"""What a scenario says of its risks besides what they do."""

from collections.abc import Sequence
from typing import Any

from riskengine.model import Scenario
from riskengine.plan.inputs.actions import Positions, written


def risk_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the risks, sorted by id: where they stand now, and where without the actions in force."""
    risks = [scenario.risks[name] for name in sorted(scenario.risks)]
    positions = Positions(scenario)
    before, after = ([positions.of(risk) for risk in each] for each in (map(written, risks), risks))
    return {
        "owner": [risk.owner for risk in risks],
        "description": [risk.description for risk in risks],
        "active": [risk.active for risk in risks],
        "status": [risk.status for risk in risks],
        "probability_before": [position.probability for position in before],
        "mean_delay_before": [position.delay for position in before],
        "mean_delay": [position.delay for position in after],
        "mean_cost_before": [position.cost for position in before],
        "mean_cost": [position.cost for position in after],
    }
