"""Defaults of options that ``riskengine.toml``, or ``[tool.riskengine]`` of ``pyproject.toml``, sets for a project."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from riskengine.cli.input.defaults_in_force import SOURCE, saying_defaults

if TYPE_CHECKING:
    from riskengine.scenario.text.faults import Faults
    from riskengine.scenario.text.paths import Place

OPTION_FILE: Final = "riskengine.toml"
PROJECT_FILE: Final = "pyproject.toml"
TOOL: Final = ("tool", "riskengine")
HEADING: Final = re.compile(rb"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*riskengine[ \t]*[\].]", re.MULTILINE)
LARGEST_PROJECT: Final = 2**20
"""Bytes of a ``pyproject.toml`` that are searched for our table: it is another tool's file, and a small one."""

SETTABLE: Final = frozenset(
    (
        "iterations",
        "seed",
        "method",
        "threads",
        "until",
        "no-contributions",
        "exclude",
        "sort",
        "reverse",
        "language",
        "strict",
        "require-handshake",
        "quiet",
        "color",
    )
)
"""Options that a file may set. What is written, where, and over what, is said on the command line alone."""

SCENARIO_KEYS: Final = frozenset(("schema", "start", "tasks", "extends"))
"""Keys of which every scenario has one: a file of our name that does is a plan, and sets no options."""


def with_option_file(command: click.Command) -> click.Command:
    """Return a command that takes its defaults from the file of a project, and ``--no-config`` to leave it alone.

    Before anything else the command says which options were set elsewhere than on the command line.
    """
    if not any(parameter.name == "no_config" for parameter in command.params):
        command.callback = saying_defaults(command.callback)
        command.params.append(
            click.Option(
                ["--no-config", "no_config"],
                is_flag=True,
                is_eager=True,  # before the options whose defaults it sets
                expose_value=False,
                callback=_take_defaults,
                help="Take no defaults from riskengine.toml or pyproject.toml.",
            )
        )
    return command


