"""``riskengine explain``: rule, reason, example and cure of a code."""

import difflib

import click

from riskengine.cli.output import console, exits


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Explain a code that a message carries.

    Without CODE, lists every code with its title.
    """
    from riskengine.errors import UsageError
    from riskengine.errors.catalogue import CATALOGUE

    if code is None:
        console.data("\n".join(f"{name}  {entry.title}" for name, entry in sorted(CATALOGUE.items())))
        return exits.DONE
    code_name = code.upper()
    entry = CATALOGUE.get(code_name)
    if entry is None:
        near = difflib.get_close_matches(code_name, CATALOGUE, n=3)
        cure = f"did you mean {', '.join(near)}?" if near else "riskengine explain lists them all"
        raise UsageError(f"no code {code!r}", "RE901", cure)
    parts = [f"{code_name}  {entry.title}"]
    for heading, text in (
        ("Rule", entry.rule),
        ("Reason", entry.reason),
        ("Example", entry.example),
        ("Cure", entry.cure),
    ):
        if text:
            parts.append(f"{heading}:\n" + "\n".join(f"  {line}".rstrip() for line in text.strip().splitlines()))
    console.data("\n\n".join(parts))
    return exits.DONE
