"""``riskengine batch``: many scenarios into one portfolio."""

import gc
from pathlib import Path

import click

from riskengine.cli.support import answer, batch_files, console, exits, machine, options


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
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead of a table.")
def command(
    paths: tuple[Path, ...],
    run_options: options.RunOptions,
    output: Path,
    is_json: bool,
) -> int:
    """Simulate many scenarios into one portfolio.

    SCENARIOS are files, or folders of .toml files. A scenario with faults is reported and does not stop the others.
    Exits with the worst that happened: 1, 4 or 3 where a scenario has no results, else 10 NO-GO, 11 UNDECIDED, 0.
    """
    gc.enable()  # entry.main turned it off, but here one scenario comes after another
    files = batch_files.find_batch_files(paths)
    machine.check_address_space()
    from riskengine.analysis import portfolio_table
    from riskengine.cli.support.batch_run import simulate_all, unlisted_folder
    from riskengine.cli.support.progress import Progress
    from riskengine.errors import ResultsError
    from riskengine.report import portfolio
    from riskengine.results.portfolio import write_portfolio

    with Progress() as progress:
        outcomes = simulate_all(files.scenarios, run_options, output, progress)
    outcomes += [unlisted_folder(folder, error) for folder, error in files.unreadable.items()]
    rows = [outcome.row for outcome in outcomes]
    failed: ResultsError | None = None
    try:
        written = write_portfolio(output, portfolio_table(rows))
    except ResultsError as error:  # raised below: what was computed is printed first
        failed = error
    if is_json:
        console.document(portfolio.document(rows))
    else:
        console.answer(portfolio.render(rows, console.width()))
    for outcome in outcomes:
        for line in outcome.faults:
            console.message(line)
    if failed is not None:
        raise failed
    console.message(f"portfolio in {output / written.name}")
    statuses = {outcome.status for outcome in outcomes}
    return next((status for status in WORST_FIRST if status in statuses), exits.DONE)


WORST_FIRST = (exits.CRASHED, exits.STORAGE, exits.REFUSED, exits.NO_GO, exits.UNDECIDED)
