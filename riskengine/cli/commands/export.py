"""``riskengine export``: runs as tables for BI tools and databases."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from riskengine.cli import write_back_dates
from riskengine.cli.output import console, exits

if TYPE_CHECKING:
    from riskengine.export.exporter import Exporter
    from riskengine.export.exporting import ExportOutcome


@click.command("export")
@click.argument("paths", metavar="RESULTS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "to",
    metavar="FORMAT:PLACE",
    required=True,
    help="parquet:FOLDER, csv:FOLDER, xlsx:FILE, duckdb:FILE, postgresql://USER@HOST/DATABASE; "
    "xer:FILE, mspdi:FILE: dates into a copy of the imported file.",
)
@click.option(
    "--table",
    "tables",
    metavar="NAME",
    multiple=True,
    help="Write this table, and dim_run; may be given several times (default: all; for xlsx but those by iteration).",
)
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The imported file, for xer: and mspdi: (default: the file of its name in this folder).",
)
@click.option("--encoding", default="", metavar="NAME", help="Encoding of an XER file, where it is guessed wrongly.")
@click.option(
    "--force",
    "is_forced",
    is_flag=True,
    help="Begin anew where an export was changed or is of another kind; replace the FILE of xer: and mspdi:.",
)
@click.option("--json", "is_json", is_flag=True, help="Print what was done as one JSON object.")
def command(
    paths: tuple[Path, ...],
    to: str,
    tables: tuple[str, ...],
    source: Path | None,
    encoding: str,
    is_forced: bool,
    is_json: bool,
) -> int:
    """Write runs as tables for BI tools and databases, or the dates of one back to its scheduling tool.

    RESULTS are results folders, or folders that hold some, as batch leaves them. Runs that are there already are left
    alone; those that changed are replaced. All of it is written, or nothing.

    xer: and mspdi: write P50 and P80 of the start and the finish of every task into user fields of a copy of the file
    that the scenario of one run was imported from; all else in it stays as it is.
    """
    if write_back_dates.is_write_back(to):
        return write_back_dates.run_and_print(
            to,
            write_back_dates.WriteBackRequest(
                paths, tables, source=source, encoding=encoding, is_forced=is_forced, is_json=is_json
            ),
        )
    if source is not None or encoding:
        raise click.UsageError("--source and --encoding are for --to xer:FILE and mspdi:FILE")
    from riskengine.cli.output.progress import Progress
    from riskengine.errors.counting import counted
    from riskengine.export.exporter import ExportOptions
    from riskengine.export.exporting import export
    from riskengine.export.formats import place_named
    from riskengine.star.folders import find_runs

    place = place_named(to)
    options = ExportOptions(_tables(tables, place.exporter), is_forced)
    runs = find_runs(paths)
    left_out = place.exporter.left_out if not tables else ()
    if left_out:
        console.message(f"note: {' and '.join(left_out)} are left out; name tables with --table to have them")
    for path, first in runs.duplicates:
        console.message(f"note: {path} and {first} hold the same run; the first is left out")
    with Progress() as progress:
        total = counted(len(runs.runs), "run")
        outcome = export(runs.runs, place, options, lambda done, all_: progress(done, all_, f"{total}; read"))
    _print_outcome(outcome, place.printable_text, is_json)
    return exits.DONE


def _tables(names: tuple[str, ...], exporter: "Exporter") -> tuple[str, ...]:
    """Return the tables to write, in the order of the star schema."""
    from riskengine.errors import UsageError
    from riskengine.star.dictionary import STAR

    unknown = [name for name in names if name not in STAR]
    if unknown:
        raise UsageError(f"no table {unknown[0]!r}; there are {', '.join(STAR)}", "RE902")
    wanted = {*names, "dim_run"} if names else set(STAR) - set(exporter.left_out)
    return tuple(name for name in STAR if name in wanted)


def _print_outcome(outcome: "ExportOutcome", to: str, is_json: bool) -> None:
    """Print what was done."""
    from riskengine.errors.counting import counted, first_names
    from riskengine.report.text.notation import clean

    if outcome.added:
        console.message(f"note: columns of this version were added: {first_names(outcome.added, 5)}")
    if is_json:
        console.document(_document(outcome, to))
        return
    lines = [
        f"{clean(to)}: {len(outcome.new)} new, {len(outcome.unchanged)} unchanged, {len(outcome.replaced)} replaced"
    ]
    width = max(map(len, outcome.rows), default=0)
    lines += [f"  {name:<{width}} {counted(rows, 'row'):>16}" for name, rows in outcome.rows.items()]
    console.data("\n".join(lines))
    for key in outcome.replaced:
        console.message(f"note: {key} is not as it was, and is replaced")


def _document(outcome: "ExportOutcome", to: str) -> dict[str, Any]:
    """Return what was done, in types that JSON has."""
    return {
        "to": to,
        "new": list(outcome.new),
        "unchanged": list(outcome.unchanged),
        "replaced": list(outcome.replaced),
        "rows": dict(outcome.rows),
        "added": list(outcome.added),
    }
