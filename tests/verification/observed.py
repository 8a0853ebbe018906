"""What a run says about a quantity: its value, and the engine's own standard error of it.

A standard error comes from the 95 % interval that the engine prints for the quantity, wherever it prints one: half of
its width, over the quantile of Student's t for the blocks of the run. For what the engine prints no interval of (a
correlation, a joint probability of our choosing) it comes from the means of the blocks of 256 iterations, which are
independent replicates whatever the sampling method: the quantity is linearised, and its influence values are averaged
over each block.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.special import stdtrit

BLOCK = 256

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A simulated value and its standard error, in the same unit."""

    value: float
    error: float


Measure = Callable[["Observed"], Estimate]


@dataclass(frozen=True)
class Observed:
    """A run, with its iterations as arrays and its tables as rows."""

    run: Any

    def column(self, name: str) -> Values:
        """A column of the iterations table: ``finish_days``, ``finish_days:TARGET`` or ``cost``."""
        values: Values = self.run.tables["iterations"].column(name).to_numpy()
        return values

    @cached_property
    def finish(self) -> Values:
        """Finish of the project (iteration,) [d]."""
        return self.column("finish_days")

    @cached_property
    def cost(self) -> Values:
        """Cost of the project (iteration,) [currency]."""
        return self.column("cost")

    @cached_property
    def reach(self) -> float:
        """Standard errors from the middle to an end of a printed interval."""
        freedom = self.finish.size // BLOCK - 1 if self.run.manifest["method"] != "random" else np.inf
        return float(stdtrit(freedom, 0.975)) if np.isfinite(freedom) else 1.959963984540054

    def printed(self, row: dict[str, Any], value: str, low: str = "", high: str = "") -> "Estimate":
        """An estimate from a printed value and its printed 95 % interval."""
        width = row[high or f"{value}_ci_high"] - row[low or f"{value}_ci_low"]
        return Estimate(row[value], width / (2 * self.reach))

    def row(self, table: str, **key: Any) -> dict[str, Any]:
        """The one row of a table that has these values."""
        found = self.run.tables[table]
        for name, value in key.items():
            found = found.filter(pc.equal(found[name], value))
        (row,) = found.to_pylist()
        return dict(row)


