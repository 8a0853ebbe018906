"""A plan, and the plan with a change request: another task behind the first, and a risk on it."""

from tests.replication import law, scenario
from tests.replication.differences import difference, difference_of_gates
from tests.replication.model import Measure, Model

SHARE = 0.2


def build() -> Model:
    """Costs of one task, and of two with a risk that delays the second and costs money."""
    step, coin = 5e-3, 2.0
    first, second = law.triangular(50, 60, 90, step), law.uniform(5, 15, step)
    price, more = law.uniform(40_000, 60_000, coin), law.triangular(10_000, 12_000, 20_000, coin)
    before = Measure(first, plan=60), Measure(price, measure="cost", plan=50_000)
    after = (
        first + second + law.event(SHARE, law.uniform(10, 30, step)),
        price + more + law.event(SHARE, law.constant(8_000.0, coin)),
    )
    text = scenario.head("change request") + scenario.task(
        "work", scenario.triangular(50, 60, 90), more=f"cost = {{ fixed = {scenario.uniform(40_000, 60_000)} }}"
    )
    changed = (
        text
        + scenario.task(
            "more",
            scenario.uniform(5, 15),
            '["work"]',
            f"cost = {{ fixed = {scenario.triangular(10_000, 12_000, 20_000)} }}",
        )
        + f"[risks.late]\nprobability = {SHARE}\n"
        + f"impacts.more = {{ delay = {scenario.uniform(10, 30)}, cost = 8000 }}\n"
    )
    estimates = [
        *difference("finish", first, after[0]),
        *difference("cost", price, after[1]),
        *difference_of_gates(before[0], after[0]),
        *difference_of_gates(before[1], after[1]),
    ]
    return Model(
        "a plan, and the same with another task and a risk",
        "convolution",
        text,
        before,
        tuple(estimates),
        changed=changed,
        of_one_variable=("finish", "cost", "gate"),
    )
