"""What is drawn in a run, column by column: the hand-over from the engine to the analysis of what drives it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.results.samples.path_sample import PathSample
from riskengine.results.samples.sample import Sample


@dataclass(frozen=True)
class DriverInput:
    """One input: a number that is drawn in each iteration, or a chance that is decided.

    Parameters
    ----------
    id : str
        The name of its stream, such as ``task/design/duration``; of tasks that may not exist ``task/ID/exists``.
    kind : str
        ``duration``, ``lag``, ``delay``, ``factor``, ``cost``, ``risk``, ``existence`` or ``price index``.
    quantity : str
        What is drawn, as its name ends: ``duration``, ``fixed``, ``delay``, ``occurs``.
    risk : str
        The risk that it belongs to, empty for none.
    task : str
        The task on which it acts, the first of several; empty for none.
    is_correlated : bool
        Whether it goes with another input, or depends on it.
    is_chance : bool
        Whether it happens or does not.
    """

    id: str
    kind: str
    quantity: str
    risk: str
    task: str
    is_correlated: bool
    is_chance: bool


@dataclass(frozen=True)
class DriverColumns:
    """Some inputs in all iterations that are looked at.

    Parameters
    ----------
    value : (input, n) float64
        Ticks, money, factors; 0 and 1 of what happens or does not.
    order, rank : (input, n) int64 and float64
        As :func:`riskengine.analysis.statistics.rank.ranked` gives them.
    part : (input, n) uint8
        Which of 32 equally likely parts of its own distribution a value lies in, or which of up to 32 values it is.
    low, high : (input, n) bool
        Where the input is in its lowest and in its highest tenth.
    """

    value: NDArray[np.float64]
    order: NDArray[np.int64]
    rank: NDArray[np.float64]
    part: NDArray[np.uint8]
    low: NDArray[np.bool_]
    high: NDArray[np.bool_]


@dataclass(frozen=True)
class DriverSample:
    """A run and everything that went into it.

    Parameters
    ----------
    sample : Sample
        The run.
    iterations : int
        That are looked at: the first ones of the run.
    inputs : tuple of DriverInput
    columns : callable
        Gives some of the inputs, by a slice.
    duration : (task, n) float64 [working days of the task's calendar]
        As they became, sorted by id as the tasks of the sample.
    paths : callable
        Gives what leads into what, for the row of a target; None where nothing follows anything.
    threads : int
        That may work on the columns at once; no number depends on it.
    """

    sample: Sample
    iterations: int
    inputs: tuple[DriverInput, ...]
    columns: Callable[[slice], DriverColumns]
    duration: NDArray[np.float64]
    paths: Callable[[int], PathSample | None]
    threads: int = 1
