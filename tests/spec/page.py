"""The examples in the tables of `docs/scenario-format.md`, from the registry: ``python -m tests.spec.page``.

The rest of each row is written by people: how a key is said to a reader is more than its meaning in the registry.
"""

import re
from collections.abc import Mapping

from riskengine.model.estimate import PARAMETERS, SHAPES
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.format import FORMAT
from tests.support.places import ROOT

PAGE = ROOT / "docs/scenario-format.md"

HEADINGS: Mapping[str, str] = {
    "2. The top of the file": "",
    "`[calendars.ID]`": "calendars",
    "`[calendars.ID.lost]`": "lost",
    "`[tasks.ID]`": "tasks",
    "`[backlogs.ID]`": "backlogs",
    "`history` of a backlog": "history",
    "`cost` of a task": "cost",
    "A constraint as a table": "constraint",
    "`imported` of a task": "dates",
    "`[schedule]`": "schedule",
    "`levelling` as a table": "levelling",
    "`[imported]`": "imported",
    "A relationship as a table": "relationship",
    "`[risks.ID]`": "risks",
    "`[risks.ID.impacts.KEY]`": "impacts",
    "`exposure` of a risk": "exposure",
    "`[actions.ID]`": "actions",
    "`[actions.ID.effects.RISK]`": "effects",
    "`[costs.ID]`": "costs",
    "`[resources.ID]`": "resources",
    "`[indices.ID]`": "indices",
    "`[correlations.ID]`": "correlations",
    "`[damages.ID]`": "damages",
    "`[bonuses.ID]`": "bonuses",
    "A pair as a table": "pair",
    "A matrix as a table": "matrix",
    "`[changes.ID]`": "changes",
    "`[exclusive.ID]`": "exclusive",
    "`[branches.ID]`": "branches",
    "`[rework.ID]`": "rework",
    "`[learning.ID]`": "learning",
    "`[gates.ID]`": "gates",
    "`[templates.NAME]`": "templates",
    "`[bands.NAME]`": "bands",
    "`[defaults]`": "defaults",
    "`[defaults.task]`": "defaults.task",
    "`[defaults.risk]`": "defaults.risk",
    "`[defaults.cost]`": "defaults.cost",
}
"""Which table of the format stands under which heading."""

SHAPES_HEADING = "Shapes"
PAIRS = ("mean", "sd")
"""What the example of a shape has that takes either these or percentiles."""


def shape_parameters(name: str) -> Mapping[str, Parameter]:
    """The parameters that an estimate of a shape has to give: what it requires, or the first of two pairs."""
    return {key: PARAMETERS[key] for key in SHAPES[name].required or PAIRS}


def shape_example(name: str) -> str:
    """An estimate of a shape."""
    points = (f"{key} = {parameter.example}" for key, parameter in shape_parameters(name).items())
    return f'{{ shape = "{name}", {", ".join(points)} }}'


def with_columns(block: str, examples: Mapping[str, str], since: Mapping[str, int]) -> str:
    """A table of the page with the columns ``example`` and ``since`` before its last one."""
    head, _, *rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
    columns = [name for name in head if name not in ("example", "since")]
    columns[-1:-1] = ["example", "since"]  # the meaning, which is the longest, stands last
    lines = [columns, ["---"] * len(columns)]
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        key = re.findall(r"`([^`]+)`", cells[head[0]])[0]
        cells |= {"example": f"`{examples[key]}`", "since": str(since[key])}
        lines.append([cells[name] for name in columns])
    return "".join(f"| {' | '.join(line)} |\n".replace("|  |", "| |").replace("| --- ", "|---") for line in lines)


def written_anew(text: str) -> str:
    """The page with the example of every key and shape, and the version of the format that first has it."""
    for heading, section in HEADINGS.items():
        fields = {key: entry.field for key, entry in FORMAT[section].items()}
        examples = {key: field.example for key, field in fields.items()}
        text = in_first_table(text, heading, examples, {key: field.since for key, field in fields.items()})
    since = {name: max(parameter.since for parameter in shape_parameters(name).values()) for name in SHAPES}
    return in_first_table(text, SHAPES_HEADING, {name: shape_example(name) for name in SHAPES}, since)


def in_first_table(text: str, heading: str, examples: Mapping[str, str], since: Mapping[str, int]) -> str:
    """The page with the two columns in the first table below a heading."""
    before, mark, after = re.split(rf"(^#+ {re.escape(heading)}\n)", text, maxsplit=1, flags=re.MULTILINE)
    table = re.search(r"(?:^\|.*\n)+", after, re.MULTILINE)
    assert table is not None, heading
    return before + mark + after[: table.start()] + with_columns(table[0], examples, since) + after[table.end() :]


if __name__ == "__main__":
    PAGE.write_text(written_anew(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
