"""Work round the clock, then work in the office: days of the project stand still at night and at weekends."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model

LOW, HIGH = 10.0, 40.0
SHIFTS = ((8 / 24, 12 / 24), (13 / 24, 17 / 24))


def office_days(step: float) -> law.Law:
    """Office days until a uniform instant from day 10 to day 40 after a Monday, 00:00."""
    span = HIGH - LOW
    worked = [(day + a, day + b) for day in range(42) if day % 7 < 5 for a, b in SHIFTS]
    at_low = sum(max(0.0, min(b, LOW) - a) for a, b in worked) * 3
    at_high = sum(max(0.0, min(b, HIGH) - a) for a, b in worked) * 3
    density = law.uniform(at_low, at_high, step)
    share = sum(max(0.0, min(b, HIGH) - max(a, LOW)) for a, b in worked) / span
    ends = [0.0, *(end for shift in worked for end in shift), 42.0]
    atoms: dict[float, float] = {}
    for begin, end in zip(ends[0::2], ends[1::2], strict=True):
        rest = max(0.0, min(end, HIGH) - max(begin, LOW)) / span
        if rest:
            done = round(3 * sum(max(0.0, min(b, begin) - a) for a, b in worked if a < begin), 9)
            atoms[done] = atoms.get(done, 0.0) + rest
    return law.mixture(
        [(share, density), (1 - share, law.discrete({x: p / (1 - share) for x, p in atoms.items()}, step))]
    )


def build() -> Model:
    """A uniform task on the clock, then a triangular one in the office."""
    step = 1e-3
    finish = office_days(step) + law.triangular(5, 10, 20, step)
    return Model(
        "uniform task round the clock, then a triangular one in the office",
        "law of the office days that an instant stands for, convolution",
        scenario.head("two calendars").replace('calendar = "24h"', 'calendar = "standard"')
        + scenario.task("round_the_clock", scenario.uniform(LOW, HIGH), more='calendar = "24h"')
        + scenario.task("office", scenario.triangular(5, 10, 20), '["round_the_clock"]'),
        (Measure(finish, has_gates=False),),
    )
