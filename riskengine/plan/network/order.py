"""Logic as arrays: a canonical order, the rows that dates live in, and which ends are open."""

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import FF, FS, SF, SS
from riskengine.model import Relationship

KIND = {"FS": FS, "SS": SS, "FF": FF, "SF": SF}


def canonical_order(after: Mapping[str, Sequence[Relationship]]) -> tuple[str, ...]:
    """Return the tasks so that every predecessor comes before its successors, by id where logic leaves a choice.

    Parameters
    ----------
    after : mapping of task to the relationships into it
        Free of cycles.

    Notes
    -----
    The order depends on ids and logic only, never on the file, so that it cannot change a byte of a result.
    """
    waits: dict[str, int] = {}
    successors: dict[str, list[str]] = {name: [] for name in after}
    for name, relationships in after.items():
        predecessors = {relationship.task for relationship in relationships}
        waits[name] = len(predecessors)
        for before in predecessors:
            successors[before].append(name)
    ready = [name for name, count in waits.items() if not count]
    heapify(ready)
    order: list[str] = []
    while ready:
        name = heappop(ready)
        order.append(name)
        for successor in successors[name]:
            waits[successor] -= 1
            if not waits[successor]:
                heappush(ready, successor)
    return tuple(order)


def date_rows(
    offset: NDArray[np.int32], predecessor: NDArray[np.int32], tasks_read_last: Sequence[int]
) -> NDArray[np.int32]:
    """Return the block row in which each task keeps its dates; a row is used again after its last reader.

    Parameters
    ----------
    offset : (task + 1,) int32
    predecessor : (relationship,) int32
    tasks_read_last : sequence of int
        Tasks whose dates are read at the end of the block.

    Notes
    -----
    Few rows stay in the fastest cache. A task's own row is never one that its predecessors still hold.
    """
    count = offset.size - 1
    last = np.arange(count)
    reader = np.repeat(np.arange(count), np.diff(offset))
    np.maximum.at(last, predecessor, reader)
    last[list(tasks_read_last)] = count
    row = np.zeros(count, np.int32)
    ends: dict[int, list[int]] = {}
    unused_rows: list[int] = []
    used = 0
    for task in range(count):
        if unused_rows:
            row[task] = heappop(unused_rows)
        else:
            row[task] = used
            used += 1
        ends.setdefault(int(last[task]), []).append(int(row[task]))
        for done in ends.pop(task, []):
            heappush(unused_rows, done)
    return row


def open_ends(
    count: int,
    predecessor: NDArray[np.int32],
    kind: NDArray[np.int8],
    least_lag: NDArray[np.int64],
    binds: NDArray[np.bool_],
    ends_nothing: NDArray[np.bool_],
) -> NDArray[np.int32]:
    """Return the tasks whose finish no successor's finish is bound to exceed: the project may end with any of them.

    Parameters
    ----------
    count : int
        Tasks.
    least_lag : (relationship,) int64 [tick]
        Smallest value that each lag can take.
    binds : (relationship,) bool
        Whether the successor is one whose dates logic moves.
    ends_nothing : (task,) bool
        Tasks that the project does not end with, unless there are no others.
    """
    if np.all(ends_nothing):
        return np.arange(count, dtype=np.int32)
    closed = ends_nothing.copy()
    bounded = ((kind == FS) | (kind == FF)) & (least_lag >= 0) & binds
    closed[predecessor[bounded]] = True
    return np.flatnonzero(~closed).astype(np.int32)


def driver_planes(offset: NDArray[np.int32], always_drives: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return the first row of driver bits of each task, -1 where there is nothing to choose.

    Parameters
    ----------
    offset : (task + 1,) int32
    always_drives : (task,) bool
        Tasks whose only relationship always sets the start.
    """
    degree = np.diff(offset)
    needs = (degree > 0) & ~always_drives
    rows = np.where(needs, -(-degree // 8), 0)
    first = np.concatenate(([0], np.cumsum(rows)[:-1])) if rows.size else rows
    return np.where(needs, first, -1).astype(np.int32)
