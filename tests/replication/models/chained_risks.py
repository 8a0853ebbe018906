"""A risk that another one triggers, and two outcomes of which at most one occurs."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution, occurrence

TEXT = """
[risks.strike]
probability = 0.2
impacts.work.delay = {strike}
[risks.penalty]
probability = 0.5
triggered_by = ["strike"]
impacts.work.delay = {penalty}
[risks.rock]
probability = 0.3
impacts.work.delay = {rock}
[risks.water]
probability = 0.25
impacts.work.delay = {water}
[exclusive.ground]
risks = ["rock", "water"]
"""


def build() -> Model:
    """A pert task; all delays are uniform."""
    step = 2e-3
    work = law.pert(50, 60, 90, step)
    strike, penalty = law.uniform(5, 15, step), law.uniform(10, 30, step)
    rock, water, nothing = law.uniform(5, 10, step), law.uniform(15, 25, step), law.constant(0.0, step)
    chain = law.event(0.2, strike + law.event(0.5, penalty))
    ground = law.mixture([(0.45, nothing), (0.3, rock), (0.25, water)])
    finish = work + chain + ground
    without = {
        "strike": work + ground,
        "penalty": work + law.event(0.2, strike) + ground,
        "rock": work + chain + law.event(0.25, water),
        "water": work + chain + law.event(0.3, rock),
    }
    chance = {"strike": 0.2, "penalty": 0.1, "rock": 0.3, "water": 0.25}
    estimates = [occurrence(risk, share) for risk, share in chance.items()]
    for risk, left in without.items():
        estimates += contribution(risk, "days", finish, left)
    text = TEXT.format(
        strike=scenario.uniform(5, 15),
        penalty=scenario.uniform(10, 30),
        rock=scenario.uniform(5, 10),
        water=scenario.uniform(15, 25),
    )
    return Model(
        "a risk that triggers another, and two outcomes of which at most one occurs",
        "convolution, mixtures",
        scenario.head("chained risks") + scenario.task("work", "[50, 60, 90]") + text,
        (Measure(finish, plan=60),),
        tuple(estimates),
    )
