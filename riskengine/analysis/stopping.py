"""When a run is long enough: its gates are decided, or what it estimates is as precise as was asked for."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal

import pyarrow as pa

from riskengine.analysis.statistics.percentile import PERCENTS
from riskengine.errors import UsageError, shortened

Unit = Literal["d", "%", ""]

MOST_ITERATIONS: Final = 1_000_000
"""Iterations at which a run stops that asks for a precision and names no maximum."""
MOST_CONDITIONS: Final = 20
GATES: Final = "gates"
FINISH: Final = "finish"
COST: Final = "cost"
PROJECT: Final = "project"
MEAN: Final = "mean"
CHANCE: Final = "chance"

UNITS: Final[Mapping[Unit, str]] = MappingProxyType({"d": "d (working days)", "%": "%", "": "nothing (money)"})

CONDITION: Final = re.compile(
    r"(?P<estimate>[Pp]\d{1,2}|mean|chance)\s*\(\s*(?P<of>[^()]+?)\s*\)"
    r"\s*(?:\+/?-|±)\s*(?P<amount>\d+(?:\.\d+)?)\s*(?P<unit>d|%|)"
)
RULE: Final = (
    "must be a number of iterations, gates, or conditions such as P80(finish) +- 1d, mean(cost) +- 5000, "
    "P80(cost) +- 1% or chance(GATE) +- 0.5%, with commas between them"
)


@dataclass(frozen=True, slots=True)
class Precision:
    """How far from an estimate an end of its 95 % interval may lie.

    Parameters
    ----------
    estimate : str
        ``P80`` or another percentile that a run has, ``mean`` or ``chance``.
    of : str
        ``finish``, ``cost``, the id of a target, and of a chance that of a gate.
    half_width : float
        Distance of the farther end: working days, currency, percent of the estimate of a cost, points of a chance.
    unit : str
        ``d``, ``%``, or nothing for money.
    """

    estimate: str
    of: str
    half_width: float
    unit: Unit

    def __str__(self) -> str:
        return f"{self.estimate}({self.of}) +- {self.half_width:g}{self.unit}"

    @property
    def percent(self) -> int | None:
        """The percentile, None for means and chances."""
        return int(self.estimate[1:]) if self.estimate[0] == "P" else None

    def reached(self, tables: Mapping[str, pa.Table]) -> float:
        """Return how far the farther end is in the tables of a run, in the unit of the condition; infinity if open.

        Parameters
        ----------
        tables : mapping of str to pyarrow.Table
            ``percentiles``, ``summary`` and ``gates``.
        """
        value, low, high = self._ends(tables)
        if value is None or low is None or high is None:
            return math.inf
        distance = max(value - low, high - value)
        if self.unit != "%":
            return distance
        if self.estimate == CHANCE:
            return 100 * distance
        return 0.0 if distance == 0 else 100 * distance / abs(value) if value else math.inf

    def _ends(self, tables: Mapping[str, pa.Table]) -> tuple[float | None, ...]:
        if self.estimate == CHANCE:
            return _row(tables["gates"], {"gate": self.of}, ("probability", "ci_low", "ci_high"))
        where: dict[str, Any] = {"measure": COST if self.of == COST else FINISH}
        where["target"] = PROJECT if self.of in (COST, FINISH) else self.of
        if self.percent is None:
            return _row(tables["summary"], where, ("mean", "mean_ci_low", "mean_ci_high"))
        return _row(tables["percentiles"], {**where, "percentile": self.percent}, ("value", "ci_low", "ci_high"))


@dataclass(frozen=True, slots=True)
class StoppingRule:
    """When a run stops: once all of this holds, looked at after every doubling, and at a number of iterations at most.

    Parameters
    ----------
    most : int
    asks_gates : bool
        Every gate has to be decided.
    precisions : tuple of Precision
    """

    most: int
    asks_gates: bool
    precisions: tuple[Precision, ...] = ()

    def without_gates(self) -> "StoppingRule | None":
        """Return the rule for a scenario that has no gates, None where nothing is left of it."""
        return replace(self, asks_gates=False) if self.precisions else None

    def is_precise(self, tables: Mapping[str, pa.Table]) -> bool:
        """Return whether every estimate is as precise as was asked for."""
        return all(precision.reached(tables) <= precision.half_width for precision in self.precisions)

    def words(self, tables: Mapping[str, pa.Table], iterations: int) -> list[str]:
        """Return how precise each estimate of a run is that was asked to be.

        Parameters
        ----------
        tables : mapping of str to pyarrow.Table
            Of the run.
        iterations : int
            That it has.
        """
        lines = []
        for precision in self.precisions:
            reached = precision.reached(tables)
            end = "is reached" if reached <= precision.half_width else "is not reached"
            width = "its interval is open" if math.isinf(reached) else f"{reached:,.2f}{precision.unit}"
            lines.append(f"{precision} {end} with {iterations:,} iterations: {width}")
        return lines

    def refuse_unknown(self, targets: Collection[str], gates: Collection[str]) -> None:
        """Refuse conditions on targets and gates that a scenario does not have.

        Raises
        ------
        riskengine.UsageError
        """
        for precision in self.precisions:
            names = gates if precision.estimate == CHANCE else {FINISH, COST, *targets}
            if precision.of not in names:
                kind = "gate" if precision.estimate == CHANCE else "finish, cost or target"
                there = f"there is {', '.join(sorted(map(shortened, names)))}" if names else "there is none"
                raise UsageError(f"--until: no {kind} is called {shortened(precision.of)!r}", "RE661", there)


def stopping_rule(text: str) -> StoppingRule:
    """Return the rule that a text says, such as ``P80(finish) +- 1d, 200000``.

    Raises
    ------
    riskengine.UsageError
    """
    most, asks_gates, precisions = None, False, []
    parts = [part.strip() for part in text.split(",")]
    for part in parts:
        if part == GATES:
            asks_gates = True
        elif part.isascii() and part.isdigit() and most is None:
            most = int(part)
        else:
            precisions.append(_precision(part, text))
    if len(precisions) > MOST_CONDITIONS:
        raise UsageError(f"--until has more than {MOST_CONDITIONS} conditions", "RE660")
    limit = MOST_ITERATIONS if most is None else most
    return StoppingRule(limit, asks_gates or not precisions, tuple(precisions))


def _precision(part: str, text: str) -> Precision:
    match = CONDITION.fullmatch(part)
    if match is None:
        raise UsageError(f"--until {RULE}, got {shortened(repr(text))}", "RE660")
    estimate, of = match["estimate"], match["of"]
    units = [unit for unit in UNITS if unit == match["unit"]]
    wanted: tuple[Unit, ...] = ("%",) if estimate == CHANCE else ("", "%") if of == COST else ("d",)
    if units[0] not in wanted:
        need = " or ".join(UNITS[unit] for unit in wanted)
        raise UsageError(f"--until {part}: behind the number belongs {need}", "RE660")
    name = estimate.upper() if estimate[0] in "Pp" else estimate
    precision = Precision(name, of, float(match["amount"]), units[0])
    if precision.percent is not None and precision.percent not in PERCENTS:
        raise UsageError(f"--until {part}: a run has P1, P5, P10 to P95 in steps of 5, and P99", "RE660")
    if not precision.half_width > 0:
        raise UsageError(f"--until {part}: the number must be above 0", "RE660")
    return precision


def _row(table: pa.Table, where: Mapping[str, Any], names: Sequence[str]) -> tuple[float | None, ...]:
    """Return columns of the row in which others have these values."""
    rows = table.select([*where, *names]).to_pylist()
    row = next(row for row in rows if all(row[key] == value for key, value in where.items()))
    return tuple(row[name] for name in names)
