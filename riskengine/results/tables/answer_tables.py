"""Tables of answers that somebody asked for: they join the folder of a run when they are to be kept there."""

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.column_types import FLOAT, INSTANT, LOCAL, MONEY, NONE, SHARE, TEXT, WHOLE, with_interval
from riskengine.results.tables.driver_tables import DRIVER_TABLES

CONTRIBUTIONS = TableKind(
    "contributions",
    "measure, statistic and part",
    "What each source of risk contributes to mean, P50, P80 and P90 of finish and cost, and to the chance of each "
    "gate: rules in docs/semantics.md, 7.12. What stands between plan and all adds up from the one to the other.",
    (
        Column("measure", TEXT, NONE, "finish (working days of the project calendar), cost (currency) or gate (share)"),
        Column("statistic", TEXT, NONE, "mean, p50, p80 or p90; the id of a gate"),
        Column("number", WHOLE, NONE, "number of the part, from 0"),
        Column(
            "kind",
            TEXT,
            NONE,
            "plan (the deterministic one), rest (what no player has of what is uncertain), estimates, risk, "
            "correlation, weather, existence or levelling (players), together (what only several do), or all (the run)",
        ),
        Column("player", TEXT, NONE, "id of the risk, or group of the estimates; empty where there is but one"),
        Column("name", TEXT, NONE, "what that is called"),
        Column(
            "value",
            FLOAT,
            "of the measure",
            "of plan and all, the number itself; of what stands between them, what it adds",
        ),
        Column("ci_low", FLOAT, "of the measure", "lower end of the 95 % interval of value", True),
        Column("ci_high", FLOAT, "of the measure", "upper end of the 95 % interval of value", True),
        Column("rule", TEXT, NONE, "shapley, remove-one, add-one or greedy"),
        Column("target", TEXT, NONE, "whose finish: project, or the id of a named target"),
    ),
)

OF_TEAM = (
    Column("kind", TEXT, NONE, "team, owner or resource"),
    Column("key", TEXT, NONE, "the team, the owner, or the id of the resource"),
    Column("name", TEXT, NONE, "what that is called; empty where it has no name"),
)

TEAMS = TableKind(
    "teams",
    "team, owner and resource",
    "How often the work of each is on a longest path to the finish of the project; docs/semantics.md, 7.11.",
    (
        *OF_TEAM,
        Column("tasks", WHOLE, NONE, "how many tasks"),
        *with_interval("driving", FLOAT, SHARE, "share of the iterations in which any of its work drives the finish"),
        Column("iterations", WHOLE, "iterations", "the first ones of the run, from which this row is computed"),
    ),
)

TEAM_MONTHS = TableKind(
    "team_months",
    "team, owner or resource, and calendar month",
    "When each has work, and how often that drives the finish; docs/semantics.md, 7.11.",
    (
        *OF_TEAM,
        Column("month", INSTANT, LOCAL, "first instant of the month"),
        *with_interval("work", FLOAT, SHARE, "share of the iterations in which it has work in the month"),
        *with_interval("driving", FLOAT, SHARE, "share of those in which its work there drives the finish"),
        *(
            column
            for percent in (10, 50, 80)
            for column in with_interval(
                f"load_p{percent}", FLOAT, "working days x units", f"P{percent} of its work in the month"
            )
        ),
    ),
)

HAND_OVERS = TableKind(
    "hand_overs",
    "task that others wait for, and who hands it over",
    "What each finishes and another of its kind waits for.",
    (
        *OF_TEAM,
        Column("task", TEXT, NONE, "id"),
        Column("to", TEXT, NONE, "who waits, as a JSON list"),
        *(
            column
            for percent in (50, 80)
            for column in with_interval(f"finish_p{percent}", INSTANT, LOCAL, f"P{percent} of the finish of the task")
        ),
    ),
)

CONTINGENCY_PARTS = TableKind(
    "contingency_parts",
    "part of the contingency, and what adding parts up comes to",
    "Whose the contingency of finish and cost is at the confidence that was asked for, beyond the plan: rules in "
    "docs/semantics.md, 7.13. Risks with what is not of one alone add up to it, and so do elements with what is of no "
    "task, and tasks likewise.",
    (
        Column("number", WHOLE, NONE, "number of the row, from 0"),
        Column("confidence", FLOAT, SHARE, "probability with which finish and cost are kept, each by itself"),
        Column("measure", TEXT, NONE, "finish (in working days of the project calendar) or cost (in currency)"),
        Column(
            "kind",
            TEXT,
            NONE,
            "risk, together (not of one risk alone), element (of the WBS), task, rest (of no task), remaining (after a "
            "month), added (the percentiles of all parts, less the plan) or excess (that less the contingency)",
        ),
        Column("key", TEXT, NONE, "id of the risk or task, code of the element; empty for others"),
        Column("name", TEXT, NONE, "what that is called"),
        Column("month", INSTANT, LOCAL, "first instant of the month after which it remains; null for others", True),
        *with_interval("value", FLOAT, "of the measure", "the part"),
        Column("iterations", WHOLE, "iterations", "the first ones of the run, from which this row is computed"),
    ),
)

OUTSIDE_VIEW = TableKind(
    "outside_view",
    "date or amount",
    "The plan beside finished projects: dates and amounts as multiples of the plan, how often the simulation keeps "
    "them, and how many finished projects stayed within as much; rules in docs/semantics.md, 7.16.",
    (
        Column("number", WHOLE, NONE, "number of the row, from 0"),
        Column("measure", TEXT, NONE, "finish or cost"),
        Column(
            "kind",
            TEXT,
            NONE,
            "past (a percentile of finished projects), simulated (one of the run), gate (what it asks for) or uplift "
            "(of the Green Book)",
        ),
        Column("key", TEXT, NONE, "p50, p80 or p90; the id of the gate; the kind of project of the Green Book"),
        Column("name", TEXT, NONE, "what that is called; empty for percentiles"),
        *with_interval(
            "ratio", FLOAT, "multiple of the plan", "the date or amount over the plan, from start or data date"
        ),
        *with_interval("instant", INSTANT, LOCAL, "the date; null for cost"),
        *with_interval("amount", FLOAT, MONEY, "the amount; null for finish"),
        *with_interval("simulated_share", FLOAT, SHARE, "share of the iterations that keep it"),
        *with_interval("past_share", FLOAT, SHARE, "share of the finished projects that stayed within the multiple"),
        Column("past_projects", WHOLE, "finished projects", "how many there are; 0 for none"),
    ),
)

ANSWER_TABLES = (*DRIVER_TABLES, CONTRIBUTIONS, CONTINGENCY_PARTS, OUTSIDE_VIEW, TEAMS, TEAM_MONTHS, HAND_OVERS)
"""Tables that a results folder has only where they were asked for."""
