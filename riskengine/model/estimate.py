"""Estimates: one uncertain number, as a shape and its parameters."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Unit = Literal["h", "d", "w", "mo", "eh", "ed"]


class Estimate(BaseModel):
    """What every shape of estimate has.

    Notes
    -----
    ``unit`` is set for times only: working hours, days, weeks, months of the calendar in force, or elapsed
    hours and days. Money and factors carry none. ``min`` and ``max`` truncate by conditioning, not by clamping.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, populate_by_name=True, allow_inf_nan=False)

    unit: Unit | None = None
    min: float | None = None
    max: float | None = None


class Constant(Estimate):
    """A number that is known."""

    shape: Literal["constant"] = "constant"
    value: float


class Uniform(Estimate):
    """Every value between two bounds is as likely."""

    shape: Literal["uniform"] = "uniform"
    low: float
    high: float


class Triangular(Estimate):
    """Three points joined by straight lines."""

    shape: Literal["triangular"] = "triangular"
    low: float
    most_likely: float
    high: float


class Pert(Estimate):
    """Beta-PERT: smooth, with ``lambda`` as the weight of the most likely value."""

    shape: Literal["pert"] = "pert"
    low: float
    most_likely: float
    high: float
    lambda_: float = Field(default=4.0, alias="lambda", gt=0)


class Trigen(Estimate):
    """Triangular whose low and high are percentiles, not bounds."""

    shape: Literal["trigen"] = "trigen"
    low: float
    most_likely: float
    high: float
    low_percentile: float = 0.1
    high_percentile: float = 0.9


class Normal(Estimate):
    """Bell curve, by mean and sd or by P10 and P90."""

    shape: Literal["normal"] = "normal"
    mean: float | None = None
    sd: float | None = None
    p10: float | None = None
    p90: float | None = None


class Lognormal(Estimate):
    """Skewed and positive, by mean and sd of the value itself or by P10 and P90."""

    shape: Literal["lognormal"] = "lognormal"
    mean: float | None = None
    sd: float | None = None
    p10: float | None = None
    p90: float | None = None


class Exponential(Estimate):
    """Waiting time without memory."""

    shape: Literal["exponential"] = "exponential"
    mean: float


class Beta(Estimate):
    """Beta between two bounds, by its two shape parameters."""

    shape: Literal["beta"] = "beta"
    low: float
    high: float
    alpha: float
    beta: float


class Discrete(Estimate):
    """A few values with weights (any positive scale)."""

    shape: Literal["discrete"] = "discrete"
    values: tuple[float, ...]
    weights: tuple[float, ...]


AnyEstimate = Annotated[
    Constant | Uniform | Triangular | Pert | Trigen | Normal | Lognormal | Exponential | Beta | Discrete,
    Field(discriminator="shape"),
]
