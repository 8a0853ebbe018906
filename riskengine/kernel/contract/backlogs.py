"""Backlogs as arrays: histories, the streams of their periods, and where the core keeps what is done of them.

Each period of a backlog has a stream of its own, and its word says which row of the history it repeats. So the rows do
not depend on how much there is to do, and two scenarios share them.
"""

from typing import NamedTuple

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Float64, Int32, Records, UInt32, records

(TO_DO, GROWTH, FOCUS, MORE, DONE, ADDED, RUN, BEFORE), BACKLOG_ROWS = range(8), 8
"""Rows of a backlog, all zero before its draws: items, growth and focus as they are drawn, items that risks add, what
is done and what came in so far, the row with which a run of rows began, and what was off before the period."""


class Backlogs(NamedTuple):
    """The backlogs of a plan.

    Attributes
    ----------
    offset : (backlog + 1,) int32
        Rows of each history.
    done, added : (row,) float64 [item]
        What each row got done, and what came in.
    run : (backlog,) int32
        Rows that are drawn together, one after the other.
    period : (backlog,) float64 [tick]
        Working time of a period.
    is_within : (backlog,) uint8
        Whether the last period counts by the share of it that is needed.
    most : (backlog,) int32
        Periods after which it is given up.
    key : (backlog, most, 2) uint32
        Of the stream of each period, low word first.
    variable : (backlog,) int32
        Whose kind says whether it is drawn at all.
    task : (backlog,) int32
    """

    offset: Int32
    done: Float64
    added: Float64
    run: Int32
    period: Float64
    is_within: Int32
    most: Int32
    key: UInt32
    variable: Int32
    task: Int32


class BacklogTables(NamedTuple):
    """What the core reads of ``Backlogs``.

    Attributes
    ----------
    backlog : (backlog,) records
        Ranges of its rows and of its ``stream``; ``run``, ``period``, ``is_within`` and ``most``.
    done, added : (row,) float64
    stream : (stream,) records
        Keys, as those of variables.
    of_stage : (task + 2,) int32
        Number of the backlog of each stage, or -1.
    place : uint64
        Of the first of ``BACKLOG_ROWS`` rows, in ``Rows.values``.
    """

    backlog: Records
    done: Float64
    added: Float64
    stream: Records
    of_stage: Int32
    place: np.uint64


def backlog_tables(backlogs: Backlogs, first_row: int, stages: int) -> BacklogTables:
    """Return the records of the core.

    Parameters
    ----------
    first_row : int
        Number of the first row of a backlog, in ``Rows.values``.
    stages : int
        How many there are.
    """
    keys = backlogs.key.reshape(-1, 2)
    of_stage = np.full(stages, -1, np.int32)
    of_stage[backlogs.task + 1] = np.arange(backlogs.task.size)
    return BacklogTables(
        backlog=records(
            first_row=backlogs.offset[:-1],
            rows=np.diff(backlogs.offset),
            first_stream=(np.arange(backlogs.run.size) * backlogs.key.shape[1]).astype(np.int32),
            run=backlogs.run,
            most=backlogs.most,
            period=backlogs.period,
            is_within=backlogs.is_within,
            variable=backlogs.variable,
        ),
        done=backlogs.done,
        added=backlogs.added,
        stream=records(low_key=keys[:, 0], high_key=keys[:, 1]),
        of_stage=of_stage,
        place=np.uint64(first_row * BLOCK),
    )
