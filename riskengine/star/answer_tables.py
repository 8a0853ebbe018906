"""The star's tables of answers that somebody asked of a run, and kept in its folder; empty for other runs."""

from riskengine.results.tables.column import Column
from riskengine.results.tables.column_types import NONE
from riskengine.star.day_columns import MONTH_START
from riskengine.star.key_columns import GATE_KEY, RUN_KEY, TASK_KEY
from riskengine.star.table import TEXT, StarTable, taken

OF_TEAM = "kind key name"

FACT_DRIVER = StarTable(
    "fact_driver",
    "run and input",
    "What each number that is drawn does to the finish of the project and to the cost, where `riskengine drivers` was "
    "asked to keep that: the mean where it is low and high, the swing, rank correlation, share of the variance.",
    (RUN_KEY, *taken("drivers")),
    key=("run_key", "input"),
)

FACT_DRIVER_GATE = StarTable(
    "fact_driver_gate",
    "run, gate and input",
    "How the chance to pass a gate moves between the low and the high tenth of an input; kept likewise.",
    (RUN_KEY, GATE_KEY, *taken("driver_gates")),
    key=("run_key", "gate", "input"),
)

FACT_DRIVER_TASK = StarTable(
    "fact_driver_task",
    "run and task",
    "How the duration of each task goes with the finish of the project; kept likewise.",
    (RUN_KEY, TASK_KEY, *taken("driver_tasks")),
    key=("run_key", "task"),
)

FACT_DRIVER_MERGE = StarTable(
    "fact_driver_merge",
    "run and task that several relationships lead into",
    "By how much a task starts later because it waits for the latest of several; kept likewise.",
    (RUN_KEY, TASK_KEY, *taken("driver_merges")),
    key=("run_key", "task"),
)

FACT_DRIVER_PREDECESSOR = StarTable(
    "fact_driver_predecessor",
    "run and relationship into a task with several",
    "How often each predecessor decides when a task starts; kept likewise.",
    (
        RUN_KEY,
        TASK_KEY,
        Column("predecessor_key", TEXT, NONE, "key of the predecessor over all runs: RUN_KEY/TASK"),
        *taken("driver_predecessors"),
    ),
    key=("run_key", "task", "rank"),
)

FACT_DRIVER_PATH = StarTable(
    "fact_driver_path",
    "run and set of tasks",
    "Which tasks the longest path led through, and how often; kept likewise.",
    (RUN_KEY, *taken("driver_paths")),
    key=("run_key", "rank"),
)

FACT_CONTRIBUTION = StarTable(
    "fact_contribution",
    "run, measure, statistic and part",
    "What finish, cost and gates are made of, from the plan to the run, where `riskengine contributions` was asked to "
    "keep that. A finish is in days after the start, or after the data date of a plan under way.",
    (RUN_KEY, *taken("contributions")),
    key=("run_key", "measure", "statistic", "number"),
)

FACT_CONTINGENCY_PART = StarTable(
    "fact_contingency_part",
    "run and part of the contingency",
    "Whose the contingency of finish and cost is, and what adding parts up comes to, where `riskengine contingency` "
    "was asked to keep that.",
    (RUN_KEY, *taken("contingency_parts")),
    key=("run_key", "number"),
)

FACT_OUTSIDE_VIEW = StarTable(
    "fact_outside_view",
    "run, and date or amount",
    "The plan beside finished projects, where `riskengine outside-view` was asked to keep that.",
    (RUN_KEY, *taken("outside_view")),
    key=("run_key", "number"),
)

FACT_TEAM = StarTable(
    "fact_team",
    "run, and team, owner or resource",
    "How often the work of each drives the finish, where `riskengine teams` was asked to keep that.",
    (RUN_KEY, *taken("teams")),
    key=("run_key", "kind", "key"),
)

FACT_TEAM_MONTH = StarTable(
    "fact_team_month",
    "run, team, owner or resource, and month",
    "When each has work, how much, and how often that drives the finish; kept likewise.",
    (RUN_KEY, *taken("team_months", f"{OF_TEAM} month"), MONTH_START, *taken("team_months", but=f"{OF_TEAM} month")),
    key=("run_key", "kind", "key", "month"),
)

FACT_HAND_OVER = StarTable(
    "fact_hand_over",
    "run, task that others wait for, and who hands it over",
    "What each finishes and another of its kind waits for; kept likewise.",
    (RUN_KEY, TASK_KEY, *taken("hand_overs")),
    key=("run_key", "kind", "key", "task"),
)

FACTS_OF_ANSWERS = (
    FACT_DRIVER,
    FACT_DRIVER_GATE,
    FACT_DRIVER_TASK,
    FACT_DRIVER_MERGE,
    FACT_DRIVER_PREDECESSOR,
    FACT_DRIVER_PATH,
    FACT_CONTRIBUTION,
    FACT_CONTINGENCY_PART,
    FACT_OUTSIDE_VIEW,
    FACT_TEAM,
    FACT_TEAM_MONTH,
    FACT_HAND_OVER,
)
ANSWER_FACTS = frozenset(table.name for table in FACTS_OF_ANSWERS)
