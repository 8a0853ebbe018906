"""Tables of what drives a run: made when somebody asks, and part of its folder where they are to be kept."""

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.column_types import (
    DAYS,
    FLOAT,
    MONEY,
    NONE,
    SHARE,
    TASK_DAYS,
    TEXT,
    TRUTH,
    WHOLE,
    with_interval,
)

OF_INPUT = (
    Column("input", TEXT, NONE, "name of its stream, such as task/design/duration; docs/semantics.md, 7.9"),
    Column("kind", TEXT, NONE, "duration, lag, delay, factor, cost, risk, existence or price index"),
    Column("quantity", TEXT, NONE, "what is drawn: duration, fixed, rate, delay, factor, occurs, exists"),
    Column("risk", TEXT, NONE, "risk that it belongs to; empty for none"),
    Column("task", TEXT, NONE, "task on which it acts, the first of several; empty for none"),
)


def of_measure(measure: str, unit: str) -> tuple[Column, ...]:
    """Return what an input does to the finish or the cost."""
    return (
        *with_interval(f"{measure}_low", FLOAT, unit, f"mean {measure} where the input is low, less that of all"),
        *with_interval(f"{measure}_high", FLOAT, unit, f"mean {measure} where the input is high, less that of all"),
        *with_interval(
            f"{measure}_swing", FLOAT, unit, f"mean {measure} where the input is high, less that where it is low"
        ),
        *with_interval(
            f"{measure}_rank_correlation", FLOAT, NONE, f"Spearman's rank correlation of the input with the {measure}"
        ),
        *with_interval(
            f"{measure}_variance_share",
            FLOAT,
            SHARE,
            f"share of the variance of the {measure} that the input explains by itself: its first-order index",
        ),
    )


DRIVERS = TableKind(
    "drivers",
    "input that can vary, those that move the finish most first",
    "What each number that is drawn does to the finish of the target and to the cost. Low and high are the tenths of "
    "its own distribution; of a chance, the iterations without it and with it. Null where too few iterations are on a "
    "side, or nothing varies.",
    (
        *OF_INPUT,
        Column("is_correlated", TRUTH, NONE, "whether it goes with another input, whose share is then counted in, too"),
        Column("low_iterations", WHOLE, "iterations", "iterations in which it is low"),
        Column("high_iterations", WHOLE, "iterations", "iterations in which it is high"),
        *of_measure("finish", DAYS),
        *of_measure("cost", MONEY),
    ),
)

DRIVER_GATES = TableKind(
    "driver_gates",
    "gate and input",
    "How the chance to pass a gate moves between the low and the high tenth of an input.",
    (
        Column("gate", TEXT, NONE, "id"),
        *OF_INPUT,
        *with_interval("chance_low", FLOAT, SHARE, "share of the iterations with a low input that pass"),
        *with_interval("chance_high", FLOAT, SHARE, "share of the iterations with a high input that pass"),
        *with_interval("change", FLOAT, SHARE, "chance_high less chance_low"),
    ),
)

DRIVER_TASKS = TableKind(
    "driver_tasks",
    "task that can delay the target, those with the largest SSI first",
    "How the duration of each task, as it became in each iteration, goes with the finish of the target; formulas in "
    "docs/semantics.md, 7.9.",
    (
        Column("task", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        *with_interval("criticality", FLOAT, SHARE, "share of iterations on a longest path to the target"),
        Column(
            "deterministic_float",
            FLOAT,
            TASK_DAYS,
            "total float in the deterministic plan; null for spans",
            True,
        ),
        *with_interval("ssi", FLOAT, NONE, "criticality x sd of the duration / sd of the finish"),
        *with_interval("correlation", FLOAT, NONE, "Pearson's correlation of duration and finish"),
        *with_interval("cruciality_vanhoucke", FLOAT, NONE, "its absolute value"),
        *with_interval("cruciality_nasa", FLOAT, NONE, "criticality x correlation"),
        *with_interval(
            "significance",
            FLOAT,
            NONE,
            "mean of duration / (duration + total float) x finish / mean finish, over the iterations whose float is "
            "known; of the project, whatever the target",
        ),
    ),
)

DRIVER_MERGES = TableKind(
    "driver_merges",
    "task that several relationships lead into, those whose start the merge moves most first",
    "By how much a task starts later because it waits for the latest of several. Starts by logic: of all that is asked "
    "for. What the latest mean is later than in the deterministic plan, skew, and what the mean of the latest is later "
    "than the latest mean, merge, add up to what the start is later on average.",
    (
        Column("task", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        Column("relationships", WHOLE, NONE, "how many relationships lead into it"),
        Column("leading", TEXT, NONE, "predecessor that asks for the latest start on average"),
        *with_interval("merge", FLOAT, TASK_DAYS, "mean of the latest start asked for, less the latest of their means"),
        *with_interval(
            "skew", FLOAT, TASK_DAYS, "latest of their means, less the latest start asked for in the deterministic plan"
        ),
        Column("iterations", WHOLE, "iterations", "the first ones of the run, from which this row is computed"),
    ),
)

DRIVER_PREDECESSORS = TableKind(
    "driver_predecessors",
    "relationship into a task with several",
    "How often each predecessor decides when a task starts; ties count for all, and a date or a constraint that "
    "decides, for none.",
    (
        Column("task", TEXT, NONE, "id"),
        Column("rank", WHOLE, NONE, "place among the relationships into the task, the most driving first, from 1"),
        Column("predecessor", TEXT, NONE, "id"),
        Column("type", TEXT, NONE, "FS, SS, FF or SF"),
        *with_interval("drives", FLOAT, SHARE, "share of iterations in which the start is the one that it asks for"),
        Column("iterations", WHOLE, "iterations", "the first ones of the run, from which this row is computed"),
    ),
)

DRIVER_PATHS = TableKind(
    "driver_paths",
    "set of tasks that were together on the longest paths to the target, the most frequent first",
    "Which tasks the longest path led through, and how often: in iterations with several paths of one length, through "
    "all their tasks. At most 100 sets; none where resources are levelled.",
    (
        Column("rank", WHOLE, NONE, "from 1"),
        *with_interval("share", FLOAT, SHARE, "share of iterations with exactly these tasks"),
        Column("length", WHOLE, NONE, "how many tasks"),
        Column("tasks", TEXT, NONE, "their ids as a JSON list, by their mean start"),
        Column("iterations", WHOLE, "iterations", "the first ones of the run, from which this row is computed"),
    ),
)

DRIVER_TABLES = (DRIVERS, DRIVER_GATES, DRIVER_TASKS, DRIVER_MERGES, DRIVER_PREDECESSORS, DRIVER_PATHS)
