"""One shard of a run, from the scenario to the file that is merged with the others."""

from pathlib import Path

import click

from riskengine.cli import answer
from riskengine.cli.input.options import OutputOptions, RunOptions
from riskengine.cli.input.scenario_input import input_name
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import console
from riskengine.cli.output.progress import Progress


def simulate_shard_and_tell(
    scenario: Path, shard_number: tuple[int, int], run_options: RunOptions, output_options: OutputOptions
) -> None:
    """Simulate a shard, write its file, and say so; a shard that is there whole is left as it is.

    Parameters
    ----------
    scenario : path
        File of the scenario.
    shard_number : (int, int)
        Number of the shard, from 1, and how many there are.
    run_options : RunOptions
        Of the whole run.
    output_options : OutputOptions

    Raises
    ------
    click.UsageError
        For what asks the whole run.
    ScenarioError, MachineError, ResultsError
    """
    if run_options.until is not None:
        raise click.UsageError("--shard and --until exclude each other: whether it is enough is asked of the whole run")
    if output_options.no_write or output_options.form.is_brief:
        raise click.UsageError("--shard writes its file and has no answer; leave out --no-write and --brief")
    check_address_space()
    from riskengine.api.sharding import write_shard_of
    from riskengine.engine import Shard
    from riskengine.errors.counting import counted
    from riskengine.report.text.notation import clean

    number, count = shard_number
    path = output_options.folder or Path(f"{input_name(scenario)}.shard-{number}-of-{count}")
    model = answer.read_as_asked(scenario, run_options)[1]
    shard = Shard(number, count)
    with Progress() as progress:
        is_new = write_shard_of(model, shard, run_options.simulation(progress), path)
    iterations = shard.iterations(run_options.iterations)
    if output_options.form.is_json:
        console.document(
            {"shard": number, "shards": count, "iterations": iterations, "file": str(path), "is_new": is_new}
        )
        return
    if not is_new:
        console.note(f"{path}: this shard is there already; nothing was simulated")
    console.data(f"shard {number} of {count}, {counted(iterations, 'iteration')}: {clean(path)}")
