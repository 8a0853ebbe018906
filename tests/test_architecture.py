"""The doors between the rooms, and the habits the house forbids, checked on the text of the code.

Every check is a function from a file's path and text to a list of faults, so that each is also shown to fail: once
on the repository, where it must find nothing, and once on a synthetic bad file, where it must find something.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import ROOT

PACKAGE = ROOT / "riskengine"

# Which rooms and third-party packages each room may import, at module level or inside a function. The standard
# library is open to all, but for what BANNED_IMPORTS and KERNEL_STDLIB say. A dotted entry opens one module of a room
# only. "" is the top level: `__init__`, `__main__` and the public verbs.
DOORS: dict[str, set[str]] = {
    "errors": set(),
    "disk": set(),
    "code_pages": set(),
    "model": {"errors", "pydantic", "pydantic_core"},
    "scenario": {"errors", "code_pages", "model"},
    "plan": {"errors", "model", "kernel.contract", "numpy", "scipy"},
    "kernel": {"numpy", "numba"},
    "engine": {"errors", "plan", "kernel", "results", "numpy"},
    "schedule": {"errors", "model", "plan", "kernel.contract", "engine", "numpy"},
    "importers": {"errors", "code_pages", "model", "scenario", "python_calamine"},
    "results": {"errors", "disk", "numpy", "pyarrow"},
    "analysis": {"errors", "results", "numpy", "scipy", "pyarrow"},
    "report": {"errors", "results", "analysis"},
    "pipelines": {"errors", "results", "report"},
    "pages": {
        *("errors", "disk", "results", "analysis", "report", "history", "jinja2", "markupsafe", "numpy", "pptx"),
        *("pyarrow", "weasyprint"),
    },
    "star": {"errors", "results", "analysis", "numpy", "pyarrow"},
    "export": {"errors", "disk", "results", "star", "pyarrow", "adbc_driver_postgresql", "duckdb", "xlsxwriter"},
    "calibration": {"errors", "model", "scenario", "plan.variables", "importers", "report", "numpy", "scipy"},
    "elicitation": {"errors", "model", "scenario", "plan.variables", "importers", "report", "numpy", "xlsxwriter"},
    "history": {"errors", "star", "export", "report", "duckdb"},
    "write_back": {"errors", "importers", "results"},
    "serve": {
        *("errors", "model", "scenario", "engine", "importers.to_scenario.toml_text", "results", "analysis", "report"),
        *("pages", "api", "starlette", "uvicorn"),
    },
    "assistants": {"errors", "report", "anyio", "mcp"},
    "cluster": {
        *("errors", "model", "scenario", "plan", "engine", "results", "api", "distributed", "numpy", "pyarrow"),
    },
    "cli": {
        *("errors", "disk", "model", "scenario", "plan", "engine", "schedule", "importers", "results", "analysis"),
        *("report", "pipelines", "pages", "star", "export", "history", "write_back", "api", "serve", "click", "rich"),
        *("assistants", "calibration", "cluster", "elicitation", ""),
    },
    "api": {
        *("errors", "model", "scenario", "plan", "engine", "results", "analysis", "report", "numpy", "pyarrow"),
        *("schedule", "calibration", "polars", "pydantic", ""),
    },
    "": {
        *("errors", "model", "scenario", "plan", "engine", "schedule", "importers", "results", "analysis"),
        *("pages", "api", "cli"),
        *("calibration", "cluster", "elicitation"),
    },
}
# Which other folders of its room each folder may import. Files beside the folders may import them all; of those files a
# folder may import the ones that are named. No format of the importers knows another one; what MPXJ converts it writes
# as XML of Microsoft Project or of P6, so its folder knows these two.
NEUTRAL = {"neutral", "importer", "collected_faults", "constraints", "notes", "worktime"}
BLOCK_SIZES = {"BLOCK", "WIDTH", "WORDS"}
FLOORS: dict[str, set[str]] = {
    "scenario.text": set(),
    "scenario.grammar": {"text"},
    "scenario.tables": {"text"},
    "scenario.document": {"text", "grammar", "tables", "hooks"},
    "scenario.values": {"text"},
    "scenario.sections": {"text", "values", "hooks"},
    "scenario.programme": {"text", "values", "sections", "document", "resolve"},
    "plan.time": {"limited"},
    "plan.variables": {"time"},
    "plan.network": {"time", "variables"},
    "plan.correlation": {"variables"},
    "plan.inputs": {"time", "variables", "plan"},
    "plan.resources": {"time", "limited", "plan"},
    "kernel.contract": BLOCK_SIZES,
    "kernel.cache": set(),
    "kernel.draws": BLOCK_SIZES | {"compiling", "contract"},
    "kernel.dates": BLOCK_SIZES | {"compiling", "contract"},
    "engine.blocks": {"escalation"},
    "engine.draws": {"blocks"},
    "engine.dates": {"blocks", "draws"},
    "engine.drivers": {"blocks", "dates", "draws", "simulate"},
    "engine.risks": {"blocks", "draws", "dates"},
    "engine.traced": {"blocks", "draws", "dates", "escalation", "simulate"},
    "engine.months": {"blocks", "dates", "hastening", "limits", "risks"},
    "engine.costs": {"dates", "escalation", "limits", "months"},
    "engine.resources": {"blocks", "dates", "limits", "months"},
    "schedule.dates": set(),
    "schedule.handshake": {"dates"},
    "schedule.health": {"dates"},
    "importers.xml": {"collected_faults"},
    "importers.sheets": set(),
    "importers.to_scenario": NEUTRAL,
    "importers.ranges": NEUTRAL | {"to_scenario"},
    "importers.register": NEUTRAL | {"sheets", "ranges"},
    "importers.items": NEUTRAL | {"sheets"},
    "importers.status": NEUTRAL | {"sheets", "items", "to_scenario"},
    "importers.p6": NEUTRAL | {"xml"},
    "importers.msproject": NEUTRAL | {"xml"},
    "importers.mpxj": NEUTRAL | {"xml", "p6", "msproject"},
    "analysis.statistics": set(),
    "analysis.tables": {"statistics", "decision", "contingency", "joint_confidence"},
    "analysis.drivers": {"statistics", "tables", "decision"},
    "results.samples": set(),
    "results.tables": set(),
    "results.folder": {"tables", "run", "provenance"},
    "report.text": {"reading"},
    "report.summary": {"text", "reading"},
    "report.answers": {"text", "reading", "summary"},
    "errors.codes": {"entry"},
    "pages.comparing": {
        *("blocks", "kinds", "language", "memo", "page", "pdf", "sections", "speaker", "waterfall_places"),
    },
    "pages.explained": {"blocks", "language", "page", "section", "speaker"},
    "pages.pictures": {"language"},
    "pages.presentation": {"blocks", "excerpt", "section", "sections"},
    "pages.printing": set(),
    "pages.what_if": {"blocks", "language", "page", "pictures", "speaker"},
    "pages.sections": {"blocks", "language", "pictures", "section", "speaker", "waterfall_places"},
    "export.csv": {"exporter", "formulas", "staging"},
    "export.duckdb": {"exporter", "extras", "mark", "migration", "one_file", "sql"},
    "export.parquet": {"exporter", "labels", "staging"},
    "export.postgresql": {"exporter", "extras", "mark", "migration", "sql", "urls"},
    "export.xlsx": {"exporter", "extras", "formulas", "one_file"},
    "cli.output": {"leave_at_once"},
    "cli.input": {"output"},
    "cli.check": {"machine", "output"},
    "cli.batch": {"answer", "check", "input", "machine", "output"},
    "cli.pipelines": {"batch", "input", "machine", "output"},
    "cli.commands": {
        *("answer", "batch", "check", "input", "machine", "output", "pipelines", "plan_or_run"),
        *("shard", "stress", "write_back_dates", "import_refusals", "status_update", "throughput_import"),
    },
}
LIGHT_AT_MODULE_LEVEL = {"cli": {"cli", "click", "disk"}, "": {"cli", "errors"}}
KERNEL_STDLIB = {
    *{"__future__", "collections", "contextlib", "fcntl", "functools", "hashlib", "os", "pathlib", "stat", "sys"},
    "typing",
}
BANNED_IMPORTS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "socket", "http", "urllib", "requests"}
BANNED_MODULES = {"util", "utils", "helper", "helpers", "common", "manager", "base", "misc"}
BANNED_CALLS = {"eval", "exec", "__import__"}
ONLY_IN = {"tomllib": {"scenario"}, "csv": {"scenario", "report", "importers"}, "pyarrow.ipc": {"results"}}
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MUTABLE_CALLS = {"list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict"}
MAX_LINES = 400
MAX_TEST_LINES = 600
MAX_FUNCTION_LINES = 60
MAX_POSITIONAL = 5
MAX_ENTRY_PARAMETERS = 8

Fault = str


def room_of(path: Path) -> str:
    """Room of a file inside the package; the empty string for the top level."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imported_names(tree: ast.Module, path: Path) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    """Every absolute dotted name that a file imports, wherever the import stands."""
    package = ("riskengine", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            stem = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (stem, node.module or "") if part)
            for alias in node.names:
                yield node, f"{module}.{alias.name}"
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            first = node.args[0] if node.args else None
            is_plain = isinstance(first, ast.Constant) and isinstance(first.value, str)
            yield node, first.value if is_plain else "<computed import>"  # type: ignore[union-attr]


def door_of(name: str) -> str:
    """The room, or the third-party or standard-library package, behind an imported dotted name."""
    parts = name.split(".")
    if parts[0] != "riskengine":
        return parts[0]
    return parts[1] if len(parts) > 1 and parts[1] in DOORS else ""


def is_open(name: str, door: str, room: str) -> bool:
    """Whether a room may import a name: its whole room or package, or the one module that is open."""
    modules = tuple(f"riskengine.{entry}" for entry in DOORS[room] if "." in entry)
    return door in DOORS[room] or any(f"{name}.".startswith(f"{module}.") for module in modules)


def module_level(tree: ast.Module) -> set[ast.AST]:
    """Nodes that run at import time: not inside a function, not under TYPE_CHECKING."""
    found: set[ast.AST] = set()
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        found.add(node)
        for child in ast.iter_child_nodes(node):
            is_typing_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) and not is_typing_only:
                todo.append(child)
    return found


def check_doors(path: Path, text: str) -> list[Fault]:
    """Imports through a wall, heavy imports at the module level of the CLI, imports nobody may do."""
    tree, room = ast.parse(text), room_of(path)
    if room not in DOORS:
        return [f"{path}: room {room} is not in DOORS"]
    at_import, faults = module_level(tree), []
    for node, name in imported_names(tree, path):
        door, here = door_of(name), f"{path}:{node.lineno}"
        if name == "<computed import>":
            faults.append(f"{here}: computed import")
        elif name.endswith(".*"):
            faults.append(f"{here}: import *")
        elif door in BANNED_IMPORTS:
            faults.append(f"{here}: {door} is banned")
        elif door in sys.stdlib_module_names:
            if room == "kernel" and door not in KERNEL_STDLIB:
                faults.append(f"{here}: kernel may not import {door}")
        elif door != room and not is_open(name, door, room):
            faults.append(f"{here}: {room or 'top level'} may not import {name}")
        elif node in at_import and room in LIGHT_AT_MODULE_LEVEL and door not in LIGHT_AT_MODULE_LEVEL[room] | {room}:
            faults.append(f"{here}: {name} must be imported inside the function that needs it")
        for restricted, rooms in ONLY_IN.items():
            if (name == restricted or name.startswith(restricted + ".")) and room not in rooms:
                faults.append(f"{here}: only {sorted(rooms)} may import {restricted}")
    return faults


def check_floors(path: Path, text: str) -> list[Fault]:
    """Imports of a folder from another one of its room that stands above it."""
    parts = path.relative_to(PACKAGE).parts
    room, folder = (parts[0], parts[1]) if len(parts) > 2 else ("", "")
    if f"{room}.{folder}" not in FLOORS:
        has_floors = any(floor.startswith(f"{room}.") for floor in FLOORS)
        return [f"{path}: folder {room}/{folder} is not in FLOORS"] if folder and has_floors else []
    open_here = FLOORS[f"{room}.{folder}"] | {folder}
    faults = []
    for node, name in imported_names(ast.parse(text), path):
        words = name.split(".")
        if words[:2] == ["riskengine", room] and (len(words) < 3 or words[2] not in open_here):
            faults.append(f"{path}:{node.lineno}: {room}/{folder} may not import {name}")
    return faults


def find_circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules each of which imports, over others perhaps, all of its group."""
    reach = {name: set(targets) for name, targets in imports.items()}
    for middle in imports:
        for name in imports:
            if middle in reach[name]:
                reach[name] |= reach[middle]
    circles = {tuple(sorted(m for m in reach[name] if name in reach.get(m, ()))) for name in imports}
    return [list(circle) for circle in sorted(circles) if circle]


