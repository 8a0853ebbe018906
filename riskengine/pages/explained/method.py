"""The statement of method for reviewers: what was modelled, what was not, and how it was computed."""

import json
from collections.abc import Sequence
from typing import Any

from riskengine.pages.explained.outcome import no_cost
from riskengine.pages.explained.sentence import MANIFEST, Number, Place, Sentence
from riskengine.pages.explained.writer import Writer
from riskengine.report import reading

COUNTED = ("correlations", "lost_days", "clauses", "cost_lines", "resources", "projects", "changes")
"""Tables of what a plan may have, in the order in which they are told; empty where it has none of it."""
ABSENT = ("risks", "correlations", "lost_days", "clauses", "resources")
"""Tables of which it is said that they are empty."""


def modelled(writer: Writer) -> Sequence[Sentence]:
    """What went into the run, with how much of it there is."""
    run = writer.page.run
    tasks, relationships = writer.rows("tasks"), writer.rows("relationships")
    sentences = [
        writer.sentence("has_tasks", tasks.value, number=tasks),
        writer.sentence("has_relationships", relationships.value, number=relationships),
        _estimates(writer),
    ]
    risks = writer.rows("risks")
    if risks.value:
        active = writer.rows("risks", active=True)
        sentences.append(writer.sentence("has_risks", risks.value, number=risks, active=active))
    if writer.page.has_cost:
        sentences.append(writer.sentence("has_cost"))
    for table in COUNTED:
        number = writer.rows(table)
        if number.value:
            sentences.append(writer.sentence(f"has_{table}", number.value, number=number))
    in_force = writer.rows("actions", in_force=True)
    if run.tables["actions"].num_rows:
        actions = writer.rows("actions")
        sentences.append(writer.sentence("has_actions", actions.value, number=actions, active=in_force))
    if has_chance_tasks(writer):
        sentences.append(writer.sentence("has_existence"))
    if scenario_of(writer).get("indices"):
        sentences.append(writer.sentence("has_indices"))
    (project,) = reading.rows(run, "project")
    if project["data_date"] is not None:
        sentences.append(writer.sentence("has_data_date", date=writer.beginning("project", project, "data_date")))
    if project["source_tool"]:
        sentences.append(writer.sentence("has_source", tool=writer.name(project["source_tool"])))
    return sentences


def not_modelled(writer: Writer) -> Sequence[Sentence]:
    """What has no part in the numbers, so that nobody takes them for more than they are."""
    run = writer.page.run
    absent = [table for table in ABSENT if not run.tables[table].num_rows]
    sentences = [writer.sentence(f"no_{table}") for table in absent if table != "risks"]
    sentences = ([writer.sentence("no_risks")] if "risks" in absent else []) + sentences
    if not writer.page.has_cost:
        sentences.append(no_cost(writer))
    if not has_chance_tasks(writer):
        sentences.append(writer.sentence("no_existence"))
    if not scenario_of(writer).get("indices"):
        sentences.append(writer.sentence("no_indices"))
    if reading.hard_constraints(run) != "kept":
        sentences.append(writer.sentence("hard_constraints_ignored"))
    return [*sentences, writer.sentence("no_reactions"), writer.sentence("no_unknowns")]


def computed(writer: Writer) -> Sequence[Sentence]:
    """Iterations, method, seed, digest and versions, and where the intervals come from."""
    iterations = writer.fact("iterations")
    versions = [
        writer.sentence("library", name=writer.name(name), version=_library(writer, name))
        for name in sorted(writer.page.run.manifest["provenance"])
    ]
    is_random = writer.page.run.manifest["method"] == "random"
    return [
        writer.sentence("iterations", iterations.value, number=iterations),
        writer.sentence(f"drawn_{writer.page.run.manifest['method']}"),
        writer.sentence("seed", seed=writer.fact("seed")),
        writer.sentence("run_id", run=writer.fact("run")),
        writer.sentence("digest", digest=writer.fact("digest")),
        writer.sentence("version", version=writer.fact("version"), numbers=writer.fact("numbers")),
        *versions,
        writer.sentence("intervals_of_iterations" if is_random else "intervals_of_blocks"),
        writer.sentence("intervals_say"),
        writer.sentence("repeatable"),
    ]


def has_chance_tasks(writer: Writer) -> bool:
    """Whether there are tasks that are not in every future."""
    return any(share is not None and share < 1 for share in writer.page.run.tables["tasks"]["existence"].to_pylist())


def scenario_of(writer: Writer) -> dict[str, Any]:
    """Return the scenario that was run."""
    scenario: dict[str, Any] = json.loads(writer.page.run.scenario_json)
    return scenario


def _estimates(writer: Writer) -> Sentence:
    simulated = writer.rows("estimates", state="simulated")
    constant = writer.rows("estimates", state="simulated", shape="constant")
    return writer.sentence("has_estimates", simulated.value, number=simulated, constant=constant)


def _library(writer: Writer, name: str) -> Number:
    version = writer.page.run.manifest["provenance"][name]
    return Number(str(version), Place(MANIFEST, {}, f"provenance.{name}"), version, "text", {})
