"""Forms for experts and what comes of them, as Python users meet it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from riskengine.elicitation import words
from riskengine.elicitation.form import form
from riskengine.elicitation.pooling import Pool, Pooled, pooled_document, pooled_opinions
from riskengine.elicitation.question import Question, questions_of
from riskengine.elicitation.read_forms import Forms, read_forms
from riskengine.errors import UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.importers.to_scenario.toml_text import write_toml
from riskengine.model import Scenario
from riskengine.report.text.chart import BLOCKS, PLAIN
from riskengine.report.text.notation import clean


class Opinions:
    """What experts say together.

    Attributes
    ----------
    experts : list of str
        Who filled in a form.
    """

    def __init__(
        self, forms: Forms, tasks: tuple[Pooled, ...], pool: Pool, questions: Mapping[str, Question] | None
    ) -> None:
        self._forms, self._tasks, self._pool, self._questions = forms, tasks, pool, questions
        self.experts = list(forms.experts)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine collect --json`` prints; docs/command-line.md has its keys."""
        return words.document(self._forms, self._tasks, self._pool)

    @property
    def notes(self) -> list[str]:
        """What is to be said of the files, one sentence each."""
        return [clean(note) for note in self._forms.notes]

    @property
    def tasks(self) -> dict[str, Any]:
        """The pooled durations as the table ``tasks`` of a scenario."""
        return pooled_document(self._tasks, self._pool, self._questions)

    def overlay(self, plan: str = "") -> str:
        """Return a scenario file with the pooled durations.

        Parameters
        ----------
        plan : str
            The file that it extends, relative to its own folder; empty for none.
        """
        comments = [f"Durations of {counted(len(self.experts), 'expert')}, pooled by riskengine collect."]
        head = {"schema": 1, **({"extends": plan} if plan else {})}
        return write_toml({**head, "tasks": self.tasks}, comments)

    def text(self, width: int = 80, has_blocks: bool = True) -> str:
        """Return what ``riskengine collect`` prints, as wide as that.

        Parameters
        ----------
        width : int [columns]
        has_blocks : bool
            Whether pictures may be of lines that not every terminal has.
        """
        return words.render(self._forms, self._tasks, self._pool, width, BLOCKS if has_blocks else PLAIN)

    def __repr__(self) -> str:
        """Return how much there is."""
        return f"<Opinions: {counted(len(self.experts), 'expert')}, {counted(len(self._tasks), 'task')}>"


def elicit(scenario: Scenario, team: str | None = None, expert: str = "") -> bytes:
    """Return a blind form about the tasks that have work before them.

    Raises
    ------
    UsageError
        If there is none to ask about.
    MachineError
        Where the library that writes workbooks is not installed.
    """
    questions = questions_of(scenario, team)
    if not questions:
        entry = CATALOGUE["RE749"]
        raise UsageError(entry.rule, "RE749", entry.clause)
    return form(scenario.name, questions, expert)


def collect(folder: str | os.PathLike[str], scenario: Scenario | None, pool: Any) -> Opinions:
    """Pool the forms of a folder.

    Raises
    ------
    ScenarioError
        With every fault of every form.
    UsageError
        If there is no such pool.
    """
    if pool not in get_args(Pool):
        raise UsageError(f"pool must be {' or '.join(get_args(Pool))}, got {pool!r:.80}", "RE749")
    questions = None if scenario is None else {each.task: each for each in questions_of(scenario)}
    forms = read_forms(Path(folder), questions)
    return Opinions(forms, pooled_opinions(forms.opinions, pool), pool, questions)
