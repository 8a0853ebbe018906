"""Tables of what a run was computed from: what the scenario says, as rows; nothing in them is simulated."""

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.column_types import DAYS, FLOAT, INSTANT, LOCAL, MONEY, NONE, SHARE, TEXT, TRUTH, WHOLE

DELAYS = "working days of the calendars of the tasks"
OF_ESTIMATE = "unit of the estimate"
UNIT = (
    "what the numbers are in: h, d, w, mo (working hours, days, weeks and months of the calendar in force), eh, ed "
    "(elapsed hours and days), money, factor, people, or amount (a quantity, in a unit of its own)"
)

TASK_INPUTS = (
    Column("type", TEXT, NONE, "task, milestone, start milestone, finish milestone, level of effort or summary"),
    Column("owner", TEXT, NONE, "who answers for it; empty where nobody is named"),
    Column("tags", TEXT, NONE, "its tags in order, with ; in between; a ; within a tag is written as a comma"),
    Column("calendar", TEXT, NONE, "id of the calendar that its days are counted on; 24h for elapsed time"),
    Column("progress", TEXT, NONE, "not started, in progress or finished"),
    Column(
        "percent_complete",
        FLOAT,
        "percent",
        "0 before the start, 100 when finished, else what is done of the duration at plan values; null for a level of "
        "effort or a summary in progress, and where there is no duration to compare with",
        True,
    ),
    Column(
        "early_finish_passed_on", FLOAT, SHARE, "share of a gain against its plan value that successors see; mostly 1"
    ),
)
"""Columns of the table of tasks."""

RISK_INPUTS = (
    Column("owner", TEXT, NONE, "who answers for it; empty where nobody is named"),
    Column("description", TEXT, NONE, "description; it may have several lines"),
    Column("active", TRUTH, NONE, "false where the risk is switched off"),
    Column("status", TEXT, NONE, "open, closed or occurred"),
    Column("triggered_by", TEXT, NONE, "ids of the risks of which one must occur first, with ; between them; or empty"),
    Column("exclusive", TEXT, NONE, "id of the set of risks that it is in of which at most one occurs; or empty"),
    Column("after", TEXT, NONE, "id of the task that must finish later than if_later_than for it to occur; or empty"),
    Column("if_later_than", INSTANT, LOCAL, "instant that the finish of after must lie behind; null without one", True),
    Column(
        "probability_triggered",
        FLOAT,
        SHARE,
        "probability where one of triggered_by occurs and after is late; that in the scenario where there are none",
    ),
    Column(
        "probability_before",
        FLOAT,
        SHARE,
        "probability before the actions in force, of all futures; 0 if switched off",
    ),
    Column("mean_delay_before", FLOAT, DELAYS, "mean of its delays as written, those of all that it hits added up"),
    Column("mean_delay", FLOAT, DELAYS, "the same with the actions in force; what is relative is in neither"),
    Column("mean_cost_before", FLOAT, MONEY, "mean of its costs as written, those of all that it hits added up"),
    Column("mean_cost", FLOAT, MONEY, "the same with the actions in force"),
)
"""Columns of the table of risks."""

PROJECT = TableKind(
    "project",
    "run",
    "What the scenario says of the project as a whole.",
    (
        Column("project", TEXT, NONE, "what scenarios share that have the same draws: a plan and its variants"),
        Column("name", TEXT, NONE, "name of the scenario"),
        Column("description", TEXT, NONE, "description of the scenario; it may have several lines"),
        Column("start", INSTANT, LOCAL, "start of the project, the same at every status date"),
        Column("data_date", INSTANT, LOCAL, "status date; null for a plan without one", True),
        Column(
            "days_to_data_date",
            FLOAT,
            DAYS,
            "from the start to the data date, 0 without one; days after the data date plus these are days after it",
        ),
        Column("calendar", TEXT, NONE, "id of the project calendar"),
        Column("calendar_name", TEXT, NONE, "name of the project calendar; empty where it has none"),
        Column("hours_per_day", FLOAT, "working hours", "a working day of the project calendar"),
        Column("currency", TEXT, NONE, "what money is in; empty where it is not said"),
        Column("changes", TEXT, NONE, "changes in their order, with ; between them: CR-7 approved; CR-9 not approved"),
        Column("source_tool", TEXT, NONE, "tool that wrote the imported file; empty where nothing was imported"),
        Column("source_file", TEXT, NONE, "name of that file"),
        Column("source_project", TEXT, NONE, "id of the project in that file"),
        Column("source_data_date", INSTANT, LOCAL, "data date of the import, or its start; null likewise", True),
        Column(
            "source_status", INSTANT, LOCAL, "date up to which that tool had recorded progress; null likewise", True
        ),
    ),
)