def imports_within(room: str) -> dict[str, set[str]]:
    """Which modules of a room each of its modules imports."""
    files = {
        "riskengine." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
        for path in (PACKAGE / room).rglob("*.py")
    }
    imports: dict[str, set[str]] = {}
    for module, path in files.items():
        names = [name for _, name in imported_names(ast.parse(path.read_text(encoding="utf-8")), path)]
        # What is imported from a module is called MODULE.NAME here.
        imports[module] = {name for name in (*names, *(name.rpartition(".")[0] for name in names)) if name in files}
    return imports


def check_calls(path: Path, text: str) -> list[Fault]:
    """Code from text, printing past the CLI, Arrow files opened anywhere but in the results room."""
    faults = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BANNED_CALLS | {"print"}:
            faults.append(f"{path}:{node.lineno}: {node.func.id}()")
        opens_arrow = isinstance(node, ast.Attribute) and ast.unparse(node) in (
            "pa.ipc",
            "pyarrow.ipc",
            "pa.memory_map",
        )
        if opens_arrow and room_of(path) != "results":
            faults.append(f"{path}:{node.lineno}: {ast.unparse(node)} outside the results room")
        flags = node.keywords if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("jit") else []
        for flag in flags:
            if flag.arg in ("fastmath", "parallel") and ast.unparse(flag.value) != "False":
                faults.append(f"{path}:{flag.value.lineno}: {flag.arg}")
    return faults


