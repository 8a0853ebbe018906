"""Durations of a block: what the draws of a task add up to."""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.arrays import DURATION, FACTOR, NEVER, OCCURS
from riskengine.kernel.contract.chains import Chains
from riskengine.kernel.contract.layout import Rows
from riskengine.kernel.contract.places import DELAY_ROW, DRAWN, DURATION_ROW, HIGH, LOW, MONEY_ROW, PRODUCT, VALUE

U8, U64, I32, F64 = np.uint8, np.uint64, np.int32, np.float64


@inlined
def clear_sums(ticks: Any, values: Any, sums: Any) -> None:
    """Put back to zero what draws add up to: ``sums`` entries of ticks, delays first, and two rows of money."""
    for i in range(sums):
        ticks[DELAY_ROW + i] = I32(0)
    for i in range(WIDTH + WIDTH):
        values[MONEY_ROW + i] = 0.0


@compiled
def apply_draw(drawn: Any, is_whole: Any, threshold: Any, factors: Any, rows: Rows) -> None:
    """Put the values just drawn where they belong; a risk's impact counts where the risk occurs.

    Parameters
    ----------
    drawn : record
        Of ``Tables.draw``; a duration is drawn in its place.
    threshold : (risk,) uint64
    factors : (factor use,) records
        Of ``Tables.factor``; those of the draw multiply an amount or a rate before it is added.
    """
    words, ticks, values, marks = rows.words, rows.ticks, rows.values, rows.marks
    place = U64(drawn.place)
    occurs = U64(drawn.occurs)
    role = drawn.role
    if role == OCCURS:
        least = threshold[drawn.risk]
        for i in range(WIDTH):
            marks[place + i] = U8(U64(words[i]) >= least)
    elif role == FACTOR:
        for i in range(WIDTH):
            values[place + i] = values[VALUE + i] if marks[occurs + i] else 1.0
    elif role != DURATION:
        if is_whole:
            for i in range(WIDTH):
                ticks[place + i] += ticks[DRAWN + i] if marks[occurs + i] else I32(0)
        else:
            if drawn.last_factor > drawn.first_factor:
                multiply_factors(factors, drawn.first_factor, drawn.last_factor, values)
                for i in range(WIDTH):
                    values[VALUE + i] *= values[PRODUCT + i]
            for i in range(WIDTH):
                values[place + i] += values[VALUE + i] if marks[occurs + i] else 0.0


@compiled
def follow_chain(chains: Chains, places: Any, risk: Any, rows: Rows) -> None:
    """Clear the marks of a risk just drawn where another outcome was, or where nothing occurs that triggers it.

    Parameters
    ----------
    chains : Chains
    places : (risk,) uint32
        Places of the marks of all risks; what triggers this one has been drawn before it.
    risk : int
    rows : Rows
        With the words of the draw.
    """
    words, marks = rows.words, rows.marks
    place, most = U64(places[risk]), chains.most[risk]
    if most < U64(NEVER):
        for i in range(WIDTH):
            marks[place + i] &= U8(U64(words[i]) < most)
    first, last = chains.offset[risk], chains.offset[risk + 1]
    if last > first:
        for i in range(WIDTH):
            is_triggered = U8(0)
            for k in range(first, last):
                is_triggered |= marks[U64(places[chains.trigger[k]]) + i]
            marks[place + i] &= is_triggered


@compiled
def finish_duration(stage: Any, factors: Any, ticks: Any, values: Any) -> None:
    """Make the duration of a task (base x factors) + delays, not below its floor, and keep gains [tick].

    Factors in series multiply; of a parallel group only the largest above one and the smallest below one count.
    """
    if stage.last_factor > stage.first_factor:
        apply_factors(factors, stage.first_factor, stage.last_factor, ticks, values)
    floor = stage.floor
    for i in range(WIDTH):
        a = I32(ticks[DURATION_ROW + i] + ticks[DELAY_ROW + i])
        ticks[DURATION_ROW + i] = a if a > floor else floor
    if stage.gain_kept > 0.0:
        keep_gains(stage, ticks)


@inlined
def keep_gains(stage: Any, ticks: Any) -> None:
    """Lengthen what is shorter than its plan value by the share of the gain that is kept, to the nearest tick."""
    plan_duration, share = stage.plan_duration, stage.gain_kept
    for i in range(WIDTH):
        length = ticks[DURATION_ROW + i]
        gain = I32(plan_duration - length) if plan_duration > length else I32(0)
        ticks[DURATION_ROW + i] = I32(length + I32(np.floor(F64(gain) * share + 0.5)))


@inlined
def apply_factors(factors: Any, first: Any, last: Any, ticks: Any, values: Any) -> None:
    """Multiply the duration by the factors ``first`` to ``last`` and round to the nearest tick."""
    multiply_factors(factors, first, last, values)
    for i in range(WIDTH):
        ticks[DURATION_ROW + i] = I32(np.floor(F64(ticks[DURATION_ROW + i]) * values[PRODUCT + i] + 0.5))


@inlined
def multiply_factors(factors: Any, first: Any, last: Any, values: Any) -> None:
    """Fill row ``PRODUCT`` with what the factors ``first`` to ``last`` come to.

    Notes
    -----
    A factor in series is a group of its own: the larger and the smaller of it and one are it and one.
    """
    for i in range(WIDTH):
        values[PRODUCT + i] = 1.0
        values[HIGH + i] = 1.0
        values[LOW + i] = 1.0
    for k in range(first, last):
        place = U64(factors[k].place)
        for i in range(WIDTH):
            a = values[place + i]
            values[HIGH + i] = a if a > values[HIGH + i] else values[HIGH + i]
            values[LOW + i] = a if a < values[LOW + i] else values[LOW + i]
        if factors[k].is_last:
            for i in range(WIDTH):
                values[PRODUCT + i] = values[PRODUCT + i] * values[HIGH + i] * values[LOW + i]
                values[HIGH + i] = 1.0
                values[LOW + i] = 1.0
