"""``riskengine check``: every fault of a scenario, and what the engine understood of a good one."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from riskengine.cli.input import options
from riskengine.cli.input.hard_constraints import without_hard_constraints
from riskengine.cli.input.scenario_input import STDIN, read_input
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.input.switches import Switches, planned, switch_options
from riskengine.cli.output import console, exits
from riskengine.cli.output.json_outcome import issue_document
from riskengine.cli.pipelines.check_remarks import CheckRemarks

if TYPE_CHECKING:
    from riskengine.schedule.report import ScheduleReport


@click.command("check")
@click.argument("scenarios", nargs=-1, required=True, type=ScenarioPath())
@options.json_option
@click.option(
    "--health", "wants_health", is_flag=True, help="Compute dates, health and the shock test of any scenario."
)
@click.option("--no-health", "skips_health", is_flag=True, help="Leave out the fourteen points and the shock test.")
@click.option(
    "--strict",
    "is_strict",
    is_flag=True,
    help="Exit 3 where there is any warning, or where correlations cannot all be had.",
)
@click.option(
    "--require-handshake",
    "least",
    type=click.FloatRange(0, 100),
    metavar="PCT",
    help="Exit 10 unless so many percent of the stored early starts agree with ours.",
)
@click.option(
    "--sarif", type=click.Path(path_type=Path), metavar="FILE", help="Write faults and findings in SARIF 2.1.0, too."
)
@click.option("--github", "is_github", is_flag=True, help="Annotate faults for GitHub, on stderr.")
@options.hard_constraints_option
@switch_options
def command(
    scenarios: tuple[Path, ...],
    is_json: bool,
    wants_health: bool,
    skips_health: bool,
    is_strict: bool,
    least: float | None,
    sarif: Path | None,
    is_github: bool,
    ignores_hard: bool,
    switches: Switches,
) -> int:
    """Check scenarios and report every fault.

    A good scenario is echoed in short, with what is allowed but seldom meant and what would mislead a risk run. Where
    it holds the dates of another tool, ours are compared with them and the health of the schedule is assessed. Exits 3
    when any scenario has faults, 10 when a handshake that is required is not kept.
    """
    if wants_health and skips_health:
        raise click.UsageError("--health and --no-health exclude each other")
    if scenarios.count(STDIN) > 1:
        raise click.UsageError("- is standard input, which can be read once")
    from riskengine.cli.check.health import examine_schedule, report_document, shortfall
    from riskengine.cli.check.summary import describe
    from riskengine.errors import ScenarioError

    documents: list[dict[str, Any]] = []
    faults = 0
    warnings = 0
    is_handshake_kept = True
    remarks = CheckRemarks(sarif, is_github)
    for path in scenarios:
        assumed: list[str] = []
        try:
            scenario = planned(read_input(path, assumed, is_strict), switches, path, is_strict)
            examined = without_hard_constraints(scenario, path, ignores_hard)
            report = examine_schedule(scenario, examined, wants_health, skips_health, least is not None)
        except ScenarioError as error:
            faults += len(error.issues)
            documents.append(
                {"file": str(path), "valid": False, "issues": [issue_document(issue) for issue in error.issues]}
            )
            remarks.add_faults(path, error.issues)
            for line in error.lines():
                console.message(line)
            continue
        described = describe(examined)
        described["hints"] += assumed
        documents.append({"file": str(path), "valid": True, "issues": [], **described, **report_document(report)})
        warnings += report.warnings
        remarks.add_findings(path, report.findings, described["hints"])
        if least is not None and not report.is_handshake_kept(least):
            is_handshake_kept = False
            console.message(f"{path}: {shortfall(report, least)}")
        if not is_json:
            console.data(_summary_text(path, described, report))
    if is_json:
        console.document({"valid": faults == 0, "scenarios": documents})
    remarks.write()
    return _exit_status(faults, warnings if is_strict else 0, is_handshake_kept)


def _exit_status(faults: int, warnings: int, is_handshake_kept: bool) -> int:
    """Say how much is wrong, and return the exit status; warnings are those that count as faults."""
    from riskengine.errors.counting import counted

    if faults:
        console.message(counted(faults, "fault"))
    if warnings:
        console.message(counted(warnings, "warning"))
    if faults or warnings:
        return exits.REFUSED
    return exits.DONE if is_handshake_kept else exits.NO_GO


def _summary_text(path: Path, described: dict[str, Any], report: "ScheduleReport") -> str:
    from riskengine.cli.check.health import report_lines
    from riskengine.report.text.notation import clean

    lines = [f"{path}: good"]
    for name, value in described.items():
        if name not in ("hints", "notes") and value not in ("", []):
            text = ", ".join(value) if isinstance(value, list) else value
            lines.append(f"  {name.replace('_', ' '):<13} {text}")
    lines += [f"  note: {note}" for note in described.get("notes", ())]
    lines += [f"  hint: {hint}" for hint in described["hints"]]
    lines += [f"  {line}" for line in report_lines(report)]
    return "\n".join(clean(line) for line in lines)
