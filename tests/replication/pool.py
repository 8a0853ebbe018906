"""What all models together say of one kind of number: is it held in 95 of 100 runs, or in 92, or in 98?

A run prints several numbers of a kind, whose intervals miss their truths together. The share of them that missed
counts as one observation of that run, with the likelihood ratio of a coin between its two sides. The exponential is
convex, so the expected ratio is at most that of the coin: the odds of `tally.py` err no more often here than they do
there, whatever binds the numbers of a run (Ville 1939). A pool that passes says that its kind is held as often as it
claims on the average of the models. A single model that is held less often than the others is for its own cell to
show, which takes more runs the nearer to 95 % it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from tests.replication.run import Setting
from tests.replication.tally import TOO_FEW, TOO_MANY, Cell, sequential

ANY = None
"""Stands for all numbers of iterations together."""


class Part(Protocol):
    """A setting of a study with its cells."""

    @property
    def setting(self) -> Setting:
        """How the model was run."""

    @property
    def cells(self) -> list[Cell]:
        """What was concluded of each estimate."""


@dataclass(frozen=True)
class Pool:
    """One kind of number under one method, over all models.

    Parameters
    ----------
    kind, method : str
    iterations : int or None
        None for all of them together.
    runs : int
        Runs that could tell 92 % from 95 %.
    misses : float
        Sum over these runs of the share of their numbers that were missed.
    verdict : str
        ``passed``, ``undecided``, or what is wrong: ``low``, ``high``, ``suspect low``, ``suspect high``.
    """

    kind: str
    method: str
    iterations: int | None
    runs: int
    misses: float
    verdict: str

    @property
    def coverage(self) -> float:
        """Share of the runs that held their numbers."""
        return 1 - self.misses / self.runs

    @property
    def is_failed(self) -> bool:
        """Whether the verdict is a fault."""
        return self.verdict not in ("passed", "undecided")


def kind(setting: Setting, cell: Cell) -> str:
    """The kind of number that a cell counts."""
    return "decision, --until" if setting.is_until else cell.group


def pools(parts: Iterable[Part]) -> list[Pool]:
    """Return a pool for each kind, method and number of iterations, and one for each kind and method over all of those.

    Kinds that whole numbers force to hold more often in every model have none.
    """
    members: dict[tuple[str, str, int | None], list[list[Cell]]] = {}
    for part in parts:
        by_kind: dict[str, list[Cell]] = {}
        for cell in part.cells:
            if not cell.is_forced:
                by_kind.setdefault(kind(part.setting, cell), []).append(cell)
        for name, cells in by_kind.items():
            for iterations in (part.setting.iterations, ANY):
                members.setdefault((name, part.setting.method, iterations), []).append(cells)
    return [joined(*place, of_models) for place, of_models in members.items()]


def joined(name: str, method: str, iterations: int | None, of_models: list[list[Cell]]) -> Pool:
    """Return the pool of cells, which stand together where they come from the same runs."""
    misses, runs = evidence(of_models)
    low = sequential(misses, runs, TOO_MANY)
    apart = [[cell for cell in cells if not cell.may_cover_more] for cells in of_models]
    judged = [cells for cells in apart if cells]
    high = sequential(*evidence(judged), TOO_FEW) if judged else "passed"
    return Pool(name, method, iterations, runs, misses, verdict(low, high))


def evidence(of_models: list[list[Cell]]) -> tuple[float, int]:
    """Return the sum over all runs of the share that was missed, and how many runs there are."""
    misses = sum(sum(cell.count - cell.hits for cell in cells) / len(cells) for cells in of_models)
    return misses, sum(cells[0].count for cells in of_models)


def verdict(low: str, high: str) -> str:
    """Say the worst of two sides."""
    for state, words in (("failed", "{}"), ("suspect", "suspect {}")):
        for side, its_state in (("low", low), ("high", high)):
            if its_state == state:
                return words.format(side)
    return "undecided" if "undecided" in (low, high) else "passed"


def undecided(all_pools: Iterable[Pool]) -> list[Pool]:
    """Return the kinds and methods of which not even all numbers of iterations together tell 92 % from 95 %."""
    return [each for each in all_pools if each.iterations is ANY and each.verdict == "undecided"]
