"""``python -m benchmarks``: measure, print a table, write JSON, exit 1 where a goal is missed."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Final

from benchmarks import (
    backlogs,
    batch,
    cluster,
    core,
    database,
    drivers,
    exporting,
    importing,
    levelling,
    process,
    reporting,
    schedule,
    serving,
    size,
    variants,
)
from benchmarks.figure import Figure, table

Benchmark = Callable[[], list[Figure]]
BENCHMARKS: Final[Mapping[str, Benchmark]] = MappingProxyType(
    {
        "numpy": core.against_numpy,
        "threads": core.on_threads,
        "calendars": core.on_calendars,
        "progress": schedule.with_progress,
        "real": schedule.on_real_schedules,
        "levelling": levelling.against_unlevelled,
        "backlogs": backlogs.against_tasks,
        "variants": variants.on_variants,
        "start-up": process.start_up,
        "batch": batch.unchanged,
        "sheet": size.sheet,
        "import": importing.import_xer,
        "items": importing.import_items,
        "export": exporting.export_duckdb,
        "postgresql": database.export_postgresql,
        "report": reporting.report,
        "drivers": drivers.of_large_plan,
        "what-if": serving.what_if,
        "cluster": cluster.against_threads,
    }
)
LONG: Final[Mapping[str, Benchmark]] = MappingProxyType({"million": size.million})
LIBRARIES: Final = ("numpy", "numba", "scipy", "pyarrow")
OUT: Final = Path(__file__).resolve().parent / "out"


def machine() -> dict[str, object]:
    """Return what the figures depend on besides the code."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "system": platform.system(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "load_1_min": load,
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def processor() -> str:
    """Return the name of the processor, as well as it is known."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=[*BENCHMARKS, *LONG], help="measure this one (repeatable)")
    parser.add_argument("--long", action="store_true", help="measure what takes minutes, too")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for one JSON file a benchmark")
    return parser.parse_args(words)


def chosen(only: Sequence[str] | None, is_long: bool) -> list[str]:
    """Return the names of the benchmarks to run, in the order of the table."""
    return [name for name in (*BENCHMARKS, *LONG) if (name in only if only else is_long or name in BENCHMARKS)]


def write(folder: Path, name: str, figures: Sequence[Figure]) -> None:
    """Write the figures of one benchmark as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "benchmark": name,
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "figures": [figure.as_json() for figure in figures],
    }
    (folder / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def main(words: Sequence[str] | None = None, benchmarks: Mapping[str, Benchmark] | None = None) -> int:
    """Run benchmarks and return the exit code.

    Parameters
    ----------
    words : sequence of str, optional
        The command line.
    benchmarks : mapping, optional
        What each name runs; all of them by default.
    """
    order = arguments(words)
    known = {**BENCHMARKS, **LONG} if benchmarks is None else benchmarks
    found: list[Figure] = []
    for name in chosen(order.only, order.long):
        sys.stderr.write(f"{name} ...\n")
        figures = known[name]()
        write(order.out, name, figures)
        found += figures
    sys.stdout.write(table(found) + "\n")
    return int(any(figure.is_missed for figure in found))


if __name__ == "__main__":
    raise SystemExit(main())
