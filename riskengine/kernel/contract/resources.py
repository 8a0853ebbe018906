"""The arrays of levelling: who holds how much of what, and who waits for whom."""

from typing import NamedTuple

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Int32, Int64, UInt8

NOBODY = np.int32(-1)
"""Stands where a need would (``Profile.who``, ``freed``, ``tie``)."""


class Holdings(NamedTuple):
    """Resources with a capacity, and the tasks that hold units of them from start to finish.

    Units are whole numbers of the smallest unit in use. No task needs more than a capacity.

    Attributes
    ----------
    is_pinned : (task,) uint8
        Whether the task holds its units without ever waiting for them.
    offset : (task + 1,) int32
        Needs of task ``j`` are ``offset[j]:offset[j + 1]``.
    holder : (need,) int32
        The task that has the need.
    resource, units : (need,) int32
    capacity : (resource,) int32
    first_step : (resource + 1,) int32
        Steps of resource ``r`` in one iteration are ``first_step[r]:first_step[r + 1]``.
    """

    is_pinned: UInt8
    offset: Int32
    holder: Int32
    resource: Int32
    units: Int32
    capacity: Int32
    first_step: Int32


class Profile(NamedTuple):
    """What is held of each resource in each iteration of a block, as steps over time, and who waited for whom.

    Attributes
    ----------
    step : (resource x iteration x step,) int64
        The tick at which a step begins in the high half, ascending within a resource; in the low half the units held
        from there to the next step.
    who : (resource x iteration x step,) int32
        The need that ended last there.
    last : (resource, iteration) int64
        The last step of each resource, in which nothing is held.
    freed : (need, iteration) int32
        The need whose end made room for this one, where it had to wait for it.
    tie : (need, iteration) int32
        Another one of the same resource that ended at the same instant.
    """

    step: Int64
    who: Int32
    last: Int64
    freed: Int32
    tie: Int32


class Levelling(NamedTuple):
    """What levelling takes: who needs what, and the rows that a thread works in."""

    holdings: Holdings
    profile: Profile


def levelling(holdings: Holdings) -> Levelling:
    """Return holdings with the working rows of one thread."""
    steps, needs = int(holdings.first_step[-1]), holdings.units.size
    profile = Profile(
        step=np.zeros(BLOCK * steps, np.int64),
        who=np.full(BLOCK * steps, NOBODY),
        last=np.zeros((holdings.capacity.size, BLOCK), np.int64),
        freed=np.full((needs, BLOCK), NOBODY),
        tie=np.full((needs, BLOCK), NOBODY),
    )
    return Levelling(holdings, profile)
