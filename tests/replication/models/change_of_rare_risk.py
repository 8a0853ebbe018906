"""A plan, and the plan with a risk of 0.2 %: many runs do not see what it changes."""

from tests.replication import law, scenario
from tests.replication.differences import difference, difference_of_gates
from tests.replication.model import Measure, Model

SHARE = 0.002
FEW = "one iteration in a thousand answers otherwise"


def build() -> Model:
    """The difference is nothing in 499 of 500 futures, and 30 days and 5,000 in the other one."""
    step, coin = 5e-3, 2.0
    own, price = law.triangular(50, 60, 90, step), law.uniform(40_000, 60_000, coin)
    before = Measure(own, plan=60), Measure(price, measure="cost", plan=50_000)
    after = own + law.event(SHARE, law.constant(30.0, step)), price + law.event(SHARE, law.constant(5_000.0, coin))
    text = scenario.head("change of rare risk") + scenario.task(
        "work", scenario.triangular(50, 60, 90), more=f"cost = {{ fixed = {scenario.uniform(40_000, 60_000)} }}"
    )
    estimates = [
        *difference("finish", own, after[0]),
        *difference("cost", price, after[1]),
        *difference_of_gates(before[0], after[0]),
        *difference_of_gates(before[1], after[1]),
    ]
    return Model(
        "a plan, and the same with a risk of 0.2 %",
        "mixture of two laws",
        text,
        before,
        tuple(estimates),
        changed=text + f"[risks.late]\nprobability = {SHARE}\nimpacts.work = {{ delay = 30, cost = 5000 }}\n",
        covers_more={"difference gate": FEW},
        is_wide={"difference gate": FEW},
        of_one_variable=("finish", "cost", "gate"),
        of_one_event={"difference finish mean": SHARE, "difference cost mean": SHARE},
    )
