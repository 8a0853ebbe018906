"""Which tasks exist in which iteration: conditions on draws, dates and risks, and the tasks that stand under them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Float64, Int32, Records, UInt8, UInt32, UInt64, records


class FinishConditions(NamedTuple):
    """Groups of tasks that exist, and risks that occur, only where the finish of a task lies in a range.

    They stand in the order of these tasks.

    Attributes
    ----------
    task : (condition,) int32
        Whose finish is looked at.
    above, most : (condition,) int32 [tick of the core]
        It is met where the finish is behind ``above``, and not behind ``most``.
    group : (condition,) int32
        Of tasks, or -1 where it is one of a risk.
    risk : (condition,) int32
        Row of the risk, or -1.
    """

    task: Int32
    above: Int32
    most: Int32
    group: Int32
    risk: Int32


class OccurrenceConditions(NamedTuple):
    """Groups of tasks that exist only where a risk occurs, or where it does not.

    Attributes
    ----------
    risk : (condition,) int32
    if_occurs, if_not : (condition,) uint8
        Whether it is met where the risk occurs, and where it does not.
    group : (condition,) int32
    """

    risk: Int32
    if_occurs: UInt8
    if_not: UInt8
    group: Int32


class Existence(NamedTuple):
    """The tasks that need not exist, and what they wait for chance to say.

    Attributes
    ----------
    variable : (condition,) int32
        Whose word a condition looks at, by row of ``Variables``.
    least, most : (condition,) uint64
        It is met where the word is at or above ``least`` and below ``most``.
    group : (condition,) int32
        The group of tasks that exists only where it is met; all conditions of a group have to be.
    task_group : (task,) int32
        The group of each task, or -1 where it always exists.
    spent : (task,) float64 [currency]
        What a task costs where it does not exist: what has been spent on it already.
    bound : (task,) int32 [working tick]
        Where a task does not exist, it stands no earlier: at the start of the project, or what is left of it.
    bound_instant : (task,) int32 [tick on the clock]
        The same instant.
    member : (relationship,) int32
        The group of a task that a summary spans by it, or -1 for one that always counts.
    lagged : (relationship,) int32
        The group of the predecessor of a relationship with a lag, which falls away where that does not exist, or -1.
    finishes : FinishConditions
    occurrences : OccurrenceConditions
    """

    variable: Int32
    least: UInt64
    most: UInt64
    group: Int32
    task_group: Int32
    spent: Float64
    bound: Int32
    bound_instant: Int32
    member: Int32
    lagged: Int32
    finishes: FinishConditions
    occurrences: OccurrenceConditions


class Presence(NamedTuple):
    """The same for the core.

    Attributes
    ----------
    condition : (condition,) records
        ``variable``, ``least``, ``most`` and the ``place`` of the marks of its group.
    group : (group,) uint32
        Places of the marks that say where each group exists.
    place : (task + 2,) uint32
        Place of those of each stage; that of the ones where it always exists.
    spent, bound, bound_instant : (task + 2,)
        As in ``Existence``.
    member, lagged : (relationship,) uint32
        Places of marks that say where a relationship asks a summary for anything, and where its lag counts.
    first_finish : (task + 3,) int32
        The conditions on the finish of stage ``n`` are ``finish[first_finish[n]:first_finish[n + 1]]``.
    finish : (condition,) records
        ``above``, ``most`` and the ``place`` of the marks of the group, or of the risk.
    occurrence : (condition,) records
        ``if_occurs``, ``if_not``, the ``place`` of the marks of the group, and ``occurs``, that of those of the risk.
    """

    condition: Records
    group: UInt32
    place: UInt32
    spent: Float64
    bound: Int32
    bound_instant: Int32
    member: UInt32
    lagged: UInt32
    first_finish: Int32
    finish: Records
    occurrence: Records


class TaskPresence(NamedTuple):
    """What the core looks at of one task: the place of its marks and, where it does not exist, its least date.

    ``member`` and ``lagged`` are those of ``Presence``.
    """

    exists: np.uint64
    bound: np.int32
    bound_instant: np.int32
    member: UInt32
    lagged: UInt32


def group_count(existence: Existence) -> int:
    """Return how many groups there are."""
    return 1 + int(existence.task_group.max(initial=-1))


def presence_of(existence: Existence, first: int, risk: UInt32) -> Presence:
    """Return the columns for the core.

    Parameters
    ----------
    existence : Existence
    first : int
        Row of the marks of the first group.
    risk : (risk,) uint32
        Places of the marks that say where risks occur.
    """
    finishes, occurrences = existence.finishes, existence.occurrences
    stages = np.arange(existence.task_group.size + 3)

    def places_of(group: Int32) -> UInt32:
        """Return the places of the marks of groups, and that of the ones in the place of none."""
        return np.where(group < 0, 0, (first + group.astype(np.int64)) * BLOCK).astype(np.uint32)

    def padded(column: NDArray[Any]) -> NDArray[Any]:
        """Return a column of the tasks with zeros for the risks and the project."""
        return np.pad(column, 1)

    return Presence(
        condition=records(
            least=existence.least,
            most=existence.most,
            variable=existence.variable,
            place=places_of(existence.group),
        ),
        group=places_of(np.arange(group_count(existence), dtype=np.int32)),
        place=padded(places_of(existence.task_group)),
        spent=padded(existence.spent),
        bound=padded(existence.bound),
        bound_instant=padded(existence.bound_instant),
        member=places_of(existence.member),
        lagged=places_of(existence.lagged),
        first_finish=np.searchsorted(finishes.task + 1, stages).astype(np.int32),
        finish=records(
            above=finishes.above,
            most=finishes.most,
            place=np.where(finishes.risk < 0, places_of(finishes.group), np.append(risk, np.uint32(0))[finishes.risk]),
        ),
        occurrence=records(
            if_occurs=occurrences.if_occurs,
            if_not=occurrences.if_not,
            place=places_of(occurrences.group),
            occurs=risk[occurrences.risk],
        ),
    )
