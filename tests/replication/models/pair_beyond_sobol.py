"""Two tasks that come after 279 uncertain ones in importance: pairs beyond the first good Sobol dimensions."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model


def build() -> Model:
    """The target ``slot`` is the sum of two uniform tasks beside a chain of 279."""
    step = 5e-4
    pair = law.uniform(10, 20, step).times(2)
    whole = law.uniform(1, 3, 5e-3).times(279)
    return Model(
        "two uniform tasks beyond 279 uncertain ones",
        "convolution",
        scenario.head("pair beyond sobol", 'targets = ["slot"]')
        + scenario.chain(279, scenario.uniform(1, 3))
        + scenario.task("x", scenario.uniform(10, 20))
        + scenario.task("y", scenario.uniform(10, 20), '["x"]')
        + '[tasks.slot]\nmilestone = true\nafter = ["y"]\n',
        (Measure(whole, plan=558), Measure(pair, target="slot", plan=30)),
    )
