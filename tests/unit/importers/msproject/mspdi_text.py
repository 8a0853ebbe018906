"""Small Microsoft Project files as text."""

from riskengine.importers.msproject.project import read_mspdi

HOURS = (
    "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
    "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>"
)


def worked(times):
    if not times:
        return "<DayWorking>0</DayWorking>"
    return f"<DayWorking>1</DayWorking><WorkingTimes>{times}</WorkingTimes>"


def week_day(number, times=HOURS):
    return f"<WeekDay><DayType>{number}</DayType>{worked(times)}</WeekDay>"


WEEK = "<WeekDays>" + week_day(1, "") + "".join(week_day(n) for n in range(2, 7)) + week_day(7, "") + "</WeekDays>"


def calendar(uid=1, name="Standard", base=-1, week=WEEK, more=""):
    return (
        f"<Calendar><UID>{uid}</UID><Name>{name}</Name><IsBaseCalendar>{int(base == -1)}</IsBaseCalendar>"
        f"<BaseCalendarUID>{base}</BaseCalendarUID>{week}{more}</Calendar>"
    )


def exception(first, last="", times="", **more):
    extra = "".join(f"<{tag}>{value}</{tag}>" for tag, value in more.items())
    return (
        f"<Exception><TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last or first}T23:59:00</ToDate>"
        f"</TimePeriod>{extra}{worked(times)}</Exception>"
    )


def task(uid, hours=8, level=1, links="", **fields):
    given = {"Name": f"Task {uid}", "OutlineLevel": level, "Duration": f"PT{hours}H0M0S", **fields}
    rest = "".join(f"<{tag}>{text}</{tag}>" for tag, text in given.items())
    return f"<Task><UID>{uid}</UID>{rest}{links}</Task>"


def link(uid, type=1, lag=0, format=7, more=""):
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{type}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{format}</LagFormat>{more}</PredecessorLink>"
    )


def project(tasks, calendars=None, resources="", assignments="", **fields):
    given = {
        "ScheduleFromStart": 1,
        "StartDate": "2027-03-01T08:00:00",
        "CalendarUID": 1,
        "MinutesPerDay": 480,
        **fields,
    }
    head = "".join(f"<{tag}>{text}</{tag}>\n" for tag, text in given.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="http://schemas.microsoft.com/project">\n'
        f"{head}<Calendars>{calendars or calendar()}</Calendars>\n<Tasks>\n{tasks}\n</Tasks>\n"
        f"<Resources>{resources}</Resources><Assignments>{assignments}</Assignments>\n</Project>\n"
    )


def imported(folder, text):
    """Read a text as a file of that content."""
    path = folder / "plan.xml"
    path.write_text(text, encoding="utf-8")
    return read_mspdi(path, "plan.xml")


def by_id(schedule):
    return {task.id: task for task in schedule.tasks}
