"""What experts are asked: tasks whose duration is still open, without what the plan says of it."""

from dataclasses import dataclass

from riskengine.model import Scenario

KEYS = ("duration", "remaining")


@dataclass(frozen=True, slots=True)
class Question:
    """One task that experts are asked about.

    Attributes
    ----------
    task, name : str
    key : str
        ``duration``, or ``remaining`` for a task in progress.
    unit : str
        Unit of time of the plan.
    """

    task: str
    name: str
    key: str
    unit: str


def questions_of(scenario: Scenario, team: str | None = None) -> tuple[Question, ...]:
    """Return the tasks that have work before them, of one team or of all; what is estimated by work is not asked."""
    return tuple(
        Question(key, task.name, task.amount_attribute, str(task.work.unit or "d"))
        for key, task in scenario.tasks.items()
        if task.amount_attribute in KEYS and task.work.bounds()[1] > 0 and team in (None, task.team)
    )
