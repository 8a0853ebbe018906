"""Runs that are simulated in shards, on any number of machines, and merged."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from riskengine import analysis, engine, plan
from riskengine.api.asking import wrong_argument
from riskengine.api.plan_health import with_health
from riskengine.api.run import Run, run_of
from riskengine.api.scenario import read
from riskengine.api.simulating import Progress, SimulationOptions, checked, plan_of, settings_of, whole
from riskengine.errors import ResultsError
from riskengine.errors.counting import counted
from riskengine.model import Scenario
from riskengine.results.folder.shard import MOST_SHARDS, ShardFile, check_replaceable_shard, open_shard, write_shard
from riskengine.results.provenance import NUMBERS, engine_version, libraries, version_differences, versions
from riskengine.results.run import assemble
from riskengine.scenario import digest_of, dumps

OF_ONE_RUN: Final = ("digest", "shards", "iterations", "seed", "method", "contributions")
"""What the headers of all shards of a run say alike, in the order in which a difference is looked for."""
NAMED: Final = 12
"""Numbers of shards that a message names."""


def shard_of(number: object, count: object) -> engine.Shard:
    """Return a shard by its number and how many there are, or refuse what is none."""
    shard = engine.Shard(whole("number", number), whole("count", count))
    if not 1 <= shard.number <= shard.count <= MOST_SHARDS:
        raise wrong_argument("number", f"must be from 1 to count, which is at most {MOST_SHARDS:,}", number)
    return shard


def header_of(scenario: Scenario, settings: engine.Settings, shard: engine.Shard) -> dict[str, Any]:
    """Return what the file of a shard says of its run, and of what computed it."""
    resolved = dumps(scenario)
    return {
        "shard": shard.number,
        "shards": shard.count,
        "iterations": settings.iterations,
        "seed": settings.seed,
        "method": settings.method,
        "contributions": settings.has_contributions,
        "scenario": resolved,
        "digest": digest_of(resolved),
        "numbers": NUMBERS,
        "version": engine_version(),
        "provenance": libraries(),
    }


def write_shard_of(scenario: Scenario, shard: engine.Shard, options: SimulationOptions, path: str | Path) -> bool:
    """Simulate a shard of a run into its file, unless it is there.

    Parameters
    ----------
    scenario : Scenario
        As the reader made it.
    shard : Shard
    options : SimulationOptions
        Of the whole run; it has a fixed number of iterations.
    path : path

    Returns
    -------
    bool
        False where the file holds this very shard already, of the same versions and whole: nothing was simulated.

    Raises
    ------
    riskengine.ResultsError
        When there is something else at the path, or it cannot be written.
    riskengine.ScenarioError, riskengine.MachineError
        As for :func:`riskengine.simulate`.
    """
    settings = settings_of(checked(options))
    header = header_of(scenario, settings, shard)
    if is_there(path, header):
        return False
    check_replaceable_shard(path)  # better refused now than after the computing
    output = engine.simulate_shard(plan_of(scenario), settings, shard, options.progress)
    write_shard(path, header, output._asdict())
    return True


def is_there(path: str | Path, header: dict[str, Any]) -> bool:
    """Whether the file of a shard is whole, and has this header."""
    try:
        file = open_shard(path)
        if any(file.header.get(key) != value for key, value in header.items()):
            return False
        file.arrays()
    except ResultsError:
        return False
    return True


def merge(paths: Iterable[str | os.PathLike[str]], threads: int | None = None, progress: Progress | None = None) -> Run:
    """Return the run of its shards; see :func:`riskengine.merge`."""
    files = shards_of_one_run([Path(path) for path in paths])
    header = files[0].header
    scenario = read(header["scenario"])
    resolved = dumps(scenario)
    settings = settings_of(
        checked(
            SimulationOptions(
                iterations=header["iterations"],
                seed=header["seed"],
                method=header["method"],
                threads=threads,
                progress=progress,
                contributions=header["contributions"],
            )
        )
    )
    # one at a time: all shards together take the memory of the run once more
    shards = ((engine.Shard(file.header["shard"], file.header["shards"]), file.arrays()) for file in files)
    compiled = plan.compile(scenario)
    sample = with_health(engine.simulate_merged(compiled, settings, shards, progress), scenario, compiled)
    return run_of(assemble(sample, analysis.tables(sample), resolved, digest_of(resolved)))


def shards_of_one_run(paths: Sequence[Path]) -> list[ShardFile]:
    """Return the shards in their order.

    Raises
    ------
    ResultsError
        With everything that is wrong with them: which are damaged, of another run or another version, there twice,
        missing.
    """
    files: list[ShardFile] = []
    faults = []
    for path in paths:
        try:
            files.append(open_shard(path))
        except ResultsError as error:
            faults.append(error.message)
    if not files:
        raise ResultsError("; ".join(faults) or "no shard was named", "RE750")
    first = files[0]
    faults += [fault for file in files for fault in versions_apart(file)]
    faults += [fault for file in files[1:] for fault in differences_of(file, first)]
    of_run = [file for file in files if not any(differences_of(file, first))]
    places = defaultdict(list)
    for file in of_run:
        places[file.header["shard"]].append(file.path.name)
    count = first.header["shards"]
    faults += [
        f"shard {number} is there {counted(len(names), 'time')}: {', '.join(names)}"
        for number, names in sorted(places.items())
        if len(names) > 1
    ]
    missing = [number for number in range(1, count + 1) if number not in places]
    if missing:
        named = ", ".join(map(str, missing[:NAMED])) + (", ..." if len(missing) > NAMED else "")
        faults.append(f"of {counted(count, 'shard')} {counted(len(missing), 'is', 'are')} missing: {named}")
    if faults:
        raise ResultsError("; ".join(faults), "RE751")
    return sorted(of_run, key=lambda file: int(file.header["shard"]))


def differences_of(file: ShardFile, first: ShardFile) -> Iterator[str]:
    """Yield what a shard says otherwise of its run than the first one: the first difference alone."""
    for key in OF_ONE_RUN:
        value, expected = file.header[key], first.header[key]
        if value != expected:
            says = "another scenario" if key == "digest" else f"{key} {value} and not {expected}"
            yield f"{file.path.name} is of another run than {first.path.name}: {says}"
            return


def versions_apart(file: ShardFile) -> Iterator[str]:
    """Yield what a shard was computed by, where that is not what would merge it."""
    computed_by = {"numbers": file.header["numbers"], "version": file.header["version"], **file.header["provenance"]}
    differences = version_differences(computed_by, versions())
    if differences:
        yield f"{file.path.name} was computed by other versions than these: {differences}"
