"""The group of commands, which imports a command only when it is called."""

import difflib
from typing import Any

import click

from riskengine.cli.input.option_file import with_option_file
from riskengine.cli.output.stream_options import with_stream_options

COMMANDS = {
    "simulate": "Simulate a scenario and print what it says.",
    "decide": "Answer the gates of a scenario: exit 0 GO, 10 NO-GO, 11 UNDECIDED.",
    "compare": "Say what one plan changes against another, on the same random numbers.",
    "jcl": "Say how sure it is that a date and an amount are kept at once.",
    "drivers": "Say what drives finish, cost and each gate, in days and money.",
    "contingency": "Say what a confidence takes beyond the plan, and whose it is.",
    "outside-view": "Hold a plan against finished projects: what they took, and how many kept such limits.",
    "contributions": "Say what each risk, the estimates, correlation, lost days, branches and levelling contribute.",
    "diff": "Say what one plan says otherwise than another, in words of the project.",
    "trace": "Show one iteration again, bit for bit: what was drawn, which risks occurred, and what drove the finish.",
    "teams": "Say who must not slip: teams, owners and resources, by month, and what they hand over.",
    "mitigate": "Say which actions to buy: the best set of all that a budget allows.",
    "serve": "Show what would be if: a plan in the browser of this machine.",
    "calibrate": "Hold finished work against its estimates: how sure they were, and what the next ones need.",
    "backtest": "Replay the history of done items: what forecasts would have been worth.",
    "elicit": "Make a blind form for experts: durations by P10, most likely value and P90.",
    "collect": "Pool the forms of experts, and show where they disagree.",
    "batch": "Simulate many scenarios into one portfolio.",
    "merge": "Put the shards of one run together: the same bytes as on one machine.",
    "show": "Print the summary of a results folder again.",
    "report": "Write the results of a run, or of a batch, as a page for people who decide.",
    "check": "Check scenarios and report every fault.",
    "resolve": "Print a scenario with every default filled in.",
    "explain": "Explain a run in plain words, or a code that a message carries.",
    "import": "Turn a schedule of another tool into a scenario.",
    "schema": "Print the JSON Schema of scenario files.",
    "new": "Start a scenario from a template.",
    "completion": "Print what completes commands, options and files in a shell.",
    "verify": "Check a results folder against its checksums.",
    "export": "Write runs as tables for BI tools and databases, or the dates of one back to its scheduling tool.",
    "mcp": "Answer an assistant: check, simulate, decide, drivers, compare and explain as tools.",
    "history": "Keep runs over status dates, and show how P50, P80, cost and gates moved.",
}
"""Every command and its first line of help, so that ``--help`` imports none of them."""


class CommandGroup(click.Group):
    """Commands by name; each lives in the module of the same name, as ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order of a project's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None."""
        command = _load(cmd_name)
        return None if command is None else with_option_file(with_stream_options(command))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say what may have been meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            near = difflib.get_close_matches(name, COMMANDS, n=1)
            raise click.UsageError(f"no command {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _load(name: str) -> click.Command | None:
    """Import one command by its name; first those that lead from a file to results."""
    match name:
        case "simulate":
            from riskengine.cli.commands.simulate import command
        case "decide":
            from riskengine.cli.commands.decide import command
        case "batch":
            from riskengine.cli.commands.batch import command
        case "merge":
            from riskengine.cli.commands.merge import command
        case "show":
            from riskengine.cli.commands.show import command
        case "report":
            from riskengine.cli.commands.report import command
        case "check":
            from riskengine.cli.commands.check import command
        case "resolve":
            from riskengine.cli.commands.resolve import command
        case "import":
            from riskengine.cli.commands.import_ import command
        case "schema":
            from riskengine.cli.commands.schema import command
        case "new":
            from riskengine.cli.commands.new import command
        case "completion":
            from riskengine.cli.commands.completion import command
        case "verify":
            from riskengine.cli.commands.verify import command
        case "export":
            from riskengine.cli.commands.export import command
        case "history":
            from riskengine.cli.commands.history import command
        case _:
            return _load_question(name)
    return command


def _load_question(name: str) -> click.Command | None:
    """Import one of the commands that ask further: a plan, its results, or what estimates are worth."""
    match name:
        case "compare":
            from riskengine.cli.commands.compare import command
        case "jcl":
            from riskengine.cli.commands.jcl import command
        case "drivers":
            from riskengine.cli.commands.drivers import command
        case "contingency":
            from riskengine.cli.commands.contingency import command
        case "outside-view":
            from riskengine.cli.commands.outside_view import command
        case "contributions":
            from riskengine.cli.commands.contributions import command
        case "diff":
            from riskengine.cli.commands.diff import command
        case "trace":
            from riskengine.cli.commands.trace import command
        case "teams":
            from riskengine.cli.commands.teams import command
        case "mitigate":
            from riskengine.cli.commands.mitigate import command
        case "serve":
            from riskengine.cli.commands.serve import command
        case "mcp":
            from riskengine.cli.commands.mcp import command
        case "explain":
            from riskengine.cli.commands.explain import command
        case "calibrate":
            from riskengine.cli.commands.calibrate import command
        case "backtest":
            from riskengine.cli.commands.backtest import command
        case "elicit":
            from riskengine.cli.commands.elicit import command
        case "collect":
            from riskengine.cli.commands.collect import command
        case _:
            return None
    return command


def show_version(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Print the version and leave."""
    if not value or ctx.resilient_parsing:
        return
    # Imported here: reading the installed version costs more than the rest of --help together.
    from riskengine import __version__

    click.echo(f"riskengine {__version__}")
    ctx.exit()


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Show the version and exit.",
)
def group() -> None:
    """Schedule and cost risk analysis with an answer you can defend: GO, NO-GO or UNDECIDED.

    Data goes to stdout; words and progress go to stderr.
    """
