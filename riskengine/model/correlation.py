"""Correlations: which durations, costs and risks tend to be large, or to occur, together."""

from typing import Annotated

from riskengine.model.fields import Number, References, Text
from riskengine.model.frozen import Frozen


class Correlation(Frozen):
    """One rank correlation between every two of a group.

    ``between`` names durations of tasks by the task's id or a selector (``team:NAME``, ``tag:NAME``, ``wbs:CODE``,
    ``*``), costs by ``cost:ID`` or ``cost:*``, and whether risks occur by ``risk:ID`` or ``risk:*``.
    """

    id: str
    name: Annotated[str, Text("Name of the correlation.", is_written=True, example='"One crew, one pace"')] = ""
    between: Annotated[
        tuple[str, ...],
        References(
            "What is correlated: durations by a task's id or a selector, costs by cost:ID, risks by risk:ID.",
            is_required=True,
            is_written=True,
            example='["design", "build"]',
        ),
    ]
    rank: Annotated[
        float,
        Number(
            "Spearman's rank correlation of every two of them, -1 to 1.",
            least=-1,
            most=1,
            code="RE321",
            example="0.6",
            is_required=True,
            is_written=True,
        ),
    ]
