"""Three tasks on three calendars, in whole days: the finish by walking through the hours of every outcome."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import START, gates_of

TEXT = """
[calendars.site]
week = "mon-sat 06:00-16:00"
[calendars.night]
week = "mon,tue,thu 00:00-08:00"
[tasks.transport]
duration = { shape = "discrete", values = [1, 2, 4, 7], weights = [4, 3, 2, 1] }
calendar = "24h"
[tasks.erection]
duration = { shape = "discrete", values = [3, 5, 8], weights = [1, 2, 1] }
calendar = "site"
after = ["transport"]
[tasks.trial]
duration = { shape = "discrete", values = [1, 2, 5], weights = [5, 3, 2] }
calendar = "night"
after = ["erection"]
"""
TRANSPORT, ERECTION, TRIAL = {1: 0.4, 2: 0.3, 4: 0.2, 7: 0.1}, {3: 0.25, 5: 0.5, 8: 0.25}, {1: 0.5, 2: 0.3, 5: 0.2}


def is_site(hour: datetime) -> bool:
    """Monday to Saturday, 6 to 16."""
    return hour.weekday() < 6 and 6 <= hour.hour < 16


def is_night(hour: datetime) -> bool:
    """Monday, Tuesday and Thursday, 0 to 8."""
    return hour.weekday() in (0, 1, 3) and hour.hour < 8


def is_office(hour: datetime) -> bool:
    """Monday to Friday, 8 to 12 and 13 to 17."""
    return hour.weekday() < 5 and hour.hour in (8, 9, 10, 11, 13, 14, 15, 16)


def after(begin: datetime, hours: int, is_worked: Callable[[datetime], bool]) -> datetime:
    """The instant at which so many working hours from a full hour are over."""
    while hours:
        hours -= is_worked(begin)
        begin += timedelta(hours=1)
    return begin


def outcomes() -> dict[datetime, float]:
    """The finish of every combination of durations, with its probability."""
    found: dict[datetime, float] = {}
    for (a, p), (b, q), (c, r) in product(TRANSPORT.items(), ERECTION.items(), TRIAL.items()):
        finish = after(after(START + timedelta(days=a), 10 * b, is_site), 8 * c, is_night)
        found[finish] = found.get(finish, 0.0) + p * q * r
    return found


def build() -> Model:
    """A transport round the clock, an erection on six days a week, a trial in three nights of the week."""
    days: dict[float, float] = {}
    for finish, probability in outcomes().items():
        hours = int((finish - START) / timedelta(hours=1))
        worked = sum(is_office(START + timedelta(hours=k)) for k in range(hours)) / 8
        days[worked] = days.get(worked, 0.0) + probability
    by_date = sorted(outcomes().items())
    until = [date for date, _ in by_date[: 2 * len(by_date) // 3]]
    bound = f"finish = {until[-1].isoformat(timespec='seconds')}"
    text, estimates, questions = gates_of("finish", bound, sum(outcomes()[date] for date in until))
    return Model(
        "three tasks in whole days on three calendars",
        "enumeration, hour by hour",
        scenario.head("three calendars").replace('calendar = "24h"', 'calendar = "standard"') + TEXT + text,
        (Measure(law.discrete(days), has_gates=False),),
        tuple(estimates),
        tuple(questions),
    )
