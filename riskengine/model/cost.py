"""Costs of the project that belong to no task."""

from pydantic import BaseModel, ConfigDict, Field

from riskengine.model.estimate import AnyEstimate


class CostLine(BaseModel):
    """A cost line: a fixed amount, and an overhead rate per working day of the project from start to finish."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    name: str = ""
    fixed: AnyEstimate | None = None
    rate: AnyEstimate | None = None


class Resource(BaseModel):
    """Something or somebody assigned in units; ``rate`` is money per unit and working day of the task.

    Notes
    -----
    ``capacity`` is how many units there are at once, in the working time of ``calendar`` (always, where it names
    none); without one there is no end of them. Only levelling looks at it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    name: str = ""
    rate: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    capacity: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    calendar: str = ""
