"""What the runner of GitHub Actions takes for a command, after the rules in its documentation and its source."""

import re
from dataclasses import dataclass

NAMES = {"error", "warning", "notice", "debug", "add-mask", "set-output", "save-state", "group", "endgroup", "add-path"}
NAMES |= {"set-env", "stop-commands", "echo", "add-matcher", "remove-matcher"}


@dataclass(frozen=True)
class Command:
    """A command: its name, its properties and its message, as they were meant."""

    name: str
    properties: dict[str, str]
    message: str


def commands_in(output: str) -> list[Command]:
    """Return the commands in what a step printed."""
    return [command for line in re.split(r"\r\n|\r|\n", output) if (command := command_in(line)) is not None]


def command_in(line: str) -> Command | None:
    """Return the command in one line."""
    stripped = line.lstrip()
    if stripped.startswith("::"):
        head, separator, message = stripped[2:].partition("::")
        if separator:
            name, _, properties = head.partition(" ")
            return Command(name, _properties(properties, ","), _decoded(message))
    if "##[" in line:  # the older form, which may stand anywhere
        head, separator, message = line[line.index("##[") + 3 :].partition("]")
        name, _, properties = head.partition(" ")
        if separator and name in NAMES:
            return Command(name, _properties(properties, ";"), message)
    return None


def _properties(text: str, separator: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(separator) if "=" in part)
    return {name.strip(): _decoded(value).replace("%3A", ":").replace("%2C", ",") for name, _, value in pairs}


def _decoded(text: str) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(code, sign)
    return text.replace("%25", "%")
