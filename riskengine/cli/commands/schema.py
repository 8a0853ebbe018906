"""``riskengine schema``: the format of scenario files for editors."""

import json
from pathlib import Path

import click

from riskengine.cli.output import atomic_write, console, exits


@click.command("schema")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead of stdout.")
def command(output: Path | None) -> int:
    """Print the JSON Schema of scenario files.

    TOML editors use it to complete and check what is typed: point them at the file with "#:schema riskengine.json"
    on the first line of a scenario.
    """
    from riskengine.scenario import json_schema

    if output is None:
        console.document(json_schema())
    else:
        atomic_write.write(output, json.dumps(json_schema(), ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    return exits.DONE