def _take_defaults(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value or ctx.resilient_parsing:
        return
    file = find_option_file()
    if file is None:
        return
    path, root = file
    ctx.meta[SOURCE] = os.path.relpath(path)
    ctx.default_map = read_defaults(Path(ctx.meta[SOURCE]), root, ctx)


def find_option_file() -> tuple[Path, "Place"] | None:
    """Return the file that sets defaults, and the table of it that does; None where there is none.

    The nearest folder decides, from the working directory upwards; in one folder ``riskengine.toml`` goes before
    ``pyproject.toml``, which counts only where it has our table.
    """
    try:
        here = Path.cwd()
    except OSError:
        return None
    for folder in (here, *here.parents):
        if _is_file(folder / OPTION_FILE):
            return folder / OPTION_FILE, ()
        if _has_table(folder / PROJECT_FILE):
            return folder / PROJECT_FILE, TOOL
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder above us may be closed to us
        return False


def _has_table(path: Path) -> bool:
    if not _is_file(path):
        return False
    try:
        with path.open("rb") as stream:
            return HEADING.search(stream.read(LARGEST_PROJECT)) is not None
    except OSError:
        return False


def read_defaults(path: Path, root: "Place", ctx: click.Context) -> dict[str, Any]:
    """Return the defaults of the command of a context, by the names of its parameters.

    Parameters
    ----------
    path : Path
    root : tuple of str
        Keys that lead to the table: empty for the whole file.
    ctx : click.Context
        Of one command; its parent knows the others.

    Raises
    ------
    ScenarioError
        With every fault of the whole table, also of the parts of other commands, each at its line.
    """
    from riskengine.scenario.document.toml_file import read_toml_file

    def defaults(document: dict[str, Any], faults: "Faults") -> dict[str, Any]:
        table: Any = document
        if not root and document.keys() & SCENARIO_KEYS:
            return {}
        for key in root:
            table = table.get(key, {}) if isinstance(table, dict) else table
        if not isinstance(table, dict):
            faults.add("RE113", root, table, rule="must be a table of options")
            return {}
        return _OptionTable(table, root, _options_by_command(ctx), faults).read(ctx.info_name or "")

    return read_toml_file(path, defaults)


def _options_by_command(ctx: click.Context) -> dict[str, dict[str, click.Option]]:
    """Return the options of every command that a file may set, each by its long name."""
    root = ctx.find_root()
    group = root.command
    assert isinstance(group, click.Group)
    commands = ((name, group.get_command(root, name)) for name in group.list_commands(root))
    return {name: dict(_settable(command)) for name, command in commands if command is not None}


def _settable(command: click.Command) -> Iterator[tuple[str, click.Option]]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            name = max(parameter.opts, key=len).removeprefix("--")
            if name in SETTABLE:
                yield name, parameter


class _OptionTable:
    """Reads a table of options: those of all commands first, and a table for each command that differs."""

    def __init__(
        self,
        table: Mapping[str, Any],
        root: "Place",
        commands: Mapping[str, Mapping[str, click.Option]],
        faults: "Faults",
    ) -> None:
        self.table = table
        self.root = root
        self.commands = commands
        self.faults = faults

    def read(self, command: str) -> dict[str, Any]:
        """Return the defaults of one command by the names of its parameters, and note the faults of all."""
        shared = {name: option for options in self.commands.values() for name, option in options.items()}
        tables = [name for name in self.commands if isinstance(self.table.get(name), dict)]
        options = {key: value for key, value in self.table.items() if key not in tables}
        candidates = (*shared, *(name for name, settable in self.commands.items() if settable))
        defaults = {
            self.commands[command][key].name or "": value
            for key, value in self._values(options, self.root, shared, candidates)
            if key in self.commands.get(command, {})
        }
        for name in tables:
            of_command = self.commands[name]
            values = list(self._values(self.table[name], (*self.root, name), of_command, of_command))
            if name == command:
                defaults |= {of_command[key].name or "": value for key, value in values}
        return defaults

    def _values(
        self, table: Mapping[str, Any], place: "Place", options: Mapping[str, click.Option], candidates: Any
    ) -> Iterator[tuple[str, Any]]:
        """Yield each option that stands in a table with its value, where both are right."""
        for key, value in table.items():
            option = options.get(key)
            if option is None:
                self._refuse_key(key, (*place, key), candidates)
            elif (problem := problem_of(option, value)) is not None:
                self.faults.add("RE916", (*place, key), value, rule=problem)
            else:
                yield key, value

    def _refuse_key(self, key: str, place: "Place", candidates: Any) -> None:
        cure = self.faults.near(key.removeprefix("--").replace("_", "-"), candidates)
        if not cure and candidates:
            cure = f"here may stand {', '.join(sorted(candidates))}"
        self.faults.add("RE915", place, cure=cure)


def problem_of(option: click.Option, value: Any) -> str | None:
    """Return the rule that a value breaks which a file gives an option; None where it may have it.

    Parameters
    ----------
    option : click.Option
    value : object
        As TOML has it: a number is no text, and a switch is true or false.
    """
    if option.is_flag:
        return None if isinstance(value, bool) else "must be true or false"
    if option.multiple:
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if is_list else "must be a list of texts"
    is_number = isinstance(option.type, click.types.IntParamType | click.types.FloatParamType)
    if isinstance(option.type, click.types.IntParamType) and (isinstance(value, bool) or not isinstance(value, int)):
        return "must be a whole number"
    if is_number and (isinstance(value, bool) or not isinstance(value, int | float)):
        return "must be a number"
    if not is_number and not isinstance(value, str):
        return "must be a text in quotes"
    try:
        option.type.convert(value, option, None)
    except click.BadParameter as error:
        return f"must be a value that {max(option.opts, key=len)} takes: {error.message.rstrip('.')}"
    return None
