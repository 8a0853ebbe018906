"""Gates: the questions a scenario has to answer."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import model_validator

from riskengine.model.fields import Instant, Number, Reference, Text
from riskengine.model.frozen import Frozen


class Gate(Frozen):
    """A threshold on finish, cost or both at once, and the confidence asked for.

    ``finish`` is the last acceptable instant of the finish of ``target`` (a date in the file means the end of that
    day); ``target`` is ``project`` or a task.
    """

    id: str
    name: Annotated[str, Text("Name of the gate.", is_written=True, example='"Delivery as promised"')] = ""
    target: Annotated[str, Reference("project, or the id of a task.", "tasks", is_written=True, example='"build"')] = (
        "project"
    )
    finish: Annotated[
        datetime | None,
        Instant("Last acceptable finish; a date is acceptable to its end.", ends=True, example="2027-09-30"),
    ] = None
    cost: Annotated[float | None, Number("Highest acceptable cost.", example="400000")] = None
    confidence: Annotated[
        float,
        Number(
            "Probability asked for, above 0 and below 1.",
            above=0,
            below=1,
            code="RE403",
            is_share=True,
            is_required=True,
            is_written=True,
            example="0.8",
        ),
    ]

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if self.finish is None and self.cost is None:
            raise ValueError("RE401 a gate must have a finish, a cost or both")
        return self
