"""Two threats and an opportunity on a task: contributions by runs without each, or by the iterations themselves."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution, occurrence

TEXT = """
[risks.late]
probability = 0.3
impacts.work = {{ delay = {late}, cost = {late_cost} }}
[risks.rework]
probability = 0.1
impacts.work = {{ delay = {rework}, cost = {rework_cost} }}
[risks.early]
kind = "opportunity"
probability = 0.4
impacts.work = {{ delay = {early}, cost = {early_cost} }}
"""


def three_risks(is_paired: bool) -> Model:
    """A pert task and a fixed cost; delays and costs are uniform."""
    step, coin = 2e-3, 2.0
    own = law.pert(50, 60, 90, step)
    days = {
        "late": law.event(0.3, law.uniform(10, 30, step)),
        "rework": law.event(0.1, law.uniform(20, 60, step)),
        "early": law.event(0.4, law.uniform(-20, -5, step)),
    }
    base = law.triangular(40_000, 50_000, 80_000, coin)
    money = {
        "late": law.event(0.3, law.uniform(2_000, 6_000, coin)),
        "rework": law.event(0.1, law.uniform(10_000, 30_000, coin)),
        "early": law.event(0.4, law.uniform(-9_000, -1_000, coin)),
    }
    finish, cost = total(own, days), total(base, money)
    estimates = []
    for risk, probability in (("late", 0.3), ("rework", 0.1), ("early", 0.4)):
        estimates += contribution(risk, "days", finish, total(own, days, risk), is_paired)
        estimates += contribution(risk, "cost", cost, total(base, money, risk), is_paired)
        estimates.append(occurrence(risk, probability))
    text = TEXT.format(
        late=scenario.uniform(10, 30),
        late_cost=scenario.uniform(2_000, 6_000),
        rework=scenario.uniform(20, 60),
        rework_cost=scenario.uniform(10_000, 30_000),
        early=scenario.uniform(-20, -5),
        early_cost=scenario.uniform(-9_000, -1_000),
    )
    fixed = f"cost = {{ fixed = {scenario.triangular(40_000, 50_000, 80_000)} }}"
    return Model(
        "two threats and an opportunity" + ("" if is_paired else ", no runs without each risk"),
        "convolution",
        scenario.head("three risks") + scenario.task("work", "[50, 60, 90]", more=fixed) + text,
        (Measure(finish, plan=60), Measure(cost, measure="cost", plan=50_000)),
        tuple(estimates),
        is_paired=is_paired,
    )


def total(own: law.Law, risks: dict[str, law.Law], without: str = "") -> law.Law:
    """The sum of a value and of what risks add, one of them left out."""
    for risk, effect in risks.items():
        if risk != without:
            own = own + effect
    return own
