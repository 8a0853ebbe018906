"""``riskengine history``: runs over status dates."""

from pathlib import Path

import click

from riskengine.cli.output import console, exits


@click.command("history")
@click.argument("paths", metavar="[RESULTS]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="The history, a DuckDB file; made where there is none.",
)
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead of tables.")
def command(paths: tuple[Path, ...], file: Path, is_json: bool) -> int:
    """Keep runs over status dates, and show how P50, P80, cost and gates moved.

    RESULTS are results folders, or folders that hold some, as batch leaves them. Each run is added once; without
    RESULTS the history is only shown. Where the last status of a project has it finished, the forecasts before it are
    held against the actual finish.
    """
    from riskengine.cli.output.progress import Progress
    from riskengine.errors.counting import counted
    from riskengine.history.history_file import append, require_history
    from riskengine.history.score import scores
    from riskengine.history.trend import read_trends
    from riskengine.history.words import document, render
    from riskengine.report.notation import clean
    from riskengine.star.folders import find_runs

    if paths:
        runs = find_runs(paths).runs
        with Progress() as progress:
            total = counted(len(runs), "run")
            outcome = append(runs, file, lambda done, all_: progress(done, all_, f"{total}; read"))
        added = f"{len(outcome.new)} new, {len(outcome.unchanged)} unchanged, {len(outcome.replaced)} replaced"
        console.message(f"{clean(file)}: {added}")
    else:
        require_history(file)
    trends = read_trends(file)
    if is_json:
        console.document(document(trends, scores(trends)))
    else:
        console.data(render(trends, scores(trends), console.width()))
    return exits.DONE
