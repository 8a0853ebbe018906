"""Five risks of known cost: 32 values, some of them equal."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution, occurrence

RISKS = {"r1": (0.5, 1_000), "r2": (0.25, 2_000), "r3": (0.1, 3_000), "r4": (0.05, 10_000), "r5": (0.01, 50_000)}


def build() -> Model:
    """The cost is 20,000 and what the risks add."""
    base = law.constant(20_000, 1.0)

    def cost(without: str = "") -> law.Law:
        found = base
        for risk, (probability, amount) in RISKS.items():
            if risk != without:
                found = found + law.event(probability, law.constant(amount, 1.0))
        return found

    text = "".join(
        f"[risks.{risk}]\nprobability = {probability}\nimpacts.work.cost = {amount}\n"
        for risk, (probability, amount) in RISKS.items()
    )
    estimates = []
    for risk, (probability, _) in RISKS.items():
        estimates += contribution(risk, "cost", cost(), cost(risk), probability=probability)
    return Model(
        "five risks of known cost",
        "enumeration of 32 outcomes",
        scenario.head("five cost risks") + scenario.task("work", "10", more="cost = { fixed = 20000 }") + text,
        (Measure(cost(), measure="cost", plan=20_000),),
        (*estimates, *(occurrence(risk, probability) for risk, (probability, _) in RISKS.items())),
        # r5 has four fifths of the variance of the cost
        counted={"cost mean": RISKS["r5"][0]},
        of_one_variable=("risk ", "cost mean"),
    )
