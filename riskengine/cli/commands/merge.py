"""``riskengine merge``: from the shards of a run to its summary and results folder."""

import contextlib
import time
from pathlib import Path

import click

from riskengine.cli import answer
from riskengine.cli.input import options
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import console, exits
from riskengine.cli.output.progress import Progress


@click.command("merge")
@click.argument("parts", type=click.Path(path_type=Path), nargs=-1, required=True)
@options.threads_option
@options.output_options
def command(parts: tuple[Path, ...], threads: int | None, output_options: options.OutputOptions) -> int:
    """Put the shards of one run together: the same bytes as on one machine.

    Prints what "riskengine simulate" prints. PARTS are the files that "riskengine simulate --shard" wrote, in any
    order, or folders with them. The results are, byte for byte, those of the run on one machine. A shard that is
    missing, there twice, damaged, of another run or of another version is named, and nothing is written: exit 4.

    Needs -o, or --no-write.
    """
    from riskengine.api.sharding import merge

    if output_options.folder is None and not output_options.no_write:
        raise click.UsageError("name the results folder with -o, or write none with --no-write")
    check_address_space()
    started_at = time.monotonic()
    with contextlib.ExitStack() as folder_lock:
        place = None
        if output_options.folder is not None and not output_options.no_write:
            place = folder_lock.enter_context(answer.claimed(output_options.folder))
        with Progress() as progress:
            run = merge(files_of(parts), threads, progress)
        failure = None if place is None else answer.failure_to_write(place, run)
    answer.print_answer(run, output_options.form, time.monotonic() - started_at)
    if failure is not None:
        raise failure
    if place is not None:
        console.note(f"results in {output_options.folder}")
    return exits.DONE


def files_of(parts: tuple[Path, ...]) -> list[Path]:
    """Return the files that are named, and the shards in folders that are, in the order of their names."""
    from riskengine.results.folder.shard import is_shard

    files: list[Path] = []
    for part in parts:
        if part.is_dir():
            files += sorted(path for path in part.iterdir() if not path.name.startswith(".") and is_shard(path))
        else:
            files.append(part)
    return files