def check_state(path: Path, text: str) -> list[Fault]:
    """Mutable state at module level, `global`, and work done while importing."""
    tree, faults = ast.parse(text), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            faults.append(f"{path}:{node.lineno}: global {', '.join(node.names)}")
    for node in tree.body:
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        elif isinstance(node, ast.For | ast.While | ast.With) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        ):
            faults.append(f"{path}:{node.lineno}: work at import time")
        value = getattr(node, "value", None)
        is_mutable = isinstance(value, MUTABLE) or (
            isinstance(value, ast.Call) and ast.unparse(value.func).split(".")[-1] in MUTABLE_CALLS
        )
        for target in targets:
            name = ast.unparse(target)
            if is_mutable and name != "__all__" and not name.lstrip("_").isupper():
                faults.append(f"{path}:{node.lineno}: mutable module-level {name}")
    return faults


def check_size(path: Path, text: str) -> list[Fault]:
    """Files too long to hold one subject."""
    lines = text.count("\n")
    limit = MAX_TEST_LINES if path.name.startswith("test_") else MAX_LINES
    return [f"{path}: {lines} lines"] if lines > limit else []


def long_functions(text: str) -> Iterator[tuple[int, str, int]]:
    """Functions of a file that are too long: line, name, number of lines."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                yield node.lineno, node.name, lines


def long_calls(text: str) -> Iterator[tuple[int, str, int]]:
    """Calls with too many arguments by position, but for those of the file's functions that take any number."""
    tree = ast.parse(text)
    variadic = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.args.vararg}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) > MAX_POSITIONAL:
            name = ast.unparse(node.func).rpartition(".")[2]
            if name not in variadic:
                yield node.lineno, name, len(node.args)


