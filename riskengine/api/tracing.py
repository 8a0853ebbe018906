"""One iteration of a run again, bit for bit: what went into it, and what drove its dates."""

from typing import Any, NamedTuple

import numpy as np

from riskengine import engine
from riskengine.api.asking import wrong_argument
from riskengine.api.repeating import plan_of_run
from riskengine.errors import ResultsError, UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.report.answers import trace as words
from riskengine.report.reading import PROJECT, rows
from riskengine.report.text.notation import clean
from riskengine.results.provenance import NUMBERS
from riskengine.results.run import RunRecord
from riskengine.results.samples.traced import Nearness, TracedIteration, TracedRank
from riskengine.results.tables.arrow_array import numpy_of


class Trace:
    """One iteration of a run with everything that went into it and came of it.

    Attributes
    ----------
    iteration : int
        From 0, as in the table ``iterations``.
    path : tuple of str
        Ids of the tasks that drive the finish, the first one first.
    """

    def __init__(
        self, run: RunRecord, traced: TracedIteration, rank: TracedRank, nearness: Nearness | None = None
    ) -> None:
        self.iteration, self.path = traced.iteration, traced.path
        self._run, self._traced, self._rank, self._nearness = run, traced, rank, nearness

    @property
    def words(self) -> list[str]:
        """The iteration in sentences: its finish and cost, the risks that occurred, the path that drove the finish."""
        return words.sentences(self._run, self._traced, self._rank, self._nearness)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine trace --json`` prints; docs/command-line.md has its keys."""
        return words.document(self._run, self._traced, self._rank, self._nearness)

    def text(self, width: int = 80, all_tasks: bool = False) -> str:
        """Return what ``riskengine trace`` prints, as wide as that.

        Parameters
        ----------
        width : int [columns]
        all_tasks : bool
            Whether to list every task, and not those of the driving path alone.
        """
        return words.render(self._run, self._traced, self._rank, self._nearness, width=width, has_all=all_tasks)

    def __repr__(self) -> str:
        """Return the first sentence."""
        return f"<Trace: {self.words[0]}>"


class Aim(NamedTuple):
    """What of a run is looked at: finish or cost, of which target."""

    measure: str
    target: str

    @property
    def column(self) -> str:
        """The column of the iterations that has it."""
        return self.measure if self.target == PROJECT else f"{self.measure}:{self.target}"


def trace_run(run: RunRecord, iteration: object, near: object, of: object) -> Trace:
    """Trace an iteration of a run; see :meth:`riskengine.Run.trace`."""
    if (iteration is None) == (near is None):
        entry = CATALOGUE["RE651"]
        raise UsageError(entry.rule, "RE651", entry.clause)
    aim = aim_of(run, of)
    number = None if iteration is None else number_of(run, iteration)
    percent = None if near is None else percent_of(near)
    compiled = plan_of_run(run)
    seed, method = run.manifest["seed"], run.manifest["method"]
    nearness = None
    if percent is not None:
        column = numpy_of(run.tables["iterations"][aim.column])
        numbers = column.astype(np.int64) if aim.measure == "finish" else column
        candidates = engine.band(numbers, percent)
        number = engine.typical(compiled, seed, method, candidates)
        least, most = column[candidates].min(), column[candidates].max()
        nearness = Nearness(percent, aim.measure, aim.target, len(candidates), low=least, high=most)
    assert number is not None
    traced = engine.trace(compiled, seed, method, number, aim.target)
    require_same(run, traced)
    return Trace(run, traced, rank_of(run, traced, aim.target), nearness)


def aim_of(run: RunRecord, of: object) -> Aim:
    """Return what ``of`` names: finish, cost, a gate or a target.

    Raises
    ------
    UsageError
    """
    if of in ("finish", "cost"):
        return Aim(str(of), PROJECT)
    gates = {row["gate"]: row for row in rows(run, "gates")}
    if of in gates:
        gate = gates[of]
        return Aim("cost", PROJECT) if gate["finish"] is None else Aim("finish", gate["target"])
    targets = run.manifest["targets"]
    if of in targets:
        return Aim("finish", str(of))
    names = ", ".join(map(clean, ("finish", "cost", *gates, *targets)))
    raise UsageError(f"nothing to trace is called {clean(of)!r}; there is {names}", "RE653")


def number_of(run: RunRecord, iteration: object) -> int:
    """Return the number of an iteration that the run has.

    Raises
    ------
    UsageError
    """
    if isinstance(iteration, bool) or not isinstance(iteration, int | np.integer):
        raise wrong_argument("iteration", "must be a whole number", iteration)
    count = run.manifest["iterations"]
    if not 0 <= iteration < count:
        raise UsageError(f"the run has no iteration {iteration}: they are numbered from 0 to {count - 1}", "RE650")
    return int(iteration)


def percent_of(near: object) -> float:
    """Return the percentage of a percentile: of ``p80``, ``P80`` or 80.

    Raises
    ------
    UsageError
    """
    text = str(near).strip().lower().removeprefix("p")
    try:
        percent = float(text)
    except ValueError:
        percent = float("nan")
    if isinstance(near, bool) or not 0 < percent <= 100:
        entry = CATALOGUE["RE652"]
        raise UsageError(f"{entry.rule}, got {clean(near)!r}", "RE652", entry.clause)
    return percent


def require_same(run: RunRecord, traced: TracedIteration) -> None:
    """Refuse an iteration whose finish or cost is not, to the bit, what the run holds.

    Raises
    ------
    ResultsError
    """
    stored = run.tables["iterations"].slice(traced.iteration, 1)
    there: dict[str, Any] = {"cost": numpy_of(stored["cost"])[0]}
    here: dict[str, Any] = {"cost": np.float64(traced.cost)}
    for name, finish in traced.finish.items():
        column = Aim("finish", name).column
        there[column], here[column] = numpy_of(stored[column])[0], finish.instant
    if all(there[name] == here[name] for name in here):
        return
    name = next(name for name in here if there[name] != here[name])
    numbers = run.manifest["numbers"]
    why = "" if numbers == NUMBERS else f"; its numbers are those of arithmetic {numbers}, and this is {NUMBERS}"
    message = f"iteration {traced.iteration} has the {name} {there[name]} in the run, and {here[name]} now{why}"
    raise ResultsError(message, "RE933", CATALOGUE["RE933"].clause)


def rank_of(run: RunRecord, traced: TracedIteration, target: str) -> TracedRank:
    """Return how many iterations finish no later than one, and cost no more."""
    table = run.tables["iterations"]
    finish = numpy_of(table[Aim("finish", target).column])
    cost = numpy_of(table["cost"])
    return TracedRank(
        iterations=finish.size,
        no_later=int(np.count_nonzero(finish <= finish[traced.iteration])),
        no_dearer=int(np.count_nonzero(cost <= cost[traced.iteration])),
    )
