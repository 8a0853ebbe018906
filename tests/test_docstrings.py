"""Docstrings list what there is: parameters of the signature, fields and properties of the class, in their order."""

import ast
import re

import pytest

from tests.support.places import ROOT

FILES = sorted(path for room in ("riskengine", "benchmarks", "tests") for path in (ROOT / room).rglob("*.py"))
SECTION = re.compile(r"^(Parameters|Attributes)\n-+\n(.*?)(?=^\w[\w ]*\n-{3,}\n|\Z)", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"(\*{0,2}\w+(?:, \*{0,2}\w+)*)(?: ?:|$)")

RETURNS = re.compile(r"^Returns\n-+\n", re.MULTILINE)

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def listed(docstring: str, section: str) -> list[str]:
    """Names that a section of a docstring lists."""
    names: list[str] = []
    for title, body in SECTION.findall(docstring + "\n"):
        for line in body.splitlines() if title == section else ():
            entry = ENTRY.match(line)
            if entry and not line.startswith((" ", "\t")):
                names += [name.strip("* ") for name in entry.group(1).split(",")]
    return names


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Names of the parameters of a function, without ``self`` and ``cls``."""
    found = function.args
    names = [*found.posonlyargs, *found.args, *found.kwonlyargs]
    names += [one for one in (found.vararg, found.kwarg) if one is not None]
    return [name.arg for name in names if name.arg not in ("self", "cls")]


def stored(function: ast.FunctionDef) -> list[str]:
    """Names of the attributes that a function sets."""
    nodes = (node for node in ast.walk(function) if isinstance(node, ast.Attribute))
    return [node.attr for node in nodes if isinstance(node.ctx, ast.Store)]


def members(definition: ast.ClassDef, section: str) -> list[str]:
    """Names that a class is made with, and for its attributes all that it declares, sets or computes."""
    functions = {node.name: node for node in definition.body if isinstance(node, ast.FunctionDef)}
    fields = [node.target.id for node in definition.body if isinstance(node, ast.AnnAssign)]  # type: ignore[union-attr]
    if section == "Parameters":
        return parameters(functions["__init__"]) if "__init__" in functions else fields
    properties = [name for name, node in functions.items() if node.decorator_list]
    return [*fields, *(stored(functions["__init__"]) if "__init__" in functions else []), *properties]


def gives_nothing(definition: Definition) -> bool:
    """Whether a function says that it returns nothing."""
    returned = getattr(definition, "returns", None)
    return isinstance(returned, ast.Constant) and returned.value is None


def faults(source: str) -> list[str]:
    """Names that docstrings list and that are not there, or that stand in another order."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, Definition):
            continue
        docstring = ast.get_docstring(node) or ""
        if RETURNS.search(docstring) and gives_nothing(node):
            found.append(f"{node.name}: Returns of what returns nothing")
        for section in ("Parameters", "Attributes"):
            names = listed(docstring, section)
            there = members(node, section) if isinstance(node, ast.ClassDef) else parameters(node)
            if isinstance(node, ast.ClassDef) and node.bases and not there:
                continue  # what a class takes over is declared elsewhere
            missing = [name for name in names if name not in there]
            found += [f"{node.name}: {section} list {name}" for name in missing]
            if len(set(names)) < len(names):
                found.append(f"{node.name}: {section} list a name twice")
            if section == "Parameters" and not missing and names != [name for name in there if name in set(names)]:
                found.append(f"{node.name}: {section} stand in another order")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_docstrings_list_what_there_is(path):
    assert faults(path.read_text(encoding="utf-8")) == []


LISTS_WRONG = '''
def one(a, b):
    """Do.

    Parameters
    ----------
    a : int
    c : int
        Gone.
    """

def two(a, b):
    """Do.

    Parameters
    ----------
    b, a : int
    """

def four() -> None:
    """Do.

    Returns
    -------
    int
    """

class Three:
    """Hold.

    Attributes
    ----------
    x : int
    """

    y: int
'''


def test_a_docstring_that_lists_wrong_is_found():
    assert faults(LISTS_WRONG) == [
        "one: Parameters list c",
        "two: Parameters stand in another order",
        "four: Returns of what returns nothing",
        "Three: Attributes list x",
    ]


PACKAGE_FILES = [path for path in FILES if path.is_relative_to(ROOT / "riskengine")]
FEWEST_WORDS = 3


def says_what_it_is_for(source: str) -> bool:
    """Whether the docstring of a module begins with one whole sentence on a line of its own."""
    first, *rest = (ast.get_docstring(ast.parse(source)) or "").split("\n")
    return first.endswith((".", "?")) and len(first.split()) >= FEWEST_WORDS and not "".join(rest[:1])


def test_every_module_says_in_a_line_what_it_is_for():
    assert len(PACKAGE_FILES) > 300
    assert [
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE_FILES
        if not says_what_it_is_for(path.read_text(encoding="utf-8"))
    ] == []


SAYS_TOO_LITTLE = ["x = 1\n", '"""Time."""\n', '"""What a task\ncosts."""\n', '"""What a task costs"""\n']


@pytest.mark.parametrize("source", SAYS_TOO_LITTLE)
def test_a_module_that_does_not_say_what_it_is_for_is_found(source):
    assert not says_what_it_is_for(source)
