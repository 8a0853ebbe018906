"""Everything that `check` computes of a schedule: its dates, the handshake, its health."""

from dataclasses import dataclass

from riskengine.model import Scenario
from riskengine.plan import compile
from riskengine.schedule.dates import dates
from riskengine.schedule.futures import room, watched
from riskengine.schedule.handshake import Handshake, compare, has_stored_dates
from riskengine.schedule.health import Health, examine


@dataclass(frozen=True, slots=True)
class Checked:
    """A schedule with all uncertainty off, looked at from both sides.

    Parameters
    ----------
    handshake : Handshake or None
        None where no task has stored dates.
    health : Health
    """

    handshake: Handshake | None
    health: Health


def check(scenario: Scenario) -> Checked:
    """Compute the dates of a scenario, compare them with the stored ones, and examine the schedule.

    Raises
    ------
    ScenarioError
        If the scenario cannot be compiled.
    """
    plan = compile(scenario, room(scenario))
    found = dates(plan)
    handshake = compare(scenario, plan.task, found) if has_stored_dates(scenario) else None
    return Checked(handshake, examine(scenario, plan.task, found, watched(plan)))
