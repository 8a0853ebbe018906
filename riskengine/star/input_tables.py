"""Tables of the star schema of what runs were computed from: bridges, cost lines and estimates."""

from riskengine.results.tables.column import Column
from riskengine.results.tables.column_types import NONE
from riskengine.star.key_columns import ACTION_KEY, RESOURCE_KEY, RISK_KEY, RUN_KEY, TASK_KEY
from riskengine.star.table import TEXT, StarTable, taken

BRIDGE_RISK_TASK = StarTable(
    "bridge_risk_task",
    "run, risk, impact, effect and what it acts on",
    "What each risk acts on where it occurs: tasks, relationships, cost lines or the project, selectors taken apart.",
    (
        RUN_KEY,
        RISK_KEY,
        Column("task_key", TEXT, NONE, "key of the task; null where it acts on no task", True),
        *taken("impacts"),
    ),
    key=("run_key", "risk", "selector", "effect", "acts_on", "target"),
)

BRIDGE_RELATIONSHIP = StarTable(
    "bridge_relationship",
    "run, successor and relationship into it",
    "What ties the tasks of each run to each other.",
    (
        RUN_KEY,
        Column("predecessor_key", TEXT, NONE, "key of the predecessor over all runs: RUN_KEY/TASK"),
        Column("successor_key", TEXT, NONE, "key of the successor over all runs: RUN_KEY/TASK"),
        *taken("relationships"),
    ),
    key=("run_key", "successor", "place"),
)

BRIDGE_TASK_RESOURCE = StarTable(
    "bridge_task_resource",
    "run, task and resource",
    "Which resources each task uses.",
    (RUN_KEY, TASK_KEY, RESOURCE_KEY, *taken("task_resources")),
    key=("run_key", "task", "resource"),
)

DIM_COST_LINE = StarTable(
    "dim_cost_line",
    "run and cost line",
    "Costs of the project that belong to no task.",
    (RUN_KEY, *taken("cost_lines")),
    key=("run_key", "cost_line"),
)

DIM_PROJECT = StarTable(
    "dim_project",
    "run and project of a programme",
    "The projects of each programme: fact_percentile has their finish (target), fact_cost_period their cost (element).",
    (RUN_KEY, *taken("projects")),
    key=("run_key", "project"),
)

DIM_CHANGE = StarTable(
    "dim_change",
    "run and change",
    "The records of changes to the plan of each run.",
    (RUN_KEY, *taken("changes")),
    key=("run_key", "change"),
)

DIM_ACTION = StarTable(
    "dim_action",
    "run and action",
    "What can be done about the risks of each run, and whether it is.",
    (RUN_KEY, ACTION_KEY, *taken("actions")),
    key=("run_key", "action"),
)

BRIDGE_ACTION_RISK = StarTable(
    "bridge_action_risk",
    "run, action and risk",
    "What each action changes of a risk by itself: where it stands before and after.",
    (RUN_KEY, ACTION_KEY, RISK_KEY, *taken("action_effects")),
    key=("run_key", "action", "risk"),
)

DIM_ESTIMATE = StarTable(
    "dim_estimate",
    "run and estimate",
    "Every number that was estimated, as it was written, and where it came from.",
    (RUN_KEY, *taken("estimates")),
    key=("run_key", "estimate"),
)
