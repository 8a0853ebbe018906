"""``riskengine import --history``: what was done, period by period, in place of a task for each item."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskengine.cli.import_refusals import OR_FORCE
from riskengine.cli.output.atomic_write import refuse_existing

if TYPE_CHECKING:
    from riskengine.importers.items.options import ItemOptions
    from riskengine.importers.items.throughput import GroupHistory, HistoryOptions
    from riskengine.importers.status.throughput_plan import ThroughputPlan

HISTORY = "history"


@dataclass(frozen=True)
class ThroughputFiles:
    """What an import of a history writes.

    Attributes
    ----------
    plan : str
        Text of the scenario, empty where nothing is left to do.
    histories : dict
        Text of each history by its file.
    summary : dict
        What was read, in types that JSON has.
    """

    plan: str
    histories: dict[Path, str]
    summary: dict[str, Any]


def throughput_files(
    source: Path, items: "ItemOptions", request: "HistoryOptions", target: Path, *, is_forced: bool
) -> ThroughputFiles:
    """Return what is to be written beside each other.

    Raises
    ------
    ScenarioError, UsageError
    """
    from riskengine.errors.counting import counted
    from riskengine.importers import write_toml
    from riskengine.importers.status.throughput_plan import content_of, read_throughput, with_numbers
    from riskengine.reading import parse

    throughput = read_throughput(source, items, request)
    paths = [target.parent / name for name in _names(throughput.histories)]
    if not is_forced:
        for path in paths:
            refuse_existing(path, "RE817", OR_FORCE)
    noun = request.period.noun
    histories = {path: each.table(noun) for path, each in zip(paths, throughput.histories, strict=True)}
    content = content_of(throughput, request.period, [path.name for path in paths])
    text = ""
    if content is not None:
        numbered = {path.name: each for path, each in zip(paths, throughput.histories, strict=True)}
        parse(with_numbers(content, numbered), str(target))
        backlogs = counted(len(content["backlogs"]), "backlog")
        text = write_toml(content, _comments(throughput, target, backlogs))
    summary = {
        "source": str(source),
        "tool": throughput.tool,
        "project": throughput.id,
        "name": throughput.id,
        "data_date": str(items.data_date),
        "counts": {
            "items left to do": sum(len(each.open_ids) for each in throughput.histories),
            "items done": sum(sum(each.done) for each in throughput.histories),
            "periods": max((len(each.done) for each in throughput.histories), default=0),
        },
        "notes": throughput.notes if content is None else content["imported"]["notes"],
        "histories": [str(path) for path in paths],
        "written": str(target) if text else ", ".join(map(str, paths)),
    }
    return ThroughputFiles(text, histories, summary)


def _names(histories: "list[GroupHistory]") -> list[str]:
    """Return the names of the files: of several they are numbered, for names of teams are no names of files."""
    if len(histories) == 1:
        return [f"{HISTORY}.csv"]
    return [f"{HISTORY}-{number}.csv" for number in range(1, len(histories) + 1)]


def _comments(throughput: "ThroughputPlan", target: Path, backlogs: str) -> list[str]:
    """Return the lines at the top of the file."""
    return [
        f"Imported from {throughput.file} ({throughput.tool}): {backlogs} with the history of what was done.",
        "What was guessed, left out or counted otherwise stands under [imported] notes.",
        "",
        f"riskengine check {target.name}     says in how many futures the plan by the mean is enough",
        "A later import replaces this file; gates, growth and focus stand in a second one that begins with",
        f'extends = "{target.name}"',
    ]
