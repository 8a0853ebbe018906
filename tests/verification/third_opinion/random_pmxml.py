"""Random Primavera P6 XML files: two calendars, relationships of every type with lags, constraints, progress."""

import random
from datetime import datetime, timedelta

from tests.unit.importers.p6.test_pmxml import activity, calendar, element, project, relationship, shift

TYPES = ("Finish to Start", "Finish to Start", "Start to Start", "Finish to Finish")
CONSTRAINTS = ("Start On or After", "Start On or Before", "Finish On or Before")
LAGS = (0, 0, 8, 16, -8)
DATA_DATE = datetime(2027, 3, 1, 8)
SITE = dict.fromkeys(
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"), shift("07:00:00", "16:59:00")
)


def day(draw):
    return (DATA_DATE + timedelta(draw.randint(3, 60))).isoformat()


def schedule(seed, size=40, types=TYPES, lags=LAGS, has_calendars=True, has_constraints=True, has_progress=True):
    """Text of a file."""
    draw = random.Random(seed)
    rows, links = "", ""
    for uid in range(1, size + 1):
        hours = draw.choice((0, 8, 20, 40, 80))
        fields = {
            "PlannedDuration": hours,
            "RemainingDuration": hours,
            "AtCompletionDuration": hours,
            "ActualDuration": 0,
        }
        if hours == 0:
            fields["Type"] = draw.choice(("Start Milestone", "Finish Milestone"))
        if has_calendars:
            fields["CalendarObjectId"] = draw.choice((1, 2))
        if has_constraints and draw.random() < 0.2:
            fields |= {"PrimaryConstraintType": draw.choice(CONSTRAINTS), "PrimaryConstraintDate": day(draw)}
        is_begun = has_progress and uid <= size // 4 and hours > 0
        if is_begun:
            fields |= progress(draw, uid, size, hours)
        rows += activity(uid, **fields)
        for before in draw.sample(range(1, uid), min(uid - 1, draw.choice((is_begun, 1, 1, 2)))):
            links += relationship(before, uid, draw.choice(types), draw.choice(lags))
    holiday = element("HolidayOrException", Date="2027-03-09T00:00:00")
    return project(rows + links, calendar(exceptions=holiday) + calendar(2, "Site", SITE))


def progress(draw, uid, size, hours):
    begun = DATA_DATE - timedelta(40 - uid)
    found = {"Status": "In Progress", "ActualStartDate": begun.isoformat(), "RemainingDuration": hours / 2}
    found |= {"ActualDuration": hours / 2, "RemainingEarlyStartDate": DATA_DATE.isoformat()}
    found |= dict.fromkeys(("PlannedStartDate", "StartDate", "FinishDate"), begun.isoformat())
    if uid <= size // 8:
        found |= {"Status": "Completed", "RemainingDuration": 0, "ActualDuration": hours}
        found["ActualFinishDate"] = (begun + timedelta(draw.randint(1, 5))).replace(hour=16).isoformat()
    return found
