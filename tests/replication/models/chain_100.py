"""A chain of 100 uniform tasks: a sum that stratification makes nearly certain at the mean."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model


def build() -> Model:
    """Uniform from 2 to 6 days each."""
    finish = law.uniform(2, 6, 5e-3).times(100)
    return Model(
        "chain of 100 uniform tasks",
        "convolution",
        scenario.head("chain of 100") + scenario.chain(100, scenario.uniform(2, 6)),
        (Measure(finish, plan=400),),
    )
