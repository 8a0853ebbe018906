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
    iterations: int,
    seed: int,
    method: str,
    threads: int | None,
    until: int | None,
    no_contributions: bool,
    ignores_hard: bool,
    output: Path | None,
    no_write: bool,
    is_json: bool,
) -> int:
    """Simulate a scenario and print what it says.

    Exits 0 when it is done, whatever the gates say; "riskengine decide" answers them in its exit status.
    """
    order = options.order(iterations, seed, method, threads, until, ignores_hard, not no_contributions)
    answer.give(scenario, order, None if no_write else output or answer.default_folder(scenario), is_json)
    return exits.DONE
