"""The table of damages and bonuses."""

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.column_types import FLOAT, INSTANT, LOCAL, MONEY, NONE, SHARE, TEXT, with_interval

CLAUSES = TableKind(
    "clauses",
    "clause",
    "Damages for late targets, then bonuses for early ones: how likely each is due, and how much of it; rules in "
    "docs/semantics.md, 6.9. Amounts have no sign: damages raise the cost, a bonus lowers it.",
    (
        Column("clause", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        Column("kind", TEXT, NONE, "damages or bonus"),
        Column("target", TEXT, NONE, "project, or the id of a task: whose finish it looks at"),
        Column("date", INSTANT, LOCAL, "from which it counts"),
        Column("rate", FLOAT, MONEY, "for each day or week, as per says"),
        Column("per", TEXT, NONE, "day or week: 24 hours, or seven times that, on the clock"),
        Column("most", FLOAT, MONEY, "cap; null where there is none", True),
        Column("deterministic", FLOAT, MONEY, "due in the plan at most-likely values, no risk occurring"),
        *with_interval("chance", FLOAT, SHARE, "probability that anything is due"),
        *with_interval("mean", FLOAT, MONEY, "mean of what is due over all iterations"),
        *with_interval("p80", FLOAT, MONEY, "what is due at most in 80 % of the iterations"),
    ),
)
