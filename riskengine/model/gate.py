"""Gates: the questions a scenario has to answer."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Gate(BaseModel):
    """A threshold on finish, cost or both at once, and the confidence asked for.

    ``finish`` is the last acceptable instant of the finish of ``target`` (a date in the file means the end of that
    day); ``target`` is ``project`` or a task.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    name: str = ""
    target: str = "project"
    finish: datetime | None = None
    cost: float | None = Field(default=None, allow_inf_nan=False)
    confidence: float = Field(gt=0, lt=1)

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.finish is None and self.cost is None:
            raise ValueError("RE401 a gate must have a finish, a cost or both")
        return self
