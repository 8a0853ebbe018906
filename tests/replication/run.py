"""One replication: a run of a model with one seed, and what it prints."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

import riskengine
from riskengine import analysis, engine, plan
from riskengine.analysis.comparison import Comparison, GateMovement, Movement, compare
from riskengine.analysis.drivers import drivers
from riskengine.api.simulating import looks
from riskengine.engine.drivers.sample import driver_sample
from riskengine.engine.risks import pairing
from tests.replication.model import Estimate, load
from tests.replication.outlook import outlook_table
from tests.replication.truths import Subject, subject

DAY = np.timedelta64(1, "D")
UNTIL_FROM, UNTIL_MOST = 256, 10_240
ANSWERS = ("pass", "fail", "undecided")


@dataclass(frozen=True)
class Setting:
    """How a model is run: ``until`` starts at 256 iterations and goes on to ``iterations`` at the most."""

    model: str
    method: str
    iterations: int
    is_until: bool = False

    def seed(self, replication: int) -> int:
        """Return the seed of a replication: seeds of a setting follow one another, as those of a user do."""
        words = f"{self.model} {self.method} {self.iterations} {self.is_until}"
        return (crc32(words.encode()) << 20) + replication


@dataclass(frozen=True)
class Replications:
    """What some replications of a setting printed.

    Parameters
    ----------
    printed : (replication, estimate, 3) float64
        Value and both ends; not a number where a bound is open.
    is_wrong : (replication, question) bool
    missing : frozenset of str
        Estimates that have no columns for an interval.
    seconds : float
        What the replications took.
    """

    printed: NDArray[np.float64]
    is_wrong: NDArray[np.bool_]
    missing: frozenset[str]
    seconds: float


@cache
def compiled(name: str, is_changed: bool = False) -> Any:
    """Return the plan of a model, or of its scenario with the change."""
    about = subject(name)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.toml"
        path.write_text(about.changed if is_changed else about.scenario, encoding="utf-8")
        return plan.compile(riskengine.read(path))


def tables_of(name: str, settings: engine.Settings) -> tuple[Mapping[str, Any], np.datetime64]:
    """Return the tables of a run, with what drives it or ``comparison`` where the model asks, and the start."""
    sample = engine.simulate(compiled(name), settings)
    added: dict[str, Any] = {}
    tables = ChainMap(added, analysis.tables(sample))  # most models ask for a few of some thirty tables
    if load(name).asks_drivers:
        asked = drivers(driver_sample(compiled(name), settings, sample), "project").tables
        # those who move most come first there, which are others in another run
        for table in asked:
            added[table] = asked[table].sort_by([(each, "ascending") for each in asked[table].column_names[:2]])
    if subject(name).changed:
        after = engine.simulate(compiled(name, is_changed=True), replace(settings, has_contributions=False))
        added["comparison"] = comparison_table(compare(sample, after, is_same_calendar=True))
    outlook = subject(name).model.outlook
    if outlook is not None:
        added["outlook"] = outlook_table(compiled(name), sample, tables, outlook)
    return tables, sample.start


def comparison_table(result: Comparison) -> pa.Table:
    """Return the differences of two plans as one table; a gate is a statistic of its own."""
    rows: list[dict[str, Any]] = [
        {"measure": each.measure, "statistic": movement.statistic, **ends_of(movement)}
        for each in result.measures
        for movement in each.movements
    ]
    rows += [{"measure": "gate", "statistic": each.before.gate.id, **ends_of(each)} for each in result.gates]
    return pa.Table.from_pylist(rows)


def ends_of(movement: Movement | GateMovement) -> dict[str, float | None]:
    """Return a difference with its interval."""
    return {name: getattr(movement, name) for name in ("difference", "ci_low", "ci_high")}


@contextmanager
def pairing_of(is_paired: bool) -> Iterator[None]:
    """Leave no iterations for runs without a risk, where the model says so."""
    before = pairing.PAIRED_VALUES, pairing.LEAST_PAIRED
    if not is_paired:
        pairing.PAIRED_VALUES = pairing.LEAST_PAIRED = 0
    try:
        yield
    finally:
        pairing.PAIRED_VALUES, pairing.LEAST_PAIRED = before


class Printed:
    """Reads estimates from the tables of a run; which row and column each has is looked up once."""

    def __init__(self, estimates: tuple[Estimate, ...]) -> None:
        self.estimates = estimates
        self.places: dict[tuple[str, int, str], tuple[list[int], list[int]]] | None = None
        self.missing: list[str] = []

    def locate(self, tables: Mapping[str, Any]) -> None:
        """Find the row of each estimate, and which have no columns for their interval."""
        self.places = {}
        rows: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], int]] = {}
        for at, estimate in enumerate(self.estimates):
            table = tables[estimate.table]
            names = tuple(name for name, _ in estimate.key)
            if (estimate.table, names) not in rows:
                keys = zip(*(table.column(name).to_pylist() for name in names), strict=True)
                rows[estimate.table, names] = {key: row for row, key in enumerate(keys)}
            row = rows[estimate.table, names][tuple(value for _, value in estimate.key)]
            for end, column in enumerate(estimate.columns):
                if column not in table.column_names:
                    assert end, f"{estimate.table} has no column {column}"
                    self.missing.append(estimate.name)
                    continue
                place = self.places.setdefault((estimate.table, end, column), ([], []))
                place[0].append(row)
                place[1].append(at)

    def __call__(self, tables: Mapping[str, Any], start: np.datetime64) -> NDArray[np.float64]:
        """Return (estimate, 3): value, low, high; not a number where a table has null."""
        if self.places is None:
            self.locate(tables)
        assert self.places is not None
        found = np.full((len(self.estimates), 3), np.nan)
        for (table, end, column), (rows, at) in self.places.items():
            values = tables[table].column(column).to_numpy()
            if values.dtype.kind == "M":
                values = (values - start) / DAY
            found[at, end] = values[rows]
        return found


@cache
def printed(name: str) -> Printed:
    """Return the reader of a model's tables."""
    return Printed(subject(name).estimates)


