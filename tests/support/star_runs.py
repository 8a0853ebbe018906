"""Results folders to export: small runs made by hand, through the real analysis, written as a run writes them."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from riskengine.analysis import tables
from riskengine.results.folder.store import write
from riskengine.results.run import assemble
from riskengine.results.samples.sample import GateQuestion
from riskengine.scenario import digest_of
from tests.support.samples import START, example, inputs, with_milestone

ITERATIONS = 300
DAY = np.timedelta64(86_400_000_000, "us")


def write_run(
    folder: Path, *, seed=1, project="chain", name="Chain", days_later=0, iterations=ITERATIONS, scenario=None
):
    """Write a run with two targets and two gates, as many days later as asked for, and return its folder."""
    sample = with_milestone(example("sobol", iterations, seed=seed), "t0001", 1)
    latest = seconds(np.sort(sample.finish[0]))[iterations // 2]
    gates = (
        GateQuestion("date", "On time", 0, latest, None, 0.4),
        GateQuestion(
            "both",
            "In time and budget",
            1,
            seconds(np.sort(sample.finish[1]))[iterations * 2 // 3],
            float(np.median(sample.cost)),
            0.9,
        ),
    )
    shift = days_later * DAY
    tasks = replace(sample.tasks, start=seconds(sample.tasks.start), finish=seconds(sample.tasks.finish))
    sample = replace(sample, finish=seconds(sample.finish), tasks=tasks)
    said = inputs(
        len(sample.tasks.id),
        len(sample.risks.id),
        name=name,
        project=project,
        start=START + shift,
        description=f"Said of {days_later}",
    )
    sample = replace(sample, project=project, name=name, gates=gates, start=START + shift, inputs=said)
    text = scenario or f'{{\n  "calendar": "24h",\n  "description": "Said of {days_later}",\n  "name": "Chain é"\n}}\n'
    write(folder, assemble(sample, tables(sample), text, digest_of(text)))
    return folder


def seconds(instants):
    """Instants on whole seconds, as the engine has them."""
    return instants.astype("M8[s]").astype("M8[us]")


def write_batch(root: Path, count=3) -> Path:
    """Write as many runs of as many plans and projects, and return the folder that they are in."""
    for number in range(count):
        write_run(root / f"plan-{number}", seed=number + 1, project=f"Project {number % 2}", name=f"Plan {number}")
    return root
