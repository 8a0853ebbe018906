"""``riskengine batch``: many scenarios into one portfolio."""

import gc
from pathlib import Path

import click

from riskengine.cli.support import answer, batch_files, batch_status, batch_view, console, machine, options


@click.command("batch")
@click.argument("paths", metavar="SCENARIOS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.engine_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    default=answer.RESULTS,
    show_default=True,
    help="Folder of the results folders and of portfolio.arrow.",
)
@click.option(
    "--exclude",
    "excluded",
    multiple=True,
    metavar="PATTERN",
    help="Leave out files or folders whose name matches, such as 'draft-*'; may be repeated.",
)
@batch_view.view_options
@click.option("--no-write", is_flag=True, help="Print the answers and write nothing.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead of a table.")
def command(
    paths: tuple[Path, ...],
    run_options: options.RunOptions,
    output: Path,
    excluded: tuple[str, ...],
    view: batch_view.View,
    no_write: bool,
    is_json: bool,
) -> int:
    """Simulate many scenarios into one portfolio.

    SCENARIOS are files, or folders of .toml files, of which those are passed over that are no plan, or only parts of
    others. A scenario with faults is reported and does not stop the others. Exits 10 NO-GO, 11 UNDECIDED or 0 by the
    worst decision; 13 and 14 are the first two while others have no results; else 4 or 3 where one has none.
    """
    gc.enable()  # entry.main turned it off, but here one scenario comes after another
    files = batch_files.find_batch_files(paths, excluded)
    machine.check_address_space()
    from riskengine.cli.support.batch_run import simulate_all, unlisted_folder
    from riskengine.cli.support.batch_write import write_tables
    from riskengine.cli.support.progress import Progress

    batch_view.say_left_out(files)
    with Progress() as progress:
        outcomes = simulate_all(files.scenarios, run_options, None if no_write else output, progress)
    outcomes += [unlisted_folder(folder, error) for folder, error in files.unreadable.items()]
    rows = [outcome.row for outcome in outcomes]
    failure = None if no_write else write_tables(output, rows)
    batch_view.print_portfolio(rows, view, files, is_json)
    for outcome in outcomes:
        for line in outcome.faults:
            console.message(line)
    if failure is not None:
        raise failure
    if not no_write:
        console.message(f"portfolio in {output / 'portfolio.arrow'}")
    return batch_status.exit_status(outcome.status for outcome in outcomes)
