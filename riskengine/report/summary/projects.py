"""The part of a report about the projects of a programme: when each finishes, what each costs, and all together."""

from typing import Any

from riskengine.report.reading import PROJECT, Row, finite, has_cost, percentiles, rows, with_interval
from riskengine.report.text.intervals import bare_money, money_of
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import day, estimate
from riskengine.results.run import RunRecord

Document = dict[str, Any]

ENDS = ("", "_ci_low", "_ci_high")
OF_NO_PROJECT = "of no project"
COSTS = ("mean", "p50", "p80")
COST_COLUMNS = ("scope", "key", "iterations", *(f"cumulative_{name}{end}" for name in COSTS for end in ENDS))


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about projects; none for a scenario that is no programme."""
    projects = rows(run, "projects")
    if not projects:
        return []
    costs = final_costs(run, projects)
    lines = [["project", "finish P80", *(["cost P80", "95% interval"] if costs else [])]]
    for project in projects:
        finish = finish_of(run, project["project"], 80)
        lines.append([short(project["project"]), day(finish), *_cells(run, costs.get(project["project"]), costs)])
    ids_with_names = [(project["project"], project["name"]) for project in projects]
    whole = finish_of(run, PROJECT, 80)
    for label, finish, key in ((OF_NO_PROJECT, None, OF_NO_PROJECT), ("sum", None, "sum"), ("programme", whole, "")):
        if key in costs or label == "programme":
            lines.append([label, "" if finish is None else day(finish), *_cells(run, costs.get(key), costs)])
            ids_with_names.append((label, ""))
    return ["Projects", *named_table(lines, ids_with_names, width, (2,)), *_note(run, costs, width)]


def finish_of(run: RunRecord, target: str, percent: int) -> Any:
    """Return the instant at which a target, or the project, finishes at a percentile."""
    return next(row["instant"] for row in percentiles(run, target, "finish") if row["percentile"] == percent)


def _cells(run: RunRecord, cost: Row | None, costs: dict[str, Row]) -> list[str]:
    if cost is None:
        return ["-", ""] if costs else []
    show = money_of(run.manifest["currency"])
    return [*estimate(cost["p80"], cost["p80_ci_low"], cost["p80_ci_high"], show, bare_money)]


def _difference(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other


def _note(run: RunRecord, costs: dict[str, Row], width: int) -> list[str]:
    if not costs:
        return paragraph("Source: percentiles.arrow, projects.arrow.", width, "  ")
    total, whole, show = costs["sum"], costs[""], money_of(run.manifest["currency"])
    low = _difference(total["p80_ci_low"], whole["p80_ci_high"])
    high = _difference(total["p80_ci_high"], whole["p80_ci_low"])
    value, interval = estimate(total["p80"] - whole["p80"], low, high, show, bare_money)
    note = (
        f"Costs over {costs['']['iterations']:,} iterations. Not everything is dear in the same future: the P80 of the "
        f"programme is {value}{f' ({interval})' if interval else ''} below the sum of the P80s. Intervals of sums and "
        "differences are made of the ends of their parts, and so are rather too wide. "
        "Source: percentiles.arrow, cost_periods.arrow, projects.arrow."
    )
    return paragraph(note, width, "  ")


def final_costs(run: RunRecord, projects: list[Row]) -> dict[str, Row]:
    """Return what each project of a programme costs in the end, and the programme.

    Returns
    -------
    dict
        By project, ``of no project``, ``sum`` and, for the programme, an empty text: ``iterations``, and mean, P50 and
        P80 with the ends of their intervals [currency]. The sum adds up means and P80s, and has no P50. Empty where
        nothing costs anything, or the tasks of a project are no element of the WBS by themselves.
    """
    if not has_cost(run) or not all(project["element"] for project in projects):
        return {}
    last: dict[tuple[str, str], Row] = {}
    for row in rows(run, "cost_periods", COST_COLUMNS):  # months follow one another
        last[row["scope"], row["key"]] = row
    if ("project", "") not in last or ("other elements", "") in last:
        return {}
    parts = {
        project["project"]: _cost(last["wbs", project["element"]])
        for project in projects
        if ("wbs", project["element"]) in last
    }
    elements = {project["element"] for project in projects}
    others = [_cost(row) for (scope, key), row in last.items() if scope == "wbs" and key not in elements]
    if len(others) == 1:
        parts[OF_NO_PROJECT] = others[0]
    elif others:
        return {}
    whole = _cost(last["project", ""])
    if not parts or any(cost["p80"] is None for cost in (*parts.values(), whole)):
        return {}
    total = {name: _added(parts, name) for name in (f"{value}{end}" for value in ("mean", "p80") for end in ENDS)}
    return {**parts, "sum": {"iterations": whole["iterations"], "p50": None, **total}, "": whole}


def _cost(row: Row) -> Row:
    costs = {f"{name}{end}": row[f"cumulative_{name}{end}"] for name in COSTS for end in ENDS}
    return {"iterations": row["iterations"], **costs}


def _added(parts: dict[str, Row], name: str) -> float | None:
    """The sum of a number of all parts, None where a part has an open end."""
    values = [cost[name] for cost in parts.values()]
    return None if any(value is None for value in values) else sum(values)


def projects_document(run: RunRecord) -> Document | None:
    """Return what ``--json`` says about projects, None for a scenario that is no programme."""
    projects = rows(run, "projects")
    if not projects:
        return None
    costs = final_costs(run, projects)

    def cost_of(key: str, names: tuple[str, ...] = COSTS) -> Document | None:
        return {name: with_interval(costs[key], name) for name in names} if key in costs else None

    return {
        "projects": [
            {
                "project": project["project"],
                "name": project["name"],
                "tasks": project["tasks"],
                "finish_p50": finish_of(run, project["project"], 50).isoformat(),
                "finish_p80": finish_of(run, project["project"], 80).isoformat(),
                "cost": cost_of(project["project"]),
            }
            for project in projects
        ],
        "cost_of_no_project": cost_of(OF_NO_PROJECT),
        "cost_sum": cost_of("sum", ("mean", "p80")),
        "cost": cost_of(""),
        "iterations": finite(costs[""]["iterations"]) if costs else None,
    }
