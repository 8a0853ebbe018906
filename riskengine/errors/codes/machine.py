"""RE91x: what the machine, its environment and the files of a project do not give."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

MACHINE: Mapping[str, Entry] = MappingProxyType(
    {
        "RE911": Entry(
            title="variable of the environment is wrong",
            rule="a variable of the environment must be one that the program and its libraries take",
            reason="It would be ignored, or end the program somewhere inside a library.",
            example="NUMBA_NUM_THREADS=0 riskengine simulate plan.toml",
            cure="Unset the variable, or correct it.",
        ),
        "RE912": Entry(
            title="library cannot be loaded",
            rule="the libraries that riskengine is made with must load",
            reason="One is missing, is of another machine, or found no memory.",
            example="(a Python without numba)",
            cure="Install riskengine again into an environment of its own.",
        ),
        "RE913": Entry(
            title="too little memory to start",
            rule="the process must be given the memory that the libraries take",
            reason="The compiler and the numeric libraries reserve hundreds of MiB, and end the process without a word "
            "where they get none.",
            example="ulimit -v 200000; riskengine simulate plan.toml",
            cure="Raise the limit (ulimit -v), or simulate on another machine; check, resolve or new need 96 MiB.",
        ),
        "RE914": Entry(
            title="run too large for the machine",
            rule="a run must fit into memory, and its results onto the disk",
            reason="It would be ended half-way, after hours, or take the machine down with it.",
            example="riskengine simulate plan.toml -n 1000000000",
            cure="Ask for fewer iterations (-n, --until), or raise the limit: RISKENGINE_MEMORY_GB.",
        ),
        "RE915": Entry(
            title="unknown key in a file of options",
            rule="must be an option that a file may set",
            reason="A default that nobody takes would be believed to be in force.",
            example="""# riskengine.toml
iteratons = 20480""",
            cure="Name the option as on the command line, without the dashes; docs/command-line.md lists those that a "
            "file may set. --no-config leaves the file alone.",
        ),
        "RE916": Entry(
            title="wrong value in a file of options",
            rule="must be a value that the option takes",
            reason="It would be refused on the command line, too.",
            example="""# riskengine.toml
method = "halton\"""",
            cure="Correct the value, or run with --no-config, which leaves the file alone.",
        ),
    }
)
