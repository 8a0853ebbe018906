"""One iteration of a run: sentences, tables for the terminal, and one JSON object."""

from dataclasses import asdict
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from riskengine.errors.counting import counted, first_names
from riskengine.report.reading import PROJECT
from riskengine.report.text.gantt import bars
from riskengine.report.text.layout import fits, paragraph, table
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import clean, day, days, money, span, start_day
from riskengine.results.run import RunRecord
from riskengine.results.samples.traced import (
    RESOURCE,
    DrawnValue,
    Driver,
    Nearness,
    TracedIteration,
    TracedRank,
    TracedRisk,
    TracedTask,
)

MOST_RISKS: Final = 5
"""Risks that the sentences name."""
MOST_DATES: Final = 8
"""Lost days of a calendar that are named."""
MOST_STEPS: Final = 12
"""Tasks of the driving path that the sentences name."""


def sentences(run: RunRecord, traced: TracedIteration, rank: TracedRank, near: Nearness | None) -> list[str]:
    """Return what an iteration came to, where it stands, which risks occurred, and what drove its finish."""
    currency = run.manifest["currency"]
    finish = traced.finish[traced.target]
    whose = "finish" if traced.target == PROJECT else f"finish of {clean(traced.target)}"
    cost = ""
    if traced.cost or traced.deterministic_cost:
        change = traced.cost - traced.deterministic_cost
        cost = f"; cost {money(traced.cost, currency)}, {money(change, currency, signed=True)} against the plan"
    lines = [
        f"Iteration {traced.iteration:,} of {clean(run.manifest['name'])}: {whose} {day(moment_of(finish.instant))}, "
        f"{days(finish.days - finish.deterministic_days, signed=True)} against the plan{cost}."
    ]
    if near is not None:
        lines.append(nearness_words(near, currency))
    lines.append(rank_words(traced, rank))
    lines.append(risk_words(traced, currency))
    lines.append(f"Driving path: {path_words(traced.path)}.")
    lines += [f"Branch {clean(each.name or each.id)}: {clean(each.outcome) or 'no path'}." for each in traced.branches]
    lines += [
        f"Rework {clean(each.name or each.id)}: done again {counted(int(each.outcome), 'time')}."
        for each in traced.rework
    ]
    absent = [task.id for task in traced.tasks if not task.exists]
    if absent:
        lines.append(f"Not there: {first_names([clean(id) for id in absent], MOST_STEPS)}.")
    for lost in traced.lost_days:
        named = first_names([day(each) for each in lost.dates], MOST_DATES)
        lines.append(
            f"Calendar {clean(lost.name or lost.calendar)} lost {counted(len(lost.dates), 'day')}"
            f"{': ' + named if named else ''}."
        )
    return lines


def moment_of(instant: Any) -> datetime:
    """Return an instant of numpy as Python's own."""
    moment: datetime = instant.astype("datetime64[us]").item()
    return moment


def nearness_words(near: Nearness, currency: str) -> str:
    """Return of which iterations this one is typical."""
    if near.measure == "cost":
        ends = f"{money(float(near.low), currency)} to {money(float(near.high), currency)}"
    else:
        ends = span(moment_of(near.low), moment_of(near.high))
    whose = "" if near.target == PROJECT else f" of {clean(near.target)}"
    return (
        f"It is the typical one of the {counted(near.candidates, 'iteration')} next to P{near.percent:g} of the "
        f"{near.measure}{whose} ({ends}): the nearest to all others in dates and costs of tasks."
    )


def rank_words(traced: TracedIteration, rank: TracedRank) -> str:
    """Return where the iteration stands among those of its run."""
    text = f"{rank.no_later:,} of {counted(rank.iterations, 'iteration')} finish no later"
    if traced.cost or traced.deterministic_cost:
        text += f", {rank.no_dearer:,} cost no more"
    return f"{text}."


def risk_words(traced: TracedIteration, currency: str) -> str:
    """Return the risks that occurred, those that moved the finish most first."""
    if not traced.risks:
        return "No risk occurred."
    ranked = sorted(traced.risks, key=lambda risk: (-abs(risk.finish_change), -abs(risk.cost_change), risk.id))
    named = []
    for risk in ranked:
        parts = [days(risk.finish_change, signed=True)] if risk.finish_change else []
        parts += [money(risk.cost_change, currency, signed=True)] if risk.cost_change else []
        named.append(f"{clean(risk.id)} ({', '.join(parts) or 'no effect'})")
    return f"{'Risk' if len(named) == 1 else 'Risks'} that occurred: {first_names(named, MOST_RISKS)}."


def path_words(path: tuple[str, ...]) -> str:
    """Return the tasks of a path with arrows between them, the middle of a long one left out."""
    names = [clean(id) for id in path]
    if len(names) > MOST_STEPS:
        half = MOST_STEPS // 2
        names = [*names[:half], f"... {len(names) - 2 * half} more ...", *names[-half:]]
    return " -> ".join(names)


def driver_words(task: TracedTask, absent: frozenset[str], above: str = "") -> str:
    """Return what set the date of a task: another task, a resource, or something else.

    Parameters
    ----------
    absent : frozenset of str
        Ids of the tasks that do not exist, and hand on dates.
    above : str
        Id of the driver that stands in the line above, and is not named again.
    """
    if not task.drivers:
        return clean(task.bound)
    ranked = sorted(task.drivers, key=lambda driver: (driver.task != above, driver.task in absent))
    if ranked[0].task in absent:
        return f"handed on by {clean(ranked[0].task)}"
    text = one_driver(ranked[0], above)
    others = [clean(driver.task) for driver in ranked[1:]]
    return f"{text} (also {first_names(others, 2)})" if others else text