def replicate(setting: Setting, first: int, count: int) -> Replications:
    """Run ``count`` replications of a setting, from number ``first`` on."""
    began = perf_counter()
    about = subject(setting.model)
    run = until if setting.is_until else fixed
    with pairing_of(about.model.is_paired):
        each = [run(setting, about, setting.seed(first + k)) for k in range(count)]
    values, is_wrong = np.array([one[0] for one in each]), np.array([one[1] for one in each], np.bool_)
    return Replications(values, is_wrong, frozenset(printed(setting.model).missing), perf_counter() - began)


def fixed(setting: Setting, about: Subject, seed: int) -> tuple[NDArray[np.float64], list[bool]]:
    """Run a fixed number of iterations: what is printed, and which gates are answered wrongly."""
    tables, start = tables_of(setting.model, engine.Settings(setting.iterations, seed, setting.method, 1))
    gates = tables["gates"]
    answer = dict(zip(gates.column("gate").to_pylist(), gates.column("answer").to_pylist(), strict=True))
    is_wrong = [question.is_wrong(answer[question.gate]) for question in about.questions]
    return printed(setting.model)(tables, start), is_wrong


def until(setting: Setting, about: Subject, seed: int) -> tuple[NDArray[np.float64], list[bool]]:
    """Run until gates are decided: which of them a run for that gate alone would have answered wrongly.

    Such a run ends at the first look that decides its gate, and looks come at fixed numbers of iterations: so one run
    that goes on to the last look, and notes at each what every gate is answered, stands for a run for each gate.
    """
    count = looks(UNTIL_FROM, setting.iterations)
    decided: dict[str, str] = {}

    def look(sample: Any) -> bool:
        for each in analysis.decide(sample, looks=count).gates:
            if each.answer != "undecided":
                decided.setdefault(each.gate.id, each.answer)
        return False

    settings = engine.Settings(UNTIL_FROM, seed, setting.method, 1)
    look(engine.simulate_until(compiled(setting.model), settings, look, setting.iterations))
    is_wrong = [question.is_wrong(decided.get(question.gate, "undecided")) for question in about.questions]
    return np.zeros((0, 3)), is_wrong
