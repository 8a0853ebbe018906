"""``riskengine compare``: what one plan changes against another, on the same random numbers."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskengine.cli.input import options
from riskengine.cli.input.scenario_input import STDIN, input_name, labels_of
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.input.switches import NO_SWITCHES, Switches, switch_options
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import atomic_write, console, exits
from riskengine.cli.output.page_file import refuse_foreign_file
from riskengine.cli.output.progress import Progress
from riskengine.cli.plan_or_run import refuse_options_of_runs, side_of

if TYPE_CHECKING:
    from riskengine.pages.kinds import ReportKind


@click.command("compare")
@click.argument("before", type=ScenarioPath())
@click.argument("after", type=ScenarioPath(), required=False)
@options.drawing_options
@switch_options
@click.option("--bridge", "has_bridge", is_flag=True, help="Say what each group of changes adds to P80.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write it with the bridge as a page (.html, .pdf) or a memo (.md). Older ones are replaced.",
)
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the page: en, de.")
@click.option("--force", is_flag=True, help="Replace a file that riskengine did not write, too.")
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    before: Path,
    after: Path | None,
    run_options: options.RunOptions,
    switches: Switches,
    has_bridge: bool,
    output: Path | None,
    language: str,
    force: bool,
    is_json: bool,
) -> int:
    """Say what one plan changes against another, on the same random numbers.

    Both are plans, or results folders of runs from one seed by one method, or one of each; a folder says itself how
    many iterations, and from which seed. What differs is afterwards less before, at P50, P80, P90 and the mean of
    finish and cost, and in the probability of each gate that both plans have, each with an interval that counts in
    that both plans had the same futures.

    --with, --mitigated, --without and --only switch actions and risks of the second plan. Where one plan alone is
    named, it is compared with itself so switched: before and after mitigation, with and without a risk.

    With --bridge, the movement of P80 is shared out to progress, logic, durations, risks, calendars, resources and
    cost, each as what it adds on average over all orders in which they can be changed. That takes a run for each set
    of the groups that differ, 128 where all do.

    -o writes all of it, the bridge included, as one page that asks for nothing from elsewhere: the answers before and
    after first, then what moved P80 as a waterfall, every difference with its interval, and what the plans say
    otherwise.

    Exits 0 when it is done, whatever the gates say. Nothing is written but what -o asks for.
    """
    from riskengine.api.comparing import compare_sides

    check_address_space()
    kind = None if output is None else _kind_of(output, language, force)
    paths = (before, before if after is None else after)
    labels = labels_of_sides(before, after, switches)
    if any(path.is_dir() for path in paths):
        refuse_options_of_runs(ctx)
    options_of_sides = (run_options, replace(run_options, switches=switches))
    one, other = (side_of(*side) for side in zip(paths, labels, options_of_sides, strict=True))
    with Progress() as progress:
        comparison = compare_sides(one, other, run_options.simulation(progress), has_bridge or output is not None)
    if output is not None and kind is not None:
        atomic_write.write(output, kind.render(comparison.document, comparison.changes, language))
    if is_json:
        console.document(comparison.document)
    else:
        console.answer(comparison.text(console.width()))
    if output is not None:
        console.note(f"page in {output}")
    return exits.DONE


def labels_of_sides(before: Path, after: Path | None, switches: Switches) -> tuple[str, str]:
    """Return what two plans are called, or refuse what makes no pair of them.

    Raises
    ------
    click.UsageError
        Where one plan is named and nothing is switched, or switches are for a results folder.
    """
    if after is None and switches == NO_SWITCHES:
        raise click.UsageError("name two plans, or one and what is switched: --with, --mitigated, --without or --only")
    if switches != NO_SWITCHES and (after or before).is_dir():
        raise click.UsageError(f"{switches.first_option} is for plans: a results folder is what was simulated")
    if after is None:
        if before == STDIN:
            raise click.UsageError("a plan from standard input is read once: name its file to compare it with itself")
        return input_name(before), f"{input_name(before)} {switches.words}"
    labels = labels_of(before, after)
    return labels[0], f"{labels[1]} {switches.words}".rstrip()


def _kind_of(output: Path, language: str, force: bool) -> "ReportKind":
    """Return what is written by the ending of the file; refuse, before anything is simulated, what cannot be.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError
    from riskengine.pages.comparing.page import comparison_kinds
    from riskengine.pages.language import read_language

    kinds = comparison_kinds()
    kind = kinds.get(output.suffix.casefold())
    if kind is None:
        cure = f"name it {output.with_suffix('.html').name}"
        raise UsageError(f"{output}: a comparison ends in .html, .md or .pdf", "RE941", cure)
    read_language(language)
    refuse_foreign_file(output, kind, force)
    return kind