def from_blocks(value: float, influence: Values) -> Estimate:
    """An estimate whose standard error comes from the block means of its influence values (iteration,)."""
    blocks = influence[: influence.size // BLOCK * BLOCK].reshape(-1, BLOCK).mean(axis=1)
    return Estimate(float(value), float(blocks.std(ddof=1) / np.sqrt(blocks.size)))


def share(hits: NDArray[np.bool_]) -> Estimate:
    """Share of iterations, with its standard error from block means."""
    influence = hits.astype(np.float64)
    return from_blocks(influence.mean(), influence)


def correlation(x: Values, y: Values) -> Estimate:
    """Pearson correlation; its influence is ``zx zy - r (zx² + zy²) / 2``."""
    zx, zy = (x - x.mean()) / x.std(), (y - y.mean()) / y.std()
    r = float((zx * zy).mean())
    return from_blocks(r, zx * zy - r * (zx**2 + zy**2) / 2)


def order_statistic(values: Values, share_below: float) -> float:
    """The smallest value that at least this share of iterations does not exceed."""
    return float(np.sort(values)[int(np.ceil(values.size * share_below - 1e-9)) - 1])


def mean() -> Measure:
    """Mean finish of the project."""
    return lambda o: o.printed(o.row("summary", target="project", measure="finish"), "mean")


def cost_mean() -> Measure:
    """Mean cost of the project."""
    return lambda o: o.printed(o.row("summary", target="project", measure="cost"), "mean")


def sd() -> Measure:
    """Standard deviation of the finish of the project."""
    return lambda o: o.printed(o.row("summary", target="project", measure="finish"), "sd")


def cost_sd() -> Measure:
    """Standard deviation of the cost of the project."""
    return lambda o: o.printed(o.row("summary", target="project", measure="cost"), "sd")


def percentile_of(measure: str, percent: int) -> Measure:
    """A percentile of finish or cost of the project."""

    def read(o: Observed) -> Estimate:
        row = o.row("percentiles", target="project", measure=measure, percentile=float(percent))
        return o.printed(row, "value", "ci_low", "ci_high")

    return read


def percentile(percent: int) -> Measure:
    """A percentile of the finish of the project."""
    return percentile_of("finish", percent)


def cost_percentile(percent: int) -> Measure:
    """A percentile of the cost of the project."""
    return percentile_of("cost", percent)


def finish_below(days: float) -> Measure:
    """P(finish <= days), a thousandth of a second being no matter."""
    return lambda o: share(o.finish <= days + 1e-8)


def cost_below(money: float) -> Measure:
    """P(cost <= money)."""
    return lambda o: share(o.cost <= money)


def joint_at(days: float, money: float) -> Measure:
    """P(finish <= days and cost <= money)."""
    return lambda o: share((o.finish <= days + 1e-8) & (o.cost <= money))


def joint_at_percentiles(percent: int) -> Measure:
    """Joint confidence at the same percentile of both margins.

    Notes
    -----
    The margins' percentiles are estimates too: each moves the joint share by its slope along that margin.
    """

    def read(o: Observed) -> Estimate:
        p = percent / 100
        days, money = order_statistic(o.finish, p), order_statistic(o.cost, p)
        on_time, in_budget = o.finish <= days, o.cost <= money
        joint = on_time & in_budget
        influence = joint.astype(np.float64)
        for values, at, other, hit in ((o.finish, days, in_budget, on_time), (o.cost, money, on_time, in_budget)):
            low, high = order_statistic(values, p - 0.03), order_statistic(values, p + 0.03)
            slope = other[(values > low) & (values <= high)].mean()
            influence -= slope * (hit - p)
            assert low < at < high
        return from_blocks(joint.mean(), influence)

    return read


def knee(level: float) -> Measure:
    """Percentile, equal on both margins, at which the joint confidence reaches a level, in percent."""

    def at(finish: Values, cost: Values) -> float:
        ranks = np.maximum(finish.argsort().argsort(), cost.argsort().argsort()) + 1
        return 100 * order_statistic(ranks.astype(np.float64), level) / finish.size

    def read(o: Observed) -> Estimate:
        batches = 10
        size = o.finish.size // (batches * BLOCK) * BLOCK
        parts = [slice(k * size, (k + 1) * size) for k in range(batches)]
        values = np.array([at(o.finish[part], o.cost[part]) for part in parts])
        return Estimate(at(o.finish, o.cost), float(values.std(ddof=1) / np.sqrt(batches)))

    return read


def pearson(task: str, after: str = "") -> Measure:
    """Pearson correlation of a task's duration with the finish; in a chain a duration is a difference of finishes."""

    def read(o: Observed) -> Estimate:
        return correlation(duration(o, task, after), o.finish)

    return read


def duration(o: Observed, task: str, after: str) -> Values:
    """Duration of a task of a chain, from its finish and the finish of the task before."""
    finish = o.column(f"finish_days:{task}")
    return finish - o.column(f"finish_days:{after}") if after else finish


def pearson_between(first: str, second: str) -> Measure:
    """Pearson correlation of the durations of two tasks in a row."""
    return lambda o: correlation(duration(o, first, ""), duration(o, second, first))


def pearson_with_cost() -> Measure:
    """Pearson correlation of finish and cost."""
    return lambda o: correlation(o.finish, o.cost)


def criticality(task: str) -> Measure:
    """Share of iterations in which a task is on a longest path to the finish of the project."""
    return lambda o: o.printed(o.row("tasks", task=task), "criticality")


def ssi(task: str) -> Measure:
    """Schedule sensitivity index, whose standard error is unknown to the engine (it prints no interval)."""
    return lambda o: Estimate(o.row("tasks", task=task)["ssi"], float("nan"))


def contribution(risk: str, statistic: str) -> Measure:
    """What a risk contributes to a statistic of the finish, by a run of the same iterations without it."""
    return lambda o: o.printed(o.row("risks", risk=risk), f"days_{statistic}")
