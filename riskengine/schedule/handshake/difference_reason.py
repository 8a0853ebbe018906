"""Why a date is likely to differ from the one that the source tool stored."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskengine.model import Constant, Relationship, Scenario, Task
from riskengine.schedule.dates.working_time import Instants, WorkingTime

SAME_SECONDS = 60
INHERITED = "inherited"
EDITED = "edited after scheduling"
CONSTRAINT = "constraint"
LEVELLED = "levelled"
EXTERNAL = "external relationship"
LENGTH = "duration or calendar"
UNKNOWN = "unknown"

DATES_APART = "the source tool stored other dates for what remains: the task was changed after it was scheduled"
ITS_CONSTRAINT = "its constraint"

FROM_FINISH = frozenset({"FS", "FF"})
TO_START = frozenset({"FS", "SS"})


class Side(Enum):
    """Which pass a date comes from."""

    EARLY = "early"
    LATE = "late"


@dataclass(frozen=True)
class Evidence:
    """Stored and computed dates of every task, in the order of the plan.

    Parameters
    ----------
    scenario : Scenario
    order : tuple of str
    time : WorkingTime
    stored, computed : mapping of measure to (task,) datetime64[s]
    differs : mapping of measure to (task,) bool
    """

    scenario: Scenario
    order: tuple[str, ...]
    time: WorkingTime
    stored: Mapping[str, Instants]
    computed: Mapping[str, Instants]
    differs: Mapping[str, NDArray[np.bool_]]

    @cached_property
    def row(self) -> dict[str, int]:
        """Row of each task."""
        return {name: at for at, name in enumerate(self.order)}

    @cached_property
    def successors(self) -> dict[str, list[tuple[Relationship, str]]]:
        """Relationships out of each task, with the tasks that they lead to."""
        by_task: dict[str, list[tuple[Relationship, str]]] = {name: [] for name in self.order}
        for name, task in self.scenario.tasks.items():
            for relationship in task.after:
                by_task[relationship.task].append((relationship, name))
        return by_task

    def any_differs(self, row: int, side: Side) -> bool:
        """Whether a date of one side differs."""
        return bool(self.differs[f"{side.value}_start"][row] or self.differs[f"{side.value}_finish"][row])


def reason_of(evidence: Evidence, row: int, side: Side) -> tuple[str, str]:
    """Return the likely reason of a task's difference, as a key and as a sentence.

    Notes
    -----
    Early dates are replayed from the *stored* dates of the predecessors. Where those ask for the stored start and a
    predecessor differs, the difference is inherited. A stored start before what they ask for breaks the file's own
    logic, so the file was edited after it was last scheduled; one after it was held by something else.
    """
    task = evidence.scenario.tasks[evidence.order[row]]
    if side is Side.LATE:
        return _late_reason(evidence, row, task)
    if not evidence.differs["early_start"][row] and not np.isnat(evidence.stored["early_start"][row]):
        return _length_reason(evidence, row, task)
    stored = evidence.stored["early_start"][row]
    if np.isnat(stored):
        return UNKNOWN, "the source tool stored no early start"
    return _start_reason(evidence, row, task, int(evidence.time.done(task.working_calendar, stored)))


def _late_reason(evidence: Evidence, row: int, task: Task) -> tuple[str, str]:
    """Explain late dates that differ: the stored ones are replayed from the stored ones of the successors."""
    after = evidence.successors[task.id]
    beyond = _late_beyond(evidence, row, task)
    if beyond is not None:
        return EDITED, f"the stored late finish is after what {beyond} leaves room for"
    follows = [name for _, name in after if evidence.any_differs(evidence.row[name], Side.LATE)]
    if follows:
        return INHERITED, f"follows {follows[0]}"
    if is_edited(task):
        return EDITED, DATES_APART
    if outside := external_words(evidence.scenario, task):
        return EXTERNAL, outside
    if any(constraint.type != "SNET" for constraint in task.constraints) or task.deadline is not None:
        return CONSTRAINT, "a constraint or a deadline binds the late dates of this task"
    if not after:
        return EXTERNAL, "nothing follows it here, so the source tool counted from a finish outside this project"
    return UNKNOWN, "every successor agrees, and this task does not"


def _late_beyond(evidence: Evidence, row: int, task: Task) -> str | None:
    """Return the successor whose stored late dates leave less room than the stored late dates of a task take.

    What is left of a lag under way is not asked for here, so lags out of work that has begun are passed over.
    """
    time = evidence.time
    calendar = task.working_calendar
    for relationship, name in evidence.successors[task.id]:
        after = evidence.scenario.tasks[name]
        is_known = isinstance(relationship.lag, Constant) and (relationship.lag.value == 0 or not task.is_started)
        if after.is_span or after.is_started or not is_known:
            continue
        stored_date = evidence.stored["late_finish" if relationship.type in FROM_FINISH else "late_start"][row]
        theirs = evidence.stored["late_start" if relationship.type in TO_START else "late_finish"][evidence.row[name]]
        if np.isnat(stored_date) or np.isnat(theirs):
            continue
        room = _moved(evidence, relationship, before=task, after=after, event=int(time.seconds(theirs)), sign=-1)
        if (
            room is not None
            and int(time.done(calendar, stored_date)) >= int(time.worked(calendar, room)) + SAME_SECONDS
        ):
            return name
    return None


def is_edited(task: Task) -> bool:
    """Whether the dates that the source tool stored for a task contradict each other."""
    return task.imported is not None and task.imported.edited


def external_words(scenario: Scenario, task: Task) -> str:
    """Return a sentence that names what outside the project binds a task; empty where nothing is known to."""
    if task.imported is not None and task.imported.external:
        return f"a relationship with another project binds it: {task.imported.external}"
    notes = scenario.imported.notes if scenario.imported is not None else ()
    whole = re.compile(rf"(?<![\w.-]){re.escape(task.id)}(?![\w-]|\.\w)")
    if any("external" in note.lower() and whole.search(note) for note in notes):
        return "a task outside this project holds the stored start"
    return ""


def _length_reason(evidence: Evidence, row: int, task: Task) -> tuple[str, str]:
    """Explain a finish that differs where the start agrees."""
    before = _differing(evidence, task, {"FF", "SF"})
    if before is not None:
        return INHERITED, f"follows {before}"
    if is_edited(task):
        return EDITED, DATES_APART
    if task.is_started:
        return LENGTH, "the work left, or the day on which it goes on, is not what the stored finish says"
    return LENGTH, "the stored start and finish are not the duration apart in the calendar of the task"


def _start_reason(evidence: Evidence, row: int, task: Task, stored: int) -> tuple[str, str]:
    requirements = list(_requirements(evidence, task, row))
    latest, by = max(requirements, default=(stored, ""))
    before = _differing(evidence, task, {"FS", "SS", "FF", "SF"})
    if before is not None and (task.is_started or abs(stored - latest) < SAME_SECONDS):
        return INHERITED, f"follows {before}"
    if is_edited(task):
        return EDITED, DATES_APART
    outside = external_words(evidence.scenario, task)
    if outside and (by.startswith(ITS_CONSTRAINT) or stored >= latest + SAME_SECONDS):
        return EXTERNAL, outside
    if stored <= latest - SAME_SECONDS:
        return EDITED, f"the stored start is before {by}"
    if _sits_on_constraint(evidence, task, row):
        return CONSTRAINT, "a constraint holds one of the two dates"
    if stored >= latest + SAME_SECONDS:
        if before is not None and not requirements:
            return INHERITED, f"follows {before}"
        return _later_reason(task)
    return UNKNOWN, "the stored dates agree with the stored logic, ours do not"


def _later_reason(task: Task) -> tuple[str, str]:
    """Explain a stored start after what its logic asks for."""
    if any(constraint.type == "ALAP" for constraint in task.constraints):
        return CONSTRAINT, "as late as possible"
    if task.resources:
        return LEVELLED, "the stored start is later than logic asks for, and the task has resources"
    return (
        UNKNOWN,
        "the stored start is later than logic asks for: another project, a manual date or levelling",
    )


def _differing(evidence: Evidence, task: Task, types: set[str]) -> str | None:
    """Return the first predecessor whose driving date differs."""
    for relationship in task.after:
        measure = "early_finish" if relationship.type in FROM_FINISH else "early_start"
        if relationship.type in types and evidence.differs[measure][evidence.row[relationship.task]]:
            return relationship.task
    return None


def _requirements(evidence: Evidence, task: Task, row: int) -> Iterator[tuple[int, str]]:
    """What asks for a start of a task, in working seconds of its calendar, and what asks it."""
    scenario, time = evidence.scenario, evidence.time
    calendar = task.working_calendar
    what = "the data date" if scenario.is_data_date else "the start of the project"
    yield int(time.done(calendar, scenario.start)), what
    length = _length(evidence, row, calendar)
    for constraint in task.constraints:
        if constraint.date is not None and constraint.type in ("SNET", "SO", "MSO"):
            yield int(time.done(calendar, constraint.date)), f"{ITS_CONSTRAINT} {constraint.type}"
        elif constraint.date is not None and constraint.type in ("FNET", "FO", "MFO") and length is not None:
            yield int(time.done(calendar, constraint.date)) - length, f"{ITS_CONSTRAINT} {constraint.type}"
    if task.is_started:
        return
    for relationship in task.after:
        clock = _required(evidence, relationship, task)
        if clock is None:
            continue
        moment = int(time.worked(calendar, clock))
        if relationship.type in TO_START:
            yield moment, f"{relationship.task} {relationship.type} asks for"
        elif length is not None:
            yield moment - length, f"{relationship.task} {relationship.type} asks for"


def _length(evidence: Evidence, row: int, calendar: str) -> int | None:
    """Return the working seconds between the stored start and finish of a task."""
    start, finish = evidence.stored["early_start"][row], evidence.stored["early_finish"][row]
    if np.isnat(start) or np.isnat(finish):
        return None
    return int(evidence.time.done(calendar, finish) - evidence.time.done(calendar, start))


def _required(evidence: Evidence, relationship: Relationship, successor: Task) -> int | None:
    """Return when a relationship asks for its successor [s on the clock], by the stored dates of its predecessor."""
    before = evidence.scenario.tasks[relationship.task]
    if before.is_span or not isinstance(relationship.lag, Constant):
        return None
    event = _stored_event(evidence, before, relationship.type in FROM_FINISH)
    return (
        None if event is None else _moved(evidence, relationship, before=before, after=successor, event=event, sign=1)
    )


def _moved(
    evidence: Evidence, relationship: Relationship, before: Task, after: Task, event: int, sign: int
) -> int | None:
    """Return an instant [s on the clock] that lies the lag of a relationship after another, or before it."""
    if not isinstance(relationship.lag, Constant) or relationship.lag.value == 0:
        return event
    table = evidence.time.table(evidence.scenario.calendar_of_lag(relationship, after))
    work = int(table.working(event)) + sign * round(relationship.lag.value * table.unit_ticks(relationship.lag.unit))
    try:
        return int(table.finish_instant(work) if relationship.type in FROM_FINISH else table.start_instant(work))
    except ValueError:  # so far behind the last date that no calendar is laid out there
        return None


def _stored_event(evidence: Evidence, task: Task, is_finish: bool) -> int | None:
    """Return the finish or start of a task [s on the clock]: a fact, else as stored, else as computed."""
    fact = task.actual_finish if is_finish else task.actual_start
    if fact is not None:
        start = evidence.scenario.start
        return int(evidence.time.seconds(min(fact, start) if evidence.scenario.is_data_date else fact))
    measure = "early_finish" if is_finish else "early_start"
    row = evidence.row[task.id]
    for instants in (evidence.stored[measure], evidence.computed[measure]):
        if not np.isnat(instants[row]):
            return int(evidence.time.seconds(instants[row]))
    return None


def _sits_on_constraint(evidence: Evidence, task: Task, row: int) -> bool:
    """Whether the stored or the computed dates of a task are those of a constraint."""
    time, calendar = evidence.time, task.working_calendar
    for constraint in task.constraints:
        if constraint.date is None:
            continue
        measure = "early_start" if constraint.type in ("SNET", "SNLT", "MSO", "SO") else "early_finish"
        wanted = int(time.done(calendar, constraint.date))
        for instants in (evidence.stored[measure], evidence.computed[measure]):
            if not np.isnat(instants[row]) and abs(int(time.done(calendar, instants[row])) - wanted) < SAME_SECONDS:
                return True
    return False
