"""Which tasks of a file are which tasks of a run, and whether the file is that of the run at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from riskengine.errors import Issue, ScenarioError, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.importers import ImportedSchedule, scenario_ids
from riskengine.importers.to_scenario.naming import line
from riskengine.write_back.run_dates import ImportedRun, TaskDates

SAME = 2
"""One task of the file in so many must be in the run under its id and name."""


@dataclass(frozen=True)
class Matching:
    """Tasks of a file and of a run held against each other.

    Parameters
    ----------
    tasks : mapping of str to TaskDates
        What the run says of the tasks of the file, by the keys of the file.
    only_in_file, only_in_run : sequence of str
        Ids that the other does not have.
    renamed : sequence of str
        Ids that both have, of tasks which are called otherwise.
    """

    tasks: Mapping[str, TaskDates]
    only_in_file: Sequence[str]
    only_in_run: Sequence[str]
    renamed: Sequence[str]


def refused(code: str, value: str, file: str, cure: str = "") -> ScenarioError:
    """Return the refusal of a file."""
    entry = CATALOGUE[code]
    return ScenarioError([Issue(code, "", entry.rule, shortened(value), file, cure=cure or entry.clause)])


def project_of(schedules: Sequence[ImportedSchedule], run: ImportedRun, file: str) -> ImportedSchedule:
    """Return the project of a file that a run was imported from.

    Raises
    ------
    ScenarioError
        When the file has no such project, or one of another data date.
    """
    # A project without a title is called after its file, which may have got another name since.
    file_name, given = line(Path(file).stem), line(Path(run.file).stem)
    same = {run.project, file_name} if run.project == given else {run.project}
    named = [schedule for schedule in schedules if line(schedule.id) in same]
    if not named:
        ids = ", ".join(line(schedule.id, 60) for schedule in schedules[:20])
        raise refused("RE732", f"the file has {ids}, the run is of {run.project}", file)
    dated = [schedule for schedule in named if (schedule.data_date or schedule.start) == run.data_date]
    if not dated:
        date = named[0].data_date or named[0].start
        cure = "import this file and run that scenario, or name the file of the run with --source"
        raise refused("RE732", f"the file is of {date}, the run of {run.data_date}", file, cure)
    return dated[0]


def match(schedule: ImportedSchedule, run: ImportedRun, file: str) -> Matching:
    """Hold the tasks of a project against those of a run.

    Raises
    ------
    ScenarioError
        When most tasks of the file are not in the run under their ids and names: it is another plan.
    """
    ids = scenario_ids(schedule)
    names = {ids[task.uid]: line(task.name) or ids[task.uid] for task in schedule.tasks}
    shared = [id for id in names if id in run.tasks]
    renamed = [id for id in shared if names[id] != (run.tasks[id].name or id)]
    same = len(shared) - len(renamed)
    if same * SAME < len(names):
        raise refused("RE732", f"{same} of {counted(len(names), 'task')} have the id and name of one in the run", file)
    return Matching(
        {uid: run.tasks[id] for uid, id in ids.items() if id in run.tasks},
        [id for id in names if id not in run.tasks],
        [id for id in run.tasks if id not in names],
        renamed,
    )
