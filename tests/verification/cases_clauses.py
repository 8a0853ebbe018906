"""Damages and bonuses: money that counts whole days."""

from tests.verification.case import Case, Quantity
from tests.verification.observed import cost_below, cost_mean

LOW, MODE, HIGH = 10, 20, 40
RATE, EARNED, CAP = 1_000, 300, 9
DUE, EARLY = 22, 18


def within(days: float) -> float:
    """Distribution function of the triangular duration."""
    if days <= MODE:
        return max(days - LOW, 0) ** 2 / ((HIGH - LOW) * (MODE - LOW))
    return 1 - max(HIGH - days, 0) ** 2 / ((HIGH - LOW) * (HIGH - MODE))


OWED = RATE * sum(1 - within(DUE + day) for day in range(CAP))
"""Day ``day + 1`` of lateness counts where it is begun, up to the cap."""
EARNED_MEAN = EARNED * sum(within(EARLY - day) for day in range(1, EARLY - LOW))
"""Day ``day`` of earliness counts where it is whole."""

CASES = (
    Case(
        "DB",
        "damages of 1000 for each begun day after 22, at most 9000, and a bonus of 300 for each whole day before 18",
        "sums over days of the triangular distribution function",
        f"""
schema = 1
name = "DB"
start = 2027-01-01
calendar = "24h"
defaults.shape = "triangular"
[tasks.deliver]
duration = [{LOW}, {MODE}, {HIGH}]
[damages.late]
date = 2027-01-23T00:00:00
rate = {RATE}
most = {CAP * RATE}
[bonuses.early]
target = "deliver"
date = 2027-01-19T00:00:00
rate = {EARNED}
""",
        (
            Quantity("mean of the cost", OWED - EARNED_MEAN, cost_mean()),
            Quantity("chance of owing nothing", within(DUE), cost_below(0.5)),
            Quantity("chance of earning three days' bonus", within(EARLY - 3), cost_below(-2.5 * EARNED)),
            Quantity("chance of the cap", within(DUE + CAP - 1), cost_below((CAP - 0.5) * RATE)),
        ),
    ),
)
