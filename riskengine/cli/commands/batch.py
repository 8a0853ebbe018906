"""``riskengine batch``: many scenarios into one portfolio."""

import gc
from pathlib import Path

import click

from riskengine.cli import answer, machine
from riskengine.cli.batch import files as batch_files
from riskengine.cli.batch import status as batch_status
from riskengine.cli.batch import view as batch_view
from riskengine.cli.input import options
from riskengine.cli.output import console
from riskengine.cli.pipelines import reports as pipeline_reports


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
@click.option("--fresh", "is_fresh", is_flag=True, help="Simulate everything, also what did not change.")
@pipeline_reports.pipeline_options
@click.option("--no-write", is_flag=True, help="Print the answers and write nothing.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead of a table.")
def command(
    paths: tuple[Path, ...],
    run_options: options.RunOptions,
    output: Path,
    excluded: tuple[str, ...],
    view: batch_view.View,
    is_fresh: bool,
    pipeline: pipeline_reports.PipelineOptions,
    no_write: bool,
    is_json: bool,
) -> int:
    """Simulate many scenarios into one portfolio.

    SCENARIOS are files, or folders of .toml files, of which those are passed over that are no plan, or only parts of
    others. A scenario with faults is reported and does not stop the others. What an earlier batch simulated from the
    same inputs is not simulated again, and folders that it wrote for plans that are gone or excluded are removed.
    Exits 10 NO-GO, 11 UNDECIDED or 0 by the worst decision; 13 and 14 are the first two while others have no results;
    else 4 or 3 where one has none.
    """
    pipeline_reports.check_targets(pipeline)
    gc.enable()  # entry.main turned it off, but here one scenario comes after another
    machine.check_address_space()
    from riskengine.cli.batch.memory import memory_of
    from riskengine.cli.batch.run import simulate_all
    from riskengine.cli.batch.scenario import scenario_files, unlisted_folder
    from riskengine.cli.batch.write import write_batch_files
    from riskengine.cli.output.progress import Progress

    memory = memory_of(output, run_options, is_fresh)
    files = batch_files.find_batch_files(paths, excluded, memory.extended_files)
    batch_view.say_left_out(files)
    with Progress() as progress:
        outcomes = simulate_all(scenario_files(files, None if no_write else output), run_options, progress, memory)
    outcomes += [unlisted_folder(folder, error) for folder, error in files.unreadable.items()]
    failure = None if no_write else write_batch_files(memory, files, outcomes)
    batch_view.print_portfolio([outcome.row for outcome in outcomes], view, files, is_json)
    for outcome in outcomes:
        for line in outcome.faults:
            console.message(line)
    pipeline_reports.report_batch(pipeline, outcomes)
    if failure is not None:
        raise failure
    if not no_write:
        console.note(f"portfolio in {output / 'portfolio.arrow'}")
    return batch_status.exit_status(outcome.status for outcome in outcomes)
