"""Correlations: which durations, costs and risks tend to be large, or to occur, together."""

from typing import Annotated, Final

from riskengine.model.fields import Number, References, Special, Tables, Text
from riskengine.model.frozen import Frozen

HIGHEST_WEIGHT: Final = 100.0
"""Of what stays as it is wherever that is possible."""


def rank_field(meaning: str, *, is_required: bool) -> Number:
    """Return the declaration of a rank correlation."""
    return Number(
        meaning, least=-1, most=1, code="RE321", example="0.6", is_required=is_required, is_written=is_required
    )


def weight_field(of: str) -> Number:
    """Return the declaration of how firmly a rank correlation is asked for."""
    return Number(
        f"How firmly to hold {of} where not all can be had, above 0; 100 stays if anything can.",
        above=0,
        most=HIGHEST_WEIGHT,
        code="RE328",
        example="10",
    )


class CorrelatedPair(Frozen):
    """The rank correlation of two quantities."""

    between: Annotated[
        tuple[str, ...],
        References(
            "The two that are correlated, by a task's id, cost:ID or risk:ID.",
            is_required=True,
            is_written=True,
            example='["design", "build"]',
        ),
    ]
    rank: Annotated[float, rank_field("Spearman's rank correlation of the two, -1 to 1.", is_required=True)]
    weight: Annotated[float | None, weight_field("the rank")] = None


class CorrelationMatrix(Frozen):
    """Rank correlations of several quantities, every one with every other."""

    members: Annotated[
        tuple[str, ...],
        Special(
            "What the rows and columns stand for, by a task's id, cost:ID or risk:ID.",
            is_required=True,
            is_written=True,
            example='["design", "build"]',
        ),
    ]
    rows: Annotated[
        tuple[tuple[float | None, ...], ...],
        Special(
            'Spearman\'s rank correlations, row by row, or those up to the diagonal; "" where none is given.',
            is_required=True,
            is_written=True,
            example="[[1, 0.6], [0.6, 1]]",
        ),
    ]


class Correlation(Frozen):
    """Rank correlations: one between every two of a group, some of pairs, or a matrix.

    ``between`` names durations of tasks by the task's id or a selector (``team:NAME``, ``tag:NAME``, ``wbs:CODE``,
    ``*``), costs by ``cost:ID`` or ``cost:*``, and whether risks occur by ``risk:ID`` or ``risk:*``; pairs and matrices
    name single ones. Pairs and matrices hold before groups, and a smaller group before a larger one.
    """

    id: str
    name: Annotated[str, Text("Name of the correlation.", is_written=True, example='"One crew, one pace"')] = ""
    between: Annotated[
        tuple[str, ...],
        References(
            "What has one rank: durations by a task's id or a selector, costs by cost:ID, risks by risk:ID.",
            example='["design", "build"]',
        ),
    ] = ()
    rank: Annotated[
        float | None,
        rank_field("Spearman's rank correlation of every two of them, -1 to 1.", is_required=False),
    ] = None
    pairs: Annotated[
        tuple[CorrelatedPair, ...],
        Tables(
            "Rank correlations of pairs, as a table or as a list of tables.",
            "pair",
            example='{ "design/build" = 0.6 }',
        ),
    ] = ()
    matrix: Annotated[
        CorrelationMatrix | None,
        Special(
            "Rank correlations of several: members and rows, or a CSV file with members in its first row and column.",
            example='{ members = ["design", "build"], rows = [[1, 0.6], [0.6, 1]] }',
        ),
    ] = None
    weight: Annotated[float, weight_field("what it asks for")] = 1.0
    tails: Annotated[
        float | None,
        Number(
            "Degrees of freedom of a t copula, in which extremes come together; a Gaussian one where it is left out.",
            least=2,
            most=100,
            code="RE331",
            example="4",
        ),
    ] = None
