"""A chain of three uniform tasks with a risk: what each of them moves is known exactly."""

from collections.abc import Iterator

import numpy as np

from tests.replication import law, scenario
from tests.replication.law import NEGLIGIBLE, Law
from tests.replication.model import TICK, Estimate, Measure, Model
from tests.replication.truths import CERTAIN, gates

STEP = 5e-3
LATE, SHARE = 20.0, 0.4
RANGES = {"long": (10.0, 70.0), "middle": (10.0, 50.0), "short": (10.0, 30.0)}
SLICES = 600
"""Slices of an input over which its rank correlation is summed up."""
ERROR = 1e-4
"""What a rank correlation may be off, because it is a sum, and a mean, because time is in seconds."""


def build() -> Model:
    """Means, shares and chances are those of sums of uniform laws, one of them cut to a tenth."""
    laws = {f"task/{name}/duration": law.uniform(*ends, STEP) for name, ends in RANGES.items()}
    laws["risk/late/occurs"] = law.event(SHARE, law.constant(LATE, STEP))
    finish = total(laws)
    measure = Measure(finish, plan=90)
    _, asked, _ = gates(measure)
    ((_, gate),) = asked[0].key
    threshold = finish.quantile(0.8)
    estimates: list[Estimate] = []
    for name, own in laws.items():
        rest = total({other: each for other, each in laws.items() if other != name})
        estimates += of_input(name, own, rest, finish)
        estimates += of_gate(name, own, rest, str(gate), round(threshold / TICK) * TICK)
    for name, (low, high) in RANGES.items():
        estimates += of_task(name, law.uniform(low, high, STEP).sd / finish.sd if name != "short" else short_sd(finish))
    return Model(
        "three tasks in a row with a risk: what drives them",
        "convolution",
        text(),
        (measure,),
        tuple(estimates),
        asks_drivers=True,
    )


def text() -> str:
    """The scenario."""
    before = {"long": "", "middle": '["long"]', "short": '["middle"]'}
    tasks = "".join(scenario.task(name, scenario.uniform(*ends), before[name]) for name, ends in RANGES.items())
    return f"{scenario.head('what drives')}{tasks}[risks.late]\nprobability = {SHARE}\nimpacts.short.delay = {LATE}\n"


def total(laws: dict[str, Law]) -> Law:
    """The law of a sum."""
    parts = list(laws.values())
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return whole


def short_sd(finish: Law) -> float:
    """The spread of the last task, its delay in it, over that of the finish."""
    last = law.uniform(*RANGES["short"], STEP) + law.event(SHARE, law.constant(LATE, STEP))
    return last.sd / finish.sd


def sides(name: str, own: Law) -> tuple[Law, Law]:
    """An input in its lowest, and in its highest tenth."""
    if name.startswith("risk"):
        return law.constant(0.0, STEP), law.constant(LATE, STEP)
    low, high = RANGES[name.split("/")[1]]
    tenth = (high - low) / 10
    return law.uniform(low, low + tenth, STEP), law.uniform(high - tenth, high, STEP)


def of_input(name: str, own: Law, rest: Law, finish: Law) -> Iterator[Estimate]:
    """What an input does to the finish."""
    low, high = sides(name, own)
    exact = {
        "low": low.mean - own.mean,
        "high": high.mean - own.mean,
        "swing": high.mean - low.mean,
        "rank_correlation": rank_correlation(name, own, rest, finish),
        "variance_share": (own.sd / finish.sd) ** 2,
    }
    for what, value in exact.items():
        column = f"finish_{what}"
        columns = (column, f"{column}_ci_low", f"{column}_ci_high")
        group = f"driver {what.replace('_', ' ')}"
        yield Estimate(f"{name} {what}", group, "drivers", (("input", name),), columns, value, ERROR)


def rank_correlation(name: str, own: Law, rest: Law, finish: Law) -> float:
    """Spearman's: the correlation of the input's share of its law with that of the finish."""
    edges = finish.step * (finish.first - 0.5 + np.arange(finish.mass.size + 1))
    below = np.concatenate(([0.0], np.cumsum(finish.mass)))
    places = rest.step * (rest.first + np.arange(rest.mass.size))

    def mean_share(value: float) -> float:
        there = np.interp(places + value, edges, below) @ rest.mass
        atoms = sum(p * float(np.interp(x + value, edges, below)) for x, p in rest.atoms.items())
        return float(there) + atoms

    if name.startswith("risk"):
        # midranks of what happens or does not are apart by a half, whatever their shares
        covariance = SHARE * (1 - SHARE) * 0.5 * (mean_share(LATE) - mean_share(0.0))
        return covariance / (0.5 * (SHARE * (1 - SHARE)) ** 0.5 * (1 / 12) ** 0.5)
    low, high = RANGES[name.split("/")[1]]
    shares = (np.arange(SLICES) + 0.5) / SLICES
    means = np.array([mean_share(low + (high - low) * share) for share in shares])
    return float(12 * ((shares - 0.5) * means).mean())


def of_gate(name: str, own: Law, rest: Law, gate: str, threshold: float) -> Iterator[Estimate]:
    """How an input moves the chance of a gate."""
    low, high = ((rest + side).cdf(threshold) for side in sides(name, own))
    for column, value in (("chance_low", low), ("chance_high", high), ("change", high - low)):
        columns = (column, f"{column}_ci_low", f"{column}_ci_high")
        key = (("gate", gate), ("input", name))
        certain = CERTAIN if value > 1 - NEGLIGIBLE else ""
        yield Estimate(
            f"{gate} {name} {column}",
            f"driver {column.replace('_', ' ')}",
            "driver_gates",
            key,
            columns,
            value,
            ERROR,
            share=abs(value),
            covers_more=certain,
            is_wide=certain,
        )


def of_task(task: str, exact: float) -> Iterator[Estimate]:
    """A task of a chain: always critical, so that all measures but its significance are one number."""
    for column in ("ssi", "correlation", "cruciality_vanhoucke", "cruciality_nasa"):
        columns = (column, f"{column}_ci_low", f"{column}_ci_high")
        key = (("task", task),)
        yield Estimate(
            f"{task} {column}", f"task {column.replace('_', ' ')}", "driver_tasks", key, columns, exact, ERROR
        )
