"""Registers for tests, and looking at what is read from them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from riskengine.errors import Issue, ScenarioError
from riskengine.importers.register.read import Register, read_register, risk_documents
from riskengine.scenario.hooks import known_targets

TASKS: dict[str, Any] = {
    "A1000": {"wbs": "1.1", "tags": ["civil"], "team": "Works"},
    "A1010": {"wbs": "1.2"},
    "A,1": {"wbs": "2"},
}


def read_text(
    text: str | bytes,
    mapping: str = "",
    position: Any = "pre",
    tasks: Any = None,
    wbs_names: Any = None,
    document: Any = None,
    **more: Any,
) -> Register:
    """Read a CSV register of a text."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "register.csv")
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        file = None
        if mapping:
            file = Path(folder, "mapping.toml")
            file.write_text(mapping, encoding="utf-8")
        known = None if tasks is None else known_targets({"tasks": tasks, "wbs": wbs_names or {}, **(document or {})})
        return read_register(path, mapping=file, position=position, known_targets=known, **more)


def risks(
    text: str | bytes, mapping: str = "", position: Any = "pre", tasks: Any = None, **more: Any
) -> dict[str, Any]:
    """The risks of a text as a scenario document has them, without the sources of their numbers."""
    found = risk_documents(read_text(text, mapping, position, tasks, **more).risks)
    for risk in found.values():
        for effects in risk.get("impacts", {}).values():
            for estimate in effects.values():
                del estimate["source"]
    return found


def issues(
    text: str | bytes, mapping: str = "", position: Any = "pre", tasks: Any = None, **more: Any
) -> tuple[Issue, ...]:
    """The faults of a text, none where it is read."""
    try:
        read_text(text, mapping, position, tasks, **more)
    except ScenarioError as error:
        return error.issues
    return ()


def faults(
    text: str | bytes, mapping: str = "", position: Any = "pre", tasks: Any = None, **more: Any
) -> list[tuple[str, str]]:
    """Code and place of each fault of a text."""
    return [(issue.code, issue.path) for issue in issues(text, mapping, position, tasks, **more)]
