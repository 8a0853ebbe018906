"""Rework: with some probability a chain of tasks is done again, and again, each time with less or more of it."""

from typing import Annotated, Final

from riskengine.model.fields import Number, References, Text
from riskengine.model.frozen import Frozen

MOST_REPEATS: Final = 20


class Rework(Frozen):
    """A loop: with ``probability`` its tasks are done again once they are done, at most ``most`` times."""

    id: str
    name: Annotated[str, Text("Name of the loop.", is_written=True, example='"Test again"')] = ""
    tasks: Annotated[
        tuple[str, ...],
        References(
            "Tasks that are done again, in a row.", "tasks", is_required=True, is_written=True, example='["build"]'
        ),
    ]
    probability: Annotated[
        float,
        Number(
            "Share of futures in which they are done again; of those, the same share in which they are once more.",
            least=0,
            most=1,
            code="RE391",
            is_share=True,
            is_required=True,
            is_written=True,
            example="0.3",
        ),
    ]
    factor: Annotated[
        float,
        Number(
            "What durations and fixed costs are multiplied with each time.",
            above=0,
            code="RE392",
            is_written=True,
            example="0.5",
        ),
    ] = 1.0
    most: Annotated[
        int, Number("How often they are done again at the most, 1 to 20.", is_written=True, example="2")
    ] = 1

    @property
    def repeats(self) -> int:
        """How often they may be done again: never where that has no probability."""
        return self.most if self.probability > 0 else 0


def repeat_id(task: str, number: int) -> str:
    """Return the id of a task that is done again, for the first, second ... time."""
    return f"{task} (again {number})"
