"""What a scenario says of its risks besides what they do."""

from collections.abc import Sequence
from typing import Any

from riskengine.model import Scenario


def risk_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the risks, sorted by id."""
    risks = [scenario.risks[name] for name in sorted(scenario.risks)]
    return {
        "owner": [risk.owner for risk in risks],
        "description": [risk.description for risk in risks],
        "active": [risk.active for risk in risks],
    }
