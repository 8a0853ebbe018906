"""Three crews that begin some day in March or April, each for 30 days: cost and units in use by month."""

from datetime import datetime

from tests.replication import law, scenario
from tests.replication.law import Law
from tests.replication.model import TICK, Estimate, Model
from tests.replication.truths import month

RATE = 100.0
STEP = 1e-3
CHAINS = 3
MARCH, APRIL, MAY = (datetime(2027, number, 1) for number in (3, 4, 5))
BEGINS_IN_MARCH = 0.7
"""The wait is uniform from 10 to 40 days, of which the first 31 are March."""


def build() -> Model:
    """The wait W is uniform: March has max(0, 31 - W) of the 30 days, May max(0, W - 31), and April the rest."""
    wait = law.uniform(10, 40, STEP)
    march = law.positive_part(law.constant(31.0, STEP) + law.negative(wait))
    may = law.positive_part(wait + law.constant(-31.0, STEP))
    april = law.mixture([(BEGINS_IN_MARCH, law.uniform(9, 30, STEP)), (1 - BEGINS_IN_MARCH, law.uniform(21, 30, STEP))])
    begun_by_april = law.constant(30.0, STEP) + law.negative(may)
    days = {MARCH: (march, march), APRIL: (april, begun_by_april), MAY: (may, law.constant(30.0, STEP))}
    tasks = "".join(
        scenario.task(f"w{at}", scenario.uniform(10, 40))
        + scenario.task(f"t{at}", "30", f'["w{at}"]', f'cost.rate = {RATE}\nteam = "crew {at}"\nresources.crew = 1')
        for at in range(CHAINS)
    )
    estimates: list[Estimate] = []
    for first, (own, until) in days.items():
        for scope, key, count in (("project", "", CHAINS), ("team", "crew 0", 1)):
            laws = {"cost": own.times(count).scaled(RATE)}
            if first != MAY:  # all is spent by then
                laws["cumulative"] = until.times(count).scaled(RATE)
            row = (("scope", scope), ("key", key), ("month", first))
            estimates += month("cost_periods", row, f"{scope} {first:%B}", laws, count * RATE * TICK)
        estimates += units(first, own)
    return Model(
        "three tasks of 30 days after uniform waits: months of cost and of units in use",
        "closed form, convolution",
        scenario.head("monthly") + "[resources.crew]\ncapacity = 2\n" + tasks,
        estimates=tuple(estimates),
        of_one_variable=("team", "units March peak", "units May peak", "overload"),
    )


def units(first: datetime, own: Law) -> list[Estimate]:
    """Average and peak of the crews at work in a month; in April all of them are."""
    length = {MARCH: 31, APRIL: 30, MAY: 31}[first]
    laws = {"average": own.times(CHAINS).scaled(1 / length)}
    key = (("resource", "crew"), ("month", first))
    estimates = []
    if first != APRIL:
        chance = BEGINS_IN_MARCH if first == MARCH else 1 - BEGINS_IN_MARCH
        laws["peak"] = law.discrete({0: 1 - chance, 1: chance}).times(CHAINS)
        columns = ("overload", "overload_ci_low", "overload_ci_high")
        title = f"overload {first:%B}"
        estimates.append(
            Estimate(title, "chance", "resource_periods", key, columns, chance**CHAINS, share=chance**CHAINS)
        )
    return month("resource_periods", key, f"units {first:%B}", laws, CHAINS * TICK) + estimates
