"""Tables of the health of the plan that a run was computed from: rules in docs/schedule-health.md."""

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.column_types import FLOAT, NONE, TEXT, WHOLE

HEALTH = TableKind(
    "health",
    "point of the DCMA assessment, and the shock test",
    "How fit the plan is for a risk run, with all uncertainty off: the fourteen points, and whether the finish moves "
    "when a task grows; rules in docs/schedule-health.md.",
    (
        Column("number", WHOLE, NONE, "1 to 14: the point of the assessment; 15: the shock test"),
        Column("code", TEXT, NONE, "code that `riskengine explain` explains"),
        Column("name", TEXT, NONE, "name of the point"),
        Column(
            "numerator", FLOAT, NONE, "what was counted; working days for point 13; null where nothing can be", True
        ),
        Column("denominator", FLOAT, NONE, "out of how many; working days for point 13; null likewise", True),
        Column("value", FLOAT, NONE, "numerator / denominator; null where there is nothing to divide by", True),
        Column("bound", FLOAT, NONE, "what the value is held against; null without such a number", True),
        Column("threshold", TEXT, NONE, "what is asked for, in words"),
        Column("result", TEXT, NONE, "pass, fail, not assessable or for information"),
        Column("behind", TEXT, NONE, "tasks or relationships that were counted, as a JSON list"),
        Column("remark", TEXT, NONE, "why it cannot be assessed, or how it was counted"),
    ),
)

HEALTH_FINDINGS = TableKind(
    "health_findings",
    "finding",
    "What `riskengine check --health` says of the plan: what would mislead a risk run, and what is worth a look.",
    (
        Column("number", WHOLE, NONE, "number of the finding, from 1"),
        Column("code", TEXT, NONE, "code that `riskengine explain` explains"),
        Column("level", TEXT, NONE, "warning where a risk run would be misled, else note"),
        Column("title", TEXT, NONE, "kind of finding"),
        Column("words", TEXT, NONE, "what was found"),
        Column("count", WHOLE, NONE, "tasks, relationships or risks that are behind it"),
        Column("behind", TEXT, NONE, "which these are, as a JSON list"),
    ),
)

HEALTH_TABLES = (HEALTH, HEALTH_FINDINGS)
