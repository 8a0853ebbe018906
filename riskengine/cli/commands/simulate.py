"""``riskengine simulate``: from a scenario to its summary and results folder."""

from pathlib import Path

import click

from riskengine.cli import answer
from riskengine.cli.input import options
from riskengine.cli.input.levels import Levels
from riskengine.cli.input.shard_number import ShardNumber
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import exits


@click.command("simulate")
@click.argument("scenario", type=ScenarioPath())
@options.engine_options
@click.option(
    "--rho",
    "levels",
    type=Levels(),
    metavar="LEVELS",
    help="Also run the plan with one common rank correlation at each of these levels, such as 0,0.3,0.6.",
)
@click.option(
    "--shard",
    type=ShardNumber(),
    metavar="K/N",
    help="Simulate the K-th of N parts of the run into a file, for riskengine merge.",
)
@options.output_options
def command(
    scenario: Path,
    run_options: options.RunOptions,
    levels: tuple[float, ...] | None,
    shard: tuple[int, int] | None,
    output_options: options.OutputOptions,
) -> int:
    """Simulate a scenario and print what it says.

    Exits 0 when it is done, whatever the gates say; "riskengine decide" answers them in its exit status.

    With --rho, one table has the plan as it is written and at each level: all its uncertain durations and costs have
    that rank correlation with each other, in place of its own correlations. A results folder for each, and
    portfolio.arrow of all, lie in results/<name>-rho.

    With --shard, one part of the run is simulated into one file: -o, or <name>.shard-K-of-N. A file that holds this
    shard already is left as it is, so that the same command goes on where a machine stopped. "riskengine merge" makes
    the run of all parts.
    """
    if shard is not None:
        from riskengine.cli.shard import simulate_shard_and_tell

        if levels is not None:
            raise click.UsageError("--rho and --shard exclude each other")
        if run_options.cluster is not None:
            raise click.UsageError("--cluster and --shard exclude each other: a cluster shares out the run by itself")
        simulate_shard_and_tell(scenario, shard, run_options, output_options)
        return exits.DONE
    if levels is not None:
        from riskengine.cli.stress import stress_and_print

        if output_options.form.is_brief:
            raise click.UsageError("--rho and --brief exclude each other")
        if run_options.cluster is not None:
            raise click.UsageError("--rho and --cluster exclude each other")
        stress_and_print(scenario, levels, run_options, output_options)
        return exits.DONE
    answer.run_and_print(scenario, run_options, output_options)
    return exits.DONE
