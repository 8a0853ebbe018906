"""Sums over calendar months of what accrues evenly over working time."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.plan import Plan
from riskengine.plan.escalation import Escalation
from riskengine.plan.time.calendar import CalendarTable

Floats = NDArray[np.float64]
Ticks = NDArray[np.int64]
Rows = NDArray[np.intp]


class Months(NamedTuple):
    """Calendar months one after another.

    Parameters
    ----------
    first : (month,) datetime64[M]
    edge : (month + 1,) int64 [tick on the clock]
        Where each begins, and where the last one ends.
    work : (calendar, month + 1) int64 [working tick]
        The same in the working time of each calendar.
    tables : tuple of CalendarTable
        The calendars: those of the plan, or others.
    """

    first: NDArray[np.datetime64]
    edge: Ticks
    work: Ticks
    tables: tuple[CalendarTable, ...]

    def at(self, instant: Ticks) -> Rows:
        """Return the number of the month in which each instant [tick on the clock] lies."""
        return np.asarray(np.searchsorted(self.edge, instant, side="right") - 1, np.intp)


class Accrual(NamedTuple):
    """What accrues when: row for row an amount, or units, spread evenly over a piece of working time.

    Parameters
    ----------
    calendar : (row,) int
        Number of the calendar in whose working time it accrues.
    begin, end : (row, iteration) int64 [working tick of that calendar]
    instant : (row, iteration) int64 [tick on the clock]
        Where it accrues if there is no working time from begin to end; not looked at elsewhere.
    amount : (row, iteration) float64
    """

    calendar: NDArray[np.int32]
    begin: Ticks
    end: Ticks
    instant: Ticks
    amount: Floats

    @property
    def is_instant(self) -> NDArray[np.bool_]:
        """Whether there is no working time from begin to end, (row, iteration)."""
        return np.asarray(self.end <= self.begin)

    def at(self, rows: NDArray[np.bool_] | Rows) -> "Accrual":
        """Return some of the rows."""
        return Accrual(self.calendar[rows], self.begin[rows], self.end[rows], self.instant[rows], self.amount[rows])


class Grouping(NamedTuple):
    """Rows brought together: ``group`` is the group of each row, ``order`` the rows in the order of their groups."""

    group: Rows
    order: Rows
    groups: int

    @classmethod
    def of(cls, group: Sequence[int], groups: int) -> "Grouping":
        """Return the grouping of rows whose groups these are, out of so many."""
        numbers = np.asarray(group, np.intp)
        return cls(numbers, np.argsort(numbers, kind="stable"), groups)

    def of_active(self, is_active: NDArray[np.bool_], part: Floats) -> tuple[Rows, Floats]:
        """Return the groups of those rows that are active, ascending, and their parts in that order.

        Parameters
        ----------
        is_active : (row,) bool
        part : (active row, iteration) float64
        """
        if self.groups == 1:
            return np.zeros(len(part), np.intp), part
        order = self.order[is_active[self.order]]
        return self.group[order], part[(np.cumsum(is_active) - 1)[order]]


def months_of(plan: Plan, first: int, tables: tuple[CalendarTable, ...] | None = None) -> Months:
    """Return all months from an instant [tick on the clock] to the end of the calendars of a plan, or of others."""
    tables = plan.time.calendars if tables is None else tables
    horizon = min(table.horizon for table in tables)
    begin, end = (plan.instants(np.array([instant])).astype("datetime64[M]")[0] for instant in (first, horizon))
    edges = np.arange(begin, end + 2)
    midnight = np.datetime64(tables[0].origin, "s")
    edge = (edges.astype("datetime64[s]") - midnight).astype(np.int64) // plan.time.tick
    cut = np.clip(edge, 0, horizon)
    return Months(edges[:-1], edge, np.stack([table.working(cut) for table in tables]), tables)


def working(tables: Sequence[CalendarTable], calendar: NDArray[np.int32], instant: Ticks) -> Ticks:
    """Return the working ticks, of each row's calendar, before instants (row, iteration) [tick on the clock]."""
    work = np.empty_like(instant)
    for number in np.unique(calendar).tolist():
        on_calendar = calendar == number
        work[on_calendar] = tables[number].working(instant[on_calendar])
    return work


def in_their_days(tables: Sequence[CalendarTable], calendar: NDArray[np.int32], instant: Ticks) -> Ticks:
    """Return instants (row, iteration) [tick on the clock], those that end a day a tick earlier.

    Notes
    -----
    Midnight belongs to the day that begins where the row's calendar works then, and else to the day that ends: what is
    finished on the 31st, at 24:00, is paid in that month.
    """
    moved = instant.copy()
    for number in np.unique(calendar).tolist():
        on_calendar = calendar == number
        moved[on_calendar] -= ~tables[number].is_working(moved[on_calendar])
    return moved


