"""Every table and column of a results folder, declared once: name, type, unit, meaning.

Types are the ones that every BI tool reads: float64, int64, bool, utf8, date32 and timestamp[us] in local wall-clock
time. Intervals are 95 % intervals unless the column says otherwise.
"""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.results.tables.answer_tables import ANSWER_TABLES
from riskengine.results.tables.batch_tables import PORTFOLIO, portfolio_gates
from riskengine.results.tables.clause_table import CLAUSES
from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.column_types import (
    DAYS,
    FLOAT,
    INSTANT,
    LOCAL,
    MONEY,
    NONE,
    SHARE,
    TASK_DAYS,
    TEXT,
    TRUTH,
    WHOLE,
    with_interval,
)
from riskengine.results.tables.health_tables import HEALTH_TABLES
from riskengine.results.tables.input_tables import INPUT_TABLES, RISK_INPUTS, TASK_INPUTS
from riskengine.results.tables.lost_day_table import LOST_DAYS
from riskengine.results.tables.margin_columns import MARGINS
from riskengine.results.tables.reserve_tables import CONTINGENCY, JOINT

TASK_PERCENTS = (10, 50, 80, 90)
FLOAT_PERCENTS = (10, 50, 90)
"""Percentiles of a task's dates that have columns of their own."""
PERIOD_PERCENTS = (10, 50, 80)
"""Percentiles of what happens in a month."""
EFFECT_STATISTICS = ("mean", "p50", "p80", "p90")
"""Statistics of the project for which the contribution of a risk has columns of its own."""

OFF = "off"
"""Method of contributions that a run was asked to leave out."""

ITERATIONS = TableKind(
    "iterations",
    "iteration",
    "What each simulated future of the project came to.",
    (
        Column("iteration", WHOLE, NONE, "number of the iteration, from 0; blocks of 256 share a replicate"),
        Column("finish", INSTANT, LOCAL, "finish of the project"),
        Column("finish_days", FLOAT, DAYS, "finish of the project, in working days after the start or data date"),
        Column("cost", FLOAT, MONEY, "cost of the project"),
    ),
    (
        Column("finish", INSTANT, LOCAL, "finish of the target"),
        Column("finish_days", FLOAT, DAYS, "finish of the target, in working days after the start or data date"),
    ),
)

SUMMARY = TableKind(
    "summary",
    "target and measure",
    "Deterministic value and its chance, mean, spread and contingency of the finish of every target and of the cost.",
    (
        Column("target", TEXT, NONE, "project, or the id of a named target"),
        Column("measure", TEXT, NONE, "finish (in working days of the project calendar) or cost (in currency)"),
        Column("deterministic", FLOAT, "of the measure", "value of the plan at most-likely values, no risk occurring"),
        Column("deterministic_instant", INSTANT, LOCAL, "the same as a date; null for cost", True),
        Column("chance", FLOAT, SHARE, "probability of at most deterministic; of a finish, by deterministic_instant"),
        Column("chance_ci_low", FLOAT, SHARE, "lower end of the 95 % interval of chance"),
        Column("chance_ci_high", FLOAT, SHARE, "upper end of the 95 % interval of chance"),
        *with_interval("mean", FLOAT, "of the measure", "mean over the iterations"),
        *with_interval("sd", FLOAT, "of the measure", "standard deviation over the iterations; null for one iteration"),
        Column("minimum", FLOAT, "of the measure", "smallest simulated value"),
        Column("maximum", FLOAT, "of the measure", "largest simulated value"),
        *with_interval("contingency_p80", FLOAT, "of the measure", "P80 less the deterministic value"),
    ),
)

PERCENTILES = TableKind(
    "percentiles",
    "target, measure and percentile",
    "Percentiles as order statistics: P_p is the ceil(n p)-th smallest of the n simulated values.",
    (
        Column("target", TEXT, NONE, "project, or the id of a named target"),
        Column("measure", TEXT, NONE, "finish (in working days of the project calendar) or cost (in currency)"),
        Column("percentile", FLOAT, "percent", "share of iterations in which the value is not exceeded"),
        Column("value", FLOAT, "of the measure", "the percentile; for a finish, working days after the start"),
        Column("ci_low", FLOAT, "of the measure", "lower end of its interval; null beyond the sample", True),
        Column("ci_high", FLOAT, "of the measure", "upper end of its interval; null beyond the sample", True),
        Column("instant", INSTANT, LOCAL, "the percentile of a finish as a date; null for cost", True),
        Column("instant_ci_low", INSTANT, LOCAL, "lower end of its interval as a date", True),
        Column("instant_ci_high", INSTANT, LOCAL, "upper end of its interval as a date", True),
    ),
)

