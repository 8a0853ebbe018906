"""The star's tables of the health of the plan that each run was computed from."""

from riskengine.star.key_columns import RUN_KEY
from riskengine.star.table import StarTable, taken

FACT_HEALTH = StarTable(
    "fact_health",
    "run and point",
    "How fit the plan of each run is: the fourteen points of the assessment, and the shock test as the fifteenth.",
    (RUN_KEY, *taken("health")),
    key=("run_key", "number"),
)

FACT_HEALTH_FINDING = StarTable(
    "fact_health_finding",
    "run and finding",
    "What would mislead each run, and what is worth a look in its plan.",
    (RUN_KEY, *taken("health_findings")),
    key=("run_key", "number"),
)
