"""The manifest: one canonical text that names every file of a results folder, its own contents included."""

import hashlib
import json
from typing import Any

from riskengine.errors import ResultsError
from riskengine.results.provenance import ENGINE, FORMAT
from riskengine.results.registry import RUN_TABLES

NAME = "manifest.json"
SCENARIO = "scenario.json"
PARTS = (SCENARIO, *(f"{table}.arrow" for table in RUN_TABLES))
"""Files of a results folder beside the manifest."""
LARGEST = 4 * 2**20
"""Bytes beyond which a file is no manifest of ours."""

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
    """Return the canonical text of a manifest: keys sorted, indented by two, a newline at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def seal(content: dict[str, Any], parts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the manifest with its parts and the checksum over everything but the checksum."""
    open_content = {key: value for key, value in content.items() if key != "checksum"} | {"parts": parts}
    return open_content | {"checksum": hashlib.sha256(dump(open_content)).hexdigest()}


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
        raise ResultsError(f"{NAME} has format {content['format']}; this version reads format {FORMAT}", "RE704")
    for key, kind in KEYS.items():
        if type(content.get(key)) is not kind:
            raise ResultsError(f"{NAME} is damaged: {key} is missing or of the wrong type", "RE702")
    if seal(content, content["parts"])["checksum"] != content["checksum"] or dump(content) != text:
        raise ResultsError(f"{NAME} is damaged: its checksum does not match", "RE702")
    if content["status"] != "complete":
        raise ResultsError(f"{NAME} has status {content['status']!r}: the run is not complete", "RE703")
    check_lists(content)
    return content


def parse_loosely(text: bytes) -> dict[str, Any] | None:
    """Return the content of a manifest of ours of whatever format, sound or not; None where it is no such thing."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("engine") != ENGINE or type(content.get("format")) is not int:
        return None
    return content


def check_lists(content: dict[str, Any]) -> None:
    """Refuse parts and targets that no run of ours names: a manifest may not point outside its folder."""
    if set(content["parts"]) != set(PARTS):
        different = ", ".join(sorted(set(content["parts"]) ^ set(PARTS)))
        raise ResultsError(f"{NAME} does not list the parts of a results folder: {different}", "RE702")
    for name, part in content["parts"].items():
        is_sound = isinstance(part, dict) and type(part.get("bytes")) is int and part["bytes"] >= 0
        is_sound = is_sound and isinstance(part.get("sha256"), str)
        if not is_sound:
            raise ResultsError(f"{NAME} is damaged: part {name}", "RE702")
    targets = content["targets"]
    if not all(isinstance(target, str) for target in targets) or len(set(targets)) != len(targets):
        raise ResultsError(f"{NAME} is damaged: targets", "RE702")
