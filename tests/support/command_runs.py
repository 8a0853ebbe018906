"""Runs of scenarios given as text, and their results as bytes."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

import riskengine

ITERATIONS = 1024


def run(text: str, iterations: int = ITERATIONS, seed: int = 1, **options: Any) -> Any:
    """Simulate a scenario given as text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.toml"
        path.write_text(text, encoding="utf-8")
        return riskengine.simulate(riskengine.read(path), iterations=iterations, seed=seed, **options)


def contents(run: Any) -> dict[str, bytes]:
    """Every file of a run's results folder."""
    with TemporaryDirectory() as parent:
        folder = Path(parent) / "results"
        run.write(folder)
        return files_of(folder)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def different(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """Names of the files that are not the same in both."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def column(run: Any, name: str) -> NDArray[Any]:
    """A column of the iterations table."""
    values: NDArray[Any] = run.tables["iterations"].column(name).to_numpy()
    return values


def finish(run: Any, target: str = "") -> NDArray[np.float64]:
    """Finish of the project or a named target (iteration,) [d]."""
    return column(run, f"finish_days:{target}" if target else "finish_days")


def rows(run: Any, table: str, key: str) -> dict[str, dict[str, Any]]:
    """The rows of a table by a column that names them."""
    return {row[key]: row for row in run.tables[table].to_pylist()}
