"""Results folders on the disk: written in one step, read only when whole, checked bit by bit."""

import contextlib
import hashlib
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from riskengine.disk.unfinished import publishing
from riskengine.errors import ResultsError
from riskengine.results.folder import manifest
from riskengine.results.folder.claim import claim, exists, full_path, replace, restore_interrupted, sibling, sync_folder
from riskengine.results.folder.lock import locked
from riskengine.results.folder.part import check_table, parse_table, read_part, read_plain, write_bytes, write_table
from riskengine.results.run import RunRecord
from riskengine.results.tables.registry import ON_REQUEST, RUN_TABLES, TABLES

WAITS, WAIT = 100, 0.01
"""How often and how long [s] a reader waits for a writer that is between its two renames."""
READINGS = 5
"""How often a reader starts over when the folder is replaced under its hands."""


def write(folder: str | Path, run: RunRecord) -> None:
    """Write a run to its folder: afterwards the folder is whole, or it is what it was before.

    Parameters
    ----------
    folder : path
        Made with its parents where it does not exist; replaced in one step where it holds the results of a run.
    run : RunRecord

    Raises
    ------
    ResultsError
        When the folder holds anything else, another run holds it, the disk is full or may not be written to.
    """
    with claim(folder) as path:
        write_claimed(path, run)


def write_claimed(path: Path, run: RunRecord) -> None:
    """Write a run to a folder that is claimed; see :func:`write` and :func:`riskengine.results.folder.claim.claim`."""
    check_tables(run)
    new = sibling(path, "new")
    try:
        new.mkdir()
        parts: dict[str, dict[str, Any]] = {
            manifest.SCENARIO: write_bytes(new / manifest.SCENARIO, run.scenario_json.encode("utf-8"))
        }
        for name in run.tables:
            parts[f"{name}.arrow"] = write_table(new / f"{name}.arrow", run.tables[name])
        sync_folder(new)
        write_bytes(new / manifest.NAME, manifest.dump(manifest.seal(run.manifest, parts)))
        sync_folder(new)
        with publishing():
            replace(path, new)
    except BaseException as error:
        # What cannot be cleaned now (the disk is gone, say) is cleaned by the next run into this folder.
        with contextlib.suppress(OSError, ResultsError):
            restore_interrupted(path)
        if isinstance(error, OSError):
            raise ResultsError(f"{path}: cannot be written: {error.strerror or error}", "RE706") from error
        raise


def check_tables(run: RunRecord) -> None:
    """Refuse to write what could not be read again."""
    targets = run.manifest["targets"]
    if set(run.tables).difference(ON_REQUEST) != set(RUN_TABLES):
        raise ValueError(f"a run has the tables {', '.join(RUN_TABLES)}")
    if run.tables["iterations"].num_rows != run.manifest["iterations"]:
        raise ValueError("the table iterations does not hold the iterations of the run")
    for name, table in run.tables.items():
        if not table.schema.equals(TABLES[name].schema(targets), check_metadata=True):
            raise ValueError(f"table {name} does not have the columns of the registry")


def open_run(folder: str | Path) -> RunRecord:
    """Read a run from its folder, every byte checked.

    Parameters
    ----------
    folder : path

    Returns
    -------
    RunRecord

    Raises
    ------
    ResultsError
        When it is no results folder, a part is missing or is not what the run wrote, or another version wrote it.
    """
    path = full_path(folder)
    for remaining in reversed(range(READINGS)):
        text = b""
        try:
            place = find(path)
            text = read_manifest(place)
            return read_run(place, text)
        except ResultsError as error:
            if remaining and is_replaced(path, text):
                continue
            raise naming_folder(error, folder) from error
    raise AssertionError("the last reading returns or raises")


def naming_folder(error: ResultsError, folder: str | Path) -> ResultsError:
    """Return what was wrong with the folder that was named, or with naming one that only holds folders of runs."""
    runs = sorted(p.parent.name for p in full_path(folder).glob(f"[!.]*/{manifest.NAME}"))
    if error.code != "RE701" or not runs:
        return ResultsError(f"{folder}: {error.message}", error.code, error.cure)
    count = "a run" if len(runs) == 1 else f"{len(runs)} runs"
    cure = f"name one run, as {Path(folder) / runs[0]}"
    return ResultsError(f"{folder}: not a results folder itself: it holds {count}", error.code, cure)


def open_manifest(folder: str | Path) -> dict[str, Any]:
    """Return the manifest of a results folder, checked against its own checksum; no part is read.

    Raises
    ------
    ResultsError
        When it is no results folder, or its manifest is damaged or of another version.
    """
    try:
        return manifest.parse(read_manifest(find(full_path(folder))))
    except ResultsError as error:
        raise naming_folder(error, folder) from error


