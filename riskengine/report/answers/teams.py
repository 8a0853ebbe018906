"""What a run says to teams and people: tables for the terminal, a page of Markdown for each, and one JSON object."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from riskengine.analysis.teams import Estimate, TeamMonth, TeamReport
from riskengine.errors.counting import counted
from riskengine.report.answers.trace import plain
from riskengine.report.text import markdown_text
from riskengine.report.text.intervals import bare_days
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.markdown_text import escaped
from riskengine.report.text.notation import MONTHS, UNKNOWN, End, chance, clean, day, estimate, short_name, span
from riskengine.results.run import RunRecord

KINDS: Final = {"team": "Teams", "owner": "Owners", "resource": "Resources"}
MOST_HAND_OVERS: Final = 30
"""Hand-overs that the terminal lists, the first by their P80."""
INTERVAL: Final = "95% interval"


def chance_of(value: Estimate) -> tuple[str, str]:
    """Return a chance and its interval; a dash where it has no value."""
    if value["value"] is None:
        return UNKNOWN, ""
    return estimate(value["value"], value["ci_low"], value["ci_high"], _share, _share)


def _share(value: float, finer: int, end: End) -> str:
    return chance(value, None, end)


def days_of(value: Estimate) -> tuple[str, str]:
    """Return a number of days and its interval."""
    if value["value"] is None:
        return UNKNOWN, ""
    return estimate(value["value"], value["ci_low"], value["ci_high"], bare_days, bare_days)


def month_name(month: TeamMonth) -> str:
    """Return a month as people say it: ``Mar 2027``."""
    return f"{MONTHS[month.month.month - 1]} {month.month.year}"


def dates_of(value: Mapping[str, Any]) -> tuple[str, str]:
    """Return a date and its interval."""
    return day(value["value"]), span(value["ci_low"], value["ci_high"])


def render(run: RunRecord, reports: Sequence[TeamReport], iterations: int, width: int) -> str:
    """Return the overview for people: who drives the finish, the load by month, and what is handed over."""
    if not reports:
        return "\n".join(paragraph("No task has a team, an owner or a resource.", width))
    lines: list[str] = []
    for kind, title in KINDS.items():
        of_kind = sorted((each for each in reports if each.kind == kind), key=_by_driving)
        if of_kind:
            lines += [title, *overview(of_kind, width), "", *months_table(of_kind, width), ""]
            lines += [*hand_over_table(of_kind, width), ""]
    return "\n".join([*lines, *paragraph(footnote(run, iterations), width)])


def _by_driving(report: TeamReport) -> tuple[float, str]:
    return -(report.driving["value"] or 0.0), report.key


def _driving_iterations(month: TeamMonth) -> float:
    """Share of all iterations in which a month drives; a month that few of them reach may do so in each of these."""
    return (month.work["value"] or 0.0) * (month.driving["value"] or 0.0)


def overview(reports: Sequence[TeamReport], width: int) -> list[str]:
    """Return the table of all of one kind, those first that drive the finish most often."""
    cells = [[reports[0].kind, "tasks", "drives finish", INTERVAL, "most in", "there", INTERVAL]]
    for report in reports:
        worst = max(report.months, key=_driving_iterations, default=None)
        of_month = ["", "", ""] if worst is None else [month_name(worst), *chance_of(worst.driving)]
        cells.append([short_name(report.key, 28), f"{len(report.tasks):,}", *chance_of(report.driving), *of_month])
    return table(cells, width, (1, 2, 5), heading=True)


def months_table(reports: Sequence[TeamReport], width: int) -> list[str]:
    """Return the months of all of one kind."""
    cells = [[reports[0].kind, "month", "drives", INTERVAL, "days P80", INTERVAL]]
    for report in reports:
        for month in report.months:
            row = [month_name(month), *chance_of(month.driving), *days_of(month.load["p80"])]
            cells.append([short_name(report.key, 20), *row])
    return table(cells, width, (2, 4), heading=True) if len(cells) > 1 else []


def hand_over_table(reports: Sequence[TeamReport], width: int) -> list[str]:
    """Return what is handed over to others of the kind."""
    pairs = [(report, each) for report in reports for each in report.hand_overs]
    if not pairs:
        return paragraph("Nobody waits for a task of another one.", width, "  ")
    pairs.sort(key=lambda pair: (str(pair[1].finish_p80["value"]), pair[1].task))
    cells = [["hands over", "from", "to", "P80", INTERVAL]]
    for report, each in pairs[:MOST_HAND_OVERS]:
        row = [short_name(each.task, 24), short_name(report.key, 20), short_name(", ".join(each.to), 24)]
        cells.append([*row, *dates_of(each.finish_p80)])
    lines = table(cells, width, heading=True, names=(0, 2))
    more = len(pairs) - MOST_HAND_OVERS
    return [*lines, *(paragraph(f"and {more:,} more (--json, or -o)", width, "  ") if more > 0 else [])]


def footnote(run: RunRecord, iterations: int) -> str:
    """Return what the columns are."""
    return (
        "Drives finish: share of the iterations in which any of its work is on the longest path to the finish of the "
        "project; by month, of those in which it has work in the month. Days: working days of its tasks in the "
        "month, times the units of a resource. Hands over: finish of tasks that others wait for. "
        f"{counted(iterations, 'iteration')} ({run.manifest['method']}, seed {run.manifest['seed']})."
    )


def markdown(run: RunRecord, report: TeamReport, iterations: int) -> str:
    """Return the page of one team, owner or resource, to be sent to it."""
    name = escaped(report.name or report.key)
    value, interval = chance_of(report.driving)
    lines = [markdown_text.MARK, f"# {name}", ""]
    lines += [f"{escaped(run.manifest['name'])}: what the project asks of you, and when.", ""]
    lines += [f"In {with_interval(value, interval)} of the futures your work drives the finish of the project.", ""]
    if report.months:
        cells = [["month", "you have work", "it then drives the finish", "days P50", "days P80"]]
        for month in report.months:
            values = [
                chance_of(month.work),
                chance_of(month.driving),
                *(days_of(month.load[p]) for p in ("p50", "p80")),
            ]
            cells.append([month_name(month), *(with_interval(*value) for value in values)])
        lines += ["## By month", "", markdown_text.table(cells), ""]
    if report.hand_overs:
        cells = [["task", "name", "waited for by", "P50", "P80"]]
        for each in report.hand_overs:
            dates = [with_interval(*dates_of(value)) for value in (each.finish_p50, each.finish_p80)]
            cells.append([*map(escaped, (each.task, each.name, ", ".join(each.to))), *dates])
        lines += ["## What others wait for", "", markdown_text.table(cells), ""]
    lines += ["## Your tasks", "", ", ".join(escaped(task) for task in report.tasks) or "none", ""]
    return "\n".join([*lines, escaped(footnote(run, iterations)), ""])


def with_interval(value: str, interval: str) -> str:
    """Return a value with its interval in brackets, escaped."""
    return f"{escaped(value)} ({escaped(interval)})" if interval else escaped(value)


def document(run: RunRecord, reports: Sequence[TeamReport], iterations: int) -> dict[str, Any]:
    """Return all of it as JSON has it."""
    names = ("name", "project", "currency", "seed", "method")
    teams = [plain(asdict(report)) for report in reports]
    return {**{name: run.manifest[name] for name in names}, "iterations": iterations, "teams": teams}


def file_names(reports: Sequence[TeamReport]) -> list[str]:
    """Return a name for the file of each: safe on every system, and no two alike whatever the case of letters."""
    names: list[str] = []
    for report in reports:
        safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in clean(report.key)).strip("-")[:60]
        stem = f"{report.kind}-{safe or 'unnamed'}".lower()
        name, number = stem, 2
        while f"{name}.md" in names:
            name, number = f"{stem}-{number}", number + 1
        names.append(f"{name}.md")
    return names
