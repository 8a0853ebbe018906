"""Costs of the project that belong to no task."""

from typing import Annotated

from riskengine.model.estimate import AnyEstimate
from riskengine.model.fields import Amount, Number, Reference, Text
from riskengine.model.frozen import Frozen


class CostLine(Frozen):
    """A cost line: a fixed amount, and an overhead rate per working day of the project from start to finish."""

    id: str
    name: Annotated[str, Text("Name of the cost line.", is_written=True, example='"Site camp"')] = ""
    fixed: Annotated[
        AnyEstimate | None, Amount("Amount that does not depend on time.", "money", example="[8000, 10000, 15000]")
    ] = None
    rate: Annotated[
        AnyEstimate | None,
        Amount("Amount per working day of the project from start to finish.", "money", example="350"),
    ] = None
    index: Annotated[
        str,
        Reference("Index of prices that it follows, month by month as it accrues.", "indices", example='"steel"'),
    ] = ""


class Resource(Frozen):
    """Something or somebody assigned in units; ``rate`` is money per unit and working day of the task.

    Notes
    -----
    ``capacity`` is how many units there are at once, in the working time of ``calendar`` (always, where it names
    none); without one there is no end of them. Only levelling looks at it.
    """

    id: str
    name: Annotated[str, Text("Name of the resource.", is_written=True, example='"Tower crane"')] = ""
    rate: Annotated[
        float,
        Number("Money per unit and working day of the task.", least=0, code="RE408", is_written=True, example="900"),
    ] = 0.0
    capacity: Annotated[
        float | None,
        Number(
            "Units that there are at once, for levelling; without it there is no end of them.",
            least=0,
            code="RE409",
            example="2",
        ),
    ] = None
    calendar: Annotated[
        str,
        Reference(
            "Calendar in whose working time the capacity is there; default: always.", "calendars", example='"24h"'
        ),
    ] = ""
