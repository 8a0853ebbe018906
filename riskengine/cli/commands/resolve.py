"""``riskengine resolve``: the scenario as the engine understands it."""

from pathlib import Path

import click

from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.input.switches import Switches, switch_options, switched
from riskengine.cli.output import atomic_write, console, exits


@click.command("resolve")
@click.argument("scenario", type=ScenarioPath())
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead of stdout.")
@switch_options
def command(scenario: Path, output: Path | None, switches: Switches) -> int:
    """Print a scenario with every default filled in.

    The output is JSON in canonical order, and is itself a scenario: resolving it again changes nothing. Its SHA-256
    is the digest that names a run.
    """
    from riskengine.cli.input.scenario_input import read_input
    from riskengine.scenario import dumps

    text = dumps(switched(read_input(scenario, []), switches, scenario).scenario)
    if output is None:
        console.data(console.portable_json(text).removesuffix("\n"))
    else:
        atomic_write.write(output, text)
    return exits.DONE
