"""``riskengine elicit``: a blind form for each expert."""

from pathlib import Path

import click

from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import atomic_write, console, exits


@click.command("elicit")
@click.argument("scenario", type=ScenarioPath())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    required=True,
    help="The form, a new .xlsx file; with --expert the folder of a form for each.",
)
@click.option(
    "--expert", "experts", multiple=True, metavar="NAME", help="Make a form for them; may be given several times."
)
@click.option("--team", metavar="NAME", help="Ask about the tasks of a team only.")
def command(scenario: Path, output: Path, experts: tuple[str, ...], team: str | None) -> int:
    """Make a blind form for experts: durations by P10, most likely value and P90.

    The form is a workbook that explains P10 and P90, asks about each task whose duration is still open, and shows
    neither what the plan says nor what others say. Only the cells that are asked can be written, and none is a formula.
    Put the forms that come back into one folder, for riskengine collect.
    """
    from riskengine.cli.input.scenario_input import read_input
    from riskengine.elicitation.answer import elicit
    from riskengine.errors.counting import counted

    places = form_places(output, experts)
    model = read_input(scenario, []).scenario
    forms = {place: elicit(model, team, expert) for place, expert in places.items()}
    if experts:
        output.mkdir(parents=True, exist_ok=True)
    for place, content in forms.items():
        atomic_write.write_new(place, content)
    console.note(f"{counted(len(forms), 'form')} in {output}; next: riskengine collect FOLDER --plan {scenario}")
    return exits.DONE


def form_places(output: Path, experts: tuple[str, ...]) -> dict[Path, str]:
    """Return the file of each form and whose it is, or refuse files that are there already.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError

    if not experts:
        if output.suffix.casefold() != ".xlsx":
            raise UsageError(
                f"{output} must end in .xlsx: a form is a workbook", "RE749", "or name experts with --expert"
            )
        places = {output: ""}
    else:
        places = {}
        for expert in experts:
            safe = (
                "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in expert).strip("-")[:60].lower()
            )
            place, number = output / f"{safe or 'expert'}.xlsx", 2
            while place in places:
                place, number = output / f"{safe or 'expert'}-{number}.xlsx", number + 1
            places[place] = expert
    for place in places:
        atomic_write.refuse_existing(place)
    return places
