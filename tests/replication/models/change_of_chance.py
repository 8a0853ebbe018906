"""A plan, and the plan with a risk brought down from 10 % to 2 %, as an action would."""

from tests.replication import law, scenario
from tests.replication.differences import difference, difference_of_gates
from tests.replication.model import Measure, Model

BEFORE, AFTER = 0.1, 0.02


def build() -> Model:
    """The risk occurs afterwards in a part of the futures in which it did before: it is one event in 8 of 100."""
    step, coin = 5e-3, 2.0
    own, price = law.triangular(50, 60, 90, step), law.uniform(40_000, 60_000, coin)
    late, dear = law.uniform(20, 40, step), law.constant(5_000.0, coin)
    before = (
        Measure(own + law.event(BEFORE, late), plan=60),
        Measure(price + law.event(BEFORE, dear), measure="cost", plan=50_000),
    )
    after = own + law.event(AFTER, late), price + law.event(AFTER, dear)
    text = scenario.head("change of chance") + scenario.task(
        "work", scenario.triangular(50, 60, 90), more=f"cost = {{ fixed = {scenario.uniform(40_000, 60_000)} }}"
    )
    risk = "[risks.late]\nprobability = {}\nimpacts.work = {{ delay = {}, cost = 5000 }}\n"
    estimates = [
        *difference("finish", before[0].law, after[0]),
        *difference("cost", before[1].law, after[1]),
        *difference_of_gates(before[0], after[0]),
        *difference_of_gates(before[1], after[1]),
    ]
    return Model(
        "a plan, and the same with a risk of 2 % in place of 10 %",
        "convolution",
        text + risk.format(BEFORE, scenario.uniform(20, 40)),
        before,
        tuple(estimates),
        changed=text + risk.format(AFTER, scenario.uniform(20, 40)),
        of_one_event={"difference finish mean": BEFORE - AFTER, "difference cost mean": BEFORE - AFTER},
    )
