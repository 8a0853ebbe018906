"""The page of the Python API, written from the docstrings: ``python -m tests.unit.python_api.page``."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import riskengine
from riskengine import model
from tests.support.places import ROOT

PAGE = ROOT / "docs/python-api.md"
VERBS = (
    riskengine.read,
    riskengine.simulate,
    riskengine.decide,
    riskengine.compare,
    riskengine.calibrate,
    riskengine.elicit,
    riskengine.collect,
    riskengine.contributions,
    riskengine.drivers,
    riskengine.explain,
    riskengine.mitigate,
    riskengine.simulate_shard,
    riskengine.merge,
    riskengine.open_run,
)
CLASSES = (
    riskengine.Scenario,
    riskengine.Run,
    riskengine.Trace,
    riskengine.Teams,
    riskengine.Comparison,
    riskengine.Contributions,
    riskengine.JointConfidence,
    riskengine.Drivers,
    riskengine.Explanation,
    riskengine.Contingency,
    riskengine.OutsideView,
    riskengine.Mitigation,
    riskengine.Calibration,
    riskengine.Opinions,
    riskengine.GateResult,
    riskengine.Table,
)
ERRORS = (
    riskengine.RiskengineError,
    riskengine.ScenarioError,
    riskengine.Issue,
    riskengine.UsageError,
    riskengine.MachineError,
    riskengine.ResultsError,
)
WIDTH = 100
"""Characters of a signature that stands on one line."""
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)

HEAD = """# From Python

Written from the docstrings by `python -m tests.unit.python_api.page`; do not edit. The [README](../README.md) has a
first program, [the format](scenario-format.md) says what a scenario holds, [the results](results.md) what tables hold,
and `riskengine explain CODE` what a fault means. Whatever is refused is a `RiskengineError`; nothing else is raised but
Python's own `TypeError` for an argument that a function does not have.

`dir(riskengine)` lists what is public. Everything else may change in any version.
"""


def page() -> str:
    """Return the whole page."""
    parts = [HEAD, "## Verbs\n", *(entry(f"riskengine.{verb.__name__}", verb) for verb in VERBS)]
    for kind in CLASSES:
        parts += [f"## {kind.__name__}\n", text_of(kind), *(member(kind, name) for name in members(kind))]
    parts.append("## What is raised\n")
    for kind in ERRORS:
        exit_code = getattr(kind, "exit_code", None)
        after = f"The command line exits with {exit_code}.\n" if exit_code is not None else ""
        parts += [f"### `riskengine.{kind.__name__}`\n", text_of(kind), after]
    parts += ["## Models\n", MODELS, "\n".join(model_rows()) + "\n"]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


MODELS = """What a scenario is made of, in `riskengine.model`. `read` returns these; they may stand in a mapping, in
`Scenario(...)` and in `changed` in place of what a file says.

| class | what it is |
|---|---|"""


def model_rows() -> Iterator[str]:
    """Yield a row for each class of the models."""
    for name in sorted(model.__all__):
        kind = getattr(model, name)
        if inspect.isclass(kind) and issubclass(kind, model.Scenario.__mro__[1]):
            yield f"| `{name}` | {marked_down((kind.__doc__ or '').splitlines()[0])} |"


def members(kind: type[Any]) -> list[str]:
    """Return the public methods and properties that a class declares itself, in their order."""
    own: list[str] = []
    for name, value in vars(kind).items():
        function = getter(value) or value
        is_ours = inspect.isfunction(function) and function.__module__.startswith("riskengine.")
        if is_ours and (not name.startswith("_") or name == "__arrow_c_stream__"):
            own.append(name)
    return own


def getter(value: object) -> Callable[..., Any] | None:
    """Return what makes a property, None of what is none."""
    if isinstance(value, cached_property):
        return value.func
    return value.fget if isinstance(value, property) else None


def member(kind: type[Any], name: str) -> str:
    """Return the entry of a method or property."""
    value = vars(kind)[name]
    shown = f"{kind.__name__}.{name}"
    made_by = getter(value)
    if made_by is not None:
        returned = signature(made_by).partition(" -> ")[2]
        return f"### `{shown}` : `{returned}`\n\n{text_of(value)}"
    return entry(shown, value)


def entry(shown: str, function: Callable[..., Any]) -> str:
    """Return the entry of a function under a heading, with its signature."""
    return f"### `{shown}`\n\n```python\n{signature(function)}\n```\n\n{text_of(function)}"


def signature(function: Callable[..., Any]) -> str:
    """Return name, parameters and result of a function as its source has them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    returned = ast.unparse(tree.returns).strip("'") if tree.returns is not None else "None"
    found = parameters(tree.args)
    line = f"{tree.name}({', '.join(found)}) -> {returned}"
    if len(line) <= WIDTH:
        return line
    return f"{tree.name}(\n" + "".join(f"    {one},\n" for one in found) + f") -> {returned}"


def parameters(arguments: ast.arguments) -> list[str]:
    """Return the parameters of a function as they are written, without ``self``."""
    defaults = [None] * (len(arguments.args) - len(arguments.defaults)) + list(arguments.defaults)
    plain = [pair for pair in zip(arguments.args, defaults, strict=True) if pair[0].arg != "self"]
    keyword = list(zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True))
    found = [parameter(*pair) for pair in plain]
    return [*found, "*", *(parameter(*pair) for pair in keyword)] if keyword else found


def parameter(argument: ast.arg, default: ast.expr | None) -> str:
    """Return one parameter with its type and its default."""
    kind = f"{argument.arg}: {ast.unparse(argument.annotation)}" if argument.annotation is not None else argument.arg
    return kind if default is None else f"{kind} = {ast.unparse(default)}"


def text_of(documented: object) -> str:
    """Return a docstring as Markdown: paragraphs, then its sections as lists."""
    docstring = inspect.cleandoc(getattr(documented, "__doc__", None) or "")
    first, *rest = SECTION.split(docstring + "\n")
    parts = [marked_down(first)]
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        is_list = title in ("Parameters", "Attributes", "Raises", "Returns", "Yields")
        parts.append(f"**{title}**\n\n{listed(body) if is_list else marked_down(body)}")
    return "\n\n".join(part.strip() for part in parts) + "\n"


def listed(body: str) -> str:
    """Return the entries of a section as a list, each with what is said of it."""
    items: list[str] = []
    for line in body.strip().splitlines():
        if line[:1] not in ("", " "):
            name, colon, kind = line.partition(" : ")
            items.append(f"- `{name}`" + (f" : {kind}" if colon else ""))
        elif line.strip():
            items[-1] += ("  \n  " if "\n" not in items[-1] else "\n  ") + line.strip()
    return marked_down("\n".join(items))


def marked_down(text: str) -> str:
    """Return text in the marks of Markdown in place of those of docstrings."""
    text = re.sub(r"::\n\n((?:    .*\n|\n)+)", lambda block: f":\n\n```python\n{inside(block)}\n```\n\n", text + "\n")
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text)
    return fenced(text)


def inside(block: "re.Match[str]") -> str:
    """Return the lines of an indented block without their indent."""
    return textwrap.dedent(block.group(1)).strip()


def fenced(text: str) -> str:
    """Return text whose doubled marks outside of blocks of code are single ones."""
    parts = re.split(r"(```python\n.*?\n```)", text, flags=re.DOTALL)
    return "".join(part if part.startswith("```") else part.replace("``", "`") for part in parts).strip()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
