"""Tables of what a confidence takes: beyond the plan, and of finish and cost at once."""

from fractions import Fraction

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.column_types import FLOAT, INSTANT, LOCAL, MONEY, NONE, SHARE, TEXT, WHOLE, with_interval

CONFIDENCES = tuple(Fraction(percent, 100) for percent in (50, 60, 70, 80, 90, 95))
"""Probabilities that the table of contingencies has rows for."""

CONTINGENCY = TableKind(
    "contingency",
    "target, measure and confidence",
    "What a confidence takes of the finish of every target and of the cost: the percentile, and by how much it is "
    "beyond the plan and beyond the mean, from 50 % to 95 %.",
    (
        Column("target", TEXT, NONE, "project, or the id of a named target"),
        Column("measure", TEXT, NONE, "finish (in working days of the project calendar) or cost (in currency)"),
        Column("confidence", FLOAT, SHARE, "probability with which finish or cost is kept, each by itself"),
        *with_interval("percentile", FLOAT, "of the measure", "what that takes; of a finish, days after the start"),
        *with_interval("instant", INSTANT, LOCAL, "the same of a finish as a date; null for cost"),
        *with_interval("from_plan", FLOAT, "of the measure", "percentile less the deterministic plan"),
        *with_interval("from_mean", FLOAT, "of the measure", "percentile less the mean"),
    ),
)

FRONTIER, EQUAL, EACH, PLAN, GATE = "frontier", "equal percentiles", "each at level", "plan", "gate"
"""Points of the table of joint confidence."""

JOINT = TableKind(
    "joint",
    "date and amount",
    "How sure it is that a date and an amount are kept at once: with what money each date is, with the probability "
    "level (frontier, 10 dates and the last); where finish and cost are at equal percentiles for it; where each is at "
    "level by itself; the plan's own pair; and each gate on both. Rules in docs/semantics.md, 7.8. Empty where nothing "
    "costs anything.",
    (
        Column("number", WHOLE, NONE, "number of the row, from 0"),
        Column("point", TEXT, NONE, f"{FRONTIER}, {EQUAL}, {EACH}, {PLAN} or {GATE}"),
        Column("gate", TEXT, NONE, "id of the gate; empty for other points"),
        Column("target", TEXT, NONE, "whose finish: project, or the id of a named target"),
        Column(
            "level",
            FLOAT,
            SHARE,
            "probability asked for of both at once: of the first gate on both, else 0.7; null for the plan and gates",
            True,
        ),
        *with_interval(
            "finish", INSTANT, LOCAL, "last instant that keeps the date; without an interval where it was chosen"
        ),
        *with_interval(
            "cost",
            FLOAT,
            MONEY,
            "largest amount that is within; without an interval where it was chosen",
        ),
        *with_interval("on_time", FLOAT, SHARE, "probability that the date is kept, whatever the cost"),
        *with_interval("in_budget", FLOAT, SHARE, "probability that the amount is kept, whatever the date"),
        *with_interval("joint", FLOAT, SHARE, "probability of both at once; null where it is level by its making"),
    ),
)
