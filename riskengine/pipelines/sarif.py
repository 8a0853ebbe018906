"""SARIF 2.1.0, which code scanning reads: every fault of scenario files with its place, and what its code means.

References
----------
OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from riskengine.errors import Issue
from riskengine.errors.catalogue import CATALOGUE
from riskengine.report.text.notation import clean

MARK = '"name": "riskengine"'
"""What tells a file of ours."""

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True)
class Remark:
    """What is said about a place of a file.

    Parameters
    ----------
    code : str
        Key of the catalogue.
    level : str
        ``error``, ``warning`` or ``note``.
    text : str
    file : str
        As the user named it.
    line : int, optional
        From 1.
    """

    code: str
    level: str
    text: str
    file: str
    line: int | None = None


def remark_of(issue: Issue, file: str) -> Remark:
    """Return a fault as a remark; `file` is where it stands unless it says so itself."""
    text = f"{issue.path}: {issue.rule}" if issue.path else issue.rule
    text += f", got {issue.value}" if issue.value else ""
    text += f"; {issue.cure}" if issue.cure else ""
    return Remark(issue.code, "error", text, issue.file or file, issue.line)


def sarif_text(remarks: Sequence[Remark], version: str) -> str:
    """Return a log of one run, with a rule for each code that occurs.

    Parameters
    ----------
    remarks : sequence of Remark
    version : str
        Of riskengine.
    """
    codes = sorted({remark.code for remark in remarks})
    levels = {remark.code: remark.level for remark in remarks}
    driver = {
        "name": "riskengine",
        "semanticVersion": version,
        "rules": [_rule(code, levels[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(remark, codes.index(remark.code)) for remark in _different(remarks)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _different(remarks: Iterable[Remark]) -> list[Remark]:
    return list(dict.fromkeys(remarks))


def _rule(code: str, level: str) -> dict[str, Any]:
    entry = CATALOGUE[code]
    example = "\n".join(f"    {line}" for line in entry.example.splitlines())
    sections = {"Rule": entry.rule, "Reason": entry.reason, "Cure": entry.cure}
    plain = "\n".join(f"{heading}: {text}" for heading, text in sections.items() if text)
    markdown = "\n\n".join(f"**{heading}:** {text}" for heading, text in sections.items() if text)
    return {
        "id": code,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.rule},
        "help": {
            "text": f"{plain}\nExample:\n{example}" if example else plain,
            "markdown": f"{markdown}\n\n**Example:**\n\n{example}" if example else markdown,
        },
        "defaultConfiguration": {"level": level},
    }


def _result(remark: Remark, index: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(remark.file)}}
    if remark.line is not None:
        place["region"] = {"startLine": remark.line}
    # Not the line: a fault stays the same one when something is written above it.
    identity = hashlib.sha256(f"{remark.code}\n{remark.file}\n{remark.text}".encode("utf-8", "backslashreplace"))
    return {
        "ruleId": remark.code,
        "ruleIndex": index,
        "level": remark.level,
        "message": {"text": clean(remark.text).replace("](", "] (")},  # which would be a link
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"riskengine/v1": identity.hexdigest()},
    }


def _uri(file: str) -> str:
    """Return a file as a reference relative to where the command was called, or absolute as it was named."""
    path = Path(file.encode("utf-8", "backslashreplace").decode("utf-8"))  # a byte that is no UTF-8 has no name
    if path.is_absolute():
        return path.as_uri()
    return PurePosixPath("/", path.as_posix()).as_uri().removeprefix("file:///")
