"""A run that answers: dates, money, gates, words, tables."""

import math
import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.api.asking import path_argument, unknown_name, wrong_argument
from riskengine.api.gate import GateResult
from riskengine.api.table import Table
from riskengine.errors.counting import counted
from riskengine.report.reading import PROJECT, decision, has_cost, percentiles, rows
from riskengine.report.summary.notebook import run_html
from riskengine.report.summary.words import DECISIONS, sentences
from riskengine.report.text.notation import day, money, short_name
from riskengine.results.folder import store
from riskengine.results.run import RunRecord, manifest_of
from riskengine.results.tables.arrow_array import numpy_of
from riskengine.scenario import digest_of

if TYPE_CHECKING:
    from riskengine.api.contingency import Contingency
    from riskengine.api.driving import Drivers
    from riskengine.api.joint import JointConfidence
    from riskengine.api.outside import OutsideView
    from riskengine.api.teams import Teams
    from riskengine.api.tracing import Trace


class Run(RunRecord):
    """One run of one scenario, computed just now or read from its folder.

    ``simulate``, ``decide`` and ``open_run`` return one. Beside what is listed here it has ``manifest`` (what was
    computed, from what and by what), ``scenario_json`` (the scenario in its resolved form) and ``tables`` (every table
    by name, as pyarrow.Table).
    """

    _facts: Mapping[str, Any]
    _resolve: Callable[[], str]

    @classmethod
    def _of(cls, facts: Mapping[str, Any], tables: Mapping[str, pa.Table], resolve: Callable[[], str]) -> "Run":
        """Return a run that writes its scenario out when somebody reads that, or the manifest, which names it."""
        made = cls.__new__(cls)
        made.__dict__.update(tables=tables, _facts=facts, _resolve=resolve)
        return made

    @cached_property
    def scenario_json(self) -> str:
        """The scenario in its resolved form, as it was simulated: what ``riskengine resolve`` prints."""
        return self._resolve()

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was computed, from what and by what; docs/results.md has its keys."""
        return manifest_of(self._facts, digest_of(self.scenario_json))

    def __reduce__(self) -> tuple[type["Run"], tuple[dict[str, Any], str, Mapping[str, pa.Table]]]:
        """Return what the run is made of elsewhere: all that it holds, and nothing that is still to be made."""
        return Run, (self.manifest, self.scenario_json, self.tables)

    @property
    def decision(self) -> Literal["go", "no-go", "undecided"] | None:
        """What the gates amount to: ``no-go`` where one fails, else ``undecided`` where one is, else ``go``.

        None for a scenario without gates, which asks nothing.
        """
        return decision(self)

    @property
    def words(self) -> list[str]:
        """The answer in sentences, one a gate, each with its doubt; empty for a scenario without gates."""
        return sentences(self)

    def finish(self, probability: float, target: str = PROJECT) -> datetime:
        """Return the date by which the project, or a target, has finished with a probability.

        Parameters
        ----------
        probability : float
            Above 0 and at most 1, such as 0.8.
        target : str
            ``project``, or the id of a target of the scenario.

        Returns
        -------
        datetime
            An instant that was simulated, on the project's wall clock, without a time zone. Work that ends at midnight
            has the 00:00 of the day after.

        Raises
        ------
        riskengine.UsageError
            If the probability is out of its range, or the run has no such target.

        Notes
        -----
        The ceil(n p)-th smallest of n simulated values. ``table("percentiles")`` has intervals beside the usual ones.
        """
        columns = self.tables["iterations"].column_names
        targets = (PROJECT, *(name.removeprefix("finish:") for name in columns if name.startswith("finish:")))
        if target not in targets:
            raise unknown_name("target", target, targets)
        column = "finish" if target == PROJECT else f"finish:{target}"
        return cast(datetime, self._order_statistic(column, probability).astype("datetime64[us]").item())

    def cost(self, probability: float) -> float:
        """Return what the project costs at the most with a probability.

        Parameters
        ----------
        probability : float
            Above 0 and at most 1, such as 0.8.

        Returns
        -------
        float [currency]
            A value that was simulated; ``manifest["currency"]`` names its currency.

        Raises
        ------
        riskengine.UsageError
            If the probability is out of its range.
        """
        return float(self._order_statistic("cost", probability))

    def gate(self, id: str) -> GateResult:
        """Return the answer to one gate.

        Parameters
        ----------
        id : str
            Of the gate.

        Raises
        ------
        riskengine.UsageError
            If the scenario has no such gate.
        """
        answers = {str(row["gate"]): row for row in rows(self, "gates")}
        if not isinstance(id, str) or id not in answers:
            raise unknown_name("gate", id, answers)
        return GateResult(**answers[id])

    def jcl(
        self,
        level: float = 0.7,
        *,
        finish: date | datetime | str | None = None,
        cost: float | None = None,
        target: str = PROJECT,
    ) -> "JointConfidence":
        """Return how sure it is that a date and an amount are kept at once: the joint confidence level.

        Parameters
        ----------
        level : float
            The probability for both that the frontier and equal percentiles are for, above 0 and below 1.
        finish : date, datetime or str, optional
            A date to keep; a day counts to its end. With ``cost``, how often both are kept; alone, the money it takes.
        cost : float, optional [currency]
            An amount to keep. Alone, the date it takes.
        target : str
            Whose finish: ``project``, or the id of a target of the scenario.

        Returns
        -------
        JointConfidence
            ``.words`` has it in sentences, ``.document`` every number with its interval.

        Raises
        ------
        riskengine.UsageError
            If an argument is out of its range, or the run has no such target.
        """
        from riskengine.api.joint import joint_confidence

        return joint_confidence(self, level, finish, cost, target)

    def contingency(self, confidence: float = 0.8, *, target: str = PROJECT) -> "Contingency":
        """Return what a confidence takes beyond the plan and beyond the mean, in days and in money, and whose it is.

        Parameters
        ----------
        confidence : float
            Above 0 and below 1.
        target : str
            Whose finish: ``project``, or the id of a target of the scenario.

        Returns
        -------
        Contingency
            ``.words`` has it in sentences, ``.document`` every number with its interval.

        Raises
        ------
        riskengine.UsageError
            If the confidence is out of its range, or the run has no such target.
        riskengine.ResultsError
            If the scenario of the run does not give its iterations again.

        Notes
        -----
        Whose money it is, is told from what each task costs in each iteration, which no folder keeps: the scenario of
        the run is simulated again.
        """
        from riskengine.api.contingency import contingency

        return contingency(self, confidence, target)

    def outside_view(
        self,
        durations: str | os.PathLike[str] | None = None,
        costs: str | os.PathLike[str] | None = None,
        *,
        green_book: str | None = None,
        target: str = PROJECT,
    ) -> "OutsideView":
        """Return how the plan stands beside finished projects: what they took of their plans, and what that means here.

        Parameters
        ----------
        durations, costs : str or path, optional
            Tables of finished projects, CSV or a workbook, with the columns estimate and actual: how long they were to
            last and lasted, and what they were to cost and cost.
        green_book : str, optional
            A kind of project whose uplift the Green Book of HM Treasury has, such as ``standard-buildings``.
        target : str
            Whose finish: ``project``, or the id of a target of the scenario.

        Returns
        -------
        OutsideView
            ``.words`` has it in sentences, ``.document`` every number with its interval.

        Raises
        ------
        riskengine.ScenarioError
            With every fault of a table, or if it has fewer than 10 finished projects.
        riskengine.UsageError
            If there is nothing to hold the plan against, or the run has no such target.
        """
        from riskengine.api.outside import outside_view

        return outside_view(self, durations, costs, green_book, target)

    def table(self, name: str) -> Table:
        """Return one table.

        Parameters
        ----------
        name : str
            What is simulated: ``iterations``, ``summary``, ``percentiles``, ``contingency``, ``joint``, ``tasks``,
            ``criticality``, ``risks``, ``gates``, ``levelling``, ``resources``, ``cost_periods``, ``resource_periods``,
            ``correlations``, ``clauses`` or ``lost_days``. What it was simulated from: ``project``, ``relationships``,
            ``impacts``, ``task_resources``, ``estimates``, ``cost_lines``,
            ``projects``, ``changes``, ``actions`` or ``action_effects``; how fit that is: ``health`` and
            ``health_findings``.
            docs/results.md says what each holds.

        Raises
        ------
        riskengine.UsageError
            If there is no such table.
        """
        if not isinstance(name, str) or name not in self.tables:
            raise unknown_name("table", name, self.tables)
        return Table(self.tables[name])

    def drivers(self, target: str = PROJECT, top: int = 15) -> "Drivers":
        """Return what drives the finish, the cost and the gates; see :func:`riskengine.drivers`.

        Parameters
        ----------
        target : str
            ``project``, or the id of a target of the scenario: whose finish it is about.
        top : int
            Inputs and tasks that ``.text()`` and ``.document`` have at the most.

        Raises
        ------
        riskengine.UsageError
            If the run has no such target.
        riskengine.ResultsError
            If its scenario does not give its iterations again.
        """
        from riskengine.api.driving import drivers_of_run

        return drivers_of_run(self, target, top)

    def trace(self, iteration: int | None = None, *, near: str | float | None = None, of: str = "finish") -> "Trace":
        """Return one iteration again, bit for bit, with what was drawn and what drove its dates.

        Parameters
        ----------
        iteration : int, optional
            From 0, as in the table ``iterations``.
        near : str or float, optional
            In its place, a percentile such as ``"p80"``: of the iterations next to it, the typical one.
        of : str
            ``finish``, ``cost``, or the id of a gate or a target: whose percentile, and what the driving path leads to.

        Returns
        -------
        Trace

        Raises
        ------
        riskengine.UsageError
            If the run has no such iteration, gate or target, or neither or both of iteration and percentile are given.
        riskengine.ResultsError
            If the iteration does not come out again as the run holds it, because another version wrote it.
        """
        from riskengine.api.tracing import trace_run

        return trace_run(self, iteration, near, of)

    def teams(self) -> "Teams":
        """Return who must not slip: of each team, owner and resource its months on the driving path, and hand-overs.

        Returns
        -------
        Teams
        """
        from riskengine.api.teams import Teams

        return Teams(self)

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Write the results folder in one step: afterwards it is whole, or it is what it was before.

        Parameters
        ----------
        folder : str or path
            Made with its parents where it does not exist; replaced where it holds the results of a run.

        Raises
        ------
        riskengine.ResultsError
            If the folder holds anything else, another run holds it, the disk is full or may not be written to.
        """
        store.write(path_argument("folder", folder), self)

    def _order_statistic(self, column: str, probability: float) -> Any:
        """Return the ceil(n p)-th smallest value of a column of the iterations."""
        if isinstance(probability, bool) or not isinstance(probability, int | float | np.floating):
            raise wrong_argument("probability", "must be a number above 0 and at most 1", probability)
        if not 0 < probability <= 1:  # also what is not a number
            rule = "must be above 0 and at most 1"
            hint = f" ({probability / 100:g} is P{probability:g})" if 1 < probability < 100 else ""
            raise wrong_argument("probability", rule + hint, float(probability))
        values = _array(self.tables["iterations"].column(column))
        # As somebody writes it: in binary 0.8 x 10240 is more than 8192.
        rank = max(1, math.ceil(len(values) * Fraction(repr(float(probability)))))
        # As whole numbers: numpy looks for missing instants in every comparison, which takes a hundred times as long.
        numbers = values.view(np.int64) if values.dtype.kind == "M" else values
        return np.partition(numbers, rank - 1)[rank - 1].view(values.dtype)

    def __repr__(self) -> str:
        """Return name, decision and P80 on one line."""
        name = short_name(self.manifest["name"])
        facts = [DECISIONS[self.decision]] if self.decision is not None else []
        facts += [f"P80 {day(self._percentile('finish', 'instant'))}"]
        facts += [money(self._percentile("cost", "value"), self.manifest["currency"])] if has_cost(self) else []
        return f'<Run "{name}": {", ".join(facts)}; {counted(self.manifest["iterations"], "iteration")}>'

    def _percentile(self, measure: str, column: str, percent: int = 80) -> Any:
        return next(row[column] for row in percentiles(self, PROJECT, measure) if row["percentile"] == percent)

    def _repr_html_(self) -> str:
        """Return words, picture and percentiles for a notebook, every text escaped."""
        return run_html(self)


def run_of(record: RunRecord) -> Run:
    """Return the run of a record."""
    return Run(record.manifest, record.scenario_json, record.tables)


def open_run(folder: str | os.PathLike[str]) -> Run:
    """Read a run from its folder; see :func:`riskengine.open_run`."""
    return run_of(store.open_run(path_argument("folder", folder)))


def _array(column: "pa.ChunkedArray[Any]") -> NDArray[Any]:
    return numpy_of(column)
