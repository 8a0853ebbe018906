"""The table of the days that calendars lose by chance."""

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.column_types import FLOAT, NONE, TEXT, with_interval

DAYS_LOST = "working days of the calendar"
LOST_DAY_PERCENTS = (10, 50, 80, 90)
"""Percentiles of the days lost that have columns of their own."""

LOST_DAYS = TableKind(
    "lost_days",
    "calendar in use that may lose days",
    "Days that calendars lose by chance from the start, or the data date, to the finish of the project; rules in "
    "docs/semantics.md, 3.8.",
    (
        Column("calendar", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        *with_interval("working_days", FLOAT, DAYS_LOST, "mean of the days until the finish, lost ones among them"),
        *with_interval("mean", FLOAT, DAYS_LOST, "mean of the days that are lost"),
        *(
            column
            for percent in LOST_DAY_PERCENTS
            for column in with_interval(
                f"p{percent}", FLOAT, DAYS_LOST, f"days that are lost at most in {percent} % of the iterations"
            )
        ),
    ),
)
