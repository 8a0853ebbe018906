"""The star's table of the days that calendars lose by chance."""

from riskengine.star.key_columns import RUN_KEY
from riskengine.star.table import StarTable, taken

FACT_LOST_DAY = StarTable(
    "fact_lost_day",
    "run and calendar",
    "Days that calendars lose by chance until the project is finished.",
    (RUN_KEY, *taken("lost_days")),
    key=("run_key", "calendar"),
)
