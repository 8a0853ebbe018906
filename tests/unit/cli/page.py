"""The reference part of `docs/command-line.md`, written from the commands themselves.

`python -m tests.unit.cli.page` writes it anew.
"""

import re
import textwrap

import click

from riskengine.cli.group import COMMANDS, group
from tests.support.places import ROOT

PAGE = ROOT / "docs/command-line.md"
BEGIN, END = "<!-- written by python -m tests.unit.cli.page -->\n", "<!-- end -->\n"


def commands() -> dict[str, click.Command]:
    """Every command by name."""
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in COMMANDS}
    return {name: command for name, command in found.items() if command is not None}


def reference() -> str:
    """Every command with its help, arguments and options."""
    return "\n".join(part for name, command in commands().items() for part in section(name, command))


def section(name: str, command: click.Command) -> list[str]:
    """The part of the page about one command."""
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    usage = " ".join(["riskengine", name, "[OPTIONS]", *(argument_words(a) for a in arguments)])
    lines = [f"### {name}", "", "```", usage, "```", ""]
    for paragraph in re.split(r"\n\s*\n", textwrap.dedent(command.help or "").strip()):
        lines += [textwrap.fill(" ".join(paragraph.split()), 120), ""]
    if options:
        lines += ["| option | meaning | default |", "|---|---|---|"]
        lines += [f"| {option_words(o)} | {(o.help or '').replace('|', '/')} | {default(o)} |" for o in options]
        lines.append("")
    return lines


def argument_words(argument: click.Argument) -> str:
    """An argument as the usage line names it."""
    name = argument.metavar or (argument.name or "").upper()
    name += "" if argument.nargs == 1 or name.endswith("...") else "..."
    return name if argument.required else f"[{name}]"


def option_words(option: click.Option) -> str:
    """The names of an option and what it takes."""
    if option.is_flag:
        takes = ""
    elif isinstance(option.type, click.Choice):
        takes = f" {', '.join(option.type.choices)}"
    elif isinstance(option.type, click.IntRange):
        takes = f" {option.metavar or 'N'}"
    else:
        takes = f" {option.metavar or 'FILE'}"
    return ", ".join(f"`{name}`" for name in option.opts) + takes


def default(option: click.Option) -> str:
    """The default of an option, where it has one."""
    return "" if option.is_flag or option.default is None or not option.show_default else f"`{option.default}`"


def main() -> None:
    """Write the reference part of the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(before + BEGIN + "\n" + reference() + "\n" + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
