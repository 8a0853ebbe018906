"""Keys of other tools and of everyday speech: what they are called here, or that they cannot be said yet."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from riskengine.model.format import SECTIONS
from riskengine.scenario.text.paths import Place, dotted

NOT_YET: Final = "cannot be said yet"
AFTER: Final = 'relationships stand in the successor: after = ["design", "permit SS+5d"]'
RANGE: Final = "a range is one value: duration = [low, most_likely, high]"
CALENDAR: Final = "calendars have it: [calendars.ID] holidays = [2027-12-24, ...], which tasks name"
ACTIONS: Final = "what can be done about risks stands under [actions.ID]: effects.RISK = { probability = 0.1 }"
BASELINE: Final = f"a baseline {NOT_YET}; a gate asks for a date: [gates.ID] finish = ..."


def _same(meaning: str, *keys: str) -> dict[str, str]:
    return dict.fromkeys(keys, meaning)


ANYWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same(
            'correlations stand under [correlations.ID]: between = ["a", "b"], rank = 0.6',
            *("correlation", "correlated", "correlate", "correlated_with", "copula"),
        ),
        **_same(
            "a matrix of correlations stands under [correlations.ID]: matrix = { members = [...], rows = [...] }",
            *("correlation_matrix", "covariance"),
        ),
        **_same(
            "days lost to weather stand under [calendars.ID.lost]: jan = 0.4",
            *("weather", "weather_calendar", "downtime", "weather_windows"),
        ),
        **_same(
            "a task that need not exist has exists = 0.3; paths of which one follows stand under [branches.ID]",
            *("branch", "branching", "probabilistic_branch", "existence"),
        ),
        **_same(
            'prices that change over time stand under [indices.ID]: rate = 0.03, which costs name: index = "steel"',
            *("escalation", "inflation", "discount_rate", "indexation"),
        ),
        **_same(
            ACTIONS,
            *(
                "mitigation",
                "mitigations",
                "mitigated",
                "response",
                "responses",
                "treatment",
                "measures",
                "effects",
            ),
        ),
        **_same(BASELINE, "baseline", "baselines", "baseline_start", "baseline_finish", "baseline_duration"),
        **_same("the name of a thing is name", "title", "label", "summary_text"),
        **_same("comments stand in description, or behind #", "notes", "note", "comment", "comments", "remarks"),
        **_same("use description", "details"),
    }
)

SCENARIO: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same(AFTER, "dependencies", "relationships", "links", "predecessors", "logic", "edges", "precedence"),
        **_same(CALENDAR, "holidays", "working_days", "workdays", "non_working_days", "hours_per_day", "week"),
        **_same("tasks stand under [tasks.ID]", "task", "activities", "activity", "jobs", "milestones", "packages"),
        **_same("risks stand under [risks.ID]", "risk", "risk_register", "threats", "opportunities", "uncertainties"),
        **_same("a driver is a risk: [risks.ID] kind = 'driver'", "drivers", "risk_drivers", "risk_factors"),
        **_same("cost lines stand under [costs.ID]", "cost", "overhead", "overheads", "indirect_costs", "cost_lines"),
        **_same("a budget is a gate: [gates.ID] cost = ...", "budget", "budgets"),
        **_same(
            "a date to be kept is a gate: [gates.ID] finish = ...",
            *("deadline", "deadlines", "due", "due_date", "finish", "end", "end_date", "finish_date", "target_date"),
        ),
        **_same("use start", "start_date", "begin"),
        **_same("use data_date", "status_date", "as_of", "time_now", "today", "report_date"),
        **_same("use targets, a list of ids of tasks", "target"),
        **_same(
            "resources stand under [resources.ID]", "resource", "team", "teams", "people", "crew", "staff", "roles"
        ),
        **_same("calendars stand under [calendars.ID]", "shifts", "work_calendar"),
        **_same("how to run is said on the command line: -n, --seed, --method", "iterations", "seed", "method", "runs"),
        **_same("how to run is said on the command line: -n, --seed, --method", "simulation", "settings", "sampling"),
        **_same("how to run is said on the command line: -n, --seed, --method", "monte_carlo", "montecarlo"),
        **_same(
            "uncertainty stands at the task: duration = [low, most_likely, high], or under [templates.ID] for many",
            *("uncertainty", "uncertainty_ranges", "ranges", "estimates", "distributions", "durations"),
        ),
        **_same('constraints stand at the task: constraints = ["SNET 2027-05-03"]', "constraint", "constraints"),
        **_same('phases are codes of tasks, wbs = "1.2", whose names stand under [wbs]', "phases", "phase", "stages"),
        **_same("contingency is an answer: riskengine contingency; a sum that is allowed is a gate", "contingency"),
        **_same("what is assumed stands in description, or behind #", "assumptions", "constraints_and_assumptions"),
        **_same("rates stand at tasks, cost.rate, and under [resources.ID]", "rate", "rates"),
        **_same("every percentile is computed; a gate asks for one", "percentiles", "percentile", "confidence"),
        **_same("the version of the format is schema = 1", "version", "format", "format_version"),
        **_same("owners stand at tasks and risks; for all of them: [defaults.task] owner = ...", "owner", "manager"),
        **_same('the unit of a length stands beside its number: "5d", "40h"', "unit", "units", "time_unit"),
    }
)

TASK: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same(
            AFTER.replace("stand in the successor: ", "are named "),
            *("depends_on", "depends", "dependencies", "dependency", "predecessors", "predecessor", "preds", "pred"),
            *("requires", "blocked_by", "links", "relationships", "waits_for", "follows", "needs", "parents"),
        ),
        **_same(
            "relationships stand in the successor, in its after",
            *("successors", "successor", "succs", "before", "blocks", "precedes", "next"),
        ),
        **_same('a lag stands in the relationship: after = ["design FS+5d"]', "lag", "lags", "lead", "delay"),
        **_same("use duration", "estimate", "length", "days", "hours", "dur", "original_duration"),
        **_same(
            "use work, which people and productivity divide, or duration",
            *("effort", "man_hours", "manhours", "person_hours", "man_days", "person_days"),
        ),
        **_same("use remaining", "remaining_duration", "left"),
        **_same("use productivity", "efficiency", "performance_factor"),
        **_same("use people", "headcount", "workers", "persons", "crew_size"),
        **_same("use rate_per_day", "daily_rate", "output_rate", "production_rate"),
        **_same(
            RANGE,
            *("low", "high", "most_likely", "min", "max", "minimum", "maximum", "likely", "optimistic", "pessimistic"),
            *("best_case", "worst_case", "best", "worst", "range", "ranges", "distribution", "uncertainty", "shape"),
        ),
        **_same(
            "use percent_complete, in percent",
            *("complete", "completion", "progress", "percent", "pct_complete", "done", "percent_done", "status"),
        ),
        **_same(
            'a start is worked out; to bound it: constraints = ["SNET 2027-05-03"]',
            *("start", "start_date", "early_start", "planned_start", "begin", "not_before", "earliest_start"),
        ),
        **_same(
            'a finish is worked out; to ask for one: deadline = 2027-05-03, or constraints = ["FNLT 2027-05-03"]',
            *("finish", "finish_date", "end", "end_date", "due", "due_date", "not_after", "latest_finish"),
        ),
        **_same("use actual_finish", "actual_end", "finished", "completed", "completed_on"),
        **_same("use actual_start", "started", "started_on"),
        **_same("use constraints, a list", "constraint", "constraint_type", "constraint_date"),
        **_same('use wbs, a code such as "1.2.3"', "parent", "phase", "group", "section", "outline", "package"),
        **_same(
            "tasks stand beside one another; wbs says which belong together", "children", "subtasks", "tasks", "members"
        ),
        **_same("use owner", "assignee", "assigned_to", "responsible", "assignees", "manager"),
        **_same("use resources = { ID = units }", "resource", "assignments", "crew", "staff"),
        **_same("use team", "department", "trade", "role", "discipline"),
        **_same("use tags, a list", "tag", "labels", "keywords", "category", "categories"),
        **_same("use cost.fixed, and cost.rate a working day", "fixed", "fixed_cost", "budget", "price", "costs"),
        **_same("use cost.fixed, and cost.rate a working day", "rate", "daily_rate", "amount"),
        **_same("use cost.actual", "actual_cost", "spent"),
        **_same("holidays stand in a calendar: [calendars.ID] holidays = [...], which the task names", "holidays"),
        **_same("risks stand under [risks.ID], and name the tasks that they hit", "risks", "risk", "impacts"),
        **_same("use exists, the share of futures in which there is this task: exists = 0.3", "probability"),
    }
)

RISK: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same("use probability, a share from 0 to 1", "likelihood", "chance", "prob", "p", "odds", "frequency"),
        **_same(
            "what a risk does stands in impacts: impacts.TASK.delay = [5, 10, 20]",
            *("impact", "delay", "factor", "cost", "effect", "effects", "consequence", "consequences", "severity"),
            *("cost_factor", "duration", "schedule_impact", "cost_impact", "low", "high", "most_likely"),
        ),
        **_same(
            "what a risk hits is the key of its impacts: impacts.TASK.delay = ...",
            *("task", "tasks", "target", "targets", "affects", "activities", "hits", "scope"),
        ),
        **_same("use kind", "type", "category", "class"),
        **_same("use status, or active = false for what is switched off", "state", "enabled", "open", "closed"),
    }
)

IMPACT: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same("use delay", "duration", "days", "schedule", "time", "lag"),
        **_same("use cost", "money", "amount", "fixed", "cost_impact", "price"),
        **_same("use factor", "multiplier", "scale", "duration_factor", "relative", "percent"),
        **_same("use cost_factor", "cost_percent", "cost_multiplier", "price_factor", "rate", "rate_factor"),
        **_same("the probability is that of the risk", "probability", "likelihood"),
    }
)

GATE: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same("use finish", "date", "deadline", "due", "by", "end", "finish_date", "must_finish"),
        **_same("use cost", "budget", "max_cost", "amount"),
        **_same("use confidence, a share above 0 and below 1", "probability", "percentile", "p", "required", "level"),
        **_same("use target", "task", "milestone"),
    }
)

CALENDAR_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same(
            'use week, such as "mon-fri 08:00-12:00 13:00-17:00"',
            *("working_days", "workdays", "work_days", "days", "hours", "shifts", "working_hours", "weekdays"),
        ),
        **_same("use holidays, a list of dates", "holiday", "non_working", "days_off", "vacations", "exceptions_off"),
        **_same("use exceptions, by date", "exception", "overtime", "worked"),
        **_same("use extends", "base", "base_calendar", "parent", "inherits"),
    }
)

COST: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same("use fixed", "amount", "cost", "value", "total", "fixed_cost", "budget", "low", "high", "most_likely"),
        **_same("use rate, money a working day", "per_day", "daily", "daily_rate", "time_dependent", "burn_rate"),
    }
)
TASK_COST: Final[Mapping[str, str]] = MappingProxyType({**COST, **_same("use actual", "actual_cost", "spent", "paid")})

ESTIMATE: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same("use shape", "type", "distribution", "dist", "kind"),
        **_same("use most_likely", "mode", "likely", "ml", "m", "most_probable", "mostlikely", "nominal", "expected"),
        **_same("use low", "optimistic", "best", "best_case", "minimum", "a", "lower"),
        **_same("use high", "pessimistic", "worst", "worst_case", "maximum", "b", "upper"),
        **_same("use sd", "std", "stddev", "stdev", "sigma", "standard_deviation", "std_dev"),
        **_same("use mean", "mu", "average", "avg"),
        **_same("use unit", "units"),
        **_same("use weights", "probabilities", "probability", "p", "weight"),
    }
)

RESOURCE: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same("use rate, money for a unit and a working day", "cost", "price", "daily_rate", "hourly_rate", "fee"),
        **_same("use capacity", "units", "max_units", "count", "available", "availability", "limit", "quantity"),
        **_same("use calendar", "shifts", "holidays", "working_hours"),
        **_same(
            "who needs a resource says so: tasks.ID.resources = { ID = units }", "tasks", "assigned", "assignments"
        ),
    }
)
CORRELATION: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_same(
            'use between: between = ["tag:vendor", "a"]',
            *("members", "tasks", "of", "group", "items", "variables", "names", "with", "select"),
        ),
        **_same('pairs stand in a table: pairs = { "a/b" = 0.6 }', "pair", "ranks"),
        **_same("use matrix: matrix = { members = [...], rows = [...] }", "rows", "table", "correlation_matrix"),
        **_same("use weight", "priority", "trust"),
        **_same(
            "use rank, Spearman's correlation",
            *("rho", "correlation", "coefficient", "value", "spearman", "rank_correlation", "r", "strength"),
        ),
        **_same(
            "rank is Spearman's correlation; a Pearson correlation of normals is a little larger",
            *("pearson", "linear"),
        ),
        **_same("use tails, the degrees of freedom of a t copula", "copula", "nu", "degrees_of_freedom", "df"),
    }
)
OWNERS: Final = _same("owners stand at tasks and risks: owner = ...", "owner", "responsible", "manager", "assignee")

BY_SECTION: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "": SCENARIO,
        "tasks": TASK,
        "risks": RISK,
        "impacts": IMPACT,
        "gates": {**GATE, **OWNERS},
        "calendars": {**CALENDAR_KEYS, **OWNERS},
        "costs": {**COST, **OWNERS},
        "resources": {**RESOURCE, **OWNERS},
        "cost": TASK_COST,
        "correlations": {**CORRELATION, **OWNERS},
    }
)

LONGEST_PATH: Final = 8
"""Parts of an id that are put together."""


def foreign_key(place: Place, key: str, value: Any) -> str:
    """Return what a key that the format does not know is called here, or nothing.

    Parameters
    ----------
    place : Place
        The table that it stands in.
    key : str
    value : object
        What the file says of it: a table below an entity may be the rest of an id with a point in it.
    """
    word = key.casefold().replace("-", "_").replace(" ", "_")
    section = ""
    if place:
        section = str(place[-2]) if len(place) > 3 and place[-2] == "impacts" else str(place[0])
        section = "cost" if len(place) == 3 and place[-1] == "cost" else section
    meanings = BY_SECTION.get(section, {}) if len(place) in (0, 2) or section in ("impacts", "cost") else {}
    meant = meanings.get(word) or ANYWHERE.get(word, "")
    if not meant and len(place) == 2 and place[0] in SECTIONS and isinstance(value, dict):
        parts = [str(place[1]), key]
        while len(value) == 1 and isinstance(below := next(iter(value.values())), dict) and len(parts) < LONGEST_PATH:
            parts.append(next(iter(value)))
            value = below
        return f"an id with a point needs quotes: [{dotted((str(place[0]), '.'.join(parts)))}]"
    return meant


def foreign_parameter(key: str) -> str:
    """Return what a parameter of an estimate that the format does not know is called here, or nothing."""
    return ESTIMATE.get(key.casefold().replace("-", "_").replace(" ", "_"), "")
