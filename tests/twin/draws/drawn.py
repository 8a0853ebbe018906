"""What the engine drew against the exact quantile of the word it drew it from."""

from collections.abc import Callable, Iterator

from riskengine.model import AnyEstimate, Scenario
from tests.twin.draws.quantiles import quantile
from tests.twin.draws.values import unit_seconds
from tests.twin.simulator.actions import with_actions
from tests.twin.simulator.agreement import Run, shared_label
from tests.twin.simulator.simulator import Simulator
from tests.twin.simulator.working_time import WorkingTime

TABLE_ERROR = 2e-3
"""Stated error of a table at a point, in standard deviations, between the outermost 1e-6 on either side."""
STRATA = 40
Quantile = Callable[[AnyEstimate, float], float]


class Asking(Simulator):
    """A twin that remembers which estimates it was asked to draw, by name, and on which calendar."""

    def __init__(self, scenario: Scenario, tick: int) -> None:
        super().__init__(scenario, tick)
        self.asked: dict[str, tuple[AnyEstimate, float]] = {}

    def time(self, name: str, estimate: AnyEstimate, calendar: WorkingTime | None, draw: object) -> int:
        seconds = unit_seconds(estimate.unit, calendar.calendar if calendar else None)
        self.asked[name] = (estimate, float(seconds / self.tick))
        return 0

    def number(self, name: str, estimate: AnyEstimate | None, draw: object) -> float:
        if estimate is not None:
            self.asked[name] = (estimate, 0.0)
        return 1.0


def estimates(scenario: Scenario, tick: int) -> dict[str, tuple[AnyEstimate, float]]:
    """Every uncertain number of a scenario: name -> estimate and ticks in its unit (0 for money and factors)."""
    asking = Asking(scenario, tick)
    asking.iteration(lambda name: True)
    return {name: pair for name, pair in asking.asked.items() if pair[0].shape != "constant"}


def spread(estimate: AnyEstimate, exact: Quantile) -> float:
    """Standard deviation of an estimate by its quantiles at the middle of equal strata."""
    values = [exact(estimate, (k + 0.5) / STRATA) for k in range(STRATA)]
    mean = sum(values) / STRATA
    return (sum((value - mean) ** 2 for value in values) / STRATA) ** 0.5


def wrong_draws(scenario: Scenario, made: Run, iterations: list[int], exact: Quantile = quantile) -> Iterator[str]:
    """Every draw farther from the exact quantile of its word than the table's stated error, and rounding to ticks."""
    scenario = with_actions(scenario)
    for name, (estimate, ticks) in estimates(scenario, made.plan.time.tick).items():
        label = name if name in made.seen.draws else shared_label(scenario, name)
        scale = ticks or 1.0
        has_steps = estimate.shape in ("discrete", "empirical") or getattr(estimate, "has_steps", False)
        error = 0.0 if has_steps else TABLE_ERROR * spread(estimate, exact) * scale
        for iteration in iterations:
            u = (int(made.seen.word[label][iteration]) + 0.5) / 2**32
            if not 1e-6 < u < 1 - 1e-6:
                continue
            value, drawn = exact(estimate, u) * scale, float(made.seen.draws[label][iteration])
            # half a tick to round to, and the spacing of the single precision that tables are kept in
            if abs(drawn - value) > error + (0.5 if ticks else 0.0) + 2e-7 * (abs(value) + scale):
                yield f"{name}, iteration {iteration}: drew {drawn} at u = {u}, exactly {value}, allowed {error}"
