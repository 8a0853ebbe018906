"""What every shape of estimate has: a unit, truncation, a plan value, bounds."""

import math
from abc import abstractmethod
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, NamedTuple, Self

from pydantic import ConfigDict, model_validator

from riskengine.model.calendar import Unit
from riskengine.model.estimate.parameter import TRUNCATION, Parameter, parameters_of
from riskengine.model.frozen import Frozen

INFINITY: Final = math.inf
LIKELY: Final = 1e-12
"""Least probability that truncation must leave."""


class Problem(NamedTuple):
    """Why an estimate cannot be used: a code of the catalogue, the rule broken, the values that break it."""

    code: str
    rule: str
    values: tuple[float, ...]


class Estimate(Frozen):
    """What every shape of estimate has.

    Notes
    -----
    ``unit`` is set for times only: working hours, days, weeks, months of the calendar in force, or elapsed
    hours and days. Money and factors carry none. ``min`` and ``max`` truncate by conditioning, not by clamping.
    ``source`` says where the numbers came from; nothing is computed from it.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=False, populate_by_name=True, allow_inf_nan=False, defer_build=True
    )

    unit: Unit | None = None
    min: Annotated[float | None, Parameter("Truncation from below, by conditioning.", example="10")] = None
    max: Annotated[float | None, Parameter("Truncation from above, by conditioning.", example="60")] = None
    source: str = ""

    if TYPE_CHECKING:
        shape: str

    is_listed: ClassVar[bool] = False
    """Whether a list of points, ``[low, most_likely, high]``, can have the shape."""

    @property
    def passes_its_points(self) -> bool:
        """Whether values may lie beyond the points that are written down."""
        return False

    @abstractmethod
    def bounds(self) -> tuple[float, float]:
        """Return the lowest and highest value before truncation; infinite where there is none."""

    def support(self) -> tuple[float, float]:
        """Return the lowest and highest value after truncation; infinite where there is none."""
        low, high = self.bounds()
        return (
            low if self.min is None else max(low, self.min),
            high if self.max is None else min(high, self.max),
        )

    @abstractmethod
    def uncut_plan_value(self) -> float:
        """Return what the deterministic plan takes before it is cut to [min, max]."""

    def plan_value(self) -> float:
        """Return what the deterministic plan takes for the estimate, in the estimate's own unit."""
        value = self.uncut_plan_value()
        if self.min is not None:
            value = max(value, self.min)
        return value if self.max is None else min(value, self.max)

    def probability_within(self, low: float, high: float) -> float:
        """Return the probability of [low, high] before truncation, or 1 where nothing finer than bounds is known."""
        bottom, top = self.bounds()
        return 1.0 if low < top and high > bottom else 0.0

    def parameter_problem(self) -> Problem | None:
        """Return what is wrong with the shape's own parameters."""
        return None

    def problem(self) -> Problem | None:
        """Return what is wrong with the estimate, or None."""
        problem = self.parameter_problem()
        if problem is not None or (self.min is None and self.max is None):
            return problem
        low = -INFINITY if self.min is None else self.min
        high = INFINITY if self.max is None else self.max
        edges = tuple(edge for edge in (self.min, self.max) if edge is not None)
        if low >= high:
            return Problem("RE209", "must satisfy min < max", edges)
        if self.probability_within(low, high) < LIKELY:
            return Problem("RE209", "min and max must leave some of the distribution", edges)
        return None

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        problem = self.problem()
        if problem is not None:
            raise ValueError(f"{problem.code} {problem.rule}, got {', '.join(map(str, problem.values))}")
        return self

    def single_value(self) -> float | None:
        """Return the one value that the estimate can have, or None where it can have several."""
        return None

    def written_values(self) -> list[float]:
        """Return the points that say how large the value is; ends of truncation and widths do not."""
        points: list[float] = []
        for name, parameter in parameters_of(type(self)).items():
            value = getattr(self, name)
            if parameter.role == "value" and value is not None and name not in TRUNCATION:
                points += value if isinstance(value, tuple) else [value]
        return points
