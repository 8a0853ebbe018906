"""Whether a schedule is fit for a risk run, as far as it shows without computing a date.

References
----------
U.S. Government Accountability Office (2015), Schedule Assessment Guide: Best Practices for Project Schedules,
GAO-16-89G, best practices 2 (sequencing), 6 (critical path), 7 (float) and 8 (schedule risk analysis).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from riskengine.errors.counting import counted, share_of
from riskengine.model import AnyEstimate, DoubleTriangular, Pert, Risk, Scenario, Task, Triangular, Trigen
from riskengine.model.selector import COST_LINE, ImpactTargets
from riskengine.schedule.health.dcma import (
    LONG_DAYS,
    hard_constrained_tasks,
    leads,
    without_dates,
    words,
    working_tasks,
)
from riskengine.schedule.health.finding import Finding, Level, Measure
from riskengine.schedule.health.logic import Logic, LogicRelationship
from riskengine.schedule.health.open_ends import dangling_finishes, dangling_starts, open_ends
from riskengine.schedule.health.redundant import redundant_relationships

LONG_LAG = 20.0
"""Working days of a lag, a month, beyond which it is a task of its own."""

FEW_RANGES = 5
"""Ranges below which it is no wonder that all are alike."""


def readiness(logic: Logic) -> tuple[Finding, ...]:
    """Return what is wrong with a scenario's schedule, in the order of the codes.

    Notes
    -----
    Needs no dates and loads no array library. Whatever misleads a risk run is a warning, the rest a note.
    """
    findings = [*_from_measures(without_dates(logic)), *_logic(logic), *_progress(logic)]
    findings += [*_risks(logic.scenario), *_ranges(logic), *_order(logic.scenario)]
    return tuple(sorted(findings, key=lambda finding: finding.code))


def _from_measures(measures: tuple[Measure, ...]) -> Iterator[Finding]:
    """Note the shares that are too high; what must not be at all is found one by one."""
    relationships = ("relationship", "relationships")
    for measure in measures:
        numerator, denominator = measure.numerator or 0, measure.denominator or 0
        if measure.code == "RE560" and measure.value is not None and 0 < measure.value < 1:
            noun = ("task of a day or more", "tasks of a day or more")
            counts = f"{share_of(numerator, denominator, noun, ('has', 'have'))} no resources and no cost"
        elif measure.result == "fail" and measure.code == "RE553":
            counts = f"{share_of(numerator, denominator, relationships, ('has', 'have'))} a lag"
        elif measure.result == "fail" and measure.code == "RE554":
            counts = f"only {share_of(numerator, denominator, relationships, ('runs', 'run'))} from finish to start"
        elif measure.result == "fail" and measure.code == "RE558":
            noun = ("unfinished task", "unfinished tasks")
            counts = f"{share_of(numerator, denominator, noun, ('is', 'are'))} longer than {LONG_DAYS:.0f} working days"
        else:
            continue
        yield Finding(measure.code, "note", counts, measure.behind)


def _logic(logic: Logic) -> Iterator[Finding]:
    yield from _tasks("RE551", "warning", open_ends(logic), "without predecessor or successor")
    yield from _relationships("RE552", "warning", leads(logic), "with a negative lag")
    yield from _tasks(
        "RE555", "warning", hard_constrained_tasks(logic), "with a constraint that holds a date against the logic"
    )
    yield from _tasks("RE565", "warning", dangling_starts(logic), "whose start nothing drives")
    yield from _tasks("RE566", "warning", dangling_finishes(logic), "whose finish drives nothing")
    long = tuple(relationship for relationship in logic.live if relationship.lag > LONG_LAG)
    yield from _relationships("RE567", "warning", long, f"with a lag of more than {LONG_LAG:.0f} working days")
    yield from _relationships("RE568", "note", redundant_relationships(logic), "that others imply")
    spans = tuple(
        f"{relationship.task} -> {name} {relationship.type}"
        for name, task in logic.scenario.tasks.items()
        for relationship in task.after
        if logic.scenario.tasks[relationship.task].is_span and not (task.is_span and relationship.type in ("FF", "SF"))
    )
    yield from _finding_on("RE569", "note", spans, "relationship", "out of a level of effort or a summary, ignored")
    late = tuple(n for n, task in logic.unfinished.items() if any(c.type == "ALAP" for c in task.constraints))
    yield from _tasks("RE578", "note", late, "as late as possible, without float")


def _progress(logic: Logic) -> Iterator[Finding]:
    scenario = logic.scenario
    if scenario.is_data_date:
        future = tuple(name for name, task in logic.work.items() if is_after(task, scenario.start))
        yield from _tasks("RE559", "warning", future, "with an actual date after the data date")
    early = tuple(
        relationship
        for relationship in logic.relationships
        if relationship.lag >= 0 and is_out_of_sequence(relationship, logic.work)
    )
    yield from _relationships("RE570", "warning", early, "that progress has overtaken")


def is_after(task: Task, instant: datetime) -> bool:
    """Whether a task has an actual date after an instant."""
    return any(date is not None and date > instant for date in (task.actual_start, task.actual_finish))


def is_out_of_sequence(relationship: LogicRelationship, work: dict[str, Task]) -> bool:
    """Whether what a relationship holds has happened and what it waits for has not."""
    before, after = work[relationship.predecessor], work[relationship.successor]
    has_driven = before.is_started if relationship.type in ("SS", "SF") else before.is_finished
    has_happened = after.is_started if relationship.type in ("FS", "SS") else after.is_finished
    return has_happened and not has_driven


def _risks(scenario: Scenario) -> Iterator[Finding]:
    active = {name: risk for name, risk in scenario.risks.items() if risk.active}
    targets = ImpactTargets(scenario)
    triggers = {cause for risk in active.values() for cause in risk.triggered_by}
    nothing = tuple(name for name, risk in active.items() if not risk.impacts and name not in triggers)
    yield from _finding_on("RE572", "warning", nothing, "risk", "without any impact")
    done = tuple(name for name, risk in active.items() if risk.impacts and acts_on_nothing(risk, targets))
    yield from _finding_on("RE571", "warning", done, "risk", "on finished work only")


def acts_on_nothing(risk: Risk, targets: ImpactTargets) -> bool:
    """Whether all that a risk does is a delay or a factor on finished work."""
    if any(impact.cost is not None for impact in risk.impacts.values()) or "project" in risk.impacts:
        return False
    if any(key not in targets.scenario.tasks and key.startswith(COST_LINE) for key in risk.impacts):
        return False
    return not any(targets.unfinished(key) or targets.acted_on(key, "delay") for key in risk.impacts)


def _ranges(logic: Logic) -> Iterator[Finding]:
    tasks = working_tasks(logic)
    ranged = {name: task for name, task in tasks.items() if task.work.shape != "constant" or task.uncertain_paces}
    without = tuple(name for name, task in tasks.items() if name not in ranged and not task.margin)
    if ranged:
        yield from _tasks("RE574", "note", without, "without a range")
    shares = {name: share for name, task in ranged.items() if (share := proportions(task.work)) is not None}
    if len(shares) >= FEW_RANGES and len(shares) == len(ranged) and len(set(shares.values())) == 1:
        low, high = next(iter(shares.values()))
        run = counted(len(ranged), "range runs", "ranges run")
        counts = f"all {run} from {100 * low:.0f} % to {100 * high:.0f} % of the most likely"
        yield Finding("RE573", "note", counts, tuple(ranged))


def proportions(estimate: AnyEstimate) -> tuple[float, float] | None:
    """Return low and high as shares of the most likely, in whole percent, where a shape has all three."""
    if not isinstance(estimate, Triangular | DoubleTriangular | Pert | Trigen) or estimate.most_likely <= 0:
        return None
    return round(estimate.low / estimate.most_likely, 2), round(estimate.high / estimate.most_likely, 2)


def _order(scenario: Scenario) -> Iterator[Finding]:
    without = tuple(name for name, task in scenario.tasks.items() if not task.wbs)
    if len(without) < len(scenario.tasks):
        yield from _tasks("RE575", "note", without, "without a WBS code", "task")
    count = Counter(task.name for task in scenario.tasks.values() if task.name and not task.is_span)
    alike: dict[str, list[str]] = defaultdict(list)
    for name, task in scenario.tasks.items():
        if count[task.name] > 1 and not task.is_span:
            alike[task.name].append(name)
    behind = tuple(name for names in alike.values() for name in names)
    yield from _tasks("RE577", "note", behind, "that share a name", "task")


def _tasks(code: str, level: Level, behind: tuple[str, ...], what: str, noun: str = "unfinished task") -> list[Finding]:
    return _finding_on(code, level, behind, noun, what)


def _relationships(code: str, level: Level, behind: tuple[LogicRelationship, ...], what: str) -> list[Finding]:
    return _finding_on(code, level, words(behind), "relationship", what)


def _finding_on(code: str, level: Level, behind: tuple[str, ...], noun: str, what: str) -> list[Finding]:
    """Return one finding, or none where nothing is behind it."""
    count = counted(len(behind), noun)
    return [Finding(code, level, f"{count} {what}", behind)] if behind else []
