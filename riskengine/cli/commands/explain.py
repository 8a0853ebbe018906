"""``riskengine explain``: what a code means, or what a run says, in plain words."""

import difflib
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from riskengine.cli.input import options
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import atomic_write, console, exits
from riskengine.cli.plan_or_run import run_at

if TYPE_CHECKING:
    from riskengine.api.run import Run
    from riskengine.pages.explained.explanation import Explanation

AUDIENCES: Final = ("board", "customer", "team", "analyst")
PAGE, MEMO = ".html", ".md"


class Subject(ScenarioPath):
    """A code, a scenario file or a results folder, as it was typed: ``./RE202`` is no code."""

    def __init__(self) -> None:
        super().__init__()
        self.type = str


@click.command("explain")
@click.argument("subject", required=False, type=Subject())
@click.option(
    "--for",
    "audience",
    type=click.Choice(AUDIENCES),
    help="Who reads it: what it says, and how; board unless it is said.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write it as a page (.html) or as Markdown (.md). An older one is replaced.",
)
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Language: en, de.")
@click.option("--force", is_flag=True, help="Replace a file that riskengine did not write, too.")
@options.drawing_options
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    subject: str | None,
    audience: str | None,
    output: Path | None,
    language: str,
    force: bool,
    run_options: options.RunOptions,
    is_json: bool,
) -> int:
    """Explain a run in plain words, or a code that a message carries.

    SUBJECT is a results folder, or a plan, which is simulated first; or a code such as RE202. Without SUBJECT, lists
    every code with its title.

    Of a run it writes short sentences, each tied to numbers of its tables: what was asked and what the answer is, when
    it is finished, what it costs, what drives it, and what to do next. --for customer leaves out money, risks and
    tasks; --for team goes through the tasks of each team; --for analyst has every number with its interval, and a
    statement of method: what was modelled, what was not, and how mature the analysis is.
    """
    wants_run = bool(audience or output or is_json)
    if subject is None or is_code(subject, wants_run):
        if wants_run:
            raise click.UsageError("--for, -o and --json go with a plan or a results folder")
        return explain_code(subject)
    from riskengine.pages.explained.audiences import explain
    from riskengine.pages.explained.source import Source
    from riskengine.pages.language import read_language

    read_language(language)
    if output is not None:
        require_place(output, force)
    path = Path(subject)
    run = run_or_cure(path, run_options, ctx)
    explanation = explain(run, audience or AUDIENCES[0], language, Source(subject, path.is_dir()))
    if is_json:
        console.document(explanation.document)
    elif output is None:
        console.answer(explanation.text(console.width()))
    if output is not None:
        write_explanation(explanation, output)
    return exits.DONE


def run_or_cure(path: Path, run_options: options.RunOptions, ctx: click.Context) -> "Run":
    """Return the run of a plan or a folder, every byte checked; where a folder is no good, say what to run.

    Raises
    ------
    ResultsError, ScenarioError, MachineError, click.UsageError
    """
    from riskengine.errors import ResultsError

    try:
        return run_at(path, replace(run_options, has_contributions=True), ctx)
    except ResultsError as error:
        if error.cure or not path.is_dir():
            raise
        cure = f"run: riskengine simulate PLAN -o {shlex.quote(str(path))}"
        raise ResultsError(error.message, error.code, cure) from error


def is_code(word: str, wants_run: bool) -> bool:
    """Whether a word is a code and not the path of a run: a path has a separator or an ending, or is there."""
    from riskengine.errors.catalogue import CATALOGUE

    if word.upper() in CATALOGUE:
        return True
    is_path = any(sign in word for sign in "/.\\") or word == "-" or Path(word).exists()
    return not (wants_run or is_path)


def explain_code(code: str | None) -> int:
    """Print what a code means, or all of them with their titles.

    Raises
    ------
    UsageError
        When there is no such code.
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


def require_place(output: Path, force: bool) -> None:
    """Refuse a file of another kind, and one that is there and not ours, before anything is computed.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError
    from riskengine.pages.memo import is_memo
    from riskengine.pages.page import is_page

    ending = output.suffix.casefold()
    if ending not in (PAGE, MEMO):
        cure = f"name it {output.with_suffix(PAGE).name}"
        raise UsageError(f"{output}: an explanation ends in {PAGE} or {MEMO}", "RE671", cure)
    is_ours = is_page if ending == PAGE else is_memo
    if not force and output.is_file() and not is_ours(output):
        cure = "choose another name, or say --force"
        raise UsageError(f"{output} was not written by riskengine; nothing was written", "RE942", cure)


def write_explanation(explanation: "Explanation", output: Path) -> None:
    """Write an explanation as its ending says."""
    is_page = output.suffix.casefold() == PAGE
    atomic_write.write(output, explanation.html if is_page else explanation.markdown)
    console.note(f"explanation in {output}")
