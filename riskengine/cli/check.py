"""``riskengine check``: every fault of a scenario, and what the engine understood of a good one."""

from pathlib import Path
from typing import Any

import click

from riskengine.cli import console, exits, options
from riskengine.cli.softening import softened


@click.command("check")
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead of words.")
@options.hard_constraints_option
def command(scenarios: tuple[Path, ...], is_json: bool, ignores_hard: bool) -> int:
    """Check scenarios and report every fault.

    A good scenario is echoed in short, with hints at what is allowed but seldom meant. Exits 3 when any has faults.
    """
    from riskengine.errors import ScenarioError
    from riskengine.scenario import read

    found: list[dict[str, Any]] = []
    faults = 0
    for path in scenarios:
        try:
            scenario = softened(read(path), path, ignores_hard)
        except ScenarioError as error:
            faults += len(error.issues)
            found.append({"file": str(path), "valid": False, "issues": [_issue(issue) for issue in error.issues]})
            for line in error.lines():
                console.words(line)
        else:
            from riskengine.cli.echo import describe

            described = describe(scenario)
            found.append({"file": str(path), "valid": True, "issues": [], **described})
            if not is_json:
                console.data(_words(path, described))
    if is_json:
        console.document({"valid": faults == 0, "scenarios": found})
    if faults:
        console.words("1 fault" if faults == 1 else f"{faults} faults")
    return exits.REFUSED if faults else exits.DONE


def _issue(issue: Any) -> dict[str, Any]:
    return {name: getattr(issue, name) for name in ("code", "file", "line", "path", "rule", "value", "cure")}


def _words(path: Path, described: dict[str, Any]) -> str:
    from riskengine.report.notation import clean

    lines = [f"{path}: good"]
    for name, value in described.items():
        if name != "hints" and value not in ("", []):
            shown = ", ".join(value) if isinstance(value, list) else value
            lines.append(f"  {name.replace('_', ' '):<13} {shown}")
    lines += [f"  hint: {hint}" for hint in described["hints"]]
    return "\n".join(clean(line) for line in lines)
