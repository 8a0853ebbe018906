"""Risks that wait for a date as the rules say them: a task of the future must be done later than that."""

from collections.abc import Callable
from datetime import datetime

from riskengine.model import Scenario


def barred(scenario: Scenario, finish_of: Callable[[str], datetime]) -> set[str]:
    """Risks that cannot happen, since the task that they wait for was done in time."""
    return {
        id
        for id, risk in scenario.risks.items()
        if risk.if_later_than is not None and not finish_of(risk.after) > risk.if_later_than
    }