TASKS = TableKind(
    "tasks",
    "task",
    "Dates, duration, cost and influence of every task, over the iterations kept for tasks.",
    (
        Column("task", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        Column("team", TEXT, NONE, "team"),
        Column("wbs", TEXT, NONE, "work breakdown code"),
        Column("wbs_name", TEXT, NONE, "what the element with that code is called; empty where it has no name"),
        Column("is_milestone", TRUTH, NONE, "whether the task has no duration at all"),
        *TASK_INPUTS,
        Column("kept", WHOLE, "iterations", "iterations kept for tasks; the ones this row is computed from"),
        Column("deterministic_start", INSTANT, LOCAL, "start in the plan at most-likely values, no risk occurring"),
        Column("deterministic_finish", INSTANT, LOCAL, "finish in that plan"),
        Column("deterministic_duration", FLOAT, TASK_DAYS, "duration in that plan"),
        *(
            column
            for date in ("start", "finish")
            for p in TASK_PERCENTS
            for column in with_interval(f"{date}_p{p}", INSTANT, LOCAL, f"P{p} of the {date}")
        ),
        *with_interval("duration_mean", FLOAT, TASK_DAYS, "mean duration, risks included"),
        *with_interval("duration_sd", FLOAT, TASK_DAYS, "standard deviation of the duration"),
        *with_interval("cost_mean", FLOAT, MONEY, "mean cost of the task"),
        *with_interval("cost_p80", FLOAT, MONEY, "P80 of the cost of the task"),
        *with_interval(
            "existence", FLOAT, SHARE, "share of iterations in which there is such a task; 1 for one that always exists"
        ),
        Column("criticality", FLOAT, SHARE, "share of all iterations in which the task is on a longest path"),
        Column("criticality_ci_low", FLOAT, SHARE, "lower end of the 95 % interval of criticality"),
        Column("criticality_ci_high", FLOAT, SHARE, "upper end of the 95 % interval of criticality"),
        *with_interval(
            "criticality_existing",
            FLOAT,
            SHARE,
            "share of the iterations with such a task in which it is on a longest path; null where there are none",
        ),
        *with_interval("cruciality", FLOAT, NONE, "|Spearman rank correlation| of duration and project finish"),
        *with_interval("ssi", FLOAT, NONE, "criticality x sd of the duration / sd of the project's finish days"),
        *with_interval(
            "significance",
            FLOAT,
            NONE,
            "Williams' index over the iterations of float: mean of duration / (duration + total float, 0 at the least)"
            " x project's days / their mean",
        ),
        *MARGINS,
        Column("deterministic_float", FLOAT, TASK_DAYS, "total float in the deterministic plan", True),
        Column("floated", WHOLE, "iterations", "iterations whose float was computed, the first of those kept"),
        *with_interval("float_mean", FLOAT, TASK_DAYS, "mean total float"),
        *(
            column
            for p in FLOAT_PERCENTS
            for column in with_interval(f"float_p{p}", FLOAT, TASK_DAYS, f"P{p} of the total float")
        ),
    ),
)

CRITICALITY = TableKind(
    "criticality",
    "task and target",
    "How often each task is on a longest path to each target; ties count for every tied path.",
    (
        Column("task", TEXT, NONE, "id of the task"),
        Column("target", TEXT, NONE, "project, or the id of a named target"),
        Column("count", WHOLE, "iterations", "iterations in which the task is on a longest path to the target"),
        Column("criticality", FLOAT, SHARE, "count / iterations"),
        Column("ci_low", FLOAT, SHARE, "lower end of the interval of criticality"),
        Column("ci_high", FLOAT, SHARE, "upper end of the interval of criticality"),
        *with_interval(
            "criticality_existing", FLOAT, SHARE, "count / iterations in which there is such a task; null where none is"
        ),
    ),
)

RISKS = TableKind(
    "risks",
    "risk",
    "How often each risk occurs, and what it contributes to finish and cost of the project.",
    (
        Column("risk", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        Column("kind", TEXT, NONE, "threat, opportunity or driver"),
        *RISK_INPUTS,
        Column(
            "probability",
            FLOAT,
            SHARE,
            "probability that it occurs, of all futures; 0 where it is switched off; where it waits for a date, the "
            "share of iterations in which it occurred, or as much as they leave open where it always did, or never",
        ),
        *with_interval("occurrence", FLOAT, SHARE, "share of iterations in which it occurred"),
        Column(
            "method",
            TEXT,
            NONE,
            "how contributions are measured: paired (the same iterations run without the risk), conditional "
            "(probability x difference of means with and without its occurrence; no percentiles), none, or off (the "
            "run was asked to leave contributions out: --no-contributions)",
        ),
        Column("iterations", WHOLE, "iterations", "iterations behind the contributions: the first ones of the run"),
        *(
            column
            for measure, unit, noun in (("days", DAYS, "finish"), ("cost", MONEY, "cost"))
            for statistic in EFFECT_STATISTICS
            for column in with_interval(
                f"{measure}_{statistic}", FLOAT, unit, f"contribution to the {statistic} of the project's {noun}"
            )
        ),
    ),
)

GATES = TableKind(
    "gates",
    "gate",
    "The questions of the scenario and their answers.",
    (
        Column("gate", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        Column("target", TEXT, NONE, "project, or the id of a named target"),
        Column("finish", INSTANT, LOCAL, "last acceptable instant; null where the gate does not ask", True),
        Column("cost", FLOAT, MONEY, "largest acceptable cost; null where the gate does not ask", True),
        Column("confidence", FLOAT, SHARE, "probability asked for"),
        Column("count", WHOLE, "iterations", "iterations that meet every threshold of the gate"),
        Column("iterations", WHOLE, "iterations", "iterations of the run"),
        Column("probability", FLOAT, SHARE, "count / iterations"),
        Column("ci_low", FLOAT, SHARE, "lower end of the interval of probability"),
        Column("ci_high", FLOAT, SHARE, "upper end of the interval of probability"),
        Column("level", FLOAT, SHARE, "level of that interval: 0.95, or more where the run looked several times"),
        Column("answer", TEXT, NONE, "pass, fail or undecided: the interval against the confidence"),
    ),
)

LEVELLING = TableKind(
    "levelling",
    "target, measure and statistic",
    "What resource levelling does to finish and cost: the same iterations with and without; empty without levelling.",
    (
        Column("target", TEXT, NONE, "project, or the id of a named target"),
        Column("measure", TEXT, NONE, "finish (in working days of the project calendar) or cost (in currency)"),
        Column("statistic", TEXT, NONE, "deterministic, mean, p50, p80 or p90"),
        Column("rule", TEXT, NONE, "priority rule: late finish, total float, early start, priority or shortest"),
        Column("levelled", FLOAT, "of the measure", "value with levelling"),
        Column("unlevelled", FLOAT, "of the measure", "value without: resources have no end"),
        *with_interval("difference", FLOAT, "of the measure", "levelled less unlevelled, of the same iterations"),
        Column("levelled_instant", INSTANT, LOCAL, "the levelled finish as a date; null for a mean and for cost", True),
        Column("unlevelled_instant", INSTANT, LOCAL, "the unlevelled finish as a date; null likewise", True),
    ),
)

RESOURCES = TableKind(
    "resources",
    "resource",
    "How far resources with a capacity are used in a levelled scenario; empty without levelling.",
    (
        Column("resource", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        Column("capacity", FLOAT, "units", "units that there are at once"),
        Column("demand", FLOAT, "units", "the most that the deterministic plan without levelling needs at once"),
        Column("iterations", WHOLE, "iterations", "iterations behind the shares: the first ones of the run"),
        *with_interval("use", FLOAT, SHARE, "units held, over the capacity and the time from start to finish"),
        *with_interval("full", FLOAT, SHARE, "part of that time in which no unit is free"),
    ),
)

COST_PERIODS = TableKind(
    "cost_periods",
    "calendar month, and in it for the project, each team and each top element of the WBS",
    "What is spent in each month and until its end, over the iterations of the table: rules in docs/semantics.md, 6.4 "
    "to 6.8. Months follow one another from the first money to the last; empty where nothing costs anything.",
    (
        Column("scope", TEXT, NONE, "project, team or wbs (100 of each, the costliest), other teams, other elements"),
        Column("key", TEXT, NONE, "the team, or the code of the element; empty for the project and for nobody's money"),
        Column("name", TEXT, NONE, "what that is called; empty where it has no name"),
        Column("month", INSTANT, LOCAL, "first instant of the month"),
        Column("iterations", WHOLE, "iterations", "iterations behind the row: the first ones of the run"),
        *(
            column
            for part, noun in (("cost", "the cost of the month"), ("cumulative", "the cost up to the month's end"))
            for column in (
                Column(f"deterministic_{part}", FLOAT, MONEY, f"{noun} in the plan at most-likely values"),
                *with_interval(f"{part}_mean", FLOAT, MONEY, f"mean of {noun}"),
                *(
                    column
                    for p in PERIOD_PERCENTS
                    for column in with_interval(f"{part}_p{p}", FLOAT, MONEY, f"P{p} of {noun}")
                ),
            )
        ),
    ),
)

RESOURCE_PERIODS = TableKind(
    "resource_periods",
    "calendar month and resource",
    "Units of each resource in use in each month, levelled or not, over the iterations of the table: rules in "
    "docs/semantics.md, 8.8 and 8.9. Months follow one another from the first use to the last; empty where no task "
    "uses any.",
    (
        Column("resource", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        Column("month", INSTANT, LOCAL, "first instant of the month"),
        Column("iterations", WHOLE, "iterations", "iterations behind the row: the first ones of the run"),
        Column("capacity", FLOAT, "units", "units that there are at once; null where there is no end of them", True),
        *(
            column
            for part, noun in (
                ("average", "units in use on average over the resource's working time in the month"),
                ("peak", "the most units in use at once in the month"),
            )
            for column in (
                Column(f"deterministic_{part}", FLOAT, "units", f"{noun}, in the plan at most-likely values", True),
                *with_interval(f"{part}_mean", FLOAT, "units", f"mean of {noun}"),
                *(
                    column
                    for p in PERIOD_PERCENTS
                    for column in with_interval(f"{part}_p{p}", FLOAT, "units", f"P{p} of {noun}")
                ),
            )
        ),
        *with_interval(
            "overload", FLOAT, SHARE, "share of iterations with more units in use at once than there are; null likewise"
        ),
    ),
)

CORRELATIONS = TableKind(
    "correlations",
    "correlation",
    "What each correlation asks for, and what the run achieved: rules in docs/semantics.md, 1.7 to 1.13. One of rank 0 "
    "asks for nothing and has no row.",
    (
        Column("correlation", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        Column(
            "members",
            WHOLE,
            NONE,
            "durations, costs and risks that it decides about; a fixed cost and a rate count each",
        ),
        Column("varying", WHOLE, NONE, "those among them that vary"),
        Column("rank", FLOAT, NONE, "Spearman's rank correlation asked for: the mean over the pairs that it decides"),
        Column("is_repaired", TRUTH, NONE, "whether not all could have it, so that the nearest was taken"),
        Column(
            "expected",
            FLOAT,
            NONE,
            "what pairs that vary have on average over all futures: rank, unless it was repaired; null without any",
            True,
        ),
        *with_interval("achieved", FLOAT, NONE, "what they have on average over the iterations of the table"),
        Column("iterations", WHOLE, "iterations", "iterations behind achieved: the first ones of the run"),
    ),
)

PORTFOLIO_GATES = portfolio_gates(GATES)

TABLES: Mapping[str, TableKind] = MappingProxyType(
    {
        table.name: table
        for table in (
            ITERATIONS,
            SUMMARY,
            PERCENTILES,
            CONTINGENCY,
            JOINT,
            TASKS,
            CRITICALITY,
            RISKS,
            GATES,
            LEVELLING,
            RESOURCES,
            COST_PERIODS,
            RESOURCE_PERIODS,
            CORRELATIONS,
            CLAUSES,
            LOST_DAYS,
            *INPUT_TABLES,
            *HEALTH_TABLES,
            PORTFOLIO,
            PORTFOLIO_GATES,
            *ANSWER_TABLES,
        )
    }
)
"""Every table by name, in the order of the documentation."""

BATCH_TABLES = (PORTFOLIO.name, PORTFOLIO_GATES.name)
"""The tables of a batch, which lie beside the folders of its runs."""

ON_REQUEST = tuple(table.name for table in ANSWER_TABLES)
"""The tables of answers, which the folder of a run has where they were asked for."""

RUN_TABLES = tuple(name for name in TABLES if name not in BATCH_TABLES and name not in ON_REQUEST)
"""The tables of one run's folder."""
