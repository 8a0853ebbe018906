"""``riskengine mcp``: the read-only verbs for assistants, over the Model Context Protocol."""

from pathlib import Path

import click

from riskengine.cli.input.counts import Count
from riskengine.cli.output import exits

MOST_ITERATIONS = 1_000_000_000


@click.command("mcp")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--max-iterations",
    type=Count(1, MOST_ITERATIONS),
    metavar="N",
    default=100_000,
    show_default=True,
    help="Simulated futures that one call may ask for.",
)
@click.option(
    "--max-seconds",
    type=click.FloatRange(1, 86_400),
    metavar="S",
    default=300,
    show_default=True,
    help="Seconds that one call may take; it is ended then.",
)
def command(folder: Path, max_iterations: int, max_seconds: float) -> int:
    """Answer an assistant: check, simulate, decide, drivers, compare and explain as tools.

    Speaks the Model Context Protocol on standard input and output, until they are closed; an assistant starts it. Plans
    and results folders are named by their paths below FOLDER. No file outside it is opened, whatever a path, a symbolic
    link, extends or a table of a plan says, and nothing is written. Each call is answered in a process of its own, one
    at a time. Needs the extra [mcp].
    """
    from riskengine import __version__
    from riskengine.errors import MachineError

    try:
        from riskengine.assistants.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "anyio"):
            raise
        cure = "run pip install '.[mcp]' in riskengine's own folder"
        raise MachineError("the library for assistants, mcp, is not installed", "RE676", cure) from error
    from riskengine.assistants.tools import Limits

    serve(folder, Limits(max_iterations, max_seconds), __version__)
    return exits.DONE
