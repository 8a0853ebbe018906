"""Risk events and drivers, alone and together."""

from tests.verification.case import Case, Quantity
from tests.verification.observed import finish_below, mean, pearson_between, percentile, sd

HEAD = """
schema = 1
name = "{name}"
start = 2027-01-01
calendar = "24h"
defaults.shape = "triangular"
"""

OR9_QUANTITIES = (
    Quantity("mean", 10.0, mean()),
    Quantity("sd", 13.10216, sd(), 5e-6),
    Quantity("P10", 0.0, percentile(10)),
    Quantity("P50", 0.0, percentile(50)),
    Quantity("P80", 24.08350, percentile(80), 5e-6),
)

ONE_RISK = Case(
    "OR9",
    "one risk of 40 %, delay (10, 20, 45), on a task without a duration of its own",
    "closed form (impact x probability would give P80 12.708)",
    HEAD.format(name="OR9")
    + """
[tasks.deliver]
duration = { shape = "constant", value = 0 }
[risks.late]
probability = 0.4
impacts.deliver = { delay = [10, 20, 45] }
""",
    OR9_QUANTITIES,
)

ONE_PROJECT_RISK = Case(
    "OR9-project",
    "the same risk on the finish of the project",
    "closed form",
    HEAD.format(name="OR9-project")
    + """
[tasks.deliver]
milestone = true
[risks.late]
probability = 0.4
impacts.project = { delay = [10, 20, 45] }
""",
    OR9_QUANTITIES,
)

SHARED_DRIVER = Case(
    "SD",
    "one factor, probability 1/2, shared by two tasks in a row",
    "closed form",
    HEAD.format(name="SD")
    + """
targets = ["first", "second"]
[tasks.first]
duration = [90, 100, 120]
[tasks.second]
duration = [54, 60, 72]
after = ["first"]
[risks.productivity]
probability = 0.5
[risks.productivity.impacts]
first = { factor = [1.05, 1.2, 1.5] }
second = { factor = [1.05, 1.2, 1.5] }
""",
    (
        Quantity("mean", 186.0, mean()),
        Quantity("sd", 24.79309, sd(), 5e-6),
        Quantity("Pearson between the two durations", 0.810297, pearson_between("first", "second")),
    ),
)

TWO_FACTORS = """
[tasks.work]
duration = 100
[risks.wet]
probability = 0.4
{group}impacts.work = {{ factor = 1.2 }}
[risks.cold]
probability = 0.3
{group}impacts.work = {{ factor = 1.3 }}
"""

SERIES = Case(
    "F-series",
    "two fixed factors, 1.2 (40 %) and 1.3 (30 %), in series",
    "enumeration of four outcomes",
    HEAD.format(name="F-series") + TWO_FACTORS.format(group=""),
    (
        Quantity("mean", 117.72, mean()),
        Quantity("P(finish <= 100)", 0.42, finish_below(100)),
        Quantity("P(finish <= 120)", 0.70, finish_below(120)),
        Quantity("P(finish <= 130)", 0.88, finish_below(130)),
        Quantity("P(finish <= 155)", 0.88, finish_below(155)),
        Quantity("P(finish <= 156)", 1.0, finish_below(156)),
    ),
)

PARALLEL = Case(
    "F-parallel",
    "the same two factors in one parallel group: only the larger counts",
    "enumeration of four outcomes",
    HEAD.format(name="F-parallel") + TWO_FACTORS.format(group='parallel = "weather"\n'),
    (
        Quantity("mean", 114.60, mean()),
        Quantity("P(finish <= 100)", 0.42, finish_below(100)),
        Quantity("P(finish <= 120)", 0.70, finish_below(120)),
        Quantity("P(finish <= 130)", 1.0, finish_below(130)),
    ),
)

CASES = (ONE_RISK, ONE_PROJECT_RISK, SHARED_DRIVER, SERIES, PARALLEL)
