"""The tools: what each may be asked, and the words of the command line that answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from riskengine.assistants.inside import Inside
from riskengine.errors import UsageError
from riskengine.report.text.notation import short_name

PATHS = ("plan", "source", "before", "after")
"""Arguments that are paths below the folder."""
MOST_SEED = 2**64 - 1
ITERATIONS = 10_240
"""Where none are asked for, as on the command line."""
METHODS = ("sobol", "lhs", "random")
AUDIENCES = ("board", "customer", "team", "analyst")
LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class Limits:
    """How much one call may take.

    Parameters
    ----------
    iterations : int
    seconds : float [s]
    """

    iterations: int = 100_000
    seconds: float = 300.0


@dataclass(frozen=True)
class ToolKind:
    """A tool.

    Parameters
    ----------
    name : str
        The verb that it calls.
    description : str
    paths : sequence of str
        Arguments that name plans or results folders, in their order on the command line; all of them are needed.
    options : sequence of (str, str)
        Other arguments, with the options of the command line that they become.
    fixed : sequence of str
        Options that every call has.
    is_run : bool
        Whether it simulates, and takes iterations, seed and method.
    """

    name: str
    description: str
    paths: Sequence[str]
    options: Sequence[tuple[str, str]] = ()
    fixed: Sequence[str] = ()
    is_run: bool = True


DRAWS = (("iterations", "--iterations"), ("seed", "--seed"), ("method", "--method"))
PATH = "path below the folder of this server"
SCHEMAS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "plan": {"type": "string", "description": f"A plan (.toml, .json): {PATH}."},
        "source": {"type": "string", "description": f"A plan (.toml, .json) or a results folder: {PATH}."},
        "before": {"type": "string", "description": f"The plan or results folder to compare with: {PATH}."},
        "after": {"type": "string", "description": f"The plan or results folder that is compared: {PATH}."},
        "iterations": {"type": "integer", "minimum": 1, "description": "Simulated futures; not for results folders."},
        "seed": {"type": "integer", "minimum": 0, "maximum": MOST_SEED, "description": "Seed of the draws."},
        "method": {"type": "string", "enum": list(METHODS), "description": "How futures are drawn."},
        "until": {"type": "integer", "minimum": 1, "description": "Futures at the most, while a gate is undecided."},
        "target": {"type": "string", "description": "project, or the id of a target of the plan."},
        "top": {"type": "integer", "minimum": 1, "maximum": 1000, "description": "How many inputs and tasks to list."},
        "audience": {"type": "string", "enum": list(AUDIENCES), "description": "Who reads it."},
        "language": {"type": "string", "enum": list(LANGUAGES), "description": "Language of the sentences."},
    }
)

TOOLS: Mapping[str, ToolKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            ToolKind(
                "check",
                "Check a plan: every fault with its line and cure, what the engine understood of a good one.",
                ("plan",),
                is_run=False,
            ),
            ToolKind(
                "simulate",
                "Simulate a plan: finish and cost with percentiles, tasks and risks that matter most, gates, each with "
                "its 95 % interval. Nothing is written.",
                ("plan",),
                fixed=("--no-write",),
            ),
            ToolKind(
                "decide",
                "Answer the gates of a plan: go, no-go or undecided, with the chance of each. Nothing is written.",
                ("plan",),
                (("until", "--until"),),
                ("--no-write",),
            ),
            ToolKind(
                "drivers",
                "Say what drives finish, cost and gates, in days and money.",
                ("source",),
                (("target", "--target"), ("top", "--top")),
            ),
            ToolKind(
                "compare", "Compare two plans on the same random numbers: what the second changes.", ("before", "after")
            ),
            ToolKind(
                "explain",
                "Explain a run in short plain sentences; each number names its table, row and column.",
                ("source",),
                (("audience", "--for"), ("language", "--language")),
            ),
        )
    }
)


def schema_of(kind: ToolKind, limits: Limits) -> dict[str, Any]:
    """Return the JSON Schema of what a tool takes."""
    names = (*kind.paths, *(name for name, _ in options_of(kind)))
    properties = {name: dict(SCHEMAS[name]) for name in names}
    for name in ("iterations", "until"):
        if name in properties:
            properties[name]["maximum"] = limits.iterations
    return {
        "type": "object",
        "properties": properties,
        "required": list(kind.paths),
        "additionalProperties": False,
    }


def command_words(
    name: str, arguments: Mapping[str, Any], limits: Limits, inside: Callable[[str], Inside]
) -> tuple[str, ...]:
    """Return the words of the command line that answer a call.

    Parameters
    ----------
    name : str
        The tool.
    arguments : mapping of str to object
        What the assistant says.
    limits : Limits
    inside : callable
        Returns where a plan or a results folder lies, or refuses its path.

    Raises
    ------
    UsageError
        For an unknown tool or argument, a value that is none, a path outside, more iterations than there may be.
    """
    kind = TOOLS.get(name)
    if kind is None:
        raise UsageError(f"no tool {short_name(name)!r}", "RE675", f"there are {', '.join(TOOLS)}")
    schema = schema_of(kind, limits)
    unknown = sorted(set(arguments) - set(schema["properties"]))
    if unknown:
        raise UsageError(
            f"{name}: no argument {short_name(unknown[0])!r}", "RE675", f"there are {', '.join(schema['properties'])}"
        )
    missing = [path for path in kind.paths if path not in arguments]
    if missing:
        raise UsageError(f"{name}: needs {', '.join(missing)}", "RE675", "name it")
    for key, value in arguments.items():
        require_value(key, value, schema["properties"][key])
    places = [inside(arguments[path]) for path in kind.paths]
    values = dict(arguments)
    if kind.is_run and not any(place.is_folder for place in places):  # a results folder has iterations of its own
        values.setdefault("iterations", min(ITERATIONS, limits.iterations, values.get("until", ITERATIONS)))
    words = [f"{option}={values[key]}" for key, option in options_of(kind) if key in values]
    return (name, "--json", "--quiet", "--no-config", *kind.fixed, *words, "--", *map(written, places))


def options_of(kind: ToolKind) -> Sequence[tuple[str, str]]:
    """Return the arguments of a tool that are no paths, with their options of the command line."""
    return (*kind.options, *(DRAWS if kind.is_run else ()))


def written(place: Inside) -> str:
    """Return a path as a word of the command line that is a path to ``explain``, too, and never a code."""
    return f"./{place.path}" if place.is_folder and len(Path(place.path).parts) == 1 else place.path


def require_value(key: str, value: Any, schema: Mapping[str, Any]) -> None:
    """Refuse a value that the schema of its argument does not allow.

    Raises
    ------
    UsageError
    """
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema.get("maximum")
        if key in ("iterations", "until") and is_whole and high is not None and value > high:
            cure = "ask for fewer, or start riskengine mcp with --max-iterations"
            raise UsageError(f"{key}: {value:,} is above the limit of {high:,}", "RE673", cure)
        if not is_whole or value < low or (high is not None and value > high):
            raise UsageError(f"{key}: {short_name(value)!r} is no such number", "RE675", schema["description"])
    elif not isinstance(value, str) or (schema.get("enum") and value not in schema["enum"]):
        choices = ", ".join(schema.get("enum", ()))
        cure = f"there are {choices}" if choices else str(schema["description"])
        raise UsageError(f"{key}: {short_name(value)!r} is none", "RE675", cure)
    elif "\0" in value or not value.isprintable():
        raise UsageError(f"{key}: {short_name(value)!r} is no name", "RE675", str(schema["description"]))
