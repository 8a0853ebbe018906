"""Damages for each begun day that a task is late, up to a cap, and a bonus for each whole day that it is early."""

from datetime import timedelta

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import START, clause

LOW, MODE, HIGH = 200, 260, 400
LATE, RATE, CAP = 300, 1_000, 40_000
EARLY, EARNED = 230, 500


def share(days: float) -> float:
    """Distribution function of the triangular duration."""
    if days <= MODE:
        return max(days - LOW, 0) ** 2 / ((HIGH - LOW) * (MODE - LOW))
    return 1 - max(HIGH - days, 0) ** 2 / ((HIGH - LOW) * (HIGH - MODE))


def build() -> Model:
    """One triangular task decides it all; what is owed or earned is a whole number of days."""
    owed = {RATE * day: share(LATE + day) - share(LATE + day - 1) for day in range(1, CAP // RATE)}
    owed |= {0: share(LATE), CAP: 1 - share(LATE + CAP // RATE - 1)}
    earned = {EARNED * day: share(EARLY - day) - share(EARLY - day - 1) for day in range(1, EARLY - LOW)}
    earned[0] = 1 - sum(earned.values())
    cost = {money: p for money, p in owed.items() if money}
    cost |= {-money: p for money, p in earned.items() if money}
    cost[0] = 1 - sum(cost.values())
    text = "".join(
        f"[{section}.{section}]\ndate = {(START + timedelta(days=day)).isoformat()}\nrate = {rate}\n{more}"
        for section, day, rate, more in (
            ("damages", LATE, RATE, f"most = {CAP}\n"),
            ("bonuses", EARLY, EARNED, ""),
        )
    )
    return Model(
        "damages with a cap, and a bonus",
        "enumeration of days",
        scenario.head("damages and bonus") + scenario.task("work", scenario.triangular(LOW, MODE, HIGH)) + text,
        (Measure(law.discrete(cost), measure="cost", plan=0),),
        (*clause("damages", law.discrete(owed)), *clause("bonuses", law.discrete(earned))),
        of_one_variable=("cost", "gate", "clause"),
    )
