"""``riskengine verify``: whether a results folder is whole and unchanged."""

from pathlib import Path

import click

from riskengine.cli.input.shell_files import ResultsPath
from riskengine.cli.output import console, exits


@click.command("verify")
@click.argument("folder", type=ResultsPath())
def command(folder: Path) -> int:
    """Check a results folder against its checksums.

    Lists every damage on stdout and exits 4 when there is any.
    """
    from riskengine.errors.counting import counted
    from riskengine.report.text.notation import clean
    from riskengine.results.folder.store import verify

    damages = verify(folder)
    if damages:
        console.data("\n".join(clean(damage) for damage in damages))
        console.message(f"{folder}: {counted(len(damages), 'damage')}")
        return exits.STORAGE
    console.data(f"{clean(folder)}: whole, every part matches its checksum")
    return exits.DONE
