"""Learning: work of one kind that is done task after task takes less time each time."""

import math
from collections.abc import Iterator
from typing import Annotated

from riskengine.model.fields import Number, References, Text
from riskengine.model.frozen import Frozen


class Learning(Frozen):
    """Tasks in the order in which their work is learnt, and the rate of Wright's learning curve.

    Notes
    -----
    With every doubling of the number of times, one of them takes ``rate`` of what it took before. A task is estimated
    as if it were the first.

    References
    ----------
    Wright, T. P. (1936), Factors affecting the cost of airplanes. Journal of the Aeronautical Sciences 3, 122-128.
    """

    id: str
    name: Annotated[str, Text("Name of the work.", is_written=True, example='"Lift a span"')] = ""
    tasks: Annotated[
        tuple[str, ...],
        References(
            "Tasks with the same work, in the order in which it is done.",
            "tasks",
            is_ordered=True,
            is_required=True,
            is_written=True,
            example='["design", "build"]',
        ),
    ]
    rate: Annotated[
        float,
        Number(
            "What a task takes of the time of one that was done half as often before, above 0 and at most 1.",
            above=0,
            most=1,
            code="RE386",
            is_share=True,
            is_required=True,
            is_written=True,
            example="0.9",
        ),
    ]

    def factors(self) -> Iterator[tuple[str, float]]:
        """Yield the tasks behind the first, each with the factor of its duration, n to the log2 of the rate."""
        for number, name in enumerate(self.tasks[1:], 2):
            yield name, number ** math.log2(self.rate)
