"""``riskengine import``: a schedule of another tool becomes a scenario."""

import textwrap
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import click

from riskengine.cli.import_refusals import OR_FORCE
from riskengine.cli.input.history_options import history_options
from riskengine.cli.input.item_options import item_options
from riskengine.cli.output import atomic_write, console, exits

if TYPE_CHECKING:
    from riskengine.importers import ImportedSchedule
    from riskengine.importers.items.options import ItemOptions
    from riskengine.importers.items.throughput import HistoryOptions
    from riskengine.importers.ranges.request import RangeRequest
    from riskengine.model import Scenario

SUFFIX = ".toml"
WIDTH = 110
MOST_NOTES = 20
SINGULAR = MappingProxyType(
    {
        "tasks": "task",
        "milestones": "milestone",
        "levels of effort and summaries": "level of effort or summary",
        "relationships": "relationship",
        "constraints": "constraint",
        "calendars": "calendar",
        "resources": "resource",
        "risks": "risk",
        "notes": "note",
    }
)
MOST_CHECKED = 5_000
"""Tasks of schedules that are checked before they are written."""

LARGEST = 16 * 2**20
"""Bytes that a scenario file may have."""


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Scenario to write (.toml).")
@click.option("--project", default="", metavar="ID", help="Project to take, where the file has several.")
@click.option(
    "--encoding", default="", metavar="NAME", help="Encoding of an XER or CSV file, where it is guessed wrongly."
)
@click.option(
    "--register", type=click.Path(path_type=Path), metavar="FILE", help="Risk register to add: .xlsx, .xlsm or .csv."
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What the register's columns and ratings mean, and which user fields hold ranges.",
)
@click.option(
    "--position",
    type=click.Choice(("pre", "post")),
    default="pre",
    show_default=True,
    help="Whether the register's numbers before or after mitigation are taken.",
)
@click.option(
    "--ranges", type=click.Path(path_type=Path), metavar="FILE", help="Range templates to add, [templates.NAME]."
)
@click.option(
    "--ranges-from",
    default="",
    metavar="FIELDS",
    help="User fields that hold ranges: low=FIELD,likely=FIELD,high=FIELD.",
)
@item_options
@history_options
@click.option(
    "--update",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="SOURCE is the next export of this plan: write a status that extends it.",
)
@click.option("--force", "is_forced", is_flag=True, help="Replace FILE where it exists.")
@click.option("--json", "is_json", is_flag=True, help="Print what was read as one JSON object.")
def command(
    source: Path,
    output: Path | None,
    project: str,
    encoding: str,
    register: Path | None,
    mapping: Path | None,
    position: str,
    ranges: Path | None,
    ranges_from: str,
    items: "ItemOptions",
    history: "HistoryOptions | None",
    update: Path | None,
    is_forced: bool,
    is_json: bool,
) -> int:
    """Turn a schedule of another tool into a scenario.

    Without -o, the scenario lies in the folder it is called in and is named after SOURCE. A file that is there already
    is left alone, unless --force is given. What was guessed about a register is noted, and what is not certain refused.
    Work items of a tracker, or a list of tasks in a sheet, need --as-of and are read by a --map, or by their headings.
    With --update, their next export becomes a status of the plan: what was done, has begun, was added, dropped or
    estimated anew since; what was changed by hand stays. With --history, items become a backlog, whose duration comes
    from what was done before. With both, the status is that of the backlogs of the plan.
    """
    from riskengine.importers import document, write_toml
    from riskengine.importers.additions import add_ranges, count_template_uses, describe_lost_parts, range_request
    from riskengine.importers.ranges.user_fields import set_ranges

    request = range_request(ranges_from, mapping, has_register=register is not None)
    if mapping is not None and register is None and request is None:
        raise click.UsageError("--mapping is for a register, or names user fields: name a register with --register")
    target = _target(source, output, is_forced)
    if history is not None or update is not None:
        _refuse_additions(bool(register or ranges or ranges_from or mapping or project))
        if update is not None:
            return _import_status(source, items, history, update, target, is_forced=is_forced, is_json=is_json)
        if history is not None:
            return _import_history(source, items, history, target, is_forced=is_forced, is_json=is_json)
    schedule = _read(source, items, project=project, encoding=encoding, request=request)
    ranged = 0
    if request is not None:
        ranged, notes = set_ranges(schedule, request, str(source))
        schedule.notes += notes
    content = document(schedule)
    if register is not None:
        _add_register(content, schedule, register, mapping, position)
    if ranges is not None:
        add_ranges(content, ranges)
    scenario = _validate(content, source)
    text = write_toml(content, _comments(schedule, content, target))
    lost_parts = describe_lost_parts(target, content) if is_forced else ""
    _write(target, text, source, is_forced)
    summary = _summary(schedule, content, source, target)
    if scenario is not None and "templates" in content:
        summary["templates"] = count_template_uses(scenario, content)
    if request is not None:
        summary["ranges_from_user_fields"] = ranged
    _print_summary(summary, is_json, lost_parts, target)
    return exits.DONE