def long_entries(text: str) -> Iterator[tuple[int, str, int]]:
    """Functions that Python calls the core by, with too many parameters: line, name, number of parameters."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(each) == "entry" for each in node.decorator_list):
            count = len(node.args.args) + len(node.args.kwonlyargs)
            if count > MAX_ENTRY_PARAMETERS:
                yield node.lineno, node.name, count


def check_functions(path: Path, text: str) -> list[Fault]:
    """Functions too long to be read at once, and calls in whose order of arguments no reader sees a mistake."""
    return [
        *(
            f"{path}:{line}: {name} has {lines} lines, above {MAX_FUNCTION_LINES}"
            for line, name, lines in long_functions(text)
        ),
        *(
            f"{path}:{line}: {name} gets {count} arguments by position, above {MAX_POSITIONAL}; name them"
            for line, name, count in long_calls(text)
        ),
        *(
            f"{path}:{line}: {name} takes {count} parameters, above {MAX_ENTRY_PARAMETERS}"
            for line, name, count in long_entries(text)
        ),
    ]


def check_name(path: Path, text: str) -> list[Fault]:
    """Modules and folders named after nothing."""
    return [f"{path}: {part} says nothing" for part in path.with_suffix("").parts if part in BANNED_MODULES]


OUTSIDE = re.compile(r"\.\./shared|/work/|\bshared/|contract\.md|\bissue #?\d")
OUTSIDE_IN_TESTS = re.compile(r"/work/|shared/(?!data)|contract\.md|\bissue #?\d")


def check_references(path: Path, text: str) -> list[Fault]:
    """Mentions of what lies outside the repository; tests may look for data beside it."""
    pattern = OUTSIDE_IN_TESTS if "tests" in path.parts else OUTSIDE
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        found = pattern.search(line)
        if found:
            faults.append(f"{path}:{number}: refers to {found.group()}")
    return faults


IN_PACKAGE = {
    "doors": check_doors,
    "floors": check_floors,
    "calls": check_calls,
    "state": check_state,
    "functions": check_functions,
}
IN_PYTHON = {"size": check_size, "name": check_name}
TEXT_SUFFIXES = {".py", ".md", ".toml", ".json", ".csv", ".svg", ".txt", ".cfg", ".yml", ""}


def repository_files() -> list[Path]:
    """Files of the repository: what git knows or, in a copy without git, what lies in the project's folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.splitlines() if listed.returncode == 0 else []
    if not names:
        folders = ("riskengine", "tests", "docs", "scenarios", "benchmarks")
        names = [
            str(p.relative_to(ROOT)) for f in folders for p in (ROOT / f).rglob("*") if "__pycache__" not in p.parts
        ]
    return [ROOT / name for name in names if (ROOT / name).is_file() and (ROOT / name).suffix in TEXT_SUFFIXES]


