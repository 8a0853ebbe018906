"""``riskengine export --to xer:FILE`` and ``mspdi:FILE``: dates of a run into a copy of the file it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskengine.cli.output import atomic_write, console, exits

if TYPE_CHECKING:
    from riskengine.write_back.dated_copy import Copy
    from riskengine.write_back.matching import Matching
    from riskengine.write_back.target import Target

MOST_NAMES = 3


@dataclass(frozen=True)
class WriteBackRequest:
    """What the user asks for.

    Parameters
    ----------
    paths, tables : sequence
        Results folders, of which there must be one, and tables, of which there must be none.
    source : Path or None
        The imported file, as far as it was named.
    encoding : str
    is_forced, is_json : bool
    """

    paths: Sequence[Path]
    tables: Sequence[str]
    source: Path | None
    encoding: str
    is_forced: bool
    is_json: bool


def is_write_back(to: str) -> bool:
    """Whether a place is a file of a scheduling tool."""
    from riskengine.write_back.target import TARGETS

    return to.startswith(tuple(f"{target.scheme}:" for target in TARGETS))


def run_and_print(to: str, request: WriteBackRequest) -> int:
    """Write the copy, and say what is in it."""
    from riskengine.errors import UsageError
    from riskengine.results.folder.store import open_run
    from riskengine.write_back.run_dates import imported_run
    from riskengine.write_back.target import target_named, write_back

    target, output = target_named(to)
    if len(request.paths) != 1 or request.tables:
        raise UsageError("xer: and mspdi: take one results folder, and no --table", "RE737")
    folder = request.paths[0]
    run = imported_run(open_run(folder), str(folder))
    source = _source(request.source, run.file)
    copy, matching = write_back(target, source, run, request.encoding)
    is_new = _write(output, copy.content, request.is_forced)
    if request.is_json:
        console.document(_document(target, output, source, copy=copy, matching=matching, is_new=is_new))
    else:
        _print_words(output, source, copy=copy, matching=matching, is_new=is_new)
    _print_differences(source, matching)
    return exits.DONE


def _source(named: Path | None, file: str) -> Path:
    """Return the imported file: the one that was named, else one of the name that the run remembers."""
    from riskengine.errors import UsageError

    if named is not None:
        return named
    name = Path(file).name
    if not name or not Path(name).is_file():
        raise UsageError(f"there is no {file!r} in this folder, from which the scenario was imported", "RE733")
    return Path(name)


def _write(output: Path, content: bytes, is_forced: bool) -> bool:
    """Write the copy; return False where it is there already, to the byte."""
    from riskengine.errors import UsageError

    if output.is_file() and output.stat().st_size == len(content) and output.read_bytes() == content:
        return False
    if is_forced:
        atomic_write.write(output, content)
        return True
    try:
        atomic_write.write_new(output, content)
    except FileExistsError:
        cure = "write elsewhere, or say --force"
        raise UsageError(f"{output} exists already; nothing was written", "RE736", cure) from None
    return True


def _document(
    target: "Target", output: Path, source: Path, *, copy: "Copy", matching: "Matching", is_new: bool
) -> dict[str, Any]:
    """Return what was done, in types that JSON has."""
    return {
        "to": f"{target.scheme}:{output}",
        "source": str(source),
        "tasks": len(matching.tasks),
        "fields": dict(copy.fields),
        "is_changed": is_new,
        "only_in_file": list(matching.only_in_file),
        "only_in_run": list(matching.only_in_run),
        "renamed": list(matching.renamed),
    }


def _print_words(output: Path, source: Path, *, copy: "Copy", matching: "Matching", is_new: bool) -> None:
    """Print what was done."""
    from riskengine.errors.counting import counted
    from riskengine.report.text.notation import clean

    state = f"dates of {counted(len(matching.tasks), 'task')}" if is_new else "has these dates already"
    lines = [f"{output}: {state}, all else as in {source}" if is_new else f"{output}: {state}"]
    lines += [f"  {label:<16} in {name}" for label, name in copy.fields.items()]
    console.data("\n".join(clean(line) for line in lines))


def _print_differences(source: Path, matching: "Matching") -> None:
    """Say which tasks only one side has, and which are called otherwise."""
    from riskengine.errors.counting import counted, first_names

    for ids, here, there in ((matching.only_in_file, "file", "run"), (matching.only_in_run, "run", "file")):
        if ids:
            is_not = f"is not in the {there} and has", f"are not in the {there} and have"
            what = counted(len(ids), f"task of the {here} {is_not[0]}", f"tasks of the {here} {is_not[1]}")
            console.message(f"note: {what} no dates: {first_names(list(ids), MOST_NAMES)}")
    if matching.renamed:
        what = counted(len(matching.renamed), "task has another name", "tasks have other names")
        names = first_names(list(matching.renamed), MOST_NAMES)
        console.message(f"note: {what} in {source} than in the run, and the dates by the id: {names}")
