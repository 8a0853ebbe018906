"""Sums and maxima of correlated quantities, whose scores have 2 sin(pi rank / 6)."""

from tests.verification.case import Case, Quantity
from tests.verification.cases_sums import HEAD
from tests.verification.observed import (
    cost_below,
    cost_mean,
    cost_percentile,
    cost_sd,
    criticality,
    finish_below,
    mean,
    pearson_with_cost,
    percentile,
    sd,
)

NORMALS = "sum of jointly normal amounts, closed form"
ONE_DAY = "[tasks.work]\nduration = 1\n"


def lines(count: int, shape: str) -> str:
    """So many cost lines with one estimate."""
    return "".join(f"[costs.c{k:02d}]\nfixed = {{ {shape} }}\n" for k in range(count))


def together(between: str, rank: float) -> str:
    """One correlation."""
    return f"[correlations.together]\nbetween = {between}\nrank = {rank}\n"


R1 = Case(
    "R1",
    "twenty normal costs with a rank correlation of 0.6",
    f"{NORMALS}: sd = 20 sqrt(20 (1 + 19 r))",
    HEAD.format(name="R1") + ONE_DAY + lines(20, 'shape = "normal", mean = 100, sd = 20') + together('["cost:*"]', 0.6),
    (
        Quantity("mean cost", 2000.0, cost_mean()),
        Quantity("sd of the cost", 319.282267, cost_sd()),
        Quantity("P80 of the cost", 2268.714736, cost_percentile(80)),
        Quantity("P95 of the cost", 2525.172596, cost_percentile(95)),
    ),
)

R2 = Case(
    "R2",
    "two normal costs with a rank correlation of -0.5",
    f"{NORMALS}: sd = 20 sqrt(2 (1 + r)), r = -2 sin(pi / 12)",
    HEAD.format(name="R2") + ONE_DAY + lines(2, 'shape = "normal", mean = 100, sd = 20') + together('["cost:*"]', -0.5),
    (
        Quantity("mean cost", 200.0, cost_mean()),
        Quantity("sd of the cost", 19.644071, cost_sd()),
        Quantity("P80 of the cost", 216.532868, cost_percentile(80)),
    ),
)

R3 = Case(
    "R3",
    "the later of two normal tasks with a rank correlation of 0.6",
    "Clark (1961), moments of the largest of two normals; percentiles by the bivariate normal",
    HEAD.format(name="R3")
    + '[tasks.a]\nduration = { shape = "normal", mean = 300, sd = 20, min = 0 }\n'
    + '[tasks.b]\nduration = { shape = "normal", mean = 310, sd = 30, min = 0 }\n'
    + together('["a", "b"]', 0.6),
    (
        Quantity("mean", 315.258637, mean()),
        Quantity("sd", 25.528858, sd()),
        Quantity("P80", 336.289667, percentile(80), error=5e-6),
        Quantity("P90", 348.829029, percentile(90), error=5e-6),
        Quantity("P(finish <= 320)", 0.593602, finish_below(320)),
        Quantity("criticality of the first", 0.336076, criticality("a")),
    ),
)

R4 = Case(
    "R4",
    "forty lognormal costs with a rank correlation of 0.6",
    "closed form: covariance m² (exp(r s²) - 1), s² = log 1.09",
    HEAD.format(name="R4")
    + ONE_DAY
    + lines(40, 'shape = "lognormal", mean = 100, sd = 30')
    + together('["cost:*"]', 0.6),
    (
        Quantity("mean cost", 4000.0, cost_mean()),
        Quantity("sd of the cost", 943.075845, cost_sd()),
    ),
)

R5 = Case(
    "R5",
    "two risks, 0.1 and 0.3, with a rank correlation of 0.4",
    "enumeration: both with p q + 0.4 sqrt(p (1 - p) q (1 - q)) = 0.084991",
    HEAD.format(name="R5")
    + ONE_DAY
    + "[risks.first]\nprobability = 0.1\nimpacts.project.cost = 1000\n"
    + "[risks.second]\nprobability = 0.3\nimpacts.project.cost = 500\n"
    + together('["risk:first", "risk:second"]', 0.4),
    (
        Quantity("mean cost", 250.0, cost_mean()),
        Quantity("sd of the cost", 444.399492, cost_sd()),
        Quantity("P(neither)", 0.684991, cost_below(0)),
        Quantity("P(not both)", 0.915009, cost_below(1000)),
    ),
)

R6 = Case(
    "R6",
    "a normal duration and a normal cost with a rank correlation of 0.5",
    "closed form: Pearson's correlation is that of the scores, 2 sin(pi / 12)",
    HEAD.format(name="R6")
    + '[tasks.work]\nduration = { shape = "normal", mean = 300, sd = 20, min = 0 }\n'
    + lines(1, 'shape = "normal", mean = 100, sd = 20')
    + together('["work", "cost:c00"]', 0.5),
    (
        Quantity("Pearson of cost and finish", 0.517638, pearson_with_cost()),
        Quantity("mean", 300.0, mean()),
        Quantity("mean cost", 100.0, cost_mean()),
    ),
)

CASES = (R1, R2, R3, R4, R5, R6)
