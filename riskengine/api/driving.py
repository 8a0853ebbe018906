"""What drives a run: its plan once more, each column that went into it, and what these do to finish, cost, gates."""

import os
from collections.abc import Mapping
from typing import Any

from riskengine import engine
from riskengine.analysis.drivers import Answer, drivers
from riskengine.api.asking import unknown_name, wrong_argument
from riskengine.api.keeping import keep_tables
from riskengine.api.repeating import plan_of_run, require_same_iterations
from riskengine.api.table import Table
from riskengine.engine.drivers.sample import driver_sample
from riskengine.errors import ResultsError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.plan import Plan
from riskengine.report.answers import drivers as words
from riskengine.results.run import RunRecord
from riskengine.results.samples.sample import Sample

PROJECT = "project"
LEAST_ITERATIONS = 2
TOO_FEW = "what drives a run takes at least 2 iterations, got 1"


class Drivers:
    """What drives the finish of a target, the cost and the gates of a run.

    Attributes
    ----------
    target : str
        ``project``, or the id of the target whose finish it is about.
    iterations : int
        That were looked at: all of the run, or the first ones of a very large one.
    """

    def __init__(self, answer: Answer, manifest: Mapping[str, Any], top: int, run: str = "") -> None:
        self.target, self.iterations = answer.target, answer.iterations
        self._answer, self._manifest, self._top, self._run = answer, manifest, top, run

    @property
    def words(self) -> list[str]:
        """The answer in sentences: what moves the finish most, the cost, and each gate."""
        return words.sentences(self._answer, self._manifest)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine drivers --json`` prints; docs/command-line.md has its keys."""
        return words.document(self._answer, self._manifest, self._top)

    def table(self, name: str = "drivers") -> Table:
        """Return one table of all that was found, however many rows are shown.

        Parameters
        ----------
        name : str
            ``drivers`` (a row for each input), ``driver_gates`` (for each gate and input), ``driver_tasks``,
            ``driver_merges``, ``driver_predecessors`` or ``driver_paths``; docs/results.md says what each holds.

        Raises
        ------
        riskengine.UsageError
            If there is no such table.
        """
        if not isinstance(name, str) or name not in self._answer.tables:
            raise unknown_name("table", name, self._answer.tables)
        return Table(self._answer.tables[name])

    def text(self, width: int = 80) -> str:
        """Return what ``riskengine drivers`` prints: sentences and tables, as wide as that.

        Parameters
        ----------
        width : int [columns]
        """
        return words.render(self._answer, self._manifest, width, self._top)

    def keep(self, folder: str | os.PathLike[str]) -> None:
        """Put the tables into the results folder of the run, where its report and exports find them.

        Parameters
        ----------
        folder : path
            Of the run that was asked; it is replaced as a whole.

        Raises
        ------
        riskengine.UsageError
            If a plan was asked, or about a target.
        riskengine.ResultsError
            If the folder holds another run, or may not be written to.
        """
        keep_tables(folder, self._run, self._answer.tables, self.target)

    def __repr__(self) -> str:
        """Return the first sentence."""
        return f"<Drivers: {self.words[0]}>"


def drivers_of_run(
    run: RunRecord, target: str, top: int, label: str = "the run", threads: int | None = None
) -> Drivers:
    """Return what drives a run that was made before: its scenario must give its iterations again.

    Raises
    ------
    UsageError
        If it has no such target, or ``top`` is no number of rows.
    ResultsError
        If other iterations come out.
    """
    manifest = run.manifest
    settings = engine.Settings(
        iterations=manifest["iterations"],
        seed=manifest["seed"],
        method=manifest["method"],
        threads=threads,
        has_contributions=False,
    )
    plan = plan_of_run(run)
    check(plan, target, top)
    if settings.iterations < LEAST_ITERATIONS:
        raise ResultsError(TOO_FEW, "RE611", CATALOGUE["RE611"].clause)
    sample = engine.simulate(plan, settings)
    require_same_iterations(run, sample, label)
    return drivers_of_plan(plan, settings, sample, target, top, run=manifest["run"])


def drivers_of_plan(
    plan: Plan, settings: engine.Settings, sample: Sample, target: str, top: int, *, run: str = ""
) -> Drivers:
    """Return what drives a run that was just made; ``run`` is its id where it has a folder."""
    manifest = {
        "name": sample.name,
        "project": sample.project,
        "currency": sample.currency,
        "seed": settings.seed,
        "method": settings.method,
        "iterations": sample.iterations,
    }
    return Drivers(drivers(driver_sample(plan, settings, sample), target), manifest, top, run)


def check(plan: Plan, target: object, top: object) -> None:
    """Refuse a target that the plan does not have, and what is no number of rows."""
    targets = (PROJECT, *plan.target)
    if not isinstance(target, str) or target not in targets:
        raise unknown_name("target", target, targets)
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise wrong_argument("top", "must be a whole number of at least 1", top)
