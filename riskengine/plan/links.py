"""Relationships as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.arrays import LAG
from riskengine.model import AnyEstimate, Constant, Scenario
from riskengine.plan.calendars import CalendarBook
from riskengine.plan.distribution import distribution
from riskengine.plan.draws import DrawBook
from riskengine.plan.network import KIND
from riskengine.plan.progress import Logic, lag_began
from riskengine.plan.variable import VariableBook


@dataclass(frozen=True)
class Links:
    """Relationships as arrays, in kernel order of the successors, and their lags' calendars.

    ``plan_lag`` is the lag of the deterministic plan, ``least`` and ``most`` what it can be [tick].
    """

    offset: NDArray[np.int32]
    predecessor: NDArray[np.int32]
    kind: NDArray[np.int8]
    lag: NDArray[np.int32]
    lag_row: NDArray[np.int32]
    calendar: NDArray[np.int32]
    plan_lag: NDArray[np.int64]
    least: NDArray[np.int64]
    most: NDArray[np.int64]


def compile_links(
    scenario: Scenario,
    logic: Logic,
    row: Mapping[str, int],
    book: VariableBook,
    draws: DrawBook,
    calendars: CalendarBook,
) -> Links:
    """Lay out the relationships; several of one type between one pair are numbered in canonical order."""
    offset, predecessor, kind, lag, lag_row, calendar = [0], [], [], [], [], []
    plan_lag, least, most = [], [], []
    for stage, name in enumerate(logic.order, 1):
        task = scenario.tasks[name]
        uncertain = 0
        met: dict[tuple[str, str], int] = {}
        for link in sorted(logic.after[name], key=lambda r: (row[r.task], r.type)):
            pair = (link.task, link.type)
            met[pair] = met.get(pair, 0) + 1
            suffix = "" if met[pair] == 1 else f"#{met[pair]}"
            keeps = calendars.of_lag(link.lag, scenario.tasks[link.task], task)
            stream = f"relationship/{link.task}/{name}/{link.type}/lag{suffix}"
            began = lag_began(link, scenario.tasks[link.task]) if scenario.is_data_date else None
            if began is not None:
                # what is left of a lag under way is known as far as its plan value is
                left = _lag_left(link.lag, calendars, keeps, calendars.worked(keeps, began, scenario.start))
                variable = book.add(stream, left, 1.0, True)
            else:
                variable = book.add(stream, link.lag, calendars.scale(link.lag, keeps), True)
            known = book.is_constant(variable)
            predecessor.append(row[link.task])
            kind.append(KIND[link.type])
            lag.append(int(book.plan_value[variable]) if known else 0)
            lag_row.append(-1 if known else uncertain)
            if not known:
                draws.add(stage, variable, LAG, uncertain)
                uncertain += 1
            plan_lag.append(round(book.plan_value[variable]))
            calendar.append(keeps if lag[-1] or not known else -1)
            least.append(int(book.low[variable]))
            most.append(int(book.high[variable]))
        offset.append(len(kind))
    return Links(
        offset=np.array(offset, np.int32),
        predecessor=np.array(predecessor, np.int32),
        kind=np.array(kind, np.int8),
        lag=np.array(lag, np.int32),
        lag_row=np.array(lag_row, np.int32),
        calendar=np.array(calendar, np.int32),
        plan_lag=np.array(plan_lag, np.int64),
        least=np.array(least, np.int64),
        most=np.array(most, np.int64),
    )


def _lag_left(lag: AnyEstimate, calendars: CalendarBook, keeps: int, spent: int) -> Constant:
    """Return what is left of a lag [tick] of which ``spent`` ticks have run; a lead has nothing left."""
    whole = distribution(lag, calendars.scale(lag, keeps)).plan_value
    return Constant(value=max(0.0, float(round(whole)) - spent), unit="h")
