"""Risks that trigger and exclude each other, by enumeration of the futures."""

from itertools import product

from tests.verification.case import Case, Quantity
from tests.verification.cases_existence import HEAD, moments
from tests.verification.observed import contribution, cost_mean, finish_below, mean, sd

FUTURES = [
    (s, w, p * (s or w), (0.2 if s else 0.8) * (0.3 if w else 0.7) * (0.6 if p else 0.4))
    for s, w, p in product((0, 1), repeat=3)
]
FINISHES = [(10.0 + 5 * s + 3 * w + 7 * p, share) for s, w, p, share in FUTURES]

TRIGGERED = Case(
    "CH1",
    "risks of 0.2 and 0.3 that delay by 5 and 3 days; where either occurs, a third one with 0.6, by 7 days",
    "enumeration of eight futures",
    HEAD.format(name="CH1")
    + """
[tasks.A]
duration = 10
[risks.strike]
probability = 0.2
impacts.A.delay = 5
[risks.walkout]
probability = 0.3
impacts.A.delay = 3
[risks.penalty]
probability = 0.6
triggered_by = ["strike", "walkout"]
impacts.A.delay = 7
impacts.project.cost = 1000
""",
    (
        Quantity("mean", moments(FINISHES)[0], mean()),
        Quantity("sd", moments(FINISHES)[1], sd()),
        Quantity("P(finish <= 13 d)", sum(p for value, p in FINISHES if value <= 13), finish_below(13)),
        Quantity("P(finish <= 20 d)", sum(p for value, p in FINISHES if value <= 20), finish_below(20)),
        Quantity("cost mean", 1000 * 0.6 * (1 - 0.8 * 0.7), cost_mean()),
        Quantity("contribution of strike", 0.2 * 5 + 0.6 * (0.44 - 0.3) * 7, contribution("strike", "mean")),
        Quantity("contribution of penalty", 0.6 * 0.44 * 7, contribution("penalty", "mean")),
    ),
)

OUTCOMES = [(0.45, 0, 0), (0.3, 8, 0), (0.15, 12, 0), (0.1, 12, 4)]
GROUND = [(10.0 + ground + pump, share) for share, ground, pump in OUTCOMES]

EXCLUSIVE = Case(
    "CH2",
    "rock with 0.3 or water with 0.25, never both, by 8 and 12 days; with water, pumps fail with 0.4, by 4 days",
    "enumeration of four futures",
    HEAD.format(name="CH2")
    + """
[tasks.A]
duration = 10
[risks.rock]
probability = 0.3
impacts.A.delay = 8
[risks.water]
probability = 0.25
impacts.A.delay = 12
[risks.pump-fails]
probability = 0.4
triggered_by = ["water"]
impacts.A.delay = 4
[exclusive.ground]
risks = ["rock", "water"]
""",
    (
        Quantity("mean", moments(GROUND)[0], mean()),
        Quantity("sd", moments(GROUND)[1], sd()),
        Quantity("P(finish <= 10 d)", 0.45, finish_below(10)),
        Quantity("P(finish <= 22 d)", 0.9, finish_below(22)),
        Quantity("contribution of water", 0.25 * 12 + 0.1 * 4, contribution("water", "mean")),
        Quantity("contribution of rock", 0.3 * 8, contribution("rock", "mean")),
    ),
)

CASES = (TRIGGERED, EXCLUSIVE)
