"""Risks: threats, opportunities and drivers, with their impacts."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from riskengine.model.estimate import AnyEstimate


class Impact(BaseModel):
    """What a risk does to one target when it occurs: a delay, a cost, a factor on the duration or on the cost."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    delay: AnyEstimate | None = None
    factor: AnyEstimate | None = None
    cost: AnyEstimate | None = None
    cost_factor: AnyEstimate | None = None


class Risk(BaseModel):
    """An event that may or may not happen, once per iteration for the whole project.

    ``impacts`` is keyed by task id, by selector (``team:NAME``, ``tag:NAME``, ``wbs:CODE``, ``*``), by ``cost:ID`` or
    ``cost:*`` for cost lines, or by ``project``. ``parallel`` names a group of which only the largest factor above one
    and the smallest below one count on a task, or on its cost; without it factors multiply. ``impact_sampling`` says
    whether the impacts of one kind share one draw; ``default`` is shared for factors of either kind and independent
    for delays and costs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    name: str = ""
    description: str = ""
    kind: Literal["threat", "opportunity", "driver"] = "threat"
    probability: float = Field(ge=0, le=1)
    active: bool = True
    owner: str = ""
    parallel: str = ""
    impact_sampling: Literal["default", "shared", "independent"] = "default"
    impacts: dict[str, Impact] = {}
