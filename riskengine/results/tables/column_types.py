"""Types, units and intervals of columns, as the declarations of the tables use them.

Types are the ones that every BI tool reads: float64, int64, bool, utf8 and timestamp[us] in local wall-clock time.
"""

import pyarrow as pa

from riskengine.results.tables.column import Column

FLOAT, WHOLE, TRUTH, TEXT, INSTANT = pa.float64(), pa.int64(), pa.bool_(), pa.utf8(), pa.timestamp("us")

DAYS, TASK_DAYS, MONEY, SHARE, LOCAL = (
    "working days of the project calendar",
    "working days of the task's calendar",
    "currency of the scenario",
    "share 0..1",
    "local wall-clock time",
)
NONE = "-"


def with_interval(name: str, kind: pa.DataType, unit: str, meaning: str) -> tuple[Column, ...]:
    """Return a nullable column and the two ends of its interval."""
    return (
        Column(name, kind, unit, meaning, True),
        Column(f"{name}_ci_low", kind, unit, f"lower end of the 95 % interval of {name}", True),
        Column(f"{name}_ci_high", kind, unit, f"upper end of the 95 % interval of {name}", True),
    )
