"""``riskengine completion``: what a shell needs to complete our commands."""

import click

from riskengine.cli.input.shell_variable import COMPLETION
from riskengine.cli.output import console, exits

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print what completes commands, options and files in a shell.

    Put it where your shell looks: "riskengine completion bash > ~/.local/share/bash-completion/completions/riskengine",
    for zsh a file _riskengine in a folder of $fpath, for fish "~/.config/fish/completions/riskengine.fish".
    """
    from riskengine.cli.input.shell_files import Bash, Fish, Zsh

    # The script asks for words by calling the program: commands are not in it.
    made = {"bash": Bash, "zsh": Zsh, "fish": Fish}[shell](click.Group(), {}, "riskengine", COMPLETION)
    console.data((made.source_template % made.source_vars()).rstrip("\n"))
    return exits.DONE
