"""A second batch over plans that did not change: checksums in place of simulations."""

import tempfile
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure, at_most
from benchmarks.process import ROOT, FailedError, riskengine

PLANS: Final = 60
PLAN: Final = ROOT / "scenarios" / "plant-shutdown.toml"
NAME: Final = 'name = "Unit shutdown, spring"'
MOST_SECONDS: Final = 1.0


def unchanged(rounds: int = 3) -> list[Figure]:
    """Measure a batch over plans that an earlier one has simulated, as a whole process.

    Raises
    ------
    FailedError
        When a plan is simulated again.
    """
    with tempfile.TemporaryDirectory() as folder:
        plans, output = Path(folder) / "plans", Path(folder) / "results"
        plans.mkdir()
        text = PLAN.read_text(encoding="utf-8")
        if NAME not in text:
            raise FailedError(f"{PLAN} has another name")
        for number in range(PLANS):
            (plans / f"plan-{number:02}.toml").write_text(
                text.replace(NAME, f'name = "Plan {number}"'), encoding="utf-8"
            )
        first = riskengine(["batch", plans, "-o", output, "--no-contributions"])
        riskengine(["batch", plans, "-o", output, "--no-contributions"])  # files were new at the first
        before = written_at(output)
        later = [riskengine(["batch", plans, "-o", output, "--no-contributions"]) for _ in range(rounds)]
        if written_at(output) != before:
            raise FailedError("a plan that did not change was simulated again")
        size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    details = {
        "wall_s": min(one.wall_s for one in later),
        "first_cpu_s": first.cpu_s,
        "results_mb": size / 1e6,
        "runs": len(later),
    }
    name = f"a batch over {PLANS} plans that did not change, CPU time"
    return [Figure(name, min(one.cpu_s for one in later), "s", at_most(MOST_SECONDS), details)]


def written_at(output: Path) -> dict[str, int]:
    """Return when the manifest of each results folder was written [ns]."""
    return {path.parent.name: path.stat().st_mtime_ns for path in output.glob("*/manifest.json")}