class Prices(NamedTuple):
    """What prices are in each month, for rows of an accrual that follow indices.

    Parameters
    ----------
    escalation : Escalation
    first : int
        Number of the first month.
    index_of_row : (row,) intp
        Number of the index that each row follows, ``NO_INDEX`` for none.
    growth : (index, iteration) float64
    """

    escalation: Escalation
    first: int
    index_of_row: Rows
    growth: Floats

    def of_rows(self, month: int, rows: Rows) -> Floats:
        """Return what prices are for some rows in a month, counted from the first one, (row, iteration)."""
        return np.asarray(self.escalation.prices(self.first + month, self.growth)[self.index_of_row[rows]])


def monthly_sums(
    months: Months, accrual: Accrual, groupings: Sequence[Grouping], prices: Prices | None = None
) -> list[Floats]:
    """Return what accrues in each month, (group, month, iteration) for each grouping, up to the last month of any.

    Parameters
    ----------
    prices : Prices, optional
        What amounts are multiplied with in the months in which they accrue.
    """
    rows, width = accrual.amount.shape
    if not rows:
        return [np.zeros((grouping.groups, 0, width)) for grouping in groupings]
    sums = [np.zeros((grouping.groups, 0, width)) for grouping in groupings]
    for month, last, is_active, share in monthly_shares(months, accrual):
        if not sums[0].shape[1]:
            sums = [np.zeros((grouping.groups, last + 1, width)) for grouping in groupings]
        active = np.flatnonzero(is_active)
        share *= accrual.amount[active]
        if prices is not None:
            share *= np.where(share == 0, 1.0, prices.of_rows(month, active))
        for grouping, total in zip(groupings, sums, strict=True):
            group, part = grouping.of_active(is_active, share)
            begins = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
            total[group[begins], month] += np.add.reduceat(part, begins, axis=0)
    return sums


def mean_prices(months: Months, accrual: Accrual, prices: Prices) -> Floats:
    """Return what each row's amount is multiplied with in all, (row, iteration): the mean of prices over its shares."""
    mean = np.zeros(accrual.begin.shape)
    for month, _, is_active, share in monthly_shares(months, accrual):
        active = np.flatnonzero(is_active)
        mean[active] += share * np.where(share == 0, 1.0, prices.of_rows(month, active))
    return mean


def monthly_shares(months: Months, accrual: Accrual) -> Iterator[tuple[int, int, NDArray[np.bool_], Floats]]:
    """Yield each month, the last of all, which rows may accrue in it, and what share of their amounts they do.

    Notes
    -----
    The shares (active row, iteration) of a row in its months add up to one, so that nothing is lost: each is the
    working time that the two have in common, a whole number of ticks, over that from begin to end.
    """
    width = accrual.begin.shape[1]
    length = accrual.end - accrual.begin
    at_once = length.min(axis=1, initial=1) <= 0
    is_instant, month_at = np.zeros((0, width), np.bool_), np.zeros((0, width), np.intp)
    if at_once.any():
        some = accrual.at(at_once)
        is_instant = some.is_instant
        # what a mandatory date wants to be done before the start is done at the start
        at_month = np.maximum(months.at(in_their_days(months.tables, some.calendar, some.instant)), 0)
        month_at = np.where(is_instant, at_month, -1)
        length[at_once] = np.where(is_instant, 1, length[at_once])
    first, last = _reach(months, accrual, at_once, month_at)
    place_at_once = np.cumsum(at_once) - 1
    ticks = length.astype(np.float64)
    edge = months.work[accrual.calendar]
    last_of_all = int(last.max(initial=-1))
    for month in range(max(0, int(first.min(initial=0))), last_of_all + 1):
        is_active = (first <= month) & (month <= last)
        active = np.flatnonzero(is_active)
        if not active.size:
            continue
        common = np.minimum(accrual.end[active], edge[active, month + 1, None])
        common -= np.maximum(accrual.begin[active], edge[active, month, None])
        share = np.maximum(common, 0) / ticks[active]
        if is_instant.size:
            instants = at_once[active]
            row = place_at_once[active[instants]]
            share[instants] = np.where(is_instant[row], month_at[row] == month, share[instants])
        yield month, last_of_all, is_active, share


def _reach(months: Months, accrual: Accrual, at_once: NDArray[np.bool_], month_at: Rows) -> tuple[Rows, Rows]:
    """Return the first and the last month in which each row may accrue in any iteration, (row,) each.

    Parameters
    ----------
    at_once : (row,) bool
        Rows with an iteration in which they accrue at once.
    month_at : (row at once, iteration) int
        In which month that is; -1 where they do not.
    """
    first, last = np.empty(accrual.calendar.size, np.intp), np.empty(accrual.calendar.size, np.intp)
    for number in np.unique(accrual.calendar).tolist():
        on_calendar = accrual.calendar == number
        work = months.work[number]
        first[on_calendar] = np.searchsorted(work, accrual.begin[on_calendar].min(axis=1), side="right") - 1
        last[on_calendar] = np.searchsorted(work, accrual.end[on_calendar].max(axis=1), side="left") - 1
    none = months.first.size
    first[at_once] = np.minimum(first[at_once], np.where(month_at < 0, none, month_at).min(axis=1, initial=none))
    last[at_once] = np.maximum(last[at_once], month_at.max(axis=1, initial=-1))
    return first, last