RELATIONSHIPS = TableKind(
    "relationships",
    "relationship, in the order of its successor",
    "What ties tasks to each other, as the scenario says; progress may have settled it.",
    (
        Column("predecessor", TEXT, NONE, "id of the task it comes from"),
        Column("successor", TEXT, NONE, "id of the task it leads into"),
        Column("place", WHOLE, NONE, "place among the relationships into the successor, from 0"),
        Column(
            "type", TEXT, NONE, "FS, SS, FF or SF: finish or start of the predecessor, start or finish of the successor"
        ),
        Column("lag", FLOAT, "of the lag", "plan value of the lag; negative for a lead"),
        Column("lag_mean", FLOAT, "of the lag", "mean of the lag"),
        Column("lag_unit", TEXT, NONE, "h, d, w, mo, eh or ed: what the lag is in"),
        Column("lag_calendar", TEXT, NONE, "id of the calendar that the lag is counted on; 24h for elapsed time"),
    ),
)

IMPACTS = TableKind(
    "impacts",
    "risk, effect, and task, relationship, cost line or project that it acts on",
    "What each risk does where it occurs, selectors taken apart. A finished task is not among them, and a level of "
    "effort or a summary only with its costs: nothing acts on these. One that is switched off has its rows.",
    (
        Column("risk", TEXT, NONE, "id of the risk"),
        Column("selector", TEXT, NONE, "key of the impact as written: an id of a task, team:NAME, wbs:CODE, * ..."),
        Column("effect", TEXT, NONE, "delay, factor, cost, cost_factor, items or waiting_rate"),
        Column("acts_on", TEXT, NONE, "task, relationship, cost line or project"),
        Column("target", TEXT, NONE, "id of the task or cost line, key of the relationship; project for the project"),
        Column("estimate", TEXT, NONE, "id of its row in estimates"),
        Column("shape", TEXT, NONE, "shape of the estimate"),
        Column(
            "plan_value", FLOAT, OF_ESTIMATE, "what stands for the estimate where it is not drawn: its mode or mean"
        ),
        Column("mean", FLOAT, OF_ESTIMATE, "mean of the estimate"),
        Column("unit", TEXT, NONE, UNIT),
    ),
)

TASK_RESOURCES = TableKind(
    "task_resources",
    "task and resource",
    "Which resources each task uses.",
    (
        Column("task", TEXT, NONE, "id of the task"),
        Column("resource", TEXT, NONE, "id of the resource"),
        Column("resource_name", TEXT, NONE, "name of the resource; empty where it has none"),
        Column("units", FLOAT, "units", "units of the resource that the task uses"),
        Column("rate", FLOAT, MONEY, "money for a unit and working day of the task; null where none is known", True),
        Column("capacity", FLOAT, "units", "units that there are at once; null where there is no end of them", True),
    ),
)

ESTIMATES = TableKind(
    "estimates",
    "estimate",
    "Every number that was estimated, as it was written, and where it came from. What is left out: lags of nothing, "
    "durations of milestones, of levels of effort and of summaries.",
    (
        Column("estimate", TEXT, NONE, "id: where it stands in the scenario, such as tasks.design.duration"),
        Column("kind", TEXT, NONE, "task, relationship, risk, cost line or project: what it is an estimate of"),
        Column("owner_id", TEXT, NONE, "id of that task, risk or cost line; the successor of a relationship"),
        Column(
            "quantity",
            TEXT,
            NONE,
            "duration, remaining, work, people, productivity, remaining work, amount, rate per day, remaining amount, "
            "fixed cost, cost rate, lag, delay, factor, cost, cost_factor, items, growth, focus or minimum duration",
        ),
        Column("target", TEXT, NONE, "key of the impact as written, predecessor of the lag; else empty"),
        Column(
            "state",
            TEXT,
            NONE,
            "simulated; over (the task is finished), replaced (what remains of the task is simulated in its place) or "
            "off (the risk is switched off, or its probability is 0)",
        ),
        Column("shape", TEXT, NONE, "shape of the estimate; constant for a number that is known"),
        Column("words", TEXT, NONE, "the estimate in words, such as pert: low 3, most likely 5, high 9 days"),
        Column("low", FLOAT, OF_ESTIMATE, "lowest value as written; null where the shape has none", True),
        Column("most_likely", FLOAT, OF_ESTIMATE, "most likely value as written; null where the shape has none", True),
        Column("high", FLOAT, OF_ESTIMATE, "highest value as written; null where the shape has none", True),
        Column("parameters", TEXT, NONE, "every parameter as written, a JSON object with numbers to the last digit"),
        Column("plan_value", FLOAT, OF_ESTIMATE, "what the deterministic plan takes: the mode or the mean"),
        Column("mean", FLOAT, OF_ESTIMATE, "mean, truncation included"),
        Column("unit", TEXT, NONE, UNIT),
        Column("source", TEXT, NONE, "where the numbers came from, as the scenario says; empty where it does not"),
    ),
)

