"""The tables of the star schema from one run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from riskengine.analysis.decision import meets, verdict
from riskengine.results.folder.manifest import checksum_of_run, status_date
from riskengine.results.run import RunRecord
from riskengine.results.tables.arrow_array import arrow_array, numpy_of
from riskengine.results.tables.build import build_rows
from riskengine.star.answer_tables import ANSWER_FACTS
from riskengine.star.columns import Values, compute, constant, finish_day, plus, prefixed, scalar, stacked, start_day
from riskengine.star.dictionary import RUN_STAR, STAR, SUMMARY_DAYS, schema_of
from riskengine.star.facts import ProjectFacts, facts_of
from riskengine.star.keys import key_of, run_key

PROJECT = "project"


@dataclass(frozen=True)
class RunToExport:
    """A run read from its folder, and what the star schema calls it.

    Parameters
    ----------
    record : RunRecord
    scenario_key : str
        Name of its folder.
    """

    record: RunRecord
    scenario_key: str

    @cached_property
    def run_key(self) -> str:
        """Key of the run in every table."""
        return run_key(self.scenario_key, self.status_date)

    @cached_property
    def status_date(self) -> date:
        """Day of the data date, or of the start."""
        return status_date(self.record.manifest)

    @cached_property
    def facts(self) -> ProjectFacts:
        """What the run says of its project."""
        return facts_of(self.record)


def run_tables(run: RunToExport, names: tuple[str, ...] = RUN_STAR) -> dict[str, pa.Table]:
    """Return the rows of a run for tables of the star schema.

    Parameters
    ----------
    run : RunToExport
    names : tuple of str
        Of ``dictionary.RUN_STAR``.

    Returns
    -------
    dict of str to pyarrow.Table
        With the schema of the dictionary to the letter.
    """
    tables = {name: MAKERS[name](run) for name in names}
    if "dim_run" in tables and not ANSWER_FACTS.intersection(names):
        tables["dim_run"] = with_checksum(tables["dim_run"], checksum_of_run(run.record.manifest))
    return tables


def with_checksum(table: pa.Table, checksum: str) -> pa.Table:
    """Return ``dim_run`` with another checksum: answers in a folder change no table that holds none of them."""
    place = table.schema.get_field_index("results_checksum")
    return table.set_column(place, table.schema.field(place), constant(checksum, pa.utf8(), table.num_rows))


def filled(name: str, run: RunToExport, source: pa.Table | None, rows: int, columns: Mapping[str, Values]) -> pa.Table:
    """Return a table: columns that are given, and all others as the source of the run has them."""
    table = STAR[name]
    arrays = []
    for column in table.columns:
        if column.name == "run_key":
            values = constant(run.run_key, column.type, rows)
        elif column.name in columns:
            values = columns[column.name]
        elif source is None:
            raise ValueError(f"table {name}: {column.name} is declared and not computed")
        else:
            values = source[column.name]
        arrays.append(values if values.type == column.type else values.cast(column.type))
    undeclared = set(columns) - {column.name for column in table.columns}
    if undeclared:
        raise ValueError(f"table {name}: computed and not declared: {', '.join(sorted(undeclared))}")
    return pa.Table.from_arrays(arrays, schema=schema_of(name))


def dim_run(run: RunToExport) -> pa.Table:
    """Return the one row of the run."""
    manifest, facts = run.record.manifest, run.facts
    (project,) = run.record.tables["project"].to_pylist()
    as_said = {column.name: project[column.name] for column in STAR["dim_run"].columns if column.name in project}
    values = as_said | {
        "scenario_key": run.scenario_key,
        "name": manifest["name"],
        "project": manifest["project"],
        "description": facts.description,
        "status_date": run.status_date,
        "data_date": facts.data_date,
        "start": facts.start,
        "run": manifest["run"],
        "results_checksum": manifest["checksum"],
        "digest": manifest["digest"],
        "seed": str(manifest["seed"]),
        "method": manifest["method"],
        "iterations": manifest["iterations"],
        "table_error": manifest["table_error"],
        "engine": f"{manifest['engine']} {manifest['version']}",
        "numbers": manifest["numbers"],
        "decision": verdict(run.record.tables["gates"]["answer"].to_pylist()),
        "calendar": facts.calendar,
        "currency": manifest["currency"],
    }
    types = {column.name: column.type for column in STAR["dim_run"].columns}
    cells = {name: constant(value, types[name], 1) for name, value in values.items()}
    return filled("dim_run", run, None, 1, cells)


def dim_task(run: RunToExport) -> pa.Table:
    """Return a row for each task: what the plan says of it."""
    tasks = run.record.tables["tasks"]
    return filled(
        "dim_task",
        run,
        tasks,
        tasks.num_rows,
        {
            "task_key": prefixed(run.run_key, tasks["task"]),
            "deterministic_start_date": start_day(tasks["deterministic_start"]),
            "deterministic_finish_date": finish_day(tasks["deterministic_finish"]),
        },
    )


def fact_task(run: RunToExport) -> pa.Table:
    """Return a row for each task: what the iterations say of it."""
    tasks = run.record.tables["tasks"]
    return filled(
        "fact_task",
        run,
        tasks,
        tasks.num_rows,
        {
            "task_key": prefixed(run.run_key, tasks["task"]),
            "finish_p50_date": finish_day(tasks["finish_p50"]),
            "finish_p80_date": finish_day(tasks["finish_p80"]),
        },
    )


def dim_gate(run: RunToExport) -> pa.Table:
    """Return a row for each gate: what it asks for."""
    gates = run.record.tables["gates"]
    columns = {"gate_key": prefixed(run.run_key, gates["gate"]), "finish_date": finish_day(gates["finish"])}
    return filled("dim_gate", run, gates, gates.num_rows, columns)


def bridge_risk_task(run: RunToExport) -> pa.Table:
    """Return a row for each effect of a risk and what it acts on."""
    rows = run.record.tables["impacts"]
    tasks = compute.if_else(
        compute.equal(rows["acts_on"], scalar("task", pa.utf8())), rows["target"], scalar(None, pa.utf8())
    )
    columns = {"risk_key": prefixed(run.run_key, rows["risk"]), "task_key": prefixed(run.run_key, tasks)}
    return filled("bridge_risk_task", run, rows, rows.num_rows, columns)


def rows_of(run: RunToExport, source: str) -> pa.Table:
    """Return a table of the run; one without rows for an answer that its folder was not asked to keep."""
    return run.record.tables[source] if source in run.record.tables else build_rows(source, [])


def with_keys(name: str, source: str, keys: Mapping[str, str]) -> Callable[[RunToExport], pa.Table]:
    """Return what makes a table that takes over one of the run, with keys over all runs for some of its ids."""

    def make(run: RunToExport) -> pa.Table:
        rows = rows_of(run, source)
        columns = {key: prefixed(run.run_key, rows[identifier]) for key, identifier in keys.items()}
        return filled(name, run, rows, rows.num_rows, columns)

    return make


def fact_iteration(run: RunToExport) -> pa.Table:
    """Return a row for each target and iteration, target by target."""
    iterations = run.record.tables["iterations"]
    targets = (PROJECT, *run.record.manifest["targets"])
    suffixes = ["", *(f":{target}" for target in targets[1:])]
    finish = [iterations[f"finish{suffix}"] for suffix in suffixes]
    days = [iterations[f"finish_days{suffix}"] for suffix in suffixes]
    number = iterations["iteration"].cast(pa.int32())
    rows = iterations.num_rows
    return filled(
        "fact_iteration",
        run,
        None,
        rows * len(targets),
        {
            "iteration": stacked([number] * len(targets)),
            "target": stacked(constant(target, pa.utf8(), rows) for target in targets),
            "finish": stacked(finish),
            "finish_date": stacked(finish_day(column) for column in finish),
            "finish_days": stacked(plus(column, run.facts.days_before_data_date) for column in days),
            "days_from_data_date": stacked(days),
            "cost": stacked([iterations["cost"]] * len(targets)),
        },
    )


def fact_percentile(run: RunToExport) -> pa.Table:
    """Return a row for each percentile of each target and measure."""
    rows = run.record.tables["percentiles"]
    is_finish = compute.equal(rows["measure"], scalar("finish", pa.utf8()))
    days = run.facts.days_before_data_date
    nothing = scalar(None, pa.float64())
    columns = {name: plus(rows[name], days, is_finish) for name in ("value", "ci_low", "ci_high")}
    columns["days_from_data_date"] = compute.if_else(is_finish, rows["value"], nothing)
    return filled("fact_percentile", run, rows, rows.num_rows, columns | {"date": finish_day(rows["instant"])})


def fact_summary(run: RunToExport) -> pa.Table:
    """Return a row for each target and measure."""
    rows = run.record.tables["summary"]
    names = [f"{name}{end}" for name in SUMMARY_DAYS for end in ("", "_ci_low", "_ci_high")]
    columns = days_from_start(run, rows, *(name for name in names if name in rows.column_names))
    return filled(
        "fact_summary",
        run,
        rows,
        rows.num_rows,
        columns | {"deterministic_date": finish_day(rows["deterministic_instant"])},
    )


def fact_levelling(run: RunToExport) -> pa.Table:
    """Return a row for each target, measure and statistic of a levelled plan."""
    rows = run.record.tables["levelling"]
    return filled("fact_levelling", run, rows, rows.num_rows, days_from_start(run, rows, "levelled", "unlevelled"))


def fact_cost_period(run: RunToExport) -> pa.Table:
    """Return a row for each month of the project, of each team and of each element of the WBS."""
    rows = run.record.tables["cost_periods"]
    return filled("fact_cost_period", run, rows, rows.num_rows, {"month_start": start_day(rows["month"])})


def fact_resource_period(run: RunToExport) -> pa.Table:
    """Return a row for each month of each resource."""
    rows = run.record.tables["resource_periods"]
    columns = {"resource_key": prefixed(run.run_key, rows["resource"]), "month_start": start_day(rows["month"])}
    return filled("fact_resource_period", run, rows, rows.num_rows, columns)


def days_from_start(run: RunToExport, rows: pa.Table, *names: str) -> dict[str, Values]:
    """Return columns in which a finish counts from the start of the project, and a cost is what it is."""
    is_finish = compute.equal(rows["measure"], scalar("finish", pa.utf8()))
    return {name: plus(rows[name], run.facts.days_before_data_date, is_finish) for name in names}


def fact_gate_iteration(run: RunToExport) -> pa.Table:
    """Return a row for each gate and iteration, gate by gate."""
    iterations = run.record.tables["iterations"]
    gates = run.record.tables["gates"].to_pylist()
    cost = numpy_of(iterations["cost"])
    number = iterations["iteration"].cast(pa.int32())
    rows = iterations.num_rows
    met = []
    for gate in gates:
        suffix = "" if gate["target"] == PROJECT else f":{gate['target']}"
        latest = None if gate["finish"] is None else np.datetime64(gate["finish"], "us")
        is_met = meets(numpy_of(iterations[f"finish{suffix}"]), cost, latest, gate["cost"])
        met.append(arrow_array(is_met, pa.bool_()))
    names = [gate["gate"] for gate in gates]
    nothing = [constant("", pa.utf8(), 0)]
    texts = [constant(name, pa.utf8(), rows) for name in names] or nothing
    keys = [constant(key_of(run.run_key, name), pa.utf8(), rows) for name in names] or nothing
    return filled(
        "fact_gate_iteration",
        run,
        None,
        rows * len(gates),
        {
            "gate_key": stacked(keys),
            "gate": stacked(texts),
            "iteration": stacked([number] * len(gates) or [constant(0, pa.int32(), 0)]),
            "is_met": stacked(met or [constant(False, pa.bool_(), 0)]),
        },
    )


def fact_contingency(run: RunToExport) -> pa.Table:
    """Return a row for each target, measure and confidence."""
    rows = run.record.tables["contingency"]
    columns = days_from_start(run, rows, *(f"percentile{end}" for end in ("", "_ci_low", "_ci_high")))
    return filled("fact_contingency", run, rows, rows.num_rows, columns | {"date": finish_day(rows["instant"])})


def fact_joint(run: RunToExport) -> pa.Table:
    """Return a row for each date and amount that the run says something of."""
    rows = run.record.tables["joint"]
    return filled("fact_joint", run, rows, rows.num_rows, {"finish_date": finish_day(rows["finish"])})


def fact_team_month(run: RunToExport) -> pa.Table:
    """Return a row for each month of each team, owner and resource."""
    rows = rows_of(run, "team_months")
    return filled("fact_team_month", run, rows, rows.num_rows, {"month_start": start_day(rows["month"])})


MAKERS: Mapping[str, Callable[[RunToExport], pa.Table]] = MappingProxyType(
    {
        "dim_run": dim_run,
        "dim_task": dim_task,
        "dim_risk": with_keys("dim_risk", "risks", {"risk_key": "risk"}),
        "dim_gate": dim_gate,
        "dim_cost_line": with_keys("dim_cost_line", "cost_lines", {}),
        "dim_project": with_keys("dim_project", "projects", {}),
        "dim_change": with_keys("dim_change", "changes", {}),
        "dim_action": with_keys("dim_action", "actions", {"action_key": "action"}),
        "bridge_action_risk": with_keys(
            "bridge_action_risk", "action_effects", {"action_key": "action", "risk_key": "risk"}
        ),
        "dim_estimate": with_keys("dim_estimate", "estimates", {}),
        "bridge_risk_task": bridge_risk_task,
        "bridge_relationship": with_keys(
            "bridge_relationship", "relationships", {"predecessor_key": "predecessor", "successor_key": "successor"}
        ),
        "bridge_task_resource": with_keys(
            "bridge_task_resource", "task_resources", {"task_key": "task", "resource_key": "resource"}
        ),
        "fact_iteration": fact_iteration,
        "fact_percentile": fact_percentile,
        "fact_summary": fact_summary,
        "fact_task": fact_task,
        "fact_criticality": with_keys("fact_criticality", "criticality", {"task_key": "task"}),
        "fact_risk": with_keys("fact_risk", "risks", {"risk_key": "risk"}),
        "fact_gate": with_keys("fact_gate", "gates", {"gate_key": "gate"}),
        "fact_gate_iteration": fact_gate_iteration,
        "fact_levelling": fact_levelling,
        "fact_resource": with_keys("fact_resource", "resources", {"resource_key": "resource"}),
        "fact_cost_period": fact_cost_period,
        "fact_resource_period": fact_resource_period,
        "fact_correlation": with_keys("fact_correlation", "correlations", {}),
        "fact_clause": with_keys("fact_clause", "clauses", {}),
        "fact_lost_day": with_keys("fact_lost_day", "lost_days", {}),
        "fact_contingency": fact_contingency,
        "fact_joint": fact_joint,
        "fact_health": with_keys("fact_health", "health", {}),
        "fact_health_finding": with_keys("fact_health_finding", "health_findings", {}),
        "fact_driver": with_keys("fact_driver", "drivers", {}),
        "fact_driver_gate": with_keys("fact_driver_gate", "driver_gates", {"gate_key": "gate"}),
        "fact_driver_task": with_keys("fact_driver_task", "driver_tasks", {"task_key": "task"}),
        "fact_driver_merge": with_keys("fact_driver_merge", "driver_merges", {"task_key": "task"}),
        "fact_driver_predecessor": with_keys(
            "fact_driver_predecessor",
            "driver_predecessors",
            {"task_key": "task", "predecessor_key": "predecessor"},
        ),
        "fact_driver_path": with_keys("fact_driver_path", "driver_paths", {}),
        "fact_contribution": with_keys("fact_contribution", "contributions", {}),
        "fact_contingency_part": with_keys("fact_contingency_part", "contingency_parts", {}),
        "fact_outside_view": with_keys("fact_outside_view", "outside_view", {}),
        "fact_team": with_keys("fact_team", "teams", {}),
        "fact_team_month": fact_team_month,
        "fact_hand_over": with_keys("fact_hand_over", "hand_overs", {"task_key": "task"}),
    }
)
