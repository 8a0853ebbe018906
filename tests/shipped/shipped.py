"""The shipped files and what their comments say."""

import re
import tomllib
from pathlib import Path
from typing import Any

from tests.support.places import ROOT

FOLDER = ROOT / "scenarios"
FILES = sorted(FOLDER.rglob("*.toml"))
NAMES = [path.relative_to(FOLDER).with_suffix("").as_posix() for path in FILES]

DECISION = re.compile(r"^# decision(?: with (\d+) iterations)?: (GO|NO-GO|UNDECIDED)$", re.MULTILINE)
COMMENT = re.compile(r"#.*$", re.MULTILINE)


def path(name: str) -> Path:
    """File of a scenario."""
    return FOLDER / f"{name}.toml"


def text(name: str) -> str:
    """Text of a scenario."""
    return path(name).read_text(encoding="utf-8")


def document(name: str) -> dict[str, Any]:
    """What the file itself says, without what it extends."""
    return tomllib.loads(text(name))


def header(name: str) -> str:
    """Comment at the top of the file."""
    lines = text(name).splitlines()
    end = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return "\n".join(lines[:end])


def decisions(name: str) -> dict[int | None, str]:
    """Decision that the header states, by number of iterations; None stands for the usual number."""
    return {int(count) if count else None: answer for count, answer in DECISION.findall(header(name))}


def comments(name: str) -> str:
    """All comments of a file as one text, so that what is broken over lines is found."""
    return " ".join(found.lstrip("# ") for found in COMMENT.findall(text(name)))
