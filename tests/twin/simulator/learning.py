"""Learning by the rules: the n-th task of a kind takes n to the power of log2(rate) of its estimate."""

import math

from riskengine.model import Scenario
from tests.twin.simulator.branching import shrunk


def practised(scenario: Scenario) -> Scenario:
    """The scenario with shorter tasks where they come later; what has begun stays as it says."""
    tasks = dict(scenario.tasks)
    for learning in scenario.learning.values():
        for place, id in enumerate(learning.tasks):
            if tasks[id].actual_start is None and tasks[id].actual_finish is None and place:
                share = math.exp(math.log(place + 1) * math.log(learning.rate) / math.log(2))
                tasks[id] = tasks[id].model_copy(update={"duration": shrunk(tasks[id].duration, share)})
    return scenario.model_copy(update={"tasks": tasks, "learning": {}})
