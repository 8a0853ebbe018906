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
    """Something or somebody assigned in units; ``rate`` is money per unit and working day of the task."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    name: str = ""
    rate: float = Field(default=0.0, ge=0, allow_inf_nan=False)
