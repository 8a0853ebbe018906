"""The manifest: one canonical text that names every file of a results folder, its own contents included."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NoReturn

from riskengine.errors import ResultsError, shortened
from riskengine.results.provenance import ENGINE, FORMAT, run_id
from riskengine.results.tables.registry import ON_REQUEST, RUN_TABLES

NAME = "manifest.json"
SCENARIO = "scenario.json"
PARTS = (SCENARIO, *(f"{table}.arrow" for table in RUN_TABLES))
"""Files of every results folder beside the manifest."""
ANSWER_PARTS = tuple(f"{table}.arrow" for table in ON_REQUEST)
"""Files that it may have besides."""
LARGEST = 4 * 2**20
"""Bytes beyond which a file is no manifest of ours."""
LARGEST_PART = 2**30
"""Bytes beyond which the size of a part is no size of ours, but for the iterations, whose number bounds it."""
BATCH_BYTES = 512
"""Bytes of a column that each batch of an Arrow file takes beside its values, and more."""
MOST_SEEDS = 2**64
MOST_ITERATIONS = 10**9
BATCH_ROWS = 65_536
"""Rows of a record batch: part of the bytes of a file, so never changed lightly."""

SIMULATE_AGAIN = f"simulate its {SCENARIO} again, with the seed, method and iterations of its {NAME}"
"""What brings a folder of a former version up to date."""

KEYS: dict[str, type] = {
    "run": str,
    "digest": str,
    "name": str,
    "project": str,
    "currency": str,
    "start": str,
    "targets": list,
    "seed": int,
    "method": str,
    "iterations": int,
    "table_error": float,
    "engine": str,
    "version": str,
    "numbers": int,
    "format": int,
    "status": str,
    "provenance": dict,
    "parts": dict,
    "checksum": str,
}


def dump(content: dict[str, Any]) -> bytes:
    """Return the canonical text of a manifest: keys sorted, indented by two, a newline at the end.

    Raises
    ------
    ValueError, RecursionError
        For what no run writes: NaN, half of a surrogate pair, endless nesting.
    """
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n").encode("utf-8")


def seal(content: dict[str, Any], parts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the manifest with its parts and the checksum over everything but the checksum."""
    open_content = {key: value for key, value in content.items() if key != "checksum"} | {"parts": parts}
    return open_content | {"checksum": hashlib.sha256(dump(open_content)).hexdigest()}


def checksum_of_run(content: Mapping[str, Any]) -> str:
    """Return the checksum that a manifest had before answers were put into its folder: what the run itself wrote."""
    own_parts = {name: part for name, part in content["parts"].items() if name not in ANSWER_PARTS}
    checksum: str = seal(dict(content), own_parts)["checksum"]
    return checksum


def parse(text: bytes) -> dict[str, Any]:
    """Return the manifest in ``text``, every key present and of its type, the checksum right.

    Raises
    ------
    ResultsError
        When one byte is not as it was written, or the folder is of a format that this version does not read.
    """
    content = parse_loosely(text)
    if content is None:
        raise ResultsError(f"{NAME} is damaged: not a manifest", "RE702")
    if content["format"] != FORMAT:
        other_format = shortened(str(content["format"]))
        cure = SIMULATE_AGAIN if content["format"] < FORMAT else ""
        raise ResultsError(f"{NAME} has format {other_format}; this version reads format {FORMAT}", "RE704", cure)
    for key, kind in KEYS.items():
        if type(content.get(key)) is not kind:
            raise ResultsError(f"{NAME} is damaged: {key} is missing or of the wrong type", "RE702")
    if not is_sealed(content, text):
        raise ResultsError(f"{NAME} is damaged: its checksum does not match", "RE702")
    if content["status"] != "complete":
        status = shortened(repr(content["status"]))
        raise ResultsError(f"{NAME} has status {status}: the run is not complete", "RE703")
    check_lists(content)
    check_run(content)
    return content


def is_sealed(content: dict[str, Any], text: bytes) -> bool:
    """Whether a manifest carries the right checksum, and ``text`` is its canonical text."""
    try:
        return seal(content, content["parts"])["checksum"] == content["checksum"] and dump(content) == text
    except (ValueError, RecursionError):
        return False


def parse_loosely(text: bytes) -> dict[str, Any] | None:
    """Return the content of a manifest of ours of whatever format, sound or not; None where it is no such thing."""
    content = parse_object(text)
    if content is None or content.get("engine") != ENGINE or type(content.get("format")) is not int:
        return None
    return content


def parse_object(text: bytes) -> dict[str, Any] | None:
    """Return the JSON object in ``text``; None for any other value, for a key given twice and for NaN."""

    def no_constant(name: str) -> NoReturn:
        raise ValueError(name)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) != len(pairs):
            raise ValueError("a key twice")
        return table

    try:
        content = json.loads(text, parse_constant=no_constant, object_pairs_hook=once)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def check_lists(content: dict[str, Any]) -> None:
    """Refuse parts and targets that no run of ours names: a manifest may not point outside its folder."""
    names = set(content["parts"]).difference(ANSWER_PARTS)
    if names != set(PARTS):
        different = shortened(", ".join(sorted(names ^ set(PARTS))))
        raise ResultsError(f"{NAME} does not list the parts of a results folder: {different}", "RE702")
    for name, part in content["parts"].items():
        is_sound = (
            isinstance(part, dict) and type(part.get("bytes")) is int and 0 <= part["bytes"] <= largest(name, content)
        )
        is_sound = is_sound and isinstance(part.get("sha256"), str)
        if not is_sound:
            raise ResultsError(f"{NAME} is damaged: part {name}", "RE702")
    targets = content["targets"]
    if not all(isinstance(target, str) for target in targets) or len(set(targets)) != len(targets):
        raise ResultsError(f"{NAME} is damaged: targets", "RE702")


def status_date(content: Mapping[str, Any]) -> date:
    """Return the day that a run looks from: the data date where its plan has one, else its start.

    The start in a manifest is the instant that the days of the run count from, which is either of the two.
    """
    return datetime.fromisoformat(content["start"]).date()


def largest(name: str, content: dict[str, Any]) -> int:
    """Return how many bytes a part can have: the iterations as many as their number and their targets make."""
    iterations: int = content["iterations"]
    if name != "iterations.arrow" or not 1 <= iterations <= MOST_ITERATIONS:
        return LARGEST_PART
    # Four of the project, two of each target; their names stand in the head of the file.
    columns = 4 + 2 * len(content["targets"])
    batches = 1 + iterations // BATCH_ROWS
    return 4 * LARGEST + 9 * columns * iterations + BATCH_BYTES * columns * batches


def check_run(content: dict[str, Any]) -> None:
    """Refuse settings that no run can have had, and an id that is not the one of these settings."""
    settings = (content["digest"], content["seed"], content["method"], content["iterations"])
    if not 0 <= content["seed"] < MOST_SEEDS or not 1 <= content["iterations"] <= MOST_ITERATIONS:
        raise ResultsError(f"{NAME} is damaged: seed or iterations out of range", "RE702")
    if content["run"] != run_id(*settings, numbers=content["numbers"]):
        raise ResultsError(f"{NAME} is damaged: the id of the run is not that of its digest and settings", "RE702")
    try:
        datetime.fromisoformat(content["start"])
    except ValueError as error:
        raise ResultsError(f"{NAME} is damaged: start is no date", "RE702") from error
