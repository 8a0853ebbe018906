"""Documents as text: TOML as people write it, JSON as programs do, and read back through the product's reader."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from riskengine import scenario
from riskengine.model import Scenario


def toml(document: Mapping[str, Any]) -> str:
    """A document as TOML: tables down to the tables of tasks, risks and calendars, inline below."""
    lines = [f"{_key(key)} = {_inline(value)}" for key, value in document.items() if not isinstance(value, Mapping)]
    for key, table in document.items():
        if isinstance(table, Mapping):
            if all(isinstance(item, Mapping) for item in table.values()):
                for id, item in table.items():
                    lines += ["", f"[{_key(key)}.{_key(id)}]"]
                    lines += [f"{_key(name)} = {_inline(value)}" for name, value in item.items()]
            else:
                lines += ["", f"[{_key(key)}]", *(f"{_key(name)} = {_inline(value)}" for name, value in table.items())]
    return "\n".join(lines) + "\n"


def _key(text: str) -> str:
    return text if text.replace("_", "a").replace("-", "a").isalnum() and text.isascii() else json.dumps(text)


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value)


def as_json(document: Mapping[str, Any]) -> str:
    """A document as JSON, dates as text."""
    return json.dumps(document, default=lambda moment: moment.isoformat())


def read(document: Mapping[str, Any], folder: Path, suffix: str = ".toml") -> Scenario:
    """Write a document into a folder and read it as a user's file."""
    path = folder / f"plan{suffix}"
    path.write_text(toml(document) if suffix == ".toml" else as_json(document), encoding="utf-8")
    return scenario.read(path)
