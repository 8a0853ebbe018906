"""Reading scenarios with everything that they may ask of other rooms: dates for templates, registers in workbooks."""

import os
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from riskengine.errors import Issue
    from riskengine.model import Scenario
    from riskengine.scenario.hooks import Hooks, KnownTargets, RiskTable
    from riskengine.scenario.read import Reading
    from riskengine.scenario.tables.sheets import Sheet


def read(
    path: str | os.PathLike[str],
    hints: list[str] | None = None,
    files: "list[Path] | None" = None,
    *,
    is_strict: bool = False,
) -> "Scenario":
    """Read a scenario file; `hints` takes what was assumed, and templates that do nothing, one sentence each.

    `files` takes the files that were read, the scenario's own first. `is_strict` refuses correlations that cannot all
    be had, in place of taking the nearest.

    Raises
    ------
    riskengine.errors.ScenarioError
        With every fault of the file in ``.issues``.
    """
    from riskengine import scenario

    return scenario.read(path, hooks=hooks(is_strict), hints=hints, files=files)


def read_placed(
    path: str | os.PathLike[str], hints: list[str] | None = None, content: str | None = None, *, is_strict: bool = False
) -> "Reading":
    """Read a scenario file as :func:`read` does, and keep what tells the lines of its parts.

    `content` is the text where it is in memory; `path` then is what faults call it, and says where other files lie.
    `is_strict` refuses correlations that cannot all be had, in place of taking the nearest.
    """
    from riskengine.scenario.read import reading_of

    return reading_of(Path(path), content, hooks=hooks(is_strict), hints=hints)


def parse(document: dict[str, Any], name: str = "scenario", hints: list[str] | None = None) -> "Scenario":
    """Read a scenario from a document in memory, as :func:`read` does from a file."""
    from riskengine import scenario

    return scenario.parse(document, name, hooks=hooks(), hints=hints)


def hooks(is_strict: bool = False) -> "Hooks":
    """Return the functions that reading may call; they load what they need only then."""
    from riskengine.scenario.hooks import Hooks

    of_correlations = partial(correlations, is_strict=is_strict)
    return Hooks(critical=critical, register=register, workbook=workbook, correlations=of_correlations)


def critical(scenario: "Scenario") -> Collection[str]:
    """Return the ids of the tasks on the longest path to the finish of the project: no risks, ranges or levelling."""
    from riskengine import plan
    from riskengine.schedule.dates.compute import dates

    compiled = plan.compile(scenario.model_copy(update={"levelling": None}))
    is_critical_of = dates(compiled).is_critical
    return frozenset(name for name, is_critical in zip(compiled.task, is_critical_of, strict=True) if is_critical)


def correlations(
    scenario: "Scenario", hints: list[str], is_strict: bool = False
) -> "Iterable[tuple[tuple[str, ...], Issue]]":
    """Yield where a correlation asks for what cannot be had, with what is wrong; hints tell what is changed."""
    from riskengine.plan.correlation.check import check_correlations

    return check_correlations(scenario, hints, is_strict=is_strict)


def register(path: Path, mapping: Path | None, position: str, known_targets: "KnownTargets | None") -> "RiskTable":
    """Return the risks of a register in the form of a scenario document, whose tasks are known or not."""
    from riskengine.importers.register.read import read_register, risk_documents
    from riskengine.scenario.hooks import RiskTable

    risks = read_register(
        path,
        mapping=mapping,
        position="post" if position == "post" else "pre",
        known_targets=known_targets,
        currency=known_targets.currency if known_targets is not None else "",
    )
    return RiskTable(risk_documents(risks.risks), risks.lines, risks.notes)


def workbook(path: Path) -> "list[Sheet]":
    """Return the visible worksheets of a workbook."""
    from riskengine.importers.sheets.workbook import worksheets

    return worksheets(path)
