"""Sums and maxima of independent durations or costs, on a calendar without nights."""

from tests.verification.case import Case, Quantity
from tests.verification.observed import (
    cost_below,
    cost_mean,
    cost_percentile,
    cost_sd,
    finish_below,
    mean,
    pearson,
    percentile,
    sd,
)

HEAD = """
schema = 1
name = "{name}"
start = 2027-01-01
calendar = "24h"
defaults.shape = "triangular"
"""

QUADRATURE = "convolution by quadrature, 9 digits"
CLOSED = "closed form"

H1_PATH = """
[tasks.design]
duration = [20, 30, 60]
[tasks.build]
duration = [30, 40, 65]
after = ["design"]
[tasks.test]
duration = [18, 25, 50]
after = ["build"]
"""


def parallel_paths(count: int) -> str:
    """Several copies of the path of H1 side by side, under other names."""
    lines = []
    for k in range(count):
        lines.append(H1_PATH.replace("design", f"design{k}").replace("build", f"build{k}").replace("test", f"test{k}"))
    return "".join(lines)


H1 = Case(
    "H1",
    "three tasks in a row, triangular (Hulett 2001)",
    QUADRATURE,
    HEAD.format(name="H1") + 'targets = ["design", "build", "test"]\n' + H1_PATH,
    (
        Quantity("mean", 112.666667, mean()),
        Quantity("sd", 13.174049, sd()),
        Quantity("P10", 95.919297, percentile(10)),
        Quantity("P50", 112.071906, percentile(50)),
        Quantity("P80", 123.901623, percentile(80)),
        Quantity("P90", 130.215497, percentile(90)),
        Quantity("P(finish <= 95)", 0.086183, finish_below(95)),
        Quantity("Pearson of the first duration with the finish", 0.645084, pearson("design")),
        Quantity("Pearson of the second", 0.558659, pearson("build", after="design")),
        Quantity("Pearson of the third", 0.521313, pearson("test", after="build")),
    ),
)

H2 = Case(
    "H2",
    "the later of two such paths",
    QUADRATURE,
    HEAD.format(name="H2") + parallel_paths(2),
    (
        Quantity("mean", 120.130380, mean()),
        Quantity("sd", 11.422273, sd()),
        Quantity("P10", 105.683143, percentile(10)),
        Quantity("P50", 119.670771, percentile(50)),
        Quantity("P80", 129.769263, percentile(80)),
        Quantity("P90", 135.213449, percentile(90)),
        Quantity("P(finish <= 95)", 0.007428, finish_below(95)),
    ),
)

H3 = Case(
    "H3",
    "the latest of three such paths",
    QUADRATURE,
    HEAD.format(name="H3") + parallel_paths(3),
    (
        Quantity("mean", 124.025591, mean()),
        Quantity("sd", 10.470227, sd()),
        Quantity("P10", 110.846756, percentile(10)),
        Quantity("P50", 123.582297, percentile(50)),
        Quantity("P80", 132.814822, percentile(80)),
        Quantity("P90", 137.833816, percentile(90)),
    ),
)

C1 = Case(
    "C1",
    "three cost lines of the PMBOK guide, 5th edition",
    QUADRATURE + "; the guide prints 12 % and 75 %",
    HEAD.format(name="C1")
    + """
[tasks.done]
milestone = true
[costs.design]
fixed = [4, 6, 10]
[costs.build]
fixed = [16, 20, 35]
[costs.test]
fixed = [11, 15, 23]
""",
    (
        Quantity("mean", 46.666667, cost_mean()),
        Quantity("sd", 4.949747, cost_sd()),
        Quantity("P10", 40.466168, cost_percentile(10)),
        Quantity("P50", 46.305980, cost_percentile(50)),
        Quantity("P80", 50.984034, cost_percentile(80)),
        Quantity("P90", 53.444326, cost_percentile(90)),
        Quantity("P(cost <= 41)", 0.126114, cost_below(41)),
        Quantity("P(cost <= 50)", 0.748207, cost_below(50)),
    ),
)

C2_LINES = {
    "air-vehicle": "[17955, 19645, 21785]",
    "sensor": "[8500, 10553, 13000]",
    "command": "[4000, 4306, 5100]",
    "integration": "[4100, 4305, 4650]",
    "data": "[550, 600, 650]",
    "operations": "[32300, 35547, 52500]",
    "support": "[1950, 2136, 2600]",
}