COST_LINES = TableKind(
    "cost_lines",
    "cost line",
    "Costs of the project that belong to no task.",
    (
        Column("cost_line", TEXT, NONE, "id"),
        Column("name", TEXT, NONE, "name"),
        Column("fixed", FLOAT, MONEY, "plan value of the amount that does not depend on time; 0 where there is none"),
        Column("fixed_mean", FLOAT, MONEY, "mean of that amount"),
        Column("rate", FLOAT, MONEY, "plan value of the amount a working day of the project; 0 where there is none"),
        Column("rate_mean", FLOAT, MONEY, "mean of that rate"),
    ),
)

PROJECTS = TableKind(
    "projects",
    "project of a programme",
    "The projects of a programme. The finish of each is the target of its id, its cost that of its element.",
    (
        Column("project", TEXT, NONE, "id of the project, and of the target that is its finish"),
        Column("name", TEXT, NONE, "name; empty where it has none"),
        Column("tasks", WHOLE, "tasks", "tasks that it has, without its finish"),
        Column("element", TEXT, NONE, "element of the WBS that is all of its tasks and no other; empty if none is"),
    ),
)

CHANGES = TableKind(
    "changes",
    "change, in the order in which they were made",
    "The records of changes to the plan: change requests and status updates.",
    (
        Column("change", TEXT, NONE, "id of the change"),
        Column("name", TEXT, NONE, "name; empty where it has none"),
        Column("who", TEXT, NONE, "who asked for it, or decided"),
        Column("when", INSTANT, LOCAL, "when it was asked for or decided"),
        Column("why", TEXT, NONE, "reason; it may have several lines"),
        Column("approved", TRUTH, NONE, "whether it is approved; the plan is computed with it either way"),
    ),
)

ACTIONS = TableKind(
    "actions",
    "action",
    "What can be done about the risks, and whether it is.",
    (
        Column("action", TEXT, NONE, "id of the action"),
        Column("name", TEXT, NONE, "name; empty where it has none"),
        Column("owner", TEXT, NONE, "who answers for it; empty where nobody is named"),
        Column("description", TEXT, NONE, "description; it may have several lines"),
        Column("in_force", TRUTH, NONE, "whether it is in the plan, paid for, with its effects"),
        Column("cost", FLOAT, MONEY, "plan value of its price, a cost line of the plan where it is in force"),
        Column("cost_mean", FLOAT, MONEY, "mean of its price"),
        Column("chance", FLOAT, SHARE, "probability that it works"),
        Column("task", TEXT, NONE, "id of the task that is in the plan only with it; empty where there is none"),
        Column("needs", TEXT, NONE, "ids of the actions that it needs, with ; between them"),
        Column("excludes", TEXT, NONE, "ids of the actions that it excludes, with ; between them"),
        Column("secondary_risks", TEXT, NONE, "ids of the risks that it brings along, with ; between them"),
    ),
)

ACTION_EFFECTS = TableKind(
    "action_effects",
    "action and risk",
    "Where a risk stands as it is written, and where with one action and no other, in force or not.",
    (
        Column("action", TEXT, NONE, "id of the action"),
        Column("risk", TEXT, NONE, "id of the risk"),
        Column(
            "probability_before", FLOAT, SHARE, "probability without it, of all futures; 0 if there is no such risk"
        ),
        Column("probability_after", FLOAT, SHARE, "probability with this action"),
        Column("delay_before", FLOAT, DELAYS, "mean of its delays without any action, all that it hits added up"),
        Column("delay_after", FLOAT, DELAYS, "the same with this action"),
        Column("cost_before", FLOAT, MONEY, "mean of its costs without any action, all that it hits added up"),
        Column("cost_after", FLOAT, MONEY, "the same with this action"),
    ),
)

INPUT_TABLES = (
    PROJECT,
    RELATIONSHIPS,
    IMPACTS,
    TASK_RESOURCES,
    ESTIMATES,
    COST_LINES,
    PROJECTS,
    CHANGES,
    ACTIONS,
    ACTION_EFFECTS,
)
