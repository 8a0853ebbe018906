"""``riskengine show``: the answer of a run once more, from its folder."""

from pathlib import Path

import click

from riskengine.cli import answer
from riskengine.cli.input import options
from riskengine.cli.input.shell_files import ResultsPath
from riskengine.cli.output import exits


@click.command("show")
@click.argument("folder", type=ResultsPath())
@options.form_options
def command(folder: Path, form: options.AnswerForm) -> int:
    """Print the summary of a results folder again.

    Says what "riskengine simulate" said when it wrote the folder, without simulating. Every byte is checked first. How
    long the run took is not kept: with --json it is null.
    """
    from riskengine.results.folder.store import open_run

    answer.print_answer(open_run(folder), form)
    return exits.DONE
