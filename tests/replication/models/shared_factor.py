"""One factor shared by two tasks in a row, which acts with one half."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution, occurrence


def build() -> Model:
    """Triangular tasks; the factor is uniform from 1.05 to 1.5 and the same for both."""
    step = 5e-3
    own = law.triangular(40, 50, 80, step) + law.triangular(20, 30, 40, step)
    longer = law.product(own, law.uniform(1.05, 1.5, 5e-4), step)
    finish = law.mixture([(0.5, own), (0.5, longer)])
    factor = f"{{ factor = {scenario.uniform(1.05, 1.5)} }}"
    return Model(
        "a factor of 50 % shared by two tasks in a row",
        "convolution, quadrature",
        scenario.head("shared factor")
        + scenario.task("first", scenario.triangular(40, 50, 80))
        + scenario.task("second", scenario.triangular(20, 30, 40), '["first"]')
        + f"[risks.pace]\nprobability = 0.5\n[risks.pace.impacts]\nfirst = {factor}\nsecond = {factor}\n",
        (Measure(finish, plan=80),),
        (*contribution("pace", "days", finish, own), occurrence("pace", 0.5)),
    )
