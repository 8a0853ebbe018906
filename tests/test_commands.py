"""Every command that a document, a cure or a message tells people to run can be run as it is written."""

import ast
import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

from riskengine.cli.group import COMMANDS
from tests.support.places import ROOT
from tests.unit.cli.page import commands

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
CODE = list((ROOT / "riskengine").rglob("*.py"))
SNIPPET = re.compile(r"^```\w*\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
RISKENGINE = re.compile(r"(?:^|[\s(|`\"'])(?:python -m )?riskengine ([a-z-]+)([^\n|;&#`]*)", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])(--[a-z][\w-]*|-[a-zA-Z])\b(?!\w)")
PIP = re.compile(r"\bpip install ((?:-\w+ )*)(\S+)")
MODULE = re.compile(r"python3? -m ([\w.]+)")
PATHS = re.compile(r"(?:^|\s)(?:pytest|bash) ((?!-)[\w./]+)", re.MULTILINE)
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]


def snippets(text: str) -> list[str]:
    """Code of a page, in blocks and in lines."""
    return [block or inline for block, inline in SNIPPET.findall(text)]


def words(path: Path) -> list[str]:
    """Texts of a module that people may read: its constants without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    constants = [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return [text for text in constants if text not in docstrings]


def texts() -> list[tuple[str, str, bool]]:
    """Name, text and whether it is code, of all that may hold a command."""
    of_pages = [(path.name, one, True) for path in PAGES for one in snippets(path.read_text(encoding="utf-8"))]
    return of_pages + [(path.name, one, False) for path in CODE for one in words(path)]


def faults(text: str, is_code: bool) -> list[str]:
    """What of the commands in a text could not be run."""
    found = []
    known = {name: {word for p in one.params for word in p.opts + p.secondary_opts} for name, one in commands().items()}
    for name, rest in RISKENGINE.findall(text):
        if name in COMMANDS:
            options = set(OPTION.findall(rest)) - known[name] - {"--help", "-h"}
            found += [f"riskengine {name} has no {option}" for option in sorted(options)]
        elif is_code and not name.startswith("-"):
            found.append(f"riskengine has no command {name}")
    for _, what in PIP.findall(text):
        path, bracket, extra = what.strip("'\"`.,;)").partition("[")
        extra = extra.rstrip("]'\"")
        if bracket and (path not in ("", ".", "'.", '".') or extra not in EXTRAS):
            found.append(f"pip cannot install {what}")
        elif path.startswith("riskengine"):
            found.append(f"{what} is on no index")
    for module in MODULE.findall(text):
        first = module.split(".")[0]
        if first in ("riskengine", "tests", "benchmarks") and importlib.util.find_spec(module) is None:
            found.append(f"there is no module {module}")
    found += [f"there is no {path}" for path in PATHS.findall(text) if "/" in path and not (ROOT / path).exists()]
    return found


def test_every_command_that_people_are_told_can_be_run():
    assert [(name, fault) for name, text, is_code in texts() for fault in faults(text, is_code)] == []


def test_there_are_commands_of_each_kind():
    everything = "\n".join(text for _, text, _ in texts())
    for pattern, least in ((RISKENGINE, 40), (PIP, 5), (MODULE, 3), (PATHS, 1)):
        assert len(pattern.findall(everything)) >= least


@pytest.mark.parametrize(
    "text",
    [
        "pip install 'riskengine[import]'",
        "pip install riskengine",
        "pip install '.[imports]'",
        "riskengine check plan.toml --healthy",
        "riskengine decode plan.toml",
        "python -m tests.nowhere",
        "pytest tests/nowhere",
    ],
)
def test_a_command_that_cannot_be_run_is_found(text):
    assert len(faults(text, is_code=True)) == 1


@pytest.mark.parametrize(
    "text",
    ["pip install '.[import]'", "pip install -e '.[dev]'", "pip install .", "riskengine check --no-health a.toml"],
)
def test_a_command_that_can_be_run_is_no_fault(text):
    assert faults(text, is_code=True) == []
