"""Models that differ in one number only."""

import math

from scipy.stats import lognorm

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution, criticality, occurrence, task_finish, task_numbers, total_float

NO_SPREAD = "strata of 1/256 leave the count of a run less spread than one iteration"
TWO_STRATIFIED = "of a block m or m + 1 are beyond either task: whole numbers force 97.3 and 96.8 % of four blocks"
UNSEEN_TAIL = "no upper end is given while few values carry the variance"
ATOMS = """
[tasks.a]
duration = [10, 12, 20]
cost = {{ fixed = 100000 }}
[tasks.b]
duration = [5, 8, 15]
after = ["a"]
cost = {{ fixed = 250000 }}
[risks.r1]
probability = {probability}
impacts.a.cost = 80000
"""


def atom(probability: float) -> Model:
    """A cost of two values: a percentile is at the boundary of an atom, or next to it."""
    step = 1e-3
    finish = law.pert(10, 12, 20, step) + law.pert(5, 8, 15, step)
    cost = law.discrete({350_000: 1 - probability, 430_000: probability})
    return Model(
        f"cost of two values, the lower with {100 * (1 - probability):g} %",
        "convolution; enumeration",
        scenario.head(f"atom {probability}") + ATOMS.format(probability=probability),
        (Measure(finish, plan=20), Measure(cost, measure="cost", plan=350_000)),
        (
            *contribution("r1", "cost", cost, law.constant(350_000, 1.0), probability=probability),
            occurrence("r1", probability),
        ),
        of_one_event=dict.fromkeys(("cost", "gate cost", "risk r1"), probability),
        is_wide=dict.fromkeys(("cost", "gate cost", "risk r1"), NO_SPREAD) if 0 < abs(probability - 0.5) < 1e-3 else {},
    )


def rare_risk(probability: float) -> Model:
    """A triangular task with a cost by the day, and a rare risk of a fixed delay that also costs a fixed sum."""
    step, rate = 2e-3, 100.0
    own = law.triangular(50, 60, 90, step)
    finish = own + law.event(probability, law.constant(30.0, step))
    plain_cost = own.scaled(rate)
    # the delay is worked, at the rate, and the risk costs 2,000 beside
    cost = plain_cost + law.event(probability, law.constant(30 * rate + 2_000, step * rate))
    return Model(
        f"triangular task and a risk of {100 * probability:g} % that delays by 30 d and costs 5,000",
        "mixture of two laws",
        scenario.head(f"rare risk {probability}")
        + scenario.task("work", scenario.triangular(50, 60, 90), more=f"cost = {{ rate = {rate} }}")
        + f"[risks.late]\nprobability = {probability}\nimpacts.work = {{ delay = 30, cost = 2000 }}\n",
        (Measure(finish, plan=60), Measure(cost, measure="cost", plan=6_000, has_gates=False)),
        (
            *contribution("late", "days", finish, own, probability=probability),
            *contribution("late", "cost", cost, plain_cost, probability=probability),
            occurrence("late", probability),
            *task_numbers("work", finish, cost),
        ),
        of_one_variable=("finish", "cost", "gate", "risk", "task"),
    )


def heavy_cost(ratio: float) -> Model:
    """A lognormal cost with an sd of so many times its mean, and nothing else uncertain."""
    mean = 100_000.0
    variance = math.log1p(ratio**2)
    high = float(lognorm.ppf(1 - 1e-4, math.sqrt(variance), scale=mean * math.exp(-variance / 2)))
    cost = law.lognormal(mean, ratio * mean, high / 1_000_000, high)
    return Model(
        f"one lognormal cost, sd {ratio:g} x mean",
        "closed form",
        scenario.head(f"heavy cost {ratio}")
        + scenario.task("work", "10")
        + f"[costs.item]\nfixed = {scenario.lognormal(mean, ratio * mean)}\n",
        (Measure(cost, measure="cost", plan=mean * math.exp(-1.5 * variance)),),
        is_wide={"cost sd": UNSEEN_TAIL},
        of_one_variable=("cost P", "cost chance", "cost contingency", "gate"),
    )


def merge(count: int) -> Model:
    """Parallel uniform tasks: the finish is the latest of them."""
    step = 1e-3
    low, high = 60.0, 100.0
    own = law.uniform(low, high, step)
    finish = law.maximum(*[own] * count)
    others = law.maximum(*[own] * (count - 1)) if count > 2 else own
    ids = [f"path{k}" for k in range(count)]
    names = ", ".join(f'"{id}"' for id in ids)
    slack = law.positive_part(others + law.negative(own))
    return Model(
        f"the latest of {count} uniform tasks",
        "product of distribution functions",
        scenario.head(f"merge {count}")
        + "".join(scenario.task(id, scenario.uniform(low, high)) for id in ids)
        + f"[tasks.end]\nmilestone = true\nafter = [{names}]\n",
        (Measure(finish, plan=80),),
        (
            criticality("path0", 1 / count),
            criticality("end", 1.0),
            *total_float("path0", slack),
            *task_finish("path0", own),
        ),
        covers_more=dict.fromkeys(("finish P90", "finish P95"), TWO_STRATIFIED) if count == 2 else {},
        of_one_variable=("task path0 finish", "finish chance"),
    )
