"""Random Microsoft Project files: calendars, links of every type and lag format, constraints, summaries."""

import random
from datetime import date, datetime, timedelta

from tests.unit.importers.msproject.mspdi_text import calendar, exception, link, project, task, week_day

SHIFT = "<WorkingTime><FromTime>06:00:00</FromTime><ToTime>14:00:00</ToTime></WorkingTime>"
LAGS = ((0, 7), (0, 7), (0, 7), (4800, 7), (2400, 5), (-2400, 7), (-4800, 7), (14400, 8), (25, 19))


def calendars():
    office = calendar(1, "Standard", more=f"<Exceptions>{exception('2027-03-08', '2027-03-09')}</Exceptions>")
    site = "<WeekDays>" + week_day(1, "") + "".join(week_day(n, SHIFT) for n in range(2, 8)) + "</WeekDays>"
    return office + calendar(2, "Site", -1, site) + calendar(3, "Crew", 1, "")


def day(draw):
    """A working day of every calendar: a constraint on another day stays there in MPXJ, and moves on in the tool."""
    return (date(2027, 3, 10) + timedelta(7 * draw.randint(0, 10) + draw.randint(0, 2))).isoformat()


def schedule(
    seed,
    size=25,
    lags=LAGS,
    types=(1, 1, 1, 3, 0, 2),
    has_calendars=True,
    has_constraints=True,
    has_summaries=True,
    has_elapsed=False,
    has_crews=False,
    has_progress=False,
):
    """Text of a file."""
    draw = random.Random(seed)
    rows, leaves, level, jobs = [], [], 1, ""
    for uid in range(1, size + 1):
        if has_summaries and draw.random() < 0.15 and uid < size:
            rows.append(task(uid, 0, 1, duration()))
            level = 2
            continue
        links = ""
        for before in draw.sample(leaves, min(len(leaves), draw.choice((0, 1, 1, 2)))):
            lag, format = draw.choice(lags)
            links += link(before, draw.choice(types), lag, format)
        fields = {"Type": 1}
        if has_calendars and draw.random() < 0.5:
            fields["CalendarUID"] = draw.choice((1, 2))
        if has_constraints and draw.random() < 0.2:
            fields["ConstraintType"] = draw.choice((4, 6))
            fields["ConstraintDate"] = day(draw) + ("T08:00:00" if fields["ConstraintType"] == 4 else "T12:00:00")
        hours = draw.choice((0, 4, 8, 16, 40))
        if has_elapsed and draw.random() < 0.3:
            fields["DurationFormat"], hours = 8, draw.choice((6, 24, 48))
        elif has_crews and hours and draw.random() < 0.5:
            fields["Type"] = draw.choice((0, 2))
            jobs += job(uid, draw.choice((1, 2)), hours)
        done = 0
        if has_progress and hours and not links:
            done = draw.choice((0, hours / 4, hours / 2, hours))
            fields |= progress(draw, hours, done, fields) if done else {}
        rows.append(task(uid, hours, level, duration(hours, done) + links, Milestone=int(hours == 0), **fields))
        leaves.append(uid)
        if level == 2 and draw.random() < 0.3:
            level = 1
    return project("\n".join(rows), calendars(), "".join(crew(n) for n in (1, 2)), jobs)


def crew(uid):
    return (
        f"<Resource><UID>{uid}</UID><ID>{uid}</ID><Name>Crew {uid}</Name><Type>1</Type><MaxUnits>1</MaxUnits>"
        f"<CalendarUID>{uid + 1}</CalendarUID></Resource>"
    )


def job(uid, who, hours):
    return (
        f"<Assignment><UID>{uid}</UID><TaskUID>{uid}</TaskUID><ResourceUID>{who}</ResourceUID><Units>1</Units>"
        f"<Work>PT{hours}H0M0S</Work><ActualWork>PT0H0M0S</ActualWork>"
        f"<RemainingWork>PT{hours}H0M0S</RemainingWork></Assignment>"
    )


def duration(hours=0, done=0):
    left = f"PT{round((hours - done) * 60)}M"
    return f"<ActualDuration>PT{round(done * 60)}M</ActualDuration><RemainingDuration>{left}</RemainingDuration>"


def progress(draw, hours, done, fields):
    """Fields of a task that was begun on a working day, and may be finished."""
    for name in ("ConstraintType", "ConstraintDate"):
        fields.pop(name, None)
    found = {"ActualStart": day(draw) + "T08:00:00", "PercentComplete": round(100 * done / hours)}
    if done == hours:
        found["ActualFinish"] = (datetime.fromisoformat(found["ActualStart"]) + timedelta(14, 3600)).isoformat()
    return found
