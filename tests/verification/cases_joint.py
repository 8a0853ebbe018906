"""Cost and schedule together: K6, and the integrated reference model RM-1 with and without its risks."""

from tests.verification.case import Case, Quantity
from tests.verification.observed import (
    contribution,
    cost_mean,
    cost_percentile,
    cost_sd,
    criticality,
    finish_below,
    joint_at,
    joint_at_percentiles,
    knee,
    mean,
    pearson_with_cost,
    percentile,
    sd,
    ssi,
)

K6 = Case(
    "K6",
    "cost = F + 2.5 T",
    "quadrature",
    """
schema = 1
name = "K6"
start = 2027-01-01
calendar = "24h"
defaults.shape = "triangular"
[tasks.work]
duration = [20, 26, 40]
cost = { fixed = [60, 80, 130], rate = 2.5 }
""",
    (
        Quantity("correlation of cost and finish", 0.579802, pearson_with_cost()),
        Quantity("P70 of the finish", 30.834849, percentile(70)),
        Quantity("P70 of the cost", 170.966545, cost_percentile(70)),
        Quantity("joint confidence at both P70", 0.565990, joint_at_percentiles(70)),
        Quantity("P80 of the finish", 32.516685, percentile(80)),
        Quantity("P80 of the cost", 177.370706, cost_percentile(80)),
        Quantity("joint confidence at both P80", 0.693255, joint_at_percentiles(80)),
        Quantity("joint confidence of (30, 165)", 0.469303, joint_at(30, 165)),
    ),
)

RM1_TEXT = """
schema = 1
name = "RM-1"
project = "RM-1"
start = 2027-01-01
calendar = "24h"
defaults.shape = "triangular"
[tasks.A]
duration = [20, 25, 40]
cost.rate = 4
[tasks.B]
duration = [10, 15, 30]
after = ["A"]
cost.rate = 3
[tasks.C]
duration = [30, 40, 55]
cost.rate = 5
[tasks.E]
duration = [5, 8, 12]
after = ["B", "C"]
cost.rate = 2
[costs.fixed]
fixed = 250
[costs.overhead]
rate = 1.5
[risks.R1]
probability = 0.3
active = {r1}
[risks.R1.impacts]
A = {{ factor = [1.1, 1.25, 1.6] }}
C = {{ factor = [1.1, 1.25, 1.6] }}
[risks.R2]
probability = 0.2
active = {r2}
impacts.B = {{ delay = [5, 10, 20] }}
"""

SIMULATED = "simulation of 20 million iterations by another program"
RM1_ITERATIONS = 40_960

RM1 = Case(
    "RM-1",
    "integrated reference model: four tasks, two risks, rates and overhead",
    SIMULATED,
    RM1_TEXT.format(r1="true", r2="true"),
    (
        Quantity("mean of the finish", 61.632, mean(), 0.002),
        Quantity("sd of the finish", 8.999, sd(), 0.002),
        Quantity("P10 of the finish", 51.057, percentile(10), 0.003),
        Quantity("P50 of the finish", 60.269, percentile(50), 0.003),
        Quantity("P70 of the finish", 65.622, percentile(70), 0.003),
        Quantity("P80 of the finish", 69.209, percentile(80), 0.004),
        Quantity("P90 of the finish", 74.184, percentile(90), 0.005),
        Quantity("P95 of the finish", 78.272, percentile(95), 0.007),
        Quantity("mean of the cost", 773.329, cost_mean(), 0.017),
        Quantity("sd of the cost", 75.70, cost_sd(), 0.018),
        Quantity("P50 of the cost", 758.710, cost_percentile(50), 0.023),
        Quantity("P70 of the cost", 800.217, cost_percentile(70), 0.028),
        Quantity("P80 of the cost", 833.334, cost_percentile(80), 0.036),
        Quantity("P90 of the cost", 883.176, cost_percentile(90), 0.045),
        Quantity("Pearson of finish and cost", 0.9054, pearson_with_cost(), 6e-5),
        Quantity("P(finish <= 48)", 0.0314, finish_below(48), 5e-5),
        Quantity("joint confidence of the plan (48, 683)", 0.02995, joint_at(48, 683), 4e-5),
        Quantity("joint confidence at both P70", 0.6403, joint_at_percentiles(70), 1.1e-4),
        Quantity("joint confidence at both P80", 0.7509, joint_at_percentiles(80), 1.1e-4),
        Quantity("percentile of the 70 % knee", 75.44, knee(0.7), 0.015),
        Quantity("criticality of A", 0.7259, criticality("A"), 1.1e-4),
        Quantity("criticality of B", 0.7259, criticality("B"), 1.1e-4),
        Quantity("criticality of C", 0.2741, criticality("C"), 1.1e-4),
        Quantity("criticality of E", 1.0, criticality("E")),
        Quantity("SSI of A", 0.5204, ssi("A"), 2e-4),
        Quantity("SSI of B", 0.5215, ssi("B"), 2e-4),
        Quantity("SSI of C", 0.2630, ssi("C"), 2e-4),
        Quantity("SSI of E", 0.1593, ssi("E"), 2e-4),
        Quantity("contribution of R1 to the mean", 61.632 - 58.351, contribution("R1", "mean"), 0.003),
        Quantity("contribution of R2 to the mean", 61.632 - 59.647, contribution("R2", "mean"), 0.003),
        Quantity("contribution of R1 to P80", 69.209 - 63.793, contribution("R1", "p80"), 0.006),
        Quantity("contribution of R2 to P80", 69.209 - 66.057, contribution("R2", "p80"), 0.006),
    ),
    RM1_ITERATIONS,
)


def without(name: str, title: str, r1: str, r2: str, average: float, p80: float) -> Case:
    """RM-1 with some of its risks switched off."""
    quantities = (Quantity("mean", average, mean(), 0.002), Quantity("P80", p80, percentile(80), 0.004))
    return Case(name, title, SIMULATED, RM1_TEXT.format(r1=r1, r2=r2), quantities, RM1_ITERATIONS)


CASES = (
    K6,
    RM1,
    without("RM-1 without R1", "the same without the shared factor", "false", "true", 58.351, 63.793),
    without("RM-1 without R2", "the same without the delay", "true", "false", 59.647, 66.057),
    without("RM-1 without risks", "estimate uncertainty only", "false", "false", 56.257, 60.745),
)
