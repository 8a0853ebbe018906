"""The star's tables of resources: how far they are used, over the whole run and by month."""

from riskengine.star.day_columns import MONTH_START
from riskengine.star.key_columns import RESOURCE_KEY, RUN_KEY
from riskengine.star.table import StarTable, taken

FACT_RESOURCE = StarTable(
    "fact_resource",
    "run and resource",
    "How far resources with a capacity are used in a levelled scenario.",
    (RUN_KEY, RESOURCE_KEY, *taken("resources")),
    key=("run_key", "resource"),
)

FACT_RESOURCE_PERIOD = StarTable(
    "fact_resource_period",
    "run, resource and month",
    "Units of each resource in use in each calendar month.",
    (
        RUN_KEY,
        RESOURCE_KEY,
        *taken("resource_periods", "resource name month"),
        MONTH_START,
        *taken("resource_periods", but="resource name month"),
    ),
    key=("run_key", "resource", "month"),
)
