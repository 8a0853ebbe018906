"""``riskengine simulate``: from a scenario to its summary and results folder."""

from pathlib import Path

import click

from riskengine.cli import answer
from riskengine.cli.input import options
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import exits


@click.command("simulate")
@click.argument("scenario", type=ScenarioPath())
@options.engine_options
@options.output_options
def command(scenario: Path, run_options: options.RunOptions, output_options: options.OutputOptions) -> int:
    """Simulate a scenario and print what it says.

    Exits 0 when it is done, whatever the gates say; "riskengine decide" answers them in its exit status.
    """
    answer.run_and_print(scenario, run_options, output_options)
    return exits.DONE