def _read(
    source: Path, items: "ItemOptions", *, project: str, encoding: str, request: "RangeRequest | None"
) -> "ImportedSchedule":
    """Return the schedule of a file: work items where a map is named or the headings of a table are a tool's."""
    from riskengine.importers import choose, read_schedule
    from riskengine.importers.read import may_be_table

    if items.map or may_be_table(source):
        from riskengine.importers.items.read import guessed_tools, read_items

        if items.map or items.data_date or items.start or guessed_tools(source, encoding):
            if project or request is not None:
                raise click.UsageError("--project and --ranges-from are for schedules; work items have neither")
            return read_items(source, items)
    projects = read_schedule(source, encoding=encoding, with_user_fields=request is not None)
    return choose(projects, project, str(source))


def _refuse_additions(has_additions: bool) -> None:
    """Refuse what histories and statuses take from elsewhere."""
    if has_additions:
        raise click.UsageError("--history and --update take risks and ranges from a file that extends, or the plan")


def _import_status(
    source: Path,
    items: "ItemOptions",
    history: "HistoryOptions | None",
    plan: Path,
    target: Path,
    *,
    is_forced: bool,
    is_json: bool,
) -> int:
    """Write the status of a plan that an export is: of its tasks, or of its backlogs where items are counted."""
    from riskengine.cli.status_update import backlog_status_text, status_text

    if history is None:
        text, summary = status_text(source, items, plan, target)
    elif history.near:
        raise click.UsageError("--near plans items one by one, and a status of backlogs counts them: give one")
    else:
        text, summary = backlog_status_text(source, items, history, plan, target)
    _write(target, text, source, is_forced)
    _print_summary(summary, is_json, "", target)
    return exits.DONE


def _import_history(
    source: Path, items: "ItemOptions", history: "HistoryOptions", target: Path, *, is_forced: bool, is_json: bool
) -> int:
    """Write a history, and a plan with a backlog where something is left to do."""
    from riskengine.cli.throughput_import import throughput_files

    files = throughput_files(source, items, history, target, is_forced=is_forced)
    contents = files.histories | ({target: files.plan} if files.plan else {})
    for text in contents.values():
        _refuse_too_large(text, source)
    atomic_write.write_together(contents, is_forced=is_forced)
    _print_summary(files.summary, is_json, "", target, has_plan=bool(files.plan))
    return exits.DONE


def _write(target: Path, text: str, source: Path, is_forced: bool) -> None:
    """Write what was made of a source; a file that is there is replaced only where that is asked for."""
    _refuse_too_large(text, source)
    if is_forced:
        atomic_write.write(target, text)
    else:
        atomic_write.write_new(target, text)


def _refuse_too_large(text: str, source: Path) -> None:
    """Refuse a text that no other command would read."""
    if len(text) > LARGEST or len(text.encode()) > LARGEST:
        raise _too_large(len(text.encode()), source)


def _print_summary(
    summary: dict[str, Any], is_json: bool, lost_parts: str, target: Path, *, has_plan: bool = True
) -> None:
    """Print what was read, and on stderr what was lost, noted and is to be done next with a plan."""
    if is_json:
        console.document(summary)
    else:
        console.data("\n".join(_summary_lines(summary)))
    if lost_parts:
        console.message(
            f"warning: the file that is replaced had {lost_parts}, and this import has none: "
            "give --register, --ranges and --ranges-from again, or keep them in a file that extends it"
        )
    for line in note_lines(summary["notes"], target):
        console.message(line)
    if has_plan:
        console.message(f"next: riskengine check {target}; riskengine simulate {target}")


def _target(source: Path, output: Path | None, is_forced: bool) -> Path:
    """Return the file to write."""
    from riskengine.errors import UsageError

    target = output if output is not None else Path(source.stem or "plan").with_suffix(SUFFIX)
    if target.suffix.casefold() != SUFFIX:
        raise UsageError(f"{target} must end in {SUFFIX}: that is how a scenario is known", "RE108")
    if not is_forced:
        atomic_write.refuse_existing(target, "RE817", OR_FORCE)
    return target


def _add_register(
    content: dict[str, Any], schedule: "ImportedSchedule", register: Path, mapping: Path | None, position: str
) -> None:
    """Put the risks of a register into the document."""
    from riskengine.importers import source_ids
    from riskengine.importers.additions import add_register

    which_numbers: Literal["pre", "post"] = "post" if position == "post" else "pre"
    notes = add_register(content, register, mapping, which_numbers, source_ids(schedule))
    content["imported"]["notes"] = [*content["imported"].get("notes", []), *notes]


