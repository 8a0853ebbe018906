"""One task on a calendar that loses each day with one chance: a negative binomial number of days is lost."""

from scipy.stats import nbinom

from tests.replication import law, scenario
from tests.replication.model import Model
from tests.replication.truths import lost_days

WORK = 40
CHANCE = 0.4
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def build() -> Model:
    """The project ends with the day on which the last day's work is done; the days before it that were lost count."""
    lost = nbinom(WORK, 1 - CHANCE)
    table = ", ".join(f"{month} = {CHANCE}" for month in MONTHS)
    text = f'[calendars.site]\nweek = "mon-sun 08:00-16:00"\nlost = {{ {table} }}\n'
    return Model(
        "days lost by a task of 40 days",
        "negative binomial",
        scenario.head("lost days") + scenario.task("work", str(WORK), more="calendar = 'site'") + text,
        (),
        tuple(lost_days("site", law.discrete({days: float(lost.pmf(days)) for days in range(200)}), WORK)),
    )
