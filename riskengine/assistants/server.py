"""The server: lists the tools, and answers each call by one command in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import anyio
from mcp import types
from mcp.server import Server
from mcp.server.stdio import stdio_server

from riskengine.assistants.inside import inside
from riskengine.assistants.outcome import outcome, refusal
from riskengine.assistants.tools import TOOLS, Limits, command_words, schema_of
from riskengine.errors import RiskengineError, UsageError

INSTRUCTIONS = (
    "riskengine answers from simulations of schedule and cost risk. Paths are below one folder; nothing is written. "
    "Numbers are estimates with 95 % intervals: say both, and never more digits than the interval bears. For words to "
    "people use explain. A fault has a code, a rule and a cure."
)
OUTPUT_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "exit_status": {"type": "integer", "description": "0 done or go, 10 no-go, 11 undecided; else a fault."},
        "result": {"type": "object", "description": "What the command prints with --json."},
        "error": {"type": "object", "description": "code, message, cure and issues of a fault."},
    },
    "required": ["exit_status"],
}
DROPPED = ("RISKENGINE_DEBUG",)
"""Variables of the environment that would put the insides of the program into an answer."""


def serve(folder: Path, limits: Limits, version: str) -> None:
    """Answer an assistant on standard input and output until it closes them.

    Parameters
    ----------
    folder : Path
        Nothing outside it is opened.
    limits : Limits
        Of each call.
    version : str
    """
    anyio.run(_serve, make_server(folder.resolve(strict=True), limits, version))


def make_server(folder: Path, limits: Limits, version: str) -> Server[Any]:
    """Return the server of a folder, whose path has no symbolic link in it."""
    one_at_a_time = anyio.Semaphore(1)

    async def list_tools(ctx: Any, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=kind.name,
                    description=kind.description,
                    input_schema=schema_of(kind, limits),
                    output_schema=dict(OUTPUT_SCHEMA),
                    annotations=types.ToolAnnotations(
                        read_only_hint=True, idempotent_hint=True, destructive_hint=False, open_world_hint=False
                    ),
                )
                for kind in TOOLS.values()
            ]
        )

    async def call_tool(ctx: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            words = command_words(params.name, params.arguments or {}, limits, partial(inside, folder))
            async with one_at_a_time:
                answer = await run(words, folder, limits.seconds)
        except RiskengineError as error:
            answer = refusal(error)
        is_error = "error" in answer
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=text)], structured_content=answer, is_error=is_error
        )

    return Server(
        "riskengine",
        version=version,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def run(words: tuple[str, ...], folder: Path, seconds: float) -> dict[str, Any]:
    """Run a command of riskengine in the folder, and return its exit status with its object, or with its fault.

    Raises
    ------
    UsageError
        When it takes longer than it may; it is ended then.
    """
    environment = {name: value for name, value in os.environ.items() if name not in DROPPED}
    completed = None
    with anyio.move_on_after(seconds):
        completed = await anyio.run_process(
            [sys.executable, "-m", "riskengine", *words],
            check=False,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    if completed is None:
        cure = "ask for fewer iterations, or start riskengine mcp with --max-seconds"
        raise UsageError(f"{words[0]} took longer than {seconds:g} s and was ended", "RE674", cure)
    return outcome(completed.returncode, completed.stdout, completed.stderr)


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (read_stream, write_stream):
        await server.run(read_stream, write_stream, server.create_initialization_options())
