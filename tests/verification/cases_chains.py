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

# where dig is later than day 15, frost of 0.6 adds 7 days to pour, and then heating of 0.5 costs 400
DUG = [(0.5, 10), (0.3, 20), (0.2, 30)]
POURED = [
    (share * frost * heating, days + 5 + 7 * (frost == 0.6), 400.0 * (heating == 0.5 and is_heated))
    for share, days in DUG
    for frost in ((0.6, 0.4) if days > 15 else (1.0,))
    for heating, is_heated in (((0.5, True), (0.5, False)) if frost == 0.6 else ((1.0, False),))
]
DATED = [(value, share) for share, value, _ in POURED]

WAITING = Case(
    "CH3",
    "a task of 10, 20 or 30 days; behind day 15, frost of 0.6 delays the next by 7, for 400 half the time",
    "enumeration of seven futures",
    HEAD.format(name="CH3")
    + """
[tasks.dig]
duration = { shape = "discrete", values = [10, 20, 30], weights = [0.5, 0.3, 0.2] }
[tasks.pour]
duration = 5
after = ["dig"]
[risks.frost]
probability = 0.6
after = "dig"
if_later_than = 2027-01-15
impacts.pour.delay = 7
[risks.heating]
probability = 0.5
triggered_by = ["frost"]
impacts.project.cost = 400
""",
    (
        Quantity("mean", moments(DATED)[0], mean()),
        Quantity("sd", moments(DATED)[1], sd()),
        Quantity("P(finish <= 25 d)", sum(p for value, p in DATED if value <= 25), finish_below(25)),
        Quantity("P(finish <= 32 d)", sum(p for value, p in DATED if value <= 32), finish_below(32)),
        Quantity("cost mean", sum(p * cost for p, _, cost in POURED), cost_mean()),
        Quantity("contribution of frost", 0.5 * 0.6 * 7, contribution("frost", "mean")),
    ),
)

CASES = (TRIGGERED, EXCLUSIVE, WAITING)
