"""Relationships between tasks, and whose working time a lag is counted in."""

from typing import Annotated, Literal

from riskengine.model.calendar import ELAPSED_UNITS
from riskengine.model.estimate import AnyEstimate, Constant
from riskengine.model.fields import Amount, Choice, Reference
from riskengine.model.frozen import Frozen

RelationshipType = Literal["FS", "SS", "FF", "SF"]
LagCalendar = Literal["predecessor", "successor", "project", "24h"]
"""Whose working time lags are counted in."""


class Relationship(Frozen):
    """Logic from ``task`` (the predecessor) into the task that lists it; a negative lag is a lead."""

    task: Annotated[
        str, Reference("Id of the predecessor.", "tasks", is_written=True, is_required=True, example='"design"')
    ]
    type: Annotated[
        RelationshipType,
        Choice(
            "Which ends it ties: finish or start of the predecessor, start or finish of this task.",
            is_written=True,
            example='"SS"',
        ),
    ] = "FS"
    lag: Annotated[
        AnyEstimate,
        Amount("Working time in between; negative is a lead.", "lag", is_written=True, example='["2d", "3d", "6d"]'),
    ] = Constant.model_construct(value=0.0, unit="d")


def lag_calendar(rule: LagCalendar, lag: AnyEstimate) -> LagCalendar:
    """Return whose working time a lag is counted in: as the scenario's rule says, but elapsed time on the clock."""
    return "24h" if lag.unit in ELAPSED_UNITS else rule