def is_replaced(path: Path, text: bytes) -> bool:
    """Whether a writer has put another run in the folder since its manifest was read as ``text``."""
    try:
        return read_manifest(path) != text
    except ResultsError:
        return exists(sibling(path, "old"))


def find(path: Path) -> Path:
    """Return where the run of a folder is: there or, for as long as a crash is not put right, beside it."""
    old = sibling(path, "old")
    for _ in range(WAITS):
        if exists(path) or not exists(old):
            break
        try:
            with locked(sibling(path, "lock")):
                restore_interrupted(path)
        except ResultsError:
            time.sleep(WAIT)
        except OSError:
            return old
    return path


def read_manifest(path: Path) -> bytes:
    """Return the text of the manifest in a folder."""
    try:
        return read_plain(path / manifest.NAME, manifest.LARGEST)
    except ResultsError as error:
        raise ResultsError(f"not a results folder: {error.message}", "RE701") from error


def read_run(path: Path, text: bytes) -> RunRecord:
    """Return the run of a folder whose manifest is ``text``."""
    content = manifest.parse(text)
    scenario = read_scenario(path, content)
    return RunRecord(content, scenario, {name: read_table(path, name, content) for name in tables_of(content)})


def tables_of(content: dict[str, Any]) -> list[str]:
    """Return the tables of a folder by its manifest: those of every run, and answers that were asked for."""
    return [*RUN_TABLES, *(name for name in ON_REQUEST if f"{name}.arrow" in content["parts"])]


def keep(folder: str | Path, run: str, tables: Mapping[str, pa.Table]) -> None:
    """Put tables of answers into the folder of the run that was asked; afterwards it is whole, or what it was before.

    Parameters
    ----------
    folder : path
    run : str
        Id of the run.
    tables : mapping of str to pyarrow.Table
        Of ``registry.ON_REQUEST``; they take the place of those that are there.

    Raises
    ------
    ResultsError
        When the folder holds another run, or anything else, is damaged, or may not be written to.
    """
    with claim(folder) as path:
        record = open_run(path)
        if record.manifest["run"] != run:
            raise ResultsError(f"{folder} holds another run than the one that was asked", "RE662")
        write_claimed(path, RunRecord(record.manifest, record.scenario_json, {**record.tables, **tables}))


def read_table(path: Path, name: str, content: dict[str, Any]) -> pa.Table:
    """Return one table of the folder whose manifest is ``content``."""
    part = f"{name}.arrow"
    table = parse_table(name, read_part(path / part, content["parts"][part]), tuple(content["targets"]))
    _count_rows(name, table.num_rows, content)
    return table


def check_rows(path: Path, name: str, content: dict[str, Any]) -> None:
    """Check one table of the folder as :func:`read_table` does, without holding it in memory."""
    part = f"{name}.arrow"
    rows = check_table(path / part, name, sealed=content["parts"][part], targets=tuple(content["targets"]))
    _count_rows(name, rows, content)


def _count_rows(name: str, rows: int, content: dict[str, Any]) -> None:
    if name == "iterations" and rows != content["iterations"]:
        raise ResultsError(f"{name}.arrow does not hold the iterations of the run", "RE702")


def read_scenario(path: Path, content: dict[str, Any]) -> str:
    """Return the resolved scenario of the folder whose manifest is ``content``."""
    data = read_part(path / manifest.SCENARIO, content["parts"][manifest.SCENARIO])
    if hashlib.sha256(data).hexdigest() != content["digest"]:
        raise ResultsError(f"{manifest.SCENARIO} is not the scenario whose digest {manifest.NAME} names", "RE702")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ResultsError(f"{manifest.SCENARIO} is damaged: not UTF-8", "RE702") from error
    if manifest.parse_object(data) is None:
        raise ResultsError(f"{manifest.SCENARIO} is damaged: not a JSON object", "RE702")
    return text


def verify(folder: str | Path) -> list[str]:
    """Return what is wrong with a results folder, one line a fault; nothing for a folder as the run wrote it.

    Every bit of every file is checked: those of the parts by the checksums in the manifest, those of the manifest by
    its own. A manifest that was forged together with its checksum cannot be told.

    Raises
    ------
    ResultsError
        When there is no such folder, or no run wrote it.
    """
    path = find(full_path(folder))
    try:
        text = read_manifest(path)
    except ResultsError as error:
        raise naming_folder(error, folder) from error
    try:
        content = manifest.parse(text)
    except ResultsError as error:
        return [error.message]
    problems = []
    readers: list[Callable[[], object]] = [partial(read_scenario, path, content)]
    readers += [partial(check_rows, path, name, content) for name in tables_of(content)]
    for read in readers:
        try:
            read()
        except ResultsError as error:
            problems.append(error.message)
    expected = {manifest.NAME, *content["parts"]}
    problems += [
        f"{name} does not belong to the run"
        for name in sorted(p.name for p in path.iterdir() if p.name not in expected)
    ]
    return problems