@pytest.mark.parametrize("check", IN_PACKAGE.values(), ids=IN_PACKAGE)
def test_the_package_keeps_the_rule(check):
    files = [path for path in repository_files() if path.suffix == ".py" and PACKAGE in path.parents]
    assert len(files) > 10
    assert [fault for path in files for fault in check(path, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("check", IN_PYTHON.values(), ids=IN_PYTHON)
def test_every_python_file_keeps_the_rule(check):
    files = [path for path in repository_files() if path.suffix == ".py"]
    found = [fault for path in files for fault in check(path.relative_to(ROOT), path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize("room", sorted(DOORS.keys() - {"", "code_pages", "disk"}))
def test_no_files_of_a_room_import_each_other_in_a_circle(room):
    imports = imports_within(room)
    assert len(imports) > 4 and sum(map(len, imports.values())) > 2
    assert find_circles(imports) == []


def test_a_circle_of_files_is_found():
    assert find_circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a", "d"}}) == [["b", "c"], ["d"]]


def test_no_file_refers_to_what_lies_outside_the_repository():
    own = Path(__file__).resolve()
    files = [path for path in repository_files() if path != own and path.name != "LICENSE"]
    assert len(files) > 20
    found = []
    for path in files:
        found += check_references(path.relative_to(ROOT), path.read_text(encoding="utf-8", errors="replace"))
    assert found == []


BAD_FILES = [
    (check_doors, "kernel/loop.py", "import riskengine.plan\n", "may not import"),
    (check_doors, "kernel/loop.py", "def f():\n    from riskengine.errors import Issue\n", "may not import"),
    (check_doors, "kernel/loop.py", "import json\n", "kernel may not import json"),
    (check_doors, "kernel/loop.py", "import scipy\n", "may not import"),
    (check_doors, "model/task.py", "def f():\n    import numpy as np\n", "may not import numpy"),
    (check_doors, "plan/order.py", "from numba import njit\n", "may not import numba"),
    (
        check_doors,
        "plan/network/order.py",
        "from riskengine.kernel.block import run\n",
        "may not import riskengine.kernel",
    ),
    (check_doors, "plan/order.py", "from riskengine.kernel import BLOCK\n", "may not import riskengine.kernel"),
    (check_doors, "analysis/curve.py", "from ..engine import simulate\n", "may not import riskengine.engine"),
    (check_doors, "report/summary/words.py", "from riskengine import scenario\n", "may not import riskengine.scenario"),
    (check_doors, "engine/run.py", "if TYPE_CHECKING:\n    from riskengine.model import Task\n", "may not import"),
    (check_doors, "cli/commands/simulate.py", "import riskengine.engine\n", "inside the function"),
    (check_doors, "cli/commands/simulate.py", "import numpy\n", "may not import numpy"),
    (check_doors, "__init__.py", "from riskengine.scenario import read\n", "inside the function"),
    (check_doors, "engine/run.py", "import importlib\nimportlib.import_module('riskengine.scenario')\n", "may not"),
    (check_doors, "engine/run.py", "import importlib\nimportlib.import_module(name)\n", "computed import"),
    (check_doors, "engine/run.py", "def f():\n    import pickle\n", "banned"),
    (check_doors, "engine/run.py", "from riskengine.plan import *\n", "import *"),
    (check_doors, "engine/run.py", "import tomllib\n", "only ['scenario']"),
    (check_doors, "attic/run.py", "x = 1\n", "not in DOORS"),
    (
        check_floors,
        "scenario/document/merge.py",
        "from riskengine.scenario.values.fields import Fields\n",
        "may not import",
    ),
    (check_floors, "scenario/tables/x.py", "from riskengine.scenario.document.loader import load\n", "may not import"),
    (check_floors, "scenario/values/fields.py", "def f():\n    import riskengine.scenario.sections.tasks\n", "may not"),
    (check_floors, "scenario/sections/tasks.py", "from riskengine.scenario import read\n", "may not import"),
    (check_floors, "importers/msproject/x.py", "from riskengine.importers.p6.tasks import a\n", "may not import"),
    (check_floors, "importers/xml/x.py", "def f():\n    from ..read import a\n", "may not import"),
    (check_floors, "importers/asta/x.py", "x = 1\n", "not in FLOORS"),
    (check_floors, "plan/time/x.py", "from riskengine.plan.network.order import KIND\n", "may not import"),
    (check_floors, "kernel/draws/x.py", "from riskengine.kernel.dates.forward import schedule\n", "may not import"),
    (check_floors, "engine/months/x.py", "from riskengine.engine.costs.rows import a\n", "may not import"),
    (check_floors, "cli/output/x.py", "from riskengine.cli.commands.check import command\n", "may not import"),
    (check_floors, "cli/commands/x.py", "from riskengine.cli import entry\n", "may not import"),
    (check_calls, "engine/run.py", "def f(x):\n    return eval(x)\n", "eval()"),
    (check_calls, "engine/run.py", "exec('x = 1')\n", "exec()"),
    (check_calls, "engine/run.py", "def f(x):\n    print(x)\n", "print()"),
    (check_calls, "analysis/curve.py", "import pyarrow as pa\nr = pa.ipc.open_file('x')\n", "outside the results"),
    (check_calls, "kernel/loop.py", "compiled = njit(fastmath=True)\n", "fastmath"),
    (check_state, "engine/run.py", "cache = {}\n", "mutable module-level cache"),
    (check_state, "engine/run.py", "seen: list[int] = []\n", "mutable module-level seen"),
    (check_state, "engine/run.py", "import collections\nseen = collections.defaultdict(int)\n", "mutable"),
    (check_state, "engine/run.py", "def f():\n    global x\n    x = 1\n", "global x"),
    (check_state, "engine/run.py", "for i in range(3):\n    pass\n", "import time"),
    (check_state, "engine/run.py", "register(1)\n", "import time"),
    (check_size, "engine/run.py", "x = 1\n" * 401, "401 lines"),
    (check_functions, "engine/run.py", "def f():\n" + "    x = 1\n" * 60, "f has 61 lines"),
    (check_functions, "engine/run.py", "x = f(1, 2, 3, 4, 5, 6)\n", "6 arguments by position"),
    (
        check_functions,
        "kernel/block.py",
        "@entry\ndef run(a, b, c, d, e, f, g, h, i): pass\n",
        "run takes 9 parameters",
    ),
    (check_functions, "engine/run.py", "x = Run.of(1, 2, 3, 4, 5, 6)\n", "of gets 6"),
    (check_name, "engine/utils.py", "", "says nothing"),
    (check_name, "common/run.py", "", "says nothing"),
    (check_references, "engine/run.py", "# see ../shared/notes\n", "refers to"),
    (check_references, "engine/run.py", "# see issue 12\n", "refers to"),
    (check_references, "engine/run.py", "PATH = '/work/main'\n", "refers to"),
]


@pytest.mark.parametrize(("check", "name", "text", "message"), BAD_FILES)
def test_each_check_finds_its_fault(check, name, text, message):
    found = check(PACKAGE / name, text)
    assert len(found) == 1
    assert message in found[0]


GOOD_FILES = [
    (
        check_functions,
        "engine/run.py",
        "def f(*a):\n" + "    x = 1\n" * 59 + "f(1, 2, 3, 4, 5, 6)\ng(1, 2, 3, 4, 5, k=6)\n",
    ),
    (check_floors, "scenario/sections/tasks.py", "from riskengine.scenario.values.fields import Fields\n"),
    (check_floors, "importers/mpxj/x.py", "from riskengine.importers.p6.tasks import a\nfrom ..notes import b\n"),
    (check_floors, "importers/asta.py", "x = 1\n"),
    (check_floors, "plan/network/x.py", "from riskengine.plan.time.horizon import TooLong\n"),
    (check_floors, "scenario/read.py", "from riskengine.scenario.sections.tasks import TaskReader\n"),
    (check_doors, "plan/order.py", "from riskengine.kernel.contract.arrays import FS\n"),
    (check_doors, "engine/run.py", "import os\nfrom riskengine.plan import Plan\nfrom .stop import Rule\n"),
    (check_doors, "cli/commands/simulate.py", "import click\n\ndef f():\n    from riskengine.engine import simulate\n"),
    (check_state, "engine/run.py", "LIMITS = {'a': 1}\n__all__ = ['f']\nblock = 256\n"),
    (check_functions, "schedule/check.py", "def f():\n" + "    x = 1\n" * 59 + "f(1, 2, 3, 4, 5, six=6)\n"),
    (check_calls, "engine/run.py", "import re\nPATTERN = re.compile('x')\n"),
    (check_references, "tests/test_x.py", "DATA = ROOT / '../shared/data'\n"),
]


@pytest.mark.parametrize(("check", "name", "text"), GOOD_FILES)
def test_no_check_cries_wolf(check, name, text):
    assert check(PACKAGE / name, text) == []


def test_compiling_a_plan_needs_no_numba():
    probe = "import riskengine.plan, sys; print('numba' in sys.modules, 'numpy' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["False", "True"]


LIGHT = ["import riskengine", "import riskengine.cli", "import riskengine.scenario, riskengine.errors"]


@pytest.mark.parametrize("statement", LIGHT)
def test_light_entry_points_load_no_heavy_library(statement):
    heavy = "{'numpy', 'scipy', 'numba', 'pyarrow'}"
    probe = f"{statement}; import sys; print(sorted({heavy} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_probe_for_heavy_libraries_sees_one():
    probe = "import numpy, sys; print(sorted({'numpy', 'numba'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "['numpy']"
