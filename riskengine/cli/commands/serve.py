"""``riskengine serve``: a plan in the browser of this machine, what if."""

from pathlib import Path

import click

from riskengine.cli import answer
from riskengine.cli.input import options
from riskengine.cli.input.counts import Count
from riskengine.cli.input.scenario_input import STDIN
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import console, exits
from riskengine.cli.output.progress import Progress


@click.command("serve")
@click.argument("scenario", type=ScenarioPath())
@click.option(
    "--port", type=Count(0, 65535), metavar="N", default=0, show_default="one that is free", help="Where to listen."
)
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the page: en, de.")
@options.drawing_options
def command(scenario: Path, run_options: options.RunOptions, *, port: int, language: str) -> int:
    """Show what would be if: a plan in the browser of this machine.

    Prints the address of a page, on which risks, actions, ranges of tasks, gates, the start and absences can be
    changed. Finish, cost, gates and the difference to the plan are computed on the same random numbers and redrawn
    while a slider moves; what was changed can be saved as a file that extends the plan. Needs pip install '.[serve]'.

    It listens on this machine only, and answers nobody without the token in the address. It writes nothing. Ctrl-C
    ends it, with exit 130.
    """
    if scenario == STDIN:
        raise click.UsageError("serve is for a scenario in a file: what standard input says cannot be extended")
    from riskengine.serve.server import require_libraries

    require_libraries()
    from riskengine import __version__
    from riskengine.api.scenario import checked, scenario_of
    from riskengine.pages.language import read_language
    from riskengine.serve.page import ServedPlan
    from riskengine.serve.server import serve
    from riskengine.serve.what_if import WhatIf

    words = read_language(language)
    check_address_space()
    reading, model = answer.read_as_asked(scenario, run_options)
    with Progress() as progress:
        base = scenario_of(reading) if model is reading.scenario else checked(model)
        what_if = WhatIf(base, run_options.simulation(progress))
    plan = ServedPlan(what_if, scenario, words, __version__)

    def tell(address: str) -> None:
        console.data(address)
        console.flush()
        console.note("open it in a browser of this machine; Ctrl-C ends it")

    serve(plan, port, tell)
    return exits.DONE
