"""The calendar table against a minute-by-minute walk through random calendars."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskengine.model import Calendar
from riskengine.plan.time.calendar import CalendarTable, cell_size, cells

DAYS = 16
OFFICE_DAY = ((480, 720), (780, 1020))
OFFICE = Calendar(id="office", week=(OFFICE_DAY,) * 5 + ((), ()), hours_per_day=8)
NIGHT = Calendar(id="night", week=(((0, 360), (1320, 1440)),) * 7, hours_per_day=8)
ORIGINS = [date(2027, 3, 1), date(2028, 2, 24), date(2027, 12, 24), date(2028, 12, 30), date(2100, 2, 26)]


@st.composite
def shifts(draw):
    """A day of up to three disjoint shifts on quarters of an hour, midnight and touching shifts included."""
    edges = draw(st.lists(st.integers(0, 96), min_size=0, max_size=6, unique=True))
    edges = [15 * edge for edge in sorted(edges)]
    return tuple(zip(edges[0::2], edges[1::2], strict=False))


@st.composite
def calendars(draw):
    origin = draw(st.sampled_from(ORIGINS))
    week = tuple(draw(st.lists(st.one_of(st.just(OFFICE_DAY), shifts()), min_size=7, max_size=7)))
    days = draw(st.lists(st.integers(-3, DAYS + 2), max_size=5, unique=True))
    exceptions = {origin + timedelta(days=day): draw(shifts()) for day in days}
    return origin, Calendar(id="random", week=week, exceptions=exceptions, hours_per_day=8)


def walk(calendar, origin, days):
    """Whether each minute is worked, looked up day by day."""
    minutes = []
    for number in range(days):
        day = origin + timedelta(days=number)
        intervals = calendar.exceptions.get(day, calendar.week[day.weekday()])
        minutes += [any(start <= minute < end for start, end in intervals) for minute in range(1440)]
    return minutes


@settings(max_examples=60, deadline=None)
@given(calendars())
def test_every_minute_agrees_with_a_walk_through_the_days(case):
    origin, calendar = case
    worked = walk(calendar, origin, DAYS)
    if not any(worked):
        with pytest.raises(ValueError, match="no working time"):
            CalendarTable.build(calendar, origin, 60, DAYS)
        return
    table = CalendarTable.build(calendar, origin, 60, DAYS)
    instant = np.arange(DAYS * 1440 + 1)
    done = [0]
    for flag in worked:
        done.append(done[-1] + flag)
    assert table.working_horizon == done[-1]
    assert table.working(instant).tolist() == done
    assert table.is_working(instant).tolist() == [*worked, False]
    ends = [m > 0 and worked[m - 1] and not (m < len(worked) and worked[m]) for m in range(len(worked) + 1)]
    assert table.is_shift_end(instant).tolist() == ends
    starts = [minute for minute, flag in enumerate(worked) if flag]
    assert table.start_instant(np.arange(done[-1])).tolist() == starts
    assert table.finish_instant(np.arange(done[-1] + 1)).tolist() == [starts[0], *(minute + 1 for minute in starts)]


@settings(max_examples=30, deadline=None)
@given(calendars(), st.sampled_from([1, 20, 60, 300]))
def test_cells_say_the_same_as_the_table_for_any_tick(case, tick):
    origin, calendar = case
    if not any(walk(calendar, origin, DAYS)):
        return
    table = CalendarTable.build(calendar, origin, tick, DAYS)
    grid = cells(table, cell_size([calendar, OFFICE], tick))
    edges = np.arange(grid.is_working.size + 1) * grid.cell_ticks
    assert edges[-1] == DAYS * 86_400 // tick
    assert np.array_equal(grid.work_before, table.working(edges))
    assert np.array_equal(grid.is_working, table.is_working(edges[:-1]))
    assert np.array_equal(grid.cell_of_work, table.start_instant(np.arange(grid.cell_of_work.size) * grid.cell_ticks))
    assert grid.work_before.dtype == grid.cell_of_work.dtype == np.int32


@pytest.mark.parametrize("tick", [1, 60])
def test_evening_and_next_morning_are_one_working_instant(tick):
    table = CalendarTable.build(OFFICE, date(2027, 3, 5), tick, 7)  # a Friday
    evening, monday = np.array([17, 72 + 8]) * 3600 // tick
    work = 8 * 3600 // tick
    assert table.working([evening, monday]).tolist() == [work, work]
    assert table.finish_instant(work) == evening
    assert table.start_instant(work) == monday
    assert table.is_shift_end(evening) and not table.is_working(evening)
    assert table.is_working(monday) and not table.is_shift_end(monday)


def test_a_night_shift_goes_through_midnight_in_one_piece():
    table = CalendarTable.build(NIGHT, date(2027, 12, 31), 60, 3)
    midnight = 1440
    assert table.is_working(midnight)
    assert not table.is_shift_end(midnight)
    work = table.working(midnight)
    assert table.start_instant(work) == table.finish_instant(work) == midnight


def test_zero_work_is_finished_at_the_first_working_instant():
    table = CalendarTable.build(OFFICE, date(2027, 3, 6), 60, 7)  # a Saturday
    assert table.finish_instant(0) == table.start_instant(0) == 2 * 1440 + 480


def test_a_leap_day_and_a_holiday_count_as_their_weekday_and_as_nothing():
    holiday = Calendar(id="h", week=OFFICE.week, exceptions={date(2028, 2, 29): ()}, hours_per_day=8)
    plain = CalendarTable.build(OFFICE, date(2028, 2, 28), 60, 7)
    without = CalendarTable.build(holiday, date(2028, 2, 28), 60, 7)
    assert plain.working_horizon == 5 * 480
    assert without.working_horizon == 4 * 480
    assert without.start_instant(480) == 2 * 1440 + 480


def test_units_follow_the_calendar_and_elapsed_ones_the_clock():
    short_friday = Calendar(
        id="c", week=(OFFICE_DAY,) * 4 + (((480, 780),), (), ()), hours_per_day=8, exceptions={date(2027, 3, 2): ()}
    )
    table = CalendarTable.build(short_friday, date(2027, 3, 1), 60, 7)
    assert [table.unit_ticks(unit) for unit in ("h", "d", "w", "eh", "ed")] == [60, 480, 37 * 60, 60, 1440]
    assert table.unit_ticks("mo") == 9620
    assert table.unit_ticks(None) == table.day_ticks == 480
    assert CalendarTable.build(short_friday, date(2027, 3, 1), 1, 7).unit_ticks("h") == 3600


def test_an_instant_before_the_origin_counts_as_the_origin():
    table = CalendarTable.build(NIGHT, date(2027, 3, 1), 60, 2)
    assert table.working([-1, -(10**12)]).tolist() == [0, 0]
    assert table.is_working(-1)


@pytest.mark.parametrize("question", ["working", "is_working", "is_shift_end", "start_instant", "finish_instant"])
def test_an_instant_behind_the_table_is_refused(question):
    table = CalendarTable.build(OFFICE, date(2027, 3, 1), 60, 7)
    with pytest.raises(ValueError, match="calendar office"):
        getattr(table, question)(10**9)


def test_the_last_tick_of_work_can_be_finished_but_nothing_started_after_it():
    table = CalendarTable.build(OFFICE, date(2027, 3, 1), 60, 5)
    assert table.finish_instant(table.working_horizon) == 4 * 1440 + 1020
    with pytest.raises(ValueError, match="no working instant after"):
        table.start_instant(table.working_horizon)


def test_a_tick_that_a_shift_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="does not divide"):
        CalendarTable.build(OFFICE, date(2027, 3, 1), 7, 7)
    table = CalendarTable.build(OFFICE, date(2027, 3, 1), 60, 7)
    assert cell_size([OFFICE], 60) == 60
    with pytest.raises(ValueError, match="cut a shift"):
        cells(table, 480)


def test_a_horizon_past_32_bits_is_refused_as_cells():
    table = CalendarTable.build(OFFICE, date(2027, 3, 1), 1, 25_000)
    with pytest.raises(ValueError, match="32 bits"):
        cells(table, cell_size([OFFICE], 1))


def test_a_hundred_years_keep_their_weeks():
    table = CalendarTable.build(OFFICE, date(2027, 3, 1), 60, 36_500)
    day = (date(2126, 11, 4) - date(2027, 3, 1)).days
    assert table.is_working(day * 1440 + 480) == (date(2126, 11, 4).weekday() < 5)
    assert table.working(7 * 5214 * 1440) == 5214 * 5 * 480
