"""Every table of the star schema, declared once; what comes from a results folder keeps its unit and meaning there."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import pyarrow as pa

from riskengine.results.tables.column import Column
from riskengine.results.tables.column_types import LOCAL, MONEY, NONE
from riskengine.star.answer_tables import FACTS_OF_ANSWERS
from riskengine.star.day_columns import DATE, MONTH_START, day_of
from riskengine.star.health_tables import FACT_HEALTH, FACT_HEALTH_FINDING
from riskengine.star.input_tables import (
    BRIDGE_ACTION_RISK,
    BRIDGE_RELATIONSHIP,
    BRIDGE_RISK_TASK,
    BRIDGE_TASK_RESOURCE,
    DIM_ACTION,
    DIM_CHANGE,
    DIM_COST_LINE,
    DIM_ESTIMATE,
    DIM_PROJECT,
)
from riskengine.star.key_columns import GATE_KEY, RISK_KEY, RUN_KEY, TASK_KEY
from riskengine.star.lost_day_table import FACT_LOST_DAY
from riskengine.star.reserve_tables import FACT_CONTINGENCY, FACT_JOINT
from riskengine.star.resource_tables import FACT_RESOURCE, FACT_RESOURCE_PERIOD
from riskengine.star.table import DAY, FLOAT, INSTANT, TEXT, TRUTH, WHOLE, StarTable, taken

SEPARATOR = ";"
POSITIONS = "probability_before mean_delay_before mean_delay mean_cost_before mean_cost"
"""Columns of where a risk stands without and with the actions in force."""
OF_RISK = (
    "name kind owner description active status triggered_by exclusive after if_later_than probability_triggered "
    "probability"
)

TARGET = Column("target", TEXT, NONE, "project, or the id of a named target")
MEASURE = Column("measure", TEXT, NONE, "finish or cost")
FROM_START = "working days of the project calendar after the start of the project"
FROM_DATA_DATE = "working days of the project calendar after the data date, or after the start of a plan without one"
OF_THE_MEASURE = "working days of the project calendar, or currency of the scenario"

DIM_RUN = StarTable(
    "dim_run",
    "run",
    "The runs: what was simulated, at which status, from which seed, and what came of it.",
    (
        RUN_KEY,
        Column("scenario_key", TEXT, NONE, "name of the results folder; runs of one plan at several dates share it"),
        Column("name", TEXT, NONE, "name of the scenario"),
        Column("project", TEXT, NONE, "what scenarios share that have the same draws: a plan and its variants"),
        Column("description", TEXT, NONE, "description of the scenario"),
        Column("status_date", DAY, DATE, "day of the data date; of a plan without one, of its start"),
        Column("data_date", INSTANT, LOCAL, "instant up to which progress is known; null for a plan without one", True),
        Column("start", INSTANT, LOCAL, "start of the project, from which days count at every status date"),
        *taken("project", "days_to_data_date calendar_name hours_per_day changes"),
        *taken("project", "source_tool source_file source_project source_data_date source_status"),
        Column("run", TEXT, NONE, "run id: the same inputs and the same arithmetic give the same"),
        Column(
            "results_checksum",
            TEXT,
            NONE,
            "checksum of the manifest of the results folder, and so of its numbers; of what the run itself wrote where "
            "no table of answers is exported",
        ),
        Column("digest", TEXT, NONE, "SHA-256 of the resolved scenario"),
        Column("seed", TEXT, NONE, "seed of the random streams, a whole number of up to 20 digits"),
        Column("method", TEXT, NONE, "how the iterations were drawn: random, lhs or sobol"),
        Column("iterations", WHOLE, "iterations", "simulated futures"),
        Column("table_error", FLOAT, "share 0..1", "largest error of the quantile tables, in probability"),
        Column("engine", TEXT, NONE, "program that made the run, and its version"),
        Column("numbers", WHOLE, NONE, "version of the arithmetic"),
        Column("decision", TEXT, NONE, "go, no-go or undecided; null without gates", True),
        Column("calendar", TEXT, NONE, "id of the calendar of the project"),
        Column("currency", TEXT, NONE, "currency of every amount of money of the run"),
    ),
    key=("run_key",),
)

DIM_TASK = StarTable(
    "dim_task",
    "run and task",
    "The tasks of each run, with who does them and when the plan has them.",
    (
        RUN_KEY,
        TASK_KEY,
        *taken("tasks", "task name team wbs wbs_name is_milestone type owner tags calendar progress percent_complete"),
        *taken("tasks", "deterministic_start"),
        Column("deterministic_start_date", DAY, DATE, "day of deterministic_start"),
        *taken("tasks", "deterministic_finish"),
        day_of("deterministic_finish_date", "deterministic_finish"),
        *taken("tasks", "deterministic_duration deterministic_float"),
    ),
    key=("run_key", "task"),
)

DIM_RISK = StarTable(
    "dim_risk",
    "run and risk",
    "The risks of each run.",
    (RUN_KEY, RISK_KEY, *taken("risks", f"risk {OF_RISK} {POSITIONS}")),
    key=("run_key", "risk"),
)

DIM_GATE = StarTable(
    "dim_gate",
    "run and gate",
    "The gates of each run: what is asked for.",
    (
        RUN_KEY,
        GATE_KEY,
        *taken("gates", "gate name target finish"),
        day_of("finish_date", "finish", True),
        *taken("gates", "cost confidence"),
    ),
    key=("run_key", "gate"),
)

DIM_DATE = StarTable(
    "dim_date",
    "day",
    "The days of all years in which a date of some run lies, without a gap. It belongs to all runs, so that no join "
    "with it multiplies rows: the only table without a run key.",
    (
        Column("date", DAY, DATE, "the day"),
        Column("year", WHOLE, NONE, "year"),
        Column("quarter", WHOLE, NONE, "quarter of the year, 1 to 4"),
        Column("month", WHOLE, NONE, "month of the year, 1 to 12"),
        Column("month_name", TEXT, NONE, "month in English: January"),
        Column("day", WHOLE, NONE, "day of the month, 1 to 31"),
        Column("weekday", WHOLE, NONE, "day of the week, 1 for Monday to 7 for Sunday"),
        Column("weekday_name", TEXT, NONE, "day of the week in English: Monday"),
        Column("iso_year", WHOLE, NONE, "year that the week belongs to, after ISO 8601"),
        Column("iso_week", WHOLE, NONE, "week of that year, 1 to 53"),
        Column("year_month", TEXT, NONE, "year and month, which sort as dates do: 2027-03"),
        Column("year_quarter", TEXT, NONE, "year and quarter, which sort as dates do: 2027-Q1"),
        MONTH_START,
        Column("month_end", DAY, DATE, "last day of the month"),
    ),
    key=("date",),
)

FACT_ITERATION = StarTable(
    "fact_iteration",
    "run, target and iteration",
    "What each simulated future came to. The cost is the project's in the rows of every target: choose one target "
    "before adding anything up.",
    (
        RUN_KEY,
        *taken("iterations", "iteration"),
        TARGET,
        Column("finish", INSTANT, LOCAL, "finish of the target"),
        day_of("finish_date", "finish"),
        Column("finish_days", FLOAT, FROM_START, "finish of the target"),
        Column("days_from_data_date", FLOAT, FROM_DATA_DATE, "finish of the target"),
        Column("cost", FLOAT, MONEY, "cost of the project"),
    ),
    key=("run_key", "target", "iteration"),
)

FACT_PERCENTILE = StarTable(
    "fact_percentile",
    "run, target, measure and percentile",
    "Percentiles of the finish of every target and of the cost, as order statistics.",
    (
        RUN_KEY,
        TARGET,
        MEASURE,
        *taken("percentiles", "percentile"),
        Column("value", FLOAT, OF_THE_MEASURE, "of a finish, days after the start of the project; or cost", True),
        Column("ci_low", FLOAT, OF_THE_MEASURE, "lower end of its 95 % interval; null beyond the iterations", True),
        Column("ci_high", FLOAT, OF_THE_MEASURE, "upper end of its 95 % interval; null beyond the iterations", True),
        Column("days_from_data_date", FLOAT, FROM_DATA_DATE, "the percentile of a finish; null for cost", True),
        *taken("percentiles", "instant"),
        day_of("date", "instant", True),
        *taken("percentiles", "instant_ci_low instant_ci_high"),
    ),
    key=("run_key", "target", "measure", "percentile"),
)

SUMMARY_DAYS = ("deterministic", "mean", "minimum", "maximum")
"""Columns of the summary that are dates in days, and no differences of them."""

FACT_SUMMARY = StarTable(
    "fact_summary",
    "run, target and measure",
    "Plan value and its chance, mean, spread and contingency of the finish of every target and of the cost. A finish "
    "is in days after the start of the project.",
    (
        RUN_KEY,
        TARGET,
        MEASURE,
        Column(
            "deterministic", FLOAT, OF_THE_MEASURE, "value of the plan at most-likely values, no risk occurring", True
        ),
        *taken("summary", "deterministic_instant"),
        day_of("deterministic_date", "deterministic_instant", True),
        *taken("summary", "chance chance_ci_low chance_ci_high"),
        *taken("summary", "mean mean_ci_low mean_ci_high sd sd_ci_low sd_ci_high"),
        Column("minimum", FLOAT, OF_THE_MEASURE, "smallest simulated value", True),
        Column("maximum", FLOAT, OF_THE_MEASURE, "largest simulated value", True),
        *taken("summary", "contingency_p80 contingency_p80_ci_low contingency_p80_ci_high"),
    ),
    key=("run_key", "target", "measure"),
)

PLANNED = (
    "name team wbs wbs_name is_milestone type owner tags calendar progress percent_complete "
    "deterministic_start deterministic_finish deterministic_duration deterministic_float"
)
"""Columns of tasks that the plan alone says."""

FACT_TASK = StarTable(
    "fact_task",
    "run and task",
    "Dates, duration, cost and influence of every task over the iterations.",
    (
        RUN_KEY,
        TASK_KEY,
        *taken("tasks", but=PLANNED),
        day_of("finish_p50_date", "finish_p50", True),
        day_of("finish_p80_date", "finish_p80", True),
    ),
    key=("run_key", "task"),
)

FACT_CRITICALITY = StarTable(
    "fact_criticality",
    "run, task and target",
    "How often each task is on a longest path to each target.",
    (RUN_KEY, TASK_KEY, *taken("criticality")),
    key=("run_key", "task", "target"),
)

FACT_RISK = StarTable(
    "fact_risk",
    "run and risk",
    "How often each risk occurred, and what it contributes to finish and cost of the project.",
    (RUN_KEY, RISK_KEY, *taken("risks", but=f"{OF_RISK} {POSITIONS}")),
    key=("run_key", "risk"),
)

FACT_GATE = StarTable(
    "fact_gate",
    "run and gate",
    "The answers to the gates.",
    (RUN_KEY, GATE_KEY, *taken("gates", but="name target finish cost confidence")),
    key=("run_key", "gate"),
)

FACT_GATE_ITERATION = StarTable(
    "fact_gate_iteration",
    "run, gate and iteration",
    "Which simulated futures meet which gate: the share of several gates at once is a count of iterations.",
    (
        RUN_KEY,
        GATE_KEY,
        *taken("gates", "gate"),
        *taken("iterations", "iteration"),
        Column("is_met", TRUTH, NONE, "whether the iteration meets every threshold of the gate"),
    ),
    key=("run_key", "gate", "iteration"),
)

FACT_LEVELLING = StarTable(
    "fact_levelling",
    "run, target, measure and statistic",
    "What resource levelling does to finish and cost. A finish is in days after the start of the project.",
    (
        RUN_KEY,
        TARGET,
        MEASURE,
        *taken("levelling", "statistic rule"),
        Column("levelled", FLOAT, OF_THE_MEASURE, "value with levelling", True),
        Column("unlevelled", FLOAT, OF_THE_MEASURE, "value without: resources have no end", True),
        *taken("levelling", "difference difference_ci_low difference_ci_high"),
        *taken("levelling", "levelled_instant unlevelled_instant"),
    ),
    key=("run_key", "target", "measure", "statistic"),
)

FACT_COST_PERIOD = StarTable(
    "fact_cost_period",
    "run, scope, key and month",
    "What is spent in each calendar month and until its end. Means add up, over one scope: teams, and elements of the "
    "WBS, each make up the project. Percentiles do not.",
    (
        RUN_KEY,
        *taken("cost_periods", "scope key name month"),
        MONTH_START,
        *taken("cost_periods", but="scope key name month"),
    ),
    key=("run_key", "scope", "key", "month"),
)

FACT_CORRELATION = StarTable(
    "fact_correlation",
    "run and correlation",
    "What each correlation asks for, and what the run achieved.",
    (RUN_KEY, *taken("correlations")),
    key=("run_key", "correlation"),
)

FACT_CLAUSE = StarTable(
    "fact_clause",
    "run and clause",
    "Damages and bonuses: how likely each is due, and how much of it.",
    (RUN_KEY, *taken("clauses")),
    key=("run_key", "kind", "clause"),
)

STAR: Mapping[str, StarTable] = MappingProxyType(
    {
        table.name: table
        for table in (
            DIM_RUN,
            DIM_TASK,
            DIM_RISK,
            DIM_GATE,
            DIM_DATE,
            DIM_COST_LINE,
            DIM_ESTIMATE,
            DIM_PROJECT,
            DIM_CHANGE,
            DIM_ACTION,
            BRIDGE_ACTION_RISK,
            BRIDGE_RISK_TASK,
            BRIDGE_RELATIONSHIP,
            BRIDGE_TASK_RESOURCE,
            FACT_ITERATION,
            FACT_PERCENTILE,
            FACT_SUMMARY,
            FACT_TASK,
            FACT_CRITICALITY,
            FACT_RISK,
            FACT_GATE,
            FACT_GATE_ITERATION,
            FACT_LEVELLING,
            FACT_RESOURCE,
            FACT_COST_PERIOD,
            FACT_RESOURCE_PERIOD,
            FACT_CORRELATION,
            FACT_CLAUSE,
            FACT_LOST_DAY,
            FACT_CONTINGENCY,
            FACT_JOINT,
            FACT_HEALTH,
            FACT_HEALTH_FINDING,
            *FACTS_OF_ANSWERS,
        )
    }
)
"""Every table by name, dimensions first."""

STAR_VERSION = 15
"""Raised whenever a table or a column is added: databases of an older version get what they lack."""

RUN_STAR = tuple(name for name in STAR if name != DIM_DATE.name)
"""The tables whose rows belong to a run."""

BY_ITERATION = ("fact_iteration", "fact_gate_iteration")
"""The tables with a row for each iteration: millions of rows, where the others have thousands."""


def select(names: Iterable[str]) -> tuple[StarTable, ...]:
    """Return tables by their names, in the order of the dictionary."""
    wanted = set(names)
    return tuple(table for name, table in STAR.items() if name in wanted)


@cache
def schema_of(name: str) -> pa.Schema:
    """Return the Arrow schema of a table; a process makes each once."""
    return STAR[name].schema()


def schema_digest(names: Iterable[str]) -> str:
    """Return what tells whether two versions of some tables are the same: names and types of all columns, hashed."""
    lines = [
        f"{table.name} {column.name} {column.type} {column.nullable}"
        for table in select(names)
        for column in table.columns
    ]
    return hashlib.sha256("\n".join(lines).encode("ascii")).hexdigest()