def one_driver(driver: Driver, above: str) -> str:
    """Return one driver: ``design FS +5.0 d``, ``crane freed by span-1``, ``FS`` where it stands above."""
    is_above = driver.task == above
    if driver.kind == RESOURCE:
        text = f"{clean(driver.resource)} freed{'' if is_above else ' by ' + clean(driver.task)}"
    else:
        text = driver.kind if is_above else f"{clean(driver.task)} {driver.kind}"
        if driver.lag:
            text += f" {days(driver.lag, signed=True)}"
    idle = int(driver.gap)
    return f"{text}, {counted(idle, 'day')} later" if not driver.lag and idle >= 1 else text


def render(
    run: RunRecord,
    traced: TracedIteration,
    rank: TracedRank,
    near: Nearness | None,
    *,
    width: int,
    has_all: bool,
) -> str:
    """Return sentences and tables for people."""
    currency = run.manifest["currency"]
    lines: list[str] = []
    for sentence in sentences(run, traced, rank, near):
        lines += paragraph(sentence, width)
    by_id = {task.id: task for task in traced.tasks}
    tasks = [by_id[id] for id in traced.path]
    heading = "Driving path"
    if has_all:
        tasks, heading = sorted(traced.tasks, key=lambda task: (task.start, task.finish, task.id)), "Tasks"
    lines += ["", heading, *task_lines(traced, tasks, currency, width)]
    lines += ["", *bars(tasks, frozenset(traced.path), width)]
    if traced.risks:
        lines += ["", "Risks that occurred", *risk_lines(traced, currency, width)]
    if traced.clauses:
        cells = [["clause", "cost"], *([clean(id), money(cost, currency)] for id, cost in traced.clauses.items())]
        lines += ["", *table(cells, width, (1,), heading=True)]
    return "\n".join([*lines, "", *paragraph(footnote(run), width)])


def task_lines(traced: TracedIteration, tasks: list[TracedTask], currency: str, width: int) -> list[str]:
    """Return the table of tasks: dates, durations, money where there is room for it, and what drove each."""
    is_path = [task.id for task in tasks] == [*traced.path]
    absent = frozenset(task.id for task in traced.tasks if not task.exists)
    cells = [["task", "start", "finish", "days", "plan", "cost", "after the one above" if is_path else "driven by"]]
    for above, task in pairwise((None, *tasks)):
        assert task is not None
        start, finish = moment_of(task.start), moment_of(task.finish)
        dates = [start_day(start, finish), day(finish)] if task.exists else ["-", "-"]
        lengths = [days(each, unit="") for each in (task.duration, task.deterministic_duration)]
        by = driver_words(task, absent, above.id if is_path and above is not None else "")
        cells.append([short(task.id), *dates, *lengths, money(task.cost, currency), by])
    if not any(task.cost for task in tasks) or not fits(cells, width):
        cells = [[*row[:5], row[6]] for row in cells]
    return table(cells, width, range(3, len(cells[0]) - 1), heading=True, names=(0, len(cells[0]) - 1))


def risk_lines(traced: TracedIteration, currency: str, width: int) -> list[str]:
    """Return the table of the risks that occurred: what each changed, and what was drawn of it."""
    cells = [["risk", "finish", "cost", "as drawn"]]
    for risk in traced.risks:
        values = [value_words(risk, value, currency) for value in risk.values]
        finish = days(risk.finish_change, signed=True) if risk.finish_change else "none"
        cost = money(risk.cost_change, currency, signed=True) if risk.cost_change else "none"
        cells.append([short(risk.id), finish, cost, first_names(values, 3, "; ")])
    return named_table(cells, [(risk.id, risk.name) for risk in traced.risks], width, (1, 2))


def value_words(risk: TracedRisk, value: DrawnValue, currency: str) -> str:
    """Return an impact as it was drawn: ``install delay +12.4 d``."""
    name = clean(value.label.removeprefix(f"risk/{risk.id}/impact/").replace("/", " "))
    if value.unit == "factor":
        return f"{name} {value.value:.3g}"
    if value.unit == "calendar days":  # of an elapsed delay: no working days, which are d
        return f"{name} {days(value.value, signed=True, unit='calendar days')}"
    if value.unit == "working days":
        return f"{name} {days(value.value, signed=True)}"
    return f"{name} {money(value.value, currency, signed=True)}"


def footnote(run: RunRecord) -> str:
    """Return what was compared, and what the columns are."""
    return (
        "Run again from its streams: finish and cost are those of the run, to the bit, and everything here is exact, "
        "for it is one iteration. Days are working days; plan is the deterministic plan. What a risk changed is the "
        f"iteration less the same one without that risk ({run.manifest['method']}, seed {run.manifest['seed']})."
    )


def document(run: RunRecord, traced: TracedIteration, rank: TracedRank, near: Nearness | None) -> dict[str, Any]:
    """Return the iteration as JSON has it."""
    made: dict[str, Any] = plain(asdict(traced))
    manifest = {name: run.manifest[name] for name in ("name", "project", "currency", "seed", "method", "iterations")}
    return {
        **manifest,
        "words": sentences(run, traced, rank, near),
        "near": None if near is None else plain(asdict(near)),
        "no_later": rank.no_later,
        "no_dearer": rank.no_dearer,
        **made,
    }


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it; instants to the second."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if hasattr(value, "astype"):
        return str(value.astype("datetime64[s]")) if value.dtype.kind == "M" else value.item()
    return value.isoformat() if hasattr(value, "isoformat") else value
