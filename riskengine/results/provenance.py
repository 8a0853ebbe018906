"""Where the numbers of a run come from: the version of the arithmetic, of the engine, and of its libraries."""

import hashlib
import platform
from collections.abc import Mapping
from functools import cache
from importlib import metadata

NUMBERS = 3
"""Version of the arithmetic: raised whenever a fixed scenario, seed and method give other values."""

FORMAT = 2
"""Version of the results folder: raised when a reader of the old one would misread the new."""

ENGINE = "riskengine"

LIBRARIES = ("numba", "numpy", "pyarrow", "scipy")


def run_id(digest: str, seed: int, method: str, iterations: int, numbers: int = NUMBERS) -> str:
    """Return the name of a run: the same inputs and the same arithmetic give the same name, anywhere and any time.

    Parameters
    ----------
    digest : str
        SHA-256 of the resolved scenario.
    seed : int
    method : str
        ``random``, ``lhs`` or ``sobol``.
    iterations : int
    numbers : int
        Version of the arithmetic.

    Returns
    -------
    str
        16 hexadecimal digits.
    """
    inputs = f"riskengine/{numbers}/{digest}/{seed}/{method}/{iterations}"
    return hashlib.sha256(inputs.encode("utf-8")).hexdigest()[:16]


def engine_version() -> str:
    """Return the version of the installed engine."""
    return version_of(ENGINE)


def libraries() -> dict[str, str]:
    """Return the versions of Python and of the libraries that the numbers pass through.

    Neither the time nor the machine: the same scenario, seed and versions give the same bytes.
    """
    return {"python": platform.python_version(), **{name: version_of(name) for name in LIBRARIES}}


def versions() -> dict[str, object]:
    """Return what the numbers of a run depend on beside its inputs: the arithmetic, the engine, and the libraries."""
    return {"numbers": NUMBERS, "version": engine_version(), **libraries()}


def version_differences(computed_by: Mapping[str, object], expected: Mapping[str, object]) -> str:
    """Return which versions are not those that are expected, in words; empty where all are."""
    apart = [name for name in expected if computed_by.get(name) != expected[name]]
    return ", ".join(f"{name} {str(computed_by.get(name))[:20]} and not {str(expected[name])[:20]}" for name in apart)


@cache
def version_of(package: str) -> str:
    """Return the version of an installed package, or ``unknown``; a process asks for each once."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"
