"""The columns of the table of tasks about margins: how often they sufficed."""

from riskengine.results.tables.column import Column
from riskengine.results.tables.column_types import FLOAT, SHARE, TASK_DAYS, with_interval

MARGINS = (
    Column("margin_days", FLOAT, TASK_DAYS, "time that the plan sets aside; null for a task that is no margin", True),
    *with_interval(
        "margin_suffices",
        FLOAT,
        SHARE,
        "share of iterations in which a margin ends no later than in the plan; null for a task that is no margin",
    ),
)
