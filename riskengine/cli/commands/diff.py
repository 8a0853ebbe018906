"""``riskengine diff``: what one plan says otherwise than another."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskengine.cli.input import options
from riskengine.cli.input.scenario_input import labels_of, read_input
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import console, exits

if TYPE_CHECKING:
    from riskengine.model import Scenario


@click.command("diff")
@click.argument("before", type=ScenarioPath())
@click.argument("after", type=ScenarioPath())
@options.json_option
def command(before: Path, after: Path, is_json: bool) -> int:
    """Say what one plan says otherwise than another, in words of the project.

    Both are plans, or results folders, which stand for the plans that were simulated. What counts is what is
    understood: another order of the file, or a default that is written out, is no difference. Nothing is computed;
    "riskengine compare" says what the differences do.

    Exits 0 whether anything differs or not.
    """
    from riskengine.report.answers.differences import document, render
    from riskengine.scenario.differences import differences

    rows = [asdict(each) for each in differences(scenario_of(before), scenario_of(after))]
    names = labels_of(before, after)
    if is_json:
        console.document(document(names, rows))
    else:
        console.data(render(names, rows, console.width()))
    return exits.DONE


def scenario_of(path: Path) -> "Scenario":
    """Return the scenario of a file, or of a results folder."""
    if not path.is_dir():
        return read_input(path, []).scenario
    import json

    from riskengine.reading import parse
    from riskengine.results.folder.store import open_run

    return parse(json.loads(open_run(path).scenario_json), str(path))
