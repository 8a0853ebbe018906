"""``riskengine simulate``: from a scenario to its summary and results folder."""

from pathlib import Path

import click

from riskengine.cli.support import answer, exits, options


@click.command("simulate")
@click.argument("scenario", type=click.Path(path_type=Path))
@options.engine_options
@options.output_options
def command(
    scenario: Path,
    run_options: options.RunOptions,
    output: Path | None,
    no_write: bool,
    is_json: bool,
) -> int:
    """Simulate a scenario and print what it says.

    Exits 0 when it is done, whatever the gates say; "riskengine decide" answers them in its exit status.
    """
    folder = None if no_write else output or answer.default_folder(scenario)
    answer.run_and_print(scenario, run_options, folder, is_json)
    return exits.DONE
