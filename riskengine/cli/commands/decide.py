"""``riskengine decide``: the answer to a scenario's gates, as words and as exit status."""

from pathlib import Path

import click

from riskengine.cli import answer
from riskengine.cli.input import options, scenario_input
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import exits
from riskengine.cli.pipelines import reports as pipeline_reports


@click.command("decide")
@click.argument("scenario", type=ScenarioPath())
@options.engine_options
@options.output_options
@pipeline_reports.pipeline_options
def command(
    scenario: Path,
    run_options: options.RunOptions,
    output_options: options.OutputOptions,
    pipeline: pipeline_reports.PipelineOptions,
) -> int:
    """Answer the gates of a scenario: exit 0 GO, 10 NO-GO, 11 UNDECIDED.

    A gate passes when the whole 95 % interval of its probability lies at or above the confidence asked for, fails
    when all of it lies below, and is undecided in between; --until buys more iterations for that case. A scenario
    without gates is refused.

    With --junit, --markdown or --github a pipeline has the gates as test cases, as a summary and as annotations: NO-GO
    and UNDECIDED are failures, and what kept the scenario from being run is an error.
    """
    with pipeline_reports.reported(pipeline, scenario, scenario_input.input_name(scenario)) as note_answer:
        decision = answer.run_and_print(
            scenario, run_options, output_options, needs_gates=True, note_answer=note_answer
        )
    return exits.BY_DECISION[decision]
