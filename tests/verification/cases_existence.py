"""Tasks that need not exist, by enumeration of the futures."""

from itertools import product

from tests.verification.case import Case, Quantity
from tests.verification.observed import cost_mean, criticality, finish_below, mean, sd

HEAD = """
schema = 1
name = "{name}"
start = 2027-01-01
calendar = "24h"
"""


def moments(futures: list[tuple[float, float]]) -> tuple[float, float]:
    """Mean and sd of values with their probabilities."""
    average = sum(value * p for value, p in futures)
    return average, sum((value - average) ** 2 * p for value, p in futures) ** 0.5


CHANCES = {"A": 0.3, "B": 0.6, "C": 0.5}
FUTURES = [
    (a, b, c, (CHANCES["A"] if a else 0.7) * (CHANCES["B"] if b else 0.4) * 0.5)
    for a, b, c in product((0, 1), repeat=3)
]
FINISHES = [(float(max(10 * a + 4 * b, 8 * c)), p) for a, b, c, p in FUTURES]
COSTS = [(100.0 * a + 40.0 * b, p) for a, b, _, p in FUTURES]

THREE_TASKS = Case(
    "EX1",
    "three tasks of 10, 4 and 8 days that exist with 0.3, 0.6 and 0.5, two in a row beside one",
    "enumeration of eight futures",
    HEAD.format(name="EX1")
    + """
[tasks.A]
duration = 10
exists = 0.3
cost.fixed = 100
[tasks.B]
duration = 4
exists = 0.6
after = ["A"]
cost.rate = 10
[tasks.C]
duration = 8
exists = 0.5
[tasks.end]
milestone = true
after = ["B", "C"]
""",
    (
        Quantity("mean", moments(FINISHES)[0], mean()),
        Quantity("sd", moments(FINISHES)[1], sd()),
        Quantity("P(finish <= 8 d)", sum(p for value, p in FINISHES if value <= 8), finish_below(8)),
        Quantity("cost mean", moments(COSTS)[0], cost_mean()),
        Quantity("criticality of A", sum(p for a, _, _, p in FUTURES if a), criticality("A")),
        Quantity("criticality of B", sum(p for a, b, c, p in FUTURES if b and (a or not c)), criticality("B")),
        Quantity("criticality of C", sum(p for a, _, c, p in FUTURES if c and not a), criticality("C")),
    ),
)

BRANCH = Case(
    "EX2",
    "a test of 4 days, then one of two paths: 2 days with 0.8, or 10 and 6 days with 0.2, beside 12 days",
    "enumeration of two futures",
    HEAD.format(name="EX2")
    + """
[tasks.test]
duration = 4
[tasks.accept]
duration = 2
after = ["test"]
cost.fixed = 10
[tasks.reject]
duration = 10
after = ["test"]
cost.fixed = 1000
[tasks.mend]
duration = 6
after = ["reject"]
[tasks.other]
duration = 12
[tasks.end]
milestone = true
after = ["accept", "mend", "other"]
[branches.acceptance]
after = "test"
paths = { accept = 0.8, reject = 0.2 }
""",
    (
        Quantity("mean", 0.8 * 12 + 0.2 * 20, mean()),
        Quantity("sd", 8 * (0.8 * 0.2) ** 0.5, sd()),
        Quantity("cost mean", 0.8 * 10 + 0.2 * 1000, cost_mean()),
        Quantity("criticality of mend", 0.2, criticality("mend")),
        Quantity("criticality of other", 0.8, criticality("other")),
        Quantity("criticality of test", 0.2, criticality("test")),
    ),
)

P, Q, MOST = 0.4, 0.5, 3
REPEATS = [(sum(Q**i for i in range(k + 1)), P**k * ((1 - P) if k < MOST else 1)) for k in range(MOST + 1)]
"""Work in units of the first time, geometric sums, with their probabilities."""

REWORK = Case(
    "EX3",
    "a chain of 6 and 4 days that is done again with 0.4, each time half of it, three times at the most",
    "geometric sums",
    HEAD.format(name="EX3")
    + """
[tasks.build]
duration = 6
cost.fixed = 100
[tasks.test]
duration = 4
cost.rate = 10
after = ["build FS+1d"]
[tasks.end]
milestone = true
after = ["test"]
[rework.again]
tasks = ["build", "test"]
probability = 0.4
factor = 0.5
most = 3
""",
    (
        Quantity("mean", moments([(10 * s + k + 1, p) for k, (s, p) in enumerate(REPEATS)])[0], mean()),
        Quantity("sd", moments([(10 * s + k + 1, p) for k, (s, p) in enumerate(REPEATS)])[1], sd()),
        Quantity("cost mean", moments([(140 * s, p) for s, p in REPEATS])[0], cost_mean()),
        Quantity("criticality of the first repeat", P, criticality("test (again 1)")),
        Quantity("criticality of the last repeat", P**3, criticality("build (again 3)")),
    ),
)

BEFORE = [(d + r, p * 0.5) for d, p in ((5, 0.6), (15, 0.4)) for r in (2, 6)]
"""Finishes of the review with their probabilities: one of them, 11, is the very instant of the condition."""
DECIDED = [(max(18, day + (3 if day > 11 else 8)), p) for day, p in BEFORE]
WHOLE = [(day + (5 if strikes else 2), p * q) for day, p in DECIDED for strikes, q in ((True, 0.25), (False, 0.75))]

CONDITIONS = Case(
    "EX4",
    "two uncertain durations, then 3 days if they took longer than 11 and else 8, beside 18; then 5 days if a risk "
    "occurs and else 2",
    "enumeration of eight futures",
    HEAD.format(name="EX4")
    + """
[tasks.design]
duration = { shape = "discrete", values = [5, 15], weights = [0.6, 0.4] }
[tasks.review]
duration = { shape = "discrete", values = [2, 6], weights = [0.5, 0.5] }
after = ["design"]
[tasks.fast]
duration = 3
after = ["review"]
cost.fixed = 500
[tasks.slow]
duration = 8
after = ["review"]
cost.fixed = 100
[tasks.other]
duration = 18
[tasks.ready]
milestone = true
after = ["fast", "slow", "other"]
[tasks.road]
duration = 5
after = ["ready"]
[tasks.rail]
duration = 2
after = ["ready"]
cost.fixed = 40
[tasks.end]
milestone = true
after = ["road", "rail"]
[branches.hurry]
after = "review"
if_later_than = 2027-01-11
then = "fast"
otherwise = "slow"
[branches.freight]
after = "ready"
if_risk = "strike"
then = "road"
otherwise = "rail"
[risks.strike]
probability = 0.25
""",
    (
        Quantity("mean", moments(WHOLE)[0], mean()),
        Quantity("sd", moments(WHOLE)[1], sd()),
        Quantity("P(finish <= 22 d)", sum(p for day, p in WHOLE if day <= 22), finish_below(22)),
        Quantity("cost mean", 0.4 * 500 + 0.6 * 100 + 0.75 * 40, cost_mean()),
        Quantity("criticality of fast", 0.4, criticality("fast")),
        Quantity("criticality of slow", 0.3, criticality("slow")),
        Quantity("criticality of other", 0.3, criticality("other")),
        Quantity("criticality of road", 0.25, criticality("road")),
    ),
)

CASES = (THREE_TASKS, BRANCH, REWORK, CONDITIONS)
