"""Outcomes of the twin as people read them: "05 17:00" is the fifth of the month at 17:00."""

from riskengine.model import Task
from tests.twin.simulator.build import scenario
from tests.twin.simulator.simulator import Outcome, Simulator


class Shown:
    """Dates of an outcome as text, by task."""

    def __init__(self, simulator: Simulator, outcome: Outcome) -> None:
        def text(instant: int) -> str:
            return simulator.moment(instant).strftime("%d %H:%M")

        self.start = {id: text(instant) for id, instant in outcome.start.items()}
        self.finish = {id: text(instant) for id, instant in outcome.finish.items()}
        self.project = text(outcome.project_finish)
        self.days = simulator.finish_days(outcome.project_finish)
        self.outcome = outcome


def planned(*tasks: Task, **more: object) -> Shown:
    """The deterministic plan of a scenario."""
    simulator = Simulator(scenario(*tasks, **more))
    return Shown(simulator, simulator.plan())


def happened(draws: dict[str, float], *tasks: Task, **more: object) -> Shown:
    """One iteration with the draws given by name; a name that is not among them is an error."""
    simulator = Simulator(scenario(*tasks, **more))
    return Shown(simulator, simulator.iteration(draws.__getitem__))
