"""The tables of a batch: its scenarios side by side, and their gates."""

import pyarrow as pa

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.column_types import (
    DAYS,
    FLOAT,
    INSTANT,
    LOCAL,
    MONEY,
    NONE,
    SHARE,
    TEXT,
    TRUTH,
    WHOLE,
    with_interval,
)

DATE = pa.date32()
CALENDAR_DAYS = "days of 24 hours"

PORTFOLIO = TableKind(
    "portfolio",
    "scenario",
    "One row for each scenario of a batch; what a refused scenario cannot say is null.",
    (
        Column(
            "scenario_key", TEXT, NONE, "name of the results folder: unique in a batch, and the key of other tables"
        ),
        Column("scenario", TEXT, NONE, "file of the scenario, as given"),
        Column("status", TEXT, NONE, "done, refused (faults in the scenario) or failed (results or disk)"),
        Column("message", TEXT, NONE, "why there is no result; empty when done"),
        Column("run", TEXT, NONE, "run id", True),
        Column("name", TEXT, NONE, "name of the scenario", True),
        Column(
            "project",
            TEXT,
            NONE,
            "name that scenarios with the same draws share, such as a plan and its variants",
            True,
        ),
        Column("status_date", DATE, NONE, "data date where the plan has one, else its start", True),
        Column("currency", TEXT, NONE, "currency of the money columns", True),
        Column("iterations", WHOLE, "iterations", "iterations of the run", True),
        Column("deterministic_finish", INSTANT, LOCAL, "finish at most-likely values, no risk occurring", True),
        *with_interval("finish_p50", INSTANT, LOCAL, "P50 of the finish"),
        *with_interval("finish_p80", INSTANT, LOCAL, "P80 of the finish"),
        Column("finish_days_p50", FLOAT, DAYS, "P50 of the finish, in days after the start", True),
        Column("finish_days_p80", FLOAT, DAYS, "P80 of the finish, in days after the start", True),
        *with_interval("cost_p50", FLOAT, MONEY, "P50 of the cost"),
        *with_interval("cost_p80", FLOAT, MONEY, "P80 of the cost"),
        Column("has_cost", TRUTH, NONE, "whether the project costs anything in any iteration", True),
        Column("decision", TEXT, NONE, "go, no-go or undecided; null without gates", True),
        Column(
            "gate", TEXT, NONE, "id of the weakest gate: the worst answer, then the least chance for what it asks", True
        ),
        Column("gate_name", TEXT, NONE, "name of that gate", True),
        Column("chance", FLOAT, SHARE, "probability of meeting that gate", True),
        Column("chance_ci_low", FLOAT, SHARE, "lower end of its interval, at the level of the gate", True),
        Column("chance_ci_high", FLOAT, SHARE, "upper end of that interval", True),
        Column("confidence", FLOAT, SHARE, "probability that it asks for", True),
        Column(
            "finish_gate",
            TEXT,
            NONE,
            "id of the gate with a date that its target's P80 finish is nearest to or most behind",
            True,
        ),
        Column("commitment", INSTANT, LOCAL, "that date: the last acceptable instant", True),
        *with_interval(
            "slack_p50", FLOAT, CALENDAR_DAYS, "from the P50 finish to the commitment; negative where it is behind"
        ),
        *with_interval(
            "slack_p80", FLOAT, CALENDAR_DAYS, "from the P80 finish to the commitment; negative where it is behind"
        ),
        Column("cost_gate", TEXT, NONE, "id of the gate with the least cost", True),
        Column("cost_commitment", FLOAT, MONEY, "that cost: the largest acceptable one", True),
        *with_interval("cost_slack_p80", FLOAT, MONEY, "that cost less the P80 cost; negative where it is exceeded"),
        Column(
            "driver",
            TEXT,
            NONE,
            "id of the risk that adds most to the P80 finish, or to its mean where none does, else of the first task",
            True,
        ),
        Column("driver_kind", TEXT, NONE, "risk, or task (largest ssi) where no risk adds anything", True),
        Column("driver_name", TEXT, NONE, "name of the driver", True),
        *with_interval("driver_days", FLOAT, DAYS, "contribution of the risk to the P80 finish; null for a task"),
        Column(
            "previous_run",
            TEXT,
            NONE,
            "id of the run before, that its folder held until its inputs changed; null where there is none",
            True,
        ),
        Column("previous_status_date", DATE, NONE, "status date of the run before", True),
        Column("previous_decision", TEXT, NONE, "decision of the run before", True),
        Column("previous_chance", FLOAT, SHARE, "chance of the weakest gate in the run before", True),
        Column("previous_finish_p50", INSTANT, LOCAL, "P50 of the finish in the run before", True),
        Column("previous_finish_p80", INSTANT, LOCAL, "P80 of the finish in the run before", True),
        Column("previous_cost_p80", FLOAT, MONEY, "P80 of the cost in the run before", True),
    ),
)


def portfolio_gates(gates: TableKind) -> TableKind:
    """Return the table of the gates of a batch: the columns of a run's gates, and percentiles beside them."""
    return TableKind(
        "portfolio_gates",
        "scenario and gate",
        "The gates of every scenario of a batch, with the percentiles of what they ask about.",
        (
            Column("scenario_key", TEXT, NONE, "name of the results folder, as in portfolio"),
            Column("run", TEXT, NONE, "run id"),
            *(column for column in gates.columns if column.name not in ("count", "iterations")),
            *with_interval("finish_p50", INSTANT, LOCAL, "P50 of the finish of the target"),
            *with_interval("finish_p80", INSTANT, LOCAL, "P80 of the finish of the target"),
            *with_interval(
                "slack_p50", FLOAT, CALENDAR_DAYS, "from that P50 to finish; null where the gate asks for no date"
            ),
            *with_interval(
                "slack_p80", FLOAT, CALENDAR_DAYS, "from that P80 to finish; null where the gate asks for no date"
            ),
            *with_interval("cost_p50", FLOAT, MONEY, "P50 of the cost of the project"),
            *with_interval("cost_p80", FLOAT, MONEY, "P80 of the cost of the project"),
            *with_interval("cost_slack_p50", FLOAT, MONEY, "cost less that P50; null where the gate asks for no cost"),
            *with_interval("cost_slack_p80", FLOAT, MONEY, "cost less that P80; null where the gate asks for no cost"),
        ),
    )
