"""Which tasks exist in each iteration of a block, and what becomes of those that do not.

A task that does not exist takes no time and costs nothing; its relationships pass on the dates that it is asked for. A
row of marks says for each group of tasks where it exists: 1, or 0. What is drawn is looked at first, then the risks,
and each finish as soon as it is there: what it decides comes after it. All of this is left out of plans whose tasks
always exist, of which ``Tables.presence`` is None.
"""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.arrays import Output, Sampling
from riskengine.kernel.contract.existence import Presence, TaskPresence
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.places import ALWAYS, COST, DRAWN, DURATION_ROW, ELAPSED_ROW, MONEY_ROW, RATE_ROW
from riskengine.kernel.draws.draw import draw

U8, U64, I32, I64, F64 = np.uint8, np.uint64, np.int32, np.int64, np.float64


@compiled
def presence_at(presence: Presence | None, number: Any) -> Any:
    """Return what there is to know of the task of stage ``number``, None where all tasks always exist."""
    if presence is None:
        return None
    return TaskPresence(
        U64(presence.place[number]),
        presence.bound[number],
        presence.bound_instant[number],
        presence.member,
        presence.lagged,
    )


@compiled
def draw_existence(
    sampling: Sampling, tables: Tables, presence: Presence | None, rows: Rows, block: Any, order: Any
) -> None:
    """Fill the marks of every group in a block."""
    if presence is not None:
        mark_all(presence, rows.marks)
        for k in range(presence.condition.size):
            condition = presence.condition[k]
            draw(sampling, tables, condition.variable, DRAWN, rows, block=block, order=order)
            apply_condition(condition, rows)


@compiled
def mark_planned(presence: Presence | None, rows: Rows) -> None:
    """Fill the marks of every group where each condition is met in all iterations, or in none, and no risk occurs."""
    if presence is not None:
        mark_all(presence, rows.marks)
        for k in range(presence.condition.size):
            apply_condition(presence.condition[k], rows)
        apply_occurrences(presence, rows.marks)


@inlined
def mark_all(presence: Presence, marks: Any) -> None:
    """Let every group exist in all iterations of a block, before its conditions are looked at."""
    for group in range(presence.group.size):
        place = U64(presence.group[group])
        for i in range(WIDTH):
            marks[place + i] = U8(1)


@compiled
def apply_condition(condition: Any, rows: Rows) -> None:
    """Clear the marks of a group where a condition is not met, by the words in row ``WORD``."""
    place, least, most = U64(condition.place), condition.least, condition.most
    for i in range(WIDTH):
        word = U64(rows.words[i])
        rows.marks[place + i] &= U8(least <= word) & U8(word < most)


@compiled
def apply_finish(stage: Any, number: Any, presence: Presence | None, rows: Rows) -> None:
    """Clear the marks of the groups, and of risks, whose condition the finish of stage ``number`` fails."""
    if presence is not None:
        finish = U64(stage.finish)
        for k in range(presence.first_finish[number], presence.first_finish[number + 1]):
            condition = presence.finish[k]
            place, above, most = U64(condition.place), condition.above, condition.most
            for i in range(WIDTH):
                instant = rows.ticks[finish + i]
                rows.marks[place + i] &= U8(instant > above) & U8(instant <= most)


@compiled
def apply_occurrences(presence: Presence | None, marks: Any) -> None:
    """Clear the marks of the groups whose condition the occurrence of a risk does not meet."""
    if presence is not None:
        for k in range(presence.occurrence.size):
            condition = presence.occurrence[k]
            place, occurs = U64(condition.place), U64(condition.occurs)
            if_occurs, if_not = condition.if_occurs, condition.if_not
            for i in range(WIDTH):
                marks[place + i] &= if_occurs if marks[occurs + i] != U8(0) else if_not


@compiled
def leave_out(presence: Presence | None, number: Any, ticks: Any, marks: Any) -> None:
    """Let the task of stage ``number`` take no time where it does not exist."""
    if presence is not None:
        exists = U64(presence.place[number])
        if exists != ALWAYS:
            for i in range(WIDTH):
                is_there = marks[exists + i] != U8(0)
                ticks[DURATION_ROW + i] = ticks[DURATION_ROW + i] if is_there else I32(0)
                ticks[ELAPSED_ROW + i] = ticks[ELAPSED_ROW + i] if is_there else I32(0)


@compiled
def is_everywhere(presence: Presence | None, number: Any) -> Any:
    """Return whether the task of stage ``number`` exists in every iteration."""
    if presence is None:
        return True
    return U64(presence.place[number]) == ALWAYS


@compiled
def add_cost_where_it_exists(stage: Any, presence: Presence | None, number: Any, rows: Rows, costs: Any) -> None:
    """Add what a task costs to the costs of a block, as ``add_cost`` does; where it does not exist, what was spent."""
    if presence is not None:
        ticks, values, marks = rows.ticks, rows.values, rows.marks
        exists, spent = U64(presence.place[number]), presence.spent[number]
        fixed, rate, per_day = stage.fixed, stage.rate, stage.per_day
        for i in range(WIDTH):
            length = F64(ticks[DURATION_ROW + i])
            cost = fixed + rate * length + values[MONEY_ROW + i] + values[RATE_ROW + i] * (per_day * length)
            cost = cost if marks[exists + i] != U8(0) else spent
            values[COST + i] = cost
            costs[i] += cost


@compiled
def keep_existence(presence: Presence | None, number: Any, at: Any, output: Output, marks: Any) -> None:
    """Copy to the output where the task of stage ``number`` exists in this block."""
    if presence is not None:
        row = number - 1
        if row < output.exists.shape[0]:
            exists = U64(presence.place[number])
            for i in range(WIDTH):
                output.exists[row, at + i] = marks[exists + i]


@compiled
def count_existing(presence: Presence | None, valid: Any, output: Output, marks: Any) -> None:
    """Add to the counts of the output in how many iterations of a block each task exists.

    Parameters
    ----------
    valid : uint64
        Iterations that count.
    """
    if presence is not None:
        for task in range(presence.place.size - 2):
            hits = existing_hits(presence, task, valid, marks)
            output.exists_count[task] += hits
            if valid == WIDTH:
                output.exists_full[task] += hits
                output.exists_square[task] += hits * hits


@inlined
def existing_hits(presence: Presence, task: Any, valid: Any, marks: Any) -> Any:
    """Return in how many of the first ``valid`` iterations of a block a task exists."""
    exists = U64(presence.place[task + 1])
    hits = I64(0)
    for i in range(valid):
        hits += I64(marks[exists + i])
    return hits
