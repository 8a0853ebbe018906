"""Gates: the questions a scenario has to answer."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


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
    cost: float | None = None
    confidence: float