def _validate(content: dict[str, Any], source: Path) -> "Scenario | None":
    """Return the scenario of a document that is not too large, and refuse what no other command would take.

    Tasks that wait for each other in a circle are such a thing. Of large schedules that would
    take longer than all the rest, and `check` tells the same.
    """
    from dataclasses import replace

    from riskengine.cli.import_refusals import refusal_of_import
    from riskengine.errors import ScenarioError
    from riskengine.reading import parse

    if len(content["tasks"]) > MOST_CHECKED:
        return None
    try:
        return parse(content)
    except ScenarioError as error:
        issues = [replace(issue, file=str(source), line=None) for issue in error.issues]
        raise refusal_of_import(issues, source) from error


def _too_large(size: int, source: Path) -> Exception:
    """Return the refusal of a schedule that no other command could read as a scenario."""
    from riskengine.errors import Issue, ScenarioError
    from riskengine.errors.catalogue import CATALOGUE

    value = f"a scenario of {size / 2**20:.0f} MiB, above {LARGEST >> 20}"
    return ScenarioError(
        [Issue("RE818", "", CATALOGUE["RE818"].rule, value, str(source), cure="import fewer projects")]
    )


def _summary(schedule: "ImportedSchedule", content: dict[str, Any], source: Path, target: Path) -> dict[str, Any]:
    """Return what was read, in types that JSON has."""
    date = content.get("data_date") or content["start"]
    return {
        "source": str(source),
        "tool": schedule.tool,
        "project": schedule.id,
        "name": content["name"],
        "data_date" if "data_date" in content else "start": date.isoformat(sep=" "),
        "counts": _counts(schedule, content),
        "notes": content["imported"].get("notes", []),
        "written": str(target),
    }


def _counts(schedule: "ImportedSchedule", content: dict[str, Any]) -> dict[str, int]:
    """Return how many of what was read, with the risks of a register."""
    from riskengine.importers import counts

    return counts(schedule) | {"risks": len(content.get("risks", {}))}


def _summary_lines(summary: dict[str, Any]) -> list[str]:
    """Return the summary as lines."""
    from riskengine.errors.counting import counted
    from riskengine.report.text.notation import clean

    lines = [f"{summary['source']}: {summary['tool']}, project {summary['project']}: {summary['name']}"]
    lines += [
        f"  {'data date' if name == 'data_date' else name} {summary[name]}"
        for name in ("data_date", "start")
        if name in summary
    ]
    lines += [
        f"  {counted(count, SINGULAR.get(name, name), name)}" for name, count in summary["counts"].items() if count
    ]
    if "ranges_from_user_fields" in summary:
        lines.append(f"  ranges from user fields: {counted(summary['ranges_from_user_fields'], 'task')}")
    lines += [f"  template {name}: {counted(count, 'task')}" for name, count in summary.get("templates", {}).items()]
    lines.append(f"  written to {summary['written']}")
    return [clean(line) for line in lines]


def note_lines(notes: list[str], target: Path) -> list[str]:
    """Return the first notes, and how many more there are: never just one, which takes no more room itself."""
    from riskengine.errors.counting import counted

    printed = len(notes) if len(notes) <= MOST_NOTES + 1 else MOST_NOTES
    lines = [f"note: {note}" for note in notes[:printed]]
    return (
        lines if printed == len(notes) else [*lines, f"and {counted(len(notes) - printed, 'more note')}, in {target}"]
    )


def _comments(schedule: "ImportedSchedule", content: dict[str, Any], target: Path) -> list[str]:
    """Return the lines at the top of the file: where it came from, what is in it, what to do next."""
    from riskengine.errors.counting import counted

    counts = _counts(schedule, content).items()
    had = ", ".join(counted(count, SINGULAR.get(name, name), name) for name, count in counts if count)
    notes = content["imported"].get("notes", [])
    about_notes = (
        f"{counted(len(notes), 'note')} under [imported] on what was simplified or not understood." if notes else ""
    )
    return [
        f"Imported from {schedule.file} ({schedule.tool}), project {schedule.id}.",
        *textwrap.wrap(f"Read: {had}.", WIDTH),
        *([about_notes] if about_notes else []),
        "",
        f"riskengine check {target.name}       compares the dates with those that the source stored",
        f"riskengine simulate {target.name}    {_outlook(content)}",
        "A later import replaces this file; what you add to it is kept in a second one that begins with",
        f'extends = "{target.name}"',
    ]


def _outlook(content: dict[str, Any]) -> str:
    """Return what simulating a scenario is good for, or needs first."""
    from riskengine.importers.additions import has_user_ranges

    if content.get("templates") or has_user_ranges(content):
        return (
            "draws the ranges and risks below" if content.get("risks") else "draws the ranges below; risks are missing"
        )
    missing = "ranges" if content.get("risks") else "ranges and risks"
    return f"needs {missing} first: durations here are single numbers"