C2 = Case(
    "C2",
    "seven cost lines of GAO-20-195G, table 12, thousand dollars",
    QUADRATURE,
    HEAD.format(name="C2")
    + "[tasks.done]\nmilestone = true\n"
    + "".join(f"[costs.{line}]\nfixed = {estimate}\n" for line, estimate in C2_LINES.items()),
    (
        Quantity("mean", 82244.0, cost_mean()),
        Quantity("sd", 4599.605810, cost_sd()),
        Quantity("P10", 76714.578, cost_percentile(10), 5e-4),
        Quantity("P50", 81602.215, cost_percentile(50), 5e-4),
        Quantity("P80", 86446.371, cost_percentile(80), 5e-4),
        Quantity("P90", 88909.991, cost_percentile(90), 5e-4),
        Quantity("P(cost <= 77092)", 0.125800, cost_below(77092)),
    ),
)

S1 = Case(
    "S1",
    "three tasks in a row, PERT",
    QUADRATURE,
    HEAD.format(name="S1")
    + """
[defaults.task]
shape = "pert"
[tasks.a]
duration = [2, 4, 9]
[tasks.b]
duration = [3, 5, 12]
after = ["a"]
[tasks.c]
duration = [1, 2, 8]
after = ["b"]
""",
    (
        Quantity("mean", 13.166667, mean()),
        Quantity("sd", 2.335883, sd()),
        Quantity("P10", 10.228222, percentile(10)),
        Quantity("P50", 13.033252, percentile(50)),
        Quantity("P80", 15.136722, percentile(80)),
        Quantity("P90", 16.280536, percentile(90)),
    ),
)

S2 = Case(
    "S2",
    "the later of two PERT tasks",
    QUADRATURE,
    HEAD.format(name="S2")
    + """
[tasks.a]
duration = { shape = "pert", low = 5, most_likely = 8, high = 20 }
[tasks.b]
duration = { shape = "pert", low = 5, most_likely = 8, high = 20 }
""",
    (
        Quantity("mean", 10.965180, mean()),
        Quantity("sd", 2.420561, sd()),
        Quantity("P10", 7.897361, percentile(10)),
        Quantity("P50", 10.799374, percentile(50)),
        Quantity("P80", 13.080053, percentile(80)),
        Quantity("P90", 14.280607, percentile(90)),
    ),
)


def one_pert(weight: int, average: float, spread: float, p10: float, p90: float) -> Case:
    """One modified PERT task (5, 7, 10)."""
    duration = f'{{ shape = "pert", low = 5, most_likely = 7, high = 10, lambda = {weight} }}'
    return Case(
        f"OR1-{weight}",
        f"one modified PERT task, lambda {weight}",
        "closed form and the beta quantile",
        HEAD.format(name=f"OR1-{weight}") + f"[tasks.a]\nduration = {duration}\n",
        (
            Quantity("mean", average, mean()),
            Quantity("sd", spread, sd()),
            Quantity("P10", p10, percentile(10)),
            Quantity("P90", p90, percentile(90)),
        ),
    )


def one_trigen(
    name: str, estimate: str, low: float, most_likely: float, high: float, quantiles: dict[int, float]
) -> Case:
    """One trigen task: its printed percentiles come back, and its mean is that of the triangle behind it."""
    average = (low + most_likely + high) / 3
    square = low * low + most_likely * most_likely + high * high
    spread = ((square - low * most_likely - low * high - most_likely * high) / 18) ** 0.5
    return Case(
        name,
        "one trigen task: low and high are percentiles",
        "closed form",
        HEAD.format(name=name) + f"[tasks.a]\nduration = {estimate}\n",
        (
            Quantity("mean", average, mean(), 1e-6),
            Quantity("sd", spread, sd(), 1e-6),
            *(Quantity(f"P{p}", value, percentile(p)) for p, value in quantiles.items()),
        ),
    )


TRIGEN = one_trigen(
    "TG1",
    '{ shape = "trigen", low = 8, most_likely = 10, high = 15 }',
    5.66998386,
    10,
    18.2079861,
    {10: 8, 90: 15},
)
TRIGEN_WIDE = one_trigen(
    "TG2",
    '{ shape = "trigen", low = 80, most_likely = 100, high = 150, low_percentile = 0.05, high_percentile = 0.95 }',
    67.06391929,
    100,
    168.68025034,
    {5: 80, 95: 150},
)

CASES = (
    H1,
    H2,
    H3,
    C1,
    C2,
    S1,
    S2,
    one_pert(2, 7.25, 1.112430, 5.775392, 8.797514),
    one_pert(4, 7.166667, 0.936474, 5.943096, 8.449448),
    one_pert(8, 7.1, 0.744067, 6.138885, 8.100393),
    TRIGEN,
    TRIGEN_WIDE,
)
